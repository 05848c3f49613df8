"""Package files whose keys and values were torn out, doubled, swapped or made odd: read, or faulted where it stands.

What is read is checked too, without a warning, and what can be built is read back: ``build`` writes nothing that ``drc``
refuses.
"""

from __future__ import annotations

import copy
import random
import time
import warnings
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, Union

import pytest
import yaml

from overmold.check import check
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.build import files_of
from overmold.marked_yaml import load
from overmold.package import Package
from overmold.package_file import read_package_text
from overmold.rule import load_deck
from paths import REPOSITORY

DECK = load_deck()
SMALL = ("demo", "stack_two", "stack_three", "interposer", "qfn", "fcol_qfn", "towers")
FILES = {path.stem: path for folder in ("tests/packages", "examples") for path in sorted((REPOSITORY / folder).glob("*.yaml"))}
ODD = ["", None, "0 mm", "1 nm", "-1 mm", "1000 mm", "299 mm", "999999 um", "1 mm ± 1 mm", "1 um ± 999 nm", "0.5 nm .. 3 nm",
       "0", "1", "2", "7", "999999999", "-5", "1e9 Pa", "1e-6 Pa", "1e6 mmHg", "0.0001 mmHg", "-273.15 degC", "2000 degC",
       "90 deg", "359.9994 deg", "-45 deg", "360000 deg", "true", "on", "A1", "Z9", "row A", "columns 1:2", "A1:B2",
       "carrier", "NC", "unconnected-(x)", "GND", "<x>", "<word>", "a b", "é", "x" * 70, "U1",
       "PKG1", "paddle", "F1", "\u202e", "%s", "{}",
       "$(x)", "~", "=1+1", [], {}, ["1 mm"], ["1 mm", "1 mm"], [["1 mm"]], {"grid": ["3", "3"], "pitch": "1 mm"},
       {"at": {"A1": ["0 mm", "0 mm", "5 mm"]}}, {"<list>": "1"}]
Path = tuple[Union[str, int], ...]


def paths_in(node: Any, path: Path = ()) -> Iterator[Path]:
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*path, key)
        yield from paths_in(inner, (*path, key))


def at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def mutated(tree: Any, chance: random.Random) -> Any:
    """The tree after one to three accidents."""
    tree = copy.deepcopy(tree)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        every = list(paths_in(tree))
        if not every:
            break
        path, other = chance.choice(every), chance.choice(every)
        holder, key = at(tree, path[:-1]), path[-1]
        what = chance.randrange(7)
        if what == 0:
            del holder[key]
        elif what == 1:
            holder[key] = copy.deepcopy(chance.choice(ODD))
        elif what == 2:
            holder[key] = copy.deepcopy(at(tree, other))
        elif what == 3 and isinstance(holder, list):
            holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
        elif what == 4 and isinstance(holder, dict):
            holder[str(chance.choice([*every[-1:], other])[-1])] = holder.pop(key)
        elif what == 5 and isinstance(holder[key], str):
            new = chance.choice(["", "9", "00", "-", "e3"])
            holder[key] = holder[key].replace(chance.choice("0123456789. mu"), new, 1)
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return tree


def judged(text: str, folder: FilePath) -> str:
    """How far a text comes: "refused", "read" or "built"."""
    try:
        package = read_package_text(text, "p.yaml", folder)
    except Faults as raised:
        for fault in raised.faults:
            assert fault.file
            assert fault.line >= 1
            assert fault.column >= 1
            assert fault.message.strip()
            assert "\n" not in fault.message
        return "refused"
    assert isinstance(package, Package)
    check(package, DECK)
    try:
        files = files_of(package)
    except Faults:
        return "read"
    read_board(files[f"{package.name}.kicad_pcb"], "p.kicad_pcb")
    return "built"


def run(name: str, seed: int) -> str:
    tree = load(FILES[name].read_bytes(), name).words
    text = yaml.safe_dump(mutated(tree, random.Random(f"{name} {seed}")), allow_unicode=True, sort_keys=False)
    begun = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = judged(text, FILES[name].parent)
        except Faults as faults:
            raise AssertionError(f"{name} {seed}: the board is refused: {faults}") from None
    assert time.monotonic() - begun < 20, "this takes far too long"
    return result


@pytest.mark.parametrize("name", [name for name in SMALL if name in FILES])
def test_a_torn_package_file_is_read_or_faulted_and_its_board_is_read_back(name: str) -> None:
    assert {run(name, seed) for seed in range(25)} >= {"refused"}
