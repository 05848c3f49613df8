"""``overmold claims``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..exits import BROKEN, KEPT
from .common import deck_of, emit, read_any


def run(arguments: argparse.Namespace) -> int:
    """Print the claim chart; 1 where one of the independent claims (1, 6, 15) applies and is not met."""
    from ..check import check
    from ..claims import NOT_MET, claim_chart
    from ..report import chart_rows, chart_text

    result = check(read_any(Path(arguments.file)), deck_of(arguments))
    chart = claim_chart(result)
    if arguments.format == "json":
        emit(json.dumps(chart_rows(chart), indent=2, ensure_ascii=False) + "\n", "")
    else:
        emit(chart_text(result.package, chart, colour=sys.stdout.isatty()), "")
    return BROKEN if any(row.parent is None and row.status == NOT_MET for row in chart) else KEPT
