"""Where marked parts lie in a cross-section that carry no name there by themselves."""

from __future__ import annotations

from ..package import Package, keys
from .labels import Area
from .marks import Marks
from .scale import Scale
from .section_chips import cut_chips, gap_of, loops
from .section_parts import cut_leads, passive_area
from .solder import balls_drawn, bumps_drawn


def areas(package: Package, scale: Scale, hues: Marks, carrier: tuple[int, int]) -> dict[str, Area]:
    """By key, in pixels: passives, balls, bumps, leads and wires. ``carrier`` is its thickness and the standoff, in nm."""
    depth, standoff = carrier
    found: dict[str, Area] = {}
    for passive in package.passives:
        area = passive_area(passive, scale, depth)
        if area is not None:
            found[passive.key] = area
    if package.balls is not None:
        for key, x, radius in balls_drawn(package, scale):
            found[key] = (x - radius, scale.z(-depth), x + radius, scale.z(-depth - standoff))
    for chip in cut_chips(package, scale.cut):
        gap = gap_of(package, chip)
        if gap is not None:
            for key, x, radius in bumps_drawn(chip, scale):
                found[key] = (x - radius, scale.z(gap[1]), x + radius, scale.z(gap[0]))
    frame = package.carrier.frame if package.carrier is not None else None
    for lead in cut_leads(frame, scale) if frame is not None else ():
        left, _, right, _ = lead.outline.box
        found[keys.lead(lead.name)] = (scale.x(left), scale.surface, scale.x(right), scale.z(-depth))
    for key, corners, _ in loops(package, scale):
        x, z = max(corners, key=lambda corner: -corner[1])
        found[key] = (x, z, x, z)
    return {key: area for key, area in found.items() if key in hues}
