"""Names of fields that are almost ours: in other capitals, with other blanks, or one letter off.

A team has fields of its own, and any name is right for them; one that a person most likely meant for ours must not be passed
over, or what it states would count as never stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Optional

from ...package import (
    Balls,
    BondPads,
    Bumps,
    Carrier,
    Chip,
    Frame,
    Lid,
    Mold,
    Package,
    Passive,
    Process,
    Region,
    Singulation,
    TopLands,
    Wire,
    keys,
)
from ...package.datum import data_of, key_of
from ..names.fields import (
    CARRIER,
    CARRIER_PLACE,
    CHIP,
    LANDS,
    PACKAGE_NAME,
    PART,
    PASSIVE,
    REGION_FIELDS,
    STACKUP,
    TOLERANCE_OF,
    WIRES,
    of_region,
)
from ..names.own_diameters import BALL_FIELDS, BUMP_FIELDS, TOP_FIELDS
from .fields import Fields
from .odd import LOST
from .one_footprint import Footprint

_PARTS = (Package, Carrier, Frame, Mold, Process, Lid, Balls, Singulation, TopLands, Chip, Bumps, BondPads, Wire,
          Passive)
_KNOWN = frozenset({PART, PACKAGE_NAME, STACKUP, LANDS, CARRIER_PLACE.label, *BALL_FIELDS.values(),
                    *TOP_FIELDS.values(), *BUMP_FIELDS.values(),
                    *(one.label for part in _PARTS for one in data_of(part).values())})
_SHORT = 6  # of shorter names, one letter off may well be another word


def misnamed(parts: Iterable[Footprint]) -> None:
    """Note a fault for every field of these parts that is almost one of ours."""
    for part in parts:
        for name, field in part.fields.all.items():
            meant = almost(name)
            if meant and field.value.strip() and not part.fields.text(meant):
                part.fields.wrong(name, f"this is not a field of Overmold's; did you mean '{meant}'? Rename it",
                                  *_meant_by(part, meant))


def _meant_by(part: Footprint, label: str) -> tuple[str, ...]:
    """The keys of what the field called ``label`` says of this part; none where that could be anything."""
    role = part.contents.role_of.get(part.number, "")
    for kind, key in {
        CHIP: ((Chip, keys.chip(part.name)), (Bumps, keys.bumps(part.name)), (BondPads, keys.pads(part.name))),
        PASSIVE: ((Passive, keys.passive(part.name)),), WIRES: ((Wire, keys.WIRES),),
        CARRIER: ((Package, ""), (Carrier, keys.CARRIER), (Frame, keys.FRAME), (Mold, "mold"), (Process, "mold.process"),
                  (Lid, "lid"), (Balls, keys.BALLS), (Singulation, "singulation"), (TopLands, keys.TOP_LANDS)),
    }.get(role, ()):
        for name, one in data_of(kind).items():
            if one.label == label:
                return (keys.within(key, key_of(name, one)),)
    if label in TOP_FIELDS.values():
        return (keys.TOP_LANDS,)
    if label in BALL_FIELDS.values() or label in BUMP_FIELDS.values():
        return (keys.BALLS if role == CARRIER else keys.bumps(part.name),)
    if role == CARRIER and (label == STACKUP or label.startswith(TOLERANCE_OF)):
        return (keys.STACKUP,)
    return LOST.get(role, ())


def misnamed_of_regions(fields: Fields, regions: Iterable[str]) -> None:
    """Note a fault for every field of the carrier that is almost one of a further block of mold, of which these are there."""
    for region in regions:
        for name, field in fields.all.items():
            found = _almost_of_region(name, region) if field.value.strip() else None
            if found and not fields.text(found[0]):
                fields.wrong(name, f"this is not a field of Overmold's; did you mean '{found[0]}'? Rename it", found[1])


def _almost_of_region(name: str, region: str) -> Optional[tuple[str, str]]:
    """The field of this block of mold that a name was most likely meant to be, and the key of its datum; None where it is
    that, and where it is none of the block's. *Mold pressure RF* and *Region pressure RF* are meant for its *Region mold
    pressure RF*."""
    if not name.casefold().endswith(region.casefold()) or name.startswith(REGION_FIELDS):
        return None
    head = _plain(name[:len(name) - len(region)])
    key = keys.region(region)
    for part, within in ((Region, key), (Process, keys.within(key, "process"))):
        for attribute, one in data_of(part).items():
            meant = of_region(one, region).label
            known = _plain(meant[:len(meant) - len(region)])
            shorter = (known.replace("region", "", 1), known.replace("mold", "", 1))
            if _one_off(head, known) or (len(head) > _SHORT and head in shorter):
                return meant, keys.within(within, key_of(attribute, one))
    return None


@lru_cache(maxsize=4096)
def almost(name: str) -> str:
    """The field that this name was most likely meant to be; "" where it is that, and where it is none of ours."""
    if name in _KNOWN or name.startswith((TOLERANCE_OF, *REGION_FIELDS)):
        return ""
    plain = _plain(name)
    if plain.startswith(_plain(TOLERANCE_OF)):
        return TOLERANCE_OF + name[len(TOLERANCE_OF):].strip()
    for known in sorted(_KNOWN):
        if plain == _plain(known) or (len(known) >= _SHORT and _one_off(plain, _plain(known))):
            return known
    return ""


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _one_off(one: str, other: str) -> bool:
    """Whether a letter put in, left out, replaced, or changed with its neighbour makes one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
