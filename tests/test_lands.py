import csv
from pathlib import Path

import pytest

from overmold.geometry.lands import ball_land, ball_pad, bump_pad

TABLE = Path(__file__).parent / "truth" / "ball_land.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8")))


def _nm(millimetres: str) -> int:
    return round(float(millimetres) * 1_000_000)


@pytest.mark.parametrize("row", ROWS, ids=[row["ball_mm"] for row in ROWS])
def test_every_row_of_the_published_land_tables_comes_out(row):
    assert ball_land(_nm(row["ball_mm"])) == _nm(row["land_collapsing_mm"])
    if row["land_non_collapsing_mm"]:
        assert ball_land(_nm(row["ball_mm"]), collapsing=False) == _nm(row["land_non_collapsing_mm"])


def test_rows_that_a_table_leaves_open_are_interpolated():
    assert ball_land(650_000, collapsing=False) == 800_000
    assert ball_land(350_000, collapsing=False) == 440_000
    assert ball_land(420_000) == 370_000


def test_beyond_the_table_the_ratio_of_its_last_row_is_kept():
    assert ball_land(80_000) == 80_000
    assert ball_land(80_000, collapsing=False) == 101_000
    assert ball_land(1_000_000) == 800_000


def test_a_larger_ball_never_gets_a_smaller_land():
    for collapsing in (True, False):
        lands = [ball_land(ball, collapsing) for ball in range(20_000, 1_200_000, 1_000)]
        assert lands == sorted(lands)


def test_on_the_carrier_the_mask_defines_a_balls_land_and_a_bumps_land_is_the_bump():
    assert ball_pad(400_000) == (450_000, 350_000)
    assert ball_pad(150_000) == (188_000, 150_000)
    assert bump_pad(80_000) == (80_000, 80_000)
