"""Every kind of package in docs/kinds.md: its file is read, drawn, built, read back without drift, and its rule can break."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, WARNED, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.drawing.no_lead import draw_no_lead
from overmold.geometry.pillars import cap_after_reflow
from overmold.kicad.reading import read_board, read_footprint
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.model3d.scene import FINISHED, scene
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.units import Toleranced
from paths import DEMO
from variants import demo, demo_with

ROOT = DEMO.parent.parent.parent
ROWS = [row.strip("|\n ").split(" | ") for row in (ROOT / "docs/kinds.md").read_text(encoding="utf-8").splitlines()
        if (row.startswith("| ") and "`tests/" in row) or "`examples/" in row]
FILES = sorted({re.findall(r"`([^`]+)`", row[2])[0] for row in ROWS})
DECK = load_deck()
ON_PURPOSE = {"gap-not-filled"}  # underfill is no encapsulant, which the claims ask for
PILLARS = DEMO.parent / "pillars_lga.yaml"


def test_the_table_names_files_and_rules_that_there_are() -> None:
    names = {rule.name for rule in DECK.rules}
    assert len(ROWS) >= 9
    for row in ROWS:
        assert set(re.findall(r"`([^`]+)`", row[3])) <= names, row


@pytest.mark.parametrize("file", FILES)
def test_each_goes_to_the_board_and_back_and_is_drawn(file: str) -> None:
    package = read_package_file(ROOT / file)
    result = check(package, DECK)
    assert {one.rule.name for one in result.verdicts if one.status == BROKEN} <= ON_PURPOSE
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    assert {one.rule.name: one.status for one in check(board, DECK).verdicts if one.rule.name not in (
        "hole-under-mold", "mold-area-differs-from-outline")} == {
        one.rule.name: one.status for one in result.verdicts if one.rule.name not in (
            "hole-under-mold", "mold-area-differs-from-outline")}
    assert [row.status for row in claim_chart(check(board, DECK))] == [row.status for row in claim_chart(result)]
    for drawn in (section(package), plan(package)):
        ET.fromstring(drawn)


@pytest.mark.parametrize("file", FILES)
def test_each_written_anew_as_a_package_file_is_the_same(file: str, tmp_path: Path) -> None:
    package = read_package_file(ROOT / file)
    files = package_file(package)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = read_package_text(files[f"{package.name}.yaml"], "again.yaml", tmp_path)
    assert drift(again, package) == ()


@pytest.mark.kicad
@pytest.mark.parametrize("file", FILES)
def test_each_saved_by_kicad_reads_back_the_same(file: str, tmp_path: Path, saved_by_kicad: Callable[[Path], bytes]) -> None:
    package = read_package_file(ROOT / file)
    path = tmp_path / "b.kicad_pcb"
    path.write_bytes(board_file(package))
    assert drift(read_board(saved_by_kicad(path), "b.kicad_pcb"), package) == ()


@pytest.mark.parametrize("name", sorted({re.findall(r"`([^`]+)`", row[3])[0] for row in ROWS}))
def test_the_rule_of_a_row_breaks(name: str) -> None:
    rule = next(rule for rule in DECK.rules if rule.name == name)
    assert check(demo_with(rule.kept_by, rule.broken_by), DECK).verdict(name).status in (BROKEN, WARNED)


def test_the_height_of_a_pillar_bump_is_its_copper_and_its_cap() -> None:
    result = check(read_package_file(PILLARS), DECK)
    (gap,) = (one.reading for one in result.verdict("gap-too-narrow-to-fill").judged)
    assert (gap.value, gap.low, gap.high) == (60_000, 50_000, 70_000)  # 50 + 25 less 15 of mask, 3 + 4 + 3


def test_what_lacks_of_a_pillar_is_named() -> None:
    package = demo_with({"chips.0.bumps.pillar": "60 um", "chips.0.bumps.height": None})
    missing = check(package, DECK).verdict("gap-too-narrow-to-fill").untested
    assert "solder cap height of U1 is not stated" in missing[0].missing


def test_a_lid_is_part_of_the_height_and_of_the_model() -> None:
    package = read_package_file(PILLARS)
    (spare,) = (one.reading for one in check(package, DECK).verdict("package-too-high").judged)
    # 210 mold, 30 attach, 300 lid, 160 carrier; no standoff, for there are no balls
    assert (spare.value, spare.low) == (800_000 - 700_000, 800_000 - 756_000)
    assert any(solid.name == "lid" for solid in scene(package, FINISHED))


def test_bare_lands_are_no_balls() -> None:
    package = read_package_file(PILLARS)
    files = {name: data for name, data in files_of(package).items() if name.endswith(f"{package.name}.kicad_mod")}
    (land_pattern,) = files.values()
    assert b"pad_prop_bga" not in land_pattern
    read = read_footprint(land_pattern, "x.kicad_mod")
    assert read.balls is not None
    assert (read.balls.are_lands, int(read.balls.land), len(read.balls.sites)) == (True, 500_000, 16)
    chart = {row.number: row for row in claim_chart(check(package, DECK))}
    assert (chart[3].status, "bare lands" in chart[3].because) == ("not met", True)
    for name in ("ball-higher-than-wide", "balls-too-close", "balls-not-on-far-side", "balls-do-not-melt-on-board"):
        assert check(package, DECK).verdict(name).status == NOT_APPLICABLE


@pytest.mark.parametrize(("text", "said"), [
    ("terminals: lands\n  array: {grid: [2, 2], pitch: 1 mm}", "'land' is missing"),
    ("array: {grid: [2, 2], pitch: 1 mm}", "'diameter' is missing"),
])
def test_lands_and_balls_are_not_mixed_up(text: str, said: str) -> None:
    from overmold.faults import Faults

    whole = f"package: X\ncarrier: {{kind: substrate, size: [5 mm, 5 mm]}}\nballs:\n  {text}\n"
    with pytest.raises(Faults, match=said):
        read_package_text(whole, "x.yaml", Path())


def test_a_ball_of_a_bare_land_counts_for_nothing_and_is_said() -> None:
    text = ("package: X\ncarrier: {kind: substrate, size: [5 mm, 5 mm]}\nballs:\n  terminals: lands\n"
            "  array: {grid: [2, 2], pitch: 1 mm}\n  diameter: 0.4 mm\n  land: 0.4 mm\n")
    package = read_package_text(text, "x.yaml", Path())
    assert any("'diameter' counts for nothing" in remark for remark in package.remarks)
    assert check(package, DECK).verdict("balls-too-close").status == NOT_APPLICABLE


def test_a_cap_keeps_its_volume_in_reflow() -> None:
    import math

    for plated, across in ((5.0, 80.0), (30.0, 90.0), (200.0, 50.0)):
        high = cap_after_reflow(plated, across)
        assert math.isclose(math.pi * high * (3 * (across / 2) ** 2 + high**2) / 6, math.pi * across**2 / 4 * plated)


def test_an_exposed_back_is_noted_and_a_buried_one_is_a_fault() -> None:
    bare = {"chips.0.exposed": "back", "chips.0.thickness": "240 um"}
    kept, unsaid = check(demo_with(bare), DECK), check(demo_with({"chips.0.thickness": "240 um"}), DECK)
    assert (kept.verdict("chip-not-covered").status, unsaid.verdict("chip-not-covered").status) == ("noted", BROKEN)
    assert kept.errors == 0
    assert [row.status for row in claim_chart(kept)][:2] == ["not met", "not met"]
    assert check(demo_with({"chips.0.exposed": "back"}), DECK).verdict("exposed-back-under-mold").status == BROKEN


def test_of_two_solders_the_one_that_melts_first_counts() -> None:
    alone = check(demo_with({"chips.0.bumps.alloy": "SnAg3.5"}), DECK).verdict("mold-too-hot-for-bumps").judged[0].reading.value
    both = check(demo_with({"chips.0.bumps.alloy": "SnAg3.5", "chips.0.bumps.presolder": "63Sn37Pb"}), DECK)
    assert both.verdict("mold-too-hot-for-bumps").judged[0].reading.value < alone
    unknown = check(demo_with({"chips.0.bumps.presolder": "Xyz"}), DECK).verdict("mold-too-hot-for-bumps")
    assert "'Xyz' is not in rules/materials" in unknown.untested[0].missing


def test_hybrid_bonding_has_no_gap_and_no_claim() -> None:
    package: Package = read_package_file(DEMO.parent / "hybrid.yaml")
    result = check(package, DECK)
    assert {row.status for row in claim_chart(result)} == {NOT_APPLICABLE}
    assert result.verdict("cover-not-half-to-twice-gap").status == NOT_APPLICABLE
    assert result.verdict("chip-not-connected").status == KEPT
    cover = result.verdict("mold-over-chip-too-thin").judged[0].reading
    assert Toleranced(cover.value) == Toleranced(180_000)  # 400 less 20 attach, 150 and 50 of chips


def test_bonds_without_a_gap_are_far_finer_than_any_filler() -> None:
    fine = {"chips.0.bonded": "thermo-compression", "chips.0.bumps.height": None, "chips.0.bumps.alloy": None}
    result = check(demo_with(fine), DECK)
    assert {row.status for row in claim_chart(result)} == {NOT_APPLICABLE}
    assert result.verdict("filler-too-coarse-for-bump-space").status == NOT_APPLICABLE
    assert result.verdict("bump-height-without-gap").status == KEPT
    for word in ("hybrid", "thermo-compression", "fan-out"):
        high = check(demo_with({"chips.0.bonded": word}), DECK)  # the demo's bumps are 90 um high
        assert high.verdict("bump-height-without-gap").status == BROKEN


@pytest.mark.parametrize(("change", "said"), [
    ("per_side: [2, 2, 2]", "three counts leave a side out"),
    ("per_side: 2, skip: [9]", "there is no place 9: the frame has 8"),
])
def test_what_a_row_of_leads_cannot_be(change: str, said: str) -> None:
    from overmold.faults import Faults

    with pytest.raises(Faults, match=re.escape(said)):
        frame_of(f"leads: {{{change}, pitch: 0.5 mm, width: 0.2 mm, length: 0.3 mm}}")


@pytest.mark.parametrize(("metal", "said"), [
    ("[[-2 mm, -1 mm], [-1 mm, -1 mm], [-1 mm, 1 mm], [-2 mm, 1 mm]]", "lead X touches lead 1"),
    ("[[2.1 mm, 0 mm], [3 mm, 0 mm], [3 mm, 1 mm]]", "X lies beside the body"),
])
def test_own_leads_stay_apart_and_inside(metal: str, said: str) -> None:
    from overmold.faults import Faults

    with pytest.raises(Faults, match=said):
        frame_of("leads: {per_side: 2, pitch: 0.5 mm, width: 0.2 mm, length: 0.3 mm}\n"
                 f"    own: [{{name: X, metal: {metal}}}]")


def frame_of(lines: str) -> Package:
    text = (f"package: X\ncarrier:\n  kind: lead frame\n  size: [4 mm, 4 mm]\n  frame:\n    thickness: 200 um\n    {lines}\n")
    return read_package_text(text, "x.yaml", Path())


def test_places_left_out_keep_their_numbers_and_the_pad_comes_after_the_last() -> None:
    package = frame_of("leads: {per_side: [3, 2, 1, 2], skip: [2], pitch: 0.5 mm, width: 0.2 mm, length: 0.3 mm}\n"
                       "    paddle: [1 mm, 1 mm]\n    paddle_at: [0.2 mm, 0 mm]")
    assert package.carrier is not None
    assert package.carrier.frame is not None
    assert [lead.name for lead in package.carrier.frame.leads] == ["1", "3", "4", "5", "6", "7", "8"]
    lands = draw_no_lead(package)
    names = [name for group in lands.pads for name in group.names]
    assert "9" in names
    (pad,) = (group for group in lands.pads if group.names == ("9",))
    assert pad.xy.tolist() == [[200_000, 0]]


def test_what_fills_a_gap_and_its_fillet_are_drawn_unless_it_is_the_mold() -> None:
    for words in ("underfill", "non-conductive film", "anisotropic film"):
        drawn = section(demo(chips__0__gap_filled_with=words, chips__0__fillet="0.3 mm"))
        assert f"gap under U1: {words}" in drawn
        assert drawn.count(f"fillet of {words}, 300 um") == 2
    assert "fillet" not in section(demo(chips__0__fillet="0.3 mm"))


def test_a_bare_back_that_stands_out_of_the_mold_is_part_of_the_height_and_bears_the_lid() -> None:
    bare = {"chips.0.exposed": "back", "chips.0.thickness": "260 um ± 10 um"}
    level, out = (check(demo_with({**bare, **more}), DECK).verdict("package-too-high").judged[0].reading
                  for more in ({"chips.0.thickness": "240 um ± 10 um"}, {}))
    assert level.value - out.value == 75_000 + 260_000 - 315_000
    assert out.value - out.low == 27_000 + 50_000 + 5_000 + 10_000  # carrier below the mask on top, balls, bumps, chip
    lidded = check(demo_with({**bare, "lid": {"thickness": "300 um", "attach": "30 um"}, "max_height": "1.3 mm"}), DECK)
    assert lidded.verdict("package-too-high").judged[0].reading.value == out.value + 100_000 - 330_000
