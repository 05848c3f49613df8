"""The formats of a report: what each promises, and that all of them say the same."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dose import dose
from overmold.check import check
from overmold.cli import main
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file
from overmold.plain import one_line
from overmold.report import FORMATS
from overmold.report.finding import View, unreadable
from overmold.report.formats.json import unit_of, value_of
from overmold.rule import load_deck
from overmold.units import KINDS, MASS, PRESSURE
from paths import DEMO, PLUGIN, REPOSITORY
from reports import json_of, report_of, text_of
from variants import demo, demo_with

SCHEMA = json.loads((REPOSITORY / "docs/report.schema.json").read_text(encoding="utf-8"))
BOARDS: dict[str, dict[str, Any]] = {  # what the demo's board is made of
    "kept": {}, "warned": {"mold.cap": "315 um ± 30 um"}, "broken": {"mold.cap": "440 um"}, "unchecked": {"mold.filler": None},
    "both": {"mold.cap": "315 um ± 30 um", "mold.filler": None},
}


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boards")
    for name, changes in BOARDS.items():
        (folder / f"{name}.kicad_pcb").write_bytes(board_file(demo_with(changes)))
    (folder / "bad.yaml").write_text("package: X\n", encoding="utf-8")
    return folder


def valid(text: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(text)
    jsonschema.validate(made, SCHEMA, jsonschema.Draft202012Validator)
    return made


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_kind_of_number_is_given_in_a_unit_that_the_schema_has() -> None:
    assert {unit_of(kind) for kind in KINDS.values()} == set(SCHEMA["$defs"]["rule"]["properties"]["unit"]["enum"])
    assert (value_of(8_700_000, MASS), unit_of(MASS)) == (8.7, "mg")
    assert (value_of(10 * 133_322_387, PRESSURE), unit_of(PRESSURE)) == (1333.22387, "Pa")


FLAGS = [(), ("--strict",), ("--complete",), ("--strict", "--complete"), ("--spec", str(DEMO)),
         ("--spec", str(DEMO), "--strict"), ("--house", "wafer-space-chip-on-board")]


@pytest.mark.parametrize("flags", FLAGS)
def test_last_line_verdict_and_exit_code_agree_and_every_report_is_as_the_schema_has_it(flags, boards, capsys):
    codes = {"kept": 0, "nothing judged": 0, "broken": 1, "unreadable": 2}
    some = FLAGS.index(flags) % 2
    for name in (*BOARDS, "bad")[dose(some, 0)::dose(2, 1)]:
        file = str(boards / (f"{name}.kicad_pcb" if name in BOARDS else "bad.yaml"))
        code = main(["drc", file, *flags])
        text = capsys.readouterr().out
        assert main(["drc", file, *flags, "--format", "json"]) == code
        made = valid(capsys.readouterr().out)
        assert main(["drc", file, *flags, "--format", "kicad-json"]) == code
        alone = json.loads(capsys.readouterr().out)
        (report,) = made["reports"]
        assert {**alone, "date": 0} == {**report, "date": 0}
        assert code == codes[made["verdict"]] == codes[report["verdict"]]
        assert main(["drc", file, *flags, "-q"]) == code
        quiet = capsys.readouterr().out
        if name in BOARDS:
            assert text.splitlines()[-1] == quiet.strip()
            assert quiet.startswith(f"{made['verdict'].upper()}: ")
        else:
            assert text == quiet == ""


def test_several_files_end_with_a_line_each_and_one_on_all(boards, capsys):
    codes = {name: main(["drc", str(boards / name), "--strict"]) for name in (
        "kept.kicad_pcb", "broken.kicad_pcb", "warned.kicad_pcb", "bad.yaml")}
    capsys.readouterr()
    for number in (2, 3):
        for names in itertools.combinations(codes, number):
            files = [str(boards / name) for name in names]
            code = main(["drc", *files, "--strict"])
            lines = capsys.readouterr().out.splitlines()[-number - 2:]
            for name, file, line in zip(names, files, lines):
                alone = codes[name]
                assert line.startswith(f"{file} ")
                assert (": " in line, alone) == (True, {"KEPT": 0, "BROKEN": 1, "UNREADABLE": 2}[line.split()[1].rstrip(":")])
            assert lines[number] == ""
            assert lines[-1].startswith({0: "KEPT", 1: "BROKEN", 2: "UNREADABLE"}[code] + f": {number} files, ")
            main(["drc", *files, "--strict", "--format", "json"])
            made = valid(capsys.readouterr().out)
            assert [one["source"] for one in made["reports"]] == files
            assert made["verdict"] == lines[-1].split(":")[0].lower()


def test_kicads_own_shape_is_for_one_file(boards, capsys):
    assert main(["drc", str(boards / "kept.kicad_pcb"), str(boards / "warned.kicad_pcb"), "--format", "kicad-json"]) == 2
    assert "give one file, or use --format json" in capsys.readouterr().err


def test_a_format_is_one_file_and_nothing_else(tmp_path):
    """What CONTRIBUTING promises to who adds one: it is in the table, on the command line and in its help."""
    shutil.copytree(PLUGIN, tmp_path / "plugin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "rules", tmp_path / "rules")
    (tmp_path / "plugin/overmold/report/formats/one_a_line.py").write_text(
        "def write(reports, view):\n    return ''.join(f'{one.severity} {one.rule} {one.places[0].words()}\\n' "
        "for report in reports for one in report.findings)\n", encoding="utf-8")
    spec = tmp_path / "broken.yaml"
    spec.write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 455 um"), encoding="utf-8")
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    done = subprocess.run([sys.executable, "-m", "overmold", "drc", "broken.yaml", "--format", "one-a-line"], cwd=tmp_path,
                          env={"PYTHONPATH": str(tmp_path / "plugin")}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "error cover-not-half-to-twice-gap chips.U1, broken.yaml:17:5\n"


def test_every_finding_has_all_its_parts():
    board = check(demo_with({"mold.cap": "455 um ± 15 um"}), load_deck())
    (finding,) = (one for one in report_of(board).findings if one.severity == "error")
    assert (finding.rule, finding.limit, finding.at_corner) == ("cover-not-half-to-twice-gap", "at least 0.5, at most 2", False)
    assert finding.message == board.findings[0].message
    assert [(spot.key, spot.line > 0, spot.at is not None) for spot in finding.places] == [
        ("chips.U1", True, True), ("mold.cap", True, True)]
    assert (float(finding.reading), float(finding.margin)) == (pytest.approx(230 / 75), pytest.approx(2 - 230 / 75))
    assert finding.low < finding.reading < finding.high
    assert finding.why
    assert finding.fix


def test_one_of_anything_is_said_as_one(tmp_path):
    rules = load_deck().rules
    one = next(rule for rule in rules if rule.name == "chip-not-covered")
    result = check(demo(), type(load_deck())((one,), {}))
    assert report_of(result).counts == "1 rule kept"
    assert unreadable("x", ()).counts == "0 faults"


def test_json_of_ten_thousand_findings_takes_no_time_to_speak_of(tmp_path):
    spec = tmp_path / "many.yaml"
    spec.write_text(
        "package: P\ncarrier: {kind: substrate, size: [300 mm, 10 mm]}\nchips: [{name: U1, size: [9 mm, 9 mm], "
        "thickness: 300 um, bonded: flip-chip, "
        "bumps: {array: {grid: [44, 1000], pitch: 200 um}, diameter: 100 um, height: 98 um}}]\n", "utf-8")
    result = check(read_package_file(spec), load_deck())
    assert len(result.findings) >= 10_000
    start = time.process_time()
    words = FORMATS["json"]([report_of(result)], View())
    assert time.process_time() - start < 1.5  # 0.3 s on a machine that does nothing else
    (report,) = json.loads(words)["reports"]
    assert len(report["violations"]) >= 10_000
    shorter = {**report, "violations": report["violations"][::100]}
    valid(json.dumps({**json.loads(words), "reports": [{**shorter, "rules": [
        {**rule, "readings": rule["readings"][::100]} for rule in report["rules"]]}]}))
    assert max(map(len, words.splitlines())) < 2_000  # to be read and compared, a finding a line


def test_the_new_words_have_their_old_ones_beside_them_for_a_release():
    made = json_of(check(demo_with({"mold.filler": None}), load_deck()))
    rule = next(one for one in made["rules"] if one["rule"] == "filler-not-below-half-gap")
    assert (rule["status"], rule["status_was"]) == ("not checked", "not put to the test")
    assert made["not_checked"] == made["not_put_to_the_test"] != []
    claim = made["claims"][1]
    assert (claim["status"], claim["status_was"]) == ("not checked", "not put to the test")


def test_what_a_deck_does_to_the_corners_is_said(tmp_path):
    deck = tmp_path / "ours.yaml"
    deck.write_text("deck: ours\nchanges: {cover-not-half-to-twice-gap: {corners: ignore, reason: our press}}\n", "utf-8")
    result = check(demo_with({"mold.cap": "315 um ± 30 um"}), load_deck(files=[deck]))
    assert "Changed by deck ours\n  cover-not-half-to-twice-gap: " in text_of(result)
    assert "at a tolerance corner only: ignore" in text_of(result)
    rule = next(one for one in json_of(result)["rules"] if one["rule"] == "cover-not-half-to-twice-gap")
    assert (rule["corners"], rule["changed_by"], rule["reason"]) == ("ignore", "deck ours", "our press")


def test_rules_claims_and_explain_speak_json_too(capsys):
    assert main(["rules", "--format", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)
    names = [one["rule"] for one in rules["rules"]]
    assert len(names) == len(set(names)) > 60
    assert not any("changed_by" in one for one in rules["rules"])
    assert [(one["house"], [each["rule"] for each in one["rules"]]) for one in rules["offered"] if one["rules"]] == [
        ("wafer-space-chip-on-board", ["finger-under-mask"])]
    assert main(["explain", "chip-not-covered", "--format", "json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained == next(one for one in rules["rules"] if one["rule"] == "chip-not-covered")
    assert explained["claims"] == [1, 6, 15]
    assert main(["claims", str(DEMO), str(DEMO), "--format", "json"]) == 0
    (charts,) = json.loads(capsys.readouterr().out)["reports"]
    assert [one["claim"] for one in charts["claims"]] == list(range(1, 21))


def test_the_rules_are_listed_as_they_come_and_houses_say_what_they_would_change(capsys):
    assert main(["rules"]) == 0
    plain = capsys.readouterr().out
    assert "changed by" not in plain
    assert "changed with --house wafer-space-chip-on-board\n  finger-under-mask: " in plain
    assert main(["rules", "--house", "wafer-space-chip-on-board"]) == 0
    assert "changed by house wafer-space-chip-on-board\n  finger-under-mask: " in capsys.readouterr().out
    for command in (["rules"], ["explain", "gap-not-filled"]):
        assert main([*command, "--house", "sky130-amkor-wlcs"]) == 2
        assert "there is no house 'sky130-amkor-wlcs'; did you mean 'sky130-amkor-wlcsp'?" in capsys.readouterr().err


def test_no_line_of_any_format_is_more_than_a_line(boards, capsys):
    report = report_of(check(demo_with({"mold.cap": "440 um"}), load_deck()))
    for name, write in FORMATS.items():
        for line in write([report], View()).split("\n"):
            assert one_line(line) == line, name
