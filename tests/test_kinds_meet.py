"""Where kinds of packages meet: every two of them in one package, and what of one breaks a rule because of the other."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dose import dose
from meeting_kinds import APART, KINDS, met, mm, package_of, ring
from overmold.check import BROKEN, WARNED, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.marked_yaml import load
from overmold.model3d.scene import INSIDE, scene
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from paths import PACKAGES
from variants import changed

DECK = load_deck()
DRAWN = {"hole-under-mold", "mold-area-differs-from-outline"}  # of a board alone
PAIRS = [pair for pair in combinations(KINDS, 2) if frozenset(pair) not in APART]
ALONE = {"underfill": {"gap-not-filled"}}  # what a kind breaks by itself, and what two in their places break together
TOGETHER: Mapping[tuple[str, str], set[str]] = {
    ("two_lands", "far_mold"): {"far-mold-too-near-ball"}, ("bare_top_lands", "passive_in_cavity"): {"passive-not-inside-mold"},
    ("second_block", "open_cavity"): {"cover-not-half-to-twice-gap"}, ("stack", "open_cavity"): {"cover-not-half-to-twice-gap"},
    ("pillars", "stack"): {"cover-not-half-to-twice-gap"}, ("pillars", "passive_on_chip"): {"too-little-mold-over-passive"},
    ("uneven", "by_volume"): {"bump-heights-differ"}, ("lid", "top_lands"): {"top-land-under-mold", "upper-package-on-mold"},
    ("top_lands", "keep_out_of_mold"): {"mold-via-too-near-mold-edge"},
    ("lid", "bare_top_lands"): {"upper-package-on-mold"}, ("lid", "keep_out_of_metal"): {"metal-in-keep-out"},
    ("lid", "keep_out_of_parts"): {"part-in-keep-out"}}


def found(package: Package) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Every reading of every rule that a package file can be judged by, and what lacks of it."""
    verdicts = [one for one in check(package, DECK).verdicts if one.rule.name not in DRAWN]
    rows = [(one, each.reading.where, str(each.reading.value)) for one in verdicts for each in one.judged]
    rows += [(one, each.where, each.missing) for one in verdicts for each in one.untested]
    return sorted((one.rule.name, one.status, where, said) for one, where, said in rows)


def broken(package: Package) -> set[str]:
    return {one.rule.name for one in check(package, DECK).verdicts if one.status in (BROKEN, WARNED)} - DRAWN


def holds(one: str, other: str, folder: Path) -> None:
    """As file, as board and as package file written anew the same; drawn; broken is only what each breaks by itself."""
    package = package_of(met((one, other)))
    board = read_board(board_file(package), "b.kicad_pcb")
    files = package_file(package)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    again = read_package_text(files[f"{package.name}.yaml"], "again.yaml", folder)
    for other_way in (board, again):
        assert drift(other_way, package) == (), (one, other)
        assert found(other_way) == found(package), (one, other)
    assert [row.status for row in claim_chart(check(board, DECK))] == [row.status for row in claim_chart(check(package, DECK))]
    due = ALONE.get(one, set()) | ALONE.get(other, set()) | TOGETHER.get((one, other), TOGETHER.get((other, one), set()))
    assert broken(package) == due, (one, other)
    for drawn in (section(package), plan(package)):
        ET.fromstring(drawn)
    assert scene(package, INSIDE)


@pytest.mark.parametrize("start", range(dose(12, 60)))
def test_two_kinds_in_one_package_hold_each_for_itself(start: int, tmp_path: Path) -> None:
    """A few pairs, other ones for every kind; with ``OVERMOLD_RANDOM=all`` one in nine, with ``-m long`` every pair."""
    holds(*PAIRS[(start * 43 + 7) % len(PAIRS)], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_two_kinds_in_one_package_hold_each_for_itself(pair: tuple[str, str], tmp_path: Path) -> None:
    holds(*pair, tmp_path)


# Two kinds, what is changed, and the rule that then breaks: each could be judged as if the other were not there.
BROKEN_TWINS: list[tuple[tuple[str, ...], dict[str, Any], str]] = [
    (("slanted", "passive_on_chip"), {"mold.outline": ring(-7, -5, 7, 1.48), "mold.covers": "part of the carrier"},
     "passive-not-inside-mold"),
    (("slanted", "exposed"), {"mold.outline": ring(-5.02, -5, 7, 5), "mold.covers": "part of the carrier"}, "chip-not-covered"),
    (("partial", "exposed"), {"chips.0.at": mm(-3.5, 3)}, "chip-not-covered"),
    (("second_block", "stack"), {"chips.2.thickness": "140 um"}, "chip-not-covered"),
    (("second_block", "passive_on_chip"), {"passives.0.height": "90 um"}, "too-little-mold-over-passive"),
    (("second_block", "wires"), {"carrier.fingers.0.row.from": mm(2.75, 2.3), "carrier.fingers.0.row.to": mm(2.75, 2.9)},
     "wire-not-inside-mold"),
    (("second_block", "keep_out_of_mold"), {"keep_outs.0.at": mm(5, 0)}, "mold-in-keep-out"),
    (("far_mold", "keep_out_of_mold"), {"keep_outs.0.at": mm(0, 0), "keep_outs.0.side": "far side"}, "mold-in-keep-out"),
    (("far_mold", "far_passive"), {"passives.0.height": "0.42 mm"}, "far-passive-not-in-far-mold"),
    (("far_mold", "far_passive"), {"passives.0.at": mm(1.2, 0)}, "far-passive-not-in-far-mold"),
    (("far_mold", "terminal_pillars"), {"mold.regions.0.cap": "485 um"}, "far-mold-near-board"),
    (("far_mold", "cored"), {"balls.standoff": "0.41 mm"}, "far-mold-near-board"),
    (("far_passive", "terminal_pillars"), {"passives.0.height": "0.49 mm"}, "far-passive-near-board"),
    (("far_passive", "keep_out_of_parts"), {"keep_outs.0.at": mm(0, 0)}, "part-in-keep-out"),
    (("far_chip", "keep_out_of_parts"), {"keep_outs.0.at": mm(-2.3, 0), "keep_outs.0.side": "far side"}, "part-in-keep-out"),
    (("far_chip", "far_passive"), {"passives.0.at": mm(-1.5, 0)}, "passive-too-near-chip"),
    (("far_chip", "far_mold"), {"mold.regions.0.at": mm(-1.2, 0)}, "chip-not-covered"),
    (("far_chip", "terminal_pillars"), {"chips.1.thickness": "380 um"}, "far-chip-near-board"),
    (("far_chip", "cored"), {"balls.standoff": "0.41 mm", "chips.1.thickness": "300 um"}, "far-chip-near-board"),
    (("far_chip", "two_lands"), {"balls.array.zones.1.at.T1": [*mm(-1.05, 0), "1 mm"]}, "far-chip-too-near-ball"),
    (("far_chip", "chamfered"), {"chips.1.at": mm(6.4, -4.3)}, "far-chip-beyond-carrier"),
    (("far_chip", "far_chip_in_mold"), {"chips.1.at": mm(1.2, 0)}, "chip-not-covered"),
    (("far_chip_in_mold", "keep_out_of_mold"), {"keep_outs.0.at": mm(2.6, 0), "keep_outs.0.side": "far side"},
     "mold-in-keep-out"),
    (("far_chip_in_mold", "second_block"), {"mold.regions.1.filler": "40 um"}, "filler-not-below-half-gap"),
    (("far_chip_in_mold", "far_mold"), {"mold.regions.0.at": mm(0.3, 0)}, "mold-blocks-too-close"),
    (("passive_on_chip", "keep_out_of_parts"), {"keep_outs.0.at": mm(-3.5, 1.2), "keep_outs.0.above": "230 um"},
     "part-in-keep-out"),
    (("stack", "keep_out_of_parts"), {"keep_outs.0.at": mm(-3.5, 0), "keep_outs.0.above": "300 um"}, "part-in-keep-out"),
    (("lid", "keep_out_of_metal"), {}, "metal-in-keep-out"),
    (("lid", "keep_out_of_parts"), {}, "part-in-keep-out"),
    (("top_lands", "keep_out_of_metal"), {"keep_outs.0.at": mm(-4.5, 3.8)}, "metal-in-keep-out"),
    (("wires", "keep_out_of_metal"), {"keep_outs.0.at": mm(1, 2.6)}, "metal-in-keep-out"),
    (("passive_on_chip", "keep_out_of_metal"), {"keep_outs.0.at": mm(-3.5, 1.5)}, "metal-in-keep-out"),
    (("lid", "top_lands"), {}, "top-land-under-mold"),
    (("lid", "bare_top_lands"), {}, "upper-package-on-mold"),
    (("bare_top_lands", "second_block"), {"top_lands.ball_height": "420 um"}, "upper-package-on-mold"),
    (("bare_top_lands", "exposed"), {"chips.0.thickness": "480 um"}, "upper-package-on-mold"),
    (("top_lands", "slanted"), {"mold.draft": "60 deg", "mold.cap": "400 um", "top_lands.array.offset": mm(-4.8, 4)},
     "mold-via-too-near-mold-edge"),
    (("top_lands", "partial"), {"top_lands.array.offset": mm(-4.5, 4.2)}, "mold-via-too-near-mold-edge"),
    (("top_lands", "wires"), {"top_lands.array.offset": mm(2.6, 2.75)}, "wire-too-near-top-land"),
    (("top_lands", "underfill"), {"top_lands.array.offset": mm(-3.5, 1.8)}, "underfill-runs-into-part"),
    (("top_lands", "passive_in_cavity"), {"passives.0.at": mm(-4.8, 3.6)}, "land-over-cavity"),
    (("wires", "passive_in_cavity"), {"passives.0.at": mm(1.3, 2.6), "passives.0.angle": "90 deg"}, "land-over-cavity"),
    (("wires", "passive_in_cavity"), {"passives.0.at": mm(0, 2.6)}, "land-over-cavity"),
    (("open_cavity", "passive_in_cavity"), {"passives.0.at": mm(4, 3.2)}, "cavity-too-near-edge"),
    (("underfill", "passive_in_cavity"), {"passives.0.at": mm(-3.5, 1.9), "passives.0.cavity.room": "250 um"},
     "underfill-runs-into-part"),
    (("closed_in", "wires"), {"chips.2.cavity": {"depth": "200 um", "room": "100 um"}}, "wire-too-near-cavity-rim"),
    (("closed_in", "passive_closed_in"), {"passives.0.at": mm(0.2, -1)}, "cavity-too-near-edge"),
    (("high", "exposed"), {"max_height": "1.5 mm", "chips.0.thickness": "500 um"}, "package-too-high"),
    (("high", "lid"), {"max_height": "1.6 mm"}, "package-too-high"),
    (("high", "second_block"), {"max_height": "1.42 mm"}, "package-too-high"),
    (("chamfered", "far_mold"), {"mold.regions.0.at": mm(6, -4.2)}, "mold-not-inside-carrier"),
    (("chamfered", "far_passive"), {"passives.0.at": mm(6.7, -4.7)}, "far-passive-beyond-carrier"),
    (("chamfered", "bare_top_lands"), {"top_lands.array.offset": mm(5, -4.5)}, "top-land-beyond-carrier"),
    (("uneven", "second_block"), {"chips.0.at": mm(5, 0), "chips.1.at": mm(-3.5, 0)}, "cover-not-half-to-twice-gap"),
    (("oblong", "keep_out_of_metal"), {"keep_outs.0.at": mm(-3.5, 1.01)}, "metal-in-keep-out"),
]


@pytest.mark.parametrize(("kinds", "change", "rule"), BROKEN_TWINS, ids=lambda one: "-".join(one) if type(one) is tuple else "")
def test_what_of_one_kind_is_wrong_beside_the_other_breaks_a_rule(kinds: tuple[str, ...], change: dict[str, Any],
                                                                  rule: str) -> None:
    package = package_of(changed(met(kinds), change))
    assert rule in broken(package), broken(package)
    if change:
        assert rule not in broken(package_of(met(kinds)))
    assert found(read_board(board_file(package), "b.kicad_pcb")) == found(package)


@pytest.mark.parametrize(("more", "rule"), [
    ({"mold.regions": [{"name": "UN", "size": mm(0.5, 0.5), "side": "far side", "cap": "50 um"}]}, "far-mold-near-board"),
    ({"chips.0.cavity": {"depth": "50 um", "room": "100 um"}}, "cavity-not-in-carrier")])
def test_a_lead_frame_has_nothing_under_it_and_no_cavity(more: dict[str, Any], rule: str) -> None:
    file = PACKAGES / "qfn_down_bonds.yaml"
    data = changed(load(file.read_bytes(), str(file)).data, more)
    package = package_of(data)
    assert (rule in broken(read_package_file(file)), rule in broken(package)) == (False, True)
    assert rule in broken(read_board(board_file(package), "b.kicad_pcb"))


@pytest.mark.parametrize("bonded", ["hybrid", "fan-out"])
def test_what_counts_for_nothing_where_copper_meets_copper_is_not_lost_in_a_file_written_anew(bonded: str, tmp_path: Path
                                                                                             ) -> None:
    package = package_of(changed(met(()), {"chips.0.bonded": bonded}))
    for name, text in package_file(package).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drift(read_package_file(tmp_path / f"{package.name}.yaml"), package) == ()


PADS = {"size": "60 um", "array": {"grid": [4, 4], "pitch": "300 um", "names": {"prefix": "P"}}}
UPPER = {"name": "U7", "stands_on": "U1", "size": mm(2.4, 2.4), "at": mm(-3.5, 0), "thickness": "100 um", "bonded": "flip-chip",
         "bumps": {"array": {"grid": [4, 4], "pitch": "300 um"}, "diameter": "60 um", "height": "45 um", "alloy": "SAC305"}}
ON_CHIP = {"name": "C9", "stands_on": "U1", "size": "01005", "at": mm(-3.5, 1), "height": "60 um", "nets": ["VDD", "GND"]}


@pytest.mark.parametrize(("cavity", "more", "rules"), [
    ({"depth": "330 um", "room": "150 um"}, {"chips.1": UPPER}, set()),
    ({"depth": "330 um", "room": "150 um"}, {"chips.1": {**UPPER, "size": mm(3.4, 2)}}, {"cavity-too-narrow"}),
    ({"depth": "260 um", "room": "150 um"}, {"chips.1": {**UPPER, "size": mm(3.4, 2)}}, set()),  # it begins over the surface
    ({"depth": "330 um", "room": "50 um", "top": "closed"}, {"chips.1": UPPER}, {"part-on-embedded-chip"}),
    ({"depth": "330 um", "room": "50 um", "top": "closed"}, {"passives": [ON_CHIP]}, {"part-on-embedded-chip"}),
    ({"depth": "330 um", "room": "150 um"}, {"passives": [{**ON_CHIP, "at": mm(-2, 1)}]}, {"cavity-too-narrow"}),
])
def test_what_stands_on_a_chip_in_a_cavity_has_room_in_it_and_none_where_it_is_closed(
        cavity: dict[str, str], more: dict[str, Any], rules: set[str]) -> None:
    package = package_of(changed(met(()), {"chips.0.cavity": cavity, "chips.0.pads": PADS, **more}))
    assert broken(package) & {"cavity-too-narrow", "part-on-embedded-chip"} == rules
    assert found(read_board(board_file(package), "b.kicad_pcb")) == found(package)


def test_the_back_of_a_face_up_chip_is_not_bare_and_nothing_stands_on_one_that_is() -> None:
    up = changed(met(("wires",)), {"chips.1.exposed": "back", "chips.1.thickness": "300 um"})
    verdict = check(package_of(up), DECK).verdict("chip-not-covered")
    assert verdict.status == BROKEN
    assert "its active surface stands 5 um above the mold" in str(verdict.judged[0].reading.told)
    on_bare = changed(met(("exposed",)), {"chips.0.pads": PADS, "passives": [ON_CHIP]})
    assert "chip-on-exposed-back" in broken(package_of(on_bare))
