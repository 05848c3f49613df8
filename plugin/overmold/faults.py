"""What is wrong with an input, and where: every reader collects these and raises them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional, Union

from .plain import message as plain_message
from .plain import one_line

_MOST_KNOWN = 16  # words that a message lists


@dataclass(frozen=True)
class Fault:
    """One thing wrong: ``message`` says what and what to write instead; line and column count from 1, 0 is unknown.

    ``part`` names the footprint, pad or field where a line number would tell a person nothing. ``uuid`` and ``at`` (nm) say
    where that is on a board. ``unknown`` are the keys of what is not known for it, for those who go on without it. ``path``
    leads to it in a YAML file, for a form to show it at its field. Its text is one line that a terminal may be given, whatever
    stood in the file.
    """

    file: str
    message: str
    line: int = 0
    column: int = 0
    part: str = ""
    uuid: str = ""
    at: Optional[tuple[int, int]] = None
    unknown: tuple[str, ...] = ()
    path: Optional[tuple[Union[str, int], ...]] = field(default=None, compare=False)

    def __str__(self) -> str:
        where = one_line(self.file) + (f":{self.line}:{self.column}" if self.line else "")
        return f"{where}: {plain_message(f'{self.part}: {self.message}' if self.part else self.message)}"


class Faults(Exception):
    """An input that cannot be read as it stands; carries every fault found in one pass, in reading order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def fail(file: str, message: str, line: int = 0, column: int = 0, part: str = "") -> Faults:
    """A single fault, ready to be raised."""
    return Faults([Fault(file, message, line, column, part)])


def meant_by(message: str) -> str:
    """The word that ``did_you_mean`` proposed in a message, "" where it proposed none."""
    return message.rpartition("; did you mean '")[2].partition("'?")[0] if "; did you mean '" in message else ""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``; did you mean 'x'?`` for the nearest known word, else ``; known: …``, of many those first that have it in them."""
    from difflib import get_close_matches

    # Capitals are the likeliest slip of all, and the one that difflib counts like any other letter.
    plain = {one.casefold(): one for one in reversed(known)}
    near = [plain[one] for one in get_close_matches(word.casefold(), plain, 1, 0.6)]
    if not near and len(known) > _MOST_KNOWN:
        known = [*sorted(known, key=lambda one: word.casefold() not in one.casefold())[:_MOST_KNOWN], "…"]
    return f"; did you mean '{near[0]}'?" if near else f"; known: {', '.join(known)}"
