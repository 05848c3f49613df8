"""The finished package as a schematic symbol: boxes with named pins, supplies and grounds at the left.

A net with several balls is one visible pin, its other balls stacked on the same spot. Signals stand in groups: each bus
by itself, then what stands alone. A package whose netlist nobody has stated shows every ball by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..package import Package
from ..package.lands import terminal_names

PASSIVE, POWER, NOT_CONNECTED = "passive", "power_in", "no_connect"
LEFT, RIGHT = "left", "right"
MOST_ROWS = 48  # one above the other; more go to another unit
BUS = 3  # so many names that differ in a number only are a group

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


@dataclass(frozen=True)
class _Row:
    name: str
    balls: tuple[str, ...]
    kind: str


_Group = list[_Row]


def draw_symbol(package: Package) -> tuple[Unit, ...]:
    """The units of the symbol; empty where the package has neither balls nor leads."""
    names, nets = _terminals(package)
    if not names:
        return ()
    if not any(nets):
        rows = [_Row(name, (name,), PASSIVE) for name in sorted(names, key=natural)]
        return _units([], _by_prefix(rows))
    balls_of: dict[str, list[str]] = {}
    for name, net in zip(names, nets):
        balls_of.setdefault(net, []).append(name)
    free = sorted(balls_of.pop("", []), key=natural)

    def rows_of(chosen: Iterable[str], kind: str) -> _Group:
        return [_Row(net, tuple(sorted(balls_of[net], key=natural)), kind) for net in sorted(chosen, key=natural)]

    power = [rows_of((net for net in balls_of if is_power(net) and not is_ground(net)), POWER),
             rows_of((net for net in balls_of if is_ground(net)), POWER)]
    signals = _by_prefix(rows_of((net for net in balls_of if not is_power(net)), PASSIVE))
    # KiCad's conventions forbid stacking pins that connect nothing: each stands alone.
    unused = [_Row(f"NC_{name}", (name,), NOT_CONNECTED) for name in free]
    return _units([group for group in power if group], [*signals, *([unused] if unused else [])])


def _terminals(package: Package) -> tuple[Sequence[str], Sequence[str]]:
    """Names and nets of what is soldered to a customer's board: balls, or leads and after the last of them the exposed pad."""
    if package.balls is not None:
        balls = package.balls
        beside = [name for name in terminal_names(package.lands) if name not in set(balls.sites.names)]
        return (*balls.sites.names, *beside), (*balls.nets, *[""] * len(beside))
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None:
        alone = terminal_names(package.lands)
        return alone, ("",) * len(alone)
    names, nets = [lead.name for lead in frame.leads], [lead.net for lead in frame.leads]
    if frame.paddle_foot is not None:
        names, nets = [*names, frame.paddle_number], [*nets, frame.paddle_net]
    return names, nets


def _by_prefix(rows: Sequence[_Row]) -> list[_Group]:
    """Buses first, each a group of its own, then all that stands alone."""
    groups: dict[str, _Group] = {}
    for row in rows:
        groups.setdefault(row.name.rstrip("0123456789"), []).append(row)
    buses = [group for group in groups.values() if len(group) >= BUS]
    alone = [row for group in groups.values() if len(group) < BUS for row in group]
    return [*buses, *([alone] if alone else [])]


def _units(power: list[_Group], signals: list[_Group]) -> tuple[Unit, ...]:
    """One unit where everything fits, else power in the first unit and signals in as many as it takes."""
    everything = [*power, *signals]
    if not everything:
        return ()
    if _fits(everything):
        return (_unit(*_sides(everything)),)
    units = [_unit(*_sides(power))] if power else []
    queue = [group[i:i + MOST_ROWS] for group in signals for i in range(0, len(group), MOST_ROWS)]
    while queue:
        taken = [queue.pop(0)]
        while queue and _fits([*taken, queue[0]]):
            taken.append(queue.pop(0))
        units.append(_unit(*_sides(taken)))
    return tuple(units)


def _fits(groups: list[_Group]) -> bool:
    return max(map(len, _sides(groups))) <= MOST_ROWS


def _sides(groups: list[_Group]) -> tuple[list[_Row], list[_Row]]:
    """Supplies and grounds to the left, each further group to the shorter side; one long group by itself is halved."""
    if len(groups) == 1 and len(groups[0]) > 8:
        half = -(-len(groups[0]) // 2)
        return groups[0][:half], groups[0][half:]
    left: list[_Row] = []
    right: list[_Row] = []
    for group in groups:
        side = left if group[0].kind == POWER or len(left) <= len(right) else right
        side += [*([_Row("", (), "")] if side else []), *group]
    return left, right


def _unit(left: list[_Row], right: list[_Row]) -> Unit:
    pins = [
        Pin(ball, row.name, row.kind if not i else PASSIVE, side, place, hidden=bool(i))
        for side, rows in ((LEFT, left), (RIGHT, right))
        for place, row in enumerate(rows) for i, ball in enumerate(row.balls)
    ]
    widest = sum(max((len(row.name) for row in rows), default=0) for rows in (left, right))
    return Unit(tuple(pins), max(len(left), len(right)), widest)


def is_ground(net: str) -> bool:
    """Whether a net's name says ground."""
    return bool(_GROUND.match(net))


def is_power(net: str) -> bool:
    """Whether a net's name says supply or ground."""
    return is_ground(net) or bool(_SUPPLY.match(net))


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts names the way people count: A2 before A10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name) if part]
