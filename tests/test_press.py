"""What a press of *Check package* leaves in KiCad: nothing but a selection, unless markers or texts are asked for; those are as
many undo steps as the page says, are what KiCad says it made, and are replaced whatever was undone meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import KICAD_VERSIONS, need_kicad
from kicad_window import Window
from overmold.buttons.check import run
from overmold.buttons.judging import Judging
from overmold.buttons.showing import by_rule, markers_of
from overmold.check import check
from overmold.claims import claim_chart
from overmold.kicad.live.board import OpenBoard
from overmold.kicad.live.own_texts import NOTE, own_texts
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.report.finding import Report
from overmold.rule import load_deck
from overmold.state import Choices
from paths import DEMO, REPOSITORY
from running_kicad import Press, close_kicad, environment_of, fill_home, opened, undo, virtual_screen
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
        self.window.window(TITLE)
        board = opened()
        self.window.fill_with(TITLE)  # once it has laid itself out
        return board

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


@contextmanager
def desk_of(version: str) -> Iterator[Desk]:
    home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    fill_home(home, {"enable_server": True})
    with virtual_screen(home, "1600x1000") as display:
        yield Desk(version, home, Window(display, home / "Xvfb_screen0", SHOTS / version))
        close_kicad(home)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module", params=[pytest.param(version, marks=pytest.mark.kicad) for version in KICAD_VERSIONS])
def shared(request: pytest.FixtureRequest) -> Iterator[tuple[Desk, OpenBoard]]:
    """One KiCad for all tests of this file, and a broken board in it; each leaves the board as it was."""
    need_kicad(request.param)
    with desk_of(request.param) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KICAD_API_SOCKET", desk.environment["KICAD_API_SOCKET"])
        here, there = desk.home / "here", desk.home / "there"
        for folder, names in ((here, ("demo.yaml", "a.yaml")), (there, ("b.yaml",))):
            board_in(folder, broken().replace('\t\t(19 "Cmts.User" user "User.Comments")\n', ""))
            for name in names:
                shutil.copy(DEMO, folder / name)
            (folder / "docker.yaml").write_text("services: {}\n", encoding="utf-8")
            shutil.copy(DEMO.parent / "demo_nets.csv", folder)
        _first_in_the_other_project(desk, there)
        yield desk, desk.open(here / "demo.kicad_pcb")


@pytest.fixture
def desk(shared: tuple[Desk, OpenBoard], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Somebody at it, who has made no choice yet and selected nothing."""
    desk, board = shared
    monkeypatch.setenv("KICAD_API_SOCKET", desk.environment["KICAD_API_SOCKET"])
    (desk.home / ".cache/overmold/choices.json").unlink(missing_ok=True)
    board.select([])
    yield desk
    for _ in range(60):
        if opened().text == board.text:
            return
        undo(opened())
    pytest.fail("the board does not become again what it was")


@pytest.fixture
def board(shared: tuple[Desk, OpenBoard]) -> OpenBoard:
    return shared[1]


def _runs(home: Path) -> bool:
    """Whether a KiCad is there that has this home."""
    def has(process: Path) -> bool:
        try:
            named = (process / "comm").read_text().strip() == "pcbnew"
            return named and f"HOME={home}".encode() in (process / "environ").read_bytes().split(b"\0")
        except OSError:
            return False

    return any(has(process) for process in Path("/proc").iterdir() if process.name.isdigit())


def _first_in_the_other_project(desk: Desk, folder: Path) -> None:
    """A board of the same name, checked as anybody does it: that is no reason to save it, and its files are its own."""
    before = desk.open(folder / "demo.kicad_pcb").text
    form = desk.press("place_package.py")
    begun = form.act("begin")
    assert begun["files"] == [str(folder / "b.yaml")]
    assert begun["folder"].rstrip("/") == str(folder)
    assert form.close() == 0
    press = desk.press()
    assert "; the board is as it was." in press.words
    assert opened().text == before
    assert not desk.is_modified()
    if desk.version != "9":
        press.act("again", show="markers", keep=False)
        assert desk.remembered("markers.json")
        assert press.close() == 0
        close_kicad(desk.home, "pcbnew")
        for lock in desk.home.rglob("~*.lck"):
            lock.unlink()
        return
    assert press.close() == 0
    desk.window.do("windowfocus", desk.window.window(TITLE))
    desk.window.keys("ctrl+q")
    wait_for(lambda: not desk.window.shown(TITLE), "KiCad to be closed without a question", 60)
    wait_for(lambda: not _runs(desk.home), "KiCad to have ended", 60)


def board_in(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    board = folder / "demo.kicad_pcb"
    board.write_text(text, encoding="utf-8")
    return board


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
    assert board.path == str(desk.home / "here/demo.kicad_pcb")
    package = read_board(board.text, board.name)
    carrier = package.place("carrier").uuid
    press = desk.press()
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
    assert press.close() == 0


def test_a_form_offers_the_files_of_its_own_project_and_keeps_to_it(desk: Desk) -> None:
    here = desk.home / "here"
    press = desk.press("place_package.py")
    assert press.act("begin")["files"] == [str(here / "demo.yaml"), str(here / "a.yaml")]
    assert press.act("preview", file="nosuch.yaml") == {"faults": [f"{here / 'nosuch.yaml'}: there is no such file"]}
    assert "demo.yaml" in press.act("browse", folder=str(here))["files"]
    assert press.close() == 0


def test_markers_are_an_undo_step_a_rule_and_replaced_whatever_was_undone(desk: Desk, board: OpenBoard) -> None:
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
    assert press.close() == 0


def test_kept_texts_are_those_that_kicad_made_on_a_layer_that_is_there(
    desk: Desk, board: OpenBoard, kicad_cli: Callable[..., object]
) -> None:
    before = board.text
    findings = len(markers_of(report_on(board)))
    steps = 1 if desk.version == "9" else len(by_rule(report_on(board)))
    press = desk.press()
    for _ in range(2):
        press.act("again", show="markers", keep=True)
        assert f"{findings} kept in the board; {steps} undo step{'s' * (steps > 1)} added in KiCad" in press.words
        assert len(own_texts(opened().text).marks) == findings  # replaced, not added to
    assert own_texts(opened().text).layer == "Dwgs.User"
    file = desk.home / "kept.kicad_pcb"
    file.write_bytes(opened().text)
    kicad_cli(desk.version, "pcb", "drc", "--format", "json", "--output", desk.home / "report.json", file)
    said = [one["description"] for one in json.loads((desk.home / "report.json").read_text())["violations"]]
    assert sum("Overmold: " in one for one in said) == findings
    desk.keys(*["ctrl+z"] * 2 * steps)  # as many as the page said, and not one more
    wait_for(lambda: opened().text == before, "ctrl+z to take both checks away", 20)
    assert not any(alive(board, [one]) for one in desk.remembered("markers.json"))
    press.act("again", show="selection", keep=True)
    press.act("again", show="selection", keep=False)
    assert f"{findings} taken out of the board; 1 undo step added in KiCad" in press.words
    assert own_texts(opened().text).marks == ()
    assert press.close() == 0


def test_ten_checks_with_markers_and_texts_each_undone_leave_kicad_alive_and_the_board_as_it_was(
    desk: Desk, board: OpenBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk.home / ".cache"))
    for _ in range(10):
        found = re.search(r"(\d+) undo step", run(Choices("markers", keep=True), Judging()).shown)
        assert found is not None
        for _ in range(int(found[1])):
            undo(board)
        assert opened().text == board.text


def test_a_selection_is_that_of_the_person_and_not_what_a_check_left(desk: Desk, board: OpenBoard) -> None:
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
        assert "what was selected before it" in found["notes"][0]
        (text,) = [words for name, words in found["files"].items() if name.endswith(".yaml")]
        assert "C1" in text
        assert "C2" not in text
    assert check_it.close() == 0
    assert everything.close() == 0


def test_where_no_browser_opens_a_note_on_the_board_says_so_and_the_next_press_removes_it(
    desk: Desk, board: OpenBoard
) -> None:
    before = board.text
    tools = desk.home / "tools"  # in which there is nothing that could show a notification
    tools.mkdir()
    blind = {**desk.environment, "BROWSER": "false", "PATH": str(tools)}
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

    press = desk.press()
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
    assert press.close() == 0


@pytest.fixture
def last(shared: tuple[Desk, OpenBoard], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same desk for the test after which there is no KiCad any more."""
    monkeypatch.setenv("KICAD_API_SOCKET", shared[0].environment["KICAD_API_SOCKET"])
    return shared[0]


def test_a_page_whose_kicad_has_been_closed_says_so(last: Desk) -> None:
    press = last.press()
    assert pulse(press)["gone"] == ""
    close_kicad(last.home, "pcbnew")
    wait_for(lambda: pulse(press)["gone"] == "KiCad has been closed", "the page to hear of it", 30)
    assert "KiCad: does not answer" in press.act("again")["faults"][0]
    assert "A new check could not run" in press.words
    assert "BROKEN" in press.words  # what was found out can still be read
    assert press.close() == 0
