"""From a starter to a placed, kept and saved board without a line of YAML: beside a running KiCad, by mouse and by keys."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from editing import field, retype, settle, tab_to
from kicad_desk import Desk
from kicad_window import Window
from overmold.check import check
from overmold.compare import drift
from overmold.kicad.reading import read_board
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from paths import PLUGIN, REPOSITORY
from running_kicad import EMPTY, opened, undo
from waiting import wait_for

SHOTS = REPOSITORY / "build/screenshots"


class Pressed:
    """*Place package*, pressed: its script as KiCad runs it, and its page in a browser."""

    def __init__(self, environment: dict[str, str], notes: Path, context: Any) -> None:
        before = lines(notes)
        self.process = subprocess.Popen([sys.executable, "place_package.py"], cwd=PLUGIN, env=environment)
        address = wait_for(lambda: lines(notes)[len(before):], "the page of the button")[0]
        self.page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_selector("#choice:not([hidden])")

    def close(self) -> None:
        self.page.close()
        assert self.process.wait(60) == 0
        assert self.said == []


def lines(notes: Path) -> list[str]:
    return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


def kept_and_saved(spec: Path, board: Path, window: Window) -> None:
    """Save in KiCad as somebody does; what then stands on the disk is the package, and a headless check keeps it."""
    before = board.stat().st_mtime_ns
    number = window.window("PCB Editor")
    window.do("windowfocus", number)
    window.do("key", "--window", number, "ctrl+s")
    wait_for(lambda: board.stat().st_mtime_ns != before and board.read_bytes().rstrip().endswith(b")"), "KiCad to save")
    package = read_package_file(spec)
    saved = read_board(board.read_bytes(), str(board))
    assert drift(saved, package) == ()
    assert check(saved, load_deck()).errors == 0
    done = subprocess.run([sys.executable, "-m", "overmold", "drc", "-q", str(board)], cwd=PLUGIN,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("KEPT: ")


@pytest.fixture
def context(chromium: Any) -> Any:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def test_from_a_starter_to_a_placed_kept_and_saved_board_by_mouse_and_then_by_keys_alone(desk: Desk, context: Any) -> None:
    desk.show(EMPTY)
    album = SHOTS / desk.version
    album.mkdir(parents=True, exist_ok=True)
    board = desk.folder / "demo.kicad_pcb"
    with_the_mouse(Pressed(desk.environment, desk.notes, context), album)
    spec = desk.folder / "FCQFN-24_5x5mm_P0.5mm.yaml"
    assert "cap: 318 um ± 15 um" in spec.read_text(encoding="utf-8")
    kept_and_saved(spec, board, desk.window)
    desk.keep("editor-6-placed")
    undo(opened())
    with_keys_alone(Pressed(desk.environment, desk.notes, context), album)
    spec = desk.folder / "MINE-144.yaml"
    text = spec.read_text(encoding="utf-8")
    assert "skip: [C3]" in text
    assert "filler: 20 um" in text
    assert ",C3\n" not in spec.with_name("MINE-144_nets.csv").read_text(encoding="utf-8")
    kept_and_saved(spec, board, desk.window)
    changed_where_it_is(Pressed(desk.environment, desk.notes, context), spec, album)
    kept_and_saved(spec, board, desk.window)


def with_the_mouse(pressed: Pressed, album: Path) -> None:
    page = pressed.page
    page.screenshot(path=album / "editor-0-choice.png")
    page.click("#begin-kind")
    page.click("label[for=kind-qfn]")
    page.screenshot(path=album / "editor-1-kinds.png")
    page.click("#start")
    page.wait_for_selector("#form .part")
    settle(page)
    page.click(field("mold", "cap"))
    page.fill(field("mold", "cap"), "318 um ± 15 um")
    page.wait_for_selector("#verdict .badge.good")
    settle(page)
    page.screenshot(path=album / "editor-2-form.png")
    page.click("#next")
    page.wait_for_selector("#look")
    page.wait_for_selector("#form:not([hidden])")
    assert page.input_value("#file").endswith("FCQFN-24_5x5mm_P0.5mm.yaml")
    page.click("#look")
    page.wait_for_selector("#plan:not([hidden])")
    page.click("#place")
    page.wait_for_selector("#done:not([hidden])")
    page.screenshot(path=album / "editor-3-placed.png")
    pressed.close()


def with_keys_alone(pressed: Pressed, album: Path) -> None:
    page = pressed.page
    tab_to(page, "#begin-kind", back=True)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kind-bga")
    tab_to(page, "#kind-bga")
    tab_to(page, "#new-name")
    retype(page, "MINE-144")
    page.keyboard.press("Enter")
    page.wait_for_selector("#form .part")
    settle(page)
    tab_to(page, field("mold", "filler"))
    retype(page, "20 um")
    settle(page)
    tab_to(page, "#array")
    page.keyboard.type("Balls")
    tab_to(page, "#sites")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    settle(page)
    tab_to(page, "#empty", back=True)
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict .badge.good")
    settle(page)
    page.screenshot(path=album / "editor-4-keys.png")
    tab_to(page, "#next", back=True)
    page.keyboard.press("Enter")
    page.wait_for_selector("#look")
    page.wait_for_selector("#form:not([hidden])")
    tab_to(page, "#look")
    page.keyboard.press("Enter")
    page.wait_for_selector("#plan:not([hidden])")
    tab_to(page, "#place")
    page.keyboard.press("Enter")
    page.wait_for_selector("#done:not([hidden])")
    pressed.close()


def changed_where_it_is(pressed: Pressed, spec: Path, album: Path) -> None:
    """The file that was placed is edited again; on the board only that changes. And what is selected can be edited."""
    page = pressed.page
    before = spec.read_text(encoding="utf-8")
    assert page.input_value("#file") == str(spec)
    page.click("#edit")
    page.wait_for_selector("#form .part")
    settle(page)
    page.fill(field("max_height"), "1.3 mm")
    settle(page)
    page.click("#next")
    page.wait_for_selector("#look")
    page.wait_for_selector("#form:not([hidden])")
    assert spec.read_text(encoding="utf-8") == before.replace("max_height: 1.2 mm", "max_height: 1.3 mm")
    page.click("#look")
    page.wait_for_selector("#plan:not([hidden])")
    assert page.locator("#changes .check").count() == 1
    page.click("#place")
    page.wait_for_selector("#done:not([hidden])")
    page.click("#begin-selection")
    page.wait_for_selector("#form .part")
    settle(page)
    page.screenshot(path=album / "editor-5-selection.png")
    assert page.input_value(field("max_height")) == "1.3 mm"
    page.click("#leave")
    page.click("#yes")
    page.wait_for_selector("#look")
    pressed.close()
