"""A design has one claim chart, whether it is read from its package file or from the board drawn of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dose import dose
from overmold.check import check
from overmold.claims import claim_chart
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from random_metal import a_package as with_wires_and_frames
from random_packages import a_package as of_any_numbers
from random_packages import with_nets
from random_stacks import a_stack

DECK = load_deck(examples=False)
LAND = 80_000  # nm; a package file never leaves the land under a bump open


# Only a board draws that area. A wire's end is on a board what lies there and in a file what it names, which these random wires
# have now and then beside each other: the rules about wires and bond pads may then differ, the chart may not.
OTHERWISE = ("mold-area-differs", "wire", "bond-pad", "bump-and-pad")


def judged(package: Package) -> dict[str, str]:
    """The claim chart, and the status of every rule."""
    result = check(package, DECK)
    return {**{f"claim {row.number}": row.status for row in claim_chart(result)},
            **{verdict.rule.name: verdict.status for verdict in result.verdicts if not verdict.rule.name.startswith(OTHERWISE)}}


def of_a_file(package: Package, folder: Path) -> Package:
    """What the package file of a package says; raises Faults where none could say it."""
    chips = tuple(replace(chip, bumps=replace(chip.bumps, pad=chip.bumps.pad or LAND)) if chip.bumps is not None else chip
                  for chip in package.chips)
    files = package_file(replace(package, chips=chips))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_package_file(folder / next(name for name in files if name.endswith(".yaml")))


def numbers(seed: int, folder: Path) -> Package:
    return with_nets(read_package_text(of_any_numbers(seed), "p.yaml", folder), random.Random(seed))


def stacks(seed: int, folder: Path) -> Package:
    return of_a_file(a_stack(seed), folder)


def wired(seed: int, folder: Path) -> Package:
    return of_a_file(with_wires_and_frames(seed), folder)


@pytest.mark.parametrize("kind", [numbers, stacks, wired], ids=lambda kind: kind.__name__)
def test_file_and_board_have_one_chart(kind: Callable[[int, Path], Package], tmp_path: Path) -> None:
    wanted, said, seed = dose(8, 80), set(), 0
    while wanted:
        seed += 1
        try:
            package = kind(seed, tmp_path)
        except Faults:  # leads that touch, a bump that may have no height
            continue
        wanted -= 1
        of_file = judged(package)
        assert judged(read_board(board_file(package), "b.kicad_pcb")) == of_file, seed
        said |= set(of_file.values())
    assert said >= {"not met", "kept", "broken", "not checked"}
