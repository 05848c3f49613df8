"""The whole way as a user goes it: installed by the command, set up by KiCad, pressed in its toolbar, answered in a browser.

Each step leaves a picture in build/screenshots.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kicad_window import Window
from overmold.kicad.live.board import OpenBoard
from overmold.kicad.reading import read_board
from paths import DEMO, PLUGIN, REPOSITORY
from running_kicad import EMPTY, close_kicad, fill_home, opened, undo, virtual_screen
from waiting import wait_for

ICONS = PLUGIN / "icons"
SHOTS = REPOSITORY / "build/screenshots"
SETTING_UP = 240.0  # KiCad makes the plugin's environment, with packages from the network


class User:
    """Somebody at a screen with a KiCad in which Overmold was installed by its command; ``home`` is theirs."""

    def __init__(self, version: str, home: Path, window: Window, chromium: Any) -> None:
        self.version, self.home, self.window = version, home, window
        self.notes = home / "opened"
        self.pages = chromium.new_context(viewport={"width": 1280, "height": 1120})  # the form, whole
        program = home / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >> {self.notes}\n', encoding="utf-8")
        program.chmod(0o755)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("KICAD", "XDG_"))}
        self.environment = {**kept, "HOME": str(home), "TMPDIR": str(home), "DISPLAY": window.display, "LC_ALL": "C.UTF-8",
                            "BROWSER": f"{program} %s", "OVERMOLD_KICAD_PROGRAM": "pcbnew"}

    def overmold(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        return subprocess.run([sys.executable, "-m", "overmold", *arguments], cwd=PLUGIN, env=self.environment, check=False,
                              capture_output=True, text=True)

    def start(self, board: Path) -> None:
        """Open a board in KiCad's board editor, over the whole screen."""
        command = [str(REPOSITORY / "scripts/kicad-cli"), self.version, str(board)]
        subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         start_new_session=True)
        self.window.fill_with("PCB Editor")

    def press(self, icon: str, name: str) -> Any:
        """Press the button with this icon; the page that then opens, in the browser."""
        before = len(self._opened())
        self.window.click(self.window.find(ICONS / f"{icon}_light_24.png", SETTING_UP))
        address = wait_for(lambda: self._opened()[before:], "a page of the button")[0]
        page = self.pages.new_page()
        page.goto(address)
        page.wait_for_load_state()
        self.keep(name, page)
        return page

    def _opened(self) -> list[str]:
        return self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []

    def keep(self, name: str, page: Any = None) -> None:
        """Keep a picture of the page, or of the screen."""
        if page is None:
            time.sleep(0.5)  # KiCad draws a moment after it has answered
            self.window.keep(name)
        else:
            page.screenshot(path=SHOTS / self.version / f"{name}.png", full_page=True)


@pytest.fixture
def user(kicad_version: str, chromium: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """In a clean home, with the README's install steps behind them."""
    home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    monkeypatch.setenv("KICAD_API_SOCKET", f"ipc://{home}/kicad/api.sock")
    fill_home(home, {"enable_server": False})
    with virtual_screen(home, "1600x1000") as display:
        somebody = User(kicad_version, home, Window(display, home / "Xvfb_screen0", SHOTS / kicad_version), chromium)
        done = somebody.overmold("kicad", "install", "--yes", "--version", f"{kicad_version}.0")
        assert done.returncode == 0, done.stderr
        yield somebody
        somebody.pages.close()
        close_kicad(home)
    shutil.rmtree(home, ignore_errors=True)


def move(board: OpenBoard, reference: str, by_mm: float) -> None:
    """Move a footprint to the right, as somebody does by hand."""
    from kipy.geometry import Vector2
    from kipy.util.units import from_mm

    found = next(one for one in board.board.get_footprints() if one.reference_field.text.value == reference)
    found.position = found.position + Vector2.from_xy(from_mm(by_mm), 0)
    commit = board.board.begin_commit()
    board.board.update_items(found)
    board.board.push_commit(commit, "moved by hand")


def verdicts(page: Any) -> dict[str, str]:
    """Every rule with its verdict, as the page has them."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    rows = page.locator("tbody tr").filter(has=page.locator("td.name"))
    return {row.locator("td.name").inner_text(): row.locator(".badge").inner_text() for row in rows.all()}


@pytest.mark.long
def test_placed_checked_broken_mended_and_saved_the_headless_check_says_what_the_button_said(user: User) -> None:
    board = user.home / "mine.kicad_pcb"
    board.write_text(EMPTY, encoding="utf-8")
    shutil.copy(DEMO, user.home / "mine.yaml")
    shutil.copy(DEMO.parent / "demo_nets.csv", user.home)
    user.start(board)

    form = user.press("place", "01-form")
    user.keep("00-buttons")
    form.wait_for_selector("#form:not([hidden])")
    assert form.input_value("#file").endswith("mine.yaml")
    form.press("#file", "Enter")
    form.wait_for_selector("#plan:not([hidden])")
    assert form.inner_text("#place") == "Place 7 of 7"
    user.keep("02-what-will-be-done", form)
    form.click("#place")
    form.wait_for_selector("#done:not([hidden])")
    assert "6 footprints and 1 outline placed" in form.inner_text("#done")
    form.close()
    user.keep("03-placed")
    placed = opened()

    page = user.press("check", "04-kept")
    assert "KEPT" in page.inner_text(".verdict")
    move(placed, "C1", 1.6)
    page.click("#again")
    page.wait_for_selector(".verdict .bad")
    assert "passive-not-inside-mold" in page.inner_text("main")
    user.keep("05-broken", page)
    finding = page.locator("details.finding", has_text="passive-not-inside-mold").locator("[data-target]").first
    finding.focus()
    page.keyboard.press("Enter")
    c1 = read_board(placed.text, "b").place("passives.C1").uuid
    wait_for(lambda: c1 in opened().selected(), "C1 to be selected")
    user.keep("06-finding-clicked")

    opened().board.save()
    said = json.loads(user.overmold("drc", "--format", "json", str(board)).stdout)["reports"][0]
    words = {"kept": "kept", "broken": "BROKEN", "warned": "warning", "noted": "noted", "not checked": "not checked",
             "not applicable": "n/a", "silenced": "silenced"}
    assert verdicts(page) == {rule["rule"]: words[rule["status"]] for rule in said["rules"]}
    assert said["verdict"] == "broken"

    # What the button did to the board is nothing: back over the move, and over the package, with KiCad's own key.
    while opened().text != placed.text:
        undo(opened())
    page.click("#again")
    page.wait_for_selector(".verdict .good")
    page.close()
    user.window.click((700, 900))
    user.window.keys("ctrl+z")  # the checks have added no step
    wait_for(lambda: b"FCCSP" not in opened().text, "ctrl+z to take the package back", 20)
    user.keep("07-undone")
    doctor = user.overmold("kicad", "doctor", "--version", f"{user.version}.0").stdout
    assert f"answers as KiCad {user.version}." in doctor
    if user.version == "9":  # the other lives in a root of its own, where its Python is
        assert "PROBLEM" not in doctor
    log = (user.home / ".cache/overmold/overmold.log").read_text(encoding="utf-8")
    assert "error" not in log.replace("errors", "").replace("1 error,", "").replace("2 errors", "")
