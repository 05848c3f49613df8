"""Which dimensions of a sweep take which values, and which variants are this machine's."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..faults import fail
from ..package import Package
from ..solve import varied
from ..units import Kind, UnitError, parse, show

_RANGE = re.compile(r"(?P<start>[^:]+?)\.\.(?P<end>[^:]+):(?P<step>.+)")
_UNIT = re.compile(r"[A-Za-zµμ°/]+\s*$")
MOST = 10**8  # variants: more are days, and a table of gigabytes


@dataclass(frozen=True)
class Varied:
    """One dimension with the values that it takes, in base units."""

    key: str
    kind: Kind
    values: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Every combination, the last dimension fastest; ``first`` and ``end`` are the numbers of this part of them."""

    varied: tuple[Varied, ...]
    first: int
    end: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The dimensions."""
        return tuple(one.key for one in self.varied)

    @property
    def count(self) -> int:
        """How many variants there are in all parts."""
        return math.prod(len(one.values) for one in self.varied)

    def columns(self, first: int, end: int) -> dict[str, Any]:
        """The values of the variants of these numbers, by key, as arrays of whole base units."""
        import numpy as np

        numbers = np.arange(first, end, dtype=np.int64)
        found: dict[str, Any] = {}
        for one in reversed(self.varied):
            numbers, which = np.divmod(numbers, len(one.values))
            found[one.key] = np.array(one.values, np.int64)[which]
        return {key: found[key] for key in self.keys}


def plan(package: Package, asked: Sequence[str], shard: tuple[int, int] = (1, 1)) -> Plan:
    """The plan of ``KEY=200..400um:5um`` or ``KEY=300um,315um``, each dimension once; the ``shard``-th of so many parts.

    Raises Faults for what is no dimension of the package or no values of it.
    """
    found = [_varied(package, words) for words in asked]
    keys = [one.key for one in found]
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise fail("--vary", f"'{twice}' is varied twice; write all its values in one")
    count = math.prod(len(one.values) for one in found)
    if count > MOST:
        raise fail("--vary", f"these are {count:,} variants; at most {MOST:,} are judged, so take larger steps")
    number, parts = shard
    return Plan(tuple(found), count * (number - 1) // parts, count * number // parts)


def _varied(package: Package, words: str) -> Varied:
    key, sign, values = words.partition("=")
    if not sign or not values.strip():
        raise fail("--vary", f"'{words}' gives no values; write for example mold.cap=200..400um:5um")
    key, datum = varied(package, key.strip())
    try:
        found = _values(values, datum.kind)
    except UnitError as error:
        raise fail("--vary", f"{key}: {error}") from None
    low = next((one for one in found if one < datum.least), None)
    if low is not None:
        raise fail("--vary", f"{key} cannot be {show(low, datum.kind)}; it is at least {show(datum.least, datum.kind)}")
    return Varied(key, datum.kind, found)


def _values(words: str, kind: Kind) -> tuple[int, ...]:
    ranged = _RANGE.fullmatch(words.strip())
    if ranged is None:
        if ".." in words and "," not in words:
            raise UnitError(f"'{words}' has no step; it follows a colon, as in 200..400um:5um")
        given = [one.strip() for one in words.split(",") if one.strip()]
        return tuple(dict.fromkeys(parse(_with_unit(one, given[-1]), kind) for one in given))
    start, end, step = (parse(_with_unit(ranged[name], ranged["end"]), kind) for name in ("start", "end", "step"))
    if step <= 0 or end < start:
        raise UnitError(f"'{words}' has no value; the first is the smaller, the step is above zero")
    if (end - start) // step >= MOST:
        raise UnitError(f"'{words}' are more than {MOST:,} values")
    return tuple(range(start, end + 1, step))


def _with_unit(words: str, other: str) -> str:
    """A number without a unit has that of the other."""
    unit = _UNIT.search(other)
    return words if _UNIT.search(words) or unit is None else f"{words} {unit[0]}"
