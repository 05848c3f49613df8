"""Opens and shorts of small packages, each beside its sound twin: what is told, where, and which claims fall."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from overmold.check import ERROR, Result, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.rule import load_deck
from package_text import PACKAGES
from paths import REPOSITORY
from variants import changed, package_of

DECK = load_deck()
CARRIER: dict[str, Any] = {
    "kind": "substrate", "size": ["6 mm", "6 mm"],
    "stackup": [{"layer": "mask", "thickness": "15 um"}, {"layer": "copper", "thickness": "15 um"},
                {"layer": "core", "thickness": "200 um"}]}
REST: dict[str, Any] = {
    "mold": {"cap": "360 um", "filler": "20 um",
             "process": {"method": "reduced-pressure transfer", "pressure": "10 mmHg", "temperature": "175 degC"}},
    "singulation": {"method": "saw", "street": "300 um", "kerf": "200 um"}}
BALLS: dict[str, Any] = {"balls": {"array": {"grid": [2, 2], "pitch": "2 mm"}, "diameter": "0.4 mm"}}
UPPER = {"name": "U2", "on": "U1", "size": ["2 mm", "2 mm"], "thickness": "80 um", "bonded": "flip-chip",
         "bumps": {"array": {"at": {"A1": ["-0.5 mm", "-0.5 mm"], "A2": ["0.5 mm", "-0.5 mm"], "A3": ["-0.5 mm", "0.5 mm"],
                                    "A4": ["0.5 mm", "0.5 mm"]}},
                   "diameter": "90 um", "height": "75 um", "alloy": "SAC305", "pad": "80 um"}}
PADS = {"W1": ["1.3 mm", "0.5 mm"], "W2": ["1.3 mm", "-0.5 mm"], "P1": ["-0.5 mm", "-0.5 mm"], "P2": ["0.5 mm", "-0.5 mm"],
        "P3": ["-0.5 mm", "0.5 mm"], "P4": ["0.5 mm", "0.5 mm"]}
LOWER = {"name": "U1", "size": ["3 mm", "3 mm"], "thickness": "100 um", "bonded": "face-up", "attach": "20 um",
         "pads": {"array": {"at": PADS}, "size": "90 um"}}
FLIP = {"name": "U1", "size": ["2 mm", "2 mm"], "thickness": "150 um", "bonded": "flip-chip",
        "bumps": {"array": {"grid": [2, 2], "pitch": "1 mm"}, "diameter": "100 um", "height": "90 um", "alloy": "SAC305"}}
STACK: dict[str, Any] = {
    "package": "S", **REST, **BALLS, "chips": [LOWER, UPPER],
    "carrier": {**CARRIER, "fingers": [{"at": {"F1": ["2.2 mm", "0.5 mm", "90 deg"], "F2": ["2.2 mm", "-0.5 mm", "90 deg"]},
                                        "size": ["80 um", "200 um"]}]},
    "wires": {"defaults": {"diameter": "20 um", "loop_height": "90 um"}, "list": [["U1.W1", "F1"], ["U1.W2", "F2"]]},
    "netlist": [["VDD", "U1.W1", "A1"], ["GND", "U1.W2", "A2"], ["VDD", "U1.P1", ""], ["VDD", "U2.A1", ""],
                ["GND", "U1.P2", ""], ["GND", "U2.A2", ""]]}
FLAT: dict[str, Any] = {
    "package": "F", **REST, **BALLS, "carrier": CARRIER, "chips": [FLIP], "mold": {**REST["mold"], "cap": "315 um"},
    "passives": [{"name": "C1", "size": "01005", "at": ["0 mm", "2 mm"], "nets": ["VDD", "GND"]}],
    "netlist": [["VDD", "U1.A1", "A1"], ["GND", "U1.A2", "A2"]]}
FRAMED: dict[str, Any] = {
    "package": "Q", **REST, "mold": {**REST["mold"], "cap": "315 um"}, "chips": [FLIP],
    "carrier": {"kind": "lead frame", "size": ["5 mm", "5 mm"],
                "frame": {"thickness": "200 um", "paddle": ["2.7 mm", "2.7 mm"], "paddle_net": "GND",
                          "leads": {"sides": 4, "per_side": 6, "pitch": "0.5 mm", "width": "0.25 mm", "length": "0.4 mm",
                                    "inner_length": "0.45 mm"}}},
    # Between the leads 9 and 10 at the bottom: 0.5 mm apart, as are the terminals of an 01005.
    "passives": [{"name": "C1", "size": "01005", "at": ["0 mm", "1.9 mm"], "nets": ["V1", "V2"]}],
    "netlist": [["GND", "U1.A1", ""], ["V1", "", "9"], ["V2", "", "10"]]}


def made(base: dict[str, Any], **changes: Any) -> Package:
    return package_of(changed(copy.deepcopy(base), {path.replace("__", "."): value for path, value in changes.items()}))


def errors(result: Result) -> list[tuple[str, str]]:
    return [(one.rule.name, one.judged.reading.note) for one in result.findings if one.severity == ERROR]


def names(package: Package) -> set[str]:
    return {name for name, _ in errors(check(package, DECK))}


def claims(package: Package, status: str) -> set[int]:
    return {row.number for row in claim_chart(check(package, DECK)) if row.status == status}


@pytest.mark.parametrize("base", [STACK, FLAT, FRAMED], ids=["stack", "flat", "frame"])
def test_the_sound_twins_have_no_error_as_file_and_as_board(base: dict[str, Any]) -> None:
    package = made(base)
    assert errors(check(package, DECK)) == []
    assert errors(check(read_board(board_file(package), "b.kicad_pcb"), DECK)) == []


def test_sound_twins_meet_their_claims() -> None:
    assert claims(made(STACK), MET) >= {6, 7, 8, 9, 13, 14, 15}
    assert claims(made(FLAT), MET) >= {1, 2, 3, 4, 5, 15}
    assert claims(made(FRAMED), MET) >= {1, 2, 4, 5, 15}


def test_a_chipset_without_wires_is_connected_to_nothing() -> None:
    package = made(STACK, wires=None, carrier__fingers=None)
    assert names(package) == {"chip-not-connected", "bond-pad-not-bonded"}
    assert claims(package, NOT_MET) >= {6, 7, 8, 9, 13, 14, 15, 16}
    assert ("chip-not-connected", "U2: of 2 joints none leads to the carrier") in errors(check(package, DECK))


def test_one_wire_forgotten_is_an_open_at_its_pad() -> None:
    result = check(made(STACK, wires__list=[["U1.W1", "F1"]]), DECK)
    assert errors(result) == [("bond-pad-not-bonded", "U1.W2 GND")]
    assert result.findings[0].judged.reading.where == ("chips.U1.pads.W2",)
    assert result.findings[0].judged.reading.at == (1_300_000, -500_000)


@pytest.mark.parametrize("angle", ["90 deg", "180 deg", "270 deg"])
def test_a_chip_turned_on_its_chip_is_told_joint_by_joint(angle: str) -> None:
    package = made(STACK, chips__1__angle=angle)
    told = errors(check(package, DECK))
    assert {name for name, _ in told} <= {"bump-and-pad-not-both-on-a-net", "chip-not-connected", "bump-joins-two-nets"}
    joints = [note for name, note in told if name in ("bump-and-pad-not-both-on-a-net", "bump-joins-two-nets")]
    assert len(joints) == (4 if angle == "180 deg" else 3)  # by a quarter one bump meets a pad of the other net
    assert "chip-not-connected" in {name for name, _ in told}
    assert claims(package, NOT_MET) >= {6, 8}


def test_one_good_joint_of_a_turned_chip_keeps_it_connected_and_the_others_are_errors() -> None:
    package = made(STACK, netlist=[*STACK["netlist"][:4], ["GND", "U1.P3", ""], ["GND", "U2.A2", ""]])
    assert [note for _, note in errors(check(package, DECK))] == ["U2.A2 GND on U1.P2 (no net)", "U2.A3 (no net) on U1.P3 GND"]
    assert 8 in claims(package, NOT_MET)  # which asks for several joints


def test_a_net_through_silicon_is_open_where_the_upper_chip_is_turned() -> None:
    grid = {"grid": [4, 4], "pitch": "400 um"}
    base = {**FLAT, "passives": None, "chips": [
        {**FLIP, "pads": {"array": {**grid, "names": {"prefix": "P"}}, "size": "80 um"}, "thickness": "100 um"},
        {**UPPER, "size": ["1.8 mm", "1.8 mm"], "bumps": {**UPPER["bumps"], "array": grid}}],
        "netlist": [["S", "U1.A1", "A1"], ["S", "U1.PA1", ""], ["S", "U2.A1", ""]]}
    del base["passives"]
    assert "bump-and-pad-not-both-on-a-net" not in names(made(base))
    assert "chip-not-connected" not in names(made(base))
    told = errors(check(made(base, chips__1__angle="180 deg"), DECK))
    assert ("bump-and-pad-not-both-on-a-net", "U2.A1 S on U1.PD4 (no net)") in told
    assert ("bump-and-pad-not-both-on-a-net", "U2.D4 (no net) on U1.PA1 S") in told


def test_a_chip_beside_its_chip_is_not_connected() -> None:
    package = made(STACK, chips__1__at=["2 mm", "1.9 mm"])
    assert "chip-not-connected" in names(package)
    assert claims(package, NOT_MET) >= {6, 8}


def test_what_a_chip_stands_on_without_stated_pads_is_not_known() -> None:
    lower = {**FLIP, "size": ["2.4 mm", "2.4 mm"], "thickness": "80 um"}
    base = {key: value for key, value in FLAT.items() if key != "passives"}
    package = made({**base, "chips": [lower, UPPER], "netlist": [*FLAT["netlist"], ["VDD", "U2.A1", ""]]})
    (missing,) = check(package, DECK).verdict("chip-not-connected").untested
    assert missing.where == ("chips.U1.pads",)


@pytest.mark.parametrize(("changes", "note"), [
    ({"passives__0__nets": ["VDD", "VDD"]}, "C1 is shorted: all terminals are on VDD"),
    ({"passives__0__nets": ["VDD", ""]}, "C1: terminal 2 connects nothing"),
    ({"passives__0__nets": ["VDD", "LONELY"]}, "C1: terminal 2 connects nothing"),
    ({"passives__0__at": ["0 mm", "4 mm"]}, "C1: terminal 1 lies beside the carrier; terminal 2 lies beside the carrier"),
])
def test_a_passive_that_joins_nothing_is_not_attached(changes: dict[str, Any], note: str) -> None:
    package = made(FLAT, **changes)
    assert ("passive-not-connected", note) in errors(check(package, DECK))
    assert 4 in claims(package, NOT_MET)


@pytest.mark.parametrize(("ends", "note"), [
    (2, ""), (1, "C1 has one terminal"), (0, "C1 has no terminal")])
def test_a_passive_has_two_terminals(ends: int, note: str) -> None:
    package = made(FLAT)
    parts = tuple(replace(one, terminals=one.terminals[:ends]) for one in package.passives)
    told = errors(check(replace(package, passives=parts), DECK))
    assert told == ([("passive-not-connected", note)] if note else [])


def test_an_island_of_passives_is_joined_to_nothing_and_a_chain_from_chip_to_ball_is() -> None:
    pair = [{"name": "C1", "size": "01005", "at": ["-1 mm", "2 mm"], "nets": ["X", "Y"]},
            {"name": "C2", "size": "01005", "at": ["1 mm", "2 mm"], "nets": ["X", "Y"]}]
    told = errors(check(made(FLAT, passives=pair), DECK))
    said = "is joined to passives only, no chip and no exit"
    assert told == [("passive-not-connected", f"{name} {said}") for name in ("C1", "C2")]
    chain = [{**pair[0], "nets": ["VDD", "X"]}, {**pair[1], "nets": ["X", "GND"]}]
    assert errors(check(made(FLAT, passives=chain), DECK)) == []


@pytest.mark.parametrize(("at", "note"), [
    (["1.6 mm", "1.6 mm"], "C1: terminal 1 stands on no metal; terminal 2 stands on no metal"),
    (["0 mm", "1.5 mm"],
     "C1: terminal 1 stands on no metal; terminal 1 (V1) touches the paddle (GND); "
     "terminal 2 stands on no metal; terminal 2 (V2) touches the paddle (GND)"),
    (["-0.5 mm", "1.9 mm"], "C1: terminal 1 (V1) stands on lead 8 (no net); terminal 2 (V2) stands on lead 9 (V1)"),
    (["0 mm", "0 mm"], "C1: terminal 1 (V1) stands on the paddle (GND); terminal 2 (V2) stands on the paddle (GND)"),
])
def test_a_passive_on_a_frame_stands_on_metal_of_its_nets(at: list[str], note: str) -> None:
    package = made(FRAMED, passives__0__at=at)
    assert ("passive-not-connected", note) in errors(check(package, DECK))
    assert 4 in claims(package, NOT_MET)


@pytest.mark.parametrize("bars", [None, "150 um"])
def test_bumps_in_the_air_beside_a_frames_metal_or_on_its_tie_bars_connect_nothing(bars: object) -> None:
    air = {"at": {"B1": ["1.55 mm", "1.55 mm"], "B2": ["-1.55 mm", "-1.55 mm"]}}
    frame = {**FRAMED["carrier"]["frame"], **({"tie_bars": bars} if bars else {})}
    package = made(FRAMED, chips__0__size=["4 mm", "4 mm"], chips__0__bumps__array=air, passives=None,
                   carrier__frame=frame, netlist=[["GND", "U1.B1", "1"], ["V", "U1.B2", "2"]])
    assert names(package) == {"bump-not-on-lead", "chip-not-connected"}
    assert claims(package, NOT_MET) >= {1, 15}


def test_a_bump_with_a_net_on_a_lead_without_one_is_open_and_one_without_on_the_paddle_is_not() -> None:
    # The bumps of the sound twin but one have no net and stand on the paddle.
    package = made(FRAMED, carrier__frame__paddle_net=None)
    assert ("bump-and-pad-not-both-on-a-net", "U1.A1 GND on the paddle (no net)") in errors(check(package, DECK))


@pytest.mark.parametrize(("changes", "note"), [
    ({"chips__0__bumps__pad": "1.1 mm", "chips__0__bumps__opening": "85 um"},
     "the pad under U1.A1 VDD and the pad under U1.A2 GND"),
    ({"balls__land": "2.1 mm"}, "ball A1 VDD and ball A2 GND"),
    ({"passives__1": {"name": "C2", "size": "01005", "at": ["0.5 mm", "2 mm"], "nets": ["VDD", "GND"]}},
     "C1.2 GND and C2.1 VDD"),
    ({"passives__0__at": ["-0.7 mm", "-0.5 mm"]}, "the pad under U1.A1 VDD and C1.2 GND"),
])
def test_lands_that_overlap_are_shorts(changes: dict[str, Any], note: str) -> None:
    assert ("lands-touch", note) in errors(check(made(FLAT, **changes), DECK))


def test_lands_of_one_net_may_touch() -> None:
    second = {"name": "C2", "size": "01005", "at": ["0.5 mm", "2 mm"], "angle": "180 deg", "nets": ["VDD", "GND"]}
    assert "lands-touch" not in names(made(FLAT, passives__1=second))


def test_a_package_without_nets_leaves_the_question_open() -> None:
    text = "package: P\ncarrier: {kind: substrate, size: [6 mm, 6 mm]}\nchips:\n  - {name: U1, size: [2 mm, 2 mm], " \
           "bonded: flip-chip, bumps: {array: {grid: [2, 2], pitch: 1 mm}, diameter: 80 um}}\n"
    (missing,) = check(read_package_text(text, "p.yaml", PACKAGES), DECK).verdict("chip-not-connected").untested
    assert "no pad has a net" in missing.missing


@pytest.mark.parametrize("name", ["face-up_flip_stack", "qfn-32_stack", "flip_face-up_flip_stack", "memory_on_logic"])
def test_any_one_wire_left_out_of_an_example_is_told_at_its_pad(name: str) -> None:
    package = read_package_file(REPOSITORY / f"examples/{name}.yaml")
    for wire in package.wires[::7]:
        left = replace(package, wires=tuple(one for one in package.wires if one is not wire))
        findings = [one for one in check(left, DECK).findings if one.severity == ERROR]
        assert [one.rule.name for one in findings if one.rule.name != "bond-pads-buried"] == (
            ["bond-pad-not-bonded"] if wire.net else [])
        chip, _, pad = wire.start.partition(".")
        assert not wire.net or findings[0].judged.reading.where == (f"chips.{chip}.pads.{pad}",)


@pytest.mark.parametrize("name", ["face-up_flip_stack", "interposer_2.5d", "flip_face-up_flip_stack"])
def test_any_one_net_taken_from_a_bump_on_a_chip_or_given_to_another_is_told_at_its_joint(name: str) -> None:
    package = read_package_file(REPOSITORY / f"examples/{name}.yaml")
    upper = package.chips[-1]
    assert upper.bumps is not None
    with_nets = [i for i, net in enumerate(upper.bumps.nets) if net]
    for i in with_nets[::max(1, len(with_nets) // 4)]:
        for net, rule in (("", "bump-and-pad-not-both-on-a-net"), ("OTHER", "bump-joins-two-nets")):
            nets = (*upper.bumps.nets[:i], net, *upper.bumps.nets[i + 1:])
            other = replace(upper, bumps=replace(upper.bumps, nets=nets))
            findings = [one for one in check(replace(package, chips=(*package.chips[:-1], other)), DECK).findings
                        if one.severity == ERROR]
            assert [one.rule.name for one in findings] == [rule]
            assert findings[0].judged.reading.where[0] == f"chips.{upper.name}.bumps.{upper.bumps.sites.names[i]}"
