"""What samples of a reading come to, in numbers; and what it comes to without samples, from its slopes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ..rule import Limits
from ..units import Number, Toleranced
from .assumptions import Assumptions
from .formula import Formula, Values

_Z = 1.959964  # of the interval in which a share is with 95 %


@dataclass(frozen=True)
class Capability:
    """A reading against the limits of a rule: ``cp`` is None for one limit or no spread. ``outside`` of ``samples`` break it,
    which puts the share of all between ``least`` and ``most`` (Wilson, 95 %)."""

    cp: Optional[float]
    cpk: Optional[float]
    outside: int
    samples: int
    least: float
    most: float


@dataclass(frozen=True)
class Figures:
    """Of one reading, in base units: ``low`` and ``high`` are its worst-case corners, ``rss`` the standard deviation by slopes
    (first order), ``mean`` to ``greatest`` come from samples. ``shares`` say what part of the variance each dimension makes, by
    key, the largest first. ``is_exact``: it was sampled as a formula; else its measure itself was asked, for each sample."""

    nominal: Number
    low: Number
    high: Number
    mean: float
    sigma: float
    least: float
    greatest: float
    rss: float
    shares: tuple[tuple[str, float], ...]
    samples: int
    unbound: int = 0
    is_exact: bool = True


def slopes(formula: Formula, stated: Mapping[str, Toleranced], assumed: Assumptions, moved: Optional[Values] = None
           ) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The standard deviation by first order, (Σ (∂r/∂d σ)²)^½ at the means, ``moved`` from there, and the part of its square of
    each dimension."""
    spreads = {key: assumed.spread(stated[key]) for key in formula.keys}
    found = formula.gradient({key: mean + (moved or {}).get(key, 0) for key, (mean, _) in spreads.items()})
    parts = {key: (slope * spreads[key][1]) ** 2 for key, slope in zip(formula.keys, found)}
    return _shared(parts)


def _shared(parts: Mapping[str, float]) -> tuple[float, tuple[tuple[str, float], ...]]:
    total = sum(parts.values())
    ordered = sorted(parts.items(), key=lambda one: -one[1])
    return math.sqrt(total), tuple((key, part / total) for key, part in ordered if part) if total else ()


class Tally:
    """Samples of one reading as they come: nothing of them is kept. ``near`` is a value near their mean."""

    def __init__(self, near: float, shift: float, limits: Sequence[Limits]) -> None:
        self.near, self.limits = near, limits
        self.shifts = [shift * (-1 if _lower_is_nearer(near, one) else 1) for one in limits]
        self.outside = [0] * len(limits)
        self.count = self.unbound = 0
        self.sums = self.squares = 0.0
        self.least, self.greatest = math.inf, -math.inf

    def add(self, values: Any) -> None:
        """So many samples more; those that are infinite have no bound."""
        import numpy as np

        ends = float(values.min()), float(values.max())
        self.count += len(values)
        for i, (limits, shift) in enumerate(zip(self.limits, self.shifts)):
            self.outside[i] += _outside(values, ends, limits, shift)
        if ends[1] == math.inf:
            bound = values[np.isfinite(values)]
            self.unbound += len(values) - len(bound)
            values = bound
        apart = values - values.dtype.type(self.near)
        self.sums += float(apart.sum(dtype=np.float64))
        self.squares += float(np.dot(apart, apart))
        self.least, self.greatest = min(self.least, ends[0]), max(self.greatest, ends[1])

    @property
    def mean(self) -> float:
        """Of the samples that have a bound."""
        return self.near + self.sums / max(1, self.count - self.unbound)

    @property
    def sigma(self) -> float:
        """Their standard deviation."""
        known = max(1, self.count - self.unbound)
        return math.sqrt(max(0.0, self.squares / known - (self.sums / known) ** 2))

    def capability(self, number: int) -> Capability:
        """Against the limits of that number."""
        limits, shift, sigma = self.limits[number], self.shifts[number], self.sigma
        lower, upper = limits.lower, limits.upper
        mean = self.mean + shift
        rooms = [mean - float(lower)] if lower is not None else []
        rooms += [float(upper) - mean] if upper is not None else []
        cp = (float(upper) - float(lower)) / (6 * sigma) if lower is not None and upper is not None and sigma else None
        least, most = wilson(self.outside[number], self.count)
        return Capability(cp, min(rooms) / (3 * sigma) if sigma and rooms else None, self.outside[number], self.count, least,
                          most)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Between which shares that of all lies with 95 %, of which ``hits`` of ``count`` samples were seen."""
    if not count:
        return 0.0, 1.0
    middle = (hits + _Z**2 / 2) / (count + _Z**2)
    half = _Z / (count + _Z**2) * math.sqrt(hits * (count - hits) / count + _Z**2 / 4)
    return (max(0.0, middle - half) if hits else 0.0), (min(1.0, middle + half) if hits < count else 1.0)


def _lower_is_nearer(value: float, limits: Limits) -> bool:
    if limits.lower is None or limits.upper is None:
        return limits.upper is None
    return value - float(limits.lower) < float(limits.upper) - value


def _outside(values: Any, ends: tuple[float, float], limits: Limits, shift: float) -> int:
    """How many samples break the limits; most often a look at the ends is enough."""
    import numpy as np

    found = 0
    if limits.lower is not None and ends[0] + shift <= float(limits.lower):
        lower = values.dtype.type(float(limits.lower) - shift)
        found += int(np.count_nonzero(values < lower if limits.above is None else values <= lower))
    if limits.upper is not None and ends[1] + shift >= float(limits.upper):
        upper = values.dtype.type(float(limits.upper) - shift)
        found += int(np.count_nonzero(values > upper if limits.below is None else values >= upper))
    return found
