"""YAML as people write it by hand: plain data in which every key and value knows its line and column.

Words mean what YAML 1.2's core schema says, and no more (``NO``, ``ON``, ``1:30`` and ``2024-01-01`` stay text). A key
given twice, a foreign tag, a second document, aliases or nesting without bounds are faults. Nothing in a file can make
this recurse, swell or execute anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional, Union

from ..faults import Fault, Faults
from .tree import Node, grow

# Characters: 200,000 contacts listed one by one, more than any package has; 5 seconds and a gigabyte. Longer lists are CSV.
LARGEST = 8_000_000
Path = Sequence[Union[str, int]]

# What YAML 1.2 does not count as printable. Said by what it is, for the complement takes fifty times as long to compile.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|\ufffe|\uffff|[\ud800-\udfff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


@dataclass(frozen=True)
class Marked:
    """A file's content and where every part of it stands; lines and columns count from 1."""

    source: str
    root: Node

    @cached_property
    def data(self) -> Any:
        """dicts, lists, str, int, float, bool and None, after YAML 1.2's core schema."""
        return _plain_data(self.root)

    @cached_property
    def words(self) -> Any:
        """The same, but every scalar is its text as it was written (``010``, ``3.30``, ``NO``), None if it is empty."""
        return _words(self.root)

    def place(self, path: Path, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at ``path``, or of its key; of the nearest key around it where there is none."""
        node, at = self.root, (self.root.line, self.root.column)
        for step in path:
            found = _step(node, step)
            if found is None:
                return at
            name, node = found
            at = (name.line, name.column)
        return at if key or not path else (node.line, node.column)

    def at(self, path: Path) -> Optional[Node]:
        """The node at ``path``, None where the file has none."""
        node = self.root
        for step in path:
            found = _step(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def fault(self, path: Path, message: str, key: bool = False) -> Fault:
        """A fault at the value (or key) of ``path``."""
        line, column = self.place(path, key)
        return Fault(self.source, message, line, column, path=tuple(path))


def load(text: Union[str, bytes], source: str) -> Marked:
    """Read one YAML document; raises Faults, each with line and column, for all that is wrong with its form."""
    marked, faults = load_with_faults(text, source)
    if faults:
        raise Faults(faults)
    return marked


def load_with_faults(text: Union[str, bytes], source: str) -> tuple[Marked, list[Fault]]:
    """Read one YAML document and what is wrong with it, so far as reading could go on (a key given twice: the first
    counts); raises Faults where it could not."""
    root, faults = grow(_decoded(text, source), source)
    return Marked(source, root), faults


def _decoded(text: Union[str, bytes], source: str) -> str:
    if len(text) > LARGEST:
        raise Faults([Fault(source, f"the file has {len(text) / 1e6:.1f} MB; a YAML file has {LARGEST // 10**6} MB at most; "
                                    "put long lists of coordinates into a CSV file")])
    if isinstance(text, bytes):
        text = utf8(text, source)
    text = text[1:] if text.startswith("\ufeff") else text
    bad = _NOT_TEXT.search(text)
    if bad:
        message = f"a control character (U+{ord(bad.group()):04X}) in the text; remove it"
        raise Faults([_at(source, text[:bad.start()], message)])
    return text


def utf8(data: bytes, source: str) -> str:
    """``data`` as text; raises Faults at the line and column of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[:error.start].decode("utf-8", "replace")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Faults([_at(source, before, message)]) from None


def _at(source: str, before: str, message: str) -> Fault:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Fault(source, message, len(lines), len(lines[-1]) + 1)


def _step(node: Node, step: Union[str, int]) -> Optional[tuple[Node, Node]]:
    if isinstance(node.value, dict):
        found: Optional[tuple[Node, Node]] = node.value.get(step)
        return found
    if isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _plain_data(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain_data(value) for key, (_, value) in node.value.items()}
    if isinstance(node.value, list):
        return [_plain_data(value) for value in node.value]
    return core_value(node.value) if node.plain else node.value


def _words(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _words(value) for key, (_, value) in node.value.items()}
    if isinstance(node.value, list):
        return [_words(value) for value in node.value]
    return None if node.plain and node.value in ("", "~") else node.value


def core_value(text: str) -> Any:
    """What an unquoted ``text`` means by YAML 1.2's core schema: None, a bool, an int, a float, else the text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    return float(text) if _FLOAT.fullmatch(text) else text
