"""The pages for people: every link leads somewhere, what is shown is what happens, floors and rooms are those of the house."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from paths import DEMO, PLUGIN, REPOSITORY

PAGES = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")] + sorted(
    (REPOSITORY / "docs").glob("*.md"))


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        name, _, anchor = target.partition("#")
        if not target.startswith("http"):
            found = (page.parent / name).resolve() if name else page
            assert found.exists(), target
            assert not anchor or anchor in anchors(found), target


def test_a_newcomer_finishes_the_readme() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 160
    pages = {path.name for path in (REPOSITORY / "docs").glob("*.md")}
    assert {name for name in pages if f"docs/{name}" not in text} == set(), "a page that README does not lead to"


def test_the_package_file_of_the_readme_is_sound(tmp_path: Path) -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    import overmold

    result = overmold.check(overmold.read(tmp_path / "p.yaml"))
    assert {one.rule.name for one in result.verdicts if one.status == "broken"} <= {"chip-not-connected"}  # it has no netlist


def test_the_rooms_are_those_of_the_house() -> None:
    page = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {path.name.removesuffix(".py") for path in (PLUGIN / "overmold").iterdir()
             if path.suffix == ".py" or (path / "__init__.py").is_file()} - {"__init__", "__main__"}
    listed = set(re.findall(r"`(\w+)`", page.split("## Rooms")[1].split("## Floors")[0]))
    assert rooms <= listed, "docs/architecture.md does not say what these are for"


def test_the_library_page_runs_as_printed(tmp_path: Path) -> None:
    for name in ("demo.yaml", "demo_nets.csv"):
        target = tmp_path / name.replace("demo.yaml", "fccsp.yaml")
        target.write_bytes((DEMO.parent / name).read_bytes())
    page = (REPOSITORY / "docs/library.md").read_text(encoding="utf-8")
    for program in re.findall(r"```python\n(.*?)```", page, re.S):
        done = subprocess.run([sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(PLUGIN)!r})\n{program}"],
                              cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert "315000" in done.stdout
    assert any((tmp_path / "out").glob("*.kicad_pcb"))


def test_every_test_that_ci_names_is_there() -> None:
    named = re.findall(r"tests/\w+\.py", (REPOSITORY / ".ci/run").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (REPOSITORY / name).is_file()] == []
