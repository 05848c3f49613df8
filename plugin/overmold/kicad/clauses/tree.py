"""The few odd clauses of a KiCad file as objects: stack-up, fields, outlines. No recursion, whatever the depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Optional, Union

from .sexpr import Index

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+', re.S)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.S)


class Quoted(str):
    """A word that stood between quotation marks, unescaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Clause:
    """One clause: its ``name``, and its ``items`` (words and clauses) in the order they stand in; ``at`` in bytes."""

    name: str
    at: int
    items: tuple[Union[str, Clause], ...] = field(default=(), repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words after the name, unescaped."""
        return tuple(item for item in self.items if isinstance(item, str))

    def word(self, place: int = 0) -> str:
        """One of the words, "" where there are fewer."""
        return next((word for i, word in enumerate(self.words) if i == place), "")

    def all(self, *names: str) -> Iterator[Clause]:
        """The clauses inside that have one of these names."""
        return (item for item in self.items if isinstance(item, Clause) and item.name in names)

    def first(self, *names: str) -> Optional[Clause]:
        """The first clause inside that has one of these names."""
        return next(self.all(*names), None)

    def word_of(self, name: str, place: int = 0) -> str:
        """One of the words of the first clause inside of that name; "" where there is none."""
        found = self.first(name)
        return found.word(place) if found else ""


def tree(index: Index, clause: int) -> Clause:
    """A clause of the file as an object."""
    begin = int(index.start[clause])
    stack: list[tuple[int, list[Union[str, Clause]]]] = [(begin, [])]
    for token in _TOKEN.finditer(index.data, begin, int(index.end[clause])):
        word = token.group()
        if word == b"(":
            stack.append((token.start(), []))
        elif word == b")":
            at, items = stack.pop()
            named = bool(items) and isinstance(items[0], str) and not isinstance(items[0], Quoted)
            name = str(items[0]) if named else ""
            stack[-1][1].append(Clause(name, at, tuple(items[1:] if named else items)))
        else:
            text = word.decode()
            stack[-1][1].append(Quoted(unescape(text[1:-1])) if text[0] == '"' else text)
    root = stack[0][1][0]
    assert isinstance(root, Clause)
    return root


def unescape(text: str) -> str:
    """What a string says, read as KiCad reads it, from what stands between its quotation marks."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_meaning, text)


def _meaning(found: re.Match[str]) -> str:
    body = found[1]
    if body[0] == "x" and len(body) > 1:
        return chr(int(body[1:], 16))
    if body[0] in "01234567":
        return chr(int(body, 8) & 255)
    return _ESCAPES.get(body, body)


def quote(text: str) -> str:
    """``text`` as a string of a KiCad file, quotation marks included, as KiCad writes it."""
    for letter, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(letter, escaped)
    return f'"{text}"'
