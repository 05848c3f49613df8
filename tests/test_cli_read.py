"""``overmold read``: what is written where, what is told, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_boards import TEAM
from overmold.cli import main
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package_file import read_package_file
from paths import DEMO
from variants import demo

NAME = "FCCSP-144_10x10mm_P0.8mm"


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "demo.kicad_pcb"
    path.write_bytes(board_file(demo()))
    return path


def test_the_package_file_of_a_board_is_kept_and_has_not_drifted(board, tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    assert main(["read", str(board), "-o", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(out / f"{NAME}.yaml"), str(out / f"{NAME}_nets.csv")]
    assert said.err == ""
    assert main(["drc", str(board), "--strict", "--spec", str(out / f"{NAME}.yaml")]) == 0
    assert main(["drc", "--strict", str(out / f"{NAME}.yaml")]) == 0
    assert sorted(path.name for path in out.iterdir()) == [f"{NAME}.yaml", f"{NAME}_nets.csv"]


def test_what_somebody_edited_stays_unless_it_is_forced(board, tmp_path, capsys):
    assert main(["read", str(board), "-o", str(tmp_path)]) == 0
    assert main(["read", str(board), "-o", str(tmp_path)]) == 0  # the same once more is no loss
    spec, nets = tmp_path / f"{NAME}.yaml", tmp_path / f"{NAME}_nets.csv"
    written = spec.read_text(encoding="utf-8")
    spec.write_text("# mine\n", encoding="utf-8")
    nets.unlink()
    capsys.readouterr()
    assert main(["read", str(board), "-o", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert f"{spec}: is there already and differs" in said.err
    assert said.out == ""
    assert spec.read_text(encoding="utf-8") == "# mine\n"
    assert not nets.exists()
    assert main(["read", str(board), "-o", str(tmp_path), "--force"]) == 0
    assert spec.read_text(encoding="utf-8") == written


def test_notes_go_to_stderr_and_only_some_footprints_are_read_when_asked(tmp_path, capsys):
    board = tmp_path / "team.kicad_pcb"
    board.write_bytes(TEAM)
    assert main(["read", str(board), "-o", str(tmp_path), "--only", "U1, BGA1"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(tmp_path / "team.yaml"), str(tmp_path / "team_nets.csv")]
    assert "U1: its 100 pads are taken for the bumps of a flip chip" in said.err
    assert "fill in before 'overmold drc' can read the package file" in said.err
    assert "C7" not in said.err
    assert main(["read", str(board), "--only", "U11"]) == 2
    assert "there is no footprint 'U11' on this board; did you mean 'U1'?" in capsys.readouterr().err
    assert main(["read", str(board), "--only", ","]) == 2


def test_a_footprint_file_gives_its_balls(tmp_path, capsys):
    files = files_of(read_package_file(DEMO))
    name, data = next((name, data) for name, data in files.items() if name.endswith("_carrier.kicad_mod"))
    path = tmp_path / Path(name).name
    path.write_bytes(data)
    assert main(["read", str(path), "-o", str(tmp_path)]) == 0
    assert "the carrier's stack-up" in capsys.readouterr().err
    assert main(["drc", str(tmp_path / f"{NAME}.yaml")]) == 0
    assert main(["read", str(path), "--only", "U1"]) == 2


@pytest.mark.parametrize(("name", "content", "said"), [
    ("missing.kicad_pcb", None, "no such file"), ("notes.txt", b"hello", "cannot be read back"),
    ("empty.kicad_pcb", b"", "empty.kicad_pcb"), ("cut.kicad_pcb", b"(kicad_pcb (version 20241229)", "cut.kicad_pcb:1"),
    ("bare.kicad_pcb", b"(kicad_pcb (version 20241229))", "no footprint of this board is part of a package"),
    ("none.kicad_mod", b'(footprint "R" (layer "F.Cu"))', "this footprint has no pad with a name")])
def test_what_cannot_be_read_back_ends_with_2_and_writes_nothing(name, content, said, tmp_path, capsys):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["read", str(path), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "select" not in told  # at the command line nothing is
    assert not (tmp_path / "out").exists()


def test_where_nothing_can_be_written_nothing_is(board, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["read", str(board), "-o", str(tmp_path / "file" / "out")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    taken = tmp_path / "taken"
    (taken / f"{NAME}_nets.csv").mkdir(parents=True)
    assert main(["read", str(board), "-o", str(taken), "--force"]) == 2
    assert [path.name for path in taken.iterdir()] == [f"{NAME}_nets.csv"]


