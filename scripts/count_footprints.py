"""Count how many of KiCad's official footprints ``overmold import`` reads to a package file that is built again the same.

    .venv/bin/python scripts/count_footprints.py [/usr/share/kicad/footprints] [--all]

``--all`` lists what each was taken for; what was refused or came out different is listed anyway.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "plugin"), str(ROOT / "tests")]

from official.again import LIBRARIES, outcome


def main() -> int:
    """One line a library; 1 where a footprint came out different."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(words[0] if words else "/usr/share/kicad/footprints")
    totals: Counter[str] = Counter()
    for library in LIBRARIES:
        counts: Counter[str] = Counter()
        for path in sorted((folder / f"{library}.pretty").glob("*.kicad_mod")):
            result, said, notes = outcome(path)
            counts[result] += 1
            if result != "same" or "--all" in sys.argv:
                print(f"  {path.stem}: {result}: {said or '; '.join(notes)}"[:400])
        totals.update(counts)
        print(f"{library}: {counts['same']} built again the same, {counts['refused']} refused, {counts['different']} different")
    print(f"together: {totals['same']} of {totals.total() if sys.version_info >= (3, 10) else sum(totals.values())} the same, "
          f"{totals['refused']} refused with a reason, {totals['different']} different")
    return 1 if totals["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
