"""A land or a mask opening that is drawn otherwise than its diameter asks for is said, and nothing is judged without it."""

from __future__ import annotations

import re

import pytest

from overmold.check import NOT_APPLICABLE, UNTESTED, check
from overmold.claims import claim_chart
from overmold.kicad.reading import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.read_any import read_any
from paths import PACKAGES, TESTS

BALLS, BUMPS, TOP = (("Ball diameters of their own", "land", "balls"),
                     ("Bump diameters of their own", "pad", "chips.U1.bumps"),
                     ("Top land diameters of their own", "land", "top_lands"))


def drawn(package: str, pad: str, old: str, new: str, count: int = 1) -> Package:
    """The package of a board in which the first ``count`` pads of this name, and those after it, have something else."""
    board = board_file(read_any(PACKAGES / f"{package}.yaml")).decode()
    begin = board.index(f'(pad "{pad}" smd circle')
    changed = board[:begin] + re.sub(old, new, board[begin:], count=count)
    assert changed != board
    return read_board_as_far_as_it_goes(changed.encode(), "b.kicad_pcb")


@pytest.mark.parametrize(("package", "pad", "part", "asked", "of"), [
    ("demo", "B3", "PKG1", "450 um", BALLS), ("stack_three", "C2", "PKG1", "450 um", BALLS),
    ("pop", "TOP.A2", "PKG1", "300 um", TOP), ("demo", "R18", "U1", "110 um", BUMPS),
])
def test_a_wider_land_is_a_fault_that_says_which_and_what_to_do(package: str, pad: str, part: str, asked: str,
                                                                of: tuple[str, str, str]) -> None:
    found = drawn(package, pad, r"\(size [^)]*\)", "(size 2 2)")
    field, land, key = of
    (odd,) = found.odd
    assert odd.place.text == f"{part}, pad {pad}"
    assert odd.message == (f"its land is 2 mm wide, not {asked} as the others and its diameter ask for; mend it, or state a "
                           f"diameter of its own in the field '{field}'")
    assert odd.unknown == (f"{key}.{land}",)
    assert check(found).verdict("lands-touch").status == UNTESTED


@pytest.mark.parametrize(("new", "says"), [
    ("(solder_mask_margin 0.4)", "the mask's opening over it is 1.25 mm wide, not 350 um"),
    ("(solder_mask_margin -0.3)", "the mask's opening over it is missing, not 350 um"),
])
def test_another_opening_is_a_fault(new: str, says: str) -> None:
    (odd,) = drawn("demo", "B3", r"\(solder_mask_margin [^)]*\)", new).odd
    assert odd.message.startswith(f"{says} as the others and its diameter ask for; mend it")
    assert odd.unknown == ("balls.opening",)


def test_a_land_under_mask_is_a_fault() -> None:
    (odd,) = drawn("demo", "B3", r'\(layers "B.Cu" "B.Mask"\)', '(layers "B.Cu")').odd
    assert odd.message.startswith("the mask's opening over it is missing, not 350 um")


def test_several_are_named_in_one_fault() -> None:
    (odd,) = drawn("demo", "A1", r"\(size 0.11 0.11\)", "(size 0.2 0.2)", count=3).odd
    assert odd.place.text == "U1, pad A1"
    assert "its land is 200 um wide, not 110 um as the others and its diameter ask for (A2, A3 differ too)" in odd.message


def test_one_that_states_its_diameter_is_none() -> None:
    board = board_file(read_any(TESTS / "cases/claims/00_base.yaml")).decode()
    begin = board.index('(property "Bump diameter"')
    stated = board[:begin] + '(property "Bump diameters of their own" "200 um: A1" (at 0 0)) ' + board[begin:]
    (odd,) = read_board_as_far_as_it_goes(stated.encode(), "b.kicad_pcb").odd
    assert "its land is 100 um wide, not 200 um" in odd.message  # what is stated is still to be drawn
    at = stated.index('(pad "A1"', begin)
    mended = stated[:at] + stated[at:].replace("(size 0.1 0.1)", "(size 0.2 0.2)", 1)
    assert not read_board_as_far_as_it_goes(mended.encode(), "b.kicad_pcb").odd


@pytest.mark.parametrize(("part", "name", "unknown"), [("PKG1", "A1", "balls"), ("U1", "B1", "chips.U1.bumps")])
def test_one_pad_drawn_twice_makes_no_array(part: str, name: str, unknown: str) -> None:
    board = board_file(read_any(TESTS / "cases/claims/00_base.yaml")).decode()
    begin = board.index(f'(property "Reference" "{part}"')
    pads = re.findall(r'\n\t\t\(pad .*?\n\t\t\)', board[begin:], re.DOTALL)[:4]
    twin = re.sub(r'\(pad "[^"]*"', f'(pad "{name}"', re.sub(r'\(uuid "........', '(uuid "99999999', pads[0]))
    text = board[:begin] + board[begin:].replace("".join(pads), pads[0] + twin, 1)
    assert text != board
    package = read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb")
    (odd,) = package.odd
    assert odd.message == "this pad lies in the very place of pad A1; move or delete one"
    assert odd.unknown == (unknown,)
    assert {row.status for row in claim_chart(check(package))} <= {UNTESTED, NOT_APPLICABLE}


def test_one_mark_in_the_place_of_another_is_a_fault() -> None:
    board = board_file(read_any(TESTS / "cases/claims/01_base_stack.yaml")).decode()
    text = board.replace('(fp_text user "A2: GND"\n\t\t\t(at 0.5 0 0)', '(fp_text user "A2: GND"\n\t\t\t(at -0.5 0 0)')
    assert text != board
    (odd,) = read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb").odd
    assert odd.message == "bump A2 lies in the very place of A1; move or delete one"


@pytest.mark.parametrize(("name", "count", "part", "says", "unknown"), [
    ("A1", 1, "PKG1", "this pad has copper and no number, and is none of its balls", "balls"),
    ("F2", 1, "FINGERS1", "this pad has copper and no number, and is none of its bond fingers", "carrier.fingers"),
    ("F1", 2, "FINGERS1", "this pad, and 1 more, has copper and no number, and is none of its bond fingers", "carrier.fingers"),
])
def test_copper_without_a_number_is_not_passed_over(name: str, count: int, part: str, says: str, unknown: str) -> None:
    board = board_file(read_any(TESTS / "cases/claims/01_base_stack.yaml")).decode()
    begin = board.index(f'(pad "{name}"')
    text = board[:begin] + re.sub(r'\(pad "[^"]*"', '(pad ""', board[begin:], count=count)
    odd = read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb").odd[-1]
    assert odd.place.text == f"{part}, a pad"
    assert (odd.message, odd.unknown) == (f"{says}; number it, or delete it", (unknown,))


@pytest.mark.parametrize("count", [1, 4])
def test_bumps_without_a_number_leave_the_claims_open(count: int) -> None:
    board = board_file(read_any(TESTS / "cases/claims/00_base.yaml")).decode()
    begin = board.index('(pad "A1"', board.index('"Package part" "chip"'))
    text = board[:begin] + re.sub(r'\(pad "[^"]*"', '(pad ""', board[begin:], count=count)
    package = read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb")
    assert [odd.unknown for odd in package.odd] == [("chips.U1.bumps",)]
    assert {row.status for row in claim_chart(check(package))} <= {UNTESTED, NOT_APPLICABLE}


@pytest.mark.parametrize("pad", [
    '(pad "" np_thru_hole circle (at 0 0) (size 0.1 0.1) (drill 0.1) (layers "*.Cu" "*.Mask"))',
    '(pad "" smd circle (at 0 0) (size 0.1 0.1) (layers "F.Paste"))',
    '(pad "" smd circle (at 0 0) (size 0.1 0.1) (property pad_prop_fiducial_loc) (layers "F.Cu" "F.Mask"))',
])
def test_holes_paste_and_marks_need_no_number(pad: str) -> None:
    board = board_file(read_any(TESTS / "cases/claims/00_base.yaml")).decode()
    begin = board.index('(pad "A1"', board.index('"Package part" "chip"'))
    assert not read_board_as_far_as_it_goes((board[:begin] + pad + board[begin:]).encode(), "b.kicad_pcb").odd
