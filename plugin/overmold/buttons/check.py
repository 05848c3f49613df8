"""The button *Check package*: judge the board as KiCad has it, show what is broken there, and report it as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from ..check import ERROR, INFO, check
from ..claims import claim_chart
from ..faults import fail
from ..kicad.live.board import Marker, OpenBoard, open_board
from ..kicad.live.marks import replace_marks
from ..kicad.reading import read_board_as_far_as_it_goes
from ..pages.log import write_log
from ..report.finding import Report
from ..report.not_read import RULE
from ..rule import load_deck
from ..settings import Settings, settings_of
from ..state import MARKERS, SELECTION, Choices, choices, markers, remember_choices, remember_markers
from .judging import Judging, decks_in, settings_file

MOST_MARKERS = 50  # KiCad 10 makes an undo step of each; the page has the others
MOST_KEPT, MOST_ITEMS = 500, 100

@dataclass(frozen=True, eq=False)
class Checked:
    """One check: ``shown`` says what was done in KiCad, ``project`` is the folder of the board's project, "" for none."""

    report: Report
    shown: str
    project: str


def press() -> int:
    """Check, show the findings in KiCad, then the page until it is closed. Raises Faults where there is no board to judge."""
    judging = Judging()
    state = [run(choices(write_log), judging)]
    # The page is made only now: jinja2 and a server need not be waited for.
    from ..pages import serve
    from ..pages.check import check_page
    from ..pages.findings import Asked, Targets
    from ..pages.judged_by import judged_by
    from . import open_file
    from .check_actions import report_actions

    targets = Targets()

    def page(nonce: str, data: dict[str, Any] | None = None) -> str:
        chosen, now = choices(write_log), state[0]
        judging = judged_by(now.report, decks_in(now.project), str(settings_file(now.project, now.report.source) or ""))
        return check_page(now.report, nonce, now.shown, {"show": chosen.show, "keep": chosen.keep}, judging=judging,
                          asked=Asked.of(data) if data else None, targets=targets if nonce else None)[0]

    def again(data: dict[str, Any]) -> dict[str, Any]:
        chosen = Choices(SELECTION if data.get("show") == SELECTION else MARKERS, bool(data.get("keep")))
        remember_choices(chosen, write_log)
        state[0] = run(chosen, judging)
        return {"done": True}

    def show(data: dict[str, Any]) -> dict[str, Any]:
        number = data.get("target")
        if not isinstance(number, int) or not 0 <= number < len(targets.uuids):
            raise fail("Check package", "this page is older than the check; load it anew")
        if not targets.uuids[number]:
            return {"nothing": "This is about the board as a whole; there is nothing to select in KiCad."}
        words = open_board().select(targets.uuids[number], zoom=True)
        return {"done": f"{words[0].upper()}{words[1:]}."}

    def judge(data: dict[str, Any]) -> dict[str, Any]:
        return {"done": judging.choose(data, state[0].project, state[0].report.source)}

    actions = {"again": again, "show": show, "judge": judge, **report_actions(lambda: state[0].report, page)}
    if serve(page, actions) == 0:
        return 0
    return open_file("check", page(""), f"{state[0].report.source}: {state[0].report.verdict.upper()}")


def run(chosen: Choices, judging: Judging) -> Checked:
    """Judge the open board, by what was chosen or the settings of its project where it has some, and show the findings in
    KiCad; raises Faults."""
    board = open_board()
    project = str(board.board.document.project.path)
    report = judged(board.text, board.name, project, judging.chosen)
    shown = _show(board, markers_of(report), chosen)
    write_log(f"Check package: {board.name}: {report.verdict.upper()}: {report.counts}; {shown}")
    return Checked(report, f"{shown[0].upper()}{shown[1:]}.", project)


def judged(text: bytes, name: str, project: str, chosen: Optional[Settings] = None) -> Report:
    """The report on a board whose project lies in the folder ``project``, "" for one that was never saved, by its settings
    unless others are ``chosen``; raises Faults."""
    settings = chosen or (settings_of(Path(project) / name) if project else None)
    deck = load_deck(examples=False) if settings is None else load_deck(settings.houses, settings.decks, examples=False)
    result = check(read_board_as_far_as_it_goes(text, name), deck)
    return Report(name, result, claim_chart(result), settings=settings, strict=settings is not None and settings.strict,
                  complete=settings is not None and settings.complete)


def _show(board: OpenBoard, found: list[Marker], chosen: Choices) -> str:
    said: list[str] = []
    # Marks that nobody wants any more would go on saying what is not so.
    wanted = found if chosen.keep else []
    gone = replace_marks(board, markers(board.name, said.append), wanted)
    if chosen.show == SELECTION:
        ids: list[str] = []
        words = board.select([uuid for marker in found for uuid in marker.uuids])
    else:
        words, ids = board.show(found[:MOST_MARKERS])
        words += f", of {len(found)} findings the first" if len(ids) < len(found) and ids else ""
    remember_markers(board.name, ids, said.append)
    if wanted:
        words += f"; {len(wanted)} kept in the board"
    elif gone:
        words += f"; {gone} taken out of the board"
    return "; ".join([words, *said])


def markers_of(report: Report) -> list[Marker]:
    """What could not be read and the breaches as KiCad can show them, errors first; of very many the first."""
    found = [Marker(ERROR, f"{one.spot.text}: {one.message} ({RULE})", one.spot.at or (0, 0),
                    tuple(filter(None, [one.spot.uuid]))) for one in report.not_read[:MOST_KEPT]]
    for finding in [one for one in report.findings if one.severity != INFO][:MOST_KEPT]:
        uuids = dict.fromkeys(spot.uuid for spot in finding.places[:MOST_ITEMS])
        found.append(Marker(finding.severity, f"{finding.message} ({finding.rule})", finding.at or (0, 0),
                            tuple(filter(None, uuids))))
    return found
