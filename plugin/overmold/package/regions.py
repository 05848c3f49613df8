"""Further blocks of mold: what each has of the first block, and what its fields on a board are called."""

from __future__ import annotations

from dataclasses import replace

from .datum import Datum, data_of
from .mold import Mold, Process, Region
from .words import POINT

OF_COMPOUND = ("compound", "filler", "expansion")
_OF_GATE = ("gate", "gate_width", "gate_x", "gate_y")
_REGION = "Region "


def whole(first: Mold, region: Region) -> Mold:
    """A further block as a mold of its own, with what it takes over from the first."""
    shared = taken_over(first, region)
    data = {name: getattr(first if name in shared else region, name) for name in OF_COMPOUND}
    process = {name: getattr(first.process if _process(name) in shared else region.process, name) for name in data_of(Process)}
    return replace(first, outline=region.outline, cap=region.cap, draft=region.draft, process=Process(**process), area=None,
                   covers="", regions=(), **data)


def taken_over(first: Mold, region: Region) -> frozenset[str]:
    """The data that a further block does not state and has of the first, as ``filler`` or ``process.pressure``.

    Filler and expansion are those of a compound: a block of another compound has neither of the first's. A process goes with
    its method, a gate is all of it or nothing, and a point is one of the block that it was stated for, as are the units that
    are molded in one cavity.
    """
    found = {name for name in OF_COMPOUND if not getattr(region, name)}
    if region.compound and region.compound != first.compound:
        found -= set(OF_COMPOUND)
    own, usual = region.process, Process()
    if own.method and own.method != first.process.method:
        return frozenset(found)
    found |= {_process(name) for name in data_of(Process) if getattr(own, name) == getattr(usual, name) and name != "cavity"}
    if own.gate or first.process.gate == POINT:
        found -= {_process(name) for name in _OF_GATE}
    return frozenset(found)


def _process(name: str) -> str:
    return f"process.{name}"


def field_of_region(one: Datum, name: str) -> str:
    """What people call a datum of a further block of this name, and its field on a board: "Region mold pressure RF"."""
    label = one.label if one.label.startswith(_REGION) else f"{_REGION}{one.in_sentence}"
    return f"{label} {name}"
