"""Two designs told apart: data, readings, verdicts and claims, in each way to say it, and as git calls for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from overmold.check import check
from overmold.claims import claim_chart
from overmold.cli import main
from overmold.difference import Difference, difference
from overmold.pages.differing import difference_page
from overmold.report.differing import NOTHING, difference_data, difference_markdown, difference_text
from overmold.rule import load_deck
from paths import DEMO, PLUGIN
from variants import demo

DECK = load_deck(examples=False)


def between(**changes: object) -> Difference:
    results = [check(demo(), DECK), check(demo(**changes), DECK)]
    return difference(*results, *map(claim_chart, results))


def test_what_changed_is_told_in_data_readings_verdicts_and_claims() -> None:
    found = between(mold__cap="455 um ± 15 um", chips__0__at=["0.1 mm", "0 mm"])
    assert found.is_worse
    assert {"mold.cap", "chips.U1.at"} <= {row.key for row in found.data}
    first = found.rules[0]
    assert (first.rule, first.is_worse) == ("cover-not-half-to-twice-gap", True)
    assert {one.number for one in found.claims} >= {1, 15}
    words = difference_text(found)
    for said in ("mold.cap", "315 um ± 15 um  455 um ± 15 um", "worse", "claim 1: met → not met", "errors 0 → 1"):
        assert said in words
    data = difference_data(found)
    assert json.loads(json.dumps(data))["rules"][0]["new"]["reading"] == pytest.approx(3.0667, abs=1e-4)
    assert "### ❌" in difference_markdown(found)
    assert "WORSE" in difference_page(found)


def test_one_design_is_no_difference() -> None:
    found = between()
    assert found.is_nothing
    for words in (difference_text(found), difference_markdown(found), difference_page(found)):
        assert NOTHING in words


def test_the_command_ends_with_1_where_the_new_design_is_worse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = DEMO.read_text(encoding="utf-8")
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    new, old = tmp_path / "new.yaml", tmp_path / "old.yaml"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("cap: 315 um", "cap: 455 um"), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == 1
    assert main(["diff", str(new), str(old), "--format", "json"]) == 0
    assert main(["diff", str(old), str(tmp_path / "none.yaml")]) == 2
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")
def test_git_diff_calls_it(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    spec = tmp_path / "fccsp.yaml"
    spec.write_bytes(DEMO.read_bytes())
    (tmp_path / ".gitattributes").write_text("*.yaml diff=overmold\n", encoding="utf-8")
    git("init", "-q")
    git("config", "diff.overmold.command", f"env PYTHONPATH={PLUGIN} {sys.executable} -m overmold diff --git")
    git("add", "-A")
    spec.write_text(spec.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 455 um"), encoding="utf-8")
    assert "claim 1: met → not met" in git("diff", "--", "fccsp.yaml")
