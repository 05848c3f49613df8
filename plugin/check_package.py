"""The toolbar button 'Check package': judge the open board and show the verdicts in the browser."""

from __future__ import annotations

import sys

# KiCad puts the distribution's packages before those of the plugin's own environment; an old protobuf or numpy there
# would win. Behind them they still serve what the environment lacks.
sys.path.sort(key=lambda folder: "dist-packages" in folder)

from overmold.buttons import check_package

sys.exit(check_package())
