"""What is drawn on a layer that has a meaning and nobody has read: said, so that nothing is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ...package import keys
from ...shapes import Point, distinct
from ..clauses.tree import tree
from ..names.fields import CARRIER, CHIP, MOLD_CAP_AREA, MOLD_REGION, WIRES
from .contents import Contents
from .drawn import SHAPES, path
from .fields import Notes
from .one_footprint import footprint_of

_MOST = 20  # items of one layer that are told one by one


@dataclass(frozen=True)
class _Meaning:
    """A named layer: whose footprints draw on it, what is to be drawn there, what is not known where that is not understood."""

    role: str
    due: str
    unknown: tuple[str, ...]
    marks: bool = False  # texts mean something here, and shapes only stand around them
    for_people: bool = False  # drawn, and stated elsewhere


_MEANINGS = {
    "Chip outline": _Meaning(CHIP, "the outline of a chip is drawn in the chip's own footprint", (keys.CHIPS,)),
    "Mold cap outline": _Meaning(CARRIER, "the mold's outline is drawn in the carrier's footprint or on the board", ("mold",)),
    "Saw street": _Meaning(CARRIER, "the street is what the carrier's field 'Saw street' says", (), for_people=True),
    "Bumps on chips": _Meaning(CHIP, "a bump on a chip is a text such as A1: VDD in the upper chip's own footprint",
                               (keys.CHIPS,), marks=True),
    "Bond pads": _Meaning(CHIP, "a bond pad is a text such as A1: VDD in the chip's own footprint", (keys.CHIPS,), marks=True),
    "Wires": _Meaning(WIRES, f"a wire is a line in a footprint with the field 'Package part' = '{WIRES}'", (keys.WIRES,)),
    "Frame feet": _Meaning(CARRIER, "the foot of a lead is an outline in the carrier's own footprint", (keys.FRAME,)),
}
_NO_ITEMS = ("layers", "setup", "layer", "property", "net", "general")


def name_leftovers(contents: Contents, notes: Notes, unread: Collection[int]) -> Iterator[str]:
    """Note a fault for everything on a named layer that no reader took, in any footprint but those ``unread``; sentences on
    what is on such a layer and only for people."""
    for name, meaning in _MEANINGS.items():
        layer = contents.user_layers.get(name)
        if not layer:
            continue
        only_said = 0
        told = 0
        for clause, number in _items(contents, layer):
            if int(contents.index.start[clause]) in notes.taken or number in unread:
                continue
            head, at_home = tree(contents.index, clause).name, contents.role_of.get(number, "") == meaning.role
            if head in _NO_ITEMS or (at_home and meaning.for_people):
                continue
            if at_home and meaning.marks and _is_around_a_mark(contents, notes, clause, number):
                continue
            # In its own chip a shape without a mark may be one whose mark was moved away.
            if meaning.for_people or (at_home and meaning.marks) or not (meaning.marks or _is_shape(head)):
                only_said += 1
                continue
            told += 1
            if told <= _MOST:
                if head == "zone":
                    _say(contents, notes, clause, number, _of_area(contents, clause, name), (*meaning.unknown, "mold"))
                    continue
                _say(contents, notes, clause, number, f"this {head} on the layer '{name}' is not understood: {meaning.due}; "
                     "draw it there, or move it to another layer", meaning.unknown)
        if only_said:
            yield (f"the layer '{name}': {only_said} item{'s' * (only_said > 1)} that no rule reads ({meaning.due})")


def _of_area(contents: Contents, clause: int, layer: str) -> str:
    """What to say of a rule area on a layer whose name is none of ours."""
    name = tree(contents.index, clause).word_of("name")
    called = f"called '{name}'" if name else "without a name"
    return (f"this area {called} on the layer '{layer}' is not understood: those that are read are called '{MOLD_CAP_AREA}', "
            f"'{MOLD_REGION}B', 'Cavity C: 200 um deep' or 'Keep-out K: parts'; rename it, or take it off this layer")


def _is_shape(head: str) -> bool:
    return head.partition("_")[2] in SHAPES or head in ("zone", "pad", "segment", "arc")


def _items(contents: Contents, layer: str) -> list[tuple[int, int]]:
    """The clauses on a layer that stand directly on the board (footprint -1) or directly in a footprint."""
    index = contents.index
    spots = np.array([found.start() for found in re.finditer(re.escape(f'"{layer}"').encode(), index.data)], np.int64)
    inner = (np.searchsorted(index.start, spots, side="right") - 1).astype(np.int32)
    in_part = index.owners(inner, contents.parts)
    on_board = index.owners(inner, contents.top)
    found: dict[int, int] = {}
    parts = distinct(in_part[in_part >= 0])
    owners = index.owners(contents.parts[parts], contents.footprints)
    found.update(zip(contents.parts[parts].tolist(), owners.tolist()))
    if contents.inside:  # whatever else is drawn there is another's
        return sorted((clause, number) for clause, number in found.items() if number in contents.role_of)
    rest = contents.top[distinct(on_board[(in_part < 0) & (on_board >= 0)])]
    found.update((clause, -1) for clause in rest.tolist() if clause not in set(contents.footprints.tolist()))
    return sorted(found.items())


def _is_around_a_mark(contents: Contents, notes: Notes, clause: int, number: int) -> bool:
    """Whether a shape is drawn around a mark, as the picture of what stands there."""
    shape = tree(contents.index, clause)
    if shape.name.partition("_")[2] not in SHAPES:
        return False
    points = path(contents.index, shape).points
    left, top = (min(one[axis] for one in points) for axis in (0, 1))
    right, bottom = (max(one[axis] for one in points) for axis in (0, 1))
    marks: set[Point] = notes.marks.get(number, set())
    return ((left + right) // 2, (top + bottom) // 2) in marks or any(
        left <= x <= right and top <= y <= bottom for x, y in marks)


def _say(contents: Contents, notes: Notes, clause: int, number: int, message: str, unknown: tuple[str, ...]) -> None:
    at = int(contents.index.start[clause])
    if number >= 0:
        footprint_of(contents, notes, number).wrong_byte(at, message, *unknown)
        return
    fault = contents.index.fault(message, at, "the board")
    notes.faults.append(replace(fault, unknown=unknown, uuid=tree(contents.index, clause).word_of("uuid")))
