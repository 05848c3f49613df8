"""What a package file may say, its board may say too; absurd values cost neither time nor memory."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from overmold.kicad.reading.board import read_board
from overmold.kicad.reading.selection import read_selection
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file
from paths import DEMO

BONDED = """
package: P
carrier: {{kind: substrate, size: [10 mm, 10 mm], fingers: [{{at: {{F1: [4 mm, 0 mm]}}, size: [80 um, 200 um]}}]}}
chips: [{{name: U1, size: [4 mm, 4 mm], thickness: 100 um, bonded: face-up, attach: 20 um,
          pads: {{array: {{grid: [{n}, {n}], pitch: 50 um}}, size: {size}}}}}]
wires: {{defaults: {{loop_height: 100 um, tier: {tier}}}, list: [[U1.A5, F1], {{from: U1.A4, to: F1, tier: {tier}}}]}}
"""


def bonded(n: int = 5, size: str = "40 um", tier: int = 1) -> bytes:
    text = BONDED.replace(", tier: {tier}}}, list", "}}, list").format(n=n, size="40 um", tier=tier)
    built = board_file(read_package_text(text.encode(), "p.yaml", Path()))
    return built.replace(b'"Bond pad size" "40 um"', f'"Bond pad size" "{size}"'.encode())  # no package file has it so large


@pytest.mark.parametrize("size", ["40 um", "3 mm", "9 mm", "100 mm", "500 mm"])
def test_bond_pads_of_any_size_are_read_in_no_time_and_memory(size: str) -> None:
    data = bonded(40, size)
    tracemalloc.start()
    begun = time.process_time()
    package = read_board(data, "b")
    took, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 5  # traced, which is slow
    assert most < 60_000_000
    assert package.wires[0].start.startswith("U1.")
    if size == "40 um":
        assert {wire.start for wire in package.wires} == {"U1.A4", "U1.A5"}


def test_a_wire_ends_on_the_wide_pad_whose_middle_is_nearest() -> None:
    small, wide = read_board(bonded(), "b"), read_board(bonded(size="100 mm"), "b")
    assert [wire.start for wire in wide.wires] == [wire.start for wire in small.wires]


@pytest.mark.parametrize("tier", [1, 50, 99])
def test_every_tier_of_a_package_file_is_one_of_a_board(tier: int) -> None:
    assert read_board(bonded(tier=tier), "b").wires[1].tier == tier


@pytest.mark.parametrize("strip", [(1, 1), (999_999, 20), (999_999, 999_999)])
def test_every_strip_of_a_package_file_is_one_of_a_board(tmp_path: Path, strip: tuple[int, int]) -> None:
    text = (DEMO.parent / "qfn.yaml").read_text(encoding="utf-8")
    assert "strip: [8, 20]" in text
    (tmp_path / "p.yaml").write_text(text.replace("strip: [8, 20]", f"strip: [{strip[0]}, {strip[1]}]"), encoding="utf-8")
    (tmp_path / "qfn_nets.csv").write_bytes((DEMO.parent / "qfn_nets.csv").read_bytes())
    package = read_board(board_file(read_package_file(tmp_path / "p.yaml")), "b")
    assert package.carrier is not None
    assert package.carrier.frame is not None
    assert package.carrier.frame.strip == strip


@pytest.mark.parametrize("pressure", ["1e8 Pa", "100000 kPa", "1000000 mmHg", "1e9 Pa", "1 nPa"])
def test_the_largest_pressure_is_written_as_a_file_again(pressure: str) -> None:
    data = board_file(read_package_file(DEMO)).replace(b'"Mold pressure" "10 mmHg"', f'"Mold pressure" "{pressure}"'.encode())
    assert pressure.encode() in data
    if pressure in ("1 nPa", "1e9 Pa"):
        with pytest.raises(Exception, match="'nPa' is not a unit of pressure" if "n" in pressure else "is out of range"):
            read_board(data, "b.kicad_pcb")
        return
    package, _ = read_selection(data, "b.kicad_pcb", ())
    (_, text), *tables = package_file(as_a_file(package)[0]).items()
    assert "pressure: " in text
    assert len(tables) == 1
