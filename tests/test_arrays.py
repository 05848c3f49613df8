import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays import ArrayError, ArrayPattern, Names, Spot, idle_corners, lay_out, row_letters, row_number
from overmold.arrays.pattern import CORNERS, STAGGERS
from paths import TESTS

P = 400_000


def grid(columns, rows, **more):
    return ArrayPattern((columns, rows), more.pop("pitch", (P, P)), **more)


def names_of(pattern):
    return " ".join(lay_out(pattern).names)


def drawn(pattern):
    """The sites as lines of text, a dot for each site, the way the footprint looks from above."""
    xy = lay_out(pattern).xy
    xs, ys = np.unique(xy[:, 0]), np.unique(xy[:, 1])
    there = {tuple(spot) for spot in xy.tolist()}
    return ["".join("o" if (x, y) in there else "." for x in xs.tolist()) for y in ys.tolist()]


def problems_of(pattern):
    with pytest.raises(ArrayError) as caught:
        lay_out(pattern)
    return {".".join(map(str, problem.path)): problem.message for problem in caught.value.problems}


def test_rows_are_lettered_as_jedec_letters_them():
    with (TESTS / "truth/ball_names.csv").open(encoding="utf-8", newline="") as file:
        truth = [(int(row["row"]), row["letters"]) for row in csv.DictReader(file)]
    assert len(truth) == 9
    for number, letters in truth:
        assert row_letters(number) == letters
        assert row_number(letters) == number


@given(st.integers(1, 10**9))
def test_row_letters_read_back_to_the_row(number):
    letters = row_letters(number)
    assert row_number(letters) == number
    assert not set(letters) & set("IOQSXZ")


def test_full_grid_runs_row_by_row_about_its_centre_with_a1_top_left():
    sites = lay_out(grid(3, 2, pitch=(800_000, 650_000)))
    assert sites.names == ("A1", "A2", "A3", "B1", "B2", "B3")
    assert sites.xy.tolist() == [[-800_000, -325_000], [0, -325_000], [800_000, -325_000],
                                 [-800_000, 325_000], [0, 325_000], [800_000, 325_000]]
    assert sites.diameters is None


def test_an_odd_pitch_keeps_equal_steps():
    xy = lay_out(grid(6, 1, pitch=(250_001, 250_001))).xy
    assert set(np.diff(xy[:, 0]).tolist()) == {250_001}


def test_offset_moves_the_centre():
    assert lay_out(grid(1, 1, offset=(-80_000, 12_000))).xy.tolist() == [[-80_000, 12_000]]


def test_rings_keep_the_outermost_or_just_those_listed():
    assert drawn(grid(7, 6, rings=1)) == ["ooooooo", "o.....o", "o.....o", "o.....o", "o.....o", "ooooooo"]
    assert drawn(grid(7, 6, rings=(1, 3))) == ["ooooooo", "o.....o", "o.ooo.o", "o.ooo.o", "o.....o", "ooooooo"]


def test_centre_and_corners_are_taken_out():
    assert drawn(grid(6, 6, centre=(2, 4), corners=2)) == ["..oo..", ".o..o.", "oo..oo", "oo..oo", ".o..o.", "..oo.."]


def test_places_are_skipped_by_name_range_row_column_and_area():
    pattern = grid(5, 5, skip=("A1", "B2:C3", "row E", "columns 4:5"))
    assert names_of(pattern) == "A2 A3 B1 C1 D1 D2 D3"
    assert names_of(grid(3, 3, skip=((-P, -P, 0, P - 1),))) == "A3 B3 C1 C2 C3"
    assert names_of(grid(3, 3, skip=("C3:B2",))) == "A1 A2 A3 B1 C1"


def test_only_leaves_nothing_else_and_keep_brings_back_what_anything_took():
    assert names_of(grid(4, 4, only=("rows B:C",), skip=("B2",), keep=("A4", "B2"))) == "A4 B1 B2 B3 B4 C1 C2 C3 C4"
    assert names_of(grid(4, 4, stagger="checkerboard", rings=1, keep=("B3",))) == "A1 A3 B3 B4 C1 D2 D4"


def test_shifted_rows_stand_half_a_pitch_further_on():
    xy = lay_out(grid(2, 3, stagger="shifted rows")).xy.tolist()
    quarter = P // 4
    assert [x for x, _ in xy] == [-3 * quarter, quarter, -quarter, 3 * quarter, -3 * quarter, quarter]
    assert sorted({y for _, y in xy}) == [-P, 0, P]
    first = lay_out(grid(2, 3, stagger="shifted rows", shift="first")).xy.tolist()
    assert [x for x, _ in first] == [-quarter, 3 * quarter, -3 * quarter, quarter, -quarter, 3 * quarter]


def test_checkerboard_leaves_every_second_place_empty():
    assert drawn(grid(4, 3, stagger="checkerboard")) == ["o.o.", ".o.o", "o.o."]
    assert names_of(grid(4, 3, stagger="checkerboard", shift="first")) == "A2 A4 B1 B3 C2 C4"


@pytest.mark.parametrize("stagger", [kind for kind in STAGGERS if kind.startswith("hexagonal")])
def test_hexagonal_neighbours_are_one_pitch_apart_in_six_directions(stagger):
    xy = lay_out(grid(13, 13, stagger=stagger)).xy
    middle = xy[np.abs(xy).sum(axis=1).argmin()]
    apart = np.sort(np.hypot(*(xy - middle).T))
    assert np.abs(apart[1:7] - P).max() <= 1.5
    assert apart[7] > 1.7 * P


def test_columns_stagger_as_rows_do_turned_over():
    for kind in ("shifted {}s", "hexagonal {}s", "hexagonal {} checkerboard"):
        rows, columns = (lay_out(grid(*size, stagger=kind.format(line))).xy
                         for size, line in (((5, 4), "row"), ((4, 5), "column")))
        assert {tuple(spot) for spot in rows.tolist()} == {tuple(spot[::-1]) for spot in columns.tolist()}


def test_first_name_and_corner_say_where_counting_begins():
    assert names_of(grid(2, 2, names=Names(first="Y9"))) == "Y9 Y10 AA9 AA10"
    for corner in CORNERS:
        sites = lay_out(grid(3, 2, names=Names(corner=corner)))
        x, y = sites.xy[sites.names.index("A1")].tolist()
        assert (x > 0) == corner.endswith("right")
        assert (y > 0) == corner.startswith("bottom")
        assert sites.xy[sites.names.index("A2")].tolist() == [0, y]


def test_own_names_letters_along_columns_prefix_and_alphabet():
    assert names_of(grid(2, 2, names=Names(rows=("A", "C"), columns=("01", "x")))) == "A01 Ax C01 Cx"
    assert names_of(grid(3, 2, names=Names(letters="columns"))) == "A1 B1 C1 A2 B2 C2"
    assert names_of(grid(2, 1, names=Names(prefix="1"))) == "1A1 1A2"
    assert names_of(grid(1, 4, names=Names(alphabet="ABI"))) == "A1 B1 I1 AA1"


def test_numbers_count_places_sites_or_run_through():
    holes = {"skip": ("A1", "B2")}
    assert names_of(grid(3, 2, **holes)) == "A2 A3 B1 B3"
    assert names_of(grid(3, 2, **holes, names=Names(numbers="by site"))) == "A1 A2 B1 B2"
    assert names_of(grid(3, 2, **holes, names=Names(numbers="by site", letters="columns"))) == "B1 C1 A1 C2"
    assert names_of(grid(3, 2, **holes, names=Names(numbers="one by one along rows"))) == "1 2 3 4"
    assert names_of(grid(3, 2, **holes, names=Names(numbers="one by one along columns"))) == "2 3 1 4"
    assert names_of(grid(3, 1, names=Names(numbers="one by one along rows", first="A7", prefix="P"))) == "P7 P8 P9"


def test_selectors_call_places_with_the_names_they_have():
    assert names_of(grid(2, 2, names=Names(prefix="1"), skip=("1A2",))) == "1A1 1B1 1B2"
    assert names_of(grid(2, 2, names=Names(letters="columns"), skip=("B1", "row 2"))) == "A1"
    own = Names(rows=("A", "A1"), columns=("1", "12"))
    assert names_of(grid(2, 2, names=own, only=("A112",))) == "A112"
    assert names_of(grid(2, 2, names=Names(corner="bottom right"), only=("A1",))) == "A1"


def test_zones_have_a_pitch_and_names_of_their_own_about_the_centre_of_the_array_around_them():
    zone = ArrayPattern((2, 1), (500_000, 500_000), offset=(0, 50_000), names=Names(prefix="1"))
    sites = lay_out(grid(6, 6, rings=1, offset=(1_000_000, 0), zones=(zone,)))
    assert sites.names[-2:] == ("1A1", "1A2")
    assert sites.xy[-2:].tolist() == [[750_000, 50_000], [1_250_000, 50_000]]


def test_sites_one_by_one_keep_their_order_and_their_diameters():
    sites = lay_out(ArrayPattern(at=(Spot("VDD", 5, -7), Spot("GND", 0, 0, 90_000)), offset=(10, 10)))
    assert sites.names == ("VDD", "GND")
    assert sites.xy.tolist() == [[15, 3], [10, 10]]
    assert sites.diameters is not None
    assert sites.diameters.tolist() == [0, 90_000]


def test_zones_alone_make_an_array():
    assert names_of(ArrayPattern(zones=(grid(1, 1), grid(1, 1, offset=(5, 0), names=Names(first="B2"))))) == "A1 B2"


@pytest.mark.parametrize(("pattern", "path", "message"), [
    (ArrayPattern(), "", "an array needs a grid, sites one by one (at), or zones; write for example {grid: [12, 12], "
     "pitch: 0.8 mm}"),
    (ArrayPattern((3, 3)), "pitch", "a grid needs a pitch; write for example pitch: 0.8 mm"),
    (grid(3, 3, pitch=(0, P)), "pitch", "a pitch is more than nothing; write for example 0.8 mm"),
    (grid(0, 3), "grid", "0 columns and 3 rows do not make a grid; both are at least 1"),
    (grid(10**4, 10**3, pitch=(1, 1)), "", "this array has too many places; it may have 4,000,000"),
    (grid(10**9, 10**9), "", "this array has too many places; it may have 4,000,000"),
    (grid(1000, 2, pitch=(10**6 + 1, 1)), "pitch", "this grid is wider than 1 m; look at its pitch and at its columns "
     "and rows"),
    (grid(3, 3, offset=(2 * 10**9, 0)), "offset", "this is farther away than 1 m"),
    (grid(100, 3, offset=(10**9, 0)), "", "this array reaches farther than 1 m; look at its pitch and its offset"),
    (grid(3, 3, stagger="hexagonal row"), "stagger", "unknown value 'hexagonal row'; did you mean 'hexagonal rows'?"),
    (grid(3, 3, stagger="hexagonal rows", pitch=(P, 1)), "pitch", "'hexagonal rows' has one pitch, the distance of any "
     "two neighbours; write one length"),
    (grid(3, 3, shift="third"), "shift", "unknown value 'third'; known: first, second"),
    (grid(6, 4, rings=3), "rings", "there is no ring 3: a grid of 6 columns and 4 rows has 2"),
    (grid(6, 4, rings=()), "rings", "no ring is listed; write for example rings: 3, or [1, 2, 5]"),
    (grid(6, 4, centre=(3, 2)), "centre", "3 columns cannot lie in the middle of 6; take out 2 or 4"),
    (grid(6, 4, centre=(2, 1)), "centre", "1 row cannot lie in the middle of 4; take out 2"),
    (grid(6, 4, centre=(8, 2)), "centre", "8 columns cannot be taken out of 6"),
    (grid(6, 4, corners=5), "corners", "5 sites cannot be cut off an edge that has 4"),
    (grid(4, 4, centre=(4, 4)), "", "no site is left of this array; keep some, or take less away"),
    (grid(9, 9, skip=("I5",)), "skip.0", "there is no 'I5' in this grid; rows run from A to J, columns run from 1 to 9; "
     "the letters I, O, Q, S, X and Z are not used in names"),
    (grid(9, 9, only=("A1", "A10")), "only.1", "there is no 'A10' in this grid; rows run from A to J, columns run from "
     "1 to 9"),
    (grid(9, 9, keep=("row 3",)), "keep.0", "there is no row '3' here; rows run from A to J"),
    (grid(9, 9, skip=("A1:B2:C3",)), "skip.0", "'A1:B2:C3' has more than two ends; write for example B2:D4"),
    (grid(9, 9, skip=((0, 0, -1, 5),)), "skip.0", "this area is inside out; write left, top, right, bottom, y down"),
    (grid(9, 9, skip=((1, 1, 2, 2),)), "skip.0", "no place of this grid lies in this area; it is measured from the "
     "array's centre"),
    (grid(3, 3, names=Names(prefix="1"), skip=("A1",)), "skip.0", "there is no 'A1' in this grid; rows run from A to C, "
     "columns run from 1 to 3; every name here begins with '1'"),
    (grid(3, 3, names=Names(first="1A")), "names.first", "'1A' cannot be a first name; it takes letters out of "
     "ABCDEFGHJKLMNPRTUVWY and a number, for example A1"),
    (grid(3, 3, names=Names(first="I1")), "names.first", "'I1' cannot be a first name; it takes letters out of "
     "ABCDEFGHJKLMNPRTUVWY and a number, for example A1"),
    (grid(3, 2, names=Names(rows=("A", "B", "C"))), "names.rows", "there are 2 rows, but 3 names for them; name each one"),
    (grid(1, 2, names=Names(rows=("A", "A"))), "names.rows", "'A' names two rows; give each its own name"),
    (grid(1, 1, names=Names(columns=("a b",))), "names.columns.0", "'a b' cannot be a name: no blanks, commas or quotes"),
    (grid(1, 1, names=Names(prefix='"')), "names.prefix", "'\"' cannot stand in a name: no blanks, commas or quotes"),
    (grid(1, 1, names=Names(corner="top")), "names.corner", "unknown value 'top'; known: top left, top right, bottom "
     "left, bottom right"),
    (grid(1, 1, names=Names(alphabet="AA")), "names.alphabet", "it must be letters, each once; write for example "
     "ABCDEFGHJKLMNPRTUVWY"),
    (grid(2, 2, at=(Spot("X1", 0, 0),)), "at", "an array has a grid or sites one by one; give these in a zone"),
    (ArrayPattern(at=(Spot("X1", 0, 0),), rings=2), "rings", "this is said of a grid, and there is none here"),
    (ArrayPattern(at=(Spot("X1", 2 * 10**9, 0),)), "at.0", "this is farther away than 1 m"),
    (ArrayPattern(at=(Spot("X1", 0, 0), Spot("X 2", 1, 0))), "at.1", "'X 2' cannot be a name: no blanks, commas or quotes"),
    (ArrayPattern(at=(Spot("X1", 0, 0), Spot("X1", P, 0))), "at.1", "'X1' names two sites, at (0 mm, 0 mm) and at (0.4 mm, "
     "0 mm)"),
    (ArrayPattern(at=(Spot("X1", 0, 0), Spot("X2", 0, 0))), "at.1", "'X1' and 'X2' lie in one place, (0 mm, 0 mm)"),
    (grid(1, 1, zones=(grid(1, 1, offset=(P, 0)),)), "zones.0", "'A1' names two sites, at (0 mm, 0 mm) and at (0.4 mm, "
     "0 mm); give a zone names of its own, such as names: {prefix: 1}"),
    (grid(1, 1, zones=(grid(2, 2, pitch=None),)), "zones.0.pitch", "a grid needs a pitch; write for example pitch: 0.8 mm"),
], ids=lambda value: value if isinstance(value, str) and " " not in value else "")
def test_an_impossible_pattern_says_what_to_mend(pattern, path, message):
    assert problems_of(pattern) == {path: message}


def test_all_problems_are_said_at_once():
    pattern = grid(4, 4, skip=("Z1",), keep=("row Q",), zones=(grid(2, 2, rings=7, names=Names(prefix="Z")),))
    assert set(problems_of(pattern)) == {"skip.0", "keep.0", "zones.0.rings"}


def test_two_own_rows_and_columns_that_spell_one_name_are_told_with_both_places():
    said = problems_of(grid(2, 2, names=Names(rows=("1", "11"), columns=("1", "11"))))
    assert said == {"": "'111' names two sites, at (0.2 mm, -0.2 mm) and at (-0.2 mm, 0.2 mm)"}


def test_zones_do_not_nest_without_end():
    pattern = grid(1, 1, offset=(1, 0))
    for depth in range(40):
        pattern = ArrayPattern(zones=(pattern,), offset=(depth, 0))
    assert "more than 8 deep" in str(problems_of(pattern))


def test_corners_are_those_of_the_whole_grid_and_it_is_known_where_they_cut_nothing():
    for idle, pattern in ((False, grid(6, 6, rings=2, corners=1)), (True, grid(10, 10, rings=(2, 3), corners=1)),
                          (True, grid(5, 5, only=("B2:D4",), corners=2)), (False, grid(6, 6, rings=(2,), corners=3)),
                          (False, grid(6, 6, stagger="checkerboard", corners=1)),
                          (True, grid(6, 6, stagger="checkerboard", shift="first", rings=(1,), skip=("A6", "F1"), corners=1))):
        assert list(idle_corners(pattern)) == ([("corners",)] if idle else []), pattern
        assert list(idle_corners(ArrayPattern(zones=(grid(3, 3), pattern)))) == ([("zones", 1, "corners")] if idle else [])


@pytest.mark.parametrize(("first", "more", "names"), [
    ("A01", {}, ["A01", "A02", "B01", "B02"]), ("A09", {}, ["A09", "A10", "B09", "B10"]),
    ("A001", {"prefix": "X"}, ["XA001", "XA002", "XB001", "XB002"]), ("A00", {}, ["A00", "A01", "B00", "B01"]),
    ("A01", {"numbers": "one by one along rows"}, ["01", "02", "03", "04"]),
    ("A01", {"letters": "columns"}, ["A01", "B01", "A02", "B02"]), ("A0", {}, ["A0", "A1", "B0", "B1"]),
])
def test_numbers_have_as_many_digits_as_the_first_name(first, more, names):
    assert list(lay_out(grid(2, 2, names=Names(first, **more))).names) == names
