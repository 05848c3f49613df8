"""Judging: nominal and corners, strict and inclusive ends, margins, what was not tested, what was silenced."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from overmold.arrays import Sites
from overmold.check import (
    BROKEN,
    KEPT,
    NOT_APPLICABLE,
    NOTED,
    SILENCED,
    UNTESTED,
    WARNED,
    breach,
    check,
    judge,
)
from overmold.measures import Reading
from overmold.rule import Limits, load_deck
from overmold.rule.said import limits_text
from overmold.shapes import rectangle
from overmold.units import FLAG, LENGTH, PRESSURE, RATIO, Toleranced
from paths import REPOSITORY
from variants import demo

DECK = load_deck()
RATIO_RULE = next(rule for rule in DECK.rules if rule.name == "cover-not-half-to-twice-gap")


def rule(**changes):
    return RATIO_RULE._replace(**{"limits": Limits(at_least=10, at_most=20), **changes})


def reading(value, low=None, high=None):
    return Reading(("chips.U1",), value, value if low is None else low, value if high is None else high)


def deck_of(tmp_path, text):
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return load_deck(files=[path])


@pytest.mark.parametrize(("value", "severity", "margin", "on_limit"), [
    (9, "error", -1, False), (10, "", 0, True), (11, "", 1, False), (20, "", 0, True), (21, "error", -1, False),
])
def test_ends_that_belong_keep_the_rule_and_are_noted(value, severity, margin, on_limit):
    judged = judge(reading(value), rule())
    assert (judged.severity, judged.margin, judged.on_limit, judged.at_corner) == (severity, margin, on_limit, False)


def test_ends_that_do_not_belong_break_it():
    strict = rule(limits=Limits(above=10, below=20))
    assert [judge(reading(value), strict).severity for value in (10, 11, 19, 20)] == ["error", "", "", "error"]
    assert not judge(reading(20), strict).on_limit


@pytest.mark.parametrize(("severity", "corners", "expected"), [
    ("error", "warning", "warning"), ("error", "error", "error"), ("error", "ignore", ""),
    ("warning", "error", "warning"), ("info", "warning", "info"), ("warning", "ignore", ""),
])
def test_a_breach_at_a_corner_only_counts_as_the_rule_says_and_never_more_than_a_nominal_one(severity, corners, expected):
    for corner in (reading(12, low=9), reading(12, high=21)):
        judged = judge(corner, rule(severity=severity, corners=corners))
        assert (judged.severity, judged.margin, judged.corner_margin) == (expected, 2, -1)
        assert judged.at_corner == bool(expected)


def test_a_value_on_the_limit_is_noted_also_where_its_corner_breaks():
    judged = judge(reading(20, high=21), rule())
    assert (judged.severity, judged.at_corner, judged.on_limit) == ("warning", True, True)


def test_a_nominal_breach_is_no_corner_breach():
    judged = judge(reading(25, low=15, high=40), rule(corners="ignore"))
    assert (judged.severity, judged.at_corner, judged.margin, judged.corner_margin) == ("error", False, -5, -20)


def test_the_worst_reading_comes_first():
    made = demo()
    chips = [replace(made.chips[0], name=f"U{i}", thickness=replace(made.chips[0].thickness, nominal=value))
             for i, value in enumerate((150_000, 60_000, 40_000, 170_000))]
    result = check(replace(made, chips=tuple(chips)), DECK)
    verdict = result.verdict("cover-not-half-to-twice-gap")
    assert verdict.status == BROKEN
    assert [one.reading.where[0] for one in verdict.judged] == ["chips.U2", "chips.U1", "chips.U3", "chips.U0"]
    assert verdict.worst.margin == Fraction(-2, 3)
    # The two of them break it; U3's corner warns.
    ratio = [finding for finding in result.findings if finding.rule.name == verdict.rule.name]
    assert [finding.severity for finding in ratio] == ["error", "error", "warning"]


def test_findings_come_errors_first_and_are_counted():
    result = check(demo(mold__cap="440 um", mold__process__temperature="140 degC"), DECK)
    assert [finding.severity for finding in result.findings] == ["error", "warning"]
    assert (result.errors, result.warnings) == (1, 1)


def test_a_breach_is_said_with_what_was_read_against_what_and_where_it_stands():
    result = check(demo(mold__cap="440 um"), DECK)
    (finding,) = result.findings
    assert finding.message == ("The mold over the chip is not between half and twice the gap under it: 2.867 (U1: t2 215 um "
                               "over t1 75 um; the faster front across, the slower front, under U1, has then covered 35 %, "
                               "34 % with its bumps counted), limit at least 0.5, at most 2")
    assert finding.judged.reading.where == ("chips.U1", "mold.cap")
    assert finding.judged.margin == Fraction(-65, 75)
    assert result.package.place("mold.cap").line > 0


def test_a_corner_breach_says_the_corner_and_the_nominal():
    result = check(demo(mold__cap="355 um ± 15 um"), DECK)
    (finding,) = result.findings
    assert finding.severity == "warning"
    assert finding.judged.at_corner
    assert "2.433 at the worst tolerance corner (nominal 1.733) (U1: t2 130 um over t1 75 um; " in finding.message
    assert result.verdict("cover-not-half-to-twice-gap").status == WARNED
    assert breach(result.verdict("cover-not-half-to-twice-gap"), finding.judged) == finding.message


def test_what_could_not_be_measured_is_untested_and_what_is_not_there_does_not_apply():
    result = check(demo(mold__filler=None, passives=None), DECK)
    verdict = result.verdict("filler-not-below-half-gap")
    assert (verdict.status, verdict.worst, verdict.untested[0].where) == (UNTESTED, None, ("mold.filler",))
    assert result.verdict("passive-not-connected").status == NOT_APPLICABLE
    assert result.findings == ()


def test_a_breach_outweighs_what_could_not_be_measured_and_keeps_it():
    made = demo(chips__0__thickness=None, mold__outline=["4 mm", "4 mm"], passives=None)
    verdict = check(made, DECK).verdict("chip-not-covered")
    assert verdict.status == BROKEN
    assert verdict.untested[0].where == ("chips.U1.thickness",)


def test_a_rule_that_was_put_to_some_parts_only_was_not_put_to_the_test():
    made = demo()
    unknown = replace(made.chips[0], name="U2", bumps=replace(made.chips[0].bumps, height=None))
    verdict = check(replace(made, chips=(made.chips[0], unknown)), DECK).verdict("filler-not-below-half-gap")
    assert verdict.status == UNTESTED
    assert [one.reading.where[0] for one in verdict.judged] == ["chips.U1"]
    assert verdict.untested[0].where == ("chips.U2.bumps.height",)


def test_what_breaks_at_a_corner_comes_before_what_keeps_with_less_to_spare():
    made = demo()
    exact = replace(made.chips[0], name="U2", thickness=Toleranced(91_000), gap=Toleranced(75_000))
    loose = replace(exact, name="U3", thickness=Toleranced(110_000, 30_000, 30_000), gap=Toleranced(75_000, 20_000, 20_000))
    mold = replace(made.mold, cap=Toleranced(315_000))
    verdict = check(replace(made, chips=(exact, loose), mold=mold), DECK).verdict("cover-not-half-to-twice-gap")
    assert verdict.status == WARNED
    assert [one.reading.where[0] for one in verdict.judged] == ["chips.U3", "chips.U2"]
    assert verdict.judged[0].margin > verdict.judged[1].margin > 0


def test_a_silenced_rule_finds_nothing_and_says_why(tmp_path):
    deck = deck_of(tmp_path, "changes: {cover-not-half-to-twice-gap: {silence: true, reason: lid comes later}}")
    result = check(demo(mold__cap="440 um"), deck)
    verdict = result.verdict("cover-not-half-to-twice-gap")
    assert (verdict.status, result.findings) == (SILENCED, ())
    assert verdict.rule.silenced_because == "lid comes later"
    assert verdict.worst.severity == "error"


def test_a_team_may_tighten_or_loosen(tmp_path):
    deck = deck_of(tmp_path, "changes: {cover-not-half-to-twice-gap: {limit: {at_most: 1.1}, reason: r}, "
                             "vacuum-not-below-20-mmhg: {severity: info, limit: {below: 5 mmHg}, reason: r}}")
    result = check(demo(), deck)
    assert result.verdict("cover-not-half-to-twice-gap").status == BROKEN
    assert result.verdict("vacuum-not-below-20-mmhg").status == NOTED
    assert [finding.severity for finding in result.findings] == ["error", "info"]
    assert (result.errors, result.warnings) == (1, 0)


@pytest.mark.parametrize(("limits", "kind", "words"), [
    (Limits(at_least=Fraction(1, 2), at_most=Fraction(2)), RATIO, "at least 0.5, at most 2"),
    (Limits(below=2_666_447_748), PRESSURE, "below 20 mmHg"), (Limits(at_least=1), FLAG, "must be yes"),
    (Limits(above=1_500, below=2_000_000), LENGTH, "above 1.5 um, below 2 mm"),
])
def test_limits_are_said_in_words_with_units(limits, kind, words):
    assert limits_text(limits, kind) == words


def test_no_verdict_goes_by_a_name_that_no_rule_has():
    with pytest.raises(KeyError):
        check(demo(), DECK).verdict("gap-not-fild")


def test_a_quarter_of_a_million_bumps_give_few_readings_and_the_one_odd_pair():
    made, side = demo(passives=None), 500
    steps = np.arange(side) * 250_000 - side * 125_000
    xy = np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2).astype(np.int64)
    xy[1234] += (111_000, 0)
    bumps = replace(made.chips[0].bumps, sites=Sites(tuple(f"B{i}" for i in range(len(xy))), xy), nets=("VDD",) * len(xy))
    chip = replace(made.chips[0], outline=rectangle((0, 0), (126_000_000, 126_000_000)), bumps=bumps)
    around = rectangle((0, 0), (130_000_000, 130_000_000))
    result = check(replace(made, chips=(chip,), carrier=replace(made.carrier, outline=around),
                           mold=replace(made.mold, outline=around)), DECK)
    verdict = result.verdict("bumps-too-close")
    assert verdict.status == BROKEN
    assert [(one.reading.where, one.reading.value) for one in verdict.judged] == [
        (("chips.U1.bumps.B1234", "chips.U1.bumps.B1235"), Fraction(39, 100))]
    assert sum(len(one.judged) for one in result.verdicts) < 100
    assert {one.status for one in result.verdicts} <= {KEPT, BROKEN, NOT_APPLICABLE}


@pytest.mark.parametrize(("text", "line", "said"), [
    ("import nosuch\n", 1, "ModuleNotFoundError"), ("\ndef f(:\n", 2, "SyntaxError"), ("a = 1\nb = c\n", 2, "NameError")])
def test_a_measure_that_cannot_be_loaded_is_a_fault_at_its_line(text: str, line: int, said: str, tmp_path: Path) -> None:
    program = ("import sys, overmold.measures as m; m.__path__.insert(0, sys.argv[1]); import overmold.cli;"
               "sys.exit(overmold.cli.main(['drc', sys.argv[2]]))")
    (tmp_path / "broken.py").write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path), str(REPOSITORY / "tests/packages/demo.yaml")],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{tmp_path / 'broken.py'}:{line}:" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
