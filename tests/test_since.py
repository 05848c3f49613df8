"""What changed since an earlier report, and the section in letters that a comment can show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from overmold.cli import main
from overmold.package_file import read_package_file
from overmold.report.sketch import WIDTH, sketch
from overmold.space import CHIP, MOLD, bodies
from overmold.units import LENGTH, show
from paths import DEMO, REPOSITORY
from variants import demo

FILES = [DEMO, *sorted((REPOSITORY / "examples").glob("*.yaml"))]


def saved(folder: Path, name: str, cap: str) -> str:
    (folder / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    words = DEMO.read_text(encoding="utf-8").replace("cap: 315 um ± 15 um", f"cap: {cap}")
    (folder / name).write_text(words, encoding="utf-8")
    return name


def drc(capsys: Any, *words: str) -> str:
    main(["drc", *words])
    return str(capsys.readouterr().out)


def test_a_comment_says_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    main(["drc", saved(tmp_path, "a.yaml", "440 um ± 15 um"), "--format", "json=before.json", "-q"])
    capsys.readouterr()
    # Broken before, kept now; the file has another name, the package is the same.
    words = drc(capsys, saved(tmp_path, "b.yaml", "315 um ± 15 um"), "--format", "markdown", "--baseline", "before.json")
    assert "_since before.json (broken):" in words.replace("\\", "")
    gone = words.split("**Gone**")[1].split("**")[0].replace("\\", "")
    assert "cover-not-half-to-twice-gap (error): chips.U1, mold.cap, 2.87" in gone
    assert "**New**" not in words
    moved = words.split("readings moved")[1].split("</details>")[0].replace("\\", "")
    assert "| cover-not-half-to-twice-gap | 2.87 | 1.2 |" in moved
    # The other way round it is new; with itself nothing changed.
    main(["drc", "b.yaml", "--format", "json=after.json", "-q"])
    capsys.readouterr()
    text = drc(capsys, "a.yaml", "--baseline", "after.json")
    assert "Since after.json (kept): 1 new" in text
    assert "new: cover-not-half-to-twice-gap (error): chips.U1, mold.cap, 2.87" in text
    assert "Since after.json (kept): nothing changed" in drc(capsys, "b.yaml", "--baseline", "after.json")


BAD = ["", "[]", "{}", '{"reports": 5}', '{"reports": [{"source": "a", "verdict": "kept", "rules": 3}]}',
       '{"reports": [{"source": "a", "verdict": "kept", "rules": [{"readings": [{}]}]}]}', "[" * 100_000]


@pytest.mark.parametrize("words", BAD, ids=range(len(BAD)))
def test_a_baseline_that_is_none_is_said(words: str, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "x.json").write_text(words, encoding="utf-8")
    assert main(["drc", str(DEMO), "--baseline", str(tmp_path / "x.json")]) == 2
    assert "is not a JSON report of overmold drc" in capsys.readouterr().err
    assert main(["drc", str(DEMO), "--baseline", str(tmp_path / "none.json")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_the_sketch_has_a_line_for_every_layer_of_every_example() -> None:
    for path in FILES:
        package = read_package_file(path)
        lines = sketch(package).splitlines()
        assert 4 <= len(lines) <= 30, path.stem
        assert len({len(line[:WIDTH]) for line in lines}) == 1, path.stem
        said = [line[WIDTH:].strip() for line in lines]
        # Every chip of the tower is there with its thickness, as `space` has it.
        tall = {body.key.partition(".")[2]: body.top.value.nominal - body.bottom.value.nominal
                for body in bodies(package) if body.kind == CHIP}
        named = {words.split(",")[0]: words.split(", ")[1] for words in said if words.split(",")[0] in tall}
        assert named, path.stem
        assert all(show(tall[name], LENGTH) == words for name, words in named.items()), path.stem
        (mold,) = (body for body in bodies(package) if body.kind == MOLD)
        assert ("mold over" in said[0]) == (mold.top.value.nominal > max(body.top.value.nominal for body in bodies(package)
                                                                         if body.kind == CHIP))
    assert sketch(demo(chips__0__thickness=None)) == ""


def test_what_a_comment_folds_away_is_whole(capsys: Any) -> None:
    words = drc(capsys, str(DEMO), "--format", "markdown")
    assert words.count("<details>") == words.count("</details>")
    tokens = MarkdownIt("commonmark").enable("table").parse(words)
    (block,) = (one for one in tokens if one.type == "fence")
    assert "gap under U1, 75 um" in block.content
    assert "mold over U1, 90 um" in block.content
    assert next(one.content for one in tokens if one.type == "inline").endswith("KEPT")
    assert any(one.type == "table_open" for one in tokens)
