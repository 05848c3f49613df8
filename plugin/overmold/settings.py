"""A project's own settings: by which decks and houses, and how strictly, its packages are judged, wherever that is done.

``overmold.settings.yaml`` is looked for beside the file that is checked and in the folders around it, so that the command,
CI and KiCad's button judge alike.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IWOTH
from typing import Any, NamedTuple, Optional

from .faults import Fault, Faults, did_you_mean
from .input_file import read_input
from .marked_yaml import Marked, load_with_faults
from .plain import one_line
from .rule import FILL, house_names

NAME = "overmold.settings.yaml"
_FLAGS = ("strict", "complete", "fill")
_KEYS = ("decks", "houses", *_FLAGS)
_FOLDERS = 100  # folders around a file, more than any project is deep


class Settings(NamedTuple):
    """What ``file`` says: ``decks`` are files, ``houses`` names; ``strict``, ``complete`` and ``fill`` mean what flags do."""

    file: str
    decks: tuple[Path, ...] = ()
    houses: tuple[str, ...] = ()
    strict: bool = False
    complete: bool = False
    fill: bool = False

    @property
    def also(self) -> tuple[str, ...]:
        """The optional decks that are asked for."""
        return (FILL,) if self.fill else ()

    @property
    def words(self) -> str:
        """The file and what it asks for, in one line."""
        asked = [*(f"deck {deck.name}" for deck in self.decks), *(f"house {house}" for house in self.houses),
                 *(flag for flag in _FLAGS if getattr(self, flag))]
        return one_line(f"{self.file} ({', '.join(asked) or 'nothing but the defaults'})")


def settings_of(checked: Path) -> Optional[Settings]:
    """The settings that hold for the file ``checked``, None where there are none; raises Faults for all that is wrong in them.

    Looked for from its folder upwards, to the top of its repository. Not in the home folder around projects nor in folders
    that everybody may write to: no settings of somebody else's may judge.
    """
    file = _found(checked)
    return None if file is None else read_settings(file)


def read_settings(file: Path) -> Settings:
    """The settings that stand in ``file``; raises Faults for all that is wrong in them."""
    marked, faults = load_with_faults(read_input(file), str(file))
    data = marked.data
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise Faults([*faults, marked.fault((), "is not a settings file; write for example 'decks: [our-line.yaml]'")])
    faults += [marked.fault((key,), f"unknown key '{key}'{did_you_mean(str(key), _KEYS)}", key=True)
               for key in data if key not in _KEYS]
    decks = tuple(file.parent / name for name in _names(marked, "decks", data, faults))
    faults += [marked.fault(("decks", number), f"there is no file '{deck}'; write the path as seen from {NAME}")
               for number, deck in enumerate(decks) if decks[number] != file.parent and not _is_file(deck)]
    houses = _names(marked, "houses", data, faults)
    faults += [marked.fault(("houses", number), f"there is no house '{house}'{did_you_mean(house, house_names())}")
               for number, house in enumerate(houses) if house and house not in house_names()]
    for flag in _FLAGS:
        if not isinstance(data.get(flag, False), bool):
            faults.append(marked.fault((flag,), f"expected true or false; write '{flag}: true' or leave it out"))
    if faults:
        raise Faults(sorted(faults, key=lambda fault: (fault.line, fault.column)))
    return Settings(str(file), decks, houses, **{flag: data.get(flag, False) for flag in _FLAGS})


def _names(marked: Marked, key: str, data: dict[str, Any], faults: list[Fault]) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        faults.append(marked.fault((key,), f"expected a list; write for example '{key}: [{value}]'"
                                   if isinstance(value, str) else f"expected a list of names, such as '{key}: [our-line]'"))
        return ()
    # What is no name keeps its place as "", so that those after it are told where they stand.
    names = tuple(one if isinstance(one, str) else "" for one in value)
    faults += [marked.fault((key, number), "expected a name") for number, name in enumerate(names) if not name]
    return names


def _found(checked: Path) -> Optional[Path]:
    try:
        folder = checked.absolute().parent.resolve()
        home = Path.home().resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    for number, around in enumerate([folder, *folder.parents][:_FOLDERS]):
        if number and (around == home or _everybodys(around)):
            return None
        if _is_file(around / NAME):
            return _as_named(around / NAME, checked)
        if (around / ".git").exists():
            return None
    return None


def _as_named(file: Path, checked: Path) -> Path:
    """As seen from here, where the checked file was named so: one file has one name in all the reports of a run."""
    try:
        return file if checked.is_absolute() else file.relative_to(Path.cwd().resolve())
    except (OSError, ValueError):
        return file


def _everybodys(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(folder.stat().st_mode & S_IWOTH)  # elsewhere the bit says nothing
    except OSError:
        return True


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
