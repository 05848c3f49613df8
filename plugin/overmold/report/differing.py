"""What changed between two designs, as text, as Markdown for a pull request, and as plain data."""

from __future__ import annotations

from typing import Any, Optional

from ..check import Verdict
from ..compare import Drift
from ..difference import Difference, RuleChange
from ..plain import one_line
from .finding import many
from .formats.json import unit_of, value_of
from .formats.markdown import as_words, folded
from .rows import verdict_row
from .table import Cell, columns, listed, paint

NOTHING = "nothing changed: data, readings, verdicts and claims are the same"
DATA_HEAD, RULE_HEAD = ("", "old", "new"), ("", "rule", "old", "new", "margin was", "margin is", "at the corners")
_MOST = 200


def difference_text(found: Difference, colour: bool = False) -> str:
    """For a terminal: data, rules worst first, claims, and a closing line."""
    blocks = [paint(title(found), "bold", colour)]
    if found.is_nothing:
        return f"{blocks[0]}\n\n{NOTHING}\n"
    if found.data:
        blocks.append(columns([DATA_HEAD, *map(data_cells, found.data[:_MOST])], colour))
        blocks += [f"… and {len(found.data) - _MOST} more (--format json lists all)"] if len(found.data) > _MOST else []
    if found.rules:
        blocks.append(columns([RULE_HEAD, *map(rule_cells, found.rules)], colour))
    if found.claims:
        blocks.append(listed("Claims", [f"claim {one.number}: {one.old or 'not charted'} → {one.new}" for one in found.claims],
                             colour))
    return "\n\n".join([*blocks, closing(found)]) + "\n"


def title(found: Difference) -> str:
    """The two designs in one line."""
    return one_line(f"{found.old.package.name} ({found.old.package.source}) → {found.new.package.name} "
                    f"({found.new.package.source})")


def closing(found: Difference) -> str:
    """How much changed, and which way."""
    worse, better = sum(one.is_worse for one in found.rules), sum(one.is_better for one in found.rules)
    data = "1 datum or shape differs" if len(found.data) == 1 else f"{len(found.data)} data or shapes differ"
    return (f"{data}, {many(worse, 'verdict')} worse, {better} better, "
            f"{many(len(found.rules) - worse - better, 'reading')} moved, {many(len(found.claims), 'claim')} changed; errors "
            f"{found.old.errors} → {found.new.errors}, warnings {found.old.warnings} → {found.new.warnings}")


def data_cells(row: Drift) -> tuple[Cell, ...]:
    """A datum or shape by ``DATA_HEAD``."""
    return (row.key, row.spec or "none", row.board or "none")


def rule_cells(one: RuleChange) -> tuple[Cell, ...]:
    """A rule by ``RULE_HEAD``: the worst reading of each design."""
    was, now = _cells(one.old), _cells(one.new)
    mark: Cell = ("worse", "red") if one.is_worse else ("better", "green") if one.is_better else ""
    return (mark, one.rule, f"{was[0]} {was[2]}".strip(), f"{now[0]} {now[2]}".strip(), was[4], now[4], now[5])


def _cells(verdict: Optional[Verdict]) -> list[str]:
    if verdict is None:
        return ["no such rule", "", "", "", "", ""]
    return [cell if isinstance(cell, str) else cell[0] for cell in verdict_row(verdict)]


def difference_markdown(found: Difference) -> str:
    """For a pull request: which way it goes first, then tables, data folded where they are many."""
    sign = "✅" if found.is_nothing or not found.is_worse else "❌"
    parts = [f"### {sign} {as_words(title(found))}", as_words(NOTHING if found.is_nothing else closing(found))]
    if found.rules:
        parts.append(_table(RULE_HEAD, [rule_cells(one) for one in found.rules]))
    if found.claims:
        parts.append("\n".join(f"- claim {one.number}: {as_words(one.old or 'not charted')} → {as_words(one.new)}"
                               for one in found.claims))
    if found.data:
        rows = [data_cells(one) for one in found.data[:_MOST]]
        parts.append(folded(f"{len(found.data)} data or shapes", _table(DATA_HEAD, rows)))
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(as_words(cell if isinstance(cell, str) else cell[0]) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def difference_data(found: Difference) -> dict[str, Any]:
    """For programs; readings and margins in the unit that each rule names, null where there is none."""
    return {
        "old": {"source": found.old.package.source, "package": found.old.package.name, "errors": found.old.errors,
                "warnings": found.old.warnings},
        "new": {"source": found.new.package.source, "package": found.new.package.name, "errors": found.new.errors,
                "warnings": found.new.warnings},
        "worse": found.is_worse,
        "data": [{"key": row.key, "old": row.spec or None, "new": row.board or None} for row in found.data],
        "rules": [{"rule": one.rule, "change": "worse" if one.is_worse else "better" if one.is_better else "moved",
                   "unit": next((unit_of(each.kind) for each in (one.new, one.old) if each is not None), ""),
                   "old": _verdict(one.old), "new": _verdict(one.new)} for one in found.rules],
        "claims": [{"claim": one.number, "old": one.old or None, "new": one.new} for one in found.claims],
    }


def _verdict(one: Optional[Verdict]) -> Optional[dict[str, Any]]:
    if one is None:
        return None
    worst = one.worst
    if worst is None:
        return {"status": one.status, "reading": None, "margin": None, "margin_at_corners": None}
    return {"status": one.status, "reading": value_of(worst.reading.value, one.kind),
            "margin": value_of(worst.margin, one.kind), "margin_at_corners": value_of(worst.corner_margin, one.kind)}
