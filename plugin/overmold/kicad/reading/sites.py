"""Sites of a chip that are no copper: bumps that stand on another chip, and bond pads.

Each is a text on a layer of its own, such as "A1: VDD": its place is the site's, its words are name and net.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...arrays import Sites
from ...shapes import Point, transform
from ..clauses.columns import whole
from ..clauses.tree import Clause, tree
from .one_footprint import Footprint, net_name


def read_sites(part: Footprint, meaning: str, what: str, key: str) -> Optional[tuple[Sites, tuple[str, ...]]]:
    """The sites that ``part`` has on the layer of this meaning, with their nets; None where it has none. ``key`` is theirs."""
    names, spots, uuids, nets = [], [], [], []
    there: dict[Optional[Point], str] = {}
    for text in _texts(part, part.contents.layers(meaning)):
        part.notes.taken.add(text.at)
        name, net = name_and_net(text.word(1))
        spot = _spot(text)
        if spot is not None:
            part.notes.marks.setdefault(part.number, set()).add(spot)
        if not name or spot is None or name in names or spot in there:
            part.wrong_byte(text.at, _trouble(text.word(1), name, spot, what, there.get(spot, "")), key)
            continue
        there[spot] = name
        names.append(name)
        nets.append(net_name(net))
        spots.append(transform(spot, part.at, part.angle))
        uuids.append(text.word_of("uuid"))
    if not names:
        return None
    return Sites(tuple(names), np.array(spots, np.int64), tuple(uuids)), tuple(nets)


def name_and_net(words: str) -> tuple[str, str]:
    """What a mark says; no name where it is not clear where the name ends: names and nets may have colons in them."""
    name, parted, net = words.strip().partition(": ")
    if not parted and name.endswith(":"):
        return name[:-1], ""
    return ("", "") if not parted and ":" in name else (name.strip(), net.strip())


def _texts(part: Footprint, layers: tuple[str, ...]) -> list[Clause]:
    index, inner = part.contents.index, part.contents.inner(part.number)
    needles = [f'"{layer}"'.encode() for layer in layers]
    found = []
    for clause in index.called(inner, b"fp_text").tolist():
        begin, end = int(index.start[clause]), int(index.end[clause])
        if any(index.data.find(needle, begin, end) >= 0 for needle in needles):
            text = tree(index, clause)
            if text.word() == "user" and text.word_of("layer") in layers:
                found.append(text)
    return found


def _spot(text: Clause) -> Optional[Point]:
    at = text.first("at")
    x, y = (whole(at.word(i)) for i in (0, 1)) if at else (None, None)
    return (x, y) if x is not None and y is not None else None


def _trouble(words: str, name: str, spot: Optional[Point], what: str, there: str) -> str:
    if not name and ":" in words and ": " not in words:
        return (f"'{words}' may be one name or name and net; write {what} and net with a blank between, as in "
                f"'{words.replace(':', ': ', 1)}', or a colon at its end where it has no net, as in '{words}:'")
    if not name:
        return f"this text on the layer of {what}s has no name; write name and net, for example A1: VDD"
    if spot is None:
        return f"{what} {name} has no place: (at …) needs two numbers in mm, at most 2147"
    if there and there != name:
        return f"{what} {name} lies in the very place of {there}; move or delete one"
    return f"there are two {what}s called {name}; rename or delete one"
