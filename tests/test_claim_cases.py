"""Small designs that fooled the claim chart, each with its right answer."""

from pathlib import Path

import pytest

from overmold.check import UNTESTED, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.read_any import read_any
from overmold.rule import load_deck

CASES = Path(__file__).parent / "cases" / "claims"
DECK = load_deck()


def judged(name: str):
    path = next(CASES.glob(f"{name}*"))
    return check(read_any(path, odd=True), DECK)


@pytest.mark.parametrize(("name", "met", "not_met", "unchecked"), [
    ("00_base", {1, 2, 3, 5, *range(15, 21)}, set(), set()),
    ("01_base_stack", {6, 7, 8, 9, 13, 14, 15}, {10, 11}, set()),
    ("01_no_wires", set(), {6, 7, 8, 15, 16}, set()),
    ("03_one_bump", set(), {1, 15}, set()),
    ("03_one_ball", {1, 15}, {3}, set()),
    ("04", set(), {1}, set()),
    ("05", {1}, set(), {6, 15, 19}),
    ("06_base_three", {1, 2, 3, 5, 6, 7, 10, *range(13, 21)}, set(), set()),
    ("06_upper_gap", {1, 2, 3, 5, 6, 7}, {10, 15}, set()),
    ("06_upper_underfill", {1, 2, 3, 5, 6, 7}, {10, 15}, set()),
    ("07_atmospheric", {1, 15}, {16, 17, 18, 19, 20}, set()),
    ("07_transfer", {16, 17, 18, 19, 20}, set(), set()),
    ("08", {1, 15}, {2, 20}, set()),
    ("09", {1, 2, 3, 5}, {6, 7, 15}, set()),
    ("10", set(), set(), {1, 15}),
    ("12", set(), {8}, set()),
    ("19", set(), {1}, set()),
    ("b01_passive_both", {1, 3}, {4}, set()),
    ("b01_passive_one", {1, 3}, {4}, set()),
    ("b01_passive_pads", {1, 3}, {4}, set()),
    ("b02", {1, 3}, {4}, set()),
    ("b03", set(), {6, 7, 8, 9, 15}, set()),
    ("b06", set(), set(), {1, 2, 15, 20}),
    ("b07", {6, 7, 8, 9, 13, 14, 15}, set(), set()),
    ("b08", set(), set(), {6, 8, 9, 15}),
    ("b10", {1, 2, 4}, set(), set()),
    ("b11", set(), set(), {6, 8, 9, 15}),
    ("b04", {15, 16}, set(), {17}),
    ("b05", set(), set(), {1, 6, 8, 15}),
])
def test_a_case_has_its_right_chart(name, met, not_met, unchecked):
    rows = claim_chart(judged(name))
    for status, numbers in ((MET, met), (NOT_MET, not_met), (UNTESTED, unchecked)):
        assert numbers <= {row.number for row in rows if row.status == status}, [(row.number, row.because) for row in rows]


@pytest.mark.parametrize(("name", "said"), [
    ("b06", "did you mean 'Gap filled with'?"), ("b08", "this gr_line on the layer 'Wires' is not understood"),
    ("b11", "'A1:VDD' may be one name or name and net")])
def test_what_is_not_understood_is_named_and_breaks_no_rule(name, said):
    result = judged(name)
    assert said in result.package.odd[0].message
    assert result.errors == 0


def test_a_contradiction_is_named():
    for name, rule in (("07_a", "molding-word-contradicts-pressure"), ("07_t", "molding-word-contradicts-pressure"),
                       ("10", "gap-larger-than-its-bumps")):
        assert judged(name).verdict(rule).status == "broken"


def test_a_thin_cover_warns_at_its_corner_and_an_underfilled_gap_has_no_filler_of_the_mold():
    assert judged("09").verdict("chip-not-covered").status == "warned"
    assert judged("14").verdict("filler-not-below-half-gap").status == "not applicable"


def test_the_strict_reading_asks_every_gap_and_the_other_names_what_is_outside():
    result = judged("06_upper_gap")
    assert claim_chart(result, strict=True)[5].status == NOT_MET
    assert claim_chart(result)[5].because.endswith("U3 is outside (3)")
