"""SARIF 2.1.0, for code scanning and for editors: every rule with its help, every breach at its line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ names the members. Rules that were kept are no results; what could not be
checked is a notification of the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, Optional
from urllib.parse import quote

from ... import __version__
from ...check import INFO
from ...faults import Fault
from ...rule import Rule
from ..finding import Finding, Report, View
from ..not_read import FIX, RULE
from ..places import Spot
from ..studied import at_places, reading_data, study_data
from .json import unit_of, value_of, written

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/overmold/overmold"
_LEVELS = {INFO: "note"}  # errors and warnings are called so here too
_UNREADABLE = "not-readable"
_MOST_PLACES = 100  # of one finding: code scanning shows no more, and 10,000 balls would be a megabyte


def write(reports: Sequence[Report], view: View) -> str:
    """One run over all files."""
    rules = {verdict.rule.name: _rule(verdict.rule) for report in reports if report.result is not None
             for verdict in report.result.verdicts}
    rules[RULE] = _own(RULE, "A part could not be read", FIX)
    rules[_UNREADABLE] = _own(_UNREADABLE, "The file could not be read", "Mend what the message names, at its line.")
    numbers = {name: number for number, name in enumerate(rules)}
    results = [result for report in reports for result in _results(report, numbers)]
    notes = [note for report in reports for note in _notes(report)]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "Overmold", "version": __version__, "semanticVersion": __version__, "informationUri": HOME,
                            "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": all(report.result is not None for report in reports),
                         "toolExecutionNotifications": notes}],
        "results": results,
    }
    studies = [{"source": report.source, **study_data(report.study)} for report in reports if report.study is not None]
    if studies:
        run["properties"] = {"studies": studies}
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    claims = f" Claims {', '.join(map(str, rule.claims))} of US 7,230,331 B2." if rule.claims else ""
    return {
        "id": rule.name, "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title}, "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.fix}{claims}", "markdown": f"{rule.why}\n\n**Fix**: {rule.fix}{claims}"},
        "defaultConfiguration": {"level": _LEVELS.get(rule.severity, rule.severity)},
        "properties": {"tags": [rule.deck], "source": rule.source},
    }


def _own(name: str, title: str, fix: str) -> dict[str, Any]:
    return {"id": name, "shortDescription": {"text": title}, "help": {"text": fix}, "defaultConfiguration": {"level": "error"}}


def _results(report: Report, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    for fault in report.faults:
        yield _result(report, numbers, _UNREADABLE, "error", fault.message, [_of_fault(report, fault)])
    for one in report.not_read:
        yield _result(report, numbers, RULE, "error", f"{one.spot.text}: {one.message}", [_location(report, one.spot)])
    for finding in report.findings:
        places = [_location(report, spot) for spot in finding.places[:_MOST_PLACES]] or [_location(report, None)]
        level = _LEVELS.get(finding.severity, finding.severity)
        yield {**_result(report, numbers, finding.rule, level, finding.message, places),
               "properties": _numbers(report, finding)}
    for row in report.drift:
        message = f"board and package file have drifted apart: {row}"
        yield _result(report, numbers, "", "warning", message, [_location(report, None)])


def _result(report: Report, numbers: dict[str, int], rule: str, level: str, message: str, places: list[dict[str, Any]]
            ) -> dict[str, Any]:
    named = {"ruleId": rule, "ruleIndex": numbers[rule]} if rule else {}
    # What a finding is about, without its numbers: it stays the same finding while these change.
    parts = [one["fullyQualifiedName"] for place in places for one in place.get("logicalLocations", ())]
    about = "\n".join([rule, *parts] if rule and parts else [rule, message])
    result = {**named, "level": level, "message": {"text": message}, "locations": places[:1],
              "partialFingerprints": {"overmold/v1": hashlib.sha256(about.encode()).hexdigest()[:32]}}
    others = [{"id": number, **place} for number, place in enumerate(places[1:], 1)]
    return {**result, "relatedLocations": others} if others else result


def _location(report: Report, spot: Optional[Spot]) -> dict[str, Any]:
    file = spot.file if spot is not None and spot.file else report.source
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if spot is not None and spot.line:
        physical["region"] = {"startLine": spot.line, "startColumn": max(spot.column, 1)}
    if spot is None:
        return {"physicalLocation": physical}
    return {"physicalLocation": physical, "message": {"text": spot.words()},
            "logicalLocations": [{"fullyQualifiedName": spot.key or spot.text, "name": spot.text}]}


def _of_fault(report: Report, fault: Fault) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(fault.file or report.source)}}
    if fault.line:
        physical["region"] = {"startLine": fault.line, "startColumn": max(fault.column, 1)}
    return {"physicalLocation": physical}


def _notes(report: Report) -> Iterator[dict[str, Any]]:
    """What was not checked, and what it lacks."""
    for verdict in report.result.verdicts if report.result is not None else ():
        for missing in dict.fromkeys(one.missing for one in verdict.untested):
            yield {"level": "note", "message": {"text": f"{report.source}: {verdict.rule.name} was not checked: {missing}"},
                   "associatedRule": {"id": verdict.rule.name}}


def _numbers(report: Report, finding: Finding) -> dict[str, Any]:
    kind = finding.kind
    studied = at_places(report.study, finding.rule, [spot.key for spot in finding.places])
    return {"reading": value_of(finding.reading, kind), "margin": value_of(finding.margin, kind), "unit": unit_of(kind),
            "limit": finding.limit, "atCorner": finding.at_corner, "fix": finding.whole_fix,
            **({"study": reading_data(studied)} if studied is not None else {})}


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
