"""Sites in the array language: a grid where there is one, else one by one, few in the file itself, many in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

import numpy as np

from ...arrays import ArrayPattern, IntArray, Names, Sites, lay_out, picked
from ...arrays.recognise import recognise
from ...package.own import own_spots
from ...shapes import Point, transform
from ...units import ANGLE, show
from .text import WIDEST, entries, group, in_order, length, line, mm, pair, table, word, wrapped

_FEW = 4  # sites that stand in the file itself
_PLAIN_NAMES = Names()


def array_lines(indent: int, sites: Sites, at: Point, angle: int, file: str, files: dict[str, str], unit: str = ""
                ) -> list[str]:
    """The key ``array`` of a part at ``at``; a table that it needs goes to ``files`` under the name ``file``."""
    # KiCad may have sorted them anew: whatever the order, the same sites are said in the same words.
    order = sorted(range(len(sites)), key=lambda i: in_order(sites.names[i]))
    sites = picked(sites, order)
    xy = own_spots(sites.xy, at, angle)
    pattern = None if _own(sites) else _pattern(sites.names, xy, at, angle)
    if pattern is None:
        return [*_one_by_one(indent, sites, xy, file, files)]
    if not pattern.zones:
        text = line(indent, f"array: {group(_keys(pattern, unit))}")
        return [text] if len(text) <= WIDEST else [line(indent, "array:"), *_block(indent + 2, pattern, unit)]
    zones = [group(_keys(zone, unit)) for zone in pattern.zones]
    short = " " * indent + f"array: {{zones: {entries(zones)}}}"
    if len(zones) == 2 and len(short) <= WIDEST:
        return [short]
    lines = [line(indent, "array:"), line(indent + 2, "zones:")]
    for zone, text in zip(pattern.zones, zones):
        if indent + 6 + len(text) <= WIDEST:
            lines.append(line(indent + 4, f"- {text}"))
        else:
            first, *rest = _block(indent + 6, zone, unit)
            lines += [" " * (indent + 4) + "- " + first.lstrip(), *rest]
    return lines


def _block(indent: int, pattern: ArrayPattern, unit: str) -> Iterator[str]:
    """One key a line, long lists in several."""
    for key, value in _keys(pattern, unit):
        if value and value[0] == "[" and len(value) + indent + len(key) > WIDEST:
            yield from wrapped(indent, f"{key}: [", value[1:-1].split(", "))
        elif value:
            yield line(indent, f"{key}: {value}")


def _pattern(names: Sequence[str], xy: IntArray, at: Point, angle: int) -> Optional[ArrayPattern]:
    if angle % 90_000 == 0:
        pattern = recognise(names, xy)
        if pattern is not None:
            return pattern
    # Somebody may have placed it by hand, a nanometre off; a part turned by any angle has its sites rounded.
    slack = 2 if angle % 90_000 == 0 else 1
    pattern = recognise(names, xy, slack)
    # What is read of the pattern may, rounded once more, look like another: then that one, until it stays the same.
    for _ in range(4 if pattern is not None else 0):
        assert pattern is not None
        laid = lay_out(pattern)
        placed = [transform((x, y), at, angle) for x, y in laid.xy.tolist()]
        again = recognise(laid.names, own_spots(np.array(placed, np.int64), at, angle), slack)
        if again is None or again == pattern:
            break
        pattern = again
    return pattern


def _keys(pattern: ArrayPattern, unit: str) -> list[tuple[str, Optional[str]]]:
    assert pattern.grid is not None
    assert pattern.pitch is not None
    across, down = (length(one, unit) for one in pattern.pitch)
    rings = pattern.rings
    return [
        ("grid", f"[{pattern.grid[0]}, {pattern.grid[1]}]"),
        ("pitch", across if across == down else f"[{across}, {down}]"),
        ("offset", pair(pattern.offset) if pattern.offset != (0, 0) else None),
        ("stagger", pattern.stagger),
        ("shift", pattern.shift if pattern.shift != "second" else None),
        ("rings", str(rings) if isinstance(rings, int) else entries(map(str, rings)) if rings else None),
        ("centre", f"[{pattern.centre[0]}, {pattern.centre[1]}]" if pattern.centre else None),
        ("corners", str(pattern.corners) if pattern.corners else None),
        ("skip", entries(_places(pattern.skip)) if pattern.skip else None),
        ("keep", entries(_places(pattern.keep)) if pattern.keep else None),
        ("names", group(_names(pattern.names)) if pattern.names != _PLAIN_NAMES else None),
    ]


def _places(places: Sequence[object]) -> Iterator[str]:
    return (word(str(one)) for one in places)


def _names(names: Names) -> Iterator[tuple[str, str]]:
    for key in ("first", "corner", "letters", "alphabet", "numbers", "prefix"):
        value = getattr(names, key)
        if value != getattr(_PLAIN_NAMES, key):
            yield key, word(value)


def _own(sites: Sites) -> dict[str, IntArray]:
    """What sites have of their own, by the column that says it; nothing of which none has any."""
    found = (("diameter", sites.diameters), ("bump_height", sites.heights), ("land_step", sites.steps),
             ("bump_turn", sites.turns), ("bump_width", sites.widths), ("solder_sphere", sites.spheres),
             ("bare_land", sites.bare))
    return {head: values for head, values in found if values is not None and values.any()}


def _cell(head: str, value: int) -> str:
    return "" if not value else "yes" if head == "bare_land" else show(value, ANGLE) if head == "bump_turn" else mm(value)


def _one_by_one(indent: int, sites: Sites, xy: IntArray, file: str, files: dict[str, str]) -> Iterator[str]:
    order, own = range(len(sites)), _own(sites)
    if len(sites) <= _FEW and not own:
        spots = [f"{word(sites.names[i])}: {pair((int(xy[i, 0]), int(xy[i, 1])))}" for i in order]
        yield line(indent, f"array: {{at: {{{', '.join(spots)}}}}}")
        return
    heads = ["name", "x", "y", *own]
    rows = [[sites.names[i], mm(int(xy[i, 0])), mm(int(xy[i, 1])),
             *(_cell(head, int(values[i])) for head, values in own.items())] for i in order]
    if any(row[0].startswith("#") for row in rows):  # a row that begins so is a comment
        heads, rows = [*heads[1:], heads[0]], [[*row[1:], row[0]] for row in rows]
    files[file] = table(heads, rows)
    yield line(indent, f"array: {{csv: {word(file)}}}")
