"""A lead frame drawn as a board and read back is the same frame, also after either KiCad has saved the board."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overmold.check import check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_footprint
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package import Frame, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.rule import load_deck
from overmold.shapes import Outline
from paths import DEMO

QFN = DEMO.parent / "qfn.yaml"
PULLED_BACK = """
package: DFN-8_3x3mm
carrier:
  kind: lead frame
  size: [3 mm, 3 mm]
  frame:
    thickness: 150 um
    leads: {sides: 2, per_side: 4, pitch: 0.65 mm, width: 0.3 mm ± 0.05 mm, length: 0.35 mm ± 0.05 mm,
            pulled_back: 0.1 mm ± 0.05 mm}
    paddle: [1.6001 mm, 2 mm]
    nets: [A, B, C, D, E, F, G, ""]
"""
CORNERS = """
package: QFN-20_4x4mm
carrier:
  kind: lead frame
  size: [4 mm, 4 mm]
  frame:
    thickness: 150 um +5/-10 um
    leads: {per_side: 4, pitch: 0.5 mm, width: 0.25 mm, length: 0.35 mm, corner_leads: true}
    paddle: [1.6 mm, 2 mm]
    paddle_foot: [1.5 mm, 1.7 mm]
    strip: [3, 40]
"""


def packages() -> dict[str, Package]:
    made = {"qfn": read_package_file(QFN)}
    for text in (PULLED_BACK, CORNERS):
        package = read_package_text(text, "p.yaml", Path())
        made[package.name] = package
    return made


def frame_of(package: Package) -> Frame:
    """The frame, about the middle of its carrier."""
    carrier = package.carrier
    assert carrier is not None
    assert carrier.frame is not None
    x, y = carrier.outline.centre
    frame = carrier.frame

    def moved(outline: Outline) -> Any:
        near = outline.moved((-x, -y))
        # KiCad may begin a polygon elsewhere; a box has its corners in one order.
        return near if near.is_box else sorted(near.rings[0])

    return replace(
        frame, paddle=frame.paddle and moved(frame.paddle), paddle_foot=frame.paddle_foot and moved(frame.paddle_foot),
        tie_bars=tuple(sorted((moved(bar) for bar in frame.tie_bars), key=str)),
        leads=tuple(replace(lead, outline=moved(lead.outline), foot=moved(lead.foot),
                            half_etched=tuple(map(moved, lead.half_etched))) for lead in frame.leads))


def verdicts(package: Package) -> tuple[Any, ...]:
    result = check(package, load_deck())
    said = {one.rule.name: (one.status, one.worst.reading.value if one.worst else None) for one in result.verdicts}
    # Only a board draws the mold's area.
    return {**said, "mold-area-differs-from-outline": None}, [(row.number, row.status) for row in claim_chart(result)]


@pytest.mark.parametrize("name", ["qfn", "DFN-8_3x3mm", "QFN-20_4x4mm"])
def test_a_frame_drawn_as_a_board_reads_back_the_same(name: str) -> None:
    package = packages()[name]
    board = read_board(board_file(package), "b.kicad_pcb")
    assert frame_of(board) == frame_of(package)
    assert board.carrier is not None
    assert (board.carrier.stackup, board.balls) == ((), None)
    assert verdicts(board) == verdicts(package)


@pytest.mark.parametrize("name", ["qfn", "DFN-8_3x3mm", "QFN-20_4x4mm"])
def test_a_frame_saved_by_kicad_reads_back_the_same(
    name: str, tmp_path: Path, saved_by_kicad: Callable[[Path], bytes]
) -> None:
    package = packages()[name]
    path = tmp_path / "b.kicad_pcb"
    path.write_bytes(board_file(package))
    board = read_board(saved_by_kicad(path), "b.kicad_pcb")
    assert frame_of(board) == frame_of(package)
    assert verdicts(board) == verdicts(package)


def test_the_carrier_of_the_library_has_the_frame_too() -> None:
    files = files_of(read_package_file(QFN))
    name = next(path for path in files if path.endswith("_carrier.kicad_mod"))
    assert frame_of(read_footprint(files[name], name)).leads[5].foot == frame_of(read_package_file(QFN)).leads[5].foot


def test_there_is_no_laminate_in_the_board() -> None:
    board = board_file(read_package_file(QFN)).decode()
    assert "(stackup" not in board
    assert "(thickness 0.2)" in board


def test_a_lead_moved_on_the_board_is_seen_in_the_check() -> None:
    data = board_file(read_package_file(QFN)).decode()
    head, mark, tail = data.partition('(pad "3" smd rect')
    assert mark
    moved = head + mark + tail.replace("(at -2.075 -0.25)", "(at -2.175 -0.25)", 1)
    assert moved != data
    (finding,) = check(read_board(moved.encode(), "b.kicad_pcb"), load_deck()).findings
    assert (finding.rule.name, finding.judged.reading.where) == (
        "bump-not-on-lead", ("chips.U1.bumps.L3", "carrier.frame.leads.3"))


@pytest.mark.parametrize(("old", "new", "said"), [
    ('"8 x 20"', '"8 and 20"', "'8 and 20' is not a valid strip: rows and columns of packages"),
    ('"Frame thickness" "200 um ± 8 um"', '"Frame thickness" ""', "the lead frame has no thickness"),
    ('(pad "2" smd', '(pad "1" smd', "two pads have this name"),
    ('"Carrier kind" "lead frame"', '"Carrier kind" "interposer"', "'interposer' has no frame, and this carrier"),
])
def test_what_a_board_gets_wrong_about_its_frame_is_a_fault(old: str, new: str, said: str) -> None:
    data = board_file(read_package_file(QFN)).decode()
    assert old in data
    with pytest.raises(Faults) as found:
        read_board(data.replace(old, new, 1).encode(), "b.kicad_pcb")
    assert said in str(found.value.faults[0])


def test_kicad_has_nothing_to_say_against_a_frame(kicad_version: str, kicad_cli: Any, tmp_path: Path) -> None:
    """Leads that end at the edge, a paddle with its tie bars, bumps on leads: none of it is a fault of KiCad's own rules."""
    for name, data in files_of(read_package_file(QFN)).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    report = tmp_path / "drc.json"
    kicad_cli(kicad_version, "pcb", "drc", "--format", "json", "-o", report, next(tmp_path.glob("*.kicad_pcb")))
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["violations"] == []
    assert found["unconnected_items"] == []


def test_without_the_allowance_kicad_would_call_every_lead_a_fault(
    kicad_version: str, kicad_cli: Any, tmp_path: Path
) -> None:
    package = read_package_file(QFN)
    (tmp_path / "b.kicad_pcb").write_bytes(board_file(package))
    kicad_cli(kicad_version, "pcb", "drc", "--format", "json", "-o", tmp_path / "drc.json", tmp_path / "b.kicad_pcb")
    found = json.loads((tmp_path / "drc.json").read_text(encoding="utf-8"))
    at_edge = [one for one in found["violations"] if one["type"] == "copper_edge_clearance"]
    assert len(at_edge) >= 24  # the leads; KiCad may tell the paddle's four tie bars once


@pytest.mark.parametrize("name", ["qfn", "DFN-8_3x3mm", "QFN-20_4x4mm"])
def test_nothing_drifts_between_a_frame_and_its_board(name: str) -> None:
    package = packages()[name]
    assert drift(read_board(board_file(package), "b.kicad_pcb"), package) == ()


def test_a_lead_that_was_moved_and_joined_to_another_net_drifts() -> None:
    data = board_file(read_package_file(QFN)).decode()
    head, mark, tail = data.partition('(pad "3" smd rect')
    tail = tail.replace("(at -2.075 -0.25)", "(at -2.175 -0.25)", 1).replace('"S3")', '"S4")', 1)
    keys = {one.key for one in drift(read_board((head + mark + tail).encode(), "b.kicad_pcb"), read_package_file(QFN))}
    assert keys == {"carrier.frame.leads.3", "carrier.frame.leads.3.net"}
