"""GitLab's code quality report: what its merge request shows beside the changed lines and as better or worse than before.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format names the members.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from ...check import ERROR, WARNING
from ..finding import Report, View
from ..not_read import RULE
from ..places import Spot
from .json import written

_SEVERITIES = {ERROR: "major", WARNING: "minor"}  # and what only informs is info


def write(reports: Sequence[Report], view: View) -> str:
    """One list of findings over all files."""
    return written([one for report in reports for one in _findings(report)])


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    for fault in report.faults:
        where = Spot(text="", file=fault.file, line=fault.line)
        yield _finding(report, "not-readable", "blocker", fault.message, [where], fault.message)
    for one in report.not_read:
        yield _finding(report, RULE, "blocker", f"{one.spot.text}: {one.message}", [one.spot], one.spot.key or one.message)
    for found in report.findings:
        about = "\n".join(spot.key for spot in found.places) or found.message
        yield _finding(report, found.rule, _SEVERITIES.get(found.severity, "info"), found.message, found.places, about)
    for row in report.drift:
        yield _finding(report, "drift", "minor", f"board and package file have drifted apart: {row}", (), row.key)


def _finding(report: Report, rule: str, severity: str, message: str, places: Sequence[Spot], about: str) -> dict[str, Any]:
    """``about`` is what it is a finding of, without numbers, so that it stays the same finding while these change."""
    spot = next(iter(places), None)
    file = spot.file if spot is not None and spot.file else report.source
    line = spot.line if spot is not None and spot.line else 1  # the form asks for a line
    return {"description": message, "check_name": rule, "severity": severity,
            "fingerprint": hashlib.sha256(f"{file}\n{rule}\n{about}".encode()).hexdigest(),
            "location": {"path": file, "lines": {"begin": line}}}
