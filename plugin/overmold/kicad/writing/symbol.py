"""The symbol library (.kicad_sym) with the finished package."""

from __future__ import annotations

from ...drawing.symbol import LEFT, Pin, Unit, draw_symbol
from ...package import Package
from ...units import mm
from ..clauses.tree import quote

FORMAT = 20241209
_STEP = 2_540_000  # KiCad's grid for pins
_TEXT = 1_270_000
_PIN = 5_080_000  # room for ball names of three and four letters


def symbol_file(package: Package, description: str, keywords: str) -> bytes:
    """A library with one symbol; its footprint is the land pattern of the same name."""
    name = package.name
    units = draw_symbol(package)
    tall = max((unit.rows for unit in units), default=1)
    # All units hang from one height, so that reference and value stand just above each of them.
    upper = (tall - 1) * _STEP // 2 // _STEP * _STEP
    left = -max((half_width(unit) for unit in units), default=0)
    rows = [
        f'(kicad_symbol_lib\n\t(version {FORMAT})\n\t(generator "overmold")\n\t(generator_version "9.0")\n',
        f"\t(symbol {quote(name)}\n\t\t(exclude_from_sim no)\n\t\t(in_bom yes)\n\t\t(on_board yes)\n",
        _property("Reference", "U", (left, upper + 3 * _STEP), hidden=False),
        _property("Value", name, (left, upper + 2 * _STEP), hidden=False),
        _property("Footprint", f"{name}:{name}", (0, 0), hidden=True),
        _property("Datasheet", package.datasheet, (0, 0), hidden=True),
        _property("Description", description, (0, 0), hidden=True),
        _property("ki_keywords", keywords, (0, 0), hidden=True),
        _property("ki_fp_filters", f"{name}*", (0, 0), hidden=True),
        *(_unit(name, number + 1, unit, upper) for number, unit in enumerate(units)),
        "\t\t(embedded_fonts no)\n\t)\n)\n",
    ]
    return "".join(rows).encode()


def _property(name: str, words: str, at: tuple[int, int], hidden: bool) -> str:
    # A label that is shown begins above the box's left edge.
    more = "\t\t\t\t(hide yes)\n" if hidden else "\t\t\t\t(justify left)\n"
    return (f"\t\t(property {quote(name)} {quote(words)}\n\t\t\t(at {mm(at[0])} {mm(at[1])} 0)\n"
            f"\t\t\t(effects\n\t\t\t\t(font\n\t\t\t\t\t(size 1.27 1.27)\n\t\t\t\t)\n{more}\t\t\t)\n\t\t)\n")


def half_width(unit: Unit) -> int:
    """Half the width of a unit's box: wide enough for the longest names of both sides, in whole grid steps."""
    letters = max(unit.letters + 4, 12)
    return -(-letters * _TEXT * 9 // 10 // 2 // _STEP) * _STEP


def _unit(name: str, number: int, unit: Unit, upper: int) -> str:
    half = half_width(unit)
    lower = upper - (unit.rows - 1) * _STEP
    box = (f"\t\t\t(rectangle\n\t\t\t\t(start {mm(-half)} {mm(upper + _STEP)})\n"
           f"\t\t\t\t(end {mm(half)} {mm(lower - _STEP)})\n"
           "\t\t\t\t(stroke\n\t\t\t\t\t(width 0.254)\n\t\t\t\t\t(type default)\n\t\t\t\t)\n"
           "\t\t\t\t(fill\n\t\t\t\t\t(type background)\n\t\t\t\t)\n\t\t\t)\n")
    # KiCad writes pins from left to right, from the top down, then by their numbers as plain text.
    pins = "".join(_pin(pin, half + _PIN, upper) for pin in sorted(unit.pins, key=_order))
    return f"\t\t(symbol {quote(f'{name}_{number}_1')}\n{box}{pins}\t\t)\n"


def _order(pin: Pin) -> tuple[bool, int, str]:
    return pin.side != LEFT, pin.row, pin.ball


def _pin(pin: Pin, reach: int, upper: int) -> str:
    # KiCad's symbols have y upwards.
    x, angle = (-reach, 0) if pin.side == LEFT else (reach, 180)
    hide = "\t\t\t\t(hide yes)\n" if pin.hidden else ""
    font = "\t\t\t\t\t(effects\n\t\t\t\t\t\t(font\n\t\t\t\t\t\t\t(size 1.27 1.27)\n\t\t\t\t\t\t)\n\t\t\t\t\t)\n"
    return (f"\t\t\t(pin {pin.kind} line\n\t\t\t\t(at {mm(x)} {mm(upper - pin.row * _STEP)} {angle})\n"
            f"\t\t\t\t(length {mm(_PIN)})\n{hide}"
            f"\t\t\t\t(name {quote(pin.name)}\n{font}\t\t\t\t)\n"
            f"\t\t\t\t(number {quote(pin.ball)}\n{font}\t\t\t\t)\n\t\t\t)\n")
