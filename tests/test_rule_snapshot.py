"""The snapshot of the rules: what is taken from it is what the files say, and a file that differs is read itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from overmold import rule as rules
from overmold.faults import Faults
from overmold.rule.snapshot import NAME
from paths import REPOSITORY


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules, which load_deck reads."""
    copy = tmp_path / "rules"
    shutil.copytree(REPOSITORY / "rules", copy)
    monkeypatch.setattr(rules, "rules_folder", lambda: copy)
    return copy


def deck():  # type: ignore[no-untyped-def]
    return rules.load_deck(examples=False)


def test_no_file_of_a_default_deck_is_read_as_yaml(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = deck()
    monkeypatch.setattr(rules, "load", None)
    assert deck() == expected


@pytest.mark.parametrize("text", [None, b"", b"{", b"[]", b"\xff", b'{"claims/chip-not-covered.yaml": 3}'])
def test_without_a_snapshot_the_same_is_read(folder: Path, text: bytes | None) -> None:
    expected = deck()
    if text is None:
        (folder / NAME).unlink()
    else:
        (folder / NAME).write_bytes(text)
    assert deck() == expected


@pytest.mark.parametrize("key", ["limits", "title", "claims", "alloys", "severity"])
def test_an_entry_that_lacks_something_is_passed_over(folder: Path, key: str) -> None:
    expected = deck()
    entries = json.loads((folder / NAME).read_bytes())
    for entry in entries.values():
        entry.pop(key, None)
    (folder / NAME).write_text(json.dumps(entries), encoding="utf-8")
    assert deck() == expected


def test_every_edit_of_every_rule_is_read_from_its_file(folder: Path) -> None:
    for path in (path for name in rules.DEFAULT_DECKS for path in (folder / name).glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: ", "title: Now ", 1), encoding="utf-8")
    assert all(one.title.startswith("Now ") for one in deck().rules)


def test_an_edit_of_one_digit_is_seen(folder: Path) -> None:
    path = folder / "claims/chip-not-covered.yaml"
    before = {one.name: one.limits for one in deck().rules}[path.stem]
    path.write_bytes(path.read_bytes().replace(b"at_least: 1", b"at_least: 2").replace(b"above: 0", b"above: 1"))
    assert {one.name: one.limits for one in deck().rules}[path.stem] != before


def test_a_new_rule_and_one_taken_away_are_seen(folder: Path) -> None:
    old = folder / "claims/chip-not-covered.yaml"
    old.rename(folder / "claims/a-new-one.yaml")
    names = {one.name for one in deck().rules}
    assert "a-new-one" in names
    assert "chip-not-covered" not in names


def test_a_fault_is_told_at_its_line_and_alloys_are_read_anew(folder: Path) -> None:
    path = folder / "claims/chip-not-covered.yaml"
    path.write_bytes(path.read_bytes().replace(b"severity: error", b"severity: errr"))
    with pytest.raises(Faults, match=r"chip-not-covered\.yaml:\d+:\d+: unknown severity 'errr'"):
        deck()
    with pytest.raises(Faults, match="errr"):
        rules.snapshot_text()


def test_an_alloy_that_is_edited_is_read_from_its_file(folder: Path) -> None:
    path = folder / "materials/solder.yaml"
    path.write_bytes(path.read_bytes().replace(b"217 degC", b"216 degC"))
    assert deck().alloys["SAC305"].solidus == 216_000
