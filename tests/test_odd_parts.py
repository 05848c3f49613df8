"""One odd part does not stop the check: it is a finding, and only what needs it is not checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from dose import dose
from overmold.buttons.showing import markers_of
from overmold.check import BROKEN, NOTED, UNTESTED, WARNED, Result, check
from overmold.claims import claim_chart
from overmold.cli import main
from overmold.kicad.reading import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.package import (
    Balls,
    BondPads,
    Bumps,
    Carrier,
    Chip,
    Frame,
    Mold,
    Package,
    Passive,
    Process,
    Singulation,
    Wire,
)
from overmold.package.datum import COUNT, NAMES, PAIR, PLAIN, QUANTITY, TEXT, WORD, Datum, data_of
from overmold.package_file import read_package_file
from overmold.pages.check import check_page
from overmold.rule import load_deck
from paths import PACKAGES
from reports import report_of, text_of
from test_broken_boards import edited

PARTS = (Package, Carrier, Frame, Mold, Process, Balls, Singulation, Chip, Bumps, BondPads, Wire, Passive)
FIELDS = {one.label: one for part in PARTS for one in data_of(part).values()}
FIELD = re.compile(r'\(property "([^"]+)" "([^"]+)"')
DECK = load_deck()
GOOD = ("demo", "stack_three", "qfn")


@cache
def board(name: str) -> str:
    return board_file(read_package_file(PACKAGES / f"{name}.yaml")).decode()


def judged(text: str) -> Result:
    return check(read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb"), DECK)


@cache
def whole(name: str) -> Result:
    return judged(board(name))


def stated(name: str) -> Iterator[tuple[int, int, str, Datum]]:
    """Where the value of every declared field of a built board begins and ends, the value and its declaration."""
    for found in FIELD.finditer(board(name)):
        if found[1] in FIELDS:
            yield found.start(2), found.end(2), found[2], FIELDS[found[1]]


def others(value: str, one: Datum) -> list[str]:
    """Other values that may stand in a field."""
    if one.form in (QUANTITY, PLAIN):
        number, unit = re.match(r"([\d.]+)\s*(\S+)", value).groups()
        return [f"{float(number) * factor:.6g} {unit}" for factor in (0.3, 3)]
    if one.form == WORD:
        return [word for word in one.words if word != value]
    return {COUNT: ["2", "3"], PAIR: ["3 x 5"]}.get(one.form, [])


def odd(one: Datum) -> str:
    """A value that cannot be read."""
    return {QUANTITY: "12", PLAIN: "12", WORD: "quux", COUNT: "zero", PAIR: "many", NAMES: "U99"}.get(one.form, "")


def readings(result: Result) -> dict[str, tuple]:
    return {verdict.rule.name: (verdict.status, tuple((one.reading.where, one.reading.value, one.reading.low, one.reading.high)
                                                      for one in verdict.judged)) for verdict in result.verdicts}


@cache
def tried(name: str, start: int, end: int, value: str) -> Result:
    return judged(board(name)[:start] + value + board(name)[end:])


def differing(name: str, start: int, end: int, values: list[str], worse: bool = False) -> set[str]:
    """The rules of which any of these values changes what is read: those that need the field, found by trying.

    ``worse``: only those that some value breaks.
    """
    before, found = readings(whole(name)), set()
    for value in values:
        result = tried(name, start, end, value)
        if not result.package.odd:
            after = readings(result)
            found |= {rule for rule in before
                      if before[rule] != after[rule] and (not worse or after[rule][0] in (BROKEN, WARNED))}
    return found


@pytest.mark.parametrize("name", GOOD[:dose(1, 2)])
def test_a_field_that_cannot_be_read_leaves_open_what_needs_it_and_nothing_else_changes(name):
    before, count = readings(whole(name)), 0
    for start, end, value, one in {one.label: (start, end, value, one) for start, end, value, one in stated(name)}.values():
        if not odd(one):
            continue
        count += 1
        result = judged(board(name)[:start] + odd(one) + board(name)[end:])
        assert len(result.package.odd) >= 1, one.label
        after = readings(result)
        for rule in differing(name, start, end, others(value, one)):
            assert after[rule][0] == UNTESTED, (one.label, rule, after[rule][0])
        for rule, (status, read) in after.items():
            assert status == UNTESTED or (status, read) == before[rule], (one.label, rule)
        assert result.errors == 0
        assert sum(status == UNTESTED for status, _ in after.values()) < len(after) * 0.8, one.label
    assert count > 10


@pytest.mark.parametrize("name", GOOD)
def test_an_emptied_field_is_not_stated_and_no_error(name):
    before = readings(whole(name))
    for start, end, value, one in stated(name):
        if one.form == TEXT and one.label.endswith(("note", "Value")):
            continue
        result = judged(board(name)[:start] + board(name)[end:])
        assert not result.package.odd or one.label in NEEDED, (one.label, result.package.odd)
        assert result.errors == 0, (one.label, [str(one.message) for one in result.findings])
        after = readings(result)
        if name == "demo" and one.usual in (None, one.nothing) and "if left out" not in one.says:
            for rule in differing(name, start, end, others(value, one), worse=True):
                assert after[rule][0] not in ("kept", NOTED), (one.label, rule, after[rule])
        assert not {rule for rule in after if after[rule][0] in (BROKEN, WARNED) and after[rule] != before[rule]}, one.label


NEEDED = ("Wire diameter", "Bond pad size", "Frame thickness", "Stands on")

def test_what_cannot_be_read_is_told_by_name_place_and_uuid_in_text_json_and_page(tmp_path, capsys):
    path = tmp_path / "b.kicad_pcb"
    text = board("demo").replace('"Passive height" "', '"Passive height" "a lot or ', 1)
    path.write_text(text)
    assert main(["drc", str(path), "--format", "json"]) == 2
    report = json.loads(capsys.readouterr().out)["reports"][0]
    (one,) = report["not_read"]
    line = text.count("\n", 0, text.index("a lot or")) + 1
    assert (report["verdict"], one["part"], one["line"]) == ("incomplete", "C1, field 'Passive height'", line)
    assert re.search(rf'uuid "{one["uuid"]}"', text)
    assert one["pos"] != {"x": 0, "y": 0}
    assert one["unknown"] == ["passives.C1.height"]
    assert report["violations"][0]["items"][0]["uuid"] == one["uuid"]
    assert main(["drc", str(path)]) == 2
    said = capsys.readouterr().out
    assert "C1, field 'Passive height' at (" in said
    assert said.splitlines()[-1].startswith("INCOMPLETE: 1 not read, ")
    assert main(["claims", str(path)]) == 2
    assert "Passive height" in capsys.readouterr().err
    result = judged(text)
    page, targets = check_page(report_of(result))
    assert "Not read" in page
    assert targets.uuids[0] == (one["uuid"],)
    assert markers_of(report_of(result))[0].uuids == (one["uuid"],)


@pytest.mark.parametrize(("change", "part", "still", "open_ones"), [
    (lambda text: flipped(text, "C1"), "C1", ("bumps-too-close", "cover-not-half-to-twice-gap"), ("passive-not-connected",)),
    (lambda text: text.replace('"Reference" "C1"', '"Reference" "U1"', 1), "U1",
     ("bumps-too-close", "cover-not-half-to-twice-gap", "passive-not-connected"), ()),
    (lambda text: re.sub(r'(\(layer "F.Mask".*?)\(thickness [\d.]+\)', r"\1", text, count=1, flags=re.S),
     "stack-up layer F.Mask", ("bumps-too-close", "passive-not-connected"), ("cover-not-half-to-twice-gap",)),
    (lambda text: edited(text, "U1", r'\(layer "User.1"\)', '(layer "User.9")', 99), "U1", ("balls-not-on-far-side",),
     ("chip-not-connected", "chip-not-covered", "passive-too-near-chip", "cover-not-half-to-twice-gap")),
])
def test_an_odd_part_is_a_finding_on_it_and_the_rest_is_judged(change, part, still, open_ones):
    text = change(board("demo"))
    assert text != board("demo")
    result = judged(text)
    assert part in [odd.place.text for odd in result.package.odd]
    assert report_of(result).verdict == "incomplete"
    assert {rule: result.verdict(rule).status for rule in still} == dict.fromkeys(still, "kept")
    assert {rule: result.verdict(rule).status for rule in open_ones} == dict.fromkeys(open_ones, UNTESTED)
    assert result.errors == 0


def flipped(text: str, part: str) -> str:
    return edited(text, part, r'\t\t\(layer "F.Cu"\)', '\t\t(layer "B.Cu")')


def test_a_chip_that_is_lost_leaves_every_claim_open():
    result = judged(edited(board("stack_three"), "U3", r'\(layer "User.1"\)', '(layer "User.9")', 99))
    assert {row.status for row in claim_chart(result) if row.number < 16} <= {UNTESTED, "not applicable"}
    assert result.errors == 0


def test_a_passive_not_to_be_placed_is_no_passive():
    text = edited(board("demo"), "C1", r"\(attr smd", "(attr smd dnp")
    result = judged(text)
    assert "C1" not in [one.name for one in result.package.passives]
    assert not result.verdict("passive-not-inside-mold").untested
    assert "not to be placed (DNP): C1;" in text_of(result)
    assert not result.errors


LAYERS = {"Chip outline": "User.1", "Mold cap outline": "User.2", "Saw street": "User.3", "Bumps on chips": "User.4",
          "Bond pads": "User.5", "Wires": "User.6", "Frame feet": "User.7"}
SHAPES = ("line (start 97 97) (end 98 98)", "rect (start 97 97) (end 98 98)", "circle (center 97 97) (end 98 98)",
          "arc (start 97 97) (mid 98 98) (end 99 97)", "poly (pts (xy 97 97) (xy 98 98) (xy 99 97))",
          'text "A1: VDD" (at 97 97)')


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_on_a_named_layer_is_passed_over_in_silence(layer, shape):
    """On the board itself, and in the footprint of a part that has no business there."""
    clause = f'(gr_{shape} (layer "{LAYERS[layer]}"))'
    texts = [board("demo").rstrip().removesuffix(")") + clause + ")",
             edited(board("demo"), "C1", r'\(property "Reference"',
                    clause.replace("(gr_", "(fp_").replace("text ", "text user ") + ' (property "Reference"')]
    for text in texts:
        package = judged(text).package
        said = [*(odd.message for odd in package.odd), *package.remarks]
        assert any(layer in words or LAYERS[layer] in words for words in said), text == texts[0]
    assert not whole("demo").package.odd
    assert not whole("demo").package.remarks
