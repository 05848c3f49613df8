"""Files into one folder: one run after the other, whatever was planted there, and nothing of a killed run stays."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from overmold import file_names
from overmold.faults import Faults
from overmold.kicad.writing.build import build, files_of
from overmold.output_file import write_atomically
from overmold.output_folder import write_all, write_new
from overmold.output_folder.lock import LOCK, locked
from overmold.package import Package
from overmold.package_file import read_package_file
from paths import DEMO, PLUGIN, TESTS
from test_build import contents
from waiting import wait_for

QFN = TESTS / "packages/qfn.yaml"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(DEMO)


def overmold(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "overmold", *map(str, arguments)], text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(PLUGIN)})


# --- A memory that somebody else wrote ----------------------------------------------------------------------------------------

OUTSIDE = ["../precious.txt", "../../precious.txt", "x/../../precious.txt", "./../precious.txt", "..\\precious.txt",
           "{outside}", "a/b/precious.txt", "", ".", "..", ".git", ".git/config", "C:precious.txt", "\\\\host\\share",
           "a//b", "x\0y"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_memory_that_names_what_is_not_in_the_folder_is_said_and_ignored(tmp_path: Path, name: str) -> None:
    folder, precious = tmp_path / "in/project", tmp_path / "precious.txt"
    folder.mkdir(parents=True)
    precious.write_text("precious")
    (tmp_path / "in/precious.txt").write_text("precious")
    digest = hashlib.sha256(b"precious").hexdigest()
    memory = folder / ".P.overmold.json"
    memory.write_text(json.dumps({"files": {name.format(outside=precious): [digest]}}))
    said: list[str] = []
    write_all(folder, "P", {"P.kicad_pcb": b"new"}, False, say=said.append)
    assert precious.read_text() == (tmp_path / "in/precious.txt").read_text() == "precious"
    assert len(said) == 1
    assert str(memory) in said[0]
    assert "is ignored" in said[0]
    assert list(json.loads(memory.read_bytes())["files"]) == ["P.kicad_pcb"]  # and is good again


@pytest.mark.parametrize("content", [b"[1, 2", b"[]", b"\xff", b"{}", b'{"files": []}', b'{"files": {"a.svg": 1}}',
                                     b'{"files": {"a.svg": ["x"]}}', b'{"files": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
                                     b'{"files": {}' + b" " * 9_000_000 + b"}"])
def test_a_memory_that_cannot_be_read_is_said_and_ignored(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".P.overmold.json").write_bytes(content)
    said: list[str] = []
    write_all(tmp_path, "P", {"P.svg": b"new"}, False, say=said.append)
    assert len(said) == 1
    assert (tmp_path / "P.svg").read_bytes() == b"new"


def test_a_memory_never_takes_away_what_no_build_writes_nor_what_a_link_leads_to(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (folder / "README.md").write_text("mine")
    (outside / "x.kicad_mod").write_text("mine")
    (folder / "P.pretty").symlink_to(outside)
    (folder / "old.svg").symlink_to(folder / "README.md")
    digest = hashlib.sha256(b"mine").hexdigest()
    names = ["README.md", "P.pretty/x.kicad_mod", "old.svg"]
    (folder / ".P.overmold.json").write_text(json.dumps({"files": {name: [digest] for name in names}}))
    write_all(folder, "P", {"P.svg": b"new"}, False)
    assert all((folder / name).read_text() == "mine" for name in names)
    with pytest.raises(Faults, match="is a link that leads out of the folder"):
        write_all(folder, "P", {"P.pretty/y.kicad_mod": b"new"}, True)
    assert [path.name for path in outside.iterdir()] == ["x.kicad_mod"]


def test_a_memory_that_is_a_link_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".P.overmold.json")
    said: list[str] = []
    write_all(tmp_path, "P", {"P.svg": b"new"}, False, say=said.append)
    assert "is not a plain file" in said[0]


# --- Names --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [("carrier",), ("U1", "u1"), ("U1", "u1", "u1_2"), ("fingers", "WIRES"), ("ThermalVias",),
                                   ("Carrier", "carrier", "CARRIER")])
def test_no_two_files_of_a_build_are_one_on_any_system(package: Package, names: tuple[str, ...]) -> None:
    chips = tuple(replace(package.chips[0], name=name) for name in names)
    files = files_of(replace(package, chips=chips))
    assert len({file_names.alike(name) for name in files}) == len(files)
    assert len(files) == len(files_of(package)) - 1 + len(names)
    assert f"{package.name}.pretty/{package.name}_carrier.kicad_mod" in files


def test_names_like_no_other_keep_to_themselves() -> None:
    assert file_names.apart(["U1", "u1", "U2", "u1_2"]) == ["U1", "u1_3", "U2", "u1_2"]
    assert file_names.apart(["\u00e9", "e\u0301"]) == ["\u00e9", "e\u0301_2"]
    assert file_names.apart(["stra\u00dfe", "STRASSE"]) == ["stra\u00dfe", "STRASSE_2"]
    assert file_names.apart(["A"], ["a"]) == ["A_2"]


@pytest.mark.parametrize("name", ["con", "NUL.x", "com1", "LPT\u00b9", "conin$", "a:b", "a/b", "a\\b", ".a", "a.", "a ",
                                  "", "x" * 256])
def test_names_that_some_system_cannot_have(name: str) -> None:
    assert not file_names.is_plain(name)


def test_a_package_called_like_another_but_for_capitals_is_not_built_beside_it(package: Package, tmp_path: Path) -> None:
    build(replace(package, name="Abc"), tmp_path)
    before = contents(tmp_path)
    with pytest.raises(Faults, match=r"differs from abc\.kicad_pcb, which is to be written, in nothing but capitals"):
        build(replace(package, name="abc"), tmp_path, force=True)
    assert contents(tmp_path) == before


def test_a_chip_whose_name_changes_its_capitals_leaves_one_file(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path)
    build(replace(package, chips=(replace(package.chips[0], name="u1"),)), tmp_path)
    assert sorted(path.name[-13:] for path in tmp_path.glob("*.pretty/*1.kicad_mod")) == ["_u1.kicad_mod"]


# --- Several packages ---------------------------------------------------------------------------------------------------------


def test_two_packages_in_one_folder_have_a_row_each(package: Package, tmp_path: Path) -> None:
    other = read_package_file(QFN)
    build(package, tmp_path)
    build(other, tmp_path)
    build(package, tmp_path)
    for table in ("fp-lib-table", "sym-lib-table"):
        words = (tmp_path / table).read_text()
        assert [words.count(f'(name "{one.name}")') for one in (package, other)] == [1, 1]
    own = '(lib (name "mine")(type "KiCad")(uri "${KIPRJMOD}/mine.pretty")(options "")(descr ""))'
    table = tmp_path / "fp-lib-table"
    table.write_text(table.read_text().replace("(version 7)", f"(version 7)\n  {own}"))
    before = table.read_text()
    build(replace(package, max_height=1_100_000), tmp_path)
    assert table.read_text() == before
    # KiCad lays the table out anew when it saves it: the row is ours all the same.
    table.write_text("(fp_lib_table\n\t(version 7)\n\t" + before[before.index("(lib"):].replace(")(", ") ("))
    build(package, tmp_path)
    table.write_text(before.replace("Footprints of FCOL", "My own FCOL"))
    with pytest.raises(Faults, match="fp-lib-table: was edited since Overmold wrote it"):
        build(other, tmp_path)
    build(package, tmp_path)  # it is not this one's row
    build(other, tmp_path, force=True)
    assert table.read_text() == before


def test_a_package_without_balls_any_more_takes_only_its_own_row_away(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path)
    build(replace(package, balls=None), tmp_path)
    assert not (tmp_path / "sym-lib-table").exists()
    build(package, tmp_path)
    build(read_package_file(QFN), tmp_path)
    build(replace(package, balls=None), tmp_path)
    words = (tmp_path / "sym-lib-table").read_text()
    assert package.name not in words
    assert words.count("(lib ") == 1


# --- Runs that meet, and runs that are killed ---------------------------------------------------------------------------------


def test_eight_builds_into_one_folder_go_one_after_the_other(package: Package, tmp_path: Path) -> None:
    variants = []
    for number in range(4):
        file = tmp_path / f"v{number}.yaml"
        file.write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um", f"cap: {315 + number} um"), encoding="utf-8")
        variants.append(file)
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    runs = [overmold("build", file, "-o", tmp_path / "out") for file in variants * 2]
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0] * 8, said
    files = contents(tmp_path / "out")
    fresh = []
    for number, file in enumerate(variants):
        overmold("build", file, "-o", tmp_path / f"fresh{number}").communicate(timeout=60)
        fresh.append(contents(tmp_path / f"fresh{number}"))
    assert files in fresh
    assert not [name for name in files if name.startswith(".overmold")]


def test_a_lock_is_waited_for_and_given_up_with_a_word(tmp_path: Path) -> None:
    with locked(tmp_path):
        began = time.monotonic()
        with pytest.raises(Faults, match="another overmold writes into this folder"), locked(tmp_path, patience_s=0.3):
            pass
        assert time.monotonic() - began >= 0.3
    with locked(tmp_path, patience_s=0.3):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_planted_in_the_place_of_the_lock_is_a_fault(tmp_path: Path, what: str) -> None:
    target = tmp_path / "target"
    folder = tmp_path / "out"
    folder.mkdir()
    if what == "link":
        (folder / LOCK).symlink_to(target)
    elif what == "pipe":
        os.mkfifo(folder / LOCK)
    else:
        (folder / LOCK).mkdir()
    with pytest.raises(Faults):
        write_new(folder, {"a": b""})
    assert not target.exists()


HOLDS = """
import sys, time
from pathlib import Path
from overmold.output_folder.lock import locked, under_way
with locked(Path(sys.argv[1])), under_way(Path(sys.argv[1])) as beside:
    (beside / "new").mkdir()
    print("holds", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_run_holds_is_free_and_what_it_leaves_is_cleared_away_but_nothing_else(
    package: Package, tmp_path: Path
) -> None:
    for own in (".overmold-notes_x", ".overmold-mine", ".overmold-12345678.txt"):
        (tmp_path / own).mkdir()
        (tmp_path / own / "mine.txt").write_text("mine")
    (tmp_path / ".overmold-abcd1234").symlink_to(tmp_path / ".overmold-mine")
    kept = {path.name for path in tmp_path.iterdir()}
    run = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True,
                           env={**os.environ, "PYTHONPATH": str(PLUGIN)})
    assert run.stdout is not None
    assert run.stdout.readline() == "holds\n"
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert {path.name for path in tmp_path.iterdir()} > kept
    build(package, tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".overmold")} == kept
    assert (tmp_path / ".overmold-mine/mine.txt").read_text() == "mine"


def test_builds_that_are_killed_at_any_time_leave_nothing_that_the_next_does_not_mend(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path / "fresh")
    folder = tmp_path / "out"
    for pause in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        run = overmold("build", DEMO, "-o", folder)
        time.sleep(pause)
        run.kill()
        run.communicate()
    build(package, folder)
    assert contents(folder) == contents(tmp_path / "fresh")


def test_a_file_that_a_killed_run_had_under_way_is_cleared_away(tmp_path: Path) -> None:
    left, young = tmp_path / ".overmold-abcdefgh", tmp_path / ".overmold-hgfedcba"
    left.write_text("half")
    os.utime(left, (1, 1))
    young.write_text("half")
    write_atomically(tmp_path / "report.txt", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {young.name, "report.txt"}


def test_the_memory_is_for_its_owner_alone(package: Package, tmp_path: Path) -> None:
    build(package, tmp_path)
    assert (tmp_path / f".{package.name}.overmold.json").stat().st_mode & 0o777 == 0o600
    wait_for(lambda: not (tmp_path / LOCK).exists(), "the lock to be gone")
