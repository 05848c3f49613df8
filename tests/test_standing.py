"""A verdict is that of its time: on a page it is dated, and grey as soon as a new check runs, cannot run, or KiCad has gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from overmold.buttons.check_actions import what_changes
from overmold.check import check
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.pages import serve
from overmold.pages.check import check_page
from overmold.pages.standing import FAILED, RUNS, Standing
from overmold.rule import load_deck
from paths import REPOSITORY
from reports import report_of
from variants import demo

SHOTS = REPOSITORY / "build/screenshots/pages"


class Checked:
    """A served page of a check; ``next`` is what the next check does, ``gone`` what is said of KiCad."""

    def __init__(self) -> None:
        result = check(read_board(board_file(demo()), "b.kicad_pcb"), load_deck())
        self.report, self.standing = report_of(result), Standing()
        self.gone, self.go_on = "", threading.Event()
        self.next: Callable[[], None] = self.go_on.wait  # type: ignore[assignment]
        self.addresses: list[str] = []
        came = threading.Event()

        def open_page(address: str) -> bool:
            self.addresses.append(address)
            came.set()
            return True

        run = {"again": self._again, "show": lambda data: {}, "page": lambda data: {"page": what_changes(self._page("anew"))}}
        self.thread = threading.Thread(daemon=True, target=lambda: serve(
            self._page, run, open_page=open_page, reload_s=1.5, pulse=self._pulse))
        self.thread.start()
        assert came.wait(20)

    def _page(self, nonce: str) -> str:
        return check_page(self.report, nonce, "Nothing to select.", None, {**self.standing.data, "has_list": False})[0]

    def _pulse(self) -> dict[str, Any]:
        return {**self.standing.data, "gone": self.gone}

    def _again(self, data: dict[str, Any]) -> dict[str, Any]:
        with self.standing.renewed():
            self.next()
        return {"done": True}


@pytest.fixture
def shown(chromium: Any) -> Iterator[tuple[Checked, Any]]:
    """A page of a check in a browser."""
    checked = Checked()
    context = chromium.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(checked.addresses[0])
    page.wait_for_selector("#again")
    yield checked, page
    checked.go_on.set()
    context.close()


def is_grey(page: Any) -> bool:
    found: bool = page.evaluate("getComputedStyle(document.querySelector('.verdict')).filter.includes('grayscale')")
    return found


def test_the_old_verdict_is_grey_and_dated_while_a_new_check_runs_and_fresh_after_it(shown: tuple[Checked, Any]) -> None:
    checked, page = shown
    first = checked.standing.at
    assert f"checked {first}" in page.inner_text("header")
    assert not is_grey(page)
    assert page.is_hidden("#standing")
    page.click("#again")
    page.wait_for_selector("body.stale")
    assert page.inner_text("#standing") == f"The verdict of {first}. {RUNS}"
    assert is_grey(page)
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "check-runs.png")
    page.evaluate("here()")  # what is heard meanwhile changes nothing
    page.wait_for_timeout(300)
    assert is_grey(page)
    checked.go_on.set()
    page.wait_for_selector("[data-number='2']", state="attached")
    assert not is_grey(page)
    assert page.is_hidden("#standing")


def test_a_check_that_cannot_run_leaves_the_old_verdict_grey_also_when_the_page_is_loaded_anew(
    shown: tuple[Checked, Any]
) -> None:
    from overmold.faults import fail

    checked, page = shown

    def fails() -> None:
        raise fail("KiCad", "does not answer (Timed out); close its open dialogs")

    checked.next = fails
    page.click("#again")
    page.wait_for_selector("#faults:not([hidden])")
    for _ in range(2):
        page.wait_for_selector("body.stale")
        assert page.inner_text("#standing") == f"The verdict of {checked.standing.at}. {FAILED}"
        assert is_grey(page)
        page.screenshot(path=SHOTS / "check-failed.png")
        page.reload()
    checked.next = lambda: None
    page.click("#again")
    page.wait_for_selector("[data-number='2']", state="attached")
    assert not is_grey(page)


def test_a_page_whose_kicad_has_gone_says_so_by_itself_and_takes_it_back_if_it_was_wrong(shown: tuple[Checked, Any]) -> None:
    checked, page = shown
    checked.gone = "KiCad has been closed"
    page.wait_for_selector("#gone:not([hidden])")  # within some seconds, without anybody doing anything
    assert page.inner_text("#gone").startswith("KiCad has been closed: what stands here is from before. Press the button")
    assert f"The verdict of {checked.standing.at}." in page.inner_text("#standing")
    assert is_grey(page)
    page.screenshot(path=SHOTS / "kicad-gone.png")
    checked.gone = ""
    page.wait_for_selector("#gone", state="hidden")
    assert not is_grey(page)


def test_a_page_whose_plugin_has_ended_says_so_by_itself(shown: tuple[Checked, Any]) -> None:
    checked, page = shown
    page.wait_for_timeout(1500)  # until it has said that it is there
    page.evaluate("navigator.sendBeacon('/do/goodbye', JSON.stringify(HEADERS))")
    checked.thread.join(20)
    page.wait_for_selector("#gone:not([hidden])")
    assert page.inner_text("#gone").startswith("The plugin has ended: ")
    assert is_grey(page)


def test_a_check_in_another_tab_makes_this_one_an_old_one(shown: tuple[Checked, Any]) -> None:
    checked, page = shown
    other = page.context.new_page()
    other.goto(page.url)
    checked.go_on.set()
    other.click("#again")
    other.wait_for_selector("[data-number='2']", state="attached")
    page.wait_for_selector("body.stale")
    assert "checked again in another tab" in page.inner_text("#standing")
    assert not is_grey(other)


def test_where_kicad_has_no_list_for_markers_the_page_does_not_speak_of_them(shown: tuple[Checked, Any]) -> None:
    _, page = shown
    assert "marker" not in page.content().partition("<script")[0].lower()
    page.click("#keep")
    page.wait_for_selector("body.stale")


def test_a_standing_counts_checks_that_ran_and_dates_them() -> None:
    standing = Standing()
    assert (standing.number, standing.stale) == (1, "")
    seen = []

    def fails() -> None:
        with standing.renewed():
            seen.append(standing.stale)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert seen == [RUNS]
    assert (standing.number, standing.stale) == (1, FAILED)
    with standing.renewed():
        pass
    assert (standing.number, standing.stale) == (2, "")
