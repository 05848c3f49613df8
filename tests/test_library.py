"""The footprint library is what its specs say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from paths import LIBRARY


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", LIBRARY / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_library_is_what_its_specs_generate() -> None:
    made = generator().library_files()
    there = {path.name: path.read_bytes() for path in Path(LIBRARY / "overmold.pretty").iterdir()}
    assert sorted(there) == sorted(made)
    stale = [name for name in made if made[name] != there[name]]
    assert not stale, "run `make generated`"
    assert sum("_carrier" not in name for name in made) >= 12


def test_every_spec_is_named_after_its_package_and_its_number_of_balls() -> None:
    from overmold.package_file import read_package_file

    for path in (LIBRARY / "specs").glob("*.yaml"):
        package = read_package_file(path)
        assert package.name == path.stem
        assert package.balls is not None
        assert package.name.split("_")[0].split("-")[1] == str(len(package.balls.sites))
