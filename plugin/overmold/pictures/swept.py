"""Where a design holds over what was swept: a strip for one dimension, a map for two, shares of it for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..plain import one_line
from ..units import show
from .chart import LEFT, STYLE, TALL, TOP, WIDE, Axis, Chart
from .svg import page, rect, text

if TYPE_CHECKING:
    from ..sweep.plan import Varied

_MOST = 160  # cells along an axis: more are finer than anybody sees
_CLASSES = ("holds", "nearly", "breaks")


def swept(name: str, varied: Sequence[Varied], states: Any) -> str:
    """The picture of a whole sweep: ``states`` has one for each variant (0 kept, 1 warning, 2 broken, -1 not done), the last
    dimension fastest. Of more than two dimensions the first two are drawn, and what is over the others counts at its worst."""
    import numpy as np

    table = states.reshape([len(one.values) for one in varied])
    if table.ndim > 2:
        table = table.max(axis=tuple(range(2, table.ndim)))
    if table.ndim == 1:
        table = table[:, None]
    table = table[::-(-table.shape[0] // _MOST), ::-(-table.shape[1] // _MOST)]
    across, up = varied[0], varied[1] if len(varied) > 1 else None
    x = _axis(across)
    chart = Chart(x, _axis(up) if up is not None else Axis("", 0, 1, across.kind))
    wide, tall = WIDE / table.shape[0], TALL / table.shape[1]
    parts = []
    for i, column in enumerate(table.tolist()):
        ends = np.flatnonzero(np.diff([-2, *column, -2]))
        for first, end in zip(ends, ends[1:]):
            if column[first] >= 0:
                parts.append(rect(_CLASSES[column[first]], LEFT + i * wide, TOP + TALL - end * tall, wide + .3,
                                  (end - first) * tall + .3))
    frame = chart.frame() if up is not None else [one for one in chart.frame() if "rotate" not in one]
    notes = ["green: every rule keeps; yellow: one warns, a tolerance corner say; red: one is broken; white: not judged"]
    if len(varied) > 2:
        notes.append(f"at the worst of {', '.join(one.key for one in varied[2:])}")
    title = f"{one_line(name)}: {' × '.join(f'{len(one.values)}' for one in varied)} variants"
    below = [text(words, LEFT, TOP + TALL + 64 + 18 * i, "note") for i, words in enumerate(notes)]
    return page(LEFT + WIDE + 40, TOP + TALL + 64 + 18 * len(notes), title,
                [STYLE, text(title, LEFT, 36, "title"), *parts, *frame, *below])


def _axis(one: Varied) -> Axis:
    low, high = min(one.values), max(one.values)
    half = (high - low) / max(1, len(one.values) - 1) / 2 or 1
    unit = show(low, one.kind).partition(" ")[2] if one.kind.name != "length" else "um"
    return Axis(f"{one.key} ({unit})", low - half, high + half, one.kind)
