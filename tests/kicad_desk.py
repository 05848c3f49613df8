"""Somebody at a desk: one running KiCad for many tests, with its keys, its mouse and the buttons of the plugin."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kicad_window import Window
from overmold.faults import Faults
from overmold.kicad.live.board import OpenBoard, open_board
from paths import REPOSITORY
from running_kicad import EMPTY, Press, environment_of, fill_home, opened, virtual_screen
from waiting import wait_for

SHOTS = REPOSITORY / "build/screenshots"


class Desk:
    """A KiCad of one version with its board editor open; ``folder`` is its home and the project's folder."""

    def __init__(self, version: str, folder: Path, window: Window, environment: dict[str, str]) -> None:
        self.version, self.folder, self.window, self.environment = version, folder, window, environment
        self.file = folder / "demo.kicad_pcb"

    def show(self, text: str | bytes) -> OpenBoard:
        """Have the editor show another board in the place of the one it has."""
        self.window.keys("Escape", "Escape")
        data = text if isinstance(text, bytes) else text.encode()
        self.file.write_bytes(data)
        opened().board.revert()
        return opened()

    def board(self) -> OpenBoard:
        """The board as it is now."""
        return opened()

    def until_changed(self, before: bytes, what: str, patience: float = 40.0) -> OpenBoard:
        """The board as soon as it is another than before."""
        def changed() -> OpenBoard | None:
            try:
                board = open_board()
            except Faults:  # it is busy with what was asked of it
                return None
            return board if board.text != before else None

        return wait_for(changed, what, patience)  # type: ignore[no-any-return]

    def act(self, action: str) -> None:
        """Run one of KiCad's own actions, as a key or a menu would."""
        from kipy.proto.common.commands import editor_commands_pb2 as commands

        opened().board.client.send(commands.RunAction(action=action), commands.RunActionResponse)

    def focus(self) -> None:
        """The mouse over the middle of the sheet, so that keys are the canvas's."""
        self.window.do("mousemove", 600, 450)
        time.sleep(0.3)

    def press_keys(self, what: str, *keys: str) -> bytes:
        """Press keys over the board; what it then is, and it has to be another."""
        before = self.board().text
        for patience in (1.0, 3.0, 9.0):
            self.focus()
            for key in keys:
                self.window.keys(key)
                time.sleep(patience / 3)
            try:
                return self.until_changed(before, what, 5 * patience).text
            except AssertionError:
                self.keep("trust-0-no-answer")
        raise AssertionError(f"waited in vain for {what}")

    def drag(self, uuids: list[str], what: str) -> bytes:
        """Select (all, where nothing is named), M, the mouse somewhere else, a click; again where the machine was too slow."""
        before = self.board().text
        for patience in (1.0, 2.0, 4.0):
            self.focus()
            self.window.keys("Escape", "Escape")
            if uuids:
                self.board().select(uuids)
            else:
                self.window.keys("ctrl+a")
            time.sleep(patience / 2)
            self.window.keys("m")
            for at in ((690, 500), (715, 520), (722, 531)):
                time.sleep(patience / 2)
                self.window.do("mousemove", *at)
            time.sleep(patience / 2)
            self.window.do("click", 1)
            try:
                return self.until_changed(before, what, 5 * patience).text
            except AssertionError:
                continue
        raise AssertionError(f"waited in vain for {what}")

    def open_file(self, board: Path) -> OpenBoard:
        """File > Open…, and the file's path typed."""
        for patience in (1.0, 3.0, 9.0):
            self.focus()
            self.window.keys("Escape", "Escape", "ctrl+o")
            time.sleep(patience)
            if self.window.shown("Open Board"):
                break
        number = self.window.window("Open Board")
        self.window.do("windowraise", number, "windowfocus", number)
        self.window.keys("ctrl+l")
        self.window.do("type", "--delay", 15, board)
        time.sleep(0.5)
        self.window.keys("Return")

        def is_open() -> OpenBoard | None:
            found = opened()
            return found if found.path == str(board) else None

        self.file = board
        return wait_for(is_open, f"{board.name} to be open", 60.0)  # type: ignore[no-any-return]

    def press(self, script: str) -> Press:
        """Press one of the plugin's buttons."""
        return Press(script, self.environment, self.folder / "opened")

    def keep(self, name: str) -> None:
        """Keep a picture of the screen."""
        time.sleep(0.7)  # KiCad draws a moment after it has answered
        self.window.keep(name)


def empty_board(folder: Path, name: str = "demo") -> Path:
    """A board without anything on it, with a project: else its set-up is not to be changed."""
    board = folder / f"{name}.kicad_pcb"
    board.write_text(EMPTY, encoding="utf-8")
    board.with_suffix(".kicad_pro").write_text("{}\n", encoding="utf-8")
    return board


@contextmanager
def desk_with(version: str, put: Callable[[Path], Path] = empty_board) -> Iterator[Desk]:
    """A desk with this KiCad, which shows the board that ``put`` puts into the folder that it is given."""
    folder = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    fill_home(folder, {"enable_server": True, "interpreter_path": sys.executable})
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" >> {folder}/opened\n', encoding="utf-8")
    program.chmod(0o755)
    buffer = folder / "screen"
    buffer.mkdir()
    known = dict(os.environ)
    try:
        with virtual_screen(buffer, "1280x1000") as screen:
            socket = f"ipc://{folder}/kicad/api.sock"
            environment = {**environment_of(folder, screen), "KICAD_API_SOCKET": socket, "BROWSER": f"{program} %s",
                           "XDG_CACHE_HOME": str(folder / "cache")}
            os.environ.update(KICAD_API_SOCKET=socket)
            window = Window(screen, buffer / "Xvfb_screen0", SHOTS / version)
            desk = Desk(version, folder, window, environment)
            desk.file = put(folder)
            kicad = subprocess.Popen([str(REPOSITORY / "scripts/kicad-cli"), version, str(desk.file)], env=environment,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                opened()
                window.fill_with("PCB Editor")
                yield desk
            finally:
                os.killpg(kicad.pid, signal.SIGKILL)
                kicad.wait()
    finally:
        os.environ.clear()
        os.environ.update(known)
        shutil.rmtree(folder, ignore_errors=True)
