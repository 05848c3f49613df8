"""What a draft looks like and how it is judged, as data for the page: form, faults at their fields, pictures, margins, nets."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Any, Optional

from ..check import NOT_APPLICABLE, SILENCED, check
from ..faults import Fault, Faults, meant_by
from ..marked_yaml import Marked
from ..package import Package
from ..package_file import SoFar, read_so_far
from ..package_file.models.values import UNKNOWN_KEY, Path
from ..pictures.plan import plan, scale_of
from ..pictures.section import section
from ..report.finding import Report
from ..report.rows import verdict_row
from ..rule import Deck, load_deck
from ..settings import Settings, settings_of
from .draft import Draft
from .form import form
from .nets import MOST_ROWS, cell_at, grid_of
from .sites import arrays_in, shown

Look = dict[str, Any]
HUES = {"green": "good", "red": "bad", "yellow": "warn", "grey": "idle"}
_VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_ORDER = ("bad", "warn", "good")


def looked_at(draft: Draft) -> Look:
    """All that the page shows of a draft. ``form`` is None where the text is no YAML: then only its faults are known."""
    base = {"file": str(draft.file), "text": draft.text, "tables": dict(draft.tables)}
    try:
        found = read_so_far(draft.text, str(draft.file), draft.file.parent, draft.folder.texts)
    except Faults as faults:
        return {**base, "form": None, "wrong": [_fault(one, None) for one in faults.faults], "verdict": None, "name": ""}
    words = Marked(found.marked.source, found.marked.root).words
    nets, faults_left = _nets(draft, found.faults)
    return {**base, "form": form(words), "wrong": [_fault(one, found.marked) for one in faults_left], "nets": nets,
            "name": found.package.name if found.package is not None else "", **_judged(draft, found), **_drawn(draft, found)}


def _fault(fault: Fault, marked: Optional[Marked]) -> dict[str, Any]:
    """A fault with the path of the field that it belongs to, and what can be done by one press."""
    path = fault.path
    if path is None and marked is not None and fault.file == marked.source:
        path = _path_at(marked, fault.line, fault.column)
    near = meant_by(fault.message)
    fix: Optional[dict[str, Any]] = None
    if near and path:
        is_key = fault.message.startswith(UNKNOWN_KEY)
        fix = {"path": list(path), **({"does": "rename", "key": near} if is_key else {"does": "set", "text": near})}
    return {"path": None if path is None else list(path), "words": fault.message, "line": fault.line, "column": fault.column,
            "file": "" if marked is None or fault.file == marked.source else fault.file, "near": near, "fix": fix}


def _path_at(marked: Marked, line: int, column: int) -> Optional[Path]:
    """The path of the key or value that begins there."""
    waiting: list[tuple[Path, Any]] = [((), marked.root)]
    while waiting:
        path, node = waiting.pop()
        if path and (node.line, node.column) == (line, column):
            return path
        if isinstance(node.value, dict):
            for key, (name, inner) in node.value.items():
                if (name.line, name.column) == (line, column):
                    return (*path, key)
                waiting.append(((*path, key), inner))
        elif isinstance(node.value, list):
            waiting += [((*path, i), inner) for i, inner in enumerate(node.value)]
    return None


def _judged(draft: Draft, found: SoFar) -> Look:
    """The verdict and every rule's margin; None while something is still wrong with the file."""
    if found.faults or found.package is None:
        count = len(found.faults)
        return {"verdict": None, "waiting": f"{count} thing{'s' * (count != 1)} to mend before it can be judged", "rules": []}
    try:
        settings = settings_of(draft.file)
        result = check(found.package, _deck(settings or Settings("")))
    except Faults as faults:
        return {"verdict": None, "waiting": "; ".join(map(str, faults.faults)), "rules": []}
    report = Report(str(draft.file), result, settings=settings, strict=settings is not None and settings.strict,
                    complete=settings is not None and settings.complete)
    rules = [_rule(verdict_row(verdict), verdict.rule.title) for verdict in result.verdicts
             if verdict.status not in (NOT_APPLICABLE, SILENCED)]
    mend = [{"rule": one.rule, "words": one.message, "fix": one.fix} for one in report.findings if one.severity != "info"]
    return {"verdict": {"word": report.verdict.upper(), "hue": HUES[report.hue], "counts": report.counts}, "waiting": "",
            "rules": sorted(rules, key=lambda row: _ORDER.index(row["hue"]) if row["hue"] in _ORDER else 3), "mend": mend[:20]}


@lru_cache(maxsize=4)
def _deck(settings: Settings) -> Deck:
    return load_deck(settings.houses, settings.decks)  # an optional deck takes longer than a hand between two words


def _rule(row: tuple[Any, ...], title: str) -> dict[str, str]:
    mark, name, reading, limit, margin, corners = row
    return {"word": mark[0], "hue": HUES[mark[1]], "name": name, "reading": reading, "limit": limit, "margin": margin,
            "corners": corners, "title": title}


def _drawn(draft: Draft, found: SoFar) -> Look:
    """Section and plan of what is sound, and the arrays on the plan; no pictures where the carrier itself is at fault."""
    package = found.package
    if package is None or found.sound.broken & {"", "carrier"}:
        return {"section": "", "plan": "", "size": None, "arrays": []}
    scale = scale_of(package)
    if scale is None:
        return {"section": "", "plan": "", "size": None, "arrays": []}
    drawn = plan(package)
    size = _VIEW.search(drawn)
    assert size is not None
    return {"section": _as_address(section(package)), "plan": _as_address(drawn), "size": [float(size[1]), float(size[2])],
            "arrays": [shown(laid, scale) for laid in arrays_in(found, draft.folder)], "alone": _alone(package)}


def _alone(package: Package) -> str:
    """What the pictures show, in words."""
    chips = ", ".join(chip.name for chip in package.chips) or "no chip"
    return f"{package.name}: {chips} on a carrier"


def _as_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _nets(draft: Draft, faults: list[Fault]) -> tuple[Look, list[Fault]]:
    """The netlist's grid with what is wrong with its cells, and the faults that belong to none of them."""
    try:
        grid = grid_of(draft)
    except Faults:
        grid = None
    if grid is None or len(grid.rows) > MOST_ROWS:
        return {"rows": [], "table": "", "faults": [], "can": False}, faults
    file = str(draft.file.parent / grid.table) if grid.table else str(draft.file)
    cells, others = [], []
    for fault in faults:
        cell = cell_at(grid, fault.line, fault.column) if fault.file == file else None
        if cell is None:
            others.append(fault)
        else:
            cells.append([*cell, fault.message])
    return {"rows": grid.rows, "table": grid.table, "faults": cells, "can": True}, others
