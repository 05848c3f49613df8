"""Words in a CSV file that a spreadsheet may open: what it would take for a formula has an apostrophe before it.

``+3V3`` stands there as ``'+3V3``. Quotation marks would not do: a spreadsheet takes them off before it looks.
"""

from __future__ import annotations

import re

# With the wide forms, which spreadsheets of East Asia take for the same.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# A length as we write it; no name has a blank in it.
_NUMBER = re.compile(r"-?\d+(\.\d+)?( [a-zµ]+)?(?: ± \d+(\.\d+)? [a-zµ]+)?")


def guarded(text: str, is_number: bool = False) -> str:
    """A cell as it is written; a number that ``is_number`` stays as it is."""
    if is_number and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """What a cell says: the inverse of ``guarded``."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell
