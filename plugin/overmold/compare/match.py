"""Which part of a package file is which part of a board, and which net, also where people have renamed them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..drawing.parts import draw_passive
from ..package import Chip, Package, Passive, keys
from ..shapes import Point
from .values import NEAR

Part = TypeVar("Part", Chip, Passive)


@dataclass(frozen=True)
class Names:
    """What chips, passives and nets of a package file are called on the board; a name that is not here is the same."""

    chips: Mapping[str, str]
    passives: Mapping[str, str]
    nets: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.chips or self.passives or self.nets)


def match(board: Package, spec: Package) -> Names:
    """Parts of one name are the same part. Of the others, parts that look alike and lie nearest are taken for renamed, and then
    those that lie at one place, where nobody else does."""
    here, there = centre(board), centre(spec)
    chips = _renamed(_free(board.chips, spec.chips, here, _look), _free(spec.chips, board.chips, there, _look))
    passives = _renamed(_free(board.passives, spec.passives, here, _shape), _free(spec.passives, board.passives, there, _shape))
    return Names(chips, passives, _renamed_nets(board, spec, chips, passives))


def _free(parts: Sequence[Part], others: Sequence[Part], origin: Point, look: Callable[[Part], str]
          ) -> dict[str, tuple[str, Point]]:
    """The parts of whose names the others have none: what they look like, and where they lie."""
    names = {one.name for one in others}
    return {one.name: (look(one), (one.at[0] - origin[0], one.at[1] - origin[1])) for one in parts if one.name not in names}


def centre(package: Package) -> Point:
    """The middle of a package's carrier, from which places are counted."""
    return package.carrier.outline.centre if package.carrier is not None else (0, 0)


def _look(chip: Chip) -> str:
    crowds = [crowd.sites for crowd in (chip.bumps, chip.pads) if crowd is not None]
    return f"{chip.bonded} {sorted(chip.outline.size)} {[len(sites) for sites in crowds]}"


def _shape(passive: Passive) -> str:
    return draw_passive(passive).name


def _renamed(here: Mapping[str, tuple[str, Point]], there: Mapping[str, tuple[str, Point]]) -> dict[str, str]:
    """For every part of the package file that the board calls otherwise, how it calls it."""
    free = set(here)
    pairs = sorted(
        ((here[new][1][0] - at[0]) ** 2 + (here[new][1][1] - at[1]) ** 2, name, new)
        for name, (look, at) in there.items() for new in free if here[new][0] == look)
    names: dict[str, str] = {}
    for _, name, new in pairs:
        if name not in names and new in free:
            names[name] = new
            free.remove(new)
    left = {name: at for name, (_, at) in there.items() if name not in names}
    for name, at in left.items():
        alike = [[one for one, spot in spots if max(abs(spot[0] - at[0]), abs(spot[1] - at[1])) <= NEAR]
                 for spots in (left.items(), ((new, here[new][1]) for new in free))]
        if [len(some) for some in alike] == [1, 1]:
            names[name] = alike[1][0]
    return names


def _renamed_nets(board: Package, spec: Package, chips: Mapping[str, str], passives: Mapping[str, str]) -> dict[str, str]:
    """A net is renamed where all its pads are on one other net, of which the package file knows nothing."""
    here = dict(nets_by_pad(board, {}, {}))
    found: dict[str, set[str]] = {}
    known = set()
    for pad, net in nets_by_pad(spec, chips, passives):
        known.add(net)
        if net and pad in here:
            found.setdefault(net, set()).add(here[pad])
    names = {net: next(iter(others)) for net, others in found.items() if len(others) == 1}
    renamed = {net: new for net, new in names.items() if new and new != net and new not in known}
    # Two nets that became one are no new names.
    taken = list(renamed.values())
    return {net: new for net, new in renamed.items() if taken.count(new) == 1}


def nets_by_pad(package: Package, chips: Mapping[str, str], passives: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every pad, as in ``chips.U1.bumps.A1``, with its net; parts under the names they have in ``chips`` and ``passives``."""
    for chip in package.chips:
        for of, crowd in ((keys.bumps, chip.bumps), (keys.pads, chip.pads)):
            for name, net in zip(crowd.sites.names, crowd.nets) if crowd is not None else ():
                yield keys.within(of(chips.get(chip.name, chip.name)), name), net
    for passive in package.passives:
        yield from _terminals(passive, passives.get(passive.name, passive.name))
    for name, net in zip(package.balls.sites.names, package.balls.nets) if package.balls is not None else ():
        yield keys.ball(name), net
    top = package.top_lands
    for name, net in zip(top.sites.names, top.nets) if top is not None else ():
        yield keys.top_land(name), net
    carrier = package.carrier
    for finger in carrier.fingers if carrier is not None else ():
        yield keys.finger(finger.name), finger.net
    if carrier is not None and carrier.frame is not None:
        yield keys.PADDLE, carrier.frame.paddle_net
        yield from ((keys.lead(lead.name), lead.net) for lead in carrier.frame.leads)


def _terminals(passive: Passive, name: str) -> Iterator[tuple[str, str]]:
    return ((keys.within(keys.passive(name), terminal.name), terminal.net) for terminal in passive.terminals)
