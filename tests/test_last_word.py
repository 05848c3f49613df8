"""Where no browser opens a person is told all the same: by a program of the system's, whichever there is."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from kicad_window import Window
from overmold import notification
from overmold.buttons import last_word
from running_kicad import virtual_screen
from waiting import wait_for

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these are the programs of Linux")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs; put some there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("KICAD_API_SOCKET", f"ipc://{tmp_path}/nobody.sock")
    return tmp_path


def put(folder: Path, name: str, code: int) -> None:
    program = folder / name
    program.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> {folder}/{name}.said; done\nexit {code}\n',
                       encoding="utf-8")
    program.chmod(0o755)


def test_the_first_program_that_can_tell_does(programs: Path) -> None:
    assert notification.notify("x") == notification.notifier() == ""
    put(programs, "notify-send", 1)  # nothing on this desktop takes notifications
    put(programs, "zenity", 0)
    words = "demo: BROKEN; `rm -rf ~` $HOME <b> ü"
    assert notification.notify(words) == "zenity"
    assert (programs / "zenity.said").read_text(encoding="utf-8").splitlines()[-1] == f"Overmold: {words}"
    put(programs, "notify-send", 0)
    assert notification.notify(words) == "notify-send"
    assert (programs / "notify-send.said").read_text(encoding="utf-8").splitlines()[-1] == words


def test_where_nothing_tells_anybody_the_log_has_it(programs: Path) -> None:
    last_word.last_word("No browser opened")
    log = (programs / "cache/overmold/overmold.log").read_text(encoding="utf-8")
    assert "error: No browser opened" in log
    assert "error: no notification, and no note on the board either: KiCad: does not answer" in log


def test_a_plain_window_of_the_screen_is_shown_and_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/usr/bin/xmessage").exists():
        pytest.skip("xmessage is not installed here")
    (tmp_path / "xmessage").symlink_to("/usr/bin/xmessage")
    with virtual_screen(tmp_path) as display:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("DISPLAY", display)
        before = time.monotonic()
        assert notification.notify("demo.kicad_pcb: BROKEN. No browser opened; the page is /home/u/check.html") == "xmessage"
        assert time.monotonic() - before < 30
        window = Window(display, tmp_path / "Xvfb_screen0", tmp_path)
        monkeypatch.setenv("PATH", "/usr/bin:/bin")
        number = wait_for(lambda: window.shown("Overmold"), "the window")
        window.do("windowkill", number)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":9876")  # no screen there
    assert notification.notify("x") == ""
