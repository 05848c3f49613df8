"""One page for one person on this machine: a server on 127.0.0.1 that shows a page and runs its actions until it closes.

Nobody else gets in: the address carries a token that serves once, for a cookie; host and origin of every request are
looked at, so that no other page in the same browser can call an action; the page may load nothing from anywhere.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
import threading
import time
import traceback
import webbrowser
from collections.abc import Mapping
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import parse_qs, urlsplit

from ..faults import Faults
from .log import log_file, write_error

Action = Callable[[dict[str, Any]], dict[str, Any]]
Page = Callable[[str], str]

RELOAD_S = 2.0      # a page that says goodbye and comes back within this time was only loaded anew
SILENCE_S = 180.0   # a page in the background may be let speak once a minute only
IDLE_S = 2 * 3600.0  # nobody has touched the page for so long
LARGEST = 1_000_000  # bytes of a request
GOODBYE, HEARTBEAT = "goodbye", "heartbeat"


def serve(page: Page, actions: Mapping[str, Action], *, open_page: Callable[[str], bool] = webbrowser.open,
          reload_s: float = RELOAD_S, silence_s: float = SILENCE_S, idle_s: float = IDLE_S) -> int:
    """Show ``page``, run ``actions`` as it calls them, and come back when it is closed or nobody has used it for long.

    ``page`` is given the nonce its scripts and styles have to carry. Returns 0, or 1 where no browser opened.
    """
    room = _Room(page, actions)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(room))
    server.daemon_threads = True
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{room.port}/?token={room.token}"
        if not open_page(address):
            sys.stderr.write("No browser opened.\n")
            return 1
        room.wait(reload_s, silence_s, idle_s)
        return 0
    finally:
        server.shutdown()
        server.server_close()


class _Room:
    """What the threads of one server share."""

    def __init__(self, page: Page, actions: Mapping[str, Action]) -> None:
        self.page, self.actions, self.port = page, actions, 0
        self.token, self.cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.busy, self.lock = threading.Lock(), threading.Condition()
        self.used = self.seen = time.monotonic()
        self.left = 0.0

    def wait(self, reload_s: float, silence_s: float, idle_s: float) -> None:
        """Until the page has gone."""
        with self.lock:
            while True:
                now = time.monotonic()
                gone = self.left and now - self.left >= reload_s
                if not self.busy.locked() and (gone or now - self.seen >= silence_s or now - self.used >= idle_s):
                    return
                self.lock.wait(min(0.5, reload_s))

    def heard(self, used: bool) -> None:
        """The page is there."""
        with self.lock:
            self.seen, self.left = time.monotonic(), 0.0
            if used:
                self.used = self.seen

    def goodbye(self) -> None:
        """The page has been closed, or is being loaded anew."""
        with self.lock:
            self.left = time.monotonic()
            self.lock.notify_all()

    def admit(self, token: str) -> bool:
        """Whether this is the token; it serves once."""
        with self.lock:
            right = bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())
            if right:
                self.token = ""
            return right


def _handler(room: _Room) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.room = room
    return Handler


class _Handler(BaseHTTPRequestHandler):
    room: _Room
    server_version, sys_version = "overmold", ""

    def do_GET(self) -> None:
        """The page, for whoever brings the token or the cookie."""
        address = urlsplit(self.path)
        if not self._is_local():
            return
        if address.path != "/":
            self._refuse(404, "There is nothing here.")
        elif self._has_cookie() or self.room.admit(parse_qs(address.query).get("token", [""])[0]):
            self.room.heard(used=True)
            nonce = secrets.token_urlsafe(16)
            try:
                page = self.room.page(nonce)
            except Exception as error:
                write_error(f"page: {error!r}", traceback.format_exc())
                self._refuse(500, f"Overmold failed; the log is in {log_file()}")
                return
            self._answer(200, "text/html; charset=utf-8", page.encode(), nonce)
        else:
            self._refuse(403, "This page belongs to another window of the browser; press the button in KiCad again.")

    def do_POST(self) -> None:
        """An action of the page."""
        name = self.path[4:] if self.path.startswith("/do/") else ""
        if not self._is_local():
            return
        if self.headers.get("Origin") != f"http://127.0.0.1:{self.room.port}" or not self._has_cookie():
            self._refuse(403, "This request does not come from the page.")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            self._refuse(413, "This request is too large.")
            return
        body = self.rfile.read(int(length))
        if name == GOODBYE:
            self.room.goodbye()
            self._json(200, {})
            return
        self.room.heard(used=name != HEARTBEAT)
        if name == HEARTBEAT:
            self._json(200, {})
        elif name not in self.room.actions:
            self._refuse(404, "There is no such action.")
        elif self.headers.get_content_type() != "application/json":
            self._refuse(415, "An action takes JSON.")
        else:
            self._run(name, body)

    def _run(self, name: str, body: bytes) -> None:
        try:
            data = json.loads(body)
            if not isinstance(data, dict):
                raise ValueError("no object")
        except ValueError:
            self._refuse(400, "This is not JSON.")
            return
        with self.room.busy:
            try:
                answer = self.room.actions[name](data)
            except Faults as faults:
                said = [str(fault) for fault in faults.faults]
                write_error(f"{name}: " + "\n".join(said))
                answer = {"faults": said}
            except Exception as error:
                write_error(f"{name}: {error!r}", traceback.format_exc())
                answer = {"faults": [f"Overmold failed; please report this. What happened stands in {log_file()}"]}
        self.room.heard(used=True)
        self._json(200, answer)

    def _is_local(self) -> bool:
        # A page of somebody else's whose name leads here still says that name.
        if self.headers.get("Host") != f"127.0.0.1:{self.room.port}":
            self._refuse(403, "This server answers on 127.0.0.1 only.")
            return False
        return True

    def _has_cookie(self) -> bool:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self._cookie)
        except Exception:  # whatever is wrong with a cookie, it is not ours
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.room.cookie.encode())

    @property
    def _cookie(self) -> str:
        return f"overmold-{self.room.port}"  # cookies do not tell ports apart

    def _json(self, code: int, answer: dict[str, Any]) -> None:
        self._answer(code, "application/json", json.dumps(answer, ensure_ascii=False).encode())

    def _refuse(self, code: int, words: str) -> None:
        self._answer(code, "text/plain; charset=utf-8", f"{words}\n".encode())

    def _answer(self, code: int, kind: str, body: bytes, nonce: str = "") -> None:
        own = f"'nonce-{nonce}'" if nonce else "'none'"
        connect = "'self'" if nonce else "'none'"
        try:
            self.send_response(code)
            for name, value in (
                ("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
                ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Content-Security-Policy", f"default-src 'none'; style-src {own}; script-src {own}; img-src data:; "
                 f"connect-src {connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            ):
                self.send_header(name, value)
            if nonce:
                self.send_header("Set-Cookie", f"{self._cookie}={self.room.cookie}; Path=/; HttpOnly; SameSite=Strict")
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionError):
            return  # the page went away while it was answered

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are no news."""
