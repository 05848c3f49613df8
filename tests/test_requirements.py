"""What the buttons need, on every Python that KiCad ships: KiCad's pip takes wheels only, and tells nobody of a missing one."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from overmold.kicad.installed.requirements import Requirement, read_requirements
from paths import DEMO, PLUGIN, REPOSITORY
from python39 import need_python39

REQUIREMENTS = PLUGIN / "requirements.txt"
PYTHONS = ("3.9", "3.11", "3.12", "3.13", "3.14")
ON_ARM = ("3.11", "3.13")  # Debian 12 and 13; each further one takes pip three seconds
GLIBC = range(17, 29)  # up to 2.28, of 2018: older than any Linux on which KiCad 9 is built
PLATFORMS = {
    "linux-x86_64": [f"manylinux_2_{minor}_x86_64" for minor in GLIBC] + ["manylinux2014_x86_64"],
    "linux-aarch64": [f"manylinux_2_{minor}_aarch64" for minor in GLIBC] + ["manylinux2014_aarch64"],
    "macos-arm64": ["macosx_11_0_arm64"],  # pip takes those of older systems too
    "macos-x86_64": ["macosx_11_0_x86_64"],
    "windows": ["win_amd64"],
}


def pip(*arguments: object, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@functools.cache
def need_index() -> None:
    """Skip where no package index answers; fail where KiCad is required, since there all that can be tested is to be."""
    done = pip("install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet", "kicad-python")
    if done.returncode == 0:
        return
    reason = "no package index answers: " + (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
    if os.environ.get("OVERMOLD_REQUIRE_KICAD"):
        pytest.fail(reason)
    pytest.skip(reason)


def resolved(python: str, platform: str, folder: Path) -> str:
    """What keeps pip from resolving the requirements to wheels for this Python there, "" where nothing does."""
    where = [word for name in PLATFORMS[platform] for word in ("--platform", name)]
    done = pip("install", "--dry-run", "--quiet", "--target", folder, "--only-binary", ":all:", "--implementation", "cp",
               "--python-version", python, *where, "--report", folder / f"{python}-{platform}.json", "-r", REQUIREMENTS)
    if done.returncode:
        return f"{python} {platform}: " + " ".join(line for line in done.stderr.splitlines() if line.startswith("ERROR"))
    report = json.loads((folder / f"{python}-{platform}.json").read_text(encoding="utf-8"))
    files = [one["download_info"]["url"].rpartition("/")[2] for one in report["install"]]
    return "".join(f"{python} {platform}: {name} is no wheel\n" for name in files if not name.endswith(".whl"))


@pytest.mark.index
@pytest.mark.parametrize("python", PYTHONS)
def test_the_requirements_are_wheels_for_every_system_that_kicad_runs_on(python: str, tmp_path: Path) -> None:
    need_index()
    platforms = [platform for platform in PLATFORMS if platform != "linux-aarch64" or python in ON_ARM]
    with ThreadPoolExecutor(3) as pool:
        faults = list(pool.map(lambda platform: resolved(python, platform, tmp_path), platforms))
    assert not [fault for fault in faults if fault]


def lowest(requirement: Requirement) -> str:
    """`numpy==1.26` for `numpy>=1.26`."""
    bound = next(bound for bound in requirement.bounds.split(",") if bound.startswith(">="))
    return f"{requirement.name}=={bound[2:].strip()}"


@pytest.mark.index
def test_the_lowest_versions_that_are_stated_check_a_board_on_python_3_9(tmp_path: Path) -> None:
    python = need_python39()
    need_index()
    environment = tmp_path / "env"
    subprocess.run([python, "-m", "venv", str(environment)], check=True)
    own = str(environment / "bin/python")
    versions = [lowest(one) for one in read_requirements(REQUIREMENTS.read_text(encoding="utf-8"))]
    done = pip("install", "--quiet", "--only-binary", ":all:", *versions, python=own)
    assert done.returncode == 0, done.stderr
    isolated = {**os.environ, "PYTHONPATH": str(PLUGIN), "PYTHONDONTWRITEBYTECODE": "1"}

    def overmold(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([own, "-m", "overmold", *map(str, words)], cwd=REPOSITORY, env=isolated, capture_output=True,
                              text=True, check=False)

    built = overmold("build", DEMO, "-o", tmp_path / "out")
    assert built.returncode == 0, built.stderr
    (board,) = (tmp_path / "out").glob("*.kicad_pcb")
    checked = overmold("drc", board, "--spec", DEMO)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    live = "import overmold.buttons, overmold.kicad.live.board, kipy, kipy.proto.board.board_commands_pb2"
    imported = subprocess.run([own, "-c", live], env=isolated, capture_output=True, text=True, check=False)
    assert imported.returncode == 0, imported.stderr


@pytest.mark.parametrize(("version", "holds"), [("1.26", True), ("1.26.4", True), ("2.0.0rc1", True), ("1.24.2", False),
                                                ("1.9", False), ("3", False), ("3.0.1", False)])
def test_a_requirement_knows_which_versions_will_do(version: str, holds: bool) -> None:
    (requirement,) = read_requirements("# what numbers need\nnumpy >=1.26,<3  # for now\n\n")
    assert str(requirement) == "numpy>=1.26,<3"
    assert requirement.holds(version) == holds


# --- The distribution's packages come before the plugin's own on the path that KiCad hands over -----------------------------

ENTRY = """
import sys
from overmold.search_path import own_packages_first
own_packages_first()
import numpy, only_there, google.protobuf
print(numpy.__version__, only_there.__name__, google.protobuf.__version__)
print(sys.path[0])
"""


def put(folder: Path, module: str, words: str) -> None:
    path = folder / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


@pytest.fixture
def shadowed(tmp_path: Path) -> tuple[str, Path, Path]:
    """An environment with a new numpy, started as KiCad does it: with a distribution's folder ahead that has an old one."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    (site,) = (tmp_path / "env").glob("lib/python*/site-packages")
    distribution = tmp_path / "usr/lib/python3/dist-packages"
    put(site, "numpy/__init__.py", "__version__ = '2.1'")
    put(site, "google/protobuf/__init__.py", "__version__ = '5.29'")
    put(distribution, "numpy/__init__.py", "__version__ = '1.19'")
    put(distribution, "google/protobuf/__init__.py", "__version__ = '3.12'")
    put(distribution, "only_there.py", "")
    # As a namespace package's .pth file of the distribution does: google is loaded before the script has its first word.
    put(site, "namespace.pth", f"import sys; sys.path.insert(0, {str(distribution)!r}); import google; del sys.path[0]\n")
    return str(tmp_path / "env/bin/python"), distribution, tmp_path


def run_shadowed(shadowed: tuple[str, Path, Path], script: Path) -> subprocess.CompletedProcess[str]:
    python, distribution, folder = shadowed
    return subprocess.run([python, script.name], cwd=script.parent, env={"PYTHONPATH": str(distribution), "HOME": str(folder)},
                          capture_output=True, text=True, check=False)


def test_the_environments_own_packages_win_over_older_ones_of_the_distribution(shadowed: tuple[str, Path, Path]) -> None:
    folder = shadowed[2] / "plugin"
    put(folder, "button.py", ENTRY)
    put(folder, "overmold/__init__.py", "")
    shutil.copy(PLUGIN / "overmold/search_path.py", folder / "overmold")
    done = run_shadowed(shadowed, folder / "button.py")
    assert done.stdout == f"2.1 only_there 5.29\n{folder}\n", done.stderr
    put(folder, "button.py", ENTRY.replace("\nown_packages_first()", "\n"))
    assert run_shadowed(shadowed, folder / "button.py").stdout.startswith("1.19 only_there 3.12\n")  # the trap is a real one


@pytest.mark.parametrize("script", ["check_package.py", "place_package.py", "package_from_selection.py"])
def test_every_entry_script_orders_its_path_before_all_other_imports(script: str, shadowed: tuple[str, Path, Path]) -> None:
    folder = shadowed[2] / "plugin"
    shutil.copytree(PLUGIN, folder, ignore=shutil.ignore_patterns("buttons", "__pycache__"))
    button = script.removesuffix(".py")
    put(folder, "overmold/buttons.py", f"import numpy\ndef {button}():\n    print(numpy.__version__)\n    return 3\n")
    done = run_shadowed(shadowed, folder / script)
    assert (done.stdout, done.returncode) == ("2.1\n", 3), done.stderr


def test_outside_an_environment_the_path_stays_as_it_is() -> None:
    code = ("import sys; path = list(sys.path); from overmold.search_path import own_packages_first; own_packages_first(); "
            "assert path == sys.path")
    base = Path(sys.base_prefix, "bin/python3")
    done = subprocess.run([str(base), "-c", code], cwd=PLUGIN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
