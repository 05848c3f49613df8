"""The lands for an upper package that an AIF file by Overmold has in a section of its own."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...arrays import Sites
from ...package import TopLands
from ...package.keys import TOP
from .aif_lines import File
from .aif_own_lines import length, own_lines, said, toleranced


def top_lands_of(file: File) -> Optional[TopLands]:
    """The lands, and what is said of the package on them; None where there are none. Raises Faults with the line."""
    lines = own_lines(file, "TOP_LANDS")
    head, rows = [one for one in lines if one.name == "top_lands"], [one for one in lines if one.name.startswith(f"{TOP}.")]
    if not head or not rows:
        return None
    one, own = head[0], np.array([length(file, row, 2) for row in rows], np.int64)
    xy = np.array([(length(file, row, 0), -length(file, row, 1)) for row in rows], np.int64)
    sites = Sites(tuple(row.name[len(TOP) + 1:] for row in rows), xy, (), own if own.any() else None)
    return TopLands(sites, tuple(said(row, 3) for row in rows), land=length(file, one, 0), opening=length(file, one, 1),
                    via=toleranced(file, one, 2), via_fill=toleranced(file, one, 3), ball_height=toleranced(file, one, 4),
                    upper_width=length(file, one, 5), upper_length=length(file, one, 6),
                    upper_thickness=toleranced(file, one, 7), stack_height=length(file, one, 8))
