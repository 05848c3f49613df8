"""`overmold kicad install`, as a user runs it: from a checkout, from a wheel, and where it must refuse."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from overmold import __version__
from overmold.cli import main
from overmold.kicad.installed import running
from overmold.kicad.installed.homes import IDENTIFIER, find_homes
from overmold.kicad.installed.payload import plugin_files, tree
from paths import PLUGIN, REPOSITORY
from user_home import SETTINGS, common, environment, everything_in, place, started
from waiting import wait_for


def test_from_a_checkout_the_whole_plugin_is_copied_and_the_api_switched_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kicad", "install", "--yes"]) == 0
    assert tree(place(home)) == plugin_files()
    assert {"plugin.json", "requirements.txt", "check_package.py", "LICENSE"} <= {one.name for one in place(home).iterdir()}
    assert (place(home) / "overmold/rules/claims/chip-not-covered.yaml").is_file()
    assert common(home).read_text(encoding="utf-8") == SETTINGS.replace("false", "true", 1)
    assert (common(home).parent / "kicad_common.json.bak").read_text(encoding="utf-8") == SETTINGS
    words = capsys.readouterr().out
    assert f"KiCad 9.0: Overmold {__version__} is in {place(home)}\n" in words
    assert "Next: start KiCad's board editor" in words


def test_from_a_wheel_the_same_files_are_copied_and_run_there(home: Path, installed_wheel: Path, tmp_path: Path) -> None:
    command = [str(installed_wheel / "bin/overmold"), "kicad", "install", "--yes"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert tree(place(home)) == plugin_files()
    rules = subprocess.run([sys.executable, "-m", "overmold", "rules"], cwd=place(home), capture_output=True, text=True,
                           check=False)
    assert "chip-not-covered" in rules.stdout


def test_a_second_run_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["kicad", "install", "--yes"])
    before, inode = everything_in(home), place(home).stat().st_ino
    capsys.readouterr()
    assert main(["kicad", "install", "--yes"]) == 0
    assert everything_in(home) == before
    assert place(home).stat().st_ino == inode
    assert "already" in capsys.readouterr().out


def test_an_older_plugin_is_replaced_whole(home: Path) -> None:
    main(["kicad", "install", "--yes"])
    (place(home) / "overmold/__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    (place(home) / "overmold/gone.py").write_text("", encoding="utf-8")
    assert main(["kicad", "install"]) == 0
    assert tree(place(home)) == plugin_files()
    assert not list(place(home).parents[1].glob(".overmold-*"))


def test_every_kicad_from_9_on_gets_it_or_only_the_one_named(home: Path) -> None:
    started(home, "10.0")
    started(home, "8.0")
    assert main(["kicad", "install", "--yes", "--version", "10"]) == 0
    assert (place(home, "10.0").exists(), place(home, "9.0").exists()) == (True, False)
    assert main(["kicad", "install", "--yes"]) == 0
    assert (place(home, "9.0").exists(), place(home, "8.0").exists()) == (True, False)
    assert common(home, "8.0").read_text(encoding="utf-8") == SETTINGS


def test_a_link_runs_the_checkout_as_it_stands(home: Path) -> None:
    assert main(["kicad", "install", "--link", "--yes"]) == 0
    assert place(home).resolve() == PLUGIN
    code = "from overmold.rule import load_deck; print(len(load_deck().rules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=place(home), capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(place(home))})
    assert int(done.stdout) > 20, done.stderr
    assert main(["kicad", "install", "--yes"]) == 0  # and back to a copy: the checkout itself stays
    assert not place(home).is_symlink()
    assert (PLUGIN / "plugin.json").is_file()


def test_a_wheel_has_nothing_to_link_to(home: Path, installed_wheel: Path, tmp_path: Path) -> None:
    command = [str(installed_wheel / "bin/overmold"), "kicad", "install", "--link"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "is not a checkout of Overmold" in done.stderr
    assert not place(home).exists()


def test_what_was_installed_is_taken_away_again_with_its_environment(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["kicad", "install", "--yes"])
    neighbour = place(home).parent / "org.example.other"
    neighbour.mkdir()
    (environment(home) / "bin").mkdir(parents=True)
    assert main(["kicad", "install", "--uninstall"]) == 0
    assert not place(home).exists()
    assert not environment(home).exists()
    assert neighbour.exists()
    assert "was removed from" in capsys.readouterr().out
    assert main(["kicad", "install", "--uninstall"]) == 0
    assert "was not in" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--yes"], ["--link", "--yes"], ["--uninstall"]], ids=" ".join)
def test_a_folder_that_is_not_ours_is_never_touched(
    home: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    place(home).mkdir(parents=True)
    (place(home) / "mine.txt").write_text("mine", encoding="utf-8")
    before = everything_in(home)
    assert main(["kicad", "install", *arguments]) == 2
    assert everything_in(home) == before
    assert f"{place(home)}: was not put there by Overmold" in capsys.readouterr().err


def test_a_copy_from_kicads_manager_is_told_of_since_kicad_would_take_that_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = home / ".local/share/kicad/9.0/3rdparty/plugins" / IDENTIFIER.replace(".", "_")
    shutil.copytree(PLUGIN, copy, ignore=shutil.ignore_patterns("overmold", "__pycache__"))
    assert main(["kicad", "install", "--yes"]) == 2
    assert f"{copy}: holds Overmold already" in capsys.readouterr().err
    assert not place(home).exists()


def test_without_any_kicad_it_says_to_start_one_first(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    assert main(["kicad", "install", "--yes"]) == 2
    assert "there are no settings of KiCad 9.0 or newer here; start it once" in capsys.readouterr().err
    monkeypatch.setenv("HOME", str(home))
    assert main(["kicad", "install", "--yes", "--version", "10.0"]) == 2
    assert "no settings of KiCad 10.0 here (only of 9.0)" in capsys.readouterr().err
    common(home).unlink()
    assert main(["kicad", "install", "--yes"]) == 2
    assert "is not there: start KiCad 9.0 once" in capsys.readouterr().err
    assert not place(home).exists()


@pytest.mark.parametrize(("version", "words"), [("8", "KiCad 8.0 has no API"), ("ten", "'ten' is not a KiCad version")])
def test_a_version_that_is_none_is_refused(
    home: Path, version: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kicad", "install", "--version", version]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("broken", ['{"api": {', "[]", "", '{"a": "\udcff"}'])
def test_settings_that_cannot_be_read_stop_everything(
    home: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    common(home).write_bytes(broken.encode(errors="surrogateescape"))
    assert main(["kicad", "install", "--yes"]) == 2
    assert "is not JSON that can be read" in capsys.readouterr().err
    assert not place(home).exists()


def test_a_place_that_cannot_be_written_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = place(home).parents[2]
    documents.parent.mkdir(parents=True)
    documents.write_text("", encoding="utf-8")  # a file where a folder is due: refused to root too
    assert main(["kicad", "install", "--yes"]) == 2
    assert f"{documents}/9.0/plugins: cannot be written: Not a directory; nothing was changed" in capsys.readouterr().err
    assert common(home).read_text(encoding="utf-8") == SETTINGS


def test_a_disk_that_fails_half_way_leaves_the_plugin_that_was_there(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["kicad", "install", "--yes"])
    (place(home) / "overmold/__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    before, rename = everything_in(home), Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    assert main(["kicad", "install", "--yes"]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert everything_in(home) == before


# --- The API ------------------------------------------------------------------------------------------------------------------


def test_without_a_terminal_and_without_yes_it_says_what_to_do_instead(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kicad", "install"]) == 0
    assert common(home).read_text(encoding="utf-8") == SETTINGS
    assert "its API is off, so no button appears: switch it on in KiCad under Preferences > Plugins" in capsys.readouterr().out
    assert place(home).is_dir()


@pytest.mark.parametrize(("answer", "on"), [("y", True), ("Yes", True), ("", False), ("n", False)])
def test_on_a_terminal_it_asks_before_it_changes_a_setting(
    home: Path, answer: str, on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or answer)
    assert main(["kicad", "install"]) == 0
    assert asked == ["Switch on the API of KiCad 9.0, without which no button appears? [y/N] "]
    assert json.loads(common(home).read_text(encoding="utf-8"))["api"]["enable_server"] is on


def test_a_kicad_that_runs_would_undo_the_change_so_nothing_is_done(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pretender = tmp_path / "pcbnew"
    shutil.copy(shutil.which("sleep") or "/bin/sleep", pretender)
    process = subprocess.Popen([str(pretender), "60"])
    try:
        wait_for(lambda: bool(running.running(find_homes()[0])), "a KiCad")
        assert main(["kicad", "install", "--yes"]) == 2
        words = capsys.readouterr().err
        assert f"cannot be changed while KiCad runs, which writes it anew when it ends: pcbnew (process {process.pid})" in words
        assert not place(home).exists()
        assert common(home).read_text(encoding="utf-8") == SETTINGS
        assert main(["kicad", "install"]) == 0  # the plugin alone can be put there
    finally:
        process.kill()
        process.wait()


def test_a_kicad_with_settings_elsewhere_is_in_nobodys_way(home: Path, tmp_path: Path) -> None:
    pretender = tmp_path / "pcbnew"
    shutil.copy(shutil.which("sleep") or "/bin/sleep", pretender)
    process = subprocess.Popen([str(pretender), "60"], env={**os.environ, "KICAD_CONFIG_HOME": str(tmp_path)})
    try:
        wait_for(lambda: Path(f"/proc/{process.pid}/comm").read_text(encoding="utf-8") == "pcbnew\n", "a KiCad")
        assert main(["kicad", "install", "--yes"]) == 0
    finally:
        process.kill()
        process.wait()


# --- The real thing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def short() -> Iterator[str]:
    """A folder for KiCad's socket, whose whole path must not be longer than a hundred letters."""
    with tempfile.TemporaryDirectory(prefix="om", dir="/tmp") as name:
        yield name


def test_kicad_takes_the_plugin_from_a_home_where_only_this_command_has_been(
    kicad_version: str, home: Path, screen: str, short: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    version = f"{kicad_version}.0"
    shutil.rmtree(home / ".config/kicad")
    first = {"api": {"enable_server": False}, "system": {"first_run_shown": True, "setup_wizard_completed": True},
             "do_not_show_again": {"data_collection_prompt": True, "update_check_prompt": True,
                                   "env_var_overwrite_warning": True}}
    folder = started(home, version, json.dumps(first, indent=2)).parent
    for table in ("fp_lib_table", "sym_lib_table", "design_block_lib_table"):
        (folder / table.replace("_", "-")).write_text(f"({table}\n  (version 7)\n)\n", encoding="utf-8")
    assert main(["kicad", "install", "--yes"]) == 0
    board = tmp_path / "a.kicad_pcb"
    board.write_text('(kicad_pcb (version 20241229) (generator "test"))', encoding="utf-8")
    variables = {**os.environ, "TMPDIR": short, "DISPLAY": screen, "OVERMOLD_KICAD_PROGRAM": "pcbnew",
                 "LC_ALL": "C.UTF-8"}
    editor = subprocess.Popen([str(REPOSITORY / "scripts/kicad-cli"), kicad_version, str(board)], env=variables,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        made = environment(home, version)
        wait_for((made / "bin/python").exists, "the environment")
        wait_for(lambda: list(made.glob("lib/python*/site-packages/pip")), "pip in it")
        capfd.readouterr()
        main(["kicad", "doctor"])
        words = capfd.readouterr().out
        assert "ok          API: is on\n" in words
        assert f"ok          plugin: {__version__} in {place(home, version)}\n" in words
        wait_for(lambda: doctor_says("answers as KiCad " + kicad_version, capfd), "KiCad to answer")
    finally:
        os.killpg(editor.pid, signal.SIGKILL)
        editor.wait()


def doctor_says(words: str, capfd: pytest.CaptureFixture[str]) -> bool:
    main(["kicad", "doctor"])
    return words in capfd.readouterr().out
