"""Lead frames etched from above: what is lower there, and that nothing lands there."""

from __future__ import annotations

import re

import pytest

from overmold.check import BROKEN, KEPT, UNTESTED, WARNED, Result, check
from overmold.compare import drift
from overmold.exchange.writing.plan import plan_of
from overmold.faults import Faults
from overmold.geometry.leads import standing_room
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.metal import metal_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.rule import load_deck
from overmold.shapes import area, rectangle
from overmold.space import METAL, bodies, over
from paths import DEMO
from turned_boards import turned

DECK = load_deck()
STEPPED = DEMO.parent / "qfn_stepped.yaml"
ON_LEADS = DEMO.parent / "qfn.yaml"


def box(left: float, top: float, right: float, bottom: float) -> str:
    return f"[[{left} mm, {top} mm], [{right} mm, {top} mm], [{right} mm, {bottom} mm], [{left} mm, {bottom} mm]]"


def stepped(*changes: tuple[str, str]) -> Package:
    text = STEPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_package_text(text, "p.yaml", DEMO.parent)


def on_leads(*regions: str, depth: str = "half_etch_above: 60 um") -> Package:
    """The flip chip on a frame, of which these regions are etched from above."""
    lines = f"    {depth}\n    etched_from_above: [{', '.join(regions)}]\n    dam_bar"
    return read_package_text(ON_LEADS.read_text(encoding="utf-8").replace("    dam_bar", lines), "p.yaml", DEMO.parent)


def told(result: Result, rule: str) -> str:
    return result.verdict(rule).judged[0].reading.told


@pytest.mark.parametrize("angle", [90_000, 33_000])
def test_a_turned_frame_keeps_what_is_etched(angle: int) -> None:
    package = read_package_file(STEPPED)
    assert drift(read_board(turned(board_file(package), angle), "b.kicad_pcb"), package) == ()


def test_a_region_that_was_moved_or_is_missing_is_drift() -> None:
    moved = stepped(("[[-1.2 mm, -1.2 mm], [1.2 mm, -1.2 mm]", "[[-1.2 mm, -1.25 mm], [1.2 mm, -1.25 mm]"))
    less = stepped(("      - [[1.6 mm, 1.6 mm], [2 mm, 1.6 mm], [1.6 mm, 2 mm]]\n", ""))
    for other in (moved, less):
        assert {one.key for one in drift(other, stepped())} == {"carrier.frame.etched_from_above"}


def test_metal_is_lower_there_and_all_of_it_is_still_there() -> None:
    package = stepped()
    plain = stepped((re.findall(r"    etched_from_above:\n(?:      - .*\n)+", STEPPED.read_text(encoding="utf-8"))[0], ""))
    metal, whole = ([body for body in bodies(one) if body.kind == METAL] for one in (package, plain))
    assert sum(area(body.outline) for body in metal) == pytest.approx(sum(area(body.outline) for body in whole), rel=1e-9)
    assert {body.top.value.nominal for body in metal if body.top.value is not None} == {0, -70_000}
    low = [slit for slit in over(package, "carrier") if slit.lower == "carrier.frame.paddle" and slit.thickness is not None
           and slit.thickness.value is not None and slit.thickness.value.nominal == 470_000]
    assert sum(area(slit.outline) for slit in low) == 2_400_000 * 2_400_000 - 2_200_000 * 2_200_000


def test_a_bump_in_a_groove_lands_on_nothing_and_joins_nothing() -> None:
    package = on_leads(box(-1.9, -1.4, -1.7, -1.1))
    result = check(package, DECK)
    assert result.verdict("bump-not-on-lead").status == BROKEN
    assert told(result, "bump-not-on-lead") == "U1.L1 on lead 1, etched from above there"
    pieces = metal_of(package).pieces
    bump = next(i for i in range(len(pieces)) if pieces.name(i) == "U1.L1")
    assert metal_of(package).joints.under[bump] < 0
    assert check(on_leads(box(-2.2, -1.4, -2, -1.1)), DECK).verdict("bump-not-on-lead").status == KEPT


def test_a_bump_over_the_edge_of_a_step_is_not_on_the_lead() -> None:
    near = check(on_leads(box(-1.95, -1.4, -1.83, -1.1)), DECK)
    assert near.verdict("bump-not-on-lead").status == BROKEN
    assert told(near, "bump-not-on-lead") == "U1.L1 on lead 1"


def test_t1_is_that_over_the_metal_that_bears_and_not_that_over_a_groove() -> None:
    gaps = [check(one, DECK).verdict("cover-not-half-to-twice-gap").judged[0].reading.value
            for one in (read_package_file(ON_LEADS), on_leads(box(-0.1, -1.2, 0.1, 1.2)))]
    assert gaps[0] == gaps[1]


def test_die_attach_over_a_groove_is_told_with_its_share() -> None:
    result = check(stepped(("size: [2 mm, 2 mm]", "size: [2.2 mm, 2.3 mm]")), DECK)
    verdict = result.verdict("chip-over-etched-metal")
    assert verdict.status == BROKEN
    assert verdict.judged[0].reading.value * 2_200 * 2_300 == 2 * 2_200 * 50
    assert check(stepped(), DECK).verdict("chip-over-etched-metal").status == KEPT


def test_wires_in_a_groove_and_beside_one_are_told() -> None:
    inside = check(stepped(("at: [1.35 mm, -0.3 mm]", "at: [1.15 mm, -0.3 mm]")), DECK)
    assert inside.verdict("wire-ends-on-nothing").status == BROKEN
    assert "lies where the metal is etched from above" in told(inside, "wire-ends-on-nothing")
    beside = check(stepped(("at: [1.35 mm, -0.3 mm]", "at: [1.21 mm, -0.3 mm]")), DECK)
    assert beside.verdict("wire-ends-on-nothing").status == KEPT
    assert beside.verdict("down-bond-too-near-paddle-edge").status == BROKEN


def test_a_terminal_in_a_groove_stands_on_too_little() -> None:
    part = "passives:\n  - {name: C1, size: '0201', height: 150 um, at: [-2.1 mm, -0.975 mm], angle: 90 deg, nets: [S1, S2]}\n"
    text = STEPPED.read_text(encoding="utf-8").replace("wires:\n", f"{part}wires:\n", 1)
    plain = check(read_package_text(text, "p.yaml", DEMO.parent), DECK)
    cut = text.replace("[[1.6 mm, 1.6 mm]", box(-2.3, -1.5, -1.95, -0.5) + "\n      - [[1.6 mm, 1.6 mm]")
    assert plain.verdict("terminal-beyond-lead").judged[0].reading.value > check(
        read_package_text(cut, "p.yaml", DEMO.parent), DECK).verdict("terminal-beyond-lead").judged[0].reading.value


def test_down_bonds_are_proposed_beside_the_moat_and_never_in_it() -> None:
    text = (DEMO.parent / "qfn_down_bonds.yaml").read_text(encoding="utf-8")
    moat = f"    etched_from_above: [{box(1.25, -1.6, 1.35, 1.6)}]\n    half_etch_above: 80 um\n"
    text = text.replace("    paddle_net: GND\n", f"    paddle_net: GND\n{moat}")
    package = read_package_text(text, "p.yaml", DEMO.parent)
    right = {wire.to_at[0] for wire in package.wires if wire.end == "paddle" and wire.to_at[0] > 1_100_000}
    assert right == {1_400_000}  # beyond it, where the whole stitch has room
    assert check(package, DECK).verdict("wire-ends-on-nothing").status == KEPT


def test_what_is_etched_from_both_sides_is_judged_and_a_hole_is_refused() -> None:
    both = box(-1.9, -1.4, -1.8, -1.1)
    thin = check(stepped(("[[1.6 mm, 1.6 mm]", f"{both}\n      - [[1.6 mm, 1.6 mm]")), DECK).verdict("etched-metal-too-thin")
    assert thin.status == BROKEN
    assert thin.judged[0].reading.told == "etched from both sides: 100 um and 70 um of 200 um"
    with pytest.raises(Faults, match="both depths, 200 um, go through the frame, 200 um thick"):
        stepped(("[[1.6 mm, 1.6 mm]", f"{both}\n      - [[1.6 mm, 1.6 mm]"), ("half_etch_above: 70 um ± 10 um",
                                                                          "half_etch_above: 100 um"))


def test_a_depth_that_nobody_states_is_not_guessed() -> None:
    package = stepped(("    half_etch_above: 70 um ± 10 um\n", ""))
    result = check(package, DECK)
    assert result.verdict("etched-metal-too-thin").status == UNTESTED
    assert any(body.top.value is None for body in bodies(package) if body.kind == METAL)
    assert result.verdict("chip-over-etched-metal").status == KEPT


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[[1.6 mm, 1.6 mm], [2 mm, 1.6 mm], [1.6 mm, 2 mm]]", "[[1.6 mm, 0 mm], [1.7 mm, 0 mm], [1.7 mm, 0.1 mm]]",
     "there is no metal here that could be etched"),
    ("[[1.6 mm, 1.6 mm], [2 mm, 1.6 mm], [1.6 mm, 2 mm]]", "[[1.6 mm, 1.6 mm], [1.7 mm, 1.6 mm]]", "3"),
    ("half_etch_above: 70 um ± 10 um", "half_etch_above: 0.2 mm", "it goes through the frame, 200 um thick"),
])
def test_what_cannot_be_is_said_at_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)) as found:
        stepped((old, new))
    assert found.value.faults[0].line


def test_a_foot_that_somebody_filled_is_still_a_foot() -> None:
    text = board_file(read_package_file(ON_LEADS)).decode()
    filled, count = re.subn(r'(\(fp_rect[^"]*?\(fill )no(\)\s*\(layer "User.7"\))', r"\1yes\2", text)
    assert count == 25
    assert read_board(filled.encode(), "b.kicad_pcb").carrier == read_board(text.encode(), "b.kicad_pcb").carrier


def test_masks_for_the_etcher_have_both_sides() -> None:
    layers = {shape.layer for shape in plan_of(stepped()).shapes}
    assert {"HALF_ETCH", "ETCH_ABOVE"} <= layers


def test_standing_room_is_the_metal_without_the_regions() -> None:
    metal = rectangle((0, 0), (1_000, 400))
    assert standing_room(metal, ()) == (metal,)
    assert sum(map(area, standing_room(metal, [rectangle((0, 0), (100, 600)), rectangle((450, 0), (100, 400))]))) == 320_000
    assert standing_room(metal, [rectangle((0, 0), (2_000, 2_000))]) == ()


def test_a_lead_etched_all_over_bears_no_bump() -> None:
    result = check(on_leads(box(-2.6, -1.45, -1.6, -1.05)), DECK)
    assert result.verdict("bump-not-on-lead").status == BROKEN
    assert result.verdict("etched-metal-too-thin").status in (BROKEN, WARNED)
