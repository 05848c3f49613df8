"""A chip on the far side beside what only other kinds bring: a compound of its block's own, cavities over it, lids, an upper
package, lands among the balls, the fill."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from meeting_kinds import met, mm, package_of, ring
from overmold.check import check
from overmold.claims import claim_chart
from overmold.fill import Filled, NotRun, Options, fill, fill_all
from overmold.fill.blocks import alone, blocks_over_chips
from overmold.fill.layers import layers
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.levels import ends, metals
from overmold.report.fill_curve import curve, read_vary
from overmold.space import crowds, gaps, package_top
from paths import PACKAGES
from test_far_chips import DECK, MOLDED, broken, of_chip
from test_far_passives import both
from variants import changed


def meeting(*kinds: str, **changes: Any) -> Package:
    return package_of(changed(met(kinds), {name.replace("__", "."): value for name, value in changes.items()}))


def test_the_compound_of_its_block_is_asked_of_it_and_that_of_the_first_block_is_not(tmp_path: Path) -> None:
    coarse_first = meeting("far_chip_in_mold", mold__filler="50 um")
    for package in both(coarse_first, tmp_path):
        assert "filler-not-below-half-gap" in broken(package)
        assert [one.value < 0.5 for one in of_chip(package, "filler-not-below-half-gap", "U8")] == [True]
        assert [one.value < 0.5 for one in of_chip(package, "filler-not-below-half-gap", "U1")] == [False]
        chart = claim_chart(check(package, DECK))
        assert (chart[0].status, chart[1].status) == ("met", "met")  # by the chip below, whose own filler is finer
        assert "U1 is outside" in chart[1].because
    own = meeting("far_chip_in_mold", mold__regions__0__filler="40 um")
    assert [one.value < 0.5 for one in of_chip(own, "filler-not-below-half-gap", "U8")] == [False]
    assert [one.value < 0.5 for one in of_chip(own, "filler-not-below-half-gap", "U1")] == [True]
    unstated = of_chip(meeting("far_chip_in_mold", mold__regions__0__filler=None), "filler-not-below-half-gap", "U8")
    assert "filler of mold DIE" in unstated[0].missing
    bare = of_chip(meeting("far_chip", mold__filler="50 um"), "filler-not-below-half-gap", "U7")
    assert bare == []


def test_the_process_of_its_block_is_asked_for_the_claims_of_process() -> None:
    for at, value, rule in (("pressure", "30 mmHg", "vacuum-not-below-20-mmhg"), ("temperature", "210 degC",
                                                                                 "mold-too-hot-for-bumps"),
                            ("method", "compression", "not-reduced-pressure-transfer-molded")):
        package = meeting("far_chip_in_mold", **{f"mold__regions__0__process__{at}": value})
        where = [key for one in check(package, DECK).verdict(rule).judged for key in one.reading.where]
        assert any(key.startswith("mold.regions.DIE") for key in where), (rule, where)
        assert rule in broken(package) or check(package, DECK).verdict(rule).status in ("noted", "broken"), rule
    # A block there with no flip chip in it is over no gap.
    empty = meeting("far_mold", mold__regions__0__process={"pressure": "30 mmHg"})
    assert "vacuum-not-below-20-mmhg" not in broken(empty)


def test_a_bare_one_is_in_the_heat_of_the_mold_unless_it_is_mounted_later() -> None:
    package = meeting("far_chip", chips__1__bumps__alloy="Sn42Bi58")
    (reading,) = of_chip(package, "mold-too-hot-for-bumps", "U7")
    assert "unless it is mounted later" in reading.note
    assert "mold-too-hot-for-bumps" in broken(package)


def test_what_stands_over_it_on_the_chip_side_knows_nothing_of_it() -> None:
    deep = {"depth": "300 um ± 10 um", "room": "150 um"}
    over = {"chips__1__at": mm(4.6, 0.5), "chips__2__at": mm(4.6, 0.5)}
    assert broken(meeting("far_chip_in_mold", "open_cavity")) == set()
    assert "land-over-cavity" not in broken(meeting("far_chip", "open_cavity", **over))
    assert "cavity-not-in-carrier" not in broken(meeting("far_chip", "open_cavity", chips__2__cavity=deep, **over))
    shared = [{"name": "PIT", "size": mm(1.6, 1.6), "at": mm(0.1, 0), "depth": "100 um ± 5 um"}]
    assert "land-over-cavity" not in broken(meeting("far_chip_in_mold", cavities=[{**shared[0], "at": mm(2.7, 0)}]))
    sunk = meeting("far_chip", cavities=[{**shared[0], "at": mm(-2.3, 0)}], chips__1__cavity={"in": "PIT"})
    assert "cavity-not-in-carrier" in broken(sunk)


def test_a_lid_and_an_upper_package_are_in_the_way_of_nothing_below() -> None:
    thick = "380 um"
    for kind in ("lid", "bare_top_lands", "top_lands"):
        plain, with_one = meeting(kind), meeting(kind, "far_chip", chips__1__thickness=thick)
        assert package_top(with_one) == package_top(plain)
        assert broken(with_one) == {*broken(plain), "far-chip-near-board"}, kind
    unknown = check(meeting("bare_top_lands", "far_chip", chips__1__thickness=None), DECK)
    assert not [one for one in unknown.verdict("upper-package-on-mold").untested if "U7" in one.of + one.missing]


def test_a_bare_land_among_the_balls_is_as_wide_as_it_is() -> None:
    """Edge of the land 250 um from its middle, that of a ball 300 um; the chip ends at x = -1.6 mm."""
    def package(x: float) -> Package:
        return meeting("far_chip", balls__array={"zones": [
            {"grid": [12, 8], "pitch": "1 mm", "rings": 2}, {"terminals": "lands", "at": {"T1": [*mm(x, 0), "0.4 mm"]}}]})

    (near,) = of_chip(package(-1.2), "far-chip-too-near-ball", "U7")
    assert near.value == 400_000 - 200_000
    assert near.low == near.value  # a land has no tolerance of a ball
    assert "far-chip-too-near-ball" not in broken(package(-1.2))
    assert "far-chip-too-near-ball" in broken(package(-1.3))
    (room,) = of_chip(package(-1.2), "far-chip-near-board", "U7")
    assert room.value == 500_000 - 225_000


def test_solid_balls_keep_their_standoff_over_it() -> None:
    solid = {"alloy": "90Pb10Sn", "attach": "SnPb37", "standoff": "0.45 mm ± 0.02 mm"}
    package = meeting("far_chip", **{f"balls__{key}": value for key, value in solid.items()})
    (room,) = of_chip(package, "far-chip-near-board", "U7")
    assert room.value == 450_000 - 225_000
    assert "far-chip-near-board" in broken(meeting("far_chip", chips__1__thickness="340 um", **{
        f"balls__{key}": value for key, value in solid.items()}))


def test_a_keep_out_with_a_hole_leaves_it_room_there() -> None:
    rim = {"name": "RIM", "kept_out": "parts", "side": "far side", "size": mm(3, 3), "at": mm(-2.3, 0),
            "holes": [ring(-0.9, -0.9, 0.9, 0.9)]}
    assert "part-in-keep-out" not in broken(meeting("far_chip", keep_outs=[rim]))
    assert "part-in-keep-out" in broken(meeting("far_chip", keep_outs=[rim], chips__1__at=mm(-2, 0)))
    metal = {**rim, "kept_out": "metal"}
    assert "metal-in-keep-out" not in broken(meeting("far_chip", keep_outs=[metal]))
    del metal["holes"]
    assert "metal-in-keep-out" in broken(meeting("far_chip", keep_outs=[metal]))
    chip_side = {**metal, "side": "chip side", "size": mm(0.4, 0.4), "at": mm(-1.75, 0)}
    assert "metal-in-keep-out" not in broken(meeting("far_chip", keep_outs=[chip_side]))


def test_the_fill_of_its_block_runs_round_it_and_that_of_the_chip_side_does_not() -> None:
    package = read_package_file(MOLDED)
    assert [one.key for one in blocks_over_chips(package)] == ["mold", "mold.regions.UNDER"]
    turned = alone(package, "mold.regions.UNDER")
    (chip,) = turned.near_chips
    assert chip.name == "U2"
    assert gaps(turned, chip)[0].value == gaps(package, package.far_chips[0])[0].value  # over the far mask, 20 um
    (gap,) = {(one.low, one.high) for one in layers(turned) if one.part.where == "under"}
    assert gap == (0, 55)
    filled = {one.block: one for one in fill_all(package) if not isinstance(one, NotRun)}
    assert [[chip.name for chip in one.chips] for one in filled.values()] == [["U1"], ["U2"]]
    assert {one.part.chip for one in filled["mold.regions.UNDER"].trapped} == {"U2"}
    without = fill(read_package_file(PACKAGES / "far_chip.yaml"))
    assert without.found.trapped == filled["mold"].found.trapped


def test_a_block_there_over_no_chip_is_run_by_itself_and_judges_none() -> None:
    package = meeting("far_mold", "far_chip")
    assert [one.key for one in blocks_over_chips(package)] == ["mold"]
    (block,) = [one for one in fill_all(package) if one.block == "mold.regions.UNDER"]
    assert isinstance(block, Filled)
    assert block.chips == ()


def test_pillars_there_are_of_copper_at_the_chip_and_of_solder_at_the_carrier() -> None:
    """460 um of carrier; 90 um of pillar, of which the mask takes 15 um, so that its cap begins above the far mask."""
    package = meeting("far_chip", chips__1__bumps__height=None, chips__1__bumps__pillar="65 um ± 3 um",
                      chips__1__bumps__solder_cap="25 um ± 4 um")
    (crowd,) = [one for one in crowds(package) if one.key == "chips.U7.bumps"]
    low, high = ends(package, crowd)
    assert (low, high) == (-535_000, -445_000)
    assert metals(package, crowd) == ((low, low + 65_000, True), (low + 65_000, high, False))


def test_its_bare_back_is_that_of_its_own_block() -> None:
    level = meeting("far_chip_in_mold", chips__1__exposed="back", chips__1__thickness="225 um ± 2 um")
    assert not broken(level)
    (cover,) = of_chip(level, "chip-not-covered", "U8")
    assert cover.meant
    assert cover.where == ("chips.U8", "mold.regions.DIE.cap")
    assert broken(meeting("far_chip_in_mold", chips__1__exposed="back")) == {"exposed-back-under-mold"}
    beyond = meeting("far_chip_in_mold", chips__1__thickness="260 um")
    assert broken(beyond) == {"chip-not-covered"}
    assert "35 um below the mold of the far side" in of_chip(beyond, "chip-not-covered", "U8")[0].note
    unstated = of_chip(meeting("far_chip_in_mold", mold__regions__0__cap=None), "cover-not-half-to-twice-gap", "U8")
    assert "cap of mold DIE" in unstated[0].missing


def test_the_curve_of_fills_has_it_where_mold_comes_to_it() -> None:
    molded = read_package_file(MOLDED)
    spots = curve(molded, read_vary(molded, "mold.regions.UNDER.cap=225..285um:60um"), Options(cells=24))
    shares = {(one.value, one.chip): one.over for one in spots}
    assert {name for _, name in shares} == {"U1", "U2"}
    assert shares[225_000, "U1"] == shares[285_000, "U1"]
    assert shares[225_000, "U2"] != shares[285_000, "U2"]
    bare = read_package_file(PACKAGES / "far_chip.yaml")
    assert {one.chip for one in curve(bare, read_vary(bare, "mold.cap=285..285um:60um"), Options(cells=24))} == {"U1"}
