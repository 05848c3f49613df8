"""Lead frames changed at random: each is refused with a place, or is a frame that comes back from its board and its file, is
drawn and exported, and is judged as brute force judges its metal."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
import shapely

import random_frames as frames
from dose import dose
from overmold.check import KEPT, Result, check
from overmold.compare import drift
from overmold.drawings.outline import outline_drawing
from overmold.exchange.writing import KINDS
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.measures import Reading, all_measures
from overmold.package import Package
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import METAL, bodies

DECK = load_deck()
DOSE = range(dose(8, 700))
FOUND = (39, 62, 81, 100, 134)  # what once went wrong: fused leads that lie apart, rows inside a row, a bar alone, a bent lead


def package(seed: int) -> Package:
    chance = random.Random(seed)
    try:
        return frames.package_of(frames.changed(frames.data_of(chance.choice(frames.FILES)), chance))
    except Faults:
        pytest.skip("no frame")


def values(name: str, of: Package) -> list[float]:
    return [float(one.value) for one in all_measures()[name].take(of) if isinstance(one, Reading)]


def statuses(result: Result) -> dict[str, str]:
    """Without the one that only a board can break."""
    return {one.rule.name: one.status for one in result.verdicts if one.rule.name != "mold-area-differs-from-outline"}


@pytest.mark.parametrize("seed", [*DOSE, *(seed for seed in FOUND if seed not in DOSE)])
def test_a_frame_changed_at_random_holds(seed: int, tmp_path: Path) -> None:
    spec = package(seed)
    board = read_board(board_file(spec), "b.kicad_pcb")
    assert drift(board, spec) == ()
    assert board.odd == ()
    written = package_file(board)
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drift(read_package_text(next(iter(written.values())), "again.yaml", tmp_path), spec) == ()
    result = check(spec, DECK)
    assert statuses(check(board, DECK)) == statuses(result)
    for make in (plan, section, outline_drawing, files_of, *(kind.write for kind in KINDS)):
        make(spec)
    _judged_as_by_brute_force(spec, statuses(result))


def _judged_as_by_brute_force(spec: Package, said: dict[str, str]) -> None:
    frame, standing = frames.frame_of(spec), frames.standing(frames.frame_of(spec))
    gap = min((value * frame.thickness.nominal for value in values("lead_gap_to_thickness", spec)), default=math.inf)
    assert gap == pytest.approx(frames.narrowest(frame), abs=4)
    if said["bump-not-on-lead"] == KEPT:
        for chip in spec.chips:
            if chip.bumps is not None and not chip.on:
                assert chip.bumps.diameter is not None
                reach = (chip.bumps.pad or chip.bumps.diameter.nominal) / 2 - 3
                assert all(standing.covers(shapely.Point(spot).buffer(reach)) for spot in chip.bumps.sites.xy.tolist())
    if said["chip-over-etched-metal"] == KEPT:
        low = shapely.union_all([frames.shape(region) for region in frame.etched_above])
        low = low.intersection(shapely.union_all([frames.shape(body.outline) for body in bodies(spec) if body.kind == METAL]))
        glued = [frames.shape(chip.outline) for chip in spec.chips if chip.has_attach and not chip.on]
        assert all(one.intersection(low).area < 1e6 for one in glued)
    if said["wire-ends-on-nothing"] == KEPT:
        metal = {"paddle", *(lead.name for lead in frame.leads)}
        ends = [at for wire in spec.wires for end, at in ((wire.start, wire.from_at), (wire.end, wire.to_at)) if end in metal]
        assert all(standing.distance(shapely.Point(at)) <= 2 for at in ends)
    whole = [*(lead.outline for lead in frame.leads), *([frame.paddle] if frame.paddle is not None else [])]
    parts = [body.outline for body in bodies(spec) if body.kind == METAL and body.key != "carrier.frame.tie_bars"]
    assert sum(frames.shape(one).area for one in parts) == pytest.approx(sum(frames.shape(one).area for one in whole), rel=1e-5)
