"""What placing a package into a board would do: only what differs, and nothing of what people have done there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.compare import drift
from overmold.compare.match import Names, match
from overmold.faults import Faults
from overmold.kicad.placing.arrange import arrange
from overmold.kicad.placing.proposal import Proposal, propose
from overmold.kicad.placing.work import work
from overmold.kicad.reading import read_board
from overmold.kicad.reading.stackup import stackup_text
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package.moved import moved_to
from overmold.package_file import read_package_file
from paths import REPOSITORY
from variants import demo, demo_data, demo_with

EMPTY = '(kicad_pcb\n\t(version 20241229)\n\t(generator "pcbnew")\n\t(layers\n\t\t(0 "F.Cu" signal)\n\t)\n\t(net 0 "")\n)\n'
EXAMPLES = sorted((REPOSITORY / "examples").glob("*.yaml"))
NO_NAMES = Names({}, {}, {})


def planned(board: str, spec: Package) -> Proposal:
    return propose(spec, board.encode(), "b.kicad_pcb")


def board_of(*changes: dict[str, object]) -> str:
    return board_file(demo_with(*changes)).decode()


def asked(found: Proposal) -> dict[str, tuple[str, ...]]:
    return {change.id: change.words for change in found.changes}


def ticked(found: Proposal) -> list[str]:
    return [change.id for change in found.changes if change.ticked]


def around(board: str, reference: str) -> tuple[int, int]:
    """Where the footprint of this reference stands in the text."""
    at = board.index(f'"Reference" "{reference}"')
    begin = board.rindex("\n\t(footprint ", 0, at) + 1
    return begin, board.index("\n\t)\n", at) + 4


def with_inside(board: str, reference: str, clause: str) -> str:
    """The board with one more clause in a footprint."""
    end = around(board, reference)[1] - len("\t)\n")
    return board[:end] + f"\t\t{clause}\n" + board[end:]


def test_on_an_empty_board_everything_is_new_and_lies_where_somebody_wants_it() -> None:
    found = propose(demo(), EMPTY.encode(), "b.kicad_pcb", (70_000_000, 80_000_000))
    assert ticked(found) == ["new carrier", "new chips.U1", *(f"new passives.C{i}" for i in (1, 2, 3, 4)), "new edge"]
    made = work(found, ticked(found))
    assert made.made[0].drawn.part.at == (70_000_000, 80_000_000)
    assert made.gone == ()
    assert made.words == "6 footprints and 1 outline placed"
    assert made.layers == ("B.Fab", "F.CrtYd", "F.Fab", "User.1", "User.2", "User.3")


def test_where_nobody_says_where_it_lies_in_the_middle_of_the_outline_or_of_the_sheet() -> None:
    assert planned(EMPTY, demo()).at == (100_000_000, 100_000_000)
    outline = '\t(gr_rect (start 20 20) (end 50 40) (layer "Edge.Cuts"))\n)\n'
    found = planned(EMPTY[:-2] + outline, demo())
    assert found.at == (35_000_000, 30_000_000)
    # The outline is the user's: it is offered, and not done unless somebody wants it.
    assert asked(found)["changed edge"] == (
        "what is drawn on Edge.Cuts (30 mm x 20 mm) → the carrier's outline (10 mm x 10 mm)",)
    assert "changed edge" not in ticked(found)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_board_that_is_what_the_package_file_says_needs_nothing(path: Path) -> None:
    spec = read_package_file(path)
    found = planned(board_file(spec).decode(), spec)
    assert (found.changes, found.kept, found.notes) == ((), (), ())


def test_only_the_parts_that_differ_are_made_anew_each_difference_with_both_values() -> None:
    found = planned(board_of({"mold.cap": "300 um"}, {"chips.0.thickness": "140 um"}, {"passives.1.value": "1 nF"}), demo())
    assert asked(found) == {
        "changed carrier": ("mold.cap: 300 um → 315 um ± 15 um",),
        "changed chips.U1": ("chips.U1.thickness: 140 um → 150 um ± 10 um",),
        "changed passives.C2": ("passives.C2.value: 1 nF → 10 nF",),
    }
    made = work(found, ["changed chips.U1"])
    assert [one.drawn.part.reference.words for one in made.made] == ["U1"]
    assert made.gone == (made.made[0].replaces,)
    assert made.words == "1 footprint placed, 1 former item removed"


def test_what_somebody_moved_stays_unless_it_is_wanted_back() -> None:
    spec = demo()
    found = planned(board_of({"passives.0.at": ["3.7 mm", "1 mm"]}, {"chips.0.at": ["0 mm", "0.1 mm"]}), spec)
    assert asked(found) == {
        "moved chips.U1": ("it stays at 0 mm, 0.1 mm; the package file has it at 0 mm, 0 mm",),
        "moved passives.C1": ("it stays at 3.7 mm, 1 mm, turned by 90 deg; the package file has it at 3.6 mm, 0 mm, "
                              "turned by 90 deg",),
    }
    assert ticked(found) == []
    back = work(found, ["moved passives.C1"])
    assert [(one.drawn.part.reference.words, one.drawn.part.at) for one in back.made] == [("C1", (103_600_000, 100_000_000))]


def test_a_part_that_is_moved_and_changed_is_made_anew_where_it_lies() -> None:
    found = planned(board_of({"passives.0.at": ["3.7 mm", "1 mm"]}, {"passives.0.angle": "0 deg"},
                             {"passives.0.value": "1 nF"}), demo())
    made = work(found, ticked(found))
    assert [(one.drawn.part.at, one.drawn.part.angle) for one in made.made] == [((103_700_000, 101_000_000), 0)]


def test_renamed_parts_and_nets_keep_their_names() -> None:
    board = board_of({"passives.0.name": "C77"}, {"mold.cap": "300 um"}).replace('"VDD"', '"VCORE"')
    found = planned(board, demo())
    assert ticked(found) == ["changed carrier"]
    assert found.kept == ("passive C1 is called C77 on the board and stays so",
                          "net VDD is called VCORE on the board and stays so")
    made = work(found, ticked(found))
    assert "VCORE" in made.made[0].drawn.part.pads[0].nets
    assert "VDD" not in made.made[0].drawn.part.pads[0].nets


def test_a_net_that_only_some_pads_changed_to_is_no_new_name() -> None:
    board = board_of()
    begin, end = around(board, "C1")
    found = planned(board[:begin] + board[begin:end].replace('"VDD"', '"VX"') + board[end:], demo())
    assert asked(found) == {"changed passives.C1": ("passives.C1.1.net: VX → VDD",)}


def test_a_pad_that_the_package_file_leaves_open_keeps_the_net_that_somebody_gave_it() -> None:
    spec = demo()
    assert spec.balls is not None
    name = spec.balls.sites.names[spec.balls.nets.index("")]
    board = board_of().replace(f'"unconnected-(PKG1-{name})"', '"SPARE"')
    assert '"SPARE"' in board
    assert planned(board, spec).changes == ()
    due = planned(board, spec).arranged()
    assert due.balls is not None
    assert due.balls.nets[due.balls.sites.names.index(name)] == "SPARE"


def test_a_part_that_the_package_file_does_not_have_goes_only_if_that_is_wanted() -> None:
    first = demo_data()["passives"][0]
    found = planned(board_of(), demo_with({"passives": [first]}))
    assert asked(found) == {f"gone passives.C{i}": ("it is not in the package file",) for i in (2, 3, 4)}
    assert ticked(found) == []
    assert len(work(found, ["gone passives.C3"]).gone) == 1


@pytest.mark.parametrize(("clause", "said"), [
    ('(fp_text_box "mine" (start 0 0) (end 1 1) (layer "F.Fab"))', "fp_text_box"),
    ('(group "mine" (uuid "1") (members))', "group"),
    ('(dimension (type aligned))', "dimension"),
    ('(component_classes (class "Tall"))', "component_classes"),
    ('(embedded_files (file (name "a.step")))', "embedded_files"),
    ('(units (unit (name "A")))', "units"),
])
def test_a_footprint_that_the_interface_would_spoil_is_left_alone_and_says_why(clause: str, said: str) -> None:
    found = planned(with_inside(board_of({"mold.cap": "300 um"}), "PKG1", clause), demo())
    assert [(change.kind, change.unit, change.ticked) for change in found.changes] == [("blocked", "carrier", False)]
    assert found.changes[0].words[0] == (
        f"PKG1 holds what KiCad's interface would lose ({said}); take it out, or change PKG1 by hand")
    assert work(found, ["blocked carrier"]).made == ()


def test_what_cannot_be_read_is_left_alone_and_the_rest_is_placed() -> None:
    board = board_of({"mold.cap": "300 um"}, {"passives.1.value": "1 nF"})
    begin, end = around(board, "C1")
    odd = board[begin:end].replace('"Passive height" "200 um ± 20 um"', '"Passive height" "high"')
    assert odd != board[begin:end]
    found = planned(board[:begin] + odd + board[end:], demo())
    assert [(change.id, change.ticked) for change in found.changes] == [
        ("changed carrier", True), ("blocked passives.C1", False), ("changed passives.C2", True)]
    assert found.changes[1].words[0].startswith("what is drawn of it cannot be read: C1, field 'Passive height': ")


def test_a_footprint_in_a_group_is_left_alone() -> None:
    board = board_of({"mold.cap": "300 um"})
    begin, end = around(board, "PKG1")
    uuid = re.search(r'\(uuid "([^"]+)"', board[begin:end])
    assert uuid
    found = planned(board[:-2] + f'\t(group "mine" (uuid "0") (members "{uuid.group(1)}"))\n)\n', demo())
    assert found.changes[0].words[0] == "PKG1 is in a group; take it out of the group first, and put it back afterwards"


def test_a_passive_that_somebody_drew_themselves_is_never_touched() -> None:
    board = board_of()
    begin, end = around(board, "C1")
    own = re.sub(r'\t\t\(property "Package part".*?\n\t\t\)\n', "", board[begin:end], flags=re.S)
    found = planned(board[:begin] + own.replace("10 nF", "47 nF") + board[end:], demo())
    assert found.changes == ()
    assert found.kept == ("C1 has no field 'Package part': it is your own and stays as it is",)


def test_a_board_with_a_stack_up_of_its_own_is_told_what_to_enter_there() -> None:
    found = planned(board_of({"carrier.stackup.0.thickness": "10 um"}), demo())
    assert found.changes == ()
    assert len(found.notes) == 1
    assert found.notes[0].startswith("the board's stack-up is another, and a plugin cannot change it: in Board Setup > "
                                     "Physical Stackup, enter mask 15 um; copper 15 um")


def test_a_board_without_a_stack_up_carries_it_in_a_field_and_reads_back_the_same() -> None:
    spec = demo()
    made = work(planned(EMPTY, spec), ["new carrier"])
    fields = dict(made.made[0].drawn.fields)
    assert fields["Stack-up"] == ("mask: 15 um ± 3 um (AUS308); copper: 15 um ± 2 um; core: 200 um ± 20 um (BT); "
                                  "copper: 15 um ± 2 um; mask: 15 um ± 3 um (AUS308)")
    assert not [name for name in fields if name.startswith("Tolerance of")]
    board = _with_field_for_stackup(board_file(spec).decode(), fields["Stack-up"])
    read = read_board(board.encode(), "b.kicad_pcb")
    assert drift(read, spec) == ()
    assert planned(board, demo_with({"carrier.stackup.0.thickness": "16 um"})).changes[0].words == (
        "carrier.stackup.0.thickness: 15 um ± 3 um → 16 um",)


def _with_field_for_stackup(board: str, words: str) -> str:
    """The board with its stack-up in the carrier's field instead of in its set-up."""
    board = re.sub(r"\t\t\(stackup\n.*?\n\t\t\)\n", "", board, flags=re.S)
    board = re.sub(r'\t\t\(property "Tolerance of [^"]*".*?\n\t\t\)\n', "", board, flags=re.S)
    return _with_field(board, words)


def _with_field(board: str, words: str) -> str:
    field = f'(property "Stack-up" "{words}"\n\t\t\t(at 0 0 0)\n\t\t)\n\t\t'
    return board.replace('(property "Mold cap"', field + '(property "Mold cap"')


@pytest.mark.parametrize(("words", "said"), [
    ("mask 15 um", "'mask 15 um' is not a layer; write for example mask: 15 um ± 3 um (AUS308)"),
    ("maks: 15 um", "'maks' is not a layer; did you mean 'mask'?"),
    ("mask: 15", "has no unit"),
    ("mask: -3 um", "it must be more than nothing"),
])
def test_a_field_for_the_stack_up_that_cannot_be_read_is_told(words: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)):
        read_board(_with_field_for_stackup(board_of(), words).encode(), "b.kicad_pcb")


def test_a_field_and_a_set_up_that_disagree_are_no_pass() -> None:
    words = "mask: 12 um; copper: 15 um; core: 200 um; copper: 15 um; mask: 15 um"
    board = _with_field(board_of(), words)
    with pytest.raises(Faults, match="Board Setup > Physical Stackup says otherwise"):
        read_board(board.encode(), "b.kicad_pcb")


def test_a_stack_up_is_written_as_it_is_read() -> None:
    carrier = demo().carrier
    assert carrier is not None
    strange = (replace(carrier.stackup[0], material="A (b); c"), *carrier.stackup[1:])
    assert stackup_text(strange).startswith("mask: 15 um ± 3 um (A [b], c); copper")


def test_where_the_board_draws_the_molds_outline_itself_it_is_not_drawn_twice() -> None:
    mold = '\t(gr_rect (start 96 96) (end 104 104) (layer "User.2"))\n)\n'
    board = board_of({"balls.standoff": "0.2 mm"})
    begin, end = around(board, "PKG1")
    bare = re.sub(r'\t\t\(fp_rect(?:(?!\n\t\t\)).)*"User.2".*?\n\t\t\)\n', "", board[begin:end], flags=re.S)
    found = planned((board[:begin] + bare + board[end:])[:-2] + mold, demo())
    made = work(found, ["changed carrier"])
    assert made.made
    assert not [shape for shape in made.made[0].drawn.part.shapes if shape.layer == "mold cap outline"]


def test_chips_on_the_back_are_refused() -> None:
    board = board_of()
    for name in ("U1", "C1", "C2", "C3", "C4"):
        begin, end = around(board, name)
        board = board[:begin] + board[begin:end].replace('(layer "F.Cu")', '(layer "B.Cu")', 1) + board[end:]
    with pytest.raises(Faults, match="the chips of this board are on its back"):
        planned(board, demo())


def test_wires_go_along_with_a_chip_that_somebody_moved() -> None:
    path = next(path for path in EXAMPLES if "face-up_flip" in path.stem)
    spec = read_package_file(path)
    board = read_board(board_file(spec), "b.kicad_pcb")
    bonded = next(chip for chip in board.chips if chip.pads is not None)
    by = 50_000
    chips = tuple(replace(chip, at=(chip.at[0] + by, chip.at[1])) if chip is bonded else chip for chip in board.chips)
    due = arrange(spec, replace(board, chips=chips), match(board, spec))
    before = {(wire.start, wire.end): wire for wire in board.wires}
    for wire in due.wires:
        former = before[wire.start, wire.end]
        moves = by if wire.start.startswith(bonded.name + ".") else 0
        assert abs(wire.from_at[0] - former.from_at[0] - moves) <= 2
        assert wire.to_at == former.to_at or wire.end.startswith(bonded.name + ".")


@given(st.sampled_from(EXAMPLES), st.tuples(*[st.integers(-10**9, 10**9)] * 2), st.integers(-2_000_000, 2_000_000),
       st.sampled_from((0, 90_000, 180_000, 270_000, 33_000)))
def test_a_package_arranged_as_the_board_has_it_lies_as_the_board_does(
    path: Path, to: tuple[int, int], by: int, turn: int
) -> None:
    """Wherever the board lies and wherever its parts were pushed: arranged, nothing but the parts' own data can differ."""
    spec = moved_to(read_package_file(path), (0, 0))
    board = moved_to(spec, to)
    chips = tuple(replace(chip, at=(chip.at[0] + by, chip.at[1]), angle=chip.angle + turn) for chip in board.chips)
    passives = tuple(replace(one, at=(one.at[0], one.at[1] - by), angle=one.angle + turn) for one in board.passives)
    due = arrange(spec, replace(board, chips=chips, passives=passives), NO_NAMES)
    assert [(one.at, one.angle) for one in (*due.chips, *due.passives)] == [(one.at, one.angle) for one in (*chips, *passives)]
    again = arrange(due, board, NO_NAMES)
    for one, other in zip(again.chips, board.chips):
        for mine, theirs in ((one.bumps, other.bumps), (one.pads, other.pads)):
            if mine is not None and theirs is not None:
                assert np.abs(mine.sites.xy - theirs.sites.xy).max() <= 2
