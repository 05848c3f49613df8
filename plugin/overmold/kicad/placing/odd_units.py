"""What of a board cannot be read, by the unit that it leaves alone: the rest is placed all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...package import Odd, Package, keys
from ..reading.contents import Contents
from ..reading.odd import NOTHING
from .groups import group_of, uuid_of

_KINDS = (keys.CHIPS, keys.PASSIVES)  # a whole kind of part, each a unit of its own
_NO_UNIT = (NOTHING, keys.HOLES)


class OddUnits:
    """What is odd about a ``board``, whose footprints by unit are ``ours``."""

    def __init__(self, board: Package, contents: Contents, ours: Mapping[str, Sequence[int]]) -> None:
        self._units: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        by_uuid = {uuid_of(contents, number): key for key, numbers in ours.items() for number in numbers}
        for odd in board.odd:
            unit = by_uuid.get(odd.place.uuid, "") if odd.place.uuid else ""
            for key in (one for one in odd.unknown if not of_stackup(one) and one not in _NO_UNIT):
                if key in _KINDS and not unit:
                    self._kinds.setdefault(key, odd.words)
                else:
                    self._units.setdefault(unit if key in _KINDS else group_of(key), odd.words)

    def why(self, key: str) -> str:
        """Why a unit is left alone; "" where all of it can be read."""
        kind = next((kind for kind in self._kinds if keys.is_within(key, kind)), "")
        return self._units.get(key) or self._kinds.get(kind, "")


def of_stackup(key: str) -> bool:
    """Whether a key is about the carrier's layers, which the board's set-up may state otherwise than the carrier's fields."""
    return key == keys.STACKUP or keys.is_within(key, keys.STACKUP)


def about_stackup(odd: Odd) -> bool:
    """Whether all that an oddity leaves open is the carrier's layers."""
    return bool(odd.unknown) and all(map(of_stackup, odd.unknown))
