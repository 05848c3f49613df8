"""One situation, one word and one exit code, wherever the claim chart is shown (the table in docs/checks.md)."""

import json
from pathlib import Path

import pytest

from overmold.check import check
from overmold.claims import claim_chart
from overmold.cli import main
from overmold.pages.check import check_page
from overmold.read_any import read_any
from overmold.report.chart import CLAIM_MARKS
from overmold.report.finding import Report
from overmold.rule import load_deck
from paths import DEMO
from variants import changed, demo_data

CASES = Path(__file__).parent / "cases" / "claims"
DECK = load_deck()
LONELY = {f"passives.{i}.nets": ["VDD", f"LONELY{i}"] for i in range(3)}

# what it is: (changes of the demo, or a case), {claim: word}, exit code, with --complete, with --strict-reading
SITUATIONS = {
    "all met": ({}, {1: "met", 20: "met", 6: "not applicable"}, 0, 0, 0),
    "met at nominal only": ({"mold.cap": "355 um ± 15 um"}, {1: "met", 15: "met"}, 0, 0, 0),
    "met by one passive": (LONELY, {1: "met", 4: "met"}, 0, 0, 0),
    "met by one gap": ("06_upper_gap_undoes_claim_1", {1: "met", 6: "met", 10: "not met", 15: "not met"}, 1, 1, 1),
    "a number speaks against": ({"mold.cap": "440 um"}, {1: "not met", 15: "not met"}, 1, 1, 1),
    "what depends on it": ({"mold.cap": "440 um"}, {2: "not met", 5: "not met", 20: "not met"}, 1, 1, 1),
    "a dependent claim alone": ({"mold.filler": "40 um"}, {1: "met", 2: "not met", 15: "met", 20: "not met"}, 0, 0, 0),
    "unstated": ({"mold.cap": None}, {1: "not checked", 15: "not checked", 2: "not checked", 18: "not checked"}, 0, 1, 0),
    "unstated, and fails by itself": ({"mold.cap": None, "mold.process.pressure": "25 mmHg"},
        {15: "not checked", 18: "not met"}, 0, 1, 0),
    "unstated where another speaks against": ({"mold.filler": None, "mold.cap": "440 um"},
        {2: "not met", 20: "not met"}, 1, 1, 1),
    "a dependent claim unstated": ({"mold.filler": None}, {1: "met", 2: "not checked", 20: "not checked"}, 0, 0, 0),
    "no neighbours stated": ({"singulation": None}, {1: "met", 15: "not checked", 17: "not checked"}, 0, 1, 0),
    "no passive": ({"passives": None}, {1: "met", 4: "not applicable"}, 0, 0, 0),
    "no passive, and claim 1 not met": ({"passives": None, "mold.cap": "440 um"}, {4: "not applicable"}, 1, 1, 1),
    "no ball": ({"balls": None, "netlist": [["VDD", "U1.A1", ""], ["GND", "U1.A2", ""]]},
        {1: "met", 3: "not applicable"}, 0, 0, 0),
    "no flip chip": ({"chips.0.bonded": "face-up"}, {1: "not met", 5: "not met", 15: "not met", 6: "not applicable"}, 1, 1, 1),
    "flip chips on chips only": ("01_base_stack", {1: "not applicable", 5: "not applicable", 6: "met"}, 0, 0, 0),
    "bonding of the only chip on the carrier unstated": ("b05",
        {1: "not checked", 6: "not checked", 8: "not checked"}, 0, 1, 0),
    "most of the carrier bare": ({"mold.outline": ["6 mm", "6 mm"], "passives": None}, {1: "not met", 15: "not met"}, 1, 1, 1),
    "an even rim": ({"mold.outline": ["9 mm", "9 mm"]}, {1: "met", 15: "met"}, 0, 0, 0),
}


@pytest.mark.parametrize("what", SITUATIONS)
def test_a_situation_has_one_word_and_one_exit_code_everywhere(what, tmp_path, monkeypatch, capsys):
    given, words, *codes = SITUATIONS[what]
    monkeypatch.chdir(tmp_path)
    path = next(CASES.glob(f"{given}*"), None) if isinstance(given, str) else tmp_path / "p.yaml"
    if not isinstance(given, str):
        (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
        path.write_text(json.dumps(changed(demo_data(), given)), "utf-8")
    for flags, code in zip(([], ["--complete"], ["--strict-reading"]), codes):
        assert main(["claims", str(path), *flags]) == code, flags
    capsys.readouterr()
    main(["claims", str(path)])
    lines = capsys.readouterr().out.splitlines()
    main(["claims", "--format", "json", str(path)])
    (chart,) = json.loads(capsys.readouterr().out)["reports"]
    main(["drc", "--format", "json", str(path)])
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    main(["drc", str(path)])
    closing = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Claims: "))
    result = check(read_any(path), DECK)
    page = check_page(Report(str(path), result, claim_chart(result)))[0]
    for number, word in words.items():
        assert {row["claim"]: row["status"] for row in chart["claims"]}[number] == word
        assert {row["claim"]: row["status"] for row in report["claims"]}[number] == word
        row = next(line for line in lines if line.split(" ")[0] == str(number))
        assert word in row.lower()
        assert number in _numbers(closing, word)
        assert CLAIM_MARKS[word][0].lower() == word
        assert CLAIM_MARKS[word][0] in page


def _numbers(closing, word):
    """The claims that the closing line lists under a word: ``Claims: met 1-5, 15-20; not applicable 6-14``."""
    told = next((part for part in closing[len("Claims: "):].split("; ") if part.startswith(f"{word} ")), "")
    ranges = [one.split("-") for one in told[len(word):].replace(" ", "").split(",") if one]
    return {number for one in ranges for number in range(int(one[0]), int(one[-1]) + 1)}
