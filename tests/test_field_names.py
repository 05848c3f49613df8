"""Fields of a board that are almost ours are never passed over, and fields of a team's own always are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.check import NOT_APPLICABLE, UNTESTED, check
from overmold.claims import claim_chart
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_board_as_far_as_it_goes
from overmold.kicad.reading.field_names import _KNOWN, almost
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.read_any import read_any
from paths import PACKAGES
from variants import demo

BOARD = board_file(demo()).decode()
TWO_BLOCKS = board_file(read_any(PACKAGES / "two_compounds.yaml")).decode()
PRESSURE = "Region mold pressure RF"


@pytest.mark.parametrize(("old", "new", "meant"), [
    ("Gap filled with", "Gap Filled with", "Gap filled with"),
    ("Tolerance of F.Mask", "Tolerance Of F.Mask", "Tolerance of F.Mask"),
    ("Package part", "Package Part", "Package part"), ("Mold pressure", "Mold presure", "Mold pressure"),
    ("Chip thickness", "Chip  thickness", "Chip thickness"), ("Largest filler", "Lragest filler", "Largest filler"),
])
def test_a_name_that_is_almost_ours_is_a_fault_that_says_which_was_meant(old: str, new: str, meant: str) -> None:
    assert BOARD.count(f'"{old}"')
    with pytest.raises(Faults) as caught:
        read_board(BOARD.replace(f'"{old}"', f'"{new}"', 1).encode(), "b.kicad_pcb")
    said = [str(fault) for fault in caught.value.faults if "did you mean" in str(fault)]
    assert len(said) == 1
    assert said[0].startswith("b.kicad_pcb:")
    assert f"field '{new}'" in said[0]
    assert f"did you mean '{meant}'? Rename it" in said[0]


@pytest.mark.parametrize("slip", [
    "region mold pressure RF", "Region mold presure RF", "Region Mold Pressure rf", "region_mold_pressure_RF",
    "Region pressure RF", "Mold pressure RF", "Regoin mold pressure RF",
])
def test_a_name_that_is_almost_that_of_a_block_of_mold_is_a_fault_that_says_which_was_meant(slip: str) -> None:
    board = TWO_BLOCKS.replace(f'"{PRESSURE}" "2 mmHg"', f'"{slip}" "500 mmHg"')
    package = read_board_as_far_as_it_goes(board.encode(), "b.kicad_pcb")
    assert [(odd.place.text, odd.message, odd.unknown) for odd in package.odd] == [
        (f"PKG1, field '{slip}'", f"this is not a field of Overmold's; did you mean '{PRESSURE}'? Rename it",
         ("mold.regions.RF.process.pressure",))]
    assert check(package).verdict("vacuum-not-below-20-mmhg").status == UNTESTED


@pytest.mark.parametrize("name", ["Region", "Region of RF", "Vendor RF", "Side RF", "Region RF", "RF"])
def test_a_teams_own_fields_that_end_like_a_block_of_mold_are_let_alone(name: str) -> None:
    board = TWO_BLOCKS.replace('(property "Mold cap"', f'(property "{name}" "EU" (at 0 0)) (property "Mold cap"', 1)
    assert not read_board_as_far_as_it_goes(board.encode(), "b.kicad_pcb").odd


@pytest.mark.parametrize("name", ["Lid thickness", "Lid attach"])
def test_a_lid_is_not_lost_with_the_capitals_of_its_field(name: str) -> None:
    assert almost(name.lower()) == name


@pytest.mark.parametrize("role", ["carrier", "chip", "passive", "fingers", "wires"])
def test_a_part_whose_kind_was_emptied_is_said_and_leaves_every_claim_open(role: str) -> None:
    whole = board_file(read_any(PACKAGES / "stack_three.yaml")).decode()
    board = whole.replace(f'"Package part" "{role}"', '"Package part" ""', 1)
    assert board != whole
    package = read_board_as_far_as_it_goes(board.encode(), "b.kicad_pcb")
    assert [odd.message for odd in package.odd if "field 'Package part'" in odd.place.text] == [
        "what this is is not stated; write one of carrier, chip, passive, land pattern, fingers, wires, or delete the field"]
    assert {row.status for row in claim_chart(check(package))} <= {UNTESTED, NOT_APPLICABLE}


@pytest.mark.parametrize("name", ["Notes", "Kerfs", "Manufacturer", "Die size", "Footprint", "MPN", "Tolerance", "Stripe"])
def test_fields_of_a_teams_own_are_let_alone(name: str) -> None:
    assert almost(name) == ""


@given(st.sampled_from(sorted(name for name in _KNOWN if len(name) > 6)), st.data())
def test_any_one_slip_of_the_finger_is_known(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("aeqxT"))
    slip = data.draw(st.sampled_from([
        name[:at] + name[at + 1:], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1:],
        name[:at] + name[at + 1] + name[at] + name[at + 2:], name.upper(), name.replace(" ", "_")]))
    assert (almost(slip) in _KNOWN and almost(slip)) or slip in _KNOWN


def test_a_tolerance_without_a_sign_is_no_tolerance() -> None:
    text = BOARD.replace('"Tolerance of F.Mask" "± 3 um"', '"Tolerance of F.Mask" "3 um"')
    assert text != BOARD
    with pytest.raises(Faults, match=r"'3 um' is not a tolerance, and not the thickness of this layer, 15 um"):
        read_board(text.encode(), "b.kicad_pcb")


@pytest.mark.parametrize("said", ["15 um ± 3 um", "+3/-2 um", "± 20 %", "15 um", "0.59055 mil ± 3 um"])
def test_a_tolerance_is_read_in_any_of_its_forms(said: str) -> None:
    text = BOARD.replace('"Tolerance of F.Mask" "± 3 um"', f'"Tolerance of F.Mask" "{said}"')
    package: Package = read_board(text.encode(), "b.kicad_pcb")
    assert package.carrier is not None
    assert package.carrier.stackup[0].thickness.nominal == 15_000
