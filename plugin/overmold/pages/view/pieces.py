"""The pieces of metal of a package, and what of it hangs together, as ``metal`` has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...arrays import IntArray
from ...metal import BALL, BOND_PAD, BUMP, CARRIER_PAD, DIE_PAD, metal_of, open_nets
from ...metal.pieces import WORDS, Pieces, Run
from ...package import Package, keys
from ...pictures.marks import Marks
from .columns import column


def pieces_of(package: Package, hues: Marks) -> tuple[list[dict[str, Any]], IntArray]:
    """Every run of pieces with its columns, and by ``metal``'s number the page's (-1: the pad under a bump, which is seen as
    that bump). ``island`` is the same for all that hangs together, also where two nets meet."""
    metal = metal_of(package)
    pieces = metal.pieces
    shown = pieces.kind != CARRIER_PAD
    place: IntArray = np.where(shown, np.cumsum(shown) - 1, -1)
    return [_run(package, pieces, run, metal.all, hues) for run in pieces.runs if run.kind != CARRIER_PAD], place


def nets_of(package: Package) -> dict[str, Any]:
    """The nets by number, the first "" of what is on none, and the numbers of those that lie in pieces which nothing joins."""
    metal = metal_of(package)
    apart = open_nets(metal)
    return {"nets": metal.pieces.nets, "open": [i for i, net in enumerate(metal.pieces.nets) if net in apart]}


def _run(package: Package, pieces: Pieces, run: Run, islands: IntArray, hues: Marks) -> dict[str, Any]:
    mine = slice(run.first, run.first + len(run.names))
    return {
        "kind": WORDS[run.kind], "key": run.key, "whole": run.kind == DIE_PAD, "said": run.said, "names": run.names,
        "round": bool(pieces.is_round[run.first]), "on": _stands_on(package, run),
        **{name: column(numbers[mine]) for name, numbers in (
            ("x", pieces.xy[:, 0]), ("y", pieces.xy[:, 1]), ("w", pieces.size[:, 0]), ("h", pieces.size[:, 1]),
            ("angle", pieces.angle), ("net", pieces.net), ("island", islands), ("side", pieces.side))},
        "hues": dict(_hues(run, hues)),
    }


def _stands_on(package: Package, run: Run) -> str:
    """The key of the chip or passive that bears these pieces, that of the carrier for its own."""
    if run.part < 0:
        return keys.CARRIER
    parts = [*(chip.key for chip in package.chips), *(passive.key for passive in package.passives)]
    return parts[run.part]


def _hues(run: Run, hues: Marks) -> Iterator[tuple[int, str]]:
    """Which of a run are broken or warned of, by their place in it: by themselves, or as part of a crowd that is as a whole."""
    whole = hues.get(run.key[:-1]) if run.kind in (BALL, BOND_PAD, BUMP) else None
    for number, name in enumerate(run.names if hues else ()):
        hue = hues.get(run.key if run.kind == DIE_PAD else run.key + name) or whole
        if hue is not None:
            yield number, hue
