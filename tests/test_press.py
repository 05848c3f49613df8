"""What a press of *Check package* leaves in KiCad: nothing but a selection, unless markers or texts are asked for; those are
one undo step, are what KiCad says it made, and are replaced whatever was undone meanwhile."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kicad_window import Window
from overmold.buttons.showing import by_rule, markers_of
from overmold.check import check
from overmold.claims import claim_chart
from overmold.kicad.live.board import OpenBoard
from overmold.kicad.live.own_texts import NOTE, own_texts
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.report.finding import Report
from overmold.rule import load_deck
from paths import DEMO, REPOSITORY
from running_kicad import Press, close_kicad, environment_of, fill_home, opened, virtual_screen
from test_buttons import selected
from variants import demo_with
from waiting import wait_for

SHOTS = REPOSITORY / "build/screenshots"
TITLE = "PCB Editor"


def broken() -> str:
    """Mold too high, and two passives outside it: two findings of one rule, and more rules broken."""
    moved = {"passives.0.at": ["5.6 mm", "0 mm"], "passives.1.at": ["-5.6 mm", "0 mm"]}
    return board_file(demo_with({"mold.cap": "440 um ± 15 um"}, moved)).decode()


class Desk:
    """A KiCad at which somebody sits: its window, its home, and how its buttons are pressed."""

    def __init__(self, version: str, home: Path, window: Window) -> None:
        self.version, self.home, self.window, self.notes = version, home, window, home / "opened"
        program = home / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >> {self.notes}\n', encoding="utf-8")
        program.chmod(0o755)
        self.environment = {**environment_of(home, window.display), "BROWSER": f"{program} %s",
                            "KICAD_API_SOCKET": f"ipc://{home}/kicad/api.sock"}

    def open(self, board: Path) -> OpenBoard:
        """Open a board in KiCad's editor, which fills the screen."""
        command = [str(REPOSITORY / "scripts/kicad-cli"), self.version, str(board)]
        subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         start_new_session=True)
        self.window.fill_with(TITLE)
        return opened()

    def press(self, script: str = "check_package.py") -> Press:
        """Press a button."""
        return Press(script, self.environment, self.notes)

    def keys(self, *names: str) -> None:
        """Press keys in the drawing."""
        self.window.do("windowfocus", self.window.window(TITLE))
        self.window.click((900, 930))
        self.window.keys(*names)

    def is_modified(self) -> bool:
        """Whether KiCad's title says that there is something to save."""
        return self.window.do("getwindowname", self.window.window(TITLE)).startswith("*")

    def remembered(self, name: str) -> list[str]:
        """What the buttons remember of the board that is open."""
        file = self.home / ".cache/overmold" / name
        found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return found.get(opened().path, [])


@pytest.fixture
def desk(kicad_version: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Desk]:
    import tempfile

    home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    monkeypatch.setenv("KICAD_API_SOCKET", f"ipc://{home}/kicad/api.sock")
    fill_home(home, {"enable_server": True})
    with virtual_screen(home, "1600x1000") as display:
        yield Desk(kicad_version, home, Window(display, home / "Xvfb_screen0", SHOTS / kicad_version))
        close_kicad(home)
    shutil.rmtree(home, ignore_errors=True)


def board_in(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    board = folder / "demo.kicad_pcb"
    board.write_text(text, encoding="utf-8")
    return board


def report_on(board: OpenBoard) -> Report:
    result = check(read_board(board.text, board.name), load_deck())
    return Report(board.name, result, claim_chart(result))


def alive(board: OpenBoard, markers: list[str]) -> int:
    """How many of these markers are on the board."""
    return sum(selected(board, [one]) for one in markers)


def test_a_check_is_no_reason_to_save_and_shows_what_is_drawn(desk: Desk) -> None:
    board = desk.open(board_in(desk.home, broken()))
    assert board.path == str(desk.home / "demo.kicad_pcb")
    package = read_board(board.text, board.name)
    carrier = package.place("carrier").uuid
    press = desk.press()
    assert "selected in KiCad; the board is as it was." in press.words
    assert opened().text == board.text
    shown = board.selected()
    drawn = {uuid for one in markers_of(report_on(board)) for uuid in one.uuids}
    assert package.place("chips.U1").uuid in shown
    assert set(package.place("mold").drawn) & set(shown)  # the mold's outline, and not the carrier that holds it
    assert carrier not in drawn
    desk.window.keep("20-checked")
    if desk.version == "9":
        assert "marker" not in press.words.lower()
        assert carrier not in shown  # KiCad 10 tells the footprints around what is selected as well
    # A click on what is not drawn, the package's height or a stack-up, selects nothing and says so.
    assert not desk.is_modified()
    assert press.close() == 0
    desk.window.do("windowfocus", desk.window.window(TITLE))
    desk.window.keys("ctrl+q")
    wait_for(lambda: not desk.window.shown(TITLE), "KiCad to be closed without a question", 30)


def test_markers_are_one_undo_step_and_replaced_whatever_was_undone(desk: Desk) -> None:
    board = desk.open(board_in(desk.home, broken()))
    report = report_on(board)
    rules = by_rule(report)
    assert len(rules) < len(markers_of(report))  # findings of one rule go together
    press = desk.press()
    press.act("again", show="markers", keep=False)
    if desk.version == "9":
        assert "the board is as it was" in press.words
        assert desk.remembered("markers.json") == []
        assert press.close() == 0
        return
    assert f"{len(rules)} markers in KiCad's list of violations (Inspect > Design Rules Checker), for" in press.words
    assert "1 undo step added in KiCad" in press.words
    first = desk.remembered("markers.json")
    assert alive(board, first) == len(rules)
    desk.window.keep("21-markers")
    desk.keys("ctrl+z")
    wait_for(lambda: alive(board, first) == 0, "one ctrl+z to take all markers back", 20)
    assert opened().text == board.text
    press.act("again", show="markers", keep=False)
    second = desk.remembered("markers.json")[:len(rules)]
    press.act("again", show="markers", keep=False)
    third = desk.remembered("markers.json")[:len(rules)]
    assert [alive(board, some) for some in (first, second, third)] == [0, 0, len(rules)]
    desk.keys("ctrl+z")  # brings the second back
    wait_for(lambda: alive(board, second) == len(rules), "the former markers to come back", 20)
    assert alive(board, third) == 0
    press.act("again", show="markers", keep=False)
    fourth = desk.remembered("markers.json")[:len(rules)]
    assert [alive(board, some) for some in (first, second, third, fourth)] == [0, 0, 0, len(rules)]
    press.act("again", show="selection", keep=False)  # whoever wants no markers has none
    assert alive(board, fourth) == 0
    press.act("again", show="selection", keep=False)
    assert "the board is as it was" in press.words
    assert press.close() == 0


def test_kept_texts_are_those_that_kicad_made_on_a_layer_that_is_there(desk: Desk, kicad_cli: Callable[..., object]) -> None:
    text = broken().replace('\t\t(19 "Cmts.User" user "User.Comments")\n', "")
    board = desk.open(board_in(desk.home, text))
    before = board.text
    findings = len(markers_of(report_on(board)))
    press = desk.press()
    for _ in range(2):
        press.act("again", show="selection", keep=True)
        assert f"{findings} kept in the board; 1 undo step added in KiCad" in press.words
        assert len(own_texts(opened().text).marks) == findings  # replaced, not added to
    assert own_texts(opened().text).layer == "Dwgs.User"
    file = desk.home / "kept.kicad_pcb"
    file.write_bytes(opened().text)
    kicad_cli(desk.version, "pcb", "drc", "--format", "json", "--output", desk.home / "report.json", file)
    said = [one["description"] for one in json.loads((desk.home / "report.json").read_text())["violations"]]
    assert sum("Overmold: " in one for one in said) == findings
    desk.keys("ctrl+z", "ctrl+z")
    wait_for(lambda: opened().text == before, "two ctrl+z to take both away", 20)
    press.act("again", show="selection", keep=True)
    press.act("again", show="selection", keep=False)
    assert f"{findings} taken out of the board; 1 undo step added in KiCad" in press.words
    assert own_texts(opened().text).marks == ()
    # A board without any layer for words keeps nothing, and is not said to.
    assert press.close() == 0


def test_boards_of_one_name_in_two_projects_do_not_meet(desk: Desk) -> None:
    """And a form offers the package file of the project that is open, never one of the other."""
    here, there = desk.home / "here", desk.home / "there"
    for folder, files in ((here, ("demo.yaml", "a.yaml")), (there, ("b.yaml",))):
        board_in(folder, broken())
        for name in files:
            shutil.copy(DEMO, folder / name)
        (folder / "docker.yaml").write_text("services: {}\n", encoding="utf-8")
        shutil.copy(DEMO.parent / "demo_nets.csv", folder)
    desk.open(there / "demo.kicad_pcb")
    press = desk.press("place_package.py")
    begun = press.act("begin")
    assert begun["files"] == [str(there / "b.yaml")]
    assert begun["folder"].rstrip("/") == str(there)
    press.close()
    press = desk.press()
    press.act("again", show="markers", keep=True)
    assert press.close() == 0
    theirs = desk.remembered("markers.json")
    close_kicad(desk.home, "pcbnew")
    for lock in desk.home.rglob("~*.lck"):
        lock.unlink()
    board = desk.open(here / "demo.kicad_pcb")
    press = desk.press("place_package.py")
    assert press.act("begin")["files"] == [str(here / "demo.yaml"), str(here / "a.yaml")]
    press.close()
    assert desk.remembered("markers.json") == []
    press = desk.press()
    press.act("again", show="markers", keep=False)
    if desk.version != "9":
        ours = desk.remembered("markers.json")
        assert ours
        assert not set(ours) & set(theirs)
        assert alive(board, ours) == len(ours)
    assert press.close() == 0


def test_a_selection_is_that_of_the_person_and_not_what_a_check_left(desk: Desk) -> None:
    board = desk.open(board_in(desk.home, broken()))
    package = read_board(board.text, board.name)
    everything = desk.press("package_from_selection.py")
    check_it = desk.press()
    found = everything.act("begin")
    assert found["selected"] == 0
    assert "put there by Check package; this is everything on the board" in found["notes"][0]
    mine = [package.place(key).uuid for key in ("carrier", "chips.U1", "passives.C1")]
    board.select(mine)
    assert everything.act("begin")["selected"] >= 3
    for action in ({"name": "again"}, {"name": "show", "target": 0}, {"name": "again"}):
        assert "faults" not in check_it.act(**action)  # type: ignore[arg-type]
        found = everything.act("begin")
        assert set(mine) <= set(found["files"]) or "what was selected before it" in found["notes"][0]
        (text,) = [words for name, words in found["files"].items() if name.endswith(".yaml")]
        assert "C1" in text
        assert "C2" not in text
    assert check_it.close() == 0
    assert everything.close() == 0


def test_where_no_browser_opens_a_note_on_the_board_says_so_and_the_next_press_removes_it(desk: Desk) -> None:
    board = desk.open(board_in(desk.home, broken()))
    before = board.text
    tools = desk.home / "tools"  # in which there is nothing that could show a notification
    tools.mkdir()
    blind = {**desk.environment, "BROWSER": "false", "PATH": str(tools)}
    import sys

    done = subprocess.run([sys.executable, "check_package.py"], cwd=REPOSITORY / "plugin", env=blind, capture_output=True,
                          text=True, check=False, timeout=120)
    assert done.returncode == 1
    page = desk.home / ".cache/overmold/check.html"
    assert f"demo.kicad_pcb: BROKEN. No browser opened; the page is {page}" in done.stderr
    assert "BROKEN" in page.read_text(encoding="utf-8")
    noted = opened()
    assert len(own_texts(noted.text).notes) == 1
    assert (NOTE + "demo.kicad_pcb: BROKEN. No browser").encode() in noted.text
    read_board(noted.text, noted.name)  # our own reader does not mind it
    time.sleep(1)
    desk.window.keep("22-no-browser")
    press = desk.press()
    assert "1 undo step added in KiCad" in press.words
    assert opened().text == before
    assert press.close() == 0


def test_a_page_says_what_became_of_its_kicad_and_that_its_verdict_is_an_old_one(desk: Desk) -> None:
    from kipy import KiCad
    from kipy.errors import ConnectionError as NoAnswer
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    desk.open(board_in(desk.home, broken()))
    press = desk.press()

    def pulse() -> dict[str, object]:
        return json.loads(press.request("POST", "/do/heartbeat").read())  # type: ignore[no-any-return]

    assert pulse()["gone"] == ""
    impatient = KiCad(client_name="impatient", timeout_ms=1500).get_board()
    with pytest.raises(NoAnswer):
        impatient.client.send(commands.RunAction(action="pcbnew.EditorControl.boardSetup"), commands.RunActionResponse)
    dialog = desk.window.window("Board Setup")
    assert pulse()["gone"] == ""  # it is busy, and there
    assert "close its open dialogs" in press.act("again")["faults"][0]
    assert "A new check could not run" in press.words
    desk.window.do("windowfocus", dialog)
    desk.window.keys("Escape")
    wait_for(lambda: "done" in press.act("again"), "the check to run again", 60)
    assert "A new check could not run" not in press.words
    close_kicad(desk.home, "pcbnew")
    wait_for(lambda: pulse()["gone"] == "KiCad has been closed", "the page to hear of it", 30)
    assert "KiCad: does not answer" in press.act("again")["faults"][0]
    assert "A new check could not run" in press.words
    assert press.close() == 0
