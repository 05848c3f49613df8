"""The forms of *Place package* and *Package from selection* for people who do not see them or use no mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accessible import violations
from overmold.pages import render
from served_page import Shown
from test_pages_browser import PLAN

ANSWERS: dict[str, dict[str, Any]] = {
    "place": {"begin": {"board": "b.kicad_pcb", "files": ["/p/one.yaml"], "folder": "/p"}, "preview": PLAN,
              "place": {"done": "2 footprints placed."},
              "browse": {"folder": "/p", "parent": "/", "folders": ["in"], "files": ["two.yaml"]}},
    "selection": {"begin": {"board": "b", "selected": 2, "package": "P", "files": {"P.yaml": "package: P\n"},
                            "notes": ["no mold"], "folder": "/p"},
                  "save": {"done": "Written: /p/P.yaml"},
                  "browse": {"folder": "/p", "parent": "/", "folders": ["in"], "files": []}},
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("form", ["place", "selection"])
def test_nothing_on_a_form_is_out_of_reach(chromium: Any, form: str, width: int, scheme: str) -> None:
    shown = Shown(lambda nonce: render(form, nonce), ANSWERS[form])
    page = chromium.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(shown.addresses[0])
    page.wait_for_selector("#form:not([hidden])")
    page.click("#browse")
    page.wait_for_selector("#browser:not([hidden])")
    page.click("#look" if form == "place" else "#save")
    page.wait_for_selector("#plan:not([hidden])" if form == "place" else "#done:not([hidden])")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_focus_stays_on_place_and_what_was_done_is_read_aloud(visit: Callable[[Shown], Any]) -> None:
    nothing = {**PLAN, "changes": [], "seen": "t"}
    answers = {**ANSWERS["place"], "preview": lambda data: nothing if any(name == "place" for name, _ in shown.asked) else PLAN}
    shown = Shown(lambda nonce: render("place", nonce), answers)
    page = visit(shown)
    page.wait_for_selector("#form:not([hidden])")
    page.keyboard.press("Enter")
    page.wait_for_selector("#plan:not([hidden])")
    page.focus("#place")
    page.keyboard.press("Enter")
    page.wait_for_selector("#done:not([hidden])")
    assert page.get_attribute("#done", "role") == "status"
    assert page.inner_text("#place") == "Nothing to place"
    assert page.evaluate("document.activeElement.id") == "place"
    before = len(shown.asked)
    page.keyboard.press("Enter")  # there is nothing to place, and nothing is
    page.wait_for_timeout(300)
    assert len(shown.asked) == before
