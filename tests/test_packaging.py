"""The archives for KiCad's Plugin and Content Manager, and what pip installs."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from paths import LIBRARY, PLUGIN, REPOSITORY, RULES

KIPY = importlib.util.find_spec("kipy")
assert KIPY is not None
assert KIPY.origin is not None
SCHEMAS = Path(KIPY.origin).parent / "packaging/schemas"
METADATA = json.loads((REPOSITORY / "metadata.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((PLUGIN / "plugin.json").read_text(encoding="utf-8"))


def run(*command: object, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)


def pack(folder: Path) -> tuple[Path, Path]:
    """The plugin's archive and the library's."""
    done = run(sys.executable, "scripts/package.py", folder)
    assert done.returncode == 0, done.stderr
    stem, version = METADATA["identifier"], METADATA["versions"][0]["version"]
    return folder / f"{stem}-{version}.zip", folder / f"{stem}-library-{version}.zip"


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return pack(tmp_path_factory.mktemp("dist"))


def metadata_in(archive: Path) -> Any:
    with zipfile.ZipFile(archive) as file:
        return json.loads(file.read("metadata.json"))


@pytest.mark.skipif(sys.version_info < (3, 10), reason="kicad-python-packager 0.8 itself does not start on Python 3.9")
@pytest.mark.parametrize("what", ["plugin", "archive"])
def test_kicads_own_packager_finds_no_fault(what: str, archives: tuple[Path, Path]) -> None:
    packager = Path(sys.executable).with_name("kicad-python-packager")
    done = run(packager, "validate", PLUGIN if what == "plugin" else archives[0])
    words = done.stdout + done.stderr
    assert done.returncode == 0, words
    assert "[error]" not in words
    assert "[warning]" not in words


@pytest.mark.parametrize("which", [0, 1], ids=["plugin", "library"])
def test_the_metadata_in_each_archive_fits_kicad_pythons_schema(which: int, archives: tuple[Path, Path]) -> None:
    schema = json.loads((SCHEMAS / "pcm.v1.schema.json").read_text(encoding="utf-8"))
    metadata = metadata_in(archives[which])
    jsonschema.validate(metadata, schema)
    assert metadata["type"] == ("plugin", "library")[which]
    assert len(metadata["versions"]) == 1
    assert not any(key.startswith("download") for key in metadata["versions"][0])


def test_the_plugin_archive_carries_the_rules_and_all_code(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[0]) as file:
        names = set(file.namelist())
    rules = {f"plugins/overmold/rules/{path.relative_to(RULES).as_posix()}" for path in RULES.rglob("*.*")
             if path.name != "README.md"}
    code = {f"plugins/{path.relative_to(PLUGIN).as_posix()}" for path in PLUGIN.rglob("*.py")}
    assert rules
    assert rules | code | {"plugins/plugin.json", "plugins/requirements.txt", "resources/icon.png"} <= names
    assert {name.split("/")[0] for name in names} == {"metadata.json", "resources", "plugins"}
    assert not any("__pycache__" in name for name in names)


def test_an_unpacked_plugin_runs_and_finds_its_rules(archives: tuple[Path, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(archives[0]) as file:
        file.extractall(tmp_path)
    done = run(sys.executable, "-m", "overmold", "rules", cwd=tmp_path / "plugins")
    assert done.returncode == 0, done.stderr
    assert "chip-not-covered" in done.stdout


def test_the_library_archive_carries_every_footprint(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[1]) as file:
        names = {name for name in file.namelist() if name.endswith(".kicad_mod")}
    assert names == {f"footprints/{path.relative_to(LIBRARY).as_posix()}" for path in LIBRARY.rglob("*.kicad_mod")}
    assert len(names) >= 12


def test_packing_twice_gives_the_same_bytes(archives: tuple[Path, Path], tmp_path: Path) -> None:
    assert [path.read_bytes() for path in pack(tmp_path)] == [path.read_bytes() for path in archives]


def test_plugin_and_package_speak_of_the_same_thing() -> None:
    sys.path.insert(0, str(PLUGIN))
    import overmold
    from overmold.kicad.installed.homes import IDENTIFIER

    assert MANIFEST["identifier"] == METADATA["identifier"] == IDENTIFIER
    assert METADATA["versions"][0]["version"] == overmold.__version__


@pytest.mark.parametrize("size", [24, 48])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("action", MANIFEST["actions"], ids=lambda action: action["identifier"])
def test_every_button_has_square_pngs_of_each_size_for_each_theme(action: dict[str, Any], theme: str, size: int) -> None:
    (name,) = [name for name in action[f"icons-{theme}"] if name.endswith(f"_{size}.png")]
    assert png_size((PLUGIN / name).read_bytes()) == (size, size)


def test_no_two_icons_are_the_same_picture() -> None:
    pictures = [path.read_bytes() for path in (PLUGIN / "icons").iterdir()]
    assert len(pictures) == 4 * len(MANIFEST["actions"])
    assert len(set(pictures)) == len(pictures)


def test_the_three_buttons_are_named_in_the_description_too() -> None:
    names = [action["name"] for action in MANIFEST["actions"]]
    assert names == ["Check package", "Place package", "Package from selection"]
    assert all(f"'{name}'" in METADATA["description_full"] for name in names)


def test_the_managers_icon_has_64_pixels() -> None:
    assert png_size((REPOSITORY / "resources/icon.png").read_bytes()) == (64, 64)


def png_size(data: bytes) -> tuple[int, int]:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_a_wheel_in_a_fresh_environment_gives_a_command_that_finds_its_rules(installed_wheel: Path, tmp_path: Path) -> None:
    command = installed_wheel / "bin/overmold"
    assert run(command, "--version", cwd=tmp_path).stdout == f"overmold {METADATA['versions'][0]['version']}\n"
    listed = run(command, "rules", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "chip-not-covered" in listed.stdout
    where = run(installed_wheel / "bin/python", "-c", "import overmold; print(overmold.__file__)", cwd=tmp_path).stdout
    assert str(installed_wheel) in where


def test_a_wheel_carries_every_file_of_the_plugin(installed_wheel: Path, archives: tuple[Path, Path]) -> None:
    code = ("import json; from overmold.kicad.installed.payload import plugin_files\n"
            "print(json.dumps(sorted(plugin_files())))")
    listed = json.loads(run(installed_wheel / "bin/python", "-c", code, cwd=installed_wheel).stdout)
    with zipfile.ZipFile(archives[0]) as file:
        packed = sorted(name[len("plugins/"):] for name in file.namelist() if name.startswith("plugins/"))
    assert listed == packed
