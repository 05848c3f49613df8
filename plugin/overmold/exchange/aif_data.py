"""Which data AIF of our own carries besides what its lines have a place for: written and read by these names."""

from __future__ import annotations

# Without these a chip would come back as another: its back bare or not, over underfill, on pillars, at a calculated height.
FURTHER_OF_CHIPS = ("gap_filled_with", "fillet", "exposed", "weight", "attach_form")
FURTHER_OF_BUMPS = ("ubm", "passivation", "pillar", "solder_cap", "plated_cap", "presolder", "sphere", "coined",
                    "surface_tension")
