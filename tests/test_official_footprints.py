"""Official KiCad footprints of many kinds, each said again in a few lines of YAML: the file we write has the same pads."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from official.extract import library_file, pads_of
from overmold.drawing.land_pattern import draw_land_pattern
from overmold.kicad.writing.footprint import footprint_file
from overmold.package_file import read_package_text
from overmold.units import LENGTH, parse
from paths import OFFICIAL_FOOTPRINTS, TESTS

SPECS = yaml.safe_load((TESTS / "official/specs.yaml").read_text(encoding="utf-8"))
GOLDEN = json.loads((TESTS / "official/golden.json").read_text(encoding="utf-8"))


def footprint_of(name):
    """The land pattern of a package whose balls are as the spec says, with the lands of the official footprint."""
    spec = SPECS[name]
    package = read_package_text(json.dumps({
        "package": name, "carrier": {"kind": "substrate", "size": ["50 mm", "50 mm"]},
        "balls": {"array": spec["array"], "diameter": spec["land"]},
    }), name, Path())
    part = draw_land_pattern(package)
    land = parse(spec["land"], LENGTH)
    pads = tuple(replace(group, size=(land, land)) for group in part.pads)
    return footprint_file(replace(part, pads=pads), ()).decode("utf-8")


def by_name(pads):
    words = iter(pads["pads"].split(" "))
    places = [(name, (int(x), int(y))) for name, x, y in zip(words, words, words)]
    assert len(dict(places)) == len(places)
    return dict(places)


@pytest.mark.parametrize("name", SPECS)
def test_spec_rebuilds_the_official_footprint(name):
    ours, official = pads_of(footprint_of(name)), GOLDEN[name]
    assert (ours["shape"], ours["size"], ours["layers"]) == (official["shape"], official["size"], official["layers"])
    places, due = by_name(ours), by_name(official)
    assert sorted(places) == sorted(due)
    off = {pad: (places[pad], due[pad]) for pad in due
           if (places[pad][0] - due[pad][0]) ** 2 + (places[pad][1] - due[pad][1]) ** 2 > 1000**2}
    assert off == {}


def test_pads_are_in_the_order_in_which_the_official_library_has_them():
    for name in SPECS:
        assert list(by_name(pads_of(footprint_of(name)))) == list(by_name(GOLDEN[name])), name


def test_there_are_more_than_thirty_and_hardly_any_site_by_site():
    assert len(SPECS) >= 50
    assert GOLDEN.keys() == SPECS.keys()
    assert json.dumps(SPECS).count('"at"') == 1


@pytest.mark.skipif(not OFFICIAL_FOOTPRINTS.is_dir(), reason="KiCad's footprint library is not installed here")
@pytest.mark.parametrize("name", SPECS)
def test_golden_numbers_are_those_of_the_installed_library(name):
    file = library_file(OFFICIAL_FOOTPRINTS, name)
    official = pads_of(file.read_text(encoding="utf-8"))
    assert {"file": f"{file.parent.name}/{file.name}", **official} == GOLDEN[name]


def test_the_licence_of_kicads_numbers_is_named_beside_them():
    words = (TESTS / "official/README.md").read_text(encoding="utf-8")
    assert "CC-BY-SA-4.0" in words
    data = [path.name for path in (TESTS / "official").iterdir() if path.suffix in (".json", ".csv", ".yaml")]
    assert [name for name in data if f"`{name}`" not in words] == []
