"""``overmold drc --watch``: what the check reads is looked at, half-written files are said and got over, the page follows."""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from overmold.cli import main
from overmold.commands import watch as watching
from overmold.commands.drc import _once
from overmold.commands.watch import Watch
from overmold.input_file import read_input
from page_door import behind, secret_in
from paths import DEMO, PLUGIN
from waiting import wait_for


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("demo.yaml", "demo_nets.csv"):
        shutil.copy(DEMO.parent / name, tmp_path)
    return tmp_path


@pytest.fixture
def watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(watching, "LOOK_S", 0.02)
    monkeypatch.setattr(watching, "QUIET_S", 0.02)
    arguments = argparse.Namespace(
        files=[str(folder)], spec=None, baseline=None, format=[("json", str(folder / "report.json"))], output=None, strict=None,
        complete=None, all=False, quiet=True, rules=[], house=[], no_settings=False, study=False, fill=False)
    made = Watch(lambda: _once(arguments), arguments.files)
    made.run(first=True)
    thread = threading.Thread(target=made.until_ended, daemon=True)
    thread.start()
    yield made
    made.ended.set()
    thread.join(10)
    assert not thread.is_alive()


def test_every_save_of_what_is_read_checks_again_and_what_cannot_be_read_is_got_over(
    watched: Watch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo, table = folder / "demo.yaml", folder / "demo_nets.csv"
    sound, nets = demo.read_text(encoding="utf-8"), table.read_text(encoding="utf-8")
    assert watched.code == 0
    saved = [
        (demo, sound.replace("cap: 315 um", "cap: 440 um"), 1),
        (demo, sound[:200], 2),                                          # an editor that has written a part of it
        (demo, sound, 0),
        (table, f"{nets}VDD,U1.NONE,A1\n", 2),                            # a table that the file names
        (table, nets, 0),
        (folder / "overmold.settings.yaml", "strict: maybe\n", 2),       # settings that were not there before
        (folder / "overmold.settings.yaml", "", 0),
        (folder / "second.yaml", sound.replace("cap: 315 um", "cap: 440 um"), 1),  # a file that is new in the folder
    ]
    for file, words, code in saved:
        number = watched.number
        file.write_text(words, encoding="utf-8")
        wait_for(lambda: watched.number > number, f"{file.name} to be checked again", 20, 0.01)  # noqa: B023
        wait_for(lambda: watched.code == code, f"{file.name} to be {code}", 20, 0.01)  # noqa: B023
    number = watched.number
    table.unlink()
    wait_for(lambda: watched.number > number and watched.code == 2, "a table that has gone to be said", 20, 0.01)
    said = capsys.readouterr().err
    assert "demo.yaml has changed; checked again" in said
    assert "demo_nets.csv" in said
    # Its own report in the same folder sets nothing off.
    number = watched.number
    (folder / "report.json").write_text("{}", encoding="utf-8")
    assert not watched.ended.wait(0.3)
    assert watched.number == number


@pytest.mark.parametrize("other", [False, True])
def test_what_is_saved_while_the_check_runs_is_checked_again(other: bool, folder: Path) -> None:
    """Also where it is a file that only the check itself asks for."""
    demo, table = folder / "demo.yaml", folder / "demo_nets.csv"
    saved = table if other else demo

    def check() -> int:
        for file in (demo, table):
            read_input(file)
        if watched.number < 1:
            saved.write_text(f"{saved.read_text(encoding='utf-8')}\n", encoding="utf-8")
        return 0

    watched = Watch(check, [str(demo)])
    watched.run()
    assert [name for name, state in watched.look().items() if watched.seen[name] != state] == [str(saved)]
    watched.run()
    assert watched.look() == watched.seen


def test_what_can_never_be_watched_is_refused(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["drc", "-", "--watch"]) == 2
    assert "standard input cannot be watched" in capsys.readouterr().err
    assert main(["drc", str(folder / "demo.yaml"), "--watch", "--format", "json", "--format", "text"]) == 2


def test_the_page_is_served_and_follows_until_ctrl_c(folder: Path) -> None:
    """The command as somebody starts it; the browser is one that notes the address."""
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >"{folder}/address.part"\nmv "{folder}/address.part" "{folder}/address"\n')
    browser.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "BROWSER": f"{browser} %s", "PYTHONPATH": str(PLUGIN),
                   "XDG_RUNTIME_DIR": str(folder)}
    command = [sys.executable, "-m", "overmold", "drc", "demo.yaml", "--watch", "-q", "--format", "html=page.html"]
    # A shell has what it runs in the background ignore Ctrl-C, and so would this process if the tests were run there.
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        wait_for((folder / "address").exists, "the browser", 30)
        port, token = behind((folder / "address").read_text().strip())
        entered = ask(port, "POST", "/enter", f"token={token}", {"Content-Type": "application/x-www-form-urlencoded"})
        cookie, secret = entered[1]["Set-Cookie"].partition(";")[0], secret_in(entered[2])
        code, headers, around = ask(port, "GET", "/", "", {"Cookie": cookie})
        assert code == 200
        assert 'src="/framed"' in around
        assert "frame-src 'self'" in headers["Content-Security-Policy"]
        code, headers, page = ask(port, "GET", "/framed", "", {"Cookie": cookie})
        assert page == (folder / "page.html").read_text(encoding="utf-8")
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert ask(port, "GET", "/framed", "", {})[0] == 403
        before = pulse(port, cookie, secret)
        demo = folder / "demo.yaml"
        demo.write_text(demo.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 440 um"), encoding="utf-8")
        wait_for(lambda: pulse(port, cookie, secret)["number"] > before["number"], "the page to follow", 30)
        assert "BROKEN" in ask(port, "GET", "/framed", "", {"Cookie": cookie})[2]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 1  # the last verdict
    finally:
        process.kill()
        said = process.communicate()[1]
    assert "Traceback" not in said
    assert "Watching; Ctrl-C ends it." in said
    assert not list(folder.rglob("open-*.html"))


def ask(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, Any, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def pulse(port: int, cookie: str, secret: str) -> dict[str, Any]:
    """What the page hears when it says that it is there."""
    own = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}", "X-Overmold-Secret": secret, "X-Overmold-Tab": "t"}
    found: dict[str, Any] = json.loads(ask(port, "POST", "/do/heartbeat", "", {**own, "Content-Length": "0"})[2])
    return found
