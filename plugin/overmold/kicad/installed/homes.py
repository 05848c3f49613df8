"""Where each KiCad of this user keeps its settings, plugins and Python environments."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...faults import fail

IDENTIFIER = "com.github.overmold.overmold"  # of the plugin; tests hold it against plugin.json
COMMON = "kicad_common.json"
_FIRST_WITH_API = (9, 0)


@dataclass(frozen=True)
class Home:
    """One KiCad version of this user, ``9.0`` for example, by the folders that concern a plugin."""

    version: str
    settings: Path
    documents: Path
    cache: Path

    @property
    def common(self) -> Path:
        """The file of settings that holds whether the API is on."""
        return self.settings / COMMON

    @property
    def plugin(self) -> Path:
        """Where ``kicad install`` puts the plugin."""
        return self.documents / "plugins" / IDENTIFIER

    @property
    def environment(self) -> Path:
        """The virtual environment that KiCad makes for the plugin."""
        return self.cache / "python-environments" / IDENTIFIER


@dataclass(frozen=True)
class Bases:
    """The three folders that have one folder for each KiCad version in them."""

    settings: Path
    documents: Path
    cache: Path


def find_homes(version: str = "") -> list[Home]:
    """Every KiCad from 9.0 on that has settings here, oldest first, or the one asked for; raises Faults if there is none."""
    wanted = version if not version or "." in version else f"{version}.0"
    if wanted and not re.fullmatch(r"\d+\.\d+", wanted):
        raise fail("--version", f"'{version}' is not a KiCad version; write for example 9.0")
    if wanted and _number(wanted) < _FIRST_WITH_API:
        raise fail("--version", f"KiCad {wanted} has no API for plugins like this one; KiCad 9.0 is the first that has")
    places = bases(os.environ, sys.platform)
    found = [(one.name, base) for base in places for one in _folders(base.settings)]
    homes = [Home(name, base.settings / name, base.documents / name, base.cache / name) for name, base in found
             if name == wanted or (not wanted and _number(name) >= _FIRST_WITH_API)]
    if not homes:
        what = f"KiCad {wanted}" if wanted else "KiCad 9.0 or newer"
        others = ", ".join(sorted({name for name, _ in found}, key=_number))
        raise fail(str(places[0].settings), f"there are no settings of {what} here{f' (only of {others})' if others else ''}; "
                                            "start it once, close it, and run this again")
    return sorted(homes, key=lambda home: _number(home.version))


def bases(environ: Mapping[str, str], platform: str) -> tuple[Bases, ...]:
    """Where a KiCad that runs with this environment looks; on Linux also where one from Flathub does."""
    home = Path(environ.get("USERPROFILE" if platform == "win32" else "HOME") or Path.home())
    if platform == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData/Roaming")
        local = Path(environ.get("LOCALAPPDATA") or home / "AppData/Local")
        found = [(roaming / "kicad", _windows_documents(home) / "KiCad", local / "KiCad")]
    elif platform == "darwin":
        found = [(home / "Library/Preferences/kicad", home / "Documents/KiCad", home / "Library/Caches/KiCad")]
    else:
        found = [(Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "kicad",
                  Path(environ.get("XDG_DATA_HOME") or home / ".local/share") / "kicad",
                  Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / "kicad")]
        flatpak = home / ".var/app/org.kicad.KiCad"
        if flatpak.is_dir():
            found.append((flatpak / "config/kicad", flatpak / "data/kicad", flatpak / "cache/kicad"))
    own = "kicad" if platform.startswith("linux") else "KiCad"
    settings, documents, cache = (environ.get(f"KICAD_{name}_HOME") for name in ("CONFIG", "DOCUMENTS", "CACHE"))
    places = [Bases(Path(settings) if settings else one[0], Path(documents) / own if documents else one[1],
                    Path(cache) / own if cache else one[2]) for one in found]
    return tuple({place.settings: place for place in reversed(places)}.values())[::-1]


def _folders(base: Path) -> list[Path]:
    """The folders that are named like a version; none where there is nothing to look into."""
    try:
        return [one for one in base.iterdir() if re.fullmatch(r"\d+\.\d+", one.name) and one.is_dir()]
    except OSError:
        return []


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _windows_documents(home: Path) -> Path:
    """Documents may have been moved, to OneDrive for example: the registry knows."""
    if sys.platform == "win32":
        import winreg

        where = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, where) as key:
                return Path(os.path.expandvars(str(winreg.QueryValueEx(key, "Personal")[0])))
        except OSError:
            pass
    return home / "Documents"
