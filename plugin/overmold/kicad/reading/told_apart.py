"""Parts of one name, parts on the wrong side, and parts that are not to be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from ...package import Chip, keys
from ...package.datum import data_of, key_of
from ..names.fields import CHIP
from .notes_text import listed
from .odd import LOST, NOTHING
from .one_footprint import Footprint
from .sides import on_its_side, which_side


def told_apart(parts: Sequence[Footprint], role: str, on_back: bool, taken: set[str], put_aside: list[str]
                ) -> list[Footprint]:
    """The parts of a role that are to be placed, on the chips' side, each with a name of its own; faults for the others."""
    names = Counter(found.name for found in parts)
    kept = []
    for found in parts:
        if found.is_unplaced:
            put_aside.append(keys.chip(found.name) if role == CHIP else keys.passive(found.name))
        elif not on_its_side(found, role, on_back):
            found.wrong(which_side(found, role), *LOST[role])
        else:
            name = name_of_its_own(found.name, taken)
            if name != found.name:
                found.wrong(f"there are {max(2, names[found.name])} parts called {found.name}; give each a reference of its "
                            f"own (here this one is called {name})", *_naming(parts, found.name))
            taken.add(name)
            kept.append(replace(found, name=name))
    return kept


def _naming(parts: Sequence[Footprint], name: str) -> list[str]:
    """The keys of what the parts of this name leave open: which of them other chips stand on."""
    on = data_of(Chip)["on"]
    return [keys.within(keys.chip(one.name), key_of("on", on)) for one in parts
            if name in map(str.strip, one.fields.text(on.label).split(","))] or [NOTHING]


def not_placed(aside: Sequence[str]) -> Iterator[str]:
    """What to say of the parts with these keys."""
    if aside:
        yield (f"marked not to be placed (DNP): {listed([keys.last(key) for key in aside])}; no part for any rule or claim, "
               "and no body in the mold")


def name_of_its_own(name: str, taken: Collection[str]) -> str:
    """``name``, or C1_2, C1_3 … where others have it already."""
    return next(one for one in chain([name], (f"{name}_{number}" for number in count(2))) if one not in taken)
