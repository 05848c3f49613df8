"""Heights as a picture draws them: nominal, and with a length of the drawer's own for each dimension that nobody has stated.

What depends on such a length is drawn hatched, and its words say that it is not stated.
"""

from __future__ import annotations

from functools import lru_cache

from ..package import Package, keys
from ..space import MOLD, Height, bodies

_CAP = "mold.cap"
_OVER = 80_000  # nm of mold over all else, where the cap is not stated
# nm that stand for what is not stated, by the last name of its key.
_STAND_INS = {"thickness": 100_000, "gap": 60_000, "height": 60_000, "attach": 20_000, "bonded": 60_000, "half_etch": 100_000,
              "stackup": 200_000, "on": 0}


def level(package: Package, height: Height) -> int:
    """Above the carrier's surface, in nm."""
    values = {one.key: one.value.nominal if one.value is not None else _stand_in(package, one.key)
              for each in height.sums for one, _ in each.terms}
    return int(height.at(values))


def is_known(height: Height) -> bool:
    """Whether all that it is made of is stated."""
    return not height.lacks


def _stand_in(package: Package, key: str) -> int:
    if key == _CAP:
        return _over_all(package)
    if key == "balls.standoff" and package.balls is not None:
        diameter = package.balls.diameter
        return (diameter.nominal if diameter is not None else 300_000) * 3 // 4
    if keys.is_within(key, keys.PASSIVES):
        return 150_000
    return _STAND_INS.get(keys.last(key), 100_000)


@lru_cache(maxsize=4)
def _over_all(package: Package) -> int:
    return max((level(package, body.top) for body in bodies(package) if body.kind != MOLD), default=200_000) + _OVER
