"""The report for programs, ``{"reports": [...]}``: one for each file, a superset of KiCad's ``drc.v1``.

``docs/report.schema.json`` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from fractions import Fraction
from typing import Any, Optional

from ... import __version__
from ...check import SILENCED, UNTESTED, Judged, Result, Verdict
from ...claims import ClaimRow
from ...metal.tables import connection_table, wire_table
from ...plain import json_text
from ...shapes import Point
from ...units import KINDS, RATIO, Kind, Number
from ..finding import Finding, Report, View, total
from ..not_read import FIX, RULE, NotRead
from ..places import Spot
from ..studied import study_data
from ..wiring import connection_data, wire_data

SCHEMA = "https://schemas.kicad.org/drc.v1.json"
# By the kind's name, for a kind itself takes long to look up: every reading asks.
_COLUMNS = {name: kind.column for name, kind in KINDS.items()}
# KiCad knows two severities; what only informs is left out of its list and stands in `rules`.
_KICAD_SEVERITIES = ("error", "warning")
# What a status was called before 0.2; said beside the new word until then.
_OLD_STATUS = {UNTESTED: "not put to the test"}
_DEEP, _MANY = 4, 8
_encode = json.JSONEncoder(ensure_ascii=False).encode


def write(reports: Sequence[Report], view: View) -> str:
    """Every report, and the verdict on all of them, which agrees with the exit code."""
    return written({"overmold": __version__, "date": _now(), "verdict": total(reports)[0],
                    "reports": [plain_data(report) for report in reports]})


def written(data: Any) -> str:
    """``data`` as JSON to read and to compare: the first levels a line each, what is deeper whole on its line."""
    return json_text("".join(_lines(data, "", _DEEP)) + "\n")


def plain_data(report: Report) -> dict[str, Any]:
    """One report as plain data. Lengths in um, positions in mm, temperatures in degC, pressures in Pa."""
    result = report.result
    data: dict[str, Any] = {
        "$schema": SCHEMA, "source": report.source, "date": _now(), "kicad_version": f"overmold {__version__}",
        "coordinate_units": "mm", "included_severities": list(_KICAD_SEVERITIES),
        "violations": [*map(_unread, report.not_read),
                       *(_violation(one) for one in report.findings if one.severity in _KICAD_SEVERITIES)],
        "unconnected_items": [], "schematic_parity": [], "verdict": report.verdict,
        "settings": report.settings.file if report.settings is not None else None,
    }
    if result is None:
        data["faults"] = [{"file": one.file, "line": one.line, "column": one.column, "part": one.part, "message": one.message}
                          for one in report.faults]
        return data
    unchecked = [{"rule": verdict.rule.name, "missing": one.missing, "where": list(one.where)}
                 for verdict in result.verdicts for one in verdict.untested]
    return {
        **data, "package": result.package.name, "strict": report.strict, "complete": report.complete,
        "not_read": [_not_read(one) for one in report.not_read], "remarks": list(result.package.remarks),
        "errors": result.errors, "warnings": result.warnings,
        "rules": rule_rows(result),
        "not_checked": unchecked, "not_put_to_the_test": unchecked,
        "claims": chart_rows(report.claims),
        **({"study": study_data(report.study)} if report.study is not None else {}),
        "drift": [{"key": row.key, "board": row.board, "spec": row.spec} for row in report.drift],
        "connections": list(map(connection_data, connection_table(result.package))),
        "wires": list(map(wire_data, wire_table(result.package))),
    }


def rule_rows(result: Result) -> list[dict[str, Any]]:
    """Every rule with its readings as plain data."""
    return [_rule(verdict) for verdict in result.verdicts]


def chart_rows(chart: Sequence[ClaimRow]) -> list[dict[str, Any]]:
    """The claim chart as plain data."""
    return [{"claim": row.number, "depends_on": row.parent, "asks_for": row.words, **_status(row.status),
             "because": row.because} for row in chart]


def value_of(value: Number, kind: Kind) -> float | int | None:
    """A number in the unit that ``unit_of`` names; None for no bound (the gap closes at that corner)."""
    if kind is RATIO and value >= 10**9:
        return None
    scale = _COLUMNS[kind.name][1]
    if isinstance(value, int):  # most readings are; a Fraction of each would take as long as the check
        return value / scale if value % scale else value // scale
    scaled = Fraction(value) / scale
    return int(scaled) if scaled.denominator == 1 else float(scaled)


def unit_of(kind: Kind) -> str:
    """The unit in which numbers of this kind are given."""
    return _COLUMNS[kind.name][0]


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _status(status: str) -> dict[str, str]:
    old = _OLD_STATUS.get(status)
    return {"status": status, **({"status_was": old} if old else {})}


def _violation(finding: Finding) -> dict[str, Any]:
    return {"type": finding.rule, "description": finding.message, "severity": finding.severity,
            "items": [_item(spot) for spot in finding.places], "fix": finding.whole_fix, "at_corner": finding.at_corner,
            "numbers": list(finding.numbers)}


def _unread(one: NotRead) -> dict[str, Any]:
    """What could not be read, in the shape of a breach."""
    return {"type": RULE, "description": f"{one.spot.text}: {one.message}", "severity": "error", "items": [_item(one.spot)],
            "fix": FIX, "at_corner": False}


def _not_read(one: NotRead) -> dict[str, Any]:
    spot = one.spot
    return {"file": spot.file, "line": spot.line, "column": spot.column, "part": spot.text, "message": one.message,
            "uuid": spot.uuid, "pos": _position(spot.at), "unknown": list(one.unknown)}


def _item(spot: Spot) -> dict[str, Any]:
    item: dict[str, Any] = {"uuid": spot.uuid, "pos": _position(spot.at),
                            "description": spot.text if spot.text == spot.key else f"{spot.key}: {spot.text}"}
    if spot.line:
        item["file"], item["line"], item["column"] = spot.file, spot.line, spot.column
    return item


def _position(at: Optional[Point]) -> dict[str, float]:
    x, y = at or (0, 0)
    return {"x": x / 1e6, "y": y / 1e6}


def _rule(verdict: Verdict) -> dict[str, Any]:
    rule, kind = verdict.rule, verdict.kind
    limits = {name: value_of(value, kind) for name, value in rule.limits._asdict().items() if value is not None}
    row: dict[str, Any] = {"rule": rule.name, "deck": rule.deck, **_status(verdict.status), "title": rule.title,
                           "measure": rule.measure, "unit": unit_of(kind), "limit": limits, "severity": rule.severity,
                           "corners": rule.corners, "claims": list(rule.claims)}
    if rule.cpk is not None:
        row["cpk"] = {"at_least": float(rule.cpk)}
    if verdict.status == SILENCED:
        row["reason"] = rule.silenced_because
    elif rule.changed_because:
        row["reason"] = rule.changed_because
    if rule.changed_by:
        row["changed_by"] = rule.changed_by
    row["readings"] = [_reading(judged, kind) for judged in verdict.judged]
    return row


def _reading(judged: Judged, kind: Kind) -> dict[str, Any]:
    reading = judged.reading
    value = value_of(reading.value, kind)
    low = value if reading.low == reading.value else value_of(reading.low, kind)
    high = value if reading.high == reading.value else value_of(reading.high, kind)
    return {"where": list(reading.where), "value": value, "low": low, "high": high, "margin": value_of(judged.margin, kind),
            "margin_at_corners": value_of(judged.corner_margin, kind), "severity": judged.severity or None,
            "on_limit": judged.on_limit, "note": reading.note, **({"cpk": judged.cpk} if judged.cpk is not None else {})}


def _lines(value: Any, indent: str, depth: int) -> Iterator[str]:
    if not value or not isinstance(value, (dict, list)) or not (depth > 0 or _is_long(value)):
        yield _encode(value)
        return
    inner = indent + "  "
    start, end = ("{", "}") if isinstance(value, dict) else ("[", "]")
    keys = [f"{_encode(key)}: " for key in value] if isinstance(value, dict) else [""] * len(value)
    for number, (key, one) in enumerate(zip(keys, value.values() if isinstance(value, dict) else value)):
        yield f"{',' if number else start}\n{inner}{key}"
        yield from _lines(one, inner, depth - 1)
    yield f"\n{indent}{end}"


def _is_long(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) > _MANY
    return any(isinstance(one, list) and len(one) > _MANY for one in value.values())
