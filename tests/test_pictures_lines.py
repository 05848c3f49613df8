"""Words and lines of sections and plans: no words over others, no line to words through other words or over another line."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
import shapely

from overmold.check import check
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.dimension import Dimension
from overmold.pictures.heights import in_the_right_margin
from overmold.pictures.judged import judgement
from overmold.pictures.labels import Labels
from overmold.pictures.plan import BALL, plan
from overmold.pictures.scale import Scale
from overmold.pictures.section import section
from overmold.pictures.words import SIZE, SIZES, width_of
from overmold.rule import load_deck
from paths import PACKAGES
from test_pictures_words import packages

SVG = "{http://www.w3.org/2000/svg}"
TO_WORDS = ("hair", "leader", "tobroken", "towarned")
Words = list[tuple[str, shapely.Geometry]]


def words_and_lines(picture: str) -> tuple[Words, list[shapely.Geometry]]:
    """Where the letters of every text stand, at least, and the lines that lead to texts."""
    root = ElementTree.fromstring(picture)
    words, lines = [], []
    for one in root.iter(f"{SVG}text"):
        said, kind = "".join(one.itertext()), one.get("class", "")
        wide, size, x, y = width_of(said, kind), SIZES.get(kind, SIZE), float(one.get("x", 0)), float(one.get("y", 0))
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "start")]
        words.append((said, shapely.box(left + 1, y - 0.7 * size, left + 0.93 * wide, y + 0.1 * size)))
    for one in root.iter(f"{SVG}line"):
        if one.get("class") in TO_WORDS:
            lines.append(shapely.LineString([[float(one.get(f"{axis}{end}", 0)) for axis in "xy"] for end in "12"]))
    return words, lines


def wrong_in(picture: str) -> list[str]:
    words, lines = words_and_lines(picture)
    found = [f"{one} over {other}" for (one, box), (other, its) in combinations(words, 2) if box.intersects(its)]
    found += [f"a line through {said}" for line in lines for said, box in words if line.intersection(box).length > 2]
    slanted = [line for line in lines if len({*line.xy[0]}) == len({*line.xy[1]}) == 2]
    return found + [f"lines cross: {one} {other}" for one, other in combinations(slanted, 2) if one.crosses(other)]


def test_no_words_and_no_lines_to_them_meet_in_any_section_or_plan() -> None:
    deck, wrong = load_deck(examples=False), {}
    for name, package in packages():
        judged = judgement(check(package, deck))
        drawn = [section(package), section(package, judged, 780.0), plan(package), plan(package, judged.marks, 330.0),
                 plan(package, judged.marks, side=BALL)]
        found = [one for picture in filter(None, drawn) for one in wrong_in(picture)]
        if found:
            wrong[name] = found
    assert wrong == {}


@pytest.fixture
def molds() -> Package:
    return read_package_file(PACKAGES / "two_molds.yaml")


def test_caps_of_several_blocks_have_arrows_of_their_own_in_their_order(molds: Package) -> None:
    words = [said for said, _ in words_and_lines(section(molds))[0]]
    places = [words.index(said) for said in ("cap of RF", "mold cap", "substrate", "cap of UNDER", "standoff")]
    assert places == sorted(places)


def test_heights_that_share_some_have_arrows_side_by_side_and_others_one_column() -> None:
    from overmold.pictures.cut import Cut

    scale = Scale(left=0, right=500, start=0, per_nm=1e-4, stretch=1, surface=200, cut=Cut((0, 0), (1, 0)))

    def columns(*heights: tuple[int, int]) -> list[float]:
        told = [Dimension(low * 10_000, high * 10_000, ("cap", "1 um"), (0, 5e6)) for low, high in heights]
        drawn = in_the_right_margin(told, scale, Labels(900, 0, 900), {})
        return [float(one.partition('d="M')[2].split()[0]) for one in drawn if 'class="line"' in one]

    assert columns((0, 100), (-50, 0), (-120, -50)) == [512, 512, 512]
    # The lower of two stands nearer to the package; words from above, so their arrows too.
    assert columns((0, 40), (0, 100)) == [523, 512]
    assert columns((0, 40), (0, 100), (0, 60), (-30, 0)) == [534, 523, 512, 512]
