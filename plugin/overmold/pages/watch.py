"""A page on disk that is written again and again, in the browser: loaded anew where it is scrolled to, never in between."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from .host import COMMAND
from .render import render
from .server import IDLE_S, serve

Standing = Callable[[], tuple[int, str]]


def serve_watched(page: Path, standing: Standing, open_page: Callable[[str], bool], nobody: Callable[[str], None]) -> int:
    """Show ``page`` until it is closed in the browser; 0, or 1 where none opened.

    ``standing`` gives how often it was written and what is to be said of it.
    """
    def around(nonce: str) -> str:
        number, words = standing()
        return render("watch", nonce, host=COMMAND, name=page.name, number=number, words=words)

    def pulse() -> dict[str, object]:
        number, words = standing()
        return {"number": number, "words": words}

    return serve(around, {}, open_page=open_page, pulse=pulse, nobody=nobody, framed=page.read_bytes, first_s=IDLE_S,
                 host=COMMAND)
