"""Lead frames beyond one row of equal leads: other sizes, rows of lands, fused leads, cut paddles, etched regions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, WARNED, check
from overmold.compare import drift
from overmold.drawing.no_lead import draw_no_lead
from overmold.faults import Faults
from overmold.geometry.joined import groups, touching
from overmold.geometry.leads import cut_of, tie_bars, without_corner
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Frame, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from overmold.shapes import area, distance, margin_inside, rectangle
from overmold.space import METAL, bodies
from paths import DEMO
from turned_boards import turned

DECK = load_deck()
ROWS = "leads: {per_side: 5, pitch: 0.65 mm, width: 0.3 mm, length: 0.4 mm"
PADDLE = "paddle: [2.6 mm, 2.6 mm]"


def read(lines: str, rest: str = "") -> Package:
    start = "package: X\ncarrier:\n  kind: lead frame\n  size: [5 mm, 5 mm]\n  frame:\n    thickness: 200 um\n"
    return read_package_text(f"{start}    {lines}\n{rest}", "x.yaml", Path())


def frame_of(package: Package) -> Frame:
    assert package.carrier is not None
    assert package.carrier.frame is not None
    return package.carrier.frame


def frame(lines: str) -> Frame:
    return frame_of(read(lines))


@pytest.mark.parametrize("name", ["qfn_fused", "qfn_dual_row"])
@pytest.mark.parametrize("angle", [90_000, 33_000])
def test_a_turned_frame_keeps_its_form_and_its_pieces(name: str, angle: int) -> None:
    package = read_package_file(DEMO.parent / f"{name}.yaml")
    back = read_board(turned(board_file(package), angle), "b.kicad_pcb")
    assert drift(back, package) == ()
    assert frame_of(back).fused == frame_of(package).fused


def test_leads_differ_by_side_and_by_number_and_the_later_word_counts() -> None:
    one = frame(f"{ROWS}, inner_length: 0.2 mm, other: [{{side: left, width: 0.4 mm, pitch: 0.7 mm}}, "
                "{leads: [3, 18], length: 0.6 mm, inner_length: 0 mm, shift: 0.05 mm}]}")
    by = {lead.name: lead for lead in one.leads}
    assert by["1"].foot.size == (400_000, 400_000)
    assert by["2"].outline.centre[1] - by["1"].outline.centre[1] == 700_000
    assert by["3"].foot.size == by["3"].outline.size == (600_000, 400_000)
    assert by["3"].outline.centre[1] == 50_000   # down the left side
    assert by["18"].outline.centre[0] == -50_000  # back along the top
    assert by["7"].foot.size == (300_000, 400_000)


def test_rows_inside_are_lands_of_their_own_names() -> None:
    one = frame(f"{ROWS}, rows: [{{prefix: B, per_side: [4, 3], skip: [2], pitch: 0.65 mm, inset: 0.7 mm, width: 0.3 mm, "
                "length: 0.3 mm}]}")
    lands = [lead for lead in one.leads if lead.name.startswith("B")]
    assert [lead.name for lead in lands] == [f"B{i}" for i in range(1, 15) if i != 2]
    assert lands[0].outline.box[0] == -2_500_000 + 700_000
    assert all(lead.foot == lead.outline for lead in lands)


def test_fused_leads_are_one_piece_with_one_net_and_keep_their_feet() -> None:
    package = read(f"{ROWS}, inner_length: 0.2 mm}}\n    {PADDLE}\n    fused: [[6, 7, 8], [18, paddle]]",
                   'netlist: [[VIN, "", "7"], [GND, "", paddle]]\n')
    one = frame_of(package)
    assert one.fused == (("6", "7", "8"), ("18", "paddle"))
    nets = {lead.name: lead.net for lead in one.leads}
    assert (nets["6"], nets["8"], nets["18"], nets["5"]) == ("VIN", "VIN", "GND", "")
    assert all(lead.foot.size in ((300_000, 400_000), (400_000, 300_000)) for lead in one.leads)
    bridge = next(lead for lead in one.leads if lead.name == "6")
    assert not bridge.outline.is_box
    assert sum(map(area, bridge.half_etched)) == area(bridge.outline) - area(bridge.foot)
    assert check(package, DECK).verdict("lands-touch").status == KEPT


def test_two_nets_on_one_piece_of_metal_are_an_error_and_touching_leads_are_no_gap() -> None:
    package = read(f"{ROWS}}}\n    fused: [[6, 7]]", 'netlist: [[VIN, "", "6"], [GND, "", "7"]]\n')
    result = check(package, DECK)
    assert result.verdict("lands-touch").status == BROKEN
    assert "lead 6 VIN and lead 7 GND" in result.verdict("lands-touch").judged[0].reading.told
    assert result.verdict("leads-too-close").status == KEPT


def test_a_lead_near_another_that_is_not_its_neighbour_by_number_is_found() -> None:
    near = "[{name: EP2, size: [0.5 mm, 0.5 mm], at: [-1.78 mm, 0.65 mm]}]"  # 70 um from lead 4, whose foot ends at 2.1 mm
    verdict = check(read(f"{ROWS}}}\n    islands: {near}"), DECK).verdict("leads-too-close")
    assert verdict.status == WARNED
    assert "70 um apart" in verdict.judged[0].reading.told


def test_what_is_etched_from_below_is_lost_to_the_foot_and_half_as_thick() -> None:
    package = read(f"{ROWS}}}\n    {PADDLE}\n    half_etch: 100 um\n    etched_from_below:\n"
                   "      - [[-1.3 mm, -1.3 mm], [1.3 mm, -1.3 mm], [1.3 mm, -1 mm], [-1.3 mm, -1 mm]]")
    foot = frame_of(package).paddle_foot
    assert foot is not None
    assert foot.box == (-1_300_000, -1_000_000, 1_300_000, 1_300_000)
    etched = [body for body in bodies(package) if body.kind == METAL and body.key.endswith("paddle")]
    assert sorted(int((body.top - body.bottom).value.nominal) for body in etched) == [100_000, 200_000]


def test_an_exposed_pad_too_near_a_lead_is_warned_of_and_etching_mends_it() -> None:
    wide = f"{ROWS}}}\n    half_etch: 100 um\n    paddle: [3.9 mm, 3.9 mm]"
    assert check(read(wide), DECK).verdict("lead-foot-too-near-exposed-pad").status == WARNED
    sides = [f"[[{a} mm, {b} mm], [{c} mm, {b} mm], [{c} mm, {d} mm], [{a} mm, {d} mm]]" for a, b, c, d in (
        (-1.95, -1.95, -1.85, 1.95), (1.85, -1.95, 1.95, 1.95), (-1.95, -1.95, 1.95, -1.85), (-1.95, 1.85, 1.95, 1.95))]
    mended = read(f"{wide}\n    etched_from_below: [{', '.join(sides)}]")
    assert check(mended, DECK).verdict("lead-foot-too-near-exposed-pad").status == KEPT


def test_a_cut_paddle_is_held_by_its_bars_and_its_land_is_cut_as_well() -> None:
    package = read(f"{ROWS}}}\n    {PADDLE}\n    paddle_chamfer: 0.5 mm\n    tie_bars: 100 um")
    one = frame_of(package)
    assert one.paddle is not None
    assert cut_of(one.paddle) == 500_000
    assert all(distance(bar, one.paddle) == 0 for bar in one.tie_bars)
    exposed = next(group for group in draw_no_lead(package).pads if group.names == ("21",))
    assert len(exposed.arms[0]) == 5
    for pads in draw_no_lead(package, thermal_vias=True).pads:
        if pads.drill:
            assert all(margin_inside(rectangle((x, y), pads.size), one.paddle) >= 0 for x, y in pads.xy.tolist())


def test_a_bar_from_edge_to_edge_is_soldered_beyond_both_edges() -> None:
    bar = "{name: X, metal: [[-0.2 mm, -2.5 mm], [0.2 mm, -2.5 mm], [0.2 mm, 2.5 mm], [-0.2 mm, 2.5 mm]]}"
    lands = draw_no_lead(read(f"{ROWS}, sides: 2}}\n    own: [{bar}]"))
    (group,) = (group for group in lands.pads if group.names == ("X",))
    assert group.xy.tolist() == [[0, 0]]
    assert group.size[1] > 5_000_000


@pytest.mark.parametrize(("lines", "said"), [
    (f"{ROWS}, other: [{{width: 0.4 mm}}]}}", "say which leads differ"),
    (f"{ROWS}, other: [{{leads: [1], pitch: 0.4 mm}}]}}", "'pitch' is from lead to lead of a whole side"),
    (f"{ROWS}, other: [{{leads: [21], width: 0.4 mm}}]}}", "there is no place 21: the frame has 20"),
    (f"{ROWS}, corner_leads: true, other: [{{leads: [6], width: 0.4 mm}}]}}", "lead 6 stands in a corner"),
    (f"{ROWS}, other: [{{leads: [2], width: 1.1 mm}}]}}",
     "lead 2 touches lead 1; name leads that are one piece of metal under 'fused'"),
    (f"{ROWS}, other: [{{leads: [1], shift: -2 mm}}]}}", "lead 1 reaches beyond the body"),
    (f"{ROWS}, rows: [{{prefix: B, per_side: 9, pitch: 0.65 mm, inset: 0.7 mm, width: 0.3 mm, length: 0.3 mm}}]}}",
     "9 leads take 5.5 mm"),
    (f"{ROWS}}}\n    fused: [[6, 66]]", "the frame has no lead '66'"),
    (f"{ROWS}}}\n    fused: [[5, 12]]", "lead 5 and lead 12 do not lie side by side"),
    (f"{ROWS}}}\n    fused: [[6, 8]]", "lead 6 touches lead 7"),
    (f"{ROWS}}}\n    {PADDLE}\n    paddle_chamfer: 2.6 mm", "it cuts off a whole side of the paddle"),
    (f"{ROWS}}}\n    paddle_chamfer: 0.3 mm", "there is no paddle that this could be a part of"),
    (f"{ROWS}}}\n    etched_from_below: [[[0 mm, 0 mm], [1 mm, 0 mm], [1 mm, 1 mm]]]", "there is no metal here"),
    (f"{ROWS}}}\n    {PADDLE}\n    etched_from_below: [[[-2 mm, -0.1 mm], [2 mm, -0.1 mm], [2 mm, 0.1 mm], [-2 mm, 0.1 mm]]]",
     "more than one piece of the paddle is left to solder down"),
])
def test_what_a_frame_cannot_be_is_said_at_its_place(lines: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)):
        read(lines)


@pytest.mark.parametrize("lines", [
    f"{ROWS}, other: [{{side: top, length: 0.7 mm}}, {{leads: [1, 5], width: 0.35 mm, shift: -0.02 mm}}]}}\n    {PADDLE}",
    f"{ROWS}, other: [{{side: right, pitch: 0.8 mm}}]}}\n    {PADDLE}\n    paddle_chamfer: 0.4 mm\n"
    "    paddle_foot: [2.4 mm, 2.4 mm]",
    f"{ROWS}, inner_length: 0.25 mm}}\n    {PADDLE}\n    fused: [[1, 2], [3, paddle], [16, 17, 18, 19, 20]]",
    f"{ROWS}}}\n    paddle_outline: [[-1.3 mm, -1 mm], [-1 mm, -1.3 mm], [1 mm, -1.3 mm], [1.3 mm, -1 mm], [1.3 mm, 1.3 mm], "
    "[-1.3 mm, 1.3 mm]]\n    paddle_foot_outline: [[-1 mm, -1 mm], [1 mm, -1 mm], [0 mm, 1 mm]]",
])
def test_each_form_comes_back_from_its_board_and_from_the_file_written_of_that(lines: str, tmp_path: Path) -> None:
    package = read(lines)
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    files = package_file(board)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drift(read_package_text(files["X.yaml"], "again.yaml", tmp_path), package) == ()


def test_outlines_that_touch_make_groups() -> None:
    boxes = [rectangle((x, 0), (100, 100)) for x in (0, 100, 300, 401, 1000)]
    pairs = list(touching(boxes))
    assert pairs == [(0, 1), (2, 3)]  # a nanometre apart is rounding
    assert groups(5, [*pairs, (1, 2)]) == [[0, 1, 2, 3]]
    assert groups(3, []) == []


def test_a_corner_cut_off_is_found_again() -> None:
    box = rectangle((300, -200), (2_000_000, 1_000_000))
    assert cut_of(without_corner(box, 123_456)) == 123_456
    assert cut_of(box) == 0
    bars = tie_bars((5_000_000, 5_000_000), (2_000_000, 2_000_000), 100_000, 400_000)
    assert distance(bars[0], without_corner(rectangle((0, 0), (2_000_000, 2_000_000)), 400_000)) == 0


def down_bonded(change: tuple[str, str]) -> Package:
    path = DEMO.parent / "qfn_down_bonds.yaml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    return read_package_text(text.replace(*change), str(path), path.parent)


def test_pads_of_the_paddles_net_are_wired_down_where_there_is_room() -> None:
    package = down_bonded(("0.3 mm}", "0.3 mm}"))
    down = [wire for wire in package.wires if wire.end == "paddle"]
    assert (len(down), len(package.wires)) == (12, 36)
    assert all(max(map(abs, wire.to_at)) == 1_300_000 for wire in down)


def test_down_bonds_too_near_the_chip_are_told_and_those_without_room_say_why() -> None:
    near = check(down_bonded(("down_bonds: 0.3 mm", "down_bonds: 0.24 mm")), DECK)
    assert near.verdict("down-bond-too-near-chip-edge").status == BROKEN
    with pytest.raises(Faults, match="nor is there room 590 um from the chip's edge") as found:
        down_bonded(("down_bonds: 0.3 mm", "down_bonds: 0.59 mm"))
    assert len(found.value.faults) == 12
    with pytest.raises(Faults, match="every finger that it could reach") as found:
        down_bonded((", down_bonds: 0.3 mm", ""))
    assert "nor is there room" not in str(found.value.faults[0])
