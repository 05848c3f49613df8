"""The gaps of a chipset, one row for each tower over each gap: t1, t2, their ratio and what filler the gap takes."""

from __future__ import annotations

from ..check import needing
from ..measures import Reading
from ..measures.gap import cover_to_gap_ratio, covers, gap_thickness
from ..package import Odd, Package
from ..package.watched import UNSTATED
from ..units import LENGTH, RATIO, mm, show, show_toleranced
from .table import Cell, columns

_HEADING = ("gap under", "t1", "top chip", "t2", "t2/t1", "at the corners", "filler below", "at")


def gaps_text(package: Package, colour: bool = False) -> str:
    """The table, "" where there are fewer than two rows: one gap is told well enough by its rules.

    "" too where something that could not be read may change it.
    """
    asked: dict[Odd, str] = {}
    package = needing(package, asked)
    rows = [_row(package, one) for one in cover_to_gap_ratio(package) if isinstance(one, Reading)]
    if any(how != UNSTATED for how in asked.values()):
        return ""
    return columns([_HEADING, *rows], colour) if len(rows) > 1 else ""


def _row(package: Package, reading: Reading) -> tuple[Cell, ...]:
    chips = {chip.key: chip for chip in package.chips}
    chip, *others = (chips[key] for key in reading.where if key in chips)
    over = others.pop() if reading.where[-1] in chips else None
    leaf = others[0] if others else chip
    gap, cover = gap_thickness(package, chip), dict(covers(package, leaf))[over].value
    assert gap is not None
    assert cover is not None
    high = "no bound" if reading.high >= 10**9 else show(reading.high, RATIO)
    place = package.place(chip.key)
    spot = f"{place.file}:{place.line}:{place.column}" if place.line else f"({mm(chip.at[0])} mm, {mm(chip.at[1])} mm)"
    said = leaf.name if over is None else f"{leaf.name} under {over.name}"
    return (chip.name, show_toleranced(gap, LENGTH), said, show_toleranced(cover, LENGTH), show(reading.value, RATIO),
            f"{show(reading.low, RATIO)} … {high}", show(gap.nominal // 2, LENGTH), spot)
