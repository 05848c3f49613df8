"""Nets as the board or the netlist says: whether their names occur twice. What is joined by metal is told by ``connected``."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..package import LEAD_FRAME, SUBSTRATE, WAFER, Package, keys
from ..units import COUNT, FLAG
from . import Measured, Unmeasured, exact, measure
from .crowds import MOST
from .gap import flip_chips

NO_NETS = "no pad has a net: give 'netlist' in the package file, or assign nets on the board"


def reaching_nets(package: Package) -> dict[str, int]:
    """How many parts (chips, passives, the ball array, the leads of a frame) each net has a pad on."""
    parts = [(*(chip.bumps.nets if chip.bumps is not None else ()), *(chip.pads.nets if chip.pads is not None else ()))
             for chip in package.chips]
    parts += [tuple(terminal.net for terminal in passive.terminals) for passive in package.passives]
    if package.balls is not None:
        parts.append(package.balls.nets)
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is not None:
        parts.append((*(lead.net for lead in frame.leads), frame.paddle_net))
    reach = Counter(net for nets in parts for net in set(nets))
    del reach[""]
    return reach


@measure(COUNT)
def parts_on_net_of_bump(package: Package) -> Measured:
    """How many parts the net of a bump reaches, its own chip included; bumps on no net are left out."""
    reach = reaching_nets(package)
    for chip in flip_chips(package):
        if chip.bumps is None:
            continue
        lonely = [(i, net) for i, net in enumerate(chip.bumps.nets) if net and reach[net] < 2]
        many = f", one of {len(lonely):,} of which {MOST:,} are told" if len(lonely) > MOST else ""
        for i, net in lonely[:MOST]:
            x, y = (int(value) for value in chip.bumps.sites.xy[i])
            yield exact((keys.bump(chip.name, chip.bumps.sites.names[i]),), reach[net], (x, y), f"net {net}{many}")
            many = ""
        if any(reach.get(net, 0) > 1 for net in chip.bumps.nets):
            yield exact((chip.key,), 2, chip.at, f"{chip.name}: the other bumps")


@measure(FLAG)
def carrier_is_substrate_or_lead_frame(package: Package) -> Measured:
    """Whether the carrier is a package substrate or a lead frame. A wafer is neither, and is no fault: its packages are of
    another kind, which only claims 5 and 14 do not name."""
    if package.carrier is None or not package.carrier.kind:
        yield Unmeasured(("carrier.kind",), "the kind of carrier is not stated ('carrier: kind' in the package file, field "
                         "'Carrier kind' on the carrier)")
    else:
        kind = package.carrier.kind
        found = exact(("carrier.kind",), int(kind in (SUBSTRATE, LEAD_FRAME)), package.carrier.outline.centre, kind)
        yield replace(found, informs=kind == WAFER)
