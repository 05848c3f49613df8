"""A package as a STEP model: every body of ``space`` as a solid, for KiCad's 3-D viewer and for mechanical CAD.

- ``solids``: the shapes: prisms over an outline, tubes along a loop, balls pressed flat on both sides.
- ``scene``: a package as named solids with their places and colours.
- ``part21``: these as the text of a STEP file (ISO 10303-21, AP214), equal ones once with many placements.

Heights and outlines come from ``space``; a body whose height nobody has stated is left out, never guessed.
"""

from __future__ import annotations

from ..package import Package
from .part21 import step_file
from .scene import FINISHED, INSIDE, TRANSLUCENT, scene

__all__ = ["FINISHED", "INSIDE", "TRANSLUCENT", "step_model"]


def step_model(package: Package, view: str = FINISHED) -> bytes:
    """The STEP file of a package, in mm: ``FINISHED`` stands on its balls or leads at z = 0 under an opaque mold,
    ``TRANSLUCENT`` likewise under one that shows what is in it; ``INSIDE`` has z = 0 on the carrier's chip side, for the
    carrier's own board, and no carrier. x is to the right, y away."""
    return step_file(package.name, scene(package, view))
