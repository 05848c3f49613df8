"""The words of LEF and DEF files, and the macros that LEF makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...shapes import Point
from ...tables.sheets import text_of
from .made import nanometres

_TOKEN = re.compile(r"#[^\n]*|\"[^\"]*\"|[^\s]+")
_UM = 1000


@dataclass
class Macro:
    """A LEF macro: its size, and the middle and width of each pin's first shape, y up."""

    size: Point = (0, 0)
    pins: dict[str, tuple[Point, int]] = field(default_factory=dict)


@dataclass
class Words:
    """The words of a file, each with its line, read one after the other."""

    source: str
    words: list[tuple[str, int]]
    at: int = 0

    def next(self) -> str:
        """The next word, "" at the end."""
        self.at += 1
        return self.words[self.at - 1][0] if self.at <= len(self.words) else ""

    @property
    def line(self) -> int:
        """That of the word read last."""
        return self.words[min(max(self.at, 1), len(self.words)) - 1][1] if self.words else 1

    def number(self, scale: int) -> int:
        """The next word as a length in nm; raises Faults."""
        return nanometres(self.next(), scale, self.source, self.line, 1)

    def statement(self) -> list[str]:
        """The words up to the next semicolon."""
        found = []
        while (word := self.next()) not in (";", ""):
            found.append(word)
        return found


def words_of(data: bytes, source: str) -> Words:
    """The words of a file, comments left out."""
    words = []
    for number, line in enumerate(text_of(data, source, guess=True).splitlines(), 1):
        words += [(word, number) for word in _TOKEN.findall(line) if word[0] != "#"]
    return Words(source, words)


def macros_of(data: bytes, source: str) -> dict[str, Macro]:
    """The macros of a LEF file by name; raises Faults."""
    words, found = words_of(data, source), dict[str, Macro]()
    macro, pin = Macro(), ""
    while (word := words.next()):
        if word == "MACRO":
            macro = found.setdefault(words.next(), Macro())
            pin = ""
        elif word == "SIZE" and found:
            width = words.number(_UM)
            words.next()  # BY
            macro.size = (width, words.number(_UM))
        elif word == "PIN":
            pin = words.next()
        elif word == "RECT" and pin:
            numbers = [one for one in words.statement() if one not in ("MASK",)][-4:]
            left, bottom, right, top = (nanometres(one, _UM, source, words.line, 1) for one in (*numbers, *[""] * 4)[:4])
            macro.pins.setdefault(pin, (((left + right) // 2, (bottom + top) // 2), min(abs(right - left), abs(top - bottom))))
        elif word == "END" and words.next() == pin:
            pin = ""
    return found
