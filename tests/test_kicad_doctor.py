"""`overmold kicad doctor`: a home in which nothing is missing, and each thing it needs taken away once."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable

import pytest

from overmold import __version__
from overmold.cli import main
from overmold.kicad.installed.homes import IDENTIFIER
from overmold.kicad.installed.interpreters import interpreter_of
from user_home import SETTINGS, common, environment, place, started
from waiting import wait_for


@pytest.fixture
def healthy(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home where the plugin is installed, the API on and the environment made; its packages are those of this test run."""
    kicad = home / "bin/kicad-cli"
    kicad.parent.mkdir()
    overwrite(kicad, "#!/bin/sh\necho 9.0.8\necho $KICAD_CONFIG_HOME >$HOME/asked\n")
    kicad.chmod(0o755)
    monkeypatch.setenv("PATH", f"{kicad.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("BROWSER", "true %s")
    set_api(home, enable_server=True, interpreter_path=sys.executable)
    assert main(["kicad", "install"]) == 0
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment(home))], check=True)
    packages = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site_of(home) / "borrowed.pth").write_text(str(packages) + "\n", encoding="utf-8")
    capsys.readouterr()
    return home


def set_api(home: Path, **values: object) -> None:
    settings = json.loads(common(home).read_text(encoding="utf-8"))
    settings["api"].update(values)
    common(home).write_text(json.dumps(settings), encoding="utf-8")


def site_of(home: Path) -> Path:
    (site,) = environment(home).glob("lib/python*/site-packages")
    return site


def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The doctor's exit code, and its lines that are not ok."""
    code = main(["kicad", "doctor"])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, [line for line in captured.out.splitlines() if not line.startswith("ok ")]


def test_where_nothing_is_missing_every_line_says_so(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kicad", "doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "ok          KiCad 9.0", "ok          plugin", "ok          Python", "ok          environment", "ok          API",
        "note        running KiCad", "ok          browser", "ok          pages", "note        log",
    ]
    assert lines[0].endswith(f": 9.0.8, {healthy}/bin/kicad-cli; its settings are in {healthy}/.config/kicad/9.0")
    # Where the API is on, kicad-cli would begin to make the plugin's environment.
    assert str(healthy) not in (healthy / "asked").read_text(encoding="utf-8")
    assert lines[1] == f"ok          plugin: {__version__} in {place(healthy)}"


def answering(words: str, code: int = 0) -> Callable[[Path], None]:
    """An interpreter that says this, whatever it is asked."""

    def put(home: Path) -> None:
        program = home / "python"
        program.write_text(f"#!/bin/sh\n{words}\nexit {code}\n", encoding="utf-8")
        program.chmod(0o755)
        set_api(home, interpreter_path=str(program))

    return put


def no_plugin(home: Path) -> None:
    shutil.rmtree(place(home))


def manifest(text: str) -> Callable[[Path], None]:
    return lambda home: overwrite(place(home) / "plugin.json", text)


def overwrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def manifest_with(**values: object) -> Callable[[Path], None]:
    def put(home: Path) -> None:
        path = place(home) / "plugin.json"
        overwrite(path, json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}))

    return put


def removed(name: str) -> Callable[[Path], None]:
    def remove(home: Path) -> None:
        path = place(home) / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def twice(home: Path) -> None:
    shutil.copytree(place(home), place(home).parents[1] / "3rdparty/plugins" / IDENTIFIER.replace(".", "_"))


def older_numpy(home: Path) -> None:
    metadata = site_of(home) / "numpy-1.24.2.dist-info/METADATA"
    metadata.parent.mkdir()
    overwrite(metadata, "Metadata-Version: 2.1\nName: numpy\nVersion: 1.24.2\n")


def shapely_that_does_not_load(home: Path) -> None:
    (site_of(home) / "shapely").mkdir()
    overwrite(site_of(home) / "shapely/__init__.py", "raise OSError('libgeos_c.so: cannot open shared object file')\n")


def python_that_does_not_run(home: Path) -> None:
    python = environment(home) / "bin/python"
    python.unlink()
    overwrite(python, "#!/bin/sh\nexit 1\n")
    python.chmod(0o755)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_plugin, ["plugin: is not in ", "; run: overmold kicad install --version 9.0"]),
        (manifest("{"), ["plugin.json is not JSON"]),
        (manifest("[]"), ["plugin.json is not a JSON object"]),
        (manifest_with(identifier="org.example.other"), ["calls itself 'org.example.other'"]),
        (manifest_with(name=3), ["plugin.json lacks 'name'"]),
        (manifest_with(actions=[]), ["plugin.json has no actions"]),
        (manifest_with(actions=[{"identifier": "a", "name": "b", "description": "c"}]), ["an action without 'entrypoint'"]),
        (removed("plugin.json"), ["plugin: is not in "]),
        (removed("place_package.py"), ["place_package.py is not there; run"]),
        (removed("icons"), ["icons/check_light_24.png is not there (and 11 more faults like this)"]),
        (removed("requirements.txt"), ["requirements.txt is not there"]),
        (removed("overmold/rules"), ["overmold/rules is not there"]),
        (lambda home: overwrite(place(home) / "overmold/__init__.py", '__version__ = "0.0.1"\n'),
         ["is version 0.0.1, this command is " + __version__]),
        (twice, ["plugin: is installed 2 times, in ", "3rdparty", "KiCad takes the first it finds"]),
        (lambda home: set_api(home, enable_server=False), ["API: is off; switch it on in KiCad under Preferences > Plugins"]),
        (lambda home: set_api(home, interpreter_path="/nowhere/python"), ["Python: /nowhere/python is not there; choose"]),
        (answering("echo hello"), ["python does not answer as Python does"]),
        (answering("echo 3 8"), ["is Python 3.8, and Overmold needs 3.9"]),
        (answering("echo 3 11", 1), ["venv or ensurepip is missing; on Debian and Ubuntu: apt install python3.11-venv"]),
        (lambda home: shutil.rmtree(environment(home)), ["environment: KiCad has not made ", "start its board editor"]),
        (lambda home: shutil.rmtree(environment(home) / "bin"), ["environment: KiCad has not made ", "start its"]),
        (python_that_does_not_run, ["environment: its Python does not run; close KiCad, delete "]),
        (lambda home: (site_of(home) / "borrowed.pth").unlink(), ["environment: is half-made, it does not have kicad"]),
        (older_numpy, ["environment: is half-made, it does not have numpy>=", "(is 1.24.2); close KiCad, delete "]),
        (shapely_that_does_not_load, ["shapely>=", "libgeos_c.so: cannot open"]),
    ],
)
def test_each_thing_that_is_missing_is_told_apart(
    healthy: Path, spoil: Callable[[Path], None], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(healthy)
    code, lines = examined(capsys)
    problems = [line for line in lines if not line.startswith("note ")]
    assert len(problems) == 1
    assert problems[0].startswith("PROBLEM     ")
    assert all(word in problems[0] for word in words), problems[0]
    assert code == 1


def test_a_kicad_that_is_elsewhere_or_of_another_version_is_a_note(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overwrite(healthy / "bin/kicad-cli", "#!/bin/sh\necho 10.0.6\n")
    code, lines = examined(capsys)
    assert code == 0
    assert lines[0].startswith("note        KiCad 9.0: its program is not in any of the usual places; its settings are in ")


def test_an_old_copy_deeper_in_kicads_folder_is_found_too(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = place(healthy).parent / "downloads/overmold-main/plugin"
    shutil.copytree(place(healthy), older)
    code, lines = examined(capsys)
    assert code == 1
    assert f"is installed 2 times, in {place(healthy)} and in {older}" in lines[0]


def test_settings_that_are_no_json_are_unreadable(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overwrite(common(healthy), "{")
    code, lines = examined(capsys)
    assert code == 2
    assert lines[0].startswith(f"UNREADABLE  settings: {common(healthy)}: is not JSON that can be read")


def test_without_a_kicad_there_is_nothing_to_examine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert main(["kicad", "doctor"]) == 2
    assert "there are no settings of KiCad 9.0 or newer here" in capsys.readouterr().err


def test_only_the_version_that_is_named_is_examined(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started(healthy, "10.0")
    assert main(["kicad", "doctor", "--version", "9"]) == 0
    assert "KiCad 10.0" not in capsys.readouterr().out
    assert main(["kicad", "doctor"]) == 1
    assert "KiCad 10.0" in capsys.readouterr().out


@pytest.mark.parametrize("listening", [False, True])
def test_a_kicad_that_runs_and_does_not_answer_is_told(
    healthy: Path, listening: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overmold.kicad.live.ping._TIMEOUT_MS", 300)
    pretender = tmp_path / "pcbnew"
    shutil.copy(shutil.which("sleep") or "/bin/sleep", pretender)
    with tempfile.TemporaryDirectory(prefix="om", dir="/tmp") as short, socket.socket(socket.AF_UNIX) as server:
        if listening:
            Path(short, "kicad").mkdir()
            server.bind(f"{short}/kicad/api.sock")
            server.listen()
        process = subprocess.Popen([str(pretender), "60"], env={**os.environ, "TMPDIR": short})
        try:
            wait_for(lambda: Path(f"/proc/{process.pid}/comm").read_text(encoding="utf-8") == "pcbnew\n", "a KiCad")
            code, lines = examined(capsys)
        finally:
            process.kill()
            process.wait()
    assert code == 1
    (problem,) = [line for line in lines if line.startswith("PROBLEM")]
    assert f"pcbnew (process {process.pid}): " in problem
    assert ("does not answer on ipc://" if listening else "listens on no socket; it was started before") in problem


def test_the_last_error_in_the_buttons_log_is_quoted(healthy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = healthy / ".cache/overmold/overmold.log"
    log.parent.mkdir(parents=True)
    overwrite(log, "10:00 pressed\n10:01  overmold: error: the first\n10:02  overmold: error: the second\n10:03 pressed\n")
    code, lines = examined(capsys)
    assert code == 0
    assert f"note        log: {log}: the last error was: 10:02  overmold: error: the second" in lines
    overwrite(log, "10:00 pressed\n")
    assert main(["kicad", "doctor"]) == 0
    assert f"ok          log: {log}: no error\n" in capsys.readouterr().out


def test_without_a_choice_in_the_settings_it_is_the_systems_python() -> None:
    assert str(interpreter_of({"api": {"interpreter_path": "/opt/python"}})) == "/opt/python"
    if sys.platform == "linux":
        assert interpreter_of({}).name == "python3"
    assert interpreter_of(json.loads(SETTINGS)).name == "python3"


def test_it_says_what_a_button_does_where_no_browser_is_found(
    healthy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    def none() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    monkeypatch.setattr("overmold.kicad.installed.doctor.notifier", lambda: "notify-send")
    code, lines = examined(capsys)
    assert code == 0
    assert any("browser: none is found from here" in line and "a notification (notify-send)" in line for line in lines)
    monkeypatch.setattr("overmold.kicad.installed.doctor.notifier", lambda: "")
    assert any("a note on the open board, which the next press removes" in line for line in examined(capsys)[1])


def test_a_folder_for_pages_that_cannot_be_written_is_a_problem(
    healthy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = healthy / "taken"
    taken.write_text("", encoding="utf-8")
    monkeypatch.setattr("overmold.kicad.installed.doctor.report_folder", lambda: taken)
    code, lines = examined(capsys)
    assert code == 1
    assert any(f"pages: the buttons cannot write their pages into {taken}" in line for line in lines)
