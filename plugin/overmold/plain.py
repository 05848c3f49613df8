"""Words that came from a file, a board, a table or an argument, as one line that a terminal may be given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 700  # characters of one message; a value of a megabyte would push the message's own words off the screen
# Characters that Python calls printable and nobody sees: fillers, selectors of a variant, a braille blank.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_IDEOGRAPHIC_SPACE = "\u3000"  # written between words, and wide enough to be seen
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def one_line(text: str) -> str:
    """``text`` with everything that is no visible character written as an escape: ``\\x1b``, ``\\u202e``, ``\\n``.

    Control characters (also C1 and line ends), marks of direction, zero-width and unassigned characters; a byte of a file's
    name that is not UTF-8 is ``\\xff``. What is left neither steers a terminal nor splits nor turns round a line.
    """
    return text if _all_seen(text) else "".join(one if _is_seen(one) else _escaped(one) for one in text)


def listed(words: Sequence[str], most: int = 0) -> str:
    """As in "a, b and c"; of more than ``most`` (0: as many as there are) the first, as in "a, b and 7 more"."""
    if most and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def message(text: str, most: int = LONGEST) -> str:
    """``one_line`` of a message; of one with more than ``most`` characters the head and the end, where what to do stands."""
    if len(text) > 4 * most:  # not to escape a megabyte only to leave it out
        text = text[:2 * most] + text[-2 * most:]
    line = one_line(text)
    head = most * 4 // 7
    return line if len(line) <= most else f"{line[:head]} … {line[head - most:]}"


def json_text(text: str) -> str:
    """Finished JSON of the same meaning in which every unseen character but the line ends between values is an escape."""
    if text.isascii() and "\x7f" not in text:  # JSON itself leaves no other control character of ASCII in a string
        return text
    return "\n".join(line if _all_seen(line) else "".join(one if _is_seen(one) else _json_escaped(one) for one in line)
                     for line in text.split("\n"))


def invisible_in(text: str) -> str:
    """The first character of ``text`` that is drawn as nothing and is no space; "" where all are seen.

    Two names that differ in nothing else look the same to everybody but a program.
    """
    return "" if _all_seen(text) else next((one for one in text if _is_unseen(one)), "")


def without_invisible(text: str) -> str:
    """The text less all such characters."""
    return text if not invisible_in(text) else "".join(one for one in text if not _is_unseen(one))


def _is_unseen(one: str) -> bool:
    return not _is_seen(one) and unicodedata.category(one) != "Zs"


def _all_seen(line: str) -> bool:
    return line.isprintable() and (line.isascii() or not _UNSEEN.search(line))


def _is_seen(one: str) -> bool:
    return (one.isprintable() and not _UNSEEN.match(one)) or one == _IDEOGRAPHIC_SPACE


def _escaped(one: str) -> str:
    number = ord(one)
    if 0xDC80 <= number <= 0xDCFF:  # Python's stand-in for a byte that is not UTF-8
        return f"\\x{number - 0xDC00:02x}"
    return _SHORT.get(one) or (f"\\x{number:02x}" if number < 0x100 else
                               f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}")


def _json_escaped(one: str) -> str:
    number = ord(one)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
