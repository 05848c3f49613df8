"""``overmold take-over``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from ..faults import fail
from ..input_file import read_input
from ..plain import one_line
from .console import err, out


def run(arguments: argparse.Namespace) -> int:
    """List what differs between a board and its package file, or write what is named into the file; raises Faults."""
    from ..kicad.placing.offer import Wish, offer
    from ..package_file import read_package_file
    from ..take_over import rows_to_take_over, take_over

    file = Path(arguments.spec)
    made = offer(read_package_file(file), read_input(Path(arguments.board)), arguments.board, Wish()).proposal
    if made.board is None:
        raise fail(arguments.board, "nothing on this board is part of a package")
    rows = rows_to_take_over(made, file)
    asked = [row.id for row in rows if not row.why_not] if arguments.all else arguments.only
    unknown = [one for one in asked if one not in {row.id for row in rows}]
    if unknown:
        raise fail(arguments.board, f"'{unknown[0]}' does not differ; without --only, the command lists what does")
    if not asked:
        for row in rows:
            out(f"{one_line(row.id)}: {one_line(row.file) or 'none'} -> {one_line(row.board) or 'none'}"
                f"{f' ({row.why_not})' if row.why_not else ''}\n")
        if any(not row.why_not for row in rows):
            err("nothing is written yet: --only ROW writes that row into the package file, --all every row that can be")
        if not rows:
            err("the board is what the package file says; there is nothing to take over")
        return KEPT
    for written in take_over(made, file, asked):
        out(f"{one_line(str(written))}\n")
    return KEPT
