"""A reader of STEP text that knows no more than numbered lines: enough to count solids, follow placements and walk edges."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

_LINE = re.compile(r"#(\d+)=(.*);\n")


class Step:
    """The entities of a file by number."""

    def __init__(self, data: bytes) -> None:
        self.lines = {int(number): words for number, words in _LINE.findall(data.decode("ascii"))}

    def called(self, name: str) -> list[int]:
        return [number for number, words in self.lines.items() if words.startswith(f"{name}(")]

    def refs(self, number: int) -> list[int]:
        return [int(one) for one in re.findall(r"#(\d+)", re.sub(r"'(?:[^']|'')*'", "", self.lines[number]))]

    def text(self, number: int) -> str:
        return re.findall(r"'((?:[^']|'')*)'", self.lines[number])[0]

    def point(self, placement: int) -> tuple[int, ...]:
        """The place of an AXIS2_PLACEMENT_3D in nm."""
        words = self.lines[self.refs(placement)[0]]
        return tuple(round(float(one) * 1e6) for one in re.findall(r"-?\d+\.\d*", words))

    @cached_property
    def name_of(self) -> dict[int, str]:
        """The name of each product by its definition."""
        return {number: self.text(self.refs(self.refs(number)[0])[0]) for number in self.called("PRODUCT_DEFINITION")}

    @cached_property
    def placed(self) -> list[tuple[int, int, tuple[int, ...]]]:
        """Around, part and where, of every placement."""
        found = []
        for number in self.called("CONTEXT_DEPENDENT_SHAPE_REPRESENTATION"):
            relation, shape = self.refs(number)
            around, part = self.refs(self.refs(shape)[0])
            moved = self.refs(relation)[2]
            found.append((around, part, self.point(self.refs(moved)[1])))
        return found

    def spots(self) -> Counter[tuple[str, tuple[int, ...]]]:
        """Every solid with its place in the whole."""
        inner = {around for around, _, _ in self.placed}
        root = next(iter(inner - {part for _, part, _ in self.placed}))
        found: Counter[tuple[str, tuple[int, ...]]] = Counter()
        todo = [(root, (0, 0, 0))]
        while todo:
            here, at = todo.pop()
            for around, part, way in self.placed:
                if around == here:
                    spot = tuple(a + b for a, b in zip(at, way))
                    if part in inner:
                        todo.append((part, spot))  # type: ignore[arg-type]
                    else:
                        found[self.name_of[part], spot] += 1
        return found
