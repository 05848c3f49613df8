"""Chips in the package file: with bumps or bond pads, on the carrier or on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...file_names import apart, fit
from ...package import FACE_UP, FLIP_CHIP, Bumps, Chip
from ...shapes import Point
from .arrays import array_lines
from .carrier import outline_lines
from .text import UNSAID, degrees, entries, length, line, pair, quantity, unsaid, word

Files = dict[str, str]


def chip_lines(chips: Sequence[Chip], name: str, files: Files) -> Iterator[str]:
    """The list ``chips``; tables that it needs go to ``files``, called after the package ``name``."""
    if not chips:
        return
    yield "chips:"
    for chip, called in zip(chips, apart(fit(chip.name) for chip in chips)):
        yield from _chip(chip, f"{name}_{called}", files)


def _chip(chip: Chip, file: str, files: Files) -> Iterator[str]:
    yield line(2, f"- name: {word(chip.name)}")
    if chip.on:
        yield line(4, f"on: {word(chip.on[0]) if len(chip.on) == 1 else entries(map(word, chip.on))}")
    yield from outline_lines(4, chip.outline, chip.at, chip.angle)
    yield from placed(4, chip.at, chip.angle)
    yield line(4, f"thickness: {quantity(chip.thickness)}") if chip.thickness else unsaid(4, "thickness: 150 um ± 10 um")
    if chip.bonded:
        yield line(4, f"bonded: {chip.bonded}")
    else:
        yield unsaid(4, f"bonded: {FLIP_CHIP}", f"{UNSAID}: {FLIP_CHIP} or {FACE_UP}")
    if chip.attach is not None:
        yield line(4, f"attach: {quantity(chip.attach)}")
    elif chip.bonded == FACE_UP:
        yield unsaid(4, "attach: 20 um ± 5 um", f"{UNSAID}: the film or paste under it")
    if chip.gap is not None:
        yield line(4, f"gap: {quantity(chip.gap)}")
    if chip.bumps is not None and len(chip.bumps.sites):
        yield from _bumps(chip, chip.bumps, f"{file}_bumps.csv", files)
    if chip.pads is not None and len(chip.pads.sites):
        yield line(4, "pads:")
        yield from array_lines(6, chip.pads.sites, chip.at, chip.angle, f"{file}_pads.csv", files)
        yield line(6, f"size: {length(chip.pads.size)}")
    if chip.gap_filled_with != "encapsulant":
        yield line(4, f"gap_filled_with: {chip.gap_filled_with}")


def placed(indent: int, at: Point, angle: int) -> Iterator[str]:
    """Where a part is, as far as it is not in the middle and not turned."""
    if at != (0, 0):
        yield line(indent, f"at: {pair(at)}")
    if angle % 360_000:
        yield line(indent, f"angle: {degrees(angle % 360_000)}")


def _bumps(chip: Chip, bumps: Bumps, file: str, files: Files) -> Iterator[str]:
    yield line(4, "bumps:")
    yield from array_lines(6, bumps.sites, chip.at, chip.angle, file, files)
    yield line(6, f"diameter: {quantity(bumps.diameter)}") if bumps.diameter else unsaid(6, "diameter: 100 um")
    if bumps.height is not None:
        yield line(6, f"height: {quantity(bumps.height)}")
    elif chip.gap is None:
        yield unsaid(6, "height: 90 um ± 5 um", f"{UNSAID}: after reflow, from the pad")
    yield line(6, f"alloy: {word(bumps.alloy)}") if bumps.alloy else unsaid(6, "alloy: SAC305")
    for key in ("pad", "opening", "ubm", "passivation"):
        # Left out, the opening is as wide as the pad.
        if getattr(bumps, key) and not (key == "opening" and bumps.opening == bumps.pad):
            yield line(6, f"{key}: {length(getattr(bumps, key))}")
