"""The pictures that are drawn of a package where nobody asks for one."""

from __future__ import annotations

from ..package import Package
from .ball_map import ball_map
from .plan import plan
from .section import section


def usual_pictures(package: Package) -> dict[str, str]:
    """The SVG files by name, nothing marked; no ball map where there are no balls."""
    drawn = {"section": section(package), "plan": plan(package), "ball-map": ball_map(package)}
    return {f"{package.name}.{kind}.svg": picture for kind, picture in drawn.items() if picture}
