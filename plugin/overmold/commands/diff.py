"""``overmold diff``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..exits import BROKEN, KEPT
from ..faults import fail
from .common import deck_of, emit, read_named, settings_for
from .console import coloured, out

if TYPE_CHECKING:
    from ..difference import Difference
    from ..package import Package

_OF_GIT = 7  # path, old file, its hex and mode, new file, its hex and mode


def run(arguments: argparse.Namespace) -> int:
    """Tell what changed from the first file to the second; 1 where the second breaks a rule that the first did not."""
    if arguments.git:
        return _for_git(arguments)
    if len(arguments.files) != 2:
        raise fail("overmold diff", "takes two files, the old and the new one")
    old, new = (read_named(Path(name)) for name in arguments.files)
    found = _difference(arguments, old, new, Path(arguments.files[1]))
    emit(_told(found, arguments), arguments.output)
    return BROKEN if found.is_worse else KEPT


def _difference(arguments: argparse.Namespace, old: Package, new: Package, judged: Path) -> Difference:
    """Both designs under the rules that hold for the new one."""
    from ..check import check
    from ..claims import claim_chart
    from ..difference import difference

    deck = deck_of(settings_for(arguments, judged))
    one, other = check(old, deck), check(new, deck)
    return difference(one, other, claim_chart(one), claim_chart(other))


def _told(found: Difference, arguments: argparse.Namespace) -> str:
    from ..report.differing import difference_data, difference_markdown, difference_text
    from ..report.formats.json import written

    if arguments.format == "json":
        return written(difference_data(found))
    if arguments.format == "markdown":
        return difference_markdown(found)
    if arguments.format == "html":
        from ..pages.differing import difference_page

        return difference_page(found)
    return difference_text(found, not arguments.output and coloured())


def _for_git(arguments: argparse.Namespace) -> int:
    """As git calls an external diff: what differs is told, and the code is always 0, for git takes any other for a crash."""
    from ..faults import Faults

    if len(arguments.files) != _OF_GIT:
        raise fail("overmold diff --git", "is for git to call; see docs/tolerances.md")
    path, old, new = arguments.files[0], arguments.files[1], arguments.files[4]
    missing = [name for name in (old, new) if name == os.devnull]
    if missing:
        out(f"{path}: {'new' if old == os.devnull else 'taken away'}\n")
        return KEPT
    try:
        packages = [_of_git(name, path) for name in (old, new)]
        out(_told(_difference(arguments, packages[0], packages[1], Path(path)), arguments))
    except Faults as faults:
        out("".join(f"{fault}\n" for fault in faults.faults))
    return KEPT


def _of_git(name: str, path: str) -> Package:
    """One of git's two files; the old one lies in a folder of its own, and the netlist that it names beside ``path``."""
    from ..input_file import read_input
    from ..read_any import kind_of, read_data

    return read_data(read_input(Path(name)), kind_of(Path(path)), path, Path(path).parent)

