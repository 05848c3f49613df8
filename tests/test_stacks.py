"""Whole chipsets: the three stacks, towers side by side, and an interposer; their claim charts, and what undoes each claim."""

import json

import pytest

from overmold.check import INFO, NOT_APPLICABLE, NOTED, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.marked_yaml import load
from overmold.measures.landings import bump_offset_to_pad_below
from overmold.package_file import read_package_file, read_package_text
from overmold.report.gaps import gaps_text
from overmold.rule import load_deck
from paths import DEMO, REPOSITORY
from reports import json_of, text_of
from variants import changed

DECK = load_deck()
PACKAGES = DEMO.parent
COMMON = {15, 16, 17, 18, 19, 20}
ON_CARRIER = {1, 2, 3, 4, 5}
CHIPSET = {6, 7, 12, 13, 14}
CHARTS = {  # met, not met; the others do not apply
    "demo": (ON_CARRIER | COMMON, set()),
    "stack_two": (CHIPSET | {8, 9} | COMMON, {10, 11}),
    "stack_three": (ON_CARRIER | CHIPSET | {10, 11} | COMMON, {8, 9}),
    "towers": (ON_CARRIER | CHIPSET | COMMON, {8, 9, 10, 11}),
    "interposer": ((ON_CARRIER | CHIPSET | COMMON) - {4, 12}, {8, 9, 10, 11}),
}


def package(name, **changes):
    path = PACKAGES / f"{name}.yaml"
    data = load(path.read_bytes(), str(path)).data
    changed(data, {key.replace("__", "."): value for key, value in changes.items()})
    return read_package_text(json.dumps(data), f"{name}.yaml", PACKAGES)


def chart(made):
    return {row.number: row for row in claim_chart(check(made, DECK))}


def numbers(rows, status):
    return {number for number, row in rows.items() if row.status == status}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chipset_keeps_every_rule_also_at_the_corners_and_meets_the_claims_of_its_kind(name):
    made = read_package_file(PACKAGES / f"{name}.yaml")
    result = check(made, DECK)
    assert [finding.message for finding in result.findings if finding.severity != INFO] == []
    assert [one for verdict in result.verdicts for one in verdict.untested] == []
    rows = chart(made)
    met, not_met = CHARTS[name]
    assert (numbers(rows, MET), numbers(rows, NOT_MET)) == (met, not_met)
    assert numbers(rows, NOT_APPLICABLE) == set(range(1, 21)) - met - not_met


@pytest.mark.parametrize("name", list(CHARTS)[1:])
def test_a_chipset_saved_by_kicad_keeps_what_its_package_file_keeps(name, tmp_path, saved_by_kicad):
    made, path = read_package_file(PACKAGES / f"{name}.yaml"), tmp_path / f"{name}.kicad_pcb"
    path.write_bytes(board_file(made))
    board = read_board(saved_by_kicad(path), str(path))
    assert claim_chart(check(board, DECK)) == claim_chart(check(made, DECK))
    before, after = check(made, DECK), check(board, DECK)
    assert [verdict.status for verdict in after.verdicts if verdict.rule.name != "mold-area-differs-from-outline"] == [
        verdict.status for verdict in before.verdicts if verdict.rule.name != "mold-area-differs-from-outline"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_stack_never_gives_a_false_overlap(name):
    result = check(read_package_file(PACKAGES / f"{name}.yaml"), DECK)
    assert result.verdict("chips-overlap").judged == ()
    assert all(judged.margin >= 0 for judged in result.verdict("chips-too-close").judged)


def test_the_gap_that_decided_is_named_with_the_chip_over_it():
    assert chart(package("stack_two"))[6].because.startswith("U2: t2 85 um over t1 75 um; ")
    assert chart(package("stack_three"))[6].because.startswith("U1: t2 85 um over U3, t1 75 um; ")
    assert chart(package("towers"))[6].because.endswith("has then covered 62 %, the tightest of 3")
    assert chart(package("towers"))[7].because == "U1: filler 20 um, t1 75 um, the tightest of 3"
    assert chart(package("interposer"))[6].because.startswith("U1: t2 52 um over U2, t1 60 um; ")


def test_towers_of_different_height_fail_by_the_one_that_is_too_low_or_too_high():
    rows = chart(package("towers", chips__0__thickness="100 um"))
    assert "2.267 (U1: t2 170 um over t1 75 um; the faster front across" in rows[15].because
    assert rows[6].because.endswith("U1 is outside (2.267)")
    rows = chart(package("towers", chips__2__thickness="110 um"))
    assert "0.333 (U2: t2 25 um over U3, t1 75 um; " in rows[15].because


def test_without_a_flip_chip_on_the_carrier_claim_1_does_not_apply_and_says_so():
    rows = chart(package("stack_two"))
    assert {rows[number].because for number in ON_CARRIER} == {"no flip chip stands on the carrier, only on chips"}


@pytest.mark.parametrize(("name", "change", "failed", "rule"), [
    ("stack_two", {"mold__cap": "430 um"}, {6, 15}, "cover-not-half-to-twice-gap"),
    ("stack_two", {"mold__filler": "38 um"}, {7, 20}, "filler-not-below-half-gap"),
    ("stack_two", {"chips__1__gap_filled_with": "underfill"}, {6, 15}, "gap-not-filled"),
    ("stack_two", {"chips__0__bonded": "flip-chip", "chips__0__attach": None, "chips__0__gap": "20 um"}, {8},
     "chips-not-stacked-face-up-then-flipped"),
    ("stack_two", {"wires": None}, {9}, "first-chip-not-wired-to-carrier"),
    ("stack_two", {"passives__0__nets": ["VDD", "LONELY"]}, {12}, "passive-not-connected"),
    ("stack_two", {"balls__side": "chip side"}, {13}, "balls-not-on-far-side"),
    ("stack_two", {"carrier__kind": "panel"}, {14}, "carrier-not-substrate-or-lead-frame"),
    ("stack_three", {"chips__1__bonded": "flip-chip", "chips__1__attach": None, "chips__1__gap": "45 um"}, {10},
     "chips-not-stacked-flipped-face-up-flipped"),
    ("stack_three", {"wires": None}, {11}, "second-chip-not-wired-to-carrier"),
])
def test_each_claim_about_chipsets_can_be_broken_and_says_by_which_rule(name, change, failed, rule):
    rows, before = chart(package(name, **change)), CHARTS[name][0]
    for number in failed:
        assert number in before
        assert rows[number].status == NOT_MET
        assert rows[number].because.startswith(f"{rule}: ")


def test_what_stands_on_a_stack_that_is_none_falls_with_it():
    rows = chart(package("stack_two", chips__0__bonded="flip-chip", chips__0__attach=None, chips__0__gap="20 um"))
    assert (rows[9].status, rows[9].because) == (NOT_MET, "claim 8 is not met")


def test_what_a_stack_is_not_is_noted_and_is_no_fault():
    result = check(package("stack_two"), DECK)
    assert result.verdict("chips-not-stacked-flipped-face-up-flipped").status == NOTED
    text = text_of(result)
    said = "chips-not-stacked-flipped-face-up-flipped: No flip chip bears a chip on its back that bears another flip chip: no"
    assert f"\nNoted (what the design is not; no fault)\n  {said}" in text
    assert "  why:" not in text
    assert "KEPT: " in text
    assert ", 1 noted, " in text
    report = json_of(result)
    assert (report["violations"], report["verdict"], report["errors"], report["warnings"]) == ([], "kept", 0, 0)


def test_every_gap_is_told_with_its_cover_its_ratio_its_filler_limit_and_its_place():
    made = package("towers")
    lines = [line.split("  ") for line in gaps_text(made).splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert rows[0] == ["gap under", "t1", "top chip", "t2", "t2/t1", "at the corners", "slower front", "filler below", "at"]
    places = [made.places[f"chips.{name}"] for name in ("U1", "U2", "U3")]
    spots = [f"towers.yaml:{place.line}:{place.column}" for place in places]
    assert rows[1:] == [
        ["U1", "75 um ± 4 um", "U1", "120 um ± 15 um", "1.6", "1.329 … 1.901", "under 62 %", "37.5 um", spots[0]],
        ["U2", "75 um ± 4 um", "U3", "85 um ± 21 um", "1.133", "0.81 … 1.493", "under 88 %", "37.5 um", spots[1]],
        ["U3", "75 um ± 3 um", "U3", "85 um ± 21 um", "1.133", "0.821 … 1.472", "under 88 %", "37.5 um", spots[2]]]
    result = check(made, DECK)
    assert gaps_text(made) in text_of(result)
    assert "under 82 %" in gaps_text(package("demo"))
    assert gaps_text(package("demo", mold__cap=None)) == ""


def test_the_package_file_page_shows_a_stack_that_can_be_read():
    page = (REPOSITORY / "docs/package-file.md").read_text(encoding="utf-8")
    shown = page.split("## Chips on chips")[1].split("```yaml\n")[1].split("```")[0]
    made = read_package_text(f"package: P\ncarrier: {{kind: substrate, size: [8 mm, 8 mm]}}\n{shown}", "p.yaml", PACKAGES)
    (reading,) = bump_offset_to_pad_below(made)
    assert reading.value == 0


def test_a_loop_has_room_up_to_the_mold_or_the_chip_above_it_whatever_the_cover_is():
    """The cover over U2 is 85 um, less than the loops of 90 um; they start at 120 um, and the mold is 360 um high."""
    made = package("stack_two")
    verdict = check(made, DECK).verdict("wire-without-headroom")
    assert {judged.reading.value for judged in verdict.judged} == {360_000 - 120_000 - 90_000 - 10_000}
    over = package("stack_two", chips__1__size=["3.9 mm", "3.9 mm"])
    verdict = check(over, DECK).verdict("wire-without-headroom")
    assert verdict.worst.reading.where[1] == "chips.U2"
    assert verdict.worst.reading.value == 75_000 - 90_000 - 10_000
