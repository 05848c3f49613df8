"""Boards that KiCad 9 or 10 has saved, with parts moved, turned and flipped, are read as KiCad itself sees them."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import pytest

from flip_chip_board import BOARD, board, changed, only_chip
from overmold.kicad.reading import read_board
from overmold.package import CHIP_SIDE, FAR_SIDE, Package


def without_place(package: Package) -> tuple[object, ...]:
    """Everything a Package says but where it stands; arrays as lists."""
    chip = only_chip(package)
    assert chip.bumps is not None
    assert package.balls is not None
    return (
        package.name, package.carrier, package.passives, package.mold, package.singulation, package.max_height,
        chip.outline, chip.at, chip.angle, chip.thickness, chip.bumps.sites.names, chip.bumps.sites.xy.tolist(),
        chip.bumps.sites.uuids, chip.bumps.nets, chip.bumps.height, chip.bumps.opening, package.balls.sites.xy.tolist(),
        package.balls.sites.uuids, package.balls.nets, package.balls.sides, package.balls.land, package.balls.opening,
    )


def test_a_board_saved_by_kicad_reads_back_to_the_same_package(
    saved_by_kicad: Callable[..., bytes], tmp_path: Path
) -> None:
    path = tmp_path / "b.kicad_pcb"
    path.write_text(changed(), encoding="utf-8")
    data = saved_by_kicad(path)
    assert data != BOARD.read_bytes()
    assert without_place(read_board(data, "b")) == without_place(board())


@pytest.mark.parametrize("do", [
    "fp.SetPosition(pcbnew.VECTOR2I(98765432, 101234567))",
    "fp.SetOrientationDegrees(33.3)",
    "fp.Flip(fp.GetPosition(), pcbnew.FLIP_DIRECTION_LEFT_RIGHT)",
    "fp.SetOrientationDegrees(-77); fp.Flip(fp.GetPosition(), pcbnew.FLIP_DIRECTION_TOP_BOTTOM)",
])
@pytest.mark.parametrize("reference", ["PKG1", "U1"])
def test_moved_turned_and_flipped_parts_are_where_kicad_puts_them(
    saved_by_kicad: Callable[..., bytes], tmp_path: Path, reference: str, do: str
) -> None:
    path = tmp_path / "b.kicad_pcb"
    # Only what is moved stays, so that a flipped chip is not on another side than its neighbours.
    path.write_text(changed(('"Package part" "passive"', '"Was" "passive"'), ('"Reference" "C1"', '"Reference" "X1"'),
                            ('"Reference" "R7"', '"Reference" "X7"')), encoding="utf-8")
    told = tmp_path / "pads.txt"
    tell = (f"open({str(told)!r}, 'w').write(repr([(p.GetNumber(), p.GetPosition().x, p.GetPosition().y, "
            "p.IsOnLayer(pcbnew.B_Cu)) for p in fp.Pads()]))")
    data = saved_by_kicad(path, f"fp = b.FindFootprintByReference({reference!r}); {do}; {tell}")
    package = read_board(data, "b")
    pads = literal_eval(told.read_text(encoding="utf-8"))
    chip = only_chip(package)
    found = package.balls if reference == "PKG1" else chip.bumps
    assert found is not None
    assert list(found.sites.names) == [name for name, *_ in pads]
    for (x, y), (_, kicad_x, kicad_y, _) in zip(found.sites.xy.tolist(), pads):
        assert abs(x - kicad_x) <= 1
        assert abs(y - kicad_y) <= 1
    assert package.balls is not None
    chip_on_back = reference == "U1" and "Flip" in do
    balls_on_back = not (reference == "PKG1" and "Flip" in do)
    assert set(package.balls.sides) == {FAR_SIDE if chip_on_back != balls_on_back else CHIP_SIDE}
    # The outline goes with the pads: the chip keeps its size and its distance from A1.
    assert chip.bumps is not None
    corner = min((abs(x - chip.at[0]) + abs(y - chip.at[1]) for x, y in chip.outline.rings[0]))
    assert corner > 2_000_000
    assert package.mold is not None
