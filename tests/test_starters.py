"""What `overmold new --from` begins with: each kind keeps every rule, goes to the board and back, and is drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from overmold.check import KEPT, NOT_APPLICABLE, NOTED, check
from overmold.cli import main
from overmold.compare import drift
from overmold.drawings.outline import outline_drawing, rows_of
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.starter import starter
from overmold.package_file.starters import ALSO_CALLED, KINDS
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.units import Toleranced

DECK = load_deck()


def begun(kind: str, folder: Path) -> Package:
    name = KINDS[kind].example
    for file, text in starter(name, kind).items():
        (folder / file).write_text(text, encoding="utf-8")
    return read_package_file(folder / f"{name}.yaml")


def test_the_kinds_that_people_ask_for_are_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {"fcbga", "wlcsp", "qfn", "fcol", "stack", "sip", "lga", *ALSO_CALLED.values()} <= set(KINDS)
    assert main(["new", "X-1", "--from", "fccsp", "-o", str(tmp_path)]) == 0
    with pytest.raises(SystemExit, match="0"):
        main(["new", "--help"])
    assert "bga or fccsp: Flip-chip CSP" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("kind", KINDS)
def test_each_leaves_no_rule_broken_or_untested_and_comes_back_from_its_board(kind: str, tmp_path: Path) -> None:
    package = begun(kind, tmp_path)
    result = check(package, DECK)
    assert {one.rule.name: one.status for one in result.verdicts if one.status not in (KEPT, NOT_APPLICABLE, NOTED)} == {}
    assert result.warnings == 0
    board = read_board(board_file(package), "b.kicad_pcb")
    assert (drift(board, package), board.lacks) == ((), ())
    (tmp_path / "again").mkdir()
    files = package_file(board)
    for name, text in files.items():
        (tmp_path / "again" / name).write_text(text, encoding="utf-8")
    again = read_package_text(files[f"{package.name}.yaml"], "again.yaml", tmp_path / "again")
    assert drift(again, package) == ()
    assert any(name.endswith(f"{package.name}.kicad_mod") for name in files_of(package))
    for drawn in (section(package), plan(package)):
        ET.fromstring(drawn)


def test_the_published_sizes_of_a_wafer_level_package_add_up(tmp_path: Path) -> None:
    package = begun("wlcsp", tmp_path)
    result = check(package, DECK)
    (spare,) = (one.reading for one in result.verdict("package-too-high").judged)
    assert (spare.value, spare.low) == (560_000 - 505_000, 0)  # A: 0.450, 0.505, 0.560 mm
    assert package.is_bare_wafer_chip
    for name in ("chip-not-flip-chip-bonded", "carrier-not-covered"):
        assert result.verdict(name).status == NOT_APPLICABLE


def test_the_outline_drawing_of_a_wafer_level_package_has_its_heights(tmp_path: Path) -> None:
    rows = {row.letter: row for row in rows_of(begun("wlcsp", tmp_path))}
    height, body = rows["A"].value, rows["A2"]
    assert height is not None
    assert (height.low, height.nominal, height.high) == (450_000, 505_000, 560_000)
    assert (body.name, body.value and body.value.nominal) == ("body: carrier", 305_000)
    assert "heights not stated" not in outline_drawing(begun("wlcsp", tmp_path))


def test_a_wafer_without_balls_is_still_asked_for_its_chip() -> None:
    package = read_package_text("package: X\ncarrier: {kind: wafer, size: [3 mm, 3 mm]}\n", "x.yaml", Path())
    assert not package.is_bare_wafer_chip
    assert "there is no chip" in check(package, DECK).verdict("chip-not-flip-chip-bonded").untested[0].missing


def test_a_lidded_ball_grid_array_is_as_high_as_its_parts(tmp_path: Path) -> None:
    package = begun("fcbga", tmp_path)
    (spare,) = (one.reading for one in check(package, DECK).verdict("package-too-high").judged)
    # 835 mold, 50 attach, 500 lid, 956 carrier, 400 standoff
    assert Toleranced(spare.value) == Toleranced(3_100_000 - 2_741_000)
    assert [one.name for one in package.far_passives] == ["C5", "C6"]
    assert package.balls is not None
    assert len(package.balls.sites) == 18 * 18 - 4 * 4


@pytest.mark.parametrize("given", ["made/X-1.yaml", "made/X-1.yml", "made/X-1"])
def test_a_name_may_be_given_as_the_file_that_it_will_be(given: str, tmp_path: Path) -> None:
    assert main(["new", given, "-o", str(tmp_path)]) == 0
    assert read_package_file(tmp_path / "made/X-1.yaml").name == "X-1"
    assert main(["new", f"{given}/..", "-o", str(tmp_path)]) == 2
