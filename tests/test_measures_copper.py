"""Mask between openings, standoff against diameter, bond pad against wire."""

from overmold.measures.copper import ball_diameter_beyond_standoff, bond_pad_to_wire, mask_between_openings
from variants import demo, demo_with


def test_the_web_of_mask_is_pitch_less_opening_and_below_nothing_where_openings_merge():
    assert min(one.value for one in mask_between_openings(demo())) == 165_000
    package = demo(chips__0__bumps__opening="300 um")
    assert min(one.value for one in mask_between_openings(package, horizon=25_000)) == -50_000


def test_a_ball_higher_than_wide_is_told_and_one_of_no_standoff_is_not_judged():
    (reading,) = ball_diameter_beyond_standoff(demo(balls__standoff="2 mm"))
    assert reading.value == -1_600_000
    (lacks,) = ball_diameter_beyond_standoff(demo(balls__standoff=None))
    assert "the ball standoff is not stated" in lacks.missing
    narrow = {"balls.array": {"at": {"A1": ["0 mm", "0 mm", "0.2 mm"], "A2": ["1 mm", "0 mm"]}}, "netlist": None}
    (narrowest,) = ball_diameter_beyond_standoff(demo_with(narrow))
    assert narrowest.value == -100_000


def test_pads_that_bear_no_wire_are_not_measured_against_one():
    assert not list(bond_pad_to_wire(demo()))
