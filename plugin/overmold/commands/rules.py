"""``overmold rules``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from .common import emit


def run(arguments: argparse.Namespace) -> int:
    """List the rules of every deck, houses included, by name and limit."""
    from ..report import rules_text
    from ..rule import house_names, load_deck

    deck = load_deck(house_names(), [Path(name) for name in arguments.rules])
    emit(rules_text(deck), "")
    return KEPT
