"""What people have moved on the board against its carrier: it stays, unless somebody wants it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Optional, Union

from ...package import Chip, Package, Passive
from ...package.moved import moved_to
from ...units import LENGTH, show
from ..reading.contents import Contents
from .change import BLOCKED, MOVED, Change
from .groups import CARRIER, FINGERS, WIRES, footprints_of, why_not
from .lie import Lie
from .whole import HOME, Spot, is_near


def spots_of(contents: Contents, ours: Mapping[str, Sequence[int]], lie: Lie) -> dict[str, Spot]:
    """Where the footprints that hold many things at once lie against the carrier; of several only if all lie alike."""
    found: dict[str, Spot] = {}
    for unit in (CARRIER, FINGERS, WIRES):
        spots = [lie.inward((int(x), int(y)), int(contents.spots.angle[number]))
                 for number in ours.get(unit, ()) for x, y in [contents.spots.xy[number]]]
        if spots and all(is_near(spot, spots[0]) for spot in spots):
            found[unit] = spots[0]
    return found


def moved_parts(contents: Contents, board: Optional[Package], due: Package, spec: Package, stays: Mapping[str, Spot]
                ) -> Iterator[Change]:
    """A change that puts each part back that lies elsewhere than the package file has it."""
    if board is None or board.carrier is None:
        return
    ours = footprints_of(contents)
    there = {chip.key for chip in board.chips} | {passive.key for passive in board.passives}
    original = moved_to(spec, (0, 0))
    pairs: list[tuple[Union[Chip, Passive], Union[Chip, Passive]]] = [*zip(due.chips, original.chips)]
    pairs += zip(due.passives, original.passives)
    spots = [(unit, spot, HOME) for unit, spot in stays.items()]
    spots += [(part.key, (part.at, part.angle), (first.at, first.angle)) for part, first in pairs if part.key in there]
    for key, here, due_there in spots:
        if not is_near(here, due_there):
            stays_there = f"it stays {_words(here)}; the package file has it {_words(due_there)}"
            why = why_not(contents, ours.get(key, ()))
            yield Change(BLOCKED, key, (stays_there, why), False) if why else Change(MOVED, key, (stays_there,), False)


def _words(spot: Spot) -> str:
    (x, y), angle = spot
    turned = f", turned by {angle % 360_000 / 1000:g} deg" if angle % 360_000 else ""
    return f"at {show(x, LENGTH, 'mm')}, {show(y, LENGTH, 'mm')}{turned}"
