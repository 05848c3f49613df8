"""The ball map of ten thousand balls as an SVG file, beside one that matplotlib draws.

The peer is given ready positions and colours and draws them by its quickest way, one scatter, without titles, legend or names;
importing it and a first figure are not timed. Ours makes all of the map from the package. Processor time on both sides.
"""

from __future__ import annotations

import importlib.util
import io
import statistics
import time
from typing import Any, Callable

from overmold.arrays import ArrayPattern, lay_out
from overmold.package import FAR_SIDE, Balls, Carrier, Package
from overmold.pictures.ball_map import ball_map
from overmold.pictures.net_hues import CLASS, hues_of
from overmold.shapes import rectangle
from overmold.units import Toleranced

SIDE, PITCH = 100, 400_000  # balls a side, nm
TO_REACH, SMALLER = 50, 5
_COLOURS = {"ground": "#aab4be", "supply": "#f2b544", "signal": "#8ecbf0", "none": "#e8ebee"}


def run() -> list[dict[str, Any]]:
    """One row, its ratio that of the times; the file's size is part of what is to be reached."""
    package = large()
    ours = [_timed(lambda: ball_map(package)) for _ in range(5)]
    size = len(ball_map(package).encode())
    row = {"what": f"ball map of {SIDE * SIDE:,} balls", "peer": "matplotlib (not installed)",
           "ours_s": statistics.median(ours), "ok": False,
           "to_reach": f"{TO_REACH} x, a {'fifth' if SMALLER == 5 else SMALLER} of the size", "note": f"{size / 1000:.0f} kB"}
    if importlib.util.find_spec("matplotlib") is None:
        return [row]
    import matplotlib

    peer = _peer(package)
    theirs = len(peer())
    # In turns, so that a busy moment of the machine hits both.
    rounds = [(_timed(peer), *(_timed(lambda: ball_map(package)) for _ in range(3))) for _ in range(7)]
    peer_s, ours_s = statistics.median(one[0] for one in rounds), statistics.median(one for some in rounds for one in some[1:])
    return [{**row, "peer": f"matplotlib {matplotlib.__version__}", "ours_s": ours_s, "peer_s": peer_s,
             "ratio": peer_s / ours_s, "ok": peer_s >= TO_REACH * ours_s and theirs >= SMALLER * size,
             "note": f"{size / 1000:.0f} kB beside {theirs / 1000:.0f} kB, a {theirs / size:.1f}th"}]


def large() -> Package:
    """A carrier with so many balls, a third of them supplies and grounds, the others on nets of four."""
    sites = lay_out(ArrayPattern((SIDE, SIDE), (PITCH, PITCH)))
    nets = tuple(("VDD", "GND", "VDDQ")[i % 3] if i % 9 < 3 else f"DQ{i // 4}" if i % 40 else "" for i in range(len(sites)))
    size = (SIDE + 2) * PITCH
    balls = Balls(sites, nets, (FAR_SIDE,) * len(sites), diameter=Toleranced(250_000),
                  standoff=Toleranced(180_000), land=240_000)
    return Package("large", "large.yaml", Carrier("substrate", rectangle((0, 0), (size, size))), balls=balls)


def _peer(package: Package) -> Callable[[], bytes]:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    assert package.balls is not None
    x, y = package.balls.sites.xy[:, 0] / 1e6, package.balls.sites.xy[:, 1] / 1e6
    colours = [""] * len(x)
    for hue in hues_of(package.balls.nets, CLASS):
        for numbers in hue.balls.values():
            for i in numbers:
                colours[i] = _COLOURS[hue.kind]

    def draw() -> bytes:
        figure, axes = pyplot.subplots(figsize=(8, 8))
        axes.scatter(x, y, s=12, c=colours, linewidths=0)
        axes.set_aspect("equal")
        axes.axis("off")
        file = io.BytesIO()
        figure.savefig(file, format="svg")
        pyplot.close(figure)
        return file.getvalue()

    return draw


def _timed(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
