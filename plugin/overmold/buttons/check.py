"""The button *Check package*: judge the board as KiCad has it, show what is broken there, and report it as a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..check import INFO, check
from ..claims import claim_chart
from ..faults import fail
from ..kicad.installed.homes import report_folder
from ..kicad.live.board import Marker, OpenBoard, open_board
from ..kicad.live.marks import replace_marks
from ..kicad.reading import read_board
from ..output_file import write_atomically
from ..pages.log import write_log
from ..report.finding import Report
from ..rule import load_deck
from ..settings import settings_of

MOST_MARKERS = 50  # KiCad 10 makes an undo step of each; the page has the others
MOST_KEPT, MOST_ITEMS = 500, 100
MARKERS, SELECTION = "markers", "selection"


@dataclass(frozen=True)
class Choices:
    """How findings are shown in KiCad: as ``MARKERS`` or as a ``SELECTION``; ``keep``: also as markers in the board itself."""

    show: str = MARKERS
    keep: bool = False


@dataclass(frozen=True, eq=False)
class Checked:
    """One check: ``shown`` says what was done in KiCad."""

    report: Report
    shown: str


def press() -> int:
    """Check, show the findings in KiCad, then the page until it is closed. Raises Faults where there is no board to judge."""
    state = [run(remembered_choices())]
    # The page is made only now: jinja2 and a server need not be waited for.
    from ..pages import serve
    from ..pages.check import check_page
    from . import open_file

    targets: list[tuple[str, ...]] = []

    def page(nonce: str) -> str:
        choices = remembered_choices()
        words, found = check_page(state[0].report, nonce, state[0].shown, {"show": choices.show, "keep": choices.keep})
        targets[:] = found.uuids
        return words

    def again(data: dict[str, Any]) -> dict[str, Any]:
        choices = Choices(SELECTION if data.get("show") == SELECTION else MARKERS, bool(data.get("keep")))
        remember_choices(choices)
        state[0] = run(choices)
        return {"done": True}

    def show(data: dict[str, Any]) -> dict[str, Any]:
        number = data.get("target")
        if not isinstance(number, int) or not 0 <= number < len(targets):
            raise fail("Check package", "this page is older than the check; load it anew")
        if not targets[number]:
            raise fail("Check package", "this is about the board as a whole; there is nothing to select")
        return {"done": open_board().select(targets[number], zoom=True)}

    if serve(page, {"again": again, "show": show}) == 0:
        return 0
    return open_file("check", page(""), f"{state[0].report.source}: {state[0].report.verdict.upper()}")


def run(choices: Choices) -> Checked:
    """Judge the open board, by the settings of its project where it has some, and show the findings in KiCad; raises Faults."""
    board = open_board()
    report = judged(board.text, board.name, board.board.document.project.path)
    shown = _show(board, markers_of(report), choices)
    write_log(f"Check package: {board.name}: {report.verdict.upper()}: {report.counts}; {shown}")
    return Checked(report, f"{shown[0].upper()}{shown[1:]}.")


def judged(text: bytes, name: str, project: str) -> Report:
    """The report on a board whose project lies in the folder ``project``, "" for one that was never saved; raises Faults."""
    settings = settings_of(Path(project) / name) if project else None
    deck = load_deck() if settings is None else load_deck(settings.houses, settings.decks)
    result = check(read_board(text, name), deck)
    return Report(name, result, claim_chart(result), settings=settings, strict=settings is not None and settings.strict,
                  complete=settings is not None and settings.complete)


def _show(board: OpenBoard, markers: list[Marker], choices: Choices) -> str:
    memory = report_folder() / "markers.json"
    earlier = _remembered(memory)
    # Marks that nobody wants any more would go on saying what is not so.
    wanted = markers if choices.keep else []
    gone = replace_marks(board, earlier.get(board.name, []), wanted)
    if choices.show == SELECTION:
        ids: list[str] = []
        words = board.select([uuid for marker in markers for uuid in marker.uuids])
    else:
        words, ids = board.show(markers[:MOST_MARKERS])
        words += f", of {len(markers)} findings the first" if len(ids) < len(markers) and ids else ""
    memory.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(memory, json.dumps({**earlier, board.name: ids}).encode())
    if wanted:
        words += f"; {len(wanted)} kept in the board"
    elif gone:
        words += f"; {gone} taken out of the board"
    return words


def markers_of(report: Report) -> list[Marker]:
    """The breaches as KiCad can show them, errors first; of very many the first."""
    markers = []
    for finding in [one for one in report.findings if one.severity != INFO][:MOST_KEPT]:
        uuids = dict.fromkeys(spot.uuid for spot in finding.places[:MOST_ITEMS])
        markers.append(Marker(finding.severity, f"{finding.message} ({finding.rule})", finding.at or (0, 0),
                              tuple(filter(None, uuids))))
    return markers


def _remembered(memory: Path) -> dict[str, list[str]]:
    """The markers that earlier runs left, by board; none where that cannot be read."""
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
        return {str(name): [str(one) for one in ids] for name, ids in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remembered_choices() -> Choices:
    """What was chosen last."""
    try:
        found = json.loads((report_folder() / "choices.json").read_text(encoding="utf-8"))
        return Choices(SELECTION if found.get("show") == SELECTION else MARKERS, found.get("keep") is True)
    except (OSError, ValueError, AttributeError):
        return Choices()


def remember_choices(choices: Choices) -> None:
    """For the next press."""
    file = report_folder() / "choices.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, json.dumps({"show": choices.show, "keep": choices.keep}).encode())
