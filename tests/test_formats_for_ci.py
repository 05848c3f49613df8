"""SARIF, JUnit, GitHub's annotations and markdown: read by other people's readers, saying what the text report says."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from html5lib import HTMLParser

from overmold.check import check
from overmold.cli import main
from overmold.faults import Fault
from overmold.report.finding import Report, View, total, unreadable
from overmold.report.formats import github, gitlab, junit, markdown, sarif
from overmold.rule import load_deck
from paths import DEMO, REPOSITORY
from reports import report_of
from variants import demo_with

BOARDS: dict[str, dict[str, Any]] = {
    "kept": {}, "warned": {"mold.cap": "315 um ± 30 um"}, "broken": {"mold.cap": "440 um", "balls.alloy": None},
    "unchecked": {"mold.filler": None}, "many": {"chips.0.bumps.diameter": "190 um"},
}
OTHERS = pytest.mark.skipif(sys.version_info < (3, 10), reason="neither reader runs on Python 3.9")


def judged(changes: dict[str, Any], source: str, **asked: Any) -> Report:
    return replace(report_of(check(demo_with(changes), load_deck()), **asked), source=source)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    made = [judged(changes, f"boards/{name} a%b,c.yaml") for name, changes in BOARDS.items()]
    return [*made, unreadable("bad.yaml", [Fault("bad.yaml", "a bell \x07 and <b> & '\"' ]]>", 3, 7)])]


@OTHERS
def test_sarif_is_read_by_another_reader_and_has_every_breach_at_its_line(reports: list[Report]) -> None:
    from sarif_pydantic import Sarif

    read = Sarif.model_validate_json(sarif.write(reports, View()))
    (run,) = read.runs
    due = [(one.rule, one.severity) for report in reports for one in report.findings]
    results = [one for one in run.results if one.rule_id in {rule for rule, _ in due}]
    assert [one.rule_id for one in results] == [rule for rule, _ in due]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [one.level.value for one in results] == [levels[severity] for _, severity in due]
    for one in run.results:
        assert run.tool.driver.rules[one.rule_index].id == one.rule_id
        assert one.locations[0].physical_location.artifact_location.uri
    rule = "cover-not-half-to-twice-gap"
    lines = {one.locations[0].physical_location.region.start_line for one in results if one.rule_id == rule}
    assert lines == {spot.line for report in reports for one in report.findings if one.rule == rule for spot in one.places[:1]}
    bad = next(one for one in run.results if one.rule_id == "not-readable")
    assert (bad.locations[0].physical_location.region.start_line, bad.message.text) == (3, reports[-1].faults[0].message)
    assert not run.invocations[0].execution_successful


def test_a_finding_keeps_its_fingerprint_while_its_numbers_change_and_no_two_share_one() -> None:
    def prints(cap: str) -> list[str]:
        made = json.loads(sarif.write([judged({"mold.cap": cap}, "a.yaml")], View()))
        return [one["partialFingerprints"]["overmold/v1"] for one in made["runs"][0]["results"]]

    assert prints("440 um") == prints("450 um")
    many = json.loads(sarif.write([judged(BOARDS["many"], "a.yaml")], View()))["runs"][0]["results"]
    assert len({one["partialFingerprints"]["overmold/v1"] for one in many}) == len(many) > 50


@pytest.mark.skipif(sys.version_info < (3, 11), reason="the model made from the schema runs on Python 3.11 and newer")
def test_sarif_keeps_its_schema(reports: list[Report]) -> None:
    """The model is made from the schema of SARIF 2.1.0 and refuses whatever that does not name."""
    from fluidattacks_core.sarif import SarifLog

    SarifLog.model_validate_json(sarif.write(reports, View()))
    with pytest.raises(ValueError, match="startLin"):
        SarifLog.model_validate_json(sarif.write(reports, View()).replace('"startLine"', '"startLin"', 1))


@OTHERS
@pytest.mark.parametrize("strict", [False, True])
def test_junit_is_read_by_another_reader_and_fails_where_the_exit_code_does(strict: bool, tmp_path: Path) -> None:
    from junitparser import Error, Failure, JUnitXml, Skipped

    for name, changes in BOARDS.items():
        report = judged(changes, f"{name}.yaml", strict=strict, complete=strict)
        (tmp_path / "a.xml").write_text(junit.write([report], View()), encoding="utf-8")
        suites = JUnitXml.fromfile(str(tmp_path / "a.xml"))
        (suite,) = suites
        bad = [case.name for case in suite for one in case.result if isinstance(one, (Failure, Error))]
        skipped = [case.name for case in suite for one in case.result if isinstance(one, Skipped)]
        assert bool(bad) == (report.code != 0), name
        assert (suite.failures + suite.errors, suite.skipped, suite.tests) == (len(bad), len(skipped), len(list(suite)))
        assert set(skipped) | set(bad) >= {one.rule.name for one in report.result.verdicts if one.untested}


@OTHERS
def test_junit_of_hostile_words_is_still_xml(reports: list[Report], tmp_path: Path) -> None:
    from junitparser import JUnitXml

    (tmp_path / "a.xml").write_text(junit.write(reports, View(every=True)), encoding="utf-8")
    suites = list(JUnitXml.fromfile(str(tmp_path / "a.xml")))
    assert [suite.name for suite in suites] == [report.source for report in reports]
    assert suites[-1].errors == 1
    assert "<b> & '\"' ]]>" in next(iter(suites[-1])).result[0].message


def test_github_annotations_are_one_line_each_and_decode_to_what_was_found(reports: list[Report]) -> None:
    lines = github.write(reports, View()).splitlines()
    told = [re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line) for line in lines if line.startswith("::")]
    assert all(told)
    due = [one for report in reports for one in report.findings]
    levels = [one.group(1) for one in told if one is not None]
    assert levels.count("error") == sum(one.severity == "error" for one in due) + 1
    assert levels.count("warning") == sum(one.severity == "warning" for one in due)
    marks = {"%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%"}
    words = [re.sub("%(0A|0D|3A|2C|25)", lambda mark: marks[mark.group()], one.group(3)) for one in told if one is not None]
    assert all(any(word.startswith(one.message) for word in words) for one in due)
    files = {dict(part.split("=", 1) for part in one.group(2).split(","))["file"] for one in told if one is not None}
    assert "boards/many a%25b%2Cc.yaml" in files or "demo.yaml" in " ".join(files)
    assert lines[-1] == "UNREADABLE: " + total(reports)[1]


def test_markdown_says_the_verdict_first_and_takes_no_mark_up_from_a_file(reports: list[Report]) -> None:
    text = markdown.write(reports, View())
    for report in reports:
        assert report.verdict.upper() in text
        for rule in {one.rule for one in report.findings if one.severity != "info"}:
            assert f"**{rule}**" in text
    hostile = unreadable("<script>@team `x` |*b*|.yaml", reports[-1].faults)
    words = markdown.write([hostile], View())
    assert "<script>" not in words.replace("\\<script\\>", "")
    assert not re.search(r"(?<!\\)[`|*]", words.replace("- ", "").split("\n")[2])
    assert "@\u200bteam" in words
    assert len(markdown.write([judged(BOARDS["many"], "a.yaml")], View())) < 60_000


def test_several_formats_at_once_each_into_its_file_and_text_on_the_terminal(tmp_path: Path, capsys: Any) -> None:
    demo = str(Path(__file__).parent / "packages/demo.yaml")
    files = {name: tmp_path / f"report.{name}" for name in ("sarif", "junit", "github", "gitlab", "markdown", "json", "html")}
    code = main(["drc", demo, *(word for name, file in files.items() for word in ("--format", f"{name}={file}"))])
    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("KEPT")
    assert all(file.stat().st_size > 2 for file in files.values())


def test_a_page_is_one_file_that_loads_nothing_and_says_the_verdict(tmp_path: Path, capsys: Any) -> None:
    page = tmp_path / "page.html"
    assert main(["drc", str(DEMO), "--format", f"html={page}"]) == 0
    words = page.read_text(encoding="utf-8")
    HTMLParser(strict=True).parse(words)  # raises where a browser would have to guess
    assert "KEPT" in words
    assert "data:image/svg+xml" in words
    assert not re.search(r'(?:src|href)="(?!#|data:)', words)
    assert main(["drc", str(tmp_path / "none.yaml"), "--format", f"html={page}"]) == 2
    assert "UNREADABLE" in page.read_text(encoding="utf-8")
    assert main(["drc", str(DEMO), str(REPOSITORY / "examples/fccsp-196.yaml"), "--format", f"html={page}"]) == 2
    assert "is a page on one file" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "said"), [
    (["--format", "json", "--format", "text"], "cannot go to the terminal together"),
    (["--format", "json=a", "--format", "sarif=a"], "two reports cannot go to one file"),
    (["--format", "json=a", "-o", "b"], "is for the format without a file"),
    (["--format", "json={demo}"], "is read by this very command"),
])
def test_formats_that_get_into_each_others_way_are_refused(words: list[str], said: str, tmp_path: Path, monkeypatch: Any,
                                                         capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    demo = Path(__file__).parent / "packages/demo.yaml"
    before = demo.read_bytes()
    assert main(["drc", str(demo), *(word.replace("{demo}", str(demo)) for word in words)]) == 2
    assert said in capsys.readouterr().err
    assert demo.read_bytes() == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("word", "said"), [("sarf", "did you mean 'sarif'"), ("json=", "names no file")])
def test_a_format_that_is_none_is_refused(word: str, said: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["drc", "a.yaml", "--format", word])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_gitlab_has_every_finding_with_a_fingerprint_of_its_own(reports: list[Report]) -> None:
    read = json.loads(gitlab.write(reports, View()))
    due = [one.message for report in reports for one in report.findings]
    assert [one["description"] for one in read if one["check_name"] != "not-readable"] == due
    assert len({one["fingerprint"] for one in read if "many" in one["location"]["path"]}) == len(
        [one for one in read if "many" in one["location"]["path"]])
    assert {one["severity"] for one in read} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(one["location"]["lines"]["begin"] >= 1 and one["location"]["path"] for one in read)


def test_the_hook_for_commits_takes_packages_and_boards_and_leaves_settings_alone() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    taken = [name for name in ("a/fccsp.yaml", "b.kicad_pcb", "overmold.settings.yaml", ".gitlab-ci.yml", "a/.x.yaml", "x.csv")
             if re.search(hook["files"], name) and not re.search(hook["exclude"], name)]
    assert taken == ["a/fccsp.yaml", "b.kicad_pcb"]
    assert hook["entry"].split()[0] == "overmold"
