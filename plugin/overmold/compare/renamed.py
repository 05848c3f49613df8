"""A package file's package under the names that a board has for its parts and nets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..arrays import Sites
from ..package import Chip, Package, Passive, keys
from .match import Names


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
        one = replace(one, name=names.passives.get(one.name, one.name), on=tuple(map(called, one.on)))
        return replace(one, terminals=tuple(
            replace(pad, net=net(keys.within(one.key, pad.name), pad.net)) for pad in one.terminals))

    carrier, top = spec.carrier, spec.top_lands
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
        balls=replace(spec.balls, nets=nets("balls", spec.balls.sites, spec.balls.nets)) if spec.balls else None,
        top_lands=replace(top, nets=nets(keys.TOP_LANDS, top.sites, top.nets)) if top else None)
