"""Who is in: the secrets of one server, its tabs in the browser, and when all of them have gone."""

from __future__ import annotations

import hmac
import math
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any, Callable, Optional

from .host import BUTTON

Action = Callable[[dict[str, Any]], dict[str, Any]]
Page = Callable[[str], str]

LATE_S = 1.0    # what a tab has said before it took its leave may be heard so much after that
FIRST_S = 15.0  # within which a tab that was given the page says for the first time that it is there


class Room:
    """What the threads of one server share. ``reload_s``, ``silence_s`` and ``idle_s`` are those of ``serve``."""

    def __init__(self, page: Page, actions: Mapping[str, Action], reload_s: float, silence_s: float, idle_s: float) -> None:
        self.page, self.actions, self.port = page, actions, 0
        self.reload_s, self.silence_s, self.idle_s = reload_s, silence_s, idle_s
        self.token, self.cookie, self.secret = (secrets.token_urlsafe(32) for _ in range(3))
        self.busy, self.lock = threading.Lock(), threading.Condition()
        self.used = time.monotonic()
        # Until when each tab is believed to be there; the one without a name is that which is still to come.
        self.tabs = {"": self.used + silence_s}
        self.left = 0.0
        self.entered = False
        self.departed: dict[str, float] = {}
        self.pulse: Callable[[], dict[str, Any]] = dict
        self.host = BUTTON
        self.framed: Optional[Callable[[], bytes]] = None

    def wait(self, come_s: float, nobody: Callable[[], None]) -> None:
        """Until every tab has gone, or nobody has used any for long; ``nobody`` is called once if none comes in ``come_s``."""
        late = self.used + come_s
        with self.lock:
            while True:
                now = time.monotonic()
                if not self.entered and now >= late:
                    late = math.inf
                    # Those who come after all are let in meanwhile.
                    self.lock.release()
                    try:
                        nobody()
                    finally:
                        self.lock.acquire()
                self.tabs = {tab: until for tab, until in self.tabs.items() if until > now}
                self.left = 0.0 if self.tabs else self.left or now
                gone = not self.tabs and now - self.left >= self.reload_s
                if not self.busy.locked() and (gone or now - self.used >= self.idle_s):
                    return
                self.lock.wait(min(0.5, self.reload_s))

    def expect(self, seconds: float) -> None:
        """The first tab may take so long to come."""
        with self.lock:
            self.tabs[""] = max(self.tabs[""], self.used + seconds)

    def given(self, tab: str) -> None:
        """A tab was given the page; what it is called stands in it."""
        with self.lock:
            self.tabs.pop("", None)
            self.used = time.monotonic()
            self.tabs[tab] = self.used + min(FIRST_S, self.silence_s)

    def heard(self, tab: str, used: bool) -> None:
        """A tab is there."""
        with self.lock:
            now = time.monotonic()
            if not used and now - self.departed.get(tab, -math.inf) < LATE_S:
                return
            self.tabs[tab] = now + self.silence_s
            if used:
                self.used = now

    def goodbye(self, tab: str) -> None:
        """A tab has been closed, or is being loaded anew."""
        with self.lock:
            self.tabs.pop(tab, None)
            self.departed[tab] = time.monotonic()
            self.lock.notify_all()

    def admit(self, token: str) -> bool:
        """Whether this is the token; it serves once."""
        with self.lock:
            right = bool(self.token) and same(token, self.token)
            if right:
                self.token, self.entered = "", True
            return right


def same(given: str, due: str) -> bool:
    """Whether the two are the same, in a time that does not tell how far they are."""
    return hmac.compare_digest(given.encode(errors="replace"), due.encode())
