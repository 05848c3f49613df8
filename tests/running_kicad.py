"""A KiCad that runs: its board editor on a virtual screen in a home of its own, and a browser that only notes what it is
asked to open. Fixtures for every test file (see conftest)."""

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

from overmold.faults import Faults
from overmold.kicad.live.board import OpenBoard, open_board
from paths import REPOSITORY

PATIENCE = 90.0
Editor = Callable[[str], "dict[str, str]"]


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
def kicad_user() -> Iterator[Path]:
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


@pytest.fixture
def editor(
    kicad_version: str, screen: str, kicad_user: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], dict[str, str]]]:
    """Call with a board's text: KiCad's board editor opens it; gives the environment in which the plugin runs."""
    running: list[subprocess.Popen[bytes]] = []

    def start(text: str) -> dict[str, str]:
        board = kicad_user / "demo.kicad_pcb"
        board.write_text(text, encoding="utf-8")
        environment = environment_of(kicad_user, screen)
        program = [str(REPOSITORY / "scripts/kicad-cli"), kicad_version, str(board)]
        quiet = subprocess.DEVNULL
        running.append(subprocess.Popen(program, env=environment, stdout=quiet, stderr=quiet, start_new_session=True))
        socket = f"ipc://{kicad_user}/kicad/api.sock"
        monkeypatch.setenv("KICAD_API_SOCKET", socket)
        return {**environment, "KICAD_API_SOCKET": socket}

    yield start
    for kicad in running:
        # KiCad may be the child of proot, which does not pass a request to end on.
        os.killpg(kicad.pid, signal.SIGKILL)
        kicad.wait()


def opened() -> OpenBoard:
    """The board, as soon as KiCad gives it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return open_board()
        except Faults:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def undo(board: OpenBoard) -> None:
    """One undo, as ctrl+z does it."""
    from kipy.proto.common.commands import editor_commands_pb2 as commands

    board.board.client.send(commands.RunAction(action="common.Interactive.undo"), commands.RunActionResponse)


def close_kicad(home: Path) -> None:
    """End every process that has its home there, the hard way."""
    mark = f"HOME={home}".encode()
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)
        except OSError:
            continue
