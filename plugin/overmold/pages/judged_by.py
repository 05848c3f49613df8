"""By which decks, houses and how strictly a board was judged, and what a project may choose instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..report.finding import Report
from ..rule import DEFAULT_DECKS, house_names
from ..settings import Settings

STRICTNESS = (("strict", "warnings break the check too"), ("complete", "rules that could not be checked break it too"))


def judged_by(report: Report, decks: Sequence[Path] = (), file: str = "") -> dict[str, Any]:
    """For the page: the settings in words, and every house and deck there is with whether it was used. ``decks`` are deck
    files of the project, ``file`` is where its settings are written, "" where it has no folder."""
    used = report.settings or Settings("")
    known = dict.fromkeys([*used.decks, *decks])
    return {
        "words": _words(used, report), "origin": _origin(used), "file": file,
        "houses": [{"name": name, "used": name in used.houses} for name in house_names()],
        "decks": [{"name": deck.name, "path": str(deck), "used": deck in used.decks} for deck in known],
        "strictness": [{"name": name, "words": words, "used": getattr(report, name)} for name, words in STRICTNESS],
    }


def _words(used: Settings, report: Report) -> str:
    """One sentence."""
    decks = f"the rules of {_listed([*DEFAULT_DECKS])}"
    more = [*(f"house {house}" for house in used.houses), *(f"deck {deck.name}" for deck in used.decks)]
    asked = [words for name, words in STRICTNESS if getattr(report, name)]
    strictness = f"; {' and '.join(asked)}" if asked else "; errors alone break the check"
    return f"{decks}{f', {_listed(more)}' if more else ', no house and no deck of your own'}{strictness}"


def _origin(used: Settings) -> str:
    return f"as {used.file} says" if used.file else "the project has no settings of its own"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]
