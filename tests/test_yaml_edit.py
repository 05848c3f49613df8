"""Single values changed in a YAML text: what is read back is the change, and every other line stays as it was written."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from overmold.faults import Faults
from overmold.marked_yaml import load
from overmold.marked_yaml.edit import REMOVE, Edit, Rename, edited, scalar
from overmold.marked_yaml.spans import spans

SPEC = """\
# a package
package: demo   # its name
carrier:
  # of laminate
  size: [12 mm, 12 mm]   # outside
  stackup:
    - {layer: mask, thickness: 15 um}  # upper
    - {layer: core, thickness: 0.4 mm ± 5 %}
chips:
- name: U1
  # thin
  thickness: "150 um"
  bumps: {array: {grid: [10, 10], pitch: 0.2 mm},   # even
          height: 65 um}
- name: 'U2'   # the other
  thickness:
mold:
  note: |
    poured
    slowly
  cap: 300 um
"""

CASES = [
    (Edit(("carrier", "size", 1), "14 mm"), "  size: [12 mm, 12 mm]   # outside", "  size: [12 mm, 14 mm]   # outside"),
    (Edit(("package",), "two words: here"), "package: demo   # its name", 'package: "two words: here"   # its name'),
    (Edit(("chips", 0, "thickness"), "100 um ± 10 %"), '  thickness: "150 um"', '  thickness: "100 um ± 10 %"'),
    (Edit(("chips", 1, "thickness"), "80 um"), "  thickness:\n", "  thickness: 80 um\n"),
    (Edit(("chips", 1, "name"), "it's"), "'U2'   #", "'it''s'   #"),
    (Edit(("chips", 0, "bumps", "array", "grid", 0), 12), "grid: [10, 10]", "grid: [12, 10]"),
    (Edit(("chips", 0, "bumps", "alloy"), "SAC305"), "          height: 65 um}", "          height: 65 um, alloy: SAC305}"),
    (Edit(("chips", 0, "bumps", "array"), REMOVE),
     "{array: {grid: [10, 10], pitch: 0.2 mm},   # even\n          height", "{height"),
    (Edit(("carrier", "stackup", 1, "thickness"), REMOVE), "{layer: core, thickness: 0.4 mm ± 5 %}", "{layer: core}"),
    (Edit(("carrier", "stackup", 2), {"layer": "mask", "thickness": "15 um"}), "0.4 mm ± 5 %}\n",
     "0.4 mm ± 5 %}\n    - {layer: mask, thickness: 15 um}\n"),
    (Edit(("carrier", "stackup", 0), REMOVE), "    - {layer: mask, thickness: 15 um}  # upper\n", ""),
    (Edit(("carrier", "kind"), "substrate"), "0.4 mm ± 5 %}\n", "0.4 mm ± 5 %}\n  kind: substrate\n"),
    (Edit(("chips", 0, "name"), REMOVE), "- name: U1\n  # thin\n  thickness", "  # thin\n- thickness"),
    (Edit(("chips", 0), REMOVE), SPEC[SPEC.index("- name: U1"):SPEC.index("- name: 'U2'")], ""),
    (Edit(("chips", 2), {"name": "U3"}), "  thickness:\n", "  thickness:\n- {name: U3}\n"),
    (Edit(("mold", "note"), "poured"), "note: |\n    poured\n    slowly\n", "note: poured\n"),
    (Edit(("mold", "cap"), REMOVE), "  cap: 300 um\n", ""),
    (Edit(("mold", "process", "pressure"), "10 mmHg"), "  cap: 300 um\n", "  cap: 300 um\n  process: {pressure: 10 mmHg}\n"),
    (Edit(("balls", "diameter"), "0.3 mm"), "  cap: 300 um\n", "  cap: 300 um\nballs: {diameter: 0.3 mm}\n"),
    (Edit(("carrier", "stackup"), ["x"]), SPEC[SPEC.index("  stackup:"):SPEC.index("chips:")], "  stackup: [x]\n"),
    (Edit(("package",), "12"), "demo", '"12"'),
    (Edit(("package",), 12), "demo", "12"),
    (Rename(("chips", 0, "bumps", "height"), "tall"), "height: 65", "tall: 65"),
]


@pytest.mark.parametrize(("edit", "old", "new"), CASES, ids=lambda one: repr(one)[:50])
def test_an_edit_changes_its_own_place_only(edit: Any, old: str, new: str) -> None:
    assert SPEC.count(old) == 1
    assert edited(SPEC, "demo.yaml", [edit]) == SPEC.replace(old, new)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_end_as_they_did(newline: str) -> None:
    text = "\ufeff" + SPEC.replace("\n", newline)
    changed = edited(text, "demo.yaml", [Edit(("carrier", "kind"), "substrate"), Edit(("chips", 0, "name"), REMOVE)])
    assert changed.startswith("\ufeff")
    assert changed.count("\n") == changed.count(newline) == SPEC.count("\n")


@pytest.mark.parametrize(("text", "edit"), [
    ("a: &x 1\nb: *x\n", Edit(("a",), 2)), ("a: &x {c: 1}\nb: *x\n", Edit(("a", "c"), 2)),
    ("a: &x {c: 1}\nb: *x\n", Edit(("b", "c"), 2)), ("a: 1\n", Edit(("a", "b"), 2)), ("a: [1]\n", Edit(("a", 3), 2)),
    ("a: [1]\n", Edit(("a", "b"), 2)), ("a: 1\n", Edit((), 2)), ("[1]\n", Edit(("a",), 1)),
])
def test_what_cannot_be_changed_by_itself_is_said(text: str, edit: Edit) -> None:
    with pytest.raises(Faults, match="by hand"):
        edited(text, "a.yaml", [edit])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "# nothing yet"])
def test_an_empty_file_takes_its_first_key(text: str) -> None:
    assert load(edited(text, "a.yaml", [Edit(("mold", "cap"), "300 um")]), "a.yaml").data == {"mold": {"cap": "300 um"}}


def test_values_of_all_examples_are_changed_and_taken_away_one_by_one() -> None:
    """Every scalar of every example becomes another word, and is removed: nothing else of the data and no comment changes."""
    seen = 0
    for path in sorted((Path(__file__).parents[1] / "examples").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        where = list(_scalars(load(text, path.name).data))
        for one in random.Random(path.name).sample(where, min(40, len(where))):
            changed = edited(text, path.name, [Edit(one, "7 um")])
            assert sum(a != b for a, b in zip(text.split("\n"), changed.split("\n"))) == 1, one
            removed = edited(text, path.name, [Edit(one, REMOVE)])
            assert _comments(removed) >= _comments(text) - 1, one  # its own may go with it
            seen += 1
    assert seen > 200


def test_random_texts_take_random_edits() -> None:
    rng = random.Random(5)
    for _ in range(400):
        data = _value(rng, 0)
        text = "".join(_lines(rng, data, 0))
        assert load(text, "r").data == data, text
        for _ in range(4):
            edit = _edit(rng, load(text, "r").data)
            if edit is not None:
                before, text = text, edited(text, "r", [edit])
                kept = [line for line in before.split("\n") if line.strip().startswith("#")]
                if edit.value is REMOVE:
                    continue
                assert all(line in text for line in kept) or isinstance(edit.value, (dict, list)) or _is_group(before, edit)


def _is_group(text: str, edit: Edit) -> bool:
    found: Any = load(text, "r").at(edit.path)
    return found is not None and isinstance(found.value, (dict, list))


def _scalars(data: Any, path: tuple[Any, ...] = ()) -> Any:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if items is None:
        yield path
        return
    for key, value in items:
        yield from _scalars(value, (*path, key))


def _comments(text: str) -> int:
    return sum(line.strip().startswith("#") for line in text.split("\n"))


WORDS = ["65 um", "SAC305", "a: b", "- x", "it's", 'say "so"', "12",
         "yes", "null", "", "0x10", "µ ± 5 %", "#no", "x #y", "{", "*z", "~"]


def _value(rng: random.Random, depth: int) -> Any:
    if depth == 0 or (depth < 4 and rng.random() < .4):
        names = rng.sample(["cap", "name", "on", "size of", "x", "12", "-", "*"], rng.randint(1, 4))
        return {name: _value(rng, depth + 1) for name in names}
    if depth < 4 and rng.random() < .3:
        return [_value(rng, depth + 1) for _ in range(rng.randint(1, 4))]
    return rng.choice([rng.choice(WORDS), rng.randint(-5, 50), 1.5, True, None])


def _lines(rng: random.Random, data: Any, column: int) -> Any:
    """A text for ``data``: groups in lines or in brackets, comments in between."""
    pad, entries = " " * column, data.items() if isinstance(data, dict) else [(None, one) for one in data]
    for number, (key, value) in enumerate(entries):
        if rng.random() < .3 and number:
            yield f"{pad}# said {rng.randint(0, 10**9)}\n"
        head = f"{pad}- " if key is None else f"{pad}{_scalar(rng, key)}:"
        if isinstance(value, (dict, list)) and value and rng.random() < .6:
            inner = column + rng.choice([1, 2, 4]) if key is not None else column + 2
            inner = column if key is not None and isinstance(value, list) and rng.random() < .3 else inner
            lines = "".join(_lines(rng, value, inner))
            yield head + (lines.lstrip(" ") if key is None else f"{_end(rng)}{lines}")
        else:
            yield f"{head}{' ' * (key is not None)}{_flow(rng, value)}{_end(rng)}"


def _end(rng: random.Random) -> str:
    return f"   # beside {rng.randint(0, 10**9)}\n" if rng.random() < .2 else "\n"


def _flow(rng: random.Random, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(rng, key)}: {_flow(rng, one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(_flow(rng, one) for one in value) + "]" if isinstance(value, list) else _scalar(rng, value)


def _scalar(rng: random.Random, value: Any) -> str:
    if value is None:
        return "null"
    return scalar(value, rng.choice(["", "", "'", '"'])) if isinstance(value, str) else scalar(value)


def _edit(rng: random.Random, data: Any) -> Any:
    """Something to change: a value, an addition, a removal, anywhere."""
    path: tuple[Any, ...] = ()
    here = data
    while isinstance(here, (dict, list)) and (here or not path):
        inner = rng.random() < .8
        if not inner and path:
            break
        if isinstance(here, dict):
            key = rng.choice([*here, "new"])
            path += (key,)
            here = here.get(key)
        else:
            i = rng.randint(0, len(here))
            path += (i,)
            here = here[i] if i < len(here) else None
    value = rng.choice([*WORDS, 3, {"a": "1 mm"}, ["b", 2], REMOVE])
    return Edit(path, copy.deepcopy(value) if value is not REMOVE else value)


def test_spans_name_what_stands_there() -> None:
    root = spans(SPEC)
    chips = root.values[root.child("chips") or 0]
    assert SPEC[chips.values[0].values[0].start:chips.values[0].values[0].end] == "U1"
