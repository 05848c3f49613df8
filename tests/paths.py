"""Where the tests' things lie."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
PLUGIN = REPOSITORY / "plugin"
RULES = REPOSITORY / "rules"
LIBRARY = REPOSITORY / "footprints"
PACKAGES = TESTS / "packages"
DEMO = PACKAGES / "demo.yaml"
OFFICIAL_FOOTPRINTS = Path("/usr/share/kicad/footprints")
OFFICIAL_DEMOS = Path("/usr/share/kicad/demos")
