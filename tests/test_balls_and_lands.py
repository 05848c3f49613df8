"""Bare lands among balls: what stands there, what is drawn, what travels, and what is judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from overmold.check import BROKEN, KEPT, WARNED, check
from overmold.claims import claim_chart
from overmold.drawing.land_pattern import draw_land_pattern
from overmold.exchange.reading import Asked
from overmold.exchange.reading.aif import read_aif
from overmold.exchange.writing import aif
from overmold.exchange.writing.ball_map import terminals
from overmold.faults import Faults
from overmold.kicad.reading import read_footprint
from overmold.kicad.writing.build import files_of
from overmold.package import Package
from overmold.package.site_lands import ball_lands
from overmold.package.soldered import bare_lands, soldered
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.ball_map import ball_map
from overmold.pictures.plan import plan
from overmold.rule import load_deck
from overmold.space import BALLS, crowds
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
MIXED = PACKAGES / "balls_and_lands.yaml"
BARE = ["TA1", "TA2", "TB1", "TB2", "TP1"]


def mixed() -> Package:
    return read_package_file(MIXED)


def balls_of(lines: str) -> Package:
    text = f"package: X\ncarrier: {{kind: substrate, size: [5 mm, 5 mm]}}\nballs:\n  {lines}\n"
    return read_package_text(text, "x.yaml", Path())


def test_a_bare_land_bears_no_ball_and_is_as_wide_as_its_own_diameter() -> None:
    package = mixed()
    solder, bare = soldered(package.balls), bare_lands(package.balls)
    assert solder is not None
    assert bare is not None
    assert package.balls is not None
    assert (len(solder.sites), list(bare.sites.names)) == (47, BARE)
    (crowd,) = (one for one in crowds(package) if one.kind == BALLS)
    assert len(crowd.names) == 47
    assert not set(crowd.names) & set(BARE)
    width = dict(zip(package.balls.sites.names, ball_lands(package.balls)[0].tolist()))
    assert (width["A2"], width["TA1"], width["TP1"]) == (220_000, 700_000, 220_000)


def test_claim_3_counts_the_balls_and_names_the_bare_lands() -> None:
    row = claim_chart(check(mixed(), DECK))[2]
    assert (row.status, row.because) == ("met", "met by 47 balls; outside: 5 bare lands")


def test_a_land_grid_array_with_one_ball_is_no_array_of_balls() -> None:
    package = demo_with({"balls.array": {"zones": [
        {"grid": [1, 1], "pitch": "0.8 mm", "names": {"prefix": "B"}},
        {"grid": [12, 12], "pitch": "0.8 mm", "terminals": "lands"}]},
        "netlist": [["VDD", "U1.A1", "A1"], ["GND", "U1.A2", "A2"]]})
    assert claim_chart(check(package, DECK))[2].status == "not met"


def test_the_customers_land_under_a_bare_land_is_as_wide_and_is_no_ball() -> None:
    part = draw_land_pattern(mixed())
    found = {(group.size[0], group.is_ball): len(group.names) for group in part.pads}
    assert found == {(200_000, True): 47, (700_000, False): 4, (220_000, False): 1}
    assert "47 balls and 5 bare lands" in part.description
    assert "bare ones 0.7 and 0.22 mm (as wide as the package's)" in part.description


def test_the_land_pattern_says_which_are_bare() -> None:
    files = [data for name, data in files_of(mixed()).items() if name.endswith(f"{mixed().name}.kicad_mod")]
    read = read_footprint(files[0], "x.kicad_mod")
    bare = bare_lands(read.balls)
    assert bare is not None
    assert list(bare.sites.names) == BARE


def test_pictures_tables_and_aif_say_which_are_bare() -> None:
    package = mixed()
    assert "bare land TA1 GND" in plan(package)
    assert "bare lands are dashed rings" in plan(package)
    assert "47 balls and 5 bare lands" in ball_map(package)
    sheet = terminals(package)
    assert sheet.heads[-1] == "bare land"
    assert [row[0] for row in sheet.rows if row[-1]] == BARE
    assert next(row for row in sheet.rows if row[0] == "TA1")[4] == "0.7"
    again = bare_lands(read_aif(aif.write(package), "x.aif", Asked()).package.balls)
    assert again is not None
    assert list(again.sites.names) == BARE


def test_a_ball_beside_a_bare_land_and_a_land_out_of_reach_are_told() -> None:
    for name in ("ball-too-near-bare-land", "bare-land-beyond-paste"):
        assert check(mixed(), DECK).verdict(name).status == KEPT
        rule = next(rule for rule in DECK.rules if rule.name == name)
        assert check(demo_with(rule.kept_by, rule.broken_by), DECK).verdict(name).status in (BROKEN, WARNED)
    (near,) = check(mixed(), DECK).verdict("ball-too-near-bare-land").judged
    assert near.reading.value == 290_000  # 0.5 mm from TP1 to its neighbours, less half of 0.2 and of 0.22 mm


@pytest.mark.parametrize(("lines", "said"), [
    ("{diameter: 0.4 mm, array: {grid: [2, 2], pitch: 1 mm, terminals: lands}}", "all of these are bare lands"),
    ("{diameter: 0.4 mm, array: {grid: [2, 2], pitch: 1 mm, terminals: pillars}}", "unknown value 'pillars'"),
])
def test_what_cannot_be_is_said(lines: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        balls_of(lines)


def test_bumps_have_no_bare_lands_among_them() -> None:
    with pytest.raises(Faults, match="only balls have bare lands among them"):
        demo_with({"chips.0.bumps.array.terminals": "lands"})


def test_among_bare_lands_alone_it_counts_for_nothing() -> None:
    package = balls_of("{terminals: lands, land: 0.4 mm, array: {grid: [2, 2], pitch: 1 mm, terminals: lands}}")
    assert any("counts for nothing, for all are bare lands" in one for one in package.remarks)
    assert package.balls is not None
    assert package.balls.sites.bare is None


def test_a_table_says_which_are_bare(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("name,x,y,bare_land\nA1,0 mm,0 mm,yes\nA2,1 mm,0 mm,\n")
    text = ("package: X\ncarrier: {kind: substrate, size: [5 mm, 5 mm]}\n"
            "balls: {diameter: 0.4 mm, array: {csv: b.csv}}\n")
    package = read_package_text(text, "x.yaml", tmp_path)
    assert package.balls is not None
    assert np.array_equal(package.balls.sites.bare, [1, 0])
    (tmp_path / "b.csv").write_text("name,x,y,bare_land\nA1,0 mm,0 mm,perhaps\n")
    with pytest.raises(Faults, match="'perhaps' does not say whether this is a bare land"):
        read_package_text(text, "x.yaml", tmp_path)
