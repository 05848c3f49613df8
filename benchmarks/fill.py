"""Filling the demo's mold: both layers at 64 x 64 and 128 x 128 cells against the same front written plainly, its growth, and a
strip of 2 x 3 units; seconds of the processor."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

from overmold.fill import Options, fill
from overmold.package import Package
from overmold.package_file import read_package_file

from ._naive_fill import Naive

DEMO = Path(__file__).resolve().parents[1] / "tests/packages/demo.yaml"
LIMITS = {64: 0.5, 128: 3.0}
STRIP, STRIP_LIMIT, STRIP_CELLS = (2, 3), 5.0, 48
HEIGHTS = (315.0, 75.0, 150.0)


def run() -> list[dict[str, Any]]:
    """A row a grid, one on growth, one on the strip."""
    demo = read_package_file(DEMO)
    ours = {cells: best(lambda cells=cells: fill(demo, Options(cells, halved=False)))  # type: ignore[misc]
            for cells in LIMITS}
    theirs = {cells: best(Naive(cells, 10_000, 5_000, HEIGHTS).fill, 1) for cells in LIMITS}
    rows = [{"what": f"fill of the demo, {cells} x {cells} cells, two layers", "peer": "the same front, plain gradients",
             "ours_s": ours[cells], "peer_s": theirs[cells], "ratio": theirs[cells] / ours[cells],
             "to_reach": f"under {limit:g} s", "ok": ours[cells] < limit,
             "note": "processor time; ours with layers from the package, pockets and answer, the peer's front alone"}
            for cells, limit in LIMITS.items()]
    growth = ours[128] / ours[64]
    rows.append({"what": "growth of a fill, 4 times the cells", "peer": "none", "ours_s": ours[128], "to_reach": "under 10 x",
                 "ratio": growth, "ok": growth < 10,
                 "note": f"{growth:.1f} times the time; the peer's grows {theirs[128] / theirs[64]:.1f} times"})
    strip_s = best(lambda: fill(strip(demo), Options(STRIP_CELLS, halved=False)), 1)
    rows.append({"what": f"fill of a strip of 2 x 3 units, {STRIP_CELLS} cells each way a unit", "peer": "none",
                 "ours_s": strip_s, "to_reach": f"under {STRIP_LIMIT:g} s", "ok": strip_s < STRIP_LIMIT})
    return rows


def strip(package: Package) -> Package:
    """Six of them in one cavity."""
    assert package.mold is not None
    return replace(package, mold=replace(package.mold, process=replace(package.mold.process, cavity=STRIP)))


def best(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)
