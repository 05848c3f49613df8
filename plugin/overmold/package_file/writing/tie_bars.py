"""The tie bars of a lead frame in the package file: by one width where they run to the corners, else by their own corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ...geometry.leads import cut_of, tie_bars
from ...package import Frame
from ...shapes import Outline, area
from .text import length, line, pair, wrapped

_SLACK = 2  # nm


def bar_lines(frame: Frame, body: Outline) -> Iterator[str]:
    """The keys of all tie bars."""
    if frame.paddle is None:
        return
    width, own = _parted(frame.paddle, frame.tie_bars, body)
    if width:
        yield line(4, f"tie_bars: {length(width)}")
    if own:
        yield line(4, "own_tie_bars:")
    for bar in own:
        yield from wrapped(6, "- outline: [", [pair(corner) for corner in bar.rings[0]])


def near(one: Outline, other: Outline) -> bool:
    """Whether two outlines are the same, rounding aside: by the boxes around them and their areas."""
    boxes = max(abs(a - b) for a, b in zip(one.box, other.box)) <= _SLACK
    return boxes and ((one.is_box and other.is_box) or abs(area(one) - area(other)) <= _SLACK * 2 * sum(one.size))


def _parted(paddle: Outline, bars: Sequence[Outline], body: Outline) -> tuple[int, list[Outline]]:
    """The width of the four bars from the paddle's corners, 0 where they are not there, and all other bars."""
    found = []
    for width in _widths(bars, body):
        rest = _without(bars, tie_bars(body.size, paddle.size, width, cut_of(paddle)))
        if rest is not None:
            found.append((width, rest))
    if not found:
        return 0, list(bars)
    return min(found, key=lambda one: (len(str(one[0]).rstrip("0")), one[0]))


def _widths(bars: Sequence[Outline], body: Outline) -> set[int]:
    """Widths that the four bars may have: at the corner of the body a bar is cut off straight, and its end there is its width
    over the square root of two."""
    _, top, right, _ = body.box
    ends = {abs(x - corner) for bar in bars for x, y in bar.rings[0] for corner in (body.box[0], right)
            if abs(y - top) <= _SLACK and abs(x - corner) <= body.size[0] // 2}
    return {width for end in ends if end > _SLACK for width in range(round(end * 2**0.5) - 2, round(end * 2**0.5) + 3)
            if width > 0}


def _without(bars: Sequence[Outline], due: Sequence[Outline]) -> Optional[list[Outline]]:
    """The bars without these; None where one of these is not among them."""
    left = list(bars)
    for one in due:
        same = next((bar for bar in left if near(bar, one)), None)
        if same is None:
            return None
        left.remove(same)
    return left
