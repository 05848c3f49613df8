"""Balls of high-lead solder: by their alloy they stay solid on the customer's board and keep their shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, UNTESTED, WARNED, check
from overmold.exchange.writing.bill import bill
from overmold.geometry.lands import ball_land
from overmold.kicad.writing.build import land_patterns
from overmold.package import Alloy
from overmold.package.solders import balls_keep_shape, stays_solid
from overmold.package_file import read_package_file
from overmold.rule import default_alloys, load_deck
from package_text import read
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
SOLID = PACKAGES / "high_lead_balls.yaml"


@pytest.mark.parametrize(("name", "solid"), [
    ("Pb90Sn10", True), ("Sn10Pb90", True), ("Pb95Sn5", True), ("80Au20Sn", True), ("SAC305", False), ("63Sn37Pb", False),
    ("70Pb30Sn", False), ("95Sn5Sb", False)])
def test_which_solders_stay_solid(name: str, solid: bool) -> None:
    assert stays_solid(default_alloys()[name]) is solid


def test_the_limit_itself_melts() -> None:
    assert not stays_solid(Alloy("X", 260_000, 300_000))
    assert stays_solid(Alloy("X", 260_001, 300_000))


def test_they_have_the_land_of_balls_that_do_not_collapse() -> None:
    package = read_package_file(SOLID)
    assert not package.alloys  # which nobody gave it: those of the rules count
    (part,) = land_patterns(package)
    assert "non-collapsing ball" in part.description
    assert part.pads[0].size[0] == ball_land(400_000, collapsing=False) == 500_000
    (other,) = land_patterns(read(SOLID.read_text(encoding="utf-8").replace("alloy: 90Pb10Sn", "alloy: SAC305")))
    assert "non-collapsing" not in other.description
    assert other.pads[0].size[0] == ball_land(400_000)


def test_a_stated_land_counts_all_the_same(tmp_path: Path) -> None:
    text = SOLID.read_text(encoding="utf-8").replace("  attach:", "  customer_land: 0.46 mm\n  attach:")
    (part,) = land_patterns(read(text))
    assert part.pads[0].size[0] == 460_000
    (tmp_path / "l.csv").write_text("name,x,y,width,height\nA1,-1.5 mm,-1.5 mm,0.5 mm,0.5 mm\n", encoding="utf-8")
    (part,) = land_patterns(read(SOLID.read_text(encoding="utf-8") + "lands: l.csv\n", tmp_path))
    assert {group.size for group in part.pads} == {(500_000, 500_000)}


def test_lands_and_pillars_keep_no_shape_by_their_alloy() -> None:
    from dataclasses import replace

    package = check(read_package_file(SOLID), DECK).package
    assert package.balls is not None
    assert balls_keep_shape(package)
    assert not balls_keep_shape(replace(package, balls=replace(package.balls, terminals="pillars")))


def said(change: dict[str, Any], rule: str) -> tuple[str, list[str]]:
    verdict = check(demo_with({}, change), DECK).verdict(rule)
    return verdict.status, [one.missing for one in verdict.untested]


def test_the_solder_that_attaches_them_is_what_melts_last() -> None:
    solid = {"balls.alloy": "90Pb10Sn", "balls.standoff": "0.395 mm"}
    rule = "balls-melt-after-earlier-solder"
    assert said({**solid, "balls.attach": "SAC305"}, rule)[0] == KEPT
    assert said({**solid, "balls.attach": "80Au20Sn"}, rule)[0] == WARNED
    status, missing = said(solid, rule)
    assert status == UNTESTED
    assert "ball attach alloy" in missing[0]
    assert said({**solid, "balls.attach": "Xyz"}, rule)[0] == UNTESTED


def test_that_they_do_not_melt_is_meant_where_it_is_said_what_attaches_them() -> None:
    rule, solid = "balls-do-not-melt-on-board", {"balls.alloy": "90Pb10Sn", "balls.standoff": "0.395 mm"}
    assert said(solid, rule)[0] == WARNED
    assert said({**solid, "balls.attach": "SAC305"}, rule)[0] == NOT_APPLICABLE
    assert said({"balls.alloy": "70Pb30Sn", "balls.attach": "SAC305"}, rule)[0] == WARNED  # which melts in part


@pytest.mark.parametrize(("standoff", "status"), [("0.4 mm", KEPT), ("0.385 mm", KEPT), ("0.384 mm", BROKEN)])
def test_they_stand_as_high_as_they_are_wide_less_the_mask(standoff: str, status: str) -> None:
    text = SOLID.read_text(encoding="utf-8").replace("0.393 mm ± 0.005 mm", standoff).replace("15 um ± 3 um", "15 um")
    assert check(read(text), DECK).verdict("standoff-below-solid-ball").status == status


def test_without_a_stack_up_it_is_not_known_how_deep_they_stand() -> None:
    verdict = check(demo_with({}, {"balls.alloy": "90Pb10Sn", "balls.attach": "SAC305", "carrier.stackup": None}),
                    DECK).verdict("standoff-below-solid-ball")
    assert verdict.status == UNTESTED
    assert "state the stack-up" in verdict.untested[0].missing


def test_bumps_that_only_stand_in_their_presolder_have_no_calculated_height() -> None:
    molten = {"mold.filler": "20 um", "chips.0.bumps.height": None, "chips.0.bumps.ubm": "80 um",
              "chips.0.bumps.sphere": "118 um ± 3 um", "chips.0.bumps.presolder": "SAC305"}
    rule = "bumps-do-not-melt-when-bonded"
    assert said(molten, rule)[0] == KEPT
    assert said({**molten, "chips.0.bumps.alloy": "95Pb5Sn"}, rule)[0] == BROKEN
    assert said({**molten, "chips.0.bumps.alloy": "95Pb5Sn", "chips.0.bumps.height": "90 um"}, rule)[0] == NOT_APPLICABLE
    assert said({**molten, "chips.0.bumps.presolder": "Xyz"}, rule)[0] == UNTESTED


def test_the_bill_says_what_attaches_them() -> None:
    assert any("attached with SAC305" in str(row) for row in bill(read_package_file(SOLID)).rows)
