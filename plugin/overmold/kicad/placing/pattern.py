"""The finished package on a customer's board: its land pattern, as ``overmold build`` writes it, where somebody wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...compare.match import Names
from ...drawing import Part
from ...package import Package
from ...package.own import own_spots
from ...shapes import Point
from ..names.fields import LAND_PATTERN, PACKAGE_NAME
from ..names.layers import NAMES
from ..reading.contents import Contents
from ..writing.board import Drawn
from ..writing.build import land_patterns
from ..writing.fields import land_pattern_fields
from .change import NEW, Change
from .lie import Lie
from .proposal import Proposal
from .references import numbered
from .work import Made, Work

UNIT = "pattern"
_GRID, _OFF = 1000, 137  # nm: turned places are rounded; few places lie at the border of two such steps


def patterns_with_models(spec: Package, models: Sequence[str]) -> list[Part]:
    """The land patterns with the shape of the finished package in 3-D, where there are ``models`` of it."""
    return [replace(part, models=tuple(models)) for part in land_patterns(spec)]


def propose_pattern(spec: Package, contents: Contents, at: Point, reference: str) -> Proposal:
    """What placing the land pattern of ``spec`` takes; a board may have several of one package.

    Where there are two patterns, with and without thermal vias, the plain one is ticked.
    """
    notes, kept = [], []
    there = [number for number, role in contents.role_of.items()
             if role == LAND_PATTERN and _package(contents, number) == spec.name]
    for number in there:
        name, differs = contents.reference(number), list(_differs(spec, contents, number))
        if differs:
            notes.append(f"{name} is an older land pattern of this package ({'; '.join(differs)}); write the library beside "
                         f"the board, then in KiCad choose Tools > Update Footprints from Library for {name}")
        else:
            kept.append(f"{name} is this package's land pattern already, as the package file has it")
    changes = tuple(Change(NEW, f"{UNIT}.{part.name}", (f"{reference}: {part.description}",), not there and i == 0)
                    for i, part in enumerate(land_patterns(spec)))
    return Proposal(spec=spec, contents=contents, board=None, names=Names({}, {}, {}), lie=Lie(at), stays={}, edge=None,
                    changes=changes, kept=tuple(kept), notes=tuple(notes))


def pattern_work(proposal: Proposal, chosen: Collection[str], reference: str, in_schematic: bool, models: Sequence[str] = ()
                 ) -> Work:
    """What the chosen land patterns take: each a footprint of its own, side by side, with references that are free."""
    contents, (x, y) = proposal.contents, proposal.at
    known = {contents.reference(number) for number in range(len(contents.footprints))}
    every = zip(patterns_with_models(proposal.spec, models), proposal.changes)
    wanted = [part for part, change in every if change.id in chosen]
    names = (name for name in (reference, *_next(reference, known, len(wanted))))
    made = []
    for part, name in zip(wanted, names):
        placed = replace(part, at=(x, y), reference=replace(part.reference, words=name), in_no_schematic=not in_schematic)
        made.append(Made(Drawn(placed, land_pattern_fields(proposal.spec))))
        x += 2 * _half_width(part)
    words = f"{len(made)} land pattern{'s' * (len(made) > 1)} placed" if made else "nothing placed"
    return Work(proposal.spec.name, tuple(made), (), (), NAMES, words)


def _next(reference: str, known: Collection[str], most: int) -> Iterator[str]:
    free = (one for one in numbered(reference) if one not in known and one != reference)
    return (next(free) for _ in range(most))


def _half_width(part: Part) -> int:
    xs = [x for shape in part.shapes for x, _ in getattr(shape, "points", ())]
    return max(map(abs, xs), default=5_000_000) + 1_000_000


def _package(contents: Contents, number: int) -> str:
    field = contents.fields[number].get(PACKAGE_NAME)
    return field.value.strip() if field else ""


def _differs(spec: Package, contents: Contents, number: int) -> Iterator[str]:
    """How a land pattern on the board is other than what would be drawn now."""
    for name, words in land_pattern_fields(spec):
        field = contents.fields[number].get(name)
        if (field.value.strip() if field else "") != words:
            yield f"{name}: {field.value if field else 'none'} → {words}"
    rows = contents.pads.of(number)
    if contents.on_back[number]:  # where it lies mirrored
        if sorted(contents.pads.names[rows]) not in [
                sorted(name for group in part.pads for name in group.names) for part in land_patterns(spec)]:
            yield "its lands are others"
        return
    x, y = contents.spots.xy[number].tolist()
    xy = own_spots(contents.pads.xy[rows], (x, y), int(contents.spots.angle[number]))
    drawn = Counter(zip(contents.pads.names[rows], *_steps(xy), *contents.pads.size[rows].T.tolist()))
    due = [Counter(row for group in part.pads for row in zip(
        group.names, *_steps(group.xy), *np.tile(np.array(group.size), (len(group.names), 1)).T.tolist()))
        for part in land_patterns(spec)]
    if drawn not in due:
        yield "its lands are others"


def _steps(xy: np.ndarray) -> list[list[int]]:
    return ((xy + _OFF) // _GRID).T.tolist()  # type: ignore[no-any-return]
