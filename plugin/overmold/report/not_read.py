"""What of a source could not be read, as findings on its parts."""

from __future__ import annotations

from typing import NamedTuple

from ..package import Package, Place
from ..plain import message as plain_message
from ..plain import one_line
from .places import Spot

RULE = "part-not-read"  # what stands where the name of a rule does
FIX = "Mend it as the message says; until then whatever needs it is not checked."


class NotRead(NamedTuple):
    """One oddity: ``spot`` is where it stands, ``message`` what is wrong and what to write instead; ``unknown`` are keys."""

    spot: Spot
    message: str
    unknown: tuple[str, ...]


def not_read(package: Package) -> tuple[NotRead, ...]:
    """All of a package, in the order of its source."""
    return tuple(NotRead(_spot(odd.place), plain_message(odd.message), odd.unknown) for odd in package.odd)


def _spot(place: Place) -> Spot:
    name = one_line(place.text)
    return Spot(**{**vars(place), "text": name}, key=name, shown=(place.uuid,) if place.uuid else ())
