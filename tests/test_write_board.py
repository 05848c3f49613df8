"""The board as text: stack-up, nets, places, fields."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from overmold.kicad.names.stackup import board_layers, copper_count, stackup_clause
from overmold.kicad.writing.board import board_file, carrier_reference, drawn_parts
from overmold.kicad.writing.fields import tolerance
from overmold.package import Layer, Package
from overmold.package_file import read_package_file
from overmold.units import Toleranced
from paths import DEMO


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(DEMO)


@pytest.fixture(scope="module")
def text(package: Package) -> str:
    return board_file(package).decode()


def layers(*kinds: str) -> tuple[Layer, ...]:
    return tuple(Layer("", kind, Toleranced(10_000 * (i + 1), 1000, 1000)) for i, kind in enumerate(kinds))


def names(*kinds: str) -> list[str]:
    return [name for name, _ in board_layers(layers(*kinds))]


def test_a_stack_up_gets_the_names_that_kicad_gives_layers() -> None:
    assert names("mask", "copper", "core", "copper", "mask") == ["F.Mask", "F.Cu", "dielectric 1", "B.Cu", "B.Mask"]
    assert names("copper", "build-up", "copper", "core", "copper", "build-up", "copper") == [
        "F.Cu", "dielectric 1", "In1.Cu", "dielectric 2", "In2.Cu", "dielectric 3", "B.Cu"]
    assert names("copper", "build-up", "core", "copper") == ["F.Cu", "dielectric 1", "dielectric 1 (2)", "B.Cu"]
    assert board_layers(()) == []
    assert stackup_clause(()) == ""


def test_an_odd_number_of_copper_layers_is_made_even_without_adding_thickness() -> None:
    three = layers("mask", "copper", "build-up", "copper", "build-up", "copper", "mask")
    assert copper_count(three) == 4
    found = board_layers(three)
    assert [name for name, _ in found] == [
        "F.Mask", "F.Cu", "dielectric 1", "In1.Cu", "dielectric 2", "In2.Cu", "dielectric 3", "B.Cu", "B.Mask"]
    assert sum(layer.thickness.nominal for _, layer in found) == sum(layer.thickness.nominal for layer in three)


def test_two_dielectrics_between_two_coppers_are_one_with_a_sublayer() -> None:
    clause = stackup_clause(layers("copper", "build-up", "core", "copper"))
    assert clause.count('(layer "dielectric 1"') == 1
    assert clause.count("addsublayer") == 1
    assert clause.count("(") == clause.count(")")


@pytest.mark.parametrize(("thickness", "said"), [
    (Toleranced(15_000, 3000, 3000), "± 3 um"), (Toleranced(15_000, 3000, 2000), "+3/-2 um"), (Toleranced(15_000), None),
])
def test_a_tolerance_is_a_field_of_its_own(thickness: Toleranced, said: str) -> None:
    assert tolerance(Layer("", "mask", thickness)) == said


def test_every_pad_has_a_net_and_a_pad_without_one_is_called_as_kicad_calls_it(package: Package, text: str) -> None:
    pads = text.count("\t\t(pad ")
    assert pads == 144 + 324 + 8
    table = dict(re.findall(r'^\t\(net (\d+) "([^"]*)"\)$', text, re.M))
    used = re.findall(r'^\t\t\t\(net (\d+) "([^"]*)"\)$', text, re.M)
    assert len(used) == pads
    assert all(table[number] == name for number, name in used)
    assert sorted(map(int, table)) == list(range(len(table)))
    assert '"unconnected-(PKG1-A1)"' in text


def test_the_carriers_middle_lies_at_100_100_wherever_the_package_has_its_origin(package: Package) -> None:
    assert package.carrier is not None
    assert package.balls is not None
    assert package.mold is not None
    by = (3_000_000, -1_000_000)
    sites = package.balls.sites
    moved = replace(
        package, chips=(), passives=(), carrier=replace(package.carrier, outline=package.carrier.outline.moved(by)),
        mold=replace(package.mold, outline=package.mold.outline.moved(by)),
        balls=replace(package.balls, sites=replace(sites, xy=sites.xy + by)),
    )
    assert board_file(moved) == board_file(replace(package, chips=(), passives=()))


def test_the_carrier_takes_a_reference_that_no_other_part_has(package: Package) -> None:
    assert carrier_reference(package) == "PKG1"
    assert carrier_reference(replace(package, chips=(replace(package.chips[0], name="PKG1"),))) == "PKG2"


def test_passives_that_are_drawn_alike_share_a_footprint_and_others_do_not(package: Package) -> None:
    wide = replace(package.passives[0], terminals=tuple(
        replace(terminal, size=(450_000, 300_000)) for terminal in package.passives[0].terminals))
    parts = drawn_parts(replace(package, passives=(*package.passives, replace(wide, name="C9"))))
    found = {drawn.part.reference.words: drawn.part.name for drawn in parts[2:]}
    assert len({found[name] for name in ("C1", "C2", "C3", "C4")}) == 1
    assert found["C9"] == found["C1"] + "_2"


def test_a_package_without_a_carrier_is_an_error_and_no_half_board(package: Package) -> None:
    with pytest.raises(ValueError, match="carrier"):
        board_file(replace(package, carrier=None))
