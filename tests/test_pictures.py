"""Pictures are SVG that any viewer opens, the same bytes each time, and to scale."""

import re
from xml.etree import ElementTree

import pytest

from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from paths import REPOSITORY
from variants import demo

SVG = "{http://www.w3.org/2000/svg}"


def elements(picture, kind):
    return [element for element in ElementTree.fromstring(picture).iter() if element.get("class") == kind]


@pytest.mark.parametrize("draw", [plan, section])
def test_a_picture_is_well_formed_and_the_same_each_time(draw):
    picture = draw(demo())
    assert ElementTree.fromstring(picture).tag == f"{SVG}svg"
    assert picture == draw(demo())
    assert not re.search(r"(nan|inf|e-\d)", picture)


def test_gap_chip_and_cover_are_drawn_to_one_scale():
    picture = section(demo())
    mold, chip = elements(picture, "mold")[0], elements(picture, "chip")[0]
    top, tall = float(mold.get("y")), float(mold.get("height"))
    per_um = tall / 315
    assert float(chip.get("height")) == pytest.approx(150 * per_um, abs=0.02)
    assert float(chip.get("y")) - top == pytest.approx(90 * per_um, abs=0.02)
    assert top + tall - float(chip.get("y")) - float(chip.get("height")) == pytest.approx(75 * per_um, abs=0.02)


def test_the_section_shows_the_row_of_bumps_and_balls_nearest_the_cut():
    picture = section(demo())
    titles = [title.text for title in ElementTree.fromstring(picture).iter(f"{SVG}title")]
    assert sum(title.startswith("bump ") for title in titles) == 18
    assert sum(title.startswith("ball ") for title in titles) == 12
    assert "t1 75 um ± 8 um" in picture
    assert "t2 90 um ± 33 um" in picture


def test_the_plan_shows_every_ball_and_bump_with_its_net():
    picture = plan(demo())
    assert len(elements(picture, "ball")) == 144
    assert len(elements(picture, "bump")) == 324
    assert "<title>passive" not in picture
    assert "C1.1 VDD" in picture


def test_names_are_escaped():
    assert "&lt;b&gt;" in section(demo(chips__0__name="<b>", netlist=None))


def test_what_is_not_stated_is_left_out():
    assert section(Package("empty", "empty.yaml")) == ""
    assert plan(Package("empty", "empty.yaml")) == ""
    picture = section(demo(mold=None, balls=None, passives=None, chips__0__thickness=None, netlist=None))
    assert "thickness not stated" in picture
    assert elements(picture, "mold") == []


def test_hundreds_of_thousands_of_bumps_are_drawn_without_titles():
    small = plan(demo(chips__0__bumps__array={"grid": [60, 60], "pitch": "80 um"}, netlist=None))
    (line,) = [one for one in ElementTree.fromstring(small).iter(f"{SVG}polyline") if len(one.get("points").split()) == 3600]
    mark = line.get("style").removeprefix("marker:url(#").removesuffix(")")
    (drawn,) = [one for one in ElementTree.fromstring(small).iter(f"{SVG}marker") if one.get("id") == mark]
    assert drawn[0].get("class") == "bump"
    assert "U1.A1" not in small
    assert len(small) < 100_000


def test_a_stack_is_drawn_with_every_gap_and_the_cover_over_its_top_once():
    picture = section(read_package_file(REPOSITORY / "examples/flip_face-up_flip_stack.yaml"))
    words = [text.text for text in ElementTree.fromstring(picture).iter(f"{SVG}text")]
    assert [word for word in words if word.startswith("t1 ")] == ["t1 80 um ± 7 um", "t1 75 um ± 4 um"]
    assert [word for word in words if word.startswith("t2 ")] == ["t2 85 um ± 39 um"]
    chips = sorted(float(one.get("y")) + float(one.get("height")) for one in elements(picture, "chip"))
    assert len(chips) == len(set(chips)) == 3
    assert len(elements(picture, "wire")) >= 2


def test_a_frame_is_drawn_as_metal_and_its_etched_part_is_thinner():
    picture = section(read_package_file(REPOSITORY / "examples/fcol_qfn-24.yaml"))
    tall = [float(one.get("height")) for one in elements(picture, "copper")]
    assert len(tall) == 7  # two leads and the paddle, whole; of each lead one etched part, of the paddle two
    assert sorted(tall) == pytest.approx([max(tall) / 2] * 4 + [max(tall)] * 3, abs=0.02)
    plain = plan(read_package_file(REPOSITORY / "examples/qfn-32_stack.yaml"))
    assert len(elements(plain, "metal")) == 32 + 1 + 4
    assert len(elements(plain, "planwire")) == 32
