"""``overmold explain``."""

from __future__ import annotations

import argparse

from ..exits import KEPT
from ..faults import did_you_mean, fail
from .common import emit, settings_for
from .console import err
from .rules import HERE, every_deck_of, with_houses


def run(arguments: argparse.Namespace) -> int:
    """Explain one rule."""
    from ..report.formats.json import written
    from ..report.listing import explain_text, rule_data

    settings = settings_for(arguments, HERE)
    # A house that is asked for may change a rule; the rules of the others are known all the same.
    deck, _ = with_houses(every_deck_of(settings), asked=False)
    rule = next((rule for rule in deck.rules if rule.name == arguments.rule), None)
    if rule is None:
        names = [rule.name for rule in deck.rules]
        said = f"there is no rule '{arguments.rule}', 'overmold rules' lists them all"
        raise fail("overmold explain", f"{said}{did_you_mean(arguments.rule, names)}")
    if settings.file and rule.changed_because:
        err(f"settings: {settings.words}")
    emit(written(rule_data(rule)) if arguments.format == "json" else explain_text(rule))
    return KEPT
