"""The side view of an outline drawing: body on its balls, lands or leads over the seating plane, and its left end enlarged
with the letters of the heights. Both are true to scale; what is not stated is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

from ..package import FAR_SIDE, Lead, Package
from ..package.soldered import soldered
from ..pictures.svg import line, n, path, rect, text
from ..shapes import Box
from ..space import MOLD, Body, Height, blocks, bodies, over_plan
from ..space.bodies import carrier_thickness
from ..space.sums import NOTHING
from .dimensions import above, lowest
from .ink import upright
from .plan_dimensions import sides_of
from .views import widths_of

_APART = 40.0  # units between two dimensions beside the body
_BARE = 30.0   # units by which the seating plane goes beyond the body
_TURN = 14.0   # units of the mark around what is enlarged, beyond it


@dataclass(frozen=True)
class Side:
    """Where the side view lies: the column ``left`` of ``start`` (nm), units per nm; ``ground`` is the row of the seating plane
    and ``floor`` its height in nm."""

    left: float
    start: int
    per_nm: float
    ground: float
    floor: int

    def x(self, nm: float) -> float:
        """The column of a place."""
        return self.left + (nm - self.start) * self.per_nm

    def z(self, nm: float) -> float:
        """The row of a height above the carrier."""
        return self.ground - (nm - self.floor) * self.per_nm


def total(package: Package) -> Optional[int]:
    """The nominal height from the seating plane to the highest, in nm; None where it cannot be drawn."""
    tops, low = _tops(package), _nominal(lowest(package))
    return max(tops) - low if tops and low is not None else None


def first_end(package: Package, are_balls: bool) -> int:
    """The right end of the leftmost ball or lead that the view shows, in nm; the body's left end where it shows none."""
    carrier = package.carrier
    assert carrier is not None
    ends = [box[2] for box in (lead.outline.box for lead in _front_leads(package))]
    balls = soldered(package.balls)
    if are_balls and balls is not None:
        ends = [x + wide // 2 for (x, _), wide in zip(balls.sites.xy.tolist(), widths_of(balls, True))]
    return min(ends, default=carrier.outline.box[0])


def from_the_side(package: Package, side: Side, are_balls: bool, enlarged: float) -> list[str]:
    """The view from the front, along y, with A; a ring marks the ``enlarged`` units at its left end."""
    carrier, tops, low = package.carrier, _tops(package), _nominal(lowest(package))
    assert carrier is not None
    assert low is not None
    left, right = side.x(carrier.outline.box[0]), side.x(carrier.outline.box[2])
    drawn = [*_shapes(package, side, are_balls), line("rule", left - 3 * _BARE, side.ground, right + _BARE, side.ground)]
    drawn += upright("A", side.z(max(tops)), side.ground, left - 2 * _APART, (left, left - 3 * _BARE))
    drawn += [text("seating plane", right + _BARE + 6, side.ground + 4, "note")]
    top_row = side.z(max(tops)) - _TURN
    drawn.append(f'<rect class="hidden" x="{n(left - _TURN)}" y="{n(top_row)}" width="{n(enlarged + _TURN)}" '
                 f'height="{n(side.ground + _TURN - top_row)}" rx="12"/>')
    return [*drawn, text("X", left + enlarged / 2 - _TURN / 2, top_row - 5, "note", "middle")]


def enlarged_end(package: Package, side: Side, are_balls: bool, width: float) -> list[str]:
    """The left end of the view, ``width`` units of it, with the heights' parts at its right."""
    left, right = side.left - _BARE, side.left + width
    tops = _tops(package)
    roof = side.z(max(tops)) - 10
    window = (f'<clipPath id="end"><rect x="{n(left)}" y="{n(roof)}" width="{n(right - left)}" '
              f'height="{n(side.ground + 10 - roof)}"/></clipPath>')
    broken = path("fine", f"M{n(right)} {n(roof)}V{n(side.ground + 10)}")
    shapes = ["<defs>", window, "</defs>", '<g clip-path="url(#end)">', *_shapes(package, side, are_balls), "</g>", broken]
    ground = line("rule", left, side.ground, right + _BARE + 3 * _APART, side.ground)
    return [*shapes, ground, text("seating plane", left, side.ground + 18, "note"), *_parts(package, side, right, are_balls)]


def _shapes(package: Package, side: Side, are_balls: bool) -> list[str]:
    carrier = package.carrier
    assert carrier is not None
    return [*(_balls(package, side) if are_balls else ()), *_body(package, side, carrier.outline.box), *_leads(package, side)]


def _body(package: Package, side: Side, box: Box) -> Iterator[str]:
    under = _nominal(Height((NOTHING - carrier_thickness(package),)))
    frame = package.carrier.frame if package.carrier is not None else None
    if under is not None and frame is None:
        yield _slab("board", side, (box[0], box[2]), (under, 0))
    for body in bodies(package):
        low, high = _nominal(body.bottom), _nominal(body.top)
        if body.kind == MOLD and low is not None and high is not None:
            yield _slanted(side, body, (low, high))
    for body in above(package):  # what stands out of the mold, or is all there is
        low, high = _nominal(body.bottom), _nominal(body.top)
        cap = max((block.cap.nominal for block in over_plan(package, body.outline) if block.cap is not None), default=0)
        if low is not None and high is not None and high > cap:
            yield _slab("body", side, (body.outline.box[0], body.outline.box[2]), (max(low, cap), high))


def _slanted(side: Side, body: Body, heights: tuple[int, int]) -> str:
    """A block of mold as its widest is seen; its sides lean in where its walls slant."""
    if body.at_top is None and body.at_bottom is None:
        return _slab("body", side, (body.outline.box[0], body.outline.box[2]), heights)
    left, _, right, _ = (body.at_bottom or body.outline).box
    upper_left, _, upper_right, _ = (body.at_top or body.outline).box
    low, high = map(side.z, heights)
    return path("body", f"M{n(side.x(left))} {n(low)}H{n(side.x(right))}L{n(side.x(upper_right))} {n(high)}"
                        f"H{n(side.x(upper_left))}Z")


def _slab(kind: str, side: Side, across: tuple[int, int], heights: tuple[int, int]) -> str:
    top_row = side.z(heights[1])
    return rect(kind, side.x(across[0]), top_row, (across[1] - across[0]) * side.per_nm, side.z(heights[0]) - top_row)


def _balls(package: Package, side: Side) -> Iterator[str]:
    """Every column of balls as one is seen from the front: pressed flat where the carrier begins."""
    balls = soldered(package.balls)
    low = _nominal(lowest(package))
    under = _nominal(Height((NOTHING - carrier_thickness(package),)))
    if balls is None or low is None or under is None or balls.height is None:
        return
    widest: dict[int, int] = {}
    for (x, _), wide, where in zip(balls.sites.xy.tolist(), widths_of(balls, True), balls.sides):
        if where == FAR_SIDE:
            widest[x] = max(wide, widest.get(x, 0))
    for x, wide in sorted(widest.items()):
        if wide and balls.are_pillars:
            yield _slab("ball", side, (x - wide // 2, x + wide // 2), (low, under))
        elif wide:
            half, tall = wide / 2 * side.per_nm, max(wide, under - low) / 2 * side.per_nm
            column = side.x(x)
            yield path("ball", f"M{n(column - half)} {n(side.z(low) - tall)}a{n(half)} {n(tall)} 0 1 0 {n(2 * half)} 0"
                               f"a{n(half)} {n(tall)} 0 1 0 {n(-2 * half)} 0Z")


def _leads(package: Package, side: Side) -> Iterator[str]:
    """The ends of the leads on the front: dashed where they end inside the body."""
    carrier = package.carrier
    frame = carrier.frame if carrier is not None else None
    if carrier is None or frame is None:
        return
    for lead in _front_leads(package):
        left, _, right, front = lead.outline.box
        kind = "metal" if carrier.outline.box[3] - front < 1000 else "hidden"
        yield _slab(kind, side, (left, right), (-frame.thickness.nominal, 0))


def _front_leads(package: Package) -> list[Lead]:
    carrier = package.carrier
    if carrier is None or carrier.frame is None:
        return []
    sides = sides_of(carrier.frame, carrier.outline)
    # Of a package with leads on the left and right alone the front shows the last of each.
    return sides["bottom"] or [one for side in ("left", "right") for one in sides[side][-1:]]


def _parts(package: Package, side: Side, right: float, are_balls: bool) -> list[str]:
    """The letters of what the height is made of, beside ``right``."""
    frame = package.carrier.frame if package.carrier is not None else None
    under = _nominal(Height((NOTHING - carrier_thickness(package),)))
    if under is None:
        return []
    drawn = upright("A1", side.z(under), side.ground, right + _APART, (right, right)) if are_balls else []
    drawn += upright("A2", side.z(max(_tops(package))), side.z(under if frame is None else 0), right + 2 * _APART,
                     (right, right))
    return [*drawn, *upright("c" if frame is None else "A3", side.z(0), side.z(under), right + 3 * _APART, (right, right))]


def _tops(package: Package) -> list[int]:
    """What the top of the package may be, as far as it is known: of a molded one at least its cap, of a
    chip that is its own carrier that one's upper side."""
    found = [_nominal(body.top) for body in above(package)]
    if package.is_bare_wafer_chip:
        found.append(0)
    if package.mold is not None:
        caps = [block.cap for block in blocks(package)]
        if None in caps:
            return []
        found += [cap.nominal for cap in caps if cap is not None]
    return [one for one in found if one is not None]


def _nominal(height: Height) -> Optional[int]:
    return height.value.nominal if height.value is not None else None
