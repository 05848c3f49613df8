"""Arrays are recognised: whatever is laid out is said again, in few words where a designer would need few."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays import ArrayError, ArrayPattern, Names, lay_out
from overmold.arrays.recognise import recognise, same_sites
from paths import TESTS

MM = 1_000_000
OFFICIAL = json.loads((TESTS / "official/golden.json").read_text(encoding="utf-8"))
# What no few words say: a ball beside its place, rings with two dozen gaps, three staggers in one.
TOLD_BY_A_TABLE = {
    "BGA-64_9.0x9.0mm_Layout10x10_P0.8mm",
    "ST_VFBGA-424_14x14mm_Layout27x27_P0.5mmP0.5x0.5mm_Stagger", "ST_WLCSP-36_2.83x2.99mm_Layout7x13_P0.4mm_Stagger_Offcenter",
}


def grid(columns: int, rows: int, **keys: Any) -> ArrayPattern:
    return ArrayPattern((columns, rows), (MM, MM), **keys)


@pytest.mark.parametrize("pattern", [
    grid(12, 12), grid(5, 7), grid(1, 6), grid(6, 1, names=Names(first="B1")), grid(9, 9, offset=(-80_000, 3)),
    grid(13, 13, rings=3), grid(13, 13, rings=3, corners=1), grid(15, 15, rings=(1, 2, 3, 4, 6, 7, 8)), grid(20, 20, corners=3),
    grid(9, 15, centre=(3, 15)), grid(12, 12, rings=3, keep=("E5:F8",)), grid(7, 7, skip=("A1", "D5")),
    grid(12, 22, skip=("columns 6:7", "rows L:M")), grid(8, 8, stagger="checkerboard"),
    grid(9, 6, stagger="checkerboard", shift="first"), grid(6, 9, stagger="shifted rows"),
    grid(6, 9, stagger="hexagonal rows"), grid(21, 11, stagger="hexagonal row checkerboard", shift="first"),
    grid(3, 2, names=Names(letters="columns")), grid(5, 4, names=Names(corner="bottom right")),
    grid(12, 3, names=Names("A01")), grid(12, 3, names=Names("B009", prefix="U")), grid(9, 9, rings=2, names=Names("A01")),
    grid(5, 5, rings=1, names=Names("A01", numbers="one by one along rows", prefix="P")),
    grid(6, 6, names=Names(prefix="X")), grid(6, 6, names=Names(first="C5")),
    grid(5, 5, rings=1, names=Names(numbers="one by one along rows", prefix="P")),
    grid(5, 5, rings=1, names=Names(numbers="by site")),
    grid(4, 4, names=Names(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", first="H1")),
    ArrayPattern(zones=(grid(20, 20, rings=1), grid(12, 12, names=Names(prefix="X")))),
    ArrayPattern(zones=(grid(19, 19, centre=(9, 9)), grid(4, 4, names=Names(prefix="1")))),
], ids=str)
def test_what_a_designer_said_is_said_again(pattern: ArrayPattern) -> None:
    sites = lay_out(pattern)
    said = recognise(sites.names, sites.xy)
    assert said is not None
    assert same_sites(said, sites.names, sites.xy, 0)
    assert len(str(said)) <= len(str(pattern))


@pytest.mark.parametrize("name", sorted(OFFICIAL))
def test_official_footprints_are_recognised_but_for_a_few(name: str) -> None:
    words = OFFICIAL[name]["pads"].split()
    names, xy = words[0::3], np.array([words[1::3], words[2::3]]).astype(np.int64).T
    said = recognise(names, xy) or recognise(names, xy, 2)
    assert (said is None) == (name in TOLD_BY_A_TABLE)
    assert said is None or same_sites(said, names, xy, 2)


_PLANS = st.builds(
    grid, st.integers(1, 8), st.integers(1, 8),
    stagger=st.sampled_from(["", "", "checkerboard", "shifted columns", "hexagonal rows"]),
    shift=st.sampled_from(["first", "second"]), rings=st.sampled_from([None, 1, (2,)]), corners=st.integers(0, 2),
    offset=st.tuples(st.integers(-MM, MM), st.integers(-9, 9)), skip=st.sampled_from([(), ("A1",), ("B2:C3", "row D")]),
    names=st.builds(Names, first=st.sampled_from(["A1", "C5", "A01", "B08"]),
                    corner=st.sampled_from(["top left", "bottom right"]),
                    letters=st.sampled_from(["rows", "columns"]), prefix=st.sampled_from(["", "X", "1", "P_"]),
                    numbers=st.sampled_from(["by place", "by site", "one by one along rows", "one by one along columns"])))


@given(_PLANS, st.integers(0, 2), st.randoms())
def test_whatever_is_recognised_makes_those_very_sites(pattern: ArrayPattern, slack: int, chance: Any) -> None:
    try:
        sites = lay_out(pattern)
    except ArrayError:
        return
    xy = sites.xy + np.array([[chance.randint(-slack, slack) for _ in range(2)] for _ in sites.names], np.int64)
    said = recognise(sites.names, xy, slack)
    assert said is None or same_sites(said, sites.names, xy, slack)


@given(st.lists(st.tuples(st.sampled_from(["A1", "A2", "B1", "B2", "", "x", "1", "001", "AA1", "A 1"]),
                          st.integers(-3 * MM, 3 * MM), st.integers(-5, 5)), max_size=8))
def test_any_sites_at_all_are_recognised_or_not(spots: list[tuple[str, int, int]]) -> None:
    names, xy = [name for name, _, _ in spots], np.array([spot[1:] for spot in spots], np.int64).reshape(-1, 2)
    said = recognise(names, xy, 1)
    assert said is None or same_sites(said, names, xy, 1)


def test_sites_that_share_a_name_or_lie_anywhere_are_no_array() -> None:
    xy = np.array([[0, 0], [MM, 0], [0, MM]], np.int64)
    assert recognise(["A1", "A1", "B1"], xy) is None
    assert recognise(["A1"], xy[:1]) is None
    assert recognise(["A1", "A2", "B1"], np.array([[0, 0], [MM, 7], [333, MM]], np.int64)) is None
