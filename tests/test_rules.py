"""Every rule there is: its example breaks it and no other rule; the demo keeps them all."""

from dataclasses import replace

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, NOTED, WARNED, check
from overmold.measures import all_measures
from overmold.rule import OPTIONAL_DECKS, house_names, load_deck
from variants import demo, demo_with

DECK = load_deck()
CLAIM_RULES = {
    "cover-not-half-to-twice-gap": (1, 6, 15), "filler-not-below-half-gap": (2, 7, 20), "chip-not-covered": (1, 6, 15),
    "gap-not-filled": (1, 6, 15), "slit-not-filled": (1, 6, 15),
    "chip-not-flip-chip-bonded": (1, 6, 15), "chip-not-connected": (1, 6, 15),
    "balls-not-on-far-side": (3, 13), "passive-not-connected": (4, 12), "carrier-not-substrate-or-lead-frame": (5, 14),
    "chips-not-stacked-face-up-then-flipped": (8,), "first-chip-not-wired-to-carrier": (9,),
    "chips-not-stacked-flipped-face-up-flipped": (10,), "second-chip-not-wired-to-carrier": (11,),
    "not-reduced-pressure-transfer-molded": (16,), "not-cut-into-packages": (17,), "vacuum-not-below-20-mmhg": (18,),
    "mold-too-hot-for-bumps": (19,),
}
# A pad that lies buried is by that very fact not bonded.
# Filler that two particles dam is above a third of the gap too; a gap that nothing fills is not filled by the encapsulant.
ALSO_BROKEN = {"bond-pads-buried": {"bond-pad-not-bonded"}, "filler-not-below-half-gap": {"filler-above-a-third-of-gap"},
               "open-bumps-melt-on-board": {"gap-not-filled"}, "face-up-cover-below-half-gap": {"mold-over-chip-too-thin"},
               "top-land-beyond-carrier": {"mold-via-too-near-mold-edge"},
               "part-on-embedded-chip": {"cover-not-half-to-twice-gap"}}
# No package file can state it; see below, and test_holes.
DRAWN_ONLY = {"mold-area-differs-from-outline", "wire-ends-on-nothing", "hole-under-mold"}


def broken(result):
    return {verdict.rule.name for verdict in result.verdicts if verdict.status in (BROKEN, WARNED)}


def noted(result):
    return {verdict.rule.name for verdict in result.verdicts if verdict.status == NOTED}


def test_the_demo_keeps_every_rule_also_at_the_corners():
    result = check(demo(), DECK)
    assert {verdict.status for verdict in result.verdicts} == {KEPT, NOT_APPLICABLE}
    assert result.findings == ()


@pytest.mark.parametrize("rule", [rule for rule in DECK.rules if rule.name not in DRAWN_ONLY], ids=lambda rule: rule.name)
def test_the_example_of_a_rule_breaks_it_and_no_other(rule):
    before, after = check(demo_with(rule.kept_by), DECK), check(demo_with(rule.kept_by, rule.broken_by), DECK)
    assert not broken(before)
    if rule.severity == "info":
        assert broken(after) <= ALSO_BROKEN.get(rule.name, set())
        assert noted(after) - noted(before) == {rule.name}
    else:
        assert broken(after) == {rule.name} | ALSO_BROKEN.get(rule.name, set())


@pytest.mark.parametrize("house", house_names())
def test_the_examples_of_a_house_break_its_rules_one_by_one(house):
    deck = load_deck([house])
    own = [rule for rule in deck.rules if rule.deck == house]
    assert own
    for rule in own:
        assert not broken(check(demo_with(rule.kept_by), deck)), rule.name
        assert broken(check(demo_with(rule.kept_by, rule.broken_by), deck)) == {rule.name}


def test_the_claims_deck_has_the_names_that_other_tools_rely_on():
    assert {rule.name: rule.claims for rule in DECK.rules if rule.deck == "claims"} == CLAIM_RULES


@pytest.mark.parametrize("rule", load_deck(house_names(), also=OPTIONAL_DECKS).rules, ids=lambda rule: rule.name)
def test_a_rule_says_why_how_to_mend_and_where_it_comes_from(rule):
    assert rule.title
    assert not rule.title.endswith(".")
    assert len(rule.why) > 40
    assert len(rule.fix) > 20
    assert rule.claims or rule.source
    assert rule.broken_by or rule.name in DRAWN_ONLY


def test_every_measure_is_used_by_a_rule_and_says_what_it_measures():
    used = {rule.measure for rule in load_deck(house_names(), also=OPTIONAL_DECKS).rules}
    assert used | {name for name, one in all_measures().items() if one.studied} == set(all_measures())
    assert all(measure.doc for measure in all_measures().values())


def test_a_shifted_mold_area_breaks_the_rule_that_only_a_board_can_break():
    package = demo()
    kept = replace(package, mold=replace(package.mold, area=package.mold.outline))
    assert not broken(check(kept, DECK))
    shifted = replace(package, mold=replace(package.mold, area=package.mold.outline.moved((1_001, 0))))
    assert broken(check(shifted, DECK)) == {"mold-area-differs-from-outline"}


def test_a_finger_moved_away_from_under_its_wire_breaks_the_rule_that_only_a_board_can_break():
    wired = demo_with(next(rule for rule in DECK.rules if rule.name == "finger-under-mask").kept_by)
    first, *others = wired.carrier.fingers
    moved = replace(first, at=(first.at[0], first.at[1] - 50_000))
    carrier = replace(wired.carrier, fingers=(moved, *others))
    assert broken(check(replace(wired, carrier=carrier), DECK)) == {"wire-ends-on-nothing"}


@pytest.mark.parametrize(("pitch", "diameter", "ubm", "expected"), [
    ("400 um", "261 um", "215 um", set()),
    ("500 um", "310 um", "250 um", set()),
    ("500 um", "280 um", "230 um", {"amkor-bump-too-small-at-500-um", "amkor-ubm-too-small-at-500-um"}),
    ("440 um", "261 um", "215 um", {"amkor-bump-pitch-between-two-offered"}),
    ("520 um", "310 um", "250 um", {"amkor-bump-pitch-too-small"}),
])
@pytest.mark.parametrize("angle", ["0 deg", "33 deg"])
def test_the_house_of_two_pitches_has_a_column_of_limits_for_each(pitch, diameter, ubm, expected, angle):
    deck = load_deck(["sky130-amkor-wlcsp"])
    kept = next(rule.kept_by for rule in deck.rules if rule.name == "amkor-bump-too-small")
    change = {"chips.0.bumps.array.pitch": pitch, "chips.0.bumps.diameter": diameter, "chips.0.bumps.ubm": ubm,
              "chips.0.angle": angle}
    assert broken(check(demo_with(kept, change), deck)) == expected
