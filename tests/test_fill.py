"""Filling whole packages: what the layers are, what is said, the rules, the curve, the pictures, the command."""

from __future__ import annotations

import io
import json
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from overmold.cli import main
from overmold.faults import Faults
from overmold.fill import BESIDE, OVER, UNDER, Options, Part, Unknown, fill
from overmold.fill.layers import cells_of
from overmold.fill.words import headline, percent
from overmold.kicad.writing.board import board_file
from overmold.package import Compound
from overmold.package_file import read_package_file
from overmold.pictures.contours import region
from overmold.pictures.fill_curve import fill_curve
from overmold.pictures.fill_maps import fill_maps
from overmold.pictures.fill_section import fill_section
from overmold.report.fill_curve import curve, read_vary
from overmold.report.fill_text import fill_data, fill_text
from overmold.rule import FILL, load_deck
from paths import DEMO, REPOSITORY
from variants import demo, demo_with

EXAMPLES = sorted((REPOSITORY / "examples").glob("*.yaml"))
ROUGH = Options(cells=24, halved=False)
PACKED = {"mold.process.packing": "7 MPa"}


@cache
def filled_demo():  # type: ignore[no-untyped-def]
    return fill(demo_with(PACKED), Options(cells=40))


def test_the_layers_of_the_demo_are_those_of_its_heights() -> None:
    package = demo(passives=None)
    cells = cells_of(package, 40)
    there = cells.high > cells.low
    heights = {(part.where, float(high - low)) for part, low, high in zip(
        (cells.parts[k] for k in cells.part[there]), cells.low[there], cells.high[there])}
    assert heights == {(BESIDE, 315.0), (OVER, 90.0), (UNDER, 75.0)}
    # Lines lie on the chip's edges, so that plan and volume are exact.
    assert {-2500.0, 2500.0} <= set(cells.x.tolist())
    volume = np.where(there, (cells.high - cells.low) * np.diff(cells.x)[:, None] * np.diff(cells.y), 0)
    assert volume.sum() == pytest.approx(10_000**2 * 315 - 5_000**2 * 150)
    bumps = 18**2 * np.pi / 4 * 100**2 * 75
    assert cells.volume.sum() == pytest.approx(volume.sum() - bumps, rel=2e-3)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fills(path: Path) -> None:
    package = read_package_file(path)
    found = fill(package, ROUGH)
    assert found.found.unreached < .01
    chips = {chip.name for chip in package.chips}
    assert {one.part.chip for one in found.trapped} == chips
    assert all(0 <= one.before <= 1 for one in found.trapped)
    assert headline(found) in fill_text(found, str(path))
    for picture in (fill_maps(found), fill_section(found)):
        assert ET.fromstring(picture).tag.endswith("svg")


def test_the_answer_says_where_how_much_and_what_packing_leaves() -> None:
    found = filled_demo()
    under = next(one for one in found.trapped if one.part == Part(UNDER, "U1"))
    assert .1 < under.before < .25
    assert under.error is not None
    assert 0 < under.error < .1
    # 10 mmHg against 7 MPa, by Boyle's law.
    assert under.after == pytest.approx(under.before * 1333.22 / 7e6, rel=1e-4)
    share = percent(under.before)
    assert headline(found).startswith(f"Air is closed in under U1: {share} of its area at 10 mmHg before packing")
    assert headline(found).endswith(f"at most {percent(under.after)} after packing at 7 MPa.")
    void = found.found.voids[0]
    assert void.part.chip == "U1"
    assert abs(void.at[0]) < 2_500_000
    assert abs(void.at[1]) < 300_000
    data = fill_data(found, "demo.yaml")
    assert json.loads(json.dumps(data))["packing_Pa"] == 7e6
    assert "dissolves" in fill_text(found, "demo.yaml")


def test_what_is_not_stated_is_said_and_not_assumed() -> None:
    assert "State the packing pressure" in headline(fill(demo(), ROUGH))
    with pytest.raises(Unknown, match=r"chips\.U1\.thickness"):
        fill(demo(chips__0__thickness=None), ROUGH)
    with pytest.raises(Faults, match="no mold"):
        fill(replace(demo(), mold=None), ROUGH)


def test_gates_vents_and_units_are_heeded() -> None:
    def over_and_under(**process: object) -> tuple[float, float]:
        package = demo(passives=None, **{f"mold__process__{key}": value for key, value in process.items()})
        shares = {one.part.where: one.before for one in fill(package, ROUGH).trapped}
        return shares[OVER], shares[UNDER]

    left = over_and_under()
    for side in ("right", "top", "bottom"):
        assert over_and_under(gate=side) == pytest.approx(left, abs=1e-3)
    corner = over_and_under(gate="top left", gate_width="1 mm")
    assert corner == pytest.approx(over_and_under(gate="bottom right", gate_width="1 mm"), abs=1e-3)
    assert over_and_under(gate="centre", gate_width="1 mm")[1] > left[1]
    point = over_and_under(gate="point", gate_x="-4.8 mm", gate_y="0 mm", vents="right")
    assert point == pytest.approx(over_and_under(gate="left", gate_width="0.1 mm", vents="opposite the gate"), abs=.05)
    strip = fill(demo(passives=None, mold__process__cavity=[1, 3]), ROUGH)
    columns = [one.before for one in strip.trapped if one.part.where == UNDER]
    assert len(columns) == 3
    assert columns[0] == pytest.approx(left[1], abs=.05)
    assert "column 3" in fill_text(strip, "demo.yaml")


def test_a_deck_gives_time_and_shear() -> None:
    thin, thick = (Compound("X", n=1.0, tau=1e3, b=b, tb=0.0) for b in (10.0, 20.0))
    package = demo_with(PACKED, {"mold.compound": "X", "passives": None})
    times = [fill(package, replace(ROUGH, compounds={"X": one})).seconds for one in (thin, thick)]
    assert times[1] == pytest.approx(2 * times[0])
    sheared = fill(package, replace(ROUGH, compounds={"X": thin._replace(n=.5, tau=1e4)}))
    assert sheared.seconds < times[0]


def test_the_rules_warn_where_they_are_asked_for() -> None:
    from overmold.check import KEPT, WARNED, check

    deck = load_deck(also=(FILL,))
    rules = [rule for rule in deck.rules if rule.deck == FILL]
    assert {rule.name for rule in rules} == {"air-trapped-under-chip", "air-trapped-over-chip", "air-pocket-too-wide",
                                             "front-lags-under-chip"}
    assert not {rule.name for rule in rules} & {rule.name for rule in load_deck().rules}
    own = deck._replace(rules=tuple(rules))
    kept = check(demo_with(rules[0].kept_by), own)
    assert {verdict.status for verdict in kept.verdicts} == {KEPT}
    for rule in rules:
        result = check(demo_with(rule.kept_by, rule.broken_by), own)
        assert result.verdict(rule.name).status == WARNED, rule.name
        assert result.errors == 0
    for verdict in check(demo(), own).verdicts:
        missing = [one.missing for one in verdict.untested]
        assert any("packing" in words for words in missing) is (verdict.rule.name != "front-lags-under-chip")
    pressed = demo(mold__process__method="compression")
    assert all(not one.judged and not one.untested for one in check(pressed, own).verdicts)


def test_the_curve_shows_why_half_to_twice() -> None:
    package = demo(passives=None)
    spots = curve(package, read_vary(package, "mold.cap=255..405um:50um"), Options(cells=24))
    ratios = [one.ratio for one in spots]
    assert ratios == pytest.approx([.4, 16 / 15, 1.7333, 2.4], abs=1e-3)
    assert [one.under for one in spots] == sorted(one.under for one in spots)
    assert [one.over for one in spots] == sorted((one.over for one in spots), reverse=True)
    picture = fill_curve("demo", "mold.cap", {"U1": [(one.ratio, one.under, one.over) for one in spots]})
    assert ET.fromstring(picture).tag.endswith("svg")
    for words, said in (("mold.cap", "names no dimension"), ("mold.lid=1..2um:1um", "no dimension 'mold.lid'"),
                        ("mold.cap=1..2:1", "unit"), ("mold.cap=5um..2um:1um", "leads nowhere"),
                        ("mold.cap=1um..2mm:1um", "the most")):
        with pytest.raises(Faults, match=said):
            read_vary(package, words)


def test_the_command_tells_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pictures"
    assert main(["fill", str(DEMO), "--cells", "16", "-o", str(out)]) == 0
    said = capsys.readouterr()
    assert "Air is closed in" in said.out
    assert sorted(path.name for path in out.glob("*.svg")) == ["FCCSP-144_10x10mm_P0.8mm.fill-section.svg",
                                                              "FCCSP-144_10x10mm_P0.8mm.fill.svg"]
    assert main(["fill", str(DEMO), "--vary", "mold.cap=300..400um:100um", "--cells", "16", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in data["reports"][0]["spots"]] == ["300 um", "400 um"]
    lacks = tmp_path / "lacks.yaml"
    lacks.write_text("package: X\ncarrier: {kind: substrate, size: [5 mm, 5 mm]}\nmold: {filler: 25 um}\n"
                     "chips: [{name: U1, size: [2 mm, 2 mm], bonded: flip-chip}]\n", encoding="utf-8")
    assert main(["fill", str(lacks)]) == 2
    assert "mold.cap" in capsys.readouterr().err
    lacks.write_text("package: X\ncarrier: {kind: wafer, size: [5 mm, 5 mm]}\n", encoding="utf-8")
    assert main(["fill", str(lacks), "--format", "json"]) == 2
    assert capsys.readouterr().err == f"{lacks}: no mold is described, so there is nothing to fill; describe it under 'mold'\n"


def test_a_board_that_is_piped_in_is_filled(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(board_file(demo())), encoding="utf-8"))
    assert main(["fill", "-", "--cells", "16"]) == 0
    said = capsys.readouterr()
    assert (said.err, "standard input" in said.out, "Air is closed in" in said.out) == ("", True, True)


def test_the_page_of_a_check_has_the_front_to_drag_through_time() -> None:
    import base64

    from overmold.check import Result
    from overmold.pages.panels import made
    from overmold.report.finding import Report

    shown = made("fill", Report("demo.yaml", Result(demo(), ())))
    assert "Air is closed in under U1" in str(shown.body)
    (data,) = shown.data["blocks"]
    assert data["chips"][0]["name"] == "U1"
    cells = (len(data["x"]) - 1) * (len(data["y"]) - 1)
    over, under = ([np.frombuffer(base64.b64decode(one[what]), np.uint8) for what in ("arrival", "closed")]
                   for one in data["maps"])
    for arrival, closed in (over, under):
        assert len(arrival) == len(closed) == cells
        assert (arrival <= 250).mean() > .99
    assert (under[1] <= 250).sum() > (over[1] <= 250).sum() > 0
    pressed = made("fill", Report("demo.yaml", Result(demo(mold__process__method="compression"), ())))
    assert "only transfer molding" in pressed.why_not


def test_a_region_is_bounded_where_the_field_says() -> None:
    x = y = np.linspace(-1, 1, 41)
    field = 2 - np.hypot(x[:, None], y)
    (rim,) = region(field, x, y, 1.5)
    assert np.hypot(*rim.T) == pytest.approx(.5, abs=.01)
    assert len(region(np.where(field > 1.8, 0, field), x, y, 1.5)) == 2  # with a hole
