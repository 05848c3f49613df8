"""What a dimension may be: the demo's numbers, and agreement with bisection of the check over random packages."""

from __future__ import annotations

import json
import os
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from overmold.check import INFO, check, put
from overmold.cli import main
from overmold.measures import all_measures
from overmold.package import Package
from overmold.package.pieces import dimensions, with_values
from overmold.pictures.window import gap_window
from overmold.read_any import read_any
from overmold.report.finding import Report
from overmold.rule import Rule, load_deck
from overmold.solve import AT_CORNERS, NOMINAL, solve
from overmold.solve.line import KEEPS
from overmold.solve.region import outlines, region
from overmold.study import assumptions_of
from overmold.study.probes import Bench
from overmold.study.run import first_order_cpk
from paths import DEMO
from random_stacks import a_stack
from variants import demo

DECK = load_deck(examples=False)
RULES = {rule.name: rule for rule in DECK.rules}
RATIO_RULE = RULES["cover-not-half-to-twice-gap"]
# What depends on heights; bridges, overhangs and slits are among them.
HEIGHTS = [rule for rule in DECK.rules if rule.measure in {
    "cover_to_gap_ratio", "face_up_cover_to_gap_ratio", "gap_under_chip", "mold_over_chip", "passive_headroom",
    "room_between_overlapping_chips", "step_under_bridge", "die_attach", "encapsulant_in_gap", "height_to_spare",
    "filler_to_gap_ratio", "encapsulant_in_slits", "overhang_to_thickness"} and rule.severity != INFO]


def kept(solution, rule):  # type: ignore[no-untyped-def]
    return [(span.low, span.high) for span in solution.spans_of(rule.name) if span.state == KEEPS]


def test_the_caps_of_the_demo() -> None:
    assert kept(solve(demo(), [RATIO_RULE], "mold.cap"), RATIO_RULE) == [(262_500, 375_000)]
    assert kept(solve(demo(), [RATIO_RULE], "mold.cap", AT_CORNERS), RATIO_RULE) == [(299_500, 326_000)]


def test_every_finding_carries_the_number() -> None:
    broken = demo(mold__cap="455 um ± 15 um")
    report = Report("x", check(broken, DECK._replace(rules=(RATIO_RULE,))))
    (finding,) = report.findings
    assert finding.numbers[0] == ("mold cap 455 um → between 262.5 um and 375 um, at every corner between 299.5 um and 326 um")
    assert [one.split(" → ")[0] for one in finding.numbers[1:]] == ["bump height of U1 90 um", "chip thickness of U1 150 um"]


def broken_at(package: Package, rules: list[Rule], key: str, value: int, at_corners: bool) -> bool:
    """The check itself, and no other part of the program."""
    moved = with_values(package, {key: replace(dimensions(package)[key], nominal=value)})
    return any(one.severity and (at_corners or not one.at_corner) for rule in rules
               for one in put(moved, rule).judged)


def ends_by_bisection(package: Package, rules: list[Rule], key: str, low: int, high: int, at_corners: bool) -> list[int]:
    """The last value before each change of whether any rule breaks: a fine comb, and between its teeth bisection."""
    step = max(1, (high - low) // 60)
    comb = [*range(low, high, step), high]
    states = [broken_at(package, rules, key, value, at_corners) for value in comb]
    found = []
    for (left, before), (right, after) in zip(zip(comb, states), zip(comb[1:], states[1:])):
        if before != after:
            while right - left > 1:
                middle = (left + right) // 2
                is_same = broken_at(package, rules, key, middle, at_corners) == before
                left, right = (middle, right) if is_same else (left, middle)
            found.append(left)
    return found


def agree(seed: int) -> int:
    """Hold one random package against bisection; how many ends there were."""
    chance = random.Random(seed)
    package = a_stack(seed, chips=4, passives=1)
    keys = [key for key in dimensions(package) if not key.startswith(("carrier.stackup.1", "carrier.frame"))
            and "diameter" not in key]
    key = chance.choice(keys)
    at_corners = chance.random() < 0.5
    rules = [rule for rule in HEIGHTS if key in Bench(package).asked(all_measures()[rule.measure], rule.limits.lower)]
    solution = solve(package, rules, key, AT_CORNERS if at_corners else NOMINAL)
    ours = []
    for one in solution.keeps:
        ours += [one.low - 1] if one.low > solution.low else []
        ours += [one.high] if one.high < solution.high else []
    theirs = ends_by_bisection(package, rules, key, solution.low, solution.high, at_corners)
    assert set(theirs) <= set(ours), (seed, key, at_corners, ours, theirs)
    for end in set(ours) - set(theirs):  # so near another that the comb went over both
        sides = [broken_at(package, rules, key, value, at_corners) for value in (end, end + 1)]
        assert sides[0] != sides[1], (seed, key, end)
    return len(ours)


def test_ends_agree_with_bisection_of_the_check_to_a_nanometre() -> None:
    assert sum(map(agree, (1, 6, 15))) > 5


@pytest.mark.long
def test_ends_agree_with_bisection_over_200_random_packages() -> None:
    counts = list(map(agree, range(int(os.environ.get("OVERMOLD_FUZZ") or 200))))
    assert sum(count > 2 for count in counts) > 10, "some have several intervals"


def test_a_region_has_the_corners_of_its_lines() -> None:
    found = region(demo(), [RATIO_RULE, RULES["mold-over-chip-too-thin"]], "mold.cap", "chips.U1.thickness")
    assert all(area.is_exact for area in found.areas)
    inside = [(x, y) for x in (270_000, 320_000, 380_000, 420_000) for y in (100_000, 150_000, 180_000)]
    for x, y in inside:
        moved = with_values(demo(), {key: replace(dimensions(demo())[key], nominal=value)
                                     for key, value in (("mold.cap", x), ("chips.U1.thickness", y))})
        broken = any(one.severity and not one.at_corner for area in found.areas for one in put(moved, area.rule).judged)
        assert found.keeps.covers(shapely.Point(x, y)) != broken, (x, y)
    assert outlines(found.keeps)


def spec_in(folder: Path, cap: str) -> Path:
    """The demo with another cap, in a folder of its own."""
    (folder / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    spec = folder / "fccsp.yaml"
    spec.write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um ± 15 um", f"cap: {cap}"), encoding="utf-8")
    return spec


def test_fix_writes_one_value_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = spec_in(tmp_path, "455 um ± 15 um")
    before = spec.read_text(encoding="utf-8")
    assert main(["solve", str(spec), "--vary", "mold.cap", "--fix"]) == 0
    shown = capsys.readouterr().out
    assert "-  cap: 455 um ± 15 um" in shown
    assert "+  cap: 310 um ± 15 um" in shown
    assert spec.read_text(encoding="utf-8") == before.replace("455 um", "310 um")
    assert check(read_any(spec), DECK).errors == 0
    assert main(["solve", str(spec), "--vary", "mold.cap", "--fix", "400 um"]) == 2
    assert "it may be between 262.5 um and 375 um" in capsys.readouterr().err
    assert main(["solve", str(spec), "--vary", "mold.cap", "--fix", "300 um"]) == 0
    assert spec.read_text(encoding="utf-8") == before.replace("455 um", "300 um")


def test_fix_takes_the_dimension_with_the_least_way_to_go_and_none_that_mends_nothing(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = spec_in(tmp_path, "455 um ± 15 um")
    before = spec.read_text(encoding="utf-8")
    assert main(["solve", str(spec), "--fix", "300 um"]) == 2
    assert "'300 um' is a value of one dimension; name that with --vary" in capsys.readouterr().err
    assert main(["solve", str(spec), "--fix"]) == 0
    assert spec.read_text(encoding="utf-8") == before.replace("455 um", "310 um")
    mended = spec.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["solve", str(spec), "--fix"]) == 0
    assert capsys.readouterr() == ("", f"{spec}: every rule keeps; nothing to mend\n")
    vented = mended.replace("pressure: 10 mmHg", "pressure: 30 mmHg")
    spec.write_text(vented, encoding="utf-8")
    assert main(["solve", str(spec), "--fix"]) == 2
    assert "no value of one dimension alone keeps every rule" in capsys.readouterr().err
    assert spec.read_text(encoding="utf-8") == vented
    assert main(["solve", str(spec), "--vary", "mold.cap", "--fix", "320 um"]) == 1
    assert "broken as before, for mold.cap has no part in it: vacuum-not-below-20-mmhg" in capsys.readouterr().err


def test_what_to_tighten_reaches_the_capability(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(DEMO), "--vary", "mold.cap", "--cpk", "2.5"]) == 1
    said = capsys.readouterr().out
    assert "with a Cpk of 2.5: no value keeps cover-not-half-to-twice-gap" in said
    found = re.search(r"cover-not-half-to-twice-gap at .* tighten mold.cap from ± 15 um to ± ([\d.]+) um", said)
    assert found is not None
    package = demo(mold__cap=f"315 um ± {found[1]} um")
    cpk = first_order_cpk(package, RATIO_RULE, assumptions_of(""))
    assert cpk is not None
    assert 2.5 <= cpk < 2.52


def test_no_value_and_no_such_dimension_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(DEMO), "--vary", "mold.lid"]) == 2
    assert "there is no dimension 'mold.lid'" in capsys.readouterr().err
    spec = spec_in(tmp_path, "315 um ± 15 um")
    spec.write_text(spec.read_text(encoding="utf-8").replace("filler: 25 um", "filler: 60 um"), encoding="utf-8")
    assert main(["solve", str(spec), "--vary", "mold.filler", "--corners", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["solutions"]
    (kept,) = found["keeps"]
    assert (kept["from"], kept["to"]) == (None, 25), "a third of the gap"


def test_the_windows_name_what_ends_them(tmp_path: Path) -> None:
    for words, said in (([], ("t2/t1 at most 2: cover-not-half-to-twice-gap", "filler-not-below-half-gap", 'class="sample"')),
                        (["--x", "mold.cap", "--y", "chips.U1.thickness"], ("cover-not-half-to-twice-gap", "mold.cap"))):
        file = tmp_path / "w.svg"
        assert main(["window", str(DEMO), *words, "-o", str(file)]) == 0
        picture = file.read_text(encoding="utf-8")
        assert all(one in picture for one in said)
    assert main(["window", str(DEMO), "--x", "mold.cap"]) == 2


def test_the_window_is_green_only_where_the_ratio_keeps() -> None:
    picture = gap_window(demo(mold__cap="455 um ± 15 um"), [RATIO_RULE], assumptions_of(""))
    assert picture is not None
    (shape,) = re.findall(r'class="holds" d="M([^"]+)Z"', picture)
    corners = [tuple(map(float, spot.split())) for spot in shape.split(" L")]
    lines = re.findall(r'class="limit" d="M([^"]+)"', picture)
    ends = {tuple(map(float, line.split(" L")[1].split())) for line in lines}
    assert len(corners) == 3
    assert ends < set(corners), "between its two lines, and nowhere else"
