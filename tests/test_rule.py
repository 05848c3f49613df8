"""Rules and decks as they are read: what they say, what they change, and every fault at its line."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.faults import Faults
from overmold.rule import Limits, load_deck

PLAIN = ("rules: {our-gap: {title: T, measure: gap_under_chip, limit: {at_least: 50 um}, severity: error, why: W, fix: F, "
         "source: trials%s}}")


@pytest.fixture
def deck(tmp_path):
    def load(text, *others):
        files = []
        for i, words in enumerate((text, *others)):
            files.append(tmp_path / f"deck{i}.yaml")
            files[-1].write_text(words, encoding="utf-8")
        return load_deck(files=files)
    return load


@pytest.fixture
def said(deck):
    def faults(text, *others):
        with pytest.raises(Faults) as raised:
            deck(text, *others)
        return [f"{fault.line}:{fault.column}: {fault.message}" for fault in raised.value.faults]
    return faults


def rule(deck, name):
    return next(rule for rule in deck.rules if rule.name == name)


def test_limits_are_whole_base_units_and_ratios_exact():
    default = load_deck()
    assert rule(default, "cover-not-half-to-twice-gap").limits == Limits(at_least=Fraction(1, 2), at_most=Fraction(2))
    assert rule(default, "vacuum-not-below-20-mmhg").limits == Limits(below=2_666_447_748)  # 20 x 133.322387415 Pa, in µPa
    assert rule(default, "mold-too-hot-for-bumps").limits == Limits(at_least=10_000)
    assert rule(default, "gap-not-filled").limits == Limits(at_least=1)


@pytest.mark.parametrize(("limits", "kept", "broken", "margins"), [
    (Limits(at_least=5, at_most=9), (5, 7, 9), (4, 10), {5: 0, 7: 2, 9: 0, 4: -1, 11: -2}),
    (Limits(above=5, below=9), (6, 8), (5, 9), {5: 0, 7: 2, 9: 0, 4: -1}),
    (Limits(at_least=5), (5, 10**9), (4,), {5: 0, 8: 3}),
    (Limits(below=9), (-(10**9), 8), (9,), {8: 1, 9: 0}),
])
def test_ends_belong_to_at_least_and_at_most_and_not_to_above_and_below(limits, kept, broken, margins):
    assert all(limits.kept_by(value) for value in kept)
    assert not any(limits.kept_by(value) for value in broken)
    assert {value: limits.margin(value) for value in margins} == margins


def test_a_rule_of_ones_own_joins_the_others(deck):
    ours = rule(deck("deck: our-line\n" + PLAIN % ""), "our-gap")
    assert (ours.deck, ours.limits, ours.severity, ours.corners, ours.source) == (
        "our-line", Limits(at_least=50_000), "error", "warning", "trials")


def test_the_deck_is_called_like_its_file_and_lends_its_source(deck):
    text = ("source: house manual 7\nrules: {a: {title: T, measure: bump_pitch, limit: {above: 1 um}, severity: info, why: W, "
            "fix: F}}")
    assert (rule(deck(text), "a").deck, rule(deck(text), "a").source) == ("deck0", "house manual 7")


def test_a_change_needs_a_reason_and_keeps_the_rule_as_its_file_has_it(deck):
    changed = rule(deck("changes: {vacuum-not-below-20-mmhg: {limit: {below: 15 mmHg}, severity: warning, corners: error, "
                        "reason: our pump}}"), "vacuum-not-below-20-mmhg")
    assert (changed.severity, changed.corners, changed.changed_because) == ("warning", "error", "our pump")
    assert changed.original == rule(load_deck(), "vacuum-not-below-20-mmhg")
    assert changed.limits.below * 20 == changed.original.limits.below * 15


def test_the_last_of_two_decks_wins_and_the_original_stays_the_first(deck):
    one, other = (f"changes: {{chips-too-close: {{limit: {{at_least: {value} um}}, reason: {why}}}}}"
                  for value, why in ((150, "first"), (120, "second")))
    changed = rule(deck(one, other), "chips-too-close")
    assert (changed.limits.at_least, changed.changed_because) == (120_000, "second")
    assert changed.original.limits.at_least == 200_000


def test_an_alloy_goes_by_all_its_names(deck):
    alloys = deck("alloys: {Ours: {solidus: 210.5 degC, also: [Yours, '63/37b']}}").alloys
    assert alloys["Ours"] is alloys["Yours"] is alloys["63/37b"]
    assert (alloys["Ours"].solidus, alloys["Ours"].liquidus) == (210_500, 210_500)
    assert alloys["96.5Sn3Ag0.5Cu"] is alloys["SAC305"]


CHANGE = "changes: {cover-not-half-to-twice-gap: {%s, reason: r}}"


@pytest.mark.parametrize(("text", "at", "fault"), [
    (PLAIN % ", claims: abc", "abc", "expected a list of claims, 1 to 20"),
    (PLAIN % ", claims: [true]", "[true]", "expected a list of claims, 1 to 20"),
    (PLAIN % ", claims: [21]", "[21]", "expected a list of claims, 1 to 20"),
    (PLAIN % ", claims: [1]", "claims", "only the claims deck says what a claim asks for"),
    (PLAIN % ", example: {broken: [1]}", "[1]", "'broken' must be a mapping"),
    (PLAIN % ", example: {brokn: {}}", "brokn", "unknown key 'brokn'; did you mean 'broken'?"),
    (PLAIN % ", sevrity: error", "sevrity", "unknown key 'sevrity'; did you mean 'severity'?"),
    ((PLAIN % "").replace("gap_under_chip", "gap_under_chips"), "gap_under_chips", "there is no measure 'gap_under_chips'"),
    ((PLAIN % "").replace("50 um", "50"), "50", "'50' has no unit"),
    ((PLAIN % "").replace("error", "fatal"), "fatal", "unknown severity 'fatal'; known: error, warning, info"),
    ((PLAIN % "").replace("why: W, ", ""), "{title", "rule 'our-gap' has no 'why'"),
    ((PLAIN % "").replace("{at_least: 50 um}", "{}"), "{}", "expected a limit"),
    ("rules: {gap-not-filled: {}}", "gap-not-filled", "rule 'gap-not-filled' exists; put it under 'changes'"),
    ("changes: {gap-not-fild: {silence: true, reason: r}}", "gap-not-fild", "did you mean 'gap-not-filled'?"),
    ("changes: {gap-not-filled: {silence: true}}", "gap-not-filled", "a change to 'gap-not-filled' needs a reason"),
    (CHANGE % "silence: perhaps", "perhaps", "write 'silence: true' or leave it out"),
    (CHANGE % "limit: {at_least: 3, at_most: 1}", "{at_least", "no number keeps this limit"),
    (CHANGE % "limit: {at_least: 3, above: 1}", "above", "'at_least' and 'above' are two limits on one side"),
    (CHANGE % "limit: {at_leest: 3}", "at_leest", "unknown limit 'at_leest'; did you mean 'at_least'?"),
    (CHANGE % "limit: {at_least: .nan}", ".nan", "is not a valid ratio; write for example 0.5"),
    (CHANGE % "limit: {at_least: 1e999999999}", "1e9", "is not a valid ratio"),
    (CHANGE % "limit: {at_least: '1e999999999'}", "'1e9", "'1e999999999' is not a valid ratio"),
    (CHANGE % "limit: {at_least: 1/0}", "1/0", "'1/0' is not a valid ratio"),
    (CHANGE % "limt: {at_least: 1}", "limt", "unknown key 'limt'; did you mean 'limit'?"),
    ("alloys: {X: {solidus: 200 degC, also: 5}}", "5}", "expected a list of names"),
    ("alloys: {X: {solidus: 200 degC, liquidus: 190 degC}}", "{solidus", "its liquidus is below its solidus"),
    ("alloys: {X: {solidus: 200}}", "{solidus", "alloy 'X': '200' has no unit"),
    ("alloys: {X: {solidus: 200 degC, sorce: s}}", "sorce", "unknown key 'sorce'; did you mean 'source'?"),
    ("rulez: {}", "rulez", "unknown key 'rulez'; did you mean 'rules'?"),
    ("[]", "[]", "is not a deck"), ("rules: [1]", "[1]", "'rules' must be a mapping"),
])
def test_what_is_wrong_in_a_deck_is_told_at_its_place(said, text, at, fault):
    place = f"1:{text.index(at) + 1}: "
    assert any(one.startswith(place) and fault in one for one in said(text)), said(text)


FAULTS = {  # each in a place of its own: what one line of a deck says, and what is told of it
    "rulez: {}": ["unknown key 'rulez'"],
    "source: a\nsource: b": ["'source' is given twice"],
    "rules:\n  one: {measure: nope, limit: {at_leest: 1, below: 2, at_most: 3}, severity: fatal, corners: never, claims: [1],\n"
    "    x: 1}": [
        "unknown key 'x'", "has no 'title'", "has no 'why'", "has no 'fix'", "no measure 'nope'", "unknown limit 'at_leest'",
        "two limits on one side", "unknown severity 'fatal'", "unknown corners 'never'", "only the claims deck says"],
    "changes:\n  one: {limt: 1}\n  nope: {severity: fatal}\n  chips-too-close: {limit: {at_least: 1}, corners: x,\n"
    "    silence: 3}": [
        "unknown key 'limt'", "'one' needs a reason", "no rule 'nope'", "'nope' needs a reason", "unknown severity 'fatal'",
        "'1' has no unit", "unknown corners 'x'", "'chips-too-close' needs a reason", "write 'silence: true'"],
    "alloys:\n  A: {solidus: 1, liquidus: 2, also: 3, sorce: 4}\n  B: {}": [
        "'1' has no unit", "'2' has no unit", "expected a list of names", "unknown key 'sorce'", "alloy 'B'"],
}


@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
def test_every_fault_of_a_deck_is_told_in_one_pass(tmp_path_factory, chosen):
    path = tmp_path_factory.getbasetemp() / "faulty.yaml"
    path.write_text("\n".join(sorted(chosen)) + "\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        load_deck(["nobody"], [path])
    told = [fault.message for fault in raised.value.faults]
    due = ["there is no house 'nobody'", *(words for line in chosen for words in FAULTS[line])]
    for words in due:
        assert any(words in one for one in told), (words, told)
    # A change to a rule that is faulty itself is no fault of its own; where that rule is not there at all, it is.
    ruled = any(line.startswith("rules") for line in chosen)
    changed = any(line.startswith("changes") for line in chosen)
    assert any("no rule 'one'" in one for one in told) is (changed and not ruled)
    assert len(told) == len(due) + (changed and not ruled)


def test_all_that_is_wrong_in_all_files_is_told_at_once(said):
    assert len(said("rulez: {}\nchanges: {nope: {reason: r}}", "[", "alloys: {X: {}}")) == 4


def test_a_file_that_is_not_there_and_a_house_that_nobody_knows_are_faults(tmp_path):
    with pytest.raises(Faults, match=r"none\.yaml: there is no such file"):
        load_deck(files=[tmp_path / "none.yaml"])
    with pytest.raises(Faults, match=r"there is no house 'gf180mcu-bump'; did you mean 'gf180mcu-solder-bump'\?"):
        load_deck(["gf180mcu-bump"])


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 30) | st.floats() | st.sampled_from(
        ["1 um", "error", "gap_under_chip", "yes", "1/3", "1e999999999", "200 degC", "x", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["rules", "changes", "alloys", "gap-not-filled", "a", "title", "measure", "limit", "at_least", "below", "severity",
         "why", "fix", "claims", "example", "broken", "silence", "reason", "solidus", "also", "corners"]), inner, max_size=6),
    max_leaves=25)


@settings(max_examples=dose(50, 200), deadline=None)
@given(DATA)
def test_no_deck_however_odd_gives_anything_but_rules_or_faults(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "odd.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        rules = load_deck(files=[path]).rules
    except Faults as faults:
        rules = faults.faults
    assert len(rules) > 0


def test_a_deck_read_without_examples_is_the_same_but_for_them():
    whole, lean = load_deck(), load_deck(examples=False)
    assert [rule._replace(broken_by={}, kept_by={}) for rule in whole.rules] == list(lean.rules)
    assert any(rule.broken_by for rule in whole.rules)
