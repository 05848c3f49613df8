"""A tolerance study as rows of words and as plain data: the same figures in every format, always with what they assume."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Optional

from ..study import Capability, Figures, Studied, Study
from ..units import LENGTH, RATIO, Kind, Number, decimal_text
from .table import Cell, columns, listed

HEADING = ("study of", "at", "nominal", "at the corners", "mean", "sigma", "RSS", "least … most seen", "Cp", "Cpk", "outside",
           "comes from")
_SHARES = 4
_DIGITS = 4  # that are worth reading of a figure out of samples


def study_text(study: Study, colour: bool = False) -> str:
    """The table under a line that says what it assumes."""
    blocks = [f"Tolerance study: {study.assumed.said}"]
    if study.rows:
        blocks.append(columns([HEADING, *study_rows(study)], colour))
    else:
        blocks.append("no reading of this package has a tolerance")
    if study.left_out:
        blocks.append(listed("Not studied", study.left_out, colour))
    return "\n\n".join(blocks)


def study_rows(study: Study) -> list[tuple[Cell, ...]]:
    """A row for every reading, by ``HEADING``."""
    return [_row(one) for one in study.rows]


def _row(one: Studied) -> tuple[Cell, ...]:
    figures, kind, capability = one.figures, one.kind, one.capability
    unit = LENGTH.shown if kind is LENGTH and -10**6 < figures.nominal < 10**6 else "mm" if kind is LENGTH else kind.shown
    cpk: Cell = ""
    if capability is not None and capability.cpk is not None:
        words = f"{capability.cpk:.2f}"
        cpk = (words, "red") if one.wanted_cpk is not None and capability.cpk < one.wanted_cpk else words
    return (one.rule or one.measure, ", ".join(one.reading.where[:2]), sized(figures.nominal, kind, unit),
            f"{_end(figures.low, kind, unit)} … {_end(figures.high, kind, unit)}", sized(figures.mean, kind, unit),
            sized(figures.sigma, kind, unit), sized(figures.rss, kind, unit) if figures.is_exact else "",
            f"{sized(figures.least, kind, unit)} … {_end(figures.greatest, kind, unit)}",
            f"{capability.cp:.2f}" if capability is not None and capability.cp is not None else "", cpk,
            outside_words(capability) if capability is not None else "", shares_words(figures))


def outside_words(capability: Capability) -> str:
    """How many of the samples break the limit, and which share of all that may be: never more than so many samples can tell."""
    count, samples = capability.outside, capability.samples
    if not count:
        return f"none of {samples:,}: at most {_percent(capability.most)}"
    if count == samples:
        return f"all of {samples:,}: at least {_percent(capability.least)}"
    return f"{count:,} of {samples:,}: {_percent(capability.least)} to {_percent(capability.most)}"


def shares_words(figures: Figures, most: int = _SHARES) -> str:
    """Which dimensions the spread comes from: ``mold.cap 46 %, chips.U1.bumps.height 25 %``."""
    said = [f"{key} {100 * share:.0f} %" for key, share in figures.shares[:most]]
    left = sum(share for _, share in figures.shares[most:])
    return ", ".join(said + ([f"{len(figures.shares) - most} more {100 * left:.0f} %"] if left else []))


def sized(value: Number | float, kind: Kind, unit: str) -> str:
    """A figure with four digits in a unit of its kind, which stands behind it."""
    if not math.isfinite(value):
        return "no bound"
    scaled = Fraction(value) / kind.scale(unit)
    before = math.floor(math.log10(abs(scaled))) + 1 if scaled else 0
    return f"{decimal_text(scaled, max(0, _DIGITS - before) if before < 1 else max(_DIGITS - before, 1))} {unit}".strip()


def _end(value: Number | float, kind: Kind, unit: str) -> str:
    return "no bound" if kind is RATIO and value >= 10**9 else sized(value, kind, unit)


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.1f} %"


def study_data(study: Study) -> dict[str, Any]:
    """For programs: figures in the unit that each reading names; null for no bound."""
    assumed = study.assumed
    return {"tolerances": assumed.words, "assumes": assumed.said, "samples": assumed.samples, "seed": assumed.seed,
            "readings": [reading_data(one) for one in study.rows], "not_studied": list(study.left_out)}


def reading_data(one: Studied) -> dict[str, Any]:
    """One reading with its figures, and those against its rule."""
    from .formats.json import unit_of, value_of

    figures, kind, capability = one.figures, one.kind, one.capability

    def number(value: Number | float) -> Optional[float]:
        return None if not math.isfinite(value) else value_of(Fraction(value), kind)

    data: dict[str, Any] = {
        "rule": one.rule or None, "measure": one.measure, "where": list(one.reading.where), "unit": unit_of(kind),
        "nominal": number(figures.nominal), "low": number(figures.low), "high": number(figures.high),
        "mean": number(figures.mean), "sigma": number(figures.sigma), "rss": number(figures.rss) if figures.is_exact else None,
        "least_seen": number(figures.least), "most_seen": number(figures.greatest), "samples": figures.samples,
        "without_bound": figures.unbound, "contributions": {key: round(share, 6) for key, share in figures.shares}}
    if capability is not None:
        wanted = None if one.wanted_cpk is None else float(one.wanted_cpk)
        data.update(cp=capability.cp, cpk=capability.cpk, wanted_cpk=wanted, outside=capability.outside,
                    share_outside=[capability.least, capability.most])
    return data


def at_places(study: Optional[Study], rule: str, places: Sequence[str]) -> Optional[Studied]:
    """What the study says of a finding: the reading of that rule on these parts."""
    rows = study.rows if study is not None else ()
    return next((one for one in rows if one.rule == rule and list(one.reading.where) == list(places)), None)

