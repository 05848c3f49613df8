"""Lands beyond the carrier or under a chip, bond pads that touch: against brute force, and on boards."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
import shapely

from overmold.arrays import Sites
from overmold.check import BROKEN, KEPT, check
from overmold.kicad.reading.board import read_board
from overmold.kicad.writing.board import board_file
from overmold.measures.lands import bond_pad_spacing, land_inside_carrier, passive_land_to_chip
from overmold.package import BondPads
from overmold.rule import load_deck
from overmold.shapes import polygon, rectangle
from random_metal import a_package
from variants import demo_with

DECK = load_deck()
RULES = {rule.name: rule for rule in DECK.rules if rule.name in ("land-beyond-carrier", "land-under-chip", "bond-pads-touch")}


@pytest.mark.parametrize("name", RULES)
def test_a_board_is_judged_as_the_file_is(name):
    rule = RULES[name]
    for changes, expected in (((rule.kept_by,), KEPT), ((rule.kept_by, rule.broken_by), BROKEN)):
        package = demo_with(*changes)
        board = read_board(board_file(package), "x.kicad_pcb")
        assert [check(one, DECK).verdict(name).status for one in (package, board)] == [expected, expected]


def pads_at(xy, size, nets, angle):
    package = demo_with(RULES["bond-pads-touch"].kept_by)
    names = tuple(f"P{i}" for i in range(len(xy)))
    chip = replace(package.chips[1], angle=angle, pads=BondPads(Sites(names, np.array(xy, np.int64)), tuple(nets), size))
    return replace(package, chips=(package.chips[0], chip), wires=())


@pytest.mark.parametrize("seed", range(30))
def test_the_nearest_bond_pads_are_those_of_brute_force(seed):
    chance = random.Random(seed)
    xy = [(chance.randrange(0, 900, 30) * 1000, chance.randrange(0, 900, 30) * 1000) for _ in range(chance.randrange(2, 12))]
    angle = chance.choice((0, 90_000, 30_000))
    nets = [chance.choice(("", "", "VDD", "GND")) for _ in xy]
    package = pads_at(xy, 50_000, nets, angle)
    squares = [polygon(rectangle(at, (50_000, 50_000), angle)) for at in xy]
    every = [squares[i].distance(squares[j]) for i in range(len(xy)) for j in range(i) if not nets[i] or nets[i] != nets[j]]
    found = [reading.value for reading in bond_pad_spacing(package)]
    if every and min(every) == 0:
        assert found == [0]
    elif found:
        assert found[0] >= min(every) - 3


def test_pads_of_one_net_may_touch():
    assert [r.value for r in bond_pad_spacing(pads_at([(0, 0), (50_000, 0)], 50_000, ["VDD", ""], 0))] == [0]
    assert not list(bond_pad_spacing(pads_at([(0, 0), (50_000, 0)], 50_000, ["VDD", "VDD"], 0)))


@pytest.mark.parametrize("seed", range(60))
def test_lands_over_an_edge_and_under_chips_are_those_of_brute_force(seed):
    package = a_package(seed)
    lands = {one.key: [polygon(rectangle(end.at, end.size, one.angle)) for end in one.terminals] for one in package.passives}
    under = {reading.where[0] for reading in passive_land_to_chip(package) if reading.value == 0}
    standing = [polygon(chip.outline) for chip in package.chips if not chip.on]
    apart = {key: min((land.distance(chip) for land in some for chip in standing), default=9e9) for key, some in lands.items()}
    assert {key for key, value in apart.items() if value == 0} <= under <= {key for key, value in apart.items() if value < 1}
    if package.carrier.frame is not None:
        assert not list(land_inside_carrier(package))
        return
    edge = polygon(package.carrier.outline)
    outside = {key for key, some in lands.items() if any(land.difference(edge.buffer(4)).area > 0 for land in some)}
    within = {key for key, some in lands.items() if all(edge.buffer(4).covers(land) for land in some)}
    found = {reading.where[0] for reading in land_inside_carrier(package) if reading.value < 0}
    assert outside <= found
    assert all(margin > -5 for margin in (r.value for r in land_inside_carrier(package) if r.where[0] in within))
    for chip in package.chips:
        if chip.bumps is not None and len(chip.bumps.sites) and not chip.on:
            half = (chip.bumps.pad or chip.bumps.diameter.nominal) / 2
            beyond = [not edge.buffer(4).covers(shapely.Point(at).buffer(half - 8)) for at in chip.bumps.sites.xy.tolist()]
            assert any(beyond) <= any(key.startswith(f"chips.{chip.name}.bumps") for key in found)
