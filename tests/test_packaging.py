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
def test_the_metadata_in_each_archive_fits_the_schema_of_kicad_9(which: int, archives: tuple[Path, Path]) -> None:
    schema = json.loads((SCHEMAS / "pcm.v1.schema.json").read_text(encoding="utf-8"))
    metadata = metadata_in(archives[which])
    jsonschema.validate(metadata, schema)
    assert metadata["type"] == ("plugin", "library")[which]
    assert len(metadata["versions"]) == 1
    assert not any(key.startswith("download") for key in metadata["versions"][0])


def test_the_plugin_archive_carries_the_rules_and_all_code(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[0]) as file:
        names = set(file.namelist())
    rules = {f"plugins/overmold/rules/{path.relative_to(RULES).as_posix()}" for path in RULES.rglob("*.yaml")}
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
    plugin = json.loads((PLUGIN / "plugin.json").read_text(encoding="utf-8"))
    sys.path.insert(0, str(PLUGIN))
    import overmold

    assert plugin["identifier"] == METADATA["identifier"]
    assert METADATA["versions"][0]["version"] == overmold.__version__
    assert f'version = "{overmold.__version__}"' in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")


def test_the_plugin_requires_what_the_python_package_requires() -> None:
    requirements = (PLUGIN / "requirements.txt").read_text(encoding="utf-8").split()
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'"{line}"' in project for line in requirements)
    names = {line.split(">")[0] for line in requirements}
    assert names == {"kicad-python", "numpy", "shapely", "PyYAML", "pydantic"}


@pytest.mark.parametrize(("name", "size"), [("icons/check_light_24", 24), ("icons/check_dark_24", 24),
                                            ("icons/check_light_48", 48), ("icons/check_dark_48", 48)])
def test_icons_are_square_pngs_of_their_size(name: str, size: int) -> None:
    assert png_size((PLUGIN / f"{name}.png").read_bytes()) == (size, size)


def test_the_managers_icon_has_64_pixels() -> None:
    assert png_size((REPOSITORY / "resources/icon.png").read_bytes()) == (64, 64)


def png_size(data: bytes) -> tuple[int, int]:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_a_wheel_in_a_fresh_environment_gives_a_command_that_finds_its_rules(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, REPOSITORY)
    if built.returncode and offline(built.stderr):
        pytest.skip("the package index cannot be reached, so no wheel can be built: " + built.stderr.splitlines()[-1])
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("overmold-*.whl")
    # The dependencies come from the environment of this test: fetching them again would test pip, not the wheel.
    made = run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env")
    assert made.returncode == 0, made.stderr
    python = tmp_path / "env/bin/python"
    installed = run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel)
    assert installed.returncode == 0, installed.stderr
    packages = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site,) = (tmp_path / "env").glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(str(packages) + "\n", encoding="utf-8")
    command = tmp_path / "env/bin/overmold"
    assert run(command, "--version", cwd=tmp_path).stdout == f"overmold {METADATA['versions'][0]['version']}\n"
    listed = run(command, "rules", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "chip-not-covered" in listed.stdout
    where = run(python, "-c", "import overmold; print(overmold.__file__)", cwd=tmp_path).stdout
    assert str(site) in where


def offline(words: str) -> bool:
    return any(sign in words for sign in ("NewConnectionError", "Could not find a version", "Temporary failure",
                                          "timed out", "ProxyError", "SSLError"))
