"""Parts in a cavity of the carrier, wholly embedded ones, and fan-out dies: heights, claims, rules, boards."""

from __future__ import annotations

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, NOTED, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import INSIDE, scene
from overmold.package import Package
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import CAVITY, bodies, over
from overmold.units import LENGTH, Toleranced, parse_toleranced
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
SUNK = {"chips.0.cavity": {"depth": "100 um ± 10 um", "room": "150 um"}, "carrier.stackup.2.thickness": "300 um",
        "mold.cap": "230 um ± 15 um", "passives": None}


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(PACKAGES / "embedded.yaml")


def test_a_chip_in_a_cavity_stands_on_its_floor_and_its_gap_has_no_mask() -> None:
    result = check(demo_with(SUNK), DECK)
    (gap,) = (one.reading for one in result.verdict("gap-too-narrow-to-fill").judged)
    (cover,) = (one.reading for one in result.verdict("mold-over-chip-too-thin").judged)
    assert (gap.value, cover.value) == (90_000, 230_000 - (90_000 + 150_000 - 100_000))
    assert (cover.low, cover.high) == (90_000 - 15_000 - 5_000 - 10_000 - 10_000, 90_000 + 40_000)


def test_a_depth_that_nobody_states_is_asked_for() -> None:
    result = check(demo_with({**SUNK, "chips.0.cavity": {"room": "150 um"}}), DECK)
    for name in ("cover-not-half-to-twice-gap", "cavity-too-deep"):
        (missing,) = result.verdict(name).untested
        assert "the cavity depth of U1 is not stated" in missing.missing


def test_what_the_mold_fills_of_a_cavity_is_a_face_of_the_carrier(package: Package) -> None:
    floors = {slit.thickness.lower.value for slit in over(package, "carrier") if slit.upper == "mold.cap" and slit.thickness}
    assert floors == {Toleranced(0), Toleranced(-150_000, 10_000, 10_000)}
    assert {body.key: body.material for body in bodies(package) if body.kind == CAVITY} == {
        "chips.U1.cavity": "encapsulant", "chips.U2.cavity": "carrier", "passives.C1.cavity": "carrier"}


def test_an_embedded_chip_is_noted_not_covered_by_encapsulant_and_undoes_no_other_chip(package: Package) -> None:
    result = check(package, DECK)
    assert result.errors == 0
    assert result.verdict("chip-not-covered").status == NOTED
    chart = {row.number: row for row in claim_chart(result)}
    assert [chart[number].status for number in (1, 2, 6, 15)] == ["met", "met", "not met", "not met"]
    assert "U2: it is embedded in the carrier, as stated" in chart[6].because
    (slit,) = over(package, "chips.U2")
    assert (slit.upper, slit.filling) == ("carrier", "contact")


def test_a_part_over_an_embedded_one_is_not_beside_it(package: Package) -> None:
    over_it = demo_with({"passives.1": {
        "name": "C2", "size": "01005", "at": ["3.6 mm", "0 mm"], "angle": "90 deg", "nets": ["VDD", "GND"], "height": "150 um",
        "cavity": {"depth": "200 um", "room": "100 um", "top": "closed"}}, "carrier.stackup.2.thickness": "300 um"})
    assert check(over_it, DECK).verdict("passives-too-close").status == KEPT
    del package


@pytest.mark.parametrize(("change", "rule"), [
    ({"passives.C1.height": "265 um"}, "embedded-part-not-closed-in"),
    ({"chips.U2.thickness": "200 um"}, "embedded-part-not-closed-in"),
    ({"chips.U1.cavity.depth": "440 um"}, "cavity-too-deep"),
])
def test_the_twins_that_break(package: Package, change: dict[str, str], rule: str) -> None:
    assert check(package, DECK).verdict(rule).status == KEPT
    values = {key: parse_toleranced(text, LENGTH) for key, text in change.items()}
    assert check(with_values(package, values), DECK).verdict(rule).status == BROKEN


def test_a_board_with_pads_for_a_chip_in_a_cavity_is_told_where(package: Package) -> None:
    board = board_file(package)
    assert drift(read_board(board, "b.kicad_pcb"), package) == ()
    without = board.replace(b'(property "Cavity depth" "150 um', b'(property "Own depth" "150 um').replace(
        b'(property "Cavity room" "150 um"', b'(property "Own room" "150 um"')
    with pytest.raises(Faults, match="its bumps are drawn as those of a chip that stands on another"):
        read_board(without, "b.kicad_pcb")


def test_it_is_drawn(package: Package) -> None:
    assert "C1, embedded in the carrier" in plan(package)
    assert "cavity of U1, 150 um ± 10 um deep" in section(package)
    assert {"chips.U2", "passives.C1"} <= {solid.name for solid in scene(package, INSIDE)}


def test_a_fan_out_die_has_no_gap_and_the_chart_says_why() -> None:
    result = check(read_package_file(PACKAGES / "fan_out.yaml"), DECK)
    chart = claim_chart(result)
    assert {row.status for row in chart} == {NOT_APPLICABLE}
    assert chart[0].because == "U1: fan-out die, without a gap"
    (cover,) = (one.reading for one in result.verdict("mold-over-chip-too-thin").judged)
    assert (cover.value, cover.low, cover.high) == (150_000, 125_000, 175_000)
    assert result.verdict("chip-not-connected").status == KEPT


@pytest.mark.parametrize(("at", "status"), [("1.2 mm", KEPT), ("0.6 mm", BROKEN)])
def test_nothing_stands_over_the_open_cavity_of_another_part(at: str, status: str) -> None:
    sunk = {"name": "C1", "size": "01005", "at": ["3.6 mm", "0 mm"], "nets": ["VDD", "GND"], "height": "150 um",
            "cavity": {"depth": "180 um", "room": "300 um"}}
    beside = {"passives.0": sunk, "passives.1.at": ["3.6 mm", at], "carrier.stackup.2.thickness": "300 um"}
    verdict = check(demo_with(beside), DECK).verdict("land-over-cavity")
    assert verdict.status == status
    if status == BROKEN:
        assert str(verdict.judged[0].reading.told) == "cavity of C1: C2.2 over it"
    closed = {**beside, "passives.0": {**sunk, "cavity": {"depth": "180 um", "room": "300 um", "top": "closed"}}}
    assert check(demo_with(closed), DECK).verdict("land-over-cavity").status == NOT_APPLICABLE


def test_a_chip_may_bridge_a_cavity_where_none_of_its_bumps_is_over_it() -> None:
    sunk = {"name": "C1", "size": "01005", "at": ["0 mm", "0 mm"], "nets": ["VDD", "GND"], "height": "150 um",
            "cavity": {"depth": "180 um", "room": "100 um"}}
    bridge = {"passives.0": sunk, "carrier.stackup.2.thickness": "300 um"}
    assert check(demo_with(bridge), DECK).verdict("land-over-cavity").status == BROKEN
    rim = {**bridge, "chips.0.bumps.array": {"grid": [18, 18], "pitch": "250 um", "rings": 4}, "netlist": None}
    assert check(demo_with(rim), DECK).verdict("land-over-cavity").status == KEPT


def test_what_is_closed_in_under_a_part_or_lies_deeper_is_not_beside_it() -> None:
    closed = {"depth": "280 um", "room": "100 um", "top": "closed"}
    sunk = {"name": "C1", "size": "01005", "at": ["0 mm", "0 mm"], "nets": ["VDD", "GND"], "height": "200 um"}
    rules = ("passive-too-near-chip", "passives-too-close", "land-under-chip")
    under_another = {"passives.1.at": ["4 mm", "0.1 mm"], "passives.0.at": ["4 mm", "0 mm"]}
    for cavity, place in ((closed, {}), (closed, under_another), ({**closed, "top": "open"}, {})):
        sunken = {"passives.0": {**sunk, "cavity": cavity}, "carrier.stackup.2.thickness": "400 um"}
        result = check(demo_with(sunken, place), DECK)
        assert {result.verdict(name).status for name in rules} == {KEPT}, (cavity, place)
    level = check(demo_with({"passives.0": sunk}), DECK)
    assert {level.verdict(name).status for name in (rules[0], rules[2])} == {BROKEN}


@pytest.mark.parametrize(("more", "status"), [
    ({"passives.0.cavity": {"depth": "180 um", "room": "100 um"}}, KEPT),
    ({"passives.0.cavity": {"depth": "180 um", "room": "700 um"}}, BROKEN),
    ({"passives.0.cavity": {"depth": "250 um", "room": "700 um", "top": "closed"}}, KEPT),
    ({"passives": None, "top_lands": {"array": {"at": {"T1": ["3.3 mm", "3.3 mm"]}}, "land": "0.3 mm"}}, KEPT),
    ({"passives": None, "top_lands": {"array": {"at": {"T1": ["2.7 mm", "0 mm"]}}, "land": "0.3 mm"}}, BROKEN),
])
def test_underfill_runs_into_an_open_cavity_and_onto_a_land_on_top(more: dict[str, object], status: str) -> None:
    fillet = {"chips.0.gap_filled_with": "underfill", "chips.0.fillet": "0.4 mm ± 0.1 mm",
              "carrier.stackup.2.thickness": "400 um"}
    result = check(demo_with(fillet, {"passives.0.height": "200 um"} if "passives" not in more else {}, more), DECK)
    assert result.verdict("underfill-runs-into-part").status == status


def test_a_cavity_of_which_nothing_is_said_is_a_fault() -> None:
    for path in ("chips.0.cavity", "passives.1.cavity"):
        with pytest.raises(Faults, match="'cavity' says nothing; write for example"):
            demo_with({path: {}})
