"""The page of *Check package* over a board that is open in a running KiCad."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys

from kicad_desk import Desk
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.settings import read_settings
from running_kicad import opened
from variants import demo


def test_a_press_shows_the_board_explains_itself_and_is_judged_as_chosen(desk: Desk) -> None:
    desk.show(board_file(demo()).decode().replace('"315 um ± 15 um"', '"440 um ± 15 um"'))
    board = opened()
    press = desk.press("check_package.py")
    drawn = [base64.b64decode(one).decode() for one in re.findall(r"svg\+xml;base64,([^\"]+)\"", press.page)]
    assert len(drawn) == 2
    assert all("U1" in picture and "broken" in re.sub(r"<style>.*?</style>", "", picture, flags=re.S) for picture in drawn)
    # A click is answered in words, with what is now selected; what is drawn nowhere is said to be.
    numbers = sorted({int(number) for number in re.findall(r'data-target="(\d+)"', press.page)})
    said = press.act("show", target=numbers[0])
    assert "selected in KiCad" in said["done"]
    assert read_board(board.text, board.name).place("chips.U1").uuid in board.selected()
    # The filter, the explanation, and what is taken along.
    assert "cover-not-half-to-twice-gap" in press.act("page", words="chips.U1", severity="error")["page"]
    assert 'id="rule-' not in press.act("page", words="no such part", severity="")["page"]
    assert press.act("explain", rule="chip-not-covered")["text"].startswith("chip-not-covered  (claims)")
    assert press.act("explain", rule="no-such-rule")["faults"]
    assert json.loads(press.act("report", format="json")["text"])["reports"][0]["verdict"] == "broken"
    saved = press.act("report", format="html")
    assert saved["name"] == "demo.check.html"
    assert 'http-equiv="Content-Security-Policy"' in saved["text"]  # a page that stands for itself runs its own scripts alone
    assert "id=\"again\"" not in saved["text"]
    # Judged another way this once, without a file; then as the project says from now on, for the command too.
    house = re.findall(r'name="house" value="([^"]+)"', press.page)[0]
    choice = {"houses": [house], "decks": [], "strict": True, "complete": False}
    assert "nothing was written" in press.act("judge", **choice, write=False)["done"]
    assert press.act("again", show="selection", keep=False) == {"done": True}
    assert f"house {house}; warnings break the check too" in press.words
    file = desk.folder / "overmold.settings.yaml"
    assert not file.exists()
    assert str(file) in press.act("judge", **choice, write=True)["done"]
    press.act("again", show="selection", keep=False)
    settings = read_settings(file)
    assert (settings.houses, settings.strict, settings.complete) == ((house,), True, False)
    assert f"as {file} says" in press.words
    done = subprocess.run([sys.executable, "-m", "overmold", "drc", "demo.kicad_pcb", "--format", "json"], cwd=desk.folder,
                          capture_output=True, text=True, check=False)
    (report,) = json.loads(done.stdout)["reports"]
    assert (report["verdict"], report["strict"]) == ("broken", True)
    assert report["settings"].endswith("overmold.settings.yaml")
    press.close()
