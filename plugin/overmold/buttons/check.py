"""The button *Check package*: judge the board as KiCad has it, show what is broken there, and report it as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from ..check import check
from ..claims import claim_chart
from ..faults import fail
from ..kicad.live.board import open_board
from ..kicad.live.ping import gone
from ..kicad.reading import read_board_as_far_as_it_goes
from ..pages.log import write_log
from ..pages.standing import Standing
from ..report.finding import Report
from ..rule import load_deck
from ..settings import Settings, settings_of
from ..state import MARKERS, SELECTION, Choices, choices, remember_choices
from .judging import Judging, decks_in, settings_file
from .showing import select, selection_of_the_user, show


@dataclass(frozen=True, eq=False)
class Checked:
    """One check: ``shown`` says what was done in KiCad, ``project`` is the folder of the board's project, "" for none, and
    ``has_list`` whether that KiCad takes markers."""

    report: Report
    shown: str
    project: str
    has_list: bool = True


def press() -> int:
    """Check, show the findings in KiCad, then the page until it is closed. Raises Faults where there is no board to judge."""
    judging = Judging()
    state = [run(choices(write_log), judging)]
    standing = Standing()
    # The page is made only now: jinja2 and a server need not be waited for.
    from ..pages.check import check_page
    from ..pages.findings import Asked, Targets
    from ..pages.judged_by import judged_by
    from .check_actions import report_actions
    from .window import open_file, serve

    targets = Targets()

    def page(nonce: str, data: dict[str, Any] | None = None) -> str:
        chosen, now = choices(write_log), state[0]
        by = judged_by(now.report, decks_in(now.project), str(settings_file(now.project, now.report.source) or ""))
        return check_page(now.report, nonce, now.shown, {"show": chosen.show, "keep": chosen.keep},
                          {**standing.data, "has_list": now.has_list}, judging=by,
                          asked=Asked.of(data) if data else None, targets=targets if nonce else None,
                          seen=not nonce or data is None or bool(data.get("view")))[0]

    def again(data: dict[str, Any]) -> dict[str, Any]:
        show = data.get("show", choices(write_log).show)  # a KiCad that takes no markers does not ask
        chosen = Choices(MARKERS if show == MARKERS else SELECTION, bool(data.get("keep")))
        remember_choices(chosen, write_log)
        with standing.renewed():
            state[0] = run(chosen, judging)
        return {"done": True}

    def clicked(data: dict[str, Any]) -> dict[str, Any]:
        number = data.get("target")
        if not isinstance(number, int) or not 0 <= number < len(targets.uuids):
            raise fail("Check package", "this page is older than the check; load it anew")
        if not targets.uuids[number]:
            return {"nothing": "Nothing of this is drawn on the board, so there is nothing to select in KiCad."}
        board = open_board()
        said = select(board, targets.uuids[number], selection_of_the_user(board, write_log), write_log, zoom=True)
        return {"done": f"{said[0].upper()}{said[1:]}."}

    def judge(data: dict[str, Any]) -> dict[str, Any]:
        return {"done": judging.choose(data, state[0].project, state[0].report.source)}

    verdict = f"{state[0].report.source}: {state[0].report.verdict.upper()}"
    actions = {"again": again, "show": clicked, "judge": judge, **report_actions(lambda: state[0].report, page)}
    if serve(page, actions, verdict, lambda: {**standing.data, "gone": gone()}) == 0:
        return 0
    return open_file("check", page(""), verdict)


def run(chosen: Choices, judging: Judging) -> Checked:
    """Judge the open board, by what was chosen or the settings of its project where it has some, and show the findings in
    KiCad; raises Faults."""
    board = open_board()
    report = judged(board.text, board.name, board.project, judging.chosen)
    shown = show(board, report, chosen)
    write_log(f"Check package: {board.name}: {report.verdict.upper()}: {report.counts}; {shown}")
    return Checked(report, f"{shown[0].upper()}{shown[1:]}.", board.project, board.takes_markers)


def judged(text: bytes, name: str, project: str, chosen: Optional[Settings] = None) -> Report:
    """The report on a board whose project lies in the folder ``project``, "" for one that was never saved, by its settings
    unless others are ``chosen``; raises Faults."""
    settings = chosen or (settings_of(Path(project) / name) if project else None)
    known = settings or Settings("")
    deck = load_deck(known.houses, known.decks, examples=False, also=known.also)
    result = check(read_board_as_far_as_it_goes(text, name), deck)
    return Report(name, result, claim_chart(result), settings=settings, strict=settings is not None and settings.strict,
                  complete=settings is not None and settings.complete)
