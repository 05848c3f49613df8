"""The faces that look up: of the carrier and the floors of its cavities, of a lead frame and what lies between its metal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

from ..package import Package, keys
from ..shapes import Outline
from .bodies import carrier_thickness, cavities, etched_floor
from .body import Body
from .plan import Outlines, parted, without_all
from .sums import LEVEL, NOTHING, Height

CARRIER, BETWEEN, FAR_CARRIER = "carrier", "carrier.frame", "carrier.far_side"


class Face(NamedTuple):
    """A face that looks up, at the height ``z``; ``owner`` is the part that it is the top of, None for the carrier.
    ``is_etched``: metal of a frame that is etched from above, on which nothing stands."""

    key: str
    outline: Outline
    z: Height
    owner: Optional[Body] = None
    is_etched: bool = False


def carrier_faces(package: Package) -> Iterator[Face]:
    """Those of the carrier."""
    carrier = package.carrier
    if carrier is None:
        return
    if carrier.frame is None:
        yield from _with_cavities(package, carrier.outline)
        return
    frame = carrier.frame
    metal = [(keys.lead(lead.name), lead.outline) for lead in frame.leads]
    if frame.paddle is not None:
        metal.append(("carrier.frame.paddle", frame.paddle))
    covered = [outline for _, outline in metal]
    # The end of a tie bar lies in the die attach pad.
    metal += [("carrier.frame.tie_bars", part) for bar in frame.tie_bars for part in without_all(bar, covered)]
    depth = etched_floor(frame)
    for key, outline in metal:
        left: Outlines = (outline,)
        for region in frame.etched_above:
            lower, left = parted(left, region)
            yield from (Face(key, part, depth, is_etched=True) for part in lower)
        yield from (Face(key, part, LEVEL) for part in left)
    floor = Height((NOTHING - carrier_thickness(package),))
    for part in without_all(carrier.outline, [*covered, *frame.tie_bars]):
        yield Face(BETWEEN, part, floor)


def _with_cavities(package: Package, carrier: Outline) -> Iterator[Face]:
    """The surface of a carrier, and the floors of the cavities that are open."""
    left: Outlines = (carrier,)
    for cavity in cavities(package):
        if cavity.material != CARRIER:
            floor, left = parted(left, cavity.outline)
            yield from (Face(CARRIER, part, cavity.bottom) for part in floor)
    yield from (Face(CARRIER, part, LEVEL) for part in left)
