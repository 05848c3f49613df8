"""Where the names of chips are written: chips lie on one another, and all their names are to be read from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..package import Chip
from ..shapes import Box, Point, boxes_overlap

_STEPS = 9  # places to try on each side of a chip's middle, along y and along x
_LETTER = 9, 10  # how much of its height a letter is wide, the gap behind it included


def label_spots(chips: Sequence[Chip], sizes: Sequence[int]) -> list[Point]:
    """For each chip the middle of its name, whose letters are so high, on the carrier.

    Small chips come first: their names have nowhere else to go. A name lies on no other, and if there is room not under
    another chip either.
    """
    found: dict[int, Point] = {}
    taken: list[Box] = []
    for i in sorted(range(len(chips)), key=lambda i: (chips[i].outline.size[0] * chips[i].outline.size[1], -i)):
        others = [chips[k].outline.box for k in found if boxes_overlap(chips[k].outline.box, chips[i].outline.box)]
        spots = list(_spots(chips[i], sizes[i]))
        boxes = [_around(spot, chips[i], sizes[i]) for spot in spots]
        free = [k for k, box in enumerate(boxes) if not any(boxes_overlap(box, one) for one in taken)]
        best = next((k for k in free if not any(boxes_overlap(boxes[k], one) for one in others)), (free or [0])[0])
        found[i] = spots[best]
        taken.append(boxes[best])
    return [found[i] for i in range(len(chips))]


def _spots(chip: Chip, size: int) -> Iterator[Point]:
    """The middle of a chip, then places farther and farther from it, all of the name on the chip."""
    left, top, right, bottom = chip.outline.box
    x, y = chip.outline.centre
    _, box_top, box_right, _ = _around((0, 0), chip, size)
    room_x, room_y = max(0, (right - left) // 2 - box_right), max(0, (bottom - top) // 2 + box_top)
    yield x, y
    for step in range(1, _STEPS + 1):
        dx, dy = room_x * step // _STEPS, room_y * step // _STEPS
        yield from ((x, y - dy), (x, y + dy), (x - dx, y), (x + dx, y), (x - dx, y - dy), (x + dx, y - dy))


def _around(spot: Point, chip: Chip, size: int) -> Box:
    """The box of the name there; turned by no right angle, a square."""
    width, height = len(chip.name) * size * _LETTER[0] // _LETTER[1], size * 13 // 10
    if chip.angle % 180_000 == 90_000:
        width, height = height, width
    elif chip.angle % 90_000:
        width = height = max(width, height)
    x, y = spot
    return x - width // 2, y - height // 2, x + width // 2, y + height // 2
