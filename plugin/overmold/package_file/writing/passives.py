"""Passives in the package file: by case size where they are just that, else with a size, height and pads of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Optional

from ...package import Passive
from ...package.cavity import as_said
from ...package.datum import stated
from ...package.own import own_size, own_spot
from ...shapes import Point, rectangle, transform
from ..cases import CASES
from .data import data_lines, data_pairs
from .text import WIDEST, degrees, entries, group, line, pair, word

Pads = list[tuple[Point, Point]]
_Keys = list[tuple[str, Optional[str]]]


def passive_lines(passives: Sequence[Passive]) -> Iterator[str]:
    """The list ``passives``."""
    if not passives:
        return
    yield "passives:"
    for part in passives:
        at, size, pads = body_and_pads(part)
        nets = [one.net for one in part.terminals]
        ends: _Keys = [
            ("at", pair(at)), ("angle", degrees(part.angle % 360_000) if part.angle % 360_000 else None),
            ("nets", entries(map(word, nets)) if any(nets) else None)]
        case = _case(part, size, pads)
        data = dict(data_pairs(part))
        height = ("height", data.pop("height"))
        drawn = [group([("at", pair(spot)), ("size", pair(pad))]) for spot, pad in pads]
        if case:
            keys: _Keys = [("size", f'"{case}"'), *([height] if part.height != CASES[case].height else []), *ends]
        else:
            keys = [("size", pair(size)), height, *ends, ("pads", entries(drawn))]
        keys += data.items()
        if part.has_cavity:
            keys.append(("cavity", group(data_pairs(as_said(part), "cavity."))))
        on = word(part.on[0]) if len(part.on) == 1 else entries(map(word, part.on))
        stands: _Keys = [("stands_on", on)] if part.on else []
        keys = [("name", word(part.name)), *stands, *keys]
        if part.height is not None and len(text := f"  - {group(keys)}") <= WIDEST:
            yield text
            continue
        yield line(2, f"- name: {word(part.name)}")
        yield from (one for key, said in keys[1:] if said for one in _said(key, said, {"nets": map(word, nets), "pads": drawn}))
        yield from data_lines(4, part, leave=stated(part))


def _said(key: str, said: str, lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """One key of a part in the file; a list that is too long for a line has one for each of its entries."""
    if len(text := line(4, f"{key}: {said}")) <= WIDEST or key not in lists:
        yield text
    else:
        yield line(4, f"{key}:")
        yield from (line(6, f"- {entry}") for entry in lists[key])


def body_and_pads(part: Passive) -> tuple[Point, Point, Pads]:
    """The middle of the body, its size, and of each pad place and size about that middle, before turning."""
    at = part.at
    size = own_size(part.outline, at, part.angle)
    if size is None:
        # A body that is no rectangle about its origin: the rectangle around it is what the file can say.
        corners = [own_spot(corner, at, part.angle) for corner in part.outline.rings[0]]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        at = transform(((left + right) // 2, (top + bottom) // 2), at, part.angle)
        size = own_size(rectangle(at, (right - left, bottom - top), part.angle), at, part.angle) or (right - left, bottom - top)
    return at, size, [(own_spot(one.at, at, part.angle), one.size) for one in part.terminals]


def _case(part: Passive, size: Point, pads: Pads) -> str:
    """The case size that it is, "" where it is none; one of unknown height has none, for a case has its typical one."""
    if part.height is None:
        return ""
    return next((name for name, case in CASES.items() if size == case.size and pads == [
        ((sign * case.pad_x, 0), case.pad) for sign in (-1, 1)]), "")
