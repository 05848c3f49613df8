"""What was changed on a board goes back into the package file: the values that are ticked, and not a character besides."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from overmold.cli import main
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.placing.proposal import Proposal, propose
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file
from overmold.take_over import rows_to_take_over, take_over
from paths import DEMO, REPOSITORY
from turned_boards import turned
from variants import demo_with


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for name in ("demo.yaml", "demo_nets.csv"):
        shutil.copy(DEMO.parent / name, tmp_path)
    return tmp_path / "demo.yaml"


def planned(board: bytes, file: Path) -> Proposal:
    return propose(read_package_file(file), board, "b.kicad_pcb")


def board_with(*changes: dict[str, Any]) -> bytes:
    return board_file(demo_with(*changes))


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, as a diff shows them."""
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[:1] in "+-"]


def taken(board: bytes, file: Path, *chosen: str) -> list[str]:
    """Take over what is chosen, or all; the lines of the package file that are other now."""
    before = file.read_text(encoding="utf-8")
    made = planned(board, file)
    rows = rows_to_take_over(made, file)
    take_over(made, file, chosen or [row.id for row in rows])
    return changed_lines(before, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("change", "row", "lines"), [
    ({"mold.cap": "300 um"}, "mold.cap", ["-   cap: 315 um ± 15 um                   # above the carrier's chip side",
                                         "+   cap: 300 um                   # above the carrier's chip side"]),
    ({"mold.process.pressure": "5 mmHg"}, "mold.process.pressure", [
        "-   process: {method: reduced-pressure transfer, pressure: 10 mmHg, temperature: 175 degC}",
        "+   process: {method: reduced-pressure transfer, pressure: 5 mmHg, temperature: 175 degC}"]),
    ({"chips.0.bumps.height": "80 um ± 4 um"}, "chips.U1.bumps.height", [
        "-       height: 90 um ± 5 um              # after reflow, from the pad",
        "+       height: 80 um ± 4 um              # after reflow, from the pad"]),
    ({"passives.1.at": ["-3.7 mm", "0.2 mm"]}, "passives.C2.at", [
        '-   - {name: C2, size: "01005", at: [-3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}',
        '+   - {name: C2, size: "01005", at: [-3.7 mm, 0.2 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}']),
    ({"passives.2.angle": "45 deg"}, "passives.C3.angle", [
        '-   - {name: C3, size: "01005", at: [0 mm, 3.6 mm], nets: [VDD, GND], value: 10 nF}',
        '+   - {name: C3, size: "01005", at: [0 mm, 3.6 mm], nets: [VDD, GND], value: 10 nF, angle: 45 deg}']),
    ({"passives.0.nets": ["VDD", "VDDIO"]}, "passives.C1.2.net", [
        '-   - {name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}',
        '+   - {name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, VDDIO], value: 10 nF}']),
    ({"max_height": None}, "max_height", ["- max_height: 1.2 mm"]),
    ({"note": "second lot: yes"}, "note", ['+ note: "second lot: yes"']),
    ({"chips.0.size": ["5 mm", "5.1 mm"]}, "chips.U1.outline", ["-     size: [5 mm, 5 mm]", "+     size: [5 mm, 5.1 mm]"]),
    ({"mold.outline": ["9 mm", "9 mm"]}, "mold.outline", ["-   outline: carrier", "+   outline: [9 mm, 9 mm]"]),
    ({"carrier.stackup.2.thickness": "180 um ± 20 um"}, "carrier.stackup", [
        "-     - {layer: core,   thickness: 200 um ± 20 um, material: BT}",
        "+     - {layer: core,   thickness: 180 um ± 20 um, material: BT}"]),
], ids=lambda value: value if isinstance(value, str) else "")
def test_one_datum_is_one_value_in_the_file(change: dict[str, Any], row: str, lines: list[str], file: Path) -> None:
    board = board_with(change)
    assert [(one.id, one.why_not) for one in rows_to_take_over(planned(board, file), file)] == [(row, "")]
    assert taken(board, file) == lines
    assert drift(read_board(board, "b.kicad_pcb"), read_package_file(file)) == ()
    assert planned(board, file).changes == ()


def test_only_what_is_ticked_is_written_and_the_rest_stays_different(file: Path) -> None:
    board = turned(board_with({"mold.cap": "300 um"}, {"passives.0.at": ["3.7 mm", "1 mm"]}), 33_333, (0, 0), (5_000, 7_000))
    assert [row.id for row in rows_to_take_over(planned(board, file), file)] == ["passives.C1.at", "mold.cap"]
    assert taken(board, file, "passives.C1.at") == [
        '-   - {name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}',
        '+   - {name: C1, size: "01005", at: [3.7 mm, 1 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}']
    assert [change.id for change in planned(board, file).changes] == ["changed carrier"]


def test_a_net_under_another_name_is_renamed_in_the_table_and_in_the_lists(file: Path) -> None:
    board = board_file(read_package_file(file)).decode().replace('"VDD"', '"VCORE"').encode()
    table = file.parent / "demo_nets.csv"
    before = table.read_text(encoding="utf-8")
    made = planned(board, file)
    rows = rows_to_take_over(made, file)
    assert [(row.id, row.file, row.board) for row in rows] == [("net VCORE", "VDD", "VCORE")]
    assert take_over(made, file, ["net VCORE"]) == [table, file]
    assert table.read_text(encoding="utf-8") == re.sub(r"(?m)^VDD,", "VCORE,", before)
    assert "nets: [VCORE, GND]" in file.read_text(encoding="utf-8")
    assert planned(board, file).kept == ()
    assert drift(read_board(board, "b.kicad_pcb"), read_package_file(file)) == ()


def test_a_single_pad_on_another_net_changes_its_row_in_the_table(file: Path) -> None:
    board = board_file(read_package_file(file)).decode()
    at = board.index('"PKG1"')
    pad = re.compile(r'\(pad "(\w+)" smd circle(?:(?!\n\t\t\)).)*?\(net (\d+) "D1"\)', re.S).search(board, at)
    assert pad is not None
    board = board[:pad.end() - len('"D1")')] + '"SPARE")' + board[pad.end():]
    table = file.parent / "demo_nets.csv"
    before = table.read_text(encoding="utf-8")
    made = planned(board.encode(), file)
    rows = rows_to_take_over(made, file)
    assert [row.id for row in rows] == [f"balls.{pad[1]}.net"]
    assert take_over(made, file, [rows[0].id]) == [table]
    lines = changed_lines(before, table.read_text(encoding="utf-8"))
    assert [line for line in lines if "SPARE" in line] == [f"+ SPARE,,{pad[1]}"]
    assert drift(read_board(board.encode(), "b.kicad_pcb"), read_package_file(file)) == ()


def test_a_part_under_another_name_keeps_its_place_in_the_file(file: Path) -> None:
    board = board_with({"passives.0.name": "C77"})
    assert taken(board, file) == [
        '-   - {name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}',
        '+   - {name: C77, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}']


def test_a_chip_under_another_name_is_renamed_in_the_netlist(file: Path) -> None:
    board = board_with({}).decode().replace('"Reference" "U1"', '"Reference" "U9"').replace("(U1-", "(U9-").encode()
    assert taken(board, file) == ["-   - name: U1", "+   - name: U9"]
    table = (file.parent / "demo_nets.csv").read_text(encoding="utf-8")
    assert "U9." in table
    assert "U1." not in table
    assert drift(read_board(board, "b.kicad_pcb"), read_package_file(file)) == ()


def test_what_belongs_together_is_not_taken_apart(file: Path) -> None:
    board = board_with({"carrier.size": ["11 mm", "10 mm"]})
    before = file.read_text(encoding="utf-8")
    assert [row.id for row in rows_to_take_over(planned(board, file), file)] == ["carrier.outline", "mold.outline"]
    with pytest.raises(Faults, match=r"mold\.outline would change or stay as well; tick that too"):
        taken(board, file, "carrier.outline")
    assert file.read_text(encoding="utf-8") == before
    assert taken(board, file) == ["-   size: [10 mm, 10 mm]", "+   size: [11 mm, 10 mm]"]


def test_what_stands_in_an_array_is_to_be_changed_by_hand(file: Path) -> None:
    board = board_with({"balls.array.pitch": "0.79 mm"})
    rows = rows_to_take_over(planned(board, file), file)
    assert {row.why_not for row in rows if row.id.startswith("balls.")} == {"it stands in an array; change it by hand"}
    before = file.read_text(encoding="utf-8")
    with pytest.raises(Faults, match="cannot be taken over: it stands in an array; change it by hand"):
        take_over(planned(board, file), file, [rows[0].id])
    assert file.read_text(encoding="utf-8") == before


def test_the_set_up_of_a_board_may_be_taken_where_it_contradicts_the_carriers_field(file: Path) -> None:
    words = "mask: 15 um ± 3 um (AUS308); copper: 15 um ± 2 um; core: 200 um ± 20 um (BT); copper: 15 um ± 2 um; mask: 15 um"
    board = board_with({"carrier.stackup.0.thickness": "10 um"}, {"carrier.stackup.2.thickness": "1.51 mm"}).decode()
    board = re.sub(r'\t\t\(property "Tolerance of [^"]*".*?\n\t\t\)\n', "", board, flags=re.S)
    field = f'(property "Stack-up" "{words}"\n\t\t\t(at 0 0 0)\n\t\t)\n\t\t'
    board = board.replace('(property "Mold cap"', field + '(property "Mold cap"')
    made = planned(board.encode(), file)
    assert [(change.id, change.ticked) for change in made.changes] == [("changed carrier.stackup", False)]
    assert made.notes[0].startswith("the board's stack-up is another")
    assert [row.id for row in rows_to_take_over(made, file)] == ["carrier.stackup"]
    lines = taken(board.encode(), file)
    assert "+     - {layer: core,   thickness: 1.51 mm, material: BT}" in lines
    assert all("layer:" in line for line in lines)


@pytest.mark.parametrize("name", ["sip_side-by-side", "fcbga-484_lidless", "wlcsp-on-substrate"])
def test_a_chip_that_was_moved_in_an_example_goes_back_into_its_file(name: str, tmp_path: Path) -> None:
    for path in (REPOSITORY / "examples").glob(f"{name}*"):
        shutil.copy(path, tmp_path)
    file = tmp_path / f"{name}.yaml"
    text = board_file(read_package_file(file)).decode()
    passive = re.search(r'"Reference" "(C\d+)"', text)
    if passive is None:
        pytest.skip("it has no passive")
    begin = text.rindex("\n\t(footprint ", 0, passive.start())
    at = re.compile(r"\(at ([-\d.]+) ([-\d.]+)").search(text, begin)
    assert at is not None
    board = f"{text[:at.start()]}(at {float(at[1]) + 0.05:g} {at[2]}{text[at.end():]}".encode()
    before = file.read_text(encoding="utf-8")
    rows = rows_to_take_over(planned(board, file), file)
    assert [row.id for row in rows] == [f"passives.{passive[1]}.at"]
    assert taken(board, file)
    assert len(changed_lines(before, file.read_text(encoding="utf-8"))) == 2
    assert drift(read_board(board, "b.kicad_pcb"), read_package_file(file)) == ()


def test_the_command_lists_what_differs_and_writes_what_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = file.parent / "b.kicad_pcb"
    board.write_bytes(board_with({"mold.cap": "300 um"}, {"passives.0.at": ["3.7 mm", "1 mm"]}))
    assert main(["take-over", str(board), str(file)]) == 0
    assert capsys.readouterr().out == ("passives.C1.at: at 3.6 mm, 0 mm -> at 3.7 mm, 1 mm\n"
                                       "mold.cap: 315 um ± 15 um -> 300 um\n")
    assert main(["take-over", str(board), str(file), "--only", "mold.cup"]) == 2
    assert "'mold.cup' does not differ" in capsys.readouterr().err
    assert main(["take-over", str(board), str(file), "--only", "mold.cap"]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert main(["take-over", str(board), str(file), "--all"]) == 0
    capsys.readouterr()
    assert main(["take-over", str(board), str(file)]) == 0
    assert capsys.readouterr().err == "the board is what the package file says; there is nothing to take over\n"
