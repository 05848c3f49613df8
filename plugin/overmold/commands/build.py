"""``overmold build``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..exits import KEPT
from ..plain import one_line
from .console import out


def run(arguments: argparse.Namespace) -> int:
    """Write the KiCad files and pictures of a package, and name them."""
    from ..kicad.writing.build import build as build_files
    from ..model3d import FINISHED, TRANSLUCENT
    from ..package_file import read_package_file
    from ..pictures.usual import usual_pictures

    mold = {"opaque": FINISHED, "translucent": TRANSLUCENT}[arguments.mold]
    package = read_package_file(Path(arguments.spec))
    pictures = usual_pictures(package)
    for path in build_files(package, Path(arguments.output), arguments.force, extra=pictures, say=_say, mold=mold):
        out(f"{one_line(str(path))}\n")
    return KEPT


def _say(words: str) -> None:
    print(words, file=sys.stderr)
