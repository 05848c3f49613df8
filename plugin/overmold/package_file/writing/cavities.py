"""Cavities of the carrier in the package file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...package import Cavity
from ...package.own import own_size
from .carrier import outline_lines
from .data import data_lines
from .text import line, pair, word


def cavity_lines(given: Sequence[Cavity]) -> Iterator[str]:
    """The list ``cavities``; of a rectangle its size and its middle, of others their corners."""
    if given:
        yield "cavities:"
    for one in given:
        centre = one.outline.centre
        at = centre if own_size(one.outline, centre, 0) is not None else (0, 0)
        yield line(2, f"- name: {word(one.name)}")
        yield from outline_lines(4, one.outline, at, 0)
        if at != (0, 0):
            yield line(4, f"at: {pair(at)}")
        yield from data_lines(4, one)
