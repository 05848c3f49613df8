"""How a bonding diagram lies on its paper: the plan on the left, legend and wire table in columns beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .sheet import BLOCK_HEIGHT, BLOCK_WIDTH, EDGE, INNER, PAPERS, PER_MM, Paper

_STEP = 15.0
_GAP = 20.0     # between two columns
_AIR = 12.0     # over the title block
_LEAST = 0.62   # of the paper's height, the side of the plan
T = TypeVar("T")


@dataclass(frozen=True)
class Layout:
    """The ``paper``, the ``side`` of the square plan in units, how many columns of table there are, and how high what stands
    over the table in the last of them is."""

    paper: Paper
    side: float
    count: int
    over: float

    @property
    def head(self) -> tuple[float, float]:
        """Where legend and limits begin."""
        return self._left(self.count - 1), INNER

    @property
    def _rows(self) -> tuple[int, int]:
        """Rows of wires in a whole column, and in the last, which has the legend and the title block."""
        room = self.paper.height - 2 * INNER
        last = room - self.over - (BLOCK_HEIGHT - (INNER - EDGE)) - _AIR
        return int(room / _STEP) - 1, max(0, int(last / _STEP) - 1)

    @property
    def most(self) -> int:
        """How many wires the table can hold."""
        whole, last = self._rows
        return whole * (self.count - 1) + last

    def columns(self, rows: Sequence[T]) -> Iterator[tuple[Sequence[T], tuple[float, float]]]:
        """The rows of each column, with its upper left corner: the last column, which is always there, is filled first."""
        whole, last = self._rows
        if rows[:last]:
            yield rows[:last], (self._left(self.count - 1), INNER + self.over)
        for number in range(self.count - 1):
            some = rows[last + number * whole:last + (number + 1) * whole]
            if some:
                yield some, (self._left(number), INNER)

    def _left(self, number: int) -> float:
        return self.paper.width - EDGE - BLOCK_WIDTH - (self.count - 1 - number) * (BLOCK_WIDTH + _GAP)


def layout_for(wires: int, over: float) -> Layout:
    """The smallest paper that holds the plan and the table of so many wires; beyond A0 a roll as high and as long as needed."""
    for paper in PAPERS:
        count = 1
        while True:
            layout = _layout(paper, count, over)
            if layout.side < _LEAST * (paper.height - 2 * INNER):
                break
            if layout.most >= wires:
                return layout
            count += 1
    largest, count = PAPERS[-1], 2
    while _layout(largest, count, over, roll=True).most < wires:
        count += 1
    return _layout(largest, count, over, roll=True)


def _layout(paper: Paper, count: int, over: float, roll: bool = False) -> Layout:
    tall = paper.height - 2 * INNER
    beside = count * (BLOCK_WIDTH + _GAP) + EDGE + INNER
    if roll:
        paper = Paper("roll", round((tall + beside) / PER_MM), paper.tall)
    return Layout(paper, min(tall, paper.width - beside), count, over)
