"""``overmold explain``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from ..faults import fail
from .common import emit


def run(arguments: argparse.Namespace) -> int:
    """Explain one rule."""
    from ..faults import did_you_mean
    from ..report import explain_text
    from ..rule import house_names, load_deck

    deck = load_deck(house_names(), [Path(name) for name in arguments.rules])
    rule = next((rule for rule in deck.rules if rule.name == arguments.rule), None)
    if rule is None:
        names = [rule.name for rule in deck.rules]
        raise fail("overmold explain", f"there is no rule '{arguments.rule}'{did_you_mean(arguments.rule, names)}")
    emit(explain_text(rule), "")
    return KEPT
