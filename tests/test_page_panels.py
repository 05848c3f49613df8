"""Panels: what other rooms show on the page of a check, on a page that is served and in one that stands for itself."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import overmold.pages.panels as panels
from overmold.buttons.check_actions import report_actions
from overmold.check import check
from overmold.pages.check import check_page
from overmold.report.finding import Report
from overmold.rule import load_deck
from reports import report_of
from served_page import Shown
from variants import demo

HOSTILE = "</script><img src=x onerror='document.title=1'>&amp;"
FILES = {"probe.html": "<p class='said'>{{ words }}</p><svg viewBox='0 0 1 1'><rect width='1' height='1'/></svg>",
         "probe.css": ".said { color: rgb(1, 2, 3); }",
         "probe.js": "panels.probe = (root, data) => { root.append(make('p', { className: 'did' }, data.words)); };"}


def tried() -> Report:
    return report_of(check(demo(), load_deck(examples=False)))


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    """A panel as another room would add it: a module, and its three files beside those of the house."""
    module = types.ModuleType("overmold.pages.panels.probe")
    module.__dict__.update(TITLE="Probe <b>", ORDER=1, panel=lambda report: panels.Panel(
        panels.fragment("probe", words=HOSTILE), {"words": HOSTILE, "name": report.result.package.name}))
    (tmp_path / "probe.py").touch()
    (tmp_path / "templates/panels").mkdir(parents=True)
    for name, text in FILES.items():
        (tmp_path / "templates/panels" / name).write_text(text, encoding="utf-8")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(panels, "__path__", [str(tmp_path)])  # those of the house take their time
    import jinja2

    rendering = sys.modules["overmold.pages.render"]
    known = rendering._environment.__wrapped__()
    known.loader = jinja2.ChoiceLoader([known.loader, jinja2.FileSystemLoader(tmp_path / "templates")])
    monkeypatch.setattr(rendering, "_environment", lambda: known)
    forget: list[Callable[[], None]] = [panels.listed.cache_clear, sys.modules["overmold.pages.render"].own.cache_clear]
    for one in forget:
        one()
    yield module
    for one in forget:
        one()


@pytest.mark.parametrize("served", [True, False])
def test_a_panel_is_shown_and_its_script_begins_with_its_data(visit: Any, tmp_path: Path, probe: types.ModuleType, served: bool
                                                              ) -> None:
    report = tried()

    def page_of(nonce: str, data: dict[str, Any] | None = None) -> str:
        return check_page(report, nonce)[0]

    if served:
        page = visit(Shown(page_of, report_actions(lambda: report, page_of)))
        assert page.locator("#panel-probe .said").count() == 0  # made by nobody before it is opened
        page.locator("#panel-probe > summary").click()
    else:
        file = tmp_path / "page.html"
        file.write_text(page_of(""), encoding="utf-8")
        page = visit(types.SimpleNamespace(addresses=[file.as_uri()]))
    page.wait_for_selector("#panel-probe .did")
    assert page.inner_text("#panel-probe h2") == "Probe <b>"
    assert page.inner_text("#panel-probe .said") == page.inner_text("#panel-probe .did") == HOSTILE
    assert page.evaluate("getComputedStyle(document.querySelector('.said')).color") == "rgb(1, 2, 3)"
    assert page.title() != "1"


def test_a_panel_without_anything_to_show_says_why_or_is_left_out_and_one_that_fails_keeps_nobody_from_the_rest(
        probe: types.ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    report = tried()
    for panel, said in ((lambda report: "no <mold>", "no &lt;mold&gt;"), (lambda report: "", None),
                        (lambda report: 1 / 0, "This could not be made; the log is in ")):
        probe.panel = panel  # type: ignore[attr-defined]
        page = check_page(report)[0]
        assert ('id="panel-probe"' in page) == (said is not None)
        assert said is None or said in page
        assert "Claims of US 7,230,331 B2" in page
