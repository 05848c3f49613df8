"""JUnit's XML, which every CI server shows: a suite for each file, a test case for each rule.

A broken rule is a failure, one that could not be checked is skipped, a file or a part that cannot be read is an error. What
only warns has passed, with its words in the output of the case; under ``--strict`` it fails, as the exit code does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from ...check import BROKEN, NOT_APPLICABLE, SILENCED, UNTESTED, WARNED, Verdict
from ...study import Study
from ..finding import Finding, Report, View, to_mend
from ..studied import HEADING, study_rows

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 20  # findings of one rule that are written out


def write(reports: Sequence[Report], view: View) -> str:
    """All suites in one file."""
    suites = xml.Element("testsuites", name="overmold")
    for report in reports:
        _suite(suites, report, view)
    totals = Counter[str]()
    for suite in suites:
        totals.update({name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")})
    for name, count in totals.items():
        suites.set(name, str(count))
    xml.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml.tostring(suites, encoding="unicode")}\n'


def _suite(suites: xml.Element, report: Report, view: View) -> None:
    suite = xml.SubElement(suites, "testsuite", name=_sound(report.source))
    if report.study is not None:
        _study(suite, report.study)
    for fault in report.faults:
        _tell(_case(suite, report, "input", "readable"), "error", fault.message, str(fault))
    for one in report.not_read:
        _tell(_case(suite, report, "input", one.spot.key or one.spot.text), "error", one.message, one.spot.words())
    found = to_mend(report.findings)
    for verdict in report.result.verdicts if report.result is not None else ():
        if verdict.status != NOT_APPLICABLE or view.every:
            _judged(_case(suite, report, verdict.rule.deck, verdict.rule.name), report, verdict, found)
    for row in report.drift:
        case = _case(suite, report, "drift", row.key)
        _tell(case, "failure" if report.strict else "system-out", "board and package file have drifted apart", str(row))
    _count(suite)


def _study(suite: xml.Element, study: Study) -> None:
    """The study as properties of the suite, a reading each."""
    properties = xml.SubElement(suite, "properties")
    xml.SubElement(properties, "property", name="study", value=_sound(study.assumed.said))
    for row in study_rows(study):
        name, at, *cells = (cell if isinstance(cell, str) else cell[0] for cell in row)
        said = "; ".join(f"{head} {cell}" for head, cell in zip(HEADING[2:], cells) if cell)
        xml.SubElement(properties, "property", name=_sound(f"study: {name} at {at}"), value=_sound(said))


def _judged(case: xml.Element, report: Report, verdict: Verdict, found: dict[str, list[Finding]]) -> None:
    findings = found.get(verdict.rule.name, [])
    if verdict.status == BROKEN or (verdict.status == WARNED and report.strict):
        _tell(case, "failure", findings[0].message, _written(verdict, findings))
    elif verdict.status == WARNED:
        _tell(case, "system-out", "", _written(verdict, findings))
    elif verdict.status == UNTESTED:
        missing = "; ".join(dict.fromkeys(one.missing for one in verdict.untested))
        _tell(case, "failure" if report.complete else "skipped", f"not checked: {missing}", "")
    elif verdict.status in (SILENCED, NOT_APPLICABLE):
        _tell(case, "skipped", f"{verdict.status}{f': {verdict.rule.silenced_because}' * (verdict.status == SILENCED)}", "")


def _written(verdict: Verdict, findings: Sequence[Finding]) -> str:
    lines = [line for one in findings[:_MOST] for line in (one.message, *(f"  {spot.words()}" for spot in one.places[:3]))]
    if len(findings) > _MOST:
        lines.append(f"… and {len(findings) - _MOST} more")
    lines += [f"in numbers: {number}" for one in findings[:_MOST] for number in one.numbers]
    return "\n".join([*lines, f"why: {verdict.rule.why}", f"fix: {verdict.rule.fix}"])


def _case(suite: xml.Element, report: Report, group: str, name: str) -> xml.Element:
    named = {"classname": f"overmold.{group}", "name": _sound(name), "time": "0", "file": _sound(report.source)}
    return xml.SubElement(suite, "testcase", named)


def _tell(case: xml.Element, how: str, message: str, text: str) -> None:
    said = {} if how == "system-out" else {"message": _sound(message)}
    xml.SubElement(case, how, said).text = _sound(text) or None


def _count(suite: xml.Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error"),
                      ("skipped", "testcase/skipped")):
        suite.set(name, str(len(suite.findall(tag))))


def _sound(text: str) -> str:
    """Text that XML can hold; for the rest a mark that something stood there."""
    return _NOT_XML.sub("\ufffd", text)
