"""What a press of *Check package* leaves in KiCad: nothing but a selection, unless markers or texts are asked for; those are as
many undo steps as the page says, are what KiCad says it made, and are replaced whatever was undone meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from kicad_desk import TITLE, Desk, empty_board
from overmold.buttons.check import run
from overmold.buttons.judging import Judging
from overmold.buttons.showing import by_rule, markers_of
from overmold.check import check
from overmold.claims import claim_chart
from overmold.faults import Faults
from overmold.kicad.live.board import OpenBoard, open_board
from overmold.kicad.live.own_texts import NOTE, own_texts
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.report.finding import Report
from overmold.rule import load_deck
from overmold.state import Choices
from paths import DEMO, REPOSITORY
from running_kicad import Press, close_kicad, opened, undo
from test_buttons import selected
from variants import demo_with
from waiting import wait_for


def broken() -> str:
    """Mold too high, and two passives outside it: two findings of one rule, and more rules broken."""
    moved = {"passives.0.at": ["5.6 mm", "0 mm"], "passives.1.at": ["-5.6 mm", "0 mm"]}
    return board_file(demo_with({"mold.cap": "440 um ± 15 um"}, moved)).decode()


@pytest.fixture
def board(desk: Desk) -> Iterator[OpenBoard]:
    """A broken board with package files beside it; each test leaves the board as it was."""
    for name in ("demo.yaml", "a.yaml"):
        shutil.copy(DEMO, desk.folder / name)
    (desk.folder / "docker.yaml").write_text("services: {}\n", encoding="utf-8")
    shutil.copy(DEMO.parent / "demo_nets.csv", desk.folder)
    board = desk.show(broken().replace('\t\t(19 "Cmts.User" user "User.Comments")\n', ""))
    board.select([])
    yield board
    if not desk.answers():
        return
    for _ in range(60):
        if opened().text == board.text:
            return
        undo(opened())
    pytest.fail("the board does not become again what it was")


def test_a_board_of_one_name_in_another_project_is_another_board_and_a_check_no_reason_to_save_it(desk: Desk) -> None:
    folder = desk.folder / "there"
    folder.mkdir()
    shutil.copy(DEMO, folder / "b.yaml")
    shutil.copy(DEMO.parent / "demo_nets.csv", folder)
    empty_board(folder).write_text(broken(), encoding="utf-8")
    before = desk.open_file(folder / "demo.kicad_pcb").text
    form = desk.press("place_package.py")
    begun = form.act("begin")
    assert begun["files"] == [str(folder / "b.yaml")]
    assert begun["folder"].rstrip("/") == str(folder)
    form.close()
    press = desk.press("check_package.py")
    assert "; the board is as it was." in press.words
    assert opened().text == before
    assert not desk.is_modified()
    press.act("again", show="markers", keep=False)
    there = desk.remembered("markers.json")
    assert bool(there) == (desk.version != "9")
    press.close()
    desk.show(broken())  # without any marker
    desk.open_file(empty_board(desk.folder))
    assert opened().path == str(desk.folder / "demo.kicad_pcb")
    assert desk.remembered("markers.json") == []
    desk.show(broken())
    press = desk.press("check_package.py")
    here = desk.remembered("markers.json")
    assert bool(here) == (desk.version != "9")
    assert not set(here) & set(there)
    press.close()


def pulse(press: Press) -> dict[str, object]:
    """What a page hears of its KiCad."""
    return json.loads(press.request("POST", "/do/heartbeat").read())  # type: ignore[no-any-return]


def report_on(board: OpenBoard) -> Report:
    result = check(read_board(board.text, board.name), load_deck())
    return Report(board.name, result, claim_chart(result))


def alive(board: OpenBoard, markers: list[str]) -> int:
    """How many of these markers are on the board."""
    return sum(selected(board, [one]) for one in markers)


def test_what_is_selected_is_what_is_drawn_of_the_culprit(desk: Desk, board: OpenBoard) -> None:
    assert board.path == str(desk.folder / "demo.kicad_pcb")
    package = read_board(board.text, board.name)
    carrier = package.place("carrier").uuid
    press = desk.press("check_package.py")
    assert "selected in KiCad; the board is as it was." in press.words
    assert opened().text == board.text
    shown = board.selected()
    assert package.place("chips.U1").uuid in shown
    assert set(package.place("mold").drawn) & set(shown)  # the mold's outline, and not the carrier that holds it
    assert carrier not in {uuid for one in markers_of(report_on(board)) for uuid in one.uuids}
    desk.window.keep("20-checked")
    if desk.version == "9":
        assert "marker" not in press.words.lower()
        assert carrier not in shown  # KiCad 10 tells the footprints around what is selected as well
    press.close()


def test_a_form_offers_the_files_of_its_own_project_and_keeps_to_it(desk: Desk, board: OpenBoard) -> None:
    here = desk.folder
    press = desk.press("place_package.py")
    assert press.act("begin")["files"] == [str(here / "demo.yaml"), str(here / "a.yaml")]
    assert press.act("preview", file="nosuch.yaml") == {"faults": [f"{here / 'nosuch.yaml'}: there is no such file"]}
    assert "demo.yaml" in press.act("browse", folder=str(here))["files"]
    press.close()


def test_markers_are_an_undo_step_a_rule_and_replaced_whatever_was_undone(desk: Desk, board: OpenBoard) -> None:
    report = report_on(board)
    rules = by_rule(report)
    assert len(rules) < len(markers_of(report))  # findings of one rule go together
    press = desk.press("check_package.py")
    press.act("again", show="markers", keep=False)
    if desk.version == "9":
        assert "the board is as it was" in press.words
        assert desk.remembered("markers.json") == []
        press.close()
        return
    assert f"{len(rules)} markers in KiCad's list of violations (Inspect > Design Rules Checker), for" in press.words
    steps = f"{len(rules)} undo steps added in KiCad"  # KiCad lets no two markers share one
    assert steps in press.words
    first = desk.remembered("markers.json")
    assert alive(board, first) == len(rules)
    desk.window.keep("21-markers")
    desk.keys(*["ctrl+z"] * len(rules))
    wait_for(lambda: alive(board, first) == 0, "ctrl+z to take all markers back", 20)
    assert opened().text == board.text
    press.act("again", show="markers", keep=False)
    second = desk.remembered("markers.json")[:len(rules)]
    press.act("again", show="markers", keep=False)
    third = desk.remembered("markers.json")[:len(rules)]
    assert [alive(board, some) for some in (first, second, third)] == [0, 0, len(rules)]
    desk.keys(*["ctrl+z"] * len(rules))  # brings the second back
    wait_for(lambda: alive(board, second) == len(rules), "the former markers to come back", 20)
    assert alive(board, third) == 0
    press.act("again", show="markers", keep=False)
    fourth = desk.remembered("markers.json")[:len(rules)]
    assert [alive(board, some) for some in (first, second, third, fourth)] == [0, 0, 0, len(rules)]
    press.act("again", show="selection", keep=False)  # whoever wants no markers has none
    assert alive(board, fourth) == 0
    press.act("again", show="selection", keep=False)
    assert "the board is as it was" in press.words
    press.close()


def test_kept_texts_are_those_that_kicad_made_on_a_layer_that_is_there(
    desk: Desk, board: OpenBoard, kicad_cli: Callable[..., object]
) -> None:
    before = board.text
    findings = len(markers_of(report_on(board)))
    steps = 1 if desk.version == "9" else len(by_rule(report_on(board)))
    press = desk.press("check_package.py")
    for _ in range(2):
        press.act("again", show="markers", keep=True)
        assert f"{findings} kept in the board; {steps} undo step{'s' * (steps > 1)} added in KiCad" in press.words
        assert len(own_texts(opened().text).marks) == findings  # replaced, not added to
    assert own_texts(opened().text).layer == "Dwgs.User"
    file = desk.folder / "kept.kicad_pcb"
    file.write_bytes(opened().text)
    kicad_cli(desk.version, "pcb", "drc", "--format", "json", "--output", desk.folder / "report.json", file)
    said = [one["description"] for one in json.loads((desk.folder / "report.json").read_text())["violations"]]
    assert sum("Overmold: " in one for one in said) == findings
    assert any("Overmold: " in one and "cover-not-half-to-twice-gap" in one for one in said)
    assert read_board(opened().text, "b").name == read_board(before, "b").name  # and our own reader does not mind them
    desk.keys(*["ctrl+z"] * 2 * steps)  # as many as the page said, and not one more
    wait_for(lambda: opened().text == before, "ctrl+z to take both checks away", 20)
    assert not any(alive(board, [one]) for one in desk.remembered("markers.json"))
    press.act("again", show="selection", keep=True)
    press.act("again", show="selection", keep=False)
    assert f"{findings} taken out of the board; 1 undo step added in KiCad" in press.words
    assert own_texts(opened().text).marks == ()
    press.close()


def test_five_checks_with_markers_and_texts_each_undone_leave_kicad_alive_and_the_board_as_it_was(
    desk: Desk, board: OpenBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk.folder / ".cache"))
    for _ in range(5):
        found = re.search(r"(\d+) undo step", run(Choices("markers", keep=True), Judging()).shown)
        assert found is not None
        for _ in range(int(found[1])):
            undo(board)
        assert opened().text == board.text


def test_a_selection_is_that_of_the_person_and_not_what_a_check_left(desk: Desk, board: OpenBoard) -> None:
    package = read_board(board.text, board.name)
    everything = desk.press("package_from_selection.py")
    check_it = desk.press("check_package.py")
    found = everything.act("begin")
    assert found["selected"] == 0
    assert "put there by Check package; this is everything on the board" in found["notes"][0]
    mine = [package.place(key).uuid for key in ("carrier", "chips.U1", "passives.C1")]
    board.select(mine)
    assert everything.act("begin")["selected"] >= 3
    for action in ({"name": "again"}, {"name": "show", "target": 0}, {"name": "again"}):
        assert "faults" not in check_it.act(**action)  # type: ignore[arg-type]
        found = everything.act("begin")
        assert "what was selected before it" in found["notes"][0]
        (text,) = [words for name, words in found["files"].items() if name.endswith(".yaml")]
        assert "C1" in text
        assert "C2" not in text
    check_it.close()
    everything.close()


def test_where_no_browser_opens_a_note_on_the_board_says_so_and_the_next_press_removes_it(
    desk: Desk, board: OpenBoard
) -> None:
    before = board.text
    tools = desk.folder / "tools"  # in which there is nothing that could show a notification
    tools.mkdir()
    blind = {**desk.environment, "BROWSER": "false", "PATH": str(tools)}
    done = subprocess.run([sys.executable, "check_package.py"], cwd=REPOSITORY / "plugin", env=blind, capture_output=True,
                          text=True, check=False, timeout=120)
    assert done.returncode == 1
    page = desk.folder / ".cache/overmold/check.html"
    assert f"demo.kicad_pcb: BROKEN. No browser opened; the page is {page}" in done.stderr
    assert "BROKEN" in page.read_text(encoding="utf-8")
    noted = opened()
    assert len(own_texts(noted.text).notes) == 1
    assert (NOTE + "demo.kicad_pcb: BROKEN. No browser").encode() in noted.text
    read_board(noted.text, noted.name)  # our own reader does not mind it
    time.sleep(1)
    desk.window.keep("22-no-browser")
    press = desk.press("check_package.py")
    assert "1 undo step added in KiCad" in press.words
    assert opened().text == before
    press.close()


def test_a_page_says_what_became_of_its_kicad_and_that_its_verdict_is_an_old_one(desk: Desk, board: OpenBoard) -> None:
    from kipy import KiCad
    from kipy.errors import ConnectionError as NoAnswer
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    press = desk.press("check_package.py")
    assert pulse(press)["gone"] == ""
    impatient = KiCad(client_name="impatient", timeout_ms=1500).get_board()
    with pytest.raises(NoAnswer):
        impatient.client.send(commands.RunAction(action="pcbnew.EditorControl.boardSetup"), commands.RunActionResponse)
    dialog = desk.window.window("Board Setup")
    assert pulse(press)["gone"] == ""  # it is busy, and there
    assert "close its open dialogs" in press.act("again")["faults"][0]
    assert "A new check could not run" in press.words
    desk.window.do("windowfocus", dialog)
    desk.window.keys("Escape")
    wait_for(lambda: "done" in press.act("again"), "the check to run again", 60)
    assert "A new check could not run" not in press.words
    press.close()


def test_a_page_whose_kicad_has_been_closed_says_so_and_closing_it_asked_nothing(desk: Desk, board: OpenBoard) -> None:
    press = desk.press("check_package.py")
    assert pulse(press)["gone"] == ""
    desk.focus()
    desk.window.keys("ctrl+q")  # nothing is to be saved
    wait_for(lambda: not desk.window.shown(TITLE), "KiCad to be closed without a question", 60)
    close_kicad(desk.folder, "pcbnew")  # it is gone from the screen, and takes its time to end
    wait_for(lambda: pulse(press)["gone"] == "KiCad has been closed", "the page to hear of it", 60)
    for action in ("again", "show"):
        assert "KiCad: does not answer" in press.act(action, target=0)["faults"][0]
    assert "A new check could not run" in press.words
    assert "BROKEN" in press.words  # what was found out can still be read
    press.close()
    with pytest.raises(Faults, match="KiCad: does not answer"):
        open_board()
