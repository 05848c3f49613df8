"""Balls, bumps and bond pads in a plan: each by itself with its name on hovering, or very many as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from ..arrays import Sites
from ..geometry.oblongs import Oblongs
from ..package import Package, keys
from ..package.site_lands import ball_lands, bump_lands, in_plan, top_land_sizes
from ..shapes import Outline
from .labels import Area
from .marks import Marks
from .plan_scale import PlanScale
from .svg import circle, dots, path, rect

# Above this many in all the picture has plain rings without names on hovering, to stay a small file.
TITLED = 3000
_SMALLEST = 3.0  # pixels, radius of a ring around a marked site


@dataclass(frozen=True)
class Crowd:
    """Sites of one kind, ``widths`` (n) in nm; ``called`` is what stands before each name."""

    kind: str
    key: str
    called: str
    sites: Sites
    nets: tuple[str, ...]
    widths: list[int]
    shapes: Optional[Oblongs] = None

    def outline(self, i: int) -> Optional[Outline]:
        """That of one which is oblong; None of a round one, and of a bond pad."""
        return self.shapes.outline(i) if self.shapes is not None else None

    def some(self, kind: str, wanted: Sequence[bool], called: str = "") -> Crowd:
        """Those of it that are wanted, drawn as another kind and called otherwise."""
        chosen = [i for i, one in enumerate(wanted) if one]
        sites = Sites(tuple(self.sites.names[i] for i in chosen), self.sites.xy[chosen])
        return Crowd(kind, self.key, called or self.called, sites, tuple(self.nets[i] for i in chosen),
                     [self.widths[i] for i in chosen])


def titled(package: Package) -> bool:
    """Whether the sites of a package are few enough to have their names on hovering."""
    return sum(len(crowd.sites) for crowd in crowds(package).values()) <= TITLED


def crowds(package: Package) -> dict[str, Crowd]:
    """Every crowd of a package by its key."""
    found = []
    balls = package.balls
    if balls is not None:
        found.append(Crowd("ball", keys.BALLS, "ball ", balls.sites, balls.nets, ball_lands(balls)[0].tolist()))
    for chip in package.chips:
        bumps, pads, called = chip.bumps, chip.pads, f"{chip.name}."
        if bumps is not None:
            lands = bump_lands(bumps)[0]
            found.append(Crowd("bump", keys.bumps(chip.name), called, bumps.sites, bumps.nets, lands.tolist(),
                               shapes=in_plan(chip, lands) if bumps.is_oblong else None))
        if pads is not None:
            widths = [pads.size] * len(pads.sites)
            found.append(Crowd("bondpad", keys.pads(chip.name), called, pads.sites, pads.nets, widths))
    top = package.top_lands
    if top is not None:
        found.append(Crowd("land", keys.TOP_LANDS, "top land ", top.sites, top.nets, top_land_sizes(top)[0].tolist()))
    return {crowd.key: crowd for crowd in found}


def drawn_sites(crowd: Crowd, scale: PlanScale, titled: bool) -> list[str]:
    """All of a crowd, each with its name if ``titled``."""
    places = scale.all_at(crowd.sites.xy)
    if crowd.shapes is not None:
        return [_oblong(crowd, i, scale, titled) for i in range(len(places))]
    if not titled:
        return [part for wide in sorted(set(crowd.widths))
                for part in dots(crowd.kind, [place for place, one in zip(places, crowd.widths) if one == wide],
                                 wide / 2 * scale.per_nm, crowd.key)]
    drawn = []
    for name, net, (x, y), wide in zip(crowd.sites.names, crowd.nets, places, crowd.widths):
        words, half = f"{crowd.called}{name} {net}".rstrip(), wide / 2 * scale.per_nm
        drawn.append(circle(crowd.kind, x, y, half, words) if crowd.kind != "bondpad"
                     else rect(crowd.kind, x - half, y - half, 2 * half, 2 * half, words))
    return drawn


def _oblong(crowd: Crowd, i: int, scale: PlanScale, titled: bool) -> str:
    words = f"{crowd.called}{crowd.sites.names[i]} {crowd.nets[i]}".rstrip() if titled else ""
    outline = crowd.outline(i)
    x, y = scale.at(crowd.sites.at(i))
    return path(crowd.kind, scale.path(outline), words) if outline is not None else circle(
        crowd.kind, x, y, crowd.widths[i] / 2 * scale.per_nm, words)


def marked_sites(crowd: Crowd, hues: Marks, scale: PlanScale) -> tuple[list[str], dict[str, Area]]:
    """Rings around the marked sites of a crowd, and where each lies in the picture by its key; a crowd marked as a whole lies
    at its first."""
    whole = hues.get(crowd.key)
    inside = {keys.last(key): hue for key, hue in hues.items() if keys.around(key) == crowd.key}
    if whole is None and not inside:
        return [], {}
    places = scale.all_at(crowd.sites.xy)
    rings: dict[tuple[str, float], list[tuple[float, float]]] = {}
    areas: dict[str, Area] = {}
    for name, (x, y), wide in zip(crowd.sites.names, places, crowd.widths):
        hue = inside.get(name) or whole
        if hue is not None:
            radius = max(_SMALLEST, round(wide / 2 * scale.per_nm + 1, 2))
            rings.setdefault((hue, radius), []).append((x, y))
            key = keys.within(crowd.key, name) if name in inside else crowd.key
            areas.setdefault(key, (x - radius, y - radius, x + radius, y + radius))
    return [part for (hue, radius), there in rings.items()
            for part in dots(f"ring {hue}", there, radius, crowd.key)], areas
