"""References that other parts of the board have already: a package that comes to it gets others, as somebody chooses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Optional, Union

from ...compare.match import Names
from ...faults import fail
from ...package import Chip, Package, Passive, keys
from ..reading.contents import Contents

AS_THEY_ARE, NUMBERS, PREFIX = "as they are", "numbers", "prefix"
USUAL_PREFIX = "PKG_"
_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,19}")
_REFERENCE = re.compile(r"[A-Za-z_][A-Za-z0-9_.+-]{0,39}")


@dataclass(frozen=True)
class Naming:
    """What becomes of references that are taken: they stay AS_THEY_ARE, get the next free NUMBERS, or a PREFIX."""

    how: str = AS_THEY_ARE
    prefix: str = USUAL_PREFIX


AS_IT_IS = Naming()


def others_of(contents: Contents, ours: Mapping[str, Sequence[int]]) -> set[str]:
    """The references of the footprints that are not ``ours``."""
    mine = {number for numbers in ours.values() for number in numbers}
    return {contents.reference(number) for number in range(len(contents.footprints)) if number not in mine}


def taken(spec: Package, board: Optional[Package], names: Names, others: Collection[str]) -> list[str]:
    """The references that the package file gives to parts that are not on the board yet, and that other parts there have."""
    return [part.name for part, _ in _new(spec, board, names) if part.name in others]


def told_apart(spec: Package, board: Optional[Package], names: Names, others: Collection[str], naming: Naming) -> Names:
    """``names`` with further ones for those parts; raises Faults for a prefix that no reference can begin with."""
    if naming.how == AS_THEY_ARE:
        return names
    if naming.how == PREFIX and not _PREFIX.fullmatch(naming.prefix):
        raise fail("Place package, prefix", f"'{naming.prefix}' cannot begin a reference; write letters, digits, _ and -, for "
                   f"example {USUAL_PREFIX}")
    used = {*others, *(called for _, called in _new(spec, board, names))}
    used |= {*(one.name for one in board.chips), *(one.name for one in board.passives)} if board is not None else set()
    chips, passives = dict(names.chips), dict(names.passives)
    for part, called in _new(spec, board, names):
        if called in others:
            wanted = _prefixed(naming.prefix, called) if naming.how == PREFIX else numbered(called)
            name = next(one for one in wanted if one not in used)
            used.add(name)
            (chips if isinstance(part, Chip) else passives)[part.name] = name
    return Names(chips, passives, names.nets)


def _new(spec: Package, board: Optional[Package], names: Names) -> Iterator[tuple[Union[Chip, Passive], str]]:
    """Parts that the board does not have, and what they would be called there."""
    here = {*(one.key for one in board.chips), *(one.key for one in board.passives)} if board is not None else set()
    for chip in spec.chips:
        called = names.chips.get(chip.name, chip.name)
        if keys.chip(called) not in here:
            yield chip, called
    for passive in spec.passives:
        called = names.passives.get(passive.name, passive.name)
        if keys.passive(called) not in here:
            yield passive, called


def _prefixed(prefix: str, called: str) -> Iterator[str]:
    yield prefix + called
    yield from numbered(prefix + called)


def numbered(called: str) -> Iterator[str]:
    """The same letters with 1, 2, 3 … behind them."""
    letters = called.rstrip("0123456789") or f"{called}_"
    return (f"{letters}{number}" for number in count(1))


def free_reference(contents: Contents, wanted: str, usual: str = "U") -> str:
    """The reference that somebody wants, or the next free one; raises Faults where it is taken or is none."""
    known = {contents.reference(number) for number in range(len(contents.footprints))}
    if not wanted:
        return next(one for one in numbered(usual) if one not in known)
    if not _REFERENCE.fullmatch(wanted):
        raise fail("Place package, reference", f"'{wanted}' is not a reference; write letters and a number, for example U7")
    if wanted in known:
        raise fail("Place package, reference", f"this board has a part {wanted} already; enter another, or empty the field for "
                   "the next free one")
    return wanted
