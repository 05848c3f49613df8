"""What a fill of the mold shows: air closed in under and over chips, and how far a front lags. Takes a second or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Callable, Union

from ..package import Package, Process, keys
from ..shapes import Point, transform
from ..space import over_plan
from ..space.molds import MAIN
from ..units import LENGTH, PRESSURE, RATIO, show
from . import Measured, Unmeasured, exact, measure
from .missing import NO_CARRIER, not_stated

if TYPE_CHECKING:
    from ..fill import Filled, Lag, Part, Trapped, Void

_DIGITS = 10**6


@measure(RATIO)
def air_trapped_under_chip(package: Package) -> Measured:
    """Air that the mold closes in under a chip, after packing, as a share of the plan of its gap; of several units in one
    cavity the worst. 0 where all of it finds a vent."""
    yield from _trapped(package, "under")


@measure(RATIO)
def air_trapped_over_chip(package: Package) -> Measured:
    """Air that the mold closes in over a chip, after packing, as a share of what covers it; of several units in one cavity the
    worst. 0 where all of it finds a vent."""
    yield from _trapped(package, "over")


@measure(LENGTH)
def void_across(package: Package) -> Measured:
    """How wide the widest pocket of air under or over a chip is after packing, as a round one as thick as its gap or cover."""
    found = _known(package, pressures=True)
    if not isinstance(found, Unmeasured):
        voids = [one for one in found.found.voids if one.part.chip and one.across is not None]
        for void in _worst(voids, lambda one: one.across or 0):
            yield exact((keys.chip(void.part.chip),), void.across or 0, _on_board(package, void.at),
                        _place(found, void.part))
    elif found.missing:
        yield found


@measure(RATIO)
def gap_filled_when_front_is_across(package: Package) -> Measured:
    """How much of the gap under a chip is full when the front over it is across; of several units in one cavity the least."""
    yield from _not_run(package)
    found = _known(package, pressures=False)
    if not isinstance(found, Unmeasured):
        for lag in _worst(found.found.lags, lambda one: -one.filled):
            yield exact((keys.chip(lag.part.chip),), _fraction(lag.filled), None, _place(found, lag.part))
    elif found.missing:
        yield found


def _not_run(package: Package) -> Iterator[Unmeasured]:
    """The chips that lie under another block of mold than the first, which is the one that is run; on the far side all are."""
    for chip in package.chips if package.mold is not None and package.mold.regions else ():
        beside = [block.key for block in over_plan(package, chip.outline, chip.is_far) if block.key != MAIN]
        if beside:
            yield Unmeasured((beside[0],), f"the fill runs the first block of mold alone, and {chip.name} lies under "
                             f"{keys.last(beside[0])}", of=chip.key)


def _trapped(package: Package, where: str) -> Measured:
    yield from _not_run(package)
    found = _known(package, pressures=True)
    if isinstance(found, Unmeasured):
        if found.missing:
            yield found
        return
    some = [one for one in found.trapped if one.part.where == where]
    for one in _worst(some, lambda each: each.before):
        spots = [void.at for void in found.found.voids if void.part == one.part]
        at = _on_board(package, spots[0]) if spots else None
        yield exact((keys.chip(one.part.chip),), _fraction(one.after or 0.0), at, _note(found, one))


def _note(found: Filled, one: Trapped) -> str:
    from ..fill.words import percent

    vacuum, packing = found.pressures.vacuum or 0, found.pressures.packing or 0
    return (f"{_place(found, one.part)}: {percent(one.before)} at {show(vacuum, PRESSURE)} before packing at "
            f"{show(packing, PRESSURE, 'MPa')}")


def _place(found: Filled, part: Part) -> str:
    from ..fill.words import place

    return place(found, part)


def _worst(found: Iterable[Union[Trapped, Void, Lag]], size: Callable[[Any], float]) -> Iterator[Any]:
    """Of each chip the one of the largest size."""
    by_chip: dict[str, list[Any]] = {}
    for one in found:
        by_chip.setdefault(one.part.chip, []).append(one)
    yield from (max(some, key=size) for some in by_chip.values())


def _known(package: Package, pressures: bool) -> Union[Filled, Unmeasured]:
    """The package filled; or what has to be stated first, with no words where this mold is none that runs."""
    nothing = Unmeasured((), "")
    if package.mold is None or not package.near_chips:
        return nothing
    if package.carrier is None:
        return NO_CARRIER
    process = package.mold.process
    if process.method and "transfer" not in process.method:
        return nothing  # what is pressed or poured runs otherwise
    for attribute in ("pressure", "packing") if pressures else ():
        if getattr(process, attribute) is None:
            return not_stated(Process, attribute, "mold.process")
    return _filled(package)


@lru_cache(maxsize=2)
def _filled(package: Package) -> Union[Filled, Unmeasured]:
    from ..faults import Faults
    from ..fill import Options, Unknown, fill

    try:
        return fill(package, Options(halved=False))
    except Unknown as unknown:
        return Unmeasured(unknown.keys, unknown.words)
    except Faults as faults:
        return Unmeasured(("mold",), "; ".join(fault.message for fault in faults.faults))


def _on_board(package: Package, at: Point) -> Point:
    """A spot of the package as its file has it, as its source has it."""
    carrier = package.carrier
    return at if carrier is None else transform(at, carrier.outline.centre, carrier.angle)


def _fraction(share: float) -> Fraction:
    return Fraction(round(share * _DIGITS), _DIGITS)
