"""One page for one person on this machine: a server on 127.0.0.1 that shows a page and runs its actions until it closes.

Nobody else gets in. The browser is opened on a private file that posts a token, which serves once, for a cookie and a
secret; the cookie shows the page, and an action takes the secret, too, for cookies do not tell ports apart. Host and origin
of every request are looked at, so that no other page in the same browser can call an action; the page may load nothing.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
import threading
import traceback
import webbrowser
from collections.abc import Mapping
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional
from urllib.parse import parse_qs, urlsplit

from ..faults import Faults
from .door import door_file, entrance
from .host import BUTTON, Host
from .log import log_file, write_error
from .requests import FRAMED, headers_of, json_object, tab_and_secret
from .room import Action, Page, Room, same

__all__ = ["LARGEST", "Action", "Page", "serve"]

COME_S = 60.0       # a browser that has to be started first takes its time
RELOAD_S = 2.0      # a page that says goodbye and comes back within this time was only loaded anew
SILENCE_S = 180.0   # a page in the background may be let speak once a minute only
IDLE_S = 2 * 3600.0  # nobody has touched the page for so long
LARGEST = 1_000_000  # bytes of a request
GOODBYE, HEARTBEAT = "goodbye", "heartbeat"


def serve(page: Page, actions: Mapping[str, Action], *, open_page: Callable[[str], bool] = webbrowser.open,
          pulse: Callable[[], dict[str, Any]] = dict, nobody: Callable[[str], None] = lambda address: None,
          come_s: float = COME_S, reload_s: float = RELOAD_S, silence_s: float = SILENCE_S, idle_s: float = IDLE_S,
          first_s: float = 0.0, framed: Optional[Callable[[], bytes]] = None, host: Host = BUTTON) -> int:
    """Show ``page``, run ``actions`` as it calls them, and come back when it is closed or nobody has used it for long.

    ``page`` is given the nonce its scripts and styles have to carry; ``pulse`` is what the page hears each time it says that it
    is there; ``nobody`` is told the page's address where no browser has come after ``come_s``; ``first_s``: how long to wait
    for one at all, where that is longer than usual; ``framed`` gives a page that ``page`` shows in a frame, from /framed;
    ``host`` is who shows it. Returns 0, or 1 where no browser opened.
    """
    room = Room(page, actions, reload_s, silence_s, idle_s)
    room.pulse, room.framed, room.host = pulse, framed, host
    room.expect(first_s)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(room))
    server.daemon_threads = True
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    door = None
    try:
        door = door_file(room.port, room.token)
        if not open_page(door.as_uri()):
            sys.stderr.write("No browser opened.\n")
            return 1
        address = door.as_uri()
        room.wait(come_s, lambda: nobody(address))
        return 0
    except OSError as error:
        sys.stderr.write(f"{error.filename}: cannot be written: {error.strerror}\n")
        return 1
    finally:
        if door is not None:
            door.unlink(missing_ok=True)
        server.shutdown()
        server.server_close()


def _handler(room: Room) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.room = room
    return Handler


class _Handler(BaseHTTPRequestHandler):
    room: Room
    server_version, sys_version = "overmold", ""
    timeout = 30.0  # for a request that begins and does not go on

    def do_GET(self) -> None:
        """The page, for whoever brings the cookie."""
        if not self._is_local():
            return
        path, framed = urlsplit(self.path).path, self.room.framed
        if path != "/" and not (path == f"/{FRAMED}" and framed is not None):
            self._refuse(404, "There is nothing here.")
        elif not self._has_cookie():
            self._refuse(403, f"This page belongs to another window of the browser; {self.room.host.again}.")
        else:
            nonce = secrets.token_urlsafe(16) if path == "/" else FRAMED
            if nonce != FRAMED:
                self.room.given(nonce)
            try:
                page = framed() if framed and nonce == FRAMED else self.room.page(nonce).encode(errors="backslashreplace")
            except Exception as error:
                write_error(f"page: {error!r}", traceback.format_exc())
                self._refuse(500, f"Overmold failed; the log is in {log_file()}")
                return
            self._answer(200, "text/html; charset=utf-8", page, nonce)

    def do_POST(self) -> None:
        """The token of the private file, or an action of the page."""
        if not self._is_local():
            return
        origin, own = self.headers.get("Origin"), f"http://127.0.0.1:{self.room.port}"
        entering = self.path == "/enter"
        # A file has no origin that a browser would name.
        if origin not in ((None, "null", "file://", own) if entering else (own,)) or not (entering or self._has_cookie()):
            self._refuse(403, "This request does not come from the page.")
            return
        body = self._body()
        if body is None:
            return
        if entering:
            self._enter(body)
            return
        name = self.path[4:] if self.path.startswith("/do/") else ""
        tab, secret = tab_and_secret(self.headers, body if name == GOODBYE else b"")
        if not same(secret, self.room.secret):
            self._refuse(403, f"This tab does not belong to the page; {self.room.host.again}.")
        elif name == GOODBYE:
            self.room.goodbye(tab)
            self._json(200, {})
        elif name == HEARTBEAT:
            self.room.heard(tab, used=False)
            self._json(200, self._pulse())
        elif name not in self.room.actions:
            self._refuse(404, "There is no such action.")
        elif self.headers.get_content_type() != "application/json":
            self._refuse(415, "An action takes JSON.")
        else:
            self.room.heard(tab, used=True)
            self._run(name, body, tab)

    def _pulse(self) -> dict[str, Any]:
        try:
            return self.room.pulse()
        except Exception as error:
            write_error(f"pulse: {error!r}", traceback.format_exc())
            return {}

    def _body(self) -> Optional[bytes]:
        """What is sent; None, and an answer, where that is too long or of no said length."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch(r"[0-9]{1,18}", length):
            self._refuse(411, "This request does not say how long it is.")
        elif int(length) > LARGEST:
            self._refuse(413, "This request is too large.")
        else:
            return self.rfile.read(int(length))
        return None

    def _enter(self, body: bytes) -> None:
        token = parse_qs(body.decode("latin-1")).get("token", [""])[0]
        if not self.room.admit(token):
            self._refuse(403, f"This page has been opened before; {self.room.host.again}.")
            return
        nonce = secrets.token_urlsafe(16)
        cookie = f"{self._cookie}={self.room.cookie}; Path=/; HttpOnly; SameSite=Strict"
        self._answer(200, "text/html; charset=utf-8", entrance(nonce, self.room.secret).encode(), nonce, cookie)

    def _run(self, name: str, body: bytes, tab: str) -> None:
        data = json_object(body)
        if data is None:
            self._refuse(400, "This is not a JSON object that can be read.")
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
        self.room.heard(tab, used=True)
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
        return found is not None and same(found.value, self.room.cookie)

    @property
    def _cookie(self) -> str:
        return f"overmold-{self.room.port}"  # cookies do not tell ports apart

    def _json(self, code: int, answer: dict[str, Any]) -> None:
        # In ASCII: the name of a file need not be UTF-8, and comes back as it went.
        self._answer(code, "application/json", json.dumps(answer).encode())

    def _refuse(self, code: int, words: str) -> None:
        self._answer(code, "text/plain; charset=utf-8", f"{words}\n".encode(errors="backslashreplace"))

    def _answer(self, code: int, kind: str, body: bytes, nonce: str = "", cookie: str = "") -> None:
        try:
            if self.request_version not in ("HTTP/1.0", "HTTP/1.1"):
                self.request_version = "HTTP/1.0"  # else no header would be sent
            self.send_response(code)
            for name, value in headers_of(kind, len(body), nonce):
                self.send_header(name, value)
            if cookie:
                self.send_header("Set-Cookie", cookie)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except OSError:
            return  # the page went away while it was answered

    def send_error(self, code: int, message: Optional[str] = None, explain: Optional[str] = None) -> None:
        """What http.server itself refuses, in our own words and with our own headers."""
        self.close_connection = True
        self._refuse(code, "This server does not take such requests.")

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are no news."""
