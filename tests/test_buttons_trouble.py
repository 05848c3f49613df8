"""What the buttons say when something is in the way: one clear sentence on the page, and the board as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kicad_desk import Desk
from overmold.faults import Faults
from overmold.kicad.live.place import carry_out
from overmold.kicad.placing.proposal import propose
from overmold.kicad.placing.work import work
from overmold.kicad.writing.board import board_file
from paths import DEMO, REPOSITORY
from running_kicad import EMPTY, Press, clauses, environment_of, new_home, opened, undo
from variants import demo, demo_with
from waiting import wait_for

SCHEMATIC = '(kicad_sch (version 20250114) (generator "eeschema") (uuid "aaaaaaaa-0000-4000-8000-000000000001") (paper "A4"))\n'


def package_files(home: Path) -> str:
    """The demo's package file beside the board; its name."""
    shutil.copy(DEMO, home / "mine.yaml")
    shutil.copy(DEMO.parent / "demo_nets.csv", home)
    return "mine.yaml"


def test_a_kicad_that_shows_a_dialog_is_said_to_be_busy_and_answers_when_it_is_closed(desk: Desk) -> None:
    from kipy import KiCad
    from kipy.errors import ConnectionError as NoAnswer
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    desk.show(board_file(demo()).decode())
    before = opened().text
    press = desk.press("place_package.py")
    window = desk.window
    impatient = KiCad(client_name="impatient", timeout_ms=1500).get_board()
    with pytest.raises(NoAnswer):  # it comes back when the dialog is closed
        impatient.client.send(commands.RunAction(action="pcbnew.EditorControl.boardSetup"), commands.RunActionResponse)
    dialog = window.window("Board Setup")
    said = press.act("begin")["faults"]
    assert len(said) == 1
    assert "close its open dialogs" in said[0]
    blocked = desk.press("check_package.py")
    assert "KiCad: does not answer" in blocked.words
    assert "close its open dialogs" in blocked.words
    assert str(desk.folder / ".cache/overmold/overmold.log") in blocked.words
    blocked.close()
    window.do("windowfocus", dialog)
    window.keys("Escape")
    wait_for(lambda: not window.do("search", "--onlyvisible", "--name", "Board Setup"), "the dialog to close")
    assert press.act("begin")["board"] == "demo.kicad_pcb"  # the page has stayed of use
    press.close()
    assert opened().text == before


def test_an_empty_board_has_nothing_to_check_or_to_read_and_takes_a_package(desk: Desk) -> None:
    desk.show(EMPTY)
    before = opened().text
    press = desk.press("check_package.py")
    assert "demo.kicad_pcb: nothing on this board is part of a package" in press.words
    press.close()
    press = desk.press("package_from_selection.py")
    said = press.act("begin")["faults"]
    assert "no footprint of this board is part of a package" in said[0]
    press.close()
    press = desk.press("place_package.py")
    assert press.act("preview", file=package_files(desk.folder))["changes"]
    nothing = press.act("place", file="mine.yaml", seen=press.act("preview", file="mine.yaml")["seen"], chosen=[])
    assert nothing == {"faults": ["Place package: nothing is chosen; tick what is to be placed"]}
    press.close()
    assert opened().text == before


def test_somebodys_own_board_without_a_package_is_left_alone(desk: Desk) -> None:
    shares = (Path("/usr/share/kicad"), REPOSITORY / ".kicad/9/usr/share/kicad")
    board = next((path for share in shares if (path := share / "demos/ecc83/ecc83-pp.kicad_pcb").exists()), None)
    if board is None:
        pytest.skip("KiCad's demo boards are not installed; `make kicad` brings them")
    desk.show(board.read_text(encoding="utf-8"))
    before = opened().text
    press = desk.press("check_package.py")
    assert "part of a package" in press.words or "KEPT" in press.words or "NOTHING JUDGED" in press.words
    assert "Traceback" not in press.words
    press.close()
    assert opened().text == before


def test_each_of_two_kicads_is_asked_for_its_own_board(desk: Desk) -> None:
    desk.show(board_file(demo()).decode())
    first = desk.environment
    other = desk.folder / "second.kicad_pcb"
    other.write_text(board_file(demo_with({"mold.cap": "440 um"})).decode(), encoding="utf-8")
    command = [str(REPOSITORY / "scripts/kicad-cli"), desk.version, str(other)]
    second = subprocess.Popen(command, env=first, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        socket = wait_for(lambda: list((desk.folder / "kicad").glob("api-*.sock")), "the socket of the second KiCad")[0]
        press = desk.press("check_package.py")
        assert "demo.kicad_pcb" in press.words
        assert " KEPT " in press.words
        press.close()

        def second_answers() -> bool:
            page = Press("check_package.py", {**first, "KICAD_API_SOCKET": f"ipc://{socket}"}, desk.notes)
            page.close()
            return "second.kicad_pcb" in page.words and " BROKEN " in page.words

        wait_for(second_answers, "the second KiCad to be ready")
    finally:
        os.killpg(second.pid, signal.SIGKILL)
        second.wait()


@pytest.fixture
def schematic(kicad_version: str, screen: str, browser: Path) -> Iterator[dict[str, str]]:
    """A schematic editor alone; the environment of its plugins."""
    with new_home() as home:
        sheet = home / "only.kicad_sch"
        sheet.write_text(SCHEMATIC, encoding="utf-8")
        environment = {**environment_of(home, screen), "OVERMOLD_KICAD_PROGRAM": "eeschema",
                       "KICAD_API_SOCKET": f"ipc://{home}/kicad/api.sock"}
        running = subprocess.Popen([str(REPOSITORY / "scripts/kicad-cli"), kicad_version, str(sheet)], env=environment,
                                   start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for((home / "kicad/api.sock").exists, "the schematic editor")
        yield environment
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def test_where_only_a_schematic_is_open_a_board_is_asked_for(schematic: dict[str, str], browser: Path) -> None:
    def says() -> str:
        press = Press("check_package.py", schematic, browser)
        press.close()
        return press.words

    assert wait_for(lambda: "KiCad: has no board open; open one in the board editor" in says(), "the schematic editor")


def test_a_package_that_kicad_takes_only_half_of_leaves_nothing_behind(desk: Desk) -> None:
    desk.show(EMPTY)
    put = propose(demo(), opened().text, "b")
    carry_out(opened(), work(put, ["new carrier"]))  # so that there is something to undo
    undo(opened())
    before = opened().text
    todo = work(put, [change.id for change in put.changes])
    broken = replace(todo, names={**todo.names, "front courtyard": "Nowhere"})
    with pytest.raises((Faults, ValueError)):
        carry_out(opened(), broken)
    assert opened().text == before
    carry_out(opened(), todo)  # and no half of a commit is in the way of the next
    undo(opened())
    assert clauses(opened().text) == clauses(before)  # but for the layers that are switched on
