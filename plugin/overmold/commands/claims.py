"""``overmold claims``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..exits import BROKEN, KEPT, UNREADABLE
from ..faults import Faults
from .common import emit, read_with_settings
from .console import coloured, err
from .inputs import files_of

if TYPE_CHECKING:
    from ..rule import Deck
    from ..settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Print the claim charts; 1 where one of the independent claims (1, 6, 15) applies and is not met, and with ``--complete``
    where one of them could not be checked."""
    from ..check import UNTESTED, check
    from ..claims import NOT_MET, claim_chart
    from ..report.chart import chart_text
    from ..report.formats.json import chart_rows, written
    from ..report.not_read import not_read

    decks: dict[Settings, Deck] = {}
    texts: list[str] = []
    reports: list[dict[str, Any]] = []
    code = KEPT
    for one in files_of(arguments.files):
        for note in one.notes:
            err(note)
        try:
            package, settings = read_with_settings(one, arguments, decks)
            result = check(package, decks[settings])
        except Faults as caught:
            code = UNREADABLE
            for fault in caught.faults:
                err(str(fault))
            continue
        for odd in not_read(package):
            err(f"{odd.spot.words()}: {odd.message}")
        chart = claim_chart(result, strict=arguments.strict_reading)
        failed = (NOT_MET, UNTESTED) if settings.complete else (NOT_MET,)
        not_met = any(row.parent is None and row.status in failed for row in chart)
        code = max(code, UNREADABLE if package.odd else BROKEN if not_met else KEPT)
        reading = "strict, every one has to" if arguments.strict_reading else "of 'a' and 'at least one', one is enough"
        texts.append(chart_text(result.package, chart, colour=coloured()) + f"\nReading: {reading}\n")
        reports.append({"source": result.package.source, "package": result.package.name,
                        "reading": "strict" if arguments.strict_reading else "one is enough", "claims": chart_rows(chart)})
    emit(written({"reports": reports}) if arguments.format == "json" else "\n".join(texts))
    return code
