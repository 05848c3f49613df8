"""A package file's package, arranged as people have arranged it on the board: their places, their names.

What is still different then has to be changed; what Overmold draws of the arranged package goes where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Optional, TypeVar

import numpy as np

from ...arrays import Sites
from ...package import Carrier, Chip, Frame, Package, Passive, Wire, keys
from ...shapes import Outline, Point, place
from .match import Names, nets_by_pad

Named = TypeVar("Named", Chip, Passive)
Move = Callable[[Point], Point]


def moved(package: Package, to: Point) -> Package:
    """The whole package with the carrier's middle at ``to``."""
    if package.carrier is None:
        return package
    x, y = package.carrier.outline.centre
    by = (to[0] - x, to[1] - y)
    move = _turning((0, 0), by, 0)
    return replace(
        package,
        carrier=_carrier(package.carrier, by),
        chips=tuple(_chip(chip, move(chip.at), chip.angle) for chip in package.chips),
        passives=tuple(_passive(one, move(one.at), one.angle) for one in package.passives),
        wires=tuple(replace(wire, from_at=move(wire.from_at), to_at=move(wire.to_at)) for wire in package.wires),
        mold=replace(package.mold, outline=package.mold.outline.moved(by),
                     area=package.mold.area.moved(by) if package.mold.area else None) if package.mold else None,
        balls=replace(package.balls, sites=_sites(package.balls.sites, (0, 0), by, 0)) if package.balls else None,
    )


def arrange(spec: Package, board: Package, names: Names, back: Collection[str] = ()) -> Package:
    """``spec`` as it lies on ``board``: carrier, chips and passives where the board has them, everything called as there.

    ``back`` are the keys of parts (``passives.C1``, by the board's name) that go where the package file has them.
    """
    if board.carrier is None:
        return spec
    due = _renamed(moved(spec, board.carrier.outline.centre), names, dict(nets_by_pad(board, {}, {})))
    chips = tuple(_like(chip, board.chips, back, _chip) for chip in due.chips)
    return replace(
        due, chips=chips, passives=tuple(_like(one, board.passives, back, _passive) for one in due.passives),
        wires=_wires(due.wires, due.chips, chips),
    )


def _like(part: Named, others: tuple[Named, ...], back: Collection[str], move: Callable[[Named, Point, int], Named]) -> Named:
    there = next((one for one in others if one.name == part.name), None)
    return part if there is None or part.key in back else move(part, there.at, there.angle)


def _turning(origin: Point, to: Point, angle: int) -> Move:
    """Moves what lies about ``origin`` to ``to``, turned by ``angle``."""
    return lambda point: place((point[0] - origin[0], point[1] - origin[1]), to, angle)


def _outline(outline: Outline, move: Move) -> Outline:
    return Outline(tuple(tuple(move(point) for point in ring) for ring in outline.rings))


def _sites(sites: Sites, origin: Point, to: Point, angle: int) -> Sites:
    if angle % 360_000:
        move = _turning(origin, to, angle)
        xy = np.array([move((x, y)) for x, y in sites.xy.tolist()], np.int64).reshape(-1, 2)
    else:
        xy = sites.xy + np.array((to[0] - origin[0], to[1] - origin[1]), np.int64)
    return Sites(sites.names, xy, sites.uuids, sites.diameters)


def _chip(chip: Chip, at: Point, angle: int) -> Chip:
    turn = (angle - chip.angle) % 360_000
    return replace(
        chip, at=at, angle=angle, outline=_outline(chip.outline, _turning(chip.at, at, turn)),
        bumps=replace(chip.bumps, sites=_sites(chip.bumps.sites, chip.at, at, turn)) if chip.bumps else None,
        pads=replace(chip.pads, sites=_sites(chip.pads.sites, chip.at, at, turn)) if chip.pads else None,
    )


def _passive(passive: Passive, at: Point, angle: int) -> Passive:
    move = _turning(passive.at, at, (angle - passive.angle) % 360_000)
    return replace(passive, at=at, angle=angle, outline=_outline(passive.outline, move),
                   terminals=tuple(replace(one, at=move(one.at)) for one in passive.terminals))


def _carrier(carrier: Carrier, by: Point) -> Carrier:
    return replace(
        carrier, outline=carrier.outline.moved(by), frame=_frame(carrier.frame, by),
        fingers=tuple(replace(one, at=(one.at[0] + by[0], one.at[1] + by[1])) for one in carrier.fingers))


def _frame(frame: Optional[Frame], by: Point) -> Optional[Frame]:
    if frame is None:
        return None
    return replace(
        frame, tie_bars=tuple(bar.moved(by) for bar in frame.tie_bars),
        paddle=frame.paddle.moved(by) if frame.paddle else None,
        paddle_foot=frame.paddle_foot.moved(by) if frame.paddle_foot else None,
        leads=tuple(replace(lead, outline=lead.outline.moved(by), foot=lead.foot.moved(by),
                            half_etched=tuple(part.moved(by) for part in lead.half_etched)) for lead in frame.leads))


def _wires(wires: tuple[Wire, ...], before: tuple[Chip, ...], after: tuple[Chip, ...]) -> tuple[Wire, ...]:
    """Wires whose ends have gone along with the chips they are bonded to."""
    moves = {one.name: _turning(one.at, other.at, (other.angle - one.angle) % 360_000)
             for one, other in zip(before, after) if one.at != other.at or one.angle != other.angle}

    def end(name: str, at: Point) -> Point:
        move = moves.get(keys.split_end(name)[0] or "")
        return move(at) if move is not None else at

    return tuple(replace(wire, from_at=end(wire.start, wire.from_at), to_at=end(wire.end, wire.to_at))
                 for wire in wires) if moves else wires


def _renamed(spec: Package, names: Names, here: Mapping[str, str]) -> Package:
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
