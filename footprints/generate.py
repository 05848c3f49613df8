"""What footprints/overmold.pretty is made of (`make generated`): of each of footprints/specs the land pattern and the carrier.

A wafer-level package is its own carrier, so it has a land pattern only.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "plugin"))

from overmold.drawing.land_pattern import draw_land_pattern  # noqa: E402
from overmold.drawing.parts import draw_carrier  # noqa: E402
from overmold.kicad.writing.fields import carrier_fields, land_pattern_fields  # noqa: E402
from overmold.kicad.writing.footprint import footprint_file  # noqa: E402
from overmold.package_file import read_package_file  # noqa: E402

SPECS = HERE / "specs"
LIBRARY = HERE / "overmold.pretty"


def library_files() -> dict[str, bytes]:
    """Every footprint of the library by file name; raises Faults for a spec that cannot be read."""
    files = {}
    for path in sorted(SPECS.glob("*.yaml")):
        package = read_package_file(path)
        pattern = draw_land_pattern(package)
        files[f"{pattern.name}.kicad_mod"] = footprint_file(pattern, land_pattern_fields(package))
        if package.carrier is not None and package.carrier.kind != "wafer":
            carrier = draw_carrier(package)
            files[f"{carrier.name}.kicad_mod"] = footprint_file(carrier, carrier_fields(package))
    return files
