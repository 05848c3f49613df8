"""Both archives, installed through KiCad's own Plugin and Content Manager from a file, as a user does it; no network needed.

Each step leaves a picture in build/screenshots.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kicad_window import Window
from paths import PLUGIN, REPOSITORY
from running_kicad import close_kicad, environment_of, fill_home, virtual_screen
from waiting import wait_for

SHOTS = REPOSITORY / "build/screenshots"
SETTING_UP = 240.0  # KiCad makes the plugin's environment, with packages from the network
IDENTIFIER = "com.github.overmold.overmold"


class Manager:
    """KiCad's project manager with the content manager open, in a home of its own."""

    def __init__(self, version: str, home: Path, window: Window) -> None:
        self.version, self.home, self.window = version, home, window
        self.start("kicad")
        self.focus(f"KiCad {version}")
        wait_for(lambda: self._opened("ctrl+m"), "the content manager")
        self.answer("KiCad Error", "Return", patience=20)  # it cannot reach its repository

    def start(self, program: str) -> None:
        """Start one of KiCad's programs."""
        environment = {**environment_of(self.home, self.window.display), "OVERMOLD_KICAD_PROGRAM": program}
        subprocess.Popen([str(REPOSITORY / "scripts/kicad-cli"), self.version], env=environment, start_new_session=True,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _opened(self, keys: str) -> bool:
        self.focus(f"KiCad {self.version}")
        self.window.keys(keys)
        time.sleep(1)
        return self.there("Plugin And Content Manager")

    def there(self, title: str) -> bool:
        """Whether a window with this title is shown."""
        return bool(self.window.shown(title))

    def focus(self, title: str) -> str:
        """Bring the window to the front and give it the keys; its number."""
        number = self.window.window(title)
        self.window.do("windowraise", number, "windowfocus", number)
        time.sleep(0.3)
        return number

    def place_of(self, number: str) -> tuple[int, ...]:
        """Left, top, width and height of a window."""
        rows = dict(row.split("=") for row in self.window.do("getwindowgeometry", "--shell", number).splitlines())
        return tuple(int(rows[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def done(self) -> None:
        """Close what an installation leaves: its report, and the word that the repository is not reached, in any order."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < 8:
            for title, key in (("KiCad Error", "Return"), ("Applying Package Changes", "Escape")):
                if self.there(title):
                    self.answer(title, key, patience=3)
                    quiet_since = time.monotonic()
            time.sleep(0.3)

    def answer(self, title: str, key: str, patience: float = 60) -> None:
        """Press a key in a dialog, if it comes, until it is gone."""
        end = time.monotonic() + patience
        while not self.there(title) and time.monotonic() < end:
            time.sleep(0.2)
        while (found := self.window.shown(title)) and time.monotonic() < end:  # it may go by itself between two looks
            self.window.do("windowraise", found, "windowfocus", found)
            time.sleep(0.3)
            self.window.keys(key)
            time.sleep(0.5)

    def install(self, archive: Path, name: str) -> None:
        """*Install from File…*, and the archive's path typed."""
        number = self.focus("Plugin And Content Manager")
        left, top, _, height = self.place_of(number)
        self.window.click((left + 170, top + height - 24))  # the second button of the lowest row
        self.focus("Install Package")
        self.window.keys("ctrl+l")
        self.window.do("type", "--delay", 15, archive)
        time.sleep(0.5)
        self.window.keep(f"{name}-chosen")
        self.window.keys("Return")


@pytest.fixture
def manager(kicad_version: str) -> Iterator[Manager]:
    home = Path(tempfile.mkdtemp(prefix="om", dir="/tmp"))
    fill_home(home, {"enable_server": False})
    with virtual_screen(home, "1600x1000") as display:
        yield Manager(kicad_version, home, Window(display, home / "Xvfb_screen0", SHOTS / kicad_version))
        close_kicad(home)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The plugin's and the library's archive."""
    folder = tmp_path_factory.mktemp("archives")
    subprocess.run([sys.executable, str(REPOSITORY / "scripts/package.py"), str(folder)], check=True, capture_output=True)
    library = next(folder.glob("*-library-*.zip"))
    return {"library": library, "plugin": next(path for path in folder.glob("*.zip") if path != library)}


def members(archive: Path, top: str) -> dict[str, bytes]:
    """The files under one folder of an archive."""
    with zipfile.ZipFile(archive) as file:
        return {name.removeprefix(f"{top}/"): file.read(name) for name in file.namelist() if name.startswith(f"{top}/")}


def installed(folder: Path) -> dict[str, bytes]:
    """The files under a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_both_archives_install_from_a_file_and_the_plugin_asks_for_the_api(
    manager: Manager, archives: dict[str, Path]
) -> None:
    third_party = manager.home / ".local/share/kicad" / f"{manager.version}.0" / "3rdparty"
    plugin_file, library_file = (Path(shutil.copy(archives[kind], manager.home)) for kind in ("plugin", "library"))

    manager.install(plugin_file, "10-plugin")
    plugin = third_party / "plugins" / IDENTIFIER.replace(".", "_")
    wait_for(lambda: manager.there("Enable KiCad API"), "the offer to switch the API on")
    manager.window.keep("11-api-offered")
    number = manager.focus("Enable KiCad API")
    left, top, width, height = manager.place_of(number)
    manager.window.click((left + width * 3 // 4, top + height - 18))  # Yes
    wait_for(lambda: not manager.there("Enable KiCad API"), "the offer to be taken")
    wait_for(lambda: installed(plugin) == members(archives["plugin"], "plugins"), "the plugin's files")
    manager.done()
    manager.window.keep("12-plugin-installed")

    manager.install(library_file, "13-library")
    library = third_party / "footprints" / f"{IDENTIFIER}-library".replace(".", "_")
    wait_for(lambda: installed(library) == members(archives["library"], "footprints"), "the library's files")
    manager.done()

    left, top, width, height = manager.place_of(manager.focus("Plugin And Content Manager"))
    manager.window.click((left + 183, top + 24))  # Installed (2)
    time.sleep(1)
    manager.window.keep("14-both-installed")

    manager.window.click((left + width - 60, top + height - 24))  # Close
    wait_for(lambda: not manager.there("Plugin And Content Manager"), "the content manager to be closed")
    manager.focus(f"KiCad {manager.version}")
    manager.window.keys("ctrl+q")  # KiCad writes its settings when it is closed
    settings = manager.home / ".config/kicad" / f"{manager.version}.0" / "kicad_common.json"
    wait_for(lambda: json.loads(settings.read_text(encoding="utf-8"))["api"]["enable_server"], "the API to be on")
    manager.start("pcbnew")
    manager.window.fill_with("PCB Editor")
    for button in ("check", "place", "selection"):
        manager.window.find(PLUGIN / f"icons/{button}_light_24.png", SETTING_UP)
    manager.window.keep("15-buttons")


def test_kicads_own_schema_takes_what_both_packages_say_of_themselves(kicad_version: str, archives: dict[str, Path]) -> None:
    import jsonschema

    shares = [REPOSITORY / ".kicad" / kicad_version / "usr/share/kicad", Path("/usr/share/kicad")]
    schema = next(path for share in shares if (path := share / "schemas/pcm.v1.schema.json").exists())
    rules = json.loads(schema.read_text(encoding="utf-8"))
    for archive in archives.values():
        with zipfile.ZipFile(archive) as file:
            jsonschema.validate(json.loads(file.read("metadata.json")), rules)
