"""The share of air closed in under and over a chip against t2/t1, with the band of half to twice behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Optional

from .svg import line, n, page, rect, text

Point = tuple[Optional[float], Optional[float], Optional[float]]  # t2/t1, share under, share over
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _HEAD, _FOOT = 760.0, 420.0, 64.0, 120.0, 70.0, 56.0
_COLOURS = {"under": "#3270af", "over": "#d08a1d"}
_STYLE = """
.band { fill: #2f9e58; fill-opacity: .13 }
"""


def fill_curve(name: str, key: str, series: Mapping[str, Sequence[Point]]) -> str:
    """One curve under and one over each chip, as an SVG file; chips without a ratio have none."""
    spots = [one for some in series.values() for one in some if one[0] is not None]
    reach = max([2.5, *(one[0] * 1.05 for one in spots if one[0] is not None)])
    top = max([0.2, *(share for one in spots for share in one[1:] if share is not None)]) * 1.1
    parts = [f"<style>{_STYLE}</style>", text(name, _WIDTH / 2, 30, "title", "middle"),
             text(f"air closed in before packing, {key} varied; the band is half to twice", _WIDTH / 2, 50, "note", "middle"),
             rect("band", _x(0.5, reach), _HEAD, _x(2, reach) - _x(0.5, reach), _HEIGHT - _HEAD - _FOOT)]
    parts += _axes(reach, top)
    for number, (chip, some) in enumerate(series.items()):
        for place, where in ((1, "under"), (2, "over")):
            points = [(one[0], one[place]) for one in some]
            known = [(_x(a, reach), _y(b, top)) for a, b in points if a is not None and b is not None]
            parts += _drawn(known, where, f"{where} {chip}", number)
    return page(_WIDTH, _HEIGHT, f"{name}: air closed in against t2/t1", parts)


def _x(ratio: float, reach: float) -> float:
    return _LEFT + ratio / reach * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float, top: float) -> float:
    return _HEIGHT - _FOOT - share / top * (_HEIGHT - _HEAD - _FOOT)


def _axes(reach: float, top: float) -> Iterator[str]:
    floor = _HEIGHT - _FOOT
    yield line("line", _LEFT, floor, _WIDTH - _RIGHT, floor)
    yield line("line", _LEFT, floor, _LEFT, _HEAD)
    step = 0.5 if reach <= 5 else 1.0 if reach <= 10 else 5.0
    for k in range(int(reach / step) + 1):
        yield text(f"{k * step:g}", _x(k * step, reach), floor + 20, "note", "middle")
        yield line("hair", _x(k * step, reach), floor, _x(k * step, reach), floor + 4)
    yield text("t2 / t1", (_LEFT + _WIDTH - _RIGHT) / 2, floor + 42, "", "middle")
    part = 0.05 if top <= 0.3 else 0.1 if top <= 0.6 else 0.2
    for k in range(int(top / part) + 1):
        yield text(f"{100 * k * part:.0f} %", _LEFT - 10, _y(k * part, top) + 4, "note", "end")
        yield line("leader", _LEFT, _y(k * part, top), _WIDTH - _RIGHT, _y(k * part, top))


def _drawn(points: Sequence[tuple[float, float]], where: str, words: str, number: int) -> Iterator[str]:
    if not points:
        return
    corners = "L".join(f"{n(x)} {n(y)}" for x, y in points)
    dashes = "" if number == 0 else f' stroke-dasharray="{4 + 2 * number} 3"'
    colour = _COLOURS[where]
    yield f'<path d="M{corners}" fill="none" stroke="{colour}" stroke-width="2"{dashes}><title>{words}</title></path>'
    for x, y in points:
        yield f'<circle cx="{n(x)}" cy="{n(y)}" r="3" fill="{colour}"/>'
    x, y = points[-1]
    yield text(words, x + 8, y + 4 + (12 * number if where == "over" else -12 * number))
