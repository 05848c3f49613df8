"""A package file's package, arranged as people have arranged it on the board: their places, their names.

What is still different then has to be changed; what Overmold draws of the arranged package goes where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from ...arrays import Sites
from ...package import Chip, Package, Passive, Wire, keys
from ...package.moved import chip_at, moved_to, passive_at, turning
from ...shapes import Point
from .match import Names, nets_by_pad

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


def renamed(spec: Package, names: Names, here: Mapping[str, str]) -> Package:
    """Everything under the board's names; a pad that the package file leaves open keeps the net that it has there."""
    def called(chip: str) -> str:
        return names.chips.get(chip, chip)

    def end(name: str) -> str:
        chip, pad = keys.split_end(name)
        return name if chip is None else keys.end(called(chip), pad)

    def nets(key: str, sites: Sites, own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(net(keys.within(key, name), due) for name, due in zip(sites.names, own))

    def net(pad: str, due: str) -> str:
        return names.nets.get(due, due) if due else here.get(pad, "")

    def chip(one: Chip) -> Chip:
        one = replace(one, name=called(one.name), on=tuple(map(called, one.on)))
        bumps, pads = one.bumps, one.pads
        return replace(
            one, bumps=replace(bumps, nets=nets(keys.bumps(one.name), bumps.sites, bumps.nets)) if bumps else None,
            pads=replace(pads, nets=nets(keys.pads(one.name), pads.sites, pads.nets)) if pads else None)

    def passive(one: Passive) -> Passive:
        one = replace(one, name=names.passives.get(one.name, one.name))
        return replace(one, terminals=tuple(
            replace(pad, net=net(keys.within(one.key, pad.name), pad.net)) for pad in one.terminals))

    carrier = spec.carrier
    if carrier is not None:
        frame = carrier.frame
        if frame is not None:
            frame = replace(frame, paddle_net=net(keys.PADDLE, frame.paddle_net), leads=tuple(
                replace(lead, net=net(keys.lead(lead.name), lead.net)) for lead in frame.leads))
        carrier = replace(carrier, frame=frame, fingers=tuple(
            replace(one, net=net(one.key, one.net)) for one in carrier.fingers))
    return replace(
        spec, carrier=carrier, chips=tuple(map(chip, spec.chips)), passives=tuple(map(passive, spec.passives)),
        wires=tuple(replace(wire, start=end(wire.start), end=end(wire.end), net=names.nets.get(wire.net, wire.net))
                    for wire in spec.wires),
        balls=replace(spec.balls, nets=nets("balls", spec.balls.sites, spec.balls.nets)) if spec.balls else None)
