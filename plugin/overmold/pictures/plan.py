"""The plan of a package, seen from the chip side: balls show through the carrier, drawn as rings, passives there dashed; chips
that stand on others lie over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable, Optional

from ..measures.levels import top as upper_side
from ..package import FAR_SIDE, Chip, Package, Passive
from ..package.site_lands import ball_lands, bump_lands
from ..shapes import Outline
from ..units import LENGTH, show
from .svg import circle, line, n, page, path, rect, text

Pixel = Callable[[float], float]
Drawn = Callable[[str, Outline, str], str]

SIZE = 760.0
MARGIN = 96.0
CAPTION = 30.0
# Above this many bumps or balls the picture draws plain rings without hover titles, to stay a small file.
TITLED = 3000


@dataclass(frozen=True)
class PlanScale:
    """From nanometres to the pixels of a plan: ``box`` is what it holds, in nm."""

    box: tuple[int, int, int, int]

    @property
    def per_nm(self) -> float:
        """Pixels of a nanometre."""
        return SIZE / max(self.box[2] - self.box[0], self.box[3] - self.box[1])

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture."""
        left, top, right, bottom = self.box
        return (right - left) * self.per_nm + 2 * MARGIN, (bottom - top) * self.per_nm + 2 * MARGIN + CAPTION

    def x(self, nm: float) -> float:
        """Pixel column of a position."""
        return MARGIN + (nm - self.box[0]) * self.per_nm

    def y(self, nm: float) -> float:
        """Pixel row of a position."""
        return MARGIN + CAPTION + (nm - self.box[1]) * self.per_nm


def scale_of(package: Package) -> Optional[PlanScale]:
    """The scale that a package's plan is drawn to; None where there is no carrier."""
    return PlanScale(_view(package, package.carrier.outline)) if package.carrier is not None else None


def plan(package: Package) -> str:
    """The plan as an SVG file; an empty string where there is no carrier."""
    carrier, scale = package.carrier, scale_of(package)
    if carrier is None or scale is None:
        return ""
    _, _, right, bottom = scale.box
    per_nm, (width, height), x, y = scale.per_nm, scale.size, scale.x, scale.y

    def outline(kind: str, shape: Outline, words: str) -> str:
        rings = ("M" + "L".join(f"{n(x(px))} {n(y(py))}" for px, py in ring) + "Z" for ring in shape.rings)
        return path(kind, "".join(rings), words)

    size, edge = carrier.outline.size, carrier.outline.box
    parts = [
        text(package.name, width / 2, 32, "title", "middle"),
        text(_caption(package), width / 2, 52, "note", "middle"),
        outline("outline", carrier.outline, f"carrier, {carrier.kind}"),
    ]
    parts += _metal(package, outline)
    balls = package.balls
    if balls is not None:
        titled, lands = len(balls.sites) <= TITLED, ball_lands(balls)[0].tolist()
        for i, name in enumerate(balls.sites.names):
            words = f"ball {name} {balls.nets[i]}".rstrip() if titled else ""
            parts.append(circle("ball", x(int(balls.sites.xy[i, 0])), y(int(balls.sites.xy[i, 1])),
                                lands[i] / 2 * per_nm, words))
    if package.mold is not None:
        parts.append(outline("moldline", package.mold.outline, "mold cap"))
    for passive in package.near_passives:
        parts += _passive(passive, x, y, per_nm, outline)
    for chip in sorted(package.chips, key=lambda one: _height(package, one)):
        parts += _chip(chip, x, y, per_nm, outline)
    for passive in package.far_passives:  # seen through all that lies over them, as the balls are
        parts += _passive(passive, x, y, per_nm, outline)
    parts += [path("wire", f"M{n(x(w.from_at[0]))} {n(y(w.from_at[1]))}L{n(x(w.to_at[0]))} {n(y(w.to_at[1]))}",
                   f"wire {w.start} to {w.end}, tier {w.tier}") for w in package.wires]
    parts += [
        line("hair", x(edge[0]), y(bottom) + 22, x(edge[2]), y(bottom) + 22),
        text(show(size[0], LENGTH), x((edge[0] + edge[2]) / 2), y(bottom) + 40, "note", "middle"),
        line("hair", x(right) + 22, y(edge[1]), x(right) + 22, y(edge[3])),
        text(show(size[1], LENGTH), x(right) + 28, y((edge[1] + edge[3]) / 2), "note"),
    ]
    return page(width, height, f"{package.name}: plan", parts)


def _caption(package: Package) -> str:
    far = package.balls is not None and FAR_SIDE in package.balls.sides
    seen = [*(("balls on the far side are drawn as rings",) if far else ()),
            *(("passives on the far side are dashed",) if package.far_passives else ())]
    return "; ".join(["plan from the chip side", *seen])


def _view(package: Package, carrier: Outline) -> tuple[int, int, int, int]:
    """What the picture has to hold: the carrier and all that hangs over it."""
    boxes = [carrier.box, *(chip.outline.box for chip in package.chips), *(part.outline.box for part in package.passives)]
    boxes += [package.mold.outline.box] if package.mold is not None else []
    return (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes),
            max(box[3] for box in boxes))


def _metal(package: Package, outline: Drawn) -> Iterator[str]:
    """Leads and paddle of a frame, bond fingers of a substrate."""
    carrier = package.carrier
    assert carrier is not None
    if carrier.frame is not None:
        if carrier.frame.paddle is not None:
            yield outline("metal", carrier.frame.paddle, "die attach pad")
        for bar in carrier.frame.tie_bars:
            yield outline("metal", bar, "tie bar")
        for lead in carrier.frame.leads:
            yield outline("metal", lead.outline, f"lead {lead.name} {lead.net}".rstrip())
    for finger in carrier.fingers:
        yield outline("finger", finger.outline, f"finger {finger.name} {finger.net}".rstrip())


def _height(package: Package, chip: Chip) -> int:
    height = upper_side(package, chip)
    return height.nominal if height is not None else len(chip.on)


def _passive(passive: Passive, x: Pixel, y: Pixel, per_nm: float, outline: Drawn) -> Iterator[str]:
    body, end, where = ("farside", "farside", ", on the far side") if passive.is_far else ("part", "end", "")
    yield outline(body, passive.outline, passive.name + where)
    for t in passive.terminals:
        yield rect(end, x(t.at[0] - t.size[0] / 2), y(t.at[1] - t.size[1] / 2), t.size[0] * per_nm, t.size[1] * per_nm,
                   f"{passive.name}.{t.name} {t.net}".rstrip())


def _chip(chip: Chip, x: Pixel, y: Pixel, per_nm: float, outline: Drawn) -> Iterator[str]:
    yield outline("chipline", chip.outline, chip.name)
    if chip.bumps is not None:
        titled, pads = len(chip.bumps.sites) <= TITLED, bump_lands(chip.bumps)[0].tolist()
        for i, name in enumerate(chip.bumps.sites.names):
            words = f"{chip.name}.{name} {chip.bumps.nets[i]}".rstrip() if titled else ""
            yield circle("bump", x(int(chip.bumps.sites.xy[i, 0])), y(int(chip.bumps.sites.xy[i, 1])),
                         pads[i] / 2 * per_nm, words)
    if chip.pads is not None:
        titled, side = len(chip.pads.sites) <= TITLED, chip.pads.size * per_nm
        for i, name in enumerate(chip.pads.sites.names):
            words = f"{chip.name}.{name} {chip.pads.nets[i]}".rstrip() if titled else ""
            yield rect("bondpad", x(int(chip.pads.sites.xy[i, 0])) - side / 2, y(int(chip.pads.sites.xy[i, 1])) - side / 2,
                       side, side, words)
    yield text(chip.name, x(chip.outline.box[0]) + 8, y(chip.outline.box[1]) + 18)
