"""Bond fingers in the package file: rings and rows where they are such, else one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Optional

from ...package import Finger
from ...shapes import Point
from ..finger_spots import ring_spots, row_spots
from .text import degrees, group, in_order, length, line, mm, pair, word, wrapped

_NUMBERED = re.compile(r"(.*\D)([1-9]\d*)")
_SLACK = 2  # nm
_FEWEST = 3  # fingers that make a row


def finger_lines(fingers: Sequence[Finger]) -> Iterator[str]:
    """The list ``fingers`` of a carrier."""
    if not fingers:
        return
    yield line(2, "fingers:")
    for some in _alike(fingers):
        first = some[0]
        size = f"[{length(first.size[0])}, {length(first.size[1])}]"
        rest = [("size", size), ("mask", "covered" if not first.opening else None)]
        prefix = _prefix(some)
        named = [*rest, ("prefix", word(prefix) if prefix not in ("", "F") else None)]
        said = (_ring(some) or _row(some)) if prefix else None
        if said is not None:
            yield line(4, f"- {group([*said, *named])}")
            continue
        yield line(4, f"- {rest[0][0]}: {rest[0][1]}")
        yield from (line(6, f"{key}: {value}") for key, value in rest[1:] if value)
        spots = [f"{word(one.name)}: [{mm(one.at[0])}, {mm(one.at[1])}, {degrees(one.angle)}]" for one in some]
        yield from wrapped(6, "at: {", spots, "}")


def _alike(fingers: Sequence[Finger]) -> Iterator[list[Finger]]:
    """Fingers of one size and one beginning of their names; those without a number together."""
    groups: dict[tuple[str, Point, bool], list[Finger]] = {}
    for one in sorted(fingers, key=lambda finger: in_order(finger.name)):
        found = _NUMBERED.fullmatch(one.name)
        groups.setdefault((found[1] if found else "", one.size, one.opening), []).append(one)
    yield from groups.values()


def _prefix(some: Sequence[Finger]) -> str:
    """What all names begin with, "" where they do not count from 1 on."""
    found = _NUMBERED.fullmatch(some[0].name)
    prefix = found[1] if found else ""
    return prefix if prefix and [one.name for one in some] == [f"{prefix}{i + 1}" for i in range(len(some))] else ""


_Said = Optional[list[tuple[str, Optional[str]]]]


def _ring(some: Sequence[Finger]) -> _Said:
    """A ring about the origin: down the left side, along the bottom, up the right side, back along the top."""
    if len(some) % 2 or len(some) < 4:
        return None
    half = len(some) // 2
    down = next((i for i, one in enumerate(some[:half]) if one.angle % 180_000 != 90_000), half)
    across = half - down
    if not (down and across):  # two rows: how wide a ring they are of cannot be told
        return None
    size = (2 * abs(some[0].at[0]), 2 * abs(some[down].at[1]))
    apart = [abs(a.at[along] - b.at[along]) for start, count, along in ((0, down, 1), (down, across, 0)) if count > 1
             for a, b in [(some[start], some[start + 1])]]
    for pitch in (None, *apart[:1]):
        if pitch is not None and ((down - 1) * pitch > size[1] or (across - 1) * pitch > size[0]):
            continue
        due = list(ring_spots(size, across, down, pitch))
        if _lie(some, due):
            return [("ring", pair(size)), ("count", f"[{across}, {down}]"), ("pitch", length(pitch) if pitch else None)]
    return None


def _row(some: Sequence[Finger]) -> _Said:
    """A straight row."""
    angle = some[0].angle
    if len(some) < _FEWEST or not _lie(some, [(spot, angle) for spot in row_spots(some[0].at, some[-1].at, len(some))]):
        return None
    row = group([("from", pair(some[0].at)), ("to", pair(some[-1].at)), ("count", str(len(some)))])
    return [("row", row), ("angle", degrees(angle) if angle else None)]


def _lie(some: Sequence[Finger], due: Sequence[tuple[Point, int]]) -> bool:
    return len(some) == len(due) and all(
        max(abs(one.at[0] - x), abs(one.at[1] - y)) <= _SLACK and one.angle % 360_000 == angle % 360_000
        for one, ((x, y), angle) in zip(some, due))
