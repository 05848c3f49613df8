"""Heights as a picture draws them: nominal, and with a length of the drawer's own for each dimension that nobody has stated.

What depends on such a length is drawn hatched, and its words say that it is not stated.
"""

from __future__ import annotations

from functools import lru_cache

from ..package import Package, keys
from ..space import BUMPS, Crowd, Height, bodies

_MASK = 15_000
_OVER = 80_000  # nm of mold over all else, where the cap is not stated
# nm that stand for what is not stated, by the last name of its key.
_STAND_INS = {"thickness": 100_000, "gap": 60_000, "height": 60_000, "ubm": 60_000, "pad": 60_000, "attach": 20_000,
              "bonded": 60_000, "far_mask": _MASK, "half_etch": 100_000, "half_etch_above": 80_000, "stackup": 200_000, "on": 0}


def level(package: Package, height: Height, on_pad: bool = False) -> int:
    """Above the carrier's surface, in nm; ``on_pad``: of what stands on a pad of the carrier, as bumps do."""
    terms = [one for each in height.sums for one, _ in each.terms]
    values = {one.key: one.value.nominal if one.value is not None else _stand_in(package, one.key) for one in terms}
    chips = {keys.split(one.key)[1] for one in terms if keys.is_within(one.key, keys.CHIPS)}
    if values.get(keys.STACKUP) and (on_pad or chips) and not chips & {chip.name for chip in package.far_chips}:
        values[keys.STACKUP] = _MASK  # nothing of a stack-up but its mask is in the heights of chips over the carrier
    return int(height.at(values))


def ends(package: Package, crowd: Crowd) -> tuple[int, int]:
    """Lower and upper end of bumps or balls."""
    on_pad = _on_pad(package, crowd)
    return level(package, crowd.bottom, on_pad), level(package, crowd.top, on_pad)


def _on_pad(package: Package, crowd: Crowd) -> bool:
    return crowd.kind == BUMPS and all(crowd.key != keys.bumps(chip.name) for chip in package.far_chips)


def metals(package: Package, crowd: Crowd) -> tuple[tuple[int, int, bool], ...]:
    """From where to where bumps or balls are of one metal, the lowest first, and whether that is the copper of pillars."""
    low, high = ends(package, crowd)
    if crowd.copper is None:
        return ((low, high, False),)
    bottom, top = (min(max(level(package, one, _on_pad(package, crowd)), low), high) for one in crowd.copper)
    return tuple(one for one in ((low, bottom, False), (bottom, top, True), (top, high, False)) if one[1] > one[0])


def _stand_in(package: Package, key: str) -> int:
    if key == keys.CAP:
        return _over_all(package)
    if key == "balls.standoff" and package.balls is not None:
        diameter = package.balls.diameter
        return (diameter.nominal if diameter is not None else 300_000) * 3 // 4
    if keys.is_within(key, keys.PASSIVES):
        return 150_000
    return _STAND_INS.get(keys.last(key), 100_000)


@lru_cache(maxsize=4)
def _over_all(package: Package) -> int:
    # What stands on the mold, a lid, tells nothing of the mold's own top.
    tops = [level(package, body.top) for body in bodies(package) if keys.CAP not in body.top.lacks]
    return max(tops, default=200_000) + _OVER
