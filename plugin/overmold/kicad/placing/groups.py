"""The units in which a package is placed: one footprint, or the few that hold all wires, each under a key.

Keys are those of a package: ``carrier``, ``chips.U1``, ``passives.C1``, ``carrier.fingers``, ``wires``; and ``edge`` is the
outline on Edge.Cuts, which belongs to no footprint.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...package import Package, keys
from ..clauses.tree import tree
from ..names import fields as words
from ..reading.contents import Contents
from ..writing.board import Drawn, drawn_parts

CARRIER, FINGERS, WIRES, EDGE = keys.CARRIER, keys.FINGERS, keys.WIRES, "edge"
_KEYS = {words.CARRIER: CARRIER, words.FINGERS: FINGERS, words.WIRES: WIRES}
_CROWDS = {words.CHIP: keys.CHIPS, words.PASSIVE: keys.PASSIVES}

# What KiCad's interface hands over whole; a footprint that holds anything else would lose it on the way.
_WHOLE = tuple(name.encode() for name in (
    "version", "generator", "generator_version", "layer", "uuid", "tstamp", "tedit", "at", "descr", "tags", "property",
    "path", "sheetname", "sheetfile", "attr", "fp_line", "fp_rect", "fp_circle", "fp_arc", "fp_poly", "fp_curve", "fp_text",
    "pad", "zone", "model", "embedded_fonts", "locked", "placed", "private_layers", "net_tie_pad_groups",
    "solder_mask_margin", "solder_paste_margin", "solder_paste_margin_ratio", "solder_paste_ratio", "clearance",
    "zone_connect", "duplicate_pad_numbers_are_jumpers",
))


def key_of(role: str, reference: str) -> str:
    """The unit that a footprint with this role and reference belongs to; "" where it is part of none."""
    return keys.within(_CROWDS[role], reference) if role in _CROWDS else _KEYS.get(role, "")


def group_of(key: str) -> str:
    """The unit that a difference (``chips.U1.bumps.height``) is about."""
    parts = keys.split(key)
    if parts[0] in _CROWDS.values():
        return keys.within(*parts[:2])
    return FINGERS if key.startswith(FINGERS) else WIRES if parts[0] == WIRES else CARRIER


def drawn_groups(package: Package) -> dict[str, list[Drawn]]:
    """Everything that is drawn of a package, by unit."""
    units: dict[str, list[Drawn]] = {}
    for drawn in drawn_parts(package):
        role = dict(drawn.fields)[words.PART]
        units.setdefault(key_of(role, drawn.part.reference.words), []).append(drawn)
    return units


def footprints_of(contents: Contents) -> dict[str, list[int]]:
    """The board's footprints that are ours, by unit: those with a field 'Package part' that says which."""
    units: dict[str, list[int]] = {}
    for number, role in contents.role_of.items():
        key = key_of(role, contents.reference(number))
        if key:
            units.setdefault(key, []).append(number)
    return units


def why_not(contents: Contents, numbers: Sequence[int]) -> str:
    """Why footprints cannot be made anew without a loss; "" where they can."""
    return next(filter(None, (_why_not(contents, number) for number in numbers)), "")


def _why_not(contents: Contents, number: int) -> str:
    name, index = contents.reference(number), contents.index
    inner = contents.inner(number)
    odd = inner[~np.isin(inner, index.called(inner, *_WHOLE))].tolist()
    clause = int(contents.footprints[number])
    held = {tree(index, one).name for one in odd}
    held |= {"teardrops"} if b"(teardrops" in index.data[int(index.start[clause]):int(index.end[clause])] else set()
    if held:
        lost = ", ".join(sorted(held))
        return f"{name} holds what KiCad's interface would lose ({lost}); take it out, or change {name} by hand"
    uuid = uuid_of(contents, number).encode()
    for group in index.called(contents.top, b"group").tolist():
        members = index.data[int(index.start[group]):int(index.end[group])].partition(b"(members")[2]
        if uuid and uuid in members:
            return f"{name} is in a group; take it out of the group first, and put it back afterwards"
    return ""


def uuid_of(contents: Contents, number: int) -> str:
    """A footprint's uuid."""
    return contents.word_of(number, "uuid") or contents.word_of(number, "tstamp")
