"""``.chiplet`` files: what is exported is what its reader takes for granted, and comes back as far as the format can say it."""

import pytest
import yaml

from overmold.exchange.reading import Asked
from overmold.exchange.reading.chiplet import read_chiplet
from overmold.exchange.writing import chiplet
from overmold.faults import Faults
from overmold.package.moved import at_home
from overmold.package_file import read_package_file, read_package_text
from overmold.space import bottom, joint
from paths import PACKAGES, REPOSITORY
from random_packages import a_package

FILES = sorted([*(REPOSITORY / "examples").glob("*.yaml"), *PACKAGES.glob("*.yaml")], key=lambda path: path.name)


def read(text):
    return read_chiplet(text if isinstance(text, bytes) else text.encode(), "p.chiplet", Asked())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_package_that_was_exported_comes_back(path):
    package = at_home(read_package_file(path))
    if not package.chips:
        assert chiplet.write(package) == b""
        return
    found = read(chiplet.write(package)).package
    assert found.carrier.outline.size == package.carrier.outline.size
    assert [(one.name, one.at, one.angle, one.outline, one.on, one.faces_up) for one in found.chips] == [
        (one.name, one.at, one.angle, one.outline, one.on, one.faces_up) for one in package.chips]
    for one, other in zip(found.chips, package.chips):
        due = joint(package, other).value
        found_joint = (one.gap or one.attach).nominal if one.gap or one.attach else 0
        assert found_joint == (due.nominal if due is not None else 0)
        assert (one.thickness and one.thickness.nominal) == (other.thickness and other.thickness.nominal)


@pytest.mark.parametrize("seed", range(10))
def test_the_file_is_yaml_in_the_frame_of_the_format(seed):
    package = at_home(read_package_text(a_package(seed).encode(), "p.yaml", PACKAGES))
    data = yaml.safe_load(chiplet.write(package))
    assert (data["format_version"], data["assembly"]["units"]) == ("1.0", "um")
    base, *dies = data["components"]
    wide, high = (side / 1000 for side in package.carrier.outline.size)
    assert (base["position"]["x"], base["position"]["y"]) == pytest.approx((wide / 2, high / 2), abs=0.001)
    assert {one["anchor"] for one in data["components"]} == {"bbox_center"}
    for one, chip in zip(dies, package.chips):
        assert one["orientation"] in ("face_up", "flip_chip")
        assert 0 <= one["position"]["x"] <= wide
        low = bottom(package, chip).value
        if low is not None and package.carrier.thickness is not None:
            assert one["position"]["z"] == pytest.approx((low.nominal + package.carrier.thickness.nominal) / 1000)
        if "connection" in one:
            assert one["connection"] in data["connection_stacks"]


def test_an_array_is_taken_apart_and_a_substrate_is_a_carrier():
    found = read("""format_version: "1.0"
assembly: {name: hbm}
components:
- {id: base, type: substrate, dimensions: {width: 6000, height: 4000}, position: {x: 3000, y: 2000}}
- {id: m, type: die_array, anchor: gds_origin, dimensions: {width: 800, height: 600, thickness: 50},
   array: {pattern: grid, count: {x: 2, y: 2}, pitch: {x: 1000, y: 900}, start_position: {x: 1000, y: 1000}}}
""")
    assert [(one.name, one.at) for one in found.package.chips] == [
        ("m_1", (-2_000_000, 1_000_000)), ("m_2", (-1_000_000, 1_000_000)),
        ("m_3", (-2_000_000, 100_000)), ("m_4", (-1_000_000, 100_000))]
    assert found.package.carrier.kind == "substrate"
    assert any("where the file has the origin of its layout" in note for note in found.notes)


@pytest.mark.parametrize(("text", "said"), [
    ("_metadata: {finalize_required: true}\ncomponents: []\n", "p.chiplet:1:12: is a .chiplet file that is not finished"),
    ("components:\n- {id: m, type: die_array, dimensions: {width: 8, height: 6}, array: {count: {x: 0, y: 2}}}\n",
     "p.chiplet:2:70: an array has a count in x and y from 1 to 1000"),
])
def test_what_cannot_be_taken_says_where(text, said):
    with pytest.raises(Faults) as caught:
        read(text)
    assert str(caught.value.faults[0]).startswith(said)
