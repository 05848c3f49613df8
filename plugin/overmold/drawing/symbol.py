"""The finished package as a schematic symbol: a box with named pins, power on the left, signals on the right.

A net with several balls is one visible pin, its other balls stacked on the same spot. A package whose netlist nobody
has stated shows every ball by its name. What does not fit into one box becomes further units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..package import Package

PASSIVE, POWER, NOT_CONNECTED = "passive", "power_in", "no_connect"
LEFT, RIGHT = "left", "right"
MOST_ROWS = 40  # pins one above the other; more go to another unit

_GROUND = re.compile(r"(?i)^([ADP]?GND|[ADP]?VSS|VEE|EP)(?![A-Z]{2})")
_SUPPLY = re.compile(r"(?i)^([+-]?\d+V\d*|V(DD|CC|BAT|BUS|IN|PP|REF|AA|PLL|IO)|[ADP]V(DD|CC))")


@dataclass(frozen=True)
class Pin:
    """One pin of one ball: ``row`` counts from the top of its side; a stacked pin that is not shown is ``hidden``."""

    ball: str
    name: str
    kind: str
    side: str
    row: int
    hidden: bool = False


@dataclass(frozen=True)
class Unit:
    """One box of the symbol, ``rows`` high; ``letters`` is how many the longest names of both sides have together."""

    pins: tuple[Pin, ...]
    rows: int
    letters: int


def draw_symbol(package: Package) -> tuple[Unit, ...]:
    """The units of the symbol; empty where the package has no balls."""
    if package.balls is None:
        return ()
    names, nets = package.balls.sites.names, package.balls.nets
    if not any(nets):
        return _units([[(name, [name], PASSIVE)] for name in sorted(names, key=natural)], [])
    balls_of: dict[str, list[str]] = {}
    for name, net in zip(names, nets):
        balls_of.setdefault(net, []).append(name)
    free = sorted(balls_of.pop("", []), key=natural)
    power = sorted((net for net in balls_of if is_power(net)), key=lambda net: (bool(_GROUND.match(net)), natural(net)))
    signals = sorted((net for net in balls_of if not is_power(net)), key=natural)

    def row(net: str, kind: str) -> list[tuple[str, list[str], str]]:
        return [(net, sorted(balls_of[net], key=natural), kind)]

    supplies = [row(net, POWER) for net in power if not _GROUND.match(net)]
    grounds = [row(net, POWER) for net in power if _GROUND.match(net)]
    left = supplies + ([[]] if supplies and grounds else []) + grounds
    if free:
        # KiCad's conventions forbid stacking pins that are not connected: each stands alone, below the signals.
        rest = [[(f"NC_{name}", [name], NOT_CONNECTED)] for name in free]
        signals_and_rest = [row(net, PASSIVE) for net in signals] + ([[]] if signals else []) + rest
    else:
        signals_and_rest = [row(net, PASSIVE) for net in signals]
    return _units(signals_and_rest, left)


_Row = list[tuple[str, list[str], str]]  # at most one entry: name, balls, kind; none is an empty row


def _units(rows: Sequence[_Row], power: Sequence[_Row]) -> tuple[Unit, ...]:
    """Power at the left with the signals opposite; what is left over fills units of its own on both sides."""
    units = []
    queue = list(rows)
    if power:
        height = max(len(power), min(MOST_ROWS, len(queue)))
        units.append(_unit(list(power), queue[:height]))
        queue = queue[height:]
    while queue:
        half = min(MOST_ROWS, -(-len(queue) // 2))
        units.append(_unit(queue[:half], queue[half:2 * half]))
        queue = queue[2 * half:]
    return tuple(units)


def _unit(left: list[_Row], right: list[_Row]) -> Unit:
    pins = []
    widths = []
    for side, rows in ((LEFT, left), (RIGHT, right)):
        widths.append(max((len(name) for row in rows for name, _, _ in row), default=0))
        for place, row in enumerate(rows):
            for name, balls, kind in row:
                pins += [Pin(ball, name, kind if not i else PASSIVE, side, place, hidden=bool(i))
                         for i, ball in enumerate(balls)]
    return Unit(tuple(pins), max(len(left), len(right)), sum(widths))


def is_power(net: str) -> bool:
    """Whether a net's name says supply or ground."""
    return bool(_GROUND.match(net) or _SUPPLY.match(net))


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts names the way people count: A2 before A10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name) if part]
