"""The plugin's archive that needs no network: what is in it, and that KiCad's own pip command is content with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kicad_window import Window
from overmold.kicad.installed.requirements import read_requirements
from paths import PLUGIN, REPOSITORY
from python39 import need_python39
from running_kicad import close_kicad, environment_of, fill_home, virtual_screen
from test_content_manager import SETTING_UP
from test_requirements import PLATFORMS, PYTHONS, need_index, pip

IDENTIFIER = "com.github.overmold.overmold"
SYSTEMS = {"linux": ("linux-x86_64",), "macos": ("macos-arm64", "macos-x86_64"), "windows": ("windows",)}
# As KiCad 9.0.8 and 10 call it, in an environment with nothing but VIRTUAL_ENV.
KICADS_PIP = ("-m", "pip", "install", "--no-input", "--isolated", "--only-binary", ":all:", "--require-virtualenv",
              "--exists-action", "i", "-r", "requirements.txt")


def pack(folder: Path, system: str) -> Path:
    need_index()
    done = subprocess.run([sys.executable, str(REPOSITORY / "scripts/package.py"), str(folder), "--offline", system],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob(f"*-offline-{system}.zip")
    return archive


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's folder out of the archive for Linux."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(pack(folder, "linux")) as file:
        file.extractall(folder)
    return folder / "plugins"


def without_network(*command: str) -> list[str]:
    """The command where there is no network at all, as far as this system lets one."""
    apart = ["unshare", "--net"]
    can = shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0
    return [*(apart if can else ()), *command]


@pytest.mark.index
@pytest.mark.parametrize("system", SYSTEMS)
def test_everything_that_is_required_is_in_the_archive_for_every_python(system: str, tmp_path: Path) -> None:
    archive = pack(tmp_path, system)
    with zipfile.ZipFile(archive) as file:
        metadata = json.loads(file.read("metadata.json"))
        file.extractall(tmp_path)
    assert metadata["versions"][0]["platforms"] == [system]
    plugin = tmp_path / "plugins"
    online = read_requirements((PLUGIN / "requirements.txt").read_text(encoding="utf-8"))
    assert read_requirements((plugin / "requirements.txt").read_text(encoding="utf-8")) == online
    for python in PYTHONS:
        for platform in SYSTEMS[system]:
            where = [word for name in PLATFORMS[platform] for word in ("--platform", name)]
            done = pip("install", "--dry-run", "--quiet", "--isolated", "--target", tmp_path / "to", "--only-binary", ":all:",
                       "--implementation", "cp", "--python-version", python, *where, "-r", plugin / "requirements.txt")
            assert done.returncode == 0, f"{python} {platform}: {done.stderr}"


@pytest.mark.index
@pytest.mark.parametrize("python", ["this", "3.9"])
def test_kicads_pip_sets_the_plugin_up_without_a_network_and_it_runs(python: str, plugin: Path, tmp_path: Path) -> None:
    program = sys.executable if python == "this" else need_python39()
    environment = tmp_path / "env"
    subprocess.run([program, "-m", "venv", str(environment)], check=True)
    own = str(environment / "bin/python")
    bare = {"VIRTUAL_ENV": str(environment)}
    done = subprocess.run(without_network(own, *KICADS_PIP), cwd=plugin, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code = "import overmold.buttons.check, overmold.pages.render, jinja2, kipy, shapely, yaml"
    done = subprocess.run([own, "-c", code], cwd=plugin, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    fill_home(folder, {"enable_server": True})
    yield folder
    close_kicad(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.index
def test_the_buttons_appear_in_a_kicad_that_has_no_network(kicad_version: str, plugin: Path, home: Path) -> None:
    if len(without_network("true")) == 1:
        pytest.skip("this system does not let a program be cut off from the network")
    place = home / ".local/share/kicad" / f"{kicad_version}.0" / "3rdparty/plugins" / IDENTIFIER.replace(".", "_")
    shutil.copytree(plugin, place)
    with virtual_screen(home, "1600x1000") as display:
        environment = {**environment_of(home, display), "OVERMOLD_KICAD_PROGRAM": "pcbnew"}
        command = without_network(str(REPOSITORY / "scripts/kicad-cli"), kicad_version)
        subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        window = Window(display, home / "Xvfb_screen0", REPOSITORY / "build/screenshots" / kicad_version)
        window.fill_with("PCB Editor")
        for button in ("check", "place", "selection"):
            window.find(PLUGIN / f"icons/{button}_light_24.png", SETTING_UP)
        window.keep("16-buttons-without-network")
        close_kicad(home)
