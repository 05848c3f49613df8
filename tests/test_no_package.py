"""A board without carrier or chip is no package, whatever rules are kept on it; and what of a package is drawn is known."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from overmold.check import check
from overmold.cli import main
from overmold.kicad.clauses.sexpr import index
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.report.finding import Report, total
from overmold.report.places import finder
from overmold.rule import load_deck
from reports import report_of, text_of
from variants import demo, demo_with


def without(text: str, *references: str) -> str:
    """A board less these footprints."""
    data = text.encode()
    found = index(data, "board", ("kicad_pcb",))
    for clause in reversed(found.called(found.inside(0), b"footprint").tolist()):
        begin, end = int(found.start[clause]), int(found.end[clause])
        if any(f'"Reference" "{one}"'.encode() in data[begin:end] for one in references):
            data = data[:begin] + data[end:]
    return data.decode()


BOARD = board_file(demo()).decode()
REFERENCES = re.findall(r'"Reference" "([^"]+)"', BOARD)
CHIP, CARRIER = "U1", next(one for one in REFERENCES if one[0] not in "UC")


def drc(path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object], str]:
    path.write_text(text, encoding="utf-8")
    code = main(["drc", str(path), "--format", "json"])
    data = json.loads(capsys.readouterr().out)["reports"][0]
    assert main(["drc", str(path)]) == code
    return code, data, capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(("gone", "words"), [
    ((CHIP,), "no chip on this board"), (tuple(one for one in REFERENCES if one != CARRIER), "no chip on this board"),
])
def test_a_board_without_a_chip_is_no_package_in_every_form(
    gone: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, data, last = drc(tmp_path / "b.kicad_pcb", without(BOARD, *gone), capsys)
    assert (code, data["verdict"]) == (2, "no package")
    assert last.startswith(f"NO PACKAGE: {words}, ")


def test_a_chip_without_a_carrier_is_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = without(BOARD, CARRIER).replace('(layer "Edge.Cuts")', '(layer "Margin")')
    code, data, last = drc(tmp_path / "b.kicad_pcb", bare, capsys)
    assert data["verdict"] in ("no package", "broken")
    assert code == {"no package": 2, "broken": 1}[str(data["verdict"])]
    assert "no carrier on this board" in last


def test_a_whole_board_its_footprints_and_package_files_are_judged_as_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drc(tmp_path / "b.kicad_pcb", BOARD, capsys)[:1] == (0,)
    land = tmp_path / "carrier.yaml"
    land.write_text("package: P\ncarrier: {kind: substrate, size: [10 mm, 10 mm]}\n", encoding="utf-8")
    assert main(["drc", str(land)]) == 0
    assert "NO PACKAGE" not in capsys.readouterr().out


def test_no_package_is_never_green_and_beats_what_is_kept() -> None:
    result = check(read_board(without(BOARD, CHIP).encode(), "b"), load_deck())
    report = report_of(result)
    assert (report.verdict, report.hue) == ("no package", "red")
    assert "NO PACKAGE" in text_of(result)
    kept = Report("a", check(read_board(BOARD.encode(), "a"), load_deck()))
    assert total([kept, report])[0] == "no package"


def test_what_is_drawn_of_mold_and_street_is_known_and_is_never_the_whole_carrier() -> None:
    board = read_board(board_file(demo_with({"singulation.street": "300 um"})), "b")
    text = board_file(demo_with({"singulation.street": "300 um"})).decode()
    find, carrier = finder(board), board.place("carrier").uuid
    for key, layer in (("mold", "User.2"), ("mold.cap", "User.2"), ("mold.process.pressure", "User.2"),
                       ("singulation.street", "User.3"), ("singulation.kerf", "User.3")):
        shown = find(key, None).shown
        assert shown
        assert carrier not in shown
        for uuid in shown:
            (item,) = re.findall(rf'\n\t\t\((?:fp|gr)_\w+\n(?:\t\t\t.*\n)*?\t\t\t\(uuid "{uuid}"\)', text)
            assert f'(layer "{layer}")' in item
    edge = re.findall(r'\n\t\(gr_\w+\n(?:\t\t.*\n)*?\t\t\(layer "Edge.Cuts"\)\n\t\t\(uuid "([^"]+)"\)', text)
    assert edge
    for key in ("max_height", "carrier.stackup", "carrier.stackup.0", "note"):
        assert find(key, None).shown == ()
    assert find("chips.U1.thickness", None).shown == (board.place("chips.U1").uuid,)
    assert set(find("carrier", None).shown) == set(edge)
    ball = board.balls.sites.names[0] if board.balls is not None else ""
    assert find(f"balls.{ball}", None).shown == (board.balls.sites.uuids[0],)  # type: ignore[union-attr]


def test_a_mold_that_is_a_rule_area_only_is_shown_as_that() -> None:
    text = BOARD.replace('(layer "User.2")', '(layer "Margin")')
    board = read_board(text.encode(), "b")
    assert finder(board)("mold.cap", None).shown == (board.place("mold.area").uuid,)
