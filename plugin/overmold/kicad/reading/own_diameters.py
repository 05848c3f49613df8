"""Balls and bumps of a diameter, height or land step of their own, as a field of their part names them; all others are as
usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...arrays import IntArray, Sites
from ...units import UnitError
from ..names.own_diameters import BALL_FIELDS, BUMP_FIELDS, TOP_FIELDS, own_read
from .one_footprint import Footprint, opening_over, usual_size


def with_own_of_balls(made_of: Footprint, sites: Sites, key: str) -> Sites:
    """The sites with the diameters that a field gives them, bare where one says so; as they are, with a fault, where it cannot
    be read.

    ``key`` names the sites' part.
    """
    return _with_all(made_of, sites, BALL_FIELDS, key)


def with_own_of_top_lands(made_of: Footprint, sites: Sites, key: str) -> Sites:
    """The sites of lands for an upper package with the diameters that a field gives them, in the same way."""
    return _with_all(made_of, sites, TOP_FIELDS, key)


def with_own_of_bumps(made_of: Footprint, sites: Sites, key: str) -> Sites:
    """The sites with the diameters, heights and steps of their own that the fields of their chip give them, in the same way."""
    return _with_all(made_of, sites, BUMP_FIELDS, key)


def _with_all(made_of: Footprint, sites: Sites, fields: Mapping[str, str], key: str) -> Sites:
    for attribute, field in fields.items():
        sites = _with_own(made_of, sites, field, key, attribute)
    return sites


def _with_own(made_of: Footprint, sites: Sites, field: str, key: str, attribute: str) -> Sites:
    text = made_of.fields.text(field)
    if not text:
        return sites
    try:
        own: dict[str, Any] = {attribute: own_read(text, sites.names, attribute)}
        return replace(sites, **own)
    except UnitError as error:
        made_of.fields.wrong(field, str(error), key)
        return sites


def usual_pad(made_of: Footprint, sites: Sites, rows: IntArray, land: str, opening: str) -> tuple[int, int]:
    """Copper and mask opening of the pads (``rows``, one a site) that have the usual diameter; by the fields ``land`` and
    ``opening`` where every site has its own."""
    usual = rows if sites.diameters is None else rows[sites.diameters == 0]
    if not len(usual):
        return made_of.fields.plain(land, "") or 0, made_of.fields.plain(opening, "") or 0
    pad = usual_size(made_of.contents.pads, usual)
    return pad, opening_over(made_of, usual, pad)
