"""What really lies over every spot of a face, and so the slits: where two faces look at each other over little height.

Faces that look up are the carrier's chip-side surface (of a lead frame every piece of metal, and what it lies on between
them), chips and passives; what looks down on them are chips, passives and the top of the mold. The plan of a face is parted
by what lies next above it, nothing left out: to the mold's cap, to a neighbour that hangs over it by 5 um, to a chip on it, or
to nothing. Two chips in one place share heights: there the thickness is negative.

Of the far side the same is asked for itself: its chips, the carrier over them and its blocks of mold, all of which look down.
Bumps, wires and balls are in the way of nobody here, nor are passives on the far side. Parts of a plan are good to a nanometre
(see ``plan``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

import numpy as np

from ..package import Package, keys
from ..package.words import ENCAPSULANT, NOTHING_IN_GAP
from ..shapes import Outline, boxes_overlap
from .bodies import die_pad
from .body import PASSIVE, Body
from .faces import BETWEEN, CARRIER, FAR_CARRIER, Face, carrier_faces
from .plan import Outlines, parted
from .scenes import Scene, far_scene, scene_of
from .standing import foundation
from .sums import LEVEL, Room
from .window import floor_under

UNKNOWN = "unknown"  # what fills a gap where nobody said; else it is one of the words for what lies under a chip
ATTACHED, CONTACT = "die attach", "contact"  # no gap: attach fills it, or one part stands on the other


class Slit(NamedTuple):
    """The space between two faces that look at each other: over ``outline``, from ``lower`` to ``upper`` (keys).

    ``upper`` is the cap of a block of mold (``mold.cap``) where that is the next above, "" where nothing is; then there is no
    ``thickness``. Under a slanted wall it is that up to the cap as well: see ``molds.roofs``. ``filling`` is
    ``encapsulant``, ``underfill``, ``nothing``, ``unknown``, or what leaves no gap: ``die attach``, ``contact``. ``own``: the
    upper part stands on the lower one, and this is its joint.
    """

    lower: str
    upper: str
    thickness: Optional[Room]
    outline: Outline
    filling: str
    own: bool = False


def over(package: Package, key: str) -> tuple[Slit, ...]:
    """What lies over every part of an upward face: of a chip or passive (its key), of the ``carrier``, or of its far side.

    The outlines share no area and together are the face. Raises KeyError where the package has no such part.
    """
    scene = far_scene(package) if key == FAR_CARRIER or key in far_scene(package).parts else scene_of(package)
    if key not in scene.answers:
        scene.answers[key] = tuple(slit for face in _faces(package, scene, key) for slit in _over(package, scene, face))
    return scene.answers[key]


def slits(package: Package, below: Optional[int] = None) -> Iterator[Slit]:
    """Every gap between two faces, nominally thinner than ``below`` nm (None: all); those of unknown thickness too."""
    for key in _askable(package):
        for slit in over(package, key):
            if slit.thickness is None or slit.filling in (ATTACHED, CONTACT):
                continue
            value = slit.thickness.value
            if below is None or value is None or value.nominal < below:
                yield slit


def under(package: Package, key: str) -> tuple[Slit, ...]:
    """All that lies under a chip, part by part: its own gap or attach, and what it hangs over."""
    return tuple(slit for face in _askable(package) for slit in over(package, face) if slit.upper == key)


def _askable(package: Package) -> tuple[str, ...]:
    """The keys of all upward faces."""
    far, bears = far_scene(package).parts, package.carrier is not None
    return (*scene_of(package).parts, *((CARRIER,) if bears else ()), *far, *((FAR_CARRIER,) if far and bears else ()))


def _faces(package: Package, scene: Scene, key: str) -> tuple[Face, ...]:
    if key == FAR_CARRIER and package.carrier is not None:
        return (Face(FAR_CARRIER, package.carrier.outline, LEVEL),)
    if key == CARRIER and package.carrier is not None:
        return tuple(carrier_faces(package))
    body = scene.parts[key]
    return (Face(body.key, body.outline, body.top, body),)


def _over(package: Package, scene: Scene, face: Face) -> Iterator[Slit]:
    left: Outlines = (face.outline,)
    if face.owner is not None and face.key not in {body.key for body in scene.above}:
        yield Slit(face.key, CARRIER, LEVEL - face.z, face.outline, CONTACT)  # the carrier closes over it
        return
    for body, room in _from_below(package, scene, face):
        within, left = parted(left, body.outline)
        for outline in within:
            yield from _slits(package, scene, face, body, room, outline)
        if not left:
            return
    if package.mold is None:
        yield from (Slit(face.key, "", None, outline, UNKNOWN) for outline in left)
        return
    z = face.z.value
    for block in scene.blocks:
        around = block.at(z.nominal) if z is not None else block.outline
        if around is not None:
            covered, left = parted(left, around)
            yield from (Slit(face.key, block.cap_key, LEVEL + block.height - face.z, outline, ENCAPSULANT)
                        for outline in covered)
    yield from (Slit(face.key, "", None, outline, NOTHING_IN_GAP) for outline in left)


def _slits(package: Package, scene: Scene, face: Face, body: Body, room: Room, outline: Outline) -> Iterator[Slit]:
    filling, own = _filling(package, scene, face, body)
    if own and face.key in (CARRIER, FAR_CARRIER) and body.key in scene.chips:
        room = body.bottom - floor_under(package, scene.chips[body.key])
    if filling != ENCAPSULANT or package.mold is None:
        yield Slit(face.key, body.key, room, outline, UNKNOWN if filling == ENCAPSULANT else filling, own)
        return
    # No encapsulant stands where the mold does not reach.
    bare: Outlines = (outline,)
    for block in scene.blocks:
        covered, bare = parted(bare, block.outline)
        yield from (Slit(face.key, body.key, room, part, ENCAPSULANT, own) for part in covered)
    yield from (Slit(face.key, body.key, room, part, NOTHING_IN_GAP, own) for part in bare)


def _filling(package: Package, scene: Scene, face: Face, body: Body) -> tuple[str, bool]:
    """What stands between a face and the body over it, and whether that is the body's own joint."""
    on_carrier = face.owner is None
    bears = face.key != BETWEEN and not face.is_etched
    if body.kind == PASSIVE:
        below = scene.stands.get(body.key)
        stands = on_carrier and bears if below is None else face.key in below
        return (CONTACT, True) if stands else (ENCAPSULANT, False)
    chip = scene.chips[body.key]
    if not (on_carrier if not chip.on else face.key in {keys.chip(name) for name in chip.on}):
        return ENCAPSULANT, False
    if chip.has_gap:
        return chip.gap_filled_with or UNKNOWN, bears
    if chip.touches or not chip.has_attach:
        return CONTACT if chip.touches else UNKNOWN, True
    frame = package.carrier.frame if package.carrier is not None else None
    pad = die_pad(frame, chip) if on_carrier and frame is not None else None
    beside = pad is not None and face.key != pad[0]
    return (ENCAPSULANT, False) if beside or not bears else (ATTACHED, True)


def _from_below(package: Package, scene: Scene, face: Face) -> list[tuple[Body, Room]]:
    """What lies over some of a face, the lowest first. What may be the lowest for all that is known comes first, too, though
    after what it stands on: over that spot the room is then not known."""
    box = np.array(face.outline.box)
    near = np.flatnonzero(((scene.boxes[:, :2] < box[2:]) & (scene.boxes[:, 2:] > box[:2])).all(axis=1)).tolist()
    found = [(body, room) for body, room in ((scene.above[i], _room(package, scene, face, scene.above[i])) for i in near)
             if room is not None]
    values = [room.value for _, room in found]
    order = [found[i] for _, i in sorted((value.nominal, i) for i, value in enumerate(values) if value is not None)]
    for body, room in [one for one, value in zip(found, values) if value is None]:
        below = _all_under(package, scene, body.key)
        place = max((i + 1 for i, (each, _) in enumerate(order) if each.key in below), default=0)
        order.insert(place, (body, room))
    return order


def _all_under(package: Package, scene: Scene, key: str) -> set[str]:
    """The keys of the chips that a chip or a passive stands on, directly or not."""
    chips = [scene.chips[one] for one in scene.stands.get(key, (key,)) if one in scene.chips]
    return {each.key for chip in chips for each in foundation(package, chip)} - {key}


def _room(package: Package, scene: Scene, face: Face, body: Body) -> Optional[Room]:
    """How far a body is above a face; None where it is not over it but below, or ends at the same height."""
    room = body.bottom - face.z
    if face.owner is None:
        return room
    if body.key == face.key or not boxes_overlap(body.outline.box, face.outline.box):
        return None
    if face.key in _all_under(package, scene, body.key):
        return room
    if body.key in _all_under(package, scene, face.key):
        return None
    value = room.value
    if value is not None and value.nominal >= 0:
        return room
    beyond = body.top - face.z
    ends = beyond.value
    if ends is None:
        # It may lie below or reach above: then the room is not known, for want of the same data.
        return beyond
    return room if ends.nominal > 0 else None


__all__ = ["ATTACHED", "BETWEEN", "CARRIER", "CONTACT", "UNKNOWN", "Slit", "over", "slits", "under"]
