"""Proposed wires down to the die attach pad, or to metal around it, for pads of the net that this has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ... import package as p
from ...geometry.leads import standing_room
from ...geometry.loops.auto import Drawn, Limits
from ...geometry.loops.down import Around, down_bonds
from ...package import keys
from ...shapes import Outline
from ..models.wire import Wires
from .wires import Ends


def waiting_pads(chip: p.Chip, taken: Collection[str], meant: set[str]) -> NDArray[np.bool_]:
    """Which pads of a chip still want a wire: of a chip whose pads the netlist knows, those that it knows."""
    assert chip.pads is not None
    pads = [keys.end(chip.name, name) for name in chip.pads.sites.names]
    every = meant.isdisjoint(pads)
    return np.array([(every or pad in meant) and pad not in taken for pad in pads], bool)


def bonding_metal(frame: Optional[p.Frame], ends: Ends) -> list[tuple[str, str, Outline]]:
    """Name, net and outline of what a wire can go down to: the paddle, and metal that reaches no edge of the frame, both where
    they are not etched from above."""
    if frame is None:
        return []
    boxes = [one.outline.box for one in frame.leads]
    rim = [(min if side < 2 else max)(box[side] for box in boxes) for side in range(4)] if boxes else []
    metal = {lead.name: lead.outline for lead in frame.leads
             if all(abs(edge - far) > 1 for edge, far in zip(lead.outline.box, rim))}
    if frame.paddle is not None:
        metal = {p.PADDLE: frame.paddle, **metal}
    return [(name, ends.net(name), part) for name, outline in metal.items() if ends.net(name)
            for part in standing_room(outline, frame.etched_above)]


def bonding_nets(frame: Optional[p.Frame], ends: Ends) -> set[str]:
    """The nets of that metal."""
    return {net for _, net, _ in bonding_metal(frame, ends)}


def down_wires(wires: Wires, chip: p.Chip, there: Sequence[p.Wire], ends: Ends, meant: set[str], frame: Optional[p.Frame]
               ) -> Iterator[p.Wire]:
    """Wires without names, of the first tier; ``there`` are those that are laid already."""
    auto, metal = wires.auto, bonding_metal(frame, ends)
    if auto is None or auto.down_bonds is None or chip.pads is None or chip.on or not metal:
        return
    taken = {end for wire in there for end in (wire.start, wire.end)}
    picked = np.flatnonzero(waiting_pads(chip, taken, meant))
    names = [chip.pads.sites.names[i] for i in picked.tolist()]
    nets = {"": -1}
    for _, net, _ in metal:
        nets.setdefault(net, len(nets))
    around = Around(chip.outline, [outline for _, _, outline in metal], [nets[net] for _, net, _ in metal],
                    auto.down_bonds, wires.defaults.diameter)
    starts, stops = (np.array([getattr(wire, end) for wire in there], np.int64).reshape(-1, 2) for end in ("from_at", "to_at"))
    drawn = Drawn(starts, stops, np.array([wire.tier for wire in there], np.int64))
    own = [nets.get(ends.net(keys.end(chip.name, name)), -2) for name in names]
    own = [number if number > 0 else -2 for number in own]
    found = down_bonds(chip.pads.sites.xy[picked], own, around, Limits(auto.max_length, auto.max_angle), drawn)
    defaults, ways = wires.defaults, [name for name, _, _ in metal]
    for pad, one in found.items():
        start = keys.end(chip.name, names[pad])
        yield p.Wire(name="", start=start, end=ways[one.metal], from_at=ends.at[start], to_at=one.at,
                     diameter=defaults.diameter, loop_height=defaults.loop_height, tier=1, profile=defaults.profile)
