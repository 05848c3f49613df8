"""What is electrically connected, by metal: joints that lead from a chip to the rest of the package, terminals of passives."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import IntArray
from ..metal import BOND_PAD, BUMP, NOTHING, SOLDER, TERMINAL, UNKNOWN, Metal, leading_on, metal_of
from ..package import Chip, Package, Passive, keys
from ..space import chips_under
from ..units import COUNT
from . import Measured, Reading, Unmeasured, exact, measure
from .bonded import bumps_unstated, missing_bumps, missing_pads, missing_pads_under
from .nets import NO_NETS


@measure(COUNT)
def joints_leading_on(package: Package) -> Measured:
    """How many bumps and bond pads of every chip are joined by metal to another part: landed on copper of their net, or
    wired to it, and from there along the carrier's copper to a ball, lead, passive or other chip. None where a whole stack of
    chips is joined to nothing beyond itself.

    Face-up chips without a net are left out: they are there to fill a place.
    """
    metal = metal_of(package)
    pieces, out = metal.pieces, _stacks_that_lead_out(package, metal)
    for number, chip in enumerate(package.chips):
        mine = np.concatenate((pieces.numbers(BUMP, number), pieces.numbers(BOND_PAD, number)))
        if not chip.bonded or (not len(mine) and bumps_unstated(chip)):
            yield missing_bumps(chip)
            continue
        if not len(mine) or (not pieces.net[mine].any() and not (chip.faces_down and chip.bumps is not None)):
            continue
        if len(pieces.nets) < 2:
            yield Unmeasured((keys.bumps(chip.name),), NO_NETS, of=chip.key)
            continue
        count = len(leading_on(metal, number))
        unknown = mine[(metal.joints.under[mine] == UNKNOWN) & (pieces.net[mine] > 0)]
        if len(unknown) and not (count and out[number]):
            yield missing_pads(chip)
        elif count and not out[number]:
            yield exact((chip.key,), 0, chip.at, f"{chip.name}: of {_joints(count)} none leads to the carrier")
        else:
            yield exact((chip.key,), count, chip.at, f"{chip.name}: {_ways(chip)}")


def _joints(count: int) -> str:
    return "1 joint" if count == 1 else f"{count:,} joints"


def _ways(chip: Chip) -> str:
    """What a chip could be joined by."""
    bumps = len(chip.bumps.sites) if chip.bumps is not None else 0
    pads = len(chip.pads.sites) if chip.pads is not None else 0
    return " and ".join(f"{count} {word}" for count, word in ((bumps, "bumps"), (pads, "bond pads")) if count)


def _stacks_that_lead_out(package: Package, metal: Metal) -> list[bool]:
    """Of each chip, whether any chip of its stack comes to the balls, leads or other parts of the carrier.

    Claims 6 and 15 speak of the chipset: a pair of chips glued on the back of a third belongs to it.
    """
    numbers = {chip.name: i for i, chip in enumerate(package.chips)}
    stack = list(range(len(package.chips)))
    for i, chip in enumerate(package.chips):
        for name in chip.on:
            one, other = stack[i], stack[numbers.get(name, i)]
            stack = [min(one, other) if its in (one, other) else its for its in stack]
    out = {stack[i] for i in range(len(stack)) if metal.leads_out[i]}
    return [its in out for its in stack]


@measure(COUNT)
def unconnected_terminals(package: Package) -> Measured:
    """How many terminals of every passive connect nothing: stand on no metal, on that of another net or of none, or on a net
    that reaches no other part; all where there are not two terminals on two nets, or where only passives hang together. On a
    chip a terminal stands on a bond pad where the middle of one lies on the other."""
    metal = metal_of(package)
    stands = _stands_on(metal)
    for number, passive in enumerate(package.passives, len(package.chips)):
        mine = metal.pieces.numbers(TERMINAL, number)
        if len(metal.pieces.nets) < 2 and len(mine) > 1:
            yield Unmeasured((passive.key,), NO_NETS)
        elif (metal.joints.under[mine] == UNKNOWN).any():
            chip = next(one for one in chips_under(package, passive) if one.pads is None or not len(one.pads.sites))
            yield missing_pads_under(passive, chip)
        else:
            yield _of_passive(metal, stands, number, passive, mine)


def _stands_on(metal: Metal) -> dict[int, list[int]]:
    """The leads and die attach pad that each terminal touches, on a chip its bond pads."""
    joints = metal.joints
    found: dict[int, list[int]] = {}
    which = (joints.kind == SOLDER) & (metal.pieces.kind[joints.one] == TERMINAL)
    for one, other in zip(joints.one[which].tolist(), joints.other[which].tolist()):
        found.setdefault(one, []).append(other)
    return found


def _of_passive(metal: Metal, stands: dict[int, list[int]], number: int, passive: Passive, mine: IntArray) -> Reading:
    if len(mine) < 2:
        said = "has one terminal" if len(mine) else "has no terminal"
        return exact((passive.key,), 2 - len(mine), passive.at, f"{passive.name} {said}")
    wrong = [(metal.pieces.run_of(one).names[k], said) for k, one in enumerate(mine.tolist())
             for said in _trouble(metal, one, stands.get(one, []), passive.on)]
    nets = {metal.pieces.net_name(one) for one in mine.tolist()}
    if wrong:
        told = "; ".join(f"terminal {name} {said}" for name, said in wrong)
        return exact((passive.key,), len({name for name, _ in wrong}), passive.at, f"{passive.name}: {told}")
    if len(nets) < 2:
        return exact((passive.key,), len(mine), passive.at, f"{passive.name} is shorted: all terminals are on {nets.pop()}")
    if metal.alone[number]:
        return exact((passive.key,), len(mine), passive.at, f"{passive.name} is joined to passives only, no chip and no exit")
    return exact((passive.key,), 0, passive.at, passive.name)


def _trouble(metal: Metal, one: int, met: list[int], on: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a terminal that touches this metal of a frame, or these bond pads of the chip it stands ``on``."""
    pieces = metal.pieces
    below = int(metal.joints.under[one])
    if below == NOTHING:
        beside = "stands on no metal" if pieces.outlines else "lies beside the carrier"
        yield f"stands on no bond pad of {on[0]}" if on else beside
    # Where it stands, its own net is due; beside that it may reach over metal that has none.
    strange = [other for other in met if pieces.net[other] != pieces.net[one] and (other == below or pieces.net[other])]
    if strange:
        told = " and ".join(f"{pieces.name(other)} ({pieces.net_name(other) or 'no net'})" for other in strange)
        yield f"({pieces.net_name(one) or 'no net'}) {'stands on' if below in strange else 'touches'} {told}"
    elif below != NOTHING and metal.parts_on[one] < 2:
        yield "connects nothing"
