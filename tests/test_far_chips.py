"""Chips on the carrier's far side: judged by their own side alone, as file and as board, beside every other kind of part."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overmold.check import Verdict, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.exchange.reading import Asked
from overmold.exchange.reading.any_file import read_foreign
from overmold.exchange.writing import KINDS
from overmold.faults import Faults
from overmold.fill.layers import layers
from overmold.kicad.placing.proposal import propose
from overmold.kicad.reading import read_board
from overmold.kicad.reading.board import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import build
from overmold.kicad.writing.rules import rules_file
from overmold.metal import CARRIER_PAD, metal_of
from overmold.model3d.scene import FINISHED, scene
from overmold.package import Package
from overmold.package.moved import chip_at
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.levels import ends, level
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.shapes import rectangle
from overmold.space import chip_body, over
from overmold.space.bodies import bodies, package_top
from overmold.space.crowds import crowds
from paths import PACKAGES
from test_broken_boards import edited
from test_far_passives import both
from variants import changed, package_of

DECK = load_deck()
BARE, MOLDED = PACKAGES / "far_chip.yaml", PACKAGES / "far_chip_molded.yaml"


def data_of(path: Path) -> dict[str, Any]:
    from overmold.marked_yaml import load

    data: dict[str, Any] = load(path.read_bytes(), str(path)).data
    return data


def design(path: Path = BARE, **changes: Any) -> Package:
    return package_of(changed(data_of(path), {name.replace("__", "."): value for name, value in changes.items()}))


def verdicts(package: Package) -> dict[str, str]:
    return {one.rule.name: one.status for one in check(package, DECK).verdicts}


def broken(package: Package) -> set[str]:
    return {name for name, status in verdicts(package).items() if status in ("broken", "warned")}


def of_chip(package: Package, rule: str, name: str) -> list[Any]:
    """The readings of a rule on a chip, and what is not known of it."""
    verdict = check(package, DECK).verdict(rule)
    return [*(one.reading for one in verdict.judged if f"chips.{name}" in one.reading.where[0]),
            *(one for one in verdict.untested if one.of == f"chips.{name}")]


def test_its_gap_is_that_over_the_far_mask_and_its_cover_that_of_the_block_there(tmp_path: Path) -> None:
    for package in both(read_package_file(MOLDED), tmp_path):
        (gap,) = of_chip(package, "gap-too-narrow-to-fill", "U2")
        assert (gap.value, gap.low, gap.high) == (55_000, 47_000, 63_000)  # 75 um of bump less 20 um of mask below
        (ratio,) = of_chip(package, "cover-not-half-to-twice-gap", "U2")
        # 225 um of block less 55 um of gap and 100 um of chip: 70 um over 55 um.
        assert ratio.value * 55 == 70
        # M 235, t1 47, T 95: 93 / 47; M 215, t1 63, T 105: 47 / 63.
        assert (ratio.high * 47, ratio.low * 63) == (93, 47)
        (near,) = of_chip(package, "cover-not-half-to-twice-gap", "U1")
        assert near.value * 60 == 75
        assert not broken(package) - {"cover-not-half-to-twice-gap"}


def test_bare_it_is_noted_and_the_chart_says_not_met(tmp_path: Path) -> None:
    for package in both(read_package_file(BARE), tmp_path):
        found, chart = verdicts(package), {row.number: row for row in claim_chart(check(package, DECK))}
        assert not broken(package)
        assert (found["chip-not-covered"], found["gap-not-filled"]) == ("noted", "noted")
        assert [chart[number].status for number in (1, 2, 3, 5)] == ["met"] * 4
        assert "met by U1" in chart[1].because
        assert "U2 is outside" in chart[1].because
        assert [chart[number].status for number in (6, 13, 15)] == ["not met"] * 3


def test_in_its_own_block_it_meets_the_claims_but_the_balls_are_on_its_surface() -> None:
    chart = {row.number: row for row in claim_chart(check(read_package_file(MOLDED), DECK))}
    assert [chart[number].status for number in (1, 2, 3, 5, 6, 7)] == ["met"] * 6
    assert chart[13].status == "not met"
    assert "the balls are on the surface of U2" in chart[13].because
    # Alone it is the chip of claim 1, and no ball is away from it.
    alone = design(MOLDED, chips=data_of(MOLDED)["chips"][1:], netlist=[["VDD", "U2.A1", "A1"], ["GND", "U2.A2", "A2"]])
    chart = {row.number: row for row in claim_chart(check(alone, DECK))}
    assert (chart[1].status, chart[3].status) == ("met", "not met")
    strict = {row.number: row.status for row in claim_chart(check(read_package_file(MOLDED), DECK), strict=True)}
    assert strict[3] == "not met"


def test_without_a_word_on_its_filling_a_bare_gap_is_not_filled() -> None:
    package = design(BARE, chips__1__gap_filled_with=None, chips__1__fillet=None)
    assert broken(package) == {"gap-not-filled"}
    (reading,) = of_chip(package, "gap-not-filled", "U2")
    assert "gap_filled_with" in reading.note
    open_gap = design(BARE, chips__1__gap_filled_with="nothing", chips__1__fillet=None)
    assert broken(open_gap) == {"open-bumps-melt-on-board"}


WRONG: dict[str, tuple[dict[str, Any], set[str]]] = {
    "as far down as the balls": ({"chips.1.thickness": "260 um"}, {"far-chip-near-board"}),
    "in a corner too far": ({"chips.1.thickness": "230 um ± 20 um"}, {"far-chip-near-board"}),
    "beside a ball": ({"chips.1.at": ["0.9 mm", "0 mm"]}, {"far-chip-too-near-ball", "underfill-runs-into-part"}),
    "in a ball": ({"chips.1.at": ["1.15 mm", "0 mm"]}, {"far-chip-too-near-ball", "underfill-runs-into-part"}),
    "with a bump on a ball's land": ({"chips.1.at": ["1.6 mm", "0 mm"]}, {
        "far-chip-too-near-ball", "underfill-runs-into-part", "lands-touch", "mask-web-too-thin"}),
    "with a wide fillet": ({"chips.1.fillet": "0.95 mm"}, {"underfill-runs-into-part"}),
    "with its first bump on no net": ({"netlist": [["VDD", "U1.A1", "A1"], ["GND", "U1.A2", "A2"]]}, {"chip-not-connected"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_one_breaks_what_it_breaks_as_file_and_as_board(what: str, tmp_path: Path) -> None:
    changes, due = WRONG[what]
    package = package_of(changed(data_of(BARE), changes))
    seen = [broken(one) for one in both(package, tmp_path)]
    assert seen[0] == due
    assert all(one == due for one in seen), seen


MOLDED_WRONG: dict[str, tuple[dict[str, Any], set[str]]] = {
    "as high as its block": ({"chips.1.thickness": "180 um"}, {"chip-not-covered"}),
    "over the rim of its block": ({"chips.1.at": ["0.4 mm", "0 mm"]}, {"chip-not-covered"}),
    "near the wall of its block": ({"chips.1.size": ["2.05 mm", "1.4 mm"]}, {"chip-too-near-mold-edge"}),
    "under too much mold": ({"mold.regions.0.cap": "300 um ± 10 um"}, {"cover-not-half-to-twice-gap"}),
    "with a coarse filler": ({"mold.filler": "30 um"}, {"filler-not-below-half-gap", "filler-above-a-third-of-gap"}),
}


@pytest.mark.parametrize("what", MOLDED_WRONG)
def test_in_mold_a_wrong_one_breaks_what_it_breaks_and_the_chip_side_nothing(what: str, tmp_path: Path) -> None:
    changes, due = MOLDED_WRONG[what]
    package = package_of(changed(data_of(MOLDED), changes))
    seen = [broken(one) for one in both(package, tmp_path)]
    assert seen[0] >= due, seen[0]
    assert all(one == seen[0] for one in seen)
    errors = [one for one in check(package, DECK).verdicts if one.status == "broken"]
    for verdict in errors if "filler" not in what else ():
        assert all("U1" not in key for one in verdict.judged if one.severity == "error" for key in one.reading.where)


def with_parts(*parts: dict[str, Any], **changes: Any) -> Package:
    data = changed(data_of(BARE), {name.replace("__", "."): value for name, value in changes.items()})
    return package_of({**data, "passives": list(parts)})


PART = {"name": "C1", "size": "01005", "nets": ["VDD", "GND"]}


def test_a_passive_of_its_side_keeps_away_from_it_and_one_of_the_other_side_does_not(tmp_path: Path) -> None:
    below = with_parts({**PART, "at": ["1.05 mm", "0 mm"], "side": "far side"})
    for package in both(below, tmp_path):
        assert broken(package) == {"passive-too-near-chip", "land-under-chip", "underfill-runs-into-part"}
    assert "land-under-chip" in broken(with_parts({**PART, "at": ["0.05 mm", "0 mm"], "side": "far side"}))
    above = with_parts({**PART, "at": ["0.05 mm", "0 mm"]}, chips__0__at=["2.2 mm", "0 mm"])
    assert not broken(above)


def test_two_of_them_keep_apart_and_none_of_them_from_the_chip_over_it() -> None:
    other = {**data_of(BARE)["chips"][1], "name": "U3", "size": ["0.6 mm", "0.5 mm"],
             "bumps": {**data_of(BARE)["chips"][1]["bumps"], "array": {"grid": [2, 1], "pitch": "200 um"}}}
    nets = [*data_of(BARE)["netlist"], ["VDD", "U3.A1", "A1"], ["GND", "U3.A2", "A2"]]
    apart = design(BARE, chips__2={**other, "at": ["0 mm", "1.19 mm"]}, netlist=nets)
    assert broken(apart) == {"underfill-runs-into-part"}
    near = design(BARE, chips__2={**other, "at": ["0 mm", "0.97 mm"]}, netlist=nets)
    assert broken(near) == {"underfill-runs-into-part", "chips-too-close"}
    assert "chips-overlap" in broken(design(BARE, chips__2={**other, "at": ["0 mm", "0.5 mm"]}, netlist=nets))


def test_keep_outs_know_its_side() -> None:
    for side, due in (("far side", {"part-in-keep-out", "metal-in-keep-out"}), ("chip side", set()),
                      ("both sides", {"part-in-keep-out", "metal-in-keep-out"})):
        out = [{"name": "K", "kept_out": word, "size": ["0.5 mm", "0.5 mm"], "at": ["0.05 mm", "0 mm"], "side": side}
               for word in ("parts", "metal")]
        named = [{**one, "name": f"K{i}"} for i, one in enumerate(out)]
        package = design(BARE, chips__0__at=["2.2 mm", "0 mm"], keep_outs=named)
        assert broken(package) == due, side
    high = {"name": "K", "kept_out": "parts", "size": ["0.5 mm", "0.5 mm"], "side": "far side", "above": "170 um"}
    assert not broken(design(BARE, keep_outs=[high]))  # it reaches 155 um ± 13 um below the carrier
    assert broken(design(BARE, keep_outs=[{**high, "above": "165 um"}])) == {"part-in-keep-out"}


def test_a_cavity_there_is_none_and_where_the_far_mask_merges_the_gap_is_deeper() -> None:
    assert "cavity-not-in-carrier" in broken(design(BARE, chips__1__cavity={"depth": "60 um", "room": "100 um"}))
    merged = design(BARE, chips__1__bumps__opening="500 um", chips__1__bumps__pad="90 um")
    (gap,) = of_chip(merged, "gap-too-narrow-to-fill", "U2")
    assert gap.value == 75_000
    (near,) = of_chip(merged, "gap-too-narrow-to-fill", "U1")
    assert near.value == 60_000


def test_bare_lands_leave_no_room_that_anybody_knows() -> None:
    lands = {"terminals": "lands", "array": data_of(BARE)["balls"]["array"], "land": "0.5 mm"}
    found = check(design(BARE, balls=lands), DECK)
    assert found.verdict("far-chip-near-board").status == "not checked"
    assert found.verdict("far-chip-too-near-ball").status == "kept"
    assert "far-chip-too-near-ball" in broken(design(BARE, balls=lands, chips__1__at=["0.9 mm", "0 mm"]))
    unknown = check(design(BARE, balls__standoff=None), DECK).verdict("far-chip-near-board").untested
    assert "standoff" in unknown[0].missing
    thin = check(design(BARE, chips__1__thickness=None), DECK).verdict("far-chip-near-board").untested
    assert "chip thickness of U2" in thin[0].missing


REFUSED = {
    "face up": ({"chips.1.bonded": "face-up", "chips.1.bumps": None, "chips.1.gap_filled_with": None},
                "only flip chips can stand"),
    "on a chip": ({"chips.1.stands_on": "U1"}, "U2 stands on U1, so it is not on the carrier's far side"),
    "bearing a chip": ({"chips.0.stands_on": "U2"}, "U2 is on the carrier's far side, and no chip can stand on one there"),
    "with bond pads": ({"chips.1.pads": {"array": {"grid": [2, 2], "pitch": "300 um", "names": {"prefix": "P"}},
                                         "size": "60 um"}}, "no wire and no chip comes to bond pads"),
    "bearing a passive": ({"passives": [{**PART, "at": ["0 mm", "0 mm"], "stands_on": "U2"}]},
                          "no passive can stand on a chip there"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_there_is_said_in_one_message(what: str) -> None:
    changes, said = REFUSED[what]
    with pytest.raises(Faults, match=said) as found:
        package_of(changed(data_of(BARE), changes))
    assert len([one for one in found.value.faults if said in one.message]) == 1


def test_a_lead_frame_bears_none() -> None:
    text = (PACKAGES / "qfn.yaml").read_text(encoding="utf-8")
    far = re.sub(r"bonded: (\S+)", "bonded: flip-chip\n    side: far side", text, count=1)
    with pytest.raises(Faults, match="a lead frame bears no chip on its far side"):
        read_package_text(far, "q.yaml", PACKAGES)


def test_on_a_board_the_field_says_where_it_belongs() -> None:
    text = board_file(read_package_file(BARE)).decode()
    unsaid = edited(text, "U2", r'(property "Side of carrier" )"far side"', r'\1""')
    (odd,) = read_board_as_far_as_it_goes(unsaid.encode(), "b").odd
    assert "give it the field 'Side of carrier' = 'far side'" in odd.message
    on_it = edited(text, "U2", r'(property "Side of carrier" "far side")', r'property "Stands on" "U1") (\1')
    messages = [one.message for one in read_board_as_far_as_it_goes(on_it.encode(), "b").odd]
    assert any("U2 stands on U1, so it is not on the carrier's far side" in one for one in messages)
    up = edited(text, "U2", r'(property "Bonding" )"flip-chip"', r'\1"face-up"')
    messages = [one.message for one in read_board_as_far_as_it_goes(up.encode(), "b").odd]
    assert any("only flip chips can stand" in one for one in messages)
    said = edited(text, "U1", r'(property "Bonding" "flip-chip")', r'property "Side of carrier" "far side") (\1')
    messages = [one.message for one in read_board_as_far_as_it_goes(said.encode(), "b").odd]
    assert any("it sits on the side of the chips; flip it" in one for one in messages)


def test_its_body_and_bumps_lie_below_the_carrier_and_in_no_slit_of_the_chip_side() -> None:
    package, alone = read_package_file(MOLDED), design(MOLDED, chips=data_of(MOLDED)["chips"][:1], netlist=None)
    (body,) = [one for one in bodies(package) if one.key == "chips.U2"]
    # 165 um of carrier, 55 um of gap, 100 um of chip.
    assert (body.top.value.nominal, body.bottom.value.nominal) == (-220_000, -320_000)
    (crowd,) = [one for one in crowds(package) if one.key == "chips.U2.bumps"]
    assert (crowd.bottom.value.nominal, crowd.top.value.nominal) == (-220_000, -145_000)  # on its pad, under 20 um of mask
    assert over(package, "carrier") == over(alone, "carrier")
    assert package_top(package) == package_top(alone)
    (slit,) = over(package, "chips.U2")
    assert (slit.upper, slit.thickness.value.nominal) == ("mold.regions.UNDER.cap", 70_000)
    metal = metal_of(package)
    assert set(metal.pieces.side[metal.pieces.numbers(CARRIER_PAD, 1)].tolist()) == {1}
    seen = {one.name for one in scene(package, FINISHED)} - {one.name for one in scene(alone, FINISHED)}
    assert seen == {"chips.U2", "chips.U2.bumps"}


@pytest.mark.parametrize("file", [
    *(name for name in ("demo", "stack_two", "stack_three", "two_molds", "keep_outs", "embedded", "pop", "hybrid", "towers",
                        "passives_on_interposer", "uneven_bumps", "film_and_far_side", "partial_mold", "wlcsp", "interposer"))])
def test_no_rule_of_the_chip_side_counts_one_below(file: str) -> None:
    """A bare one under any other package: what is said of the other parts stays what it was, rule by rule."""
    package = read_package_file(PACKAGES / f"{file}.yaml")
    donor = replace(read_package_file(BARE).chips[1], name="FAR9")
    for at in [chip.at for chip in package.chips[:1]] or [(0, 0)]:
        more = replace(package, chips=(*package.chips, chip_at(donor, at, 0)))
        for was, now in zip(check(package, DECK).verdicts, check(more, DECK).verdicts):
            # How many chips there are, which stack they are, the nearest lands and what lands touch: those are of all.
            if was.rule.measure not in ("flip_chip_bonded_chips", "nets_on_touching_lands", "mask_between_openings") and (
                    not was.rule.measure.startswith("stacked_")):
                assert told(was) == told(now), was.rule.name


def told(verdict: Verdict) -> list[str]:
    """What a rule says of other parts than the one below."""
    judged = [one.reading for one in verdict.judged if "FAR9" not in " ".join(one.reading.where)]
    return sorted([*(str((one.where, one.value, one.low, one.high)) for one in judged),
                   *(str(one.where) for one in verdict.untested if "FAR9" not in one.of)])


def test_the_fill_runs_the_chip_side_alone_and_says_so() -> None:
    package = read_package_file(MOLDED)
    alone = design(MOLDED, chips=data_of(MOLDED)["chips"][:1], netlist=None)
    both_of = [[(one.part, one.low, one.high) for one in layers(each)] for each in (package, alone)]
    assert both_of[0] == both_of[1]


def test_pictures_show_it_below_and_dashed() -> None:
    package = read_package_file(BARE)
    above, below, cut = plan(package), plan(package, side="ball"), section(package)
    assert "chips on the far side are dashed" in above
    assert re.search(r'class="farside"[^>]*><title>U2, on the far side', above)
    assert "chips of the chip side are dashed" in below
    assert re.search(r'class="hidden"[^>]*><title>U1, on the chip side', below)
    rows = {name: float(y) for y, name in re.findall(r'<rect class="chip" x="\S+" y="(\S+)"[^>]*><title>(U\d), ', cut)}
    assert rows["U2"] > rows["U1"]
    assert "t1 55 um" in cut
    assert "fillet of underfill" in cut


def test_without_a_stack_up_it_is_not_known_where_it_is_and_drawn_below_all_the_same() -> None:
    package = design(BARE, carrier__stackup=None)
    assert [body.bottom.value for body in bodies(package) if body.key == "chips.U2"] == [None]
    assert check(package, DECK).verdict("far-chip-near-board").status == "not checked"
    drawn = chip_body(package, package.chips[1])
    assert level(package, drawn.top) == -260_000  # 200 um of carrier and 60 um of gap, as drawn where nobody states them
    (crowd,) = [one for one in crowds(package) if one.key == "chips.U2.bumps"]
    assert -260_000 == ends(package, crowd)[0] < ends(package, crowd)[1] < 0


def test_a_turned_one_survives_board_and_file_and_place_has_nothing_to_do(tmp_path: Path) -> None:
    bumps = {**data_of(BARE)["chips"][1]["bumps"], "diameter": ["80 um", "50 um"], "turn": "20 deg"}
    for angle in ("0 deg", "30 deg", "90 deg", "217.5 deg"):
        for more in ({}, {"chips__1__bumps": bumps}):
            package = design(BARE, chips__1__angle=angle, **more)
            text = board_file(package)
            assert drift(read_board(text, "b.kicad_pcb"), package) == ()
            assert not [one for one in propose(package, text, "b.kicad_pcb").changes if one.unit == "chips.U2"]


def test_place_tells_of_one_that_goes_below() -> None:
    package = read_package_file(BARE)
    nearby = design(BARE, chips__1__side=None, chips__0__at=["2.2 mm", "0 mm"])
    (change,) = [one for one in propose(package, board_file(nearby), "b.kicad_pcb").changes if one.unit == "chips.U2"]
    assert any("side" in words for words in change.words)


PARTLY = {"mold__outline": [["-4 mm", "-4 mm"], ["4 mm", "-4 mm"], ["4 mm", "-0.4 mm"], ["-4 mm", "-0.4 mm"]],
          "mold__covers": "part of the carrier", "chips__0__at": ["0 mm", "-2.2 mm"]}


def test_the_rules_for_kicad_leave_it_out_of_the_mold_of_the_chip_side() -> None:
    text = rules_file(read_package_file(BARE)).decode()
    assert "existsOnLayer('Chip outline') && !A.memberOfFootprint('U2') && !A.enclosedByArea" in text


@pytest.mark.kicad
def test_kicad_finds_nothing_wrong_with_it_and_saves_it_as_it_is(kicad_version, kicad_cli, saved_by_kicad, tmp_path) -> None:
    package = design(BARE, chips__1__angle="30 deg", **PARTLY)
    build(package, tmp_path)
    board, report = next(tmp_path.glob("*.kicad_pcb")), tmp_path / "drc.json"
    # Its own DRC compares each with the library's too: whether it is flipped as KiCad flips.
    kicad_cli(kicad_version, "pcb", "drc", "--severity-all", "--format", "json", "-o", report, board)
    assert json.loads(report.read_text(encoding="utf-8"))["violations"] == []
    assert drift(read_board(saved_by_kicad(board), "b.kicad_pcb"), package) == ()


def test_other_formats_have_it_below_or_say_that_they_cannot(tmp_path: Path) -> None:
    package = read_package_file(MOLDED)
    kinds = {kind.name: kind.write(package) for kind in KINDS}
    assert b"; U2 stands on the carrier's far side" in kinds["aif"]
    assert b"flip chip on the far side" in kinds["bom"]
    for name in (b"FAR_CHIPS", b"FAR_BUMPS"):
        assert name in kinds["dxf"]
    for name in ("aif", "chiplet"):
        read = read_foreign(tmp_path / f"p.{name}", kinds[name], Asked()).package
        assert [(chip.name, chip.is_far, chip.bonded) for chip in read.chips] == [
            ("U1", False, "flip-chip"), ("U2", True, "flip-chip")]
    # 155 um below the carrier's underside; its active face looks up at that.
    assert b"z: -155}" in kinds["chiplet"]
    away = kinds["chiplet"].replace(b"orientation: face_up", b"orientation: flip_chip")
    notes = read_foreign(tmp_path / "p.chiplet", away, Asked()).notes
    assert any("looks away from that, which cannot be said" in note for note in notes)


def test_one_below_the_chip_of_a_wafer_is_judged_as_under_any_carrier() -> None:
    wafer = read_package_file(PACKAGES / "wlcsp.yaml")
    donor = replace(read_package_file(BARE).chips[1], outline=rectangle((0, 0), (300_000, 300_000)))
    found = {one.rule.name: one.status for one in check(replace(wafer, chips=(chip_at(donor, (0, 0), 0),)), DECK).verdicts}
    assert (found["chip-not-covered"], found["gap-not-filled"]) == ("noted", "noted")
    assert found["far-chip-too-near-ball"] == "broken"
    assert found["package-too-high"] == "kept"


def test_under_mold_of_the_chip_side_alone_it_is_as_bare_as_beside_it() -> None:
    """The block that covers the carrier is on the other side: no word of t2, filler or edge of it."""
    for verdict in check(read_package_file(BARE), DECK).verdicts:
        if verdict.rule.measure in ("cover_to_gap_ratio", "filler_to_gap_ratio", "filler_to_bump_space", "mold_over_chip",
                                    "chip_to_mold_edge", "encapsulant_in_slits", "finger_to_chip_edge"):
            assert not any("U2" in key for one in verdict.judged for key in one.reading.where), verdict.rule.name
            assert not any("U2" in one.of for one in verdict.untested), verdict.rule.name


@pytest.mark.kicad
def test_kicad_still_finds_a_chip_of_the_chip_side_outside_of_its_mold(kicad_version, kicad_cli, tmp_path) -> None:
    build(design(BARE, **{**PARTLY, "chips__0__at": ["0 mm", "-1 mm"]}), tmp_path)
    board, report = next(tmp_path.glob("*.kicad_pcb")), tmp_path / "drc.json"
    kicad_cli(kicad_version, "pcb", "drc", "--severity-all", "--format", "json", "-o", report, board)
    found = json.dumps(json.loads(report.read_text(encoding="utf-8"))["violations"])
    assert "chip outline outside the mold cap" in found
    assert "U1" in found
    assert "U2" not in found
