"""The bill of materials of a package: what an assembly house buys and puts together, one row for what is alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Optional

import numpy as np

from ...measures.balls import bears_balls
from ...metal.tables import wire_table
from ...package import Chip, Package
from ...package.soldered import bare_lands, soldered
from ...package.words import ENCAPSULANT, NOTHING_IN_GAP
from ...plain import listed
from ...shapes import Outline
from ...space import blocks, far_blocks
from ...units import LENGTH, Toleranced, show, show_toleranced
from .xlsx import Sheet

HEADS = ("item", "part", "names", "quantity", "unit", "material", "description")
NOT_STATED = "not stated"
_MOST_NAMES = 200
_Row = tuple[str, str, str, str, str, str]


def bill(package: Package) -> Sheet:
    """Carrier with its layers, chips, bumps, die attach, wires, passives, mold compound and balls."""
    rows = [*_carrier(package), *_chips(package), *_wires(package), *_passives(package), *_outside(package)]
    return Sheet("Bill of materials", HEADS, [(str(i), *row) for i, row in enumerate(rows, 1)])


def _carrier(package: Package) -> Iterator[_Row]:
    carrier = package.carrier
    if carrier is None:
        return
    frame = carrier.frame
    thick = f"{_size(carrier.outline)}, thickness {_long(carrier.thickness)}"
    material = f"plated with {frame.finish}" if frame is not None and frame.finish else NOT_STATED
    if frame is None:
        material = listed(list(dict.fromkeys(layer.material for layer in carrier.stackup if layer.material))) or NOT_STATED
    yield "carrier", carrier.kind, "1", "pc", material, thick
    for i, layer in enumerate(carrier.stackup, 1):
        yield "layer of the carrier", layer.name or f"layer {i}", "1", "pc", layer.material or NOT_STATED, \
            f"{layer.kind}, {_long(layer.thickness)}"
    if frame is not None:
        yield "leads of the carrier", "", str(len(frame.leads)), "pc", material, \
            f"foot {_long(frame.lead_width)} x {_long(frame.lead_length)}"


def _chips(package: Package) -> Iterator[_Row]:
    for chip in package.chips:
        on = f" on {listed(chip.on)}" if chip.on else " on the far side" if chip.is_far else ""
        yield "chip", chip.name, "1", "pc", NOT_STATED, \
            f"{chip.bonding.noun}{on}, {_size(chip.outline)}, thickness {_long(chip.thickness)}"
        yield from _joint(chip)


def _joint(chip: Chip) -> Iterator[_Row]:
    bumps = chip.bumps
    if bumps is not None and len(bumps.sites):
        parts = [f"diameter {_long(bumps.diameter)}" if bumps.width is None else
                 f"{_long(bumps.diameter)} long, {_long(bumps.width)} wide"]
        parts += [f"{words} {_long(high)}" for words, high in (
            ("height", bumps.height), ("copper pillar", bumps.pillar), ("solder cap", bumps.solder_cap),
            ("solder sphere", bumps.sphere), ("stud as coined", bumps.coined)) if high is not None]
        yield "bumps", chip.name, str(len(bumps.sites)), "pc", bumps.alloy or NOT_STATED, ", ".join(parts)
        if bumps.presolder:
            yield "presolder", chip.name, str(len(bumps.sites)), "pc", bumps.presolder, f"on the pads under {chip.name}"
    if chip.has_gap and chip.gap_filled_with not in (ENCAPSULANT, NOTHING_IN_GAP):
        yield chip.gap_filled_with, chip.name, "1", "pc", NOT_STATED, f"under {chip.name}"
    if chip.has_attach:
        yield "die attach", chip.name, "1", "pc", chip.attach_material or NOT_STATED, \
            f"{chip.attach_form or 'film or paste'}, {_long(chip.attach)}"


def _wires(package: Package) -> Iterator[_Row]:
    groups: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for row in wire_table(package):
        groups.setdefault((row.metal, row.diameter), []).append((row.wire, row.length))
    for (metal, diameter), wires in groups.items():
        total = show(sum(length for _, length in wires), LENGTH, "mm")
        yield "wires", _names(name for name, _ in wires), str(len(wires)), "pc", metal or NOT_STATED, \
            f"diameter {show(diameter, LENGTH)}, {total} in plan together"


def _passives(package: Package) -> Iterator[_Row]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for part in package.passives:
        size = " x ".join(show(side, LENGTH, "mm") for side in sorted(_unturned(part.outline), reverse=True))
        where = ", on the ball side" if part.is_far else f", on {' and '.join(part.on)}" if part.on else ""
        told = f"{size}, height {_long(part.height)}{where}"
        groups.setdefault((part.value, told, part.alloy), []).append(part.name)
    for (value, told, alloy), names in groups.items():
        yield "passive", _names(names), str(len(names)), "pc", value or NOT_STATED, \
            f"{told}{f', soldered with {alloy}' if alloy else ''}"


def _outside(package: Package) -> Iterator[_Row]:
    balls = package.balls
    for block in (*blocks(package), *far_blocks(package)):
        yield "mold compound", block.name, "1", "pc", block.mold.compound or NOT_STATED, \
            f"{_size(block.outline)}, cap {_long(block.cap)}, largest filler {_long(block.mold.filler)}"
    lid = package.lid
    if lid is not None:
        yield "lid attach", "lid", "1", "pc", lid.attach_material or NOT_STATED, _long(lid.attach)
        yield "lid", "lid", "1", "pc", lid.material or NOT_STATED, f"thickness {_long(lid.thickness)}"
    if balls is None or not len(balls.sites):
        return
    bare = bare_lands(balls)
    if bare is not None and bare is not balls:
        yield "bare lands", "", str(len(bare.sites)), "pc", balls.finish or NOT_STATED, "on the carrier, without balls"
        balls = soldered(balls) or balls
    if not bears_balls(package):
        yield "lands", "", str(len(balls.sites)), "pc", balls.finish or NOT_STATED, "on the carrier, without balls"
        return
    stated = balls.diameter.nominal if balls.diameter is not None else 0
    own = balls.sites.diameters if balls.sites.diameters is not None else np.zeros(len(balls.sites), np.int64)
    for wide, count in sorted(Counter(np.where(own > 0, own, stated).tolist()).items(), reverse=True):
        told = _long(balls.diameter) if wide == stated else show(wide, LENGTH)
        attach = f", attached with {balls.attach}" if balls.attach else ""
        core = f", core {_long(balls.core)} {balls.core_material}".rstrip() if balls.core is not None else ""
        yield "pillars" if balls.are_pillars else "balls", "", str(count), "pc", balls.alloy or NOT_STATED, \
            f"diameter {told}, standoff {_long(balls.height)}{core}{attach}"


def _names(names: Iterable[str]) -> str:
    return listed(list(names), _MOST_NAMES)


def _long(length: Optional[Toleranced]) -> str:
    return show_toleranced(length, LENGTH) if length is not None else NOT_STATED


def _size(outline: Outline) -> str:
    return " x ".join(show(side, LENGTH, "mm") for side in outline.size)


def _unturned(outline: Outline) -> tuple[int, int]:
    """Length and width of a rectangle, however it is turned."""
    ring = outline.rings[0]
    if len(ring) != 4:
        return outline.size
    (ax, ay), (bx, by), (cx, cy), _ = ring
    return round(float(np.hypot(bx - ax, by - ay))), round(float(np.hypot(cx - bx, cy - by)))
