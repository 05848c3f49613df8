"""Standard output and standard error, whatever has become of them: what a command found out does not depend on its listener.

A reader that has gone (``head``, ``less``) or a stream that was closed ends the words, never the work. What cannot be written
for another reason, a full disk say, is told once on standard error.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Optional, TextIO

from ..plain import message

_LONGEST = 8000  # characters of a line: the name of a file and its message, or a note that lists many parts
_lost: list[str] = []  # why words did not arrive, though somebody was to have them


def open_streams() -> None:
    """Make the three standard streams usable: one that was closed takes or gives nothing, odd characters are escaped."""
    _lost.clear()
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            utf8 = (stream.encoding or "").lower() in ("utf-8", "utf8")
            stream.reconfigure(errors="backslashreplace" if utf8 or name == "stderr" else "replace")


def out(words: str) -> None:
    """Words to standard output, at once."""
    _write(sys.stdout, words)


def err(line: str) -> None:
    """A line to standard error, made one that a terminal may be given."""
    _write(sys.stderr, message(line, _LONGEST) + "\n")


def err_as_is(words: str) -> None:
    """Words of our own to standard error, with what moves the cursor of a terminal."""
    _write(sys.stderr, words)


def flush() -> bool:
    """What others left in the streams goes out; whether all words arrived, or nobody wanted them."""
    for stream in (sys.stdout, sys.stderr):
        _write(stream, "")
    return not _lost


def coloured(stream: Optional[TextIO] = None) -> bool:
    """Whether colours are wanted on standard output: NO_COLOR forbids them, FORCE_COLOR asks for them, else on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    stream = stream or sys.stdout
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _write(stream: TextIO, words: str) -> None:
    try:
        stream.write(words)
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: closed
        _give_up(stream)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError) and error.strerror:
            _lost.append(error.strerror)
            if stream is sys.stdout:
                err(f"standard output: cannot be written: {error.strerror}")


def _give_up(stream: TextIO) -> None:
    # What is still in the stream's buffer would fail again when Python ends.
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
