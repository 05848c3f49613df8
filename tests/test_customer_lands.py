"""The lands on the customer's board travel in the carrier's board: from the table to a field and back, however it is turned."""

from dataclasses import replace
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.geometry.lands import ball_land
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.measures.customer_lands import customer_land_spacing
from overmold.package.moved import at_home
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from turned_boards import turned

SPEC = """package: P
carrier: {kind: substrate, size: [4 mm, 3 mm]}
balls: {array: {grid: [2, 2], pitch: 1 mm}, diameter: 0.4 mm, customer_land: 0.3 mm}
lands: l.csv
"""
TABLE = """name,x,y,width,height,shape,angle,chamfer,layers,mask,paste_share,outline
A1,-0.5 mm,-0.5 mm,0.6 mm,0.4 mm,oval,30 deg,,,,,
EP,0.1 mm,0.2 mm,1 mm,0.5 mm,rounded,,20 % tl br,front copper + front mask,0.05 mm,,
,0.1 mm,0.2 mm,0.4 mm,0.4 mm,rectangle,,,front paste,,-10 %,
B2,0.5 mm,0.5 mm,0.2 mm,0.2 mm,rectangle,90 deg,,,,,line 0.05 | 0 0 0.2 0 0.2 0.3
"""


def package(table=TABLE):
    return read_package_text(SPEC.encode(), "p.yaml", Path(), {"l.csv": table.encode()})


def test_the_table_comes_back_from_the_board():
    spec = package()
    board = read_board(board_file(spec), "b")
    assert len(board.lands) == 4
    assert drift(board, spec) == ()
    files = package_file(board)
    again = read_package_text(files["P.yaml"].encode(), "p.yaml", Path(), {name: one.encode() for name, one in files.items()})
    assert drift(again, spec) == ()
    assert {land.name for land in again.lands} == {"A1", "EP", "", "B2"}


@pytest.mark.parametrize("angle", [90_000, 180_000, 33_000])
def test_it_is_the_same_on_a_board_that_is_turned(angle):
    spec = package()
    board = read_board(turned(board_file(spec), angle), "b")
    assert board.lands[0].at != spec.lands[0].at
    assert [one for one in drift(board, spec) if one.key == "lands"] == []
    assert {(land.name, land.angle) for land in at_home(board).lands} == {(land.name, land.angle) for land in spec.lands}


def test_what_differs_is_a_drift():
    spec = package()
    board = read_board(board_file(spec), "b")
    moved = replace(spec, lands=(spec.lands[0]._replace(at=(-400_000, -500_000)), *spec.lands[1:]))
    assert [str(one) for one in drift(board, moved)] == ["lands: board 4 lands, A1 of them otherwise, package file 4 lands"]
    assert [str(one) for one in drift(board, replace(spec, lands=()))] == [
        "lands: board 4 lands, package file has none"]
    assert [str(one) for one in drift(read_board(board_file(replace(spec, lands=())), "b"), spec)] == [
        "lands: board has none, package file 4 lands"]


def test_a_broken_field_says_which_row():
    text = board_file(package()).decode()
    assert text.count("oval") == 1
    with pytest.raises(Faults) as caught:
        read_board(text.replace("oval", "ovul").encode(), "b")
    assert [str(fault).partition(": ")[2] for fault in caught.value.faults] == [
        "PKG1, field 'Customer lands': row 2: unknown shape 'ovul'; did you mean 'oval'?"]


def spacing(rows):
    """What is read of a table of two lands and no balls."""
    table = "name,x,y,width,height,shape,angle,corner,chamfer,layers,outline\n" + rows
    spec = "package: P\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}\nlands: l.csv\n"
    made = read_package_text(spec.encode(), "p.yaml", Path(), {"l.csv": table.encode()})
    return [one.value for one in customer_land_spacing(made)]


@pytest.mark.parametrize(("rows", "apart"), [
    ("A,0 mm,0 mm,1 mm,1 mm,round,,,,,\nB,2 mm,0 mm,0.5 mm,0.5 mm,round,,,,,", 1_250_000),
    ("A,0 mm,0 mm,1 mm,0.4 mm,oval,,,,,\nB,0.5 mm,0.5 mm,0.4 mm,0.4 mm,round,,,,,", 138_516),  # from its end's middle
    ("A,0 mm,0 mm,1 mm,0.4 mm,oval,90 deg,,,,\nB,0 mm,1 mm,0.4 mm,0.4 mm,round,,,,,", 300_000),
    ("A,0 mm,0 mm,1 mm,1 mm,rounded,,25 %,,,\nB,1 mm,1 mm,1 mm,1 mm,rectangle,,,,,", 103_553),  # (sqrt(2) - 1) radii
    ("A,0 mm,0 mm,1 mm,1 mm,rectangle,,,40 % br,,\nB,1 mm,1 mm,1 mm,1 mm,rectangle,,,,,", 282_842),  # half the cut's diagonal
    ("A,0 mm,0 mm,1 mm,1 mm,rectangle,45 deg,,,,\nB,1.4 mm,0 mm,1 mm,1 mm,rectangle,45 deg,,,,", 0),
    ("A,0 mm,0 mm,1 mm,1 mm,rectangle,,,,,\nA,0.2 mm,0 mm,1 mm,1 mm,rectangle,,,,,", None),  # one name is one net
    ("A,0 mm,0 mm,1 mm,1 mm,rectangle,,,,,\n,0.2 mm,0 mm,1 mm,1 mm,rectangle,,,,front paste,", None),
    ("A,0 mm,0 mm,0.2 mm,0.2 mm,rectangle,,,,,line 0.1 | 0 0 2 0 2 1\nB,3 mm,0 mm,1 mm,1 mm,rectangle,,,,,", 450_000),
])
def test_how_near_stated_lands_come(rows, apart):
    found = spacing(rows)
    assert found == [] if apart is None else len(found) == 1 and abs(found[0] - apart) < 60


def test_of_ipcs_lands_none_is_asked_and_stated_ones_may_not_touch():
    for line, status in (("", NOT_APPLICABLE), (", customer_land: 0.3 mm", KEPT), (", customer_land: 1 mm", BROKEN)):
        text = SPEC.replace(", customer_land: 0.3 mm", line).replace("lands: l.csv\n", "")
        found = check(read_package_text(text.encode(), "p.yaml", Path())).verdict("customer-lands-touch")
        assert found.status == status
    assert len(found.judged) == 4  # four touching pairs of a square of four; across its middle none


def test_what_is_judged_is_what_the_land_pattern_draws():
    spec = ("package: P\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}\nballs: {diameter: 0.4 mm, customer_land: 0.3 mm, "
            "array: {at: {A1: [0 mm, 0 mm], A2: [2 mm, 0 mm]OWN}}}\n")

    def apart(own):
        made = read_package_text(spec.replace("OWN", own).encode(), "p.yaml", Path())
        return [one.value for one in customer_land_spacing(made)]

    assert apart("") == [1_700_000]
    assert apart(", B1: [0 mm, 1 mm, 0.8 mm]") == [1_000_000 - 150_000 - ball_land(800_000, collapsing=True) // 2]  # its own
    assert apart(", B1: [0 mm, 1 mm, 0.8 mm, lands]") == [450_000]  # a bare one is as wide as it is
