"""``overmold rules``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..exits import KEPT
from .common import deck_of, emit, settings_for
from .console import err

if TYPE_CHECKING:
    from ..rule import Deck, Rule
    from ..settings import Settings

HERE = Path("here")  # a file of this folder, whose settings hold


def run(arguments: argparse.Namespace) -> int:
    """List the rules that hold here by name and limit, and those of every house."""
    from ..report.formats.json import written
    from ..report.listing import rules_data, rules_text

    settings = settings_for(arguments, HERE)
    if settings.file:
        err(f"settings: {settings.words}")
    deck, offered = with_houses(every_deck_of(settings), bool(arguments.house))
    emit(written(rules_data(deck, offered)) if arguments.format == "json" else rules_text(deck, offered))
    return KEPT


def every_deck_of(settings: Settings) -> Deck:
    """The rules asked for, and those of the decks that have to be asked for."""
    return deck_of(settings._replace(fill=True), examples=True)


def with_houses(deck: Deck, asked: bool) -> tuple[Deck, dict[str, list[Rule]]]:
    """``deck`` and the rules of every house that is not in it, and by house the rules it would change; as it is where houses
    were ``asked`` for by name."""
    from ..rule import house_names, load_deck

    known = {rule.name for rule in deck.rules}
    rules, offered = list(deck.rules), {}
    for house in () if asked else house_names():
        of_house = load_deck([house]).rules
        new = [rule for rule in of_house if rule.name not in known and not rule.original]
        changed = [rule for rule in of_house if rule.changed_by == f"house {house}"]
        if new:
            rules += new
            offered[house] = changed
    return deck._replace(rules=tuple(rules)), offered
