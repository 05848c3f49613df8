"""The ball map: every ball in the colour of its net, with its name where there is room for it, small and quick where there are
many; and the command that draws all pictures."""

from __future__ import annotations

import itertools
import re
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from overmold.cli import main
from overmold.package_file import read_package_file
from overmold.pictures.ball_map import ball_map
from overmold.pictures.marks import BROKEN
from overmold.pictures.net_hues import CLASS, FILLS, LETTERS, NET, hues_of
from overmold.pictures.plan import BALL, CHIP, plan
from paths import DEMO, PACKAGES, REPOSITORY
from variants import demo

sys.path.insert(0, str(REPOSITORY))
from benchmarks.ball_map import large

SVG = "{http://www.w3.org/2000/svg}"
NETS = ("GND", "VDD", "NC", "", "D0", "VSS_IO", "D1", "D0", "N/C", "VDDQ1")


def written(picture: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def coloured(picture: str, kind: str) -> list[str]:
    """What the balls of a colour are called."""
    (group,) = [one for one in ElementTree.fromstring(picture).iter(f"{SVG}g") if one.get("class") == kind]
    return [str(title.text) for title in group.iter(f"{SVG}title")]


# What normal, protan, deutan and tritan eyes have of linear red, green and blue: Machado, Oliveira, Fernandes 2009.
SEEN = np.array([
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[.152286, 1.052583, -.204868], [.114503, .786281, .099216], [-.003882, -.048116, 1.051998]],
    [[.367322, .860646, -.227968], [.280085, .672501, .047413], [-.011820, .042940, .968881]],
    [[1.255528, -.076749, -.178779], [-.078411, .930809, .147602], [.004733, .691367, .303900]]])
TO_XYZ = np.array([[.4124, .3576, .1805], [.2126, .7152, .0722], [.0193, .1192, .9505]])


def linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= .04045, share / 12.92, ((share + .055) / 1.055) ** 2.4)


def seen(colour: str) -> np.ndarray:
    """CIELAB (4, 3) of a colour as each kind of eye has it."""
    xyz = np.clip(SEEN @ linear(colour), 0, 1) @ TO_XYZ.T / (.95047, 1, 1.08883)
    x, y, z = np.where(xyz > .008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116).T
    return np.column_stack((116 * y - 16, 500 * (x - y), 200 * (y - z)))


def test_letters_read_on_every_colour_and_the_colour_blind_tell_any_two_apart() -> None:
    bright = {kind: float(TO_XYZ[1] @ linear(fill)) for kind, fill in FILLS.items()}
    letters = float(TO_XYZ[1] @ linear(LETTERS))
    assert min(bright.values()) + .05 >= 4.5 * (letters + .05)  # WCAG's AA
    by_net = [kind for kind in FILLS if kind.startswith("net") or kind == "others"]
    for kinds in (["ground", "supply", "signal", "none"], by_net):
        for one, other in itertools.combinations(kinds, 2):
            apart = np.linalg.norm(seen(FILLS[one]) - seen(FILLS[other]), axis=1)
            assert apart.min() > 15, (one, other)


def test_nets_are_told_apart_by_class_or_each_by_itself() -> None:
    by_class = {hue.kind: sorted(i for balls in hue.balls.values() for i in balls) for hue in hues_of(NETS, CLASS)}
    assert by_class == {"ground": [0, 5], "supply": [1, 9], "signal": [4, 6, 7], "none": [2, 3, 8]}
    by_net = hues_of(NETS, NET)
    assert [hue.words for hue in by_net] == ["D0: 2", "5 other nets: 5", "no net: 3"]
    alone = hues_of([f"N{i}" for i in range(9)], NET)
    assert [len(hue.balls) for hue in alone] == [1] * 7 + [2]


def test_every_ball_is_there_once_in_its_colour_with_names_of_rows_columns_and_nets() -> None:
    package = demo()
    assert package.balls is not None
    picture = ball_map(package)
    titles = [title for kind in ("ground", "supply", "signal", "none") if f'<g class="{kind}">' in picture
              for title in coloured(picture, kind)]
    named = zip(package.balls.sites.names, package.balls.nets)
    assert sorted(titles) == sorted(f"{name} {net}".rstrip() for name, net in named)
    assert all(title.split()[1].startswith("GND") for title in coloured(picture, "ground"))
    words = written(picture)
    assert {"A", "M", "1", "12"} <= set(words)
    assert {net for net in package.balls.nets if net} <= set(words)
    assert any(one.startswith("ground: ") for one in words)


def test_from_below_left_and_right_change_places() -> None:
    places = {}
    for side in (CHIP, BALL):
        drawn = {"map": ball_map(demo(), side=side), "plan": plan(demo(), side=side)}
        for name, picture in drawn.items():
            spot = re.search(r'<circle[^>]* cx="([\d.]+)" cy="([\d.]+)"[^>]*><title>(?:ball )?A1\b', picture)
            assert spot is not None
            wide = float(re.findall(r'viewBox="0 0 ([\d.]+)', picture)[0])
            places[name, side] = (float(spot[1]), float(spot[2]), wide)
    for name in ("map", "plan"):
        (left, top, wide), (right, same, _) = places[name, CHIP], places[name, BALL]
        assert left == pytest.approx(wide - right, abs=0.1)
        assert left < wide / 2
        assert top == same


def test_where_names_do_not_fit_the_map_says_so_and_they_show_on_hovering() -> None:
    names = "A_NAME_MUCH_TOO_LONG_FOR_ANY_BALL_OF_A_MAP"
    netlist = [[names, "U1.A1", "A1"], ["GND", "U1.A2", "A2"]]
    picture = ball_map(demo(netlist=netlist, passives=None))
    assert names not in written(picture)
    assert "GND" in written(picture)
    assert f"A1 {names}" in picture
    assert any("1 longer names show on hovering" in words for words in written(picture))
    bare = ball_map(demo(netlist=None, passives=None))
    assert {"A1", "M12"} <= set(written(bare))  # on no net a ball has its own name
    assert ball_map(demo(balls=None, netlist=None)) == ""
    ringed = ball_map(demo(), marks={"balls.B3": BROKEN})
    assert "ring broken" in ringed
    assert "Also broken: ball B3" in written(ringed)


def test_ten_thousand_balls_are_a_small_picture_made_at_once() -> None:
    package = large()
    ball_map(package)
    start = time.process_time()
    picture = ball_map(package)
    assert time.process_time() - start < 0.5  # some 20 ms where nothing else runs
    assert len(picture) < 150_000
    assert sum(one.get("d", "").count("M") for one in ElementTree.fromstring(picture).iter(f"{SVG}path")
               if one.get("class", "").startswith("dots")) == 10_000
    assert "<title>GND, 1111 balls</title>" in picture
    assert any("no room" in words for words in written(picture))


def drawn(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str], str]:
    code = main(["draw", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_the_command_draws_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, files, _ = drawn(capsys, DEMO, "-o", tmp_path / "all")
    assert code == 0
    assert [Path(file).name.split(".", 2)[-1] for file in files][:3] == ["section.svg", "plan.svg", "ball-map.svg"]
    assert all("<svg" in Path(file).read_text(encoding="utf-8") for file in files)
    code, files, _ = drawn(capsys, DEMO, "--section", "--at", "x=U1", "-o", tmp_path / "one.svg")
    assert (code, files) == (0, [str(tmp_path / "one.svg")])
    assert "through U1 at x = 0 mm" in (tmp_path / "one.svg").read_text(encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(DEMO.read_text(encoding="utf-8").replace("cap: 315 um", "cap: 455 um").replace(
        "demo_nets.csv", str(PACKAGES / "demo_nets.csv")), encoding="utf-8")
    pictures = []
    for flags in ((), ("--no-check",)):
        assert drawn(capsys, broken, "--section", "-o", tmp_path / "two.svg", *flags)[0] == 0
        pictures.append((tmp_path / "two.svg").read_text(encoding="utf-8"))
    assert ["not 0.5 to 2" in picture for picture in pictures] == [True, False]


@pytest.mark.parametrize(("words", "said"), [
    ((PACKAGES / "qfn.yaml", "--ball-map"), "has nothing to draw for --ball-map: there are no balls"),
    ((DEMO, "--section", "--at", "U9"), "there is nothing called 'U9'"),
    ((DEMO, "--section", "-o", DEMO), "is read by this very command"),
    ((DEMO.with_name("missing.yaml"),), "missing.yaml"),
])
def test_what_cannot_be_drawn_is_told(words: tuple[object, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = drawn(capsys, *words)
    assert code == 2
    assert said in told


def test_a_lead_frame_has_no_ball_map_among_the_usual_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, files, _ = drawn(capsys, PACKAGES / "qfn.yaml", "-o", tmp_path)
    assert code == 0
    assert files
    assert not [file for file in files if "ball-map" in file]


def test_the_plan_has_a_scale_bar_a_mark_and_names() -> None:
    picture = plan(demo())
    assert "2 mm" in written(picture)
    bar = re.search(r'<path class="line" d="M([\d.]+) [^M]*M([\d.]+) [^>]*><title>scale: 2 mm', picture)
    assert bar is not None
    assert float(bar[2]) - float(bar[1]) == pytest.approx(2 * 76, abs=0.1)  # the carrier's 10 mm are 760 pixels
    assert '<path class="a1"' in picture
    assert {part.name for part in demo().passives} <= set(written(picture))
    frame = read_package_file(PACKAGES / "qfn.yaml")
    assert frame.carrier is not None
    assert frame.carrier.frame is not None
    assert {lead.name for lead in frame.carrier.frame.leads} <= set(written(plan(frame)))
    assert "saw street" in plan(frame)
