"""The die attach pad of a lead frame in the package file: by size and cut corner, or by its corners."""

from __future__ import annotations

from collections.abc import Iterator

from ...geometry.leads import cut_of
from ...shapes import Outline, Point
from .text import length, line, pair, wrapped

_SLACK = 2  # nm


def _is_sayable(outline: Outline) -> bool:
    return outline.is_box or cut_of(outline) > 0


def paddle_lines(paddle: Outline, foot: Outline) -> Iterator[str]:
    """All keys of the paddle, its net aside."""
    at = paddle.centre
    plain = _is_sayable(paddle) and _is_sayable(foot) and cut_of(paddle) == cut_of(foot) and foot.centre == at
    if plain or paddle.is_box:
        yield line(4, f"paddle: {pair(paddle.size)}")
    else:
        yield from wrapped(4, "paddle_outline: [", _about(paddle, at))
    if plain and cut_of(paddle):
        yield line(4, f"paddle_chamfer: {length(cut_of(paddle))}")
    if max(map(abs, at)) > _SLACK:
        yield line(4, f"paddle_at: {pair(at)}")
    if plain and foot.size != paddle.size:
        yield line(4, f"paddle_foot: {pair(foot.size)}")
    elif not plain and foot != paddle:
        yield from wrapped(4, "paddle_foot_outline: [", _about(foot, at))


def _about(outline: Outline, at: Point) -> list[str]:
    return [pair((x - at[0], y - at[1])) for x, y in outline.rings[0]]

