"""A pressure in any unit, with any number of digits: file and board hold the same one, and judge it alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.check import check
from overmold.compare import drift
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.rule import Deck, load_deck
from overmold.units import PRESSURE
from package_text import read

USUAL = load_deck()
DECK = Deck(tuple(rule for rule in USUAL.rules if rule.name == "vacuum-not-below-20-mmhg"), USUAL.alloys)
PACKAGE = """\
package: P
carrier: {kind: substrate, size: [10 mm, 8 mm]}
mold: {cap: 315 um, outline: [8 mm, 6 mm], process: {method: reduced-pressure transfer, pressure: "%s"}}
"""


@pytest.mark.parametrize("unit", [name for name, _ in PRESSURE.units])
@settings(max_examples=dose(5, 15), deadline=None)
@given(digits=st.integers(3, 10), steps=st.integers(-3, 3))
def test_a_board_has_the_verdict_of_its_file_beside_the_limit(unit, digits, steps):
    limit = Decimal(20 * 133_322_387_415) / 1000 / (Decimal(int(PRESSURE.scale(unit) * 1000)) / 1000)
    last = Decimal(1).scaleb(limit.adjusted() - digits + 1)
    said = f"{(limit // last + steps) * last:f} {unit}"
    package = read(PACKAGE % said)
    board = read_board(board_file(package), "p.kicad_pcb")
    assert drift(board, package) == ()
    assert [one.status for one in check(board, DECK).verdicts] == [one.status for one in check(package, DECK).verdicts]
