"""Which columns of a wire list say what: its heads in one row or in two, the pad's before the finger's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...faults import fail
from ...tables.heads import Columns, nearest_heads, unit_off
from ...tables.sheets import Sheet
from . import Asked
from .headings import headings

_WITHIN = 60
_AXIS = re.compile(r"(?:^|[^a-z])([xy])\d?$|^([xy])\d?(?:$|[^a-z])|^(?:pad|die|finger|lead|start|end|from|to|bond)([xy])$")
_START = re.compile(r"\b(?:from|start|1st|first|die|pad|bond ?pad)\b")
_END = re.compile(r"\b(?:to|end|2nd|second|finger|lead|post|substrate|pin)\b")
_WIDE = re.compile(r"dia|durchmesser|ø|直径|径|\bd\b")
_OTHERS = ("length", "tier", "net", "angle")
_ROLES = ("from", "to", "x", "y", "fingerx", "fingery", *_OTHERS)


def wire_columns(sheets: Sequence[Sheet], asked: Asked, source: str) -> tuple[Sheet, Columns, dict[str, int]]:
    """The sheet, its heads, and the columns by what they say; raises Faults where none is a list of wires."""
    best: tuple[int, Sheet, Columns, dict[str, int]] | None = None
    for sheet in sheets:
        if asked.sheet and sheet.name.casefold() != asked.sheet.casefold():
            continue
        rows = sheet.head()
        for i in range(min(_WITHIN, len(rows))):
            for columns, _ in headings(rows, i):
                at = _roles(columns, asked)
                worth = len({"x", "y", "fingerx", "fingery"} & set(at)) + bool(columns.heads and any(
                    columns.heads[k].unit for role, k in at.items() if role == "x" and k < len(columns.heads)))
                if {"from", "to"} <= set(at) and (best is None or worth > best[0]):
                    best = worth, sheet, columns, at
    if best is not None:
        return best[1:]
    near = nearest_heads(sheets[0].head(), _ROLES)
    raise fail(sheets[0].source, "no list of wires is found here: columns for the pad and for the finger of each; --columns "
               "from=1,to=2 says which they are", near.row.line if near is not None else 1, 1)


def _roles(columns: Columns, asked: Asked) -> dict[str, int]:
    """The columns by role: of two x the first is the pad's, and a pad is where a wire begins."""
    at: dict[str, int] = {}
    axes = [_axis_of(head.text) for head in columns.heads]
    for axis in ("x", "y"):
        found = [i for i, one in enumerate(axes) if one == axis]
        at.update(dict(zip((axis, f"finger{axis}"), found)))
    for role in _OTHERS:
        found = [i for i in columns.of(role) if i not in at.values()]
        at.update({role: found[0]} if found else {})
    wide = [i for i in columns.of("wiredia") if i not in at.values()
            and (columns.heads[i].unit or _WIDE.search(columns.heads[i].text.casefold()))]
    at.update({"wiredia": wide[0]} if wide else {})
    names = [i for i, head in enumerate(columns.heads) if head.text and not axes[i] and i not in at.values()]
    for role, roles, word in (("to", ("to", "finger"), _END), ("from", ("from", "site"), _START)):
        fitting = [i for i in names if columns.heads[i].role in roles and i not in at.values()] or [
            i for i in names if word.search(columns.heads[i].text.casefold()) and i not in at.values()]
        at.update({role: fitting[0]} if fitting else {})
    _beside(at, columns, names)
    heads = [" ".join(head.text.split()).casefold() for head in columns.heads]
    for role, text in asked.columns.items():
        if text.isdecimal():
            at[role] = int(text) - 1
        elif text.casefold() in heads:
            at[role] = heads.index(text.casefold())
    return at


def _beside(at: dict[str, int], columns: Columns, names: Sequence[int]) -> None:
    """Where heads over several columns leave a mere "name": the one before a pair of places is what lies there."""
    if "to" not in at:  # two columns of sites: pad and lead
        spare = [i for i in names if columns.heads[i].role in ("site", "name") and i != at.get("from")]
        before = [i for i in spare if i < at.get("fingerx", -1)] or spare
        at.update({"to": before[-1]} if before else {})
    if "from" not in at:
        spare = [i for i in names if columns.heads[i].role in ("site", "name", "chip") and i != at.get("to")]
        at.update({"from": spare[0]} if spare else {})


def _axis_of(text: str) -> str:
    """x or y where a head is over places."""
    word = re.sub(r"(?<=[a-z])(?=[XY]\d?$)", " ", " ".join(unit_off(text).split())).casefold().strip(" .:_-()")
    word = re.sub(r"\s*(?:coord\w*|pos\w*|loc\w*|koordinate|坐标|座標)\.?$", "", word).strip(" _-")
    found = _AXIS.search(word)
    return next((part for part in found.groups() if part), "") if found else ""
