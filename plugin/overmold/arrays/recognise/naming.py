"""What rule the names of sites on a grid follow, of those that ``pattern.Names`` can say."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .. import IntArray
from ..names import row_letters, row_number
from ..pattern import JEDEC_LETTERS, Names

LAST_NUMBER = re.compile(r"(.*\D|)(\d{1,9})")
_MOST_PREFIX = 8
_ALL_LETTERS = string.ascii_uppercase


def cost_of_names(names: Names) -> int:
    """How many keys say it."""
    plain = Names(corner=names.corner)
    fields = ("first", "letters", "alphabet", "numbers", "prefix")
    differing = [field for field in fields if getattr(names, field) != getattr(plain, field)]
    return len(differing) + int(names.corner != "top left")


def possible_names(names: Sequence[str], rows: IntArray, columns: IntArray, present: NDArray[np.bool_], corner: str
                   ) -> Iterator[Names]:
    """The rules that may call the sites at these rows and columns so, those of few words first.

    They are consistent with every name as far as rows and numbers go; whether they make the very names is to be seen.
    """
    parts = [LAST_NUMBER.fullmatch(name) for name in names]
    heads = [part[1] for part in parts if part]
    if len(heads) < len(names):
        return
    tails = [part[2] for part in parts if part]
    digits = len(min(tails, key=len)) if any(len(tail) > 1 and tail[0] == "0" for tail in tails) else 1
    numbers = np.array([int(tail) for tail in tails], np.int64)
    found = list(_all(heads, numbers, rows, columns, present, corner))
    # Of two that are as short, one that says how names begin, prefix: P, is plainer than first: PA1.
    found = [one._replace(first=_with_zeros(one.first, digits)) for one in found]
    yield from sorted(found, key=lambda one: (cost_of_names(one), one.first != "A1"))


def _with_zeros(first: str, digits: int) -> str:
    """The first name with its number in so many digits at least."""
    letters = first.rstrip("0123456789")
    return letters + first[len(letters):].zfill(digits)


def _all(heads: Sequence[str], numbers: IntArray, rows: IntArray, columns: IntArray, present: NDArray[np.bool_],
         corner: str) -> Iterator[Names]:
    common = _common_start(heads)
    if all(head == common for head in heads) and len(common) <= _MOST_PREFIX:
        for order, word in ((_rank(present), "rows"), (_rank(present.T).T, "columns")):
            start = _constant(numbers - order[rows, columns])
            if start is not None and start >= 0:
                yield Names(f"A{start}", corner, numbers=f"one by one along {word}", prefix=common)
    for length in range(min(len(common), _MOST_PREFIX) + 1):
        letters = [head[length:] for head in heads]
        if not all(letters):
            continue
        used = set("".join(letters))
        alphabet = JEDEC_LETTERS if used <= set(JEDEC_LETTERS) else _ALL_LETTERS
        if not used <= set(alphabet) or max(map(len, letters)) > 3:
            continue
        lines = np.array([row_number(letter, alphabet) for letter in letters], np.int64)
        for word, along, across, grid in (("rows", rows, columns, present), ("columns", columns, rows, present.T)):
            base = _constant(lines - along)
            if base is None or base < 1:
                continue
            said = Names(row_letters(base, alphabet), corner, letters=word, alphabet=alphabet, prefix=common[:length])
            start = _constant(numbers - across)
            if start is not None and start >= 0:
                yield said._replace(first=f"{said.first}{start}")
            in_line = np.cumsum(grid, axis=1) - 1
            start = _constant(numbers - in_line[along, across])
            if start is not None and start >= 0:
                yield said._replace(first=f"{said.first}{start}", numbers="by site")


def _common_start(words: Sequence[str]) -> str:
    """What all words begin with."""
    first, last = min(words), max(words)
    return first[:next((i for i, pair in enumerate(zip(first, last)) if pair[0] != pair[1]), min(len(first), len(last)))]


def _rank(present: NDArray[np.bool_]) -> IntArray:
    """Which site each is, counted along the rows."""
    order: IntArray = (np.cumsum(present).reshape(present.shape) - 1).astype(np.int64)
    return order


def _constant(values: IntArray) -> Optional[int]:
    return int(values[0]) if (values == values[0]).all() else None
