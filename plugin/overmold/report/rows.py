"""One rule in a row: its mark, its numbers, and what a deck made of it."""

from __future__ import annotations

from ..check import BROKEN, KEPT, NOT_APPLICABLE, NOTED, SILENCED, UNTESTED, WARNED, Verdict
from ..measures import all_measures
from ..rule import Rule
from ..rule.said import limits_text
from ..units import COUNT, FLAG, LENGTH, RATIO, Kind, Number, show
from .table import Cell

MARKS = {KEPT: ("kept", "green"), BROKEN: ("BROKEN", "red"), WARNED: ("warning", "yellow"), NOTED: ("noted", "grey"),
         UNTESTED: ("not checked", "yellow"), NOT_APPLICABLE: ("n/a", "grey"), SILENCED: ("silenced", "grey")}


def verdict_row(verdict: Verdict) -> tuple[Cell, ...]:
    """One rule's row: verdict with its hue, name, reading, limit, margin, at the corners."""
    word, hue = MARKS[verdict.status]
    worst = verdict.worst
    if worst is None:
        return ((word, hue), verdict.rule.name, "", limits_text(verdict.rule.limits, verdict.kind, verdict.rule.cpk), "", "")
    reading = worst.reading
    low, high = _number(reading.low, verdict.kind), _number(reading.high, verdict.kind)
    corners = "" if reading.low == reading.high else f"{low} … {high}"
    margin = "" if verdict.kind in (FLAG, COUNT) else _number(worst.margin, verdict.kind)
    if margin and worst.on_limit:
        margin = "on the limit"
    return ((word, hue), verdict.rule.name, _number(reading.value, verdict.kind),
            limits_text(verdict.rule.limits, verdict.kind, verdict.rule.cpk), margin, corners)


def change_text(rule: Rule) -> str:
    """What a deck made of the rule, and why."""
    if rule.silenced_because:
        return f"silenced: {rule.silenced_because}"
    was = f", as it comes: {_said(rule.original, rule)}" if rule.original else ""
    return f"{_said(rule, rule.original or rule)}{was}: {rule.changed_because}"


def rule_limits(rule: Rule) -> str:
    """The limits of a rule that has not been put to anything."""
    return limits_text(rule.limits, all_measures()[rule.measure].kind, rule.cpk)


def _said(rule: Rule, other: Rule) -> str:
    corners = f", at a tolerance corner only: {rule.corners}" if rule.corners != other.corners else ""
    return f"{rule_limits(rule)}, {rule.severity}{corners}"


def _number(value: Number, kind: Kind) -> str:
    # A billion stands for "no bound": the gap closes at that corner.
    if kind is RATIO and value >= 10**9:
        return "no bound"
    # Of a millimetre or more nobody reads the nanometres; JSON has them.
    return show(round(int(value), -2) if kind is LENGTH and abs(int(value)) >= 10**6 else value, kind)
