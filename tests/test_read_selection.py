"""Selected footprints become a package: ours by their fields, a team's own by what they are, with a word on all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest

from dose import dose
from foreign_boards import (
    BALLS,
    CAPACITOR,
    CHIP,
    CONNECTOR,
    MM,
    TEAM,
    array,
    board,
    body,
    footprint,
    on_a_board,
    two_pads,
    uuid,
)
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board, selection
from overmold.kicad.reading.selection import uuids_of
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package import FLIP_CHIP, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file
from overmold.shapes import rectangle
from paths import DEMO, OFFICIAL_DEMOS, OFFICIAL_FOOTPRINTS, REPOSITORY
from test_read_properties import BOARD

SPECS = sorted([*DEMO.parent.glob("*.yaml"), *(REPOSITORY / "examples").glob("*.yaml")])
Read = tuple[Package, tuple[str, ...]]
OFFICIAL = sorted(OFFICIAL_FOOTPRINTS.glob("Package_BGA.pretty/*.kicad_mod"))[::7]


def read_selection(data: bytes, name: str, uuids: Collection[str]) -> Read:
    """The package as it is written as a file, and all that is said on the way."""
    package, notes = selection.read_selection(data, name, uuids)
    package, more = as_a_file(package)
    return package, (*notes, *more)


def read_one_footprint(data: bytes, source: str) -> Read:
    found = selection.read_one_footprint(data, source)
    package, more = as_a_file(found.package)
    return package, (*found.notes, *more)


def selected(data: bytes, *references: str) -> tuple[Package, str]:
    """The package of some footprints and all that is said about it."""
    package, notes = read_selection(data, "b.kicad_pcb", uuids_of(data, "b.kicad_pcb", references) if references else ())
    return package, "\n".join(notes)


def faults(data: bytes, *uuids: str) -> str:
    with pytest.raises(Faults) as raised:
        read_selection(data, "b.kicad_pcb", uuids)
    return str(raised.value)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_of_our_boards_all_is_read_and_nothing_need_be_said(path: Path) -> None:
    data = board_file(read_package_file(path))
    package, said = selected(data)
    assert drift(package, read_board(data, "b.kicad_pcb")) == ()
    assert said in ("", "the board does not say: the die attach under U4")


def test_only_what_is_selected_is_read() -> None:
    data = board_file(read_package_file(DEMO))
    package, said = selected(data, "PKG1", "C1", "C3")
    assert [one.name for one in package.passives] == ["C1", "C3"]
    assert package.chips == ()
    assert package.balls is not None
    assert said == ""
    assert selected(data, "U1")[0].balls is None


def test_a_chip_below_a_selected_one_is_taken_too() -> None:
    package, said = selected(board_file(read_package_file(DEMO.with_name("stack_two.yaml"))), "PKG1", "U2")
    assert [chip.name for chip in package.chips] == ["U1", "U2"]
    assert said.startswith("U1 is taken too, for U2 stands on it")


def test_a_teams_own_footprints_are_known_by_what_they_are() -> None:
    package, said = selected(TEAM)
    (chip,), (capacitor,) = package.chips, package.passives
    assert package.balls is not None
    assert package.carrier is not None
    assert (len(package.balls.sites), set(package.balls.sides), package.balls.land) == (20, {"far side"}, 500_000)
    assert (chip.name, chip.bonded, chip.at, chip.angle) == ("U1", FLIP_CHIP, (99 * MM, 99 * MM), 90_000)
    assert chip.outline.size == (3 * MM, 2_400_000)  # turned
    assert chip.bumps is not None
    assert (len(chip.bumps.sites), chip.bumps.pad) == (100, 100_000)
    assert (capacitor.name, capacitor.outline.size, capacitor.height) == ("C7", (500_000, MM), None)
    assert [one.net for one in capacitor.terminals] == ["VDD", "GND"]
    assert package.carrier.outline == rectangle((100 * MM, 99 * MM), (10 * MM, 8 * MM))
    for words in ("U1: its 100 pads are taken for the bumps of a flip chip", "BGA1: its 20 pads on the far side are taken for",
                  "taken for passives by their references: C7", "the board's outline is taken for the carrier's",
                  "left out: J1 (neither balls nor bumps", "'N A1' is now N_A1", "the passive height of C7",
                  "fill in before 'overmold drc' can read the package file: the carrier kind; the bump diameter of U1"):
        assert words in said


def test_filled_in_their_package_file_is_whole(tmp_path: Path) -> None:
    files = package_file(selected(TEAM)[0])
    assert "  array: {grid: [5, 4], pitch: 1.6 mm}\n" in files["b.yaml"]
    assert "      array: {grid: [10, 10], pitch: 200 um}\n" in files["b.yaml"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = files["b.yaml"].replace("# kind", "kind").replace("# diameter", "diameter")
    package = read_package_text(text, "b.yaml", tmp_path)
    found = {str(one).split(":")[0] for one in drift(selected(TEAM)[0], package)}
    assert found == {"carrier.kind", "chips.U1.bumps.diameter", "balls.diameter"}


def test_fields_that_a_team_gave_its_footprints_count() -> None:
    stated = CHIP.replace('(property "Reference"', '(property "Bump height" "70 um ± 5 um")\n\t\t(property "Reference"')
    (chip,) = selected(board(BALLS, stated))[0].chips
    assert chip.bumps is not None
    assert chip.bumps.height is not None
    assert chip.bumps.height.nominal == 70_000


@pytest.mark.parametrize(("drawings", "size", "said"), [
    (body(2, 2, "F.CrtYd"), 2 * MM, "its size is that of its courtyard"), ("", 1_900_000, "its size is that of its pads")])
def test_without_a_body_a_chip_is_as_large_as_its_courtyard_or_its_pads(drawings: str, size: int, said: str) -> None:
    bare = footprint("die", "U1", 2, array(10, 10, 0.2, 0.1, "F"), "99 99", drawings=drawings)
    package, notes = selected(board(BALLS, bare))
    assert package.chips[0].outline.size == (size, size)
    assert said in notes


def test_what_is_on_the_mold_layer_counts_only_where_it_is_called_so() -> None:
    drawn = '\t(gr_line (start 96 96) (end 97 97) (layer "User.2"))\n'
    assert selected(board(CHIP, BALLS, more=drawn))[0].mold is None
    area = ('\t(zone (layer "F.Cu") (name "Mold cap") (polygon (pts (xy 96 96) (xy 104 96) (xy 104 102) (xy 96 102))))\n')
    mold = selected(board(CHIP, BALLS, more=drawn + area))[0].mold
    assert mold is not None
    assert mold.outline.size == (8 * MM, 6 * MM)


def test_a_package_has_one_array_of_balls() -> None:
    second = footprint("LGA", "BGA2", 8, array(3, 3, 0.5, 0.3, "B"), "100 99", "B.Cu")
    package, said = selected(board(second, BALLS))
    assert package.balls is not None
    assert len(package.balls.sites) == 20
    assert "left out: BGA2 (a package has one array of balls)" in said


def test_pads_here_and_there_are_no_array() -> None:
    odd = footprint("QFN", "U9", 5, array(3, 1, 0.5, 0.3, "F"), "99 99")
    assert "no footprint of this board is part of a package, which is made of its balls" in faults(board(odd, CONNECTOR))


def test_what_is_not_on_the_board_is_told() -> None:
    assert "none of these items is a footprint of this board; choose its balls" in faults(TEAM, "11111111-0000-0000-0000-0000")
    assert "none of these footprints is part of a package; choose its balls" in faults(TEAM, uuid(4))
    with pytest.raises(Faults, match="there is no footprint 'U11' on this board; did you mean 'U1'"):
        uuids_of(TEAM, "b.kicad_pcb", ["U11"])


def test_uuids_in_capitals_and_those_of_tracks_do_no_harm() -> None:
    data = board(BALLS.replace(uuid(1), "abcdef00-0000-0000-0000-000000000001"), CHIP)
    package, _ = read_selection(data, "b.kicad_pcb", ["ABCDEF00-0000-0000-0000-000000000001", "not-a-footprint"])
    assert package.chips == ()
    assert package.balls is not None


def test_two_chips_without_a_reference_get_names_of_their_own() -> None:
    bare = CHIP.replace('"U1"', '"REF**"')
    alike = [bare.replace(uuid(2), uuid(20 + i)).replace("99 99 90", f"{98 + 3 * i} 99") for i in (0, 1)]
    package, _ = selected(board(BALLS, *alike))
    assert [chip.name for chip in package.chips] == ["die", "die_2"]


def test_a_bga_on_a_customers_board_is_a_finished_package() -> None:
    lands = footprint("BGA-49_7x7mm", "U3", 6, array(7, 7, 0.8, 0.4, "F", "(property pad_prop_bga) "), "120 130 45",
                      drawings=body(7, 7))
    package, said = selected(board(lands, CAPACITOR))
    assert (package.name, package.passives, package.chips) == ("BGA-49_7x7mm", (), ())
    assert package.carrier is not None
    assert package.balls is not None
    assert package.carrier.outline == rectangle((0, 0), (7 * MM, 7 * MM))
    assert (package.balls.land, set(package.balls.sides)) == (0, {"far side"})
    assert "U3: taken as a ball-grid array: 49 balls on its lands" in said
    assert "left out: C7 (not part of that package)" in said
    assert "array: {grid: [7, 7], pitch: 0.8 mm}" in package_file(package)["BGA-49_7x7mm.yaml"]
    # On the board of a package it is a chip.
    assert [chip.name for chip in selected(board(lands, BALLS))[0].chips] == ["U3"]
    two = lands.replace('"U3"', '"U4"').replace(uuid(6), uuid(7))
    assert "U3, U4 are finished packages, soldered to this board; choose one of them" in faults(board(lands, two))
    assert len(read_selection(board(lands, two), "b.kicad_pcb", [uuid(7)])[1]) > 0


@pytest.mark.skipif(not OFFICIAL, reason="KiCad's footprint library is not here")
def test_official_footprints_give_their_balls_in_a_file_and_on_a_board() -> None:
    for path in OFFICIAL[::dose(3, 1)]:
        package, _ = read_one_footprint(path.read_bytes(), str(path))
        placed, _ = read_selection(board(on_a_board(path, 5, "50.5 60 90")), "b.kicad_pcb", ())
        assert package.balls is not None
        ours, theirs = (package_file(replace(one, name="P"))["P.yaml"] for one in (placed, package))
        assert ours == theirs, path.name
        files = package_file(package)
        assert set(files) <= {f"{package.name}{end}" for end in (".yaml", "_balls.csv", "_lands.csv")}


def test_our_own_footprints_are_read_from_their_files() -> None:
    demo = read_package_file(DEMO)
    for name, data in files_of(demo).items():
        if name.endswith("_carrier.kicad_mod"):
            package, notes = read_one_footprint(data, name)
            assert {one.key.partition(".")[0] for one in drift(package, demo)} <= {"chips", "passives", "carrier", "balls"}
            assert "the carrier's stack-up" in notes[0]
        elif name.endswith(".kicad_mod"):
            package_file(read_one_footprint(data, name)[0])


def test_a_footprint_that_is_no_array_is_told_what_to_give() -> None:
    with pytest.raises(Faults, match="this footprint has two lands or one, and nothing calls it a package; give a board"):
        read_one_footprint(b'(footprint "R" (layer "F.Cu") ' + two_pads().encode() + b")", "r.kicad_mod")


def test_a_lead_that_was_moved_is_one_of_its_own_in_the_package_file() -> None:
    data = board_file(read_package_file(DEMO.with_name("qfn.yaml"))).decode()
    head, mark, tail = data.partition('(pad "3" smd rect')
    moved = head + mark + tail.replace("(at -2.075 -0.25)", "(at -2.175 -0.25)", 1)
    package, _ = selected(moved.encode())
    text = next(iter(package_file(package).values()))
    assert text.count("- name: 3") == 1
    assert read_package_text(text.partition("netlist:")[0], "x.yaml", DEMO.parent).carrier is not None


@pytest.mark.skipif(not OFFICIAL_DEMOS.exists(), reason="KiCad's demos are not here")
def test_official_boards_are_read_or_told_what_to_select() -> None:
    for path in sorted(OFFICIAL_DEMOS.glob("**/*.kicad_pcb")):
        if path.stat().st_size > dose(6, 600) * 10**6:
            continue
        try:
            package, notes = read_selection(path.read_bytes(), path.name, ())
        except Faults:
            continue
        assert notes
        assert package_file(package)


@pytest.mark.parametrize("data", [TEAM, BOARD, board_file(read_package_file(DEMO.with_name("stack_two.yaml")))],
                         ids=["team", "flip_chip", "stack"])
def test_a_mutated_board_is_read_or_faulted(data: bytes) -> None:
    chance = random.Random(3)
    for _ in range(120):
        lines = data.split(b"\n")
        for _ in range(chance.choice([1, 2, 5])):
            i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
            if chance.random() < 0.5:
                lines[i] = lines[j]
            else:
                words = lines[i].split(b" ")
                words[chance.randrange(len(words))] = chance.choice([b'""', b"0", b'"U1"', b'"B.Cu"', b"-1e3", b'"A 1"'])
                lines[i] = b" ".join(words)
        try:
            package, _ = read_selection(b"\n".join(lines), "b.kicad_pcb", ())
        except Faults:
            continue
        assert package_file(package)


def test_a_teams_board_saved_by_kicad_reads_back_to_the_same_package_file(
    tmp_path: Path, saved_by_kicad: Callable[[Path], bytes]
) -> None:
    path = tmp_path / "b.kicad_pcb"
    path.write_bytes(TEAM)
    package, _ = read_selection(saved_by_kicad(path), "b.kicad_pcb", ())
    before = package_file(selected(TEAM)[0])
    # KiCad gives a board a stack-up when it saves it; nothing else may differ.
    assert package.carrier is not None
    bare = replace(package, carrier=replace(package.carrier, stackup=()))
    assert package_file(bare) == before
