"""Which files a command is about: those named, those of a folder, or standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..faults import Fault, fail
from ..read_any import BOARD, FOOTPRINT, PACKAGE_FILE, kind_of
from ..settings import NAME as SETTINGS

STANDARD_INPUT = "standard input"
_HEAD = 100_000  # bytes of a file in which one of these keys stands, if it is a package file
# A CI file may have a job called package; that of a package file has its name on the same line.
_KEY = rb"""["']?(?:package["']?[ \t]*:[ \t]*[^\s#]|(?:carrier|chips|mold)["']?[ \t]*:)"""
_BLOCK, _FLOW = re.compile(rb"^" + _KEY, re.MULTILINE), re.compile(rb"[{,]\s*" + _KEY)
_IS_FLOW = re.compile(rb"(?:\s|#[^\n]*\n|---)*\{")
_FOOTPRINT = re.compile(rb"\s*\(\s*(?:footprint|module)\b")
_AUTOSAVE = ("_autosave-", "~", ".")  # what KiCad and others leave beside a file


def kind_of_text(data: bytes) -> str:
    """What a text without a name is: KiCad's files begin with a parenthesis."""
    if _FOOTPRINT.match(data):
        return FOOTPRINT
    return BOARD if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"(") else PACKAGE_FILE


class Input(NamedTuple):
    """One file to check, or ``faults`` that say why there is none. ``notes`` say what of a folder was left out."""

    name: str
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def files_of(names: Sequence[str]) -> list[Input]:
    """The files that ``names`` stand for, folders opened, each once.

    Of a folder: every package file and board below it, in order; hidden folders and KiCad's libraries (``.pretty``) are left
    out. Raises Faults for standard input asked for twice.
    """
    if names.count("-") > 1:
        raise fail(STANDARD_INPUT, "can be read once; give '-' once")
    found: dict[str, Input] = {}
    for name in names:
        is_folder = name != "-" and os.path.isdir(name)  # noqa: PTH112  Path.is_dir raises for odd names, on some Pythons
        for one in _in_folder(name) if is_folder else [Input(name)]:
            found.setdefault(one.name, one)
    return list(found.values())


def _in_folder(name: str) -> list[Input]:
    found: list[str] = []
    others: list[str] = []
    faults: list[Fault] = []

    def unreadable(error: OSError) -> None:
        faults.append(Fault(str(error.filename or name), f"cannot be looked into: {error.strerror or error}"))

    for folder, folders, files in os.walk(name, onerror=unreadable):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and not one.lower().endswith(".pretty"))
        for file in sorted(files):
            path = Path(folder, file)
            kind = kind_of(path)
            if file.startswith(_AUTOSAVE) or file == SETTINGS or kind not in (PACKAGE_FILE, BOARD):
                continue
            (found if kind == BOARD or _may_be_package(path) else others).append(str(path))
    if not found and not faults:
        faults.append(Fault(name, "is a folder with no package file (.yaml) and no board (.kicad_pcb) in it or below"))
    notes = (f"{name}: left out, for they are not package files: {_named(sorted(others))}",) if others else ()
    found.sort(key=lambda one: Path(one).parts)
    inputs = [Input(one) for one in found] + ([Input(name, tuple(faults))] if faults else [])
    return [inputs[0]._replace(notes=notes), *inputs[1:]]


def _may_be_package(path: Path) -> bool:
    """Whether a key of a package file stands in it; a file that cannot be read is kept, for its reader to say why."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return True
    return bool(_BLOCK.search(head) or (_IS_FLOW.match(head) and _FLOW.search(head)))


def _named(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
