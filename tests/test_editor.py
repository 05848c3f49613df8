"""A package file as a form: every declared datum is in it, and what is changed there changes its own line and no other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dose import dose
from overmold.check import check
from overmold.editor.changes import _DOES, changed
from overmold.editor.draft import Draft
from overmold.editor.form import form
from overmold.editor.kept import begun, opened
from overmold.editor.look import looked_at
from overmold.faults import Faults
from overmold.marked_yaml import load
from overmold.package.datum import COUNT, NAMES, PAIR, PLAIN, QUANTITY, TEXT, WORD, YES, data_of
from overmold.package.pieces import pieces
from overmold.package_file import read_package_file
from overmold.package_file.models.group import Group
from overmold.package_file.models.root import Root
from overmold.package_file.starters import KINDS
from overmold.rule import load_deck
from paths import PACKAGES, REPOSITORY

SOURCES = [PACKAGES / "embedded.yaml", PACKAGES / "demo.yaml", PACKAGES / "qfn.yaml", PACKAGES / "stack_two.yaml",
           REPOSITORY / "examples/flip_face-up_flip_stack.yaml", REPOSITORY / "examples/qfn-32_stack.yaml"]


def fields(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A field and all that are in it."""
    yield one
    for inner in (*one.get("keys", ()), *one.get("items", ()), *([one["inner"]] if one.get("inner") else ())):
        yield from fields(inner)


def groups() -> set[type[Group]]:
    found: set[type[Group]] = set()
    waiting: list[type[Group]] = [Root]
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            waiting += [one.value.group for one in group.keys.values() if one.value.group is not None]
    return found


def form_of(path: Path) -> dict[str, Any]:
    return form(load(path.read_bytes(), str(path)).words)


def data_fields() -> Iterator[Any]:
    """Every field of every source that stands for a declared datum, once for each kind of part."""
    seen = set()
    for path in SOURCES:
        for field in fields(form_of(path)):
            datum = datum_of(field)
            if datum is not None and (datum.label, field["stated"]) not in seen:
                seen.add((datum.label, field["stated"]))
                yield pytest.param(path, tuple(field["path"]), datum, id=f"{path.stem}-{'.'.join(map(str, field['path']))}")


def datum_of(field: dict[str, Any]) -> Any:
    from overmold.package_file.models.root import key_in_file

    path = tuple(field.get("path", ()))
    key = key_in_file(path) if path and isinstance(path[-1], str) and "key" in field else None
    return key.datum if key is not None else None


DATA = list(data_fields())


def test_every_declared_datum_has_a_field_with_its_label_its_sentence_and_an_example() -> None:
    """Names of parts and yes or no are said in ways of their own."""
    there = {one.values[2].label for one in DATA}
    declared = {datum.label for path in SOURCES for _, part in pieces(read_package_file(path))
                for datum in data_of(type(part)).values() if datum.form not in (NAMES, YES)}
    assert declared <= there
    for path in SOURCES:
        for field in fields(form_of(path)):
            datum = datum_of(field)
            if datum is not None:
                assert field["label"] == datum.label
                assert field["says"].startswith(datum.says)
                assert field["needed"] == datum.needed or field["usual"]
                if field["is"] == "either":  # of the two ways to say it, the datum's own comes first
                    assert field["ways"][0] == datum.example
                    continue
                assert field["is"] == {WORD: "words", PAIR: "tuple"}.get(datum.form, "text"), field
                said = [item["example"] for item in field["items"]] if datum.form == PAIR else [field.get("example")]
                assert (datum.example in field["words"] if datum.form == WORD else " x ".join(said) == datum.example)


@pytest.mark.parametrize(("path", "where", "datum"), DATA)
def test_a_datum_changed_in_the_form_changes_its_line_and_no_other(path: Path, where: tuple[Any, ...], datum: Any) -> None:
    before = with_comments(path.read_text(encoding="utf-8"))
    value = {QUANTITY: datum.example, PLAIN: datum.example, TEXT: "a: new # text", COUNT: "7", PAIR: "3 x 5"}.get(
        datum.form, datum.words[-1] if datum.words else "")
    draft = Draft(path, before)
    there = value_at(before, where)
    if there == value and datum.form == WORD:
        value = datum.words[0]
    elif there == value:
        value = {QUANTITY: f"1.5 {datum.kind.shown}", PLAIN: f"1.5 {datum.kind.shown}"}.get(datum.form, "9")
    change: dict[str, Any] = {"does": "list", "texts": ["3", "5"]} if datum.form == PAIR else {"does": "set", "text": value}
    after = changed(draft, [{**change, "path": list(where)}]).text
    assert value_at(after, where) == (["3", "5"] if datum.form == PAIR else value)
    gone, new = lines_that_differ(before, after)
    assert len(gone) <= 1, (gone, new)
    assert len(new) == 1, (gone, new)
    assert comments(before) == comments(after)
    assert changed(Draft(path, after), [{"does": "set", "path": list(where), "text": ""}]).text.count("\n") <= after.count("\n")


def with_comments(text: str) -> str:
    """The text with a comment behind and above every line that begins with a key."""
    rows = []
    for i, row in enumerate(text.splitlines()):
        if row.strip() and not row.lstrip().startswith(("#", "-", "[")) and row.rstrip().endswith((":", "m", "t", "5")):
            rows.append(f"{row[:len(row) - len(row.lstrip())]}# above {i}")
            row += f"   # behind {i}"
        rows.append(row)
    return "\n".join(rows) + "\n"


def comments(text: str) -> list[str]:
    return re.findall(r"# (?:above|behind) [0-9]+$", text, re.MULTILINE)


def value_at(text: str, path: tuple[Any, ...]) -> Any:
    found: Any = load(text, "f").words
    for step in path:
        found = found.get(step) if isinstance(found, dict) else found[step]
        if found is None:
            return None
    return found


def lines_that_differ(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    head = next((i for i, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    tail = next((i for i, (one, other) in enumerate(zip(old[head:][::-1], new[head:][::-1])) if one != other),
                min(len(old), len(new)) - head)
    return old[head:len(old) - tail], new[head:len(new) - tail]


def test_a_datum_declared_tomorrow_is_in_the_form_by_itself(tmp_path: Path) -> None:
    code = ("import dataclasses, overmold.package as p\n"
            "from overmold.package.datum import TEXT, datum\n"
            "@dataclasses.dataclass(frozen=True)\n"
            "class Mold(p.Mold):\n"
            "    color: str = datum(TEXT, 'Mold color', 'Color of the mold compound', 'black', default='')\n"
            "p.Mold = Mold\n"
            "from overmold.editor.form import form\n"
            "mold = next(one for one in form({'mold': {'cap': '1 mm'}})['keys'] if one['key'] == 'mold')\n"
            "(color,) = [one for one in mold['keys'] if one['key'] == 'color']\n"
            "print(color['label'], color['says'], color['example'], color['path'], color['is'], sep='|')\n")
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY / "plugin", capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "Mold color|Color of the mold compound|black|['mold', 'color']|text", done.stderr


def test_every_group_of_the_models_can_be_reached_by_adding_what_is_not_there() -> None:
    assert {"Root", "Chip", "Bumps", "Array", "Fingers", "Auto", "Leads", "Singulation"} <= {one.__name__ for one in groups()}
    reached = set()
    draft = Draft(PACKAGES / "none.yaml", "package: P\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}\n")
    for _ in range(6):
        for field in list(fields(form(draft.marked().words))):
            if field.get("absent") or (field["is"] == "list" and field.get("of_groups") and not field["items"]):
                draft = changed(draft, [{"does": "add", "path": field["path"]}])
    for field in fields(form(draft.marked().words)):
        reached.add(field.get("key", ""))
    wanted = {key for group in groups() for key, one in group.keys.items() if not one.deprecated}
    assert wanted - reached <= {"from", "to", "centre"} - reached


@pytest.mark.parametrize("kind", KINDS)
def test_every_starter_breaks_no_rule_and_the_form_finds_nothing_to_mend(kind: str, tmp_path: Path) -> None:
    draft = begun(kind, "NEW-1", tmp_path)
    look = looked_at(draft)
    assert look["wrong"] == []
    assert look["verdict"]["word"] == "KEPT"
    assert look["verdict"]["hue"] == "good"
    assert look["arrays"]
    for name, text in {draft.file.name: draft.text, **draft.tables}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    package = read_package_file(draft.file)
    assert check(package, load_deck()).errors == 0
    nets = [net for chip in package.chips for part in (chip.bumps, chip.pads) if part is not None for net in part.nets]
    assert "" not in nets


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_letter_typed_makes_of_a_starter_is_shown_within_a_third_of_a_second(kind: str, tmp_path: Path) -> None:
    draft = begun(kind, "NEW-1", tmp_path)
    looked_at(draft)
    times = []
    for cap in (316, 317, 318):
        start = time.process_time()
        look = looked_at(changed(draft, [{"does": "set", "path": ["mold", "cap"], "text": f"{cap} um ± 15 um"}]))
        times.append(time.process_time() - start)
        assert look["verdict"] is not None
        assert f"{cap} um" in look["text"]
    assert min(times) < 0.3


def test_faults_come_with_the_path_of_their_field_and_with_what_was_meant() -> None:
    text = (PACKAGES / "demo.yaml").read_text(encoding="utf-8")
    draft = Draft(PACKAGES / "demo.yaml", text)
    cases = [
        ({"does": "set", "path": ["chips", 0, "bonded"], "text": "flip-chp"}, ["chips", 0, "bonded"], "flip-chip"),
        ({"does": "set", "path": ["mold", "cap"], "text": "315"}, ["mold", "cap"], ""),
        ({"does": "rename", "path": ["mold", "filler"], "key": "fillr"}, ["mold", "fillr"], "filler"),
        ({"does": "set", "path": ["balls", "diameter"], "text": ""}, ["balls", "diameter"], ""),
        ({"does": "list", "path": ["carrier", "size"], "texts": ["10 mm", "wide"]}, ["carrier", "size", 1], ""),
        ({"does": "set", "path": ["balls", "array", "pitch"], "text": "-1 mm"}, ["balls", "array", "pitch"], ""),
    ]
    for change, path, near in cases:
        look = looked_at(changed(draft, [change]))
        found = [one for one in look["wrong"] if one["path"] == path]
        assert found, (change, look["wrong"])
        assert look["verdict"] is None
        if near:
            assert found[0]["near"] == near
            mended = looked_at(changed(Draft(draft.file, look["text"]), [found[0]["fix"]]))
            assert mended["wrong"] == [], mended["wrong"]
            assert mended["verdict"] is not None


WORDS = ["", "1", "5 mm", "a: b", "[", "{x", "'", '"', "# x", "315 um ± 15 um", "-1 mm", "yes", "0201", "ü\u2028", "[1, 2]",
         "{a: [b]}", "null", "~", "*a", "&a 1", "!t x", "- x", "carrier"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_whatever_is_typed_or_pressed_it_is_a_draft_or_a_fault_and_the_page_has_something_to_show(source: Path) -> None:
    random = Random(source.stem)
    text = source.read_text(encoding="utf-8")
    draft = Draft(source, text)
    for turn in range(dose(40, 1500)):
        field = random.choice(list(fields(form(draft.marked().words))))
        path = field.get("path", [])
        does = random.choice([*_DOES, "set", "sites", "nets"])
        word = random.choice(WORDS)
        change = {"does": does, "path": path, "text": word, "key": word, "texts": [word, random.choice(WORDS)],
                  "names": ["A1", word], "way": random.randrange(3), "on": bool(turn % 2)}
        if does == "nets":
            change |= {"row": random.randrange(3), "column": random.randrange(3)}
        try:
            after = changed(draft, [change])
        except Faults:
            continue
        look = looked_at(after)
        assert look["text"] == after.text
        assert json.dumps(look)
        draft = after if look["form"] is not None and turn % 7 else Draft(source, text)


def test_a_text_that_is_no_yaml_is_told_and_the_form_waits() -> None:
    look = looked_at(Draft(PACKAGES / "x.yaml", "package: [\n"))
    assert look["form"] is None
    assert look["wrong"][0]["line"] == 2 or look["wrong"][0]["line"] == 1
    assert looked_at(Draft(PACKAGES / "x.yaml", "just words"))["form"] is None


def test_entries_are_added_copied_and_taken_out_with_names_of_their_own() -> None:
    draft = Draft(PACKAGES / "stack_two.yaml", (PACKAGES / "stack_two.yaml").read_text(encoding="utf-8"))
    names = [chip["name"] for chip in draft.marked().data["chips"]]
    copied = changed(draft, [{"does": "like", "path": ["chips", 0]}])
    assert [chip["name"] for chip in copied.marked().data["chips"]] == [*names, "U3"]
    assert copied.text.startswith(draft.text[:draft.text.index("passives:") - 2])
    back = changed(copied, [{"does": "remove", "path": ["chips", 2]}])
    assert back.text == draft.text
    added = changed(draft, [{"does": "add", "path": ["passives"]}])
    assert added.marked().data["passives"][1]["name"] == "C2"
    either = changed(draft, [{"does": "way", "path": ["passives", 0, "size"], "way": 1}])
    assert either.marked().data["passives"][0]["size"] == ["0.6 mm", "0.3 mm"]


def test_what_is_opened_is_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes("\ufeffpackage: P\r\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}  # mine\r\n".encode())
    draft = opened(file)
    after = changed(draft, [{"does": "set", "path": ["package"], "text": "Q"}]).text
    assert after.encode() == file.read_bytes().replace(b": P", b": Q")
