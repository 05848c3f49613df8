"""What a dimension may be, as text and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..check import INFO
from ..package import Package
from ..plain import one_line
from ..rule import Rule
from ..solve import Interval, Solution
from ..solve.allocate import Allocation, allocate
from ..solve.fixes import all_said, name_of
from ..solve.interval import varied
from ..solve.line import BREAKS, KEEPS
from ..solve.region import Axis, Region
from ..study import assumptions_of, study
from ..study.probes import Bench
from ..units import LENGTH, show, show_toleranced
from .formats.json import unit_of, value_of
from .table import Cell, columns, paint


def solution_text(package: Package, solutions: Sequence[Solution], colour: bool = False) -> str:
    """Every dimension: where all rules keep, and each rule with where it does; which rule ends it stands at the end."""
    blocks = [paint(f"{package.name}  ", "bold", colour) + one_line(package.source)]
    if not solutions:
        blocks.append("no dimension with a tolerance is one that a rule depends on")
    for one in solutions:
        name = name_of(one.key, varied(package, one.key)[1])
        head = f"{one.key} ({name}), now {show_toleranced(one.stated, one.kind)}, {one.mode.words}: {keeps_said(one)}"
        rows: list[tuple[Cell, ...]] = [("rule", "keeps", "it ends what all keep")]
        rows += [(rule.name, _kept(one, rule), _ended(one, rule)) for rule, _ in one.by_rule]
        blocks.append(f"{one_line(head)}\n{columns(rows, colour)}" if one.by_rule else one_line(head))
    return "\n\n".join(blocks) + "\n"


def keeps_said(one: Solution) -> str:
    """The intervals of a solution in words, and what stands against there being any."""
    if one.never:
        return f"no value keeps {', '.join(one.never)}"
    return all_said(one.keeps, one.kind) if one.keeps else "no value keeps every rule"


def _kept(one: Solution, rule: Rule) -> str:
    spans = one.spans_of(rule.name)
    kept = [Interval(span.low, span.high, ("",) if span.low > one.low else (), ("",) if span.high < one.high else ())
            for span in spans if span.state == KEEPS]
    if kept:
        return all_said(kept, one.kind)
    return "nowhere" if any(span.state == BREAKS for span in spans) else "nothing to judge"


def _ended(one: Solution, rule: Rule) -> str:
    ends = [f"below {show(each.low, one.kind)}" for each in one.keeps if rule.name in each.below]
    ends += [f"above {show(each.high, one.kind)}" for each in one.keeps if rule.name in each.above]
    return ", ".join(ends)


def solution_data(one: Solution) -> dict[str, Any]:
    """One dimension for programs; null for an end that only the search has."""
    kind = one.kind
    return {
        "key": one.key, "unit": unit_of(kind), "now": value_of(one.stated.nominal, kind), "holds": one.mode.words,
        "searched": [value_of(one.low, kind), value_of(one.high, kind)],
        "keeps": [{"from": value_of(each.low, kind) if each.below else None,
                   "to": value_of(each.high, kind) if each.above else None,
                   "ended_below_by": list(each.below), "ended_above_by": list(each.above)} for each in one.keeps],
        "never": list(one.never),
        "rules": [{"rule": rule.name, "spans": [{"from": value_of(span.low, kind), "to": value_of(span.high, kind),
                                                 "state": span.state} for span in spans]} for rule, spans in one.by_rule],
    }


def region_text(package: Package, found: Region) -> str:
    """The corners of where all rules keep over two dimensions, and the rules that end it."""
    from ..solve.region import outlines

    lines = [f"{one_line(package.name)}  {one_line(package.source)}", "",
             f"{_axis(found.x)} against {_axis(found.y)}, {found.mode.words}"]
    if found.keeps.is_empty:
        lines.append("no pair of values keeps every rule")
    for number, corners in enumerate(outlines(found.keeps), 1):
        lines += ["", f"all rules keep within these {len(corners)} corners" + (f" (part {number})" if number > 1 else ""),
                  columns([(found.x.key, found.y.key), *((show(x, found.x.datum.kind), show(y, found.y.datum.kind))
                                                         for x, y in corners)])]
    ends = [(area.rule.name, "lines" if area.is_exact else "squares") for area in found.areas]
    if ends:
        lines += ["", columns([("ended by", "known as"), *ends])]
    return "\n".join(lines) + "\n"


def _axis(axis: Axis) -> str:
    kind = axis.datum.kind
    return f"{axis.key} {show(axis.low, kind)} … {show(axis.high, kind)} (now {show_toleranced(axis.stated, kind)})"


def region_data(found: Region) -> dict[str, Any]:
    """The region for programs: rings of corners, in the units of the two dimensions."""
    from ..solve.region import outlines

    x, y = found.x, found.y
    return {
        "holds": found.mode.words, "x": x.key, "x_unit": unit_of(x.datum.kind), "y": y.key, "y_unit": unit_of(y.datum.kind),
        "keeps": [[[value_of(a, x.datum.kind), value_of(b, y.datum.kind)] for a, b in corners]
                  for corners in outlines(found.keeps)],
        "ended_by": [{"rule": area.rule.name, "exact": area.is_exact} for area in found.areas],
    }


def tightening_text(package: Package, rules: Sequence[Rule], cpk: float) -> str:
    """Which tolerances to tighten so that every reading has that Cpk."""
    assumed = assumptions_of(package.tolerances, samples=1)
    bench = Bench(package)
    judging = [rule for rule in rules if not rule.silenced_because and rule.severity != INFO]
    rows = [row for row in study(package, judging, assumed).rows if row.rule]
    found = [one for one in (allocate(row, cpk, bench.stated, assumed) for row in rows) if one is not None]
    if not found:
        return f"\nEvery reading that has a tolerance has a Cpk of {cpk:g} or more (first order).\n"
    return "\n" + "".join(f"{line}\n" for one in found for line in _tightened(one, cpk))


def _tightened(one: Allocation, cpk: float) -> list[str]:
    said = f"{one.row.rule} at {', '.join(one.row.reading.where[:2])}: to reach a Cpk of {cpk:g}"
    if one.reason:
        return [f"{said}: {one.reason}"]
    ways = [f"{each.key} from ± {show(each.now, LENGTH)} to ± {show(each.then, LENGTH)}" for each in one.alone]
    if len(one.together) > 1:
        ways.append("all by as much, " + ", ".join(f"{each.key} to ± {show(each.then, LENGTH)}" for each in one.together))
    return [f"{said} tighten {ways[0]}", *(f"  or {way}" for way in ways[1:])]
