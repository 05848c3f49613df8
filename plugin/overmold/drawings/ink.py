"""What drawings are made of besides plain SVG: dimension lines with arrows, leaders, wrapped words. Units are a quarter of a
millimetre of paper."""

from __future__ import annotations

from collections.abc import Sequence

from ..pictures.svg import line, n, path, text
from ..pictures.words import width_of

_HEAD, _WING = 8.0, 2.4  # an arrow head's length, and half its width
_LEAST_INSIDE = 26.0     # shorter dimensions have their arrows outside, pointing in
_TAIL = 16.0
_OVER = 5.0              # how far an extension line goes beyond the arrow, and stays away from the part


def across(words: str, x1: float, x2: float, y: float, starts: tuple[float, float]) -> list[str]:
    """A horizontal dimension at ``y`` between two columns, its extension lines from the rows ``starts`` of what is measured;
    its words over the middle, beside it where that is narrow."""
    drawn = [_extension(x1, starts[0], x1, y), _extension(x2, starts[1], x2, y)]
    if x2 - x1 >= max(_LEAST_INSIDE, width_of(words, "note") + 4):
        drawn += [line("dim", x1, y, x2, y), _head(x1, y, 1, 0), _head(x2, y, -1, 0)]
        return [*drawn, text(words, (x1 + x2) / 2, y - 4, "note", "middle")]
    drawn += [line("dim", x1 - _TAIL, y, x1, y), line("dim", x2, y, x2 + _TAIL, y), _head(x1, y, -1, 0), _head(x2, y, 1, 0)]
    return [*drawn, text(words, x2 + _TAIL + 3, y + 4, "note")]


def upright(words: str, y1: float, y2: float, x: float, starts: tuple[float, float]) -> list[str]:
    """A vertical dimension at ``x`` between two rows, its extension lines from the columns ``starts``; its words on the far
    side from what is measured."""
    away = 1 if x >= starts[0] else -1
    anchor, beside = ("start", x + 5) if away > 0 else ("end", x - 5)
    drawn = [_extension(starts[0], y1, x, y1), _extension(starts[1], y2, x, y2)]
    if y2 - y1 >= _LEAST_INSIDE:
        drawn += [line("dim", x, y1, x, y2), _head(x, y1, 0, 1), _head(x, y2, 0, -1)]
        return [*drawn, text(words, beside, (y1 + y2) / 2 + 4, "note", anchor)]
    drawn += [line("dim", x, y1 - _TAIL, x, y1), line("dim", x, y2, x, y2 + _TAIL), _head(x, y1, 0, -1), _head(x, y2, 0, 1)]
    return [*drawn, text(words, beside, y2 + _TAIL + 2, "note", anchor)]


def leader(words: str, at: tuple[float, float], to: tuple[float, float]) -> list[str]:
    """Words at ``to`` with an arrow to a spot."""
    (x, y), (end_x, end_y) = at, to
    far = max(1.0, ((x - end_x) ** 2 + (y - end_y) ** 2) ** 0.5)
    away = (end_x - x) / far, (end_y - y) / far
    anchor, beside = ("start", 4.0) if end_x >= x else ("end", -4.0)
    return [line("dim", x, y, end_x, end_y), _head(x, y, *away), text(words, end_x + beside, end_y + 4, "note", anchor)]


def centre_lines(x: float, y: float, half_width: float, half_height: float) -> list[str]:
    """The two axes of a view."""
    return [line("axis", x - half_width, y, x + half_width, y), line("axis", x, y - half_height, x, y + half_height)]


def wrapped(words: str, room: float, kind: str = "note") -> list[str]:
    """A sentence on lines of at most so many units; a word that is longer alone is cut."""
    lines = [""]
    for one in words.split():
        longer = f"{lines[-1]} {one}".strip()
        if width_of(longer, kind) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(one)
    return lines


def paragraphs(sentences: Sequence[str], x: float, y: float, room: float, step: float) -> tuple[list[str], float]:
    """Numbered sentences one under the other, and the row under the last."""
    drawn = []
    for number, words in enumerate(sentences, 1):
        for i, one in enumerate(wrapped(words, room - 26)):
            if not i:
                drawn.append(text(f"{number}.", x + 18, y, "note", "end"))
            drawn.append(text(one, x + 26, y, "note"))
            y += step
        y += step / 4
    return drawn, y


def _extension(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line from a part to beyond its arrow; along one of the axes."""
    if x1 == x2:
        way = 1 if y2 >= y1 else -1
        return line("dim", x1, y1 + way * _OVER / 2, x2, y2 + way * _OVER)
    way = 1 if x2 >= x1 else -1
    return line("dim", x1 + way * _OVER / 2, y1, x2 + way * _OVER, y2)


def _head(x: float, y: float, dx: float, dy: float) -> str:
    """An arrow head at a spot; (dx, dy) is the way from its tip to its tail."""
    tail_x, tail_y = x + dx * _HEAD, y + dy * _HEAD
    return path("tip", f"M{n(x)} {n(y)}L{n(tail_x - dy * _WING)} {n(tail_y + dx * _WING)}"
                       f"L{n(tail_x + dy * _WING)} {n(tail_y - dx * _WING)}Z")
