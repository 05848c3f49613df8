"""The recipes of CONTRIBUTING.md, run as they are printed, in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paths import REPOSITORY

PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("plugin", "rules", "tests", "scripts", "docs", "examples", "footprints", "pyproject.toml", "metadata.json",
          "CONTRIBUTING.md", "README.md", "CHANGELOG.md")


def blocks(title: str) -> list[tuple[str, str, str]]:
    """The code of a recipe: of each block the file, where in it ("" is the whole file), and the text without that line."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    found = re.findall(r"```(?:python|yaml)\n# ([\w/.-]+)(?:, ([^\n]+))?\n(.*?)```", section, re.S)
    assert found, title
    return [(file, where, text) for file, where, text in found]


def cook(title: str, folder: Path) -> None:
    """Do what a recipe says, in a copy."""
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "official", "kicad_files"))
        else:
            shutil.copy(source, folder / name)
    for file, where, text in blocks(title):
        path = folder / file
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if where.startswith("at the end of the class "):
            assert old.rindex(f"class {where.split()[-1]}") == old.rindex("class "), "the class is not the last of its file"
            text = old + text
        elif where.startswith("a row of "):
            head, tail = old.split(f"{where.split()[-1]} = (\n")
            text = f"{head}{where.split()[-1]} = (\n{text}{tail}"
        else:
            assert not old, f"{file} is there already"
        path.write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": f"{folder / 'plugin'}{os.pathsep}{folder / 'tests'}",
                   "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert done.returncode == 0 or command[:2] == ("-m", "overmold"), done.stdout + done.stderr
    return done.stdout


def lint(folder: Path, *files: str) -> None:
    run(folder, "-m", "ruff", "check", "--no-cache", *files)


@pytest.mark.parametrize("title", ["Add a rule", "Add a measure"])
def test_a_rule_as_printed_is_broken_by_its_example_alone(title: str, tmp_path: Path) -> None:
    cook(title, tmp_path)
    (rule,) = [Path(file).stem for file, _, _ in blocks(title) if file.endswith(".yaml")]
    run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_rules.py", "-k",
        f"{rule} or demo_keeps or every_measure or names_that_other_tools")
    assert run(tmp_path, "-m", "overmold", "explain", rule).startswith(rule)
    lint(tmp_path, *(file for file, _, _ in blocks(title) if file.endswith(".py")), "tests/test_rules.py")


def test_a_datum_as_printed_is_in_files_boards_drift_and_pages(tmp_path: Path) -> None:
    cook("Add a datum", tmp_path)
    run(tmp_path, "scripts/make_generated.py")
    assert "`Mold color`" in (tmp_path / "docs/board-fields.md").read_text(encoding="utf-8")
    assert "| `color` |" in (tmp_path / "docs/keys.md").read_text(encoding="utf-8")
    run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_declared.py", "-k", "mold.color")
    lint(tmp_path, "plugin/overmold/package/mold.py")


@pytest.mark.skipif(not (REPOSITORY / "plugin/overmold/report/formats").is_dir(), reason="formats are not files yet")
def test_a_report_format_as_printed_is_one_that_the_command_knows(tmp_path: Path) -> None:
    cook("Add a report format", tmp_path)
    spec = tmp_path / "tests/packages/demo.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 455 um"), encoding="utf-8")
    said = run(tmp_path, "-m", "overmold", "drc", "--format", "lines", str(spec))
    assert re.search(r"demo\.yaml:\d+:\d+: error: The mold over the chip", said)
    lint(tmp_path, "plugin/overmold/report")


@pytest.mark.skipif(not (REPOSITORY / "plugin/overmold/package/bonding.py").is_file(), reason="bondings are no table yet")
def test_a_bond_type_as_printed_is_judged_like_its_kind(tmp_path: Path) -> None:
    cook("Add a bond type", tmp_path)
    spec = tmp_path / "tests/packages/demo.yaml"
    text = spec.read_text(encoding="utf-8").replace("bonded: flip-chip", "bonded: thermocompression")
    spec.write_text(text, encoding="utf-8")
    assert "KEPT" in run(tmp_path, "-m", "overmold", "drc", str(spec))
    lint(tmp_path, "plugin/overmold/package")


def test_a_file_to_export_as_printed_is_written(tmp_path: Path) -> None:
    cook("Add a file that `overmold export` writes", tmp_path)
    run(tmp_path, "-m", "overmold", "export", str(tmp_path / "tests/packages/demo.yaml"), "--to", f"nets={tmp_path / 'n.txt'}")
    assert "VDD" in (tmp_path / "n.txt").read_text(encoding="utf-8").splitlines()
    lint(tmp_path, "plugin/overmold/exchange/writing")


def test_every_recipe_has_a_test() -> None:
    titles = re.findall(r"^## (Add .*)$", PAGE, re.M)
    here = Path(__file__).read_text(encoding="utf-8")
    assert len(titles) == 6
    assert all(f'"{title}"' in here for title in titles)
