"""What a check found out, in each of its forms, the way the command makes them."""

from __future__ import annotations

import json
from typing import Any

from overmold.check import Result
from overmold.claims import claim_chart
from overmold.compare import Drift
from overmold.report import FORMATS
from overmold.report.finding import Report, View


def report_of(result: Result, drifted: tuple[Drift, ...] = (), **asked: Any) -> Report:
    """``asked`` are ``strict``, ``complete`` and ``settings``."""
    return Report(result.package.source, result, claim_chart(result), drifted, **asked)


def text_of(result: Result, drifted: tuple[Drift, ...] = (), **view: Any) -> str:
    """The report for a terminal; ``view`` are the choices of a View."""
    return FORMATS["text"]([report_of(result, drifted)], View(**view))


def json_of(result: Result, drifted: tuple[Drift, ...] = (), **asked: Any) -> dict[str, Any]:
    """The one report in the JSON."""
    made = json.loads(FORMATS["json"]([report_of(result, drifted, **asked)], View()))
    (report,) = made["reports"]
    assert report["verdict"] == made["verdict"]
    return report  # type: ignore[no-any-return]
