"""Wires: the whole check of a package with 250 and with 5,000 of them, from start to exit, listed in a table."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from .process import OVERMOLD, measured

# Chips in a square, each with a ring of pads and a ring of fingers 1.2 mm farther out.
CASES = ((250, 1, 1.0), (5000, 5, 5.0))  # wires, chips along a side, seconds allowed
PAD_PITCH, FINGER_PITCH = 0.08, 0.1


def run() -> list[dict[str, Any]]:
    """One row a size."""
    return [drc(*case) for case in CASES]


def drc(wires: int, chips: int, limit: float) -> dict[str, Any]:
    """`overmold drc` of so many wires on ``chips`` x ``chips`` chips, at most ``limit`` seconds."""
    with tempfile.TemporaryDirectory() as name:
        spec = written(Path(name), round(wires / chips**2 / 4), chips)
        runs = [measured([OVERMOLD, "drc", str(spec)]) for _ in range(5)]
    ours_s, memory = statistics.median(taken for taken, _, _ in runs), max(rss for _, rss, _ in runs)
    read = all(code in (0, 1) for _, _, code in runs)  # no chip here is flip-chip bonded, which breaks a claim's rule
    return {
        "what": f"overmold drc, {wires:,} wires", "peer": "none", "ours_s": ours_s, "to_reach": f"under {limit:g} s",
        "ok": read and ours_s < limit, "note": f"largest resident memory {memory / 1e6:.0f} MB" if read else "faulted",
    }


def written(folder: Path, a_side: int, chips: int) -> Path:
    """The package file and its table of wires; ``a_side`` wires leave each side of each chip."""
    die = a_side * PAD_PITCH + 0.4
    cell, reach = die + 5, die / 2 + 1.2
    half, edge = (a_side - 1) / 2 * FINGER_PITCH, (a_side + 1) / 2 * PAD_PITCH
    parts, fingers, rows = [], [], ["from,to"]
    for k in range(chips**2):
        x, y = ((i - (chips - 1) / 2) * cell for i in divmod(k, chips))
        pads = []
        for side, (dx, dy) in zip("LBRT", ((-1, 0), (0, 1), (1, 0), (0, -1))):
            ends = [(x + dx * reach + dy * way, y + dy * reach - dx * way) for way in (-half, half)]
            first, last = (f"[{a:.6f} mm, {b:.6f} mm]" for a, b in ends)
            fingers.append(f"    - {{row: {{from: {first}, to: {last}, count: {a_side}}}, size: [60 um, 200 um], "
                           f"angle: {90 if dx else 0} deg, prefix: F{k}{side}}}")
            for i in range(a_side):
                along = (i - (a_side - 1) / 2) * PAD_PITCH
                pads.append(f"{side}{i + 1}: [{dx * edge + dy * along:.6f} mm, {dy * edge - dx * along:.6f} mm]")
                rows.append(f"U{k}.{side}{i + 1},F{k}{side}{i + 1}")
        parts += [f"  - {{name: U{k}, size: [{die:.6f} mm, {die:.6f} mm], at: [{x:.6f} mm, {y:.6f} mm], bonded: face-up,",
                  "     thickness: 150 um ± 10 um, attach: 20 um ± 5 um,",
                  f"     pads: {{size: 60 um, array: {{at: {{{', '.join(pads)}}}}}}}}}"]
    spec = folder / "wired.yaml"
    spec.write_text("\n".join([
        "package: wired", "carrier:", "  kind: substrate", f"  size: [{chips * cell:.6f} mm, {chips * cell:.6f} mm]",
        "  fingers:", *fingers, "chips:", *parts, "mold: {cap: 500 um, filler: 20 um}",
        "wires: {csv: wires.csv, defaults: {diameter: 20 um, loop_height: 120 um ± 20 um}}", ""]), encoding="utf-8")
    (folder / "wires.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return spec
