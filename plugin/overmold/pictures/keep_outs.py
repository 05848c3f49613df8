"""Keep-outs in a cross-section: a frame over all that must not be there, from the carrier's surface or the height it states."""

from __future__ import annotations

from collections.abc import Iterator

from ..drawing.keep_outs import said_of
from ..package import CHIP_SIDE, FAR_SIDE, Package
from ..package.keep_out import KeepOut
from ..space import package_top
from .levels import level
from .marks import Marks
from .pieces import Piece, carrier_bottom
from .scale import Scale
from .svg import rect

_FREE = 100_000  # nm that a keep-out without a height is drawn over the carrier where nothing else tells how far


def keep_out_spaces(package: Package) -> Iterator[tuple[KeepOut, int, int]]:
    """Every keep-out with the heights (nm) between which it is drawn, once for each side."""
    top = package_top(package)
    high = level(package, top) if top is not None else _FREE
    low = carrier_bottom(package)
    yield from ((one, lower, upper) for one in package.keep_outs for lower, upper in _heights(one, low, high))


def cut_keep_outs(package: Package, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """A frame for each side of each keep-out that the line runs through."""
    for one, lower, upper in keep_out_spaces(package):
        for start, end in scale.cut.spans(one.outline):
            area = (scale.x(start), scale.z(upper), scale.x(end), scale.z(lower))
            kind = f"keepout {hues.get(one.key) or ''}".rstrip()
            yield Piece(one.key, area, rect(kind, area[0], area[1], area[2] - area[0], area[3] - area[1], said_of(one)))


def _heights(one: KeepOut, low: int, high: int) -> Iterator[tuple[int, int]]:
    above = one.above.nominal if one.above is not None else 0
    if one.is_on(CHIP_SIDE):
        yield above, max(high, above + 1)
    if one.is_inside:
        yield low, 0
    if one.is_on(FAR_SIDE):
        yield low - above - _FREE, low - above
