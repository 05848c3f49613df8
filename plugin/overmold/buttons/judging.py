"""By what the page of a check has the board judged: the project's own settings, or what was chosen on the page; and how a
choice is written into the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

from ..faults import Faults, fail
from ..file_names import is_plain
from ..output_file import write_atomically
from ..pages.judged_by import STRICTNESS
from ..settings import NAME, Settings, read_settings, settings_of

MOST_DECKS = 50
_HEAD = 4_000  # bytes of a file in which a key of a deck stands, if it is one
_COMMENT = re.compile(r"\s+#.*$")
_DECK_KEYS = (b"\ndeck:", b"\nchanges:", b"\nrules:")


class Judging:
    """What one page judges by: ``chosen`` on it for this once, else what the project says."""

    def __init__(self) -> None:
        self.chosen: Optional[Settings] = None

    def choose(self, data: dict[str, Any], project: str, board: str) -> str:
        """Judge by this from now on, and write it into the project where that is asked for; says what was done. Raises
        Faults, and then nothing was written."""
        settings = _settings(data, project)
        if not data.get("write"):
            self.chosen = settings
            return "Checked by what is ticked, for as long as this page is open; nothing was written."
        file = settings_file(project, board)
        if file is None:
            raise fail("Check package", "this board was never saved; save it, so that its settings have a folder")
        _write(file, settings)
        self.chosen = None
        return f"{file} says so now, for the command and CI too."


def settings_file(project: str, board: str) -> Optional[Path]:
    """Where the settings of a project are, or would be; None for a board that was never saved."""
    if not project:
        return None
    try:
        found = settings_of(Path(project) / board)
    except Faults as faults:
        return Path(faults.faults[0].file) if faults.faults[0].file.endswith(NAME) else Path(project) / NAME
    return Path(found.file) if found is not None else Path(project) / NAME


def decks_in(project: str) -> list[Path]:
    """The files in a project's folder that are decks by the look of them."""
    try:
        files = sorted(Path(project).glob("*.yaml")) if project else []
    except OSError:
        return []
    return [file for file in files if file.name != NAME and _is_deck(file)][:MOST_DECKS]


def _is_deck(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = b"\n" + opened.read(_HEAD)
    except OSError:
        return False
    return any(key in head for key in _DECK_KEYS) and b"\npackage:" not in head


def _settings(data: dict[str, Any], project: str) -> Settings:
    words = {name: [one for one in data.get(name, ()) if isinstance(one, str)] for name in ("houses", "decks")}
    return Settings("", tuple(map(Path, words["decks"])), tuple(words["houses"]),
                    **{name: data.get(name) is True for name, _ in STRICTNESS})


def _write(file: Path, settings: Settings) -> None:
    """Change those keys of the file that say something else; every other line, and every comment, stays."""
    before = read_settings(file) if file.exists() else Settings(str(file))
    settings = settings._replace(fill=before.fill)  # which the page does not ask about
    text = file.read_text(encoding="utf-8") if file.exists() else "# By what this project's packages are judged.\n"
    wanted = {"decks": _flow([_as_seen_from(file.parent, deck) for deck in settings.decks]),
              "houses": _flow(settings.houses), "strict": _yes(settings.strict), "complete": _yes(settings.complete)}
    lines = text.splitlines()
    for key, value in wanted.items():
        if getattr(before, key) != getattr(settings, key):
            lines = _with(lines, key, value)
    write_atomically(file, ("\n".join(lines) + "\n").encode())
    if not _says(file, settings):
        write_atomically(file, text.encode())
        raise fail(str(file), "cannot be changed line by line and stays as it was; write it by hand")


def _says(file: Path, settings: Settings) -> bool:
    try:
        return read_settings(file)._replace(file=settings.file) == settings
    except Faults:
        return False


def _with(lines: Sequence[str], key: str, value: str) -> list[str]:
    """The lines with what ``key`` says, which may go on over indented lines, put another way; a comment behind it stays."""
    start = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return [*lines, f"{key}: {value}"]
    end = start + 1
    while end < len(lines) and (lines[end][:1] in (" ", "\t", "-") and lines[end].strip()):
        end += 1
    comment = _COMMENT.search(lines[start])
    return [*lines[:start], f"{key}: {value}{comment[0] if comment else ''}", *lines[end:]]


def _flow(words: Sequence[str]) -> str:
    return f"[{', '.join(word if is_plain(word) else repr(word) for word in words)}]"


def _yes(flag: bool) -> str:
    return "true" if flag else "false"


def _as_seen_from(folder: Path, deck: Path) -> str:
    try:
        return deck.relative_to(folder).as_posix()
    except ValueError:
        return str(deck)
