"""The parts with the nets that the netlist gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ... import package as p
from .fingers import Placed


def connected_chip(chip: p.Chip, nets: Sequence[str]) -> p.Chip:
    """The chip with the nets of its bumps, then of its pads."""
    bumps, pads = chip.bumps, chip.pads
    count = len(bumps.sites) if bumps is not None else 0
    return replace(chip, bumps=replace(bumps, nets=tuple(nets[:count])) if bumps is not None else None,
                   pads=replace(pads, nets=tuple(nets[count:])) if pads is not None else None)


def connected_passive(part: p.Passive, nets: Sequence[str]) -> p.Passive:
    """The passive with the nets of its terminals; those of its own ``nets`` stay where the netlist has none."""
    terminals = tuple(replace(terminal, net=net or terminal.net) for terminal, net in zip(part.terminals, nets))
    return replace(part, terminals=terminals)


def connected_carrier(carrier: p.Carrier, fingers: Sequence[Placed], of_fingers: Sequence[str], of_leads: Sequence[str]
                      ) -> p.Carrier:
    """The carrier with its fingers, and the nets of fingers and leads; the last of these is the die attach pad's."""
    connected = tuple(replace(one.finger, net=net or one.finger.net) for one, net in zip(fingers, of_fingers))
    frame = carrier.frame
    if frame is not None:
        leads = tuple(replace(lead, net=net or lead.net) for lead, net in zip(frame.leads, of_leads))
        frame = one_net_each(replace(frame, leads=leads, paddle_net=of_leads[-1] or frame.paddle_net))
    return replace(carrier, fingers=connected, frame=frame)


def one_net_each(frame: p.Frame) -> p.Frame:
    """The frame with the net of one fused lead on all that it is one piece with; where they have two, as it is."""
    nets = {**{lead.name: lead.net for lead in frame.leads}, p.PADDLE: frame.paddle_net}
    for names in frame.fused:
        named = {nets[name] for name in names} - {""}
        if len(named) == 1:
            nets.update(dict.fromkeys(names, *named))
    return replace(frame, leads=tuple(replace(lead, net=nets[lead.name]) for lead in frame.leads),
                   paddle_net=nets[p.PADDLE])
