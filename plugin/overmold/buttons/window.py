"""A button's page, and what is done where nobody sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Optional

from ..pages.server import Action, Page
from ..pages.server import serve as serve_page
from . import open_file
from .last_word import last_word

__all__ = ["open_file", "serve"]


def serve(page: Page, actions: Mapping[str, Action], words: str, pulse: Optional[Callable[[], dict[str, Any]]] = None) -> int:
    """As ``pages.serve``; where a browser was asked for and none comes, a person is told so, and ``words`` with it."""
    from ..kicad.live.ping import gone

    def nobody(address: str) -> None:
        last_word(f"{words}. The browser has not opened; open this file in one: {address}")

    return serve_page(page, actions, pulse=pulse or (lambda: {"gone": gone()}), nobody=nobody)
