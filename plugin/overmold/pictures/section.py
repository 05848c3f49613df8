"""The cross-section of a package: carrier, gap, chip and mold to scale, with t1 and t2 drawn where they are.

The height is stretched (the title says how far): a package is ten millimetres wide and the gap a twentieth of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..measures.gap import cover_thickness, gap_thickness
from ..package import FLIP_CHIP, Chip, Package
from ..units import LENGTH, Toleranced, decimal_text, show, show_toleranced
from .svg import line, n, page, path, rect, text

WIDTH = 1200.0
SIDE = 130.0  # room for words left and right of the package
TOP = 84.0


@dataclass(frozen=True)
class Scale:
    """From nanometres to pixels: ``x`` across, ``z`` up from the carrier surface, stretched by ``stretch``."""

    middle: int
    per_nm: float
    stretch: float
    surface: float

    def x(self, nm: float) -> float:
        """Pixel column of a position."""
        return WIDTH / 2 + (nm - self.middle) * self.per_nm

    def z(self, nm: float) -> float:
        """Pixel row of a height above the carrier surface."""
        return self.surface - nm * self.per_nm * self.stretch


def section(package: Package) -> str:
    """The cross-section through the first chip's centre as an SVG file; an empty string where there is no carrier."""
    carrier = package.carrier
    if carrier is None:
        return ""
    top = _nominal(package.mold.cap if package.mold else None, 400_000)
    depth = _nominal(carrier.thickness, 200_000)
    standoff = _nominal(package.balls.standoff, package.balls.land * 3 // 4) if package.balls else 0
    width = carrier.outline.size[0]
    per_nm = (WIDTH - 2 * SIDE) / width
    stretch = max(1.0, min(12.0, 300.0 / ((top + depth + standoff) * per_nm)))
    scale = Scale(carrier.outline.centre[0], per_nm, stretch, TOP + top * per_nm * stretch)
    parts = [
        text(package.name, WIDTH / 2, 30, "title", "middle"),
        text(f"cross-section through {_cut_name(package)}; height drawn {decimal_text(round(stretch * 10), 0)[:-1] or '1'}"
             f" times as large as width", WIDTH / 2, 50, "note", "middle"),
        *_mold(package, scale),
        *_carrier(package, scale, depth),
        *_balls(package, scale, depth, standoff),
    ]
    cut = package.chips[0].at[1] if package.chips else carrier.outline.centre[1]
    for passive in package.passives:
        if passive.outline.box[1] <= cut <= passive.outline.box[3]:
            parts += _passive(passive.outline.box, _nominal(passive.height, 0), scale, passive.name)
    for chip in package.chips:
        parts += _chip(package, chip, scale)
    parts += _heights(package, scale, depth, standoff, top)
    return page(WIDTH, scale.z(-depth - standoff) + 40, f"{package.name}: cross-section", parts)


def _nominal(quantity: Toleranced | None, otherwise: int) -> int:
    return otherwise if quantity is None else quantity.nominal


def _cut_name(package: Package) -> str:
    return f"the centre of {package.chips[0].name}" if package.chips else "the carrier's centre"


def _mold(package: Package, scale: Scale) -> list[str]:
    mold = package.mold
    if mold is None or mold.cap is None:
        return []
    left, _, right, _ = mold.outline.box
    top = scale.z(mold.cap.nominal)
    words = f"mold, cap {show_toleranced(mold.cap, LENGTH)}"
    drawn = [rect("mold", scale.x(left), top, scale.x(right) - scale.x(left), scale.surface - top, words)]
    if mold.filler is not None and mold.filler.nominal > 0:
        drawn.append(_grains(scale, left, right, mold.cap.nominal, mold.filler.nominal))
    return drawn


def _grains(scale: Scale, left: int, right: int, cap: int, filler: int) -> str:
    """Filler particles at true size, strewn by a fixed random stream so that the picture never changes."""
    random = np.random.default_rng(7)
    rx, rz = filler / 2 * scale.per_nm, filler / 2 * scale.per_nm * scale.stretch
    dots = []
    for share_x, share_z, share_size in random.random((420, 3)):
        size = 0.35 + 0.65 * share_size
        x = scale.x(left) + rx + share_x * (scale.x(right) - scale.x(left) - 2 * rx)
        y = scale.z(cap) + rz + share_z * (scale.surface - scale.z(cap) - 2 * rz)
        dots.append(f"M{n(x - rx * size)} {n(y)}a{n(rx * size)} {n(rz * size)} 0 1 0 {n(2 * rx * size)} 0"
                    f"a{n(rx * size)} {n(rz * size)} 0 1 0 {n(-2 * rx * size)} 0")
    return path("grain", "".join(dots), f"filler, largest {show(filler, LENGTH)}")


def _carrier(package: Package, scale: Scale, depth: int) -> list[str]:
    carrier = package.carrier
    assert carrier is not None
    left, _, right, _ = carrier.outline.box
    x, width = scale.x(left), scale.x(right) - scale.x(left)
    if not carrier.stackup:
        return [rect("core", x, scale.surface, width, scale.z(-depth) - scale.surface, carrier.kind)]
    drawn, z = [], 0
    for layer in carrier.stackup:
        below = z - layer.thickness.nominal
        words = f"{layer.name}: {show_toleranced(layer.thickness, LENGTH)} {layer.material}".rstrip()
        drawn.append(rect(layer.kind, x, scale.z(z), width, scale.z(below) - scale.z(z), words))
        z = below
    return drawn


def _near_row(xs_ys: np.ndarray, y: int) -> np.ndarray:
    """Indices of the sites of the row nearest to the cut at ``y``."""
    rows = xs_ys[:, 1]
    # A turned chip's row is level only to the micrometre.
    return np.flatnonzero(np.abs(rows - rows[np.abs(rows - y).argmin()]) <= 1000)


def _balls(package: Package, scale: Scale, depth: int, standoff: int) -> list[str]:
    balls = package.balls
    if balls is None or not len(balls.sites) or not standoff:
        return []
    cut = package.chips[0].at[1] if package.chips else package.carrier.outline.centre[1]  # type: ignore[union-attr]
    radius = _nominal(balls.diameter, balls.land) / 2 * scale.per_nm
    neck = _neck(balls.land, balls.opening) / 2 * scale.per_nm
    top, bottom = scale.z(-depth), scale.z(-depth - standoff)
    drawn = []
    for i in _near_row(balls.sites.xy, cut):
        if balls.sides[i] == "far side":
            x = scale.x(int(balls.sites.xy[i, 0]))
            drawn.append(path("bump", _barrel(x, top, bottom, neck, radius, flat=False), f"ball {balls.sites.names[i]}"))
    return drawn


def _neck(pad: int, opening: int) -> int:
    """Where solder ends on its pad: at the rim of the pad, or of the mask where that is narrower."""
    return min(pad, opening) if opening else pad


def _barrel(x: float, top: float, bottom: float, neck: float, belly: float, flat: bool) -> str:
    """A reflowed joint: as wide as its pad at the top, bulging, and at the bottom flat (soldered) or round (free)."""
    out = max(belly, neck) * 4 / 3 - neck / 3  # control points that make the curve's widest point the belly
    third = (bottom - top) / 3
    if flat:
        return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - out)} {n(bottom - third)} {n(x - neck)} "
                f"{n(bottom)}H{n(x + neck)}C{n(x + out)} {n(bottom - third)} {n(x + out)} {n(top + third)} "
                f"{n(x + neck)} {n(top)}Z")
    return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - belly)} {n(bottom)} {n(x)} {n(bottom)}"
            f"C{n(x + belly)} {n(bottom)} {n(x + out)} {n(top + third)} {n(x + neck)} {n(top)}Z")


def _passive(box: tuple[int, int, int, int], height: int, scale: Scale, name: str) -> list[str]:
    if not height:
        return []
    x, width = scale.x(box[0]), (box[2] - box[0]) * scale.per_nm
    top, tall = scale.z(height), scale.surface - scale.z(height)
    end = width / 5
    return [rect("part", x, top, width, tall, f"{name}, {show(height, LENGTH)} high"),
            rect("end", x, top, end, tall), rect("end", x + width - end, top, end, tall)]


def _chip(package: Package, chip: Chip, scale: Scale) -> list[str]:
    gap = gap_thickness(package, chip)
    under = gap.nominal if gap is not None else 0
    thick = _nominal(chip.thickness, 100_000)
    left, _, right, _ = chip.outline.box
    x, width = scale.x(left), (right - left) * scale.per_nm
    top, bottom = scale.z(under + thick), scale.z(under)
    drawn = [rect("chip", x, top, width, bottom - top, f"{chip.name}, {show(thick, LENGTH)} thick, {chip.bonded}")]
    drawn.append(text(f"{chip.name}  {_stated(chip.thickness)}", x + width / 2, (top + bottom) / 2 + 5, "onchip", "middle"))
    if chip.bonded == FLIP_CHIP and chip.bumps is not None and len(chip.bumps.sites):
        neck = _neck(chip.bumps.pad, chip.bumps.opening) / 2 * scale.per_nm
        belly = _nominal(chip.bumps.diameter, chip.bumps.pad) / 2 * scale.per_nm
        for i in _near_row(chip.bumps.sites.xy, chip.at[1]):
            at = scale.x(int(chip.bumps.sites.xy[i, 0]))
            shape = _barrel(at, bottom, scale.surface, neck, belly, flat=True)
            drawn.append(path("bump", shape, f"bump {chip.bumps.sites.names[i]}"))
    return drawn + _gap_and_cover(package, chip, scale, gap, under + thick)


def _stated(quantity: Toleranced | None) -> str:
    return show_toleranced(quantity, LENGTH) if quantity is not None else "thickness not stated"


def _gap_and_cover(package: Package, chip: Chip, scale: Scale, gap: Toleranced | None, top: int) -> list[str]:
    cover = cover_thickness(package, chip)
    if gap is None or cover is None or package.mold is None or package.mold.cap is None:
        return []
    left = scale.x(chip.outline.box[0])
    at, reach = left - 16, left - 26
    rows = [(scale.z(gap.nominal), scale.surface, f"t1 {show_toleranced(gap, LENGTH)}"),
            (scale.z(package.mold.cap.nominal), scale.z(top), f"t2 {show_toleranced(cover, LENGTH)}")]
    drawn = []
    for upper, lower, words in rows:
        drawn += [line("onmoldline", reach, upper, left, upper), line("onmoldline", reach, lower, left, lower),
                  _arrow("onmoldline", at, upper, lower), text(words, reach - 6, (upper + lower) / 2 + 4, "onmold", "end")]
    return drawn


def _arrow(kind: str, x: float, top: float, bottom: float) -> str:
    """A vertical dimension line with a head at both ends."""
    return path(kind, f"M{n(x)} {n(top)}V{n(bottom)}M{n(x - 3)} {n(top + 6)}L{n(x)} {n(top)}L{n(x + 3)} {n(top + 6)}"
                      f"M{n(x - 3)} {n(bottom - 6)}L{n(x)} {n(bottom)}L{n(x + 3)} {n(bottom - 6)}")


def _heights(package: Package, scale: Scale, depth: int, standoff: int, top: int) -> list[str]:
    """The heights that add up to the package's, on the right."""
    carrier = package.carrier
    assert carrier is not None
    edge = scale.x(carrier.outline.box[2])
    rows = []
    if package.mold is not None and package.mold.cap is not None:
        rows.append((top, 0, "mold cap", show_toleranced(package.mold.cap, LENGTH)))
    if carrier.thickness is not None:
        rows.append((0, -depth, carrier.kind, show_toleranced(carrier.thickness, LENGTH)))
    if package.balls is not None and package.balls.standoff is not None:
        rows.append((-depth, -depth - standoff, "standoff", show_toleranced(package.balls.standoff, LENGTH)))
    drawn = []
    for high, low, name, words in rows:
        upper, lower = scale.z(high), scale.z(low)
        drawn += [line("hair", edge, upper, edge + 20, upper), line("hair", edge, lower, edge + 20, lower),
                  _arrow("line", edge + 12, upper, lower), text(name, edge + 26, (upper + lower) / 2 - 3),
                  text(words, edge + 26, (upper + lower) / 2 + 13, "note")]
    return drawn
