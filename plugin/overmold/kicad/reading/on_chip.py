"""Passives that stand on a chip: their terminals are no copper of the carrier, but marks: rectangles with a name in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...faults import Faults, did_you_mean
from ...package import FAR_SIDE, Chip, Passive, Terminal, keys
from ...package.datum import data_of, key_of
from ...shapes import Point, transform, untransform
from .drawn import path
from .one_footprint import Footprint, contacts
from .sites import read_sites

ON = data_of(Passive)["on"].label
_LAYER = "Bumps on chips"
_SIDE = data_of(Passive)["side"].label
_Box = tuple[Point, Point]  # middle and size, as the footprint has them


def terminals_on_chip(made_of: Footprint, on: tuple[str, ...]) -> tuple[Terminal, ...]:
    """The terminals that a passive on a chip has on the layer for them; faults for pads of the carrier and for marks without a
    shape or a name."""
    key, pads = keys.passive(made_of.name), made_of.contents.pads
    for row in contacts(pads, made_of.number)[:20].tolist():
        made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}", f"{made_of.name} stands on "
                         f"{', '.join(on)}, so its terminals are not pads of the carrier; delete this pad, or empty the field "
                         f"'{ON}'", key, stands_on(made_of.name))
    marks = read_sites(made_of, _LAYER, "terminal", key)
    boxes = list(_boxes(made_of))
    found = []
    for name, net, spot in zip(marks[0].names, marks[1], marks[0].xy.tolist()) if marks is not None else ():
        own = untransform((spot[0], spot[1]), made_of.at, made_of.angle)
        around = [box for box in boxes if all(2 * abs(a - b) <= side for a, b, side in zip(own, *box))]
        if not around:
            made_of.wrong(f"terminal {name} has no shape; draw a rectangle as large as it around its name, on the layer "
                          f"'{_LAYER}'", key)
            continue
        box = min(around, key=lambda one: one[1][0] * one[1][1])
        boxes.remove(box)
        found.append(Terminal(name, transform(box[0], made_of.at, made_of.angle), box[1], net))
    if boxes:
        made_of.wrong(f"{len(boxes)} of the rectangles on the layer '{_LAYER}' have no name in them; write the terminal's name "
                      "and net in each, for example 1: VDD, or delete it", key)
    return tuple(found)


def _boxes(made_of: Footprint) -> Iterator[_Box]:
    """The closed shapes on the layer of terminals, each as the rectangle around it."""
    for shape in made_of.drawn_on(*made_of.contents.layers(_LAYER)):
        made_of.notes.taken.add(shape.at)
        try:
            line = path(made_of.contents.index, shape)
        except Faults as found:
            for fault in found.faults:
                made_of.wrong_byte(shape.at, fault.message, keys.passive(made_of.name))
            continue
        xs, ys = zip(*line.points)
        size = max(xs) - min(xs), max(ys) - min(ys)
        if line.closed and min(size) > 0:
            yield (min(xs) + size[0] // 2, min(ys) + size[1] // 2), size


def not_on_a_chip(made_of: Footprint) -> None:
    """A fault where a passive whose field names no chip is drawn as one that stands on a chip."""
    key = keys.passive(made_of.name)
    if read_sites(made_of, _LAYER, "terminal", key) is not None:
        made_of.wrong(f"its terminals are drawn on the layer '{_LAYER}', as those of a part that stands on a chip; name that "
                      f"in the field '{ON}', or delete them and give it pads on the carrier's copper", key,
                      stands_on(made_of.name))


def stands_on(name: str) -> str:
    """The key of what a passive stands on."""
    return keys.within(keys.passive(name), key_of("on", data_of(Passive)["on"]))


def put_passives_on_chips(parts: Sequence[Footprint], passives: Sequence[Passive], chips: Sequence[Chip]) -> None:
    """Note a fault for every passive on a chip that the board does not have, on one twice, or on the far side as well."""
    names, others = [chip.name for chip in chips], {passive.name for passive in passives}
    owners = {part.name: part for part in parts}
    for passive in passives:
        fields, key = owners[passive.name].fields, stands_on(passive.name)
        if len(set(passive.on)) < len(passive.on):
            fields.wrong(ON, "this names one chip twice; leave it one", key)
        for name in passive.on:
            if name in others:
                fields.wrong(ON, f"{name} is not a chip, and a passive stands on the carrier or on a chip", key)
            elif name not in names:
                near = did_you_mean(name, names) if names else ""
                fields.wrong(ON, f"there is no chip '{name}' on this board to stand on{near}", key)
            elif any(chip.name == name and chip.is_far for chip in chips):
                fields.wrong(ON, f"{name} is on the carrier's far side, and no passive can stand on a chip there", key)
        if passive.on and passive.side == FAR_SIDE:
            fields.wrong(_SIDE, f"{passive.name} stands on {passive.on[0]}, so it is not on the carrier's far side; empty this "
                         f"field or '{ON}'", keys.within(passive.key, "side"), key)
