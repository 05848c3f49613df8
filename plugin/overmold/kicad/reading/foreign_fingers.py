"""Bond fingers of somebody's own (chip on board): a ring of long pads that the mask leaves free and that take no paste.

Lands of a package with leads look the same, but for the paste on them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Optional

import numpy as np

from ...package import Finger, Mold, Package
from ...shapes import Outline
from ..clauses.tree import tree
from .body import body_outline
from .contents import Contents
from .fields import Notes
from .one_footprint import Footprint, contacts, footprint_of, net_name

_FEWEST = 6
_LONGEST = 2_000_000  # nm: nobody bonds to longer ones
_LONG = 1.3  # times as long as wide
_MOST = 0.8  # of all pads that are long, and point at the middle
_AIMED = 50  # degrees
_AROUND = ("SilkS", "Fab", "CrtYd")
_USER = ("Cmts.User", "Dwgs.User", "Eco1.User", "User.1", "User.2", "User.3", "User.4")


class Ring(NamedTuple):
    """The fingers of a footprint, and what is drawn around all of them: the outline of a glob top, most likely."""

    fingers: tuple[Finger, ...]
    around: Optional[Outline]


def with_fingers(contents: Contents, notes: Notes, package: Package, chosen: set[int], on_back: bool, said: list[str]
                 ) -> tuple[Package, set[int]]:
    """The package with the bond fingers that footprints without our fields are, and the numbers of these."""
    taken = {finger.name for finger in package.carrier.fingers} if package.carrier is not None else set()
    rings = {number: ring for number in sorted(chosen) if package.carrier is not None
             for ring in [finger_ring(footprint_of(contents, notes, number), on_back, taken)] if ring is not None}
    for number, ring in rings.items():
        called = contents.reference(number)
        assert package.carrier is not None
        said.append(f"{called}: its {len(ring.fingers)} long pads without paste are taken for bond fingers")
        package = replace(package, carrier=replace(package.carrier, fingers=(*package.carrier.fingers, *ring.fingers)))
        if ring.around is not None and package.mold is None:
            said.append(f"{called}: what it draws around them is taken for the outline of the glob top over them, a guess")
            package = replace(package, mold=Mold(ring.around, cap=None, filler=None))
    return package, set(rings)


def finger_ring(found: Footprint, on_back: bool, taken: set[str]) -> Optional[Ring]:
    """The ring that a footprint on the chips' side is; None where it is none. Names that are ``taken`` are not given again."""
    pads = found.contents.pads
    rows = contacts(pads, found.number)
    if len(rows) < _FEWEST or not bool((pads.on_back[rows] if on_back else pads.on_front[rows]).all()):
        return None
    if (pads.on_front & pads.on_back)[rows].any() or not pads.in_mask[rows].all() or _takes_paste(found):
        return None
    size = pads.size[rows]
    long = (size.max(axis=1) >= _LONG * size.min(axis=1)) & (size.max(axis=1) <= _LONGEST)
    turn = pads.angle[rows] + np.where(size[:, 0] > size[:, 1], 90_000, 0)
    middle = (pads.xy[rows].min(axis=0) + pads.xy[rows].max(axis=0)) / 2
    if float((long & _aimed(pads.xy[rows] - middle, turn)).mean()) < _MOST:
        return None
    fingers = []
    for row, angle in zip(rows[long].tolist(), turn[long].tolist()):
        wide, high = sorted(pads.size[row].tolist())
        name = _free(pads.names[row], taken)
        taken.add(name)
        fingers.append(Finger(name, (int(pads.xy[row, 0]), int(pads.xy[row, 1])), (wide, high), int(angle) % 180_000,
                              net_name(pads.nets[row])))
    return Ring(tuple(fingers), _around(found, on_back))


def _takes_paste(found: Footprint) -> bool:
    pads, index = found.contents.pads, found.contents.index
    rows = contacts(pads, found.number).tolist()
    layers = (tree(index, int(pads.clauses[row])).first("layers") for row in rows)
    return any(word.endswith(".Paste") for one in layers if one is not None for word in one.words)


def _aimed(xy: np.ndarray[tuple[int, ...], np.dtype[np.float64]], turn: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
           ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Whether each pad, long in y at 0, points at the origin."""
    angle = np.deg2rad(turn / 1000)
    along = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    far = np.hypot(xy[:, 0], xy[:, 1])
    cosine = np.abs((xy * along).sum(axis=1)) / np.maximum(far, 1)
    aimed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = cosine >= np.cos(np.deg2rad(_AIMED))
    return aimed


def _free(name: str, taken: set[str]) -> str:
    number, one = 1, name
    while one in taken:
        number += 1
        one = f"{name}_{number}"
    return one


def _around(found: Footprint, on_back: bool) -> Optional[Outline]:
    pads = found.contents.pads
    spots = pads.xy[contacts(pads, found.number)]
    side = "B" if on_back else "F"
    for layer in (*(f"{side}.{one}" for one in _AROUND), *_USER):
        outline = body_outline(found, layer, spots, found.at, found.angle)
        if outline is not None:
            return outline
    return None
