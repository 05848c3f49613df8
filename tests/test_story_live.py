"""The story told once through, in each KiCad, as a designer lives it.

A customer's board gets the land pattern of a package. The package's carrier gets its own board, is routed a little, set up,
moved, checked and changed; what was changed goes back into the package file; and in the end the page, the command and KiCad's
own check say the same of what was saved.

Pictures of every step are in build/screenshots.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from board_setup import import_settings, ok_in_physical_stackup
from conftest import KicadCli
from kicad_desk import Desk, empty_board
from kicads_check import Judge, saved
from overmold.cli import main
from overmold.kicad.reading import read_board, read_board_as_far_as_it_goes
from overmold.package_file import read_package_file
from paths import DEMO, OFFICIAL_DEMOS, PLUGIN
from place_form import do, placed, plan_of
from waiting import wait_for

ROUTED = (("A3", "A4"), ("A6", "A7"), ("A13", "A14"))  # bumps side by side on one net


def customers_board(folder: Path) -> Path:
    """A board of KiCad's demos, with its project, its schematic and its libraries."""
    source = OFFICIAL_DEMOS / "stickhub"
    if not source.exists():
        pytest.skip("KiCad's demo boards are not installed; `make kicad` brings them")
    shutil.copytree(source, folder / "customer")
    return folder / "customer/StickHub.kicad_pcb"


def test_from_a_customers_board_to_a_carrier_that_all_checks_agree_about(
    desk: Desk, kicad_cli: KicadCli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = Judge(kicad_cli, desk.version)
    desk.open_file(customers_board(desk.folder))
    the_land_pattern_on_the_customers_board(desk, judge)
    file = a_board_for_the_carrier(desk)
    package = read_package_file(file)
    placed_and_routed(desk, file)
    set_up_and_moved(desk, file)
    checked(desk, file)
    one_part_moved_and_taken_over(desk, file)
    page = checked(desk, file)
    board = saved(desk.file)
    desk.keep("story-9-saved")
    assert judge(board) == Counter()
    assert headless(board, file) == page
    built = built_from(file, tmp_path)
    assert numbers(headless(built, file)) == numbers(page)
    assert judge(built) == Counter()
    assert judge.unrouted(built) - judge.unrouted(board) == len(ROUTED)
    assert read_package_file(file).name == package.name
    capsys.readouterr()


def the_land_pattern_on_the_customers_board(desk: Desk, judge: Judge) -> None:
    before = judge(saved(desk.file))
    desk.keep("story-0-customer")
    done = placed(desk.form(), DEMO)
    assert (done["mode"], len(done["changes"])) == ("pattern", 1)
    desk.keep("story-1-land-pattern")
    assert judge(saved(desk.file)) - before == Counter()
    press = desk.press("check_package.py")
    assert f"this is a customer's board: {done['reference']} is where" in press.words
    press.close()


def a_board_for_the_carrier(desk: Desk) -> Path:
    """Another project with an empty board, opened in the same KiCad; its package file."""
    folder = desk.folder / "carrier"
    folder.mkdir()
    for name in ("demo.yaml", "demo_nets.csv"):
        shutil.copy(DEMO.parent / name, folder)
    desk.open_file(empty_board(folder, "carrier"))
    return folder / "demo.yaml"


def placed_and_routed(desk: Desk, file: Path) -> None:
    assert desk.form().act("begin")["files"] == [str(file)]
    assert placed(desk.form(), file, x="100", y="100")["mode"] == "own"
    route(desk)
    desk.keep("story-2-routed")


def route(desk: Desk) -> None:
    """Tracks from bump to bump."""
    from kipy.board_types import BoardLayer, Net, Track
    from kipy.geometry import Vector2

    board = desk.board()
    (chip,) = read_board(board.text, board.name).chips
    assert chip.bumps is not None
    number = {name: i for i, name in enumerate(chip.bumps.sites.names)}
    tracks = []
    for ends in ROUTED:
        one, other = (number[name] for name in ends)
        assert chip.bumps.nets[one] == chip.bumps.nets[other] != ""
        track = Track()
        track.start, track.end = (Vector2.from_xy(*map(int, chip.bumps.sites.xy[i])) for i in (one, other))
        track.width, track.layer, track.net = 25_000, BoardLayer.BL_F_Cu, Net()
        track.net.name = chip.bumps.nets[one]
        tracks.append(track)
    with board.one_step("routed"):
        board.board.create_items(tracks)
    assert desk.board().text.count(b"(segment") == len(ROUTED)


def set_up_and_moved(desk: Desk, file: Path) -> None:
    """OK in Physical Stackup, all of it moved; the page says what differs, and the settings that came with it mend that."""
    ok_in_physical_stackup(desk, "story-3-stackup")
    before, after = desk.board().text, desk.drag([], "a move of everything")
    was, now = ([one.at for one in read_board_as_far_as_it_goes(text, "b").passives] for text in (before, after))
    assert len({(x - old_x, y - old_y) for (x, y), (old_x, old_y) in zip(now, was)} - {(0, 0)}) == 1
    desk.keep("story-4-moved")
    press = desk.press("check_package.py")
    assert "Board Setup > Physical Stackup says otherwise (mask: 10 um; copper: 35 um" in press.words
    press.close()
    plan = plan_of(desk)
    assert [(one["id"], one["ticked"]) for one in plan["changes"]] == [("changed carrier.stackup", False)]
    donor = next(file.parent.glob("*.settings/*.kicad_pcb"))
    import_settings(desk.window, desk.board(), donor)
    desk.keep("story-5-set-up")
    plan = plan_of(desk)
    assert (plan["changes"], plan["takes"]) == ([], [])


def checked(desk: Desk, file: Path) -> dict[str, Any]:
    """What the page says of the open board, as its report has it."""
    press = desk.press("check_package.py")
    assert f"{read_package_file(file).name} KEPT" in press.words
    assert "says otherwise" not in press.words
    (report,) = json.loads(press.act("report", format="json")["text"])["reports"]
    press.close()
    return verdict_of(report)


def one_part_moved_and_taken_over(desk: Desk, file: Path) -> None:
    board, before = desk.board(), file.read_text(encoding="utf-8")
    was = {one.name: one.at for one in read_board(board.text, "b").passives}
    board.select([read_board(board.text, "b").place("passives.C1").uuid])
    move_exactly(desk, "0.2")
    now = {one.name: one.at for one in read_board(desk.board().text, "b").passives}
    assert now == {**was, "C1": (was["C1"][0] + 200_000, was["C1"][1])}
    desk.keep("story-6-C1-moved")
    plan = plan_of(desk)
    assert [(one["id"], one["ticked"]) for one in plan["changes"]] == [("moved passives.C1", False)]
    do(desk, "take", "take passives.C1.at")
    assert file.read_text(encoding="utf-8") == before.replace("{name: C1, size: \"01005\", at: [3.6 mm, 0 mm]",
                                                              "{name: C1, size: \"01005\", at: [3.8 mm, 0 mm]")
    assert plan_of(desk)["changes"] == []


def move_exactly(desk: Desk, millimetres: str) -> None:
    """What is selected, to the right: Move Exactly…, as its key does it."""
    desk.focus()
    before = desk.board().text
    desk.window.keys("shift+m")
    number = desk.window.window("Move Item")
    desk.window.do("windowfocus", number)
    desk.window.keys("ctrl+a")
    desk.window.do("type", "--delay", 20, f"{millimetres} mm")
    desk.window.keep("story-7-move-exactly")
    desk.window.keys("Return")
    wait_for(lambda: not desk.window.shown("Move Item"), "the dialog to close")
    desk.until_changed(before, "C1 to be moved")


def headless(board: Path, file: Path) -> dict[str, Any]:
    """What ``overmold drc`` says of a saved board."""
    done = subprocess.run([sys.executable, "-m", "overmold", "drc", str(board), "--spec", str(file), "--format", "json"],
                          cwd=PLUGIN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)["reports"]
    assert report["drift"] == []
    return verdict_of(report)


def verdict_of(report: dict[str, Any]) -> dict[str, Any]:
    """The verdict and all that was measured, whatever the board is called."""
    return {key: report[key] for key in ("verdict", "rules", "claims", "not_checked")}


def numbers(report: dict[str, Any]) -> dict[str, Any]:
    """What was measured by each rule, wherever on the board."""
    return {one["rule"]: (one["status"], sorted(str([reading[key] for key in ("value", "low", "high", "margin")])
                                                for reading in one["readings"])) for one in report["rules"]}


def built_from(file: Path, folder: Path) -> Path:
    """The board that ``overmold build`` makes of the package file."""
    assert main(["build", str(file), "-o", str(folder)]) == 0
    return next(folder.glob("*.kicad_pcb"))
