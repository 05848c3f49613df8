"""The package that stands on another: lands of several sizes for it, its body, and the height of both."""

from __future__ import annotations

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.compare import drift
from overmold.drawing.parts import draw_carrier
from overmold.exchange.reading import Asked
from overmold.exchange.reading.aif import read_aif
from overmold.exchange.writing import aif
from overmold.exchange.writing.ball_map import top_lands
from overmold.exchange.writing.plan import plan_of
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import FINISHED, INSIDE, scene
from overmold.package import Package
from overmold.package.site_lands import top_land_sizes
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import upper_package
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
FILE = PACKAGES / "pop_upper.yaml"


def changed(*pairs: tuple[str, str]) -> Package:
    text = FILE.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read_package_text(text, "u.yaml", PACKAGES)


def test_a_land_of_its_own_diameter_is_as_wide_everywhere() -> None:
    package = read_package_file(FILE)
    assert package.top_lands is not None
    lands, openings = top_land_sizes(package.top_lands)
    assert sorted(set(lands.tolist())) == [300_000, 360_000]
    assert sorted(set(openings.tolist())) == [250_000, 300_000]  # scaled as the land is
    pads = {group.size[0] for group in draw_carrier(package).pads if group.names[0].startswith("TOP.")}
    assert pads == {300_000, 360_000}
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    assert board.top_lands is not None
    assert dict(zip(board.top_lands.sites.names, top_land_sizes(board.top_lands)[0].tolist())) == dict(
        zip(package.top_lands.sites.names, lands.tolist()))


def test_a_via_is_held_to_the_widest_land() -> None:
    (reading,) = (one.reading for one in check(read_package_file(FILE), DECK).verdict("mold-via-narrower-than-land").judged)
    assert reading.value == 420_000 - 360_000


def test_the_upper_package_is_a_body_over_its_balls() -> None:
    package = read_package_file(FILE)
    upper = upper_package(package)
    assert upper is not None
    assert (upper.bottom.value.nominal, upper.top.value.nominal) == (370_000, 870_000)
    assert upper.outline.size == (8_000_000, 8_000_000)
    assert "upper package, 500 um ± 30 um thick" in section(package)
    assert "upper package" in plan(package)
    assert any(solid.name == "top_lands.upper" for solid in scene(package, INSIDE))
    assert not any(solid.name == "top_lands.upper" for solid in scene(package, FINISHED))


def test_the_height_of_the_stack_is_the_sum_of_both() -> None:
    package = read_package_file(FILE)
    (spare,) = (one.reading for one in check(package, DECK).verdict("stack-too-high").judged)
    # 300 of standoff, 160 of carrier, 150 of solder in the via, 220 of upper ball, 500 of package
    assert spare.value == 1_450_000 - 1_330_000
    assert check(changed(("max_height: 1.45 mm", "max_height: 1.3 mm")), DECK).verdict("stack-too-high").status == BROKEN
    unknown = changed((", thickness: 0.5 mm ± 0.03 mm", ""))
    (missing,) = check(unknown, DECK).verdict("stack-too-high").untested
    assert "upper package thickness" in missing.missing


def test_lands_beside_the_upper_package_and_a_lid_under_it_are_told() -> None:
    small = changed(("width: 8 mm", "width: 6.8 mm"))
    assert check(small, DECK).verdict("top-land-beyond-upper-package").status == BROKEN
    assert check(read_package_file(FILE), DECK).verdict("top-land-beyond-upper-package").status == KEPT
    for name in ("stack-too-high", "top-land-beyond-upper-package"):
        rule = next(one for one in DECK.rules if one.name == name)
        assert check(demo_with(rule.kept_by, rule.broken_by), DECK).verdict(name).status == BROKEN
    lid = changed(("balls:\n", "lid: {thickness: 60 um, attach: 30 um}\nballs:\n"))
    (room,) = (one.reading for one in check(lid, DECK).verdict("upper-package-on-mold").judged)
    assert room.value == 370_000 - 285_000 - 90_000


def test_tables_plans_and_aif_have_the_lands_on_top() -> None:
    package = read_package_file(FILE)
    sheet = top_lands(package)
    assert len(sheet.rows) == 44
    assert next(row for row in sheet.rows if row[0] == "A1")[4] == "0.36"
    circles = next(one for one in plan_of(package).circles if one.layer == "TOP_LANDS")
    assert len(circles.names) == 44
    again = read_aif(aif.write(package), "x.aif", Asked()).package
    assert again.top_lands is not None
    assert package.top_lands is not None
    assert dict(zip(again.top_lands.sites.names, again.top_lands.nets)) == dict(
        zip(package.top_lands.sites.names, package.top_lands.nets))
    assert again.top_lands.upper_thickness == package.top_lands.upper_thickness
    assert aif.write(again) == aif.write(package)


def test_a_lead_frame_has_none() -> None:
    text = ("package: X\ncarrier: {kind: lead frame, size: [4 mm, 4 mm], frame: {thickness: 200 um, leads: {per_side: 2, "
            "pitch: 0.5 mm, width: 0.2 mm, length: 0.3 mm}}}\ntop_lands: {array: {grid: [2, 2], pitch: 1 mm}, land: 0.3 mm}\n")
    with pytest.raises(Faults, match="a lead frame has no lands for an upper package"):
        read_package_text(text, "x.yaml", PACKAGES)
