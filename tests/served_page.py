"""Our pages, served as a button serves them, in a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from overmold.pages import serve
from overmold.pages.server import Action


class Shown:
    """A page that is being served, and what it asked for."""

    def __init__(self, page: Callable[[str], str], answers: dict[str, Any]) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.addresses: list[str] = []
        actions = {name: self._action(name, answer) for name, answer in answers.items()}
        self.thread = threading.Thread(target=lambda: serve(page, actions, open_page=self._open, reload_s=1.5), daemon=True)
        self.thread.start()
        while not self.addresses:
            time.sleep(0.01)

    def _open(self, address: str) -> bool:
        self.addresses.append(address)
        return True

    def _action(self, name: str, answer: Any) -> Action:
        def act(data: dict[str, Any]) -> dict[str, Any]:
            self.asked.append((name, data))
            return answer(data) if callable(answer) else answer

        return act


def listen(page: Any, said: list[str]) -> None:
    """Note what a page says on its console. That reading pixels back takes time says the browser's own driver where there is
    no graphics card, of any page that draws in three dimensions."""
    page.on("console", lambda message: said.append(message.text) if "GL Driver Message" not in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[[Shown], Any]]:
    """Call with what is shown: the page in a browser. No message on its console may go unseen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    said: list[str] = []

    def go(shown: Shown) -> Any:
        page = context.new_page()
        listen(page, said)
        page.goto(shown.addresses[0])
        return page

    yield go
    context.close()
    assert said == []
