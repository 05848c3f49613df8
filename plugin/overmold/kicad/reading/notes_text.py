"""What a reader of other people's boards says of what it took and left, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMED = 12


def taken_as_finished(name: str, count: int, body_from: str) -> str:
    """What is taken for what of a finished package."""
    size = f"; its size is that of {body_from}, for it draws no body on its fabrication layer" if body_from else ""
    return (f"{name}: its {count} lands are taken for the balls of a finished package, and its outline for the carrier's{size}"
            "; the lands are those of the customer's board, so the carrier's own are left out")


def twice(reference: str, name: str) -> str:
    """Why a part is not called by its reference."""
    return f"there is more than one {reference} on this board; one of them is called {name} here"


def left_out(names: Sequence[str], why: str) -> list[str]:
    """A note of what was left out, none where nothing was."""
    return [f"left out: {listed(list(names))} ({why})"] if names else []


def listed(names: Sequence[str]) -> str:
    """The names, not more of them than anybody would read."""
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
