"""The mold of a package file: its outline, and further blocks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ... import package as p
from ...faults import Fault
from ...marked_yaml import Marked
from ...shapes import Outline, rectangle
from ..models import root as m
from ..models.declared import data_in
from ..models.values import Path, short
from .outlines import corner_outline, stated_outline


def built_mold(mold: m.Mold, carrier: Outline, marked: Marked, faults: list[Fault]) -> p.Mold:
    """The mold; as large as the carrier where its outline says so, or is at fault."""
    stated = mold.outline
    outline: Optional[Outline] = None
    if not isinstance(stated, str):
        outline = (rectangle((0, 0), (stated[0], stated[1])) if isinstance(stated[0], int) else
                   corner_outline(stated, (0, 0), 0, ("mold", "outline"), marked, faults))
    process = p.Process(**data_in(mold.process, p.Process))
    return p.Mold(outline=outline or carrier, process=process, regions=tuple(_regions(mold.regions, marked, faults)),
                  **data_in(mold, p.Mold))


def _regions(regions: Sequence[m.Region], marked: Marked, faults: list[Fault]) -> Iterator[p.Region]:
    names: set[str] = set()
    for i, region in enumerate(regions):
        path: Path = ("mold", "regions", i)
        if region.name in names:
            faults.append(marked.fault((*path, "name"), f"'{short(region.name)}' is the name of another block of mold; give "
                                       "each its own"))
        names.add(region.name)
        at = (region.at[0], region.at[1])
        outline = stated_outline(region.size, region.outline, at, 0, path, marked, faults)
        if outline is not None:
            yield p.Region(name=region.name, outline=outline, process=p.Process(**data_in(region.process, p.Process)),
                           **data_in(region, p.Region))
