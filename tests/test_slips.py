"""Slips on the command line: one sentence says what is wrong and what to write, nothing is written, and the code is 2."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from overmold import output_folder
from overmold.cli import main
from overmold.kicad.writing.board import board_file
from paths import DEMO
from variants import demo

BOARD, SPEC = "demo.kicad_pcb", "demo.yaml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(SPEC).write_bytes(DEMO.read_bytes())
    Path("demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    Path(BOARD).write_bytes(board_file(demo()))
    return tmp_path


@pytest.mark.parametrize(("words", "said"), [
    (f"build {BOARD} -o out", "demo.kicad_pcb: is a file of KiCad and not a package file; 'overmold read' makes"),
    (f"take-over {BOARD} {BOARD}", "demo.kicad_pcb: is a file of KiCad and not a package file"),
    (f"build {SPEC} -o {BOARD}", "demo.kicad_pcb: is a file; name a folder to write to"),
    (f"export {SPEC} -o {BOARD}", "demo.kicad_pcb: is a file; name a folder to write to"),
    (f"export {SPEC} --to aif --to dxf=none/a.dxf", "none/a.dxf: cannot be written: there is no folder none"),
    (f"export {SPEC} --to aif --to xlsx=map.csv", "map.csv: cannot be written: xlsx ends in .xlsx; name it map.xlsx"),
    (f"export {SPEC} --to dxf=.", ".: is a folder; name a file in it"),
    (f"read {BOARD} -o {SPEC}", "demo.yaml: is a file; name a folder to write to"),
    (f"new P -o {BOARD}", "demo.kicad_pcb: is a file; name a folder to write to"),
    (f"import {SPEC}", "demo.yaml:1:1: is a package file already; there is nothing to import"),
    ("claims packges", "packges: there is no such file"),
    ("solve .", ".: is a folder; name a file in it"),
    ("draw demo_nets.csv", "demo_nets.csv: is of no kind that is read here; give a package file (.yaml)"),
    (f"draw {SPEC} --plan -o plan.png", "plan.png: cannot be written: the picture is SVG; name it plan.svg, or give a folder"),
    (f"draw {SPEC} --plan --section -o two.svg", "two.svg: cannot be written: 2 pictures do not go into one file"),
    (f"draw {SPEC} --section --at U9", "; known: U1.U9, C1, C2, C3, C4, U1, U1.A1"),
    ("explain street", "lists them all; known: kerf-not-inside-street, saw-street-not-clear, balls"),
    ("explain chip-not-coverd", "'overmold rules' lists them all; did you mean 'chip-not-covered'?\n"),
    (f"window {SPEC} -o window.png", "window.png: cannot be written: the picture is SVG; name it window.svg"),
    (f"sweep {SPEC} --vary mold.cap=300um -o t.csv --picture t.pdf", "t.pdf: cannot be written: the picture is SVG"),
    (f"sweep {SPEC} --vary mold.cap=300..400um -o t.csv", "mold.cap: '300..400um' has no step; it follows a colon"),
    (f"sweep {SPEC} --vary mold.process.pressure=0mmHg -o t.csv", "cannot be 0 mmHg; it is at least 0.0001 mmHg"),
])
def test_a_slip_is_told_and_nothing_is_written(words: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in here.iterdir()}
    assert main(words.split()) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert {path: path.read_bytes() for path in here.iterdir()} == before


@pytest.mark.parametrize(("word", "said"), [
    ("bulid", "there is no command 'bulid'; did you mean 'build'? 'overmold --help' lists them"),
    ("zzz", "there is no command 'zzz'; 'overmold --help' lists them"),
])
def test_a_command_that_is_none_is_told_with_the_nearest(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, "x"])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_list_of_what_could_be_taken_over_says_that_nothing_is_written(here: Path,
                                                                         capsys: pytest.CaptureFixture[str]) -> None:
    spec = here / SPEC
    spec.write_text(spec.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 320 um"), encoding="utf-8")
    assert main(["take-over", BOARD, SPEC]) == 0
    said = capsys.readouterr()
    assert said.out == "mold.cap: 320 um ± 15 um -> 315 um ± 15 um\n"
    assert "nothing is written yet: --only ROW" in said.err
    assert main(["take-over", BOARD, SPEC, "--all"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ["new P -o made", f"read {BOARD} -o made"])
def test_of_what_people_edit_all_is_written_or_nothing(words: str, here: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    put = output_folder.put

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        put(path, data)

    monkeypatch.setattr(output_folder, "put", full)
    assert main(words.split()) == 2
    assert capsys.readouterr().err == "made: cannot be written: No space left on device\n"
    assert not (here / "made").exists()
