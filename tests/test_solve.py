"""What a dimension may be: the demo's numbers, and agreement with bisection of the check over random packages."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from overmold.check import INFO, check, put
from overmold.measures import all_measures
from overmold.package import Package
from overmold.package.pieces import dimensions, with_values
from overmold.report.finding import Report
from overmold.rule import Rule, load_deck
from overmold.solve import AT_CORNERS, NOMINAL, solve
from overmold.solve.line import KEEPS
from overmold.study.probes import Bench
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
    report = Report("x", check(broken, replace(DECK, rules=(RATIO_RULE,))))
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
    assert sum(map(agree, range(3))) > 2


@pytest.mark.fuzz
def test_ends_agree_with_bisection_over_200_random_packages() -> None:
    counts = list(map(agree, range(int(os.environ.get("OVERMOLD_FUZZ") or 200))))
    assert sum(count > 2 for count in counts) > 10, "some have several intervals"
