"""Metal of a lead frame that is etched: how much of the sheet is left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Optional

from ..package import Frame, Package, keys
from ..shapes import Outline, overlap_area, sticking_out
from ..units import LENGTH, RATIO, Toleranced, show
from . import Measured, Reading, measure
from .missing import not_stated


@measure(RATIO)
def metal_left_by_etching(package: Package) -> Measured:
    """What etching from below, from above and from both sides leaves of a lead frame's thickness / that thickness; each of the
    three where there is such metal, both depths at their worst."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None:
        return
    below = list(_from_below(frame))
    metal = [*(lead.outline for lead in frame.leads), *([frame.paddle] if frame.paddle is not None else []), *frame.tie_bars]
    pairs = [(region, part) for region in frame.etched_above for part in below if overlap_area(region, part)]
    under, over = (frame.half_etch, "half_etch"), (frame.half_etch_above, "half_etch_above")
    cases = []
    if below:
        cases.append(("from below", below[0], [under]))
    bare = [region for region in frame.etched_above if any(overlap_area(region, one) for one in metal)]
    if bare:
        cases.append(("from above", bare[0], [over]))
    if pairs:
        cases.append(("from both sides", pairs[0][0], [under, over]))
    for said, where, depths in cases:
        yield from _left(frame, said, where, depths)


def _from_below(frame: Frame) -> Iterator[Outline]:
    for lead in frame.leads:
        yield from lead.half_etched
    if frame.paddle is not None and frame.paddle_foot is not None and frame.paddle_foot != frame.paddle:
        yield from sticking_out(frame.paddle, frame.paddle_foot)


def _left(frame: Frame, said: str, where: Outline, depths: list[tuple[Optional[Toleranced], str]]) -> Measured:
    sheet, known = frame.thickness, [depth for depth, _ in depths if depth is not None]
    if len(known) < len(depths):
        yield from (not_stated(Frame, name, keys.FRAME) for depth, name in depths if depth is None)
        return
    # A thick sheet leaves more: the share is worst at the thinnest sheet and the deepest etch.
    nominal, low, high = (sum(getattr(depth, end) for depth in known) for end in ("nominal", "low", "high"))
    told = " and ".join(show(depth.nominal, LENGTH) for depth in known)
    yield Reading(tuple(keys.within(keys.FRAME, name) for _, name in depths), _share(sheet.nominal, nominal),
                  _share(sheet.low, high), _share(sheet.high, low), where.centre,
                  f"etched {said}: {told} of {show(sheet.nominal, LENGTH)}")


def _share(sheet: int, deep: int) -> Fraction:
    return Fraction(sheet - deep, max(1, sheet))
