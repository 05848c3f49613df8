"""What the libraries beside this file are made of (`make generated`), for each of footprints/specs:

- ``overmold.pretty``: the land pattern for a customer's board, of a package with a heat sink pad also with thermal vias;
- ``overmold.3dshapes``: the shape of the finished package;
- ``overmold_carriers.pretty``: the carrier, to begin a package's own board from. A wafer is drawn by its land pattern already.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "plugin"))

from overmold.drawing.parts import draw_carrier  # noqa: E402
from overmold.kicad.writing.build import land_patterns  # noqa: E402
from overmold.kicad.writing.fields import carrier_fields, land_pattern_fields  # noqa: E402
from overmold.kicad.writing.footprint import footprint_file  # noqa: E402
from overmold.model3d import step_model  # noqa: E402
from overmold.package import WAFER  # noqa: E402
from overmold.package_file import read_package_file  # noqa: E402

SPECS = HERE / "specs"
PATTERNS, CARRIERS, MODELS = FOLDERS = ("overmold.pretty", "overmold_carriers.pretty", "overmold.3dshapes")
IDENTIFIER: str = json.loads((HERE.parent / "metadata.json").read_text(encoding="utf-8"))["identifier"] + "-library"
# Where the content manager puts the models; KiCad 10 takes its own folder for that of KiCad 9.
INSTALLED = f"${{KICAD9_3RD_PARTY}}/3dmodels/{IDENTIFIER.replace('.', '_')}"


def library_files() -> dict[str, bytes]:
    """Every file of the libraries by its path from here; raises Faults for a spec that cannot be read."""
    files = {}
    for path in sorted(SPECS.glob("*.yaml")):
        package = read_package_file(path)
        model = f"{MODELS}/{package.name}.step"
        files[model] = step_model(package)
        for part in land_patterns(package):
            placed = replace(part, models=(f"{INSTALLED}/{model}",))
            files[f"{PATTERNS}/{part.name}.kicad_mod"] = footprint_file(placed, land_pattern_fields(package))
        if package.carrier is not None and package.carrier.kind != WAFER:
            carrier = draw_carrier(package)
            files[f"{CARRIERS}/{carrier.name}.kicad_mod"] = footprint_file(carrier, carrier_fields(package))
    return files
