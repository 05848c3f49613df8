"""The strip that packages are molded on: where everything lies, what is judged, and its drawings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, UNTESTED, check
from overmold.cli import main
from overmold.drawings.strip import missing_for_strip, rows_of, strip_drawing
from overmold.exchange.writing.strip import write
from overmold.measures.strip import Strip, strip_of
from overmold.measures.strip_gates import gates_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.rule import load_deck
from overmold.shapes import distance, margin_inside, rectangle
from paths import DEMO, REPOSITORY

FILE = DEMO.parent / "on_strip.yaml"
DECK = load_deck()


def changed(old: str, new: str) -> Package:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    return read_package_text(text.replace(old, new), str(FILE), FILE.parent)


def strip(package: Package) -> Strip:
    found = strip_of(package)
    assert isinstance(found, Strip)
    return found


def test_packages_stand_a_kerf_apart_and_blocks_their_gap() -> None:
    one = strip(read_package_file(FILE))
    xs, ys = one.columns(), one.rows()
    assert (len(ys), len(xs)) == (6, 20)
    assert {b - a for a, b in zip(ys, ys[1:])} == {10_200_000}
    # Over a block's end: kerf, what of its outer street lies beyond the kerf's half on both sides, and the gap.
    assert {b - a for a, b in zip(xs, xs[1:])} == {10_200_000, 10_200_000 + 300_000 + 2_000_000}
    assert xs == [-x for x in reversed(xs)]
    blocks = list(one.block_boxes())
    assert [distance(a, b) for a, b in zip(blocks, blocks[1:])] == [2_000_000] * 3
    assert all(margin_inside(block, rectangle((0, 0), one.extent)) >= 0 for block in blocks)


def test_every_package_lies_between_its_streets() -> None:
    one = strip(read_package_file(FILE))
    streets = list(one.streets())
    assert len(streets) == 4 * (6 + 7)
    inner = [rectangle((x, y), (one.body[0] - 100_000, one.body[1] - 100_000)) for x in one.columns() for y in one.rows()]
    assert min(distance(unit, street) for unit in inner[:12] for street in streets) == 0  # half of street less kerf: 50 um


def test_a_strip_that_is_too_small_is_an_error_and_one_of_unknown_kerf_is_not_checked() -> None:
    name = "units-beyond-strip"
    assert check(read_package_file(FILE), DECK).verdict(name).status == KEPT
    assert check(changed("strip_width: 74 mm", "strip_width: 61 mm"), DECK).verdict(name).status == BROKEN
    assert check(changed("kerf: 200 um", ""), DECK).verdict(name).status == UNTESTED
    uneven = check(changed("blocks: [1, 4]", "blocks: [1, 3]"), DECK).verdict(name)
    assert "cannot be shared out evenly" in uneven.untested[0].missing
    assert check(read_package_file(DEMO), DECK).verdict(name).status == NOT_APPLICABLE


def test_the_drawing_has_every_package_and_dimension() -> None:
    drawn = strip_drawing(read_package_file(FILE))
    ET.fromstring(drawn)
    units = re.search(r'<path class="unit" d="([^"]+)"', drawn)
    assert units is not None
    assert units[1].count("M") == 120
    assert drawn.count('class="gate"') == 4
    rows = dict(rows_of(strip(read_package_file(FILE))))
    assert (rows["pitch of columns"], rows["rail at each end"], rows["rail at each side"]) == ("10.2", "14.4", "6.25")
    for words in ("pitch 10.2", "street 0.3", ">240<", ">74<"):
        assert words in drawn


def test_what_nobody_stated_is_said_on_the_drawing() -> None:
    drawn = strip_drawing(read_package_file(REPOSITORY / "examples" / "fcol_qfn-24.yaml"))
    assert "Gates are not stated" in drawn
    assert "not stated" in dict(rows_of(strip(read_package_file(REPOSITORY / "examples" / "fcol_qfn-24.yaml")))).values()


@pytest.mark.parametrize(("gate", "count", "way"), [("left", 4, (1, 0)), ("top right", 4, (-1, 1)), ("centre", 120, (0, 0))])
def test_gates_are_at_every_block_or_over_every_package(gate: str, count: int, way: tuple[int, int]) -> None:
    package = changed("gate: left", f"gate: {gate}")
    gates = gates_of(package, strip(package))
    assert gates is not None
    assert len(gates) == count
    assert gates[0].way == way


def test_the_dxf_has_a_layer_for_each_kind_of_thing() -> None:
    text = write(read_package_file(FILE)).decode("ascii")
    pairs = re.findall(r"LWPOLYLINE.*?\n  8\n(\w+)", text, re.DOTALL)
    assert {name: pairs.count(name) for name in set(pairs)} == {"STRIP": 1, "MOLD": 4, "STREETS": 52, "OUTLINE": 120}
    assert text.count("\n  8\nGATES\n") == 4


def test_the_command_writes_both_and_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(FILE), "--strip", "--strip-dxf", "-o", str(tmp_path)]) == 0
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".dxf", ".svg"]
    assert main(["draw", str(DEMO), "--strip", "-o", str(tmp_path)]) == 2
    assert "the file states no strip of several units" in capsys.readouterr().err
    assert "more than the 100,000 that are drawn" in missing_for_strip(changed("units: [6, 20]", "units: [6, 99996]"))
