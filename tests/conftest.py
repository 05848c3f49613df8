"""What every test may ask for: a real KiCad of each major version, and property tests that repeat exactly."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Callable

import hypothesis
import pytest

from dose import dose
from kicad_python import save_with_9
from paths import DEMO, REPOSITORY
from user_home import started

KICAD_VERSIONS = ("9", "10")
KicadCli = Callable[..., "subprocess.CompletedProcess[str]"]

pytest_plugins = ["running_kicad", "kicad_desk", "served_page"]

# Derandomised: a red run in CI is red on every desk too. No deadline: two busy cores are not a fault of the code.
hypothesis.settings.register_profile(
    "repeatable", deadline=None, derandomize=True, max_examples=dose(30, 100),
    suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("repeatable")


@functools.cache
def why_no_kicad(version: str) -> str:
    """Empty if this KiCad answers with its version; else what it said instead."""
    done = subprocess.run(
        [str(REPOSITORY / "scripts/kicad-cli"), version, "version"], capture_output=True, text=True, check=False
    )
    if done.returncode == 0 and done.stdout.startswith(version + "."):
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    return said[-1] if said else "no answer"


def need_kicad(version: str) -> None:
    """Skip where this KiCad is absent; fail where OVERMOLD_REQUIRE_KICAD (such as `9,10`) names it."""
    reason = why_no_kicad(version)
    if not reason:
        return
    if version in os.environ.get("OVERMOLD_REQUIRE_KICAD", "").replace(" ", "").split(","):
        pytest.fail(f"KiCad {version} is required here and does not run: {reason}")
    pytest.skip(f"KiCad {version} does not run here ({reason}); `make kicad` installs it")


@pytest.fixture(scope="session")
def kicad_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty KiCad configuration, so that nobody's own libraries or settings change what a test sees."""
    return tmp_path_factory.mktemp("kicad-home")


@pytest.fixture(scope="session")
def kicad_cli(kicad_home: Path) -> KicadCli:
    """Call as kicad_cli("9" | "10", *arguments, cwd=None, check=True, timeout=300).

    Gives the CompletedProcess with stdout and stderr as text. Skips or fails by `need_kicad`; with check, a non-zero
    exit is a failure that shows what KiCad said. Keep files under tmp_path or the checkout: KiCad 10 sees no others.
    """

    def run(
        version: str, *arguments: object, cwd: Path | None = None, check: bool = True, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        need_kicad(version)
        command = [str(REPOSITORY / "scripts/kicad-cli"), version, *map(str, arguments)]
        home = kicad_home / version
        home.mkdir(exist_ok=True)
        environment = {**os.environ, "HOME": str(home), "KICAD_CONFIG_HOME": str(home), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=timeout
        )
        if check and done.returncode:
            pytest.fail(f"kicad-cli {' '.join(command[1:])}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    return run


@pytest.fixture(params=[pytest.param(version, marks=pytest.mark.kicad) for version in KICAD_VERSIONS])
def kicad_version(request: pytest.FixtureRequest) -> str:
    """Run the test once for each KiCad major version: "9", then "10"."""
    version: str = request.param
    need_kicad(version)
    return version


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which KiCad 9.0 has been started once; no setting of this machine's user is seen."""
    for name in list(os.environ):
        if name.startswith(("KICAD", "XDG_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("HOME", str(folder))
    started(folder, "9.0")
    return folder


@pytest.fixture(scope="session")
def installed_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment into which Overmold was installed as a wheel, `bin/overmold` included.

    Its dependencies are those of this test run: fetching them again would test pip, not the wheel.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip"]
    wheel = [*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY)]
    built = subprocess.run(wheel, capture_output=True, text=True, check=False)
    if built.returncode and no_index(built.stderr):
        pytest.skip("the package index cannot be reached, so no wheel can be built: " + built.stderr.splitlines()[-1])
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("overmold-*.whl")
    environment = folder / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    into = [*pip, "--python", str(environment / "bin/python"), "install", "--quiet", "--no-deps", str(file)]
    installed = subprocess.run(into, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    packages = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(str(packages) + "\n", encoding="utf-8")
    return environment


def no_index(words: str) -> bool:
    """Whether pip failed because nothing answered it."""
    return any(sign in words for sign in ("NewConnectionError", "(from versions: none)", "Temporary failure",
                                          "timed out", "ProxyError", "SSLError"))


@pytest.fixture(scope="session")
def demo() -> Path:
    """The demo package's spec."""
    return DEMO


@pytest.fixture
def saved_by_kicad(kicad_version: str, kicad_cli: KicadCli) -> Callable[..., bytes]:
    """Call with a board's path: it is loaded and saved by the KiCad of this test; returns what then stands there.

    A second argument says what KiCad 9's Python is to do to the board before, see `save_with_9`.
    """

    def save(path: Path, do: str = "") -> bytes:
        if do or kicad_version == "9":  # whose command line cannot save a board
            need_kicad("9")
            save_with_9(path, do or "pass")
        if kicad_version != "9":
            kicad_cli(kicad_version, "pcb", "upgrade", path)
        return path.read_bytes()

    return save
