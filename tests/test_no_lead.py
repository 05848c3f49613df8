"""Land patterns of no-lead packages: those of KiCad's library come out of the published sizes, and what differs has a name."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely

from overmold.drawing import FRONT_COPPER, FRONT_COURTYARD, FRONT_PASTE, FRONT_SILK, Line, Pads, Polygon
from overmold.drawing.ipc_no_lead import NO_LEAD, lands_across, paste_windows
from overmold.drawing.no_lead import draw_no_lead
from overmold.kicad.reading import read_footprint
from overmold.kicad.writing.build import files_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.units import Toleranced, mm
from paths import DEMO

OFFICIAL = Path(__file__).parent / "official"
sys.path.insert(0, str(OFFICIAL))
from extract_no_lead import LIBRARY, lands_of, rows, told  # noqa: E402

GOLDEN: dict[str, Any] = json.loads((OFFICIAL / "no_lead.json").read_text(encoding="utf-8"))
INSTALLED = Path("/usr/share/kicad/footprints") / LIBRARY
# Where the library's lands differ from the standard's equations on the published sizes, and why.
HEEL_CUT = "its size definition cuts the heel by hand ('heel_reduction'), by 0.05 mm beside what the exposed pad asks for"
DIFFERENT = {
    "QFN-12-1EP_3x3mm_P0.5mm_EP1.65x1.65mm": HEEL_CUT,
    "QFN-16-1EP_3x3mm_P0.5mm_EP1.9x1.9mm": HEEL_CUT,
}
# The library chooses the windows of paste for each footprint by hand; here they are as near to 1.2 mm as possible.
OTHER_PASTE = {
    "QFN-32-1EP_7x7mm_P0.65mm_EP5.4x5.4mm": 16, "QFN-20-1EP_5x5mm_P0.65mm_EP3.35x3.35mm": 4,
    "QFN-24-1EP_3x4mm_P0.4mm_EP1.65x2.65mm": 6, "QFN-24-1EP_5x5mm_P0.65mm_EP3.2x3.2mm": 4,
    "QFN-24-1EP_5x5mm_P0.65mm_EP3.4x3.4mm": 4, "QFN-28-1EP_6x6mm_P0.65mm_EP4.25x4.25mm": 9,
    "QFN-28-1EP_6x6mm_P0.65mm_EP4.8x4.8mm": 9, "QFN-48-1EP_6x6mm_P0.4mm_EP4.2x4.2mm": 9,
    "DFN-8-1EP_2x2mm_P0.5mm_EP0.9x1.5mm": 4, "DFN-6-1EP_1.2x1.2mm_P0.4mm_EP0.3x0.94mm_PullBack": 2,
}


def package_of(row: dict[str, str]) -> Package:
    """The package file of a footprint's published sizes."""
    across, down = int(row["across"]), int(row["down"])
    exposed = f"paddle: [{row['ep_x']} mm, {row['ep_y']} mm]," if float(row["ep_x"]) else ""
    tolerance = f"body_tolerance: {row['body_tol']} mm," if float(row["body_tol"]) else ""
    text = (f"package: {row['footprint']}\ncarrier:\n  kind: lead frame\n"
            f"  size: [{row['body_x']} mm, {row['body_y']} mm]\n"
            f"  frame: {{thickness: 0.2 mm, {exposed} {tolerance} leads: {{sides: {4 if across else 2}, "
            f"per_side: [{down}, {across}], pitch: {row['pitch']} mm, pulled_back: {row['pull_back']} mm,\n"
            f"    width: {row['width_min']} mm .. {row['width_max']} mm, length: {length_of(row)}}}}}\n")
    return read_package_text(text, "official.yaml", Path())


def length_of(row: dict[str, str]) -> str:
    low, high = row["length_min"], row["length_max"]
    return f"{low} mm" if low == high else f"{low} mm .. {high} mm"


def drawn(row: dict[str, str]) -> dict[str, list[int]]:
    """Place and size of the lands of what we draw, by name."""
    return {name: [int(x), int(y), *group.size] for group in draw_no_lead(package_of(row)).pads
            for name, (x, y) in zip(group.names, group.xy) if name}


def test_there_are_as_many_footprints_as_promised() -> None:
    assert len(rows()) >= 30
    assert [row["footprint"] for row in rows()] == list(GOLDEN)
    assert len(rows()) - len(DIFFERENT) >= 30


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["footprint"])
def test_an_official_footprint_comes_out_of_its_published_sizes(row: dict[str, str]) -> None:
    official, ours = GOLDEN[row["footprint"]]["lands"], drawn(row)
    first, *others = dict.fromkeys(name for name in told(row) if name in official)
    same = {name: ours[name] == official[name] for name in others}
    assert ours[first][1] == official[first][1]
    if row["footprint"] in DIFFERENT:
        assert not all(same.values())
        # The heel is cut and nothing else: toe and width are the same.
        x, _, length, width = ours[others[0]]
        x2, _, length2, width2 = official[others[0]]
        assert (x - length // 2, width) == (x2 - length2 // 2, width2)
        assert 0 < length - length2 <= 50_000
    else:
        assert all(same.values()), (ours, official)


@pytest.mark.parametrize("row", [row for row in rows() if float(row["ep_x"])], ids=lambda row: row["footprint"])
def test_the_paste_of_an_official_exposed_pad_is_split_alike(row: dict[str, str]) -> None:
    windows = [group for group in draw_no_lead(package_of(row)).pads if group.layers == (FRONT_PASTE,)]
    ((*size, count),) = GOLDEN[row["footprint"]]["paste"]
    if row["footprint"] in OTHER_PASTE:
        assert (count, len(windows[0].names) == count) == (OTHER_PASTE[row["footprint"]], False)
    else:
        assert len(windows[0].names) == count
        assert all(abs(a - b) <= 10_000 for a, b in zip(windows[0].size, size)), (windows[0].size, size)


@pytest.mark.skipif(not INSTALLED.is_dir(), reason="KiCad's footprint library is not installed")
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["footprint"])
def test_the_golden_file_is_what_the_library_says(row: dict[str, str]) -> None:
    text = (INSTALLED / f"{row['footprint']}.kicad_mod").read_text(encoding="utf-8")
    assert json.loads(json.dumps(lands_of(text, told(row)))) == GOLDEN[row["footprint"]]


def test_the_equations_are_those_of_the_standard() -> None:
    # 5 mm ± 0.1 body, leads 0.3 to 0.5 long and 0.18 to 0.3 wide: worked out by hand.
    lands = lands_across(Toleranced(5_000_000, 100_000, 100_000), Toleranced(400_000, 100_000, 100_000),
                         Toleranced(240_000, 60_000, 60_000), Toleranced(0), 0, NO_LEAD["nominal"])
    # Z = 4.9 + 0.6 + sqrt(0.2² + 0.1² + 0.05²) = 5.729 -> 5.75; S = 3.9 … 4.5, range by squares sqrt(0.2² + 2·0.2²) = 0.3464,
    # so S_max = 4.3732; G = 4.3732 - sqrt(0.3464² + 0.1² + 0.05²) = 4.0095 -> 4.0; X = 0.18 - 0.08 + 0.1640 = 0.264 -> 0.25.
    assert (lands.outer, lands.inner, lands.width) == (5_750_000, 4_000_000, 250_000)


def test_a_heel_stays_a_fifth_of_a_millimetre_off_the_exposed_pad() -> None:
    lands = lands_across(Toleranced(5_000_000), Toleranced(400_000), Toleranced(250_000), Toleranced(0), 3_900_000,
                         NO_LEAD["nominal"])
    assert lands.inner == 3_900_000 + 2 * 200_000


def test_density_moves_toe_and_courtyard() -> None:
    package = read_package_file(DEMO.parent / "qfn.yaml")
    boxes = []
    for density in ("least", "nominal", "most"):
        part = draw_no_lead(package, density)
        (court,) = [shape for shape in part.shapes if isinstance(shape, Polygon) and shape.layer == FRONT_COURTYARD]
        boxes.append((max(x for x, _ in court.points), part.pads[0].size))
    # A toe of 0.1 mm more at each end, and courtyards of 0.1, 0.25 and 0.5 mm.
    assert [right - boxes[0][0] for right, _ in boxes] == [0, 250_000, 600_000]
    assert [size[0] - boxes[0][1][0] for _, size in boxes] == [0, 100_000, 200_000]


@pytest.mark.parametrize(("size", "windows"), [(0.9, 1), (1.2, 2), (1.6, 2), (2.65, 2), (3.1, 3), (4.65, 4), (6.45, 5)])
def test_windows_of_paste_are_about_as_wide_as_a_stencil_wants(size: float, windows: int) -> None:
    assert paste_windows(round(size * 1e6)) == windows


def copper(pads: tuple[Pads, ...]) -> list[Pads]:
    return [group for group in pads if FRONT_COPPER in group.layers]


def test_silk_keeps_off_the_lands_and_points_at_lead_1() -> None:
    part = draw_no_lead(read_package_file(DEMO.parent / "qfn.yaml"))
    silk = [shape for shape in part.shapes if shape.layer == FRONT_SILK]
    assert len([shape for shape in silk if isinstance(shape, Line)]) == 7
    (arrow,) = [shape for shape in silk if isinstance(shape, Polygon)]
    name, x, y, height = next((name, *map(int, xy), group.size[1]) for group in copper(part.pads)
                              for name, xy in zip(group.names, group.xy) if name == "1")
    assert (name, max(spot[1] for spot in arrow.points)) == ("1", y - height // 2 - 260_000)
    assert x < 0
    for line in (shape for shape in silk if isinstance(shape, Line)):
        for group in copper(part.pads):
            for px, py in group.xy:
                across = max(min(line.start[0], line.end[0]) - px, px - max(line.start[0], line.end[0])) - group.size[0] // 2
                down = max(min(line.start[1], line.end[1]) - py, py - max(line.start[1], line.end[1])) - group.size[1] // 2
                assert max(across, down) >= 260_000


CORNERS = """\
package: Q
carrier:
  kind: lead frame
  size: [5 mm, 5 mm]
  frame:
    thickness: 200 um
    leads: {sides: %d, per_side: %s, corner_leads: %s, width: 0.25 mm, length: 0.4 mm, pitch: %s}
"""


@pytest.mark.parametrize("sides", [2, 4])
@pytest.mark.parametrize("corners", ["true", "false"])
@pytest.mark.parametrize(("count", "pitch"), [("7", "0.5 mm"), ("1", "0.5 mm"), ("8", "0.4 mm"), ("[1, 7]", "0.5 mm"),
                                              ("[0, 7]", "0.5 mm")])
def test_the_arrow_head_stands_at_lead_1_and_off_every_land(sides: int, corners: str, count: str, pitch: str) -> None:
    if (sides, count) == (2, "[0, 7]"):
        pytest.skip("no leads at all")
    part = draw_no_lead(read_package_text(CORNERS % (sides, count, corners, pitch), "q.yaml", Path()))
    (arrow,) = [shape for shape in part.shapes if shape.layer == FRONT_SILK and isinstance(shape, Polygon)]
    head = shapely.Polygon(arrow.points)
    lands = {name: shapely.box(x - group.size[0] // 2, y - group.size[1] // 2, x + group.size[0] // 2, y + group.size[1] // 2)
             for group in copper(part.pads) for name, (x, y) in zip(group.names, group.xy.tolist())}
    apart = {name: head.distance(land) for name, land in lands.items()}
    assert min(apart.values()) >= 260_000
    assert apart["1"] == min(apart.values())


def test_thermal_vias_are_holes_through_the_exposed_pad() -> None:
    files = files_of(read_package_file(DEMO.parent / "qfn.yaml"))
    plain, vias = (next(data.decode() for path, data in files.items() if path.endswith(ending))
                   for ending in ("P0.5mm.kicad_mod", "_ThermalVias.kicad_mod"))
    assert "thru_hole" not in plain
    # 2.5 mm of exposed pad: three by three vias, 1 mm apart.
    assert vias.count('(pad "25" thru_hole circle') == 9
    assert vias.count(f"(drill {mm(200_000)})") == 9


def test_a_land_pattern_for_leads_is_not_read_as_one_for_balls() -> None:
    files = files_of(read_package_file(DEMO.parent / "qfn.yaml"))
    pattern = read_footprint(next(data for path, data in files.items() if path.endswith("P0.5mm.kicad_mod")), "q.kicad_mod")
    assert pattern.balls is None
    assert pattern.carrier is not None
    assert pattern.carrier.outline.size == (5_000_000, 5_000_000)


def test_the_symbol_has_every_lead_and_the_exposed_pad() -> None:
    files = files_of(read_package_file(DEMO.parent / "qfn.yaml"))
    symbol = next(data.decode() for path, data in files.items() if path.endswith(".kicad_sym"))
    assert [f'(number "{number}"' in symbol for number in range(1, 26)] == [True] * 25


def test_kicad_loads_both_land_patterns(kicad_version: str, kicad_cli: Any, tmp_path: Path) -> None:
    folder = tmp_path / "q.pretty"
    folder.mkdir()
    for path, data in files_of(read_package_file(DEMO.parent / "qfn.yaml")).items():
        if path.endswith(".kicad_mod"):
            (folder / Path(path).name).write_bytes(data)
    kicad_cli(kicad_version, "fp", "export", "svg", folder, "-o", tmp_path)
    assert len(list(tmp_path.glob("*.svg"))) == 4
