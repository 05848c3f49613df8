"""Proposed wires: for the bond pads that have none yet, as ``wires: auto`` asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Optional

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
from .down_bonds import bonding_nets, down_wires, waiting_pads
from .wires import Ends, Laid

_MOST_FAULTS = 100


def proposed_wires(wires: Wires, chips: Sequence[p.Chip], laid: Sequence[Laid], ends: Ends, meant: set[str], marked: Marked,
                   faults: list[Fault], frame: Optional[p.Frame] = None) -> list[Laid]:
    """Wires for the chips of ``auto``, one after the other, to fingers and leads that have none; a fault for each pad left
    over. ``meant`` are the ends that the netlist connects: of a chip with such pads the others get no wire.

    An empty list while anything else is at fault: what is missing for that reason would be missed here once more.
    """
    auto = wires.auto
    if auto is None or faults or ends.broken:
        return []
    found: list[Laid] = []
    place = marked.source, *marked.place(("wires", "auto"), key=True)
    downs = bonding_nets(frame, ends) if auto.down_bonds is not None else set()
    for i, name in enumerate(auto.chips):
        chip = next((one for one in chips if one.name == name), None)
        if chip is None or chip.pads is None:
            _no_pads(name, i, chips, marked, faults)
            continue
        may = {site for site in chip.pads.sites.names if ends.net(keys.end(name, site)) in downs and not chip.on}
        # Wires down find their way between the others; what finds none goes to a finger after all.
        left: dict[str, str] = {}
        for later in (may, set[str]()) if may else (may,):
            there = [one.wire for one in (*laid, *found)]
            pads, ring, drawn, free = _ring(chip, chips, there, ends, meant, {*later, *left})
            proposals, lost = propose(ring, Limits(auto.max_length, auto.max_angle, auto.tiers), drawn)
            for one in proposals:
                start, end = keys.end(name, pads[one.pad]), free[one.finger]
                found.append(Laid(_wire(_next(laid, found), start, end, one.tier, wires, auto, ends), *place))
            left.update((pads[pad], _in_words(reason, auto)) for pad, reason in lost.items())
            for wire in down_wires(wires, chip, [one.wire for one in (*laid, *found)], ends, meant, frame) if later else ():
                found.append(Laid(replace(wire, name=_next(laid, found)), *place))
        said_of = {pad: f"{said}{_no_way_down(auto) if pad in may else ''}" for pad, said in left.items()}
        _left_over(name, said_of, marked, faults)
    return found


def _next(laid: Sequence[Laid], found: Sequence[Laid]) -> str:
    return f"W{len(laid) + len(found) + 1}"


def _no_way_down(auto: Auto) -> str:
    assert auto.down_bonds is not None
    return (f"; nor is there room {show(auto.down_bonds, LENGTH)} from the chip's edge ('down_bonds') on metal of its net, "
            "clear of other wires")


def _left_over(chip: str, left: Mapping[str, str], marked: Marked, faults: list[Fault]) -> None:
    for pad, said in list(left.items())[:_MOST_FAULTS]:
        faults.append(marked.fault(("wires", "auto"), f"{chip}.{pad} cannot be wired: {said}", key=True))
    if len(left) > _MOST_FAULTS:
        said = f"{len(left) - _MOST_FAULTS} more pads of {chip} cannot be wired; they are told when these are mended"
        faults.append(marked.fault(("wires", "auto"), said, key=True))


def _no_pads(name: str, i: int, chips: Sequence[p.Chip], marked: Marked, faults: list[Fault]) -> None:
    with_pads = [chip.name for chip in chips if chip.pads is not None]
    hint = did_you_mean(name, with_pads) if with_pads else "; give it 'pads'"
    faults.append(marked.fault(("wires", "auto", "chips", i), f"there is no chip '{name}' with bond pads{hint}"))


def _ring(chip: p.Chip, chips: Sequence[p.Chip], wires: Sequence[p.Wire], ends: Ends, meant: set[str], without: set[str]
          ) -> tuple[list[str], Ring, Drawn, list[str]]:
    """The pads of a chip that still want a wire, those ``without`` aside, the fingers or leads that still have none, and the
    wires there are."""
    assert chip.pads is not None
    taken = {end for wire in wires for end in (wire.start, wire.end)}
    names, xy = chip.pads.sites.names, chip.pads.sites.xy
    nets = [ends.net(keys.end(chip.name, name)) for name in names]
    wanted = waiting_pads(chip, taken, meant) & np.array([name not in without for name in names], bool)
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
