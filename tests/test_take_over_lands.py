"""The table of lands on the customer's board, changed on a board, goes back into the table beside the package file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.kicad.placing.proposal import Proposal, propose
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file
from overmold.take_over import rows_to_take_over, take_over
from paths import DEMO

TABLE = "name,x,y,width,height\nA2,0.8 mm,0 mm,0.4 mm,0.4 mm\nA1,0 mm,0 mm,0.4 mm,0.4 mm\n"
CHANGED = TABLE.replace("0.8 mm,0 mm,0.4 mm", "0.8 mm,0 mm,0.45 mm") + "A10,1.6 mm,0 mm,0.4 mm,0.4 mm\n"


def package(folder: Path, table: str, lands: str = "lands: lands.csv\n") -> Path:
    folder.mkdir(exist_ok=True)
    for name in ("demo.yaml", "demo_nets.csv"):
        shutil.copy(DEMO.parent / name, folder)
    if lands:
        (folder / "lands.csv").write_text(table, encoding="utf-8")
    file = folder / "demo.yaml"
    file.write_text(file.read_text(encoding="utf-8") + lands, encoding="utf-8")
    return file


def planned(file: Path, table: str, folder: Path, lands: str = "lands: lands.csv\n") -> Proposal:
    """What *Place* would do with a board on which the lands are as in ``table``."""
    return propose(read_package_file(file), board_file(read_package_file(package(folder, table, lands))), "b.kicad_pcb")


def test_changed_and_further_lands_are_written_into_the_table_in_its_order(tmp_path: Path) -> None:
    file = package(tmp_path / "here", TABLE)
    made, before = planned(file, CHANGED, tmp_path / "there"), file.read_bytes()
    assert [(row.id, row.why_not) for row in rows_to_take_over(made, file)] == [("lands", "")]
    assert [one.name for one in take_over(made, file, ["lands"])] == ["lands.csv"]
    assert (file.parent / "lands.csv").read_text(encoding="utf-8") == CHANGED
    assert file.read_bytes() == before
    assert planned(file, CHANGED, tmp_path / "there").changes == ()


def test_lands_that_only_the_board_has_become_a_table_and_those_that_it_lacks_are_named_no_more(tmp_path: Path) -> None:
    file = package(tmp_path / "here", "", "")
    made = planned(file, TABLE, tmp_path / "there")
    assert [one.name for one in take_over(made, file, ["lands"])] == ["demo_lands.csv", "demo.yaml"]
    assert len(read_package_file(file).lands) == 2
    bare = planned(file, "", tmp_path / "bare", "")
    assert [one.name for one in take_over(bare, file, ["lands"])] == ["demo.yaml"]
    assert read_package_file(file).lands == ()
    assert (file.parent / "demo_lands.csv").is_file()  # a file of the user's is not deleted


def test_a_table_that_is_there_already_is_not_overwritten(tmp_path: Path) -> None:
    file = package(tmp_path / "here", "", "")
    (file.parent / "demo_lands.csv").write_text("mine", encoding="utf-8")
    made = planned(file, TABLE, tmp_path / "there")
    (row,) = rows_to_take_over(made, file)
    assert "demo_lands.csv is there already" in row.why_not
    with pytest.raises(Faults, match="is there already"):
        take_over(made, file, ["lands"])
    assert (file.parent / "demo_lands.csv").read_text(encoding="utf-8") == "mine"


def test_comments_in_a_table_are_not_lost(tmp_path: Path) -> None:
    file = package(tmp_path / "here", "# of the maker's drawing\n" + TABLE)
    (row,) = rows_to_take_over(planned(file, CHANGED, tmp_path / "there"), file)
    assert "lands.csv has comments, which would be lost; change it by hand" in row.why_not


def test_another_table_is_written_beside_one_of_lands(tmp_path: Path) -> None:
    file = package(tmp_path / "here", TABLE)
    other = package(tmp_path / "there", TABLE)
    nets = other.parent / "demo_nets.csv"
    nets.write_text(nets.read_text(encoding="utf-8").replace("VDDIO", "VCCIO"), encoding="utf-8")
    other.write_text(other.read_text(encoding="utf-8").replace("VDDIO", "VCCIO"), encoding="utf-8")
    made = propose(read_package_file(file), board_file(read_package_file(other)), "b.kicad_pcb")
    rows = rows_to_take_over(made, file)
    assert rows
    take_over(made, file, [row.id for row in rows])
    assert "VCCIO" in (file.parent / "demo_nets.csv").read_text(encoding="utf-8")
