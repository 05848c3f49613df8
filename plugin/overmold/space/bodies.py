"""Every body of a package once: its plan, from which height to which it reaches, and what it is made of.

Carrier layers, the metal of a lead frame, chips, die attach, passives and the mold are bodies one by one; bumps and balls are
in ``crowds``, wires in ``wires``. Heights are sums of dimensions (see
``sums``), above the carrier's chip-side surface; whatever lies below it is negative. The mold's body is the whole cavity: what
stands in it is not cut out. ``material`` is what somebody stated, "" where nobody did.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Optional

from ..geometry.leads import standing_room
from ..package import Chip, Frame, Package, Passive, keys
from ..package.watched import without_asking
from ..shapes import Outline, distance, overlap_area, sticking_out
from ..units import Toleranced
from .body import ATTACH, CAVITY, CHIP, LAYER, LID, METAL, PASSIVE, Body
from .molds import blocks, far_blocks, far_mold, mold_bodies, mold_cap
from .plan import parted
from .pockets import cavity_floor, pockets
from .standing import bottom, floor_of, supports, top
from .sums import LEVEL, NOTHING, Height, Room, Sum, highest, one


@lru_cache(maxsize=4)
def bodies(package: Package) -> tuple[Body, ...]:
    """All bodies that are not part of a crowd: the carrier from above, chips and passives, die attach, the mold."""
    found = [*_layers(package), *_metal(package), *parts(package)]
    for chip in package.chips:
        found += _attach(package, chip)
    found += cavities(package)
    floor = LEVEL if _frame(package) is None else Height((NOTHING - carrier_thickness(package),))
    for block in blocks(package):
        found += mold_bodies(block, floor)
    found += [far_mold(block, Height((NOTHING - carrier_thickness(package),))) for block in far_blocks(package)]
    found += _lid(package)
    return tuple(found)


def parts(package: Package) -> tuple[Body, ...]:
    """The bodies of chips and passives alone, in the package's order."""
    chips = (chip_body(package, chip) for chip in package.chips)
    # From the surface it stands on: how far its terminals lift a passive is nowhere stated.
    # One that cannot be read stands beside the chips, as all must; whether it does is for the rule on that distance to say.
    return (*chips, *(body_of(package, part) for part in without_asking(package, "passives")))


def chip_body(package: Package, chip: Chip) -> Body:
    """Of one chip; of the far side it hangs below the carrier, its back down."""
    low, high = bottom(package, chip), top(package, chip)
    if chip.is_far:
        low, high = from_far_side(package, high), from_far_side(package, low)
    return Body(CHIP, chip.key, chip.outline, low, high)


def from_far_side(package: Package, height: Height) -> Height:
    """Where something is that is so far from the carrier's surface on the far side, down to the customer's board."""
    return Height(tuple(NOTHING - carrier_thickness(package) - each for each in height.sums))


def room_at(package: Package, chip: Chip, room: Room) -> Room:
    """A room under or over a chip, whose ends count from the carrier's surface on its side, where it is."""
    if not chip.is_far:
        return room
    return Room(from_far_side(package, room.lower), from_far_side(package, room.upper))


def body_of(package: Package, part: Passive) -> Body:
    """Of one passive: on the carrier or on its chip; of the far side it hangs from the carrier's other surface, as balls do."""
    high = one(keys.within(part.key, "height"), part.height)
    if part.is_far:
        under = NOTHING - carrier_thickness(package)
        return Body(PASSIVE, part.key, part.outline, Height((under - high,)), Height((under,)))
    floor = floor_of(package, part)
    return Body(PASSIVE, part.key, part.outline, floor, floor + high)


def cavities(package: Package) -> Iterator[Body]:
    """The cavities of the carrier: the mold fills those that are open, the carrier's own resin those that are closed."""
    for pocket in pockets(package):
        what = "carrier" if pocket.is_closed else "encapsulant" if package.mold is not None else ""
        yield Body(CAVITY, pocket.key, pocket.outline, pocket.floor, LEVEL, material=what)


def package_top(package: Package) -> Optional[Height]:
    """Height of the highest of the package: a lid's top, else the mold's or that of a part which stands out of it, or without
    mold that of the highest chip; that of the chip that is the carrier; None of a package that has neither mold nor chip on its
    chip side."""
    under = _under_lid(package)
    if package.lid is None or under is None:
        return under
    return under + one("lid.attach", package.lid.attach) + one("lid.thickness", package.lid.thickness)


def _under_lid(package: Package) -> Optional[Height]:
    """What a lid lies on, and else the highest of the package."""
    if package.mold is not None:
        above = above_mold(package)
        return above.top if above is not None else mold_cap(package)
    if package.is_bare_wafer_chip:
        return LEVEL
    return highest(top(package, chip) for chip in package.near_chips) if package.near_chips else None


def above_mold(package: Package) -> Optional[Body]:
    """The highest chip or passive of which the top is nominally above all of the mold, such as a bare back that stands out of
    it; None where there is none, or where the mold's cap is not stated."""
    cap = mold_cap(package).value if package.mold is not None else None
    if cap is None:
        return None
    tops = [(top.nominal, body) for body in parts(package) if (top := body.top.value) is not None and top.nominal > cap.nominal]
    return max(tops, key=lambda one: one[0])[1] if tops else None


def carrier_thickness(package: Package) -> Sum:
    """Of the frame, or the sum of the stack-up."""
    carrier = package.carrier
    if carrier is not None and carrier.frame is not None:
        return one("carrier.frame.thickness", carrier.frame.thickness)
    if carrier is None or not carrier.stackup:
        return one("carrier.stackup", None)
    return sum((_layer(i, layer.thickness) for i, layer in enumerate(carrier.stackup)), NOTHING)


def _layer(number: int, thickness: Optional[Toleranced]) -> Sum:
    return one(keys.within(keys.layer(number), "thickness"), thickness)


def _frame(package: Package) -> Optional[Frame]:
    return package.carrier.frame if package.carrier is not None else None


def _layers(package: Package) -> Iterator[Body]:
    carrier = package.carrier
    under = NOTHING
    for i, layer in enumerate(carrier.stackup if carrier is not None and carrier.frame is None else ()):
        over, under = under, under - _layer(i, layer.thickness)
        if carrier is not None:
            yield Body(LAYER, keys.layer(i), carrier.outline, Height((under,)), Height((over,)),
                       layer.material or layer.kind)


def _metal(package: Package) -> Iterator[Body]:
    """The metal of a frame; whether tie bars are etched from below is nowhere stated, they are as thick as the sheet."""
    frame = _frame(package)
    if frame is None:
        return
    depth = etched_floor(frame)
    for body in _sheet(package, frame):
        left: tuple[Outline, ...] = (body.outline,)
        for region in frame.etched_above:
            lower, left = parted(left, region)
            yield from (body._replace(outline=part, top=depth) for part in lower)
        yield from (body,) if left == (body.outline,) else (body._replace(outline=part) for part in left)


def etched_floor(frame: Frame) -> Height:
    """Height of a frame's metal where it is etched from above."""
    return Height((NOTHING - one("carrier.frame.half_etch_above", frame.half_etch_above),))


def _sheet(package: Package, frame: Frame) -> Iterator[Body]:
    """The metal as it would be if nothing were etched from above."""
    sheet = carrier_thickness(package)
    full, thin = Height((NOTHING - sheet,)), Height((one("carrier.frame.half_etch", frame.half_etch) - sheet,))
    for lead in frame.leads:
        key = keys.lead(lead.name)
        yield Body(METAL, key, lead.foot if lead.half_etched else lead.outline, full, LEVEL)
        for part in lead.half_etched:
            yield Body(METAL, key, part, thin, LEVEL)
    if frame.paddle is not None:
        foot = frame.paddle_foot or frame.paddle
        yield Body(METAL, "carrier.frame.paddle", foot, full, LEVEL)
        for part in sticking_out(frame.paddle, foot) if foot != frame.paddle else ():
            yield Body(METAL, "carrier.frame.paddle", part, thin, LEVEL)
    for bar in frame.tie_bars:
        yield Body(METAL, "carrier.frame.tie_bars", bar, full, LEVEL)


def _attach(package: Package, chip: Chip) -> Iterator[Body]:
    """Die attach: as far as the chip and what it stands on share a plan. A film sawn with its wafer would also lie under an
    overhang; nobody states which it is."""
    if not chip.has_attach or chip.is_far:  # none is bonded so there
        return
    for outline, height in footing(package, chip):
        # Over the lower supports of a bridge it fills the step too.
        for part in parted((chip.outline,), outline)[0]:
            yield Body(ATTACH, keys.within(chip.key, "attach"), part, height, bottom(package, chip))


def footing(package: Package, chip: Chip) -> tuple[tuple[Outline, Height], ...]:
    """What a chip's bumps or die attach may lie on, with the height of each: chips, the carrier, or the metal of a frame
    (of which die attach takes the die attach pad alone where there is one)."""
    if chip.on:
        return tuple((below.outline, top(package, below)) for below in supports(package, chip))
    frame = _frame(package)
    if frame is None:
        return ((package.carrier.outline, cavity_floor(package, chip)),) if package.carrier is not None else ()
    pad = die_pad(frame, chip)
    if pad is not None and chip.faces_up:
        return tuple((part, LEVEL) for part in standing_room(pad[1], frame.etched_above))
    metal = [*(lead.outline for lead in frame.leads), *((frame.paddle,) if frame.paddle is not None else ())]
    return tuple((part, LEVEL) for outline in metal for part in standing_room(outline, frame.etched_above))


def die_pad(frame: Frame, chip: Chip) -> Optional[tuple[str, Outline]]:
    """Key and outline of the die attach pad that a chip lies on: the paddle, or the island that most of it covers where it lies
    beside the paddle; None of a frame without a paddle."""
    if frame.paddle is None:
        return None
    pads = {keys.PADDLE: frame.paddle}
    if distance(chip.outline, frame.paddle):
        pads.update((keys.lead(lead.name), lead.outline) for lead in frame.leads)
    key = max(pads, key=lambda one: overlap_area(chip.outline, pads[one]))
    return key, pads[key]


def _lid(package: Package) -> Iterator[Body]:
    """As far as the mold, without one the carrier: its own outline is nowhere stated."""
    below, above = _under_lid(package), package_top(package)
    owner = package.mold or package.carrier
    if package.lid is not None and owner is not None and below is not None and above is not None:
        floor = below + one("lid.attach", package.lid.attach)
        yield Body(ATTACH, "lid.attach", owner.outline, below, floor, package.lid.attach_material)
        yield Body(LID, "lid", owner.outline, floor, above, package.lid.material)
