"""Every datum that the hub declares, changed: the board, drift, what *Place* lists and the package file all say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from overmold.compare import drift
from overmold.kicad.placing.proposal import propose
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import FLIP_CHIP, Chip, Package
from overmold.package.datum import COUNT, NAMES, PAIR, PLAIN, QUANTITY, TEXT, WORD, YES, Datum, data_of, key_of
from overmold.package.pieces import dimensions, pieces, with_values
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.units import ANGLE, LENGTH, PRESSURE, TEMPERATURE, Stated, parse_plain, parse_toleranced
from paths import PACKAGES, REPOSITORY

SOURCES = [PACKAGES / "demo.yaml", PACKAGES / "qfn.yaml", REPOSITORY / "examples/flip_face-up_flip_stack.yaml",
           REPOSITORY / "examples/qfn-32_stack.yaml"]
# What a datum becomes when it is changed: in units of its own, with all its digits.
QUANTITIES = {LENGTH: "5.90123 mil ± 2 %", PRESSURE: "1234.567 Pa +1/-2 Pa", TEMPERATURE: "171.5 °C ± 2.25 °C"}
PLAINS = {LENGTH: "3.3 mil", ANGLE: "3.3 deg"}


@cache
def package_of(path: Path) -> Package:
    return read_package_file(path)


def other(datum: Datum, value: Any) -> Any:
    """Another value than this one."""
    if datum.form == QUANTITY:
        return parse_toleranced(QUANTITIES.get(datum.kind, f"1.5 {datum.kind.shown}"), datum.kind)
    if datum.form == PLAIN:
        return parse_plain(PLAINS[datum.kind], datum.kind)
    if datum.form == WORD:
        return next(word for word in reversed(datum.words) if word != value)
    return {TEXT: f"{value or 'none'} / other", COUNT: 7, PAIR: (3, 5), YES: not value}[datum.form]


def changes() -> Iterator[Any]:
    """Every datum of one part of each kind, of each source: path, the datum's key, what it becomes."""
    for path in SOURCES:
        seen = set()
        for key, part in pieces(package_of(path)):
            for name, datum in data_of(type(part)).items():
                full = f"{key}.{key_of(name, datum)}" if key else key_of(name, datum)
                unlike = (type(part), name, getattr(part, "bonded", ""))
                # A flip chip stands on its bumps: no package file has anything else under it. Names are of what is there.
                if type(part) is Chip and name == "side" and path.stem != "demo":
                    continue  # no chip looks up there, stands in a stack or under a lead frame: both readers say so
                if unlike not in seen and datum.form != NAMES and name != "cavity_in" and unlike[1:] != ("attach", FLIP_CHIP):
                    seen.add(unlike)
                    yield pytest.param(path, full, other(datum, getattr(part, name)), id=f"{path.stem}-{full}")


CHANGES = list(changes())
# A package cannot be so: what is not a lead frame has no leads, what looks up has no bumps; both readers say so.
NO_PACKAGE = ("carrier.kind", ".bonded")
# A package file lays the leads out by these, where a board has both the number and the metal.
DERIVED = ("carrier.frame.leads.width", "carrier.frame.leads.length", "carrier.frame.leads.pulled_back")


def on_board(package: Package) -> Package:
    return read_board(board_file(package), "b.kicad_pcb")


def in_file(package: Package) -> Package:
    files = package_file(package)
    name = next(iter(files))
    folder = Path(package.source).parent
    for table, text in files.items():
        (folder / table).write_text(text, encoding="utf-8")
    return read_package_text(files[name], name, folder)


@pytest.mark.parametrize(("path", "said", "value"), CHANGES)
def test_a_changed_datum_is_seen_by_everybody(path: Path, said: str, value: Any, tmp_path: Path) -> None:
    spec = package_of(path)
    changed = with_values(spec, {said: value})
    rows = drift(changed, spec)
    (row,) = rows
    key = row.key  # a wire is named by its ends, as it has no name that file and board share
    assert (key.split(".")[0], key.split(".")[-1]) == (said.split(".")[0], said.split(".")[-1])
    if key.endswith(NO_PACKAGE):
        return
    board = on_board(changed)
    assert drift(board, changed) == ()
    assert [row.key for row in drift(board, spec)] == [key]
    listed = " ".join(words for change in propose(spec, board_file(changed), "b.kicad_pcb").changes for words in change.words)
    in_setup = key.startswith("carrier.stackup")  # a board's own set-up, which no press changes
    assert (f"{key}:" in listed) is not in_setup, listed
    read = in_file(replace(changed, source=str(tmp_path / "p.yaml")))
    assert key in [row.key for row in drift(read, spec)]
    if key not in DERIVED:
        assert drift(read, changed) == ()


@pytest.mark.parametrize(("path", "key", "value"), [one for one in CHANGES if hasattr(one.values[2], "stated")])
def test_what_somebody_stated_is_kept_as_stated(path: Path, key: str, value: Any, tmp_path: Path) -> None:
    changed = with_values(package_of(path), {key: value})
    board = on_board(changed)
    read = in_file(replace(board, source=str(tmp_path / "p.yaml")))
    again = on_board(read)
    drawn = value_of(changed, key)[1].drawn
    for package in (board, read, again):
        found, _ = value_of(package, key)
        assert found == value_of(changed, key)[0]
        if not drawn or not isinstance(value, Stated):  # what is drawn is drawn in nanometres
            assert found.stated == value.stated


def value_of(package: Package, key: str) -> tuple[Any, Datum]:
    for piece, part in pieces(package):
        for name, datum in data_of(type(part)).items():
            if (f"{piece}.{key_of(name, datum)}" if piece else key_of(name, datum)) == key:
                return getattr(part, name), datum
    raise KeyError(key)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_dimensions_are_all_that_is_stated_and_can_be_put_back(path: Path) -> None:
    package = package_of(path)
    found = dimensions(package)
    assert {"carrier.frame.thickness", "carrier.stackup.0.thickness"} & set(found)
    assert "mold.cap" in found
    assert drift(with_values(package, found), package) == ()
    moved = with_values(package, {"mold.cap": parse_toleranced("1 mm ± 1 um", LENGTH)})
    assert [row.key for row in drift(moved, package)] == ["mold.cap"]
    with pytest.raises(KeyError, match=r"mold\.lid"):
        with_values(package, {"mold.lid": 1})


def test_every_datum_says_what_it_is_and_shows_how_it_is_written() -> None:
    labels: dict[str, str] = {}
    for path in SOURCES:
        for _, part in pieces(package_of(path)):
            for name, datum in data_of(type(part)).items():
                where = f"{type(part).__name__}.{name}"
                assert datum.label[0].isupper(), where
                assert datum.says[0].isupper(), where
                assert labels.setdefault(datum.label, where) == where
                if datum.form in (QUANTITY, PLAIN):
                    assert parse_toleranced(datum.example, datum.kind).low >= datum.least, where
                if datum.form == WORD:
                    assert datum.example in datum.words, where
