"""Words that a terminal may be given: one line, nothing unseen, and in JSON still the very same words."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.faults import Fault
from overmold.plain import LONGEST, json_text, listed, message, one_line

UNSEEN = ("\x00\x07\x08\x1b\n\r\t\x7f\x80\x85\x9b\xad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060"
          "\u2066\u2069\u2800\u3164\ufeff\ufe0f\uffa0\ufff9\U000e0001\U000e0101\udcff\ue000")
ODD = st.text(st.one_of(st.characters(), st.sampled_from(UNSEEN)), max_size=60)


@pytest.mark.parametrize(("text", "line"), [
    ("65 µm ± 10 Ω", "65 µm ± 10 Ω"), ("\x1b[31mRED", "\\x1b[31mRED"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\x9b2J", "\\x9b2J"),
    ("a\u202eb", "a\\u202eb"), ("x\udcff.yaml", "x\\xff.yaml"), ("\U000e0001", "\\U000e0001"), ("封装\u3000一", "封装\u3000一"),
    ("150\u00a0um", "150\\xa0um"), ("\u3164", "\\u3164"),
])
def test_what_nobody_sees_is_written_out_and_the_rest_stays(text, line):
    assert one_line(text) == line
    assert one_line(line) == line


@given(ODD)
def test_no_text_steers_a_terminal_or_splits_a_line(text):
    for line in (one_line(text), message(text), str(Fault(text, text, 1, 2, text))):
        assert not set(line) & set(UNSEEN)
        assert {unicodedata.category(one) for one in line} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} == set()
        line.encode()


@given(st.recursive(ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3), max_leaves=8))
def test_json_says_the_same_with_every_unseen_character_escaped(data):
    made = json_text(json.dumps(data, indent=1, ensure_ascii=False))
    assert not set(made) & set(UNSEEN.replace("\n", ""))
    # Two halves of a pair, each by itself in a text, are one character in JSON, as in every program that writes JSON.
    assert json.loads(made) == json.loads(json.dumps(data))


def test_of_a_very_long_message_the_head_and_the_end_are_told():
    told = message(f"'{'x' * 10**7}' is not a valid length; write for example 65 um")
    assert len(told) <= LONGEST + 3
    assert told.startswith("'xxx")
    assert told.endswith("xx' is not a valid length; write for example 65 um")


@pytest.mark.parametrize(("words", "most", "said"), [
    ([], 0, ""), (["a"], 3, "a"), (["a", "b"], 2, "a and b"), (["a", "b", "c"], 0, "a, b and c"),
    (["a", "b", "c", "d"], 2, "a, b and 2 more"),
])
def test_names_are_listed_as_people_do_and_not_more_than_anybody_reads(words, most, said):
    assert listed(words, most) == said
