"""What a package stands on beside plain balls: cored balls, copper pillars, bare lands of several sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from overmold.check import BROKEN, NOT_APPLICABLE, check
from overmold.claims import claim_chart
from overmold.drawing.land_pattern import draw_land_pattern
from overmold.drawing.parts import draw_carrier
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import FINISHED, scene
from overmold.model3d.solids import Tube
from overmold.package import Package
from overmold.package.site_lands import ball_lands
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.section import section
from overmold.pictures.where import cut_at
from overmold.rule import load_deck
from overmold.space import BALLS, crowds
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()


def file(name: str) -> Package:
    return read_package_file(PACKAGES / f"{name}.yaml")


def balls_of(lines: str) -> Package:
    text = f"package: X\ncarrier: {{kind: substrate, size: [5 mm, 5 mm]}}\nballs:\n{lines}"
    return read_package_text(text, "x.yaml", Path())


def test_no_standoff_is_lower_than_the_core_at_any_tolerance() -> None:
    package = file("core_balls")
    (room,) = (one.reading for one in check(package, DECK).verdict("standoff-below-ball-core").judged)
    assert (room.value, room.low) == (30_000, 0)  # 330 less 300, both at their limits
    (shell,) = (one.reading for one in check(package, DECK).verdict("ball-core-as-wide-as-ball").judged)
    assert shell.value == 50_000
    low = check(demo_with({"balls.core": "0.31 mm"}), DECK)
    assert low.verdict("standoff-below-ball-core").status == BROKEN
    assert check(demo_with({"balls.core": "0.29 mm", "balls.standoff": None}), DECK).verdict(
        "standoff-below-ball-core").untested[0].missing.startswith("the ball standoff is not stated")


def test_a_core_keeps_the_ball_from_collapsing_so_the_land_is_wider_and_the_section_shows_it() -> None:
    package = file("core_balls")
    part = draw_land_pattern(package)
    assert {group.size for group in part.pads} == {(500_000, 500_000)}  # IPC-7351B, table 14-6, for a ball of 0.4 mm
    assert "non-collapsing ball" in part.description
    assert "core, 300 um copper" in section(package, at=cut_at(package, "y=-1.5mm"))


def test_pillars_stand_as_high_as_copper_and_cap_and_are_no_balls() -> None:
    package = file("pillar_terminals")
    (crowd,) = [one for one in crowds(package) if one.kind == BALLS]
    standoff = (crowd.top - crowd.bottom).value
    assert standoff is not None
    assert (standoff.nominal, standoff.plus, crowd.rod) == (120_000, 10_000, True)
    result = check(package, DECK)
    chart = {row.number: row for row in claim_chart(result)}
    assert (chart[3].status, "16 copper pillars, not solder balls" in chart[3].because) == ("not met", True)
    assert result.verdict("ball-higher-than-wide").status == NOT_APPLICABLE
    (spare,) = (one.reading for one in result.verdict("package-too-high").judged)
    assert spare.value == 1_000_000 - 280_000 - 160_000 - 120_000
    rods = [one for one in scene(package, FINISHED) if one.name == "balls"]
    assert [isinstance(one.shape, Tube) for one in rods] == [True] * 4  # copper and cap of two widths


def test_a_pillar_of_which_half_is_stated_leaves_the_standoff_open() -> None:
    package = demo_with({"balls.terminals": "pillars", "balls.pillar": "0.2 mm", "balls.standoff": None})
    (crowd,) = [one for one in crowds(package) if one.kind == BALLS]
    assert crowd.bottom.lacks == ("balls.solder_cap",)
    assert check(package, DECK).verdict("package-too-high").status == "not checked"


def test_lands_of_several_sizes_are_as_wide_as_they_say_on_carrier_board_and_land_pattern() -> None:
    package = file("lands_of_two_sizes")
    board = read_board(board_file(package), "b.kicad_pcb")
    for one in (package, board):
        assert one.balls is not None
        lands, openings = ball_lands(one.balls)
        assert sorted(set(lands.tolist())) == sorted(set(openings.tolist())) == [500_000, 700_000]
        assert {group.size[0] for group in draw_land_pattern(one).pads} == {500_000, 700_000}
        assert {group.size[0] for group in draw_carrier(one).pads} == {500_000, 700_000}
    text = (PACKAGES / "lands_of_two_sizes.yaml").read_text(encoding="utf-8").replace("0.7 mm", "1.7 mm", 2)
    touching = read_package_text(text, "x.yaml", PACKAGES)
    assert check(touching, DECK).verdict("lands-touch").status == BROKEN


def test_openings_of_wider_lands_grow_with_them() -> None:
    package = balls_of("  terminals: lands\n  land: 0.4 mm\n  opening: 0.3 mm\n"
                       "  array: {at: {A1: [-1 mm, 0 mm], A2: [1 mm, 0 mm, 0.8 mm]}}\n")
    assert package.balls is not None
    assert [one.tolist() for one in ball_lands(package.balls)] == [[400_000, 800_000], [300_000, 600_000]]


@pytest.mark.parametrize(("lines", "said"), [
    ("  diameter: 0.3 mm\n  pillar: 60 um\n", "'pillar' counts for nothing, for the package stands on balls"),
    ("  diameter: 0.3 mm\n  solder_cap: 60 um\n", "'solder_cap' counts for nothing, for the package stands on balls"),
    ("  terminals: pillars\n  diameter: 0.3 mm\n  core: 60 um\n", "'core' counts for nothing, for the package stands on p"),
    ("  terminals: lands\n  land: 0.3 mm\n  core: 60 um\n", "'core' counts for nothing, for the package stands on bare lands"),
])
def test_what_counts_for_nothing_is_said(lines: str, said: str) -> None:
    package = balls_of(lines + "  array: {grid: [2, 2], pitch: 1 mm}\n")
    assert any(said in remark for remark in package.remarks), package.remarks


def test_balls_under_a_lead_frame_are_said_to_be_islands_of_the_frame() -> None:
    text = (PACKAGES / "qfn.yaml").read_text(encoding="utf-8")
    lands = "balls: {terminals: lands, land: 0.3 mm, array: {grid: [2, 2], pitch: 1 mm}}\n"
    with pytest.raises(Faults, match="write lands of inner rows under 'carrier: frame: islands'"):
        read_package_text(text + lands, "q.yaml", PACKAGES)
