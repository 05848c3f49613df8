"""Somebody at a desk: one running KiCad for many tests, with its keys, its mouse and the buttons of the plugin."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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

    def press(self, script: str) -> Press:
        """Press one of the plugin's buttons."""
        return Press(script, self.environment, self.folder / "opened")

    def keep(self, name: str) -> None:
        """Keep a picture of the screen."""
        time.sleep(0.7)  # KiCad draws a moment after it has answered
        self.window.keep(name)


@contextmanager
def desk_with(version: str) -> Iterator[Desk]:
    """A desk with this KiCad, which shows an empty board."""
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
            desk.file.write_text(EMPTY, encoding="utf-8")
            desk.file.with_suffix(".kicad_pro").write_text("{}\n", encoding="utf-8")  # else its set-up is not to be changed
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
