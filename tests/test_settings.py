"""A project's own settings: where they are looked for, what they say, and that command and button judge alike by them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overmold.buttons.check import judged
from overmold.cli import main
from overmold.faults import Faults
from overmold.kicad.writing.board import board_file
from overmold.settings import NAME, Settings, settings_of
from variants import demo, demo_with

DECK = "deck: our-line\nchanges:\n  vacuum-not-below-20-mmhg: {limit: {below: 15 mmHg}, corners: ignore, reason: our pump}\n"
WARNED = {"mold.cap": "315 um ± 30 um"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a board two folders down."""
    monkeypatch.setenv("HOME", str(tmp_path))
    top = tmp_path / "work" / "project"
    (top / ".git").mkdir(parents=True)
    (top / "a" / "b").mkdir(parents=True)
    (top / "our-line.yaml").write_text(DECK, encoding="utf-8")
    (top / "a" / "b" / "demo.kicad_pcb").write_bytes(board_file(demo()))
    return top


def write(folder: Path, words: str) -> Path:
    (folder / NAME).write_text(words, encoding="utf-8")
    return folder / NAME


def test_the_nearest_settings_around_a_file_hold_up_to_the_top_of_its_repository(project):
    board = project / "a" / "b" / "demo.kicad_pcb"
    write(project.parent, "strict: true\n")
    write(project.parent.parent, "strict: true\n")
    assert settings_of(board) is None
    file = write(project, "decks: [our-line.yaml]\nhouses: [sky130-amkor-wlcsp]\ncomplete: true\n")
    assert settings_of(board) == Settings(str(file), (project / "our-line.yaml",), ("sky130-amkor-wlcsp",), False, True)
    near = write(project / "a", "")
    assert settings_of(board) == Settings(str(near))


def test_neither_home_nor_a_folder_of_everybody_lends_its_settings(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "p").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    write(home, "strict: true\n")
    write(tmp_path, "strict: true\n")
    assert settings_of(home / "p" / "x.yaml") is None
    assert settings_of(home / "x.yaml") is not None  # it stands beside the file
    shared = home / "p" / "shared"
    (shared / "mine").mkdir(parents=True)
    write(shared, "strict: true\n")
    shared.chmod(0o1777)
    assert settings_of(shared / "mine" / "x.yaml") is None
    shared.chmod(0o755)
    assert settings_of(shared / "mine" / "x.yaml") is not None


def test_command_and_button_judge_alike_and_say_by_which_settings(project, capsys):
    board = project / "a" / "b" / "demo.kicad_pcb"
    board.write_bytes(board_file(demo_with(WARNED)))
    file = write(project, "decks: [our-line.yaml]\nstrict: true\n")
    assert main(["drc", str(board)]) == 1
    said = capsys.readouterr().out
    assert f"Settings: {file} (deck our-line.yaml, strict)" in said
    assert said.splitlines()[-1].startswith("BROKEN: ")
    assert said.splitlines()[-1].endswith("(strict: a warning breaks the check)")
    assert ("Changed by deck our-line\n  vacuum-not-below-20-mmhg: below 15 mmHg, error, at a tolerance corner only: ignore, "
            "as it comes: below 20 mmHg, error, at a tolerance corner only: warning: our pump") in said
    report = judged(board.read_bytes(), board.name, str(board.parent))
    assert (report.verdict, report.code, report.settings) == ("broken", 1, settings_of(board))
    assert said.splitlines()[-1].endswith(report.counts)
    assert judged(board.read_bytes(), board.name, "").verdict == "kept"  # never saved: it belongs to no project
    assert main(["drc", str(board), "--format", "json"]) == 1
    (made,) = json.loads(capsys.readouterr().out)["reports"]
    assert (made["settings"], made["verdict"], made["strict"]) == (str(file), "broken", True)


def test_flags_override_the_settings_one_by_one(project, tmp_path, capsys):
    board = project / "a" / "b" / "demo.kicad_pcb"
    board.write_bytes(board_file(demo_with(WARNED)))
    write(project, "decks: [our-line.yaml]\nhouses: [sky130-amkor-wlcsp]\nstrict: true\n")
    other = tmp_path / "other.yaml"
    other.write_text("deck: other\n", encoding="utf-8")
    assert main(["drc", str(board)]) == 1
    assert "amkor-bump-pitch-too-small" in capsys.readouterr().out
    assert main(["drc", str(board), "--no-strict", "--house", "gf180mcu-solder-bump", "--rules", str(other)]) in (0, 1)
    said = capsys.readouterr().out
    assert "our pump" not in said
    assert "amkor" not in said
    assert main(["drc", str(board), "--no-settings"]) == 0
    assert "Settings" not in capsys.readouterr().out


@pytest.mark.parametrize(("words", "fault"), [
    ("deks: [our-line.yaml]\n", "1:1: unknown key 'deks'; did you mean 'decks'?"),
    ("strict: 1\n", "1:9: expected true or false; write 'strict: true' or leave it out"),
    ("complete: yes\n", "1:11: expected true or false; write 'complete: true' or leave it out"),
    ("decks: our-line.yaml\n", "1:8: expected a list; write for example 'decks: [our-line.yaml]'"),
    ("decks: [none.yaml]\n", "1:9: there is no file"), ("houses: [sky130-amkor-wlcs]\n", "did you mean 'sky130-amkor-wlcsp'?"),
    ("houses: [{}]\n", "1:10: expected a name"), ("[]\n", "1:1: is not a settings file"),
    ("houses: [", "1:10: expected a value"),
    ("strict: true\nstrict: true\n", "2:1: 'strict' is given twice"),
])
def test_what_is_wrong_in_the_settings_is_told_at_its_place_and_nothing_is_judged(words, fault, project, capsys):
    file = write(project, words)
    board = project / "a" / "b" / "demo.kicad_pcb"
    assert main(["drc", str(board)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}:")
    assert fault in said.err
    with pytest.raises(Faults):
        judged(board.read_bytes(), board.name, str(board.parent))


def test_all_that_is_wrong_in_the_settings_is_told_at_once(project):
    write(project, "deks: 1\nhouses: [x, 3]\nstrict: 1\ncomplete: 2\ndecks: [none.yaml]\n")
    with pytest.raises(Faults) as raised:
        settings_of(project / "x.yaml")
    assert [fault.line for fault in raised.value.faults] == [1, 2, 2, 3, 4, 5]


def test_the_rules_that_hold_in_a_folder_are_those_of_its_settings(project, monkeypatch, capsys):
    write(project, "decks: [our-line.yaml]\n")
    monkeypatch.chdir(project / "a")
    assert main(["rules"]) == 0
    said = capsys.readouterr()
    assert "changed by deck our-line\n  vacuum-not-below-20-mmhg: below 15 mmHg" in said.out
    assert f"settings: {project / NAME}" in said.err
    assert main(["explain", "vacuum-not-below-20-mmhg"]) == 0
    assert "by deck our-line: below 15 mmHg" in " ".join(capsys.readouterr().out.split())


def test_files_of_several_projects_are_judged_each_by_its_own(project, capsys, monkeypatch):
    write(project / "a" / "b", "strict: true\n")
    (project / "demo.kicad_pcb").write_bytes(board_file(demo_with(WARNED)))
    (project / "a" / "b" / "demo.kicad_pcb").write_bytes(board_file(demo_with(WARNED)))
    monkeypatch.chdir(project)
    assert main(["drc", "-q", "."]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split() for line in lines if line] == [
        ["a/b/demo.kicad_pcb", "BROKEN"], ["demo.kicad_pcb", "KEPT"], ["BROKEN"]]
