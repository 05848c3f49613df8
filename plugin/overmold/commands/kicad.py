"""``overmold kicad install`` and ``overmold kicad doctor``."""

from __future__ import annotations

import argparse
import sys
from typing import Callable, Optional

from ..exits import BROKEN, KEPT, UNREADABLE
from .console import out


def run(arguments: argparse.Namespace) -> int:
    """Put the plugin where KiCad looks, take it away, or say why no button appears; 1 where something is missing."""
    from ..kicad.installed.doctor import NOTE, OK, doctor
    from ..kicad.installed.doctor import UNREADABLE as NOT_READ
    from ..kicad.installed.install import install, uninstall

    if arguments.what == "doctor":
        states = set()
        for line in doctor(arguments.version):
            out(f"{line}\n")
            states.add(line.state)
        return UNREADABLE if NOT_READ in states else KEPT if states <= {OK, NOTE} else BROKEN
    version = arguments.version
    for words in uninstall(version) if arguments.uninstall else install(version, arguments.link, _ask(arguments.yes)):
        out(f"{words}\n")
    return KEPT


def _ask(yes: bool) -> Callable[[str], Optional[bool]]:
    def ask(question: str) -> Optional[bool]:
        if yes:
            return True
        if not sys.stdin.isatty():
            return None
        try:
            return input(question).strip().lower() in ("y", "yes")
        except EOFError:
            return False

    return ask
