"""A package file's package, arranged as people have arranged it on the board: their places, their names.

What is still different then has to be changed; what Overmold draws of the arranged package goes where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from ...compare.match import Names, nets_by_pad
from ...compare.renamed import renamed
from ...package import Chip, Package, Passive, Wire, keys
from ...package.moved import chip_at, moved_to, passive_at, turning
from ...shapes import Point

Named = TypeVar("Named", Chip, Passive)


def arrange(spec: Package, board: Package, names: Names, back: Collection[str] = ()) -> Package:
    """``spec`` as it lies on ``board``: carrier, chips and passives where the board has them, everything called as there.

    ``back`` are the keys of parts (``passives.C1``, by the board's name) that go where the package file has them.
    """
    if board.carrier is None:
        return spec
    due = renamed(moved_to(spec, board.carrier.outline.centre), names, dict(nets_by_pad(board, {}, {})))
    chips = tuple(_like(chip, board.chips, back, chip_at) for chip in due.chips)
    return replace(
        due, chips=chips, passives=tuple(_like(one, board.passives, back, passive_at) for one in due.passives),
        wires=_wires(due.wires, due.chips, chips),
    )


def _like(part: Named, others: tuple[Named, ...], back: Collection[str], move: Callable[[Named, Point, int], Named]) -> Named:
    there = next((one for one in others if one.name == part.name), None)
    return part if there is None or part.key in back else move(part, there.at, there.angle)


def _wires(wires: tuple[Wire, ...], before: tuple[Chip, ...], after: tuple[Chip, ...]) -> tuple[Wire, ...]:
    """Wires whose ends have gone along with the chips they are bonded to."""
    moves = {one.name: turning(one.at, other.at, (other.angle - one.angle) % 360_000)
             for one, other in zip(before, after) if one.at != other.at or one.angle != other.angle}

    def end(name: str, at: Point) -> Point:
        move = moves.get(keys.split_end(name)[0] or "")
        return move(at) if move is not None else at

    return tuple(replace(wire, from_at=end(wire.start, wire.from_at), to_at=end(wire.end, wire.to_at))
                 for wire in wires) if moves else wires
