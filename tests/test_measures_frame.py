"""What the check says of a package on a lead frame."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from overmold.check import KEPT, NOT_APPLICABLE, NOTED, WARNED, Result, check
from overmold.claims import claim_chart
from overmold.measures import Reading
from overmold.measures.frame import kerf_beside_dam_bar, share_of_terminal_on_lead
from overmold.package import Package, Singulation
from overmold.package_file import read_package_file, read_package_text
from overmold.rule import load_deck
from overmold.shapes import transform
from overmold.units import Toleranced
from paths import DEMO

QFN = DEMO.parent / "qfn.yaml"


def qfn() -> Package:
    return read_package_file(QFN)


def checked(package: Package) -> Result:
    return check(package, load_deck())


def turned(package: Package, angle: int) -> Package:
    (chip,) = package.chips
    assert chip.bumps is not None
    xy = chip.bumps.sites.xy.copy()
    xy[:] = [transform((int(x), int(y)), (0, 0), angle) for x, y in xy]
    return replace(package, chips=(replace(chip, bumps=replace(chip.bumps, sites=replace(chip.bumps.sites, xy=xy))),))


def test_a_flip_chip_on_leads_keeps_every_rule() -> None:
    result = checked(qfn())
    assert {verdict.status for verdict in result.verdicts} == {KEPT, NOT_APPLICABLE}


def test_claim_5_holds_for_a_frame_and_claim_3_does_not_apply() -> None:
    rows = {row.number: row for row in claim_chart(checked(qfn()))}
    assert rows[5].status == "met"
    assert (rows[3].status, rows[13].status) == (NOT_APPLICABLE, NOT_APPLICABLE)
    assert rows[3].because == "a lead frame has leads and no solder balls"


def test_claim_14_holds_and_claim_13_does_not_apply_to_two_chips_on_a_frame() -> None:
    package = qfn()
    (chip,) = package.chips
    lone = replace(chip, name="U2", on=("U1",), bonded="face-up", bumps=None)
    rows = {row.number: row for row in claim_chart(checked(replace(package, chips=(chip, lone))))}
    assert rows[13].because == "a lead frame has leads and no solder balls"
    assert not rows[14].because.startswith("carrier-not")


def test_the_height_of_a_frame_package_needs_no_balls() -> None:
    worst = checked(qfn()).verdict("package-too-high").worst
    assert worst is not None
    assert worst.reading.value == 600_000 - 315_000 - 200_000


def test_leads_in_the_saw_street_are_no_fault() -> None:
    verdict = checked(qfn()).verdict("saw-street-not-clear")
    assert verdict.status == KEPT
    assert all("lead" not in key for one in verdict.judged for key in one.reading.where)


def test_the_gap_on_a_frame_is_the_whole_bump() -> None:
    worst = checked(qfn()).verdict("cover-not-half-to-twice-gap").worst
    assert worst is not None
    assert "t1 75 um" in worst.reading.note


def test_a_chip_turned_the_wrong_way_joins_other_nets_and_misses_nothing() -> None:
    result = checked(turned(qfn(), 90_000))
    assert {finding.rule.name for finding in result.findings} == {"bump-joins-two-leads"}
    assert len(result.findings) == 24
    assert "U1.L1 S1 on lead 7 S7" in result.findings[0].message


def test_a_bump_beside_its_lead_is_told_with_its_place() -> None:
    package = qfn()
    (chip,) = package.chips
    assert chip.bumps is not None
    xy = chip.bumps.sites.xy.copy()
    xy[0, 1] += 100_000
    moved = replace(package, chips=(replace(chip, bumps=replace(chip.bumps, sites=replace(chip.bumps.sites, xy=xy))),))
    (finding,) = checked(moved).findings
    assert finding.rule.name == "bump-not-on-lead"
    # 125 um of lead beside its middle, less the 60 um of half a bump and the 100 um that it was moved.
    assert finding.judged.reading.value == 125_000 - 60_000 - 100_000
    assert finding.judged.reading.where == ("chips.U1.bumps.L1", "carrier.frame.leads.1")


def test_a_dam_bar_as_wide_as_the_kerf_is_just_cut_away_and_a_tolerance_may_leave_some() -> None:
    package = qfn()
    assert package.carrier is not None
    assert package.carrier.frame is not None
    frame = replace(package.carrier.frame, dam_bar=200_000)
    cut = Singulation("saw", Toleranced(300_000), Toleranced(200_000, 20_000, 20_000))
    (reading,) = kerf_beside_dam_bar(replace(package, carrier=replace(package.carrier, frame=frame), singulation=cut))
    assert isinstance(reading, Reading)
    assert (reading.low, reading.value, reading.high) == (-10_000, 0, 10_000)
    assert list(kerf_beside_dam_bar(replace(package, singulation=None))) == []


@pytest.mark.parametrize(("making", "thick", "etched", "stamped"), [
    ("", 200_000, KEPT, NOT_APPLICABLE), ("etched", 200_000, KEPT, NOT_APPLICABLE), ("stamped", 200_000, KEPT, WARNED),
    ("stamped", 125_000, KEPT, KEPT), ("stamped", 250_000, WARNED, WARNED), ("", 250_000, WARNED, NOT_APPLICABLE)])
def test_the_gap_of_leads_counts_in_thicknesses_of_the_frame(making, thick, etched, stamped) -> None:
    made = qfn()
    assert made.carrier is not None
    assert made.carrier.frame is not None
    frame = replace(made.carrier.frame, making=making, thickness=Toleranced(thick))
    result = checked(replace(made, carrier=replace(made.carrier, frame=frame)))
    assert (result.verdict("leads-too-close").status, result.verdict("leads-too-close-to-stamp").status) == (etched, stamped)


WIRE_BONDED = """
package: QFN-16
carrier:
  kind: lead frame
  size: [4 mm, 4 mm]
  frame:
    thickness: 200 um
    leads: {sides: 4, per_side: 4, pitch: 0.65 mm, width: 0.3 mm, length: 0.4 mm}
    paddle: [2.2 mm, 2.2 mm]
    half_etch: 100 um
chips:
  - {name: U1, size: [1.5 mm, 1.5 mm], thickness: 200 um, bonded: face-up, attach: 20 um,
     pads: {array: {at: {"1": [-0.6 mm, 0.65 mm], "2": [0.6 mm, 0.65 mm]}}, size: 80 um}}
wires: {defaults: {diameter: 25 um, loop_height: 120 um ± 20 um}, list: [[U1.1, "12"], [U1.2, "10"]]}
mold: {cap: 650 um, filler: 75 um, process: {method: METHOD, pressure: PRESSURE, temperature: 175 degC}}
singulation: {method: saw, street: 300 um, kerf: 200 um}
netlist: [[VDD, U1.1, "12"], [GND, U1.2, "10"]]
"""


WITH_PASSIVE = """
package: QFN
carrier:
  kind: lead frame
  size: [5 mm, 5 mm]
  frame:
    thickness: 200 um
    leads: {sides: 2, per_side: 4, pitch: 0.65 mm, width: 0.42 mm, length: 0.5 mm, inner_length: 1.05 mm}
    paddle: [1.6 mm, 3 mm]
passives: [{name: C1, size: "0201", at: [AT], nets: [GND, VDD]}]
"""


@pytest.mark.parametrize(("at", "share"), [
    ("0.88 mm, 0.975 mm", "1"), ("0.88 mm, 0.985 mm", "1"), ("0.88 mm, 1.085 mm", "3/4"), ("0.995 mm, 0.975 mm", "71/92"),
    ("0.88 mm, -0.975 mm", "1"), ("0.88 mm, 0.65 mm", "17/80")])
def test_a_terminal_lies_on_its_lead_to_such_a_share(at: str, share: str) -> None:
    package = read_package_text(WITH_PASSIVE.replace("AT", at), "qfn.yaml", DEMO.parent)
    (reading,) = share_of_terminal_on_lead(package)
    assert isinstance(reading, Reading)
    assert (reading.value, reading.where[0]) == (Fraction(share), "passives.C1")


@pytest.mark.parametrize(("method", "pressure"), [("transfer", "760 mmHg"), ("compression", "100 mmHg"),
                                                  ("reduced-pressure transfer", "10 mmHg")])
def test_a_wire_bonded_package_is_judged_by_the_rules_that_fit_it_and_meets_no_claim(method, pressure) -> None:
    text = WIRE_BONDED.replace("METHOD", method).replace("PRESSURE", pressure)
    result = checked(read_package_text(text, "qfn.yaml", DEMO.parent))
    assert (result.errors, result.warnings) == (0, 0)
    assert {verdict.status for verdict in result.verdicts} == {KEPT, NOT_APPLICABLE, NOTED}
    assert result.verdict("chip-not-flip-chip-bonded").status == NOTED
    rows = claim_chart(result)
    assert {row.number for row in rows if row.status == "not met"} == {1, 2, 5, *range(15, 21)}
    assert not [row for row in rows if row.status == "met"]


def test_a_wire_bonded_package_with_another_fault_is_broken_by_that_alone() -> None:
    text = WIRE_BONDED.replace("METHOD", "transfer").replace("PRESSURE", "760 mmHg").replace("attach: 20 um", "attach: 8 um")
    result = checked(read_package_text(text, "qfn.yaml", DEMO.parent))
    assert {finding.rule.name for finding in result.findings if finding.severity == "error"} == {"die-attach-too-thin"}


def test_where_the_bonding_is_not_stated_vacuum_is_asked_for() -> None:
    text = WIRE_BONDED.replace("METHOD", "transfer").replace("PRESSURE", "760 mmHg")
    made = read_package_text(text, "qfn.yaml", DEMO.parent)
    unsaid = checked(replace(made, chips=tuple(replace(chip, bonded="") for chip in made.chips)))
    assert unsaid.verdict("chip-not-flip-chip-bonded").status == "not checked"
    assert unsaid.verdict("vacuum-not-below-20-mmhg").status == "broken"
