"""The editor in a real browser: typing, picking, pasting, undoing and saving, and what it says of what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accessible import violations
from editing import desk_for, field, lines_changed, retype, served, settle, tab_to, until
from overmold.package_file import read_package_file
from page_door import behind
from paths import DEMO, PLUGIN, REPOSITORY
from test_pages_browser import CONTRASTS

SHOTS = REPOSITORY / "build/screenshots/editor"


@pytest.fixture
def demo_file(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    shutil.copy(DEMO, file)
    shutil.copy(DEMO.parent / "demo_nets.csv", tmp_path)
    return file


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Call with a desk: its page in a browser. No message on its console may go unseen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    said: list[str] = []

    def go(desk: Any, ready: str = "#form .part") -> Any:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(served(desk))
        page.wait_for_selector(ready)
        if ready.startswith("#form"):
            settle(page)
        return page

    yield go
    context.close()
    assert said == []


def test_text_pictures_and_margins_follow_as_one_types_and_undo_takes_it_back(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    text = demo_file.read_text(encoding="utf-8")
    assert page.input_value("#text") == text
    assert page.inner_text("#verdict .badge") == "KEPT"
    section = page.get_attribute("#section", "src")
    page.click(field("mold", "cap"))
    retype(page, "455 um")
    page.wait_for_selector("#verdict .badge.bad")
    settle(page)
    assert "cover-not-half-to-twice-gap" in page.inner_text("#margins")
    assert "-1.067" in page.inner_text("#margins")
    assert page.get_attribute("#section", "src") != section
    (change,) = lines_changed(text, page.input_value("#text"))
    assert "cap: 455 um " in change[1]
    page.screenshot(path=shot("broken"))
    page.keyboard.press("Control+z")  # all letters of one field are one step
    page.wait_for_selector("#verdict .badge.good")
    settle(page)
    assert page.input_value("#text") == text
    assert page.input_value(field("mold", "cap")) == "315 um ± 15 um"
    page.keyboard.press("Control+Shift+z")
    page.wait_for_selector("#verdict .badge.bad")
    assert page.input_value(field("mold", "cap")) == "455 um"
    page.click("#undo")
    page.wait_for_selector("#verdict .badge.good")


def test_the_form_follows_the_text_and_a_text_that_is_no_yaml_is_told(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    text = page.input_value("#text")
    page.fill("#text", text.replace("cap: 315 um ± 15 um", "cap: 320 um"))
    settle(page)
    assert page.input_value(field("mold", "cap")) == "320 um"
    page.fill("#text", text + "mold: [")
    page.wait_for_selector("#mend:not([hidden])")
    assert "no package file" in page.inner_text("#verdict")
    page.fill("#text", text)
    page.wait_for_selector("#verdict .badge.good")
    assert page.is_hidden("#mend")


def test_a_fault_stands_at_its_field_with_what_was_meant_and_a_press_writes_that(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    page.fill("#text", page.input_value("#text").replace("bonded: flip-chip", "bonded: flip-chp").replace("filler:", "fillr:"))
    page.wait_for_selector("#mend:not([hidden])")
    assert page.get_attribute(field("chips", 0, "bonded"), "aria-invalid") == "true"
    said = page.get_attribute(field("chips", 0, "bonded"), "aria-describedby")
    assert "unknown value 'flip-chp'; did you mean 'flip-chip'?" in page.text_content(f'[id="{said}"]')
    page.click("#mend button:has-text('chips.0.bonded')")  # brings it onto the screen, whatever was folded
    assert page.evaluate("document.activeElement.id") == "f/chips/0/bonded"
    page.screenshot(path=shot("faults"))
    page.click("button:has-text(\"Write 'flip-chip'\")")
    settle(page)
    page.click("button:has-text(\"Write 'filler'\")")
    page.wait_for_selector("#verdict .badge.good")
    assert page.input_value("#text") == demo_file.read_text(encoding="utf-8")


def test_sites_are_taken_out_by_a_click_a_box_and_keys_and_the_nets_say_so(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    page.select_option("#array", label="Balls")
    page.wait_for_selector("circle.there")
    ball = demo_file.with_name("demo_nets.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[2]
    click_site(page, ball)
    settle(page)
    assert sites(page) == 143
    assert f"the package has no ball '{ball}'" in page.inner_text("#nets")
    page.click("#nets button:has-text('Empty')")
    page.wait_for_selector("#verdict .badge.good, #verdict .badge.bad")
    first, last = (middle(page, name) for name in ("L1", "M3"))
    page.mouse.move(first[0] - 12, first[1] - 12)
    page.mouse.down()
    page.mouse.move(last[0] + 12, last[1] + 12, steps=5)
    page.mouse.up()
    settle(page)
    assert sites(page) == 137
    assert f'skip: [{ball}, "L1:M3"]' in page.input_value("#text")
    page.focus("#sites")
    page.keyboard.press("Space")
    settle(page)
    assert sites(page) == 138
    assert f"{ball}, there" in page.inner_text("#site")
    page.select_option("#array", "")
    page.mouse.click(*middle_of_picture(page))  # and the array that has a site where somebody clicks is the one to go on with
    assert page.input_value("#array") in ("balls/array", "chips/0/bumps/array")
    page.screenshot(path=shot("sites"))


def middle(page: Any, name: str) -> tuple[float, float]:
    page.locator("#sites").scroll_into_view_if_needed()
    box = page.locator("#sites circle", has=page.locator(f"title:text-is('{name}')")).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def middle_of_picture(page: Any) -> tuple[float, float]:
    box = page.locator("#sites").bounding_box()
    return box["x"] + box["width"] / 2 + 6, box["y"] + box["height"] / 2 + 6


def click_site(page: Any, name: str) -> None:
    page.mouse.click(*middle(page, name))


def sites(page: Any) -> int:
    return int(page.locator("circle.there").count())


def test_nets_take_a_paste_from_a_spreadsheet_and_only_those_lines_change(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    table = demo_file.with_name("demo_nets.csv")
    before = table.read_text(encoding="utf-8")
    rows = [row.split(",") for row in before.splitlines()[1:]]
    page.evaluate("navigator.clipboard.writeText('NEW1\\nNEW2')")
    page.click("[id='net/1/0']")
    page.keyboard.press("Control+v")
    page.wait_for_selector("[id='net/1/0']")
    until(page, "document.getElementById('net/2/0').value === 'NEW2'")
    settle(page)
    page.keyboard.press("Control+s")
    page.wait_for_selector("#done:not([hidden])")
    after = table.read_text(encoding="utf-8")
    assert lines_changed(before, after) == [(",".join(rows[i]), ",".join([f"NEW{i}", *rows[i][1:]])) for i in (1, 2)]
    assert demo_file.read_bytes() == DEMO.read_bytes()
    page.fill("#net-filter", "NEW2")
    until(page, "document.querySelectorAll('.grid tbody tr').length === 1")
    assert page.input_value("[id='net/2/1']") == rows[2][1]


def test_nothing_that_changed_meanwhile_is_written_over_unasked(visit: Any, demo_file: Path) -> None:
    page = visit(desk_for(demo_file))
    page.fill(field("mold", "filler"), "20 um")
    settle(page)
    theirs = demo_file.read_text(encoding="utf-8") + "# theirs\n"
    demo_file.write_text(theirs, encoding="utf-8")
    page.click("#save")
    page.wait_for_selector("#question:not([hidden])")
    assert str(demo_file) in page.inner_text("#question")
    page.screenshot(path=shot("question"))
    page.click("#no")
    assert demo_file.read_text(encoding="utf-8") == theirs
    page.click("#save")
    page.click("#yes")
    page.wait_for_selector("#done:not([hidden])")
    assert "Saved and read back" in page.inner_text("#done")
    assert "filler: 20 um" in demo_file.read_text(encoding="utf-8")
    assert "# theirs" not in demo_file.read_text(encoding="utf-8")
    page.fill(field("mold", "filler"), "20")
    settle(page)
    page.click("#save")
    page.wait_for_selector("#question:not([hidden])")
    assert "'20' has no unit" in page.inner_text("#question")
    page.click("#no")
    assert "filler: 20 um" in demo_file.read_text(encoding="utf-8")


def test_a_new_file_begins_with_a_starter_and_needs_no_mouse(visit: Any, tmp_path: Path) -> None:
    file = tmp_path / "FCQFN-24.yaml"
    page = visit(desk_for(file, new=True), "#kind-qfn")
    page.screenshot(path=shot("choice"))
    tab_to(page, "#kind-bga")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("#kind-qfn")
    tab_to(page, "#start")
    page.keyboard.press("Enter")
    page.wait_for_selector("#form .part")
    settle(page)
    assert page.inner_text("#title") == "FCQFN-24"
    tab_to(page, field("mold", "cap"))
    retype(page, "320 um ± 15 um")
    settle(page)
    page.keyboard.press("Control+s")
    page.wait_for_selector("#done:not([hidden])")
    package = read_package_file(file)
    assert package.mold is not None
    assert package.mold.cap is not None
    assert package.mold.cap.nominal == 320_000
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "FCQFN-24.yaml", "FCQFN-24_nets.csv", "overmold.schema.json"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_words_stand_out_and_everything_fits_the_screen(chromium: Any, demo_file: Path, scheme: str, width: int) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(served(desk_for(demo_file)))
    page.wait_for_selector("#form .part")
    settle(page)
    page.select_option("#array", label="Balls")
    page.fill(field("mold", "filler"), "20")
    page.wait_for_selector("#mend:not([hidden])")
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ratios = page.evaluate(CONTRASTS)
    assert ratios
    assert min(ratios) >= 4.5
    assert violations(page) == []
    page.screenshot(path=shot(f"{scheme}-{width}"), full_page=True)
    other = context.new_page()
    other.goto(served(desk_for(demo_file.with_name("new.yaml"), new=True)))
    other.wait_for_selector("#kind-qfn")
    assert violations(other) == []
    context.close()


def test_the_command_opens_a_browser_and_without_one_says_the_address_and_stays(demo_file: Path, chromium: Any) -> None:
    environment = {**os.environ, "BROWSER": "/nowhere/browser %s", "PATH": "/nowhere", "XDG_CACHE_HOME": str(demo_file.parent),
                   "DISPLAY": ""}
    command = [sys.executable, "-m", "overmold", "edit", str(demo_file)]
    process = subprocess.Popen(command, cwd=PLUGIN, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.readline()
    address = re.search(r"file://\S+\.html", said)
    assert address is not None, said
    assert behind(address[0])
    page = chromium.new_context().new_page()
    page.goto(address[0])
    page.wait_for_selector("#form .part")
    settle(page)
    assert page.inner_text("#verdict .badge") == "KEPT"
    assert page.inner_text("footer").startswith("This page is served by the command on this machine")
    # It takes its leave and says nothing more, until the command has ended.
    page.evaluate("for (let i = 0; i < 999; i++) clearInterval(i)")
    page.evaluate("navigator.sendBeacon('/do/goodbye', JSON.stringify(HEADERS))")
    out, err = process.communicate(timeout=60)
    page.evaluate("here()")
    page.wait_for_selector("#gone:not([hidden])")
    assert "The command has ended: what stands here is from before. Run the command again;" in page.inner_text("#gone")
    page.close()
    assert (process.returncode, out, err) == (0, f"{demo_file}\n", "")


@pytest.mark.parametrize(("name", "words"), [("x.txt", "is not a package file"), ("no/x.yaml", "there is no such folder")])
def test_the_command_says_what_cannot_be_edited(tmp_path: Path, name: str, words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "overmold", "edit", str(tmp_path / name)], cwd=PLUGIN, check=False,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert words in done.stderr


def shot(name: str) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS / f"{name}.png"


