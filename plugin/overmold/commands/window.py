"""``overmold window``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from ..faults import fail
from ..plain import one_line
from .common import deck_of, emit, must_be_svg, read_named, settings_for
from .console import out


def run(arguments: argparse.Namespace) -> int:
    """Draw the window in which a design holds, and name the file."""
    from ..check import under
    from ..pictures.window import gap_window, region_window
    from ..solve import AT_CORNERS, NOMINAL
    from ..solve.region import region
    from ..study import assumptions_of

    must_be_svg(arguments.output or "")
    path = Path(arguments.file)
    deck = deck_of(settings_for(arguments, path))
    package = under(read_named(path), deck)
    assumed = assumptions_of(package.tolerances, seed=arguments.seed)
    if bool(arguments.x) != bool(arguments.y) or (arguments.x and arguments.x == arguments.y):
        raise fail("overmold window", "takes two dimensions, --x and --y, or neither for t2 over t1")
    if arguments.x:
        mode = AT_CORNERS if arguments.corners else NOMINAL
        picture = region_window(package, region(package, deck.rules, arguments.x, arguments.y, mode), assumed)
        name = f"{package.name}.{arguments.x}-{arguments.y}.svg"
    else:
        found = gap_window(package, deck.rules, assumed, arguments.chip)
        if found is None:
            where = f" under {arguments.chip}" if arguments.chip else ""
            raise fail(str(path), f"there is no gap{where} of which t1 and t2 are known; give two dimensions with --x and --y")
        picture, name = found, f"{package.name}.window.svg"
    emit(picture, arguments.output or name)
    out(f"{one_line(arguments.output or name)}\n")
    return KEPT
