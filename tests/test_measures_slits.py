"""Slits beside the gaps: what hangs low over a part, against asking point for point and on packages made by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from overmold.check import KEPT, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.measures import Reading, Unmeasured
from overmold.measures.slits import encapsulant_in_slits
from overmold.package import Passive
from overmold.rule import load_deck
from overmold.shapes import rectangle
from overmold.units import Toleranced
from random_stacks import a_stack, next_above, spans, spots_on, stated, within
from test_measures_stacks import chip, overhung, package
from variants import demo_with

DECK = load_deck(examples=False)
EXAMPLE = next(rule for rule in load_deck().rules if rule.name == "slit-not-filled")


def unfilled(made):
    return {frozenset(one.where): one for one in encapsulant_in_slits(made) if isinstance(one, Reading) and not one.value}


def own_joint(made, face, upper):
    """Whether a part stands on a face, or a flip chip's gap is there anyhow."""
    chips = {one.key: one for one in made.chips}
    on_carrier, frame = face.startswith("carrier"), made.carrier.frame
    if upper not in chips:
        return on_carrier and face != "carrier.frame"
    one = chips[upper]
    if one.on or not on_carrier:
        return face in {f"chips.{name}" for name in one.on}
    return one.has_gap or frame is None or face == "carrier.frame.paddle"


@pytest.mark.parametrize("block", range(5))
def test_what_is_not_filled_is_what_asking_every_spot_says(block):
    found = 0
    for seed in range(60 * block, 60 * block + 60):
        made, chance = a_stack(seed, chips=7), random.Random(seed)
        if made.mold is None:
            continue
        filler = Toleranced(chance.choice([20_000, 60_000, 110_000]), 5_000, 0)
        made = replace(made, mold=replace(made.mold, filler=filler))
        values = {key: value.nominal if value is not None else 15_000 for key, value in stated(made).items()}
        heights, told = spans(made, values), unfilled(made)
        faces = {"carrier": made.carrier.outline} if made.carrier.frame is None else {
            f"carrier.frame.leads.{lead.name}": lead.outline for lead in made.carrier.frame.leads}
        for face, outline in {**faces, **{one.key: one.outline for one in (*made.chips, *made.passives)}}.items():
            for at in spots_on(outline, chance, 25):
                over, room = next_above(made, face, at, values)
                if (over <= {"", "mold.cap"} or len(over) > 1 or own_joint(made, face, *over) or room < 0
                        or not within(made.mold.outline, at)):
                    continue
                assert (frozenset((face, *over)) in told) == (room <= 2 * filler.high), (seed, face, over, room)
                found += room <= 2 * filler.high
        for pair in told:
            ends = sorted(heights.get(key, (0, -1 if key != "carrier.frame" else 0)) for key in pair)
            if not any(key.startswith("carrier") for key in pair):
                assert 0 <= ends[1][0] - ends[0][1] <= 2 * filler.high
    assert found > 40


@pytest.mark.parametrize(("room", "tolerance", "value", "low"), [
    (5_000, 0, 0, 0), (50_000, 0, 0, 0), (50_001, 0, 1, 1), (51_000, 2_000, 1, 0), (90_000, 2_000, 1, 1), (0, 0, 0, 0)])
def test_a_slit_needs_more_than_twice_the_largest_filler_also_at_its_corners(room, tolerance, value, low):
    made = overhung(room)
    under = replace(made.chips[1], thickness=Toleranced(135_000 + room, 0, tolerance))
    readings = {one.where[0]: one for one in encapsulant_in_slits(replace(made, chips=(made.chips[0], under, made.chips[2])))}
    assert (readings["chips.U1"].value, readings["chips.U1"].low) == (value, low)
    assert readings["chips.U1"].where == ("chips.U1", "chips.U3")
    assert all(one.value == 1 for key, one in readings.items() if key != "chips.U1")


def test_parts_in_one_place_a_gap_and_a_joint_are_no_slits():
    assert not unfilled(overhung(-5_000))
    thin = Toleranced(30_000)
    stacked = package(chip("U1", joint=thin), chip("U2", "U1", up=True), chip("U3", "U2", joint=thin))
    assert [one.value for one in encapsulant_in_slits(stacked)] == [1, 1, 1]


def test_over_the_carrier_and_over_a_passive_a_low_overhang_is_a_slit():
    low = package(chip("U1", up=True, thick=Toleranced(25_000), size=1_000_000),
                  chip("U2", "U1", up=True, joint=Toleranced(4_000)))
    (one,) = unfilled(low).values()
    assert (one.where, one.note) == (("chips.U2", "carrier"), "U2 hangs 49 um over carrier, the largest filler is 25 um")
    high = package(chip("U1", up=True, size=1_000_000), chip("U2", "U1", up=True))
    assert not unfilled(high)
    box = rectangle((750_000, 0), (300_000, 200_000))
    passive = Passive("C1", box, (750_000, 0), 0, Toleranced(100_000), ())
    (one,) = unfilled(replace(high, passives=(passive,))).values()
    assert one.where == ("chips.U2", "passives.C1")
    (said,) = (one for one in encapsulant_in_slits(replace(high, passives=(replace(passive, height=None),)))
               if isinstance(one, Unmeasured))
    assert (said.where, said.of) == (("passives.C1.height",), "chips.U2")


def test_what_is_not_stated_is_said_and_only_where_there_is_a_slit():
    made = overhung(90_000)
    nothing = replace(made, mold=replace(made.mold, filler=None))
    # No slit is thinner than the gap of 75 um: it fills where the gap does.
    assert all(isinstance(one, Reading) and one.value for one in encapsulant_in_slits(nothing))
    thin = overhung(74_000)
    said, *others = encapsulant_in_slits(replace(thin, mold=replace(thin.mold, filler=None)))
    assert (said.where, said.of) == (("mold.filler",), "chips.U1")
    assert [(one.where, one.value) for one in others] == [(("chips.U2",), 1), (("chips.U3",), 1)]
    height = replace(made, chips=(made.chips[0], replace(made.chips[1], thickness=None), made.chips[2]))
    said = next(one for one in encapsulant_in_slits(height) if isinstance(one, Unmeasured))
    assert said.where == ("chips.U2.thickness",)
    assert {type(one) for one in encapsulant_in_slits(replace(made, mold=None))} == {Unmeasured}


def test_the_chart_counts_a_slit_against_the_chip_at_it_and_against_the_chipset():
    result = check(demo_with(EXAMPLE.kept_by, EXAMPLE.broken_by), DECK)
    assert result.verdict("cover-not-half-to-twice-gap").status == KEPT
    rows = {row.number: row for row in claim_chart(result)}
    assert {1, 6, 15} <= {number for number, row in rows.items() if row.status == NOT_MET}
    assert rows[1].because == ("slit-not-filled: no (U3 hangs 48 um over U1, the largest filler is 25 um), limit must be yes")
    other = {"chips.3": {"name": "U4", "size": ["1 mm", "1 mm"], "at": ["-4 mm", "0 mm"], "thickness": "150 um", "gap": "75 um",
                         "bonded": "flip-chip", "bumps": {"array": {"grid": [2, 2], "pitch": "400 um"}, "diameter": "100 um",
                                                          "height": "90 um", "alloy": "SAC305"}},
             "netlist": [["VDD", "U1.A1", "A1"], ["VDD", "U4.A1", "A2"], ["GND", "U4.A2", "A3"]]}
    rows = {row.number: row for row in claim_chart(check(demo_with(EXAMPLE.kept_by, EXAMPLE.broken_by, other), DECK))}
    assert rows[1].status == MET
    assert rows[1].because.startswith("met by U4")
    assert "U1 is outside (no)" in rows[1].because
    assert rows[6].status == NOT_MET
