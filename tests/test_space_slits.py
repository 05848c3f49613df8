"""What lies over every spot: against asking point for point, and on packages made by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import shapely

from overmold.package import Package
from overmold.shapes import Point, area, polygon, rectangle
from overmold.space import CARRIER, over, slits, under
from overmold.units import Toleranced
from random_stacks import MM, a_stack, next_above, spots_on, stated, within
from wire_packages import chip, flip_chip, length
from wire_packages import package as packed


def faces(package: Package):
    carrier = package.carrier
    yield CARRIER, carrier.outline
    for part in (*package.chips, *package.passives):
        yield part.key, part.outline


def values_of(package: Package, chance: random.Random):
    """Nominal values, and something for what is not stated."""
    return {key: value.nominal if value is not None else chance.randrange(1000, 400_000)
            for key, value in stated(package).items()}


def ask_everywhere(package: Package, chance: random.Random, spots: int):
    """Every slit that a spot is in, with the spot; there is exactly one."""
    for key, outline in faces(package):
        found = over(package, key)
        for at in spots_on(outline, chance, spots):
            (slit,) = [one for one in found if within(one.outline, at)]
            yield key, at, slit


@pytest.mark.parametrize("block", range(10))
def test_what_lies_over_a_spot_is_what_asking_every_body_says(block):
    for seed in range(50 * block, 50 * block + 50):
        package, chance = a_stack(seed), random.Random(seed)
        values = values_of(package, chance)
        for _, at, slit in ask_everywhere(package, chance, 12):
            keys, room = next_above(package, slit.lower, at, values)
            assert slit.upper in keys, (seed, at, slit)
            assert (None if slit.thickness is None else slit.thickness.value.nominal) == room, (seed, at, slit)


@pytest.mark.parametrize("block", range(4))
def test_a_thickness_that_is_told_is_that_at_whatever_nobody_has_stated(block):
    told = asked = 0
    for seed in range(1000 + 25 * block, 1000 + 25 * block + 25):
        package, chance = a_stack(seed, unstated=0.12), random.Random(seed)
        several = [values_of(package, chance) for _ in range(6)]
        lacking = {key for key, value in stated(package).items() if value is None} | {"carrier.stackup"}
        for _, at, slit in ask_everywhere(package, chance, 8):
            asked += 1
            if slit.thickness is None:
                assert all(next_above(package, slit.lower, at, values) == ({""}, None) for values in several)
            elif slit.thickness.value is None:
                assert slit.thickness.lacks
                assert set(slit.thickness.lacks) <= lacking
            else:
                told += 1
                for values in several:
                    keys, room = next_above(package, slit.lower, at, values)
                    assert slit.upper in keys, (seed, at, slit)
                    assert slit.thickness.value.nominal == room
    assert 0 < told < asked


def test_the_parts_of_a_face_are_the_face():
    for seed in range(60):
        package = a_stack(seed)
        for part in (*package.chips, *package.passives):
            pieces = over(package, part.key)
            # Every edge may be off by the nanometre of the grid.
            rim = sum(sum(one.outline.size) for one in pieces) * 2
            assert abs(sum(area(one.outline) for one in pieces) - area(part.outline)) <= rim


def overhang():
    """U3 on U2 hangs 300 um over its neighbour U1, 5 um above it."""
    return packed([flip_chip("U1", (-1600, 0), (2000, 2000), (), 90, 2, 150),
                   chip("U2", (600, 0), (1600, 2000), None, 190),
                   chip("U3", (100, 0), (2000, 1500), None, 50, on=("U2",))], [], [], 315)


def test_a_neighbours_overhang_ends_the_cover_and_is_a_slit_of_its_own():
    package = overhang()
    told = {one.upper: one for one in over(package, "chips.U1")}
    assert set(told) == {"chips.U3", "mold.cap"}
    # U3 stands on U2, so the gap is all that U1's bumps and mask move it by.
    assert told["chips.U3"].thickness.value == Toleranced(5000, 2000, 2000)
    assert told["chips.U3"].outline.box == (-900_000, -750_000, -600_000, 750_000)
    assert told["chips.U3"].filling == "encapsulant"
    assert told["mold.cap"].thickness.value == Toleranced(90_000, 2000, 2000)
    thin = [(one.lower, one.upper) for one in slits(package, 10_000)]
    assert thin == [("chips.U1", "chips.U3")]
    assert {one.lower: one.filling for one in under(package, "chips.U3")} == {
        "chips.U1": "encapsulant", "chips.U2": "die attach", "carrier": "encapsulant"}


def uppers_at(package: Package, key: str, at: Point) -> list[str]:
    return [one.upper for one in over(package, key) if polygon(one.outline).covers(shapely.Point(at))]


def test_a_spot_has_one_thing_over_it_and_none_beside_the_face():
    package = overhang()
    assert uppers_at(package, "chips.U1", (-700_000, 0)) == ["chips.U3"]
    assert uppers_at(package, "chips.U1", (-2_000_000, 0)) == ["mold.cap"]
    assert uppers_at(package, "chips.U1", (2_000_000, 0)) == []


def test_of_a_chip_whose_own_height_is_unknown_the_room_up_to_what_stands_on_it_is_known():
    lower = chip("U1", (0, 0), (3000, 3000), attach=None)
    package = packed([lower, flip_chip("U2", (0, 0), (1000, 1000), ("U1",), 75)], [], [])
    told = {one.upper: one.thickness for one in over(package, "chips.U1")}
    assert told["chips.U2"].value == length(75)
    assert told["mold.cap"].value is None
    assert told["mold.cap"].lacks == ("chips.U1.attach",)


def test_where_it_is_not_known_which_is_lower_the_room_is_not_known_and_says_what_lacks():
    package = overhang()
    one, two, three = package.chips
    package = replace(package, chips=(one, replace(two, thickness=None), three))
    told = {slit.upper: slit.thickness for slit in over(package, "chips.U1")}
    assert (told["chips.U3"].value, told["chips.U3"].lacks) == (None, ("chips.U2.thickness",))
    assert told["mold.cap"].value is not None


@pytest.mark.parametrize(("filled", "covered", "said"), [
    ("encapsulant", True, {"encapsulant"}), ("underfill", True, {"underfill"}), ("nothing", True, {"nothing"}),
    ("encapsulant", False, {"unknown"}), ("underfill", False, {"underfill"})])
def test_a_gap_is_filled_with_what_somebody_said_and_the_mold(filled, covered, said):
    package = packed([replace(flip_chip("U1", (0, 0), (1000, 1000), (), 90), gap_filled_with=filled)], [], [])
    package = package if covered else replace(package, mold=None)
    assert {one.filling for one in under(package, "chips.U1")} == said


def test_where_the_mold_ends_the_gap_is_empty_and_nothing_lies_over_the_chip():
    package = packed([flip_chip("U1", (0, 0), (1000, 1000), (), 90)], [], [])
    package = replace(package, mold=replace(package.mold, outline=rectangle((-MM, 0), (2 * MM, 2 * MM))))
    assert sorted((one.filling, one.outline.size) for one in under(package, "chips.U1")) == [
        ("encapsulant", (500_000, 1_000_000)), ("nothing", (500_000, 1_000_000))]
    assert {one.upper for one in over(package, "chips.U1")} == {"mold.cap", ""}


def test_two_chips_in_one_place_share_heights():
    package = packed([chip("U1", (0, 0), (1000, 1000)), chip("U2", (500, 0), (1000, 1000), thickness=150)], [], [])
    told = {one.upper: one.thickness.value for one in over(package, "chips.U1")}
    assert told["chips.U2"] == length(-100)
    assert {one.upper for one in over(package, "chips.U2")} == {"mold.cap"}


def test_what_stands_on_a_chip_of_known_height_does_not_hide_it_from_below_however_high_it_may_be():
    upper = chip("U2", (200, 0), (1000, 1000), attach=None, on=("U1",))
    package = packed([flip_chip("U1", (0, 0), (1000, 1000), (), 90), upper], [], [])
    told = {one.upper: one.thickness.value for one in over(package, CARRIER)}
    assert told == {"chips.U1": length(75), "chips.U2": None, "mold.cap": length(600)}
    assert uppers_at(package, CARRIER, (100_000, 0)) == ["chips.U1"]


def test_over_a_bridge_is_never_what_it_stands_on_also_where_that_is_of_unknown_height():
    lower = [chip("U1", (-600, 0), (1000, 1000)), replace(chip("U2", (600, 0), (1000, 1000)), thickness=None)]
    package = packed([*lower, chip("U3", (0, 0), (1600, 800), on=("U1", "U2"))], [], [])
    (slit,) = over(package, "chips.U3")
    assert (slit.upper, slit.thickness.value, slit.thickness.lacks) == ("mold.cap", None, ("chips.U2.thickness",))
