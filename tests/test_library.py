"""The footprint library: what it has, that it is named and made as KiCad's own is, its pads where the official ones are."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from klc import Pad, faults, pads
from overmold.package import Package
from overmold.package_file import read_package_file
from paths import LIBRARY, OFFICIAL_FOOTPRINTS, TESTS

PATTERNS, CARRIERS, MODELS = (LIBRARY / name for name in ("overmold.pretty", "overmold_carriers.pretty", "overmold.3dshapes"))
FILES = sorted(PATTERNS.glob("*.kicad_mod"))
NAME = re.compile(r"(?P<kind>[A-Z]+)-(?P<count>\d+)(?P<ep>-1EP)?_(?P<x>[\d.]+)x(?P<y>[\d.]+)mm"
                  r"(?:_(?:Stagger)?Layout(?P<layout>\d+x\d+))?_P(?P<pitch>[\d.]+)(?:x(?P<pitch_y>[\d.]+))?mm"
                  r"(?:_LayoutBorder\w+)?(?:_EP(?P<ep_x>[\d.]+)x(?P<ep_y>[\d.]+)mm)?"
                  r"(?:_Ball(?P<ball>[\d.]+)mm)?(?P<vias>_ThermalVias)?")
# KiCad's footprints of these have the land that their maker's drawing or guide asks for; here a land is IPC-7351B's for the
# ball. Ours and theirs in um.
OTHER_LANDS: dict[str, list[int]] = json.loads((TESTS / "official/other_lands.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def packages() -> list[Package]:
    return [read_package_file(path) for path in sorted((LIBRARY / "specs").glob("*.yaml"))]


def mm(value: int) -> float:
    return value / 1e6


def test_there_is_what_was_promised() -> None:
    names = [NAME.fullmatch(path.stem) for path in FILES]
    assert all(names), [path.stem for path, name in zip(FILES, names) if name is None]
    found = Counter((name["kind"], int(name["count"])) for name in names if name)
    kinds = Counter(kind for kind, _ in found.elements())
    counts = {number for kind, number in found if kind == "QFN"}
    assert {16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64} <= counts
    assert {6, 8, 10, 12, 14, 16, 24} <= {number for kind, number in found if kind == "DFN"}
    assert {256, 324, 400, 900} <= {number for kind, number in found if "BGA" in kind}
    assert kinds["LGA"] >= 5
    assert kinds["UFBGA"] >= 8
    assert kinds["WLCSP"] >= 15
    assert {153, 169} <= {number for kind, number in found if kind == "LFBGA"}  # eMMC, UFS
    assert {("FBGA", 200), ("VFBGA", 168), ("VFBGA", 216)} <= found.keys()  # LPDDR


def test_every_package_is_named_after_its_body_its_pitch_and_what_it_is_soldered_by(packages: list[Package]) -> None:
    for package in packages:
        name = NAME.fullmatch(package.name)
        assert name is not None, package.name
        assert package.carrier is not None
        frame, balls = package.carrier.frame, package.balls
        width, height = package.carrier.outline.size
        assert (mm(width), mm(height)) == (float(name["x"]), float(name["y"])), package.name
        assert int(name["count"]) == (len(balls.sites) if balls is not None else len(frame.leads)), package.name
        if balls is not None:
            assert mm(balls.diameter.nominal) == float(name["ball"]), package.name
        else:
            foot = frame.paddle_foot
            assert bool(name["ep"]) == (foot is not None), package.name
            assert foot is None or (mm(foot.size[0]), mm(foot.size[1])) == (float(name["ep_x"]), float(name["ep_y"]))
        # Something is known of every height: the shape in 3-D is whole, and as high as the name of its class allows.
        assert package.max_height
    assert sum(bool(package.datasheet) for package in packages) > len(packages) // 2


def test_the_conventions_of_kicads_library_are_kept() -> None:
    found = {path.stem: faults(path) for path in FILES}
    assert {name: said for name, said in found.items() if said} == {}


def test_every_land_pattern_has_its_shape_and_every_carrier_a_library_of_its_own(packages: list[Package]) -> None:
    shapes = {path.stem for path in MODELS.glob("*.step")}
    assert shapes == {package.name for package in packages}
    assert {path.stem.removesuffix("_ThermalVias") for path in FILES} == shapes
    carriers = {path.stem for path in CARRIERS.iterdir()}
    assert carriers == {f"{one.name}_carrier" for one in packages if one.carrier.kind != "wafer"}
    for package, path in ((one, PATTERNS / f"{one.name}.kicad_mod") for one in packages):
        assert f'(property "Datasheet" "{package.datasheet}"' in path.read_text(encoding="utf-8")


def test_the_libraries_stay_light() -> None:
    sizes = {folder: sum(path.stat().st_size for path in folder.iterdir()) for folder in (PATTERNS, MODELS)}
    assert sizes[MODELS] < 4_000_000
    assert max(path.stat().st_size for path in MODELS.iterdir()) < 100_000


def alike(name: str) -> tuple[object, ...]:
    """What of a name says that two packages are soldered to the same spots."""
    found = NAME.match(re.sub(r"^[A-Za-z]+_(?=[A-Z])", "", name))
    if found is None or found["vias"] or not (found["layout"] or found["kind"] in ("QFN", "DFN", "LGA")):
        return ()
    kind = found["kind"] if found["kind"] in ("QFN", "DFN", "LGA", "WLCSP") else "BGA"
    numbers = (float(found[key] or 0) for key in ("x", "y", "pitch", "pitch_y", "ep_x", "ep_y"))
    return (kind, int(found["count"]), found["layout"], *numbers)


def numbered(found: list[Pad]) -> dict[str, Pad]:
    """The lands by name, without vias and whatever else leads heat away."""
    return {pad.name: pad for pad in found if pad.name and pad.kind == "smd" and "F.Cu" in pad.layers}


@pytest.mark.skipif(not OFFICIAL_FOOTPRINTS.is_dir(), reason="KiCad's footprint library is not installed here")
def test_pads_are_those_of_the_official_footprint_of_the_same_package() -> None:
    official: dict[tuple[object, ...], list[Path]] = {}
    for library in ("DFN_QFN", "BGA", "CSP", "LGA"):
        for path in sorted((OFFICIAL_FOOTPRINTS / f"Package_{library}.pretty").glob("*.kicad_mod")):
            official.setdefault(alike(path.stem), []).append(path)
    compared: list[str] = []
    other: dict[str, list[int]] = {}
    for path in FILES:
        theirs = official.get(alike(path.stem), []) if alike(path.stem) else []
        # Of several the one that is called like ours; leads of one pitch and body have lands of many sizes.
        balls = "BGA" in path.stem or "CSP" in path.stem
        theirs = [one for one in theirs if one.stem == path.stem] or (theirs if balls else [])
        for one in theirs[:1]:
            ours, due = numbered(pads(path.read_text(encoding="utf-8"))), numbered(pads(one.read_text(encoding="utf-8")))
            assert ours.keys() == due.keys(), (path.stem, one.stem)
            off = {name for name in due if max(abs(a - b) for a, b in zip(ours[name].at, due[name].at)) > 1000}
            assert not off, (path.stem, one.stem, sorted(off)[:5])
            compared.append(path.stem)
            if balls:
                sizes = {(ours[name].size[0] // 1000, due[name].size[0] // 1000) for name in due}
                other.update((path.stem, list(size)) for size in sizes if size[0] != size[1])
            else:
                # Where the lands of two sides come near in a corner KiCad's are cut at it, and no rectangles.
                plain = [name for name, pad in due.items() if pad.shape != "custom"]
                assert {name: ours[name].size for name in plain} == {name: due[name].size for name in plain}, path.stem
                assert all(ours[name].shape == ("rect" if due[name].takes_heat else "roundrect") for name in plain)
    assert len(compared) >= 60
    assert other == OTHER_LANDS
