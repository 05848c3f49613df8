"""Keep-outs on the page of a check, in plan, section and three dimensions, and with every block of mold in DXF and GDS."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from overmold.check import check
from overmold.exchange.writing.dxf import write as dxf
from overmold.exchange.writing.gds import write as gds
from overmold.exchange.writing.plan import LAYERS, plan_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.pages.check import check_page
from overmold.pages.view.solids import bodies_of
from overmold.pictures.marks import drawn_marks
from overmold.rule import load_deck
from paths import PACKAGES, REPOSITORY
from reports import report_of
from served_page import listen

FILE, MOLDS = PACKAGES / "keep_outs.yaml", PACKAGES / "two_molds.yaml"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(FILE)


def test_each_is_a_body_of_the_page_on_each_of_its_sides(package: Package) -> None:
    drawn = [one for one in bodies_of(package, {}) if one["kind"] == "keepout"]
    assert [(one["key"], one["words"], one["low"], one["high"]) for one in drawn] == [
        ("keep_outs.ANT", "keep-out ANT: no metal, both sides", 0, 320_000),
        ("keep_outs.ANT", "keep-out ANT: no metal, both sides", -370_000, -270_000),
        ("keep_outs.WINDOW", "keep-out WINDOW: no mold, chip side", 0, 320_000),
        ("keep_outs.VIEW", "keep-out VIEW: no parts, chip side, above 100 um", 100_000, 320_000),
        ("keep_outs.CLEAR", "keep-out CLEAR: no metal, inner layers", -270_000, 0)]
    assert [len(one["rings"][0]) for one in drawn] == [8, 8, 8, 6, 8]


def test_one_that_is_broken_is_marked_there() -> None:
    text = FILE.read_text(encoding="utf-8").replace("at: [2.8 mm, -1 mm]", "at: [0 mm, -1 mm]")
    broken = read_package_text(text, "x.yaml", PACKAGES)
    marks = drawn_marks(broken, {key: "broken" for one in check(broken, load_deck()).verdict("metal-in-keep-out").judged
                                 for key in one.reading.where})
    hues = {one["key"]: one["hue"] for one in bodies_of(broken, marks) if one["kind"] == "keepout"}
    assert hues == {"keep_outs.ANT": "broken", "keep_outs.WINDOW": "", "keep_outs.VIEW": "", "keep_outs.CLEAR": ""}


@pytest.fixture(scope="module")
def page(a_chromium: Callable[..., Any], package: Package, tmp_path_factory: pytest.TempPathFactory) -> Any:
    browser = a_chromium()
    said: list[str] = []
    shown = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    listen(shown, said)
    file = tmp_path_factory.mktemp("page") / "keep_outs.html"
    file.write_text(check_page(report_of(check(package, load_deck(examples=False))))[0], encoding="utf-8")
    shown.goto(file.as_uri())
    shown.evaluate("view.build()")
    yield shown
    browser.close()
    assert said == []


def test_the_browser_draws_them_and_can_leave_them_out(page: Any) -> None:
    assert page.evaluate("view.drawn.filter((one) => one.layer === 'keepout').length") == 1
    page.evaluate("view.lay({ angle: 0, off: -1000 })")
    keys = "[...document.querySelectorAll('#section .keepout')].map((one) => one.dataset.key)"
    assert page.evaluate(keys) == ["keep_outs.ANT", "keep_outs.ANT"]
    assert page.evaluate("view.space.meshes.filter((one) => one.userData.layer === 'keepout').length") == 5
    assert "Keep-outs" in page.inner_text("#layers")
    page.evaluate("view.hide('keepout', true)")
    assert page.evaluate(keys) == []
    page.evaluate("view.hide('keepout', false)")


def layers_of_dxf(data: bytes) -> dict[str, int]:
    """How many polylines lie on each layer."""
    found: dict[str, int] = {}
    for layer in re.findall(r"  0\nLWPOLYLINE\n.*?\n  8\n(\w+)\n", data.decode("ascii"), re.S):
        found[layer] = found.get(layer, 0) + 1
    return found


def test_dxf_and_gds_have_keep_outs_and_all_blocks_on_layers_of_their_own(package: Package) -> None:
    assert layers_of_dxf(dxf(package))["KEEP_OUTS"] == 5  # one of four has a hole
    text = dxf(package).decode("ascii")
    assert "VIEW: no parts, chip side, above 100 um" in text
    assert b"ANT: no metal, both sides" in gds(package)
    molds = read_package_file(MOLDS)
    found = layers_of_dxf(dxf(molds))
    assert {name: found.get(name) for name in ("MOLD", "MOLD_TOP", "MOLD_FAR", "MOLD_FAR_TOP", "KEEP_OUTS")} == {
        "MOLD": 2, "MOLD_TOP": 1, "MOLD_FAR": 1, "MOLD_FAR_TOP": 1, "KEEP_OUTS": None}
    tops = {shape.layer: shape.outline.size for shape in plan_of(molds).shapes if shape.layer.endswith("_TOP")}
    assert tops["MOLD_TOP"] == (3_708_558, 5_908_558)  # 2 x 435 um x tan 6 degrees less on each way
    numbers = [layer.number for layer in LAYERS]
    assert len(set(numbers)) == len(numbers)


def test_the_layers_are_documented() -> None:
    words = (REPOSITORY / "docs/drawings.md").read_text(encoding="utf-8")
    told = {int(one) for one in re.findall(r"\b(\d+)\b", words.partition("GDS has layer")[2].partition("datatype")[0])}
    assert {layer.number for layer in LAYERS if layer.number < 40} <= told
