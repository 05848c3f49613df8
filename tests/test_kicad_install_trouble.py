"""`overmold kicad install` where something is in the way: all is looked at before the first file is put, and nothing that is
somebody's own is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from overmold.cli import main
from overmold.kicad.installed import settings
from overmold.kicad.installed.payload import plugin_files, tree
from user_home import SETTINGS, common, environment, everything_in, place, started


def outdated(home: Path, version: str = "9.0") -> None:
    (place(home, version) / "overmold/__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")


def test_files_of_ones_own_in_the_plugins_folder_are_kept_and_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["kicad", "install", "--yes"])
    own = {"notes.txt": "mine", "overmold/rules/claims/mine.yaml": "rule", "icons/mine.png": "png", ".hidden/x": "h",
           "overmold/mine.py": "code"}
    for name, words in own.items():
        (place(home) / name).parent.mkdir(exist_ok=True)
        (place(home) / name).write_text(words, encoding="utf-8")
    (place(home) / "link").symlink_to("/nowhere")
    for _ in range(2):
        outdated(home)
        capsys.readouterr()
        assert main(["kicad", "install"]) == 0
        words = capsys.readouterr().out
        kept = {**{f".kept/{name}" if name.startswith("overmold/") else name: text for name, text in own.items()}}
        for name, text in kept.items():
            assert (place(home) / name).read_text(encoding="utf-8") == text
            assert f"{place(home) / name} is yours and was kept" in words
        assert (place(home) / "link").readlink() == Path("/nowhere")
        # No code and no rule among ours that is not ours.
        assert tree(place(home) / "overmold") == {name[9:]: data for name, data in plugin_files().items()
                                                  if name.startswith("overmold/")}
    assert main(["kicad", "install"]) == 0
    assert "already" in capsys.readouterr().out


def test_taking_the_plugin_away_leaves_files_of_ones_own_and_it_can_come_back(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["kicad", "install", "--yes"])
    (place(home) / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["kicad", "install", "--uninstall"]) == 0
    assert f"{place(home)}/notes.txt is yours and was kept" in capsys.readouterr().out
    assert [name for name in everything_in(place(home)) if not name.startswith(".")] == ["notes.txt"]
    assert main(["kicad", "install"]) == 0
    assert (place(home) / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert {name: data for name, data in tree(place(home)).items() if name != "notes.txt"} == plugin_files()


def test_a_link_does_not_hide_files_of_ones_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["kicad", "install", "--yes"])
    (place(home) / "notes.txt").write_text("mine", encoding="utf-8")
    before = everything_in(home)
    assert main(["kicad", "install", "--link"]) == 2
    assert "holds files of your own, which a link would hide: notes.txt" in capsys.readouterr().err
    assert everything_in(home) == before


@pytest.mark.parametrize("trouble", ["place", "settings", "not json", "old copy", "disk"])
def test_what_fails_for_the_second_kicad_is_found_before_the_first_gets_a_file(
    home: Path, trouble: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started(home, "10.0")
    second = place(home, "10.0")
    if trouble == "place":
        second.parents[1].parent.mkdir(parents=True)
        second.parents[1].write_text("", encoding="utf-8")
    elif trouble == "settings":
        real = settings.os.access
        monkeypatch.setattr(settings.os, "access",
                            lambda path, mode: "config/kicad/10.0" not in str(path) and real(path, mode))
    elif trouble == "not json":
        common(home, "10.0").write_text("{", encoding="utf-8")
    elif trouble == "old copy":
        second.mkdir(parents=True)
        (second / "mine").write_text("", encoding="utf-8")
    else:
        write = Path.write_bytes

        def full(self: Path, data: bytes) -> int:
            if "/10.0/" in str(self):
                raise OSError(28, "No space left on device", str(self))
            return write(self, data)

        monkeypatch.setattr(Path, "write_bytes", full)
    before = everything_in(home)
    assert main(["kicad", "install", "--yes"]) == 2
    assert "10.0" in capsys.readouterr().err
    assert everything_in(home) == before


def test_an_older_backup_stays_and_a_link_in_its_place_is_not_followed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = common(home)
    precious = tmp_path / "precious"
    precious.write_text("precious", encoding="utf-8")
    file.with_name("kicad_common.json.bak").symlink_to(precious)
    file.with_name("kicad_common.json.bak2").write_text("older", encoding="utf-8")
    file.with_name("kicad_common.json.bak3").symlink_to(tmp_path / "nothing")
    assert main(["kicad", "install", "--yes"]) == 0
    assert "the former settings are in kicad_common.json.bak4 beside" in capsys.readouterr().out
    assert file.with_name("kicad_common.json.bak4").read_text(encoding="utf-8") == SETTINGS
    assert precious.read_text(encoding="utf-8") == "precious"
    assert file.with_name("kicad_common.json.bak2").read_text(encoding="utf-8") == "older"
    assert not (tmp_path / "nothing").exists()
    file.write_text(SETTINGS, encoding="utf-8")
    assert main(["kicad", "install", "--yes"]) == 0
    assert "in kicad_common.json.bak4 beside" in capsys.readouterr().out  # the same once is enough
    assert not file.with_name("kicad_common.json.bak5").exists()


def test_settings_that_are_a_link_stay_one(home: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    common(home).replace(real)
    common(home).symlink_to(real)
    assert main(["kicad", "install", "--yes"]) == 0
    assert common(home).is_symlink()
    assert real.read_text(encoding="utf-8") == SETTINGS.replace("false", "true", 1)
    assert not list(tmp_path.glob(".overmold-*"))


def test_two_kicads_that_share_one_folder_by_a_link_get_one_plugin(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started(home, "10.0")
    shared = place(home, "9.0").parent
    shared.mkdir(parents=True)
    place(home, "10.0").parents[1].mkdir(parents=True)
    place(home, "10.0").parent.symlink_to(shared)
    assert main(["kicad", "install", "--yes"]) == 0
    assert tree(place(home, "10.0")) == plugin_files()


def test_an_installation_that_was_killed_half_way_is_mended_by_the_next(home: Path) -> None:
    main(["kicad", "install", "--yes"])
    (place(home) / "notes.txt").write_text("mine", encoding="utf-8")
    left = place(home).parents[1] / ".overmold-abcd1234"
    left.mkdir()
    place(home).rename(left / "old")  # killed between taking the old one out and putting the new one there
    (left / "new").mkdir()
    assert not environment(home).exists()
    assert main(["kicad", "install"]) == 0
    assert (place(home) / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(place(home).parents[1].glob(".overmold-*"))
