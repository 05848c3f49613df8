"""The declared data of a part in the package file, as lines and as keys of a group in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ...package.datum import NAMES, PAIR, PLAIN, TEXT, WORD, YES, Datum, data_of, key_of
from ...units import show
from .text import UNSAID, entries, line, unsaid, word


def data_lines(indent: int, part: Any, leave: Collection[str] = (), unit: str = "") -> Iterator[str]:
    """A line for every datum that a part states, those in ``leave`` aside, and one to fill in for every datum that the file
    cannot be read without, or that the rules would like to know. Lengths that nobody wrote are in ``unit``, if that is named.
    """
    for key, name, one in _keyed(part, ""):
        if name in leave:
            continue
        value = getattr(part, name)
        text = written(one, value)
        if text and unit and one.form == PLAIN and not getattr(value, "stated", ""):
            text = show(value, one.kind, unit)
        if text:
            yield line(indent, f"{key}: {text}")
        elif one.needed or one.wanted:
            known = f"; {', '.join(one.words)}" if one.words else ""
            yield unsaid(indent, f"{key}: {one.example}", f"{UNSAID}: {one.says[0].lower()}{one.says[1:]}{known}")


def data_pairs(part: Any, under: str = "") -> list[tuple[str, str]]:
    """Key and text of every datum that a part states, of those in its inner group ``under`` if that is named."""
    return [(key, written(one, getattr(part, name))) for key, name, one in _keyed(part, under)]


def _keyed(part: Any, under: str) -> Iterator[tuple[str, str, Datum]]:
    for name, one in data_of(type(part)).items():
        key = key_of(name, one)
        if key.startswith(under) and "." not in key[len(under):] and one.form not in (NAMES, YES):
            yield key[len(under):], name, one


def written(one: Datum, value: Any) -> str:
    """A datum as the file has it; "" where nothing is stated, and where it is what it usually is."""
    if value == one.usual or not one.is_stated(value):
        return ""
    if one.form == PAIR:
        return entries(map(str, value))
    return word(value) if one.form in (TEXT, WORD) else one.text(value)
