"""What is drawn of a package, and that every land pattern keeps KiCad's library conventions (klc.kicad.org)."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from overmold.drawing import (
    BACK_COPPER,
    CHIP_OUTLINE,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_MASK,
    FRONT_PASTE,
    FRONT_SILK,
    MOLD_OUTLINE,
    SAW_STREET,
    Line,
    Part,
    Polygon,
    pads_box,
)
from overmold.drawing.land_pattern import draw_land_pattern, grid_of, mask_margin, nearest
from overmold.drawing.parts import draw_carrier, draw_chip, draw_passive
from overmold.drawing.symbol import LEFT, NOT_CONNECTED, POWER, draw_symbol, is_power
from overmold.geometry.taper import grown
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.shapes import Outline, box_outline, transform, untransform, untransform_all
from paths import DEMO, LIBRARY

SPECS = [path for path in sorted((LIBRARY / "specs").glob("*.yaml")) if "_Ball" in path.stem]


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(DEMO)


def lines_on(part: Part, layer: str) -> list[tuple[tuple[int, int], tuple[int, int], int]]:
    found = []
    for shape in part.shapes:
        if shape.layer == layer and isinstance(shape, Line):
            found.append((shape.start, shape.end, shape.width))
        elif shape.layer == layer and isinstance(shape, Polygon):
            ring = shape.points
            found += [(a, b, shape.width) for a, b in zip(ring, (*ring[1:], ring[0]))]
    return found


def box_on(part: Part, layer: str) -> tuple[int, int, int, int]:
    spots = [spot for start, end, _ in lines_on(part, layer) for spot in (start, end)]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return min(xs), min(ys), max(xs), max(ys)


def from_line(spot: np.ndarray, start: tuple[int, int], end: tuple[int, int]) -> float:
    a, b = np.array(start, float), np.array(end, float)
    along = b - a
    share = 0.0 if not along.any() else min(1.0, max(0.0, float((spot - a) @ along / (along @ along))))
    return float(np.hypot(*(spot - a - share * along)))


@pytest.mark.parametrize("spec", SPECS[::3], ids=lambda path: path.stem)
@pytest.mark.parametrize("mask_defined", [False, True], ids=["NSMD", "SMD"])
def test_a_land_pattern_keeps_the_library_conventions(spec: Path, mask_defined: bool) -> None:
    package = read_package_file(spec)
    part = draw_land_pattern(package, mask_defined)
    assert package.carrier is not None
    width, height = package.carrier.outline.size
    body = (-width // 2, -height // 2, width // 2, height // 2)
    (pads,) = part.pads
    # F5.1: silkscreen 0.12 mm, 0.2 mm from exposed copper, outside the body, with a mark at A1; reference 1 mm.
    silk = lines_on(part, FRONT_SILK)
    exposed = pads.size[0] // 2 + max(0, pads.margin or 0)
    edge_pads = pads.xy[(np.abs(pads.xy) > np.abs(pads.xy).max(axis=0) - 1).any(axis=1)]
    assert {line[2] for line in silk} == {120_000}
    assert min(from_line(xy, a, b) - w / 2 for xy in edge_pads for a, b, w in silk) - exposed >= 199_999
    left, top, right, bottom = box_on(part, FRONT_SILK)
    assert left + 60_000 < body[0]
    assert top + 60_000 < body[1]
    assert right - 60_000 > body[2]
    assert bottom - 60_000 > body[3]
    assert [shape.filled for shape in part.shapes if shape.layer == FRONT_SILK and isinstance(shape, Polygon)] == [True]
    assert (part.reference.layer, part.reference.size, part.reference.words) == (FRONT_SILK, 1_000_000, "REF**")
    # F5.2: fabrication outline 0.1 mm, the nominal body with a bevel of 1 mm or a quarter; value below; second reference.
    assert {line[2] for line in lines_on(part, FRONT_FAB)} == {100_000}
    assert box_on(part, FRONT_FAB) == body
    (fab,) = (shape for shape in part.shapes if shape.layer == FRONT_FAB and isinstance(shape, Polygon))
    assert len(fab.points) == 5
    assert min(math.dist(a, b) for a, b in zip(fab.points, (*fab.points[1:], fab.points[0]))) == pytest.approx(
        math.sqrt(2) * min(1_000_000, width // 4, height // 4), abs=2)
    assert part.value.layer == FRONT_FAB
    assert part.value.at[1] > body[3]
    assert part.value.words == part.name
    (second,) = part.texts
    assert second.words == "${REFERENCE}"
    assert second.layer == FRONT_FAB
    assert 500_000 <= second.size <= 1_000_000
    # F5.3: courtyard 0.05 mm, closed, 1 mm around a BGA, on the grid of 0.01 mm.
    court = lines_on(part, FRONT_COURTYARD)
    assert {line[2] for line in court} == {50_000}
    assert len(court) == 4
    around = box_on(part, FRONT_COURTYARD)
    assert all(value % 10_000 == 0 for value in around)
    reach = [max(abs(a), abs(b)) for a, b in zip(body, pads_box(pads))]
    assert all(1_000_000 <= abs(a) - b < 1_010_000 for a, b in zip(around, reach))
    # F6: anchor in the middle of the body, pads on copper, mask and paste.
    assert part.at == (0, 0)
    assert FRONT_MASK in pads.layers
    assert FRONT_PASTE in pads.layers
    assert pads.is_ball
    # F9: description and keywords.
    assert str(len(pads.names)) in part.description
    assert "ball" in part.description
    assert part.keywords
    # What is printed stays inside the courtyard, so that parts can stand side by side.
    assert all(a <= b for a, b in zip(around[:2], (left, top)))
    assert all(a >= b for a, b in zip(around[2:], (right, bottom)))


def test_lands_come_from_the_ball_and_the_mask_stands_back_from_them() -> None:
    package = read_package_file(DEMO)
    plain, masked = draw_land_pattern(package), draw_land_pattern(package, mask_defined=True)
    assert (plain.pads[0].size, plain.pads[0].margin) == ((350_000, 350_000), 50_000)
    assert (masked.pads[0].size, masked.pads[0].margin) == ((450_000, 450_000), -50_000)
    assert "land 0.35 mm" in plain.description
    assert "opening 0.45 mm" in plain.description
    assert masked.name.endswith("_SMD")


def test_the_mask_keeps_a_web_between_two_lands_as_long_as_it_can() -> None:
    assert mask_margin(350_000, 800_000) == 50_000
    assert mask_margin(250_000, 400_000) == 35_000
    assert mask_margin(250_000, 300_000) == 25_000  # no room for a web: the least that a board maker holds
    assert mask_margin(250_000, 0) == 50_000


def test_the_nearest_two_sites_are_found_in_any_array() -> None:
    rng = np.random.default_rng(7)
    for _ in range(40):
        xy = rng.integers(-50, 50, (int(rng.integers(2, 60)), 2)) * 10_000
        apart = [math.dist(a, b) for i, a in enumerate(xy.tolist()) for b in xy.tolist()[:i]]
        assert nearest(xy, grid_of(xy)) == math.isqrt(round(min(apart) ** 2))
    assert nearest(np.zeros((1, 2), np.int64), grid_of(np.zeros((1, 2), np.int64))) == 0


def test_a_point_of_the_carrier_finds_its_place_in_a_turned_part_and_back() -> None:
    spots = np.array([(1_000_003, -200_001), (0, 0), (-7, 5)], np.int64)
    for angle in (0, 90_000, 180_000, 270_000, -90_000, 33_333):
        local = untransform_all(spots, (400, -300), angle)
        for spot, row in zip(spots.tolist(), local.tolist()):
            assert untransform((spot[0], spot[1]), (400, -300), angle) == tuple(row)
            back = transform((row[0], row[1]), (400, -300), angle)
            assert max(abs(back[0] - spot[0]), abs(back[1] - spot[1])) <= (0 if angle % 90_000 == 0 else 1)


def test_an_outline_grows_with_sharp_corners() -> None:
    assert grown(box_outline((0, 0, 10, 20)), 5) == box_outline((-5, -5, 15, 25))
    corner = Outline((((0, 0), (1000, 0), (1000, 500), (500, 500), (500, 1000), (0, 1000)),))
    assert set(grown(corner, 100).rings[0]) == {
        (-100, -100), (1100, -100), (1100, 600), (600, 600), (600, 1100), (-100, 1100)}


def test_the_carrier_carries_its_balls_on_the_far_side_and_the_outlines_of_mold_and_street(package: Package) -> None:
    part = draw_carrier(package)
    (pads,) = part.pads
    assert BACK_COPPER in pads.layers
    assert len(pads.names) == 144
    assert FRONT_PASTE not in pads.layers
    assert (pads.size, pads.margin) == ((450_000, 450_000), -50_000)
    assert box_on(part, MOLD_OUTLINE) == box_on(part, FRONT_FAB) == (-5_000_000, -5_000_000, 5_000_000, 5_000_000)
    # The street is 300 um wide and the cut takes 200 um of it: 50 um are left on each side.
    assert box_on(part, SAW_STREET) == (-4_950_000, -4_950_000, 4_950_000, 4_950_000)
    assert [area.name for area in part.areas] == ["Mold cap"]


def test_chip_and_passive_are_drawn_about_their_own_middle(package: Package) -> None:
    chip = draw_chip(package, package.chips[0])
    assert box_on(chip, CHIP_OUTLINE) == (-2_500_000, -2_500_000, 2_500_000, 2_500_000)
    assert chip.pads[0].margin == -12_500
    assert FRONT_PASTE not in chip.pads[0].layers
    turned, straight = (draw_passive(passive) for passive in (package.passives[0], package.passives[2]))
    assert (turned.angle, straight.angle) == (90_000, 0)
    assert box_on(turned, FRONT_FAB) == box_on(straight, FRONT_FAB)
    assert [pads.xy.tolist() for pads in turned.pads] == [pads.xy.tolist() for pads in straight.pads]
    assert [pads.size for pads in turned.pads] == [pads.size for pads in straight.pads]


def test_every_ball_is_one_pin_and_a_net_is_shown_once(package: Package) -> None:
    assert package.balls is not None
    pins = [pin for unit in draw_symbol(package) for pin in unit.pins]
    assert sorted(pin.ball for pin in pins) == sorted(package.balls.sites.names)
    shown = [pin for pin in pins if not pin.hidden]
    assert len({(pin.side, pin.row) for pin in shown}) == len(shown)
    nets = {net for net in package.balls.nets if net}
    assert {pin.name for pin in shown if pin.kind != NOT_CONNECTED} == nets
    assert all(pin.side == LEFT for pin in shown if pin.kind == POWER)
    spots = {(pin.name, pin.side, pin.row) for pin in pins if pin.kind != NOT_CONNECTED}
    assert len(spots) == len(nets)


def test_a_package_without_netlist_shows_every_ball_in_units_that_fit_a_page() -> None:
    package = read_package_text(
        "package: X\ncarrier: {kind: substrate, size: [20 mm, 20 mm]}\n"
        "balls: {array: {grid: [18, 18], pitch: 1 mm}, diameter: 0.5 mm}\n", "x.yaml", Path())
    units = draw_symbol(package)
    assert sum(len(unit.pins) for unit in units) == 324
    assert len(units) > 1
    assert max(unit.rows for unit in units) <= 48
    assert all(pin.name == pin.ball for unit in units for pin in unit.pins)


@pytest.mark.parametrize(("net", "power"), [
    ("VDD", True), ("VDDIO", True), ("GND", True), ("AGND", True), ("VSS", True), ("+3V3", True), ("1V8", True),
    ("VREF", True), ("D0", False), ("EPWM", False), ("GPIO_1", False), ("VALID", False), ("RESET_N", False),
])
def test_supplies_and_grounds_are_known_by_their_names(net: str, power: bool) -> None:
    assert is_power(net) is power


@pytest.mark.parametrize(("array", "words"), [
    ("zones: [{grid: [14, 14], pitch: 0.8 mm, rings: 2}, {grid: [8, 8], pitch: 0.5 mm, names: {prefix: C}}]",
     "160 balls, pitch 0.8 and 0.5 mm"),
    ("zones: [{grid: [14, 14], pitch: 0.8 mm, rings: 2}, {grid: [8, 8], pitch: 0.4 mm, names: {prefix: C}}]",
     "160 balls, pitch 0.8 and 0.4 mm"),
    ("grid: [5, 5], pitch: 0.4 mm, stagger: hexagonal rows", "25 balls in 5x5, hexagonal, pitch 0.4 mm"),
    ("grid: [6, 6], pitch: [0.4 mm, 0.5 mm], stagger: shifted rows", "36 balls in 6x6, shifted rows, pitch 0.4x0.5 mm"),
    ("grid: [6, 6], pitch: 0.5 mm, stagger: checkerboard", "18 balls in 6x6, checkerboard, pitch 0.5 mm"),
    ("grid: [12, 12], pitch: 0.8 mm, rings: 3", "108 balls in 12x12, pitch 0.8 mm"),
    ("grid: [6, 1], pitch: 0.8 mm", "6 balls in 6x1, pitch 0.8 mm"), ("grid: [1, 1], pitch: 0.8 mm", "1 ball"),
    ("at: {X: [0 mm, 0 mm], Y: [1 mm, 0.7 mm], Z: [-3 mm, 2 mm]}", "3 balls, 1.220655 mm apart at the nearest"),
])
def test_a_land_pattern_says_how_its_balls_lie(array: str, words: str) -> None:
    part = draw_land_pattern(read_package_text(
        f"package: Z\ncarrier: {{kind: substrate, size: [14 mm, 14 mm]}}\nballs: {{array: {{{array}}}, diameter: 0.3 mm}}\n",
        "z.yaml", Path()))
    assert part.description.startswith(f"Z, {words}, body 14x14 mm")
