"""What several commands do: load the rules asked for, read what they are given, put out what they have to say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from ..faults import Faults, fail
from ..input_file import LARGEST, must_fit, was_read
from ..read_any import read_any, read_data
from .console import out
from .inputs import STANDARD_INPUT, Input, kind_of_text

if TYPE_CHECKING:
    from ..package import Package
    from ..rule import Deck
    from ..settings import Settings

# Endings of pictures and sheets, which no folder has.
PICTURES = frozenset((".svg", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".dxf"))


def settings_for(arguments: argparse.Namespace, checked: Path) -> Settings:
    """What holds for a file: its project's settings, and over them, one by one, the flags that are given; raises Faults.

    ``file`` is "" where the project has none, or none are wanted.
    """
    from ..settings import Settings, settings_of

    found = None if arguments.no_settings else settings_of(checked)
    settings = found or Settings("")
    return settings._replace(decks=tuple(map(Path, arguments.rules)) or settings.decks,
                             houses=tuple(arguments.house) or settings.houses,
                             strict=_asked(arguments, "strict", settings.strict),
                             complete=_asked(arguments, "complete", settings.complete),
                             fill=_asked(arguments, "fill", settings.fill))


def _asked(arguments: argparse.Namespace, flag: str, setting: bool) -> bool:
    given: Optional[bool] = getattr(arguments, flag, None)  # not every command has it
    return setting if given is None else given


def deck_of(settings: Settings, examples: bool = False) -> Deck:
    """The default rules, and those that are asked for."""
    from ..rule import load_deck

    return load_deck(settings.houses, settings.decks, examples, settings.also)


def read_named(name: Path, odd: bool = False) -> Package:
    """A package from a file, or from standard input where the name is ``-``; raises Faults. ``odd``: as ``read_any`` has it."""
    if str(name) != "-":
        return read_any(name, odd)
    data = _standard_input()
    return read_data(data, kind_of_text(data), STANDARD_INPUT, Path(), odd)


def package_of(one: Input) -> Package:
    """The package of an input; raises Faults. Ask once: standard input can be read once."""
    if one.faults:
        raise Faults(one.faults)
    return read_named(Path(one.name))


def read_with_settings(one: Input, arguments: argparse.Namespace, decks: dict[Settings, Deck], optional: bool = False
                       ) -> tuple[Package, Settings]:
    """The package of an input and what holds for it; its rules are in ``decks``, read once for all inputs. Raises Faults.

    ``optional``: also decks that settings ask for beside the usual ones.
    """
    if one.faults:
        raise Faults(one.faults)
    settings = settings_for(arguments, Path(one.name))
    settings = settings if optional else settings._replace(fill=False)
    if settings not in decks:
        decks[settings] = deck_of(settings)
    return read_named(Path(one.name), odd=True), settings


def _standard_input() -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    try:
        data: bytes = stream.read(LARGEST + 1) if stream is not None else sys.stdin.read().encode()
    except (OSError, ValueError) as error:
        raise fail(STANDARD_INPUT, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    must_fit(len(data), STANDARD_INPUT)
    if not data:
        raise fail(STANDARD_INPUT, "is empty; pipe a package file, a board or a footprint into it")
    return data


def must_be_svg(output: str) -> None:
    """Raises Faults where the file for a picture, which is SVG, is named as one of another kind."""
    if Path(output).suffix.lower() in PICTURES - {".svg"}:
        raise fail(output, f"cannot be written: the picture is SVG; name it {Path(output).stem}.svg")


def emit(words: str, output: str = "") -> None:
    """To standard output, or to a file that nothing was read from; raises Faults."""
    if not output:
        out(words)
        return
    from ..output_file import write_atomically

    if was_read(Path(output)):
        raise fail(output, "is read by this very command; write the report to another file")
    write_atomically(Path(output), words.encode())
