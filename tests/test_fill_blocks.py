"""Every block of mold has a fill of its own: under each chip that of the block over it; on the far side; walls that slant."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from functools import cache
from math import radians, tan
from pathlib import Path

import numpy as np
import pytest

from overmold.cli import main
from overmold.faults import Faults
from overmold.fill import OVER, UNDER, Filled, NotRun, Options, fill, fill_all
from overmold.fill.layers import cells_of
from overmold.measures import Reading, Unmeasured
from overmold.measures.mold_fill import air_trapped_under_chip, gap_filled_when_front_is_across
from overmold.package import Package
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file
from overmold.pages.panels import made
from overmold.pictures.fill_maps import fill_maps
from overmold.pictures.fill_section import fill_section
from overmold.report.fill_curve import curve, read_vary
from overmold.report.fill_text import fill_data, fill_text
from overmold.units import LENGTH, PRESSURE, parse_toleranced
from paths import PACKAGES
from variants import demo, demo_with

FILE = PACKAGES / "two_compounds.yaml"
ROUGH = Options(cells=24, halved=False)
RF, BELOW = "mold.regions.RF", "mold.regions.UNDER"


@cache
def package() -> Package:
    return read_package_file(FILE)


@cache
def ran() -> dict[str, Filled]:
    return {one.block: one for one in fill_all(package(), ROUGH) if isinstance(one, Filled)}


def test_each_block_is_run_with_its_own_gate_and_pressure() -> None:
    assert list(ran()) == ["mold", RF, BELOW]
    first, rf, below = ran().values()
    assert ({one.part.chip for one in first.trapped}, {one.part.chip for one in rf.trapped}) == ({"U1"}, {"U2"})
    assert (first.process.gate, rf.process.gate) == ("", "right")
    assert [one.pressures.vacuum for one in (first, rf)] == [parse_toleranced(one, PRESSURE).nominal for one in (
        "10 mmHg", "2 mmHg")]
    assert (below.chips, below.is_far, below.found.unreached) == ((), True, 0)
    # U2's gate is at the right: there the front has come first.
    field = rf.found.field
    columns = np.nanmean(np.where(np.isfinite(field.arrival[0]), field.arrival[0], np.nan), axis=1)
    assert columns[-1] < columns[0]


def test_the_measures_ask_the_block_over_each_chip() -> None:
    taken = [one for one in air_trapped_under_chip(package()) if isinstance(one, Reading)]
    assert [one.where for one in taken] == [("chips.U1",), ("chips.U2",)]
    assert "10 mmHg" in taken[0].note
    assert "2 mmHg" in taken[1].note
    unpacked = with_values(package(), {"mold.process.packing": None,
                                       f"{RF}.process.packing": parse_toleranced("7 MPa", PRESSURE)})
    found = list(air_trapped_under_chip(unpacked))
    assert [type(one) for one in found] == [Unmeasured, Reading]
    assert found[1].where == ("chips.U2",)
    unknown = list(gap_filled_when_front_is_across(with_values(package(), {"mold.cap": None})))
    assert [(type(one), one.where[0]) for one in unknown] == [(Unmeasured, "mold.cap"), (Reading, "chips.U2")]


def test_a_block_that_cannot_be_run_does_not_stop_the_others() -> None:
    found = list(fill_all(with_values(package(), {f"{RF}.cap": None}), ROUGH))
    assert [type(one) for one in found] == [Filled, NotRun, Filled]
    assert isinstance(found[1], NotRun)
    assert f"{RF}.cap" in found[1].words
    with pytest.raises(Faults, match="there is no block of mold 'XX'"):
        fill(package(), ROUGH, block="mold.regions.XX")


@pytest.mark.parametrize("key", [RF, BELOW])
def test_a_block_with_slanted_walls_holds_what_its_shape_holds(key: str) -> None:
    filled = ran()[key]
    cells = filled.found.field.cells
    mold = filled.package.mold
    assert mold is not None
    assert mold.cap is not None
    (wide, high), cap, lean = mold.outline.size, mold.cap.nominal, tan(radians(mold.draft / 1000))
    steps = (np.arange(1000) + .5) / 1000 * cap
    held = float(((wide - 2 * lean * steps) * (high - 2 * lean * steps)).mean() * cap) / 1e9
    for one in filled.chips:
        assert one.thickness is not None
        held -= np.prod(one.outline.size) * one.thickness.nominal / 1e9
        assert one.bumps is not None
        held -= len(one.bumps.sites) * np.pi / 4 * 90**2 * 60
    for part in filled.package.passives if key == BELOW else ():
        assert part.height is not None
        held -= np.prod(part.outline.size) * part.height.nominal / 1e9
    there = np.where(cells.there, cells.high - cells.low, 0.0)
    volume = float((there * cells.open * np.diff(cells.x)[:, None] * np.diff(cells.y)).sum())
    assert volume == pytest.approx(held, rel=2e-3)
    assert cells.high.max() == pytest.approx(cap / 1000)
    assert cells.high.max(axis=0)[0, 0] < cells.high.max(axis=0)[0, 5] < cap / 1000


def test_walls_that_slant_close_in_more_over_a_chip_near_them() -> None:
    near = {"passives": None, "chips.0.at": ["-2.2 mm", "0 mm"]}
    shares = []
    for draft in ("0 deg", "15 deg"):
        made_ = demo_with(near, {"mold.draft": draft} if draft != "0 deg" else {})
        shares.append({one.part.where: one.before for one in fill(made_, Options(cells=48, halved=False)).trapped})
    assert shares[1][OVER] != shares[0][OVER]
    assert shares[1][UNDER] == pytest.approx(shares[0][UNDER], abs=.1)
    upright = cells_of(demo_with(near), 48)
    lean = cells_of(demo_with(near, {"mold.draft": "1 deg"}), 48)
    assert np.all(lean.high <= upright.high)
    assert lean.volume.sum() < upright.volume.sum()


def test_mold_kept_out_of_a_far_block_is_a_wall_of_it_and_of_no_other() -> None:
    text = FILE.read_text(encoding="utf-8") + (
        "keep_outs:\n  - {name: K, kept_out: mold, size: [0.5 mm, 0.5 mm], at: [0.7 mm, 0.3 mm], side: far side}\n")
    from overmold.package_file import read_package_text

    kept = read_package_text(text, "x.yaml", PACKAGES)
    whole, without = (cells_of(one, 24) for one in (ran()[BELOW].package, fill(kept, ROUGH, block=BELOW).package))
    assert without.inside.sum() < whole.inside.sum()
    assert fill(kept, ROUGH).found.field.cells.inside.sum() == ran()["mold"].found.field.cells.inside.sum()


def test_a_point_gate_is_where_it_is_stated_in_a_block_beside_the_middle() -> None:
    place = {"gate": "point", "gate_x": parse_toleranced("2.5 mm", LENGTH), "gate_y": parse_toleranced("2 mm", LENGTH)}
    at = with_values(package(), {f"{RF}.process.{name}": value for name, value in place.items()})
    field = fill(at, ROUGH, block=RF).found.field
    i, j = np.unravel_index(int(np.nanargmin(np.nanmin(field.arrival, axis=0))), field.arrival.shape[1:])
    x, y = field.cells.middles
    assert (x[i], y[j]) == (pytest.approx(2500, abs=200), pytest.approx(2000, abs=200))
    assert 'class="spot"' in fill_maps(fill(at, ROUGH, block=RF))
    # A point of the first block is no gate of another.
    first = with_values(package(), {"mold.process.gate": "point", "mold.process.gate_x": parse_toleranced("-4 mm", LENGTH)})
    assert fill(first, ROUGH, block=BELOW).process.gate == ""
    with pytest.raises(Faults, match=r"the point gate at \(9 mm, 0 mm\) is not over the mold"):
        fill(demo(mold__process__gate="point", mold__process__gate_x="9 mm"), ROUGH)


def test_reports_pictures_and_page_tell_each_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = fill_text(ran()[RF], "x", named=True)
    assert "mold RF" in text.splitlines()[0]
    assert "walls that lean in by 6 deg" in text
    assert "as seen from above" in fill_text(ran()[BELOW], "x")
    assert fill_data(ran()[BELOW], "x")["block"] == BELOW
    for one in ran().values():
        for picture in (fill_maps(one), fill_section(one)):
            ET.fromstring(picture)
    assert "mold UNDER, on the far side, turned up: " in fill_maps(ran()[BELOW])
    assert ">U1<" not in fill_maps(ran()[RF])
    out = tmp_path / "pictures"
    assert main(["fill", str(FILE), "--cells", "16", "-o", str(out), "--format", "json"]) == 0
    reports = json.loads(capsys.readouterr().out)["reports"]
    assert [one["block"] for one in reports] == ["mold", RF, BELOW]
    name = package().name
    assert sorted(path.name for path in out.glob("*.svg")) == sorted(
        f"{name}.fill{block}{kind}.svg" for block in ("", "-RF", "-UNDER") for kind in ("", "-section"))
    from overmold.check import Result
    from overmold.report.finding import Report

    shown = made("fill", Report("x.yaml", Result(with_values(package(), {f"{RF}.process.method": "compression"}), ())))
    assert str(shown.body).count('class="fill-block"') == len(shown.data["blocks"]) == 2
    assert "The mold is made by compression" in str(shown.body)


def test_the_curve_has_every_chip_by_its_own_block() -> None:
    spots = curve(package(), read_vary(package(), f"{RF}.cap=435..445um:10um"), Options(cells=16))
    assert [(one.chip, one.under is not None) for one in spots] == [("U1", True), ("U2", True)] * 2
    assert spots[0].ratio == spots[2].ratio
    assert spots[1].ratio != spots[3].ratio
