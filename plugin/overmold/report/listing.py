"""The rules themselves, listed and explained, for people and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from ..measures import all_measures
from ..plain import one_line
from ..rule import OPTIONAL_DECKS, Deck, Rule
from ..units import TEMPERATURE, show
from .formats.json import unit_of, value_of
from .rows import change_text, rule_limits
from .table import Cell, columns, listed

# Changes that a house makes only where it is asked for: by house, the rules as it has them.
Offered = Mapping[str, Sequence[Rule]]


def rules_text(deck: Deck, offered: Offered) -> str:
    """Every rule by deck: name, limit, severity, claims or source; what decks changed, and what houses would change."""
    blocks = []
    for name, rules in groupby(deck.rules, key=lambda rule: rule.deck):
        heading = f"{name} (with drc --{name})" if name in OPTIONAL_DECKS else name
        rows: list[tuple[Cell, ...]] = [(heading, "limit", "severity", "from")]
        rows += [(rule.name, rule_limits(rule), rule.severity, _origin(rule)) for rule in rules]
        blocks.append(columns(rows))
    changed: dict[str, list[Rule]] = {}
    for rule in _changed(deck.rules):
        changed.setdefault(f"changed by {rule.changed_by}", []).append(rule)
    changed.update({f"changed with --house {house}": list(rules) for house, rules in offered.items() if rules})
    blocks += [listed(title, [f"{rule.name}: {change_text(rule)}" for rule in rules]) for title, rules in changed.items()]
    melting: list[tuple[Cell, ...]] = [("alloys", "melts from", "to")]
    melting += [(name, show(alloy.solidus, TEMPERATURE), show(alloy.liquidus, TEMPERATURE))
                for name, alloy in sorted(deck.alloys.items())]
    blocks.append(columns(melting))
    return "\n\n".join(blocks) + "\n\n'overmold explain RULE' explains one.\n"


def rules_data(deck: Deck, offered: Offered) -> dict[str, Any]:
    """The same as plain data; melting points in degC."""
    return {
        "rules": [rule_data(rule) for rule in deck.rules],
        "offered": [{"house": house, "rules": [rule_data(rule) for rule in rules]} for house, rules in offered.items()],
        "alloys": [{"alloy": name, "solidus": value_of(alloy.solidus, TEMPERATURE), "liquidus":
                    value_of(alloy.liquidus, TEMPERATURE)} for name, alloy in sorted(deck.alloys.items())],
    }


def rule_data(rule: Rule) -> dict[str, Any]:
    """One rule as plain data; ``unit`` is that of its limits."""
    measure = all_measures()[rule.measure]
    data: dict[str, Any] = {
        "rule": rule.name, "deck": rule.deck, "title": rule.title, "measure": rule.measure, "measures": measure.doc,
        "unit": unit_of(measure.kind),
        "limit": {name: value_of(value, measure.kind) for name, value in rule.limits._asdict().items() if value is not None},
        "severity": rule.severity, "corners": rule.corners, "claims": list(rule.claims), "source": rule.source,
        "why": rule.why, "fix": rule.fix, "broken_by": {key: str(value) for key, value in rule.broken_by.items()},
    }
    if rule.changed_because:
        data.update(changed_by=rule.changed_by, reason=rule.changed_because, silenced=bool(rule.silenced_because))
    return data


def explain_text(rule: Rule) -> str:
    """One rule in full: what it measures, its limit, why, how to mend a breach, where it comes from, an example."""
    measure = all_measures()[rule.measure]
    rows = [
        ("measures", f"{rule.measure}: {measure.doc}"), ("limit", rule_limits(rule)),
        ("severity", f"{rule.severity}; at a tolerance corner only: {rule.corners}"),
        ("why", rule.why), ("fix", rule.fix), ("from", _origin(rule)),
    ]
    if rule.silenced_because or rule.changed_because:
        rows.insert(0, ("changed", f"by {rule.changed_by}: {change_text(rule)}"))
    if rule.broken_by:
        changes = ", ".join(f"{key}: {_flow(value)}" for key, value in rule.broken_by.items())
        rows.append(("example", f"the demo package breaks it with {changes}"))
    lines = [one_line(f"{rule.name}  ({rule.deck})"), one_line(rule.title), ""]
    for name, words in rows:
        plain = one_line(" ".join(words.split()))
        lines += textwrap.wrap(plain, 110, initial_indent=f"{name:<10}", subsequent_indent=" " * 10)
    return "\n".join(lines) + "\n"


def _changed(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.silenced_because or rule.changed_because]


def _origin(rule: Rule) -> str:
    if rule.claims:
        return f"claim{'s' * (len(rule.claims) > 1)} {', '.join(map(str, rule.claims))}"
    return rule.source


def _flow(value: Any) -> str:
    """A value of an example as a package file would have it on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_flow(one) for one in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in value.items())}}}"
    return "null" if value is None else str(value) or '""'
