"""The gaps of a chipset, one row for each tower over each gap: t1, t2, their ratio, what it means for the two flow fronts, and
what filler the gap takes."""

from __future__ import annotations

from ..measures import Reading
from ..measures.gap import cover_to_gap_ratio, covers
from ..measures.levels import is_calculated
from ..measures.race import races
from ..package import Chip, Odd, Package
from ..package.watched import UNSTATED, needing
from ..space import gaps
from ..units import LENGTH, RATIO, Toleranced, mm, show, show_toleranced
from .table import Cell, columns

_HEADING = ("gap under", "t1", "top chip", "t2", "t2/t1", "at the corners", "slower front", "filler below", "at")


def gaps_text(package: Package, colour: bool = False) -> str:
    """The table, "" where there is no gap of which t1 and t2 are known, or what could not be read may change it."""
    asked: dict[Odd, str] = {}
    package = needing(package, asked)
    rows = [_row(package, one) for one in cover_to_gap_ratio(package) if isinstance(one, Reading)]
    return columns([_HEADING, *rows], colour) if rows and all(how == UNSTATED for how in asked.values()) else ""


def height_text(package: Package) -> str:
    """The package's height in one line, whether or not anybody said how high it may be; "" where it is not known."""
    from ..measures.height import comes_out_by, height_parts, height_words

    asked: dict[Odd, str] = {}
    parts = height_parts(needing(package, asked))
    if parts is None or not all(how == UNSTATED for how in asked.values()):
        return ""
    stated = package.max_height
    methods = comes_out_by(parts, stated) if stated else ()
    said = f"; {show(stated, LENGTH)} as stated is {' and '.join(methods)} of its parts" if methods else ""
    return f"Height (mold cap, carrier, standoff): {height_words(parts).removeprefix('height ')}{said}"


def _row(package: Package, reading: Reading) -> tuple[Cell, ...]:
    chips = {chip.key: chip for chip in package.chips}
    chip, *others = (chips[key] for key in reading.where if key in chips)
    if reading.where[-1] in chips:
        others.pop()
    leaf = others[0] if others else chip
    cover = next(one.room.value for one in covers(package, leaf) if one.key == reading.where[-1])
    assert cover is not None
    # Where mask stands under a part of the chip only, there are two thicknesses, each with its ratio.
    gap = next(one for one in (thickness.value for thickness in gaps(package, chip))
               if one is not None and one.nominal * reading.value == cover.nominal)
    high = "no bound" if reading.high >= 10**9 else show(reading.high, RATIO)
    place = package.place(chip.key)
    spot = f"{place.file}:{place.line}:{place.column}" if place.line else f"({mm(chip.at[0])} mm, {mm(chip.at[1])} mm)"
    t1 = show_toleranced(gap, LENGTH) + (", calculated" if is_calculated(chip) else "")
    said = leaf.name + next(one.spot for one in covers(package, leaf) if one.key == reading.where[-1])
    return (chip.name, t1, said, show_toleranced(cover, LENGTH), show(reading.value, RATIO),
            f"{show(reading.low, RATIO)} … {high}", _slower(chip, gap, cover), show(gap.nominal // 2, LENGTH), spot)


def _slower(chip: Chip, gap: Toleranced, cover: Toleranced) -> str:
    """Which front is the slower, and how much it has covered when the faster is across; bumps counted where they are known."""
    found = races(chip, gap, cover)
    if found is None:
        return ""
    slower = found[1] or found[0]
    return f"{slower.slower} {slower.text}" if slower.slower else "neither"
