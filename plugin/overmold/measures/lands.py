"""Where lands may lie: on the carrier, beside the chips that they do not belong to, and bond pads apart from each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import IntArray
from ..geometry.circles import clearance_inside, nearest_pair
from ..geometry.shape_gaps import Shapes, shapes_nearer_than
from ..metal import BALL, BOND_PAD, CARRIER_PAD, NO_NET, Pieces, metal_of
from ..package import Package, Terminal
from ..shapes import Outline, distance, distinct, margin_inside, rectangle
from ..units import LENGTH
from . import Measured, Reading, exact, measure


def _outline(terminal: Terminal, angle: int) -> Outline:
    return rectangle(terminal.at, terminal.size, angle)


@measure(LENGTH, in_plan=True)
def land_inside_carrier(package: Package) -> Measured:
    """How far the pads under bumps, the lands of balls and those of passives stay inside the carrier's outline, negative where
    they stick out; the worst of each part. Fingers are told by ``finger_to_carrier_edge``; a frame's metal is its own."""
    carrier = package.carrier
    if carrier is None or carrier.frame is not None:
        return
    pieces = metal_of(package).pieces
    for kind in (CARRIER_PAD, BALL):
        for part in distinct(pieces.part[pieces.kind == kind]).tolist():
            yield _worst_round(pieces, kind, part, carrier.outline)
    for passive in (*package.carrier_passives, *package.far_passives):
        inside = [margin_inside(_outline(one, passive.angle), carrier.outline) for one in passive.terminals]
        if inside:
            worst = min(range(len(inside)), key=inside.__getitem__)
            yield exact((passive.key, "carrier"), inside[worst], passive.terminals[worst].at,
                        f"{passive.name}.{passive.terminals[worst].name}")


def _worst_round(pieces: Pieces, kind: int, part: int, outline: Outline) -> Reading:
    mine = pieces.numbers(kind, part)
    inside = clearance_inside(pieces.xy[mine], pieces.size[mine, 0], outline)
    worst, beyond = int(inside.argmin()), int((inside < 0).sum())
    many = f", one of {beyond:,} that stick out" if beyond > 1 else ""
    piece = int(mine[worst])
    return exact((pieces.key(piece), "carrier"), int(inside[worst]), pieces.at(piece), f"{pieces.name(piece)}{many}")


@measure(LENGTH, in_plan=True)
def passive_land_to_chip(package: Package) -> Measured:
    """Distance in plan of the lands of every passive on the carrier from the nearest chip that stands on the same side of it; 0
    where one reaches under it. What stands in a cavity of its own, or is closed in, is not on that surface."""
    for passive in (one for one in (*package.carrier_passives, *package.far_passives) if not one.in_cavity):
        chips = [chip for chip in package.chips if not chip.on and chip.is_far == passive.is_far and not chip.is_closed_in]
        found = [(distance(_outline(one, passive.angle), chip.outline), one.name, chip) for one in passive.terminals
                 for chip in chips]
        if found:
            apart, name, chip = min(found, key=lambda one: one[0])
            yield exact((passive.key, chip.key), apart, passive.at, f"{passive.name}.{name} to {chip.name}")


@measure(LENGTH, in_plan=True)
def bond_pad_spacing(package: Package) -> Measured:
    """Edge-to-edge distance of neighbouring bond pads of one chip, 0 where they touch; the nearest of each, pairs of one net
    aside."""
    pieces = metal_of(package).pieces
    for number in range(len(package.chips)):
        yield from _nearest_pads(pieces, pieces.numbers(BOND_PAD, number))


def _nearest_pads(pieces: Pieces, mine: IntArray) -> Iterator[Reading]:
    shapes = Shapes(pieces.xy[mine], pieces.size[mine], pieces.angle[mine], pieces.is_round[mine])
    nearest = nearest_pair(shapes.xy, np.zeros(len(mine), np.int64))
    if nearest is None:
        return
    # Whatever touches, else the nearest: no farther apart by their edges than two are by their middles.
    for spacing in (1, nearest[2] + 1):
        i, j, apart = shapes_nearer_than(shapes, spacing)
        told = (pieces.net[mine[i]] != pieces.net[mine[j]]) | (pieces.net[mine[i]] == NO_NET)
        i, j, apart = i[told], j[told], apart[told]
        if len(apart):
            k, touching = int(apart.argmin()), int((apart == 0).sum())
            one, other = int(mine[i[k]]), int(mine[j[k]])
            many = f", one of {touching:,} pairs that touch" if touching > 1 else ""
            yield exact((pieces.key(one), pieces.key(other)), int(apart[k]), pieces.at(one),
                        f"{pieces.name(one)} to {pieces.name(other)}{many}")
            return
