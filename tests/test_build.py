"""`overmold build`: the same bytes every time, all files or none, and nothing of yours overwritten."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from overmold import output_file as output
from overmold.faults import Faults
from overmold.kicad.writing.build import build, files_of
from overmold.output_file import write_atomically
from overmold.package import Package
from overmold.package_file import read_package_file
from paths import DEMO

NAME = "FCCSP-144_10x10mm_P0.8mm"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(DEMO)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_folder_holds_everything_that_makes_a_kicad_project(package: Package, tmp_path: Path) -> None:
    paths = build(package, tmp_path / "new" / "folder")
    assert {str(path.relative_to(tmp_path / "new/folder")) for path in paths} == {
        f"{NAME}.kicad_pcb", f"{NAME}.kicad_pro", f"{NAME}.kicad_dru", f"{NAME}.kicad_sym", "fp-lib-table",
        "sym-lib-table", *(f"{NAME}.pretty/{name}.kicad_mod" for name in (
            NAME, f"{NAME}_carrier", f"{NAME}_U1", "Passive_0.4x0.2mm_H0.2mm")),
        f"{NAME}.3dshapes/{NAME}.step", f"{NAME}.3dshapes/{NAME}_inside.step",
    }
    assert all(path.is_file() for path in paths)
    assert json.loads((tmp_path / f"new/folder/{NAME}.kicad_pro").read_text())["meta"]["filename"] == f"{NAME}.kicad_pro"


def test_the_same_spec_gives_the_same_bytes(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path / "a")
    build(read_package_file(DEMO), tmp_path / "b")
    build(package, tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_no_two_things_of_a_build_share_a_uuid(package: Package) -> None:
    for name, data in files_of(package).items():
        ids = [line.strip() for line in data.decode().splitlines() if line.strip().startswith("(uuid")]
        assert len(set(ids)) == len(ids), name


def test_what_somebody_edited_stays_until_force_is_said(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path)
    board = tmp_path / f"{NAME}.kicad_pcb"
    board.write_bytes(board.read_bytes() + b"\n")
    (tmp_path / "fp-lib-table").write_text("(fp_lib_table)")
    before = contents(tmp_path)
    thinner = replace(package, max_height=1_100_000)
    with pytest.raises(Faults) as caught:
        build(thinner, tmp_path)
    assert {Path(fault.file).name for fault in caught.value.faults} == {board.name, "fp-lib-table"}
    assert "was edited since Overmold wrote it" in str(caught.value)
    assert "--force" in str(caught.value)
    assert contents(tmp_path) == before
    build(thinner, tmp_path, force=True)
    build(thinner, tmp_path / "fresh")
    assert board.read_bytes() == (tmp_path / "fresh" / board.name).read_bytes()


def test_a_file_that_was_never_ours_stays(package: Package, tmp_path: Path) -> None:
    (tmp_path / "fp-lib-table").write_text("mine")
    with pytest.raises(Faults, match="was not written by Overmold for this package"):
        build(package, tmp_path)
    assert contents(tmp_path) == {"fp-lib-table": b"mine"}


def test_a_changed_spec_replaces_what_nobody_touched_and_removes_what_is_no_more(
    package: Package, tmp_path: Path
) -> None:
    build(package, tmp_path, extra={"plan.svg": "<svg/>"})
    build(replace(package, passives=()), tmp_path)
    assert not list(tmp_path.glob("*.pretty/Passive*"))
    assert not (tmp_path / "plan.svg").exists()
    build(package, tmp_path)
    assert len(list(tmp_path.glob("*.pretty/Passive*"))) == 1


@pytest.mark.parametrize("fails_at", range(14))
def test_a_failure_in_the_middle_leaves_what_was_there(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    build(package, old)
    before = contents(old)
    calls = 0
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == fails_at + 1:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(output.Path, "replace", failing)
    changed = replace(package, name=NAME, max_height=1_100_000, passives=package.passives[:2])
    for folder, kept in ((old, before), (fresh, {})):
        calls = 0
        failed = ""
        try:
            build(changed, folder)
        except Faults as fault:
            failed = str(fault)
        assert bool(failed) == (calls > fails_at)  # it fails unless fewer files than that are renamed
        if failed:
            assert "No space left" in failed
            assert folder.exists() == bool(kept)
            assert not kept or contents(folder) == kept


def test_a_folder_that_is_a_file_is_a_fault_and_no_traceback(package: Package, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Faults, match="is a file; name a folder"):
        build(package, tmp_path / "file")
    with pytest.raises(Faults, match="cannot be written"):
        write_atomically(tmp_path / "no" / "such" / "folder.txt", b"")


@pytest.mark.parametrize("name", ["../evil", "a/b", "", ".hidden", "a b'c", "x" * 101, "quote\"d"])
def test_a_name_that_no_file_can_have_is_a_fault(package: Package, tmp_path: Path, name: str) -> None:
    with pytest.raises(Faults, match="cannot be the name of a package"):
        build(replace(package, name=name), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_broken_memory_makes_every_file_count_as_edited(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path)
    (tmp_path / f".{NAME}.overmold.json").write_text("[1, 2")
    build(package, tmp_path)  # nothing would change, so nothing is in danger
    (tmp_path / f".{NAME}.overmold.json").write_text("[1, 2")
    with pytest.raises(Faults):
        build(replace(package, max_height=1_100_000), tmp_path)


def test_a_link_stays_a_link_and_what_it_points_to_is_written_with_its_rights_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        heard = reader.submit(pipe.read_bytes)
        write_atomically(pipe, b"report")
        assert heard.result(timeout=10) == b"report"
    assert pipe.is_fifo()
