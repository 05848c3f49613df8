"""What a command takes for its files: folders, and standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from overmold.cli import main
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from paths import DEMO
from variants import demo


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project: two packages and a board to check, and all that lies around them."""
    for name in ("z", "a/deep", ".git", "parts.pretty", "b"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("z", "a/deep", ".git", "parts.pretty"):
        (tmp_path / name / "demo.yaml").write_bytes(DEMO.read_bytes())
        (tmp_path / name / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    (tmp_path / "b" / "demo.kicad_pcb").write_bytes(board_file(demo()))
    (tmp_path / "b" / "_autosave-demo.kicad_pcb").write_bytes(b"(")
    (tmp_path / "deck.yaml").write_text("deck: ours\n", encoding="utf-8")
    (tmp_path / "ci.yml").write_text("package:\n  image: python\n", encoding="utf-8")
    (tmp_path / "overmold.settings.yaml").write_text("decks: [deck.yaml]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    def to(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    return to


def sources(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [one["source"] for one in json.loads(capsys.readouterr().out)["reports"]]


def test_a_folder_stands_for_every_package_file_and_board_below_it(folder, capsys):
    for command in ("drc", "claims"):
        assert main([command, ".", "--format", "json"]) == 0
        assert sources(capsys) == ["a/deep/demo.yaml", "b/demo.kicad_pcb", "z/demo.yaml"]
        assert main([command, "."]) == 0
        assert "left out, for they are not package files: ci.yml, deck.yaml" in capsys.readouterr().err
    assert main(["drc", str(folder / "z"), "z/demo.yaml", "z", "--format", "json"]) == 0
    assert sources(capsys) == [str(folder / "z/demo.yaml"), "z/demo.yaml"]
    assert main(["drc", "parts.pretty", "-q"]) == 0  # asked for by name


@pytest.mark.parametrize("words", [
    "package: X\n", "{package: X, carrier: 3}", "# c\n---\n{chips: []}", '"package": X\n', "\ufeffpackage: X",
    "max_height: 1 mm\ncarrier:\n  kind: x\n"])
def test_a_package_file_that_is_faulty_is_not_left_out(words, tmp_path, capsys):
    (tmp_path / "x.yaml").write_text(words, encoding="utf-8")
    assert main(["drc", str(tmp_path)]) == 2
    assert f"{tmp_path}/x.yaml:" in capsys.readouterr().err


def test_a_folder_with_nothing_to_check_is_told_and_the_others_are_checked(folder, capsys):
    (folder / "empty").mkdir()
    assert main(["drc", "empty", "z"]) == 2
    said = capsys.readouterr()
    assert "empty: is a folder with no package file" in said.err
    assert said.out.splitlines()[-1] == "UNREADABLE: 2 files, 1 kept, 1 unreadable"


def test_standard_input_is_told_by_what_it_is(folder, given, capsys):
    land = next(data for name, data in files_of(demo()).items() if name.endswith("_carrier.kicad_mod"))
    for data in ((folder / "b/demo.kicad_pcb").read_bytes(), land):
        given(data)
        assert main(["drc", "-", "-q"]) == 0
    given(DEMO.read_bytes())
    assert main(["drc", "-"]) == 2  # its netlist is looked for here
    assert capsys.readouterr().err.startswith("standard input:")
    given(DEMO.read_bytes())
    (folder / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    assert main(["drc", "-", "z", "--format", "json"]) == 0
    assert sources(capsys) == ["standard input", "z/demo.yaml"]
    given(DEMO.read_bytes())
    assert main(["claims", "-"]) == 0


@pytest.mark.parametrize(("data", "said"), [
    (b"", "is empty"), (b"(", "standard input"), (b"\xff\xfe", "is not UTF-8"), (b"x", "standard")])
def test_what_cannot_be_read_from_standard_input_is_told(data, said, given, capsys):
    given(data)
    assert main(["drc", "-"]) == 2
    assert said in capsys.readouterr().err
    given(data)
    assert main(["drc", "-", "-"]) == 2
    assert "give '-' once" in capsys.readouterr().err
