"""``overmold fill --vary``: the share of air closed in against one dimension."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..plain import one_line
from .console import err
from .progress import Progress

if TYPE_CHECKING:
    from ..fill import Options
    from ..package import Package


def told(package: Package, arguments: argparse.Namespace, options: Options, source: str) -> tuple[str, dict[str, Any]]:
    """The table as text and as plain data; the curve as a picture where a folder is named. Raises Faults."""
    from ..output_folder import write_all
    from ..pictures.fill_curve import fill_curve
    from ..report.fill_curve import curve, curve_data, curve_text, read_vary

    vary = read_vary(package, arguments.vary)
    with Progress("filling the mold again and again") as say:
        spots = curve(package, vary, options, say)
    if arguments.output:
        series = {name: [(one.ratio, one.under, one.over) for one in spots if one.chip == name]
                  for name in dict.fromkeys(one.chip for one in spots)}
        files = {f"{package.name}.fill-curve.svg": fill_curve(package.name, vary.key, series).encode()}
        for path in write_all(Path(arguments.output), f"{package.name}.fill-curve", files, arguments.force, say=err):
            err(str(path))
    data = {"source": source, "package": package.name, **curve_data(vary, spots)}
    return f"{package.name}  {one_line(source)}\n\n{curve_text(vary, spots)}\n", data
