"""A small flip-chip package on a board, laid out by hand in KiCad, and what changes make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.package import Chip, Package

BOARD = Path(__file__).with_name("kicad_files") / "flip_chip.kicad_pcb"


def board(*changes: tuple[str, str]) -> Package:
    """The board of the test files, changed: every (old, new) must be there."""
    return read_board(changed(*changes).encode(), "b.kicad_pcb")


def changed(*changes: tuple[str, str]) -> str:
    text = BOARD.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def faults(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(Faults) as caught:
        board(*changes)
    return [str(fault) for fault in caught.value.faults]


def only_chip(package: Package) -> Chip:
    (chip,) = package.chips
    return chip
