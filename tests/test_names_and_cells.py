"""Names that nobody can tell apart, and names that a spreadsheet would run: refused, or written so that they come back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays.csv_sites import read_sites
from overmold.csv_cells import guarded, unguarded
from overmold.faults import Faults
from overmold.package_file import read_package_text
from overmold.package_file.models import types as t
from overmold.package_file.reading.netlist_table import rows_of_file
from overmold.package_file.writing import package_file, sayable
from overmold.package_file.writing.text import table
from overmold.plain import invisible_in, without_invisible
from variants import demo

STARTS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
NETS = ["=cmd()", "=cmd|'/C", "@SUM(A1)", "+1", "-1", "+3V3", "-5V", "'=x", "''@y", "'", "'plain", "#net", "\uff1d1"]
UNSEEN = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u061c", "\u3164", "\u115f", "\uffa0",
          "\u034f", "\u2800", "\ufe0f", "\U000e0101", "\u180e", "\ue000", "\U000e0041", "\u2028"]


@given(st.text(st.sampled_from("=+-@'\"ab1 \uff1d\u00e4"), max_size=8))
def test_a_guarded_cell_is_no_formula_and_says_the_same(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in [*STARTS]
    assert unguarded(cell) == text
    assert cell == text or cell == "'" + text


@pytest.mark.parametrize("net", NETS)
def test_a_net_like_a_formula_is_read_back_the_same_and_run_by_no_spreadsheet(net: str) -> None:
    words = table(["net", "pad", "ball"], [[net, "U1.@A1", "+1"]])
    cells = [cell for row in csv.reader(io.StringIO(words)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in STARTS]
    faults: list[object] = []
    (row,) = rows_of_file(words.encode(), "n.csv", faults, lambda *row: False, [])  # type: ignore[arg-type]
    assert (row.net, row.pad, row.ball) == (net, "U1.@A1", "+1")


def test_a_package_with_such_names_comes_back_from_its_files_and_its_coordinates_stay_numbers(tmp_path) -> None:
    package = demo()
    chip = package.chips[0]
    assert chip.bumps is not None
    assert package.balls is not None
    nets = {net: f"={net}()" for net in package.balls.nets}
    odd = replace(package.balls.sites, names=tuple("+-@="[i % 4] + name for i, name in enumerate(package.balls.sites.names)))
    package = replace(
        package, balls=replace(package.balls, sites=odd, nets=tuple(nets[net] for net in package.balls.nets)),
        chips=(replace(chip, bumps=replace(chip.bumps, nets=tuple(nets.get(net, net) for net in chip.bumps.nets))),))
    files = package_file(package)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = read_package_text(files[f"{package.name}.yaml"], "p.yaml", tmp_path)
    assert again.balls is not None
    assert dict(zip(again.balls.sites.names, again.balls.nets)) == dict(zip(odd.names, package.balls.nets))
    tables = [text for name, text in files.items() if name.endswith(".csv")]
    assert any(",-" in text for text in tables)  # coordinates
    assert package_file(again) == files


def test_a_table_of_sites_takes_guarded_names() -> None:
    (spot,) = read_sites(b"name,x,y\n'+1,-1 mm,0 mm\n", "s.csv").spots
    assert (spot.name, spot.x) == ("+1", -1_000_000)


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_name_with_a_character_that_nobody_sees_is_refused(unseen: str) -> None:
    assert invisible_in(f"U{unseen}1") == unseen
    assert without_invisible(f"U{unseen}1") == "U1"
    for read in (t.PART_NAME, t.NET_NAME, t.SITE_NAME, t.package_name, t.FREE_TEXT):
        with pytest.raises(ValueError, match="cannot be"):
            read(f"U{unseen}1")
    with pytest.raises(Faults):
        read_sites(f"name,x,y\nA{unseen}1,0 mm,0 mm\n".encode(), "s.csv")


@pytest.mark.parametrize("name", ["U1", "\u00c4rger", "\u03a9", "\u682a", "e\u0301", "\u0928\u093f", "A\u00b5", "R\u20ac"])
def test_names_that_people_see_are_taken(name: str) -> None:
    assert not invisible_in(name)
    assert t.PART_NAME(name) == name


def test_names_of_a_board_that_nobody_can_tell_apart_are_changed_and_that_is_said() -> None:
    package = demo()
    chip = package.chips[0]
    package = replace(package, chips=(chip, replace(chip, name=f"{chip.name}\u200b")))
    changed, notes = sayable(package)
    assert [one.name for one in changed.chips] == ["U1", "U1_2"]
    assert "names that a package file cannot hold were changed: part 'U1\u200b' is now U1_2" in notes


def test_tables_of_chips_that_differ_in_capitals_are_two_files_on_every_system() -> None:
    package = demo()
    chip = package.chips[0]
    assert chip.bumps is not None
    own = replace(chip.bumps.sites, xy=chip.bumps.sites.xy + [[7 * i % 11 * 1000, 0] for i in range(len(chip.bumps.sites))])
    chips = tuple(replace(chip, name=name, bumps=replace(chip.bumps, sites=own)) for name in ("U1", "u1", "U*"))
    files = package_file(replace(package, chips=chips))
    assert {name for name in files if name.endswith("_bumps.csv")} == {
        f"{package.name}_{name}_bumps.csv" for name in ("U1", "u1_2", "U_")}
