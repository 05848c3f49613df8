"""A board moved and turned as KiCad does it: every point is kept on the board in whole nanometres, and rounded at each step."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal

from overmold.kicad.clauses.sexpr import Index, index
from overmold.kicad.clauses.tree import Clause, tree
from overmold.shapes import Point, transform
from overmold.units import mm

_POINTS = ("start", "mid", "end", "center", "xy")


def turned(board: bytes, angle: int, about: Point = (0, 0), by: Point = (0, 0)) -> bytes:
    """The board with everything on it turned by ``angle`` (1/1000 degree) about a point and moved ``by`` as far."""
    found = index(board, "b", ["kicad_pcb"])
    edits: list[tuple[int, int, bytes]] = []

    def go(spot: Point) -> Point:
        x, y = transform((spot[0] - about[0], spot[1] - about[1]), about, angle)
        return x + by[0], y + by[1]

    for clause in found.inside(0).tolist():
        what = tree(found, clause)
        if what.name == "footprint":
            _footprint(found, clause, what, angle, go, edits)
        elif what.name == "gr_rect" and angle % 90_000:
            edits.append((int(found.start[clause]), int(found.end[clause]), _polygon(found.text(clause), what, go)))
        elif what.name.startswith("gr_") or what.name == "zone":
            for inner in range(clause + 1, int(found.last[clause])):
                _moved(found, inner, go, edits)
    return splice(board, edits)


def splice(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """``data`` with each range (start, end) replaced, none of which overlap; every byte outside of them stays as it is."""
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        assert at <= start <= end <= len(data), (start, end)
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])


def _footprint(found: Index, clause: int, what: Clause, angle: int, go, edits) -> None:  # type: ignore[no-untyped-def]
    was, old = _at(what.first("at"))
    at = go(was)
    new = (old + angle) % 360_000

    def local(spot: Point) -> Point:
        # On the board, turned there, and back: three times rounded.
        x, y = go(transform(spot, was, old))
        return transform((x - at[0], y - at[1]), (0, 0), -new)

    for inner in found.inside(clause).tolist():
        part = tree(found, inner)
        begin, end = int(found.start[inner]), int(found.end[inner])
        if part.name == "at":
            edits.append((begin, end, f"(at {mm(at[0])} {mm(at[1])} {Decimal(new) / 1000})".encode()))
        elif part.name in ("pad", "property", "fp_text"):
            place_of = next(i for i in found.inside(inner).tolist() if tree(found, i).name == "at")
            spot, turn = _at(part.first("at"))
            spot = local(spot)
            text = f"(at {mm(spot[0])} {mm(spot[1])} {Decimal((turn + angle) % 360_000) / 1000})"
            edits.append((int(found.start[place_of]), int(found.end[place_of]), text.encode()))
        elif part.name.startswith("fp_") or part.name == "zone":
            for deep in range(inner + 1, int(found.last[inner])):
                _moved(found, deep, local if part.name != "zone" else go, edits)


def _moved(found: Index, clause: int, go, edits) -> None:  # type: ignore[no-untyped-def]
    text = found.text(clause)
    match = re.fullmatch(r"\((\w+) (\S+) (\S+)\)", text)
    if match and match[1] in _POINTS:
        x, y = go((_nm(match[2]), _nm(match[3])))
        edits.append((int(found.start[clause]), int(found.end[clause]), f"({match[1]} {mm(x)} {mm(y)})".encode()))


def _polygon(text: str, what: Clause, go) -> bytes:  # type: ignore[no-untyped-def]
    (ax, ay), (bx, by) = (_at(what.first(name))[0] for name in ("start", "end"))
    ring = " ".join(f"(xy {mm(x)} {mm(y)})" for x, y in map(go, ((ax, ay), (bx, ay), (bx, by), (ax, by))))
    text = re.sub(r"\(start [^)]*\)\s*\(end [^)]*\)", f"(pts {ring})", text)
    return text.replace("gr_rect", "gr_poly").encode()


def _at(clause: Clause | None) -> tuple[Point, int]:
    assert clause is not None
    words = [*clause.words, "0"]
    return (_nm(words[0]), _nm(words[1])), round(float(words[2]) * 1000) if words[2:3] else 0


def _nm(word: str) -> int:
    return int(Decimal(word) * 10**6)


def steps(seed: float) -> int:
    """An angle in 1/1000 degree from a number between 0 and 1."""
    return math.floor(seed * 360_000)
