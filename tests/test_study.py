"""Tolerance studies: against closed forms, against corners, against each other, and against published heights."""

from __future__ import annotations

import json
import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overmold.check import BROKEN, KEPT, WARNED, check
from overmold.measures import all_measures
from overmold.package import TOLERANCES
from overmold.report.finding import Report, View
from overmold.report.studied import outside_words
from overmold.rule import load_deck
from overmold.study import assumptions_of, study
from overmold.study.figures import Capability, wilson
from overmold.study.probes import Bench, readings
from overmold.study.run import Studying
from overmold.units import RATIO
from random_stacks import a_stack
from variants import demo

DECK = load_deck(examples=False)
RATIO_RULE = next(rule for rule in DECK.rules if rule.name == "cover-not-half-to-twice-gap")


def of_demo(words: str = "", samples: int = 1_000_000):
    (row,) = [one for one in study(demo(), [RATIO_RULE], assumptions_of(words, samples)).rows if one.rule]
    return row


def test_the_demo_comes_out_as_the_prototype_has_it() -> None:
    row = of_demo()
    figures, capability = row.figures, row.capability
    assert (float(figures.nominal), round(float(figures.low), 3), round(float(figures.high), 3)) == (1.2, 0.687, 1.836)
    assert round(figures.rss, 4) == 0.0983
    assert round(figures.sigma, 4) == 0.0984
    assert {key: round(100 * share) for key, share in figures.shares} == {
        "mold.cap": 46, "chips.U1.bumps.height": 25, "chips.U1.thickness": 20, "carrier.stackup.0.thickness": 9}
    assert round(capability.cpk, 2) == 2.38
    assert round(capability.cp, 2) == 2.54
    assert capability.outside == 0
    assert 3e-6 < capability.most < 4e-6  # no less than a million samples can tell


def test_the_same_seed_gives_the_same_and_another_dimension_changes_nothing() -> None:
    one, other = of_demo(samples=20_000), of_demo(samples=20_000)
    assert one.figures == other.figures
    more = study(demo(), DECK.rules, assumptions_of("", 20_000))
    assert one.figures == next(row.figures for row in more.rows if row.rule == RATIO_RULE.name)
    assert one.figures.sigma != next(row.figures.sigma for row in study(demo(), [RATIO_RULE], assumptions_of(
        "", 20_000, seed=3)).rows)


@pytest.mark.parametrize("words", TOLERANCES)
def test_samples_of_a_sum_agree_with_its_closed_form(words: str) -> None:
    assumed = assumptions_of(words, 60_000)
    rows = {row.measure: row for row in study(demo(), [], assumed).rows}
    for measure in ("gap_under_chip", "mold_over_chip", "package_height"):
        figures = rows[measure].figures
        assert figures.sigma == pytest.approx(figures.rss, rel=0.02)
        assert figures.mean == pytest.approx(float(figures.nominal), abs=5 * figures.rss / math.sqrt(60_000))
        if assumed.is_truncated:
            assert float(figures.low) - 1 <= figures.least < figures.greatest <= float(figures.high) + 1


def test_t1_and_t2_are_never_drawn_by_themselves() -> None:
    ratio = of_demo(samples=10).figures.rss
    alone = 1.2 * math.hypot(math.sqrt(25 + 9) / 3 / 75, math.sqrt(25 + 9 + 100 + 225) / 3 / 90)
    assert 1 - alone / ratio == pytest.approx(0.09, abs=0.01)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10**6))
def test_what_lies_within_its_tolerances_lies_within_the_corners(seed: int) -> None:
    package = a_stack(seed, chips=3, passives=0)
    words = ("uniform", "normal, 3 sigma, truncated")[seed % 2]
    for row in study(package, [RATIO_RULE], assumptions_of(words, 3000)).rows:
        figures, slack = row.figures, 1 if row.kind is not RATIO else abs(float(row.figures.nominal)) * 1e-4 + 1e-5
        if not figures.unbound:
            assert figures.least >= float(figures.low) - slack
            assert float(figures.high) >= 10**9 or figures.greatest <= float(figures.high) + slack


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(TOLERANCES))
def test_only_a_package_with_a_dimension_beyond_its_tolerance_lies_beyond_the_corners(seed: int, words: str) -> None:
    """By whatever assumption it is drawn; how much of a dimension a plain normal has beyond its tolerance is printed."""
    package, assumed = a_stack(seed, chips=3, passives=1), assumptions_of(words)
    studying = Studying(package, assumed)
    stated = {key: value for key, value in studying.bench.toleranced.items() if value.plus or value.minus}
    drawn = {key: assumed.draw(assumed.stream(key), value, 4000).astype(float) for key, value in stated.items()}
    kept = [(-value.minus - 0.5 <= drawn[key]) & (drawn[key] <= value.plus + 0.5) for key, value in stated.items()]
    sound = np.all(kept, axis=0)
    assert sound.all() or not assumed.is_truncated
    seen = 0
    for name in ("mold_over_chip", "passive_headroom", "package_height"):
        for name_of, reading in readings(all_measures()[name], package).items():
            subject = studying.subject(all_measures()[name], name_of, reading, None) if reading.low != reading.high else None
            if subject is None or subject.formula is None:
                continue
            values = subject.formula.of({key: drawn[key] for key in subject.formula.keys})[sound]
            assert values.min() >= float(reading.low) - 2
            assert values.max() <= float(reading.high) + 2
            seen += 1
    assert seen


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10**6))
def test_formulas_are_what_the_measures_read(seed: int) -> None:
    package = a_stack(seed, chips=4, passives=1)
    chance = random.Random(seed)
    for name in ("cover_to_gap_ratio", "mold_over_chip", "passive_headroom"):
        measure, studying = all_measures()[name], Studying(package, assumptions_of("", 1))
        stated = studying.bench.toleranced
        moved = {key: chance.randint(-value.minus, value.plus) for key, value in stated.items()}
        there = readings(measure, Bench(package).at({key: stated[key].nominal + step for key, step in moved.items()}), None)
        for name_of, reading in readings(measure, package).items():
            subject = studying.subject(measure, name_of, reading, None) if reading.low != reading.high else None
            if subject is not None and subject.formula is not None and name_of in there:
                assert subject.formula.value(moved) == pytest.approx(Fraction(there[name_of].value), abs=2)
                array = subject.formula.of({key: np.array([float(step)]) for key, step in moved.items()})
                assert float(array[0]) == pytest.approx(float(there[name_of].value), rel=1e-6, abs=2)


def test_a_bridge_is_the_greatest_of_its_supports() -> None:
    from overmold.package_file import read_package_file
    from paths import REPOSITORY

    package = read_package_file(REPOSITORY / "examples/interposer_2.5d.yaml")
    rows = study(package, [RATIO_RULE], assumptions_of("", 2000)).rows
    assert rows
    assert all(row.figures.is_exact for row in rows)


def test_wilson_never_says_none_or_all() -> None:
    assert wilson(0, 1000) == (0.0, pytest.approx(0.00383, abs=1e-5))
    low, high = wilson(10, 1000)
    assert (round(low, 5), round(high, 5)) == (0.00544, 0.01831)  # as R's binom.wilson has it
    assert wilson(1000, 1000)[1] == 1.0
    said = outside_words(Capability(None, None, 0, 1_000_000, *wilson(0, 1_000_000)))
    assert said == "none of 1,000,000: at most 0.00038 %"


def test_a_filler_counts_at_its_largest_and_does_not_vary() -> None:
    package = demo(mold__filler="22 um ± 3 um")
    rule = next(one for one in DECK.rules if one.name == "filler-not-below-half-gap")
    (row,) = [one for one in study(package, [rule], assumptions_of("", 5000)).rows if one.rule]
    assert {key for key, _ in row.figures.shares} == {"chips.U1.bumps.height", "carrier.stackup.0.thickness"}
    assert row.figures.mean == pytest.approx(25 / 75, abs=0.01)


def test_a_rule_may_ask_for_a_capability() -> None:
    def verdict(least: str):
        rule = RATIO_RULE._replace(cpk=Fraction(least))
        return check(demo(), DECK._replace(rules=(rule,))).verdicts[0]

    assert verdict("2.3").status == KEPT
    broken = verdict("2.5")
    assert broken.status == BROKEN
    report = Report("x", check(demo(), DECK._replace(rules=(broken.rule,))))
    (finding,) = report.findings
    assert "1.2 with a Cpk of 2.38" in finding.message
    assert "Cpk at least 2.5" in finding.message


def test_what_a_tolerance_means_is_stated_in_the_file_or_a_deck_and_printed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from overmold.report import FORMATS

    deck = tmp_path / "our.yaml"
    deck.write_text("tolerances: normal, 2 sigma\n", encoding="utf-8")
    result = check(demo(), load_deck((), [deck], examples=False))
    assert result.package.tolerances == "normal, 2 sigma"
    assert check(demo(tolerances="uniform"), load_deck((), [deck], examples=False)).package.tolerances == "uniform"
    found = study(result.package, [RATIO_RULE], assumptions_of(result.package.tolerances, 1000))
    for name in ("text", "json", "markdown", "sarif", "junit"):
        words = FORMATS[name]([Report("x", result, study=found)], View())
        assert "a tolerance is 2 sigma" in words, name


def test_a_design_that_keeps_at_nominal_and_breaks_at_a_corner_is_shown_as_such_in_each_format() -> None:
    from overmold.commands.formats import FORMATS

    result = check(demo(mold__cap="335 um ± 15 um"), DECK)
    assert result.verdict(RATIO_RULE.name).status == WARNED
    report = Report("x.yaml", result)
    for name, write in FORMATS.items():
        words = write([report], View())
        if name == "json":
            (found,) = [one for one in json.loads(words)["reports"][0]["violations"] if one["type"] == RATIO_RULE.name]
            assert found["at_corner"]
        elif name != "lines":
            assert "at the worst tolerance corner (nominal 1.467)" in words.replace("\\", ""), name
