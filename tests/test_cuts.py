"""A section along any line shows what lies there: bodies of `space` cut by shapely, joints by their distance from the line."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from overmold.faults import Faults
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.cut import Cut, between
from overmold.pictures.pieces import kind_of
from overmold.pictures.section import section
from overmold.pictures.solder import disc_of
from overmold.pictures.where import cut_at
from overmold.shapes import polygon
from overmold.space import BALLS, BUMPS, Body, bodies, crowds
from paths import PACKAGES, REPOSITORY
from random_stacks import a_stack
from variants import demo, demo_data, package_of

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[str, float, float, float, float]


def rects(picture: str) -> list[Box]:
    """Class and left, top, right, bottom of every rectangle that is a body."""
    found = []
    for one in ElementTree.fromstring(picture).iter(f"{SVG}rect"):
        x, y, wide, tall = (float(one.get(name, "0")) for name in ("x", "y", "width", "height"))
        found.append((str(one.get("class")), x, y, x + wide, y + tall))
    return [one for one in found if one[0] not in ("paper", "hatched", "end", "underfill")]


def cut_of(body: Body, start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[float, float]]:
    """From where to where a line runs inside of a body, by shapely."""
    length = math.dist(start, end)
    way = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    line = shapely.LineString([(start[0] + far * way[0], start[1] + far * way[1]) for far in (-1e8, 1e8)])
    for piece in shapely.get_parts(shapely.intersection(polygon(body.outline), line)).tolist():
        if piece.geom_type == "LineString" and piece.length > 0:
            along = [(x - start[0]) * way[0] + (y - start[1]) * way[1] for x, y in piece.coords]
            yield min(along), max(along)


def due(package: Package, start: tuple[int, int], end: tuple[int, int]) -> list[Box]:
    """Class and the box along the line and in height, in nm, of all whose heights are known."""
    found = []
    for body in bodies(package):
        low, high = body.bottom.value, body.top.value
        if low is not None and high is not None:
            found += [(kind_of(package, body), first, -float(high.nominal), last, -float(low.nominal))
                      for first, last in cut_of(body, start, end)]
    return found


PACKAGES_CUT = [PACKAGES / "demo.yaml", PACKAGES / "qfn.yaml", PACKAGES / "towers.yaml",
                REPOSITORY / "examples/flip_face-up_flip_stack.yaml"]


def lines(seed: int, reach: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    chance = random.Random(seed)
    for _ in range(4):
        spots = [(chance.randrange(-reach, reach), chance.randrange(-reach, reach)) for _ in range(2)]
        yield spots[0], spots[1]


@pytest.mark.parametrize("number", range(8))
def test_a_section_along_any_line_shows_what_space_has_there(number: int) -> None:
    package = read_package_file(PACKAGES_CUT[number]) if number < 4 else a_stack(number)
    for start, end in lines(number, 1_500_000):
        picture, wanted = section(package, at=between(start, end)), due(package, start, end)
        assert wanted, "the line misses all"
        drawn = rects(picture)
        # Two numbers each way bring nanometres to pixels: those of what is leftmost, rightmost, highest and lowest.
        to_x = np.polyfit([min(one[1] for one in wanted), max(one[3] for one in wanted)],
                          [min(one[1] for one in drawn), max(one[3] for one in drawn)], 1)
        to_y = np.polyfit([min(one[2] for one in wanted), max(one[4] for one in wanted)],
                          [min(one[2] for one in drawn), max(one[4] for one in drawn)], 1)
        expected = sorted((kind, np.polyval(to_x, x), np.polyval(to_y, y), np.polyval(to_x, right), np.polyval(to_y, bottom))
                          for kind, x, y, right, bottom in wanted)
        assert [one[0] for one in sorted(drawn)] == [one[0] for one in expected]
        for kind in {one[0] for one in drawn}:
            mine = np.array(sorted(one[1:] for one in drawn if one[0] == kind))
            theirs = np.array(sorted(one[1:] for one in expected if one[0] == kind))
            assert np.abs(mine - theirs).max() < 0.05, kind
        stretch = float(re.findall(r"height drawn (\S+) times", picture)[0])
        assert to_y[0] / to_x[0] == pytest.approx(stretch, rel=1e-3)
        named = [words for words in texts(picture, "title") if words.startswith(("ball ", "bump "))]
        assert {words.partition(";")[0] for words in named if "the cut" not in words} == joints_on(package, start, end)


def joints_on(package: Package, start: tuple[int, int], end: tuple[int, int]) -> set[str]:
    """The balls and bumps nearer to a line than their radius."""
    found, length = set(), math.dist(start, end)
    for crowd in crowds(package):
        for name, (x, y), wide in zip(crowd.names, crowd.xy.tolist(), crowd.diameters.tolist()):
            off = abs((end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0])) / length
            if off < wide / 2:
                found.add(f"ball {name}" if crowd.kind == BALLS else f"bump {crowd.key.split('.')[1]}.{name}")
    return found


def texts(picture: str, what: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(picture).iter(f"{SVG}{what}")]


def test_a_ball_is_a_sphere_cut_off_by_its_land_and_a_bump_by_two() -> None:
    ball = disc_of(BALLS, 400_000, 300_000, 0)
    assert ball is not None
    assert (ball.radius, ball.depth, ball.half_at(300_000)) == (200_000, 100_000, 0)
    assert ball.half_at(0) == pytest.approx((200_000**2 - 100_000**2) ** 0.5)
    assert ball.widest == 200_000
    aside = disc_of(BALLS, 400_000, 300_000, 120_000)
    assert aside is not None
    assert aside.radius == pytest.approx(160_000)
    assert disc_of(BALLS, 400_000, 300_000, 200_000) is None
    flat = disc_of(BALLS, 400_000, 100_000, 0)
    assert flat is not None
    assert flat.half_at(0) == pytest.approx(200_000)
    assert flat.half_at(100_000) == pytest.approx(0, abs=1)
    bump = disc_of(BUMPS, 100_000, 60_000, 0)
    assert bump is not None
    assert (bump.depth, bump.half_at(0), bump.half_at(60_000)) == (30_000, 40_000, 40_000)
    pillar = disc_of(BUMPS, 50_000, 80_000, 15_000)
    assert pillar is not None
    assert pillar.half_at(10_000) == pillar.half_at(70_000) == 20_000


@pytest.mark.parametrize(("words", "at", "way", "said"), [
    ("x=1.2mm", (1_200_000, 0), (0, 1), "at x = 1.2 mm"), ("y=0", (0, 0), (1, 0), "at y = 0 mm"),
    ("Y = -500 um", (0, -500_000), (1, 0), "at y = -0.5 mm"), ("x=U1", (0, 0), (0, 1), "through U1 at x = 0 mm"),
    ("U1.A1", (0, -2_125_000), (1, 0), "through U1.A1 at y = -2.125 mm"), ("C1", None, (1, 0), "through C1 at y = "),
    ("U1", (0, -125_000), (1, 0), "through U1 at y = -0.125 mm"), ("A1", (0, -4_400_000), (1, 0), "through A1"),
    ("-1mm,0 to 1mm,0", (-1_000_000, 0), (1, 0), "from (-1 mm, 0 mm) to (1 mm, 0 mm)"),
    ("0, 1 mm; 0, -1 mm", (0, 1_000_000), (0, -1), "from (0 mm, 1 mm) to (0 mm, -1 mm)"),
])
def test_a_line_is_named_in_many_ways(words: str, at: Any, way: tuple[int, int], said: str) -> None:
    cut: Cut = cut_at(demo(), words)
    assert cut.way == way
    assert at is None or cut.at == at
    assert said in section(demo(), at=cut)


@pytest.mark.parametrize(("words", "said"), [
    ("x=1.2", "'1.2' has no unit"), ("U7", "nothing called 'U7'"), ("x=70mm", "does not run through the package"),
    ("1mm,1mm 1mm,1mm", "names one point twice"), ("x=3 kg", "not a unit of length"), ("", "there is nothing called"),
    ("x=", "there is nothing called"), ("1mm,1mm", "there is nothing called"),
    ("y=1e400mm", "out of range"), ("x=..mm", "valid length"),
])
def test_what_names_no_line_is_told(words: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)):
        cut_at(demo(), words)


def test_what_is_not_stated_is_hatched_and_said_and_never_invented() -> None:
    whole = section(demo())
    assert 'class="hatched"' not in whole
    for changes, said in (({"chips__0__thickness": None}, "thickness not stated"), ({"mold__cap": None}, "not stated"),
                          ({"chips__0__bumps__height": None}, "t1 not stated"), ({"carrier__stackup": None}, "t1 not stated"),
                          ({"balls__standoff": None}, "not stated")):
        picture = section(demo(**changes))
        assert 'class="hatched"' in picture, changes
        assert said in " ".join(texts(picture, "text")), changes
    under_a_lid = texts(section(demo(mold__cap=None, lid={"thickness": "300 um", "attach": "50 um"})), "text")
    assert {"t2 not stated", "lid", "300 um", "lid attach"} <= set(under_a_lid)


def test_a_wafer_and_silicon_are_not_drawn_as_laminate() -> None:
    data = demo_data()
    assert {one[0] for one in rects(section(package_of(data)))} >= {"core", "mask", "copper"}
    data["carrier"]["stackup"] = [{"layer": "core", "thickness": "700 um", "material": "silicon"}]
    interposer = {**data, "carrier": {**data["carrier"], "kind": "interposer"}}
    wafer = {**data, "carrier": {"kind": "wafer", "size": ["10 mm", "10 mm"]}}
    for one in (interposer, wafer):
        kinds = {box[0] for box in rects(section(package_of(one)))}
        assert "wafer" in kinds
        assert "core" not in kinds


def test_underfill_and_an_empty_gap_are_not_drawn_as_mold() -> None:
    for filling, kind in (("underfill", "underfill"), ("nothing", "paper")):
        picture = section(demo(chips__0__gap_filled_with=filling))
        assert f'<rect class="{kind}"' in picture
        assert f"gap under U1: {filling}" in picture


def test_every_gap_has_its_ratio_with_the_limit_and_is_red_beyond_it(tmp_path: Path) -> None:
    from overmold.check import check
    from overmold.pictures.judged import judgement
    from overmold.rule import load_deck

    deck = load_deck(examples=False)
    kept, broken = (section(package, judgement(check(package, deck))) for package in (demo(), demo(mold__cap="455 um")))
    assert "t2/t1 1.2 (0.5 to 2)" in texts(kept, "text")
    assert re.search(r'<text class="broken"[^>]*>t2/t1 3\.067, not 0\.5 to 2<', broken)
    stack = read_package_file(REPOSITORY / "examples/flip_face-up_flip_stack.yaml")
    said = texts(section(stack, judgement(check(stack, deck))), "text")
    ratios = [words for words in said if words.startswith("t2/t1")]
    assert ratios == ["t2/t1 1.062 over U3 (0.5 to 2)", "t2/t1 1.133 (0.5 to 2)"]
