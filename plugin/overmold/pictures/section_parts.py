"""Mold, carrier, lead frame and passives in a cross-section."""

from __future__ import annotations

import random

from ..package import Frame, Lead, Package, Passive, keys
from ..shapes import Outline
from ..units import LENGTH, show, show_toleranced
from .marks import Marks
from .scale import Scale, nominal
from .svg import n, path, rect

_GRAINS = 420


def mold(package: Package, scale: Scale, hues: Marks) -> list[str]:
    """The mold with its filler."""
    mold = package.mold
    if mold is None or mold.cap is None:
        return []
    left, _, right, _ = mold.outline.box
    top = scale.z(mold.cap.nominal)
    # Between the leads of a frame the mold reaches down to its foot.
    foot = scale.z(-nominal(package.carrier.thickness, 0)) if package.carrier and package.carrier.frame else scale.surface
    words = f"mold, cap {show_toleranced(mold.cap, LENGTH)}"
    drawn = [rect(_with("mold", "mold", hues), scale.x(left), top, scale.x(right) - scale.x(left), foot - top, words)]
    if mold.filler is not None and mold.filler.nominal > 0:
        drawn.append(_grains(scale, left, right, mold.cap.nominal, mold.filler.nominal))
    return drawn


def _grains(scale: Scale, left: int, right: int, cap: int, filler: int) -> str:
    """Filler particles at true size, strewn by a fixed random stream so that the picture never changes."""
    strewn = random.Random(7).random  # numpy's takes longer to load than all of this to draw
    rx, rz = filler / 2 * scale.per_nm, filler / 2 * scale.per_nm * scale.stretch
    dots = []
    for _ in range(_GRAINS):
        size = 0.35 + 0.65 * strewn()
        x = scale.x(left) + rx + strewn() * (scale.x(right) - scale.x(left) - 2 * rx)
        y = scale.z(cap) + rz + strewn() * (scale.surface - scale.z(cap) - 2 * rz)
        across, tall = n(rx * size), n(rz * size)
        dots.append(f"M{n(x - rx * size)} {n(y)}a{across} {tall} 0 1 0 {n(2 * rx * size)} 0"
                    f"a{across} {tall} 0 1 0 {n(-2 * rx * size)} 0")
    return path("grain", "".join(dots), f"filler, largest {show(filler, LENGTH)}")


def carrier_metal(package: Package, scale: Scale, depth: int, hues: Marks) -> list[str]:
    """The layers of a substrate, or what of a lead frame the section runs through."""
    carrier = package.carrier
    assert carrier is not None
    if carrier.frame is not None:
        return _frame(carrier.frame, scale, hues)
    left, _, right, _ = carrier.outline.box
    x, width = scale.x(left), scale.x(right) - scale.x(left)
    if not carrier.stackup:
        return [rect(_with("core", keys.CARRIER, hues), x, scale.surface, width, scale.z(-depth) - scale.surface, carrier.kind)]
    drawn, z = [], 0
    for number, layer in enumerate(carrier.stackup):
        below = z - layer.thickness.nominal
        words = f"{layer.name or layer.kind}: {show_toleranced(layer.thickness, LENGTH)} {layer.material}".rstrip()
        kind = _with(layer.kind, keys.layer(number), hues)
        drawn.append(rect(kind, x, scale.z(z), width, scale.z(below) - scale.z(z), words))
        z = below
    if keys.CARRIER in hues:
        drawn.append(rect(f"frame {hues[keys.CARRIER]}", x, scale.surface, width, scale.z(z) - scale.surface))
    return drawn


def _frame(frame: Frame, scale: Scale, hues: Marks) -> list[str]:
    """The metal of leads and paddle that the section runs through; what is etched from below is thinner."""
    metal = [(lead.outline, lead.foot, f"lead {lead.name} {lead.net}".rstrip(), keys.lead(lead.name))
             for lead in cut_leads(frame, scale)]
    if frame.paddle is not None and scale.crosses(frame.paddle.box):
        metal.append((frame.paddle, frame.paddle_foot or frame.paddle, "die attach pad", keys.PADDLE))
    thick, etched = frame.thickness.nominal, nominal(frame.half_etch, 0)
    drawn = []
    for outline, foot, words, key in metal:
        kind = _with("copper", key, hues)
        drawn.append(_metal(kind, outline, scale, (0, etched - thick), words))
        if etched:
            drawn.append(_metal(kind, foot, scale, (etched - thick, -thick), words))
    return drawn


def cut_leads(frame: Frame, scale: Scale) -> list[Lead]:
    """The lead nearest to the cut at each end: with an even number of leads the cut itself runs between two."""
    found = []
    middle = scale.start + (scale.right - scale.left) / scale.per_nm / 2
    for end in (-1, 1):
        there = [lead for lead in frame.leads if end * (lead.outline.centre[0] - middle) > abs(
            lead.outline.centre[1] - scale.cut)]
        found += sorted(there, key=lambda lead: abs(lead.outline.centre[1] - scale.cut))[:1]
    return found


def _metal(kind: str, outline: Outline, scale: Scale, z: tuple[int, int], words: str) -> str:
    left, _, right, _ = outline.box
    upper, lower = z
    return rect(kind, scale.x(left), scale.z(upper), scale.x(right) - scale.x(left), scale.z(lower) - scale.z(upper), words)


def passives(package: Package, scale: Scale, depth: int, hues: Marks) -> list[str]:
    """Those that the section runs through, their metal ends on either side; none whose height is not stated."""
    drawn = []
    for passive in package.passives:
        area = passive_area(passive, scale, depth)
        if area is None:
            continue
        x, top, right, bottom = area
        width, tall = right - x, bottom - top
        end = width / 5
        words = f"{passive.name}, {show(nominal(passive.height, 0), LENGTH)} high"
        drawn += [rect(_with("part", passive.key, hues), x, top, width, tall, words),
                  rect("end", x, top, end, tall), rect("end", x + width - end, top, end, tall)]
    return drawn


def passive_area(passive: Passive, scale: Scale, depth: int) -> tuple[float, float, float, float] | None:
    """Where a passive is drawn: left, top, right, bottom in pixels; None where it is not cut or of no stated height."""
    height = nominal(passive.height, 0)
    if not height or not scale.crosses(passive.outline.box):
        return None
    low, high = (-depth - height, -depth) if passive.is_far else (0, height)
    left, _, right, _ = passive.outline.box
    return scale.x(left), scale.z(high), scale.x(right), scale.z(low)


def _with(kind: str, key: str, hues: Marks) -> str:
    return f"{kind} {hues[key]}" if key in hues else kind
