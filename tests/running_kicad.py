"""A KiCad that runs: its board editor on a virtual screen in a home of its own, and a browser that only notes what it is
asked to open. Fixtures for every test file (see conftest)."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from overmold.faults import Faults
from overmold.kicad.clauses.sexpr import index
from overmold.kicad.live.board import OpenBoard, open_board
from page_door import behind, secret_in
from paths import PLUGIN

PATIENCE = 90.0
EMPTY = """(kicad_pcb
	(version 20241229)
	(generator "pcbnew")
	(generator_version "9.0")
	(general (thickness 1.6))
	(paper "A4")
	(layers
		(0 "F.Cu" signal)
		(2 "B.Cu" signal)
		(13 "F.Paste" user)
		(5 "F.SilkS" user)
		(1 "F.Mask" user)
		(3 "B.Mask" user)
		(25 "Edge.Cuts" user)
		(31 "F.CrtYd" user)
		(35 "F.Fab" user)
		(33 "B.Fab" user)
	)
	(net 0 "")
)
"""


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes the addresses it is given into the file returned here."""
    program, notes = tmp_path / "browser", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\necho "$1" >> {notes}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return notes


@contextmanager
def virtual_screen(buffer: Path | None = None, size: str = "1280x900") -> Iterator[str]:
    """A virtual screen; its display name. Its picture lies in the folder ``buffer``."""
    if shutil.which("Xvfb") is None:
        if os.environ.get("OVERMOLD_REQUIRE_KICAD"):
            pytest.fail("KiCad is required here, and there is no Xvfb to show it on")
        pytest.skip("there is no Xvfb on this machine; `make kicad` installs it")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    if buffer:
        buffer.mkdir(exist_ok=True)
        command += ["-fbdir", str(buffer)]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as file:
        number = file.readline().strip()
    try:
        yield ":" + number
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen; its display name."""
    with virtual_screen() as name:
        yield name


@pytest.fixture(scope="session")
def a_chromium() -> Iterator[Callable[..., Any]]:
    """Call with more options: a Chromium without a window, as playwright drives it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    reason = "there is no Chromium on this machine; `make kicad` installs it"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program, reason = None, "playwright is not installed"
    if program is None:
        if os.environ.get("OVERMOLD_REQUIRE_KICAD"):
            pytest.fail(f"KiCad is required here, and so is a browser: {reason}")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Without these it asks its maker's hosts for updates; root is not let into its sandbox.
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", "--no-first-run"]
        yield lambda *more: playwright.chromium.launch(executable_path=program, args=[*quiet, *more])


@pytest.fixture(scope="session")
def chromium(a_chromium: Callable[..., Any]) -> Iterator[Any]:
    """One that draws nothing in three dimensions: without a graphics card that would take longer than all the rest."""
    browser = a_chromium("--disable-3d-apis")
    yield browser
    browser.close()


@contextmanager
def new_home() -> Iterator[Path]:
    """A home with a KiCad that has been started before and has its API on; short, for the sake of its socket's name."""
    home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    fill_home(home, {"enable_server": True, "interpreter_path": sys.executable})
    yield home
    shutil.rmtree(home, ignore_errors=True)  # a KiCad that is being ended may still write


def fill_home(home: Path, api: dict[str, object]) -> None:
    """The settings of somebody who has started both KiCads before, with these for the API."""
    settings = {
        "api": api,
        "system": {"first_run_shown": True, "setup_wizard_completed": True},
        "do_not_show_again": {"data_collection_prompt": True, "update_check_prompt": True,
                              "env_var_overwrite_warning": True},
    }
    for version in ("9.0", "10.0"):
        folder = home / ".config/kicad" / version
        folder.mkdir(parents=True)
        (folder / "kicad_common.json").write_text(json.dumps(settings), encoding="utf-8")
        for table in ("fp_lib_table", "sym_lib_table", "design_block_lib_table"):
            (folder / table.replace("_", "-")).write_text(f"({table}\n  (version 7)\n)\n", encoding="utf-8")


def environment_of(home: Path, screen: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KICAD", "XDG_"))}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "DISPLAY": screen, "OVERMOLD_KICAD_PROGRAM": "pcbnew",
            "LC_ALL": "C.UTF-8"}


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


def close_kicad(home: Path, program: str = "") -> None:
    """End every process that has its home there (and is called ``program``), the hard way."""
    mark = f"HOME={home}".encode()
    for folder in Path("/proc").iterdir():
        try:
            if not folder.name.isdigit() or (program and (folder / "comm").read_text().strip() != program):
                continue
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)
        except OSError:
            continue


def clauses(text: bytes) -> Counter[bytes]:
    """Everything that stands in a board by itself, but for the table of layers, which grows, and that of nets."""
    found = index(text, "board", ("kicad_pcb",))
    top = (text[int(found.start[clause]):int(found.end[clause])] for clause in found.inside(0).tolist())
    return Counter(clause for clause in top if not clause.startswith((b"(layers", b"(net ")))


class Press:
    """One press of a button: the script runs as KiCad runs it, and what it shows is asked for as a browser would."""

    def __init__(self, script: str, environment: dict[str, str], notes: Path) -> None:
        self.script, self.is_closed = script, False
        before = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        command = [sys.executable, script]
        self.process = subprocess.Popen(command, cwd=PLUGIN, env=environment, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + PATIENCE
        shown: list[str] = []
        while len(shown) <= len(before):
            assert time.monotonic() < end, "no page was opened"
            assert self.process.poll() in (None, 0), self.process.communicate()[1]
            time.sleep(0.05)
            shown = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
        self.address = shown[-1]
        self.cookie = self.secret = self.tab = ""
        self.page = self._get()

    def _get(self) -> str:
        file = Path(unquote(self.address.removeprefix("file://")))
        self.is_live = file.name.startswith("open-")
        if not self.is_live:
            return file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o777 == 0o600
        port, token = behind(self.address)
        self.host = f"127.0.0.1:{port}"
        answer = self.request("POST", "/enter", f"token={token}".encode(), Origin="null")
        assert answer.status == 200
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.secret = secret_in(answer.read().decode())
        return self._load()

    def _load(self) -> str:
        """The page anew, in the same tab."""
        answer = self.request("GET", "/")
        assert answer.status == 200
        page = answer.read().decode()
        old, found = self.tab, re.search(r'data-tab="([^"]+)"', page)
        assert found is not None
        self.tab = found[1]
        self.request("POST", "/do/heartbeat")
        if old:
            self._leave(old)
        return page

    def _leave(self, tab: str) -> None:
        self.request("POST", "/do/goodbye", json.dumps({"X-Overmold-Tab": tab, "X-Overmold-Secret": self.secret}).encode())

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> HTTPResponse:
        """Whatever the server answers."""
        connection = HTTPConnection(self.host, timeout=PATIENCE)
        own = {"Host": self.host, "Origin": f"http://{self.host}", "Cookie": self.cookie, "X-Overmold-Secret": self.secret,
               "X-Overmold-Tab": self.tab}
        connection.request(method, path, body or None, {**own, **headers})
        return connection.getresponse()

    def act(self, name: str, **data: object) -> dict[str, Any]:
        """Call an action of the page, and load the page anew."""
        answer = self.request("POST", f"/do/{name}", json.dumps(data).encode(), **{"Content-Type": "application/json"})
        assert answer.status == 200, answer.read()
        said: dict[str, Any] = json.loads(answer.read())
        self.page = self._load()
        return said

    @property
    def words(self) -> str:
        """What a person reads on the page, less the script and the style."""
        text = re.sub(r"<(style|script).*?</\1>", "", self.page, flags=re.S)
        return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", text).split()))

    def close(self) -> None:
        """Close the page. Its script ends a little later, see ``ended``."""
        self.is_closed = True
        if self.is_live:
            self._leave(self.tab)

    def ended(self) -> int:
        """The exit code of the script, as soon as it has noticed that its page was closed."""
        return self.process.wait(PATIENCE)
