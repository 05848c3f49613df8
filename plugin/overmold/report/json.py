"""The report for programs: a superset of KiCad's ``drc.v1``, so that what reads KiCad's report reads this one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..check import SILENCED, Finding, Judged, Result, Verdict
from ..claims import ClaimRow
from ..faults import Fault
from ..package import Package
from ..shapes import Point
from ..units import ANGLE, COUNT, FLAG, LENGTH, PRESSURE, RATIO, TEMPERATURE, Kind, Number
from .places import position_of, uuid_of

if TYPE_CHECKING:
    from ..compare import Drift

SCHEMA = "https://schemas.kicad.org/drc.v1.json"
# Numbers are given in the unit their kind is usually written in; every reading names it.
_UNITS = {LENGTH: "um", TEMPERATURE: "degC", PRESSURE: "Pa", RATIO: "", COUNT: "", FLAG: "", ANGLE: "deg"}
_SCALES = {LENGTH: 1000, TEMPERATURE: 1000, PRESSURE: 10**6, RATIO: 1, COUNT: 1, FLAG: 1, ANGLE: 1000}
# KiCad knows two severities; what only informs is left out of its list and stands in `rules`.
_KICAD_SEVERITIES = ("error", "warning")


def json_report(result: Result, chart: Sequence[ClaimRow], drifted: Sequence[Drift]) -> dict[str, Any]:
    """The report as plain data. Lengths in um, positions in mm, temperatures in degC, pressures in Pa."""
    package = result.package
    return {
        "$schema": SCHEMA,
        "source": package.source,
        "date": _now(),
        "kicad_version": f"overmold {__version__}",
        "coordinate_units": "mm",
        "included_severities": list(_KICAD_SEVERITIES),
        "violations": [_violation(package, finding) for finding in result.findings
                       if finding.severity in _KICAD_SEVERITIES],
        "unconnected_items": [],
        "schematic_parity": [],
        "package": package.name,
        "verdict": "broken" if result.errors else "kept",
        "errors": result.errors,
        "warnings": result.warnings,
        "rules": [_rule(verdict) for verdict in result.verdicts],
        "not_put_to_the_test": [{"rule": verdict.rule.name, "missing": one.missing, "where": list(one.where)}
                                for verdict in result.verdicts for one in verdict.untested],
        "claims": chart_rows(chart),
        "drift": [{"key": row.key, "board": row.board, "spec": row.spec} for row in drifted],
    }


def unreadable(source: str, faults: Sequence[Fault]) -> dict[str, Any]:
    """The report on a file that could not be read: KiCad's keys, empty, and the faults."""
    return {
        "$schema": SCHEMA, "source": source, "date": _now(), "kicad_version": f"overmold {__version__}",
        "coordinate_units": "mm", "included_severities": list(_KICAD_SEVERITIES), "violations": [], "unconnected_items": [],
        "schematic_parity": [], "verdict": "unreadable",
        "faults": [{"file": one.file, "line": one.line, "column": one.column, "part": one.part, "message": one.message}
                   for one in faults],
    }


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+0000")


def chart_rows(chart: Sequence[ClaimRow]) -> list[dict[str, Any]]:
    """The claim chart as plain data."""
    return [{"claim": row.number, "depends_on": row.parent, "asks_for": row.words, "status": row.status,
             "because": row.because} for row in chart]


def _violation(package: Package, finding: Finding) -> dict[str, Any]:
    return {
        "type": finding.rule.name,
        "description": finding.message,
        "severity": finding.severity,
        "items": [_item(package, finding.judged, key) for key in finding.judged.reading.where],
        "fix": finding.rule.fix,
        "at_corner": finding.judged.at_corner,
    }


def _item(package: Package, judged: Judged, key: str) -> dict[str, Any]:
    place = package.place(key)
    item: dict[str, Any] = {"uuid": uuid_of(package, key), "description": place.text if place.text == key else
                            f"{key}: {place.text}", "pos": _position(position_of(package, key, judged.reading.at))}
    if place.line:
        item["file"], item["line"], item["column"] = place.file, place.line, place.column
    return item


def _position(at: Point | None) -> dict[str, float]:
    x, y = at or (0, 0)
    return {"x": x / 1e6, "y": y / 1e6}


def _rule(verdict: Verdict) -> dict[str, Any]:
    rule, kind = verdict.rule, verdict.kind
    limits = {name: _value(value, kind) for name, value in vars(rule.limits).items() if value is not None}
    row: dict[str, Any] = {"rule": rule.name, "deck": rule.deck, "status": verdict.status, "title": rule.title,
                           "measure": rule.measure, "unit": _UNITS[kind], "limit": limits, "severity": rule.severity,
                           "claims": list(rule.claims)}
    if verdict.status == SILENCED:
        row["reason"] = rule.silenced_because
    elif rule.changed_because:
        row["reason"] = rule.changed_because
    row["readings"] = [_reading(judged, kind) for judged in verdict.judged]
    return row


def _reading(judged: Judged, kind: Kind) -> dict[str, Any]:
    reading = judged.reading
    return {"where": list(reading.where), "value": _value(reading.value, kind), "low": _value(reading.low, kind),
            "high": _value(reading.high, kind), "margin": _value(judged.margin, kind),
            "margin_at_corners": _value(judged.corner_margin, kind), "severity": judged.severity or None,
            "on_limit": judged.on_limit, "note": reading.note}


def _value(value: Number, kind: Kind) -> float | int | None:
    if kind is RATIO and value >= 10**9:
        return None  # no bound: the gap closes at that corner
    scaled = Fraction(value) / _SCALES.get(kind, 1)
    return int(scaled) if scaled.denominator == 1 else float(scaled)
