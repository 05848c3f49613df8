"""A package inside a board that is not its own, and which way a package comes to a board: read, proposed, written beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from overmold.check import check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.placing.beside import beside
from overmold.kicad.placing.modes import INSIDE, OWN, PATTERN
from overmold.kicad.placing.offer import Offer, Wish, offer
from overmold.kicad.placing.proposal import propose
from overmold.kicad.placing.references import AS_IT_IS, NUMBERS, PREFIX, Naming
from overmold.kicad.placing.work import Work, work
from overmold.kicad.reading import read_board
from overmold.kicad.reading.selection import read_selection
from overmold.kicad.writing.board import board_file, number_nets
from overmold.kicad.writing.footprint import footprint_on_board
from overmold.kicad.writing.pads import OnBoard
from overmold.kicad.writing.rules import rules_file
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from paths import PACKAGES, REPOSITORY
from running_kicad import EMPTY
from variants import demo, demo_with

EXAMPLES = sorted((REPOSITORY / "examples").glob("*.yaml"))


def part(reference: str, number: int, at: str = "30 30", layer: str = "F.Cu") -> str:
    """A part of somebody's own, with one plated hole that the mask leaves open."""
    uuid = f"bbbbbbbb-0000-4000-8000-{number:012d}"
    return (f'\t(footprint "Mine:Part"\n\t\t(layer "{layer}")\n\t\t(uuid "{uuid}")\n\t\t(at {at})\n'
            f'\t\t(property "Reference" "{reference}" (at 0 -2 0) (layer "F.SilkS"))\n'
            '\t\t(pad "1" thru_hole circle (at 0 0) (size 1 1) (drill 0.5) (layers "*.Cu" "*.Mask") (net 0 ""))\n\t)\n')


OUTLINE = '\t(gr_rect (start 20 20) (end 80 70) (stroke (width 0.1) (type solid)) (fill no) (layer "Edge.Cuts"))\n'
# An outline that is none, drawings on layers that mean something to us, a stack-up and a mask clearance of their own.
ODD = ('\t(gr_line (start 20 20) (end 80 20) (stroke (width 0.1) (type solid)) (layer "Edge.Cuts"))\n'
       '\t(gr_rect (start 1 1) (end 9 9) (stroke (width 0.1) (type solid)) (fill no) (layer "User.2"))\n'
       '\t(gr_line (start 1 1) (end 9 9) (stroke (width 0.1) (type solid)) (layer "User.1"))\n'
       '\t(zone (net 0) (net_name "") (layers "F.Cu") (name "Mold cap") (hatch edge 0.5) (connect_pads (clearance 0))\n'
       '\t\t(min_thickness 0.25) (keepout (tracks allowed) (vias allowed) (pads allowed) (copperpour allowed)\n'
       '\t\t(footprints allowed)) (fill (thermal_gap 0.5) (thermal_bridge_width 0.5))\n'
       '\t\t(polygon (pts (xy 1 1) (xy 9 1) (xy 9 9))))\n')
SETUP = ('\t(setup (pad_to_mask_clearance 0.05) (stackup (layer "F.Mask" (type "Top Solder Mask") (thickness 0.01))\n'
         '\t\t(layer "F.Cu" (type "copper") (thickness 0.035)) (layer "dielectric 1" (type "core") (thickness 1.5))\n'
         '\t\t(layer "B.Cu" (type "copper") (thickness 0.035))\n'
         '\t\t(layer "B.Mask" (type "Bottom Solder Mask") (thickness 0.01))))\n')
PARTS = "".join(part(name, i) for i, name in enumerate(("R10", "C1", "U1", "J1", "FB1")))


def board_with(*clauses: str) -> str:
    return EMPTY.rstrip()[:-1] + "".join(clauses) + ")\n"


CUSTOMER = board_with(SETUP, OUTLINE, PARTS)


def after(board: str, done: Work) -> str:
    """The board once KiCad has done this work."""
    nets = number_nets(one.drawn.part for one in done.made)
    added = b"".join(footprint_on_board(one.drawn.part, one.drawn.fields, OnBoard(
        done.library, f"cccccccc-0000-4000-8000-{i:012d}", nets)) for i, one in enumerate(done.made)).decode()
    table = "".join(f'\t(net {number} "{name}")\n' for name, number in nets.items() if number)
    assert not done.edge
    return board.rstrip()[:-1] + table + added + ")\n"


def inside(spec: Package, board: str = CUSTOMER, naming: Naming = AS_IT_IS) -> str:
    made = propose(spec, board.encode(), "b.kicad_pcb", (50_000_000, 45_000_000), INSIDE, naming)
    assert all(change.kind == "new" and change.unit != "edge" for change in made.changes)
    return after(board, work(made, [change.id for change in made.changes]))


def verdicts(package: Package) -> dict[str, object]:
    return {one.rule.name: (one.status, one.worst.margin if one.worst else None)
            for one in check(package, load_deck()).verdicts if one.rule.measure != "open_holes_under_mold"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("customer", [CUSTOMER, board_with(SETUP, ODD, PARTS)], ids=["whole", "odd"])
def test_nothing_of_the_board_around_it_is_the_packages(path: Path, customer: str) -> None:
    spec = read_package_file(path)
    text = inside(spec, customer)
    read = read_board(text.encode(), "b")
    assert drift(read, spec) == ()
    assert verdicts(read) == verdicts(read_board(board_file(spec), "file"))
    assert len(read.passives) == len(spec.passives)
    again = propose(spec, text.encode(), "b.kicad_pcb", mode=INSIDE)
    assert (again.changes, again.notes) == ((), ())


def test_holes_count_where_they_go_through_the_carrier() -> None:
    text = inside(demo())
    assert read_board(text.encode(), "b").holes is None
    under = read_board(inside(demo(), board_with(OUTLINE, part("J1", 1), part("J2", 2, "50 47"))).encode(), "b").holes
    assert under is not None
    assert under.names == ("J2.1",)
    assert np.array_equal(under.xy, [[50_000_000, 47_000_000]])


def test_what_the_field_says_is_one_of_two_things() -> None:
    text = inside(demo()).replace('"inside a board"', '"inside the board"')
    with pytest.raises(Faults, match=r"unknown value 'inside the board'; did you mean 'inside a board'\?"):
        read_board(text.encode(), "b")
    misspelt = inside(demo()).replace('"Carrier place"', '"Carier place"')
    with pytest.raises(Faults, match="did you mean 'Carrier place'"):
        read_board(misspelt.encode(), "b")


def test_a_selection_on_such_a_board_is_what_carries_our_fields() -> None:
    package, notes = read_selection(inside(demo()).encode(), "b.kicad_pcb", [])
    assert {one.name for one in package.passives} == {"C1", "C2", "C3", "C4"}
    assert any(note.startswith("left out: R10, C1, U1, J1, FB1 (the package lies inside this board") for note in notes)


@pytest.mark.parametrize(("board", "usual", "refused"), [
    (EMPTY, OWN, ()), (board_with(OUTLINE), PATTERN, (OWN,)), (board_with(part("H1", 1)), PATTERN, (OWN,)),
    (board_with(ODD), PATTERN, (OWN,)), (CUSTOMER, PATTERN, (OWN,)),
    (board_with(OUTLINE.replace("80 70", "30 30")), OWN, ()),  # the demo's own outline, drawn before the package comes
    (board_file(demo()).decode(), OWN, ()), (inside(demo()), INSIDE, (OWN,)), (inside(demo(), EMPTY), INSIDE, (OWN,)),
    (board_file(demo()).decode().rstrip()[:-1] + part("TP1", 1) + ")\n", OWN, ()),
], ids=["empty", "outline", "parts", "odd", "customer", "its outline", "its board", "inside", "inside nothing", "with a part"])
def test_which_way_a_package_comes_to_a_board(board: str, usual: str, refused: tuple[str, ...]) -> None:
    found = offer(demo(), board.encode(), "b.kicad_pcb", Wish())
    assert found.mode == usual
    assert tuple(one.key for one in found.modes if one.why_not) == refused
    for mode in refused:
        with pytest.raises(Faults, match=r"this board has|lies inside this board"):
            offer(demo(), board.encode(), "b.kicad_pcb", Wish(mode))
    with pytest.raises(Faults, match="cannot be placed as 'sideways'"):
        offer(demo(), board.encode(), "b.kicad_pcb", Wish("sideways"))


def test_a_package_without_balls_and_leads_has_no_land_pattern() -> None:
    bare = replace(demo(), balls=None)
    found = offer(bare, CUSTOMER.encode(), "b.kicad_pcb", Wish())
    assert found.mode == INSIDE
    with pytest.raises(Faults, match="neither balls nor leads"):
        offer(bare, CUSTOMER.encode(), "b.kicad_pcb", Wish(PATTERN))


def test_a_carrier_placed_before_is_told_that_it_lies_inside() -> None:
    theirs = board_file(demo()).decode().rstrip()[:-1] + PARTS + ")\n"
    made = offer(demo(), theirs.encode(), "b.kicad_pcb", Wish(INSIDE))
    assert [(change.id, change.ticked) for change in made.proposal.changes] == [("changed carrier", True)]
    assert made.proposal.changes[0].words[0] == "Carrier place: whole board → inside a board"
    assert dict(made.work(["changed carrier"]).made[0].drawn.fields)["Carrier place"] == "inside a board"


@pytest.mark.parametrize(("naming", "names"), [
    (Naming(NUMBERS), {"U2", "C5", "C2", "C3", "C4"}), (Naming(PREFIX, "M_"), {"M_U1", "M_C1", "C2", "C3", "C4"}),
    (Naming(), {"U1", "C1", "C2", "C3", "C4"})])
def test_references_that_are_taken_get_numbers_or_a_prefix_and_are_known_again(naming: Naming, names: set[str]) -> None:
    found = offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish(INSIDE, naming=naming))
    assert found.taken == ("U1", "C1")
    text = inside(demo(), naming=naming)
    read = read_board(text.encode(), "b")
    assert {one.name for one in (*read.chips, *read.passives)} == names
    again = offer(demo(), text.encode(), "b.kicad_pcb", Wish())
    assert (again.mode, again.proposal.changes, again.taken) == (INSIDE, (), ())


def test_a_prefix_must_begin_a_reference() -> None:
    with pytest.raises(Faults, match="'1 2' cannot begin a reference"):
        offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish(INSIDE, naming=Naming(PREFIX, "1 2")))


def test_a_land_pattern_has_a_reference_of_its_own_and_lies_beside_what_is_there() -> None:
    found = offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish())
    made = found.work([change.id for change in found.proposal.changes if change.ticked]).made
    assert [one.drawn.part.reference.words for one in made] == ["U2"]
    assert made[0].drawn.part.at[0] > 80_000_000 + 5_000_000
    assert made[0].drawn.part.in_no_schematic
    known = offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish(reference="IC3", in_schematic=True, at=(1, 2)))
    part_of = known.work([change.id for change in known.proposal.changes]).made[0].drawn.part
    assert (part_of.reference.words, part_of.at, part_of.in_no_schematic) == ("IC3", (1, 2), False)
    for wrong, why in (("U1", "has a part U1 already"), ("7 up", "is not a reference")):
        with pytest.raises(Faults, match=why):
            offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish(reference=wrong))
    text = after(CUSTOMER, found.work([change.id for change in found.proposal.changes]))
    second = offer(demo(), text.encode(), "b.kicad_pcb", Wish()).proposal
    assert [change.ticked for change in second.changes] == [False]
    assert second.kept == ("U2 is this package's land pattern already, as the package file has it",)
    older = offer(demo_with({"balls.diameter": "0.45 mm"}), text.encode(), "b.kicad_pcb", Wish()).proposal
    assert older.notes[0].startswith(
        "U2 is an older land pattern of this package (Ball diameter: 0.4 mm → 0.45 mm; its lands are others); write the")


def test_a_lead_frame_has_two_land_patterns_and_the_plain_one_is_ticked() -> None:
    found = offer(read_package_file(PACKAGES / "qfn.yaml"), CUSTOMER.encode(), "b.kicad_pcb", Wish()).proposal
    assert [change.ticked for change in found.changes] == [True, False]


def beside_of(folder: Path, spec: Package, board: str = EMPTY, mode: str = OWN) -> tuple[Offer, dict[str, str], list[str]]:
    made = offer(spec, board.encode(), "mine.kicad_pcb", Wish(mode))
    due, stays = beside(made, folder, "mine.kicad_pcb").foreseen()
    return made, due, stays


def test_what_is_written_beside_a_board_takes_nothing_away(tmp_path: Path) -> None:
    row = '(lib (name "Mine")(type "KiCad")(uri "x")(options "")(descr ""))'
    mine = {"fp-lib-table": f"(fp_lib_table\n  (version 7)\n  {row}\n)\n",
            "mine.kicad_dru": '(version 1)\n# mine\n(rule "a" (constraint track_width (min 1mm)))\n', "mine.kicad_pro": "{}\n"}
    for name, text in mine.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made, due, stays = beside_of(tmp_path, demo())
    assert stays == []
    assert {due[name] for name in ("fp-lib-table", "mine.kicad_dru")} == {"changed"}
    written = beside(made, tmp_path, "mine.kicad_pcb").write()
    assert set(written) == set(due)
    assert (tmp_path / "mine.kicad_pro").read_text(encoding="utf-8") == "{}\n"
    assert '(name "Mine")' in (tmp_path / "fp-lib-table").read_text(encoding="utf-8")
    rules = (tmp_path / "mine.kicad_dru").read_text(encoding="utf-8")
    assert rules.endswith(mine["mine.kicad_dru"].removeprefix("(version 1)"))
    assert (tmp_path / f"{demo().name}.settings/{demo().name}.kicad_dru").read_text(encoding="utf-8") == rules
    project = json.loads((tmp_path / f"{demo().name}.settings/{demo().name}.kicad_pro").read_text(encoding="utf-8"))
    assert project["board"]["design_settings"]["rules"]["min_through_hole_diameter"] >= 0.0508  # or Board Setup refuses it
    assert beside_of(tmp_path, demo())[1:] == ({}, [])
    # A file that somebody has edited stays, and is named; the others go on.
    edited = tmp_path / f"{demo().name}.pretty/{demo().name}_U1.kicad_mod"
    edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    made, due, stays = beside_of(tmp_path, demo_with({"balls.diameter": "0.45 mm"}))
    assert stays == [f"{edited.name} was edited since Overmold wrote it; it stays as it is"]
    assert due[f"{demo().name}.pretty/{demo().name}.kicad_mod"] == "changed"
    beside(made, tmp_path, "mine.kicad_pcb").write()
    assert edited.read_text(encoding="utf-8").endswith("\n\n")


def test_beside_a_customers_board_stand_the_library_and_none_of_our_limits(tmp_path: Path) -> None:
    _, due, _ = beside_of(tmp_path, demo(), CUSTOMER, PATTERN)
    name = demo().name
    assert set(due) == {f"{name}.pretty/{name}.kicad_mod", f"{name}.kicad_sym", f"{name}.3dshapes/{name}.step",
                        "fp-lib-table", "sym-lib-table"}
    made, due, _ = beside_of(tmp_path, demo(), CUSTOMER, INSIDE)
    assert "mine.kicad_dru" in due
    assert not any(".settings/" in path for path in due)
    beside(made, tmp_path, "mine.kicad_pcb").write()
    rules = (tmp_path / "mine.kicad_dru").read_text(encoding="utf-8")
    assert "A.getField('Package part') != ''" in rules  # parts of theirs need not stand under the mold
    assert "A.getField('Package part') != ''" not in rules_file(demo()).decode()


def test_a_folder_that_was_built_keeps_its_board_and_project(tmp_path: Path) -> None:
    from overmold.kicad.writing.build import build

    build(demo(), tmp_path)
    name = demo().name
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    board = (tmp_path / f"{name}.kicad_pcb").read_text(encoding="utf-8")
    made = offer(demo_with({"mold.cap": "320 um"}), board.encode(), f"{name}.kicad_pcb", Wish())
    found = beside(made, tmp_path, f"{name}.kicad_pcb")
    assert found.foreseen()[1] == []
    found.write()
    for file in (f"{name}.kicad_pcb", f"{name}.kicad_pro", f"{name}.kicad_dru"):
        assert (tmp_path / file).read_bytes() == before[file]
    build(demo(), tmp_path)  # and it is still a folder that can be built into


def test_what_package_and_board_have_in_common_is_said_before_it_is_placed() -> None:
    named = '(0 "F.Cu" signal)\n\t\t(39 "User.1" user "Glue")'
    board = CUSTOMER.replace('(0 "F.Cu" signal)', named)
    board = board.replace('(net 0 ""))\n', '(net 1 "GND"))\n', 1)
    board = board.replace('\t(net 0 "")\n', '\t(net 0 "")\n\t(net 1 "GND")\n', 1)
    notes = offer(demo(), board.encode(), "b.kicad_pcb", Wish(INSIDE)).proposal.notes
    same = "nets of this board and of the package have the same names and will be one: "
    assert any(note.startswith(f"{same}GND;") for note in notes)
    assert any("User.1 (Glue)" in note for note in notes)
    pattern = offer(demo(), board.encode(), "b.kicad_pcb", Wish()).proposal
    assert not any(note.startswith(same) for note in pattern.notes)


def test_a_customers_board_says_that_it_is_one() -> None:
    found = offer(demo(), CUSTOMER.encode(), "b.kicad_pcb", Wish())
    text = after(CUSTOMER, found.work([change.id for change in found.proposal.changes]))
    with pytest.raises(Faults, match="this is a customer's board: U2 is where a finished package is soldered to it"):
        read_board(text.encode(), "b")
