"""The example packages: each keeps every rule, has the claim chart that stands beside it, and comes back from its board."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from overmold.check import KEPT, NOT_APPLICABLE, NOTED, Result, check
from overmold.claims import claim_chart
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.report.chart import chart_text
from overmold.rule import load_deck
from paths import REPOSITORY

EXAMPLES = sorted((REPOSITORY / "examples").glob("*.yaml"))
DECK = load_deck()
MANY_PADS = ("fcbga-484_lidless", "interposer_2.5d")  # KiCad 10 takes half a minute and more for each
KicadCli = Callable[..., "subprocess.CompletedProcess[str]"]
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def judged(package: Package) -> Result:
    return check(package, DECK)


def chart(package: Package) -> str:
    """The chart without its heading, which names the file."""
    return chart_text(package, claim_chart(judged(package))).partition("\n\n")[2]


def verdicts(package: Package) -> dict[str, tuple[str, list[object]]]:
    """Status and worst reading of every rule."""
    return {one.rule.name: (one.status, [one.worst.reading.value] if one.worst else []) for one in judged(package).verdicts}


@every_example
def test_an_example_keeps_every_rule_and_leaves_none_untested(path: Path) -> None:
    result = judged(read_package_file(path))
    # A design without one of the stacks of claims 8 to 11 is no faulty design.
    assert {one.rule.name: one.status for one in result.verdicts if one.status not in (KEPT, NOT_APPLICABLE, NOTED)} == {}


@every_example
def test_its_claim_chart_is_the_one_beside_it(path: Path) -> None:
    """`make generated` writes the chart anew: look at what changed before you commit it."""
    package = read_package_file(path)
    golden = path.with_suffix(".claims.txt")
    assert golden.read_text(encoding="utf-8") == f"{package.name}\n\n{chart(package)}"


@every_example
def test_the_board_drawn_of_it_has_the_same_verdicts_and_chart(path: Path) -> None:
    package = read_package_file(path)
    drawn = read_board(board_file(package), "b.kicad_pcb")
    kept = verdicts(package)
    # What only a board has (a rule area, say) is judged there alone.
    assert {name: row for name, row in verdicts(drawn).items() if kept[name][0] != NOT_APPLICABLE} == {
        name: row for name, row in kept.items() if row[0] != NOT_APPLICABLE}
    assert chart(drawn) == chart(package)


@every_example
def test_a_board_that_kicad_saved_has_the_same_chart(
    path: Path, tmp_path: Path, saved_by_kicad: Callable[[Path], bytes]
) -> None:
    package = read_package_file(path)
    board = tmp_path / "b.kicad_pcb"
    board.write_bytes(board_file(package))
    saved = read_board(saved_by_kicad(board), str(board))
    assert verdicts(saved) == verdicts(read_board(board_file(package), "b.kicad_pcb"))
    assert chart(saved) == chart(package)


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.stem not in MANY_PADS], ids=lambda path: path.stem)
def test_kicads_own_check_finds_nothing_but_nets_that_nobody_routed(
    path: Path, tmp_path: Path, kicad_version: str, kicad_cli: KicadCli
) -> None:
    for name, data in files_of(read_package_file(path)).items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    report = tmp_path / "drc.json"
    kicad_cli(kicad_version, "pcb", "drc", "--format", "json", "-o", report, next(tmp_path.glob("*.kicad_pcb")))
    assert json.loads(report.read_text(encoding="utf-8"))["violations"] == []


@every_example
def test_it_builds_and_has_its_pictures(path: Path) -> None:
    package = read_package_file(path)
    files = files_of(package)
    assert {name.rpartition(".")[2] for name in files} >= {"kicad_pcb", "kicad_pro", "kicad_dru", "kicad_mod", "kicad_sym"}
    for draw in (plan, section):
        assert "<svg" in draw(package)


def test_there_are_the_examples_that_a_reader_would_look_for() -> None:
    assert len(EXAMPLES) >= 8
    page = (REPOSITORY / "examples/README.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in page for path in EXAMPLES)
