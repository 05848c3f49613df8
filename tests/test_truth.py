"""Numbers that other people published and that our arithmetic must reproduce; each table names its sources."""

import csv
from dataclasses import replace

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, check
from overmold.measures.height import comes_out_by, height_parts, root_sum_square, worst_case
from overmold.package import HEIGHT_METHODS
from overmold.report import FORMATS
from overmold.report.finding import Report, View
from overmold.rule import house_names, load_deck
from overmold.units import ANGLE, LENGTH, Toleranced, parse, show
from paths import TESTS
from variants import demo

DECK = load_deck()


def table(name):
    with (TESTS / "truth" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def um(text):
    return parse(f"{text} um", LENGTH)


def status(package, rule):
    return check(package, DECK).verdict(rule).status


@pytest.mark.parametrize("row", table("solder"), ids=lambda row: row["alloy"])
def test_the_hottest_mold_is_ten_degrees_below_the_solidus_and_not_a_thousandth_more(row):
    alloy = DECK.alloys[row["alloy"]]
    assert alloy.solidus == int(row["solidus_c"]) * 1000
    assert alloy.liquidus == int(row["liquidus_c"]) * 1000
    hottest = row["hottest_mold_c_calc"]

    def at(temperature):
        return demo(chips__0__bumps__alloy=row["alloy"], mold__process__temperature=f"{temperature} degC")

    assert status(at(hottest), "mold-too-hot-for-bumps") == KEPT
    assert status(at(f"{hottest}.001"), "mold-too-hot-for-bumps") == BROKEN


def with_gap(row, cover, filler="1"):
    """The demo with this gap and cover, exactly: t1 given, cap = t1 + chip + t2, no tolerances."""
    package = demo(chips__0__gap=f"{row['gap_um']} um", chips__0__thickness="150 um", mold__filler=f"{filler} um",
                   mold__cap="1 mm", passives=None, chips__0__bumps__height=None)
    cap = um(row["gap_um"]) + um("150") + cover
    return replace(package, mold=replace(package.mold, cap=Toleranced(cap)))


@pytest.mark.parametrize("row", table("bump_gaps"), ids=lambda row: row["gap_um"])
def test_the_allowed_cover_runs_from_half_to_twice_the_gap_ends_included(row):
    rule = "cover-not-half-to-twice-gap"
    low, high = um(row["cover_min_um_calc"]), um(row["cover_max_um_calc"])
    for cover in (low, high):
        verdict = check(with_gap(row, cover), DECK).verdict(rule)
        assert (verdict.status, verdict.worst.on_limit) == (KEPT, True)
    assert status(with_gap(row, low - 1), rule) == BROKEN
    assert status(with_gap(row, high + 1), rule) == BROKEN


@pytest.mark.parametrize("row", table("bump_gaps"), ids=lambda row: row["gap_um"])
def test_the_largest_filler_stays_below_half_the_gap_the_end_excluded(row):
    rule = "filler-not-below-half-gap"
    cover, limit = um(row["gap_um"]), row["filler_below_um_calc"]
    assert status(with_gap(row, cover, limit), rule) == BROKEN
    below = f"{float(limit) - 0.001:.3f}"
    assert status(with_gap(row, cover, below), rule) == KEPT


@pytest.mark.parametrize("row", table("heights"), ids=lambda row: row["case"])
def test_published_heights_come_out_by_both_methods(row):
    parts = []
    for part in ("ball", "substrate", "mold"):
        low, typical, high = (parse(f"{row[f'{part}_{end}_mm']} mm", LENGTH) for end in ("min", "typ", "max"))
        parts.append(Toleranced(typical, high - typical, typical - low))

    def millimetres(value, digits):
        return round(value / 1e6, digits)

    assert millimetres(worst_case(parts).high, 4) == float(row["worst_case_max_mm_calc"])
    assert millimetres(root_sum_square(parts).high, 4) == float(row["rss_max_mm_calc"])
    published = {"RSS": root_sum_square, "worst case": worst_case}[row["method"]](parts)
    # The drawings give two decimals.
    assert millimetres(published.high, 2) == float(row["published_max_mm"])


def drawn(row, **more):
    """The demo with the parts of a drawing, and the height that it states."""
    def part(name):
        low, typical, high = (parse(f"{row[f'{name}_{end}_mm']} mm", LENGTH) for end in ("min", "typ", "max"))
        return f"{typical} nm +{high - typical}/-{typical - low} nm"

    return demo(balls__standoff=part("ball"), carrier__stackup=[{"layer": "core", "thickness": part("substrate")}],
                mold__cap=part("mold"), max_height=f"{row['published_max_mm']} mm", **more)


@pytest.mark.parametrize("row", table("heights"), ids=lambda row: row["case"])
def test_a_drawn_height_comes_out_by_the_method_of_its_drawing_and_by_no_other(row):
    method = row["method"]
    assert comes_out_by(height_parts(drawn(row)), drawn(row).max_height) == (method,)
    stated = check(drawn(row, height_by=method), DECK)
    assert stated.verdict("package-too-high").status == KEPT
    assert stated.verdict("stated-height-inconsistent").status == KEPT
    other = check(drawn(row, height_by=next(one for one in HEIGHT_METHODS if one != method)), DECK)
    assert other.verdict("stated-height-inconsistent").status == BROKEN
    assert f"it is the {method} of its parts" in other.verdict("stated-height-inconsistent").worst.reading.note
    written = FORMATS["text"]([Report("x", check(drawn(row), DECK))], View())
    assert f"{show(drawn(row).max_height, LENGTH)} as stated is {method} of its parts" in written


def test_a_height_that_no_sum_of_parts_gives_is_inconsistent_and_not_too_high():
    result = check(demo(max_height="0.7 mm"), DECK)
    assert result.verdict("stated-height-inconsistent").status == BROKEN
    assert result.verdict("package-too-high").status == NOT_APPLICABLE
    assert status(demo(max_height="0.85 mm"), "package-too-high") == BROKEN
    assert status(demo(max_height="0.85 mm"), "stated-height-inconsistent") == KEPT


def test_the_height_stands_in_the_text_report_also_while_kept_and_without_a_largest_one():
    for package in (demo(), demo(max_height=None)):
        words = FORMATS["text"]([Report("x", check(package, DECK))], View())
        assert "Height (mold cap, carrier, standoff): 875 um, at most 970 um worst case, 935.208 um RSS" in words


def test_the_height_rule_reads_the_same_stack():
    package = demo(max_height="0.98 mm")
    verdict = check(package, DECK).verdict("package-too-high")
    parts = [package.mold.cap, package.carrier.thickness, package.balls.standoff]
    assert verdict.worst.reading.value == 980_000 - worst_case(parts).nominal
    assert verdict.worst.reading.low == 980_000 - worst_case(parts).high
    assert "935.208 um RSS" in verdict.worst.reading.note


PITCH_OF_MS_034 = 1_000_000  # of the drawing's 484 balls in 22 x 22 under 23 mm
LIMITS = {  # quantity in the table -> measure of the house's rule
    "bump pitch": "bump_pitch", "bump diameter": "bump_diameter", "UBM diameter": "ubm_diameter",
    "passivation opening": "passivation_opening", "bump pad to die edge (centre)": "bump_centre_to_chip_edge",
    "ball edge to body edge": "ball_to_sawn_edge_in_pitches",
}


@pytest.mark.parametrize("row", table("house_rules"), ids=lambda row: f"{row['house']}: {row['quantity']}")
def test_every_published_house_limit_is_a_rule(row):
    rules = load_deck(house_names()).rules
    if row["quantity"] == "ball edge to body edge":
        limits = [rule.limits.at_least * PITCH_OF_MS_034 for rule in rules if rule.measure == LIMITS[row["quantity"]]]
        assert limits == [um(row["limit_um"])]
    elif row["limit_um"] == "70 + 1.3 x UBM":
        limits = [rule.limits.at_least for rule in rules if rule.measure == "bump_pitch_beyond_70_um_and_1_3_ubm"]
        assert limits == [0]
    else:
        limits = [rule.limits.at_least for rule in rules if rule.measure == LIMITS[row["quantity"]]]
        assert um(row["limit_um"]) in limits


@pytest.mark.parametrize(("quantity", "measure", "side"), [
    ("wire angle from the die edge normal", "wire_angle", "at_most"), ("wire length", "wire_length", "at_most"),
    ("bond finger to die edge", "finger_to_chip_edge", "at_least")])
def test_every_published_wire_limit_is_a_rule_of_its_house(quantity, measure, side):
    (row,) = (row for row in table("wire_rules") if row["quantity"] == quantity)
    house = load_deck(["wafer-space-chip-on-board"])
    (rule,) = (rule for rule in house.rules if rule.measure == measure and rule.deck == "wafer-space-chip-on-board")
    assert getattr(rule.limits, side) == parse(row["limit"], ANGLE if measure == "wire_angle" else LENGTH)
    assert {"max": "at_most", "min": "at_least"}[row["kind"]] == side


def test_the_published_rule_that_no_mask_covers_a_finger_stays_an_error():
    (row,) = (row for row in table("wire_rules") if row["quantity"] == "solder mask over a bond finger")
    (rule,) = (rule for rule in load_deck(["wafer-space-chip-on-board"]).rules if rule.measure == "finger_free_of_mask")
    assert (row["limit"], rule.severity, rule.limits.at_least) == ("none", "error", 1)
    assert rule.changed_because
