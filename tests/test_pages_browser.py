"""The pages as somebody sees and uses them: in a real browser, with the mouse and without, light and dark, wide and narrow."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from overmold.buttons.check_actions import what_changes
from overmold.check import check
from overmold.claims import claim_chart
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.pages import render
from overmold.pages.check import check_page
from overmold.rule import load_deck
from paths import REPOSITORY
from reports import report_of, text_of
from served_page import Shown
from variants import demo, demo_with

PLAN = {
    "package": "P", "x": "100", "y": "100", "fixed": False, "seen": "s", "notes": ["enter the stack-up"],
    "kept": ["net A is called B on the board and stays so"],
    "picture": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
    "spots": [{"name": "grid origin", "x": "5", "y": "6"}], "takes": [],
    "changes": [
        {"id": "new carrier", "kind": "new", "title": "Carrier", "words": ["<b>144 balls</b>"], "ticked": True, "can": True},
        {"id": "moved passives.C1", "kind": "moved", "title": "C1", "words": ["it stays"], "ticked": False, "can": True},
        {"id": "blocked chips.U1", "kind": "blocked", "title": "U1", "words": ["in a group"], "ticked": False, "can": False},
    ],
}


def checked(nonce: str = "") -> tuple[str, Any]:
    board = board_file(demo_with({"mold.cap": "440 um ± 15 um"}, {"passives.0.at": ["5.2 mm", "0 mm"]}))
    result = check(read_board(board, "b.kicad_pcb"), load_deck())
    return check_page(report_of(result), nonce, "3 markers.")[0], result


def test_every_finding_and_number_of_the_text_report_is_on_the_page(visit: Callable[[Shown], Any]) -> None:
    _, result = checked()
    page = visit(Shown(lambda nonce: checked(nonce)[0], {}))
    page.evaluate("document.querySelectorAll('details:not([data-rule]):not([data-panel])').forEach((one) => one.open = true)")
    words = page.inner_text("body")
    for finding in result.findings:
        assert finding.message in words
        assert finding.rule.fix.split(".")[0] in words
    for row in claim_chart(result):
        assert row.because in words
    report = text_of(result, every=True)
    for line in report.split("\n\n")[1].splitlines()[1:]:
        for cell in filter(None, line.split("  ")):
            assert cell.strip() in words


def test_a_finding_is_shown_by_a_click_or_by_the_keyboard_and_a_fault_is_said(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: checked(nonce)[0],
                  {"show": lambda data: {"faults": ["KiCad: is busy"]} if data["target"] == 1 else {"done": "selected"}})
    page = visit(shown)
    page.locator("[data-target]").nth(0).click()
    page.locator("[data-target]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#faults:not([hidden])")
    assert page.inner_text("#faults") == "KiCad: is busy"
    assert shown.asked == [("show", {"target": 0}), ("show", {"target": 1})]
    page.locator("[data-target]").nth(2).click()
    page.wait_for_selector("#faults", state="hidden")


def test_the_check_is_repeated_with_the_choices_of_the_page_without_ending_it(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: checked(nonce)[0],
                  {"again": {"done": True}, "page": lambda data: {"page": what_changes(checked("anew")[0])}})
    page = visit(shown)
    page.select_option("#show", "markers")
    end = time.monotonic() + 20
    while not shown.asked and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert shown.asked[0] == ("again", {"show": "markers", "keep": False})
    page.wait_for_timeout(2500)  # longer than a page may be away
    assert shown.thread.is_alive()
    page.close()
    shown.thread.join(20)
    assert not shown.thread.is_alive()


def test_when_the_plugin_has_ended_the_page_says_so(chromium: Any) -> None:
    shown = Shown(lambda nonce: checked(nonce)[0], {"show": {}})
    page = chromium.new_page()
    page.goto(shown.addresses[0])
    page.wait_for_timeout(1500)  # until it has said that it is there
    page.evaluate("navigator.sendBeacon('/do/goodbye', JSON.stringify(HEADERS))")
    shown.thread.join(20)
    page.locator("[data-target]").nth(0).click()
    page.wait_for_selector("#faults:not([hidden])")
    assert "Press the button in KiCad again" in page.inner_text("#faults")
    page.close()


def test_the_form_shows_what_will_be_done_and_does_what_is_ticked(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: render("place", nonce), {
        "begin": {"board": "b.kicad_pcb", "files": ["/p/one.yaml"], "folder": "/p"}, "preview": PLAN,
        "place": {"done": "2 footprints placed."},
        "browse": {"folder": "/p", "parent": "/", "folders": ["in"], "files": ["two.yaml"]}})
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    assert page.input_value("#file") == "/p/one.yaml"
    page.click("#browse")
    page.click("text=two.yaml")
    page.wait_for_selector("#plan:not([hidden])")
    assert shown.asked[-1] == ("preview", {"file": "/p/two.yaml", "x": "", "y": ""})
    assert "<b>144 balls</b>" in page.inner_text("#changes")  # words stay words
    assert "enter the stack-up" in page.inner_text("#notes")
    assert "net A is called B" in page.inner_text("#kept")
    assert page.inner_text("#place") == "Place 1 of 3"
    assert page.is_disabled("[id='blocked chips.U1']")
    page.check("[id='moved passives.C1']")
    page.select_option("#spots", index=1)
    page.wait_for_selector("#place:has-text('Place 1 of 3')")
    assert shown.asked[-1] == ("preview", {"file": "/p/two.yaml", "x": "5 mm", "y": "6 mm"})
    page.check("[id='moved passives.C1']")
    page.uncheck("[id='new carrier']")
    page.click("#place")
    page.wait_for_selector("#done:not([hidden])")
    placed = next(data for name, data in shown.asked if name == "place")
    assert (placed["chosen"], placed["seen"]) == (["moved passives.C1"], "s")


def test_a_slip_of_the_pen_leaves_the_plan_that_was_shown_with_its_ticks(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: render("place", nonce), {
        "begin": {"board": "b.kicad_pcb", "files": ["/p/one.yaml"], "folder": "/p"},
        "preview": lambda data: PLAN if data["file"] == "/p/one.yaml" else {"faults": ["/p/no.yaml: there is no such file"]}})
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    page.press("#file", "Enter")
    page.wait_for_selector("#plan:not([hidden])")
    page.check("[id='moved passives.C1']")
    page.fill("#file", "/p/no.yaml")
    page.press("#file", "Enter")
    page.wait_for_selector("#faults:not([hidden])")
    assert page.is_visible("#plan.stale")
    assert page.is_checked("[id='moved passives.C1']")
    assert page.is_disabled("#place")  # what is entered is not what is shown
    page.fill("#file", "/p/one.yaml")
    page.press("#file", "Enter")
    page.wait_for_selector("#plan:not(.stale)")
    assert page.is_checked("[id='moved passives.C1']")
    assert page.inner_text("#place") == "Place 2 of 3"
    assert page.is_enabled("#place")


def test_a_board_that_changed_meanwhile_is_shown_again_and_not_touched(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: render("place", nonce), {
        "begin": {"board": "b", "files": ["/p/one.yaml"], "folder": "/p"}, "preview": PLAN,
        "place": {**PLAN, "seen": "t", "changed": True}})
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    page.keyboard.press("Enter")  # the file has the focus
    page.wait_for_selector("#plan:not([hidden])")
    page.click("#place")
    page.wait_for_selector("#faults:not([hidden])")
    assert "has changed since this was shown" in page.inner_text("#faults")


def test_a_selection_is_shown_as_a_file_that_can_be_edited_and_is_written_as_it_stands(visit: Callable[[Shown], Any]) -> None:
    shown = Shown(lambda nonce: render("selection", nonce), {
        "begin": {"board": "b", "selected": 2, "package": "P", "files": {"P.yaml": "package: P\n</textarea>"},
                  "notes": ["no mold"], "folder": "/p"},
        "save": {"done": "Written: /p/P.yaml"}})
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    assert page.input_value("textarea") == "package: P\n</textarea>"
    page.fill("textarea", "package: Q\n")
    page.click("#save")
    page.wait_for_selector("#done:not([hidden])")
    assert shown.asked[-1] == ("save", {"folder": "/p", "force": False, "unfinished": False,
                                        "files": {"P.yaml": "package: Q\n"}})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_words_stand_out_from_what_they_stand_on_and_fit_the_screen(
    chromium: Any, scheme: str, width: int
) -> None:
    page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.set_content(checked()[0])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ratios = page.evaluate(CONTRASTS)
    assert ratios
    assert min(ratios) >= 4.5  # WCAG 2.1, 1.4.3
    page.close()


CONTRASTS = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3).map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => { const colour = getComputedStyle(node).backgroundColor;
    return !node.parentElement || (numbers(colour)[3] ?? 1) > 0 ? colour : ground(node.parentElement); };
  return [...document.querySelectorAll("h1, h2, h3, p, td, th, li, dt, dd, span, summary, code")]
    .filter((node) => node.textContent.trim() && node.checkVisibility())
    .map((node) => [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a))
    .map(([high, low]) => (high + 0.05) / (low + 0.05));
}"""


def test_names_that_look_like_markup_stay_names() -> None:
    spec = demo_with({"package": "A"}, {"passives.0.value": "<script>alert(1)</script>"}, {"mold.cap": "440 um"})
    result = check(spec, load_deck())
    page = check_page(report_of(result), shown="<img src=x onerror=alert(1)>")[0]
    assert "<img src=x" not in page
    # A page that stands for itself has data, and two scripts of its own, which its policy names, and no other.
    scripts = re.findall(r"<script[^>]*>", page)
    assert [one for one in scripts if not one.startswith('<script type="application/json"')] == ["<script>", "<script>"]
    assert "<script>alert" not in page
    assert demo().name not in page


def test_a_page_works_after_it_was_loaded_anew_and_in_a_second_tab_which_stays_when_the_first_is_closed(chromium: Any) -> None:
    shown = Shown(lambda nonce: checked(nonce)[0], {"show": {"done": "selected"}})
    context = chromium.new_context()
    first = context.new_page()
    first.goto(shown.addresses[0])
    first.wait_for_selector("[data-target]")
    assert first.url.endswith("/")
    first.reload()
    first.locator("[data-target]").nth(0).click()
    second = context.new_page()
    second.goto(first.url)
    second.wait_for_selector("[data-target]")
    second.wait_for_timeout(1200)  # until it has said that it is there
    first.close()
    second.wait_for_timeout(2500)  # longer than a page may be away
    second.locator("[data-target]").nth(1).click()
    second.wait_for_timeout(300)
    assert [data for _, data in shown.asked] == [{"target": 0}, {"target": 1}]
    assert second.is_hidden("#faults")
    context.close()
    shown.thread.join(20)
    assert not shown.thread.is_alive()


WAYS = {"modes": [
    {"key": "own", "title": "The package: this board is its carrier", "says": "s", "why_not": "this board has an outline"},
    {"key": "pattern", "title": "The finished package, soldered to this board", "says": "One footprint.", "why_not": ""},
    {"key": "inside", "title": "The package itself, inside this board", "says": "Only our fields.", "why_not": ""}],
    "mode": "pattern", "taken": [], "how": "numbers", "prefix": "PKG_", "reference": "U7",
    "beside": {"folder": "/p", "why_not": "", "stays": ["a.kicad_mod was edited since Overmold wrote it; it stays as it is"],
               "files": [{"path": "fp-lib-table", "state": "changed", "says": "our row among yours"},
                         {"path": "N.pretty/N.kicad_mod", "state": "new", "says": "footprint"}]}}


def test_the_form_asks_which_way_and_writes_beside_the_board_only_what_is_ticked(visit: Callable[[Shown], Any]) -> None:
    def preview(data: dict[str, Any]) -> dict[str, Any]:
        inside = data.get("mode") == "inside"
        return {**PLAN, **WAYS, "mode": data.get("mode") or "pattern", "taken": ["U1", "C1"] if inside else [],
                "how": data.get("how") or "numbers"}

    shown = Shown(lambda nonce: render("place", nonce), {
        "begin": {"board": "b.kicad_pcb", "files": ["/p/one.yaml"], "folder": "/p"}, "preview": preview,
        "place": {"done": "1 land pattern placed.", "steps": ["Save the board.", "Choose Board Setup."], "judge": False}})
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ways:not([hidden])")
    assert page.is_disabled("#mode-own")
    assert page.is_checked("#mode-pattern")
    assert "Not here: this board has an outline." in page.inner_text("#ways")
    assert page.input_value("#reference") == "U7"
    assert "fp-lib-table our row among yours" in " ".join(page.inner_text("#beside").split())
    assert "it stays as it is" in page.inner_text("#beside")
    picture = REPOSITORY / "build/screenshots/place-way.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=True)
    page.uncheck("#write")
    page.click("#place")
    page.wait_for_selector("#steps:not([hidden])")
    assert "Press 'Check package'" not in page.inner_text("#done")
    first = next(data for name, data in shown.asked if name == "place")
    assert "write" not in first  # without a tick nothing is written
    assert (first["mode"], first["reference"], first["in_schematic"]) == ("pattern", "U7", False)
    page.focus("#mode-pattern")
    page.keyboard.press("ArrowDown")  # the next that can be chosen
    page.wait_for_selector("#naming:not([hidden])")
    assert "U1, C1 already" in page.inner_text("#naming")
    assert page.evaluate("document.activeElement.id") == "mode-inside"
    page.select_option("#how", "prefix")
    page.wait_for_selector("#prefix-field:not([hidden])")
    page.screenshot(path=picture.with_name("place-way-inside.png"), full_page=True)
    page.click("#place")
    page.wait_for_selector("#steps:not([hidden])")
    last = [data for name, data in shown.asked if name == "place"][-1]
    assert (last["mode"], last["how"], last["prefix"], last["write"]) == ("inside", "prefix", "PKG_", True)
