"""Keep-outs: outlines in which metal, parts or mold must not be, in the file, on the board, in pictures and in the cavity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from overmold.check import BROKEN, KEPT, UNTESTED, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.fill.layers import cells_of
from overmold.kicad.placing.proposal import propose
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from package_text import read
from paths import PACKAGES
from turned_boards import turned

DECK = load_deck()
MODULE = PACKAGES / "keep_outs.yaml"
TEXT = """\
package: K
carrier: {kind: substrate, size: [10 mm, 10 mm], stackup: [{layer: mask, thickness: 15 um}]}
chips:
  - {name: U1, size: [3 mm, 3 mm], thickness: 100 um%s, bonded: flip-chip, bumps: {diameter: 100 um, height: 90 um,
     array: {grid: [4, 4], pitch: 500 um}}}
passives:
  - {name: C1, size: "0201", at: [4 mm, 0 mm]}
  - {name: C2, size: "0201", at: [-4 mm, 0 mm], side: far side}
mold: {cap: 400 um ± 10 um, filler: 20 um}
balls: {array: {grid: [10, 10], pitch: 0.8 mm, rings: 1}, diameter: 0.4 mm, standoff: 0.3 mm}
keep_outs: [%s]
"""
METAL, PART, MOLD = "metal-in-keep-out", "part-in-keep-out", "mold-in-keep-out"


def told(said: str, rule: str) -> tuple[str, list[Any]]:
    text = TEXT % ("", said)
    verdict = check(read(text), DECK).verdict(rule)
    board = check(read_board(board_file(read(text)), "b.kicad_pcb"), DECK).verdict(rule)
    found = [(one.reading.value, str(one.reading.told)) for one in verdict.judged]
    assert (board.status, [(one.reading.value, str(one.reading.told)) for one in board.judged]) == (verdict.status, found)
    return verdict.status, found


@pytest.mark.parametrize(("said", "status", "count"), [
    ("size: [1 mm, 1 mm]", BROKEN, 4),                                  # four bumps, and four pads under them, of one name
    ("size: [1 mm, 1 mm], side: far side", KEPT, 0),
    ("size: [0.3 mm, 0.3 mm]", KEPT, 0),
    ("size: [0.41 mm, 0.41 mm]", KEPT, 0),                              # its corners are 64 um from middles, 50 um are bump
    ("size: [0.44 mm, 0.44 mm]", BROKEN, 4),
    ("size: [0.3 mm, 0.3 mm], at: [3.6 mm, 3.6 mm]", BROKEN, 1),        # a ball
    ("size: [0.3 mm, 0.3 mm], at: [3.6 mm, 3.6 mm], side: chip side", KEPT, 0),
    ("size: [1 mm, 0.5 mm], at: [-4 mm, 0.05 mm], side: chip side", KEPT, 0),  # a capacitor on the far side
])
def test_metal(said: str, status: str, count: int) -> None:
    found, ((number, _),) = told(f"{{name: A, kept_out: metal, {said}}}", METAL)
    assert (found, number) == (status, count)


def test_where_metal_lies_is_named() -> None:
    _, ((_, said),) = told("{name: A, kept_out: everything, size: [1 mm, 1 mm]}", METAL)
    assert said == "A: U1.bumps.B2 and 3 more in it"


@pytest.mark.parametrize(("said", "status"), [
    ("size: [1 mm, 1 mm], at: [1.9 mm, 0 mm]", BROKEN), ("size: [1 mm, 1 mm], at: [2.1 mm, 0 mm]", KEPT),
    ("size: [1 mm, 1 mm], above: 150 um", BROKEN), ("size: [1 mm, 1 mm], above: 180 um", KEPT),      # 75 + 100 um
    ("size: [1 mm, 1 mm], side: far side", KEPT), ("size: [1 mm, 1 mm], at: [-4 mm, 0 mm], side: far side", BROKEN),
    ("size: [1 mm, 1 mm], at: [4 mm, 0 mm], above: 310 um ± 20 um", BROKEN),  # 0201: 300 um high
    ("outline: [[2 mm, 2 mm], [3 mm, 2 mm], [2 mm, 3 mm]]", KEPT),
])
def test_parts(said: str, status: str) -> None:
    assert told(f"{{name: A, kept_out: parts, {said}}}", PART)[0] == status


def test_a_height_that_nobody_stated_is_not_checked() -> None:
    text = TEXT.replace("thickness: 100 um%s, ", "%s")
    verdict = check(read(text % ("", "{name: A, kept_out: parts, size: [1 mm, 1 mm], above: 150 um}")), DECK).verdict(PART)
    assert verdict.status == UNTESTED
    assert "chip thickness of U1 is not stated" in verdict.untested[0].missing


@pytest.mark.parametrize(("said", "status"), [
    ("size: [1 mm, 1 mm]", BROKEN), ("size: [1 mm, 1 mm], above: 410 um", KEPT), ("size: [1 mm, 1 mm], above: 405 um", BROKEN),
    ("size: [1 mm, 1 mm], at: [6 mm, 0 mm]", KEPT),
])
def test_mold(said: str, status: str) -> None:
    assert told(f"{{name: A, kept_out: mold, side: chip side, {said}}}", MOLD)[0] == status


REGIONS = """mold: {cap: 400 um ± 10 um, filler: 20 um, outline: [[-5 mm, -5 mm], [2 mm, -5 mm], [2 mm, 5 mm], [-5 mm, 5 mm]],
       regions: [{name: M2, size: [2 mm, 4 mm], at: [4 mm, 3 mm], cap: %s},
                 {name: BELOW, size: [1 mm, 1 mm], at: [0 mm, 0 mm], cap: 200 um, side: far side}]}
"""


@pytest.mark.parametrize(("cap", "said", "status"), [
    ("600 um", "side: chip side, size: [1 mm, 1 mm], at: [4 mm, 3 mm]", BROKEN),
    ("600 um", "side: chip side, size: [1 mm, 1 mm], at: [4 mm, 3 mm], above: 500 um", BROKEN),  # the first ends at 400 um
    ("600 um", "side: chip side, size: [0.5 mm, 1 mm], at: [2.5 mm, 3 mm]", KEPT),                # between the two blocks
    ("600 um", "side: chip side, size: [1 mm, 1 mm], at: [4 mm, 3 mm], above: 610 um", KEPT),
    ("600 um", "side: far side, size: [1 mm, 1 mm]", BROKEN),
    ("600 um", "side: far side, size: [1 mm, 1 mm], at: [3 mm, 0 mm]", KEPT),
])
def test_mold_of_several_blocks_and_of_either_side(cap: str, said: str, status: str) -> None:
    text = TEXT.replace("mold: {cap: 400 um ± 10 um, filler: 20 um}\n", REGIONS.replace("%s", cap))
    package = read(text % ("", f"{{name: A, kept_out: mold, {said}}}"))
    for one in (package, read_board(board_file(package), "b.kicad_pcb")):
        assert check(one, DECK).verdict(MOLD).status == status


def test_a_passive_reaches_from_what_it_stands_on() -> None:
    text = (PACKAGES / "passives_on_interposer.yaml").read_text(encoding="utf-8")  # 60 + 15 + 100 um below it, 120 um high
    for above, status in (("200 um", BROKEN), ("330 um", KEPT)):
        keep_out = f"keep_outs: [{{name: A, kept_out: parts, size: [0.4 mm, 0.2 mm], at: [-1.8 mm, 2.5 mm], above: {above}}}]\n"
        package = read_package_text(keep_out + text, "p.yaml", PACKAGES)
        assert check(package, DECK).verdict(PART).status == status


@pytest.mark.parametrize("angle", [0, 90_000, 33_000])
def test_they_lie_on_the_board_however_it_is_turned(angle: int) -> None:
    package = read_package_file(MODULE)
    board = turned(board_file(package), angle) if angle else board_file(package)
    assert board.count(b'(name "Keep-out ANT: metal, both sides")') == 1
    assert board.count(b"(tracks not_allowed)") == 2
    assert drift(read_board(board, "b.kicad_pcb"), package) == ()


def test_a_keep_out_that_differs_is_offered_to_be_made_anew() -> None:
    package = read_package_file(MODULE)
    board = board_file(package).replace(b"Keep-out VIEW: parts, chip side, above 100 um", b"Keep-out VIEW: parts, chip side")
    assert [row.key for row in drift(read_board(board, "b.kicad_pcb"), package)] == ["keep_outs.VIEW.above"]
    words = " ".join(words for change in propose(package, board, "b.kicad_pcb").changes for words in change.words)
    assert "keep_outs.VIEW.above" in words


@pytest.mark.parametrize(("name", "said"), [
    ("Keep-out VIEW", "write for example Keep-out ANT: parts"), ("Keep-out VIEW: glue", "'glue' cannot be kept out"),
    ("Keep-out VIEW: parts, upper side", "'upper side' is not a side or a height"),
    ("Keep-out VIEW: parts, above 100", "has no unit"),
    ("Keep-out VIEW: metal, above 1 mm", "a height is said of parts or mold"),
    ("Keep-out ANT: parts", "there are two keep-outs called 'ANT'"),
])
def test_a_name_that_cannot_be_read_is_a_fault(name: str, said: str) -> None:
    board = board_file(read_package_file(MODULE)).replace(b"Keep-out VIEW: parts, chip side, above 100 um", name.encode())
    with pytest.raises(Faults, match=said):
        read_board(board, "b.kicad_pcb")


@pytest.mark.parametrize(("said", "words"), [
    ("{name: A, kept_out: metal, size: [1 mm, 1 mm], above: 1 mm}", "a height is said of parts or mold"),
    ("{name: A, kept_out: metal, size: [1 mm, 1 mm]}, {name: A, kept_out: mold, size: [1 mm, 1 mm]}", "the name of another"),
    ("{name: A, kept_out: metal, size: [2 mm, 2 mm], holes: [[[0 mm, 0 mm], [2 mm, 0 mm], [0 mm, 2 mm]]]}", "this hole does"),
    ("{name: A, kept_out: metal, size: [2 mm, 2 mm], holes: [%s, %s]}", "inside of the outline and apart from all other"),
    ("{name: A, kept_out: metal, size: [2 mm, 2 mm], holes: [[[0 mm, 0 mm], [0 mm, 1 mm], [0 mm, 2 mm]]]}", "has no area"),
    ("{name: A, kept_out: metal}", "'size' is missing"), ("{name: A, size: [1 mm, 1 mm]}", "'kept_out' is missing"),
])
def test_what_a_keep_out_cannot_be(said: str, words: str) -> None:
    said = said.replace("%s", "[[-0.5 mm, -0.5 mm], [0.5 mm, -0.5 mm], [0.5 mm, 0.5 mm]]")
    with pytest.raises(Faults, match=words):
        read(TEXT % ("", said))


def test_a_keep_out_of_mold_is_a_wall_of_the_cavity() -> None:
    plain = "{name: A, kept_out: metal, size: [2 mm, 2 mm], at: [3 mm, 3 mm]}"
    free, walled = (cells_of(read(TEXT % ("", one))) for one in (plain, plain.replace("metal", "mold")))
    x, y = ((lines[1:] + lines[:-1]) / 2 for lines in (walled.x, walled.y))
    inside = (abs(x - 3000) < 1000)[:, None] & (abs(y - 3000) < 1000)
    assert free.there[:, inside].any()
    assert not walled.there[:, inside].any()
    assert not walled.inside[inside].any()
    assert np.array_equal(walled.there[:, ~inside], free.there[:, ~inside])


def test_they_are_drawn() -> None:
    package = read_package_file(MODULE)
    assert plan(package).count('class="keepout"') == 4
    assert "ANT: no metal, both sides" in plan(package)
    assert section(package).count('class="keepout"') == 2  # over the carrier and under it


@pytest.mark.parametrize(("rule", "said", "lid", "status"), [
    (METAL, "kept_out: metal", "material: Cu", BROKEN), (METAL, "kept_out: everything", "material: 'Cu, Ni plated'", BROKEN),
    (METAL, "kept_out: metal", "material: borosilicate glass", KEPT), (METAL, "kept_out: metal", "", UNTESTED),
    (METAL, "kept_out: metal, side: far side", "material: Cu", KEPT), (PART, "kept_out: parts", "", BROKEN),
    (PART, "kept_out: parts, above: 900 um", "", KEPT), (PART, "kept_out: parts, above: 600 um", "", BROKEN),
])
def test_a_lid_lies_over_a_keep_out_under_it(rule: str, said: str, lid: str, status: str) -> None:
    text = TEXT % ("", f"{{name: A, {said}, size: [0.3 mm, 0.3 mm], at: [2.6 mm, 3.2 mm]}}")
    text += f"lid: {{thickness: 0.3 mm, attach: 30 um{', ' if lid else ''}{lid}}}\n"
    assert check(read(text), DECK).verdict(rule).status == status
    assert check(read_board(board_file(read(text)), "b.kicad_pcb"), DECK).verdict(rule).status == status


HOLE = "holes: [[[-0.5 mm, -0.5 mm], [0.5 mm, -0.5 mm], [0.5 mm, 0.5 mm], [-0.5 mm, 0.5 mm]]]"


@pytest.mark.parametrize(("said", "rule", "status"), [
    # Four bumps, 250 um off the middle, lie in the hole; those 750 um off do not.
    (f"{{name: A, kept_out: metal, size: [1.2 mm, 1.2 mm], {HOLE}}}", METAL, KEPT),
    (f"{{name: A, kept_out: metal, size: [1.6 mm, 1.6 mm], {HOLE}}}", METAL, BROKEN),
    (f"{{name: A, kept_out: parts, size: [2 mm, 2 mm], at: [4 mm, 0 mm], {HOLE}}}", PART, KEPT),   # a capacitor in the hole
    (f"{{name: A, kept_out: parts, size: [2 mm, 2 mm], at: [3.8 mm, 0 mm], {HOLE}}}", PART, KEPT),
    (f"{{name: A, kept_out: parts, size: [2 mm, 2 mm], at: [3.7 mm, 0 mm], {HOLE}}}", PART, BROKEN),
    (f"{{name: A, kept_out: mold, size: [2 mm, 2 mm], side: chip side, {HOLE}}}", MOLD, BROKEN),
])
def test_in_a_hole_nothing_is_kept_out(said: str, rule: str, status: str) -> None:
    assert told(said, rule)[0] == status


@pytest.mark.parametrize("angle", ["0 deg", "90 deg", "30 deg"])
def test_holes_go_to_the_board_and_the_file_and_turn_with_their_keep_out(angle: str) -> None:
    from overmold.package_file.writing import package_file

    package = read(TEXT % ("", f"{{name: A, kept_out: metal, size: [3 mm, 2 mm], at: [1 mm, 0 mm], angle: {angle}, {HOLE}}}"))
    (one,) = package.keep_outs
    assert [len(ring) for ring in one.outline.rings] == [4, 4]
    board = board_file(package)
    assert drift(read_board(board, "b.kicad_pcb"), package) == ()
    assert drift(read(package_file(package)["K.yaml"]), package) == ()
    without = read(TEXT % ("", f"{{name: A, kept_out: metal, size: [3 mm, 2 mm], at: [1 mm, 0 mm], angle: {angle}}}"))
    assert [row.key for row in drift(without, package)] == ["keep_outs.A.outline"]
    assert "fill-rule: evenodd" in plan(package)
    free = cells_of(read(TEXT % ("", f"{{name: A, kept_out: mold, size: [3 mm, 2 mm], at: [3 mm, 3 mm], {HOLE}}}")))
    x, y = ((lines[1:] + lines[:-1]) / 2 for lines in (free.x, free.y))
    assert free.inside[(abs(x - 3000) < 400)[:, None] & (abs(y - 3000) < 400)].all()


FOUR = ", ".join(f"{{layer: {one}, thickness: 15 um}}" for one in ("mask", *("copper", "core") * 3, "copper"))
INNER = TEXT.replace("[{layer: mask, thickness: 15 um}]", f"[{FOUR}]")


@pytest.mark.parametrize(("side", "layers", "status"), [
    ("inner layers", b'"In1.Cu" "In2.Cu"', "not applicable"), ("all layers", b'"F.Cu" "In1.Cu" "In2.Cu" "B.Cu"', BROKEN)])
def test_metal_is_kept_out_of_inner_layers(side: str, layers: bytes, status: str) -> None:
    package = read(INNER % ("", f"{{name: A, kept_out: metal, size: [1 mm, 1 mm], side: {side}}}"))
    assert check(package, DECK).verdict(METAL).status == status  # what the file says of inner layers is for KiCad alone
    board = board_file(package)
    assert b"(layers %s)" % layers in board
    assert drift(read_board(board, "b.kicad_pcb"), package) == ()
    via = (b'\t(via (at 100.4 100.3) (size 0.2) (drill 0.1) (layers "F.Cu" "B.Cu") (net 0)'
           b' (uuid "00000000-0000-4000-8000-000000000001"))\n')
    drilled = read_board(board.rstrip()[:-1] + via + b")\n", "b.kicad_pcb")
    verdict = check(drilled, DECK).verdict(METAL)
    assert verdict.status == BROKEN
    assert verdict.judged[0].reading.value == (1 if side == "inner layers" else 5)
    beside = read_board(board.rstrip()[:-1] + via.replace(b"at 100.4", b"at 100.6") + b")\n", "b.kicad_pcb")
    assert check(beside, DECK).verdict(METAL).status == (KEPT if side == "inner layers" else BROKEN)


@pytest.mark.parametrize(("text", "said", "words"), [
    (INNER, "kept_out: parts, side: inner layers", "on inner layers metal can be kept out, and this keeps out parts"),
    (INNER, "kept_out: everything, side: inner layers", "and this keeps out everything"),
    (INNER, "kept_out: mold, side: all layers", "on all layers metal can be kept out"),
    (TEXT, "kept_out: metal, side: inner layers", "has no inner copper layer for a keep-out on inner layers; write another"),
])
def test_inner_layers_have_metal_alone(text: str, said: str, words: str) -> None:
    with pytest.raises(Faults, match=words):
        read(text % ("", f"{{name: A, size: [1 mm, 1 mm], {said}}}"))


def test_everything_is_kept_out_of_all_layers_and_both_sides() -> None:
    one = "{name: A, kept_out: everything, side: all layers, size: [1 mm, 1 mm]"
    result = check(read(INNER % ("", f"{one}, at: [-4 mm, 0 mm]}}")), DECK)
    assert [result.verdict(rule).status for rule in (METAL, PART, MOLD)] == [BROKEN] * 3
    drawn = section(read(INNER % ("", f"{one}}}")))
    assert drawn.count('class="keepout"') == 3


@pytest.mark.parametrize(("at", "status"), [("[0 mm, 3 mm]", KEPT), ("[0 mm, 5.4 mm]", KEPT), ("[0 mm, 5.5 mm]", BROKEN),
                                            ("[200 mm, 3 mm]", BROKEN)])
def test_one_beside_the_carrier_is_said(at: str, status: str) -> None:
    found = told(f"{{name: A, kept_out: parts, size: [1 mm, 1 mm], at: {at}}}", "keep-out-beside-carrier")
    assert found[0] == status
