"""The committed versions in scripts/pins: every Python has them, and none lies outside of pyproject.toml's bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from paths import PLUGIN, REPOSITORY
from test_requirements import PYTHONS, need_index

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # pytest needs it there

PINS = {file.stem: file.read_text(encoding="utf-8") for file in (REPOSITORY / "scripts/pins").glob("*.txt")}


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return found


def required() -> list[Requirement]:
    """All that pyproject.toml asks for: at run time, in every extra, and to build."""
    extras = project()["project"]["optional-dependencies"].values()
    lines = [*project()["project"]["dependencies"], *(line for extra in extras for line in extra),
             *project()["build-system"]["requires"]]
    return [one for one in map(Requirement, lines) if one.name != "overmold"]


def stale(pins: str, requirements: list[Requirement], python: str) -> list[str]:
    """The requirements that these pins leave out or break."""
    lines = [line for line in pins.splitlines() if line and not line.startswith("#")]
    pinned = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}
    here = [one for one in requirements if one.marker is None or one.marker.evaluate({"python_version": python})]
    return [str(one) for one in here if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))]


def test_every_python_that_a_kicad_ships_has_its_pins() -> None:
    assert set(PYTHONS) <= set(PINS)


@pytest.mark.parametrize("python", sorted(PINS))
def test_the_pins_cover_every_requirement_within_its_bounds(python: str) -> None:
    assert not stale(PINS[python], required(), python), "run `make pins`"
    lines = [line for line in PINS[python].splitlines() if not line.startswith("#")]
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(set(names))
    assert all("==" in line and " " not in line for line in lines)


def test_pins_that_a_changed_bound_or_a_new_requirement_left_behind_are_found() -> None:
    pins = "# for 3.9\nnumpy==1.26.0\npy-yaml==6.0.2\n"
    wanted = ["numpy>=1.26", "numpy>=2", "Py_YAML<6.0.2", "scipy>=1", 'tomli>=2; python_version < "3.11"']
    assert stale(pins, [Requirement(line) for line in wanted], "3.11") == ["numpy>=2", "Py_YAML<6.0.2", "scipy>=1"]
    assert stale(pins, [Requirement(wanted[-1])], "3.9") == ['tomli>=2; python_version < "3.11"']


def test_every_bound_is_said_once_in_the_project_and_alike_for_kicad() -> None:
    for_kicad = {str(Requirement(line)) for line in (PLUGIN / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    own = project()["project"]
    lines = [*own["dependencies"], *own["optional-dependencies"]["kicad"]]
    assert for_kicad == {str(Requirement(line)) for line in lines}
    # What the distribution has may be older than any we know.
    assert all(any(bound.operator == ">=" for bound in Requirement(line).specifier) for line in lines)


@pytest.mark.index
def test_the_lowest_versions_are_those_that_the_bounds_name(tmp_path: Path) -> None:
    need_index()
    script = [sys.executable, str(REPOSITORY / "scripts/make_pins.py"), "--lowest", "3.9", str(tmp_path / "lowest.txt")]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lowest = (tmp_path / "lowest.txt").read_text(encoding="utf-8")
    run_time = [Requirement(line) for line in project()["project"]["dependencies"]]
    bounds = [Requirement(str(one).replace(">=", "<=") + ".0") for one in run_time]
    assert not stale(lowest, run_time, "3.9")
    assert not stale(lowest, bounds, "3.9")


def test_an_environment_is_made_of_the_pins_and_of_the_newest_where_there_are_none(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "scripts"))
    import make_venv

    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(make_venv, "has_pip", lambda python: True)
    monkeypatch.setattr(make_venv, "pip_install", lambda python, *what: asked.append(what))
    pins = make_venv.pins_for("3.9")
    assert pins == str(REPOSITORY / "scripts/pins/3.9.txt")
    monkeypatch.setattr(make_venv, "pins_for", lambda version: pins)
    make_venv.main("env", "dev")
    assert asked == [("--constraint", pins, "pip>=22.3"), ("--constraint", pins, "--build-constraint", pins, "-e", ".[dev]")]
    asked.clear()
    make_venv.main("env", "dev", "newest")
    assert asked == [("--upgrade", "pip>=22.3"), ("-e", ".[dev]")]
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(REPOSITORY / "scripts"))
    capsys.readouterr()
    assert make_venv.pins_for("3.99") == "newest"
    assert "nothing for Python 3.99 yet" in capsys.readouterr().out
