"""What melts after the mold: balls against what was soldered before them, and both against the customer's reflow."""

from dataclasses import replace

import pytest

from overmold.check import check
from overmold.measures import Reading, Unmeasured
from overmold.measures.solder import liquidus_of_balls, solidus_above_that_of_balls
from overmold.rule import load_deck
from variants import demo

DECK = load_deck(examples=False)
OF_ALL = {f"passives__{i}__alloy": "SAC305" for i in range(4)}


def judged(rule, **changes):
    return check(demo(**changes), DECK).verdict(rule).status


@pytest.mark.parametrize(("bumps", "balls", "status"), [
    ("SAC305", "SAC305", "kept"), ("SnAg", "SAC305", "kept"), ("95Sn5Sb", "SAC305", "kept"), ("SAC305", "58Bi42Sn", "kept"),
    ("58Bi42Sn", "SAC305", "warned"), ("63Sn37Pb", "SAC305", "warned"), ("SAC305", "Unobtainium", "not checked"),
    ("", "SAC305", "not checked")])
def test_what_is_soldered_first_melts_no_sooner_than_the_balls(bumps, balls, status):
    assert judged("balls-melt-after-earlier-solder", chips__0__bumps__alloy=bumps, balls__alloy=balls) == status


@pytest.mark.parametrize(("balls", "status"), [
    ("SAC305", "kept"), ("95Sn5Sb", "kept"), ("80Au20Sn", "warned"), ("95Pb5Sn", "warned"), ("", "not checked")])
def test_balls_are_molten_at_the_coolest_peak_of_a_lead_free_board(balls, status):
    assert judged("balls-do-not-melt-on-board", balls__alloy=balls) == status


@pytest.mark.parametrize(("filled", "alloy", "status"), [
    ("encapsulant", "SAC305", "not applicable"), ("underfill", "SAC305", "not applicable"), ("nothing", "SAC305", "broken"),
    ("nothing", "80Au20Sn", "kept"), ("nothing", "", "not checked")])
def test_bumps_in_an_open_gap_must_outlast_the_hottest_peak(filled, alloy, status):
    assert judged("open-bumps-melt-on-board", chips__0__gap_filled_with=filled, chips__0__bumps__alloy=alloy) == status


def test_passives_count_once_the_solder_of_any_is_stated():
    assert [one.where[0] for one in solidus_above_that_of_balls(replace(demo(), alloys=DECK.alloys))] == ["chips.U1.bumps"]
    one = list(solidus_above_that_of_balls(replace(demo(passives__0__alloy="63Sn37Pb"), alloys=DECK.alloys)))
    assert [type(each) for each in one] == [Reading, Reading, *[Unmeasured] * 3]
    assert one[1].note == "C1: 63Sn37Pb melts from 183 degC, the balls' SAC305 from 217 degC"
    assert one[2].where == ("passives.C2.alloy",)
    assert judged("balls-melt-after-earlier-solder", **OF_ALL) == "kept"


@pytest.mark.parametrize(("heat", "status"), [("175 degC", "broken"), ("169 degC", "kept"), (None, "not checked")])
def test_a_mold_near_the_solidus_of_a_passive_is_too_hot(heat, status):
    changes = {**OF_ALL, "passives__0__alloy": "62Sn36Pb2Ag", "mold__process__temperature": heat}
    assert judged("mold-too-hot-for-passives", **changes) == status
    assert judged("mold-too-hot-for-passives") == "not applicable"


def test_a_package_without_balls_has_nothing_soldered_after():
    assert list(liquidus_of_balls(demo(balls=None, netlist=None, passives=None))) == []


@pytest.mark.parametrize(("heat", "status"), [("190 degC", "kept"), ("191 degC", "warned")])
def test_a_mold_hotter_than_compounds_are_cured_at_warns(heat, status):
    assert judged("mold-too-hot-for-compound", mold__process__temperature=heat) == status
