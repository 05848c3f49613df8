"""Characters that nobody sees: two names that differ in nothing else look the same to everybody but a program."""

from __future__ import annotations

import unicodedata

# Marks and letters that are drawn as nothing, though Unicode does not class them as controls.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def invisible_in(text: str) -> str:
    """The first character of ``text`` that is drawn as nothing and is no space; "" where all are seen."""
    if text.isascii() and text.isprintable():
        return ""
    return next((letter for letter in text if _is_invisible(letter)), "")


def without_invisible(text: str) -> str:
    """The text less all such characters."""
    return "".join(letter for letter in text if not _is_invisible(letter)) if invisible_in(text) else text


def _is_invisible(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return (kind in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or letter in _BLANK
            or "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef" or "\u180b" <= letter <= "\u180f")
