"""The toolbar buttons, pressed as KiCad presses them: its board editor on a virtual screen, the plugin's script, a browser
that only notes what it is asked to open."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kicad_desk import Desk
from overmold import buttons
from overmold.buttons import check as check_button
from overmold.faults import fail
from overmold.kicad.live.board import OpenBoard
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from paths import DEMO
from running_kicad import EMPTY, opened
from variants import demo

BROKEN = '"440 um ± 15 um"'


def broken_board() -> str:
    return board_file(demo()).decode().replace('"315 um ± 15 um"', BROKEN)


def markers(home: Path) -> list[str]:
    """The markers that the button remembers to have put into KiCad's list, the newest first."""
    file = home / ".cache/overmold/markers.json"
    found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found.get(str(home / "demo.kicad_pcb"), [])


def selected(board: OpenBoard, uuids: list[str]) -> int:
    """How many items are selected once these are added to nothing. An id that is gone adds none."""
    from google.protobuf.empty_pb2 import Empty
    from kipy.errors import ApiError
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    request = commands.AddToSelection()
    request.header.document.CopyFrom(board.board.document)
    board.board.client.send(commands.ClearSelection(header=request.header), Empty)
    for uuid in uuids:
        request.items.add().value = uuid
    try:
        return len(board.board.client.send(request, commands.SelectionResponse).items)
    except ApiError:
        return 0


def test_the_button_judges_the_board_that_is_open_in_kicad(desk: Desk) -> None:
    desk.show(board_file(demo()).decode())
    before = opened().text
    mine = read_board(before, "b").place("chips.U1").uuid
    opened().select([mine])
    press = desk.press("check_package.py")
    assert "Nothing to select; the board is as it was." in press.words
    assert opened().selected() == [mine]  # what somebody has selected is theirs
    assert "FCCSP-144_10x10mm_P0.8mm KEPT" in press.words
    assert "chip-not-covered" in press.words
    assert "cover over the chip" in press.words.lower() or "t2" in press.words
    press.close()
    assert opened().text == before


def test_a_click_on_a_finding_selects_its_items_and_the_check_can_be_repeated_with_other_choices(desk: Desk) -> None:
    desk.show(broken_board())
    board = opened()
    press = desk.press("check_package.py")
    package = read_board(board.text, board.name)
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r'data-target="(\d+)"', press.page)))
    assert numbers == list(range(len(numbers)))
    assert "KiCad" in press.act("show", target=numbers[0])["done"]
    assert package.place("chips.U1").uuid in board.selected()
    assert press.act("show", target=99) == {"faults": ["Check package: this page is older than the check; load it anew"]}
    assert press.act("again", show="selection", keep=False) == {"done": True}
    assert "selected in KiCad" in press.words
    assert markers(desk.folder) == []
    press.close()
    # The choice holds for the next press.
    press = desk.press("check_package.py")
    assert "selected in KiCad" in press.words
    press.close()


def test_a_package_is_placed_from_the_form_and_checked(desk: Desk) -> None:
    desk.show(EMPTY)
    opened()
    file = desk.folder / "mine.yaml"
    shutil.copy(DEMO, file)
    shutil.copy(DEMO.parent / "demo_nets.csv", desk.folder)
    press = desk.press("place_package.py")
    begun = press.act("begin")
    assert (begun["board"], begun["files"]) == ("demo.kicad_pcb", [str(file)])
    plan = press.act("preview", file="mine.yaml", x="50", y="60 mm")
    assert [change["title"] for change in plan["changes"]] == [
        "Carrier", "Chip U1", "Passive C1", "Passive C2", "Passive C3", "Passive C4", "Board outline"]
    assert (plan["x"], plan["y"], plan["fixed"]) == ("50", "60", False)
    assert plan["picture"].startswith("data:image/svg+xml;base64,")
    chosen = [change["id"] for change in plan["changes"]]
    done = press.act("place", file="mine.yaml", x="50", y="60 mm", seen=plan["seen"], chosen=chosen)
    assert done == {"done": "6 footprints and 1 outline placed, in one step: one undo in KiCad takes it back."}
    assert press.act("preview", file="mine.yaml", x="", y="")["changes"] == []
    # Somebody changes the package file while the form is open: it is shown again before anything is done.
    file.write_text(file.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 320 um"), encoding="utf-8")
    stale = press.act("place", file="mine.yaml", x="", y="", seen=plan["seen"], chosen=chosen)
    assert stale["changed"] is True
    assert [change["words"] for change in stale["changes"]] == [["mold.cap: 315 um ± 15 um → 320 um ± 15 um"]]
    assert press.act("preview", file="no.yaml") == {"faults": [f"{desk.folder / 'no.yaml'}: there is no such file"]}
    assert press.act("preview", file="mine.yaml", x="5 furlongs", y="1")["faults"][0].startswith("Place package, x: ")
    press.close()
    press = desk.press("check_package.py")
    assert "FCCSP-144_10x10mm_P0.8mm KEPT" in press.words
    press.close()
    press = desk.press("place_package.py")
    assert press.act("begin")["files"] == [str(file)]  # remembered
    press.close()


def test_what_is_selected_becomes_a_package_file(desk: Desk) -> None:
    desk.show(board_file(demo()).decode())
    board = opened()
    package = read_board(board.text, board.name)
    uuids = [package.place(key).uuid for key in ("carrier", "chips.U1", "passives.C1")]
    board.select(uuids)
    press = desk.press("package_from_selection.py")
    found = press.act("begin")
    assert found["selected"] == 3
    name = f"{demo().name}.yaml"
    assert "C1" in found["files"][name]
    assert "C2" not in found["files"][name]
    folder = desk.folder / "out"
    folder.mkdir()
    saved = press.act("save", folder=str(folder), files=found["files"], force=False)
    assert saved["done"].startswith("Written, and read back as a package file: ")
    assert press.act("save", folder=str(folder), files=found["files"], force=False)["faults"][0].endswith(
        "is there already; tick 'write over it', or choose another folder")
    assert press.act("save", folder=str(folder), files={"../x": ""}, force=True)["faults"]
    assert (folder / name).read_text(encoding="utf-8") == found["files"][name]
    press.close()


def test_without_kicad_the_button_says_that_nothing_answers(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KICAD_API_SOCKET", f"ipc://{tmp_path}/nobody.sock")
    assert buttons.check_package() == 0
    page = (tmp_path / "cache/overmold/message.html").read_text(encoding="utf-8")
    assert "KiCad: does not answer" in page
    log = tmp_path / "cache/overmold/overmold.log"
    assert str(log) in page
    assert "error: Check package: KiCad: does not answer" in log.read_text(encoding="utf-8")
    assert browser.read_text(encoding="utf-8") == f"file://{tmp_path}/cache/overmold/message.html\n"


def test_a_failure_of_our_own_is_shown_with_its_traceback(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> int:
        raise ZeroDivisionError("<gap>")

    monkeypatch.setattr(check_button, "press", broken)
    assert buttons.check_package() == 1
    page = (tmp_path / "cache/overmold/error.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError: &lt;gap&gt;" in page
    assert "error: Check package: ZeroDivisionError('<gap>')" in (tmp_path / "cache/overmold/overmold.log").read_text()


def test_a_browser_that_does_not_start_leaves_a_word_where_the_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty() -> int:
        raise fail("board", "is empty")

    monkeypatch.setattr(check_button, "press", faulty)
    monkeypatch.setattr(buttons.webbrowser, "open", lambda address: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert buttons.check_package() == 1
    assert str(tmp_path / "overmold/message.html") in capsys.readouterr().err
    assert "board: is empty" in (tmp_path / "overmold/message.html").read_text(encoding="utf-8")
