"""Why the YAML parser stopped, in words for people who do not know how a parser works.

Told from the two marks of the parser's error (where it stopped, and where the thing began that it was reading) and from
what the text has there. The parser's own sentences change from release to release; none of them is relied on.
"""

from __future__ import annotations

import re
from typing import Any, Optional

_TOO_MUCH = {
    ":": "unexpected ':'; put the text in quotes, or check the indentation",
    "-": "unexpected '-'; begin the list on a line of its own, or quote the text",
    "?": "unexpected '?'; put the text in quotes",
}
_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"'(?:[^']|'')*'")}
_NO_CODE = re.compile(r""" "(?:[^"\\]|\\.)*" | '[^']*' | (?<=\s)\#[^\n]* """, re.VERBOSE | re.DOTALL)
_DIGITS = {"x": 2, "u": 4, "U": 8}  # that a '\' escape has
_COLON = re.compile(r":(?:\s|$)")


def in_plain_words(error: Any, text: str, ended: bool = False) -> tuple[tuple[int, int], str]:
    """Line and column (from 1) and the plain message for PyYAML's ``error`` in ``text``; ``ended``: the value is whole."""
    begun, stopped = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    stopped = stopped or begun
    if stopped is None:
        return (1, 1), _unknown(error)
    start = begun.index if begun is not None and begun.index < stopped.index else None
    at_start, message = _in_something(text, start, stopped.index) if start is not None else (False, "")
    message = message or _at(text, stopped.index, ended) or _unknown(error)
    return _place(begun if at_start else stopped, text), message


def _in_something(text: str, start: int, at: int) -> tuple[bool, str]:
    """Whether to point to its beginning, and what is wrong with what begins at ``start`` and stops the parser at ``at``."""
    first, between, here = text[start], text[start:at], text[at:at + 1]
    quoted = _QUOTED[first].match(text, start) if first in _QUOTED else None
    if first in _QUOTED and (quoted is None or quoted.end() > at):
        return _in_quotes(text, start, at)
    if first in "&*" and re.fullmatch(r"[\w-]*", between[1:]):
        return True, "'&' and '*' begin a name of their own in YAML; put the text in quotes"
    if first == "!" and not re.search(r"\s", between):
        return False, "a tag ('!…') that makes no sense; remove it, or quote the text"
    if first == "%":
        return True, "this '%' line is not understood; remove it"
    if here == "\t":
        return False, _tab(text, at)
    if first in "|>" and "\n" not in between:
        return False, "after '>' or '|' the text begins on the next line; or quote the text"
    if first in "[{":
        bare = _NO_CODE.sub("", between)
    if first == "[" and bare.count("[") > bare.count("]"):
        return True, "this list is not closed; write ',' between its entries and ']' at its end"
    if first == "{" and bare.count("{") > bare.count("}"):
        return True, "this group is not closed; write ',' between its keys and '}' at its end"
    return _in_lines(text, quoted.end() if quoted else start, at)


def _in_lines(text: str, start: int, at: int) -> tuple[bool, str]:
    """The same for what is told by indentation; ``start`` is past the quotes of a key in quotes."""
    if text[at:at + 1] == ":" and not re.search(r":\s|\n", text[start:at]):
        return False, _TOO_MUCH[":"]
    line = re.split(r"[\r\n]", text[start:start + 2000], maxsplit=1)[0].partition(" #")[0]
    if re.match(r"-(?:\s|$)", line):
        return False, "expected a '-': all entries of a list begin with '- ' in the same column"
    if _COLON.search(line) or line.startswith("?"):
        return False, "expected a key, as in 'name: value'; check the indentation"
    return True, "a key without ':'; write 'key: value'"


def _in_quotes(text: str, start: int, at: int) -> tuple[bool, str]:
    """What is wrong in text that has no closing quote up to ``at``: a '\\' escape, or that very quote."""
    breaks_off = not text[at:].strip() or (text[at - 1] in "\r\n" and text.startswith(("---", "..."), at))
    slash = text.rfind("\\", start, at + 1)
    if text[start] == "'" or breaks_off or slash < 0:
        return True, "this quoted text is not closed; write the quote at its end"
    digits = _DIGITS.get(text[slash + 1:slash + 2])
    if digits is None:
        return False, "an unknown '\\' escape; use single quotes, or write '\\\\'"
    if re.fullmatch(f"[0-9a-fA-F]{{{digits}}}", text[slash + 2:slash + 2 + digits]):
        return False, "a '\\' escape for no character; use single quotes"
    return False, "a '\\' escape without its digits; use single quotes"


def _at(text: str, at: int, ended: bool) -> Optional[str]:
    """What is wrong with the character at ``at`` itself, None where that tells nothing."""
    here, after = text[at:at + 1], text[at + 1:at + 2]
    if here == "\t":
        return _tab(text, at)
    if here == ":" or (here in ("-", "?") and not after.strip()):
        return _TOO_MUCH[here]
    if here in ("@", "`", "%", "|", ">"):
        if here == "%" and text[at - 1:at] in ("", "\r", "\n"):
            return "this '%' line is not understood; remove it"
        return f"no value can begin with '{here}'; put the text in quotes"
    if here == "!":
        return "a tag ('!…') that makes no sense; remove it, or quote the text"
    if ended:
        return "the text goes on after its end; check the indentation"
    if not here.strip() or here in ",]}?":
        return "expected a value"
    return None


def _tab(text: str, at: int) -> str:
    before = re.split(r"[\r\n]", text[:at])[-1]
    return "a tab " + ("where a value belongs; use spaces" if before.strip() else "in the indentation; indent with spaces")


def _place(mark: Any, text: str) -> tuple[int, int]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if mark.line >= len(lines):  # the parser counts a line after the last one
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1


def _unknown(error: Any) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or getattr(error, "context", None)
    return f"this is not YAML ({str(said or 'it breaks off').strip()}); check quotes, brackets and indentation here"
