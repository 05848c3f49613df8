"""Limits in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ..units import FLAG, RATIO, Kind, Number, show
from .model import Limits


def limits_text(limits: Limits, kind: Kind, cpk: Optional[Number] = None) -> str:
    """``at least 0.5, at most 2`` with units; ``must be yes`` where there is only yes and no; with the ``cpk`` asked for."""
    if kind is FLAG:
        return f"must be {show(limits.lower or 0, kind)}"
    asked = [f"Cpk at least {show(cpk, RATIO)}"] if cpk is not None else []
    return ", ".join([*(f"{words} {show(value, kind)}" for words, value in _named(limits)), *asked])


def _named(limits: Limits) -> Iterator[tuple[str, Number]]:
    for words, value in (("at least", limits.at_least), ("above", limits.above), ("below", limits.below),
                         ("at most", limits.at_most)):
        if value is not None:
            yield words, value
