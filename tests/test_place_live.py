"""Packages placed into boards that are open in a real KiCad: what is made, what is kept, what one undo takes back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from kicad_desk import Desk
from overmold.check import check
from overmold.compare import drift
from overmold.kicad.placing.proposal import Proposal, propose
from overmold.kicad.placing.work import work
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package.moved import chip_at
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from paths import PACKAGES, REPOSITORY
from running_kicad import EMPTY, clauses, opened, undo
from variants import demo, demo_with

EXAMPLES = sorted((REPOSITORY / "examples").glob("*.yaml"))
# What people draw and KiCad's interface loses or spoils: text boxes, groups, a dimension, a text box in a footprint.
MINE = """
	(net 1 "MINE")
	(footprint "Mine:Part"
		(layer "F.Cu")
		(uuid "aaaaaaaa-0000-4000-8000-000000000010")
		(at 40 60)
		(property "Reference" "J1" (at 0 -2 0) (layer "F.SilkS") (uuid "aaaaaaaa-0000-4000-8000-000000000011")
			(effects (font (size 1 1) (thickness 0.15))))
		(property "Value" "mine" (at 0 2 0) (layer "F.Fab") (uuid "aaaaaaaa-0000-4000-8000-000000000012")
			(effects (font (size 1 1) (thickness 0.15))))
		(attr smd)
		(fp_text_box "inside" (start -1 -1) (end 1 1) (layer "F.Fab") (uuid "aaaaaaaa-0000-4000-8000-000000000013")
			(effects (font (size 0.5 0.5) (thickness 0.05))))
		(pad "1" smd roundrect (at -1 0) (size 1 1) (layers "F.Cu" "F.Mask" "F.Paste") (roundrect_rratio 0.25) (net 1 "MINE")
			(uuid "aaaaaaaa-0000-4000-8000-000000000014"))
	)
	(segment (start 39 60) (end 39 80) (width 0.25) (layer "F.Cu") (net 1) (uuid "aaaaaaaa-0000-4000-8000-000000000020"))
	(via (at 39 80) (size 0.6) (drill 0.3) (layers "F.Cu" "B.Cu") (net 1) (uuid "aaaaaaaa-0000-4000-8000-000000000021"))
	(zone (net 1) (net_name "MINE") (layer "B.Cu") (uuid "aaaaaaaa-0000-4000-8000-000000000022") (hatch edge 0.5)
		(connect_pads (clearance 0.5)) (min_thickness 0.25) (fill (thermal_gap 0.5) (thermal_bridge_width 0.5))
		(polygon (pts (xy 30 50) (xy 60 50) (xy 60 90) (xy 30 90))))
	(gr_text_box "mine: do not touch" (start 20 20) (end 60 30) (margins 0.5 0.5 0.5 0.5) (layer "F.Fab")
		(uuid "aaaaaaaa-0000-4000-8000-000000000001") (effects (font (size 1 1) (thickness 0.1))) (border yes)
		(stroke (width 0.1) (type solid)))
	(gr_line (start 20 40) (end 60 40) (stroke (width 0.2) (type default)) (layer "F.Fab")
		(uuid "aaaaaaaa-0000-4000-8000-000000000002"))
	(gr_line (start 20 42) (end 60 42) (stroke (width 0.2) (type default)) (layer "F.Fab")
		(uuid "aaaaaaaa-0000-4000-8000-000000000003"))
	(group "mine" (uuid "aaaaaaaa-0000-4000-8000-000000000004") (members "aaaaaaaa-0000-4000-8000-000000000002"
		"aaaaaaaa-0000-4000-8000-000000000003"))
)
"""


def put(spec: Package, *also: str, at: tuple[int, int] | None = None) -> Proposal:
    """Place what is ticked, and ``also``; gives the plan."""
    from overmold.kicad.live.place import carry_out

    board = opened()
    made = propose(spec, board.text, board.name, at)
    carry_out(board, work(made, [*(change.id for change in made.changes if change.ticked), *also]))
    return made


def verdicts(package: Package) -> dict[str, tuple[object, ...]]:
    found = check(package, load_deck()).verdicts
    return {one.rule.name: (one.status, one.worst.margin if one.worst else None) for one in found}


def test_everything_of_every_package_is_placed_and_reads_back_as_the_package_file_has_it(desk: Desk) -> None:
    desk.show(EMPTY)
    first = opened().text
    for path in EXAMPLES:
        spec = read_package_file(path)
        put(spec)
        placed = opened()
        read = read_board(placed.text, placed.name)
        assert drift(read, spec) == (), path.stem
        assert verdicts(read) == verdicts(read_board(board_file(spec), "file")), path.stem
        assert not propose(spec, placed.text, placed.name).changes, path.stem
        undo(opened())
        assert clauses(opened().text) == clauses(first), path.stem


def test_what_people_drew_survives_byte_for_byte_and_one_undo_takes_back_all_of_ours(desk: Desk) -> None:
    desk.show(EMPTY.rstrip()[:-1].replace('\t(net 0 "")\n', '\t(net 0 "")') + MINE)
    before = opened().text
    spec = demo()
    put(spec, at=(120_000_000, 100_000_000))
    after = opened().text
    assert not clauses(before) - clauses(after)
    new = clauses(after) - clauses(before)
    assert Counter(clause[:10] for clause in new) == {b"(footprint": 6, b"(gr_rect\n\t": 1}
    undo(opened())
    assert clauses(opened().text) == clauses(before)


def test_a_changed_package_file_changes_those_footprints_and_keeps_what_people_did(desk: Desk) -> None:
    text = board_file(demo()).decode()
    # Somebody moved and renamed C1, renamed a net, gave U1 a field and a line of its own, and routed a track.
    begin = text.index('"Reference" "C1"')
    begin = text.rindex("\n\t(footprint ", 0, begin) + 1
    end = text.index("\n\t)\n", begin)
    c1 = re.sub(r"\(at [\d. ]+\)", "(at 103.7 101 90)", text[begin:end], count=1)
    c1 = c1.replace('"Reference" "C1"', '"Reference" "C77"')
    text = (text[:begin] + c1 + text[end:]).replace('"VDD"', '"VCORE"')
    at = text.rindex("\n\t(footprint ", 0, text.index('"Reference" "U1"')) + 1
    end = text.index("\n\t)\n", at)
    mine = ('\n\t\t(property "Lot" "A-17" (at 0 3 0) (layer "F.Fab") (uuid "aaaaaaaa-0000-4000-8000-000000000031")\n'
            '\t\t\t(effects (font (size 0.3 0.3) (thickness 0.05))))\n'
            '\t\t(fp_line (start -1 0) (end 1 0.5) (stroke (width 0.05) (type solid)) (layer "F.Fab")\n'
            '\t\t\t(uuid "aaaaaaaa-0000-4000-8000-000000000032"))')
    text = text[:end] + mine + text[end:]
    text = text.rstrip()[:-1] + ('\t(segment (start 103.7 101) (end 104 102) (width 0.05) (layer "F.Cu") (net 0)\n'
                                 '\t\t(uuid "aaaaaaaa-0000-4000-8000-000000000033"))\n)\n')
    desk.show(text)
    before = opened().text
    spec = demo_with({"chips.0.thickness": "160 um ± 10 um"}, {"passives.0.value": "22 nF"})
    made = put(spec)
    assert [change.id for change in made.changes if change.ticked] == ["changed chips.U1", "changed passives.C77"]
    assert made.kept == ("passive C1 is called C77 on the board and stays so",
                         "net VDD is called VCORE on the board and stays so")
    after = opened().text
    gone, new = clauses(before) - clauses(after), clauses(after) - clauses(before)
    assert (len(gone), len(new)) == (2, 2)
    read = read_board(after, "b")
    assert {chip.name: chip.thickness for chip in read.chips} == {chip.name: chip.thickness for chip in spec.chips}
    moved = next(one for one in read.passives if one.name == "C77")
    assert (moved.at, moved.value) == ((103_700_000, 101_000_000), "22 nF")
    u1 = next(clause for clause in new if b'"Reference" "U1"' in clause)
    assert b'"Lot" "A-17"' in u1
    # Whatever is not the thickness is as it was, the line that somebody drew among it.
    plain = [sorted(without_ids(clause)) for clause in (next(one for one in gone if b'"Reference" "U1"' in one), u1)]
    assert [row.strip() for row in plain[1] if row not in plain[0]] == [b'(property "Chip thickness" "160 um \xc2\xb1 10 um"']
    undo(opened())
    assert opened().text == before


def without_ids(clause: bytes) -> list[bytes]:
    rows = re.sub(rb'"[0-9a-f]{8}-[0-9a-f-]{27}"', b"", clause).splitlines()
    return [row for row in rows if b"pad_prop_bga" not in row]  # KiCad's interface does not carry it


def test_a_part_wanted_back_goes_where_the_package_file_has_it(desk: Desk) -> None:
    desk.show(board_file(demo_with({"passives.0.at": ["3.7 mm", "1 mm"]})).decode())
    before = opened().text
    put(demo(), "moved passives.C1")
    after = opened().text
    assert drift(read_board(after, "b"), demo()) == ()
    undo(opened())
    assert opened().text == before


def test_a_part_that_is_not_wanted_goes_and_the_outline_is_drawn_anew_only_if_somebody_says_so(desk: Desk) -> None:
    desk.show(board_file(demo()).decode())
    before = opened().text
    three = [dict(one) for one in _passives()[:3]]
    small = demo_with({"passives": three}, {"carrier.size": ["10.4 mm", "10.4 mm"]})
    made = put(small, "gone passives.C4", "changed edge")
    assert [change.id for change in made.changes] == ["changed carrier", "gone passives.C4", "changed edge"]
    read = read_board(opened().text, "b")
    assert drift(read, small) == ()
    undo(opened())
    assert opened().text == before


def _passives() -> list[dict[str, Any]]:
    from variants import demo_data

    passives: list[dict[str, Any]] = demo_data()["passives"]
    return passives


@pytest.mark.long
def test_fifty_times_placed_checked_and_undone_leave_kicad_alive_and_the_board_as_it_was(desk: Desk) -> None:
    desk.show(EMPTY)
    put(demo())  # what a first time changes for good, such as the layers that are switched on
    undo(opened())
    first = opened().text
    due = verdicts(read_board(board_file(demo()), "file"))
    for turn in range(50):
        put(demo())
        placed = opened()
        read = read_board(placed.text, placed.name)
        assert turn % 10 or verdicts(read) == due
        undo(opened())
        assert opened().text == first


def test_a_passive_goes_to_the_far_side_and_back_where_the_package_file_says_so(desk: Desk) -> None:
    desk.show(EMPTY)
    near, far = demo(), demo(passives__0__side="far side")
    for spec in (far, near, far):
        put(spec)
        placed = opened()
        read = read_board(placed.text, placed.name)
        assert drift(read, spec) == ()
        assert [one.name for one in read.far_passives] == [one.name for one in spec.far_passives]
        assert not propose(spec, placed.text, placed.name).changes
        c1 = next(part for part in re.split(r"\n\t\(footprint ", placed.text.decode()) if '"Reference" "C1"' in part)
        here, there = ("B.", "F.") if spec.far_passives else ("F.", "B.")
        assert f'(layer "{here}Cu")' in c1
        assert there not in "".join(re.findall(r'\(layers? [^)]*\)', c1))
        assert ("(justify mirror)" in c1) == bool(spec.far_passives)


def test_a_chip_goes_to_the_far_side_and_back_where_the_package_file_says_so(desk: Desk) -> None:
    desk.show(EMPTY)
    read = read_package_file(PACKAGES / "far_chip.yaml")
    beside, below = chip_at(read.chips[0], (-2_400_000, 0), 0), read.chips[1]
    far, near = replace(read, chips=(beside, below)), replace(read, chips=(beside, replace(below, side="")))
    for spec in (far, near, far):
        put(spec)
        placed = opened()
        assert drift(read_board(placed.text, placed.name), spec) == ()
        assert not propose(spec, placed.text, placed.name).changes
        u2 = next(part for part in re.split(r"\n\t\(footprint ", placed.text.decode()) if '"Reference" "U2"' in part)
        here, there = ("B.", "F.") if spec.far_chips else ("F.", "B.")
        assert f'(layer "{here}Cu")' in u2
        assert there not in "".join(re.findall(r'\(layers? [^)]*\)', u2))
