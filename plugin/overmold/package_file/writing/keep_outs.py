"""Keep-outs in the package file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...package import KeepOut
from ...package.own import own_size
from ...shapes import Outline, untransform
from .carrier import outline_lines
from .data import data_lines
from .text import line, pair, word, wrapped


def keep_out_lines(given: Sequence[KeepOut]) -> Iterator[str]:
    """The list ``keep_outs``; of a rectangle its size and its middle, of others their corners."""
    if given:
        yield "keep_outs:"
    for one in given:
        centre = one.outline.centre
        around = Outline(one.outline.rings[:1])
        at = centre if own_size(around, centre, 0) is not None else (0, 0)
        yield line(2, f"- name: {word(one.name)}")
        yield from outline_lines(4, around, at, 0)
        if at != (0, 0):
            yield line(4, f"at: {pair(at)}")
        if len(one.outline.rings) > 1:
            yield line(4, "holes:")
        for ring in one.outline.rings[1:]:
            yield from wrapped(6, "- [", [pair(untransform(corner, at, 0)) for corner in ring])
        yield from data_lines(4, one)
