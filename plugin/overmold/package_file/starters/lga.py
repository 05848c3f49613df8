"""A flip chip on copper pillars, on a substrate that stands on bare lands."""

from __future__ import annotations

from . import bga

_BUMPS = """\
      diameter: 100 um
      height: 90 um ± 5 um
"""
_PILLARS = """\
      diameter: 100 um
      pillar: 60 um ± 3 um
      solder_cap: 30 um ± 4 um
      plated_cap: 35 um ± 3 um
"""
_BALLS = """\
  array: {{grid: [12, 12], pitch: 0.8 mm}}
  diameter: 0.4 mm
  standoff: 0.3 mm ± 0.05 mm
  alloy: SAC305
  land: 0.45 mm
  opening: 0.35 mm
"""
_LANDS = """\
  terminals: lands
  array: {{grid: [12, 12], pitch: 0.8 mm}}
  land: 0.45 mm
  opening: 0.55 mm
  finish: ENIG
"""
# The same carrier and nets as the ball-grid array's, joined otherwise on both sides.
KEYS = bga.KEYS.replace(_BUMPS, _PILLARS).replace(_BALLS, _LANDS).replace("max_height: 1.2 mm", "max_height: 0.8 mm")
nets = bga.nets
