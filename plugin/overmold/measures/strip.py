"""The strip or panel that packages are molded on: where its units, streets, blocks and rails lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional, Union

from ..package import Package
from ..package.moved import at_home
from ..shapes import Outline, Point, box_outline, rectangle
from ..units import LENGTH, show
from . import Measured, Unmeasured, exact, measure
from .missing import not_stated
from .process import MISSING_STREET

_MOST_DRAWN = 100_000


class Strip(NamedTuple):
    """A strip about its own middle, in nm: ``units`` and ``blocks`` are rows and columns on all of it, ``body`` is one package,
    ``kerf`` and ``street`` lie between two. ``size`` is 0 along an axis where nobody has stated it."""

    units: tuple[int, int]
    blocks: tuple[int, int]
    body: Point
    kerf: int
    street: int
    gap: int
    size: Point

    @property
    def pitch(self) -> Point:
        """From one package to the next: what is cut away lies between them."""
        return self.body[0] + self.kerf, self.body[1] + self.kerf

    @property
    def in_block(self) -> tuple[int, int]:
        """Rows and columns of one block."""
        return self.units[0] // self.blocks[0], self.units[1] // self.blocks[1]

    @property
    def block(self) -> Point:
        """Width and height of a block, its outer streets included."""
        rows, columns = self.in_block
        return columns * self.pitch[0] + self.street, rows * self.pitch[1] + self.street

    @property
    def extent(self) -> Point:
        """Width and height of all blocks together."""
        rows, columns = self.blocks
        return (columns * self.block[0] + (columns - 1) * self.gap, rows * self.block[1] + (rows - 1) * self.gap)

    @property
    def outline(self) -> Optional[Outline]:
        """The strip's own; None where its size is not stated."""
        return rectangle((0, 0), self.size) if all(self.size) else None

    def block_boxes(self) -> Iterator[Outline]:
        """The blocks, row by row."""
        for y in _middles(self.blocks[0], self.block[1] + self.gap):
            for x in _middles(self.blocks[1], self.block[0] + self.gap):
                yield rectangle((x, y), self.block)

    def columns(self) -> list[int]:
        """The middle of every column of packages."""
        return [x + inner for x in _middles(self.blocks[1], self.block[0] + self.gap)
                for inner in _middles(self.in_block[1], self.pitch[0])]

    def rows(self) -> list[int]:
        """The middle of every row of packages."""
        return [y + inner for y in _middles(self.blocks[0], self.block[1] + self.gap)
                for inner in _middles(self.in_block[0], self.pitch[1])]

    def streets(self) -> Iterator[Outline]:
        """The streets of every block: upright ones, then lying ones, those at its rims included."""
        for block in self.block_boxes():
            left, top, right, bottom = block.box
            for i in range(self.in_block[1] + 1):
                x = left + i * self.pitch[0]
                yield box_outline((x, top, x + self.street, bottom))
            for i in range(self.in_block[0] + 1):
                y = top + i * self.pitch[1]
                yield box_outline((left, y, right, y + self.street))


def _middles(count: int, pitch: int) -> list[int]:
    return [(2 * i - count + 1) * pitch // 2 for i in range(count)]


def units_of(package: Package) -> tuple[int, int]:
    """Rows and columns on one strip, as the frame or the singulation says; (1, 1) where neither does."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is not None and max(frame.strip) > 1:
        return frame.strip
    return package.singulation.units if package.singulation is not None else (1, 1)


def strip_of(package: Package) -> Union[Strip, Unmeasured, None]:
    """The strip, or what to state so that it is known; None of a package that speaks of no strip."""
    units, cut, carrier = units_of(package), package.singulation, at_home(package).carrier
    if max(units) < 2 or carrier is None:
        return None
    if cut is None:
        return MISSING_STREET
    if cut.kerf is None or cut.street is None:
        return not_stated(type(cut), "kerf" if cut.kerf is None else "street", "singulation")
    if units[0] % cut.blocks[0] or units[1] % cut.blocks[1]:
        return Unmeasured(("singulation.blocks",), f"the {units[0]} x {units[1]} units of a strip cannot be shared out evenly "
                          f"among {cut.blocks[0]} x {cut.blocks[1]} blocks; mend 'singulation: blocks' "
                          "(field 'Blocks on strip')")
    return Strip(units=units, blocks=cut.blocks, body=carrier.outline.size, kerf=cut.kerf.nominal, street=cut.street.nominal,
                 gap=cut.block_gap, size=(cut.strip_length, cut.strip_width))


def strip_to_draw(package: Package) -> Union[Strip, str]:
    """The strip, or why there is none to draw."""
    strip = strip_of(package)
    if strip is None:
        return "the file states no strip of several units ('singulation: units', or 'strip' of a lead frame)"
    if isinstance(strip, Unmeasured):
        return strip.missing
    many = strip.units[0] * strip.units[1]
    return strip if many <= _MOST_DRAWN else f"a strip of {many:,} units has more than the {_MOST_DRAWN:,} that are drawn"


@measure(LENGTH)
def strip_beside_units(package: Package) -> Measured:
    """How wide the rail of a strip is, the narrower of both directions: half of what its blocks leave of its stated length and
    width; negative where they do not fit on it."""
    strip, cut = strip_of(package), package.singulation
    if strip is None or cut is None or not (cut.strip_length or cut.strip_width):
        return
    if isinstance(strip, Unmeasured):
        yield strip
        return
    for key, size, taken in (("strip_length", strip.size[0], strip.extent[0]), ("strip_width", strip.size[1], strip.extent[1])):
        if size:
            yield exact((f"singulation.{key}",), (size - taken) // 2, None,
                        f"{show(taken, LENGTH)} of blocks on {show(size, LENGTH)}")
