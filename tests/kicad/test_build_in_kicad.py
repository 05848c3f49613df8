"""What Overmold writes, in a real KiCad 9 and 10: every file loads, its own DRC is content, and each custom rule fires."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from overmold.kicad.writing.build import build
from overmold.kicad.writing.rules import custom_rules, limits
from overmold.package_file import read_package_file
from paths import DEMO, LIBRARY

KicadCli = Callable[..., "subprocess.CompletedProcess[str]"]
NAME = "FCCSP-144_10x10mm_P0.8mm"
pytestmark = pytest.mark.kicad


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build(read_package_file(DEMO), folder)
    return folder


def drc(kicad_cli: KicadCli, version: str, folder: Path) -> dict[str, Any]:
    kicad_cli(version, "pcb", "drc", "--format", "json", "--severity-all", "-o", folder / "drc.json",
              f"{NAME}.kicad_pcb", cwd=folder)
    report: dict[str, Any] = json.loads((folder / "drc.json").read_text())
    return report


def rules_broken(report: dict[str, Any]) -> Counter[str]:
    """How often each custom rule fired."""
    found = (re.search(r"rule '([^']+)'", each["description"]) for each in report["violations"])
    return Counter(each[1] for each in found if each)


def spoiled(project: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the project with each text of its board changed in one place."""
    shutil.copytree(project, folder, dirs_exist_ok=True)
    board = folder / f"{NAME}.kicad_pcb"
    text = board.read_text()
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    board.write_text(text)
    return folder


VIA = ('\t(embedded_fonts no)\n)\n', '\t(via\n\t\t(at 97 103.3)\n\t\t(size 0.1)\n\t\t(drill 0.05)\n\t\t(layers "F.Cu" "B.Cu")\n'
       '\t\t(net 0)\n\t\t(uuid "11111111-1111-8111-8111-111111111111")\n\t)\n\t(embedded_fonts no)\n)\n')


def drilled(kind: str, layers: str, at: str = "97 103.3", name: str = "") -> tuple[str, str]:
    """A footprint that Overmold does not know, with one drilled pad."""
    return ('\t(embedded_fonts no)\n)\n',
            f'\t(footprint "x:y"\n\t\t(layer "F.Cu")\n\t\t(uuid "22222222-2222-8222-8222-222222222222")\n\t\t(at {at})\n'
            f'\t\t(pad "{name}" {kind} circle\n\t\t\t(at 0 0)\n\t\t\t(size 0.2 0.2)\n\t\t\t(drill 0.2)\n'
            f'\t\t\t(layers {layers})\n\t\t\t(uuid "33333333-3333-8333-8333-333333333333")\n\t\t)\n\t)\n'
            '\t(embedded_fonts no)\n)\n')


CHIP_DESCRIPTION = f'(descr "{NAME}: flip chip'
BROKEN = {
    "part outside the mold cap": [("(at 103.6 100 90)", "(at 104.95 100 90)")],
    "chip outline outside the mold cap": [
        (f'(at 100 100)\n\t\t{CHIP_DESCRIPTION}', f'(at 102.6 100)\n\t\t{CHIP_DESCRIPTION}')],
    "open via under the mold": [VIA, ("(tenting front back)", "(tenting none)")],
    "open drilled pad under the mold": [drilled("thru_hole", '"*.Cu" "*.Mask"', name="1")],
    "bare hole under the mold": [drilled("np_thru_hole", '"*.Cu"')],
    "ball on the chip side": [('(layers "B.Cu" "B.Mask")', '(layers "F.Cu" "F.Mask")')],
}


def test_the_demo_opens_without_a_complaint_but_unrouted_nets(
    kicad_cli: KicadCli, kicad_version: str, project: Path, tmp_path: Path
) -> None:
    report = drc(kicad_cli, kicad_version, spoiled(project, tmp_path))
    assert report["violations"] == []
    assert {each["type"] for each in report["unconnected_items"]} == {"unconnected_items"}
    # KiCad compared the board's footprints with the library: without the table it says so.
    (tmp_path / "fp-lib-table").unlink()
    assert {each["type"] for each in drc(kicad_cli, kicad_version, tmp_path)["violations"]} == {"lib_footprint_issues"}


def test_every_custom_rule_has_a_board_that_breaks_it() -> None:
    assert {rule.name for rule in custom_rules(read_package_file(DEMO))} == set(BROKEN)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_custom_rule_fires(kicad_cli: KicadCli, kicad_version: str, project: Path, tmp_path: Path, rule: str) -> None:
    fired = rules_broken(drc(kicad_cli, kicad_version, spoiled(project, tmp_path, *BROKEN[rule])))
    assert fired[rule] == 1
    # A chip that sticks out is a part that sticks out, and a part out there is near the edge.
    assert set(fired) <= {rule, "part outside the mold cap", *(one.name for one in limits(read_package_file(DEMO)))}


def test_a_tented_via_under_the_mold_and_an_open_one_beside_it_are_fine(
    kicad_cli: KicadCli, kicad_version: str, project: Path, tmp_path: Path
) -> None:
    assert not rules_broken(drc(kicad_cli, kicad_version, spoiled(project, tmp_path / "tented", VIA)))
    small = spoiled(project, tmp_path / "beside", VIA, ("(tenting front back)", "(tenting none)"))
    board = small / f"{NAME}.kicad_pcb"
    area = "(xy 95 95) (xy 105 95) (xy 105 105) (xy 95 105)"
    text = board.read_text()
    assert area in text
    board.write_text(text.replace(area, "(xy 97.2 95) (xy 105 95) (xy 105 105) (xy 97.2 105)"))
    assert rules_broken(drc(kicad_cli, kicad_version, small))["open via under the mold"] == 0


def test_a_drilled_pad_under_the_mask_and_holes_beside_the_mold_are_fine(
    kicad_cli: KicadCli, kicad_version: str, project: Path, tmp_path: Path
) -> None:
    covered, beside = drilled("thru_hole", '"*.Cu"', name="1"), drilled("thru_hole", '"*.Cu" "*.Mask"', "108 103", "1")
    for number, one in enumerate((covered, beside, drilled("np_thru_hole", '"*.Cu"', "108 103"))):
        fired = rules_broken(drc(kicad_cli, kicad_version, spoiled(project, tmp_path / str(number), one)))
        assert set(fired) <= {"part outside the mold cap"}


def test_every_file_exports(kicad_cli: KicadCli, kicad_version: str, project: Path, tmp_path: Path) -> None:
    folder = spoiled(project, tmp_path)
    for made in ("fp", "sym", "gerbers"):
        (folder / made).mkdir()
    kicad_cli(kicad_version, "fp", "export", "svg", "-o", folder / "fp", folder / f"{NAME}.pretty")
    assert len(list((folder / "fp").glob("*.svg"))) == len(list((folder / f"{NAME}.pretty").iterdir()))
    kicad_cli(kicad_version, "sym", "export", "svg", "-o", folder / "sym", folder / f"{NAME}.kicad_sym")
    assert list((folder / "sym").glob("*.svg"))
    board = folder / f"{NAME}.kicad_pcb"
    kicad_cli(kicad_version, "pcb", "export", "gerbers", "-o", folder / "gerbers", board)
    assert len(list((folder / "gerbers").iterdir())) > 10
    kicad_cli(kicad_version, "pcb", "export", "step", "-o", folder / "board.step", board)
    assert (folder / "board.step").stat().st_size > 1000


def as_kicad_writes(data: bytes) -> bytes:
    """KiCad signs what it saves with its own name; everything else is ours."""
    return data.replace(b'(generator "overmold")', b'(generator "pcbnew")')


def test_kicad_9_saves_footprints_and_symbol_byte_for_byte_as_they_are(
    kicad_cli: KicadCli, project: Path, tmp_path: Path
) -> None:
    for library in (project / f"{NAME}.pretty", LIBRARY / "overmold.pretty", LIBRARY / "overmold_carriers.pretty"):
        saved = tmp_path / library.name
        kicad_cli("9", "fp", "upgrade", "--force", "-o", saved, library)
        assert {path.name for path in saved.iterdir()} == {path.name for path in library.iterdir()}
        for path in saved.iterdir():
            assert path.read_bytes() == as_kicad_writes((library / path.name).read_bytes()), path.name
    symbol = tmp_path / "x.kicad_sym"
    shutil.copy(project / f"{NAME}.kicad_sym", symbol)
    kicad_cli("9", "sym", "upgrade", "--force", symbol)
    expected = (project / f"{NAME}.kicad_sym").read_bytes().replace(b'"overmold"', b'"kicad_symbol_editor"', 1)
    assert symbol.read_bytes() == expected


def test_kicad_10_reads_the_library(kicad_cli: KicadCli, tmp_path: Path) -> None:
    done = kicad_cli("10", "fp", "upgrade", "--force", "-o", tmp_path / "saved.pretty", LIBRARY / "overmold.pretty")
    assert len(list((tmp_path / "saved.pretty").iterdir())) == len(list((LIBRARY / "overmold.pretty").iterdir())), done
