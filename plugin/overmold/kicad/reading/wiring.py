"""Bond fingers and wires of a board: what is drawn is what there is, and a wire ends on the metal it is drawn to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Optional

import numpy as np

from ...geometry.circles import clearance_inside
from ...package import PADDLE, Chip, Finger, Frame, Place, Wire, circle_of, keys
from ...package.datum import data_of, key_of
from ...shapes import Outline, Point, overlap_area, rectangle
from .drawn import drawn, path
from .drawn_lands import check_numbers
from .odd import NOTHING
from .one_footprint import Footprint, contacts, net_name

_ON = data_of(Chip)["on"].label
_CELL = 1_000_000  # nm: metal is looked for in the square millimetre of a wire's end and those around it
_Ends = Sequence[Point]  # of a wire, in the order in which it is bonded
_MOST_CELLS = 64  # what lies on more, as a large paddle does, is looked at for every wire


def read_fingers(parts: Sequence[Footprint]) -> tuple[Finger, ...]:
    """Every pad of the footprints that hold bond fingers."""
    fingers: dict[str, Finger] = {}
    for part in parts:
        check_numbers(part, keys.FINGERS, "bond fingers")
        pads = part.contents.pads
        for row in contacts(pads, part.number).tolist():
            x, y = pads.xy[row].tolist()
            width, height = pads.size[row].tolist()
            name = pads.names[row]
            if name in fingers:
                part.wrong_at(int(pads.clauses[row]), f"{part.name}, pad {name}",
                              f"there are two bond fingers called {name}; rename or delete one", keys.FINGERS)
                continue
            finger = Finger(name, (x, y), (width, height), int(pads.angle[row]) % 360_000, net_name(pads.nets[row]),
                            bool(pads.in_mask[row]))
            fingers[name] = finger
            part.notes.put(finger.key, f"finger {name}", int(pads.clauses[row]), finger.at, pads.uuids[row])
    return tuple(fingers.values())


def read_wires(parts: Sequence[Footprint], chips: Sequence[Chip], fingers: Sequence[Finger], frame: Optional[Frame] = None
               ) -> tuple[Wire, ...]:
    """Every line of the footprints that hold wires; each end belongs to the metal it lies on, "" where there is none."""
    metal = _Metal(chips, fingers, frame)
    wires: list[Wire] = []
    places: dict[frozenset[str], list[_Ends]] = {}
    for part in parts:
        fields, layers = part.fields, part.contents.layers("Wires")
        data, label = fields.data(Wire, keys.WIRES), data_of(Wire)["diameter"].label
        shapes = drawn(part.contents.index, part.contents.inner(part.number), layers, "fp")
        if shapes and not data["diameter"] and not fields.text(label):
            part.wrong(f"the diameter of these wires is not stated; give the footprint the field '{label}'",
                       keys.within(keys.WIRES, "diameter"))
        data["diameter"] = data["diameter"] or 1
        for shape in shapes:
            part.notes.taken.add(shape.at)
            if shape.name != "fp_line":
                part.wrong_byte(shape.at, "a wire is a straight line from its first bond to its second; draw it as one",
                                keys.WIRES)
                continue
            ends = path(part.contents.index, shape, part.at, part.angle).points
            start, end = metal.at(ends[0]), metal.at(ends[1])
            # A loop's height is above its first bond: where only one lies on a chip, it is that one.
            if metal.on_chip(end) and not metal.on_chip(start):
                start, end, ends = end, start, ends[::-1]
            twins = places.setdefault(frozenset((start, end)), [])
            if start and end and any(_in_one_place(ends, twin, data["diameter"]) for twin in twins):
                part.wrong_byte(shape.at, f"there is a wire from {start or 'nothing'} to {end or 'nothing'} in this very place "
                                "already; delete one", NOTHING)
                continue
            twins.append(ends)
            one, other = metal.net(start), metal.net(end)
            wire = Wire(name=f"W{len(wires) + 1}", start=start, end=end, from_at=ends[0], to_at=ends[1],
                        net=one if one == other else "", **data)
            wires.append(wire)
            line, column = part.contents.index.line_and_column(shape.at)
            said = f"wire {start or 'from nothing'} to {end or 'nothing'}"
            part.notes.places[wire.key] = Place(said, part.contents.index.source, line, column, shape.word_of("uuid"), ends[0])
    return tuple(wires)


class _Metal:
    """Everything a wire can end on, found by where it is."""

    def __init__(self, chips: Sequence[Chip], fingers: Sequence[Finger], frame: Optional[Frame]) -> None:
        self.cells: dict[Point, list[str]] = {}
        self.wide: list[str] = []
        self.known: dict[str, tuple[Outline, Point, str, bool]] = {}
        for chip in chips:
            if chip.pads is not None:
                side = (chip.pads.size, chip.pads.size)
                for name, (x, y), net in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist(), chip.pads.nets):
                    self._add(keys.end(chip.name, name), rectangle((x, y), side, chip.angle), (x, y), net, True)
        for finger in fingers:
            self._add(finger.name, finger.outline, finger.at, finger.net, False)
        for lead in frame.leads if frame is not None else ():
            self._add(lead.name, lead.outline, lead.outline.centre, lead.net, False)
        if frame is not None and frame.paddle is not None:
            self._add(PADDLE, frame.paddle, frame.paddle.centre, frame.paddle_net, False)

    def _add(self, name: str, outline: Outline, at: Point, net: str, on_chip: bool) -> None:
        self.known[name] = (outline, at, net, on_chip)
        left, top, right, bottom = (side // _CELL for side in outline.box)
        if (right - left) * (bottom - top) > _MOST_CELLS:
            self.wide.append(name)
            return
        for i in range(left, right + 1):
            for j in range(top, bottom + 1):
                self.cells.setdefault((i, j), []).append(name)

    def at(self, spot: Point) -> str:
        """The name of the metal whose middle is nearest among those that ``spot`` lies on; "" where it lies on none."""
        found = self._under(spot)
        return min(found, default=(0, ""))[1]

    def _under(self, spot: Point) -> Iterator[tuple[int, str]]:
        for name in self.cells.get((spot[0] // _CELL, spot[1] // _CELL), ()):
            outline, at, _, _ = self.known[name]
            if _within(spot, outline):
                yield _squared(at, spot), name
        by_distance = sorted((_squared(self.known[name][1], spot), name) for name in self.wide)
        yield from islice((one for one in by_distance if _within(spot, self.known[one[1]][0])), 1)

    def net(self, name: str) -> str:
        """The net of a piece of metal."""
        return self.known[name][2] if name else ""

    def on_chip(self, name: str) -> bool:
        """Whether it is a bond pad."""
        return bool(name) and self.known[name][3]


def _in_one_place(one: _Ends, other: _Ends, diameter: int) -> bool:
    """Whether both ends of two wires are nearer than a wire is thick, so that one bond would lie in the other."""
    return any(all(_squared(a, b) < diameter * diameter for a, b in zip(one, pair)) for pair in (other, other[::-1]))


def _squared(a: Point, b: Point) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _within(spot: Point, outline: Outline) -> bool:
    """Whether a point lies on an outline, its rim and two nanometres beside it included."""
    ring = outline.rings[0]
    turns: list[int] = []
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0])):
        cross = (bx - ax) * (spot[1] - ay) - (by - ay) * (spot[0] - ax)
        slack = 2 * (abs(bx - ax) + abs(by - ay))
        turns.append(0 if abs(cross) <= slack else 1 if cross > 0 else -1)
    if not (1 in turns and -1 in turns):
        return True
    # Of a convex outline that was all; a fused lead or a paddle may have bends.
    return bool(clearance_inside(np.array([spot], np.int64), np.zeros(1, np.int64), outline)[0] >= -2)


def put_chips_on_chips(parts: Sequence[Footprint], chips: Sequence[Chip]) -> None:
    """Note a fault for every chip that stands on no chip of the board, on itself, or in a circle."""
    by_name = {chip.name: chip for chip in chips}
    noted = parts[0].notes.faults if parts else []
    before = len(noted)
    owners = {part.name: part for part in parts}
    for chip in chips:
        fields, key = owners[chip.name].fields, keys.within(chip.key, key_of("on", data_of(Chip)["on"]))
        for name in chip.on:
            if name == chip.name:
                fields.wrong(_ON, f"{name} cannot stand on itself; empty this field where it stands on the carrier",
                             key)
            elif name not in by_name:
                fields.wrong(_ON, f"there is no chip '{name}' on this board to stand on", key)
        below = [one.name for one in chips if one is not chip and not one.on and one.is_far == chip.is_far
                 and overlap_area(one.outline, chip.outline)]
        # Without the field a chip stands on the carrier; one that somebody emptied over another chip says nothing.
        if not chip.on and _ON in fields.all and below:
            fields.wrong(_ON, f"what {chip.name} stands on is not stated, and it lies over {' and '.join(below)}; name that "
                         "here, or move one of them where both stand on the carrier", key)
        trail = circle_of(chip, by_name)
        if trail:
            fields.wrong(_ON, f"{' stands on '.join(trail)}: somewhere a tower begins on the carrier", key)
    for fault in noted[before:]:
        for key in fault.unknown:
            parts[0].notes.as_well(key, keys.within(keys.around(key), "bumps"))
