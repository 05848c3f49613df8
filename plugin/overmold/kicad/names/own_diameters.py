"""Diameters of single balls or bumps in one field of a board: ``0.8 mm: A1 A2 C1; 0.5 mm: B7``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ...arrays import IntArray, Sites
from ...faults import did_you_mean
from ...units import LENGTH, UnitError, parse, show


def own_text(sites: Sites) -> Optional[str]:
    """The field for these sites; None where none has a diameter of its own."""
    if sites.diameters is None:
        return None
    named: dict[int, list[str]] = {}
    for name, diameter in zip(sites.names, sites.diameters.tolist()):
        if diameter > 0:
            named.setdefault(diameter, []).append(name)
    return "; ".join(f"{show(diameter, LENGTH)}: {' '.join(named[diameter])}" for diameter in sorted(named)) or None


def all_own(sites: Sites) -> bool:
    """Whether every site has a diameter of its own, so that none shows what is usual."""
    return sites.diameters is not None and bool((sites.diameters > 0).all())


def own_read(text: str, names: Sequence[str]) -> IntArray:
    """The diameters (n, in nm; 0 for none of its own) that the field ``text`` gives to sites of these names.

    Raises UnitError with the first thing wrong with it.
    """
    row_of = {name: i for i, name in enumerate(names)}
    found: IntArray = np.zeros(len(names), np.int64)
    for group in filter(None, map(str.strip, text.split(";"))):
        diameter, colon, listed = group.partition(":")
        if not colon or not listed.split():
            raise UnitError(f"'{group[:60]}' is not a diameter with names; write for example 0.8 mm: A1 A2")
        length = parse(diameter, LENGTH)
        if length < 1:
            raise UnitError(f"'{diameter.strip()}' is too small: a diameter is more than nothing")
        for name in listed.replace(",", " ").split():
            if name not in row_of:
                near = did_you_mean(name, names)
                raise UnitError(f"there is no '{name[:60]}' here{near if 'mean' in near else ''}")
            if found[row_of[name]]:
                raise UnitError(f"'{name[:60]}' has two diameters here; leave it one")
            found[row_of[name]] = length
    return found
