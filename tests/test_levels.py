"""Heights in a chipset: towers, bridges, what is above a chip, and what is not stated."""

from dataclasses import replace

import pytest

from overmold.measures import levels
from overmold.package import Carrier, Chip, Layer, Mold, Package
from overmold.shapes import rectangle
from overmold.units import Toleranced

FLAT = rectangle((0, 0), (9_000_000, 9_000_000))
MASK = Carrier("substrate", FLAT, (Layer("", "mask", Toleranced(15, 3, 3)), Layer("", "copper", Toleranced(15))))


JOINT, THICK, CAP = Toleranced(20, 5, 4), Toleranced(100, 10, 8), Toleranced(1000)


def chip(name, *on, up=False, joint=JOINT, thick=THICK, at=(0, 0), size=2_000_000):
    shape = rectangle(at, (size, size))
    if up:
        return Chip(name, shape, at, 0, thick, "face-up", on=on, attach=joint)
    return Chip(name, shape, at, 0, thick, "flip-chip", on=on, gap=joint)


def package(*chips):
    return Package("p", "p.yaml", MASK, chips, mold=Mold(FLAT, CAP, None))


def named(chips):
    return [one.name for one in chips]


def test_heights_add_up_through_a_tower_with_their_tolerances():
    made = package(chip("U1"), chip("U2", "U1", up=True), chip("U3", "U2"))
    assert [levels.bottom(made, one) for one in made.chips] == [
        Toleranced(20, 5, 4), Toleranced(140, 20, 16), Toleranced(260, 35, 28)]
    assert levels.top(made, made.chips[2]) == Toleranced(360, 45, 36)


def test_the_order_in_the_file_does_not_matter():
    up, down = chip("U2", "U1"), chip("U1")
    assert levels.top(package(up, down), up) == levels.top(package(down, up), up) == Toleranced(240, 30, 24)


def test_a_bridge_rests_on_the_taller_of_its_supports_limit_by_limit():
    low, high = chip("U1", thick=Toleranced(95, 30, 1)), chip("U2", thick=Toleranced(100, 2, 40))
    made = package(low, high, chip("U3", "U1", "U2", joint=Toleranced(0)))
    # Nominal 120 from U2, at most 20 + 5 + 95 + 30 from U1, at least 20 - 4 + 94 from U1.
    assert levels.bottom(made, made.chips[2]) == Toleranced(120, 30, 10)


def test_leaves_are_the_tops_of_all_towers_on_a_chip():
    made = package(chip("U1"), chip("U2", "U1"), chip("U3", "U1"), chip("U4", "U3"), chip("U5"))
    assert named(levels.leaves(made, made.chips[0])) == ["U2", "U4"]
    assert named(levels.leaves(made, made.chips[4])) == ["U5"]
    assert named(levels.standing_on(made, made.chips[0])) == ["U2", "U3"]
    assert named(levels.supports(made, made.chips[3])) == ["U3"]


def test_a_gap_on_the_carrier_is_less_by_the_mask_and_one_between_chips_is_not():
    from variants import demo

    bumps = replace(demo().chips[0].bumps, height=Toleranced(90, 5, 5))
    lower = replace(chip("U1"), gap=None, bumps=bumps)
    made = package(lower, replace(lower, name="U2", on=("U1",)))
    assert levels.gap_thickness(made, lower) == Toleranced(75, 8, 8)
    assert levels.gap_thickness(made, made.chips[1]) == Toleranced(90, 5, 5)
    bare = replace(made, carrier=Carrier("substrate", FLAT))
    assert levels.gap_thickness(bare, lower) is None
    assert levels.gap_thickness(bare, made.chips[1]) == Toleranced(90, 5, 5)


@pytest.mark.parametrize("lower", [chip("U1", joint=None), chip("U1", thick=None), chip("U1", up=True, joint=None)])
def test_above_what_is_not_stated_no_height_is_known(lower):
    made = package(lower, chip("U2", "U1"))
    assert levels.bottom(made, made.chips[1]) is levels.top(made, made.chips[1]) is None


def test_what_stands_on_itself_has_no_height_and_does_not_hang():
    made = package(chip("U1", "U2"), chip("U2", "U1"), chip("U3", "U2"))
    assert [levels.top(made, one) for one in made.chips] == [None] * 3
    assert named(levels.tower(made, made.chips[0])) == ["U1", "U2", "U3"]


def test_above_a_chip_is_the_lowest_chip_over_its_plan_else_the_mold():
    made = package(chip("U1"), chip("U2", "U1", size=1_000_000), chip("U3", "U2"), chip("U4", at=(4_000_000, 0)))
    assert levels.overhead(made, made.chips[0]) == levels.bottom(made, made.chips[1])
    assert levels.overhead(made, made.chips[1]) == levels.bottom(made, made.chips[2])
    assert levels.overhead(made, made.chips[2]) == levels.overhead(made, made.chips[3]) == CAP


def test_an_overhanging_chip_of_another_tower_is_above_a_chip_too():
    low = chip("U1", at=(2_500_000, 0))
    made = package(low, chip("U2"), chip("U3", "U2", size=4_000_000))
    assert levels.overhead(made, low) == levels.bottom(made, made.chips[2])


def test_the_room_between_two_chips_is_that_of_their_heights_and_strays_by_what_only_one_of_them_stands_on():
    made = package(chip("U1"), chip("U2", "U1", up=True), chip("U3", "U2"), chip("U4", "U1"))
    one, two, three, four = made.chips
    for lower in made.chips:
        for upper in made.chips:
            room = levels.room_between(made, lower, upper)
            assert room.nominal == levels.bottom(made, upper).nominal - levels.top(made, lower).nominal
    assert levels.room_between(made, one, two) == levels.room_between(made, two, three) == JOINT
    assert levels.room_between(made, one, three) == JOINT + THICK + JOINT
    assert levels.room_between(made, four, three) == JOINT + THICK + JOINT - (JOINT + THICK)
    assert levels.room_between(made, three, one) == Toleranced(0) - (THICK + JOINT + THICK + JOINT + THICK)


def test_z_ranges_meet_also_when_only_tolerances_touch_and_never_within_a_tower():
    flat = chip("U1", thick=Toleranced(100, 0, 0), joint=Toleranced(20))
    made = package(flat, chip("U2", thick=Toleranced(100), joint=Toleranced(20)),
                   chip("U3", "U2", joint=Toleranced(5, 0, 4)), chip("U4", thick=None),
                   chip("U5", "U1", joint=Toleranced(-10)))
    one, two, three, four, five = made.chips
    assert levels.z_ranges_meet(made, one, two) is True
    assert levels.z_ranges_meet(made, one, three) is False
    assert levels.z_ranges_meet(made, one, four) is None
    assert levels.z_ranges_meet(made, one, five) is False
    loose = replace(made, chips=(chip("U1", thick=Toleranced(100, 6, 0), joint=Toleranced(20)), *made.chips[1:]))
    assert levels.z_ranges_meet(loose, loose.chips[0], three) is True
