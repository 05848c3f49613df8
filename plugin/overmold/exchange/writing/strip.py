"""A whole strip as DXF: its outline, blocks, streets, packages and gates, layer by layer, about its middle, y up."""

from __future__ import annotations

import numpy as np

from ...measures.strip import Strip, strip_to_draw
from ...measures.strip_gates import gates_of
from ...package import Package
from ...package.moved import at_home
from ...shapes import Outline, rectangle
from .dxf import dxf_file
from .plan import Circles, Plan, Shape


def write(package: Package) -> bytes:
    """The DXF; nothing for a package that states no strip, or lacks what its place on one follows from."""
    package = at_home(package)
    strip = strip_to_draw(package)
    return dxf_file(_plan(package, strip)) if isinstance(strip, Strip) else b""


def _plan(package: Package, strip: Strip) -> Plan:
    shapes = [] if strip.outline is None else [Shape("STRIP", "", _up(strip.outline))]
    shapes += [Shape("MOLD", "", _up(block)) for block in strip.block_boxes()]
    shapes += [Shape("STREETS", "", _up(street)) for street in strip.streets()]
    shapes += [Shape("OUTLINE", f"{row}-{column}", _up(rectangle((x, y), strip.body)))
               for row, y in enumerate(strip.rows(), 1) for column, x in enumerate(strip.columns(), 1)]
    gates = gates_of(package, strip) or []
    circles = (Circles("GATES", ("",) * len(gates), np.array([gate.at for gate in gates], np.int64) * (1, -1),
                       np.array([gate.width for gate in gates], np.int64)),) if gates else ()
    return Plan(tuple(shapes), circles, ())


def _up(outline: Outline) -> Outline:
    return Outline(tuple(tuple((x, -y) for x, y in ring) for ring in outline.rings))
