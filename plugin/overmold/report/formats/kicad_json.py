"""One board's report in the shape of KiCad's own ``drc.v1``, for what reads KiCad's report."""

from __future__ import annotations

from collections.abc import Sequence

from ...faults import fail
from ..finding import Report, View
from .json import plain_data, written


def write(reports: Sequence[Report], view: View) -> str:
    """The report as one object, as KiCad writes it, with keys of our own beside; raises Faults for several files."""
    if len(reports) != 1:
        raise fail("--format kicad-json", "is a report on one file, as KiCad's own is; give one file, or use --format json")
    return written(plain_data(reports[0]))
