"""Read the lands of official no-lead footprints into a golden file: python tests/official/extract_no_lead.py > no_lead.json

Run by hand where KiCad's footprint library is installed; the tests compare the golden file with it where it is there.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LIBRARY = "Package_DFN_QFN.pretty"
_PAD = re.compile(r'\(pad\s+"(?P<name>[^"]*)"\s+smd\s+\w+\s+\(at (?P<x>\S+) (?P<y>[^\s)]+)(?: [\d.]+)?\)'
                  r'\s+\(size (?P<w>\S+) (?P<h>[^\s)]+)\)(?P<rest>.*?\(layers (?P<layers>[^)]*)\))', re.S)


def nanometres(text: str) -> int:
    """A number of KiCad's, in millimetres, exactly."""
    return int(Decimal(text).scaleb(6).to_integral_value())


def rows() -> list[dict[str, str]]:
    """The published sizes."""
    lines = (HERE / "no_lead.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def told(row: dict[str, str]) -> list[str]:
    """The lands that a golden row keeps: the first, one in the middle of the left side and of the bottom, the exposed pad.

    At the ends of a side the library cuts corners off lands, so these tell where a land is, but not how large."""
    down, across = int(row["down"]), int(row["across"])
    return ["1", str((down + 1) // 2), str(down + (across + 1) // 2), str(2 * (down + across) + 1)]


def lands_of(text: str, names: list[str]) -> dict[str, Any]:
    """Of a footprint: place and size of the lands so named, windows of paste on the exposed pad, the sizes' source."""
    lands, windows = {}, Counter()
    for pad in _PAD.finditer(text):
        numbers = [nanometres(pad[key]) for key in "xywh"]
        if pad["name"] in names:
            lands[pad["name"]] = numbers
        elif not pad["name"] and pad["layers"].strip() == '"F.Paste"':
            windows[tuple(numbers[2:])] += 1
    (source,) = re.findall(r'\(descr "[^"]*?\((http[^"]*?)\), generated', text) or [""]
    return {"source": source, "lands": lands, "paste": [[*size, count] for size, count in windows.items()]}


def main(library: Path) -> None:
    """Print the golden file, one footprint a line."""
    lines = []
    for row in rows():
        path = library / LIBRARY / f"{row['footprint']}.kicad_mod"
        lines.append(f"{json.dumps(row['footprint'])}: {json.dumps(lands_of(path.read_text(encoding='utf-8'), told(row)))}")
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/kicad/footprints"))
