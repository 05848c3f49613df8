"""The cross-section of a package: carrier, gaps, chips, wires and mold to scale, with t1 and t2 drawn where they are.

The height is stretched (the title says how far): a package is ten millimetres wide and the gap a twentieth of one.
"""

from __future__ import annotations

import numpy as np

from ..measures.levels import top as upper_side
from ..package import Frame, Lead, Package
from ..shapes import Outline
from ..units import LENGTH, decimal_text, show, show_toleranced
from .scale import SIDE, WIDTH, Scale, nominal
from .section_chips import chips
from .solder import ball_row
from .svg import arrow, line, n, page, path, rect, text

TOP = 84.0


def section(package: Package) -> str:
    """The cross-section through a chip's centre as an SVG file; an empty string where there is no carrier."""
    carrier = package.carrier
    if carrier is None:
        return ""
    tops = [height.nominal for height in (upper_side(package, chip) for chip in package.chips) if height is not None]
    tops += [passive.height.nominal for passive in package.near_passives if passive.height is not None]
    cap = nominal(package.mold.cap if package.mold else None, 400_000)
    top = max([cap, *tops])  # what stands out of the mold is the very thing to see
    depth = nominal(carrier.thickness, 200_000)
    standoff = nominal(package.balls.standoff, package.balls.land * 3 // 4) if package.balls else 0
    width = carrier.outline.size[0]
    per_nm = (WIDTH - 2 * SIDE) / width
    stretch = max(1.0, min(12.0, 300.0 / ((top + depth + standoff) * per_nm)))
    cut, through = _cut(package)
    scale = Scale(carrier.outline.centre[0], per_nm, stretch, TOP + top * per_nm * stretch, cut)
    parts = [
        text(package.name, WIDTH / 2, 30, "title", "middle"),
        text(f"cross-section through {through}; height drawn {decimal_text(round(stretch * 10), 0)[:-1] or '1'}"
             f" times as large as width", WIDTH / 2, 50, "note", "middle"),
        *_mold(package, scale),
        *_carrier(package, scale, depth),
        *ball_row(package, scale, depth, standoff),
    ]
    for passive in package.passives:
        if scale.crosses(passive.outline.box):
            height = nominal(passive.height, 0)
            at = (-depth - height, -depth) if passive.is_far else (0, height)
            parts += _passive(passive.outline.box, at, scale, passive.name)
    parts += chips(package, scale)
    parts += _heights(package, scale, depth, standoff, cap)
    deepest = max([standoff, *(nominal(passive.height, 0) for passive in package.far_passives)])
    return page(WIDTH, scale.z(-depth - deepest) + 40, f"{package.name}: cross-section", parts)


def _cut(package: Package) -> tuple[int, str]:
    """Where to cut: through the centre of the chip where most chips are cut, the first of several."""
    if not package.chips:
        assert package.carrier is not None
        return package.carrier.outline.centre[1], "the carrier's centre"
    boxes = [chip.outline.box for chip in package.chips]
    met = [sum(box[1] <= chip.at[1] <= box[3] for box in boxes) for chip in package.chips]
    best = package.chips[met.index(max(met))]
    return best.at[1], f"the centre of {best.name}"


def _mold(package: Package, scale: Scale) -> list[str]:
    mold = package.mold
    if mold is None or mold.cap is None:
        return []
    left, _, right, _ = mold.outline.box
    top = scale.z(mold.cap.nominal)
    # Between the leads of a frame the mold reaches down to its foot.
    foot = scale.z(-nominal(package.carrier.thickness, 0)) if package.carrier and package.carrier.frame else scale.surface
    words = f"mold, cap {show_toleranced(mold.cap, LENGTH)}"
    drawn = [rect("mold", scale.x(left), top, scale.x(right) - scale.x(left), foot - top, words)]
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
    if carrier.frame is not None:
        return _frame(carrier.frame, scale)
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


def _frame(frame: Frame, scale: Scale) -> list[str]:
    """The metal of leads and paddle that the section runs through; what is etched from below is thinner."""
    metal = [(lead.outline, lead.foot, f"lead {lead.name} {lead.net}".rstrip()) for lead in _cut_leads(frame, scale)]
    if frame.paddle is not None and scale.crosses(frame.paddle.box):
        metal.append((frame.paddle, frame.paddle_foot or frame.paddle, "die attach pad"))
    thick, etched = frame.thickness.nominal, nominal(frame.half_etch, 0)
    drawn = []
    for outline, foot, words in metal:
        drawn.append(_metal(outline, scale, 0, etched - thick, words))
        if etched:
            drawn.append(_metal(foot, scale, etched - thick, -thick, words))
    return drawn


def _cut_leads(frame: Frame, scale: Scale) -> list[Lead]:
    """The lead nearest to the cut at each end: with an even number of leads the cut itself runs between two."""
    found = []
    for end in (-1, 1):
        there = [lead for lead in frame.leads if end * (lead.outline.centre[0] - scale.middle) > abs(
            lead.outline.centre[1] - scale.cut)]
        found += sorted(there, key=lambda lead: abs(lead.outline.centre[1] - scale.cut))[:1]
    return found


def _metal(outline: Outline, scale: Scale, high: int, low: int, words: str) -> str:
    left, _, right, _ = outline.box
    x = scale.x(left)
    return rect("copper", x, scale.z(high), scale.x(right) - x, scale.z(low) - scale.z(high), words)


def _passive(box: tuple[int, int, int, int], at: tuple[int, int], scale: Scale, name: str) -> list[str]:
    """A passive between two heights, its metal ends on either side; nothing where its height is not stated."""
    low, high = at
    if low == high:
        return []
    x, width = scale.x(box[0]), (box[2] - box[0]) * scale.per_nm
    top, tall = scale.z(high), scale.z(low) - scale.z(high)
    end = width / 5
    return [rect("part", x, top, width, tall, f"{name}, {show(high - low, LENGTH)} high"),
            rect("end", x, top, end, tall), rect("end", x + width - end, top, end, tall)]


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
                  arrow("line", edge + 12, upper, lower), text(name, edge + 26, (upper + lower) / 2 - 3),
                  text(words, edge + 26, (upper + lower) / 2 + 13, "note")]
    return drawn
