"""What is generated and committed is what its sources say; and each page names all that it is about."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from overmold.kicad.writing.fields import carrier_fields, chip_fields, passive_fields, wires_fields
from overmold.package import Package
from overmold.package.datum import data_of
from overmold.package.pieces import pieces
from overmold.package_file import read_package_file
from paths import PACKAGES, REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import make_generated
import make_reference

PATHS = [PACKAGES / "demo.yaml", *sorted((REPOSITORY / "examples").glob("*.yaml"))]


def test_all_that_is_generated_is_up_to_date() -> None:
    stale = [str(path.relative_to(REPOSITORY)) for path in make_generated.due()]
    assert stale == [], "run `make generated` and look at what changed"


def test_the_readme_shows_pictures_that_are_drawn_here() -> None:
    page = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert sum(f"](docs/{name}.svg)" in page for name in make_generated.PICTURES) >= 3


def test_what_nothing_generates_any_more_and_what_differs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("same", "other", "extra"):
        (tmp_path / name).write_bytes(b"1")
    wanted = {tmp_path / "same": b"1", tmp_path / "other": b"2", tmp_path / "missing": b"3"}
    monkeypatch.setattr(make_generated, "FOOTPRINTS", tmp_path.parent)
    monkeypatch.setattr(make_generated, "FOLDERS", (tmp_path.name,))
    monkeypatch.setattr(make_generated, "generated", lambda: wanted)
    assert [path.name for path in make_generated.due()] == ["other", "missing", "extra"]


def written(package: Package) -> dict[str, set[str]]:
    """Names of the fields that the writer gives each kind of footprint."""
    found = {"carrier": {name for name, _ in carrier_fields(package)}}
    for kind, parts, fields in (("chip", package.chips, chip_fields), ("passive", package.passives, passive_fields),
                                ("wires", package.wires, wires_fields)):
        found[kind] = {name for part in parts for name, _ in fields(part)}  # type: ignore[operator]
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_page_of_fields_puts_each_where_the_writer_puts_it(path) -> None:  # type: ignore[no-untyped-def]
    always = {field for field, *_ in make_reference.FURTHER}
    for kind, fields in written(read_package_file(path)).items():
        listed = {one.label for part in make_reference.CARRIED[kind][1] for one in data_of(part).values()}
        assert {name for name in fields if not name.startswith("Tolerance of ")} <= listed | always, kind


def test_both_pages_name_every_datum_that_is_declared() -> None:
    package = read_package_file(REPOSITORY / "examples/flip_face-up_flip_stack.yaml")
    carried = {kind for _, kinds in make_reference.CARRIED.values() for kind in kinds}
    kinds = carried | {type(part) for _, part in pieces(package)}
    keys, fields = make_reference.keys_page(), make_reference.fields_page()
    for one in (one for kind in kinds for one in data_of(kind).values()):
        assert one.label in fields
        assert one.says in keys or one.form in ("names", "yes")
