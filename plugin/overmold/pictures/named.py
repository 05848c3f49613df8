"""The names of what a picture shows as broken: beside the parts where there is room, the others under the picture."""

from __future__ import annotations

from collections.abc import Mapping

from ..package import Package
from .labels import Area, Labels
from .marks import BROKEN, WARNED, Marks, named_marks
from .words import LINE, wrapped

MOST_BESIDE, MOST_LINES = 16, 3


def name_marks(package: Package, hues: Marks, areas: Mapping[str, Area], labels: Labels) -> None:
    """Write the names of marked parts beside them, errors first; ``areas`` has where those are drawn that have no name yet."""
    drawn = [one for one in named_marks(package, hues) if one[0] in areas]
    for key, name, hue in drawn[:MOST_BESIDE]:
        labels.beside(name, areas[key], hue)


def name_the_rest(package: Package, hues: Marks, labels: Labels, floor: float) -> float:
    """Name under the picture, whose lowest pixel row is ``floor``, all marked parts that it does not name otherwise, and say
    how many heights there was no room for; down to which row that goes."""
    written = f" {' '.join(labels.written)} "
    rest = [(name, hue) for _, name, hue in named_marks(package, hues) if f" {name} " not in written]
    for hue, words in ((BROKEN, "broken"), (WARNED, "warned of")):
        names = [name for name, one in rest if one == hue]
        if names:
            lines = wrapped([f"Also {words}: {names[0]}", *names[1:]], labels.width - 40, MOST_LINES, hue)
            floor = _written(lines, hue, labels, floor)
    if labels.bare:
        words = f"{labels.bare} more of names and heights: no room here; they show on hovering"
        floor = _written([words], "note", labels, floor)
    return floor


def _written(lines: list[str], kind: str, labels: Labels, floor: float) -> float:
    for words in lines:
        floor += LINE
        labels.put(words, 20, floor + 4, kind)
    return floor
