"""Ten thousand balls as DXF, GDSII and a workbook, beside what ezdxf, gdstk and openpyxl write of the same.

The peers are given ready places, names and nets and write the balls alone, openpyxl by its quicker way that only writes;
importing them is not timed. Ours makes the whole file from the package, with lands, outline and, in the workbook, the map and
the bill. Processor time on both sides.
"""

from __future__ import annotations

import importlib.util
import io
import statistics
import tempfile
from pathlib import Path
from typing import Any, Callable

from overmold.exchange.writing import dxf, gds, workbook
from overmold.package import Package

from .ball_map import SIDE, _timed, large

_TO_REACH = {"dxf": 5.0, "gds": 0.5, "xlsx": 2.0}  # gdstk is C++, and no requirement of ours


def run() -> list[dict[str, Any]]:
    """A row for each kind of file."""
    package = large()
    kinds = (("dxf", "ezdxf", dxf.write, _ezdxf), ("gds", "gdstk", gds.write, _gdstk),
             ("xlsx", "openpyxl", workbook.write, _openpyxl))
    return [_row(package, *kind) for kind in kinds]


def _row(package: Package, kind: str, peer: str, write: Callable[[Package], bytes],
         others: Callable[[Package], Callable[[], bytes]]) -> dict[str, Any]:
    ours_s = statistics.median(_timed(lambda: write(package)) for _ in range(7))
    row = {"what": f"{kind} of {SIDE * SIDE:,} balls", "peer": f"{peer} (not installed)", "ours_s": ours_s,
           "to_reach": f"{_TO_REACH[kind]:g} x", "ok": False, "note": f"{len(write(package)) / 1000:.0f} kB"}
    if importlib.util.find_spec(peer) is None:
        return row
    theirs = others(package)
    theirs()
    peer_s = statistics.median(_timed(theirs) for _ in range(5))
    return {**row, "peer": peer, "peer_s": peer_s, "ratio": peer_s / ours_s, "ok": peer_s >= _TO_REACH[kind] * ours_s}


def _ezdxf(package: Package) -> Callable[[], bytes]:
    import ezdxf

    spots, names = _balls(package)

    def write() -> bytes:
        document = ezdxf.new("R2000", units=ezdxf.units.MM)
        space = document.modelspace()
        for name, (x, y) in zip(names, spots):
            space.add_circle((x, -y), 0.125, dxfattribs={"layer": "BALLS"})
            space.add_text(name, height=0.08, dxfattribs={"layer": "NAMES"}).set_placement((x, -y))
        stream = io.StringIO()
        document.write(stream)
        return stream.getvalue().encode()

    return write


def _gdstk(package: Package) -> Callable[[], bytes]:
    import gdstk

    spots, names = _balls(package)

    def write() -> bytes:
        library = gdstk.Library(unit=1e-6, precision=1e-9)
        ball, top = library.new_cell("BALL"), library.new_cell("TOP")
        ball.add(gdstk.regular_polygon((0, 0), 24.5, 64, layer=10))
        for name, (x, y) in zip(names, spots):
            top.add(gdstk.Reference(ball, (x * 1000, -y * 1000)), gdstk.Label(name, (x * 1000, -y * 1000), layer=10))
        with tempfile.TemporaryDirectory() as folder:
            library.write_gds(Path(folder, "one.gds"))
            return Path(folder, "one.gds").read_bytes()

    return write


def _openpyxl(package: Package) -> Callable[[], bytes]:
    import openpyxl

    assert package.balls is not None
    (spots, names), nets = _balls(package), package.balls.nets

    def write() -> bytes:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Balls")
        for name, net, (x, y) in zip(names, nets, spots):
            sheet.append([name, net, x, y, 0.25, "far side"])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return write


def _balls(package: Package) -> tuple[list[tuple[float, float]], tuple[str, ...]]:
    assert package.balls is not None
    return [(x / 1e6, y / 1e6) for x, y in package.balls.sites.xy.tolist()], package.balls.sites.names
