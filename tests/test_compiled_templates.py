"""Templates that an earlier process compiled: the same pages, nothing believed that others could write, nothing left in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paths import DEMO, PLUGIN

PAGE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import jinja2
from overmold.pages.render import own, render
compiled = []
compile = jinja2.Environment.compile
jinja2.Environment.compile = lambda *of: (compiled.append(of[2]), compile(*of))[1]
words = render("message", "nonce", title="A title", lines=["Some words"], trace="") + own("check_alone.js").text
print(hashlib.sha256(words.encode()).hexdigest(), len(compiled))
"""


def said(cache: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache), "HOME": str(cache)}
    command = [sys.executable, "-c", PAGE, str(PLUGIN)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the cache is told by a variable of Linux")
def test_a_second_process_compiles_nothing_and_makes_the_same_page(tmp_path: Path) -> None:
    (tmp_path / "overmold").mkdir(mode=0o700)
    first = said(tmp_path)
    assert first.stderr == ""
    page, compiled = first.stdout.split()
    files = sorted(tmp_path.glob("overmold/templates-*/*"))
    assert len(files) == int(compiled) > 10
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert said(tmp_path).stdout.split() == [page, "0"]
    # What is broken is made anew; what others may write is not believed.
    files[0].write_bytes(files[0].read_bytes()[:60])
    files[1].chmod(0o666)
    assert said(tmp_path).stdout.split() == [page, "2"]
    assert files[0].stat().st_size > 60
    assert files[1].stat().st_mode & 0o077 == 0
    files[0].parent.chmod(0o777)
    assert said(tmp_path).stdout.split() == [page, compiled]


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the cache is told by a variable of Linux")
def test_where_no_button_was_pressed_nothing_is_left_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(PLUGIN)}
    command = [sys.executable, "-m", "overmold", "drc", str(DEMO), "-q", "--format", f"html={tmp_path / 'page.html'}"]
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert (tmp_path / "page.html").stat().st_size > 0
    assert not (tmp_path / "cache").exists()
