"""``overmold solve``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..exits import BROKEN, KEPT
from ..faults import fail
from .common import deck_of, emit, read_named, settings_for
from .console import coloured, err, out
from .progress import Progress

if TYPE_CHECKING:
    from ..package import Package
    from ..rule import Rule
    from ..solve import Mode, Solution


def run(arguments: argparse.Namespace) -> int:
    """Print what the dimensions may be; 1 where no value of any of them keeps every rule. With ``--fix`` write one into the
    file, after showing the difference."""
    from ..report.formats.json import written
    from ..report.solved import region_data, region_text, solution_data, solution_text, tightening_text
    from ..solve import Mode
    from ..solve.region import region

    path = Path(arguments.file)
    package, rules = _package(arguments, path)
    mode = Mode(arguments.corners, arguments.cpk)
    if len(arguments.vary) > 2:
        raise fail("--vary", "one dimension gives an interval and two a region; for more take 'overmold sweep'")
    if len(arguments.vary) == 2 and arguments.fix is None:
        across, up = arguments.vary
        found = region(package, rules, across, up, mode)
        emit(written(region_data(found)) if arguments.format == "json" else region_text(package, found))
        return BROKEN if found.keeps.is_empty else KEPT
    solutions = _solutions(package, rules, arguments.vary, mode)
    if arguments.fix is not None:
        return _fix(arguments, package, rules, solutions)
    if arguments.format == "json":
        emit(written({"source": package.source, "package": package.name, "solutions": list(map(solution_data, solutions))}))
    else:
        emit(solution_text(package, solutions, coloured()))
        if arguments.cpk is not None:
            emit(tightening_text(package, rules, arguments.cpk))
    return KEPT if any(one.keeps for one in solutions) else BROKEN


def _package(arguments: argparse.Namespace, path: Path) -> tuple[Package, tuple[Rule, ...]]:
    from ..check import under

    deck = deck_of(settings_for(arguments, path))
    return under(read_named(path), deck), deck.rules


def _solutions(package: Package, rules: tuple[Rule, ...], wanted: list[str], mode: Mode) -> list[Solution]:
    """Of the dimensions that are asked for, else of all that have a tolerance and that a rule depends on."""
    from ..solve import solve
    from ..study.probes import Bench

    keys, found = wanted or list(Bench(package).toleranced), []
    with Progress("solving") as say:  # a package with many wires has as many dimensions
        for number, key in enumerate(keys):
            found.append(solve(package, rules, key, mode))
            say((number + 1) / len(keys))
    return found if wanted else [one for one in found if one.by_rule]


def _fix(arguments: argparse.Namespace, package: Package, rules: tuple[Rule, ...], solutions: list[Solution]) -> int:
    """Write one dimension into the package file: a value given, else one well inside of where all rules keep."""
    from ..input_file import read_input
    from ..marked_yaml import load
    from ..marked_yaml.edit import Edit, edited
    from ..output_file import write_atomically
    from ..package_file.where import path_in_file
    from ..solve.fixes import written

    path = Path(arguments.file)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise fail(arguments.file, "is not a package file; --fix writes into a package file (.yaml)")
    if arguments.fix and len(arguments.vary) != 1:
        raise fail("--fix", f"'{arguments.fix}' is a value of one dimension; name that with --vary")
    broken = _broken(package, rules, solutions)
    if len(arguments.vary) != 1:  # the one with the least way to go, of those that alone mend all
        if not broken:
            err(f"{arguments.file}: every rule keeps; nothing to mend")
            return KEPT
        able = [one for one in solutions if one.keeps and broken <= {rule.name for rule, _ in one.by_rule}]
        solutions = sorted(able, key=_way)
    found, value = _choice(package, rules, solutions, arguments.fix)
    text = read_input(path).decode("utf-8")
    where = path_in_file(found.key, load(text, str(path)))
    if where is None or load(text, str(path)).at(where) is None:
        raise fail(arguments.file, f"'{found.key}' does not stand in it by itself; change it by hand")
    new = edited(text, str(path), [Edit(where, written(found.stated, value, found.kind))])
    out(_difference(text, new, str(path)))
    if new != text:
        write_atomically(path, new.encode("utf-8"))
    left = sorted(broken - {rule.name for rule, _ in found.by_rule})
    if left:
        err(f"{arguments.file}: broken as before, for {found.key} has no part in it: {', '.join(left)}")
    return BROKEN if left else KEPT


def _broken(package: Package, rules: tuple[Rule, ...], solutions: list[Solution]) -> set[str]:
    """The rules that break as the design is, also those that no dimension with a tolerance has a part in."""
    from ..check import ERROR, WARNING, put
    from ..solve.line import BREAKS

    at_corners = any(one.mode.at_corners for one in solutions)
    found = {rule.name for rule in rules if not rule.silenced_because and any(
        one.severity in (ERROR, WARNING) and (at_corners or not one.at_corner) for one in put(package, rule).judged)}
    return found | {rule.name for one in solutions for rule, spans in one.by_rule
                    if any(each.state == BREAKS and each.low <= one.stated.nominal <= each.high for each in spans)}


def _way(one: Solution) -> float:
    """How far a dimension has to go, as a share of what it is."""
    now = one.stated.nominal
    return min(max(each.low - now, now - each.high, 0) for each in one.keeps) / max(1, abs(now))


def _choice(package: Package, rules: tuple[Rule, ...], solutions: list[Solution], wanted: str) -> tuple[Solution, int]:
    """Which dimension becomes what: the first that can mend all, and the wanted value, which has to be one that does."""
    from ..report.solved import keeps_said
    from ..solve import AT_CORNERS, solve
    from ..solve.fixes import chosen
    from ..units import UnitError, parse

    one = next((each for each in solutions if each.keeps), None)
    if one is None:
        raise fail(package.source, "no value of one dimension alone keeps every rule; 'overmold solve' without --fix says what "
                   "stands against it")
    if wanted:
        try:
            value = parse(wanted, one.kind)
        except UnitError as error:
            raise fail("--fix", str(error)) from None
        if not any(each.low <= value <= each.high for each in one.keeps):
            raise fail("--fix", f"with {one.key} at {wanted} not every rule keeps: it may be {keeps_said(one)}")
        return one, value
    safe = solve(package, rules, one.key, AT_CORNERS).keeps or one.keeps
    return one, chosen(min(safe, key=lambda each: max(each.low - one.stated.nominal, one.stated.nominal - each.high, 0)))


def _difference(old: str, new: str, name: str) -> str:
    import difflib

    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), name, name, n=1)
    words = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    if not words:
        err(f"{name}: nothing to change")
    return words

