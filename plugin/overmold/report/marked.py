"""The parts that findings are about, as pictures show them."""

from __future__ import annotations

from ..check import ERROR, WARNING
from .finding import Report

BROKEN, WARNED = "broken", "warned"
_HUES = {ERROR: BROKEN, WARNING: WARNED}


def marks_of(report: Report) -> dict[str, str]:
    """``BROKEN`` or ``WARNED`` by the key of the part, errors over warnings."""
    marks: dict[str, str] = {}
    for finding in reversed(report.findings):  # errors come first
        hue = _HUES.get(finding.severity)
        if hue is not None:
            marks.update((spot.key, hue) for spot in finding.places)
    return marks
