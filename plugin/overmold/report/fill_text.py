"""What came of filling a mold, in words and as plain data: the answer in one line, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..fill import Filled, Part, Trapped
from ..fill.words import NOT_MODELLED, TELLABLE, block_name, headline, largest, percent, place, worst
from ..package.words import GATES, PARTING_LINE
from ..units import ANGLE, LENGTH, mm, show
from .table import columns, listed, paint


def fill_text(filled: Filled, source: str, colour: bool = False, named: bool = False) -> str:
    """The whole answer for a terminal; ``named``: with the name of the block of mold, where there are several."""
    head = f"{paint(filled.package.name, 'bold', colour)}  {source}" + (f"  {block_name(filled.block)}" if named else "")
    hue = "yellow" if any(one.before >= TELLABLE for one in worst(filled)) else "green"
    rows = [("", "closed in", "± grid", "after packing", "widest then", "where", "closed at"),
            *(tuple(_row(filled, one)) for one in filled.trapped)]
    blocks = [head, paint(headline(filled), hue, colour)]
    blocks += [columns(rows, colour)] if len(rows) > 1 else []
    blocks += [listed("Taken for this", list(_taken(filled)), colour), NOT_MODELLED]
    return "\n\n".join(blocks) + "\n"


def _row(filled: Filled, one: Trapped) -> Iterator[str]:
    void = largest(filled, one.part)
    yield place(filled, one.part)
    yield percent(one.before)
    yield "" if one.error is None else f"± {percent(one.error)}"
    yield "" if one.after is None else percent(one.after)
    yield "" if void is None or void.across is None else show(round(void.across, -3), LENGTH)
    yield "" if void is None else f"({mm(round(void.at[0], -4))} mm, {mm(round(void.at[1], -4))} mm)"
    yield "" if void is None else f"{100 * void.closed:.0f} % of the time"


def _taken(filled: Filled) -> Iterator[str]:
    process, (nx, ny) = filled.process, filled.grid
    rows, columns_ = process.cavity
    width = f", {show(process.gate_width, LENGTH)} wide" if process.gate_width else ""
    yield f"gate: {process.gate or GATES[0]}{width}{'' if process.gate else ' (not stated)'}"
    yield f"vents: {process.vents or PARTING_LINE}{'' if process.vents else ' (not stated)'}"
    yield f"cavity: {rows} x {columns_} units, {nx} x {ny} cells"
    mold = filled.package.mold
    if mold is not None and mold.draft:
        yield (f"walls that lean in by {show(mold.draft, ANGLE)}: the ceiling beside them is as high as the wall stands there, "
               "on the mean of each cell")
    if filled.is_far:
        yield "it lies on the far side: sides and places are as seen from above, through the package"
    if filled.seconds is not None:
        yield (f"time to fill: {filled.seconds:.2g} s with the packing pressure at the gate from the start, by the flow data "
               f"of {filled.package.mold.compound if filled.package.mold else ''}")
    if filled.unknown:
        yield filled.unknown
    if filled.found.unreached > 0:
        yield f"{percent(filled.found.unreached)} of the cavity cannot be reached from the gate"


def fill_data(filled: Filled, source: str) -> dict[str, Any]:
    """The same as plain data: shares as numbers, lengths in um, positions in mm about the carrier's centre, pressures in Pa."""
    vacuum, packing = filled.pressures.vacuum, filled.pressures.packing
    return {
        "source": source, "package": filled.package.name, "block": filled.block, "answer": headline(filled),
        "cells": list(filled.grid),
        "pressure_Pa": None if vacuum is None else vacuum / 10**6, "packing_Pa": None if packing is None else packing / 10**6,
        "seconds": filled.seconds, "unreached": filled.found.unreached,
        "trapped": [{**_part_data(one.part), "before": one.before, "after": one.after, "error": one.error}
                    for one in filled.trapped],
        "voids": [{**_part_data(one.part), "share": one.share, "at": [one.at[0] / 10**6, one.at[1] / 10**6],
                   "closed": one.closed, "across_um": None if one.across is None else one.across / 1000}
                  for one in filled.found.voids],
        "gaps": [{**_part_data(one.part), "filled_when_front_is_across": one.filled} for one in filled.found.lags],
        "not_modelled": NOT_MODELLED,
    }


def _part_data(part: Part) -> dict[str, Any]:
    return {"where": part.where, "chip": part.chip, "row": part.row + 1, "column": part.column + 1}
