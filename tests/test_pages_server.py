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

import pytest

from overmold.faults import fail
from overmold.pages import render, serve, write_log
from overmold.pages.server import LARGEST
from page_door import behind, secret_in

PATIENCE = 20.0


class Served:
    """A server in a thread of its own, and requests to it."""

    def __init__(self, **times: Any) -> None:
        self.codes: list[int] = []
        self.tabs: list[str] = []
        self.called: list[dict[str, Any]] = []
        self.addresses: list[str] = []
        self.thread = threading.Thread(target=self._run, kwargs=times, daemon=True)
        self.thread.start()
        end = time.monotonic() + PATIENCE
        while not self.addresses:
            assert time.monotonic() < end
            time.sleep(0.01)
        self.port, self.token = behind(self.addresses[0])
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = self.secret = self.tab = ""

    def _run(self, **times: Any) -> None:
        actions = {"say": self._say, "fault": self._fault, "crash": self._crash}
        self.codes.append(serve(self._page, actions, open_page=self._open, **times))

    def _page(self, nonce: str) -> str:
        self.tabs.append(nonce)
        return f"<p>{nonce}"

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
                 "Content-Type": "application/json",
                 "X-Overmold-Secret": self.secret, "X-Overmold-Tab": self.tab,
                 **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.putrequest(method, path, skip_host=True)
        for name, value in every.items():
            if value is not None:
                connection.putheader(name, value)
        if "Content-Length" not in every:
            connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        return connection.getresponse()

    def post_token(self, **headers: str | None) -> HTTPResponse:
        """What the private file does."""
        return self.ask("POST", "/enter", f"token={self.token}".encode(), Origin="null", **headers)

    def enter(self) -> HTTPResponse:
        """The first requests of the browser; the page."""
        answer = self.post_token()
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.secret = secret_in(answer.read().decode())
        page = self.ask("GET", "/")
        self.tab = "first"
        self.ask("POST", "/do/heartbeat")
        return page

    def leave(self, tab: str) -> HTTPResponse:
        """What a page does when it is closed."""
        return self.ask("POST", "/do/goodbye", json.dumps({"X-Overmold-Tab": tab, "X-Overmold-Secret": self.secret}).encode())

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
        for tab in [*one.tabs, one.tab]:
            one.leave(tab)
        one.ended()


def test_the_page_is_given_once_for_the_token_and_then_for_the_cookie(served: Served) -> None:
    first = served.post_token()
    assert first.status == 200
    assert "HttpOnly" in first.headers["Set-Cookie"]
    assert "SameSite=Strict" in first.headers["Set-Cookie"]
    assert served.post_token().status == 403  # the token has been used
    served.cookie, served.secret = first.headers["Set-Cookie"].split(";")[0], secret_in(first.read().decode())
    page = served.ask("GET", "/").read().decode()
    assert served.secret not in page  # a cookie reaches every port of 127.0.0.1, and with it whoever listens there
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
    assert served.post_token(Host=f"evil.example:{served.port}").status == 403
    assert served.post_token(Host=f"localhost:{served.port}").status == 403
    assert served.ask("POST", "/enter", f"token={served.token}".encode(), Origin="http://evil.example").status == 403
    assert served.ask("POST", "/enter", b"token=" + b"x" * 43, Origin="null").status == 403
    assert served.enter().status == 200  # none of them has used up the token
    for origin in (None, "null", "http://evil.example", f"http://localhost:{served.port}", f"https://{served.host}"):
        assert served.ask("POST", "/do/say", b"{}", Origin=origin).status == 403
    assert served.ask("POST", "/do/say", b"{}", Cookie=None).status == 403
    for secret in (None, "", served.secret[:-1], served.cookie):
        assert served.ask("POST", "/do/say", b"{}", X_Overmold_Secret=secret).status == 403
        assert served.ask("POST", "/do/heartbeat", b"", X_Overmold_Secret=secret).status == 403
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
    ("/do/say", b'{"x": ' + b"[" * 400_000 + b"]" * 400_000 + b"}", {}, 400),
    ("/do/say", b'{"x": ' + b"9" * 900_000 + b"}", {}, 400),
    ("/do/say", b'{"x": NaN}', {}, 400),
    ("/do/say", b"{}", {"Content_Length": "\xb2"}, 411),
    ("/do/say", b"{}", {"Content_Length": "-1"}, 411),
    ("/do/say", b"{}", {"Content_Length": "1_0"}, 411),
    ("/do/say", b"{}", {"Content_Length": "9" * 5000}, 411),
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
                        ("X-Overmold-Secret", served.secret),
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
    for tab in (*served.tabs, served.tab):
        served.leave(tab)
    assert served.ask("GET", "/").status == 200  # back within the time
    time.sleep(1.0)
    assert served.thread.is_alive()
    served.leave(served.tabs[-1])
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
    addresses: list[str] = []
    thread = threading.Thread(target=lambda: serve(
        lambda nonce: render("nowhere", nonce), {}, open_page=lambda one: not addresses.append(one), reload_s=0.1), daemon=True)
    thread.start()
    while not addresses:
        time.sleep(0.01)
    port, token = behind(addresses[0])
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/enter", f"token={token}".encode())
    entered = connection.getresponse()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/", headers={"Cookie": entered.headers["Set-Cookie"].split(";")[0]})
    answer = connection.getresponse()
    assert answer.status == 500
    assert str(tmp_path / "overmold/overmold.log") in answer.read().decode()


def test_the_address_that_the_browser_is_given_tells_nothing_to_who_reads_the_list_of_processes(
    served: Served, tmp_path: Path
) -> None:
    (address,) = served.addresses
    file = Path(address.removeprefix("file://"))
    assert served.token not in address
    assert file.parent == tmp_path / "overmold"
    assert file.stat().st_mode & 0o777 == 0o600
    assert served.ask("GET", f"/?token={served.token}").status == 403  # it is posted, never part of an address
    served.enter()
    for tab in (*served.tabs, served.tab):
        served.leave(tab)
    served.ended()
    assert not file.exists()


def test_a_word_of_a_tab_that_is_heard_after_its_leave_does_not_keep_the_server(served: Served) -> None:
    served.enter()
    for tab in (*served.tabs, served.tab):
        served.leave(tab)
    served.ask("POST", "/do/heartbeat")
    assert served.ended() == [0]


def test_a_page_hears_what_the_button_has_to_say_and_a_fault_in_that_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    heard: list[dict[str, Any]] = [{"gone": "KiCad"}]
    one = Served(reload_s=0.2, pulse=lambda: heard.pop())
    one.enter()
    assert heard == []
    assert json.loads(one.ask("POST", "/do/heartbeat").read()) == {}
    assert "error: pulse: IndexError" in (tmp_path / "overmold/overmold.log").read_text(encoding="utf-8")
    for tab in (*one.tabs, one.tab):
        one.leave(tab)
    assert one.ended() == [0]


def test_where_no_browser_comes_somebody_is_told_the_address_once_and_whoever_comes_late_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told: list[str] = []
    one = Served(reload_s=0.2, come_s=0.3, nobody=told.append)
    end = time.monotonic() + PATIENCE
    while not told:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert told == one.addresses
    assert one.enter().status == 200
    time.sleep(0.6)
    assert told == one.addresses
    for tab in (*one.tabs, one.tab):
        one.leave(tab)
    assert one.ended() == [0]


def test_closing_one_of_two_tabs_does_not_end_the_other(served: Served) -> None:
    served.enter()
    served.ask("GET", "/")
    served.ask("POST", "/do/heartbeat", b"", X_Overmold_Tab="second")
    for tab in (*served.tabs, "first"):
        served.leave(tab)
    time.sleep(0.8)  # longer than a page may be away
    assert served.thread.is_alive()
    assert served.act("say", {}) == {"said": {}}
    for tab in ("first", "second"):
        served.leave(tab)
    assert served.ended() == [0]


@pytest.mark.parametrize("request_line", [b"PUT / HTTP/1.1", b"HEAD / HTTP/1.1", b"GET / HTTP/9.9", b"GET /", b"nonsense",
                                          b"\xff\xfe", b"GET /" + b"a" * 70_000 + b" HTTP/1.1"])
def test_what_http_itself_refuses_carries_the_same_headers(served: Served, request_line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as connection:
        connection.sendall(request_line + b"\r\nHost: x\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    head = answer.partition(b"\r\n\r\n")[0]
    assert head.startswith((b"HTTP/1.0 4", b"HTTP/1.0 5"))
    for name in (b"Content-Security-Policy: default-src 'none'", b"X-Content-Type-Options: nosniff",
                 b"Cache-Control: no-store"):
        assert name in head


def test_the_log_is_for_its_owner_alone_and_takes_names_that_are_not_utf_8(served: Served, tmp_path: Path) -> None:
    log = tmp_path / "overmold/overmold.log"
    log.write_text("", encoding="utf-8")
    log.chmod(0o644)
    write_log("x\udcff.yaml")
    assert log.stat().st_mode & 0o777 == 0o600
    assert "x\\udcff.yaml" in log.read_text(encoding="utf-8")
    served.enter()
    assert served.act("say", {"x": "\udcff"}) == {"said": {"x": "\udcff"}}  # as it went
