"""Who shows a page, and what to do once that has ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    """What people call it, and what brings its page back."""

    name: str
    again: str


BUTTON = Host("The plugin", "press the button in KiCad again")
COMMAND = Host("The command", "run the command again")
