"""What reaches the terminal: nothing that a file, a board, a deck, a table or an argument put there to steer it; and what
becomes of the exit code when nobody listens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dose import dose
from overmold.cli import main
from overmold.kicad.writing.board import board_file
from paths import DEMO, REPOSITORY
from variants import changed, demo, demo_data

EVIL = "\x1b]0;title\x07\x1b[31mRED\x9b2J\u202eabc\u2066\u200b"
QUOTED = EVIL.encode("unicode_escape").decode()  # a YAML text in double quotes
SEEN = re.compile(r"[^\n\x20-\x7e\xa1-\xac\xae-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\uffef]")
# Where a text of the package file can stand; each makes a fault or goes into the report.
FIELDS = ("package", "carrier.kind", "chips.0.name", "chips.0.size.0", "chips.0.bumps.alloy", "chips.0.bonded", "mold.filler",
          "passives.0.name", "passives.0.value", "passives.0.size", "netlist", "mold.process.method", "singulation.method",
          "balls.array.grid", "carrier.stackup.0.material")


def clean(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert not SEEN.search(said.out), SEEN.search(said.out)
    assert not SEEN.search(said.err), SEEN.search(said.err)
    return said.out + said.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    (tmp_path / "demo.yaml").write_bytes(DEMO.read_bytes())
    return tmp_path


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_of_a_package_file_steers_the_terminal(field, folder, capsys):
    path = folder / "evil.yaml"
    path.write_text(json.dumps(changed(demo_data(), {field: EVIL})), encoding="utf-8")
    for command in (["drc", "--all"], ["drc", "--format", "json"], ["claims"], ["drc", str(folder / "demo.yaml"), "--spec"]):
        assert main([*command, str(path)]) in (0, 1, 2)
        clean(capsys)


def test_no_key_deck_table_or_argument_does(folder, capsys):
    deck = folder / "deck.yaml"
    deck.write_text(f'deck: "{QUOTED}"\nchanges:\n  chips-too-close: {{silence: true, reason: "{QUOTED}\\nKEPT"}}\n'
                    f'  package-too-high: {{limit: {{at_least: 1 um}}, reason: "{QUOTED}"}}\n', encoding="utf-8")
    (folder / "bad.yaml").write_text(f'"{QUOTED}": 1\npackage: P\n"a\\nb.yaml:1:1": c\n', encoding="utf-8")
    spec = str(folder / "demo.yaml")
    for arguments in (["drc", spec, "--rules", str(deck), "--all"], ["rules", "--rules", str(deck)], ["explain", EVIL],
                      ["explain", "package-too-high", "--rules", str(deck)], ["drc", EVIL], ["drc", f"{EVIL}.yaml"],
                      ["drc", str(folder / "bad.yaml")],
                      ["drc", spec, "--house", EVIL], ["build", EVIL, "-o", EVIL], ["read", f"{EVIL}.kicad_pcb"],
                      ["drc", spec, "-o", f"{folder}/no/{EVIL}"], ["rules", "--rules", str(deck), "--format", "json"]):
        assert main(arguments) in (0, 2)
        assert "RED" in clean(capsys)
    (folder / "demo_nets.csv").write_text(f"net,pad\n{EVIL},{EVIL}\n{EVIL},U1.A1\n", encoding="utf-8")
    assert main(["drc", spec]) == 2
    clean(capsys)
    with pytest.raises(SystemExit):
        main(["drc", spec, f"--{EVIL}"])
    clean(capsys)


def test_no_field_of_a_board_does(folder, capsys):
    board = folder / "evil.kicad_pcb"
    text = board_file(demo()).decode()
    values = sorted(set(re.findall(r'\(property "[^"]+" "([^"]+)"', text)) | {"VDD"})
    assert len(values) > 25
    for number, value in enumerate(values[::dose(3, 1)]):
        board.write_text(text.replace(f'"{value}"', f'"{EVIL}\\n{value}"'), encoding="utf-8")
        for command in (["drc"], ["claims"], ["read", "-o", str(folder / "out"), "--force"])[:1 if number % 5 else 3]:
            assert main([*command, str(board)]) in (0, 1, 2)
            clean(capsys)


def test_a_values_line_end_never_splits_a_message(folder, capsys):
    kind = "sub\\nother.yaml:1:1: all is well"
    (folder / "bad.yaml").write_text(f'package: P\ncarrier: {{kind: "{kind}", size: [1 mm, 1 mm]}}\n', "utf-8")
    assert main(["drc", str(folder / "bad.yaml")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert all(line.startswith(f"{folder}/bad.yaml:") for line in lines)


@pytest.mark.parametrize(("variables", "colour"), [
    ({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "0"}, False), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)])
def test_colour_is_asked_for_and_forbidden_as_everywhere(variables, colour, folder, capsys, monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for command in ("drc", "claims"):
        assert main([command, str(folder / "demo.yaml")]) == 0
        assert ("\x1b[" in capsys.readouterr().out) is colour
    assert main(["drc", str(folder / "demo.yaml"), "-o", str(folder / "report.txt")]) == 0
    assert "\x1b" not in (folder / "report.txt").read_text(encoding="utf-8")


def shell(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``words`` in bash, where ``overmold`` is the command."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugin"), "PYTHON": sys.executable}
    environment.pop("PYTHONUNBUFFERED", None)
    return subprocess.run(["bash", "-c", f'overmold() {{ "$PYTHON" -m overmold "$@"; }}; {words}'], cwd=folder, env=environment,
                          capture_output=True, text=True, check=False, timeout=120)


ENDINGS = ("> /dev/null", "| true", "2>&1 | true", "| head -c 1", ">&-", ">&- 2>&-", ">&- 2>&- <&-", "2>&-", "> /dev/full",
           "> /dev/full 2>&1")


@pytest.mark.parametrize(("command", "code", "ending"), [
    *(("drc broken.yaml", 1, ending) for ending in ENDINGS),
    ("drc missing.yaml", 2, "2>&1 | true"), ("drc missing.yaml", 2, "2> /dev/full"), ("drc missing.yaml", 2, "2>&-"),
    ("drc demo.yaml", 0, "> /dev/full"), ("drc broken.yaml --format json", 1, "| true"), ("claims broken.yaml", 1, "| true"),
    ("drc broken.yaml missing.yaml", 2, "| true")])
def test_the_exit_code_is_the_verdict_whatever_becomes_of_the_words(command, code, ending, folder):
    (folder / "broken.yaml").write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 455 um"), "utf-8")
    done = shell(f"overmold {command} {ending}; echo \"${{PIPESTATUS[0]}}\" >&2", folder)
    assert done.stderr.splitlines()[-1] == str(code)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("command", ["schema", "rules", "explain gap-not-filled"])
def test_words_that_are_all_there_is_are_missed_where_the_disk_is_full(command, folder):
    done = shell(f"overmold {command} > /dev/full", folder)
    assert (done.returncode, done.stderr) == (2, "standard output: cannot be written: No space left on device\n")
    assert shell(f"set -o pipefail; overmold {command} | head -c 1", folder).returncode == 0


@pytest.mark.parametrize(("name", "words"), [("$'x\\xff.yaml'", "x\\xff.yaml  "), ("$'a\\nb.yaml'", "a\\nb.yaml")])
def test_a_file_with_an_odd_name_is_judged_like_any_other(name, words, folder):
    shell(f"cp demo.yaml {name}", folder)
    for options in ("--format json", "-o r.txt"):
        done = shell(f"overmold drc {name} demo.yaml {options}", folder)
        assert (done.returncode, done.stderr) == (0, "")
    assert words in (folder / "r.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", [
    "demo.yaml", "demo_nets.csv", "deck.yaml", "overmold.settings.yaml", "link", "./x/../demo_nets.csv"])
def test_no_file_that_is_read_is_written_over(target, folder):
    (folder / "x").mkdir()
    (folder / "deck.yaml").write_text("deck: ours\n", encoding="utf-8")
    (folder / "overmold.settings.yaml").write_text("decks: [deck.yaml]\n", encoding="utf-8")
    (folder / "link").symlink_to("demo_nets.csv")
    before = (folder / target).read_bytes()
    done = shell(f"overmold drc demo.yaml -o {target}", folder)
    assert done.returncode == 2
    assert "is read by this very command" in done.stderr
    assert (folder / target).read_bytes() == before
    assert (folder / "link").is_symlink()


def test_a_link_that_leads_in_a_circle_is_told(folder):
    (folder / "loop").symlink_to("loop")
    done = shell("overmold drc demo.yaml -o loop", folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("loop: cannot be written")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    assert shell("overmold drc loop.yaml", folder).returncode == 2
    assert shell("overmold drc . -q", folder).stdout.splitlines()[-1] == "UNREADABLE: 2 files, 1 kept, 1 unreadable"
