"""The rules themselves, listed and explained."""

from __future__ import annotations

import textwrap
from itertools import groupby

from ..check import limits_text
from ..measures import all_measures
from ..rule import Deck, Rule
from ..units import TEMPERATURE, show
from .table import Cell, columns


def rules_text(deck: Deck) -> str:
    """Every rule by deck: name, limit, severity, claims or source."""
    blocks = []
    for name, rules in groupby(deck.rules, key=lambda rule: rule.deck):
        rows: list[tuple[Cell, ...]] = [(name, "limit", "severity", "from")]
        rows += [(rule.name, _limits(rule), rule.severity, _origin(rule)) for rule in rules]
        blocks.append(columns(rows))
    own = [f"  {rule.name}: {_change(rule)}" for rule in deck.rules if rule.silenced_because or rule.changed_because]
    if own:
        blocks.append("\n".join(["changed by a deck of your own", *own]))
    melting: list[tuple[Cell, ...]] = [("alloys", "melts from", "to")]
    melting += [(name, show(alloy.solidus, TEMPERATURE), show(alloy.liquidus, TEMPERATURE))
                for name, alloy in sorted(deck.alloys.items())]
    blocks.append(columns(melting))
    return "\n\n".join(blocks) + "\n\n'overmold explain RULE' explains one.\n"


def explain_text(rule: Rule) -> str:
    """One rule in full: what it measures, its limit, why, how to mend a breach, where it comes from, an example."""
    measure = all_measures()[rule.measure]
    rows = [
        ("measures", f"{rule.measure}: {measure.doc}"), ("limit", _limits(rule)),
        ("severity", f"{rule.severity}; at a tolerance corner only: {rule.corners}"),
        ("why", rule.why), ("fix", rule.fix), ("from", _origin(rule)),
    ]
    if rule.silenced_because or rule.changed_because:
        rows.insert(0, ("changed", _change(rule)))
    if rule.broken_by:
        changes = ", ".join(f"{key}: {value}" for key, value in rule.broken_by.items())
        rows.append(("broken by", f"in the demo package: {changes}"))
    lines = [f"{rule.name}  ({rule.deck})", rule.title, ""]
    for name, words in rows:
        lines += textwrap.wrap(" ".join(words.split()), 110, initial_indent=f"{name:<10}", subsequent_indent=" " * 10)
    return "\n".join(lines) + "\n"


def _change(rule: Rule) -> str:
    """What a team's deck made of the rule, and why."""
    if rule.silenced_because:
        return f"silenced: {rule.silenced_because}"
    was = f", as it comes: {_limits(rule.original)}, {rule.original.severity}" if rule.original else ""
    return f"{_limits(rule)}, {rule.severity}{was}: {rule.changed_because}"


def _limits(rule: Rule) -> str:
    return limits_text(rule.limits, all_measures()[rule.measure].kind)


def _origin(rule: Rule) -> str:
    if rule.claims:
        return f"claim{'s' * (len(rule.claims) > 1)} {', '.join(map(str, rule.claims))}"
    return rule.source
