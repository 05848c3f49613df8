"""What a form sends to a button, whoever filled it in: a plain answer, and files in the folder that is shown, nowhere else."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from overmold.buttons import files, place, selection
from overmold.faults import Faults


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home/out").mkdir(parents=True)
    return tmp_path / "home/out"


def save(folder: object, names: dict[str, object], force: bool = False) -> str:
    words: str = selection.save({"folder": str(folder), "files": names, "force": force})["done"]
    return words


GOOD = "package: P\ncarrier: {kind: substrate, size: [10 mm, 10 mm]}\n"


def test_package_files_and_tables_are_written_into_the_folder_shown(folder: Path) -> None:
    assert save("~/out", {"P.yaml": GOOD, "P_nets.csv": "b"}).startswith("Written, and read back as a package file: ")
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"P.yaml": GOOD, "P_nets.csv": "b"}
    with pytest.raises(Faults, match="tick 'write over it'"):
        save(folder, {"P.yaml": GOOD + "note: c\n"})
    save(folder, {"P.yaml": GOOD + "note: c\n"}, force=True)
    assert (folder / "P.yaml").read_text() == GOOD + "note: c\n"


@pytest.mark.parametrize("bad", ["", "a", "package: P\n",
                                 GOOD.replace("10 mm,", "10,"), GOOD + "colour: red\n", "package: [\n"])
def test_what_is_no_package_file_is_not_said_to_be_written_and_leaves_what_was_there(folder: Path, bad: str) -> None:
    with pytest.raises(Faults, match="nothing is written, for this is not a package file yet"):
        save(folder, {"P.yaml": bad, "P_nets.csv": "b"})
    assert list(folder.iterdir()) == []
    save(folder, {"P.yaml": GOOD})
    with pytest.raises(Faults, match="nothing is written"):
        save(folder, {"P.yaml": bad, "P_nets.csv": "b"}, force=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"P.yaml": GOOD}
    kept = selection.save({"folder": str(folder), "files": {"P.yaml": bad}, "force": True, "unfinished": True})
    assert list(kept) == ["unfinished"]
    assert kept["unfinished"][0] == f"Unfinished, and no package file yet: {folder / 'P.yaml'}"
    assert "P.yaml" in kept["unfinished"][1]
    assert (folder / "P.yaml").read_text() == bad


@pytest.mark.parametrize("name", [".bashrc", "x.sh", "x", "../x.yaml", "a/x.yaml", "/tmp/x.yaml", "a\\x.yaml", ".yaml",
                                  ".x.yaml", "x.YAML", "x.yaml\n", "x.yaml\0.csv", "con.yaml", "x:y.csv", "",
                                  "\udcff.yaml", "..", "x.csv."])
def test_no_other_name_is_written(folder: Path, name: str) -> None:
    for force in (False, True):
        with pytest.raises(Faults):
            save(folder, {"good.yaml": GOOD, name: "b"}, force)
    assert list(folder.iterdir()) == []
    assert not (folder.parent / "x.yaml").exists()


def test_two_names_that_are_one_file_somewhere_are_not_written(folder: Path) -> None:
    with pytest.raises(Faults):
        save(folder, {"p.csv": "a", "P.csv": "b"})


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (folder / "P.yaml").symlink_to(precious)
    (folder / "Q.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "home/link").symlink_to(folder)
    for name in ("P.yaml", "Q.yaml"):
        with pytest.raises(Faults, match="is a link"):
            save(folder, {name: "x"}, force=True)
    with pytest.raises(Faults, match="is a link to"):
        save(tmp_path / "home/link", {"R.yaml": "x"})
    assert precious.read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("words", ["~nosuchuser", "~nosuchuser/x", "x\0y", "x" * 5000, "/" + "x/" * 3000, "\ud800", "no/such",
                                   ""])
def test_a_path_that_nothing_can_have_gets_an_answer(words: str, folder: Path) -> None:
    with pytest.raises(Faults):
        save(words, {"P.yaml": "x"})
    with suppress(Faults):  # of a file that is not there it is the folder
        files.listing(words)
    if words.startswith("~"):
        with pytest.raises(Faults, match="cannot be found"):
            place._path({"file": words}, None)  # type: ignore[arg-type]


def test_a_folder_with_names_that_are_not_utf_8_and_with_looping_links_is_listed(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff.yaml")).write_text("package: P\n")
    (folder / "loop").symlink_to(folder / "loop")
    found = files.listing(str(folder))
    assert found["files"] == ["\udcff.yaml"]
    assert found["folders"] == []


@pytest.mark.parametrize("texts", [None, [], {}, {"P.yaml": 1}, "x"])
def test_what_the_page_would_not_send_is_refused(folder: Path, texts: object) -> None:
    with pytest.raises(Faults, match="older than the plugin"):
        selection.save({"folder": str(folder), "files": texts})
