"""Cavities of a board's carrier: rule areas whose name says how deep each is, and the parts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Optional, Union

from ...drawing.cavities import DEEP, PREFIX
from ...faults import did_you_mean
from ...package import Cavity, Chip, Passive, keys
from ...package.datum import data_of, key_of
from ...package.words import OPEN
from ...shapes import Outline
from ...units import LENGTH, UnitError, parse_toleranced
from ..clauses.columns import last_word
from .contents import Contents
from .fields import Notes
from .mold import areas_called
from .one_footprint import Footprint

_NAME = re.compile(r"([^\s.,;:\"'(){}\[\]\\/]{1,60})\s*(?::(.*))?")
_EXAMPLE = f"{PREFIX}MEMS: 200 um ± 15 um{DEEP}, {OPEN}"


def read_cavities(contents: Contents, notes: Notes, carrier: Optional[Footprint]) -> tuple[Cavity, ...]:
    """Every rule area of the carrier, and of the board where that is the carrier's own, whose name begins as one of a cavity
    does; a fault for one that says it in other words."""
    index = contents.index
    among = contents.around_carrier(carrier.number if carrier is not None else None)
    found: dict[str, Cavity] = {}
    with notes.gathering("rule areas of cavities", keys.CAVITIES):
        for rest, zone, outline in areas_called(contents, notes, among, PREFIX):
            called = f"rule area '{PREFIX}{rest[:50]}'"
            one = _said(rest, outline)
            if not isinstance(one, str) and one.name in found:
                one = f"there are two cavities called '{one.name}'; rename one"
            if isinstance(one, str):
                notes.wrong(one, zone, called, keys.CAVITIES)
                continue
            found[one.name] = one
            uuid = "".join(last_word(index, index.called(index.inside(zone), b"uuid")[:1], b"uuid"))
            notes.put(one.key, f"cavity {one.name}", zone, outline.centre, uuid)
    return tuple(found.values())


def _said(text: str, outline: Outline) -> Union[Cavity, str]:
    """The cavity that a name speaks of, or what is wrong with that name."""
    match = _NAME.fullmatch(text.strip())
    if match is None:
        return f"this name is not that of a cavity; write for example {_EXAMPLE}"
    one, words = Cavity(match[1], outline), data_of(Cavity)["top"].words
    for part in (each.strip() for each in (match[2] or "").split(",") if each.strip()):
        if part in words:
            one = replace(one, top=part)
        elif not part.endswith(DEEP):
            return f"'{part[:60]}' is not a depth or a top of a cavity; write for example {_EXAMPLE}"
        else:
            try:
                depth = parse_toleranced(part[:-len(DEEP)], LENGTH)
            except UnitError as error:
                return str(error)
            if depth.low < 1:
                return f"'{part[:60]}' is out of range, with its tolerance: a cavity is deeper than nothing"
            one = replace(one, depth=depth)
    return one


def put_in_cavities(parts: Sequence[Footprint], sunk: Sequence[Union[Chip, Passive]], cavities: Sequence[Cavity]) -> None:
    """Note a fault for every part in a cavity that the board does not have, or that says itself what its cavity says."""
    names, owners = [one.name for one in cavities], {part.name: part for part in parts}
    for part in (one for one in sunk if one.cavity_in):
        fields, words = owners[part.name].fields, data_of(type(part))
        if part.cavity_in not in names:
            near = did_you_mean(part.cavity_in, names) if names else ""
            fields.wrong(words["cavity_in"].label, f"there is no cavity '{part.cavity_in[:60]}' on this board{near}; draw a "
                         f"rule area called '{_EXAMPLE}' or the like", keys.within(part.key, "cavity"))
        for name in ("cavity", "cavity_room", "cavity_top"):
            if fields.text(words[name].label):
                fields.wrong(words[name].label, f"{part.name} stands in the cavity {part.cavity_in}, which says this; empty "
                             "this field", keys.within(part.key, key_of(name, words[name])))
