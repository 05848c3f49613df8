"""Blocks of mold of another compound and with a process of their own: each chip is judged by the block over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, WARNED, Result, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.exchange.writing.bill import bill
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package, Process
from overmold.package.datum import PAIR, PLAIN, QUANTITY, WORD, data_of
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import blocks, far_blocks
from overmold.units import EXPANSION, LENGTH, PRESSURE, TEMPERATURE, parse_plain, parse_toleranced
from paths import PACKAGES

DECK = load_deck()
FILE = PACKAGES / "two_compounds.yaml"
TEXT = FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(FILE)


def judged(package: Package, rule: str) -> dict[str, float]:
    return {one.reading.where[0]: round(float(one.reading.value), 3) for one in check(package, DECK).verdict(rule).judged}


def chart(result: Result) -> dict[int, tuple[str, str]]:
    return {row.number: (row.status, row.because) for row in claim_chart(result)}


def changed(**words: str) -> Package:
    text = TEXT
    for old, new in words.items():
        old = old.replace("__", ": ")
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read_package_text(text, "x.yaml", PACKAGES)


# The two blocks leave next to nothing of the carrier bare, so that the claims may be met.
WHOLE = {"[0 mm, -3 mm], [0 mm, 3 mm], [-4.5": "[0.5 mm, -3 mm], [0.5 mm, 3 mm], [-4.5", "[3.8 mm, 6 mm]": "[3.9 mm, 6 mm]",
         "at: [2.5 mm, 0 mm]\n      cap": "at: [2.55 mm, 0 mm]\n      cap", "  covers: part of the carrier\n": ""}


def test_the_filler_of_a_chip_is_that_of_the_block_over_it(package: Package) -> None:
    assert judged(package, "filler-not-below-half-gap") == {"chips.U1": 0.333, "chips.U2": 0.25}
    coarse = check(with_values(package, {"mold.regions.RF.filler": parse_toleranced("32 um", LENGTH)}), DECK)
    (broken,) = [one.reading for one in coarse.verdict("filler-not-below-half-gap").judged if one.severity]
    assert (broken.where, broken.note) == (("chips.U2", "mold.regions.RF.filler"), "U2: filler of mold RF 32 um, t1 60 um")
    assert coarse.verdict("filler-too-coarse-for-bump-space").status == KEPT
    status, because = chart(check(changed(**WHOLE, **{"filler: 15 um": "filler: 32 um"}), DECK))[2]
    assert (status, "met by U1" in because, "U2 is outside" in because) == ("met", True, True)
    first = check(with_values(package, {"mold.filler": parse_toleranced("32 um", LENGTH)}), DECK)
    assert [one.reading.where for one in first.verdict("filler-not-below-half-gap").judged if one.severity] == [
        ("chips.U1", "mold.filler")]


def test_another_compound_has_neither_filler_nor_expansion_of_the_first() -> None:
    made = changed(**{"      filler: 15 um\n": ""})
    (rf,) = [block.mold for block in blocks(made) if block.key == "mold.regions.RF"]
    assert (rf.compound, rf.filler, rf.expansion) == ("EMC-B", None, None)
    missing = check(made, DECK).verdict("filler-not-below-half-gap").untested
    assert [(one.of, one.where) for one in missing] == [("chips.U2", ("mold.regions.RF.filler",))]
    assert "the filler of mold RF is not stated" in missing[0].missing
    assert "field 'Region filler RF' on the board" in missing[0].missing
    same = changed(**{"      compound: EMC-B\n      filler: 15 um\n": ""})
    assert judged(same, "filler-not-below-half-gap") == {"chips.U1": 0.333, "chips.U2": 0.333}


def test_a_block_has_of_the_first_what_it_does_not_state(package: Package) -> None:
    rf, under = blocks(package)[1], far_blocks(package)[0]
    process = rf.mold.process
    assert (process.method, process.gate, process.packing == package.mold.process.packing if package.mold else None) == (
        "reduced-pressure transfer", "right", True)
    assert (rf.where("process.pressure"), rf.where("process.method")) == (
        "mold.regions.RF.process.pressure", "mold.process.method")
    assert under.where("process.pressure") == "mold.process.pressure"
    assert under.mold.compound == "EMC-A"


def test_the_units_in_a_cavity_are_those_of_the_block_that_they_are_stated_for() -> None:
    made = changed(**{"packing: 7 MPa}": "packing: 7 MPa, cavity: [2, 3]}", "gate: right}": "gate: right, cavity: [1, 2]}"})
    assert [block.mold.process.cavity for block in (*blocks(made), *far_blocks(made))] == [(2, 3), (1, 2), (1, 1)]


def test_a_block_of_another_method_has_nothing_of_the_firsts_process() -> None:
    made = changed(**{"{pressure: 2 mmHg, temperature: 165 degC, gate: right}": "{method: compression}"})
    rf = blocks(made)[1].mold.process
    assert rf == Process(method="compression")
    result = check(made, DECK)
    assert result.verdict("not-reduced-pressure-transfer-molded").status == BROKEN
    assert chart(result)[16][0] == "not met"
    assert "mold RF: method: compression" in chart(result)[16][1]
    assert "mold temperature of mold RF is not stated ('process: temperature'" in result.verdict(
        "mold-too-hot-for-bumps").untested[0].missing


def test_vacuum_and_temperature_are_asked_of_every_block_over_a_gap(package: Package) -> None:
    weak = with_values(package, {"mold.regions.RF.process.pressure": parse_toleranced("30 mmHg", PRESSURE)})
    result = check(weak, DECK)
    assert chart(result)[18][0] == "not met"
    assert "mold RF" in chart(result)[18][1]
    assert [number for number, (status, _) in chart(check(changed(**WHOLE), DECK)).items() if number > 14 and status != "met"
            ] == []
    far = with_values(package, {"mold.regions.UNDER.process.temperature": parse_toleranced("230 degC", TEMPERATURE)})
    hot = check(far, DECK)
    assert hot.verdict("mold-too-hot-for-compound").status == WARNED
    # Whether the chips were there when the block below was made nobody states.
    assert hot.verdict("mold-too-hot-for-bumps").status == WARNED
    notes = [one.reading.note for one in hot.verdict("mold-too-hot-for-bumps").judged]
    assert notes == [f"{chip}: mold {heat} degC, SAC305 melts from 217 degC; mold UNDER is made at 230 degC, which it sees as "
                     "well unless it is mounted later" for chip, heat in (("U1", 175), ("U2", 165))]


def test_a_passive_in_mold_on_the_far_side_is_held_to_that_blocks_heat() -> None:
    made = changed(**{'nets: [VDD, GND]}': 'nets: [VDD, GND], alloy: SAC305}'})
    assert check(made, DECK).verdict("mold-too-hot-for-passives").status == KEPT
    hot = with_values(made, {"mold.regions.UNDER.process.temperature": parse_toleranced("212 degC", TEMPERATURE)})
    (one,) = check(hot, DECK).verdict("mold-too-hot-for-passives").judged
    assert (one.reading.where, one.severity != "") == (("passives.C1", "mold.regions.UNDER.process.temperature"), True)


def test_a_chip_under_no_mold_has_no_filled_gap(package: Package) -> None:
    made = changed(**{"      at: [2.5 mm, 0 mm]\n      cap": "      at: [2.5 mm, 9 mm]\n      cap"})
    unfilled = [one.reading.note for one in check(made, DECK).verdict("gap-not-filled").judged if one.severity]
    assert unfilled == ["U2 lies under no mold"]
    assert "chips.U2" not in judged(made, "filler-not-below-half-gap")


def test_the_greatest_height_is_that_of_whichever_block_may_be_highest(package: Package) -> None:
    wide = with_values(package, {"mold.cap": parse_toleranced("430 um ± 40 um", LENGTH)})
    (height,) = check(wide, DECK).verdict("package-too-high").judged
    (usual,) = check(package, DECK).verdict("package-too-high").judged
    assert (usual.reading.low - height.reading.low, usual.reading.value) == (470_000 - 445_000, height.reading.value)


def values() -> list[Any]:
    kinds = {LENGTH: "3.3 mil", PRESSURE: "1234.567 Pa +1/-2 Pa", TEMPERATURE: "171.5 °C ± 2.25 °C", EXPANSION: "7.5 ppm/K"}
    found = [pytest.param(f"mold.regions.RF.{name}", value, id=name) for name, value in (
        ("compound", "X / Y"), ("filler", parse_toleranced("0.7 mil ± 2 %", LENGTH)),
        ("expansion", parse_toleranced(kinds[EXPANSION], EXPANSION)))]
    for name, one in data_of(Process).items():
        value: Any = (3, 5)
        if one.form == QUANTITY:
            value = parse_toleranced(kinds[one.kind], one.kind)
        elif one.form == PLAIN:
            value = parse_plain(kinds[one.kind], one.kind)
        elif one.form == WORD:
            value = one.words[-1]
        assert one.form in (QUANTITY, PLAIN, WORD, PAIR)
        found.append(pytest.param(f"mold.regions.RF.process.{name}", value, id=name))
    return found


@pytest.mark.parametrize(("key", "value"), values())
def test_each_datum_goes_to_the_board_and_the_file(package: Package, key: str, value: Any, tmp_path: Path) -> None:
    made = with_values(package, {key: value})
    assert [row.key for row in drift(made, package)] == [key]
    board = read_board(board_file(made), "b.kicad_pcb")
    assert drift(board, made) == ()
    assert key in board.places
    files = package_file(board)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drift(read_package_text(files[f"{package.name}.yaml"], "again.yaml", tmp_path), made) == ()


def test_pictures_and_bill_tell_each_compound(package: Package) -> None:
    drawn = section(package)
    assert "filler, largest 20 um" in drawn
    assert "filler, largest 15 um" in drawn
    rows = [row for row in bill(package).rows if "mold compound" in row]
    assert [(row[-5], row[-2]) for row in rows] == [("mold", "EMC-A"), ("mold RF", "EMC-B"), ("mold UNDER", "EMC-A")]
