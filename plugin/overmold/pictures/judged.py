"""What a check says of what a picture shows: the parts to mark, and of every gap t2/t1 with its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..check import ERROR, WARNING, Judged, Result, Verdict
from ..measures import Reading
from ..measures.gap import cover_to_gap_ratio
from ..package import Package, keys
from ..rule import Limits
from ..units import RATIO, show
from .marks import BROKEN, WARNED, Marks

_HUES = {ERROR: BROKEN, WARNING: WARNED}


@dataclass(frozen=True)
class Told:
    """Words on one gap, and ``BROKEN``, ``WARNED`` or "" for what they are."""

    words: str
    hue: str = ""


@dataclass(frozen=True)
class Judgement:
    """``marks`` by the keys of parts; ``ratios`` by the key of the chip over the gap."""

    marks: Marks = field(default_factory=dict)
    ratios: Mapping[str, Told] = field(default_factory=dict)


def judgement(result: Result) -> Judgement:
    """The parts that findings are about, errors over warnings; of every gap the worst ratio."""
    marks: dict[str, str] = {}
    for breach in reversed(result.findings):  # errors come first
        hue = _HUES.get(breach.severity)
        if hue is not None:
            marks.update(dict.fromkeys(breach.judged.reading.where, hue))
    ratios: dict[str, Told] = {}
    for verdict in result.verdicts:
        if verdict.rule.measure == cover_to_gap_ratio.__name__:
            for judged in verdict.judged:  # the worst first
                ratios.setdefault(judged.reading.where[0], _told(verdict, judged))
    return Judgement(marks, ratios)


def unjudged(package: Package) -> Judgement:
    """No marks, and ratios without limits: the least of every gap."""
    least: dict[str, Reading] = {}
    for one in cover_to_gap_ratio(package):
        if isinstance(one, Reading) and (one.where[0] not in least or one.value < least[one.where[0]].value):
            least[one.where[0]] = one
    return Judgement({}, {key: Told(_ratio(reading)) for key, reading in least.items()})


def _told(verdict: Verdict, judged: Judged) -> Told:
    reading, hue = judged.reading, _HUES.get(judged.severity, "")
    allowed = _allowed(verdict.rule.limits)
    if not judged.at_corner:
        return Told(f"{_ratio(reading)}{', not' * (hue == BROKEN)} {allowed if hue == BROKEN else f'({allowed})'}", hue)
    corner = min(reading.low, reading.high, key=verdict.rule.limits.margin)
    return Told(f"{_ratio(reading)}, at a corner {show(corner, RATIO)} ({allowed})", hue)


def _ratio(reading: Reading) -> str:
    over = keys.last(reading.where[1]) if keys.around(reading.where[1]) == keys.CHIPS else ""
    return f"t2/t1 {show(reading.value, RATIO)}{f' over {over}' if over else ''}"


def _allowed(limits: Limits) -> str:
    lower, upper = limits.lower, limits.upper
    if lower is not None and upper is not None:
        return f"{show(lower, RATIO)} to {show(upper, RATIO)}"
    return f"at least {show(lower, RATIO)}" if lower is not None else f"at most {show(upper or 0, RATIO)}"
