"""Pairs nearer than a rule among 200,000 bumps and one large pad: ours against KLayout, both against the truth.

Almost all bumps are exactly at the rule, so that an engine which rounds shows it; a few are moved nearer by 1 nm to 200 um
in x, in y or at 2.8 degrees. Only these can be in a pair, so comparing each with all others in int64 is the truth.
KLayout is given ready polygons and timed for its check alone, without making them and without reading its answer.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overmold.arrays import ArrayPattern, lay_out
from overmold.geometry.circles import pairs_nearer_than

IntArray = NDArray[np.int64]
Pairs = set[tuple[int, int]]
PITCH, DIAMETER, SMALLER, PAD, RULE = 150_000, 90_000, 80_000, 5_000_000, 60_000
STEPS = (1, 2, 10, 100, 1_000, 10_000, 50_000, 200_000)
CORNERS = 32  # of a circle, for KLayout: fewer are faster and coarser
FASTER, DECADE = 20, 12


def run() -> list[dict[str, Any]]:
    """The issue's rows about pairs and about growth."""
    return [against_klayout(), *growth()]


def crowd(count: int, seed: int = 7) -> tuple[IntArray, IntArray, IntArray]:
    """Centres and diameters of about ``count`` bumps around one large pad (the last circle), and which were moved."""
    side = round(count**0.5)
    xy = lay_out(ArrayPattern((side + 17, side + 17), (PITCH, PITCH))).xy
    clear = PAD // 2 + DIAMETER // 2 + RULE
    xy = xy[(xy**2).sum(axis=1) >= clear * clear][: count - 1]
    random = np.random.default_rng(seed)
    diameters: IntArray = np.where(random.random(len(xy)) < 0.1, SMALLER, DIAMETER).astype(np.int64)
    at_the_pad = int(((xy - np.array([clear, 0])) ** 2).sum(axis=1).argmin())
    moved = np.append(random.choice(len(xy), 3 * len(STEPS), replace=False), at_the_pad)
    diameters[moved] = DIAMETER
    angle = np.radians(2.8)
    for i, step in enumerate(STEPS):
        xy[moved[3 * i]] += (step, 0)
        xy[moved[3 * i + 1]] += (0, -step)
        xy[moved[3 * i + 2]] += np.rint(np.array([np.cos(angle), np.sin(angle)]) * step).astype(np.int64)
    xy[at_the_pad] = (clear - 1, 0)
    return np.vstack((xy, [[0, 0]])), np.append(diameters, PAD), np.append(moved, len(xy))


def truth(xy: IntArray, diameters: IntArray, moved: IntArray) -> Pairs:
    """Every pair that has a moved circle in it and is nearer than the rule, circle by circle."""
    pairs = set()
    for i in moved.tolist():
        squared = 4 * ((xy - xy[i]) ** 2).sum(axis=1)
        reach = diameters + diameters[i] + 2 * RULE
        for j in np.flatnonzero(squared < reach * reach).tolist():
            if i != j:
                pairs.add((min(i, j), max(i, j)))
    return pairs


def against_klayout() -> dict[str, Any]:
    """200,000 bumps and a pad: seconds of both, and what each missed or invented."""
    xy, diameters, moved = crowd(200_000)
    due = truth(xy, diameters, moved)
    ours_s, (i, j, _) = best_of(5, lambda: pairs_nearer_than(xy, diameters, RULE))
    ours = set(zip(i.tolist(), j.tolist()))
    row = {"what": f"pairs nearer than a rule, {len(xy):,} circles", "ours_s": ours_s, "to_reach": FASTER,
           "note": f"ours: {judged(ours, due)}"}
    if importlib.util.find_spec("klayout") is None:
        return {**row, "peer": "klayout (not installed)", "ok": False}
    peer_s, theirs, how = klayouts_answer(xy, diameters)
    note = f"{row['note']}; {how}: {judged(theirs, due)}; {len(due)} pairs are true"
    return {**row, "peer": how, "peer_s": peer_s, "ratio": peer_s / ours_s, "note": note,
            "ok": ours == due and peer_s >= FASTER * ours_s}


def judged(found: Pairs, due: Pairs) -> str:
    """How many pairs are missed and how many invented, in words."""
    return f"{len(due - found)} missed, {len(found - due)} invented"


def klayouts_answer(xy: IntArray, diameters: IntArray) -> tuple[float, Pairs, str]:
    """KLayout's seconds and pairs, by the quicker of its flat and its hierarchical engine (two threads)."""
    import klayout
    import klayout.db as db

    layout = db.Layout()
    layout.dbu = 0.001
    top, layer = layout.create_cell("TOP"), layout.layer(1, 0)
    angles = (np.arange(CORNERS) + 0.5) * 2 * np.pi / CORNERS
    for diameter in np.unique(diameters).tolist():
        cell = layout.create_cell(f"circle_{diameter}")
        radius = diameter / 2  # around the circle's corners, so that flats may lie inside the circle: KLayout's own way
        corners = [db.Point(round(radius * np.cos(a)), round(radius * np.sin(a))) for a in angles]
        cell.shapes(layer).insert(db.Polygon(corners))
        for x, y in xy[diameters == diameter].tolist():
            top.insert(db.CellInstArray(cell.cell_index(), db.Trans(x, y)))
    flat = db.Region(top.begin_shapes_rec(layer)).merged()
    flat_s, errors = best_of(1, lambda: flat.isolated_check(RULE, metrics=db.Metrics.Euclidian))
    store = db.DeepShapeStore()
    store.threads = 2
    deep = db.Region(top.begin_shapes_rec(layer), store)
    deep_s, deep_errors = best_of(1, lambda: deep.isolated_check(RULE, metrics=db.Metrics.Euclidian))
    quicker = min((flat_s, errors, "flat"), (deep_s, deep_errors, "deep, 2 threads"), key=lambda answer: answer[0])
    pairs = set()
    for error in quicker[1].each():
        ends = sorted(circle_at(xy, diameters, edge) for edge in (error.first, error.second))
        pairs.add((ends[0], ends[1]))
    return quicker[0], pairs, f"klayout {klayout.__version__} ({quicker[2]}, {CORNERS} corners)"


def circle_at(xy: IntArray, diameters: IntArray, edge: Any) -> int:
    """The circle to whose rim an edge of KLayout's answer belongs."""
    middle = np.array([(edge.x1 + edge.x2) / 2, (edge.y1 + edge.y2) / 2])
    return int(np.abs(np.hypot(*(xy - middle).T) - diameters / 2).argmin())


def growth() -> list[dict[str, Any]]:
    """The best of runs at each size, which take turns after one that warms up, so that a busy moment of the machine hits all;
    a decade of bumps may take twelve times as long."""
    sizes = (10_000, 100_000, 1_000_000)
    searches = {}
    for size in sizes:
        xy, diameters, _ = crowd(size)
        searches[size] = functools.partial(pairs_nearer_than, xy, diameters, RULE)
        searches[size]()
    rounds = [{size: best_of(times, searches[size])[0] for size, times in zip(sizes, (20, 3, 1))} for _ in range(9)]
    taken = {size: min(one[size] for one in rounds) for size in sizes}
    return [{
        "what": f"pairs, growth {small:,} to {large:,} bumps", "peer": f"ours at {small:,}", "ours_s": taken[large],
        "peer_s": taken[small], "ratio": taken[large] / taken[small], "to_reach": f"at most {DECADE} x",
        "ok": taken[large] <= DECADE * taken[small],
    } for small, large in zip(sizes, sizes[1:])]


def best_of(times: int, job: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest time of a few runs, and what the last of them returned."""
    seconds, answer = [], None
    for _ in range(times):
        begin = time.perf_counter()
        answer = job()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), answer


if __name__ == "__main__":
    for row in run():
        print(row)
    sys.exit(0)
