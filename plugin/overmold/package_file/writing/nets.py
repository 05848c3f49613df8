"""The netlist beside the package file: of every net the pads, and the balls or leads, that belong to it."""

from __future__ import annotations

from itertools import zip_longest

from ...package import Package, keys
from .text import in_order, table


def netlist(package: Package) -> str:
    """The table net,pad,ball; "" where nothing is connected to anything.

    What stands elsewhere is left out: the nets of passives, and of fingers whose wire brings it from the chip.
    """
    pads: dict[str, list[str]] = {}
    balls: dict[str, list[str]] = {}
    for chip in package.chips:
        for part in (chip.bumps, chip.pads):
            if part is not None:
                for name, net in sorted(zip(part.sites.names, part.nets), key=lambda site: in_order(site[0])):
                    pads.setdefault(net, []).append(keys.end(chip.name, name))
    top = package.top_lands
    for name, net in sorted(zip(top.sites.names, top.nets), key=lambda site: in_order(site[0])) if top is not None else ():
        pads.setdefault(net, []).append(keys.end(keys.TOP, name))
    carrier, frame = package.carrier, package.carrier.frame if package.carrier else None
    wired = {(wire.end, wire.net) for wire in package.wires}
    for finger in carrier.fingers if carrier else ():
        if (finger.name, finger.net) not in wired:
            pads.setdefault(finger.net, []).append(finger.name)
    if package.balls is not None:
        for name, net in sorted(zip(package.balls.sites.names, package.balls.nets), key=lambda site: in_order(site[0])):
            balls.setdefault(net, []).append(name)
    for lead in frame.leads if frame else ():
        balls.setdefault(lead.net, []).append(lead.name)
    rows = [[net, pad, ball] for net in sorted({*pads, *balls} - {""}, key=in_order)
            for pad, ball in zip_longest(pads.get(net, ()), balls.get(net, ()), fillvalue="")]
    return table(["net", "pad", "ball"], rows) if rows else ""
