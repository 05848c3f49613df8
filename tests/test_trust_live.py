"""A designer at a running KiCad: moves, turns, edits, undoes, presses OK in dialogs, and then the buttons.

Pictures of every step lie in build/screenshots.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from board_setup import ok_in_physical_stackup
from kicad_desk import Desk
from overmold.kicad.clauses.sexpr import index
from overmold.kicad.clauses.tree import Clause, tree
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file
from overmold.shapes import untransform
from paths import DEMO
from place_form import do, plan_of
from running_kicad import EMPTY, undo
from turned_boards import turned
from variants import demo

# What somebody drew into a footprint: a turned text, a line, an arc, a rectangle, a circle, a polygon, a rule area, a field.
MINE = """
		(property "Lot" "A-17" (at 0.1 0.2 {angle}) (layer "F.Fab") (uuid "aaaaaaaa-0000-4000-8000-0000000000{n}0")
			(effects (font (size 0.2 0.2) (thickness 0.03))))
		(fp_text user "mine {n}" (at 0.3 0.1 {turned}) (layer "Cmts.User") (uuid "aaaaaaaa-0000-4000-8000-0000000000{n}1")
			(effects (font (size 0.2 0.2) (thickness 0.03))))
		(fp_line (start -0.3 0) (end 0.3 0.15) (stroke (width 0.05) (type solid)) (layer "Cmts.User")
			(uuid "aaaaaaaa-0000-4000-8000-0000000000{n}2"))
		(fp_arc (start -0.2 0) (mid 0 -0.2) (end 0.2 0) (stroke (width 0.05) (type solid)) (layer "Cmts.User")
			(uuid "aaaaaaaa-0000-4000-8000-0000000000{n}3"))
		(fp_rect (start -0.4 -0.3) (end 0.4 0.3) (stroke (width 0.05) (type solid)) (fill no) (layer "Cmts.User")
			(uuid "aaaaaaaa-0000-4000-8000-0000000000{n}4"))
		(fp_circle (center 0.1 0.1) (end 0.2 0.1) (stroke (width 0.05) (type solid)) (fill no) (layer "Cmts.User")
			(uuid "aaaaaaaa-0000-4000-8000-0000000000{n}5"))
		(fp_poly (pts (xy 0 0) (xy 0.2 0.1) (xy 0.1 0.3)) (stroke (width 0.05) (type solid)) (fill no) (layer "Cmts.User")
			(uuid "aaaaaaaa-0000-4000-8000-0000000000{n}6"))
"""


@pytest.fixture
def file(desk: Desk) -> Path:
    for name in ("demo.yaml", "demo_nets.csv"):
        shutil.copy(DEMO.parent / name, desk.folder)
    return desk.folder / "demo.yaml"


def inside(text: bytes, reference: str) -> list[Clause]:
    """Everything in the footprint of this name."""
    found = index(text, "b", ("kicad_pcb",))
    for clause in found.called(found.inside(0), b"footprint").tolist():
        if f'"Reference" "{reference}"'.encode() in text[int(found.start[clause]):int(found.end[clause])]:
            return [tree(found, inner) for inner in found.inside(clause).tolist()]
    raise AssertionError(f"there is no {reference}")


def drawn(text: bytes, reference: str) -> list[tuple[Any, ...]]:
    """What is drawn in a footprint in its own frame, without uuids: kind, layer, places to a hundredth of a micrometre."""
    items = inside(text, reference)
    at = next(item for item in items if item.name == "at")
    angle = float(at.word(2) or 0)
    rows = []
    for item in items:
        if item.name.startswith("fp_") or item.name == "property":
            points = sorted((round(float(part.word(0)), 4), round(float(part.word(1)), 4)) for part in _spots(item))
            if item.name == "fp_rect":
                (a, b), (c, d) = points
                points = sorted([(a, b), (a, d), (c, b), (c, d)])
            own = next((round((float(part.word(2) or 0) - angle) % 180, 2) for part in item.all("at")), 0.0)
            kind = "fp_poly" if item.name == "fp_rect" else item.name
            rows.append((kind, item.word_of("layer"), item.word() if item.name == "property" else item.word(1), own, *points))
    return sorted(rows)


def _spots(item: Clause) -> Iterator[Clause]:
    for part in item.all("at", "start", "mid", "end", "center", "pts"):
        yield from part.all("xy") if part.name == "pts" else [part]


def place_of(text: bytes, reference: str) -> tuple[tuple[int, int], int]:
    at = next(item for item in inside(text, reference) if item.name == "at")
    return (round(float(at.word(0)) * 1e6), round(float(at.word(1)) * 1e6)), round(float(at.word(2) or 0) * 1000) % 360_000


def with_mine(board: str, *references: str) -> str:
    """The board with things of somebody's own in these footprints."""
    for n, reference in enumerate(references, 1):
        at = board.index(f'"Reference" "{reference}"')
        found = re.compile(r"\(at [-\d.]+ [-\d.]+ ?([-\d.]*)\)").search(board, board.rindex("\n\t(footprint ", 0, at))
        assert found is not None
        angle = float(found[1] or 0)
        end = board.index("\n\t)\n", at)
        board = board[:end] + MINE.format(n=n, angle=f"{angle:g}", turned=f"{(angle + 30) % 360:g}").rstrip() + board[end:]
    return board


def ids(plan: dict[str, Any]) -> list[tuple[str, bool]]:
    assert "changes" in plan, plan
    return [(change["id"], change["ticked"]) for change in plan["changes"]]


def test_a_carrier_moved_and_turned_as_a_whole_is_as_the_package_file_has_it(desk: Desk, file: Path) -> None:
    desk.show(EMPTY)
    seen = plan_of(desk, x="100", y="100")
    chosen = [change["id"] for change in seen["changes"]]
    assert "done" in desk.form().act("place", file="demo.yaml", x="100", y="100", seen=seen["seen"], chosen=chosen)
    desk.board().select([])
    placed = desk.board().text
    turned_once = desk.press_keys("a turn", "ctrl+a", "r")
    assert place_of(turned_once, "PKG1")[1] % 90_000 == 0 < place_of(turned_once, "PKG1")[1]
    desk.keep("trust-1-turned")
    plan = plan_of(desk)
    assert (plan["changes"], plan["kept"], plan["notes"], plan["takes"]) == ([], [], [], [])
    moved = desk.drag([], "a move")
    assert place_of(moved, "PKG1")[0] != place_of(turned_once, "PKG1")[0]
    desk.keep("trust-2-moved")
    plan = plan_of(desk)
    assert (plan["changes"], plan["kept"], plan["notes"], plan["takes"]) == ([], [], [], [])
    press = desk.press("check_package.py")
    assert "KEPT" in press.words
    press.close()
    for _ in range(6):  # as many as it took: on a slow machine a key may have been pressed twice
        if place_of(desk.press_keys("an undo", "Escape", "ctrl+z"), "PKG1") == place_of(placed, "PKG1"):
            break
    assert [place_of(desk.board().text, name) for name in ("PKG1", "U1", "C1")] == [
        place_of(placed, name) for name in ("PKG1", "U1", "C1")]


@pytest.mark.parametrize("angle", [90_000, 33_000])
def test_an_update_of_a_turned_carrier_leaves_no_ghost_and_keeps_what_somebody_drew(desk: Desk, file: Path, angle: int) -> None:
    text = with_mine(board_file(demo()).decode(), "PKG1", "C1")
    desk.show(turned(text.encode(), angle, (100_000_000, 100_000_000), (3_000_000, 1_000_000)))
    if angle == 90_000:
        desk.window.keys("Escape")
        desk.press_keys("a turn", "ctrl+a", "r")
    before = desk.board().text
    file.write_text(file.read_text(encoding="utf-8").replace("cap: 315 um ± 15 um", "cap: 310 um ± 15 um")
                    .replace("street: 300 um", "street: 400 um").replace("value: 10 nF", "value: 22 nF", 1), encoding="utf-8")
    assert ids(plan_of(desk)) == [("changed carrier", True), ("changed passives.C1", True)]
    do(desk, "place", "changed carrier", "changed passives.C1")
    after = desk.board().text
    desk.keep(f"trust-3-updated-{angle}")
    assert ids(plan_of(desk)) == []
    for reference in ("PKG1", "C1"):
        assert place_of(after, reference) == place_of(before, reference)
        gone, new = (set(drawn(one, reference)) - set(drawn(other, reference)) for one, other in (
            (before, after), (after, before)))
        words = {"PKG1": {"Mold cap", "Saw street"}, "C1": {"Value"}}[reference]
        assert {row[2] for row in gone | new if row[0] == "property"} <= words
        others = [row for row in sorted(gone | new) if row[0] != "property"]
        assert [row[:2] for row in others] == ([("fp_poly", "User.3")] * 2 if reference == "PKG1" else [])
        assert len(drawn(before, reference)) == len(drawn(after, reference))
    undo(desk.board())
    assert desk.board().text == before


def test_a_part_moved_against_a_turned_carrier_stays_or_goes_back_with_all_that_is_in_it(desk: Desk, file: Path) -> None:
    board = desk.show(turned(with_mine(board_file(demo()).decode(), "C1").encode(), 90_000, (100_000_000, 100_000_000)))
    home = board.text
    uuid = read_board(home, board.name).place("passives.C1").uuid
    board.select([uuid])
    desk.press_keys("a turn", "r")
    moved = desk.drag([uuid], "a move of C1")
    desk.keep("trust-4-C1-moved")
    plan = plan_of(desk)
    assert ids(plan) == [("moved passives.C1", False)]
    assert [row["key"] for row in plan["takes"]] == ["passives.C1.at", "passives.C1.angle"]
    do(desk, "place", "moved passives.C1")
    back = desk.board().text
    desk.keep("trust-5-C1-back")
    assert place_of(back, "C1") == place_of(home, "C1")
    assert drawn(back, "C1") == drawn(home, "C1") == drawn(moved, "C1")
    assert ids(plan_of(desk)) == []
    undo(desk.board())
    assert desk.board().text == moved
    do(desk, "take", "take passives.C1.at", "take passives.C1.angle")
    assert ids(plan_of(desk)) == []
    assert desk.board().text == moved
    (x, y), angle = place_of(moved, "C1")
    middle, turn = place_of(moved, "PKG1")
    taken = next(one for one in read_package_file(file).passives if one.name == "C1")
    assert max(abs(a - b) for a, b in zip(taken.at, untransform((x, y), middle, turn))) <= 100
    assert taken.angle == (angle - turn) % 360_000


def test_the_carrier_alone_moved_is_moved_and_goes_back_with_its_texts(desk: Desk, file: Path) -> None:
    board = desk.show(with_mine(board_file(demo()).decode(), "PKG1"))
    home = board.text
    moved = desk.drag([read_board(home, board.name).place("carrier").uuid], "a move of PKG1")
    plan = plan_of(desk)
    assert ids(plan) == [("moved carrier", False)]
    do(desk, "place", "moved carrier")
    back = desk.board().text
    assert place_of(back, "PKG1") == place_of(home, "PKG1")
    assert drawn(back, "PKG1") == drawn(home, "PKG1") == drawn(moved, "PKG1")
    assert ids(plan_of(desk)) == []
    undo(desk.board())
    assert desk.board().text == moved


def test_a_field_that_was_edited_is_taken_over(desk: Desk, file: Path) -> None:
    text = board_file(demo()).decode()
    at = text.index('"Value" "10 nF"', text.index('"Reference" "C2"'))
    desk.show(text[:at] + '"Value" "4.7 nF"' + text[at + len('"Value" "10 nF"'):])
    before, written = desk.board().text, file.read_text(encoding="utf-8")
    plan = plan_of(desk)
    assert ids(plan) == [("changed passives.C2", True)]
    assert [(row["key"], row["file"], row["board"]) for row in plan["takes"]] == [("passives.C2.value", "10 nF", "4.7 nF")]
    do(desk, "take", "take passives.C2.value")
    new = file.read_text(encoding="utf-8")
    assert new == written.replace("at: [-3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF",
                                  "at: [-3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 4.7 nF")
    assert ids(plan_of(desk)) == []
    assert desk.board().text == before


def test_ok_in_board_setup_does_no_harm_and_either_may_be_taken(desk: Desk, file: Path) -> None:
    desk.show(EMPTY)
    plan = plan_of(desk, x="100", y="100")
    do(desk, "place", *(change["id"] for change in plan["changes"]))
    placed = desk.board().text
    ok_in_physical_stackup(desk, "trust-7-stackup")
    press = desk.press("check_package.py")
    assert "Board Setup > Physical Stackup says otherwise (mask: 10 um; copper: 35 um" in press.words
    press.close()
    plan = plan_of(desk)
    assert ids(plan) == [("changed carrier.stackup", False)]
    assert plan["notes"][0].startswith("the board's stack-up is another, and a plugin cannot change it: in Board Setup")
    assert [row["key"] for row in plan["takes"]] == ["carrier.stackup"]
    # The set-up counts: on the board, and in the package file.
    do(desk, "place", "changed carrier.stackup")
    gone = set(drawn(placed, "PKG1")) - set(drawn(desk.board().text, "PKG1"))
    assert [row[2] for row in gone] == ["Stack-up"]
    do(desk, "take", "take carrier.stackup")
    plan = plan_of(desk)
    assert (plan["changes"], plan["notes"], plan["takes"]) == ([], [], [])
    lines = [line.split("#")[0].rstrip() for line in file.read_text(encoding="utf-8").splitlines() if "{layer:" in line]
    # The tolerance is one of the carrier's fields, which the dialog does not touch.
    assert lines[2] in (f"    - {{layer: core,   thickness: 1.51 mm{kept}, material: FR4}}" for kept in ("", " ± 0.02 mm"))
    press = desk.press("check_package.py")
    assert "says otherwise" not in press.words
    press.close()


def test_ok_in_the_board_setup_of_a_built_board_changes_nothing(desk: Desk, file: Path) -> None:
    desk.show(board_file(demo()))
    ok_in_physical_stackup(desk, "trust-8-stackup-built")
    plan = plan_of(desk)
    assert (plan["changes"], plan["notes"], plan["takes"]) == ([], [], [])
    press = desk.press("check_package.py")
    assert "KEPT" in press.words
    press.close()


