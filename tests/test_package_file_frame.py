"""The lead frame of a package file: where its metal stands, how it is numbered, and what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.package import Frame, Lead, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.shapes import rectangle
from paths import DEMO

QFN = DEMO.parent / "qfn.yaml"
LEADS = "sides: 4, per_side: 8, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm"


def read(frame: str, carrier: str = "kind: lead frame, size: [5 mm, 5 mm]", rest: str = "") -> Package:
    return read_package_text(f"package: Q\ncarrier: {{{carrier}, frame: {{{frame}}}}}\n{rest}", "q.yaml", Path())


def frame(leads: str = LEADS, more: str = "", rest: str = "") -> Frame:
    package = read(f"thickness: 200 um ± 8 um, leads: {{{leads}}}{more}", rest=rest)
    assert package.carrier is not None
    assert package.carrier.frame is not None
    return package.carrier.frame


def at(leads: tuple[Lead, ...], name: str) -> tuple[int, int]:
    return next(lead.foot.centre for lead in leads if lead.name == name)


def test_leads_are_counted_counter_clockwise_from_the_top_of_the_left_side() -> None:
    leads = frame().leads
    assert [lead.name for lead in leads] == [str(i + 1) for i in range(32)]
    assert at(leads, "1") == (-2_300_000, -1_750_000)
    assert at(leads, "8") == (-2_300_000, 1_750_000)
    assert at(leads, "9") == (-1_750_000, 2_300_000)
    assert at(leads, "16") == (1_750_000, 2_300_000)
    assert at(leads, "17") == (2_300_000, 1_750_000)
    assert at(leads, "25") == (1_750_000, -2_300_000)
    assert at(leads, "32") == (-1_750_000, -2_300_000)


def test_a_frame_of_two_sides_has_leads_left_and_right_only() -> None:
    leads = frame(LEADS.replace("sides: 4", "sides: 2")).leads
    assert len(leads) == 16
    assert {abs(lead.foot.centre[0]) for lead in leads} == {2_300_000}


def test_the_sides_may_have_leads_of_different_number() -> None:
    leads = frame(LEADS.replace("per_side: 8", "per_side: [3, 8]")).leads
    assert len(leads) == 22
    assert at(leads, "4") == (-1_750_000, 2_300_000)


def test_the_metal_goes_on_under_the_mold_and_is_half_etched_where_it_is_not_soldered() -> None:
    lead = frame("sides: 2, per_side: 4, pitch: 0.65 mm, width: 0.3 mm, length: 0.4 mm, inner_length: 0.3 mm, "
                 "pulled_back: 0.1 mm").leads[0]
    assert lead.outline.box == (-2_500_000, -1_125_000, -1_700_000, -825_000)
    assert lead.foot.box == (-2_400_000, -1_125_000, -2_000_000, -825_000)
    assert sorted(part.box for part in lead.half_etched) == [
        (-2_500_000, -1_125_000, -2_400_000, -825_000), (-2_000_000, -1_125_000, -1_700_000, -825_000)]


def test_corner_leads_are_squares_that_are_counted_where_they_stand() -> None:
    leads = frame("per_side: 4, pitch: 0.65 mm, width: 0.3 mm, length: 0.4 mm, corner_leads: true").leads
    assert len(leads) == 20
    assert next(lead for lead in leads if lead.name == "5").foot.box == (-2_500_000, 2_100_000, -2_100_000, 2_500_000)
    assert leads[-1].foot.box == (-2_500_000, -2_500_000, -2_100_000, -2_100_000)


def test_paddle_and_data_are_as_stated() -> None:
    found = frame(more=", paddle: [3 mm, 2.8 mm], paddle_foot: [2.6 mm, 2.4 mm], paddle_net: GND, tie_bars: 150 um, "
                  "half_etch: 100 um, dam_bar: 0.15 mm, strip: [8, 20]")
    assert (found.paddle, found.paddle_foot) == (
        rectangle((0, 0), (3_000_000, 2_800_000)), rectangle((0, 0), (2_600_000, 2_400_000)))
    assert (found.paddle_net, len(found.tie_bars), found.dam_bar, found.strip) == ("GND", 4, 150_000, (8, 20))
    assert found.half_etch is not None


def test_the_netlist_names_leads_and_paddle_where_balls_would_stand() -> None:
    found = frame(more=", paddle: [3 mm, 3 mm]", rest='netlist: [[VDD, "", "1"], [GND, "", paddle]]\n')
    assert (found.leads[0].net, found.leads[1].net, found.paddle_net) == ("VDD", "", "GND")


@pytest.mark.parametrize(("said", "leads", "more"), [
    ("touch each other", LEADS.replace("width: 0.25 mm", "width: 0.5 mm"), ""),
    ("beside 1.2 mm of corner", LEADS.replace("length: 0.4 mm", "length: 1.2 mm"), ""),
    ("a side has 5 mm", LEADS.replace("sides: 4, per_side: 8", "sides: 2, per_side: 12"), ""),
    ("meet in the middle", LEADS.replace("sides: 4", "sides: 2").replace("length: 0.4 mm", "length: 2.5 mm"), ""),
    ("a frame has leads", LEADS.replace("per_side: 8", "per_side: 0"), ""),
    ("the paddle touches lead 1;", LEADS, ", paddle: [4.2 mm, 4.2 mm]"),
    ("a tie bar touches lead 1;", LEADS, ", paddle: [3 mm, 3 mm], tie_bars: 0.6 mm"),
    ("'nets' lists 1", LEADS, ", nets: [VDD]"),
    ("larger than the paddle", LEADS, ", paddle: [3 mm, 3 mm], paddle_foot: [3.1 mm, 3 mm]"),
    ("part of; write 'paddle'", LEADS, ", paddle_foot: [3.1 mm, 3 mm]"),
    ("and there is none", LEADS, ", tie_bars: 0.1 mm"),
    ("where the corner leads stand", LEADS.replace("per_side: 8", "per_side: 4, corner_leads: true"),
     ", paddle: [3 mm, 3 mm], tie_bars: 0.1 mm"),
    ("goes through the frame", LEADS, ", half_etch: 195 um"),
])
def test_what_cannot_be_is_a_fault_in_its_line(said: str, leads: str, more: str) -> None:
    with pytest.raises(Faults) as found:
        frame(leads, more)
    assert [said in fault.message for fault in found.value.faults] == [True]
    assert found.value.faults[0].line == 2


@pytest.mark.parametrize(("carrier", "rest", "said"), [
    ("kind: substrate, size: [5 mm, 5 mm]", "", "'substrate' has no frame"),
    ("kind: lead frame, size: [5 mm, 5 mm], stackup: [{layer: copper, thickness: 20 um}]", "", "one piece of metal"),
    ("kind: lead frame, size: [5 mm, 5 mm]", "balls: {array: {grid: [2, 2], pitch: 1 mm}, diameter: 0.4 mm}",
     "soldered by its leads"),
    ("kind: lead frame, outline: [[-2 mm, -2 mm], [2 mm, -2 mm], [0 mm, 2 mm]]", "", "stands in a rectangle"),
])
def test_a_frame_is_a_carrier_of_its_own_kind(carrier: str, rest: str, said: str) -> None:
    with pytest.raises(Faults) as found:
        read(f"thickness: 200 um, leads: {{{LEADS}}}", carrier, rest)
    assert [said in fault.message for fault in found.value.faults] == [True]


def test_the_qfn_has_the_thickness_of_its_frame_and_no_mask() -> None:
    carrier = read_package_file(QFN).carrier
    assert carrier is not None
    assert carrier.thickness is not None
    assert (carrier.thickness.nominal, carrier.stackup) == (200_000, ())
