"""What touches what, and what that joins: the metal of random packages against looking at every pair."""

from __future__ import annotations

from itertools import combinations

import pytest

from overmold.metal import CARRIER, SOLDER, TOUCH, WIRE, Metal, half_joints, hanging, metal_of, shorts, untouched_pads
from overmold.metal.pieces import WORDS
from overmold.package import Package
from random_metal import Bit, Doubtful, a_package, bits_of, islands, joints_by_looking_at_all

KINDS = {SOLDER: "solder", WIRE: "wire", TOUCH: "touch"}
EXITS = ("ball", "lead", "paddle")
ON_PARTS = ("bump", "bond pad", "terminal")
What = tuple[str, str, str]


def told(metal: Metal) -> list[What]:
    """Every piece as the oracle calls it."""
    pieces = metal.pieces
    return [(WORDS[run.kind], "" if run.part == CARRIER else pieces.parts[run.part], name)
            for run in pieces.runs for name in run.names]


def sound_pairs(bits: list[Bit], joints: set[tuple[str, frozenset[What]]], inside: set[What]) -> list[tuple[What, What]]:
    net = {bit.what: bit.net for bit in bits}
    pairs = [tuple(pair) for _, pair in joints if len({net[one] for one in pair} | {""}) == 2 and all(net[one] for one in pair)]
    lands = [bit for bit in bits if bit.side >= 0 and bit.net and bit.what in inside]
    return pairs + [(a.what, b.what) for a, b in combinations(lands, 2) if a.net == b.net]


def on_the_carrier(package: Package, bits: list[Bit]) -> set[What]:
    left, top, right, bottom = package.carrier.outline.box
    return {bit.what for bit in bits if left <= bit.shape.centroid.x <= right and top <= bit.shape.centroid.y <= bottom}


def compared(seed: int) -> bool:
    """Compare one package; False where rounding decides and no oracle can tell."""
    package = a_package(seed)
    bits = bits_of(package)
    try:
        expected = joints_by_looking_at_all(package, bits)
    except Doubtful:
        return False
    metal_of.cache_clear()
    metal = metal_of(package)
    names, joints = told(metal), metal.joints
    assert sorted(names) == sorted(bit.what for bit in bits)
    found = {(KINDS[kind], frozenset((names[one], names[other])))
             for one, other, kind in zip(joints.one.tolist(), joints.other.tolist(), joints.kind.tolist())}
    assert found == expected
    net = {bit.what: bit.net for bit in bits}
    assert {name: metal.pieces.net_name(i) for i, name in enumerate(names)} == net

    pairs = sound_pairs(bits, expected, on_the_carrier(package, bits))
    sound = islands(names, pairs)
    compare_islands(names, metal.sound.tolist(), sound)
    everything = islands(names, [*pairs, *(tuple(pair) for _, pair in expected)])
    compare_islands(names, metal.all.tolist(), everything)
    compare_parts(metal, names, net, sound)
    compare_faults(metal, names, net, expected, found)
    return True


def compare_islands(names: list[What], labels: list[int], expected: dict[What, frozenset[What]]) -> None:
    groups: dict[int, set[What]] = {}
    for name, label in zip(names, labels):
        groups.setdefault(label, set()).add(name)
    assert {frozenset(group) for group in groups.values()} == set(expected.values())


def compare_parts(metal: Metal, names: list[What], net: dict[What, str], sound: dict[What, frozenset[What]]) -> None:
    def owners(island: frozenset[What]) -> set[str]:
        return {one[1] if one[0] in ON_PARTS else "exit" for one in island if one[0] in ON_PARTS + EXITS}

    assert metal.parts_on.tolist() == [len(owners(sound[name])) for name in names]
    parts = list(metal.pieces.parts)
    chips = {name[1] for name in names if name[0] in ("bump", "bond pad")}
    ways = [(part, island) for island in set(sound.values()) for part in parts
            if any(one[1] == part and one[0] in ON_PARTS and net[one] for one in island)]
    walked = islands([*parts, *set(sound.values())], ways)
    named = {sound[name] for name in names if name[0] in EXITS and net[name]}
    goal = named or {island for island in set(sound.values()) if len(owners(island)) > 1
                     and any(one[0] in ("carrier pad", "finger", "terminal", "ball") and net[one] for one in island)
                     and not metal.pieces.outlines}
    expected = [bool(walked[part] & goal) for part in parts]
    assert metal.leads_out.tolist() == expected
    alone = [not (walked[part] & named) and not any(other in chips for other in walked[part] if isinstance(other, str))
             for part in parts]
    assert [one for one, part in zip(metal.alone.tolist(), parts) if part[0] == "C"] == [
        one for one, part in zip(alone, parts) if part[0] == "C"]


def compare_faults(metal: Metal, names: list[What], net: dict[What, str], expected: set[tuple[str, frozenset[What]]],
                   found: object) -> None:
    met = {one for _, pair in expected for one in pair}
    bare = {name for name in names if name[0] == "bond pad" and net[name] and name not in met}
    ends = {names[end] for one in metal.joints.wire_ends.tolist() for end in one if one[0] != one[1] and end >= 0}
    assert {names[i] for i in untouched_pads(metal).tolist()} == bare - ends
    joints = metal.joints

    def pair(k: int) -> frozenset[What]:
        return frozenset((names[joints.one[k]], names[joints.other[k]]))

    direct = {pair for _, pair in expected if len({net[one] for one in pair} - {""}) == 2}
    assert direct <= {pair(k) for k in shorts(metal).tolist()}
    through = islands(names, [tuple(pair) for _, pair in expected if any(not net[one] for one in pair)])
    joined = {pair for _, pair in expected if any(not net[one] for one in pair)
              and len({net[one] for one in through[next(iter(pair))]} - {""}) > 1}
    assert {pair(k) for k in shorts(metal).tolist()} == direct | joined
    half = {pair for kind, pair in expected if kind == "solder" and sorted(bool(net[one]) for one in pair) == [False, True]}
    assert {pair(k) for k in half_joints(metal).tolist()} <= half
    on_chips = {pair for pair in half if any(one[0] == "bond pad" for one in pair)}
    assert on_chips <= {pair(k) for k in half_joints(metal).tolist()}
    hung = {names[i] for i in hanging(metal).tolist()}
    soldered = {one for kind, pair in expected if kind == "solder" for one in pair if one[0] == "bump"}
    assert not {one for one in hung if one[0] == "bump"} & soldered


@pytest.mark.parametrize("hundred", range(6))
def test_the_metal_of_random_packages_is_what_looking_at_every_pair_finds(hundred: int) -> None:
    sure = sum(compared(seed) for seed in range(100 * hundred, 100 * hundred + 100))
    assert sure > 80
