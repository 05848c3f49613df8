"""What changed since an earlier report: breaches that are new or gone, and readings that moved. The earlier one is our JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from ..check import ERROR, WARNING, Result
from ..faults import fail
from ..input_file import read_input
from ..plain import one_line

Row = Mapping[str, Any]
_WHAT = "is not a JSON report of overmold drc; write one with --format json=FILE"


@dataclass(frozen=True)
class Moved:
    """The reading of a rule that was nearest to its limit, before and now, in words with their unit."""

    rule: str
    before: str
    now: str


@dataclass(frozen=True)
class Since:
    """``source`` is the earlier report's file, ``verdict`` what it said; ``new`` and ``gone`` are breaches, a line each."""

    source: str
    verdict: str
    new: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def words(self) -> str:
        """All of it in one line."""
        counts = ((len(self.new), "new"), (len(self.gone), "gone"), (len(self.moved), "moved"))
        said = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing changed"
        return f"since {one_line(self.source)} ({self.verdict}): {said}"


def read_baseline(file: Path) -> dict[str, Row]:
    """The reports of an earlier run by their source, and by their package where only one has it; raises Faults."""
    try:
        reports = json.loads(read_input(file))["reports"]
        rows = [row for row in reports if isinstance(row["source"], str) and isinstance(row["verdict"], str)]
        for row in rows:
            list(_breaches(row.get("rules", ())))
            _worst(row.get("rules", ()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise fail(str(file), _WHAT) from None
    names = [str(row.get("package")) for row in rows]
    by_name = {f"package {name}": row for name, row in zip(names, rows) if names.count(name) == 1}
    return {**by_name, **{row["source"]: row for row in rows}}


def since(baseline: Mapping[str, Row], file: str, source: str, result: Result, rules: list[dict[str, Any]]) -> Optional[Since]:
    """What changed in the report on ``source`` since the one in ``file``, None where that has none on it; ``rules`` are this
    report's, as the JSON has them."""
    before = baseline.get(source) or baseline.get(f"package {result.package.name}")
    if before is None:
        return None
    old, new = (dict(_breaches(rows)) for rows in (before.get("rules", ()), rules))
    was, now = _worst(before.get("rules", ())), _worst(rules)
    return Since(file, before["verdict"], tuple(words for key, words in new.items() if key not in old),
                 tuple(words for key, words in old.items() if key not in new),
                 tuple(Moved(rule, was[rule], now[rule]) for rule in now if rule in was and was[rule] != now[rule]))


def _breaches(rules: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every breach by its rule and the parts it was read on, with its severity."""
    for row in rules:
        for reading in row.get("readings", ()):
            if reading["severity"] in (ERROR, WARNING):
                where = ", ".join(map(str, reading["where"]))
                yield (row["rule"], where), f"{row['rule']} ({reading['severity']}): {where}, {_read(row, reading)}"


def _worst(rules: Any) -> dict[str, str]:
    """The reading of each rule with the least margin."""
    found = {}
    for row in rules:
        readings = [one for one in row.get("readings", ()) if one["margin"] is not None]
        if readings:
            found[row["rule"]] = _read(row, min(readings, key=lambda one: float(one["margin"])))
    return found


def _read(row: Row, reading: Row) -> str:
    value = reading["value"]
    number = "no bound" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{number} {row['unit']}".rstrip()
