"""Trapped air against one dimension, and so against t2/t1: the curve that shows why half to twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from ..faults import fail
from ..fill import OVER, UNDER, Filled, Options, Unknown, blocks_over_chips, fill
from ..fill.front import Say
from ..fill.words import percent, worst
from ..measures import Reading
from ..measures.covers import bare_below
from ..measures.gap import cover_to_gap_ratio
from ..package import Package, keys
from ..package.datum import PLAIN, QUANTITY, data_of, key_of
from ..package.pieces import pieces, with_values
from ..units import Kind, Toleranced, UnitError, parse, show
from .table import columns

MOST_POINTS = 60
CELLS = 48  # along the longer side: a curve is looked at, and every point of it takes a fill
_EXAMPLE = "mold.cap=200..400um:20um"


@dataclass(frozen=True)
class Vary:
    """One dimension by its key and the values that it takes in turn, in base units of its kind."""

    key: str
    kind: Kind
    values: tuple[int, ...]


@dataclass(frozen=True)
class Spot:
    """One spot of the curve: the ratio t2/t1 of the chip and the shares of air closed in; None where it cannot be told."""

    value: int
    chip: str
    ratio: Optional[float]
    under: Optional[float]
    over: Optional[float]


def read_vary(package: Package, words: str) -> Vary:
    """``mold.cap=200..400um:20um``; raises Faults that say what to write instead."""
    key, is_there, span = words.partition("=")
    ends, has_step, step = span.partition(":")
    low, has_end, high = ends.partition("..")
    if not (is_there and has_step and has_end):
        raise fail("--vary", f"'{words}' names no dimension and span; write for example {_EXAMPLE}")
    kind = _kind_of(package, key.strip())
    try:
        stop, by = parse(high, kind), parse(step, kind)
        start = parse(low if low.strip()[-1:].isalpha() else f"{low} {high.strip().lstrip('0123456789.+- ')}", kind)
    except UnitError as error:
        raise fail("--vary", f"{error}; write for example {_EXAMPLE}") from None
    if by <= 0 or stop < start:
        raise fail("--vary", f"'{words}' leads nowhere: its step has to be above nothing, its end not below its start")
    if (stop - start) // by >= MOST_POINTS:
        count = (stop - start) // by + 1
        raise fail("--vary", f"'{words}' is {count} fills, and {MOST_POINTS} are the most; take a longer step")
    return Vary(key.strip(), kind, tuple(range(start, stop + 1, by)))


def _kind_of(package: Package, key: str) -> Kind:
    known = {keys.within(where, key_of(name, one)): one.kind for where, part in pieces(package)
             for name, one in data_of(type(part)).items() if one.form in (QUANTITY, PLAIN)}
    if key not in known:
        from ..faults import did_you_mean

        raise fail("--vary", f"the package has no dimension '{key}'{did_you_mean(key, list(known))}")
    return known[key]


def curve(package: Package, vary: Vary, options: Options, say: Optional[Say] = None) -> list[Spot]:
    """A fill for every value, in order. Raises Faults where a value leaves the mold no room, or another is not stated."""
    found: list[Spot] = []
    options = replace(options, cells=options.cells or CELLS, halved=False)
    for number, value in enumerate(vary.values):
        changed = with_values(package, {vary.key: Toleranced(value)})
        try:
            filled = [fill(changed, options, block=block.key) for block in blocks_over_chips(changed)]
        except Unknown as unknown:
            raise fail(package.source, unknown.words) from None
        found += _spots(changed, value, filled)
        if say is not None:
            say((number + 1) / len(vary.values))
    return found


def _spots(package: Package, value: int, filled: Sequence[Filled]) -> list[Spot]:
    ratios: dict[str, float] = {}
    for one in cover_to_gap_ratio(package):
        if isinstance(one, Reading):
            ratios.setdefault(keys.last(one.where[0]), float(one.value))
    shares: dict[tuple[str, str], float] = {}
    for each in (one for block in filled for one in worst(block)):
        where = each.part.where, each.part.chip
        shares[where] = max(each.before, shares.get(where, 0.0))
    return [Spot(value, chip.name, ratios.get(chip.name), shares.get((UNDER, chip.name)), shares.get((OVER, chip.name)))
            for chip in package.chips if not bare_below(package, chip)]


def curve_text(vary: Vary, spots: Sequence[Spot]) -> str:
    """A row for every value and chip."""
    rows = [(vary.key, "chip", "t2/t1", "closed in under", "over"),
            *((show(one.value, vary.kind), one.chip, "" if one.ratio is None else f"{one.ratio:.2f}", _share(one.under),
               _share(one.over)) for one in spots)]
    return columns(rows)


def _share(share: Optional[float]) -> str:
    return "" if share is None else percent(share)


def curve_data(vary: Vary, spots: Sequence[Spot]) -> Mapping[str, Any]:
    """The same as plain data, values as people write them."""
    return {"vary": vary.key, "spots": [{"value": show(one.value, vary.kind), "chip": one.chip, "t2/t1": one.ratio,
                                         "under": one.under, "over": one.over} for one in spots]}
