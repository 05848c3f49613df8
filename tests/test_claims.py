"""The claim chart: which of the 20 claims a design meets, and which rule and number decided."""

from dataclasses import replace

import pytest

from overmold.check import NOT_APPLICABLE, NOTED, UNTESTED, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.rule import load_deck
from overmold.shapes import rectangle
from variants import demo, demo_with

DECK = load_deck()
ONE_CHIP = {1, 2, 3, 4, 5, 15, 16, 17, 18, 19, 20}
PARENTS = {1: None, 2: 1, 3: 1, 4: 1, 5: 1, 6: None, 7: 6, 8: 6, 9: 8, 10: 6, 11: 10, 12: 6, 13: 6, 14: 6, 15: None,
           16: 15, 17: 16, 18: 16, 19: 16, 20: 16}
U2 = {"chips.1": {"name": "U2", "size": ["1 mm", "1 mm"], "at": ["0 mm", "-4.2 mm"], "thickness": "150 um ± 10 um",
                  "bonded": "face-up", "attach": "20 um"}, "passives": None}

MET_BY = ("U1: t2 90 um over t1 75 um; the faster front across, the slower front, under U1, has then covered 83 %, "
          "82 % with its bumps counted")


def chart(package, deck=DECK):
    return {row.number: row for row in claim_chart(check(package, deck))}


def numbers(rows, status):
    return {number for number, row in rows.items() if row.status == status}


def test_the_demo_meets_every_claim_about_one_chip_and_the_others_say_why_they_do_not_apply():
    rows = chart(demo())
    assert numbers(rows, MET) == ONE_CHIP
    assert numbers(rows, NOT_APPLICABLE) == set(range(6, 15))
    assert {rows[number].because for number in range(6, 15)} == {"the package has one chip, no chipset"}
    assert {number: row.parent for number, row in rows.items()} == PARENTS


def test_a_met_claim_says_the_number_that_decided():
    rows = chart(demo())
    assert rows[1].because == rows[15].because == MET_BY
    assert rows[2].because == "U1: filler 25 um, t1 75 um"
    assert rows[19].because == "U1: mold 175 degC, SAC305 melts from 217 degC"


@pytest.mark.parametrize(("change", "failed", "rule"), [
    ({"mold.cap": "440 um"}, {1, 15}, "cover-not-half-to-twice-gap"),
    ({"mold.filler": "37.5 um", "chips.0.bumps.array.pitch": "260 um"}, {2, 20}, "filler-not-below-half-gap"),
    ({"balls.side": "chip side"}, {3}, "balls-not-on-far-side"),
    ({f"passives.{i}.nets": ["VDD", f"LONELY{i}"] for i in range(4)}, {4}, "passive-not-connected"),
    ({"carrier.kind": "panel"}, {5}, "carrier-not-substrate-or-lead-frame"),
    ({"chips.0.gap_filled_with": "underfill"}, {1, 15}, "gap-not-filled"),
    ({"chips.0.bonded": "face-up"}, {1, 15}, "chip-not-flip-chip-bonded"),
    ({"netlist": [["VDD", "", "A1"], ["GND", "", "A2"]]}, {1, 15}, "chip-not-connected"),
    ({"mold.process.method": "transfer", "mold.process.pressure": None}, {16}, "not-reduced-pressure-transfer-molded"),
    ({"singulation.method": "none"}, {17}, "not-cut-into-packages"),
    ({"mold.process.pressure": "20 mmHg"}, {18}, "vacuum-not-below-20-mmhg"),
    ({"mold.process.temperature": "207.001 degC"}, {19}, "mold-too-hot-for-bumps"),
])
def test_a_broken_rule_undoes_its_claims_and_those_that_stand_on_them(change, failed, rule):
    rows = chart(demo_with(change))
    undone = set(failed)
    for number, parent in PARENTS.items():
        if parent in undone and rows[number].status != NOT_APPLICABLE:
            undone.add(number)
    assert numbers(rows, NOT_MET) == undone
    assert all(rows[number].because.startswith(f"{rule}: ") for number in failed)
    others = undone - failed
    assert all(rows[number].because == f"claim {PARENTS[number]} is not met" for number in others)


@pytest.mark.parametrize(("change", "open_claims", "word"), [
    ({"mold.filler": None}, {2, 20}, "'mold: filler'"),
    ({"mold.process.pressure": None}, {18}, "'mold: process: pressure'"),
    ({"chips.0.bumps.alloy": None}, {19}, "the melting point of U1's bumps is not known"),
])
def test_a_claim_that_was_not_put_to_the_test_says_what_is_missing(change, open_claims, word):
    rows = chart(demo_with(change))
    assert numbers(rows, UNTESTED) == open_claims
    assert numbers(rows, NOT_MET) == set()
    assert all(word in rows[number].because for number in open_claims)


def test_one_chip_of_which_nobody_says_that_it_has_neighbours_on_a_strip_leaves_the_process_open():
    rows = chart(demo_with({"singulation": None}))
    assert numbers(rows, UNTESTED) == {15, 16, 17, 18, 19, 20}
    assert "neither a strip of several packages nor a cut between them is stated" in rows[15].because
    # A street is kept free between two packages, whether anybody cuts along it or not.
    rows = chart(demo_with({"singulation": {"method": "none", "street": "300 um"}}))
    assert (numbers(rows, UNTESTED), numbers(rows, NOT_MET)) == (set(), {17})


def test_what_stands_on_an_untested_claim_is_untested_too_unless_it_fails_by_itself():
    rows = chart(demo_with({"chips.0.bumps.height": None, "mold.process.pressure": "25 mmHg"}))
    assert numbers(rows, UNTESTED) == ONE_CHIP - {18}
    assert "the gap under U1 is not known" in rows[1].because
    assert rows[5].because == "claim 1 is not checked"
    assert rows[18].because.startswith("vacuum-not-below-20-mmhg: ")


def test_without_passives_or_balls_their_claims_do_not_apply():
    rows = chart(replace(demo(passives=None), balls=None))
    assert (rows[4].status, rows[4].because) == (NOT_APPLICABLE, "there is no passive")
    assert (rows[3].status, rows[3].because) == (NOT_APPLICABLE, "there is no solder-ball array")


def test_lands_of_which_no_ball_is_stated_bear_none():
    balls = replace(demo().balls, diameter=None, standoff=None, alloy="")
    stated = demo().balls
    for some, met in ((balls, False), (replace(balls, alloy="SAC305"), True), (replace(balls, diameter=stated.diameter), True)):
        row = chart(replace(demo(), balls=some))[3]
        assert row.status == (MET if met else NOT_APPLICABLE)
        assert met or row.because.startswith("the lands bear no balls: ")


def test_an_array_is_met_by_two_balls_under_the_carrier_and_names_those_that_are_not():
    balls = demo().balls
    sides = ("chip side", "far side", *["chip side"] * (len(balls.sides) - 2))
    far = replace(balls.sites, xy=balls.sites.xy + 40_000_000)
    for some, said in ((replace(balls, sides=sides), "1 of 144 balls under the carrier (A1 on the chip side,"),
                       (replace(balls, sites=far), "0 of 144 balls under the carrier (A1 beside the carrier,")):
        row = chart(replace(demo(), balls=some))[3]
        assert row.status == NOT_MET
        assert row.because.startswith(f"balls-not-on-far-side: {said}")
        assert row.because.endswith("an array is two or more")
    sides = ("chip side", *["far side"] * (len(balls.sides) - 1))
    result = check(replace(demo(), balls=replace(balls, sides=sides)), DECK)
    assert claim_chart(result)[2].because == "met by 143 balls; outside: A1 on the chip side"
    assert claim_chart(result, strict=True)[2].status == NOT_MET


def test_a_claim_about_one_chip_is_not_met_by_two_that_share_its_parts():
    made = demo_with({"passives": None})
    right = made.chips[0]
    half, other = (replace(
        right, name=name, outline=rectangle((x, 0), (2_400_000, 4_800_000)), at=(x, 0), bumps=replace(
            right.bumps, opening=70_000, sites=replace(right.bumps.sites, xy=right.bumps.sites.xy // 3 + (x, 0))))
        for name, x in (("U1", -2_500_000), ("U2", 2_500_000)))
    high = replace(other, thickness=replace(right.thickness, nominal=70_000))
    under = replace(half, gap_filled_with="underfill")
    for chips, met, because, end in (((half, other), MET, "U1: t2 90 um over t1 75 um", ", the tightest of 2"),
                                     ((half, high), MET, "met by U1 (U1: t2 90 um over t1 75 um", "; U2 is outside (2.267)"),
                                     ((under, high), NOT_MET, "gap-not-filled: no ", "")):
        row = chart(replace(made, chips=chips))[1]
        assert row.status == met, row.because
        assert row.because.startswith(because)
        assert row.because.endswith(end)


def test_the_carrier_is_covered_but_for_its_street_and_an_even_rim_and_the_chart_has_the_number():
    # The demo's street leaves 50 um along each edge: 9.9 mm are due.
    for outline, met, said in (
            (["9.4 mm", "9.4 mm"], True, ""), (["9.9 mm", "9.9 mm"], True, ""),
            (["6 mm", "6 mm"], False, "36.7% of the carrier"),
            ([["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["5 mm", "4.8 mm"], ["-5 mm", "4.8 mm"]], True, "98.5% of the carrier"),
            ([["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["5 mm", "3.9 mm"], ["-5 mm", "3.9 mm"]], False, "89.4% of the carrier"),
            ([["-4.8 mm", "-4.8 mm"], ["4.8 mm", "-4.8 mm"], ["4.8 mm", "4.5 mm"], ["-4.8 mm", "4.5 mm"]], True,
             "96.9% of the carrier beside a rim of 200 um")):
        rows = chart(demo_with({"mold.outline": outline, "passives": None}))
        assert {rows[number].status for number in (1, 15)} == {MET if met else NOT_MET}, rows[1].because
        assert all(said in rows[number].because for number in (1, 15))
        assert met or rows[1].because.startswith("carrier-not-covered: 0.")


def test_a_corner_does_not_undo_a_claim_but_is_told():
    rows = chart(demo(mold__cap="355 um ± 15 um"))
    assert rows[1].status == MET
    assert rows[1].because == ("U1: t2 130 um over t1 75 um; the faster front across, the slower front, under U1, has then "
                               "covered 58 %, 57 % with its bumps counted, not at every tolerance corner")
    on_limit = chart(demo(mold__cap="375 um"))[1]
    assert on_limit.because.startswith("U1: t2 150 um over t1 75 um; the faster front across, the slower front, under U1, ")
    assert on_limit.because.endswith("covered 50 %, 49 % with its bumps counted, on the limit, not at every tolerance corner")


def test_several_chips_on_the_carrier_are_a_chipset_and_no_stack():
    rows = chart(demo_with(U2))
    assert numbers(rows, MET) == (ONE_CHIP | {6, 7, 13, 14}) - {4}
    assert (rows[12].status, rows[12].because) == (NOT_APPLICABLE, "there is no passive")
    assert {rows[number].because for number in (8, 9, 10, 11)} == {"no chip stands on another"}


def test_every_flip_chip_of_a_chipset_has_to_keep_the_ratio_in_the_strict_reading():
    made = demo_with(U2)
    flipped = replace(made.chips[0], name="U3", thickness=replace(made.chips[0].thickness, nominal=50_000))
    result = check(replace(made, chips=(*made.chips, flipped)), DECK)
    rows = {row.number: row for row in claim_chart(result, strict=True)}
    assert claim_chart(result)[5].status == MET
    assert rows[6].status == NOT_MET
    assert "2.533 (U3: t2 190 um over t1 75 um; " in rows[6].because
    assert rows[13].because == "claim 6 is not met"


@pytest.mark.parametrize("change", ["silence: true", "limit: {at_least: 0.1, at_most: 9}", "severity: info, corners: ignore"])
def test_what_a_team_changes_never_changes_what_a_claim_asks_for(tmp_path, change):
    path = tmp_path / "ours.yaml"
    path.write_text(f"changes: {{cover-not-half-to-twice-gap: {{{change}, reason: r}}}}", encoding="utf-8")
    deck = load_deck(files=[path])
    rows = chart(demo(mold__cap="440 um"), deck)
    assert rows[1].status == rows[15].status == NOT_MET
    assert rows[1].because.endswith("limit at least 0.5, at most 2")
    assert chart(demo(), deck)[1].because == MET_BY


def test_a_house_that_asks_for_more_does_not_undo_a_claim(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text("changes: {vacuum-not-below-20-mmhg: {limit: {below: 5 mmHg}, reason: our pump}}", encoding="utf-8")
    result = check(demo(), load_deck(files=[path]))
    assert result.errors == 1
    assert {row.number: row.status for row in claim_chart(result)}[18] == MET


def test_a_wafer_meets_no_claim_that_names_the_carrier_and_is_no_faulty_design():
    result = check(demo(carrier__kind="wafer"))
    assert result.verdict("carrier-not-substrate-or-lead-frame").status == NOTED
    assert {row.number: row.status for row in claim_chart(result)}[5] == NOT_MET
    assert check(demo(carrier__kind="panel")).verdict("carrier-not-substrate-or-lead-frame").status == NOTED
