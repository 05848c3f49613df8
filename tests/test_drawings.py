"""Outline drawings and bonding diagrams: their numbers are the package's, every word has room, and nothing is made up."""

from __future__ import annotations

import csv
import functools
import itertools
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from overmold.cli import main
from overmold.drawings.bonding import bonding_diagram
from overmold.drawings.bonding_paper import layout_for
from overmold.drawings.dimensions import Row
from overmold.drawings.notes import notes
from overmold.drawings.outline import NOT_STATED, cells_of, outline_drawing, rows_of
from overmold.drawings.warpage import warpage_note
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.words import ASCENT, DESCENT, SIZE, SIZES, width_of
from overmold.rule import load_deck
from overmold.units import Toleranced
from paths import DEMO, REPOSITORY
from random_metal import a_package
from random_stacks import a_stack
from variants import demo, demo_data, demo_with, package_of

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = sorted(path.stem for path in (REPOSITORY / "examples").glob("*.yaml"))
RULES = load_deck(examples=False).rules


@functools.cache
def example(name: str) -> Package:
    return read_package_file(REPOSITORY / f"examples/{name}.yaml")


def by_letter(package: Package) -> dict[str, Row]:
    return {row.letter or row.name: row for row in rows_of(package)}


def corners(*parts: Toleranced | None) -> tuple[int, int, int]:
    """Least, nominal and greatest sum, by trying every corner."""
    assert None not in parts
    known = [part for part in parts if part is not None]
    sums = [sum(ends) for ends in itertools.product(*((part.low, part.high) for part in known))]
    return min(sums), sum(part.nominal for part in known), max(sums)


def ends(row: Row) -> tuple[int, int, int]:
    assert row.value is not None
    return row.value.low, row.value.nominal, row.value.high


@pytest.mark.parametrize("name", EXAMPLES)
def test_heights_are_those_of_every_corner_tried(name: str) -> None:
    package = example(name)
    carrier, mold, rows = package.carrier, package.mold, by_letter(package)
    assert carrier is not None
    assert mold is not None
    if carrier.frame is not None:
        assert ends(rows["A"]) == corners(mold.cap, carrier.frame.thickness)
        assert ends(rows["A2"]) == corners(mold.cap)
        assert ends(rows["A3"]) == corners(carrier.frame.thickness)
        assert rows["A1"].value is None
    else:
        layers = [layer.thickness for layer in carrier.stackup]
        assert package.balls is not None
        assert ends(rows["A"]) == corners(mold.cap, package.balls.standoff, *layers)
        assert ends(rows["A1"]) == corners(package.balls.standoff)
        assert ends(rows["A2"]) == corners(mold.cap, *layers)
        assert ends(rows["c"]) == corners(*layers)
        assert rows["N"].value == Toleranced(len(package.balls.sites))
    assert rows["D"].value is not None
    assert (rows["D"].value.nominal, ends(rows["E"])[1]) == carrier.outline.size


def stacked(row: dict[str, str]) -> Package:
    """A package of a published height stack: ball, substrate and mold with their limits."""
    def length(what: str) -> str:
        low, typical, high = (round(float(row[f"{what}_{end}_mm"]) * 1000) for end in ("min", "typ", "max"))
        return f"{typical} um +{high - typical}/-{typical - low} um"

    data = {key: value for key, value in demo_data().items() if key not in ("netlist", "passives")}
    data["carrier"] = {**data["carrier"], "stackup": [{"layer": "core", "thickness": length("substrate")}]}
    data["mold"] = {**data["mold"], "cap": length("mold")}
    data["balls"] = {**data["balls"], "standoff": length("ball")}
    return package_of(data)


def test_published_height_stacks_come_out_as_published() -> None:
    with (REPOSITORY / "tests/truth/heights.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    for row in rows:
        package = stacked(row)
        height = by_letter(package)["A"].value
        assert height is not None
        assert height.high / 1e6 == pytest.approx(float(row["worst_case_max_mm_calc"]))
        assert cells_of(by_letter(package)["A"])[-1] == f"{float(row['worst_case_max_mm_calc']):.3f}"
        (squares,) = [note for note in notes(package, rows_of(package)) if "sum of squares" in note]
        told = re.search(r"at most ([\d.]+) by", squares)
        assert told is not None
        assert float(told[1]) == pytest.approx(float(row["rss_max_mm_calc"]), abs=6e-4)
        published = float(told[1]) if row["method"] == "RSS" else height.high / 1e6
        assert published == pytest.approx(float(row["published_max_mm"]), abs=2e-3)


def test_what_nobody_has_stated_is_said_so_and_never_a_number() -> None:
    bare = demo_with({"balls.standoff": None}, {"mold.cap": None}, {"max_height": None})
    rows = by_letter(bare)
    assert [cells_of(rows[letter])[2:] for letter in ("A", "A1", "A2", "ddd")] == [(NOT_STATED,) * 3] * 4
    assert cells_of(rows["D"])[2:] == (NOT_STATED, "10.000", NOT_STATED)
    assert rows["A"].lacks == ("balls.standoff", "mold.cap")
    said = " ".join(notes(bare, rows_of(bare)))
    assert "Not stated: balls.standoff, mold.cap" in said.replace(" and ", ", ")
    assert "Coplanarity of the balls is not stated" in said
    assert outline_drawing(bare).count(NOT_STATED) >= 14
    told = demo(carrier__tolerance="0.1 mm", coplanarity="80 um", balls__standoff="0.3 mm")
    assert cells_of(by_letter(told)["D"])[2:] == ("9.900", "10.000", "10.100")
    assert cells_of(by_letter(told)["ddd"])[2:] == ("", "", "0.080")
    assert cells_of(by_letter(told)["A1"])[2:] == (NOT_STATED, "0.300", NOT_STATED)
    assert by_letter(told)["A"].exact == ("balls.standoff",)
    assert outline_drawing(Package("empty", "empty.yaml")) == ""


def test_a_chip_that_stands_out_of_the_mold_is_the_highest() -> None:
    package = demo(mold__cap="180 um ± 5 um", max_height=None)
    chip = package.chips[0]
    assert chip.thickness is not None
    assert package.balls is not None
    assert package.carrier is not None
    assert package.chips[0].bumps is not None
    value = by_letter(package)["A"].value
    assert value is not None
    layers = [layer.thickness for layer in package.carrier.stackup]
    mask = layers[0]
    # Bump height less the mask, which is also part of the carrier: it cancels.
    assert ends(by_letter(package)["A"]) == corners(chip.thickness, package.chips[0].bumps.height, package.balls.standoff,
                                                    *layers[1:])
    assert mask.plus


def test_the_warpage_limit_is_the_tables_and_never_between() -> None:
    assert "at most 0.17 mm (JEITA ED-7306 (2007), table 1" in warpage_note(800_000, 400_000)
    assert "next finer pitch in the table, 0.65 mm: it has none for 0.75 mm" in warpage_note(750_000, 0)
    assert "at most 0.14 mm" in warpage_note(750_000, 0)
    assert "those here are lower, 0.22 mm" in warpage_note(500_000, 220_000)
    assert "has no limit" in warpage_note(350_000, 0)
    assert "Warpage" in " ".join(notes(example("fccsp-196"), rows_of(example("fccsp-196"))))
    assert "Warpage" not in " ".join(notes(example("fcol_qfn-24"), rows_of(example("fcol_qfn-24"))))


def test_lands_without_balls_and_balls_of_two_sizes_are_told() -> None:
    package = demo(balls__land="0.4 mm", balls__opening="0.3 mm")
    assert package.balls is not None
    assert package.mold is not None
    assert package.carrier is not None
    bare = replace(package, balls=replace(package.balls, diameter=None, standoff=None, alloy=""))
    rows = by_letter(bare)
    assert "A1" not in rows
    assert rows["b"].value == Toleranced(300_000)
    assert ends(rows["A"]) == corners(package.mold.cap, *(layer.thickness for layer in package.carrier.stackup))
    assert "land grid array, 144 lands" in outline_drawing(bare)
    assert crowded(outline_drawing(bare)) == []
    sites = package.balls.sites
    own = np.where(np.arange(len(sites)) < 4, 600_000, 0)
    two = replace(package, balls=replace(package.balls, sites=replace(sites, diameters=own)))
    told = [(row.name, row.value.nominal) for row in rows_of(two) if row.letter == "b" and row.value is not None]
    assert told == [("ball diameter, before soldering, 4 of them", 600_000),
                    ("ball diameter, before soldering, 140 of them", 400_000)]


Word = tuple[float, float, float, float, str]


def words_of(picture: str) -> list[Word]:
    """Every word with the box that it takes at most."""
    found = []
    for one in ElementTree.fromstring(picture).iter(f"{SVG}text"):
        kind, said = (one.get("class") or "").replace("wrong", "note"), one.text or ""
        wide, size = width_of(said, kind), SIZES.get(kind, SIZE)
        x, y = float(one.get("x") or 0), float(one.get("y") or 0)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[one.get("text-anchor") or "start"]
        found.append((left, y - ASCENT * size, left + wide, y + DESCENT * size, said))
    return sorted(found)


def crowded(picture: str) -> list[str]:
    """Words that lie over one another or leave the frame of the sheet."""
    box = ElementTree.fromstring(picture).get("viewBox")
    assert box is not None
    _, _, width, height = map(float, box.split())
    words, wrong = words_of(picture), []
    for i, (left, top, right, bottom, said) in enumerate(words):
        if left < 33 or top < 33 or right > width - 33 or bottom > height - 33:
            wrong.append(f"leaves: {said}")
        for other in words[i + 1:]:
            if other[0] >= right:
                break
            if top < other[3] and other[1] < bottom:
                wrong.append(f"{said} over {other[4]}")
    return wrong


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_words_of_a_sheet_meet_or_leave_it(name: str) -> None:
    package = example(name)
    outline, bonding = outline_drawing(package), bonding_diagram(package, RULES)
    assert crowded(outline) == []
    assert bool(bonding) == bool(package.wires)
    assert not bonding or crowded(bonding) == []
    assert outline == outline_drawing(package)
    assert not re.search(r"(nan|inf\b|e-\d)", outline + bonding)


def test_odd_packages_keep_their_words_apart_and_escape_them() -> None:
    for package in (demo(package="W" * 90, netlist=None), demo(balls__array={"grid": [100, 100], "pitch": "90 um"},
                                                              balls__diameter="50 um", netlist=None),
                    demo(balls__array={"grid": [1, 2], "pitch": "3 mm"}, netlist=None),
                    demo(mold=None, max_height=None), read_package_file(REPOSITORY / "tests/packages/qfn.yaml"),
                    demo(carrier__size=["40 mm", "12 mm"]), *(a_stack(seed, unstated=0.15) for seed in range(6)),
                    *(a_package(seed) for seed in (1, 5, 23))):
        for picture in filter(None, (outline_drawing(package), bonding_diagram(package, RULES))):
            assert crowded(picture) == [], package.name
    assert "&lt;b&gt;" in outline_drawing(replace(demo(), name="<b>"))
    many = outline_drawing(demo(balls__array={"grid": [100, 100], "pitch": "90 um"}, balls__diameter="50 um", netlist=None))
    assert len(many) < 200_000


def test_the_diagram_has_every_wire_once_in_its_tier_and_in_the_table() -> None:
    package = example("flip_face-up_flip_stack")
    picture = ElementTree.fromstring(bonding_diagram(package, RULES))
    said = [one.text or "" for one in picture.iter(f"{SVG}text")]
    strokes = [one for one in picture.iter(f"{SVG}line") if re.fullmatch(r"tier\d", one.get("class") or "")]
    legend = [word for word in said if word.startswith("tier ")]
    assert len(strokes) == len(package.wires) + len(legend)
    assert sum(int(word.split(": ")[1].split(" ")[0]) for word in legend) == len(package.wires)
    table = [one.text for one in picture.iter(f"{SVG}text") if one.get("class") == "note"]
    assert [table.count(wire.name) for wire in package.wires] == [1] * len(package.wires)
    assert "wire length to diameter: at most 200" in said
    assert "wire angle: at most 60 deg" in said
    assert bonding_diagram(example("fccsp-196"), RULES) == ""


def test_a_sheet_grows_with_its_table() -> None:
    papers = [layout_for(count, 300) for count in (10, 60, 200, 800, 3000, 20_000)]
    assert [layout.most >= count for layout, count in zip(papers, (10, 60, 200, 800, 3000, 20_000))] == [True] * 6
    assert papers[0].paper.name == "A3"
    assert papers[-1].paper.name == "roll"
    for layout in papers:
        placed = list(layout.columns(range(layout.most)))
        assert [one for rows, _ in placed for one in rows] == list(range(layout.most))
        assert min(x for _, (x, _) in placed) >= 44 + layout.side


def test_drawings_are_written_by_the_command_as_pdf_where_that_can_be(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    stack = REPOSITORY / "examples/qfn-32_stack.yaml"
    assert main(["draw", str(stack), "--outline", "--bonding", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == [
        f"QFN-32-STACK_7x7mm_P0.65mm.{kind}.svg" for kind in ("bonding", "outline")]
    assert main(["draw", str(DEMO), "--bonding", "-o", str(tmp_path)]) == 2
    assert "there are no wires" in capsys.readouterr().err
    if shutil.which("chromium") or shutil.which("rsvg-convert") or shutil.which("inkscape"):
        assert main(["draw", str(stack), "--outline", "-o", str(tmp_path / "one.pdf")]) == 0
        made = (tmp_path / "one.pdf").read_bytes()
        assert made.startswith(b"%PDF")
        box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", made)
        assert box is None or [float(side) for side in box.groups()] == pytest.approx([420 / 25.4 * 72, 297 / 25.4 * 72], abs=2)
    monkeypatch.setenv("PATH", str(tmp_path))
    capsys.readouterr()
    assert main(["draw", str(stack), "--outline", "--pdf", "-o", str(tmp_path / "two")]) == 0
    assert "no PDF of outline" in capsys.readouterr().err
    assert [path.suffix for path in (tmp_path / "two").iterdir() if not path.name.startswith(".")] == [".svg"]
