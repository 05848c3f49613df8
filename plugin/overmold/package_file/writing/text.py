"""The words, numbers and lines of a package file, as people write them; read back by ``spec`` to the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Optional

from ...csv_cells import guarded
from ...shapes import Point
from ...units import ANGLE, LENGTH, show

COMMENTS = 40  # the column that comments begin in
WIDEST = 120
_NUMBERS = ("x", "y", "diameter", "loop_height", "tier")  # columns of a table that hold no names
BOARD = "the board"
UNSAID = f"{BOARD} does not say"
# What YAML takes as it stands, also inside brackets.
_PLAIN = re.compile(r"[\w(/+µ](?:[\w()/.+±µ%-]| (?=\S))*")
_NUMBERED = re.compile(r"\d+|\D")


def word(text: str) -> str:
    """A text as YAML has it: bare where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in ("null", "~"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def length(value: int, unit: str = "") -> str:
    """A length: in um below a millimetre, in mm from there on, or in ``unit``."""
    return show(value, LENGTH, unit)


def mm(value: int) -> str:
    """A length in mm, as places and sizes are given."""
    return show(value, LENGTH, "mm")


def degrees(angle: int) -> str:
    """An angle."""
    return show(angle, ANGLE)


def pair(point: Point) -> str:
    """Two lengths in mm: a place, or width and height."""
    return f"[{mm(point[0])}, {mm(point[1])}]"


def entries(items: Iterable[str]) -> str:
    """A list in one line."""
    return f"[{', '.join(items)}]"


def group(pairs: Iterable[tuple[str, Optional[str]]]) -> str:
    """A group of keys in one line, those without a value left out."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs if value) + "}"


def line(indent: int, text: str, comment: str = "") -> str:
    """One line, its comment in the usual column."""
    text = " " * indent + text
    return f"{text:<{COMMENTS - 1}} # {comment}" if comment else text


def unsaid(indent: int, text: str, why: str = UNSAID) -> str:
    """A line for a person to fill in and to take the # away from."""
    return line(indent, f"# {text}", why)


def wrapped(indent: int, start: str, items: Sequence[str], end: str = "]") -> list[str]:
    """``start`` and the items, as many a line as go in."""
    lines = [" " * indent + start]
    inner = indent + len(start)
    for i, item in enumerate(items):
        text = item + (", " if i + 1 < len(items) else end)
        if len(lines[-1]) + len(text.rstrip()) > WIDEST and lines[-1].strip() and lines[-1] != " " * inner:
            lines[-1] = lines[-1].rstrip()
            lines.append(" " * inner)
        lines[-1] += text
    return lines


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A CSV file."""
    numbers = [head in _NUMBERS for head in heads]
    return "".join(f"{','.join(map(_cell, row, numbers))}\n" for row in (heads, *rows))


def _cell(text: str, is_number: bool) -> str:
    # A line that begins with # would be passed over as a comment.
    return f'"{text}"' if text.startswith("#") else guarded(text, is_number)


def in_order(name: str) -> list[tuple[int, int]]:
    """Sorts names as people count: A2 before A10."""
    return [(48, int(part)) if part.isdecimal() else (ord(part), 0) for part in _NUMBERED.findall(name)]
