"""Keep-outs of a board: rule areas whose name says what must not be in them."""

from __future__ import annotations

import re
from typing import Optional

from ...drawing.keep_outs import ABOVE, PREFIX
from ...package import KeepOut, keys
from ...package.datum import data_of
from ...package.keep_out import trouble_of
from ...package.words import BOTH_SIDES, MOLD, PARTS
from ...shapes import Outline
from ...units import LENGTH, Toleranced, UnitError, parse_toleranced
from ..clauses.columns import last_word
from ..clauses.tree import tree
from .contents import Contents
from .drawn import ring_points
from .fields import Notes
from .one_footprint import Footprint
from .outlines import outline_of_rings

_NAME = re.compile(re.escape(PREFIX.strip()) + r"\s+([^\s.,;:\"'(){}\[\]\\/]{1,60})\s*:(.*)", re.IGNORECASE)
_EXAMPLE = f"{PREFIX}ANT: parts, chip side, {ABOVE}200 um"


def read_keep_outs(contents: Contents, notes: Notes, carrier: Optional[Footprint]) -> tuple[KeepOut, ...]:
    """Every rule area of the carrier, and of the board where that is the carrier's own, whose name begins as one of a keep-out
    does; a fault for one that says it in other words."""
    index = contents.index
    among = contents.around_carrier(carrier.number if carrier is not None else None)
    zones = sorted({zone for clauses in among for zone in index.called(clauses, b"zone").tolist()})
    found: dict[str, KeepOut] = {}
    for zone in zones:
        inner = index.inside(zone)
        text = "".join(last_word(index, index.called(inner, b"name"), b"name"))
        if not text.lower().startswith(PREFIX.lower().strip()):
            continue
        notes.taken.add(int(index.start[zone]))
        with notes.gathering(f"rule area '{text[:60]}'", keys.KEEP_OUTS):
            polygons = [tree(index, part) for part in index.called(inner, b"polygon").tolist()]
            rings = [ring_points(index, polygon) for polygon in polygons]
            one = _said(text, outline_of_rings(index, rings, "the area", int(index.start[zone])))
            trouble = one if isinstance(one, str) else (
                f"there are two keep-outs called '{one.name}'; rename one" if one.name in found else "")
            if isinstance(one, str) or trouble:
                notes.wrong(trouble, zone, f"rule area '{text[:60]}'", keys.KEEP_OUTS)
                continue
            found[one.name] = one
            uuid = "".join(last_word(index, index.called(inner, b"uuid")[:1], b"uuid"))
            notes.put(one.key, f"keep-out {one.name}", zone, one.outline.centre, uuid)
    return tuple(found.values())


def _said(text: str, outline: Outline) -> KeepOut | str:
    """The keep-out that a name speaks of, or what is wrong with that name."""
    match = _NAME.fullmatch(text.strip())
    if match is None:
        return f"this name is not that of a keep-out; write for example {_EXAMPLE}"
    kept_out, *more = [part.strip() for part in match[2].split(",")]
    words = data_of(KeepOut)
    if kept_out not in words["kept_out"].words:
        return f"'{kept_out[:60]}' cannot be kept out; write one of {', '.join(words['kept_out'].words)}, as in {_EXAMPLE}"
    side, above = BOTH_SIDES, None
    for part in more:
        if part in words["side"].words:
            side = part
        elif part.startswith(ABOVE):
            above = _height(part[len(ABOVE):])
        else:
            return f"'{part[:60]}' is not a side or a height of a keep-out; write for example {_EXAMPLE}"
    if isinstance(above, str):
        return above
    if above is not None and kept_out not in (PARTS, MOLD):
        return f"a height is said of parts or mold, and this keeps out {kept_out}; take '{ABOVE.strip()}' out of the name"
    trouble = trouble_of(kept_out, side, 1)  # how many layers there are the board's own set-up knows
    if trouble:
        return f"{trouble}; write another side"
    return KeepOut(name=match[1], outline=outline, kept_out=kept_out, side=side, above=above)


def _height(text: str) -> Toleranced | str:
    try:
        value = parse_toleranced(text, LENGTH)
    except UnitError as error:
        return str(error)
    return value if value.low >= 1 else f"'{text}' is out of range, with its tolerance: it must be more than nothing"
