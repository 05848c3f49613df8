"""The toolbar button, pressed for real: KiCad's board editor on a virtual screen, the plugin's script, a browser that
only notes what it is asked to open."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from overmold import buttons
from overmold.faults import fail
from overmold.kicad.live.board import OpenBoard, open_board
from overmold.kicad.read import read_board
from overmold.kicad.write_board import board_file
from paths import PLUGIN, REPOSITORY
from variants import demo

PATIENCE = 90.0


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes the addresses it is given into the file returned here."""
    program, notes = tmp_path / "browser", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\necho "$1" >> {notes}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return notes


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen; its display name."""
    if shutil.which("Xvfb") is None:
        if os.environ.get("OVERMOLD_REQUIRE_KICAD"):
            pytest.fail("KiCad is required here, and there is no Xvfb to show it on")
        pytest.skip("there is no Xvfb on this machine; `make kicad` installs it")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as file:
        number = file.readline().strip()
    yield ":" + number
    server.terminate()
    server.wait()


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with a KiCad that has been started before and has its API on; short, for the sake of its socket's name."""
    with tempfile.TemporaryDirectory(prefix="om", dir="/tmp") as name:
        settings = {
            "api": {"enable_server": True, "interpreter_path": sys.executable},
            "system": {"first_run_shown": True, "setup_wizard_completed": True},
            "do_not_show_again": {"data_collection_prompt": True, "update_check_prompt": True,
                                  "env_var_overwrite_warning": True},
        }
        for version in ("9.0", "10.0"):
            folder = Path(name, ".config/kicad", version)
            folder.mkdir(parents=True)
            (folder / "kicad_common.json").write_text(json.dumps(settings), encoding="utf-8")
            for table in ("fp_lib_table", "sym_lib_table", "design_block_lib_table"):
                file = folder / table.replace("_", "-")
                file.write_text(f"({table}\n  (version 7)\n)\n", encoding="utf-8")
        yield Path(name)


def environment_of(home: Path, screen: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KICAD", "XDG_"))}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "DISPLAY": screen, "OVERMOLD_KICAD_PROGRAM": "pcbnew",
            "LC_ALL": "C.UTF-8"}


def press_until_a_page_opens(environment: dict[str, str], notes: Path) -> str:
    """Press the button until KiCad has started; the page that it then shows."""
    end = time.monotonic() + PATIENCE
    page = ""
    while time.monotonic() < end:
        subprocess.run([sys.executable, "check_package.py"], cwd=PLUGIN, env=environment, check=True, timeout=PATIENCE)
        address = notes.read_text(encoding="utf-8").splitlines()[-1]
        page = Path(address.removeprefix("file://")).read_text(encoding="utf-8")
        if "cannot be checked" not in page:
            return page
        time.sleep(1)
    pytest.fail(f"KiCad did not give its board within {PATIENCE} s: {page}")


@pytest.fixture
def editor(
    kicad_version: str, screen: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], dict[str, str]]]:
    """Call with a board's text: KiCad's board editor opens it; gives the environment in which the plugin runs."""
    running: list[subprocess.Popen[bytes]] = []

    def start(text: str) -> dict[str, str]:
        board = home / "demo.kicad_pcb"
        board.write_text(text, encoding="utf-8")
        environment = environment_of(home, screen)
        program = [str(REPOSITORY / "scripts/kicad-cli"), kicad_version, str(board)]
        quiet = subprocess.DEVNULL
        running.append(subprocess.Popen(program, env=environment, stdout=quiet, stderr=quiet, start_new_session=True))
        socket = f"ipc://{home}/kicad/api.sock"
        monkeypatch.setenv("KICAD_API_SOCKET", socket)
        return {**environment, "KICAD_API_SOCKET": socket}

    yield start
    for kicad in running:
        # KiCad may be the child of proot, which does not pass a request to end on.
        os.killpg(kicad.pid, signal.SIGKILL)
        kicad.wait()


def test_the_button_judges_the_board_that_is_open_in_kicad(editor: Callable[[str], dict[str, str]], browser: Path) -> None:
    page = press_until_a_page_opens(editor(board_file(demo()).decode()), browser)
    assert "<h1>demo.kicad_pcb: kept</h1>" in page
    assert "chip-not-covered" in page


def test_what_is_broken_is_shown_in_kicad_on_its_items_and_a_second_press_replaces_it(
    editor: Callable[[str], dict[str, str]], browser: Path, kicad_version: str, home: Path
) -> None:
    environment = editor(board_file(demo()).decode().replace('"315 um ± 15 um"', '"440 um ± 15 um"'))
    page = press_until_a_page_opens(environment, browser)
    assert "<h1>demo.kicad_pcb: broken</h1>" in page
    board = open_board()
    package = read_board(board.text, board.name)
    offending = {package.place("chips.U1").uuid, package.place("mold.cap").uuid}
    memory = json.loads((home / ".cache/overmold/markers.json").read_text(encoding="utf-8"))["demo.kicad_pcb"]
    if kicad_version == "9":
        assert "The 2 items to look at are selected in KiCad." in page
        assert memory == []
        assert selected(board, []) == 2  # nothing was added: these two are still selected
    else:
        assert "1 marker in KiCad&#x27;s list of violations" in page
        assert [selected(board, [marker]) for marker in memory] == [1]
    assert len(offending) == 2
    text = board.text
    page = press_until_a_page_opens(environment, browser)
    again = json.loads((home / ".cache/overmold/markers.json").read_text(encoding="utf-8"))["demo.kicad_pcb"]
    assert not set(memory) & set(again)
    assert [selected(board, [marker]) for marker in memory] == [0] * len(memory)
    assert open_board().text == text  # and the board is as it was


def selected(board: OpenBoard, uuids: list[str]) -> int:
    """How many items are selected once these are added; only these, if any are given. An id that is gone adds none."""
    from google.protobuf.empty_pb2 import Empty
    from kipy.errors import ApiError
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    request = commands.AddToSelection()
    request.header.document.CopyFrom(board.board.document)
    if uuids:
        board.board.client.send(commands.ClearSelection(header=request.header), Empty)
        for uuid in uuids:
            request.items.add().value = uuid
    else:
        read = commands.GetSelection(header=request.header)
        return len(board.board.client.send(read, commands.SelectionResponse).items)
    try:
        return len(board.board.client.send(request, commands.SelectionResponse).items)
    except ApiError:
        return 0


def test_without_kicad_the_button_says_that_nothing_answers(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KICAD_API_SOCKET", f"ipc://{tmp_path}/nobody.sock")
    assert buttons.check_package() == 0
    page = (tmp_path / "cache/overmold/check.html").read_text(encoding="utf-8")
    assert "KiCad: does not answer" in page
    assert browser.read_text(encoding="utf-8") == f"file://{tmp_path}/cache/overmold/check.html\n"


def test_a_failure_of_our_own_is_shown_with_its_traceback(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[str, str]:
        raise ZeroDivisionError("<gap>")

    monkeypatch.setattr(buttons, "_checked", broken)
    assert buttons.check_package() == 1
    page = (tmp_path / "cache/overmold/error.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError: &lt;gap&gt;" in page


def test_a_browser_that_does_not_start_leaves_a_word_where_the_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty() -> tuple[str, str]:
        raise fail("board", "is empty")

    monkeypatch.setattr(buttons, "_checked", faulty)
    monkeypatch.setattr(buttons.webbrowser, "open", lambda address: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert buttons.check_package() == 1
    assert str(tmp_path / "overmold/check.html") in capsys.readouterr().err
    assert "board: is empty" in (tmp_path / "overmold/check.html").read_text(encoding="utf-8")
