"""Rules in full, as ``overmold explain`` has them, for the page of a check."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..faults import Faults
from ..report.finding import Report
from ..report.listing import explain_text
from ..rule import OPTIONAL_DECKS, Rule, load_deck
from ..settings import Settings


def explained(report: Report) -> dict[str, str]:
    """Every rule of a report by its name."""
    return {name: explain_text(_with_example(rule, report)) for name, rule in _rules(report).items()}


def explanation(report: Report, name: str) -> str:
    """One rule of a report; "" where it has none of that name."""
    rule = _rules(report).get(name)
    return explain_text(_with_example(rule, report)) if rule is not None else ""


def _rules(report: Report) -> dict[str, Rule]:
    return {verdict.rule.name: verdict.rule for verdict in (report.result.verdicts if report.result is not None else ())}


def _with_example(rule: Rule, report: Report) -> Rule:
    """A check is made with rules whose examples are left unread."""
    return rule if rule.broken_by else rule._replace(broken_by=_examples(report.settings).get(rule.name, {}))


@lru_cache(maxsize=2)
def _examples(settings: Settings | None) -> dict[str, Mapping[str, Any]]:
    """By rule what breaks it; none where a deck cannot be read any more."""
    try:
        known = settings or Settings("")
        deck = load_deck(known.houses, known.decks, also=OPTIONAL_DECKS)
    except Faults:
        return {}
    return {rule.name: rule.broken_by for rule in deck.rules}
