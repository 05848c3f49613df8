"""All wires of a package as arrays, with what their ends lie on: the common ground of the wires' measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Callable, NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.loops.shape import FloatArray
from ..package import PADDLE, Chip, Package, Wire, keys
from ..shapes import Outline, Point, rectangle
from ..space import wire_loops
from ..units import Toleranced
from . import Unmeasured, levels
from .missing import field


class Landing(NamedTuple):
    """What a wire can end on: its net, the chip it is a pad of (None: it lies on the carrier), a spot that is surely on its
    metal, and ``outline_of``, which gives that: of thousands of pads that are met in the middle nobody asks for it."""

    net: str
    chip: Optional[Chip]
    at: Optional[Point]
    outline_of: Callable[[], Outline]

    @property
    def metal(self) -> Outline:
        """Its outline."""
        return self.outline_of()

    @property
    def on_frame(self) -> bool:
        """Whether it is a lead or the die attach pad."""
        return self.chip is None and self.at is None


@dataclass(frozen=True, eq=False, repr=False)
class WireCrowd:
    """The wires of a package: plan (n, 2) and ``diameters`` (n) in nm; ``ends`` what each lies on, None for nothing.

    ``loops`` are the corners (n, 4, 3) at nominal heights, ``lowest`` and ``highest`` those at the corners of the loop
    height; they mean something where ``known``. ``loop_slack`` (n) is how far at most a loop strays from its nominal height,
    ``base_slack`` (n) what it stands on. ``landed`` (n, 2) numbers the metal under its ends, ``based`` (n, 2) the
    chips by their ``numbers``.
    """

    wires: tuple[Wire, ...]
    ends: tuple[tuple[Optional[Landing], Optional[Landing]], ...]
    start: IntArray
    end: IntArray
    diameters: IntArray
    tops: tuple[Optional[Toleranced], ...]
    loops: FloatArray
    lowest: FloatArray
    highest: FloatArray
    loop_slack: IntArray
    base_slack: IntArray
    known: NDArray[np.bool_]
    landed: IntArray
    based: IntArray
    numbers: Mapping[str, int]

    @cached_property
    def boxes(self) -> IntArray:
        """Left, top, right and bottom of every wire in plan (n, 4)."""
        return np.concatenate((np.minimum(self.start, self.end), np.maximum(self.start, self.end)), axis=1)

    def meeting_box(self, outline: Outline) -> IntArray:
        """The wires whose box touches that of ``outline``."""
        left, top, right, bottom = outline.box
        boxes = self.boxes
        return np.flatnonzero((boxes[:, 0] <= right) & (boxes[:, 1] <= bottom) & (boxes[:, 2] >= left) & (boxes[:, 3] >= top))

    def share_an_end(self, i: IntArray, j: IntArray) -> NDArray[np.bool_]:
        """Which pairs of wires (i, j) are bonded to one and the same pad or finger."""
        one, other = self.landed[i], self.landed[j]
        shared: NDArray[np.bool_] = (one[:, :, None] == other[:, None, :]).any(axis=(1, 2))
        return shared

    def strays(self, i: IntArray, j: IntArray) -> IntArray:
        """How much nearer the loops of the pairs (i, j) may come; a chip that both stand on lifts both alike."""
        apart = (self.based[i] != self.based[j]).any(axis=1)
        strays: IntArray = self.loop_slack[i] + self.loop_slack[j] + apart * (self.base_slack[i] + self.base_slack[j])
        return strays

    def of_chip(self, chip: Chip, which: int) -> IntArray:
        """The wires whose start (0) or end (1) is a pad of ``chip``."""
        return np.flatnonzero(self.based[:, which] == self.numbers[chip.name])


def landings(package: Package) -> dict[str, Landing]:
    """Everything a wire can end on, by name: bond pads (U1.A1), fingers, leads, the die attach pad."""
    found: dict[str, Landing] = {}
    for chip in package.chips:
        if chip.pads is not None:
            side = (chip.pads.size, chip.pads.size)
            sites = zip(chip.pads.sites.names, map(tuple, chip.pads.sites.xy.tolist()), chip.pads.nets)
            found.update({keys.end(chip.name, name): Landing(net, chip, at, partial(rectangle, at, side, chip.angle))
                          for name, at, net in sites})
    carrier = package.carrier
    if carrier is not None:
        found.update({one.name: Landing(one.net, None, one.at, partial(getattr, one, "outline")) for one in carrier.fingers})
        frame = carrier.frame
        if frame is not None:
            found.update({one.name: Landing(one.net, None, None, partial(getattr, one, "outline")) for one in frame.leads})
            if frame.paddle is not None:
                found[PADDLE] = Landing(frame.paddle_net, None, None, partial(getattr, frame, "paddle"))
    return found


@lru_cache(maxsize=2)
def crowd(package: Package) -> WireCrowd:
    """The wires of ``package``, once for all measures."""
    wires, known_ends = package.wires, landings(package)
    names = {name: i for i, name in enumerate(known_ends)}
    ends = tuple((known_ends.get(wire.start), known_ends.get(wire.end)) for wire in wires)
    names.pop(PADDLE, None)
    # An end on nothing is shared with nobody, and on the die attach pad wires lie side by side.
    landed = np.array([[names.get(wire.start, -1 - 2 * i), names.get(wire.end, -2 - 2 * i)]
                       for i, wire in enumerate(wires)], np.int64).reshape(-1, 2)
    heights = {chip.name: levels.top(package, chip) for chip in package.chips}
    level: list[tuple[Optional[Toleranced], ...]] = [
        tuple(Toleranced(0) if one is None or one.chip is None else heights[one.chip.name] for one in pair) for pair in ends]
    swept, ground = wire_loops(package), Toleranced(0)
    rise = [wire.loop_height or ground for wire in wires]
    numbers = {chip.name: i for i, chip in enumerate(package.chips)}
    based = [[-1 if one is None or one.chip is None else numbers[one.chip.name] for one in pair] for pair in ends]
    return WireCrowd(
        wires=wires, ends=ends, start=swept.start, end=swept.end, diameters=swept.diameters,
        tops=tuple(pair[0] for pair in level), loops=swept.loops, lowest=swept.lowest, highest=swept.highest,
        loop_slack=np.array([max(one.plus, one.minus) for one in rise], np.int64),
        base_slack=np.array([max(max((z or ground).plus, (z or ground).minus) for z in pair) for pair in level], np.int64),
        known=swept.known, landed=landed, based=np.array(based, np.int64).reshape(-1, 2), numbers=numbers)


def unknown_heights(package: Package) -> Iterator[Unmeasured]:
    """What to state so that the loops of all wires are known in space: once for each chip, once for all loop heights."""
    wires = crowd(package)
    bonded = {one.chip.name: one.chip for pair in wires.ends for one in pair if one is not None and one.chip is not None}
    for chip in bonded.values():
        if levels.top(package, chip) is None:
            yield Unmeasured((chip.key,), f"how high the bond pads of {chip.name} lie is not known: state the thickness of it "
                             "and of what it stands on, and what joins them ('thickness', 'attach' in the package file)")
    loose = [wire for wire in wires.wires if wire.loop_height is None]
    if loose:
        yield Unmeasured((loose[0].key,), f"the loop height of {len(loose)} wires is not stated ('wires: defaults: "
                         f"loop_height' in the package file, {field(Wire, 'loop_height')} on the board)")


def spot(at: FloatArray) -> Point:
    """A point of a picture of numbers as a place on the plan."""
    return round(float(at[0])), round(float(at[1]))
