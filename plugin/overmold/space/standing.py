"""What stands on what, and at which height every chip begins and ends, as sums of dimensions.

z = 0 is the carrier's chip-side surface: solder-mask top where there is mask, metal top on a lead frame. A chip stands on the
carrier, on a chip, or as a bridge on the tallest of several. Heights of a chip on the far side count the same way from the
carrier's surface there, down to the customer's board: only chips of one side have heights that can be compared, and ``bodies``
puts those of the far side where they are. What nobody has stated stays in the sums without a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Callable, NamedTuple, Optional

import numpy as np

from ..geometry.circles import clearance_inside
from ..package import LEAD_FRAME, Balls, Chip, Package, Passive, circle_of, keys
from ..package.bump_heights import height_by_volume, lacks_for_height
from .pockets import cavity_floor
from .sums import NOTHING, Height, Sum, highest, one

# Bridges on bridges on bridges: every way down is a sum of its own. Beyond so many they are held as one worst case.
_MOST_SUMS = 64


class _Links(NamedTuple):
    """The chips by name, those that stand on each, and their order in the package."""

    chips: Mapping[str, Chip]
    above: Mapping[str, tuple[Chip, ...]]
    order: Mapping[str, int]


@lru_cache(maxsize=4)
def _links(package: Package) -> _Links:
    above: dict[str, tuple[Chip, ...]] = {}
    for chip in package.chips:
        for name in dict.fromkeys(chip.on):
            above[name] = (*above.get(name, ()), chip)
    return _Links({chip.name: chip for chip in package.chips}, above, {chip.name: i for i, chip in enumerate(package.chips)})


def supports(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chips it stands on; none where that is the carrier."""
    return tuple(_links(package).chips[name] for name in chip.on if name in _links(package).chips)


def chips_under(package: Package, passive: Passive) -> tuple[Chip, ...]:
    """The chips that a passive stands on, several where it bridges them; none where that is the carrier."""
    return tuple(_links(package).chips[name] for name in passive.on if name in _links(package).chips)


def under_passive(package: Package, passive: Passive) -> Optional[Chip]:
    """The chip that a passive stands on, of several one of which the height is not known, else the first; None where that is
    the carrier, or a chip that is not there."""
    under = chips_under(package, passive)
    return next((chip for chip in under if top(package, chip).lacks), under[0] if under else None)


def floor_of(package: Package, passive: Passive) -> Height:
    """Height of what a passive of the chip side stands on: the carrier's surface or the floor of its cavity, or the top of its
    chip, of several that of the highest."""
    if not passive.on:
        return cavity_floor(package, passive)
    under = chips_under(package, passive)
    if len(under) < len(passive.on):
        return Height((one(keys.within(passive.key, "on"), None),))
    return highest(top(package, chip) for chip in under)


def standing_on(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chips that stand directly on it."""
    return _links(package).above.get(chip.name, ())


def tower(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chip and all that stands on it, directly or not, in the package's order."""
    return _all_from(package, chip, standing_on)


def foundation(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chip and all that it stands on, directly or not, in the package's order."""
    return _all_from(package, chip, supports)


def _all_from(package: Package, chip: Chip, step: Callable[[Package, Chip], tuple[Chip, ...]]) -> tuple[Chip, ...]:
    found, waiting = {chip.name: chip}, [chip]
    while waiting:
        new = [each for each in step(package, waiting.pop()) if each.name not in found]
        found.update((each.name, each) for each in new)
        waiting += new
    order = _links(package).order
    return tuple(sorted(found.values(), key=lambda each: order[each.name]))


def leaves(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The topmost chips of every tower that stands on it; itself where nothing does."""
    return tuple(each for each in tower(package, chip) if not standing_on(package, each))


def joint(package: Package, chip: Chip) -> Sum:
    """What lies between a chip and what it stands on: t1 under a flip chip, die attach under a face-up one,
    nothing under one that is bonded copper to copper.

    t1 is the gap where that is stated, else the bumps' height (after reflow, from the pad), on the carrier less the mask that
    stands above the pad. Between two chips there is no mask, nor in a cavity or on a lead frame; without a stack-up it is not
    known. Where the mask's openings merge t1 is more than this height of the chip: see ``window``.
    """
    if chip.touches:
        return NOTHING
    if chip.has_attach:
        return one(keys.within(chip.key, "attach"), chip.attach)
    if not chip.has_gap:
        return one(keys.within(chip.key, "bonded"), None)
    if chip.gap is not None:
        return one(keys.within(chip.key, "gap"), chip.gap)
    height = bump_length(chip) + Sum((), reach(chip))
    return height if chip.lands_inside or height.lacks else height - mask_above_pads(package, chip.is_far)


def own_heights(chip: Chip) -> tuple[tuple[int, Sequence[int]], ...]:
    """The bumps by height, the lowest first: how much higher than ``bump_length`` in nm, and which sites; one entry of all but
    where some have a height of their own."""
    bumps, usual = chip.bumps, bump_length(chip).value
    if bumps is None or bumps.sites.heights is None or usual is None:
        return ((0, range(len(bumps.sites) if bumps is not None else 0)),)
    found: dict[int, list[int]] = {}
    for i, height in enumerate(bumps.sites.heights.tolist()):
        found.setdefault(height - usual.nominal if height else 0, []).append(i)
    return tuple((more, tuple(found[more])) for more in sorted(found)) or ((0, ()),)


def uneven(chip: Chip) -> bool:
    """Whether bumps of it have a height of their own, or lands another level than the others."""
    return chip.bumps is not None and (chip.bumps.sites.heights is not None or chip.bumps.sites.steps is not None)


def reach(chip: Chip, lower: Optional[Chip] = None) -> int:
    """How much higher than ``bump_length`` the highest of its bumps hold a chip over the level of usual lands, in nm: of all
    its bumps, or of those over one that it stands on, the shortest where none is over that."""
    if chip.bumps is None or not uneven(chip):
        return 0
    steps = chip.bumps.sites.steps
    ends = {i: more + (int(steps[i]) if steps is not None else 0) for more, which in own_heights(chip) for i in which}
    borne = [ends[i] for i in over_support(chip, lower)] if lower is not None else list(ends.values())
    return max(borne, default=min(ends.values(), default=0))


def over_support(chip: Chip, lower: Chip) -> tuple[int, ...]:
    """The bumps of a chip whose middle lies over one of those that it stands on."""
    if chip.bumps is None or not len(chip.bumps.sites):
        return ()
    sites = chip.bumps.sites
    inside = clearance_inside(sites.xy, np.zeros(len(sites), np.int64), lower.outline) >= 0
    return tuple(np.flatnonzero(inside).tolist())


def _rests(chip: Chip, below: Iterable[tuple[Chip, Height]]) -> Height:
    """The underside of a chip on chips: on the tallest of these with the bumps over it, each with those that it bears."""
    longest = reach(chip) if chip.gap is None else 0  # which ``joint`` adds to every one of them
    return highest(height + Sum((), (reach(chip, lower) if chip.gap is None else 0) - longest) for lower, height in below)


def bump_length(chip: Chip) -> Sum:
    """Of a bump after reflow, from its pad: as stated, else a pillar's copper and the solder cap on it, else by the volume of
    its solder. Bumps of a height of their own are as much longer or shorter, with the same tolerance: see ``own_heights``."""
    key, bumps = keys.bumps(chip.name), chip.bumps
    if bumps is not None and bumps.height is None and (bumps.pillar is not None or bumps.solder_cap is not None):
        return one(keys.within(key, "pillar"), bumps.pillar) + one(keys.within(key, "solder_cap"), bumps.solder_cap)
    if bumps is not None and bumps.is_calculated:
        lacks = lacks_for_height(chip)
        return one(keys.within(chip.key if lacks == "thickness" else key, lacks or "sphere"),
                   None if lacks else height_by_volume(chip))
    return one(keys.within(key, "height"), bumps.height if bumps is not None else None)


def ball_length(balls: Balls) -> Sum:
    """How far they stand below the carrier: their standoff, of pillars of which none is stated copper and cap."""
    if balls.standoff is None and balls.are_pillars and (balls.pillar is not None or balls.solder_cap is not None):
        return one("balls.pillar", balls.pillar) + one("balls.solder_cap", balls.solder_cap)
    return one("balls.standoff", balls.standoff)


def mask_above_pads(package: Package, far: bool = False) -> Sum:
    """How far the carrier's mask of the chip side, or the ``far`` one, stands above its pads."""
    carrier = package.carrier
    if carrier is not None and carrier.kind == LEAD_FRAME and not carrier.stackup:
        return NOTHING
    if carrier is None or not carrier.stackup:
        # Two masks that nobody has stated are not one, nor is the far one the carrier's thickness, which its heights have too.
        return one(keys.within(keys.STACKUP, "far_mask") if far else keys.STACKUP, None)
    number = len(carrier.stackup) - 1 if far else 0
    outer = carrier.stackup[number]
    return one(keys.within(keys.layer(number), "thickness"), outer.thickness) if outer.kind == "mask" else NOTHING


def thickness(chip: Chip) -> Sum:
    """Of the chip alone."""
    return one(keys.within(chip.key, "thickness"), chip.thickness)


def bottom(package: Package, chip: Chip) -> Height:
    """Height of a chip's underside, which is what looks at the carrier."""
    return _undersides(package)[chip.name]


def top(package: Package, chip: Chip) -> Height:
    """Height of a chip's upper side."""
    return bottom(package, chip) + thickness(chip)


@lru_cache(maxsize=4)
def _undersides(package: Package) -> Mapping[str, Height]:
    """Underside of every chip, by name."""
    by_name = _links(package).chips
    found: dict[str, Height] = {}

    def find(chip: Chip) -> Height:
        if chip.name not in found:
            # For what stands on itself, or on a chip that is not there: no height that anybody could know.
            nowhere = Height((one(keys.within(chip.key, "on"), None),))
            if chip.name in chip.on or not all(name in by_name for name in chip.on) or circle_of(chip, by_name):
                under = nowhere
            else:
                under = _few(chip, _rests(chip, ((by_name[name], find(by_name[name]) + thickness(by_name[name]))
                                                 for name in chip.on)) if chip.on else cavity_floor(package, chip))
            found[chip.name] = under + joint(package, chip)
        return found[chip.name]

    for chip in package.chips:
        find(chip)
    return found


def _few(chip: Chip, height: Height) -> Height:
    """The height itself, or where it is the highest of too many sums one dimension in their place, at their worst case."""
    if len(height.sums) <= _MOST_SUMS:
        return height
    return Height((one(keys.within(chip.key, "on"), height.value),))


__all__ = ["ball_length", "bottom", "bump_length", "chips_under", "floor_of", "foundation", "joint", "leaves",
           "mask_above_pads", "over_support", "own_heights", "reach", "standing_on", "supports", "top", "tower",
           "under_passive", "uneven"]
