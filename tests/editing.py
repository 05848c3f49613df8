"""The editor of package files in a browser, as somebody uses it: with the mouse, or with nothing but keys."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from overmold.editor.kept import opened
from overmold.pages import serve
from overmold.pages.edit import Desk
from waiting import wait_for


def served(desk: Desk) -> str:
    """The address of an editor that is being served."""
    addresses: list[str] = []
    threading.Thread(target=lambda: serve(desk.page, desk.actions, open_page=lambda one: addresses.append(one) or True,
                                          reload_s=1.5), daemon=True).start()
    return str(wait_for(lambda: addresses[:1], "the editor", every=0.02)[0])


def desk_for(file: Path, new: bool = False) -> Desk:
    """The desk of ``overmold edit FILE``."""
    desk = Desk(begin_in=lambda: file.parent, name=file.stem)
    if not new:
        desk.show(opened(file))
    return desk


def field(*path: object) -> str:
    """The selector of the input of a field."""
    return f'[id="f/{"/".join(map(str, path))}"]'


def settle(page: Any) -> None:
    """Wait until every answer is there and shown."""
    until(page, "typeof now !== 'undefined' && Boolean(now.look) && !jobs.length && !running")


def until(page: Any, words: str) -> None:
    """Wait until this is so; a page's own policy lets nobody else's script wait in it."""
    wait_for(lambda: page.evaluate(words), words, every=0.05)


def tab_to(page: Any, selector: str, most: int = 400, back: bool = False) -> None:
    """Press the tab key until what the selector names has the focus."""
    for _ in range(most):
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{selector} cannot be reached with the tab key")


def retype(page: Any, words: str) -> None:
    """Write something else into the field that has the focus, letter by letter."""
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ between two texts of as many lines."""
    old, new = before.splitlines(), after.splitlines()
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new) if one != other]
