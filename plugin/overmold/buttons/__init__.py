"""What the toolbar buttons do. KiCad shows no window of ours and, up to version 9, no error either: so everything a
button has to say, also why it failed, is written to a page and opened in the browser."""

from __future__ import annotations

import html
import json
import sys
import traceback
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from ..faults import Faults
from ..kicad.installed.homes import report_folder

if TYPE_CHECKING:
    from ..check import Result
    from ..kicad.live import Marker

MOST_MARKERS = 500  # more than anybody clicks through, and few enough for KiCad to take at once
MOST_ITEMS = 100


def check_package() -> int:
    """Judge the open board by the default rules and show the report; the exit code is 1 only if that went wrong."""
    try:
        return _show("check", *_checked())
    except Faults as faults:
        return _show("check", "The board cannot be checked", "\n".join(map(str, faults.faults)))
    except Exception:
        # Last resort: a traceback in KiCad's background is seen by nobody.
        _show("error", "Overmold failed; please report this", traceback.format_exc())
        return 1


def place_package() -> int:
    """Say that this button has nothing behind it yet."""
    return _show("place", "Place package is not there yet", "Until then: overmold build SPEC -o FOLDER writes the board.")


def package_from_selection() -> int:
    """Say that this button has nothing behind it yet."""
    return _show("selection", "Package from selection is not there yet", "Until then: overmold new NAME writes a starter.")


def _checked() -> tuple[str, str]:
    from ..check import check
    from ..claims import claim_chart
    from ..kicad.live import open_board
    from ..kicad.read import read_board
    from ..report import text_report
    from ..rule import load_deck

    board = open_board()
    result = check(read_board(board.text, board.name), load_deck())
    memory = report_folder() / "markers.json"
    earlier = _remembered(memory)
    shown, ids = board.show(_markers(result), earlier.get(board.name, []))
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps({**earlier, board.name: ids}), encoding="utf-8")
    verdict = "broken" if result.errors else "kept, with warnings" if result.warnings else "kept"
    report = text_report(result, claim_chart(result), (), colour=False, every=False)
    return f"{board.name}: {verdict}", f"{shown[0].upper()}{shown[1:]}.\n\n{report}"


def _markers(result: Result) -> list[Marker]:
    """The breaches as KiCad can show them, errors first; of very many the first."""
    from ..check import INFO
    from ..kicad.live import Marker
    from ..report import position_of, uuid_of

    markers = []
    for finding in [one for one in result.findings if one.severity != INFO][:MOST_MARKERS]:
        reading = finding.judged.reading
        at = reading.at or position_of(result.package, reading.where[0], None) or (0, 0)
        uuids = dict.fromkeys(uuid_of(result.package, key) for key in reading.where[:MOST_ITEMS])
        markers.append(Marker(finding.severity, f"{finding.message} ({finding.rule.name})", at, tuple(filter(None, uuids))))
    return markers


def _remembered(memory: Path) -> dict[str, list[str]]:
    """The markers that earlier runs left, by board; none where that cannot be read."""
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
        return {str(name): [str(one) for one in ids] for name, ids in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _show(kind: str, title: str, words: str) -> int:
    """Write a page into a folder of the user's and open it; 1 if no browser takes it."""
    folder = report_folder()
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{kind}.html"
    page.write_text(PAGE.format(title=html.escape(title), words=html.escape(words)), encoding="utf-8")
    if webbrowser.open(page.as_uri()):
        return 0
    sys.stderr.write(f"No browser opened. {title}; the report is in {page}\n")
    return 1


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body {{ margin: 2em; }} pre {{ font: 14px/1.4 ui-monospace, monospace; white-space: pre-wrap; }}</style>
<h1>{title}</h1>
<pre>{words}</pre>
</html>
"""
