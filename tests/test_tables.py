"""Tables: one rule for what stands between cells, whoever reads them; every cell with its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.tables import table_rows

CELL = st.text(st.sampled_from('ab1. ,;\t"'), max_size=6)


def cells(text):
    return [row.cells for row in table_rows(text)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_first_line_that_is_no_comment_says_what_stands_between_cells(mark):
    head, row = mark.join(("x [mm]", "y", "name")), mark.join(("1", "2", "A1"))
    assert cells(f"\ufeff# a, note; with, marks\n\n{head}\n{row}\n") == [["x [mm]", "y", "name"], ["1", "2", "A1"]]


def test_a_comma_wins_where_two_marks_are_as_many():
    assert cells("a,b;c\n") == [["a", "b;c"]]


def test_a_quote_that_is_not_closed_and_cells_too_many_are_told():
    head, broken, long = table_rows('a,b\n"1,2\n1,2,3\n')
    assert [head.trouble(2), broken.trouble(2), long.trouble(2)] == [
        "", "a quote that is not closed", "expected 2 cells, not 3"]


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_is_written_in_quotes_is_read_back_where_it_stands(rows, mark):
    written = ["a" + mark + "b" + mark + "c",
               *(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    found = list(table_rows("\n".join(written)))[1:]
    assert [row.cells for row in found] == rows
    for row, line in zip(found, written[1:]):
        assert all(line[column - 2] == '"' for column in row.columns)
