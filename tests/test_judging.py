"""What the page of a check writes into a project's settings: the lines that change, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overmold.buttons.judging import Judging, decks_in, settings_file
from overmold.faults import Faults
from overmold.settings import NAME, read_settings

CHOICE: dict[str, Any] = {"houses": [], "decks": [], "strict": False, "complete": False, "write": True}
DECK = "changes:\n  chip-not-covered: {silence: true, reason: a bare die by design}\n"


def chosen(folder: Path, **changes: Any) -> str:
    return Judging().choose({**CHOICE, **changes}, str(folder), "b.kicad_pcb")


def test_a_project_without_settings_gets_a_file_that_says_what_was_ticked(tmp_path: Path) -> None:
    (tmp_path / "our line.yaml").write_text(DECK, encoding="utf-8")
    assert decks_in(str(tmp_path)) == [tmp_path / "our line.yaml"]
    said = chosen(tmp_path, decks=[str(tmp_path / "our line.yaml")], houses=["sky130-amkor-wlcsp"], strict=True)
    assert str(tmp_path / NAME) in said
    found = read_settings(tmp_path / NAME)
    assert (found.decks, found.houses, found.strict, found.complete) == (
        (tmp_path / "our line.yaml",), ("sky130-amkor-wlcsp",), True, False)
    assert decks_in(str(tmp_path)) == [tmp_path / "our line.yaml"]  # settings are no deck


def test_lines_that_say_the_same_stay_with_their_comments(tmp_path: Path) -> None:
    text = """# for the whole line
strict: true  # since lot 7
# which house
houses:
  - sky130-amkor-wlcsp   # the first
complete: false
"""
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    chosen(tmp_path, houses=["sky130-amkor-wlcsp"], strict=False)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == text.replace("strict: true ", "strict: false ")
    chosen(tmp_path, strict=True, complete=True)
    after = (tmp_path / NAME).read_text(encoding="utf-8")
    assert after.splitlines() == ["# for the whole line", "strict: true  # since lot 7", "# which house", "houses: []",
                                  "complete: true"]


def test_the_settings_of_a_repository_around_the_project_are_those_that_are_written(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / NAME).write_text("strict: true\n", encoding="utf-8")
    project = tmp_path / "boards/one"
    project.mkdir(parents=True)
    assert settings_file(str(project), "b.kicad_pcb") == tmp_path / NAME
    chosen(project)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "strict: false\n"
    assert not (project / NAME).exists()


def test_what_cannot_be_changed_line_by_line_stays_as_it_was(tmp_path: Path) -> None:
    text = "{strict: true,\n complete: true}\n"
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(Faults, match="by hand"):
        chosen(tmp_path)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == text


def test_a_board_that_was_never_saved_is_judged_by_a_choice_but_has_nowhere_to_keep_it() -> None:
    judging = Judging()
    assert "nothing was written" in judging.choose({**CHOICE, "strict": True, "write": False}, "", "b.kicad_pcb")
    assert judging.chosen is not None
    assert judging.chosen.strict
    with pytest.raises(Faults, match="never saved"):
        judging.choose(CHOICE, "", "b.kicad_pcb")
