"""What ``overmold export`` writes as AIF comes back by ``overmold import``, and is written again byte for byte."""

import re

import pytest

from overmold.cli import main
from overmold.exchange.aif_data import FURTHER_OF_BUMPS, FURTHER_OF_CHIPS
from overmold.exchange.reading import Asked
from overmold.exchange.reading.aif import read_aif
from overmold.exchange.reading.aif_own_lines import as_it_was
from overmold.exchange.writing import aif
from overmold.exchange.writing.aif_words import word
from overmold.faults import Faults
from overmold.package import Bumps
from overmold.package.moved import at_home
from overmold.package_file import read_package_file, read_package_text
from paths import DEMO, PACKAGES, REPOSITORY
from random_packages import a_package

FILES = sorted([*(REPOSITORY / "examples").glob("*.yaml"), *PACKAGES.glob("*.yaml")], key=lambda path: path.name)
TEXT = aif.write(read_package_file(DEMO)).decode()


def back(data):
    return read_aif(data if isinstance(data, bytes) else data.encode(), "p.aif", Asked()).package


def comes_back(package):
    data = aif.write(package)
    if not package.chips:
        assert data == b""  # AIF is of dies
        return None
    found, home = back(data), at_home(package)
    assert aif.write(found) == data
    assert [(one.name, one.at, one.angle, one.outline, one.bonded, one.on) for one in found.chips] == [
        (one.name, one.at, one.angle, one.outline, one.bonded, one.on) for one in home.chips]
    for one, other in zip(found.chips, home.chips):
        assert (one.thickness, one.gap, one.attach) == (other.thickness, other.gap, other.attach)
        assert all(getattr(one, name) == getattr(other, name) for name in FURTHER_OF_CHIPS)
        for mine, theirs in ((one.bumps, other.bumps), (one.pads, other.pads)):
            assert (mine is None) == (theirs is None)
            if mine is not None:
                further = FURTHER_OF_BUMPS if isinstance(mine, Bumps) else ()
                assert all(getattr(mine, name) == getattr(theirs, name) for name in further)
                assert dict(zip(mine.sites.names, zip(mine.nets, mine.sites.xy.tolist()))) == dict(
                    zip(theirs.sites.names, zip(theirs.nets, theirs.sites.xy.tolist())))
    return found


def test_what_does_not_come_back_is_said():
    for name in ("oblong_pillars", "oblong_by_volume"):
        with pytest.raises(Faults, match="oblong bumps are not read back"):
            back(aif.write(read_package_file(PACKAGES / f"{name}.yaml")))
    data = aif.write(read_package_file(PACKAGES / "two_molds.yaml"))
    assert any("further blocks of mold" in note for note in read_aif(data, "p.aif", Asked()).notes)


@pytest.mark.parametrize("path", [one for one in FILES if one.stem not in (
                             "oblong_pillars", "oblong_by_volume", "two_molds", "two_compounds", "far_chip_molded")],
                         ids=lambda path: path.stem)
def test_a_package_that_was_exported_comes_back(path):
    comes_back(read_package_file(path))


@pytest.mark.parametrize("seed", range(25))
def test_any_package_that_was_exported_comes_back(seed):
    comes_back(read_package_text(a_package(seed).encode(), "p.yaml", PACKAGES))


def test_a_package_file_of_what_came_back_says_the_same(tmp_path, capsys):
    (tmp_path / "d.aif").write_text(TEXT, encoding="utf-8")
    assert main(["import", str(tmp_path / "d.aif"), "-o", str(tmp_path / "o")]) == 0
    assert "taken: what Overmold wrote there" in capsys.readouterr().err
    (path,) = (tmp_path / "o").glob("*.yaml")
    assert aif.write(read_package_file(path)).decode() == TEXT


@pytest.mark.parametrize("name", ["a;b", "a_x3b_b", "[x]", "-", "ä ö", "_x5f_", "a_x", "x:y,z", "日本"])
def test_every_name_comes_back(name):
    assert as_it_was(word(name)) == name


@pytest.mark.parametrize(("was", "now", "said"), [
    (r"U1=flip-chip \S+ \S+", "U1=glued 0 1", "'glued' is not a way of bonding"),
    (r"U1=flip-chip \S+ \S+", "U1=flip-chip 0 9x9", "'9x9' is not a length with its tolerance"),
    (r"\[OVERMOLD_MOLD\]\nmold=\S+ \S+", "[OVERMOLD_MOLD]\nmold=3+ 1", "'3+' is not a length with its tolerance"),
    (r"(U1=flip-chip) .*", r"\1 0", "this line does not say the size of U1"),
    (r"\[OVERMOLD_BUMPS\]", "[OVERMOLD_CHIP_DATA]\nU1=on:U1\n[OVERMOLD_BUMPS]", "'on' is not a datum of U1; known: gap"),
    (r"\[OVERMOLD_BUMPS\]", "[OVERMOLD_BUMP_DATA]\nU1=pillar:9\n[OVERMOLD_BUMPS]", "pillar of U1: '9' has no unit"),
    (r"BUMP=.*", "X=1", "the pad type 'BUMP' is not defined in [PADS]"),
])
def test_what_somebody_broke_in_it_says_where(was, now, said):
    broken, count = re.subn(was, now, TEXT, count=1)
    assert count == 1
    with pytest.raises(Faults) as caught:
        back(broken)
    assert said in str(caught.value.faults[0])


@pytest.mark.parametrize("name", ["qfn", "qfn_fused", "qfn_rounded", "qfn_stepped", "qfn_tied", "qfn_two_pads"])
def test_all_metal_of_a_lead_frame_comes_back(name):
    package = read_package_file(DEMO.parent / f"{name}.yaml")
    one, other = back(aif.write(package)).carrier.frame, package.carrier.frame
    named = {lead.name: lead for lead in one.leads}
    for lead in other.leads:
        assert named[lead.name].outline.box == lead.outline.box
        assert named[lead.name].foot.box == lead.foot.box
        assert len(named[lead.name].half_etched) == len(lead.half_etched)
    assert one.paddle_foot.box == other.paddle_foot.box
    assert one.etched_above == other.etched_above
    assert [bar.box for bar in one.tie_bars] == [bar.box for bar in other.tie_bars]
