"""What buttons remember between two presses: private, bounded, and never a reason for a button to fail."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from overmold import state
from overmold.state import Choices


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return state.folder()


def remember(say: state.Say) -> None:
    state.remember_choices(Choices("markers", True), say)
    state.remember_markers("a.kicad_pcb", ["1", "2"], say)
    state.remember_package_file("a.kicad_pcb", "/p/one.yaml", say)


def recall(say: state.Say) -> tuple[object, ...]:
    return state.choices(say), state.markers("a.kicad_pcb", say), state.package_files("a.kicad_pcb", say)


def test_what_was_remembered_is_recalled_and_is_for_its_owner_alone(folder: Path) -> None:
    said: list[str] = []
    assert recall(said.append) == (Choices(), [], [])
    remember(said.append)
    assert recall(said.append) == (Choices("markers", True), ["1", "2"], ["/p/one.yaml"])
    assert said == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"choices.json", "markers.json", "placed.json"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("content", [b"{", b"[]", b"7", b"\xff", b"", b"[" * 200_000, b'{"a.kicad_pcb": 7}', b" " * 5_000_000])
def test_what_is_bad_is_said_ignored_and_written_over(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    for name in ("choices.json", "markers.json", "placed.json"):
        (folder / name).write_bytes(content)
    said: list[str] = []
    assert recall(said.append) == (Choices(), [], [])
    assert len(said) >= 2
    assert all("is ignored" in one for one in said)
    said.clear()
    remember(said.append)
    assert recall(said.append)[1:] == (["1", "2"], ["/p/one.yaml"])
    assert said == []


def test_a_link_or_a_pipe_is_neither_read_nor_written_through(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    other = tmp_path / "other.json"
    other.write_text('{"a.kicad_pcb": ["/elsewhere"]}')
    (folder / "placed.json").symlink_to(other)
    os.mkfifo(folder / "markers.json")
    said: list[str] = []
    assert recall(said.append) == (Choices(), [], [])
    remember(said.append)
    assert other.read_text() == '{"a.kicad_pcb": ["/elsewhere"]}'
    assert not (folder / "placed.json").is_symlink()


def test_it_does_not_grow_without_end(folder: Path) -> None:
    said: list[str] = []
    for number in range(state.MOST_BOARDS + 20):
        state.remember_markers(f"{number}.kicad_pcb", [str(one) for one in range(1000)], said.append)
        state.remember_package_file("a", f"/p/{number}.yaml", said.append)
    assert len(json.loads((folder / "markers.json").read_bytes())) == state.MOST_BOARDS
    assert len(state.markers(f"{state.MOST_BOARDS + 19}.kicad_pcb", said.append)) == state.MOST_MARKERS
    assert state.package_files("a", said.append)[0] == f"/p/{state.MOST_BOARDS + 19}.yaml"
    assert len(state.package_files("a", said.append)) == state.MOST_FILES


def test_unless_somebody_chooses_otherwise_a_check_changes_nothing_in_the_board(folder: Path) -> None:
    assert (Choices().show, Choices().keep) == ("selection", False)
    folder.mkdir(parents=True)
    (folder / "choices.json").write_text('{"show": "nonsense"}')
    assert state.choices(lambda words: None) == Choices()


def test_boards_of_one_name_in_two_projects_are_two_and_former_markers_stay_known_for_an_undo(folder: Path) -> None:
    said: list[str] = []
    for path, ids in (("/a/x.kicad_pcb", ["1"]), ("/b/x.kicad_pcb", ["2"]), ("/a/x.kicad_pcb", ["3"])):
        state.remember_markers(path, ids, said.append)
        state.remember_package_file(path, f"{path}.yaml", said.append)
        state.remember_selection(path, [*ids, "s"], [f"before {ids[0]}"], said.append)
    assert state.markers("/a/x.kicad_pcb", said.append) == ["3", "1"]
    assert state.markers("/b/x.kicad_pcb", said.append) == ["2"]
    assert state.package_files("/b/x.kicad_pcb", said.append) == ["/b/x.kicad_pcb.yaml"]
    assert state.selection_left("/a/x.kicad_pcb", said.append) == (["3", "s"], ["before 3"])
    assert state.selection_left("/c/x.kicad_pcb", said.append) == ([], [])
    assert said == []


def test_two_buttons_at_once_lose_nothing(folder: Path) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: state.remember_markers(f"{number}", [f"{number}"], said.append), range(24)))
    assert [state.markers(f"{number}", said.append) for number in range(24)] == [[f"{number}"] for number in range(24)]
    assert said == []


def test_a_folder_that_cannot_be_made_is_said(folder: Path) -> None:
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("")
    said: list[str] = []
    remember(said.append)
    assert len(said) == 3
