"""Footprints as text: order of pads, escapes, UUIDs."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import numpy as np

from overmold.drawing import FRONT_COPPER, FRONT_FAB, ROUND, Pads, Part, Text
from overmold.kicad.writing.footprint import footprint_file
from overmold.kicad.writing.pads import natural_key, natural_order
from overmold.kicad.writing.uuids import Stream, uuids


def part(names: tuple[str, ...]) -> Part:
    xy = np.array([(100_000 * i, -1) for i in range(len(names))], np.int64).reshape(-1, 2)
    pads = Pads(names, ("",) * len(names), xy, ROUND, (90_000, 90_000), (FRONT_COPPER,), -12_500, is_ball=True)
    label = Text(FRONT_FAB, "REF**", (0, 0), 500_000)
    return Part("P", 'a "quoted" \\ text', "k", label, label, (pads,))


def test_pads_stand_in_natural_order_like_kicads_own() -> None:
    names = ("B1", "A10", "A2", "AA1", "A1", "Y3")
    text = footprint_file(part(names), ()).decode()
    assert re.findall(r'\(pad "(\w+)" smd circle\n\t\t\(at (\S+) -0.000001\)', text) == [
        ("A1", "0.4"), ("A2", "0.2"), ("A10", "0.1"), ("AA1", "0.3"), ("B1", "0"), ("Y3", "0.5")]
    assert text.count("(solder_mask_margin -0.0125)") == len(names)


def test_the_quick_order_is_the_exact_one_for_every_kind_of_name() -> None:
    rng = np.random.default_rng(3)
    for letters in ("ABYZ", "aB", "A_-.", "ABC123", "é"):
        for _ in range(30):
            names = ["".join(rng.choice(list(letters + "0123456789"), int(rng.integers(1, 7)))) for _ in range(20)]
            exact = sorted(range(20), key=lambda row: natural_key(names[row]))
            assert [natural_key(names[i]) for i in natural_order(names)] == [natural_key(names[i]) for i in exact]


def test_names_with_quotes_and_backslashes_are_escaped() -> None:
    text = footprint_file(part(('A"1', "B\\2")), ()).decode()
    assert '(pad "A\\"1" smd' in text
    assert '(pad "B\\\\2" smd' in text
    assert '(descr "a \\"quoted\\" \\\\ text")' in text


def test_fields_are_hidden_and_stand_after_kicads_own() -> None:
    text = footprint_file(part(("A1",)), (("Mold cap", "315 um ± 15 um"),)).decode()
    names = re.findall(r'\(property "([^"]+)" "', text)
    assert names == ["Reference", "Value", "Datasheet", "Description", "Mold cap"]
    assert text.count("(hide yes)") == 3
    assert '"315 um ± 15 um"' in text


def test_uuids_are_valid_repeat_and_never_collide() -> None:
    first = [each.decode() for each in uuids("a", 2000)]
    assert first == [each.decode() for each in uuids("a", 2000)]
    assert len({*first, *(each.decode() for each in uuids("b", 2000))}) == 4000
    assert {uuid.UUID(each).version for each in first} == {8}
    assert {str(uuid.UUID(each)) for each in first} == set(first)
    stream, again = Stream("x"), Stream("x")
    assert [stream.next() for _ in range(200)] == [again.next() for _ in range(200)]


def test_a_footprint_without_pads_is_whole() -> None:
    text = footprint_file(replace(part(()), pads=()), ()).decode()
    assert text.count("(") == text.count(")")
    assert "(pad" not in text
