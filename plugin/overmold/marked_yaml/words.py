"""What the YAML parser complains about, in words for people who do not know how a parser works."""

from __future__ import annotations

from typing import Any

# problem -> (whether the place is where the construct began, what to say)
_SAID: dict[str, tuple[bool, str]] = {
    "mapping values are not allowed in this context":
        (False, "a ':' where none is due; put the text in quotes, or check the indentation"),
    "did not find expected ',' or ']'":
        (True, "this list is not closed; write ',' between its entries and ']' at its end"),
    "did not find expected ',' or '}'":
        (True, "this group is not closed; write ',' between its keys and '}' at its end"),
    "did not find expected key": (False, "a key is due here, as in 'name: value'; check the indentation"),
    "did not find expected '-' indicator":
        (False, "a '-' is due here: all entries of a list begin with '- ' in the same column"),
    "could not find expected ':'": (True, "a key without ':'; write 'key: value'"),
    "found unexpected end of stream": (True, "this quoted text is not closed; write the quote at its end"),
    "found unexpected document indicator": (True, "this quoted text is not closed; write the quote at its end"),
    "found unknown escape character": (False, "an unknown '\\' escape; use single quotes, or write '\\\\'"),
    "did not find expected hexdecimal number": (False, "a '\\' escape without its digits; use single quotes"),
    "found invalid Unicode character escape code": (False, "a '\\' escape for no character; use single quotes"),
    "did not find expected <document start>": (False, "the text goes on after its end; check the indentation"),
    "did not find expected node content": (False, "a value is due here"),
    "block sequence entries are not allowed in this context":
        (False, "a '-' where no list is due; begin the list on a line of its own, or quote the text"),
    "block mapping entries are not allowed in this context": (False, "a '?' where none is due; put the text in quotes"),
    "mapping keys are not allowed in this context": (False, "a '?' where none is due; put the text in quotes"),
    "found a tab character that violates indentation": (False, "a tab in the indentation; indent with spaces"),
    "found a tab character where an indentation space is expected":
        (False, "a tab in the indentation; indent with spaces"),
    "did not find expected alphabetic or numeric character":
        (True, "'&' and '*' begin a name of their own in YAML; put the text in quotes"),
    "found duplicate %YAML directive": (False, "a second %YAML line; remove it"),
    "found incompatible YAML document": (False, "this %YAML version is not known; remove the line"),
    "found undefined tag handle": (False, "a tag ('!…'), and none is known here; remove it, or quote the text"),
    "did not find expected comment or line break":
        (False, "after '>' or '|' the text begins on the next line; or quote the text"),
    "control characters are not allowed": (False, "a control character in the text; remove it"),
}


def in_plain_words(error: Any, text: str) -> tuple[tuple[int, int], str]:
    """Line and column (from 1) and the plain message for PyYAML's ``error`` in ``text``."""
    problem = (error.problem or error.context or "").strip()
    at_start, message = _SAID.get(problem, (False, ""))
    mark = error.problem_mark or error.context_mark
    if at_start and error.context_mark is not None:
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if line >= len(lines):  # the parser counts a line after the last one
        line, column = len(lines) - 1, len(lines[-1])
    if not message:
        message = _unknown(problem, lines[line][:column], lines[line][column:column + 1])
    return (line + 1, column + 1), message


def _unknown(problem: str, before: str, character: str) -> str:
    if "cannot start any token" in problem:
        if character == "\t":
            where = "where a value is due; use spaces" if before.strip() else "in the indentation; indent with spaces"
            return f"a tab {where}"
        return f"no value can begin with '{character}'; put the text in quotes"
    if "tag" in problem or "URI" in problem:
        return "a tag ('!…') that makes no sense; remove it, or quote the text"
    return f"this is not YAML ({problem or 'it breaks off'}); check quotes, brackets and indentation here"
