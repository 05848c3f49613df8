"""Proposed wires: for the bond pads that have none yet, as ``wires: auto`` asks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ... import package as p
from ...arrays import IntArray
from ...faults import Fault, did_you_mean
from ...geometry.loops.auto import Drawn, Limits, Ring, propose
from ...marked_yaml import Marked
from ...package import keys
from ...shapes import inside
from ...units import ANGLE, LENGTH, Toleranced, show
from ..models.wire import Auto, Wires
from .wires import Ends, Laid

_MOST_FAULTS = 100


def proposed_wires(wires: Wires, chips: Sequence[p.Chip], laid: Sequence[Laid], ends: Ends, meant: set[str], marked: Marked,
                   faults: list[Fault]) -> list[Laid]:
    """Wires for the chips of ``auto``, one after the other, to fingers and leads that have none; a fault for each pad left
    over. ``meant`` are the ends that the netlist connects: of a chip with such pads the others get no wire.

    None while anything else is at fault: what is missing for that reason would be missed here once more.
    """
    auto = wires.auto
    if auto is None or faults or ends.broken:
        return []
    found: list[Laid] = []
    line, column = marked.place(("wires", "auto"), key=True)
    for i, name in enumerate(auto.chips):
        chip = next((one for one in chips if one.name == name), None)
        if chip is None or chip.pads is None:
            _no_pads(name, i, chips, marked, faults)
            continue
        every = [one.wire for one in (*laid, *found)]
        pads, ring, drawn, free = _ring(chip, chips, every, ends, meant)
        proposals, left = propose(ring, Limits(auto.max_length, auto.max_angle, auto.tiers), drawn)
        for one in proposals:
            start, end = keys.end(chip.name, pads[one.pad]), free[one.finger]
            wire = _wire(f"W{len(laid) + len(found) + 1}", start, end, one.tier, wires, auto, ends)
            found.append(Laid(wire, marked.source, line, column))
        for pad, reason in list(left.items())[:_MOST_FAULTS]:
            said = f"{chip.name}.{pads[pad]} cannot be wired: {_in_words(reason, auto)}"
            faults.append(marked.fault(("wires", "auto"), said, key=True))
        if len(left) > _MOST_FAULTS:
            said = f"{len(left) - _MOST_FAULTS} more pads of {chip.name} cannot be wired; they are told when these are mended"
            faults.append(marked.fault(("wires", "auto"), said, key=True))
    return found


def _no_pads(name: str, i: int, chips: Sequence[p.Chip], marked: Marked, faults: list[Fault]) -> None:
    with_pads = [chip.name for chip in chips if chip.pads is not None]
    hint = did_you_mean(name, with_pads) if with_pads else "; give it 'pads'"
    faults.append(marked.fault(("wires", "auto", "chips", i), f"there is no chip '{name}' with bond pads{hint}"))


def _ring(chip: p.Chip, chips: Sequence[p.Chip], wires: Sequence[p.Wire], ends: Ends, meant: set[str]
          ) -> tuple[list[str], Ring, Drawn, list[str]]:
    """The pads of a chip that still want a wire, the fingers or leads that still have none, and the wires there are."""
    assert chip.pads is not None
    taken = {end for wire in wires for end in (wire.start, wire.end)}
    names, xy = chip.pads.sites.names, chip.pads.sites.xy
    pads = [keys.end(chip.name, name) for name in names]
    nets = [ends.net(pad) for pad in pads]
    every = meant.isdisjoint(pads)
    wanted = np.array([(every or pad in meant) and pad not in taken for pad in pads], bool)
    # Under another chip stand that chip's bumps.
    for upper in chips:
        if chip.name in upper.on:
            wanted &= ~inside(xy.astype(np.float64), upper.outline)
    picked = np.flatnonzero(wanted)
    free = [name for name in ends.at if not keys.on_chip(name) and name != p.PADDLE and name not in taken]
    numbers: dict[str, int] = {"": -1}
    for net in nets:
        numbers.setdefault(net, len(numbers))
    # A finger of a net that no pad has must not be taken for one without a net.
    own = np.array([numbers[net] for net in nets], np.int64)[picked]
    others = np.array([numbers.get(ends.net(name), len(numbers)) for name in free], np.int64)
    ring = Ring(xy[picked], _points([ends.at[name] for name in free]), chip.outline, own, others)
    drawn = Drawn(_points([wire.from_at for wire in wires]), _points([wire.to_at for wire in wires]),
                  np.array([wire.tier for wire in wires], np.int64))
    return [names[k] for k in picked.tolist()], ring, drawn, free


def _points(spots: Sequence[tuple[int, int]]) -> IntArray:
    return np.array(spots, np.int64).reshape(-1, 2)


def _wire(name: str, start: str, end: str, tier: int, wires: Wires, auto: Auto, ends: Ends) -> p.Wire:
    defaults = wires.defaults
    height = defaults.loop_height
    if height is not None and auto.tier_step is not None:
        height = height + Toleranced((tier - 1) * auto.tier_step)
    return p.Wire(name=name, start=start, end=end, from_at=ends.at[start], to_at=ends.at[end],
                  diameter=defaults.diameter, loop_height=height, tier=tier, profile=defaults.profile)


def _in_words(reason: str, auto: Auto) -> str:
    length, angle = show(auto.max_length, LENGTH), show(auto.max_angle, ANGLE)
    return {
        "too long": f"no finger is within {length} ('max_length'); put one nearer",
        "too slanted": f"no finger within {length} is within {angle} of the edge's normal ('max_angle'); put one there",
        "other nets": "every finger that it could reach is of another net; look at the netlist",
        "would cross": f"every free finger that it could reach lies across other wires; allow more than {auto.tiers} 'tiers'",
        "all taken": "every finger that it could reach has a wire; add fingers",
    }[reason]
