"""The command as people and CI call it: exit codes, what goes where, and one clear message instead of a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from overmold.cli import main
from overmold.kicad.writing.board import board_file
from paths import DEMO, REPOSITORY
from variants import demo, demo_with

COMMANDS = ("new", "edit", "build", "read", "drc", "claims", "export", "connections", "wires", "rules", "explain", "schema")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "demo.kicad_pcb"
    path.write_bytes(board_file(demo()))
    return path


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """A board with a warning and no error: nominal kept, a tolerance corner not."""
    path = tmp_path / "warned.kicad_pcb"
    path.write_bytes(board_file(demo_with({"mold.cap": "315 um ± 30 um"})))
    return path


def overmold(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugin"), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "overmold", *map(str, arguments)], capture_output=True, text=True,
                          check=False, env=environment, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"overmold {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["drc"], ["check"], ["drc", "--format", "xml", "f.yaml"]])
def test_a_command_that_is_not_understood_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: overmold" in capsys.readouterr().err


def test_kept_is_0_and_broken_is_1(board, tmp_path, capsys):
    broken = tmp_path / "broken.kicad_pcb"
    broken.write_bytes(board_file(demo_with({"mold.cap": "440 um"})))
    assert main(["drc", str(board)]) == 0
    assert main(["drc", str(broken)]) == 1
    assert main(["drc", str(board), str(broken)]) == 1
    assert capsys.readouterr().err == ""


def test_a_warning_breaks_the_check_only_with_strict(warned, capsys):
    assert main(["drc", str(warned)]) == 0
    assert main(["drc", "--strict", str(warned)]) == 1
    assert "1 warning" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "content", "words"), [
    ("missing.yaml", None, "no such file"), ("missing.kicad_pcb", None, "no such file"),
    ("notes.txt", b"hello", "is of no kind that is read here"), ("missing", None, "no such file"),
    ("folder.yaml", b"(kicad_pcb)", "'overmold read' makes a package file"), ("empty.yaml", b"", "package"),
    ("empty.kicad_pcb", b"", "empty.kicad_pcb"), ("empty.kicad_mod", b"", "empty.kicad_mod"),
    ("cut.kicad_pcb", b"(kicad_pcb (version 20241229)", "cut.kicad_pcb:1"), ("binary.yaml", b"\x00\xff\xfe", "binary.yaml"),
    ("latin.kicad_pcb", b'(kicad_pcb (title_block (title "\xe9")))', "latin.kicad_pcb"),
    ("dir.yaml", "dir", "is a folder"), ("dir.kicad_pcb", "dir", "is a folder"),
])
def test_what_cannot_be_read_is_told_in_a_line_with_its_name_and_ends_with_2(name, content, words, board, tmp_path, capsys):
    path = tmp_path / name
    if content == "dir":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    assert main(["drc", str(path)]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert str(path) in said.err
    assert said.out == ""
    # The others are checked all the same.
    assert main(["drc", str(path), str(board)]) == 2
    assert "KEPT: " in capsys.readouterr().out
    assert main(["claims", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def reports(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["reports"]
    return found


def test_a_report_goes_to_a_file_when_asked_and_has_one_shape_for_one_file_and_for_several(board, warned, tmp_path, capsys):
    report = tmp_path / "report.json"
    assert main(["drc", str(board), "--format", "json", "-o", str(report)]) == 0
    assert capsys.readouterr().out == ""
    assert [one["verdict"] for one in reports(report)] == ["kept"]
    assert main(["drc", str(board), str(warned), "--format", "json", "-o", str(report)]) == 0
    assert [one["warnings"] for one in reports(report)] == [0, 1]
    assert main(["drc", str(board), "-o", str(tmp_path / "no" / "folder.txt")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_new_writes_a_file_that_is_kept_as_it_stands_and_never_twice(tmp_path, capsys):
    assert main(["new", "MINE-64", "-o", str(tmp_path)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    spec = next(path for path in written if path.suffix == ".yaml")
    assert main(["drc", str(spec)]) == 0
    before = {path: path.read_bytes() for path in written}
    assert main(["new", "MINE-64", "-o", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in written} == before


def test_build_says_what_it_wrote_and_the_built_board_is_kept(tmp_path, capsys):
    assert main(["build", str(DEMO), "-o", str(tmp_path / "out")]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert {path.suffix for path in written} >= {".kicad_pcb", ".kicad_pro", ".kicad_dru", ".kicad_sym", ".kicad_mod", ".svg"}
    assert all(path.is_file() for path in written)
    board = next(path for path in written if path.suffix == ".kicad_pcb")
    assert main(["drc", str(board), "--spec", str(DEMO)]) == 0
    assert "drifted" not in capsys.readouterr().out


def test_drift_from_the_package_file_is_listed(board, tmp_path, capsys):
    board.write_text(board.read_text(encoding="utf-8").replace('"315 um ± 15 um"', '"316 um ± 15 um"'), encoding="utf-8")
    assert main(["drc", str(board), "--spec", str(DEMO)]) == 0
    assert "mold.cap: board 316 um ± 15 um, package file 315 um ± 15 um" in capsys.readouterr().out


def test_a_rule_is_explained_and_a_misspelt_one_is_suggested(capsys):
    assert main(["explain", "chip-not-covered"]) == 0
    assert "claims 1, 6, 15" in capsys.readouterr().out
    assert main(["explain", "chip-not-coverd"]) == 2
    assert "did you mean 'chip-not-covered'?" in capsys.readouterr().err


def test_a_house_adds_its_rules_and_an_unknown_one_is_told(board, capsys):
    assert main(["drc", str(board), "--house", "sky130-amkor-wlcsp"]) == 1
    assert "amkor-bump-pitch-too-small" in capsys.readouterr().out
    assert main(["drc", str(board), "--house", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_the_schema_is_a_schema_and_takes_the_demo(capsys):
    from variants import demo_data

    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(demo_data(), schema)


def test_a_reader_that_goes_away_is_no_error(board):
    command = f'"{sys.executable}" -m overmold drc "{board}" --format json | head -c 10'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(REPOSITORY / "plugin")})
    assert done.stderr == ""
    assert len(done.stdout) == 10


def test_a_terminal_that_knows_no_unicode_gets_the_report_all_the_same(board):
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugin"), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "overmold", "drc", str(board)], capture_output=True, text=True, check=False,
                          env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "KEPT: " in done.stdout


def test_the_module_runs_as_a_command():
    done = overmold("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("overmold ")


def test_a_second_new_package_of_a_folder_uses_the_schema_that_is_there(tmp_path, capsys):
    assert main(["new", "ONE-64", "-o", str(tmp_path)]) == 0
    schema = tmp_path / "overmold.schema.json"
    schema.write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert main(["new", "TWO-64", "-o", str(tmp_path)]) == 0
    assert "schema" not in capsys.readouterr().out
    assert schema.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("kind", ["bga", "qfn", "stack"])
def test_every_kind_of_new_package_is_kept(kind, tmp_path, capsys):
    assert main(["new", "ONE-64", "--kind", kind, "-o", str(tmp_path)]) == 0
    assert main(["drc", "-q", str(tmp_path / "ONE-64.yaml")]) == 0
    assert "KEPT: " in capsys.readouterr().out


@pytest.mark.parametrize("option", [[], ["--spec"], ["--rules"]])
def test_a_report_is_never_written_over_what_it_is_about(option, board, tmp_path, capsys):
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    spec, deck = tmp_path / "spec.yaml", tmp_path / "deck.yaml"
    spec.write_bytes(DEMO.read_bytes())
    deck.write_text("deck: ours\n", encoding="utf-8")
    target = {"--spec": spec, "--rules": deck}.get(option[0], board) if option else board
    before = target.read_bytes()
    (tmp_path / "same").symlink_to(target)
    for name in (target, tmp_path / "same"):
        assert main(["drc", str(board), *option, *([str(target)] if option else []), "-o", str(name)]) == 2
        assert "is read by this very command" in capsys.readouterr().err
    assert target.read_bytes() == before


def test_a_board_that_lost_its_chip_does_not_pass_when_it_is_held_against_its_package_file(board, capsys):
    text = board.read_text(encoding="utf-8").replace('(property "Package part" "chip"', '(property "Package part" ""')
    board.write_text(text, encoding="utf-8")
    assert main(["drc", str(board)]) == 2  # what still looks like a chip is not passed over
    assert "INCOMPLETE" in capsys.readouterr().out
    for old, new in {'"Package part" ""': '"Was" "chip"', '"Chip outline"': '"User.9"', '"User.1"': '"User.9"'}.items():
        text = text.replace(old, new)
    board.write_text(text, encoding="utf-8")
    assert main(["drc", str(board)]) == 2  # without a chip it is no package, whatever is kept
    assert "NO PACKAGE: no chip on this board" in capsys.readouterr().out
    assert main(["drc", str(board), "--complete"]) == 1
    assert main(["drc", str(board), "--spec", str(DEMO)]) == 2
    assert main(["drc", str(board), "--spec", str(DEMO), "--strict"]) == 1
    assert "chips.U1: board has none, package file is there" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_has_its_report_too_and_leaves_no_older_one(board, tmp_path, capsys):
    report, bad = tmp_path / "report.json", tmp_path / "bad.yaml"
    bad.write_text("package: X\n", encoding="utf-8")
    assert main(["drc", str(board), "--format", "json", "-o", str(report)]) == 0
    assert main(["drc", str(bad), "--format", "json", "-o", str(report)]) == 2
    (made,) = reports(report)
    assert (made["verdict"], made["violations"]) == ("unreadable", [])
    assert made["faults"][0]["file"] == str(bad)
    assert main(["drc", str(board), str(bad), "--format", "json", "-o", str(report)]) == 2
    assert [one["verdict"] for one in reports(report)] == ["kept", "unreadable"]
    assert main(["drc", str(bad), "-o", str(report)]) == 2
    assert report.read_text(encoding="utf-8").startswith(f"{bad}:")
    capsys.readouterr()


def test_the_exit_code_of_claims_speaks_of_the_claims(board, tmp_path, capsys):
    deck = tmp_path / "loose.yaml"
    deck.write_text("deck: loose\nchanges:\n  cover-not-half-to-twice-gap: {limit: {at_most: 9}, reason: a trial}\n", "utf-8")
    broken = tmp_path / "broken.kicad_pcb"
    broken.write_bytes(board_file(demo_with({"mold.cap": "440 um"})))
    assert main(["claims", str(board)]) == 0
    assert main(["drc", str(broken), "--rules", str(deck)]) == 0
    assert "a trial" in capsys.readouterr().out
    assert main(["claims", str(broken), "--rules", str(deck)]) == 1
    street = tmp_path / "street.kicad_pcb"
    street.write_bytes(board_file(demo_with({"mold.outline": ["10.4 mm", "10.4 mm"]})))
    assert main(["drc", str(street)]) == 1
    assert main(["claims", str(street)]) == 0


def test_rules_and_explain_show_what_a_team_changed_and_the_alloys(tmp_path, capsys):
    deck = tmp_path / "ours.yaml"
    deck.write_text("deck: ours\nchanges:\n  package-too-high: {silence: true, reason: a lid comes on top}\n"
                    "  vacuum-not-below-20-mmhg: {limit: {below: 15 mmHg}, reason: our pump}\n", "utf-8")
    assert main(["rules", "--rules", str(deck)]) == 0
    said = capsys.readouterr().out
    assert "package-too-high: silenced: a lid comes on top" in said
    assert "vacuum-not-below-20-mmhg: below 15 mmHg, error, as it comes: below 20 mmHg, error: our pump" in said
    assert "SAC305" in said
    assert main(["explain", "package-too-high", "--rules", str(deck)]) == 0
    assert "silenced: a lid comes on top" in capsys.readouterr().out
