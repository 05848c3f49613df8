"""Random patterns: what a second, slower look place by place says of them, and what holds for any."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.arrays import ArrayError, ArrayPattern, Names, lay_out, row_letters, row_number
from overmold.arrays.pattern import CORNERS, NUMBERS, STAGGERS
from test_arrays import P, grid, problems_of

counts = st.integers(1, 9)
selector = st.one_of(st.sampled_from(["A1", "B2:C3", "row B", "rows A:C", "column 2", "Z9", "A1:Z9", "row", ""]),
                     st.tuples(*[st.integers(-5, 5).map(lambda step: step * P)] * 4))
selectors = st.lists(selector, max_size=2).map(tuple)
patterns = st.builds(
    ArrayPattern, st.tuples(counts, counts), st.tuples(st.integers(0, P), st.integers(0, P)),
    st.tuples(st.integers(-P, P), st.integers(-P, P)), st.sampled_from(["", *STAGGERS]),
    st.sampled_from(["first", "second"]), selectors,
    st.one_of(st.none(), st.integers(0, 5), st.lists(st.integers(0, 5), max_size=3).map(tuple)),
    st.one_of(st.none(), st.tuples(counts, counts)), st.integers(0, 3), selectors, selectors,
    st.builds(Names, st.sampled_from(["A1", "Y7", "B", ""]), st.sampled_from(CORNERS), letters=st.sampled_from(
        ["rows", "columns"]), numbers=st.sampled_from(NUMBERS), prefix=st.sampled_from(["", "1"])),
)


@st.composite
def likely_patterns(draw):
    """Patterns that mostly can be laid out, with all the things that take sites away and bring them back."""
    columns, rows = draw(counts), draw(counts)
    stagger = draw(st.sampled_from(["", *STAGGERS]))
    across, down = draw(st.integers(2, P)), draw(st.integers(2, P))
    place = st.tuples(st.integers(1, rows), st.integers(1, columns)).map(lambda at: f"{row_letters(at[0])}{at[1]}")
    named = st.one_of(place, st.tuples(place, place).map(":".join), st.integers(1, rows).map(lambda row:
                      f"row {row_letters(row)}"), st.integers(1, columns).map("column {}".format))
    several = st.lists(named, max_size=2).map(tuple)
    return ArrayPattern(
        (columns, rows), (across, across if stagger.startswith("hexagonal") else down), stagger=stagger,
        shift=draw(st.sampled_from(["first", "second"])), only=draw(several) if draw(st.booleans()) else (),
        rings=draw(st.one_of(st.none(), st.integers(1, (min(columns, rows) + 1) // 2))),
        centre=draw(st.sampled_from([None, (columns - columns // 3 * 2, rows - rows // 3 * 2)])),
        corners=draw(st.integers(0, 1)), skip=draw(several), keep=draw(several),
        names=Names(corner=draw(st.sampled_from(CORNERS)), numbers=draw(st.sampled_from(NUMBERS))),
    )


def picked(pattern, selectors):
    """The places that selectors take, by looking at every place of the grid for itself."""
    columns, rows = pattern.grid
    taken = set()
    for one in selectors:
        words = one.split()
        ends = [(row_number(end[0]), int(end[1:])) for end in one.split(":")] if len(words) == 1 else []
        for row in range(1, rows + 1):
            for column in range(1, columns + 1):
                if ends:
                    hit = (min(ends)[0] <= row <= max(ends)[0]
                           and min(end[1] for end in ends) <= column <= max(end[1] for end in ends))
                else:
                    hit = words[1] == (row_letters(row) if words[0] == "row" else str(column))
                if hit:
                    taken.add((row, column))
    return taken


def has_site(pattern, row, column):
    """Whether a place has a site, said a second time and more slowly than in the program."""
    columns, rows = pattern.grid
    if (row, column) in picked(pattern, pattern.keep):
        return True
    if (row, column) in picked(pattern, pattern.skip) or not before_corners(pattern, row, column):
        return False
    from_left, from_top = min(column - 1, columns - column), min(row - 1, rows - row)
    return from_left + from_top >= pattern.corners


def before_corners(pattern, row, column):
    """Whether a place has a site before its corners are cut off."""
    columns, rows = pattern.grid
    from_left, from_top = min(column - 1, columns - column), min(row - 1, rows - row)
    if pattern.stagger.endswith("checkerboard") and (row + column) % 2 == (pattern.shift == "second"):
        return False
    if pattern.only and (row, column) not in picked(pattern, pattern.only):
        return False
    if pattern.rings is not None and min(from_left, from_top) >= pattern.rings:
        return False
    if pattern.centre is not None:
        wide, high = pattern.centre
        if abs(2 * column - columns - 1) < wide and abs(2 * row - rows - 1) < high:
            return False
    return True


@settings(max_examples=dose(125, 500))
@given(likely_patterns())
def test_the_sites_of_a_pattern_are_those_of_a_place_by_place_look(pattern):
    columns, rows = pattern.grid
    due = [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1) if has_site(pattern, row, column)]
    by_place = pattern._replace(names=pattern.names._replace(numbers="by place"))
    if not due:
        assert problems_of(pattern) == {"": "no site is left of this array; keep some, or take less away"}
        return
    assert lay_out(by_place).names == tuple(f"{row_letters(row)}{column}" for row, column in due)
    sites = lay_out(pattern)
    assert (sites.xy == lay_out(by_place).xy).all()
    assert len(set(sites.names)) == len({tuple(spot) for spot in sites.xy.tolist()}) == len(due)


@settings(max_examples=dose(125, 500))
@given(patterns, st.lists(patterns, max_size=2).map(tuple))
def test_any_pattern_gives_sites_with_names_and_places_of_their_own_or_says_why_not(pattern, zones):
    problems, sites = (), None
    try:
        sites = lay_out(pattern._replace(zones=zones))
    except ArrayError as error:
        problems = error.problems
    assert (sites is None) == bool(problems)
    assert all(problem.message and len(problem.message) < 300 for problem in problems)
    if sites is not None:
        assert len(sites) == len(sites.xy) == len(set(sites.names)) == len({tuple(spot) for spot in sites.xy.tolist()})


@given(counts, counts, st.integers(1, P), st.integers(1, P), st.sampled_from(["", *STAGGERS[:3]]))
def test_an_array_lies_about_its_centre(columns, rows, across, down, stagger):
    xy = lay_out(grid(columns, rows, pitch=(across, down), stagger=stagger, keep=("row A", "column 1", f"column {columns}",
                                                                                f"row {row_letters(rows)}"))).xy
    assert np.abs(xy.min(axis=0) + xy.max(axis=0)).max() <= 1
