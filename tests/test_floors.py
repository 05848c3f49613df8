"""The floors of the house: who may import whom, who may print and open files, and that Python 3.9 runs it all."""

from __future__ import annotations

import ast
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from overmold.package import keys
from paths import PLUGIN, REPOSITORY
from python39 import need_python39

HOUSE = PLUGIN / "overmold"
FILES = sorted(PLUGIN.rglob("*.py"))
MAY_PRINT = {"cli", "commands"}
MAY_OPEN_FILES = MAY_PRINT | {
    "input_file", "output_file", "output_folder", "file_lock", "pdf_file", "state", "rule", "kicad/installed", "pages",
    "buttons"}
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "loadtxt", "savetxt", "fromfile"}


def floor(path: Path) -> str:
    """`measures` for measures/gap.py, `cli` for cli.py, `check_package` for a button."""
    return path.relative_to(HOUSE if HOUSE in path.parents else PLUGIN).parts[0].removesuffix(".py")


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and bare name of everything called in a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield node.lineno, called.id
            elif isinstance(called, ast.Attribute):
                yield node.lineno, called.attr


def test_the_house_was_found() -> None:
    assert {"units", "shapes", "package", "kicad", "cli", "measures"} <= {floor(path) for path in FILES}


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts of pyproject.toml against the plugin in this checkout."""
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.fail("import-linter is not installed beside this Python; run `make test`")
    environment = {**os.environ, "PYTHONPATH": str(checkout / "plugin")}
    return subprocess.run([str(lint), "--no-cache"], cwd=checkout, env=environment, capture_output=True, text=True,
                          check=False)


def test_every_module_imports_only_from_the_floors_below_it() -> None:
    done = lint_imports(REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_from_a_higher_floor_is_caught(tmp_path: Path) -> None:
    shutil.copytree(PLUGIN, tmp_path / "plugin", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    low = tmp_path / "plugin/overmold/units/kinds.py"
    with low.open("a", encoding="utf-8") as file:
        file.write("\nfrom .. import kicad, package_file\nimport kipy\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    for above in ("overmold.package_file", "overmold.kicad", "kipy"):
        assert f"overmold.units.kinds -> {above}" in done.stdout


def test_only_the_command_prints() -> None:
    prints = [f"{path.name}:{line}" for path in FILES if floor(path) not in MAY_PRINT
              for line, name in calls(path) if name == "print"]
    assert prints == []


def may_open(path: Path) -> bool:
    room = path.parent.relative_to(HOUSE if HOUSE in path.parents else PLUGIN).as_posix()
    return floor(path) in MAY_OPEN_FILES or room in MAY_OPEN_FILES


def test_only_readers_and_writers_open_files() -> None:
    opens = [f"{path.relative_to(PLUGIN)}:{line} {name}" for path in FILES if not may_open(path)
             for line, name in calls(path) if name in OPENERS]
    assert opens == []


@pytest.mark.parametrize(("folder", "most"), [("plugin", 250), ("scripts", 300), ("benchmarks", 300),
                                              ("footprints", 300), ("tests", 450)])
def test_no_file_got_away(folder: str, most: int) -> None:
    long = {path.name: count for path in (REPOSITORY / folder).rglob("*.py")
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > most}
    assert long == {}


def test_the_plugin_is_written_in_the_language_of_python_3_9() -> None:
    # KiCad on macOS ships 3.9. What is newer there fails only when it runs, so it is looked for here by hand.
    newer = []
    for path in FILES:
        words = path.read_text(encoding="utf-8")
        tree = ast.parse(words, path.name, feature_version=(3, 9))
        newer += [f"{path.name}:{line} {what}" for line, what in newer_than_3_9(tree)]
        imports = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
        if "__future__" not in imports and any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in tree.body):
            newer.append(f"{path.name}: no `from __future__ import annotations`")
    assert newer == []


def newer_than_3_9(tree: ast.Module) -> Iterator[tuple[int, str]]:
    annotations = set()
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            annotations |= set(ast.walk(part)) if isinstance(part, ast.AST) else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = {keyword.arg for keyword in node.keywords}
            if (name == "dataclass" and words & {"slots", "kw_only"}) or (name == "zip" and "strict" in words):
                yield node.lineno, f"{name}({', '.join(sorted(filter(None, words)))})"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and node not in annotations:
            for side in (node.left, node.right):
                none = isinstance(side, ast.Constant) and side.value is None
                if none or (isinstance(side, ast.Name) and side.id in {"int", "str", "float", "bytes", "bool"}):
                    yield node.lineno, "X | Y at run time"


@pytest.mark.parametrize("words", ["A = int | None", "dataclass(slots=True)", "zip(a, b, strict=True)"])
def test_what_python_3_9_does_not_have_is_found(words: str) -> None:
    assert list(newer_than_3_9(ast.parse(words)))


def test_every_module_compiles_on_a_real_python_3_9() -> None:
    program = "import sys\nfor p in sys.argv[1:]: compile(open(p, encoding='utf-8').read(), p, 'exec')"
    done = subprocess.run([need_python39(), "-c", program, *map(str, FILES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


A_KEY = re.compile(r"^(chips|passives|wires|balls|carrier)\.\{|^carrier\.(fingers|stackup|frame\.leads)\.\{|^\{[\w.]+\.key\}\.")


def test_keys_are_written_in_one_place() -> None:
    written = [f"{path.relative_to(PLUGIN)}:{node.lineno}" for path in FILES if path != HOUSE / "package/keys.py"
               for node in ast.walk(parsed(path))
               if isinstance(node, ast.JoinedStr) and A_KEY.search(ast.unparse(node)[2:-1])]
    assert written == []


def test_keys_are_taken_apart_as_they_are_put_together() -> None:
    for key, outer in ((keys.bump("U1", "A1"), keys.bumps("U1")), (keys.pad("U1", "A1"), keys.pads("U1")),
                       (keys.bumps("U1"), keys.chip("U1")), (keys.finger("F1"), keys.FINGERS), (keys.layer(0), keys.STACKUP),
                       (keys.within("mold", "process", "method"), "mold.process")):
        assert keys.around(key) == outer
        assert keys.within(outer, keys.last(key)) == key
        assert keys.within(*keys.split(key)) == key
        assert keys.is_within(key, outer)
    assert keys.around("mold") == ""
    assert keys.split_end(keys.end("U1", "A1")) == ("U1", "A1")
    assert keys.split_end("F12") == (None, "F12")


def test_only_the_table_of_bondings_compares_their_words() -> None:
    compared = [f"{path.relative_to(PLUGIN)}:{node.lineno}" for path in FILES for node in ast.walk(parsed(path))
                if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq, ast.In, ast.NotIn))
                and any(isinstance(name, ast.Name) and name.id in {"FLIP_CHIP", "FACE_UP"}
                        for name in (node.left, *node.comparators))]
    assert compared == []


MOST_BY_PLACE = 6  # more than these nobody counts: an argument has its name


def of_data(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(one) for one in node.decorator_list) or "NamedTuple" in map(ast.unparse, node.bases)


def test_many_data_are_given_by_name() -> None:
    ours = {node.name for path in FILES for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef) and of_data(node)}
    assert {"Chip", "Package", "Rule", "Reading"} <= ours
    by_place = [f"{path.relative_to(PLUGIN)}:{node.lineno} {ast.unparse(node.func)}" for path in FILES
                for node in ast.walk(parsed(path)) if isinstance(node, ast.Call) and len(node.args) > MOST_BY_PLACE
                and ast.unparse(node.func).rpartition(".")[2] in ours]
    assert by_place == []


def test_no_function_got_away() -> None:
    long = {node.name: count for path in FILES for node in ast.walk(parsed(path))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and (count := (node.end_lineno or node.lineno) - node.lineno + 1) > 50}
    assert long == {}
