"""The home of a user who has started KiCad once, and what stands where in it."""

from __future__ import annotations

from pathlib import Path

from overmold.kicad.installed.homes import IDENTIFIER

# As KiCad 9.0.8 writes it, in part.
SETTINGS = """{
  "api": {
    "enable_server": false,
    "interpreter_path": "/usr/bin/python3"
  },
  "appearance": {
    "hicontrast_dimming_factor": 0.800000011920929,
    "name": "Müller \\u00e4"
  },
  "session": {"enable_server": false}
}"""


def started(home: Path, version: str, settings: str = SETTINGS) -> Path:
    """Give a home the settings of a KiCad that has been started there; the file that says whether the API is on."""
    file = common(home, version)
    file.parent.mkdir(parents=True)
    file.write_text(settings, encoding="utf-8")
    return file


def common(home: Path, version: str = "9.0") -> Path:
    """KiCad's common settings."""
    return home / ".config/kicad" / version / "kicad_common.json"


def place(home: Path, version: str = "9.0") -> Path:
    """Where the plugin belongs."""
    return home / ".local/share/kicad" / version / "plugins" / IDENTIFIER


def environment(home: Path, version: str = "9.0") -> Path:
    """Where KiCad makes the plugin's virtual environment."""
    return home / ".cache/kicad" / version / "python-environments" / IDENTIFIER


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
