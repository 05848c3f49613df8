"""Bond fingers: from the groups of a package file to named, placed fingers.

A finger at 0 degrees is long in y. The fingers of a ring and of an arc point to its centre. A ring is counted
counter-clockwise from the top of its left side: down the left side, along the bottom, up the right side, back along the top.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...faults import Fault, Faults
from ...marked_yaml import Marked
from ...package import Finger
from ...package.bounds import MOST_FINGERS
from ...package.no_net import means_no_net
from ...shapes import Point
from ...units import ANGLE, LENGTH, Kind, show
from ...units import parse as parsed
from ..finger_spots import ring_spots, row_spots
from ..models.types import NET_NAME, PART_NAME, length_due
from ..models.values import Path, short, what
from .beside import Folder, beside
from .messages import example

if TYPE_CHECKING:
    from ..models.wire import Arc, Fingers, Row

_BARE = re.compile(r"[-+0-9.eE]+")
_SHAPES = ("ring", "row", "arc", "at", "csv")


class Placed(NamedTuple):
    """One finger, and where it stands in the file."""

    finger: Finger
    path: Path


def placed_fingers(groups: Sequence[Fingers], marked: Marked, folder: Folder, faults: list[Fault], notes: list[str]
                   ) -> list[Placed]:
    """All fingers in order; whatever is wrong with a group goes to ``faults`` and the group is left out. ``notes`` takes what
    of a table counts for nothing."""
    placed: list[Placed] = []
    first: dict[str, Path] = {}
    for i, group in enumerate(groups):
        path: Path = ("carrier", "fingers", i)
        before = len(faults)
        tabled: list[str] = []  # nets
        spots = (list(_from_table(group, path, marked, folder, faults, notes, tabled)) if group.csv is not None
                 else list(_spots(group, path, marked, faults)))
        if len(faults) > before:
            continue
        if len(placed) + len(spots) > MOST_FINGERS:
            faults.append(marked.fault(path, f"these are more than {MOST_FINGERS:,} fingers; look at the counts", key=True))
            break
        if group.nets and len(group.nets) != len(spots):
            said = f"there are {len(spots)} fingers here, but 'nets' lists {len(group.nets)}; write one for each, \"\" for none"
            faults.append(marked.fault((*path, "nets"), said, key=True))
            continue
        for k, (name, at, angle, spot_path) in enumerate(spots):
            if name in first:
                line = marked.place(first[name], key=True)[0]
                said = f"finger '{name}' is there already, from line {line}; give this group another prefix"
                faults.append(marked.fault(spot_path, said, key=True))
                break
            first[name] = spot_path
            net = group.nets[k] if group.nets else tabled[k] if tabled else ""
            finger = Finger(name, at, (group.size[0], group.size[1]), angle, net, group.mask == "open")
            placed.append(Placed(finger, spot_path))
    return placed


_Spot = tuple[str, Point, int, Path]


def _from_table(group: Fingers, path: Path, marked: Marked, folder: Folder, faults: list[Fault], notes: list[str],
                nets: list[str]) -> Iterator[_Spot]:
    """The fingers of a table, whose ``nets`` are filled in."""
    if next(iter(_given(group, path, marked, faults)), "") != "csv":
        return
    from ...arrays.csv_sites import read_sites

    here = (*path, "csv")
    data = beside(group.csv or "", here, folder, marked, faults)
    try:
        table = read_sites(data, folder.shown(group.csv or ""), ("angle", "net")) if data is not None else None
    except Faults as error:
        faults += error.faults
        return
    if table is None:
        return
    notes += table.notes
    for spot, other, line in zip(table.spots, table.others, table.lines):
        try:
            PART_NAME(spot.name)
            angle = _degrees(other.get("angle", ""))
            nets.append("" if means_no_net(other.get("net", "")) or not other.get("net") else NET_NAME(other["net"]))
        except ValueError as error:
            faults.append(Fault(table.source, str(error), line, 1))
            continue
        yield spot.name, (spot.x, spot.y), angle, here


def _degrees(text: str) -> int:
    """An angle as a table has it; it may leave its unit out, for there is but one."""
    bare = text.replace(",", ".")
    return parsed(f"{bare} deg" if _BARE.fullmatch(bare) else text, ANGLE) if text else 0


def _spots(group: Fingers, path: Path, marked: Marked, faults: list[Fault]) -> Iterator[_Spot]:
    given = _given(group, path, marked, faults)
    if not given:
        return
    if group.at is not None:
        yield from _one_by_one(group.at, (*path, "at"), marked, faults)
        return
    for key in ("count", "pitch"):
        if group.ring is None and getattr(group, key) is not None:
            said = f"'{key}' belongs to a ring; a {given[0]} has its own count inside"
            faults.append(marked.fault((*path, key), said, key=True))
    try:
        PART_NAME(f"{group.prefix}1")
    except ValueError as error:
        faults.append(marked.fault((*path, "prefix"), str(error)))
        return
    alone = group.row or group.arc
    count = alone.count if alone is not None else 2 * sum(group.count or ())
    if not count:
        where = (*path, "count") if group.ring is not None else (*path, given[0], "count")
        faults.append(marked.fault(where, f"expected a count of fingers; write for example count: {example(where)}", key=True))
        return
    if count > MOST_FINGERS:
        faults.append(marked.fault(path, f"these are more than {MOST_FINGERS:,} fingers; look at the counts", key=True))
        return
    if group.ring is not None:
        spots = _ring(group, path, marked, faults)
    elif group.row is not None:
        spots = _row(group.row, group.angle)
    else:
        assert group.arc is not None
        spots = _arc(group.arc)
    for i, (at, angle) in enumerate(spots, 1):
        yield f"{group.prefix}{i}", at, angle, path


def _given(group: Fingers, path: Path, marked: Marked, faults: list[Fault]) -> list[str]:
    """The one shape that the group has; none, and a fault, where it has not just one."""
    given = [shape for shape in _SHAPES if getattr(group, shape) is not None]
    if len(given) == 1:
        return given
    said = f"write one of ring, row, arc, at and csv, not {'both ' if len(given) == 2 else ''}{' and '.join(given) or 'none'}"
    faults.append(marked.fault(path, f"{said}; for example ring: {example((*path, 'ring'))}", key=True))
    return []


def _ring(group: Fingers, path: Path, marked: Marked, faults: list[Fault]) -> Iterator[tuple[Point, int]]:
    assert group.ring is not None
    assert group.count is not None
    (width, height), (across, down) = group.ring, group.count
    for length, count in ((height, down), (width, across)):
        if group.pitch is not None and (count - 1) * group.pitch > length:
            said = (f"{count} fingers at a pitch of {show(group.pitch, LENGTH)} do not fit on a side of "
                    f"{show(length, LENGTH)}")
            faults.append(marked.fault((*path, "pitch"), said))
            return
    yield from ring_spots((width, height), across, down, group.pitch)


def _row(row: Row, angle: int) -> Iterator[tuple[Point, int]]:
    start, end = ((spot[0], spot[1]) for spot in (row.start, row.end))
    return ((at, angle) for at in row_spots(start, end, row.count))


def _arc(arc: Arc) -> Iterator[tuple[Point, int]]:
    steps = max(arc.count - 1, 1)
    for i in range(arc.count):
        angle = round(arc.start + (arc.end - arc.start) * i / steps)
        turn = math.radians(angle / 1000)
        x, y = round(arc.radius * math.cos(turn)), round(-arc.radius * math.sin(turn))
        yield (arc.centre[0] + x, arc.centre[1] + y), (angle - 90_000) % 180_000


def _one_by_one(at: dict[str, object], path: Path, marked: Marked, faults: list[Fault]) -> Iterator[_Spot]:
    for name, given in at.items():
        here = (*path, name)
        try:
            PART_NAME(name)
        except ValueError as error:
            faults.append(marked.fault(here, str(error).replace("a part's name", "a finger's name").replace("U1", "F1"),
                                       key=True))
        if not isinstance(given, list) or len(given) not in (2, 3):
            found = f"{len(given)} entries" if isinstance(given, list) else what(given)
            said = f"expected x, y and the angle, not {found}; write for example [-4 mm, 0 mm, 0 deg]"
            faults.append(marked.fault(here, said))
            continue
        numbers = [_number(text, kind, (*here, i), marked, faults)
                   for i, (text, kind) in enumerate(zip(given, (LENGTH, LENGTH, ANGLE)))]
        yield short(name), (numbers[0], numbers[1]), numbers[2] if len(numbers) == 3 else 0, here


def _number(text: object, kind: Kind, path: Path, marked: Marked, faults: list[Fault]) -> int:
    try:
        return parsed(text, kind) if isinstance(text, str) else length_due(text)
    except ValueError as error:
        faults.append(marked.fault(path, str(error)))
        return 0
