"""Words in pictures, measured by a browser: none lies over another and none leaves its picture, whatever stands where."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from overmold.check import check
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pictures.ball_map import ball_map
from overmold.pictures.judged import Judgement, judgement
from overmold.pictures.marks import BROKEN, drawn_marks, named_marks
from overmold.pictures.net_hues import NET
from overmold.pictures.plan import BALL, plan, scale_of
from overmold.pictures.section import section
from overmold.rule import load_deck
from paths import PACKAGES, REPOSITORY
from random_stacks import a_stack
from variants import demo, demo_data, demo_with, package_of

WORDS = """() => [...document.querySelectorAll("svg")].map((svg) => {
  const found = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
  const edge = svg.getBoundingClientRect(), wrong = [];
  found.forEach(([words, box], i) => {
    if (box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom)
      wrong.push("leaves: " + words);
    for (const [others, other] of found.slice(i + 1))
      if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
        wrong.push(words + " over " + others);
  });
  return [found.length, wrong]; })"""


def chip(name: str, x: float, y: float, size: tuple[float, float], on: str = "", thickness: str = "50 um") -> dict[str, Any]:
    made = {"name": name, "size": [f"{length} mm" for length in size], "thickness": thickness, "bonded": "flip-chip",
            "gap": "40.125 um +10.5/-5.25 um", "at": [f"{x} mm", f"{y} mm"]}
    return {**made, "on": [on]} if on else made


def of_chips(chips: list[dict[str, Any]], **changes: Any) -> Package:
    data = {key: value for key, value in demo_data().items() if key not in ("netlist", "passives")}
    return package_of({**data, "chips": chips, **changes})


def packages() -> Iterator[tuple[str, Package]]:
    mold = {"cap": "900 um ± 15 um", "outline": "carrier", "filler": "25 um"}
    yield "eight side by side", of_chips([chip(f"CHIP_{i}", 1.2 * i - 4.2, 0, (1.1, 2)) for i in range(8)])
    yield "sixteen side by side", of_chips([chip(f"U{i}", 0.6 * i - 4.6, 0, (0.55, 2)) for i in range(16)])
    yield "a stack of eight", of_chips(
        [chip(f"U{i}", 0, 0, (6 - 0.3 * i, 5 - 0.3 * i), f"U{i - 1}" if i else "", "30 um ± 2 um") for i in range(8)],
        mold=mold)
    yield "two towers of five", of_chips(
        [chip(f"U{j}{i}", 5.2 * j - 2.6, 0, (4 - 0.3 * i, 4 - 0.3 * i), f"U{j}{i - 1}" if i else "", "30 um ± 2 um")
         for j in range(2) for i in range(5)], mold=mold)
    yield "one upon the other", of_chips([chip("U1", 0, 0, (4, 4)), chip("U2", 0.5, 0, (4, 4)), chip("U3", -0.5, 0, (4, 4))])
    yield "long names", of_chips([chip("A_VERY_LONG_NAME_" * 3, -2, 0, (3, 3)), chip("W" * 60, 2.5, 0, (2, 2))],
                                 package="W" * 90)
    yield "a speck on a large carrier", of_chips([chip("U1", 0, 0, (0.2, 0.2))],
                                                 carrier={**demo_data()["carrier"], "size": ["40 mm", "10 mm"]})
    yield "a part beyond the edge", demo_with({"mold.cap": "440 um ± 15 um"}, {"passives.0.at": ["5.2 mm", "0 mm"]})
    for path in sorted([*(REPOSITORY / "examples").glob("*.yaml"), *PACKAGES.glob("*.yaml")]):
        yield path.stem, read_package_file(path)
    for seed in range(12):
        yield f"stack number {seed}", a_stack(seed, unstated=0.1)


def test_no_words_meet_and_none_leave_the_picture(chromium: Any) -> None:
    deck, page, wrong = load_deck(examples=False), chromium.new_page(), {}
    for name, package in packages():
        judged = judgement(check(package, deck))
        marks = judged.marks
        drawn = [section(package), section(package, judged, 780.0), plan(package, marks, 330.0), plan(package),
                 plan(package, marks, side=BALL), ball_map(package), ball_map(package, NET, BALL, marks, 200.0)]
        # All pictures of a package in one page, each to be looked at by itself.
        page.set_content(f"<body>{''.join(filter(None, drawn))}</body>")
        for picture, (count, found) in zip(filter(None, drawn), page.evaluate(WORDS)):
            ElementTree.fromstring(picture)
            assert count >= 3, name
            if found:
                wrong[name] = [*wrong.get(name, []), *found]
    page.close()
    assert wrong == {}


def test_what_is_broken_is_named_once_and_crowds_are_counted() -> None:
    package = demo()
    marks = dict.fromkeys(("chips.U1.thickness", "mold.cap", "passives.C1", "balls.A1", "max_height"), BROKEN)
    named = [name for _, name, _ in named_marks(package, drawn_marks(package, marks))]
    assert sorted(named) == ["C1", "U1", "ball A1", "max_height", "mold"]
    many = {f"chips.U1.bumps.{name}": BROKEN for name in package.chips[0].bumps.sites.names} if package.chips[0].bumps else {}
    assert [name for _, name, _ in named_marks(package, drawn_marks(package, many))] == ["324 bumps of U1"]
    for picture in (section(package, Judgement(marks)), plan(package, marks)):
        for name in ("C1", "U1", "ball A1", "mold"):
            assert name in picture.partition("</style>")[2]
    assert "Also broken: max_height" in plan(package, marks)


def test_the_cut_is_laid_where_it_meets_what_is_broken() -> None:
    package = demo()
    top = next(one for one in package.passives if not one.outline.box[1] <= package.chips[0].at[1] <= one.outline.box[3])
    assert "cross-section through U1 at y = " in section(package)
    assert f"cross-section through {top.name} at y = " in section(package, Judgement({top.key: BROKEN}))
    assert 'class="part broken"' in section(package, Judgement({top.key: BROKEN}))


def test_a_passive_on_the_far_side_lies_over_no_ball(chromium: Any) -> None:
    package = demo_with({"passives.0.side": "far side", "passives.0.at": ["0.8 mm", "0 mm"], "passives.0.height": "0.2 mm"})
    page = chromium.new_page()
    page.set_content(f"<body>{section(package)}</body>")
    meet = page.evaluate("""() => {
      const called = (kind, name) => [...document.querySelectorAll(kind)].filter((one) => one.textContent.startsWith(name))
        .map((one) => one.getBoundingClientRect());
      const [far] = called(".part", "C1"), balls = called("path.bump", "ball ");
      return [balls.length > 5, balls.filter((ball) => ball.left < far.right && far.left < ball.right).length]; }""")
    page.close()
    assert meet == [True, 0]


@pytest.mark.parametrize("size", [330.0, 760.0])
def test_a_plan_of_ten_thousand_balls_is_small_and_to_the_scale_it_says(size: float) -> None:
    package = demo(balls__array={"grid": [100, 100], "pitch": "95 um"}, balls__diameter="60 um", netlist=None)
    assert package.balls is not None
    marks = {f"balls.{name}": BROKEN for name in package.balls.sites.names[:5000]}
    picture, scale = plan(package, marks, size), scale_of(package, size)
    assert len(base64.b64encode(picture.encode())) < 300_000
    assert scale is not None
    assert f'width="{scale.size[0]:g}' in picture
    x, y = scale.at(package.balls.sites.xy[0].tolist())
    assert f'points="{x:.1f},{y:.1f} ' in picture
    assert "5000 balls" in picture
