"""The process, the height and the nets: what was stated, what was not, and what each number came from."""

from dataclasses import replace

import pytest

from overmold.measures import Unmeasured, all_measures
from overmold.measures.connected import joints_leading_on, unconnected_terminals
from overmold.measures.height import height_to_spare, root_sum_square, worst_case
from overmold.measures.nets import carrier_is_substrate_or_lead_frame, parts_on_net_of_bump, reaching_nets
from overmold.measures.process import (
    cut_into_packages,
    mold_pressure,
    mold_temperature,
    mold_temperature_below_solidus,
    molding_word_at_odds,
    reduced_pressure_transfer_molding,
    street_beside_kerf,
)
from overmold.rule import load_deck
from overmold.units import Toleranced
from variants import demo

ALLOYS = load_deck().alloys


def with_alloys(package):
    return replace(package, alloys=ALLOYS)


def test_the_mold_stays_below_the_solidus_by_the_hottest_the_tolerance_allows():
    (reading,) = mold_temperature_below_solidus(with_alloys(demo(mold__process__temperature="175 degC ± 5 degC")))
    assert (reading.low, reading.value, reading.high) == (37_000, 42_000, 47_000)
    assert reading.note == "U1: mold 175 degC, SAC305 melts from 217 degC"


def test_an_alloy_under_another_of_its_names_melts_alike():
    (reading,) = mold_temperature_below_solidus(with_alloys(demo(chips__0__bumps__alloy="96.5Sn3Ag0.5Cu")))
    assert reading.value == 42_000


@pytest.mark.parametrize(("alloy", "words"), [
    ("SAC350", "'SAC350' is not in rules/materials; did you mean 'SAC305'?"), (None, "it is not stated"),
])
def test_an_unknown_alloy_is_not_put_to_the_test(alloy, words):
    (said,) = mold_temperature_below_solidus(with_alloys(demo(chips__0__bumps__alloy=alloy)))
    assert isinstance(said, Unmeasured)
    assert words in said.missing


@pytest.mark.parametrize(("measure", "datum", "words"), [
    (reduced_pressure_transfer_molding, "method", "'Mold method'"), (mold_pressure, "pressure", "'Mold pressure'"),
    (mold_temperature, "temperature", "'Mold temperature'"),
    (mold_temperature_below_solidus, "temperature", "'Mold temperature'"),
])
def test_a_process_that_is_not_stated_says_so_and_no_mold_has_none(measure, datum, words):
    (said,) = measure(with_alloys(demo(**{f"mold__process__{datum}": None})))
    assert said.where == (f"mold.process.{datum}",)
    assert f"'mold: process: {datum}'" in said.missing
    assert words in said.missing
    assert list(measure(with_alloys(demo(mold=None)))) == []


@pytest.mark.parametrize(("method", "pressure", "value", "at_odds"), [
    ("reduced-pressure transfer", "10 mmHg", 1, [0]), ("reduced-pressure transfer", None, 1, []),
    ("reduced-pressure transfer", "760 mmHg", 0, [1]), ("reduced-pressure transfer", "759 mmHg", 1, [0]),
    ("transfer", "10 mmHg", 1, [1]), ("transfer", "760 mmHg", 0, [0]), ("transfer", None, 0, []),
    ("transfer", "101325 Pa", 0, [0]), ("compression", "10 mmHg", 0, []), ("compression", None, 0, []),
    (None, "760 mmHg", 0, []), ("film-assisted transfer", "10 mmHg", 1, []), ("film-assisted transfer", "760 mmHg", 0, []),
])
def test_the_number_says_whether_the_pressure_is_reduced_and_the_word_is_held_against_it(method, pressure, value, at_odds):
    made = demo(mold__process__method=method, mold__process__pressure=pressure)
    assert [one.value for one in reduced_pressure_transfer_molding(made)] == [value]
    assert [one.value for one in molding_word_at_odds(made)] == at_odds


def test_a_film_in_the_mold_says_nothing_of_the_pressure():
    made = demo(mold__process__method="film-assisted transfer", mold__process__pressure=None)
    (unsaid,) = reduced_pressure_transfer_molding(made)
    assert "pressure" in unsaid.missing


@pytest.mark.parametrize(("method", "value"), [("saw", 1), ("laser", 1), ("punch", 1), ("router", 1), ("none", 0)])
def test_every_cut_but_none_makes_packages(method, value):
    assert [one.value for one in cut_into_packages(demo(singulation__method=method))] == [value]


def test_street_and_kerf_vary_independently():
    (reading,) = street_beside_kerf(demo(singulation__street="300 um ± 10 um", singulation__kerf="200 um ± 20 um"))
    assert (reading.low, reading.value, reading.high) == (35_000, 50_000, 65_000)
    assert list(street_beside_kerf(demo(singulation__method="none"))) == []


def test_the_height_is_cap_and_carrier_and_standoff_by_both_methods():
    (reading,) = height_to_spare(demo())
    # 315 + 260 + 300 um; tolerances 15, 30 (3 + 2 + 20 + 2 + 3) and 50 um.
    assert (reading.low, reading.value, reading.high) == (230_000, 325_000, 420_000)
    assert reading.note == "height 875 um, at most 970 um worst case, 935.208 um RSS"


def test_tolerances_of_two_sides_add_up_side_by_side():
    parts = [Toleranced(300_000, 30_000, 6_000), Toleranced(200_000, 40_000, 8_000)]
    assert worst_case(parts) == Toleranced(500_000, 70_000, 14_000)
    assert root_sum_square(parts) == Toleranced(500_000, 50_000, 10_000)


@pytest.mark.parametrize("change", [{"mold__cap": None}, {"carrier__stackup": None}, {"balls__standoff": None}])
def test_a_height_that_is_not_known_is_said_but_without_a_limit_nobody_asks(change):
    (said,) = height_to_spare(demo(**change))
    assert isinstance(said, Unmeasured)
    assert list(height_to_spare(demo(max_height=None, **change))) == []


def test_a_net_reaches_every_part_it_has_a_pad_on_once():
    reach = reaching_nets(demo())
    assert reach["VDD"] == 6  # the chip, four passives, the balls
    assert "" not in reach


def test_a_bump_is_connected_by_a_net_that_another_part_shares():
    made = demo()
    (reading,) = joints_leading_on(made)
    assert reading.value == sum(bool(net) for net in made.chips[0].bumps.nets)
    alone = replace(made, chips=(replace(made.chips[0], bumps=replace(made.chips[0].bumps, nets=("OWN",) * 324)),))
    assert [one.value for one in joints_leading_on(alone)] == [0]
    bare = replace(alone, passives=(), balls=None, chips=(replace(
        made.chips[0], bumps=replace(made.chips[0].bumps, nets=("",) * 324)),))
    (said,) = joints_leading_on(bare)
    assert isinstance(said, Unmeasured)


def test_a_bump_whose_net_ends_there_is_named_and_the_others_are_told_together():
    made = demo()
    nets = ("LOST", *made.chips[0].bumps.nets[1:])
    lost, others = parts_on_net_of_bump(replace(made, chips=(replace(made.chips[0], bumps=replace(
        made.chips[0].bumps, nets=nets)),)))
    assert (lost.where, lost.value, lost.note) == (("chips.U1.bumps.A1",), 1, "net LOST")
    assert others.value == 2


def test_a_passive_needs_both_its_terminals():
    loose = next(unconnected_terminals(demo(passives__0__nets=["VDD", "LONELY"])))
    assert (loose.where, loose.value, loose.note) == (("passives.C1",), 1, "C1: terminal 2 connects nothing")
    assert [one.value for one in unconnected_terminals(demo())] == [0, 0, 0, 0]


@pytest.mark.parametrize(("kind", "material", "value"), [
    ("substrate", "BT", 1), ("lead frame", "BT", 0), ("lead frame", None, 1), ("interposer", "BT", 1),
    ("interposer", "Silicon", 0), ("interposer", "borosilicate glass", 0), ("interposer", "", None), ("interposer", None, None),
    ("interposer", "Si", 0), ("interposer", "Si, high resistivity", 0), ("interposer", "fused silica", 0),
    ("interposer", "Al2O3 96 %", 0), ("interposer", "LTCC", 0), ("interposer", "AlN", 0), ("interposer", "borosilicate", 0),
    ("interposer", "FR-4, E-glass", 1), ("interposer", "glass cloth and BT", 1), ("interposer", "silica-filled epoxy", 1),
    ("interposer", "silicone", 1), ("interposer", "E679FG", 1), ("interposer", "PI", 1),
    ("wafer", "BT", 0), ("panel", "BT", 0)])
def test_two_carriers_are_those_of_the_claims(kind, material, value):
    mask = {"layer": "mask", "thickness": "15 um"}
    core = {"layer": "core", "thickness": "200 um", **({"material": material} if material else {})}
    made = demo(carrier__kind=kind, carrier__stackup=[mask] if material is None else [mask, core])
    (one,) = carrier_is_substrate_or_lead_frame(made)
    assert getattr(one, "value", None) == value
    assert value is not None or "whether the interposer is organic is not known" in one.missing


@pytest.mark.parametrize("name", sorted(all_measures()))
def test_a_package_of_nothing_but_a_name_stops_no_measure(name):
    made = demo()
    for part in ("carrier", "mold", "balls", "singulation"):
        list(all_measures()[name].take(replace(made, **{part: None})))
    bare = replace(made, carrier=None, mold=None, balls=None, singulation=None, chips=(), passives=())
    assert all(isinstance(one, Unmeasured) for one in all_measures()[name].take(bare))
