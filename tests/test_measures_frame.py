"""What the check says of a package on a lead frame."""

from __future__ import annotations

from dataclasses import replace

from overmold.check import KEPT, NOT_APPLICABLE, Result, check
from overmold.claims import claim_chart
from overmold.measures import Reading
from overmold.measures.frame import kerf_beside_dam_bar
from overmold.package import Package, Singulation
from overmold.package_file import read_package_file
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
