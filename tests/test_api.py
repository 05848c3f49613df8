"""``import overmold`` for programs: read, check and build, with paths as texts and words that fit on a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import overmold
from overmold.package.pieces import pieces
from paths import PACKAGES, PLUGIN, REPOSITORY

DEMO = str(PACKAGES / "demo.yaml")


def in_another_python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=PLUGIN)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_package_is_read_checked_and_built(tmp_path: Path) -> None:
    package = overmold.read(DEMO)
    result = overmold.check(package)
    assert (result.errors, result.warnings) == (0, 0)
    written = overmold.build(package, str(tmp_path / "out"))
    board = next(path for path in written if path.suffix == ".kicad_pcb")
    assert {path.suffix for path in written} >= {".kicad_mod", ".kicad_sym", ".svg"}
    for path in (board, str(board)):
        drawn = overmold.read(path)
        assert {one.rule.name: one.status for one in overmold.check(drawn).verdicts if one.status == "broken"} == {}


def test_houses_and_decks_are_asked_for_by_name_and_path(tmp_path: Path) -> None:
    deck = tmp_path / "ours.yaml"
    deck.write_text("deck: ours\nchanges: {package-too-high: {silence: true, reason: a lid comes on top}}\n", encoding="utf-8")
    package = overmold.read(DEMO)
    result = overmold.check(package, overmold.load_deck(["sky130-amkor-wlcsp"], [str(deck)]))
    assert result.errors
    assert result.verdict("package-too-high").status == "silenced"


@pytest.mark.parametrize("path", ["nothing.yaml", "nothing.kicad_pcb", "nothing.txt", ""])
def test_what_cannot_be_read_raises_faults_that_name_the_file(path: str) -> None:
    with pytest.raises(overmold.Faults) as caught:
        overmold.read(path)
    assert all(isinstance(fault, overmold.Fault) for fault in caught.value.faults)


@pytest.mark.parametrize("first", ["from overmold.check import KEPT", "import overmold.check", "from overmold import check"])
def test_check_is_the_function_whatever_was_imported_before(first: str) -> None:
    said = in_another_python(f"{first}\nimport overmold\nprint(overmold.check(overmold.read({DEMO!r})).errors)")
    assert said == "0\n"


def test_the_module_check_stays_a_module_for_those_who_import_it_as_one() -> None:
    assert in_another_python("import overmold\novermold.check\nimport overmold.check as c\nprint(c.KEPT)") == "kept\n"


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    program = "import sys, overmold, overmold.cli\nprint(sorted({'numpy', 'shapely', 'yaml'} & set(sys.modules)))"
    assert in_another_python(program) == "[]\n"


def test_a_short_check_imports_nothing_that_it_can_do_without() -> None:
    program = (f"import sys\nfrom overmold.cli import main\nmain(['drc', {DEMO!r}, '-q'])\n"
               "print(sorted({'numpy.ma', 'shapely', 'pydantic'} & set(sys.modules)))")
    assert in_another_python(program).splitlines()[-1] == "[]"


def test_the_api_is_what_the_package_says_it_is() -> None:
    assert set(overmold.__all__) <= set(dir(overmold))
    assert all(getattr(overmold, name).__doc__ for name in overmold.__all__)
    with pytest.raises(AttributeError, match="module 'overmold' has no attribute 'nothing'"):
        _ = overmold.nothing
    page = (REPOSITORY / "docs/library.md").read_text(encoding="utf-8")
    assert all(f"`overmold.{name}" in page for name in overmold.__all__)


@pytest.mark.parametrize("path", [PACKAGES / "demo.yaml", *sorted((REPOSITORY / "examples").glob("*.yaml"))],
                         ids=lambda path: path.stem)
def test_no_part_of_a_package_prints_pages(path: Path) -> None:
    package = overmold.read(path)
    result = overmold.check(package)
    assert package.name in repr(package)
    assert len(repr(package)) < 300
    assert len(repr(result)) < 300
    assert all(len(repr(one)) < 200 for one in result.verdicts)
    assert {key: len(repr(part)) for key, part in pieces(package) if len(repr(part)) > 2500} == {}


def test_a_verdict_a_result_and_a_deck_print_as_a_line() -> None:
    result = overmold.check(overmold.read(DEMO))
    assert repr(result.verdict("chip-not-covered")) == "<Verdict chip-not-covered: kept, 1 reading>"
    assert repr(result).endswith("; 0 errors, 0 warnings>")
    assert repr(overmold.load_deck()).startswith("<Deck: ")
    assert len(repr(overmold.load_deck())) < 100


@pytest.mark.parametrize("given", [{"houses": "ours"}, {"files": "ours.yaml"}, {"files": Path("ours.yaml")}])
def test_one_house_or_file_is_not_taken_for_a_list_of_letters(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"give a list of them: \w+=\['"):
        overmold.load_deck(**given)


def test_the_version_is_stated_once() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in project
    assert 'path = "plugin/overmold/__init__.py"' in project
    metadata = json.loads((REPOSITORY / "metadata.json").read_text(encoding="utf-8"))
    assert [one["version"] for one in metadata["versions"]] == [overmold.__version__]
    assert f"## {overmold.__version__} " in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    for page in ("README.md", "docs/ci.md"):  # a page that names a version to install names this one
        for tag in set(_tags((REPOSITORY / page).read_text(encoding="utf-8"))):
            assert tag == overmold.__version__, page


def _tags(text: str) -> list[str]:
    return [piece.split('"')[0].split()[0] for piece in text.split("overmold@v")[1:]]
