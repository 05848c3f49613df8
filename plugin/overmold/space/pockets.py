"""Cavities of the carrier: how deep the floor of each lies, what stands in it, and what it leaves of a body of the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional, Union

from ..geometry.taper import grown
from ..package import Cavity, Chip, Package, Passive, keys
from ..package.watched import without_asking
from ..package.words import CLOSED
from ..shapes import Outline
from ..units import Toleranced
from .body import Body
from .plan import parted
from .sums import LEVEL, NOTHING, Height, one


class Pocket(NamedTuple):
    """One cavity: ``key`` is that under which its depth and outline stand, ``owner`` the part or the cavity that says them;
    ``parts`` stand in it."""

    key: str
    owner: Union[Chip, Passive, Cavity]
    outline: Outline
    floor: Height
    depth: Optional[Toleranced]
    parts: tuple[Union[Chip, Passive], ...]
    is_closed: bool


def pockets(package: Package) -> tuple[Pocket, ...]:
    """Every cavity of the carrier: those with a shape of their own, then those of single parts."""
    sunk = [part for part in (*package.chips, *without_asking(package, "passives")) if part.in_cavity]
    shared = (Pocket(key=each.key, owner=each, outline=each.outline, floor=floor_in(each), depth=each.depth,
                     parts=tuple(part for part in sunk if part.cavity_in == each.name), is_closed=each.top == CLOSED)
              for each in package.cavities)
    own = (Pocket(key=keys.within(part.key, "cavity"), owner=part, outline=grown(part.outline, part.cavity_room),
                  floor=cavity_floor(package, part), depth=part.cavity, parts=(part,), is_closed=part.is_closed_in)
           for part in sunk if not part.cavity_in)
    return (*shared, *own)


def pocket_of(package: Package, part: Union[Chip, Passive]) -> Optional[Pocket]:
    """The cavity that a part stands in; None where it stands in none, or in one that there is not."""
    return next((one for one in pockets(package) if part in one.parts), None) if part.in_cavity else None


def cavity_floor(package: Package, part: Union[Chip, Passive]) -> Height:
    """Height of the carrier under a part that stands on it: of its surface, or of the floor of the part's cavity."""
    if not part.in_cavity:
        return LEVEL
    if not part.cavity_in:
        return Height((NOTHING - one(keys.within(part.key, "cavity", "depth"), part.cavity),))
    shared = next((each for each in package.cavities if each.name == part.cavity_in), None)
    return floor_in(shared) if shared is not None else Height((one(keys.within(part.key, "cavity", "in"), None),))


def floor_in(cavity: Cavity) -> Height:
    """Height of the floor of a cavity with a shape of its own."""
    return Height((NOTHING - one(keys.within(cavity.key, "depth"), cavity.depth),))


def without_pockets(package: Package, body: Body) -> Iterator[Body]:
    """What open cavities leave of a layer of the carrier, at nominal depths: of one that reaches into the layer the part above
    its floor is cut. The body itself where that is all of it."""
    high, low = body.top.value, body.bottom.value
    found = [(pocket, known.nominal) for pocket in pockets(package)
             if not pocket.is_closed and (known := pocket.floor.value) is not None]
    if high is None or low is None or not any(floor < high.nominal for _, floor in found):
        yield body
        return
    steps = sorted({low.nominal, high.nominal, *(floor for _, floor in found if low.nominal < floor < high.nominal)})
    for under, over in zip(steps, steps[1:]):
        left: tuple[Outline, ...] = (body.outline,)
        for pocket, floor in found:
            if floor <= under:
                left = tuple(parted(left, pocket.outline)[1])
        bottom = body.bottom if under == low.nominal else next(one.floor for one, floor in found if floor == under)
        top = body.top if over == high.nominal else next(one.floor for one, floor in found if floor == over)
        yield from (body._replace(outline=outline, bottom=bottom, top=top) for outline in left)
