"""Pillars are drawn as copper and solder cap, in the section, on the page and in the model; cores of balls inside of these."""

from __future__ import annotations

import re

import numpy as np
import pytest

from overmold.metal import metal_of
from overmold.model3d.colours import COPPER, SOLDER, core_colour
from overmold.model3d.scene import FINISHED, INSIDE, TRANSLUCENT, scene
from overmold.model3d.solids import Ball
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.pages.view.solids import crowds_of
from overmold.pictures.levels import metals
from overmold.pictures.section import section
from overmold.space import BALLS, crowds
from package_text import read
from paths import PACKAGES
from variants import demo_with


def file(name: str) -> Package:
    return read_package_file(PACKAGES / f"{name}.yaml")


def on_page(package: Package) -> list[dict[str, object]]:
    return crowds_of(package, np.arange(len(metal_of(package).pieces.xy)))


def test_the_copper_of_a_pillar_hangs_from_its_chip_and_the_cap_is_below() -> None:
    package = file("pillars_lga")
    (crowd,) = (one for one in crowds(package) if one.kind != BALLS)
    low, high = (one.value for one in (crowd.bottom, crowd.top))
    assert low is not None
    assert high is not None
    cap, copper = metals(package, crowd)
    assert cap == (low.nominal, low.nominal + 25_000, False)
    assert copper == (low.nominal + 25_000, high.nominal, True)
    assert copper[1] - copper[0] == 50_000
    drawn = section(package)
    assert drawn.count("copper, 50 um") == 4
    assert "bump U1." in drawn


@pytest.mark.parametrize(("view", "colours"), [(INSIDE, {COPPER, SOLDER}), (TRANSLUCENT, {COPPER, SOLDER}), (FINISHED, set())])
def test_the_model_has_both_metals(view: str, colours: set[object]) -> None:
    solids = [one for one in scene(file("pillars_lga"), view) if one.name == "chips.U1.bumps"]
    assert {one.colour for one in solids} == colours


def test_pillars_that_the_package_stands_on_end_in_solder() -> None:
    package = file("pillar_terminals")
    (crowd,) = (one for one in crowds(package) if one.kind == BALLS)
    cap, copper = metals(package, crowd)
    assert (cap[1] - cap[0], copper[1] - copper[0], cap[1]) == (40_000, 80_000, copper[0])
    (of_page, other) = (one for one in on_page(package) if one["kind"] == BALLS)
    assert (of_page["drawn"], other["drawn"], of_page["shapes"], other["shapes"]) == ("bump", "copper", {}, {})
    assert of_page["high"] == other["low"]


def test_of_a_height_beside_the_copper_alone_the_cap_is_the_rest() -> None:
    package = demo_with({"chips.0.bumps.pillar": "60 um", "chips.0.bumps.height": "90 um"})
    (crowd,) = (one for one in crowds(package) if one.kind != BALLS)
    cap, copper = metals(package, crowd)
    assert (cap[1] - cap[0], copper[1] - copper[0]) == (30_000, 60_000)


def test_copper_higher_than_its_bump_is_drawn_no_higher() -> None:
    package = demo_with({"chips.0.bumps.pillar": "160 um", "chips.0.bumps.height": "90 um"})
    (crowd,) = (one for one in crowds(package) if one.kind != BALLS)
    ((low, high, is_copper),) = metals(package, crowd)
    assert (high - low, is_copper) == (90_000, True)
    assert all(one.colour != SOLDER for one in scene(package, INSIDE) if one.name == "chips.U1.bumps")


def test_a_pillar_without_its_cap_stated_is_drawn_hatched_and_left_out_of_the_model() -> None:
    package = demo_with({"chips.0.bumps.pillar": "60 um", "chips.0.bumps.height": None})
    assert "not all of it is stated" in section(package)
    assert not [one for one in scene(package, INSIDE) if one.name == "chips.U1.bumps"]


def test_a_plain_bump_has_no_copper() -> None:
    package = file("demo")
    assert "copper, " not in re.sub(r"layer[^<]*", "", section(package))
    assert all(one.copper is None and not one.rod for one in crowds(package))


def test_pillars_on_the_chip_side_stand_on_their_copper() -> None:
    text = (PACKAGES / "pillar_terminals.yaml").read_text(encoding="utf-8")
    package = read(text.replace("balls:\n", "balls:\n  side: chip side\n"))
    (crowd,) = (one for one in crowds(package) if one.kind == BALLS)
    copper, cap = metals(package, crowd)
    assert (copper[2], cap[2], copper[0]) == (True, False, 0)


def test_a_core_is_seen_through_its_ball_and_not_from_outside() -> None:
    package = file("core_balls")
    (core,) = (one for one in scene(package, INSIDE) if one.name == "balls.core")
    assert isinstance(core.shape, Ball)
    assert core.shape.radius == 150_000
    (ball,) = (one for one in scene(package, INSIDE) if one.name == "balls")
    assert ball.opacity < 1
    assert isinstance(ball.shape, Ball)
    # The core stands on the ball's lower end.
    assert core.at[0, 2] - 150_000 == ball.at[0, 2] - ball.shape.half
    (outside,) = (one for one in scene(package, FINISHED) if one.name.startswith("balls"))
    assert outside.opacity == 1
    found = [one for one in on_page(package) if one["kind"] == BALLS]
    assert [one["drawn"] for one in found] == ["bump", "copper"]
    assert found[1]["shapes"] == {300_000: [150_000, 150_000]}


def test_a_core_of_polymer_is_not_copper() -> None:
    text = (PACKAGES / "core_balls.yaml").read_text(encoding="utf-8").replace("core_material: copper", "core_material: polymer")
    package = read_package_text(text, "x.yaml", PACKAGES)
    (core,) = (one for one in scene(package, INSIDE) if one.name == "balls.core")
    assert core.colour == core_colour("polymer") != COPPER
    assert "core" in [one["drawn"] for one in on_page(package)]
