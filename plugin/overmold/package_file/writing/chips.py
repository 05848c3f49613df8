"""Chips in the package file: with bumps or bond pads, on the carrier or on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...file_names import apart, fit
from ...package import Bumps, Chip
from ...package.cavity import as_said
from ...shapes import Point
from .arrays import array_lines
from .carrier import outline_lines
from .data import data_lines, data_pairs
from .text import degrees, entries, group, line, pair, word

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
        yield line(4, f"stands_on: {word(chip.on[0]) if len(chip.on) == 1 else entries(map(word, chip.on))}")
    yield from outline_lines(4, chip.outline, chip.at, chip.angle)
    yield from placed(4, chip.at, chip.angle)
    # Nothing is attached under bumps: that is asked of chips that look up.
    yield from data_lines(4, chip, leave=("attach",) if chip.attach is None and not chip.has_attach else ())
    cavity = data_pairs(as_said(chip), "cavity.")
    if chip.has_cavity:
        yield line(4, f"cavity: {group(cavity)}")
    if chip.bumps is not None and len(chip.bumps.sites):
        yield from _bumps(chip, chip.bumps, f"{file}_bumps.csv", files)
    if chip.pads is not None and len(chip.pads.sites):
        yield line(4, "pads:")
        yield from array_lines(6, chip.pads.sites, chip.at, chip.angle, f"{file}_pads.csv", files)
        yield from data_lines(6, chip.pads)


def placed(indent: int, at: Point, angle: int) -> Iterator[str]:
    """Where a part is, as far as it is not in the middle and not turned."""
    if at != (0, 0):
        yield line(indent, f"at: {pair(at)}")
    if angle % 360_000:
        yield line(indent, f"angle: {degrees(angle % 360_000)}")


def _bumps(chip: Chip, bumps: Bumps, file: str, files: Files) -> Iterator[str]:
    yield line(4, "bumps:")
    yield from array_lines(6, bumps.sites, chip.at, chip.angle, file, files)
    known = {"height"} if bumps.height is None and (
        chip.gap is not None or bumps.pillar is not None or bumps.sphere is not None) else set()
    if chip.touches:
        # Copper on copper has neither; one that somebody stated all the same is not lost.
        known = {name for name in ("height", "alloy") if not getattr(bumps, name)}
    # Left out, the opening is as wide as the pad.
    yield from data_lines(6, bumps, leave={*known, "opening"} if bumps.opening == bumps.pad else known)
