"""Lists of die pads and bumps, with any origin and unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...faults import fail
from ...package import Package
from . import BUMPS, PADS, Asked, Imported
from .ball_map import name_of, read_found, usual_diameter
from .made import Said, Spots, chip_with, seen_from_above


def read_die_list(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip whose bumps or bond pads a table lists; raises Faults, also where nothing says from which side it is seen."""
    what = asked.what or PADS
    if asked.view not in ("", "face", "back"):
        raise fail(source, "the places on a chip are seen on its face or through its back; say --view face or --view back")
    found = read_found(data, source, replace(asked, view="back"), is_chip=True)  # the side is settled here
    said = Said(list(found.notes))
    xy = seen_from_above(found.xy, asked, found.facts.view, source, what)
    width, own = usual_diameter(found.diameters, found.facts.ball)
    size = asked.size or found.facts.size
    chip = chip_with(asked.chip, what, Spots(found.names, xy, found.nets, width), size, said)
    if own is not None and chip.bumps is not None:
        chip = replace(chip, bumps=replace(chip.bumps, sites=replace(chip.bumps.sites, diameters=own)))
    said.notes.append(f"taken as the {'bumps of a flip chip' if what == BUMPS else 'bond pads of a chip that lies face up'}, "
                 f"{len(xy)} of them")
    if not np.any(xy):
        raise fail(source, "all pads lie in one place")
    return said.of(Package(asked.name or name_of(source), source, chips=(chip,)), "the list")
