"""The server behind the buttons' pages: one page for one browser, nobody else let in, gone when the page is."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from overmold.faults import fail
from overmold.pages import render, serve
from overmold.pages import server as module
from overmold.pages.server import LARGEST

PATIENCE = 20.0


class Served:
    """A server in a thread of its own, and requests to it."""

    def __init__(self, **times: float) -> None:
        self.codes: list[int] = []
        self.called: list[dict[str, Any]] = []
        self.addresses: list[str] = []
        self.thread = threading.Thread(target=self._run, kwargs=times, daemon=True)
        self.thread.start()
        end = time.monotonic() + PATIENCE
        while not self.addresses:
            assert time.monotonic() < end
            time.sleep(0.01)
        address = urlsplit(self.addresses[0])
        self.port, self.query = address.port, address.query
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = ""

    def _run(self, **times: float) -> None:
        actions = {"say": self._say, "fault": self._fault, "crash": self._crash}
        self.codes.append(serve(lambda nonce: f"<p>{nonce}", actions, open_page=self._open, **times))

    def _open(self, address: str) -> bool:
        self.addresses.append(address)
        return True

    def _say(self, data: dict[str, Any]) -> dict[str, Any]:
        self.called.append(data)
        return {"said": data}

    def _fault(self, data: dict[str, Any]) -> dict[str, Any]:
        raise fail("x.yaml", "is <wrong>")

    def _crash(self, data: dict[str, Any]) -> dict[str, Any]:
        raise ZeroDivisionError("gap")

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        every = {"Host": self.host, "Origin": f"http://{self.host}", "Cookie": self.cookie,
                 "Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.putrequest(method, path, skip_host=True)
        for name, value in every.items():
            if value is not None:
                connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        return connection.getresponse()

    def enter(self) -> HTTPResponse:
        """The first request of the browser."""
        answer = self.ask("GET", f"/?{self.query}")
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer

    def act(self, name: str, data: object) -> Any:
        answer = self.ask("POST", f"/do/{name}", json.dumps(data).encode())
        assert answer.status == 200
        return json.loads(answer.read())

    def ended(self) -> list[int]:
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        return self.codes


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    one = Served(reload_s=0.2)
    yield one
    one.enter() if not one.cookie else None
    if one.thread.is_alive():
        one.ask("POST", "/do/goodbye")
        one.ended()


def test_the_page_is_given_once_for_the_token_and_then_for_the_cookie(served: Served) -> None:
    first = served.enter()
    page = first.read().decode()
    assert first.status == 200
    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert "SameSite=Strict" in first.headers["Set-Cookie"]
    assert served.ask("GET", "/").status == 200
    assert served.ask("GET", f"/?{served.query}", Cookie=None).status == 403  # the token has been used
    assert served.ask("GET", "/", Cookie=None).status == 403
    assert served.ask("GET", "/", Cookie="overmold=x; " + served.cookie[:-1] + "!").status == 403
    assert page != served.ask("GET", "/").read().decode()  # a nonce of its own for every answer


def test_the_page_may_load_nothing_from_anywhere(served: Served) -> None:
    headers = served.enter().headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'nonce-")
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_other_hosts_and_other_pages_are_refused(served: Served) -> None:
    assert served.ask("GET", f"/?{served.query}", Host=f"evil.example:{served.port}").status == 403
    assert served.ask("GET", f"/?{served.query}", Host=f"localhost:{served.port}").status == 403
    assert served.enter().status == 200  # none of them has used up the token
    for origin in (None, "null", "http://evil.example", f"http://localhost:{served.port}", f"https://{served.host}"):
        assert served.ask("POST", "/do/say", b"{}", Origin=origin).status == 403
    assert served.ask("POST", "/do/say", b"{}", Cookie=None).status == 403
    assert served.called == []


def test_an_action_gets_what_the_page_sends_and_answers_it(served: Served) -> None:
    served.enter()
    assert served.act("say", {"x": "5 µm"}) == {"said": {"x": "5 µm"}}
    assert served.called == [{"x": "5 µm"}]


@pytest.mark.parametrize(("path", "body", "headers", "status"), [
    ("/do/nothing", b"{}", {}, 404),
    ("/else", b"{}", {}, 404),
    ("/do/say", b"{", {}, 400),
    ("/do/say", b"[1]", {}, 400),
    ("/do/say", b"\xff\xfe", {}, 400),
    ("/do/say", b"{}", {"Content_Type": "text/plain"}, 415),
])
def test_what_no_page_of_ours_would_send_is_refused(
    served: Served, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    served.enter()
    assert served.ask("POST", path, body, **headers).status == status
    assert served.called == []


def test_a_request_that_is_too_large_is_not_even_read(served: Served) -> None:
    served.enter()
    connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.putrequest("POST", "/do/say", skip_host=True)
    for name, value in (("Host", served.host), ("Origin", f"http://{served.host}"), ("Cookie", served.cookie),
                        ("Content-Type", "application/json"), ("Content-Length", str(LARGEST + 1))):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_faults_come_back_in_words_and_a_crash_names_the_log(served: Served, tmp_path: Path) -> None:
    served.enter()
    assert served.act("fault", {}) == {"faults": ["x.yaml: is <wrong>"]}
    log = tmp_path / "overmold/overmold.log"
    assert served.act("crash", {}) == {"faults": [f"Overmold failed; please report this. What happened stands in {log}"]}
    words = log.read_text(encoding="utf-8")
    assert "error: fault: x.yaml: is <wrong>" in words
    assert "error: crash: ZeroDivisionError('gap')" in words
    assert "Traceback" in words


def test_the_server_ends_with_its_page_but_not_when_that_is_only_loaded_anew() -> None:
    served = Served(reload_s=0.5)
    served.enter()
    served.ask("POST", "/do/goodbye")
    assert served.ask("GET", "/").status == 200  # back within the time
    time.sleep(1.0)
    assert served.thread.is_alive()
    served.ask("POST", "/do/goodbye")
    assert served.ended() == [0]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", served.port), PATIENCE)


def test_the_server_ends_when_the_page_falls_silent_or_nobody_touches_it() -> None:
    assert Served(silence_s=0.3).ended() == [0]
    served = Served(idle_s=0.6, silence_s=PATIENCE)
    served.enter()
    while served.thread.is_alive():
        try:
            assert served.ask("POST", "/do/heartbeat", b"").status == 200  # it is there, but that is no use
        except ConnectionError:
            break
        time.sleep(0.1)
    assert served.ended() == [0]


def test_the_server_is_not_seen_from_other_machines(served: Served) -> None:
    try:
        own = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except socket.gaierror:  # a machine that does not know its own name
        own = set()
    # 127.0.0.2 too is this machine: whoever listens on every address answers there.
    for address in (own | {"127.0.0.2"}) - {"127.0.0.1"}:
        with pytest.raises(OSError):  # noqa: PT011 -- refused, not reachable or no answer, as the system has it
            socket.create_connection((address, served.port), 2)
    assert served.enter().status == 200


def test_where_no_browser_opens_the_server_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(lambda nonce: "", {}, open_page=lambda address: False) == 1
    assert capsys.readouterr().err == "No browser opened.\n"


def test_a_page_that_cannot_be_made_names_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    room = module._Room(lambda nonce: render("nowhere", nonce), {})
    addresses: list[str] = []
    thread = threading.Thread(target=lambda: serve(room.page, {}, open_page=lambda one: not addresses.append(one),
                                                   reload_s=0.1), daemon=True)
    thread.start()
    while not addresses:
        time.sleep(0.01)
    address = urlsplit(addresses[0])
    connection = HTTPConnection("127.0.0.1", address.port, timeout=PATIENCE)
    connection.request("GET", f"/?{address.query}")
    answer = connection.getresponse()
    assert answer.status == 500
    assert str(tmp_path / "overmold/overmold.log") in answer.read().decode()
