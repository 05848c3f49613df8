"""What rows, columns and places are called: JEDEC letters, names of one's own, and places picked out by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..faults import did_you_mean
from ..plain import invisible_in
from .pattern import CORNERS, JEDEC_LETTERS, NUMBERS, Names, Path, Problem, Selector

Mask = NDArray[np.bool_]
_SAYABLE = re.compile(r"[^\s,;\"\x00-\x1f\x7f]{1,60}")
_LINES = re.compile(r"(row|column)s?\s+(.+)", re.IGNORECASE)


def row_letters(number: int, alphabet: str = JEDEC_LETTERS) -> str:
    """Letters of row ``number``, counted from 1: 1 is A, 9 is J, 20 is Y, 21 is AA."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, len(alphabet))
        letters = alphabet[last] + letters
    return letters


def row_number(letters: str, alphabet: str = JEDEC_LETTERS) -> int:
    """Number of a row from its letters; raises ValueError for a letter that is not in use."""
    number = 0
    for letter in letters:
        number = number * len(alphabet) + alphabet.index(letter) + 1
    return number


def sayable(name: str) -> bool:
    """Whether a site can be called so: no blanks, commas, semicolons, quotes or invisible characters, 60 characters at most."""
    return _SAYABLE.fullmatch(name) is not None and not invisible_in(name)


def padded(number: int, first: str) -> str:
    """``number`` in as many digits as that of the name ``first``, where this has zeros before it (A01)."""
    digits = first.lstrip("".join(letter for letter in first if not letter.isdigit()))
    return str(number).zfill(len(digits) if digits.startswith("0") else 1)


def line_names(names: Names, columns: int, rows: int, path: Path, problems: list[Problem]) -> tuple[list[str], ...]:
    """Names of the rows and of the columns, in the order in which they are counted."""
    before = len(problems)

    def wrong(field: str, message: str) -> None:
        problems.append(Problem((*path, field), message))

    for field, words in (("corner", CORNERS), ("numbers", NUMBERS), ("letters", ("rows", "columns"))):
        if getattr(names, field) not in words:
            wrong(field, f"unknown value '{getattr(names, field)}'{did_you_mean(getattr(names, field), words)}")
    if not names.alphabet or len(set(names.alphabet)) < len(names.alphabet) or not names.alphabet.isalpha():
        wrong("alphabet", "it must be letters, each once; write for example ABCDEFGHJKLMNPRTUVWY")
    if names.prefix and not sayable(names.prefix):
        wrong("prefix", f"'{names.prefix}' cannot stand in a name: no blanks, commas or quotes")
    for field, count in (("rows", rows), ("columns", columns)):
        own: tuple[str, ...] = getattr(names, field)
        if own and len(own) != count:
            wrong(field, f"there are {count} {field}, but {len(own)} names for them; name each one")
        for i, name in enumerate(own):
            if not sayable(name):
                problems.append(Problem((*path, field, i), f"'{name}' cannot be a name: no blanks, commas or quotes"))
        if len(set(own)) < len(own):
            twice = next(name for i, name in enumerate(own) if name in own[:i])
            wrong(field, f"'{twice}' names two {field}; give each its own name")
    if len(problems) > before:
        return [], []
    first = re.fullmatch(r"(\D{1,6})(\d{1,9})", names.first)
    if first is None or any(letter not in names.alphabet for letter in first[1]):
        wrong("first", f"'{names.first}' cannot be a first name; it takes letters out of {names.alphabet} and a "
              "number, for example A1")
        return [], []
    lettered, numbered = (rows, columns) if names.letters == "rows" else (columns, rows)
    start = row_number(first[1], names.alphabet)
    letters = [row_letters(start + i, names.alphabet) for i in range(lettered)]
    numbers = [padded(int(first[2]) + i, names.first) for i in range(numbered)]
    row_names, column_names = (letters, numbers) if names.letters == "rows" else (numbers, letters)
    return list(names.rows) or row_names, list(names.columns) or column_names


class Places:
    """The places of a grid by name."""

    def __init__(self, names: Names, rows: Sequence[str], columns: Sequence[str]) -> None:
        self.names, self.row_names, self.column_names = names, rows, columns
        self.rows = {name: i for i, name in enumerate(rows)}
        self.columns = {name: i for i, name in enumerate(columns)}

    def find(self, name: str) -> Optional[tuple[int, int]]:
        """Row and column of the place called ``name``, None if there is none."""
        if not name.startswith(self.names.prefix):
            return None
        name = name[len(self.names.prefix):]
        by_row = self.names.letters == "rows"
        head, tail = (self.rows, self.columns) if by_row else (self.columns, self.rows)
        for cut in range(1, len(name)):
            if name[:cut] in head and name[cut:] in tail:
                found = head[name[:cut]], tail[name[cut:]]
                return found if by_row else (found[1], found[0])
        return None

    def pick(self, selector: str) -> tuple[slice, slice]:
        """Rows and columns that ``selector`` names; raises ValueError with what is wrong with it."""
        lines = _LINES.fullmatch(selector.strip())
        if lines:
            word = lines[1].lower()
            known = self.rows if word == "row" else self.columns
            ends = [part.strip() for part in lines[2].split(":")]
            for end in ends:
                if end not in known:
                    raise ValueError(f"there is no {word} '{end}' here; {self._range(word)}{self._jedec(end)}")
            span = _span([known[end] for end in ends], selector)
            return (span, slice(None)) if word == "row" else (slice(None), span)
        places = []
        for end in (part.strip() for part in selector.split(":")):
            place = self.find(end)
            if place is None:
                raise ValueError(f"there is no '{end}' in this grid; {self._range('row')}, {self._range('column')}"
                                 f"{self._prefix(end)}{self._jedec(end)}")
            places.append(place)
        return _span([row for row, _ in places], selector), _span([column for _, column in places], selector)

    def _range(self, word: str) -> str:
        names = self.row_names if word == "row" else self.column_names
        return f"{word}s run from {names[0]} to {names[-1]}"

    def _prefix(self, name: str) -> str:
        prefix = self.names.prefix
        return f"; every name here begins with '{prefix}'" if prefix and not name.startswith(prefix) else ""

    def _jedec(self, name: str) -> str:
        jedec = self.names.alphabet == JEDEC_LETTERS and not self.names.rows and not self.names.columns
        return "; the letters I, O, Q, S, X and Z are not used in names" if jedec and set(name) & set("IOQSXZ") else ""


def _span(ends: list[int], selector: str) -> slice:
    if len(ends) > 2:
        raise ValueError(f"'{selector}' has more than two ends; write for example B2:D4")
    return slice(min(ends), max(ends) + 1)


def select(selectors: Sequence[Selector], places: Places, xy: NDArray[np.int64], path: Path,
           problems: list[Problem]) -> Mask:
    """Which places (rows, columns) the selectors take; ``xy`` (rows, columns, 2) is where they lie."""
    mask = np.zeros(xy.shape[:2], np.bool_)
    for i, selector in enumerate(selectors):
        if isinstance(selector, str):
            try:
                mask[places.pick(selector)] = True
            except ValueError as error:
                problems.append(Problem((*path, i), str(error)))
            continue
        left, top, right, bottom = selector
        if left > right or top > bottom:
            problems.append(Problem((*path, i), "this area is inside out; write left, top, right, bottom, y down"))
            continue
        x, y = xy[..., 0], xy[..., 1]
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        if not inside.any():
            problems.append(Problem((*path, i), "no place of this grid lies in this area; it is measured from the "
                                    "array's centre"))
        mask |= inside
    return mask


def site_names(names: Names, rows: Sequence[str], columns: Sequence[str], mask: Mask) -> list[str]:
    """Names of the places where ``mask`` (rows, columns) is true, row by row."""
    if names.numbers in ("one by one along rows", "one by one along columns"):
        start = int("".join(filter(str.isdigit, names.first)))
        numbers = [padded(number, names.first) for number in range(start, start + int(mask.sum()))]
        along_rows = names.numbers == "one by one along rows"
        count = np.cumsum(mask if along_rows else mask.T, axis=None).reshape(mask.shape if along_rows else mask.T.shape)
        order = (count if along_rows else count.T)[mask] - 1
        return [f"{names.prefix}{numbers[i]}" for i in order.tolist()]
    if names.numbers == "by site":
        return _counted(names, rows, columns, mask)
    if names.letters == "columns":
        return [column + row for row, line in zip(rows, mask)
                for column in _present(columns, line, names.prefix)]
    return [row + column for row, line in zip([names.prefix + row for row in rows], mask)
            for column in _present(columns, line, "")]


def _present(columns: Sequence[str], line: Mask, prefix: str) -> Sequence[str]:
    present = columns if line.all() else [columns[i] for i in np.flatnonzero(line).tolist()]
    return [prefix + column for column in present] if prefix else present


def _counted(names: Names, rows: Sequence[str], columns: Sequence[str], mask: Mask) -> list[str]:
    """Letters as they are, numbers counting only the sites there are along each letter."""
    by_row = names.letters == "rows"
    numbers = columns if by_row else rows
    count = np.cumsum(mask, axis=1 if by_row else 0)
    row_of, column_of = np.nonzero(mask)
    letters = rows if by_row else columns
    which = row_of if by_row else column_of
    return [names.prefix + letters[line] + numbers[number - 1]
            for line, number in zip(which.tolist(), count[mask].tolist())]
