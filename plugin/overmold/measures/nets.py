"""Nets as the board or the netlist says: whether their names occur twice. What is joined by metal is told by ``connected``."""

from __future__ import annotations

import re
from collections import Counter

from ..package import LEAD_FRAME, SUBSTRATE, Package, keys
from ..package.words import INTERPOSER
from ..units import COUNT, FLAG
from . import Measured, Unmeasured, exact, measure
from .crowds import MOST
from .gap import flip_chips

LAMINATE = ("core", "build-up")  # layers that only a substrate has
_NOT_ORGANIC = re.compile(r"(?i)silicon|silizium|silicium|glas|silicate|ceramic|keramik|quartz|silica|sapphire|alumina|"
                          r"alumini?um (?:oxide|nitride)|borofloat|pyrex|\b(?:si|sic|sio2|si3n4|al2o3|aln|gaas|[lh]tcc)\b")
# Laminates are woven of glass and filled with silica, and organic all the same.
_ORGANIC = re.compile(r"(?i)epoxy|resin|polyimide|polymer|laminate|prepreg|cloth|fib(?:re|er)|reinforced|silicone|fr-?4|"
                      r"\b(?:bt|abf)\b")
NO_NETS = "no pad has a net: give 'netlist' in the package file, or assign nets on the board"


def is_organic(material: str) -> bool:
    """Whether a material is none that is called silicon, glass or ceramic, in words or by its formula."""
    return not _NOT_ORGANIC.search(material) or bool(_ORGANIC.search(material))


def reaching_nets(package: Package) -> dict[str, int]:
    """How many parts (chips, passives, the ball array, lands on top, the leads of a frame) each net has a pad on."""
    parts = [(*(chip.bumps.nets if chip.bumps is not None else ()), *(chip.pads.nets if chip.pads is not None else ()))
             for chip in package.chips]
    parts += [tuple(terminal.net for terminal in passive.terminals) for passive in package.passives]
    if package.balls is not None:
        parts.append(package.balls.nets)
    if package.top_lands is not None:
        parts.append(package.top_lands.nets)
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
    """Whether the carrier is a package substrate or a lead frame.

    A lead frame has no laminate. An organic interposer is a package substrate, one of silicon, glass or ceramic is not; which
    it is the material of its core or build-up says. A bare wafer or panel is neither.
    """
    carrier = package.carrier
    if carrier is None or not carrier.kind:
        yield Unmeasured(("carrier.kind",), "the kind of carrier is not stated ('carrier: kind' in the package file, field "
                         "'Carrier kind' on the carrier)")
        return
    laminate = [layer for layer in carrier.stackup if layer.kind in LAMINATE]
    said, yes = carrier.kind, carrier.kind in (SUBSTRATE, LEAD_FRAME)
    if carrier.kind == LEAD_FRAME and laminate:
        said, yes = f"{carrier.kind} with {laminate[0].kind} in its stack-up", False
    elif carrier.kind == INTERPOSER:
        materials = [layer.material for layer in laminate if layer.material]
        if not materials:
            yield Unmeasured((keys.STACKUP,), "whether the interposer is organic is not known: state the material of its core "
                             "or build-up ('carrier: stackup' in the package file, the board's own stack-up)")
            return
        hard = [one for one in materials if not is_organic(one)]
        said, yes = f"{carrier.kind} of {(hard or materials)[0]}", not hard
    yield exact(("carrier.kind",), int(yes), carrier.outline.centre, said)
