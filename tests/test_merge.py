"""What of a footprint is ours and what somebody drew, told from KiCad's messages: moved, turned, rounded, edited."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from kipy.proto.board import board_types_pb2 as board

from overmold.drawing import Part
from overmold.kicad.live.added import OWN_LAYERS
from overmold.kicad.live.merge import merge
from overmold.kicad.live.messages import TYPE, footprint_message, layer_number
from overmold.kicad.live.moving import Motion, move_item
from overmold.kicad.names.layers import NAMES
from overmold.kicad.writing.board import drawn_parts
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.shapes import transform
from paths import REPOSITORY
from variants import demo, demo_with

HOME = ((100_000_000, 90_000_000), 0)
OWN = {layer_number(NAMES[layer]) for layer in OWN_LAYERS}


def at(part: Part, place: tuple[tuple[int, int], int]) -> Part:
    return replace(part, at=transform(part.at, *place), angle=(part.angle + place[1]) % 360_000)


def message(package: Package, number: int, place: tuple[tuple[int, int], int]) -> Any:
    drawn = drawn_parts(package)[number]
    return footprint_message(at(drawn.part, place), drawn.fields, "lib", "")


def items(footprint: Any) -> list[Any]:
    found = []
    for item in footprint.definition.items:
        kind = getattr(board, item.type_url.rpartition(".")[2])()
        kind.ParseFromString(item.value)
        found.append(kind)
    return found


def put(footprint: Any, *some: Any) -> None:
    for one in some:
        item = footprint.definition.items.add()
        item.type_url, item.value = TYPE + type(one).DESCRIPTOR.name, one.SerializeToString()


def of_somebody(place: tuple[tuple[int, int], int]) -> list[Any]:
    """A line, an arc, a rectangle, a turned text and an area, in a footprint at this place."""
    line, arc, rect, text, zone = (board.BoardGraphicShape(), board.BoardGraphicShape(), board.BoardGraphicShape(),
                                   board.BoardText(), board.Zone())
    for shape in (line, arc, rect):
        shape.layer = board.BL_F_Fab
        shape.shape.attributes.stroke.width.value_nm = 100_000
    line.shape.segment.start.x_nm, line.shape.segment.end.x_nm = -300_000, 400_000
    arc.shape.arc.start.x_nm, arc.shape.arc.mid.y_nm, arc.shape.arc.end.x_nm = -200_000, -200_000, 200_000
    rect.shape.rectangle.top_left.x_nm, rect.shape.rectangle.bottom_right.x_nm = -100_000, 150_000
    rect.shape.rectangle.top_left.y_nm, rect.shape.rectangle.bottom_right.y_nm = -50_000, 60_000
    text.layer, text.text.text, text.text.position.x_nm = board.BL_F_Fab, "mine", 70_000
    text.text.attributes.angle.value_degrees = 30
    zone.name = "keep out"
    for x, y in ((0, 0), (200_000, 0), (0, 300_000)):
        zone.outline.polygons.add() if not zone.outline.polygons else None
        point = zone.outline.polygons[0].outline.nodes.add().point
        point.x_nm, point.y_nm = x, y
    some = [line, arc, rect, text, zone]
    for one in some:
        move_item(one, Motion((0, 0), 0, *place))
    return some


def jittered(footprint: Any, chance: random.Random) -> None:
    """Every point a few nanometres off, as KiCad's turns leave them."""
    some = items(footprint)
    for one in some:
        if not isinstance(one, (board.Field, board.Pad)):
            move_item(one, Motion((0, 0), 0, (chance.randrange(-4, 5), chance.randrange(-4, 5)), 0))
    del footprint.definition.items[:]
    put(footprint, *some)


def drawn(footprint: Any) -> list[Any]:
    return [one for one in items(footprint) if not isinstance(one, (board.Field, board.Pad))]


@pytest.mark.parametrize("name", ["demo", "qfn-32_stack", "memory_on_logic", "interposer_2.5d"])
@pytest.mark.parametrize(("angle", "to_angle"), [(0, 0), (90_000, 180_000), (33_333, 33_333), (33_000, 81_000)])
def test_what_is_made_anew_leaves_no_copy_and_takes_what_somebody_drew_along(name: str, angle: int, to_angle: int) -> None:
    package = demo() if name == "demo" else read_package_file(REPOSITORY / f"examples/{name}.yaml")
    chance = random.Random(name)
    there, to = (HOME[0], angle), ((104_000_000, 87_000_000), to_angle)
    for number, one in enumerate(drawn_parts(package)[:6]):
        former, before, new = (message(package, number, place) for place in (there, there, to))
        jittered(former, chance)
        place = at(one.part, there).at, at(one.part, there).angle
        goal = at(one.part, to).at, at(one.part, to).angle
        put(former, *of_somebody(place))
        due = len(drawn(new))
        merge(new, former, before, (), OWN)
        mine = drawn(new)[due:]
        assert len(mine) == 5, one.part.name
        assert mine[3].text.text == "mine"
        for kept, wanted in zip(mine, of_somebody(goal)):
            turned = kept.SerializeToString() == wanted.SerializeToString()
            assert turned or near(kept, wanted), (one.part.name, kept, wanted)


def near(one: Any, other: Any) -> bool:
    """Whether two messages say the same but for a few nanometres."""
    numbers = [[int(word) for word in str(some).split() if word.lstrip("-").isdigit()] for some in (one, other)]
    return len(numbers[0]) == len(numbers[1]) and all(abs(a - b) <= 4 for a, b in zip(*numbers))


def test_a_drawing_that_no_longer_says_what_the_fields_say_is_ours_all_the_same() -> None:
    old, edited, due = (demo_with({"singulation.street": street}) for street in ("300 um", "340 um", "400 um"))
    former, before, new = message(old, 0, HOME), message(edited, 0, HOME), message(due, 0, HOME)
    put(former, *of_somebody(HOME))
    count = len(drawn(new))
    merge(new, former, before, (), OWN)
    assert len(drawn(new)) == count + 5


def test_an_outline_of_another_size_takes_the_place_of_the_one_there_was() -> None:
    old, redrawn = demo(), demo_with({"carrier.size": ["11 mm", "10 mm"]})
    former, before, new = message(old, 0, HOME), message(redrawn, 0, HOME), message(redrawn, 0, HOME)
    put(former, *of_somebody(HOME))
    count = len(drawn(new))
    merge(new, former, before, (), OWN)
    assert len(drawn(new)) == count + 5


def test_fields_that_are_to_go_are_gone_and_those_of_somebody_stay() -> None:
    former, before, new = (message(demo(), 0, HOME) for _ in range(3))
    for name in ("Stack-up", "Lot"):
        field = board.Field(name=name)
        field.text.text.text = "x"
        put(former, field)
    merge(new, former, before, ("Stack-up",), OWN)
    names = [one.name for one in items(new) if isinstance(one, board.Field)]
    assert "Lot" in names
    assert "Stack-up" not in names
