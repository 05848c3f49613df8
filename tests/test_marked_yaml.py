import math

import pytest
import yaml

from overmold.faults import Faults
from overmold.marked_yaml import LARGEST, core_value, load, load_with_faults
from overmold.marked_yaml.words import in_plain_words


def _said(text):
    with pytest.raises(Faults) as raised:
        load(text, "f.yaml")
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize("word", ["NO", "no", "ON", "off", "Yes", "y", "1:30", "2024-01-01", "=", "0b1", "0o9"])
def test_words_that_other_readers_turn_into_something_else_stay_text(word):
    assert load(f"net: {word}", "f").data == {"net": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("12", 12), ("-3", -3), ("010", 10),
     ("0x1F", 31), ("0o17", 15), ("0.5", 0.5), ("1e3", 1000.0), (".5", 0.5), ("-.inf", -math.inf), ("A1", "A1")],
)
def test_plain_words_mean_what_the_core_schema_of_yaml_1_2_says(text, value):
    found = core_value(text)
    assert found == value
    assert type(found) is type(value)


def test_quoted_words_are_always_text():
    text = "a: \"12\"\nb: 'true'\nc: !!str 7\nd: |\n  1\n"
    assert load(text, "f").data == {"a": "12", "b": "true", "c": "7", "d": "1\n"}


@pytest.mark.parametrize("word", ["010", "1e3", "3.30", "0x1F", "NO", "true", "null", "-0"])
def test_words_keep_the_text_that_stands_in_the_file(word):
    assert load(f"nets: [{word}]", "f").words == {"nets": [word]}


def test_an_empty_value_is_none_and_an_empty_quoted_one_is_text():
    assert load("a:\nb: ''\nc: ~\n", "f").words == {"a": None, "b": "", "c": None}


def test_an_empty_file_holds_nothing():
    for text in ("", "# only a comment\n", "---\n", "\ufeff", b"\xef\xbb\xbf"):
        assert load(text, "f").data is None


def test_every_key_and_value_knows_its_place():
    marked = load("chips:\n  - name: U1\n    at: [0 mm,\n         1 mm]\n", "f")
    assert marked.place(()) == (1, 1)
    assert marked.place(("chips",), key=True) == (1, 1)
    assert marked.place(("chips", 0)) == (2, 5)
    assert marked.place(("chips", 0, "name")) == (2, 11)
    assert marked.place(("chips", 0, "name"), key=True) == (2, 5)
    assert marked.place(("chips", 0, "at", 1)) == (4, 10)


def test_the_place_of_what_is_missing_is_the_key_around_it():
    marked = load("mold:\n  cap: 1 mm\n", "f")
    assert marked.place(("mold", "filler")) == (1, 1)
    assert marked.place(("mold", "cap", "x", 3)) == (2, 3)
    assert marked.place(("balls",)) == (1, 1)


def test_a_column_counts_characters_not_bytes():
    assert load("a: {b: 1 µm ± 2 µm, c: ±}", "f").place(("a", "c"), key=True) == (1, 21)


def test_an_alias_means_the_value_it_names():
    assert load("a: &x [1, 2]\nb: *x\n", "f").data == {"a": [1, 2], "b": [1, 2]}


def test_every_duplicate_key_is_reported_and_the_first_one_counts():
    marked, faults = load_with_faults("a: 1\nb: {c: 1, c: 2}\na: 3\n", "f.yaml")
    assert [str(fault) for fault in faults] == [
        "f.yaml:2:11: 'c' is given twice, first in line 2; remove one of the two",
        "f.yaml:3:1: 'a' is given twice, first in line 1; remove one of the two",
    ]
    assert marked.data == {"a": 1, "b": {"c": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1, 2\nb: 3\n", "1:4: this list is not closed; write ',' between its entries and ']' at its end"),
        ("a: {x: 1\n", "1:4: this group is not closed; write ',' between its keys and '}' at its end"),
        ("\ta: 1", "1:1: a tab in the indentation; indent with spaces"),
        ("a:\n\t- 1\n", "2:1: a tab in the indentation; indent with spaces"),
        ("a: b: c", "1:5: unexpected ':'; put the text in quotes, or check the indentation"),
        ("a: @x", "1:4: no value can begin with '@'; put the text in quotes"),
        ("a: %x", "1:4: no value can begin with '%'; put the text in quotes"),
        ("a: 'x\n", "1:4: this quoted text is not closed; write the quote at its end"),
        ('a: "x\\q"', "1:6: an unknown '\\' escape; use single quotes, or write '\\\\'"),
        ('a: "\\ud800"', "1:7: a '\\' escape for no character; use single quotes"),
        ("a:\n  - 1\n b: 2\n", "3:2: expected a key, as in 'name: value'; check the indentation"),
        ("- 1\na: 2\n", "2:1: expected a '-': all entries of a list begin with '- ' in the same column"),
        ("a: - 1\n", "1:4: unexpected '-'; begin the list on a line of its own, or quote the text"),
        ("]", "1:1: expected a value"),
        ("a: >x", "1:5: after '>' or '|' the text begins on the next line; or quote the text"),
        ("a: & x", "1:4: '&' and '*' begin a name of their own in YAML; put the text in quotes"),
        ("a: *x\n", "1:4: '*x' refers to nothing; name a value with '&x' above, or quote the text"),
        ("a: &x [*x]\n", "1:8: '*x' refers to the very value that it is part of"),
        ("a: !foo 1\n", "1:4: '!foo' is a tag, and none is known here; remove it, or quote the text"),
        ("a: !!python/object:os.system 1\n",
         "1:4: '!python/object:os.system' is a tag, and none is known here; remove it, or quote the text"),
        ("a: !%zz b", "1:5: a tag ('!…') that makes no sense; remove it, or quote the text"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins here; write one to a file"),
        ("? [a]\n: 1\n", "1:3: a key is a word, not a list or a group of keys"),
        ("<<: {a: 1}", "1:1: merge keys (<<) are not part of YAML 1.2; write the keys out"),
        ("%YAML 3.0\n---\na: 1", "1:1: this '%' line is not understood; remove it"),
        ("%FOO", "1:1: this '%' line is not understood; remove it"),
        ('a: "x\\xZZ"', "1:8: a '\\' escape without its digits; use single quotes"),
        ('a: "x\n---\n', "1:4: this quoted text is not closed; write the quote at its end"),
        ('"a": 1\n b: 2\n', "2:3: unexpected ':'; put the text in quotes, or check the indentation"),
        ('"a":\n  - 1\n b: 2\n', "3:2: expected a key, as in 'name: value'; check the indentation"),
        ("a: 1\nb\nc: 2\n", "2:1: a key without ':'; write 'key: value'"),
        ("a: ['b]', \"[\",  # 1]\n  c\nd: 1", "1:4: this list is not closed; write ',' between its entries and ']' at its end"),
        ("- [ " * 1_000, "1:5: unexpected '-'; begin the list on a line of its own, or quote the text"),
        ("a: {b: 1:, c: 2}", "1:9: unexpected ':'; put the text in quotes, or check the indentation"),
        ("a: 1\nb  # why: so\nc: {b: 1}\n", "2:1: a key without ':'; write 'key: value'"),
        ("'a' b", "1:5: the text goes on after its end; check the indentation"),
        ("a: 1\n...\nb", "3:1: the text goes on after its end; check the indentation"),
        ("a: ? b", "1:4: unexpected '?'; put the text in quotes"),
        ("a:\n  b: 1\n\tc: 2\n", "3:1: a tab in the indentation; indent with spaces"),
        ("a: |\n\t x\n", "2:1: a tab in the indentation; indent with spaces"),
        ("a: !h!x 1", "1:4: a tag ('!…') that makes no sense; remove it, or quote the text"),
        ("ab: \x07", "1:5: a control character (U+0007) in the text; remove it"),
        ("a:\n  \ud800", "2:3: a control character (U+D800) in the text; remove it"),
        (b"a: 1\nb: \xff", "2:4: byte 0xff is not UTF-8; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1: byte 0xff is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_at_its_place(text, message):
    assert _said(text) == [f"f.yaml:{message}"]


def _mark(text, index):
    before = text[:index]
    return yaml.Mark("f", index, before.count("\n"), index - before.rfind("\n") - 1, None, None)


def test_sentences_of_the_parser_that_nobody_knows_still_give_one_message_at_its_place():
    text = "a: 1\nb: [1, 2\nc: 3\n"
    error = yaml.MarkedYAMLError(None, None, "the moon is full", _mark(text, 5))
    told = "this is not YAML (the moon is full); check quotes, brackets and indentation here"
    assert in_plain_words(error, text) == ((2, 1), told)
    error = yaml.MarkedYAMLError("of the moon", _mark(text, 8), "it is full", _mark(text, 16))
    assert in_plain_words(error, text) == ((2, 4), "this list is not closed; write ',' between its entries and ']' at its end")
    assert in_plain_words(yaml.YAMLError(), text)[1] == told.replace("the moon is full", "it breaks off")


def test_an_unknown_sentence_is_one_fault_of_the_file(monkeypatch):
    class Sulking(yaml.SafeLoader):
        def check_event(self):
            raise yaml.MarkedYAMLError(problem="the moon is full", problem_mark=_mark("a: b", 3))

    monkeypatch.setattr(yaml, "CSafeLoader", Sulking)
    assert _said("a: b") == ["f.yaml:1:4: this is not YAML (the moon is full); check quotes, brackets and indentation here"]


def test_what_was_wrong_before_the_file_breaks_off_is_told_as_well():
    assert _said("a: 1\na: 2\nb: [") == [
        "f.yaml:2:1: 'a' is given twice, first in line 1; remove one of the two",
        "f.yaml:3:5: expected a value",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [("[" * 100_000, "1:51"), ("- " * 100_000, "1:101"), ("? " * 100_000, "1:101"), ("{a: " * 9_000, "1:201"),
     ("- - " * 20 + "[" * 100_000, "1:91"), ("- " * 49 + "{a: [" * 9_000, "1:103"), ('["]", ' * 9_000, "1:301"),
     ("a: 1\n" * 3 + "b: " + "[\n" * 9_000, "53:1"), ("[ # ]\n" * 9_000, "51:1"), ("[[],\n" * 9_000, "50:2"),
     ("".join(" " * depth + "a:\n" for depth in range(2_000)), "51:51"), ("[" * (LARGEST - 1), "1:51")])
def test_absurd_nesting_is_a_fault_and_not_a_crash(text, place):
    duplicates = 2 if text.startswith("a: 1") else 0
    assert _said(text)[duplicates:] == [f"f.yaml:{place}: nested more than 50 deep"]


@pytest.mark.parametrize("brackets", ["[" * 200, "[" * 200 + "]" * 200 + "[" * 200, "[]{}" * 100_000])
def test_brackets_that_are_text_do_not_nest(brackets):
    assert load(f"# {'[' * 5_000}\na: '{brackets}'\nb: {'[' * 49 + ']' * 49}", "f").data["a"] == brackets


def test_brackets_without_end_in_one_line_are_not_given_to_the_library(monkeypatch):
    text = "a: 1\nb: '" + "[" * 10_000 + "'\n"
    assert _said(text) == ["f.yaml:2:205: more than 200 brackets are open at once in this line"]
    given = []
    monkeypatch.setattr(yaml, "CSafeLoader", lambda text: given.append(text) or yaml.SafeLoader(text))
    assert _said("[" * 10_000) == ["f.yaml:1:51: nested more than 50 deep"]
    assert given == ["[" * 200]


def test_a_file_larger_than_any_package_is_refused_unread():
    told = "f.yaml: the file has 20.0 MB; a YAML file has 8 MB at most; put long lists of coordinates into a CSV file"
    assert _said(b"- a\n" * 5_000_000) == _said("- a\n" * 5_000_000) == [told]


def test_nesting_through_aliases_is_bounded_too():
    chain = "a0: &a0 [1]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}]\n" for i in range(10_000))
    assert _said(chain) == ["f.yaml:49:12: nested more than 50 deep through '*a47'"]


def test_aliases_cannot_blow_up_memory():
    laughs = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
        f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(20))
    assert _said(laughs) == ["f.yaml:5:45: the aliases up to here stand for more than 100,000 values"]


def test_ten_thousand_coordinates_keep_their_places():
    marked = load("sites:\n" + "".join(f"  B{i}: [{i} um, 1 um]\n" for i in range(10_000)), "f")
    assert marked.words["sites"]["B9999"] == ["9999 um", "1 um"]
    assert marked.place(("sites", "B9999", 0)) == (10_001, 11)
