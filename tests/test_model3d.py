"""STEP models: closed solids in the right places, light however many balls there are. By OpenCASCADE: test_model3d_occ."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from overmold.model3d import FINISHED, INSIDE, step_model
from overmold.model3d.part21 import Solid, step_file
from overmold.model3d.solids import Ball, Tube, prism, solder, tube
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.shapes import Outline, rectangle
from paths import DEMO, REPOSITORY
from step_text import Step

FILES = [DEMO, *sorted((REPOSITORY / "examples").glob("*.yaml"))]


def package(path: Path) -> Package:
    return read_package_file(path)


@pytest.mark.parametrize("view", [FINISHED, INSIDE])
@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_every_line_that_is_named_is_there_and_every_shell_is_closed(path: Path, view: str) -> None:
    data = step_model(package(path), view)
    assert data == step_model(package(path), view)
    step = Step(data)
    assert all(ref in step.lines for number in step.lines for ref in step.refs(number))
    for shell in step.called("CLOSED_SHELL"):
        uses: Counter[tuple[int, bool]] = Counter()
        for face in step.refs(shell):
            for bound in step.refs(face)[:-1]:
                for oriented in step.refs(step.refs(bound)[0]):
                    uses[step.refs(oriented)[0], step.lines[oriented].endswith(".T.)")] += 1
        # Every edge parts two faces, which run along it in opposite ways.
        assert set(uses.values()) == {1}
        assert all((edge, not way) in uses for edge, way in uses)


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_bumps_and_balls_stand_where_the_package_has_them(path: Path) -> None:
    made = package(path)
    x, y = made.carrier.outline.centre
    inside = Step(step_model(made, INSIDE)).spots()
    for chip in made.chips:
        if chip.bumps is not None:
            due = {(px - x, y - py) for px, py in chip.bumps.sites.xy.tolist()}
            found = Counter(spot[:2] for (name, spot), _ in inside.items() if name == f"chips.{chip.name}.bumps")
            assert set(found) == due
            assert set(found.values()) == {1}
    finished = Step(step_model(made, FINISHED)).spots()
    if made.balls is not None:
        balls = {spot[:2] for (name, spot), _ in finished.items() if name == "balls"}
        assert balls == {(px - x, y - py) for px, py in made.balls.sites.xy.tolist()}


def test_rows_of_any_crowd_are_that_crowd() -> None:
    rng = random.Random(3)
    for _ in range(60):
        spots = {(rng.randrange(12) * 100_000, rng.randrange(9) * 100_000, rng.choice((0, 500_000)))
                 for _ in range(rng.randint(1, 90))}
        made = Step(step_file("x", [Solid("ball", solder(90_000, 60_000), (1, 1, 1), 1.0, np.array(sorted(spots)))])).spots()
        assert made == Counter({("ball", spot): 1 for spot in spots})


def test_ten_thousand_balls_are_light() -> None:
    grid = np.array([(100_000 * i, 100_000 * j, 0) for i in range(100) for j in range(100)])
    data = step_file("x", [Solid("ball", solder(60_000, 50_000), (1, 1, 1), 1.0, grid)])
    assert len(data) < 120_000
    assert len(Step(data).called("NEXT_ASSEMBLY_USAGE_OCCURRENCE")) == 200


def test_what_nobody_has_stated_is_left_out() -> None:
    made = package(DEMO)
    flat = replace(made, chips=tuple(replace(chip, thickness=None) for chip in made.chips), mold=None)
    names = {name for name, _ in Step(step_model(flat, INSIDE)).spots()}
    assert "mold" not in names
    assert not any(name == f"chips.{chip.name}" for chip in flat.chips for name in names)
    assert "chips.U1.bumps" in names


def test_joints_are_as_wide_and_as_high_as_stated() -> None:
    for diameter, height in ((100, 60), (100, 99), (100, 100)):
        ball = solder(diameter, height)
        assert isinstance(ball, Ball)
        assert ball.radius**2 == pytest.approx(ball.half**2 + ball.face**2)
        assert 2 * ball.half == height
        assert 2 * ball.radius == pytest.approx(diameter, rel=.05)
    rod = solder(50, 100)
    assert isinstance(rod, Tube)
    assert rod.points[:, 2].tolist() == [-50, 50]


def test_outlines_with_holes_either_way_round_and_names_beyond_ascii() -> None:
    outer, hole = rectangle((0, 0), (10_000, 10_000)).rings[0], rectangle((1_000, 0), (2_000, 2_000)).rings[0]
    texts = []
    for one in (outer, outer[::-1]):
        for other in (hole, hole[::-1]):
            shape = prism(Outline((one, other)), 0, 5_000)
            faces = [shape.points[list(loop)] for face in shape.faces for loop in face]
            sixfold = sum(float(np.cross(ring[0], ring[k]) @ ring[k + 1]) for ring in faces for k in range(1, len(ring) - 1))
            assert sixfold / 6 == pytest.approx((10_000**2 - 2_000**2) * 5_000)
            texts.append(step_file("Größe 'x' \\", [Solid("µ", shape, (1, 0, 0), .5, np.zeros((1, 3), np.int64))]))
    assert b"Gr\\X4\\000000F6\\X0\\" in texts[0]


def test_a_wire_shorter_than_thick_is_none() -> None:
    assert tube(np.array([(0.0, 0, 0), (10, 0, 0)]), 25) is None
    assert tube(np.array([(0.0, 0, 0), (0, 0, 10), (100, 0, 10), (200, 0, 0)]), 25) is not None
