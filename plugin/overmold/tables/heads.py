"""What the head of a column means: its role, in many languages, and the unit that stands in it.

Most tables call their columns by words that are known as they stand; the patterns for all else take milliseconds to compile,
and are imported where they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Callable, NamedTuple, Optional

from . import TableRow
from .sheets import HEADS_WITHIN, Sheet
from .words import BALLS, ROLES, WEAK

UNITS = {"nm": "nm", "um": "um", "µm": "um", "μm": "um", "mm": "mm", "cm": "cm", "mil": "mil", "mils": "mil", "in": "in",
         "inch": "in", "inches": "in", "micron": "um", "microns": "um", "millimeter": "mm", "millimeters": "mm",
         "millimetre": "mm", "millimetres": "mm", "mikrometer": "um", "毫米": "mm", "微米": "um", "ミクロン": "um", "мм": "mm",
         "мкм": "um", "нм": "nm"}
_NEAR = 0.75  # as get_close_matches counts: one letter of four
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = frozenset(("de", "of", "der", "des", "di", "do", "da", "del", "la", "le", "du", "the", "von", "van", "の", "a"))
_COMMA = re.compile(r"[-+]?\d*,\d+")
# In a cell in quotes among commas: no thousands, for these have three digits behind the comma and something before it.
_DECIMAL = re.compile(r"[-+]?(?:0*,\d+|\d+,(?!\d{3}(?:\D|$))\d+)")
_APART = re.compile(r"(?<=\d)['’\u00a0\u202f\u2009](?=\d{3}(?!\d))")  # between thousands, where no decimal point is meant
_BARE = re.compile(r"[-+0-9.eE]+")
_SPLIT = re.compile(r"[\s_.,:;/\\()\[\]{}*'\"-]+")


class Head(NamedTuple):
    """``role`` is one of ``words.ROLES``, "" for none; ``unit`` that of its numbers, "" where it names none.

    ``weak``: the word is as often used for something else (a "pin name" may be a ball's or a signal's); ``text`` as it stands.
    """

    role: str
    unit: str
    text: str
    weak: bool = False


def head_of(text: str) -> Head:
    """The head of one column."""
    if len(text) > 1 and text.isascii() and text.isalpha() and text.casefold() in ROLES:
        return Head(ROLES[text.casefold()], "", text, text.casefold() in WEAK)
    from .head_patterns import GLUED, NAME, NUMBER, WITH_UNIT

    plain = " ".join(text.split())[:120].replace("＃", "#")
    unit = ""
    found = WITH_UNIT.fullmatch(plain) or GLUED.fullmatch(plain)
    if found and found[1]:
        unit, plain = UNITS[(found[2] or found[3] if found.re is WITH_UNIT else found[2]).lower()], found[1]
    word = _CAMEL.sub(" ", plain).casefold().replace("#", " # ").strip()
    if re.fullmatch(r"[xy]\d?", word):
        return Head(word[0], unit, text)
    parts = [one for one in _SPLIT.split(word) if one]
    joined = "".join(parts)
    if joined in ROLES:
        return Head(ROLES[joined], unit, text, joined in WEAK)
    axis = _axis(parts)
    if axis:
        return Head(axis, unit, text)
    kept = [one for one in parts if not NUMBER.fullmatch(one) and not NAME.fullmatch(one) and one not in _BETWEEN]
    bare = NUMBER.sub("", "".join(kept)) if not "".join(kept).isascii() else "".join(kept)
    bare = bare if bare.isascii() else NAME.sub("", bare)
    known = [ROLES[one] for one in kept if one in ROLES and len(one) > 1]
    role = ROLES.get(bare, "") or (known[0] if known else "") if kept else ""
    if set(known) == {"site", "net"}:  # a ball's function is a signal, a signal's ball is a ball: the last word counts
        role = known[-1]
    named = any(NAME.fullmatch(one) for one in parts) or (not joined.isascii() and bool(NAME.search(joined)))
    return Head(role, unit, text, role == "site" and named)


def unit_off(text: str) -> str:
    """A head without the unit in it."""
    from .head_patterns import WITH_UNIT

    found = WITH_UNIT.fullmatch(" ".join(text.split())[:120])
    return found[1] if found and found[1] else text


def with_unit(text: str, unit: str, mark: str) -> str:
    """A cell of a column of this ``unit`` ("" for none) as a length is written; where no comma stands between cells, one
    within a number is a decimal point. A minus may be the typographer's, and thousands may stand apart."""
    if not text.isascii() or "'" in text:
        text = _APART.sub("", text.replace("−", "-").replace("\u2013", "-", 1) if text[:1] in "−–" else text)
    if _COMMA.match(text) and (mark != "," or _DECIMAL.match(text)):
        text = text.replace(",", ".", 1)
    return f"{text} {unit}" if unit and _BARE.fullmatch(text) else text


class Columns(NamedTuple):
    """The row that names the columns, and what each means."""

    row: TableRow
    heads: list[Head]

    def of(self, role: str) -> list[int]:
        """The columns with this role."""
        return [i for i, head in enumerate(self.heads) if head.role == role]

    def left_out(self, taken: Sequence[int]) -> list[str]:
        """The heads of the columns that are not taken; a spreadsheet has empty ones, too."""
        return [head.text for i, head in enumerate(self.heads) if head.text and i not in taken]


Rows = Sequence[TableRow]


def columns_of(rows: Rows, has_all: Callable[[Columns], bool]) -> Optional[Columns]:
    """The first row, of those in which one looks for it, that names the columns which are needed."""
    for row in rows[:HEADS_WITHIN]:
        columns = Columns(row, [head_of(cell) for cell in row.cells or ()])
        if has_all(columns):
            return columns
    return None


def nearest_heads(rows: Rows, known: Sequence[str]) -> Optional[Columns]:
    """Where none is as it is needed, the row that names most of what is ``known``; None where there are no rows."""
    found = [Columns(row, [head_of(cell) for cell in row.cells or ()]) for row in rows[:HEADS_WITHIN]
             if row.cells is None or any(row.cells)]
    return max(found, key=lambda one: len({head.role for head in one.heads} & set(known)), default=None)


def slips(columns: Columns, known: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Heads that are most likely a known word with a slip in it: column, head, and the word."""
    for i, head in enumerate(columns.heads):
        if not head.role and head.text:
            from difflib import get_close_matches

            for near in get_close_matches(head.text.strip().casefold(), known, 1, _NEAR):
                yield i, head.text, near


def is_ball(head: Head) -> bool:
    """Whether a site's head speaks of balls, not of pads, pins or bumps."""
    return any(word in head.text.casefold() for word in BALLS)


def left_out(sheet: Sheet, columns: Columns, taken: Sequence[int], sheets: Sequence[Sheet], of: str) -> list[str]:
    """What to say of columns and sheets that count for nothing."""
    left, others = columns.left_out(taken), [one.name for one in sheets if one.name != sheet.name]
    notes = [f"{sheet.source}: left out, for {of} has no such column: {', '.join(left)}"] if left else []
    return [*notes, f"{sheet.source}: other sheets are left out: {', '.join(others)}"] if others else notes


def _axis(parts: list[str]) -> str:
    """x or y where a head says nothing but that and words for a place, with or without the thing it is of."""
    from .head_patterns import PLACE

    rest = [one for one in parts if not PLACE.fullmatch(one)]
    letters = [one for one in rest if one in ("x", "y")]
    if len(letters) == 1 and all(one in ("x", "y") or ROLES.get(one) in ("site", "chip") for one in rest):
        return letters[0]
    glued = "".join(parts)
    bare = PLACE.sub("", glued)
    for kind in ("ball", "pad", "bump", "pin", ""):
        if bare in (f"{kind}x", f"x{kind}", f"{kind}y", f"y{kind}") and bare != glued:
            return "x" if "x" in bare.replace(kind, "", 1) else "y"
    return ""
