"""The tie bars of a frame: from the paddle's corners to the body's, and those of a course of their own."""

from __future__ import annotations

from typing import Optional

from ...faults import Fault
from ...geometry.joined import groups, touching
from ...geometry.leads import bar_along, cut_of, tie_bars
from ...marked_yaml import Marked
from ...shapes import Outline, Point, distance, margin_inside, rectangle
from ..models.frame import Frame, OwnTieBar
from ..models.values import Path
from .lead_rows import HERE
from .outlines import corner_outline


def built_bars(frame: Frame, body: Point, paddle: Optional[Outline], marked: Marked, faults: list[Fault]
               ) -> tuple[Outline, ...]:
    """All tie bars; a fault for each that does not hold the paddle."""
    if paddle is None:
        return ()
    bars: tuple[Outline, ...] = ()
    if frame.tie_bars:
        bars = tie_bars(body, paddle.size, frame.tie_bars, cut_of(paddle))
        if any(distance(bar, paddle) for bar in bars):
            faults.append(marked.fault((*HERE, "tie_bars"), "a tie bar would end beside the paddle, whose corners are cut off; "
                                       "draw the paddle otherwise or leave them out", key=True))
            return ()
    own = [(bar, (*HERE, "own_tie_bars", i)) for i, one in enumerate(frame.own_tie_bars)
           if (bar := _own(one, (*HERE, "own_tie_bars", i), marked, faults)) is not None]
    metal = [paddle, *bars, *(bar for bar, _ in own)]
    held: set[int] = next((set(some) for some in groups(len(metal), list(touching(metal))) if 0 in some), set())
    for number, (bar, path) in enumerate(own, 1 + len(bars)):
        if margin_inside(bar, rectangle((0, 0), body)) < -1:
            faults.append(marked.fault(path, "this tie bar reaches beyond the body; end it at the body's edge", key=True))
        elif number not in held:
            faults.append(marked.fault(path, "this tie bar holds nothing; let it reach the paddle, or another tie bar that "
                                       "does", key=True))
    return (*bars, *(bar for bar, _ in own))


def _own(one: OwnTieBar, path: Path, marked: Marked, faults: list[Fault]) -> Optional[Outline]:
    if (one.path is None) == (one.outline is None):
        said = "write either 'path' with 'width', or 'outline'" + (", not both" if one.path is not None else "")
        faults.append(marked.fault(path, said, key=True))
        return None
    if one.outline is not None:
        return corner_outline(one.outline, (0, 0), 0, (*path, "outline"), marked, faults)
    if one.width is None:
        faults.append(marked.fault(path, "a tie bar with a middle line has a width; write for example width: 150 um", key=True))
        return None
    line = [(x, y) for x, y in one.path or ()]
    twice = next((i for i in range(1, len(line)) if line[i] == line[i - 1]), None)
    if twice is not None:
        faults.append(marked.fault((*path, "path", twice), "this corner is given twice in a row; remove one of the two"))
        return None
    bar = bar_along(line, one.width)
    if bar is None:
        faults.append(marked.fault((*path, "path"), "this middle line comes back to itself; write its bars one by one",
                                   key=True))
    return bar
