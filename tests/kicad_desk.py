"""Somebody at a desk: a running KiCad with its keys, its mouse and the buttons of the plugin.

One KiCad of each version serves all tests of a run: whoever asks for ``desk`` gets it with an empty project, and shows it a
board. One that has been closed, or does not answer any more, is started anew.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from kicad_window import Window
from overmold.faults import Faults
from overmold.kicad.live.board import OpenBoard, open_board
from paths import REPOSITORY
from running_kicad import EMPTY, Press, environment_of, new_home, opened, virtual_screen
from waiting import wait_for

SHOTS = REPOSITORY / "build/screenshots"
TITLE = "PCB Editor"
_ITS_OWN = ("kicad", "browser", "screen")  # the folder of its socket, and what it is shown with


class Desk:
    """A KiCad of one version with its board editor open; ``folder`` is its home and the project's folder."""

    def __init__(self, version: str, folder: Path, window: Window, environment: dict[str, str]) -> None:
        self.version, self.folder, self.window, self.environment = version, folder, window, environment
        self.file = empty_board(folder)
        self.pressed: list[Press] = []  # by the test that runs
        command = [str(REPOSITORY / "scripts/kicad-cli"), version, str(self.file)]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)

    def show(self, text: str | bytes) -> OpenBoard:
        """Have the editor show another board in the place of the one it has."""
        self.window.keys("Escape", "Escape")
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        opened().board.revert()
        return opened()

    def answers(self) -> bool:
        """Whether its KiCad is there, and not behind a dialog that somebody has left open."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KICAD_API_SOCKET", self.environment["KICAD_API_SOCKET"])
            try:
                return self.process.poll() is None and bool(open_board())
            except Faults:
                return False

    def tidy_up(self) -> None:
        """Forget what was done, whatever it was: no choices, no files but those of an empty project, no board but its own."""
        if self.file.parent != self.folder:
            self.open_file(empty_board(self.folder))
        for path in self.folder.iterdir():
            if path.name not in _ITS_OWN and not path.name.startswith((".", "~")):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(self.folder / ".cache/overmold", ignore_errors=True)
        empty_board(self.folder)

    @property
    def notes(self) -> Path:
        """The file with the addresses that the browser was asked to open."""
        return self.folder / "opened"

    def remembered(self, name: str) -> list[str]:
        """What the buttons remember of the board that is open."""
        file = self.folder / ".cache/overmold" / name
        found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return found.get(opened().path, [])

    def is_modified(self) -> bool:
        """Whether KiCad's title says that there is something to save."""
        return self.window.do("getwindowname", self.window.window(TITLE)).startswith("*")

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
        """Keys are the canvas's: the editor has the focus, and the mouse comes from outside to the middle of the sheet."""
        self.window.do("windowfocus", self.window.window(TITLE))
        self.window.do("mousemove", 1150, 960)
        time.sleep(0.2)
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
                return self.until_changed(before, what, 10 + 5 * patience).text  # two answers to one wish are no help
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
                return self.until_changed(before, what, 10 + 5 * patience).text
            except AssertionError:
                continue
        raise AssertionError(f"waited in vain for {what}")

    def open_file(self, board: Path) -> OpenBoard:
        """File > Open…, and the file's path typed; what was not saved before is given up."""
        if self.is_modified():
            self.show(self.file.read_bytes())
        board.with_name(f"_autosave-{board.name}").unlink(missing_ok=True)
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

    def keys(self, *names: str) -> None:
        """Press keys over the drawing."""
        self.focus()
        self.window.keys(*names)

    def press(self, script: str) -> Press:
        """Press one of the plugin's buttons."""
        self.pressed.append(Press(script, self.environment, self.notes))
        return self.pressed[-1]

    def form(self) -> Press:
        """The page of *Place package*, which stays open as long as the test runs."""
        known = [one for one in self.pressed if one.script == "place_package.py" and not one.is_closed]
        return known[-1] if known else self.press("place_package.py")

    def leave(self) -> None:
        """Close every page, and see that every script ends well."""
        pressed, self.pressed = self.pressed, []
        for one in pressed:
            if not one.is_closed:
                one.close()
        assert [one.ended() for one in pressed] == [0] * len(pressed)

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
def desk_with(version: str) -> Iterator[Desk]:
    """A desk with this KiCad, which shows an empty board."""
    with new_home() as folder, virtual_screen(folder / "screen", "1280x1000") as screen:
        program = folder / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >> {folder}/opened\n', encoding="utf-8")
        program.chmod(0o755)
        socket = f"ipc://{folder}/kicad/api.sock"
        environment = {**environment_of(folder, screen), "KICAD_API_SOCKET": socket, "BROWSER": f"{program} %s"}
        desk = Desk(version, folder, Window(screen, folder / "screen/Xvfb_screen0", SHOTS / version), environment)
        try:
            wait_for(desk.answers, f"KiCad {version}")
            desk.window.fill_with(TITLE)
            yield desk
        finally:
            with suppress(ProcessLookupError):
                os.killpg(desk.process.pid, signal.SIGKILL)
            desk.process.wait()


class Desks:
    """The desks of a run, one of each version, each made when it is asked for."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[Desk, ExitStack]] = {}

    def at(self, version: str) -> Desk:
        """The desk of this version; a new one where its KiCad has gone."""
        desk, rest = self.made.get(version, (None, ExitStack()))
        if desk is None or not desk.answers():
            rest.close()
            desk = rest.enter_context(desk_with(version))
            self.made[version] = desk, rest
        return desk

    def close(self) -> None:
        """End all of them."""
        for _, rest in self.made.values():
            rest.close()


@pytest.fixture(scope="session")
def desks() -> Iterator[Desks]:
    """The KiCads of this run."""
    made = Desks()
    yield made
    made.close()


@pytest.fixture
def desk(desks: Desks, kicad_version: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A KiCad of this version that has an empty project and nothing to remember; whatever it shows is to be shown first."""
    found = desks.at(kicad_version)
    monkeypatch.setenv("KICAD_API_SOCKET", found.environment["KICAD_API_SOCKET"])
    found.tidy_up()
    yield found
    found.leave()
