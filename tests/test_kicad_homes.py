"""Where KiCad keeps its settings on each system, what runs there, and the one word that is changed in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from overmold.cli import main
from overmold.kicad.installed.homes import IDENTIFIER, bases
from overmold.kicad.installed.running import Running, listed
from overmold.kicad.installed.settings import with_api_on
from user_home import SETTINGS, place


def test_each_system_has_its_own_places(tmp_path: Path) -> None:
    (linux,) = bases({"HOME": "/home/u"}, "linux")
    assert str(linux.documents) == "/home/u/.local/share/kicad"
    (macos,) = bases({"HOME": "/Users/u"}, "darwin")
    assert (str(macos.documents), str(macos.settings)) == ("/Users/u/Documents/KiCad", "/Users/u/Library/Preferences/kicad")
    (windows,) = bases({"USERPROFILE": "C:/Users/u", "APPDATA": "C:/Users/u/AppData/Roaming"}, "win32")
    assert (str(windows.documents), str(windows.cache)) == ("C:/Users/u/Documents/KiCad", "C:/Users/u/AppData/Local/KiCad")
    assert str(windows.settings) == "C:/Users/u/AppData/Roaming/kicad"
    (tmp_path / ".var/app/org.kicad.KiCad").mkdir(parents=True)
    assert len(bases({"HOME": str(tmp_path)}, "linux")) == 2


def test_kicads_own_variables_move_the_places(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KICAD_DOCUMENTS_HOME", str(tmp_path / "documents"))
    monkeypatch.setenv("KICAD_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config/9.0").mkdir(parents=True)
    (tmp_path / "config/9.0/kicad_common.json").write_text(SETTINGS, encoding="utf-8")
    assert main(["kicad", "install", "--yes"]) == 0
    assert (tmp_path / "documents/kicad/9.0/plugins" / IDENTIFIER / "plugin.json").is_file()
    assert not place(home).exists()


def test_processes_are_told_by_name_on_windows_and_macos() -> None:
    windows = '"System","4","Services","0","136 K"\n"pcbnew.exe","71","Console","1","90 K"\n"kicad-cli.exe","9","x","1","1 K"\n'
    assert listed(windows, windows=True) == [Running("pcbnew", 71)]
    macos = "/sbin/launchd  1\n/Applications/KiCad/KiCad.app/Contents/MacOS/kicad  712\n/usr/bin/My kicad thing 8\n"
    assert listed(macos, windows=False) == [Running("kicad", 712)]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (SETTINGS, SETTINGS.replace("false", "true", 1)),
        ('{"api":{"enable_server":false}}', '{"api":{"enable_server":true}}'),
        ('{\r\n  "api": {}\r\n}\r\n', '{\r\n  "api": {"enable_server": true}\r\n}\r\n'),
        ('{\n  "api": {\n    "x": 1\n  }\n}', '{\n  "api": {\n    "enable_server": true,\n    "x": 1\n  }\n}'),
        ('\ufeff{"a": "api"}', '\ufeff{"api": {"enable_server": true},"a": "api"}'),
        ("{}", '{"api": {"enable_server": true}}'),
        ('{"api": null, "b": 1}', '{"api": {"enable_server": true}, "b": 1}'),
        ('{"api": 1, "api": {"enable_server": false}}', '{"api": 1, "api": {"enable_server": true}}'),
    ],
)
def test_one_word_of_the_settings_changes_and_every_other_byte_stays(text: str, changed: str) -> None:
    assert with_api_on(text) == changed
    assert json.loads(changed.lstrip("\ufeff"))["api"]["enable_server"] is True
