"""Plan, section and three dimensions on the page of a check, in a real browser: what they show is what space and metal say."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from accessible import violations
from overmold.check import check
from overmold.metal import CARRIER_PAD, metal_of
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pages.check import check_page
from overmold.report.finding import Report
from overmold.rule import load_deck
from overmold.shapes import polygon
from overmold.space import bodies
from paths import REPOSITORY
from reports import report_of
from served_page import listen
from variants import demo_with

STACK = REPOSITORY / "examples/face-up_flip_stack.yaml"
HOSTILE = "</script><img src=x onerror=document.title=1>"


def report_on(package: Package) -> Report:
    return report_of(check(package, load_deck(examples=False)))


@pytest.fixture(scope="module")
def stack() -> Package:
    """Fingers, wires, bond pads, bumps on a chip and balls: metal of every kind."""
    return read_package_file(STACK)


@pytest.fixture(scope="module")
def opened(a_chromium: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Report], Any]]:
    """Call with a report: its page as a file in the browser. Nothing may be said on its console."""
    browser = a_chromium()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    said: list[str] = []
    numbers = itertools.count()

    def go(report: Report) -> Any:
        file = tmp_path_factory.mktemp("page") / f"{next(numbers)}.html"
        file.write_text(check_page(report)[0], encoding="utf-8")
        page = context.new_page()
        listen(page, said)
        page.goto(file.as_uri())
        return page

    yield go
    browser.close()
    assert said == []


@pytest.fixture(scope="module")
def page(opened: Callable[[Report], Any], stack: Package) -> Any:
    """The page of the stack, one load for all that look at it."""
    shown = opened(report_on(stack))
    shown.evaluate("view.build()")
    return shown


def until(page: Any, so: str) -> None:
    """Wait until this is so; playwright's own way evaluates words in the page, which that forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(so):
        assert time.monotonic() < end, so
        page.wait_for_timeout(20)


def box_of(page: Any, what: str) -> Any:
    """Where it lies in the window, into which it is brought."""
    page.bring_to_front()
    page.locator(what).scroll_into_view_if_needed()
    return page.locator(what).bounding_box()


def hangs_together(package: Package, islands: set[int]) -> set[str]:
    """What metal joins, as the page calls it."""
    metal = metal_of(package)
    pieces = np.flatnonzero(np.isin(metal.all, list(islands))).tolist()
    wires = [wire.name for wire, ends in zip(package.wires, metal.joints.wire_ends.tolist()) if set(ends) & set(pieces)]
    return {metal.pieces.name(i) for i in pieces if metal.pieces.kind[i] != CARRIER_PAD} | {f"wire {name}" for name in wires}


LIT = """() => [...[...view.lit.pieces.keys()].filter((i) => view.lit.pieces[i]).map((i) => {
  const run = view.m.runs[view.m.pieces.run[i]]; return run.said + view.m.pieces.names[i]; }),
  ...view.m.wires.filter((_, i) => view.lit.wires[i]).map((wire) => `wire ${wire.name}`)]"""


def test_a_net_that_is_sought_lights_up_exactly_what_metal_joins(page: Any, stack: Package) -> None:
    metal = metal_of(stack)
    for number, net in enumerate(metal.pieces.nets[1:9], 1):
        page.fill("#seek-words", f"net {net}")
        page.press("#seek-words", "Enter")
        due = hangs_together(stack, set(metal.all[metal.pieces.net == number].tolist()))
        assert set(page.evaluate(LIT)) == due
        assert len(due) > 1
        assert page.inner_text("#seek-said").startswith(f"Net {net}: ")
    assert any(name.startswith("wire ") for name in due)
    ball = next(i for i in range(len(metal.pieces)) if metal.pieces.name(i).startswith("ball "))
    page.fill("#seek-words", metal.pieces.name(ball))
    page.press("#seek-words", "Enter")
    assert set(page.evaluate(LIT)) == hangs_together(stack, {int(metal.all[ball])})
    page.fill("#seek-words", "no such net")
    page.press("#seek-words", "Enter")
    assert page.inner_text("#seek-said") == "Nothing is called no such net."
    page.click("#plan")
    page.keyboard.press("Escape")
    assert page.evaluate("view.lit.any") is False


def cut(package: Package, angle: float, off: float) -> list[tuple[str, list[tuple[float, float]], float, float]]:
    """Every body that a line cuts: key, from where to where along it, and its heights, in um about the carrier's middle."""
    assert package.carrier is not None
    left, top, right, bottom = package.carrier.outline.box
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    way, across = np.array([math.cos(angle), math.sin(angle)]), np.array([-math.sin(angle), math.cos(angle)])
    line = shapely.LineString([middle + across * off * 1000 + way * far for far in (-1e8, 1e8)])
    found = []
    for body in bodies(package):
        low, high = body.bottom.value, body.top.value
        parts = shapely.get_parts(shapely.intersection(polygon(body.outline), line))
        spans = sorted(tuple(sorted((np.array(part.coords) - middle) @ way / 1000)) for part in parts if part.length > 0)
        if spans and low is not None and high is not None:
            found.append((body.key, spans, low.nominal / 1000, high.nominal / 1000))
    return found


def test_the_section_at_any_line_has_the_heights_of_space(page: Any, stack: Package) -> None:
    for angle, off in ((0.0, 12.3), (0.0, -1700.1), (math.pi / 2, 444.4), (0.61, 250.2), (-1.2, -700.7)):
        drawn = page.evaluate("""(line) => { view.lay(line); return view.found.bodies.filter((one) => one.body.known)
            .map((one) => [one.body.key, one.spans, one.body.low, one.body.high]); }""", {"angle": angle, "off": off})
        due = cut(stack, angle, off)
        assert [(key, low, high) for key, _, low, high in drawn] == [(key, low, high) for key, _, low, high in due]
        for (key, spans, *_), (_, right, *_) in zip(drawn, due):
            assert np.allclose(spans, right, atol=1e-3), key
        paths = page.evaluate("""() => [...document.querySelectorAll("#section [data-key]")].map((one) => {
            const [, top, bottom] = one.getAttribute("d").match(/^M\\S+ (\\S+)H\\S+V(\\S+)H/);
            const z = (y) => view.m.highest - (y - view.scale.z(view.m.highest)) / view.scale.per / view.scale.stretch;
            return [one.dataset.key, z(bottom), z(top)]; })""")
        heights = {(key, round(low), round(high)) for key, _, low, high in due}
        assert {(key, round(low), round(high)) for key, low, high in paths} == heights


def test_the_line_is_dragged_over_the_plan_and_turned_by_its_end(page: Any) -> None:
    page.evaluate("view.whole(); view.lay({ angle: 0, off: 0 })")
    box = box_of(page, "#plan")
    before = page.inner_html("#section")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 40, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30)
    page.mouse.move(x + 40, y + 60)
    assert page.inner_html("#section") != before
    page.mouse.up()
    assert page.evaluate("view.line.off") == pytest.approx(60 / page.evaluate("view.eye.scale"), rel=1e-6)
    end = page.evaluate("(() => { const [x, y] = view.grips().ends[1]; return view.toScreen(x, y); })()")
    page.mouse.move(box["x"] + end[0], box["y"] + end[1])
    page.mouse.down()
    page.mouse.move(x, box["y"] + 20, steps=3)
    page.mouse.up()
    assert abs(abs(page.evaluate("view.line.angle")) - math.pi / 2) < 0.5
    page.focus("#cut-at")
    off = page.evaluate("view.line.off")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("view.line.off") != off
    page.evaluate("view.lay({ angle: 0, off: 0 })")


def test_the_plan_zooms_pans_and_names_what_lies_under_the_mouse(page: Any, stack: Package) -> None:
    page.evaluate("view.whole()")
    whole = page.evaluate("view.eye")
    box = box_of(page, "#plan")
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.wheel(0, -400)
    until(page, f"view.eye.scale > {1.5 * whole['scale']}")
    page.focus("#plan")
    x = page.evaluate("view.eye.x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("view.eye.x") > x
    page.keyboard.press("0")
    assert page.evaluate("view.eye") == whole
    page.evaluate("""() => { const plan = document.getElementById("plan"), box = plan.getBoundingClientRect();
      const put = (type, id, x, y) => plan.dispatchEvent(new PointerEvent(type,
        { pointerId: id, pointerType: "touch", clientX: x, clientY: y, bubbles: true }));
      HTMLElement.prototype.setPointerCapture = () => {};
      const [x, y] = [box.left + 60, box.top + 60];
      put("pointerdown", 7, x, y); put("pointerdown", 8, x + 50, y); put("pointermove", 8, x + 150, y);
      put("pointerup", 7, x, y); put("pointerup", 8, x + 150, y); }""")
    assert page.evaluate("view.eye.scale") == pytest.approx(3 * whole["scale"])
    page.keyboard.press("0")
    for one in ("ball A1", "U2.A2"):
        x, y = page.evaluate("""(name) => { const i = [...view.m.pieces.names.keys()].find((i) =>
            view.m.runs[view.m.pieces.run[i]].said + view.m.pieces.names[i] === name);
            return view.toScreen(view.m.pieces.x[i], view.m.pieces.y[i]); }""", one)
        page.mouse.move(box["x"] + x, box["y"] + y)
        said = page.inner_text("#plan-words")
        assert said.startswith(one), said


PIXELS = """() => new Promise((done) => { view.space.again(); requestAnimationFrame(() => {
  const from = document.getElementById("space"), to = document.createElement("canvas"), pen = to.getContext("2d");
  [to.width, to.height] = [160, 120];
  pen.drawImage(from, 0, 0, 160, 120);
  done([...pen.getImageData(0, 0, 160, 120).data]); }); })"""


def pixels(page: Any) -> np.ndarray:
    """The third dimension as it is drawn: rows, columns, red to opacity."""
    return np.array(page.evaluate(PIXELS)).reshape(120, 160, 4)


def test_three_dimensions_are_drawn_and_turn(page: Any) -> None:
    box = box_of(page, "#space")
    until(page, "Number(document.getElementById('space').dataset.drawn) > 0")
    first = pixels(page)
    assert (first[..., 3] > 0).mean() > 0.1  # the package takes its place
    assert len(np.unique(first[..., :3].reshape(-1, 3) // 16, axis=0)) > 12  # of many colours
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 150, steps=3)
    page.mouse.up()
    turned = pixels(page)
    assert (np.abs(turned - first).max(axis=2) > 30).mean() > 0.05
    page.focus("#space")
    page.keyboard.press("ArrowLeft")
    assert (np.abs(pixels(page) - turned).max(axis=2) > 30).mean() > 0.02
    page.check("#cut-away")
    assert (np.abs(pixels(page) - turned).max(axis=2) > 30).mean() > 0.05
    page.uncheck("#cut-away")


def test_layers_are_switched_off_in_all_three(page: Any) -> None:
    box = box_of(page, "#plan")
    before, keys = pixels(page), "[...document.querySelectorAll('#section [data-key]')].map((one) => one.dataset.key)"
    assert "mold" in page.evaluate(keys)
    page.uncheck("#layers input[name=mold]")
    assert "mold" not in page.evaluate(keys)
    assert (np.abs(pixels(page) - before).max(axis=2) > 10).mean() > 0.1
    assert page.evaluate("view.space.meshes.filter((one) => one.visible).every((one) => one.userData.layer !== 'mold')")
    page.uncheck("#layers input[name=balls]")
    x, y = page.evaluate("""(() => { const i = view.m.byKey.get('balls.A1').piece;
        return view.toScreen(view.m.pieces.x[i], view.m.pieces.y[i]); })()""")
    box = box_of(page, "#plan")
    page.mouse.move(box["x"] + x, box["y"] + y)
    assert not page.inner_text("#plan-words").startswith("ball")
    page.check("#layers input[name=mold]")
    page.check("#layers input[name=balls]")
    assert "mold" in page.evaluate(keys)


def test_a_place_of_a_finding_is_flown_to_in_all_three(opened: Callable[[Report], Any]) -> None:
    broken = report_on(demo_with({"mold.cap": "440 um ± 15 um"}, {"passives.0.at": ["5.2 mm", "0 mm"]}))
    page = opened(broken)
    page.evaluate("view.build()")
    x, y = next(spot.at for finding in broken.findings for spot in finding.places if spot.key == "passives.C1")
    page.locator("a[data-key='passives.C1']").first.click()
    page.wait_for_timeout(100)
    at = page.evaluate(f"view.m.at({x}, {y})")
    eye, line, space = page.evaluate("[view.eye, view.line, view.space.eye.at]")
    assert [eye["x"], eye["y"]] == pytest.approx(at)
    assert line["off"] == pytest.approx(at[1])
    assert [space["x"], space["y"]] == pytest.approx([at[0] / 1000, -at[1] / 1000])
    assert page.evaluate("[...view.lit.bodies].map((i) => view.m.bodies[i].key)") == ["passives.C1"]
    assert page.locator("#section [data-key='passives.C1'].broken").count() == 1
    assert page.evaluate("document.activeElement.id") == "view-back"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == "passives.C1"
    page.locator("a[data-places]").first.click()
    assert page.evaluate("view.lit.any")
    page.close()


def test_an_open_and_a_short_are_told_with_the_net(opened: Callable[[Report], Any]) -> None:
    package = demo_with({})
    metal = metal_of(package)
    page = opened(report_on(package))
    assert page.evaluate("[...view.m.open]") == []
    net = metal.pieces.nets[1]
    page.evaluate("""() => { const m = view.m, of = (net) => m.pieces.net.indexOf(net), i = of(1), j = of(2);
      m.open.add(1); m.pieces.island[j] = m.pieces.island[i]; }""")
    said = page.evaluate("(net) => view.seek(net).words", net)
    assert f"SHORT to {metal.pieces.nets[2]}" in said
    assert "OPEN" in said
    page.close()


def test_words_out_of_a_file_are_words_and_nothing_but_the_pages_own_script_runs(opened: Callable[[Report], Any]) -> None:
    package = demo_with({"passives.0.value": HOSTILE, "carrier.stackup.0.material": HOSTILE, "carrier.stackup.1.name": HOSTILE})
    text = check_page(report_on(package))[0]
    assert "<img src=x" not in text
    page = opened(report_on(package))
    page.mouse.move(5, 5)
    assert page.evaluate("view.m.bodies.map((body) => body.name)")[1] == HOSTILE
    assert page.locator("#layers").inner_text().count(HOSTILE[1:]) == 1
    assert page.title() != "1"
    assert "default-src 'none'" in page.get_attribute("meta[http-equiv]", "content")
    page.close()


def test_what_is_injected_does_not_run(chromium: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    text = check_page(report_on(demo_with({})))[0]
    more = """<script>document.title = 'in'</script><img src=data:, onerror="document.title='in'">"""
    file.write_text(text.replace("</body>", f"{more}</body>"), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = `in`' }))")
    page.wait_for_timeout(100)
    assert page.title() != "in"
    assert page.is_visible("#view")
    page.close()


def test_without_scripts_and_on_paper_there_are_the_drawings(chromium: Any) -> None:
    text = check_page(report_on(demo_with({})))[0]
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(text)
    assert page.locator(".pictures img:visible").count() == 2
    assert page.is_hidden("#view")
    assert page.locator("details:not([open])").count() == 0
    context.close()


def test_everything_is_in_reach_by_keyboard_and_eye_wide_and_narrow_light_and_dark(page: Any) -> None:
    page.bring_to_front()
    page.evaluate("view.seek(view.m.nets[3])")
    for width, scheme in itertools.product((1280, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(100)
        assert violations(page, "#view") == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, scheme)
    page.emulate_media(media="print", color_scheme="light")
    assert page.is_hidden("#view")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_ten_thousand_balls_are_a_small_page() -> None:
    from overmold.pages.render import three

    many = demo_with({"balls.array": {"grid": [100, 100], "pitch": "0.1 mm"}, "balls.diameter": "50 um", "balls.land": "50 um",
                      "balls.opening": "40 um", "balls.standoff": "40 um", "netlist": None})
    assert many.balls is not None
    assert len(many.balls.sites) == 10_000
    assert len(check_page(report_on(many))[0]) - len(three().text) < 3_000_000
