"""KiCad's dialog Board Setup, used as a person uses it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kicad_desk import Desk
from kicad_window import Window
from overmold.kicad.live.board import OpenBoard
from running_kicad import opened
from waiting import wait_for


def import_settings(window: Window, board: OpenBoard, donor: Path) -> None:
    """*Import Settings from Another Board…*, everything, then OK."""
    open_board_setup(window, board)
    # A dialog that has just come does not always take the first click, and on a busy machine it still changes its size.
    wait_for(lambda: _clicked(window, "Import Settings"), "the dialog Import Settings", every=1.5)
    left, _, right, bottom = box_of(window, "Import Settings")
    window.do("windowfocus", window.window("Import Settings"))
    window.do("type", "--delay", "20", str(donor))
    window.click((left + 64, bottom - 35))  # Select All
    wait_for(lambda: _gone(window, (right - 85, bottom - 35), "Import Settings"), "the settings to be imported", every=2.0)
    wait_for(lambda: not window.shown("Loading PCB") and not window.shown("Load PCB"), "the other board to be loaded")
    close_board_setup(window)


def open_board_setup(window: Window, board: OpenBoard) -> None:
    """The dialog, open; the request for it is answered only when it is closed again."""
    from kipy import KiCad
    from kipy.errors import ConnectionError as NoAnswer
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    impatient = KiCad(client_name="impatient", timeout_ms=1500).get_board()
    with pytest.raises(NoAnswer):
        impatient.client.send(commands.RunAction(action="pcbnew.EditorControl.boardSetup"), commands.RunActionResponse)
    window.do("windowmove", window.window("Board Setup"), 0, 0)  # it comes where it was last, and may have grown since


def close_board_setup(window: Window) -> None:
    """OK; a message of KiCad's that it does not like something fails the test."""
    def ok() -> bool:
        if not window.shown("Board Setup"):
            return True
        _, _, right, bottom = box_of(window, "Board Setup")
        return _gone(window, (right - 60, bottom - 25), "Board Setup")

    wait_for(ok, "the dialog Board Setup to close", every=2.0)
    opened()  # it takes a while until it has redrawn itself


def box_of(window: Window, title: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a window."""
    said = window.do("getwindowgeometry", "--shell", window.window(title))
    found = dict(row.split("=") for row in said.splitlines())
    x, y = int(found["X"]), int(found["Y"])
    return x, y, x + int(found["WIDTH"]), y + int(found["HEIGHT"])


def _clicked(window: Window, title: str) -> bool:
    if not window.shown(title):
        left, _, _, bottom = box_of(window, "Board Setup")
        window.click((left + 150, bottom - 28))
    return bool(window.shown(title))


def _gone(window: Window, at: tuple[int, int], title: str) -> bool:
    assert not window.shown("^Error$"), "KiCad shows an error"
    if window.shown(title):
        window.click(at)
    return not window.shown(title)


def ok_in_physical_stackup(desk: Desk, picture: str) -> None:
    """File > Board Setup… > Physical Stackup, and OK."""
    before, window = desk.board().text, desk.window
    for patience in (1.0, 3.0, 9.0):
        desk.focus()
        window.keys("Escape", "alt+f")
        time.sleep(patience)
        window.click((75, 316))
        time.sleep(2 * patience)
        if window.shown("Board Setup"):
            break
    number = window.window("Board Setup")
    window.do("windowmove", number, 0, 0)
    size: dict[str, str] = {}

    def is_wide() -> bool:
        """Whether the page with the layers is shown, for which the dialog grows."""
        window.click((106, 55))
        time.sleep(2)
        size.update(line.split("=") for line in window.do("getwindowgeometry", "--shell", number).splitlines())
        return int(size["WIDTH"]) > 1000

    wait_for(is_wide, "the page Physical Stackup")
    desk.keep(picture)
    window.click((int(size["WIDTH"]) - 60, int(size["HEIGHT"]) - 23))
    desk.until_changed(before, "another stack-up", 90.0)
