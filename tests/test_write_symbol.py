"""The symbol and the custom rules as text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from overmold.kicad.writing.rules import custom_rules, rules_file
from overmold.kicad.writing.symbol import symbol_file
from overmold.kicad.writing.tables import library_table
from overmold.package import CHIP_SIDE, Package
from overmold.package_file import read_package_file
from paths import DEMO


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(DEMO)


def test_every_ball_is_a_pin_on_the_grid_and_stacked_pins_are_hidden(package: Package) -> None:
    text = symbol_file(package, "what it is", "BGA").decode()
    assert text.count("(") == text.count(")")
    assert package.balls is not None
    assert sorted(re.findall(r'\(number "(\w+)"', text)) == sorted(package.balls.sites.names)
    spots = re.findall(r"\(pin \w+ line\n\t\t\t\t\(at (\S+) (\S+) (?:0|180)\)", text)
    assert len(spots) == 144
    assert all(round(float(value) * 100) % 254 == 0 for spot in spots for value in spot)
    shown = re.findall(r"\(pin \w+ line\n\t\t\t\t\(at (\S+ \S+) \d+\)\n\t\t\t\t\(length \S+\)\n\t\t\t\t\(name", text)
    assert len(set(shown)) == len(shown) < 144


def test_the_symbol_points_to_the_land_pattern_of_its_project(package: Package) -> None:
    text = symbol_file(package, "d", "k").decode()
    assert f'(property "Footprint" "{package.name}:{package.name}"' in text
    assert f'(name "{package.name}")' in library_table("fp", package.name, f"{package.name}.pretty").row.decode()
    assert "${KIPRJMOD}/x.kicad_sym" in library_table("sym", "x", "x.kicad_sym").row.decode()


def test_rules_are_written_only_for_what_the_package_has(package: Package) -> None:
    assert len(custom_rules(package)) == 6
    assert {rule.name for rule in custom_rules(replace(package, mold=None))} == {"ball on the chip side"}
    assert package.balls is not None
    beside = replace(package.balls, sides=(CHIP_SIDE,) * 144)
    assert "ball on the chip side" not in {rule.name for rule in custom_rules(replace(package, balls=beside))}
    assert rules_file(replace(package, mold=None, balls=None)).startswith(b"(version 1)\n")


def test_every_rule_says_why(package: Package) -> None:
    text = rules_file(package).decode()
    assert text.count("(") == text.count(")")
    assert all(f"# {rule.why}\n(rule \"{rule.name}\"" in text for rule in custom_rules(package))
