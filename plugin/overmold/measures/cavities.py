"""Cavities of the carrier, and the chips and passives that stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import space
from ..metal import ON_FRONT, metal_of
from ..package import LEAD_FRAME, Cavity, Chip, Package, Passive, keys
from ..plain import listed
from ..shapes import Point, margin_inside, overlap_area
from ..space import bodies
from ..space.bodies import carrier_thickness
from ..space.pockets import Pocket, pockets
from ..space.standing import bottom, tower
from ..space.sums import LEVEL, NOTHING
from ..units import COUNT, LENGTH, show
from . import Measured, Reading, Unmeasured, exact, measure
from .keep_outs import reaching_into
from .missing import missing_depth, missing_for_bottom, missing_for_top, not_stated
from .neighbours import nearest_of

Part = Union[Chip, Passive]


def sunk(package: Package) -> Iterator[Part]:
    """The chips and passives that stand in a cavity."""
    yield from (chip for chip in package.chips if chip.in_cavity)
    yield from (passive for passive in package.passives if passive.in_cavity)


@measure(LENGTH)
def carrier_over_embedded(package: Package) -> Measured:
    """What the carrier has over the top of every part that it closes over: negative where the part is higher than its
    cavity."""
    tops = {body.key: body.top for body in bodies(package) if body.kind in (space.CHIP, space.PASSIVE)}
    for part in sunk(package):
        if not part.is_closed_in:
            continue
        room = (LEVEL - tops[part.key]).value
        if room is None:
            yield _no_top(package, part)
        else:
            yield Reading((part.key,), room.nominal, room.low, room.high, part.at, part.name)


def _no_top(package: Package, part: Part) -> Unmeasured:
    if isinstance(part, Chip):
        return missing_for_top(package, part)
    depth = missing_depth(package, part) if part.height is not None else None
    return depth or not_stated(Passive, "height", part.key, part.name)


@measure(LENGTH)
def carrier_under_cavity(package: Package) -> Measured:
    """What of the carrier is left under the floor of every cavity."""
    thick = carrier_thickness(package)
    for pocket in pockets(package):
        owner = pocket.owner
        if pocket.depth is None:
            yield not_stated(type(owner), "depth" if isinstance(owner, Cavity) else "cavity", owner.key, owner.name)
            continue
        left = (pocket.floor - space.Height((NOTHING - thick,))).value
        if left is None:
            yield Unmeasured((keys.STACKUP,), f"what is left of the carrier under {owner.name} is not known: state the "
                             "stack-up ('carrier: stackup' in the package file, the board's own stack-up)", of=owner.key)
        else:
            yield Reading((keys.within(pocket.key, "depth"),), left.nominal, left.low, left.high, _middle(pocket), owner.name)


def _middle(pocket: Pocket) -> Point:
    return pocket.outline.centre if isinstance(pocket.owner, Cavity) else pocket.owner.at


@measure(COUNT)
def cavities_that_are_none(package: Package) -> Measured:
    """How many cavities are stated of every part that cannot stand in one: of a chip or passive on a chip, of a passive on the
    far side, of all that stands on a lead frame."""
    parts: tuple[Part, ...] = (*package.chips, *package.passives)
    framed = package.carrier is not None and package.carrier.kind == LEAD_FRAME
    for part in (one for one in parts if one.has_cavity):
        on_frame = "stands on a lead frame, which has no cavity" if framed else ""
        why = f"stands on {' and '.join(part.on)}" if part.on else on_frame if part.in_cavity else "is on the far side"
        yield exact((part.key,), int(bool(why)), part.at, f"{part.name} {why}".strip())


@measure(LENGTH, in_plan=True)
def cavity_room(package: Package) -> Measured:
    """Room between every part and the wall of its cavity, negative where it does not fit in, and of every part on it that
    reaches down into the cavity."""
    for pocket in pockets(package):
        for part in pocket.parts:
            key = pocket.key if isinstance(pocket.owner, Cavity) else keys.within(part.key, "cavity", "room")
            if isinstance(pocket.owner, Cavity):
                yield exact((part.key, key), margin_inside(part.outline, pocket.outline), part.at,
                            f"{part.name} in cavity {pocket.owner.name}")
            elif part.cavity_room:
                yield exact((key,), part.cavity_room, part.at, part.name)
            else:
                yield not_stated(type(part), "cavity_room", part.key, part.name)
                continue
            yield from _room_above(package, pocket, part, key)


def _room_above(package: Package, pocket: Pocket, part: Part, key: str) -> Measured:
    """The same of the parts on one in a cavity that reach down into it."""
    for upper, floor in _over(package, part):
        low = floor.value
        if low is None:
            yield _missing_for_floor(package, upper)._replace(of=upper.key)
        elif low.low < 0:
            yield exact((upper.key, key), margin_inside(upper.outline, pocket.outline), upper.at,
                        f"{upper.name}, on {' and '.join(upper.on)}, in the cavity of {pocket.owner.name}")


def _missing_for_floor(package: Package, upper: Part) -> Unmeasured:
    """What to state so that it is known how deep a part on a chip begins."""
    below = space.under_passive(package, upper) if isinstance(upper, Passive) else None
    if isinstance(upper, Chip):
        return missing_for_bottom(package, upper)
    return missing_for_top(package, below) if below is not None else not_stated(Passive, "height", upper.key, upper.name)


def _over(package: Package, part: Part) -> Iterator[tuple[Part, space.Height]]:
    """The chips and passives that stand on a part, directly or not, with the height that each begins at."""
    if isinstance(part, Passive):
        return
    names = {chip.name for chip in tower(package, part)}
    yield from ((chip, bottom(package, chip)) for chip in tower(package, part) if chip is not part)
    yield from ((one, space.floor_of(package, one)) for one in package.near_passives if names.intersection(one.on))


@measure(COUNT)
def parts_on_embedded_chips(package: Package) -> Measured:
    """How many chips and passives stand on every chip that the carrier closes in."""
    for chip in package.chips:
        if chip.is_closed_in:
            upper = [one for one, _ in _over(package, chip)]
            yield exact((chip.key, *[one.key for one in upper][:1]), len(upper), chip.at,
                        f"{chip.name} bears {listed([one.name for one in upper], 4)}" if upper else chip.name)


@measure(LENGTH, in_plan=True)
def web_beside_cavity(package: Package, horizon: int = 0) -> Measured:
    """How much of the carrier is left beside every cavity, to the carrier's edge and to each other cavity; negative where it is
    open at the edge, 0 where two are one."""
    found = pockets(package)
    if package.carrier is not None:
        for one in found:
            yield exact((one.owner.key, keys.CARRIER), margin_inside(one.outline, package.carrier.outline), _middle(one),
                        f"{one.owner.name} to the carrier's edge")
    for one, other, apart in nearest_of(found, found, horizon):
        yield exact((one.owner.key, other.owner.key), apart, _middle(one), f"cavities of {one.owner.name} and "
                    f"{other.owner.name}, {show(apart, LENGTH)} apart")


@measure(COUNT)
def metal_over_cavity(package: Package) -> Measured:
    """How much of what needs the carrier's surface lies over every open cavity, where there is none: pads under bumps,
    terminals, fingers, lands for an upper package, and chips on die attach."""
    open_ones = [pocket for pocket in pockets(package) if not pocket.is_closed]
    pieces = metal_of(package).pieces if open_ones else None
    glued = [chip for chip in package.chips if chip.has_attach and not chip.on and not chip.in_cavity]
    for pocket in open_ones:
        if pieces is None:
            return
        over = reaching_into(pieces, pieces.side == ON_FRONT, pocket.outline).tolist()
        chips = [chip for chip in glued if overlap_area(chip.outline, pocket.outline)]
        found = [pieces.name(i) for i in over] + [chip.name for chip in chips]
        at = pieces.at(over[0]) if over else _middle(pocket)
        yield exact((pocket.owner.key, *[pieces.key(i) for i in over][:1], *[chip.key for chip in chips][:1]), len(found), at,
                    f"cavity of {pocket.owner.name}: {listed(found, 4)} over it" if found else f"cavity of {pocket.owner.name}")
