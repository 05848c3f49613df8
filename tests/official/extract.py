"""Read the pads of official footprints into a golden file of numbers: python tests/official/extract.py > …/golden.json

Run by hand where KiCad's footprint library is installed; the tests compare the golden file with it where it is there.
"""

from __future__ import annotations

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LIBRARIES = ("Package_BGA.pretty", "Package_CSP.pretty")
_PAD = re.compile(
    r'\(pad\s+"(?P<name>[^"]*)"\s+smd\s+(?P<shape>\w+)\s+\(at (?P<x>\S+) (?P<y>[^\s)]+)(?: [\d.]+)?\)'
    r'\s+\(size (?P<w>\S+) (?P<h>[^\s)]+)\)\s*(?:\(property [^)]*\)\s*)?\(layers (?P<layers>[^)]*)\)'
)


def nanometres(text: str) -> int:
    """A number of KiCad's, in millimetres, exactly."""
    return int(Decimal(text).scaleb(6).to_integral_value())


def pads_of(text: str) -> dict[str, Any]:
    """What all pads share, and of each its name and place in nm, of a footprint whose pads are alike."""
    found = list(_PAD.finditer(text))
    kinds = {(pad["shape"], nanometres(pad["w"]), nanometres(pad["h"]), *sorted(re.findall(r'"([^"]+)"', pad["layers"])))
             for pad in found}
    if len(found) != text.count("(pad ") or len(kinds) != 1:
        raise ValueError(f"{len(found)} pads of {len(kinds)} kinds read, of {text.count('(pad ')}")
    shape, width, height, *layers = kinds.pop()
    return {
        "shape": shape, "size": [width, height], "layers": layers,
        "pads": " ".join(f"{pad['name']} {nanometres(pad['x'])} {nanometres(pad['y'])}" for pad in found),
    }


def library_file(library: Path, footprint: str) -> Path:
    """The file of a footprint in one of the libraries."""
    return next(path for path in (library / name / f"{footprint}.kicad_mod" for name in LIBRARIES) if path.exists())


def main(library: Path) -> None:
    """Print the golden file, one footprint a line."""
    lines = []
    for footprint in yaml.safe_load((HERE / "specs.yaml").read_text(encoding="utf-8")):
        path = library_file(library, footprint)
        golden = {"file": f"{path.parent.name}/{path.name}", **pads_of(path.read_text(encoding="utf-8"))}
        lines.append(f"{json.dumps(footprint)}: {json.dumps(golden)}")
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/kicad/footprints"))
