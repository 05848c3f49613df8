"""The report for people and the report for programs: what both say about a broken demo, word for word and key by key."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from overmold.check import check
from overmold.claims import claim_chart
from overmold.compare import Drift
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.report.chart import chart_text
from overmold.report.listing import explain_text, rules_text
from overmold.rule import house_names, load_deck
from paths import DEMO, REPOSITORY
from reports import json_of, report_of, text_of
from variants import demo, demo_with

GOLDEN = Path(__file__).parent / "golden"
BROKEN = {"mold.cap": "455 um ± 15 um"}
ESCAPE = "\x1b["


def report(package: Package, **options: Any) -> str:
    return text_of(check(package, load_deck()), **options)


def is_golden(name: str, text: str) -> bool:
    """Compare with the golden file. OVERMOLD_WRITE_GOLDEN=1 writes it anew: look at what changed before you commit it."""
    path = GOLDEN / name
    if os.environ.get("OVERMOLD_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


def test_the_whole_text_of_a_broken_package_is_what_it_was():
    assert is_golden("demo_broken.txt", report(demo_with(BROKEN), every=True))


def test_the_chart_the_list_of_rules_and_an_explanation_are_what_they_were():
    result = check(demo_with(BROKEN), load_deck())
    deck = load_deck(house_names())
    assert is_golden("demo_broken.claims.txt", chart_text(result.package, claim_chart(result)))
    assert is_golden("rules.txt", rules_text(deck, {}))
    rule = next(rule for rule in deck.rules if rule.name == "cover-not-half-to-twice-gap")
    assert is_golden("explain.txt", explain_text(rule))


def test_the_readme_shows_what_the_command_prints(tmp_path, monkeypatch, capsys):
    from overmold.cli import main

    shown = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("$ overmold drc fccsp.yaml\nFCCSP")[2]
    lines = ("FCCSP" + shown.partition("```")[0]).splitlines()
    assert len(lines) > 15
    monkeypatch.chdir(tmp_path)
    Path("demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    Path("fccsp.yaml").write_text(DEMO.read_text(encoding="utf-8").replace("315 um ± 15 um", "455 um ± 15 um"), "utf-8")
    assert main(["drc", "fccsp.yaml"]) == 1
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        words = " ".join(line.split())
        assert words == "…" or any(one.startswith(words[:-1]) if words.endswith("…") else one == words for one in said), line


def test_colour_is_only_where_it_is_asked_for_and_changes_no_word():
    plain, coloured = report(demo_with(BROKEN)), report(demo_with(BROKEN), colour=True)
    assert ESCAPE not in plain
    assert ESCAPE in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_not_applicable_rules_are_listed_only_with_every():
    bare = demo(balls=None, netlist=[["VDD", "U1.A1", ""], ["GND", "U1.A2", ""]])
    assert "balls-not-on-far-side" not in report(bare)
    assert "balls-not-on-far-side" in report(bare, every=True)


def test_what_was_not_put_to_the_test_and_what_was_silenced_is_said(tmp_path):
    deck = tmp_path / "ours.yaml"
    deck.write_text("deck: ours\nchanges:\n  mold-too-cool-to-cure: {silence: true, reason: cured in an oven}\n", "utf-8")
    result = check(demo(mold__process__pressure=None), load_deck(files=[deck]))
    said = text_of(result)
    assert "vacuum-not-below-20-mmhg: the mold pressure is not stated" in said
    assert "mold-too-cool-to-cure: cured in an oven" in said
    assert "1 not checked, 1 silenced" in said.splitlines()[-1]


@pytest.mark.parametrize(("changes", "word", "hue"), [
    ({}, "kept", "green"),
    ({"mold.filler": None}, "kept", "yellow"),  # a rule was not put to the test
    ({"mold.cap": "375 um ± 15 um"}, "kept", "yellow"),  # a warning: two times the gap is passed at a corner only
    (BROKEN, "broken", "red"),
])
def test_green_is_for_a_package_that_was_put_to_every_test_without_a_warning(changes, word, hue):
    report = report_of(check(demo_with(changes), load_deck()))
    assert (report.verdict, report.hue) == (word, hue)


def test_many_breaches_of_one_rule_are_counted_and_json_has_them_all():
    package = demo(chips__0__bumps__array={"grid": [10, 10], "pitch": "130 um"}, netlist=[["VDD", "U1.A1", "A1"]])
    result = check(package, load_deck())
    found = [one for one in result.findings if one.rule.name == "bumps-too-close"]
    assert len(found) == 180
    assert "… and 160 more (--format json lists all)" in text_of(result)
    assert sum(one["type"] == "bumps-too-close" for one in json_of(result)["violations"]) == 180


def test_the_json_has_every_key_of_kicads_own_report_and_its_numbers_have_units():
    result = check(demo_with(BROKEN), load_deck())
    made = json_of(result, (Drift("mold.cap", "455 um", "315 um"),))
    kicads = {"$schema", "source", "date", "kicad_version", "coordinate_units", "violations", "unconnected_items",
              "schematic_parity"}
    assert kicads <= set(made)
    assert made["$schema"] == "https://schemas.kicad.org/drc.v1.json"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", made["date"])
    (violation,) = made["violations"]
    assert {"type", "description", "severity", "items"} <= set(violation)
    assert violation["type"] == "cover-not-half-to-twice-gap"
    for item in violation["items"]:
        assert {"uuid", "description", "pos"} <= set(item)
        assert set(item["pos"]) == {"x", "y"}
    row = next(one for one in made["rules"] if one["rule"] == "gap-too-narrow-to-fill")
    assert (row["unit"], row["limit"], row["readings"][0]["value"]) == ("um", {"at_least": 40}, 75)
    assert (row["readings"][0]["low"], row["readings"][0]["margin"]) == (67, 35)
    assert made["drift"] == [{"key": "mold.cap", "board": "455 um", "spec": "315 um"}]
    assert [one["claim"] for one in made["claims"]] == list(range(1, 21))
    assert made["verdict"] == "broken"


@pytest.mark.kicad
def test_what_reads_kicads_report_reads_ours(kicad_cli, kicad_version, tmp_path):
    """Every key that the installed KiCad writes, at every level, is in our report with a value of the same type."""
    board = tmp_path / "demo.kicad_pcb"
    board.write_bytes(board_file(demo_with(BROKEN)))
    kicad_cli(kicad_version, "pcb", "drc", "--format", "json", "-o", tmp_path / "k.json", board)
    theirs = json.loads((tmp_path / "k.json").read_text(encoding="utf-8"))
    ours = json_of(check(read_board(board.read_bytes(), str(board)), load_deck()))
    # KiCad lists what was left out of a report; what it ignores by the user's choice has no counterpart here.
    extra = {"ignored_checks"}
    assert set(theirs) - extra <= set(ours)
    for key in set(theirs) - extra:
        assert type(ours[key]) is type(theirs[key])
    violation = (theirs["violations"] + theirs["unconnected_items"])[0]
    ours_one = ours["violations"][0]
    for key in set(violation) - {"excluded", "comment"}:
        assert type(ours_one[key]) is type(violation[key])
    for key, value in violation["items"][0].items():
        assert type(ours_one["items"][0][key]) is type(value)
    assert set(violation["items"][0]["pos"]) == set(ours_one["items"][0]["pos"])
