"""The page of a check as a designer works with it: pictures, groups, filter, explanations, what is taken along, and where the
focus is; with the very actions that the button serves, in a real browser."""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from accessible import violations
from overmold.buttons.check_actions import report_actions
from overmold.check import INFO, check
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.pages import render
from overmold.pages.check import check_page
from overmold.pages.explained import explanation
from overmold.pages.findings import Asked, Targets
from overmold.pages.judged_by import judged_by
from overmold.report import FORMATS
from overmold.report.finding import Report, View
from overmold.rule import load_deck
from paths import REPOSITORY
from reports import report_of
from served_page import Shown
from variants import demo, demo_with

DECK = load_deck(examples=False)
Visit = Callable[[Shown], Any]


def until(page: Any, so: str) -> None:
    """Wait until this is so; playwright's own way evaluates words in the page, which that forbids."""
    end = time.monotonic() + 30
    while not page.evaluate(so):
        assert time.monotonic() < end, so
        page.wait_for_timeout(20)


def report_on(package: Package) -> Report:
    return report_of(check(read_board(board_file(package), "b.kicad_pcb"), DECK))


def broken() -> Report:
    """Errors, warnings and noted findings of several parts."""
    return report_on(demo_with({"mold.cap": "440 um ± 15 um"}, {"passives.0.at": ["5.2 mm", "0 mm"]}))


def crowded(side: int = 10) -> Report:
    """A finding of each of very many bumps."""
    return report_on(demo(chips__0__bumps__array={"grid": [side, side], "pitch": "45 um"}, chips__0__bumps__diameter="44 um",
                          chips__0__bumps__pad="44 um", netlist=None))


class Checking:
    """What the button serves, with a report in place of a board in KiCad; ``report`` may be changed, as a new check does."""

    def __init__(self, report: Report) -> None:
        self.report, self.targets, self.chosen = report, Targets(), []  # type: ignore[var-annotated]
        answers: dict[str, Any] = report_actions(lambda: self.report, self.page)
        answers.update(again={"done": True}, show=self.show, judge=self.judge)
        self.shown = Shown(self.page, answers)

    def page(self, nonce: str, data: dict[str, Any] | None = None) -> str:
        return check_page(self.report, nonce, "2 items selected in KiCad.", judging=judged_by(self.report, (), "/p/s.yaml"),
                          asked=Asked.of(data) if data else None, targets=self.targets if nonce else None)[0]

    def show(self, data: dict[str, Any]) -> dict[str, Any]:
        uuids = self.targets.uuids[data["target"]]
        return {"done": f"{len(uuids)} selected."} if uuids else {"nothing": "There is nothing to select in KiCad."}

    def judge(self, data: dict[str, Any]) -> dict[str, Any]:
        self.chosen.append(data)
        return {"done": "Checked by what is ticked."}


def images(page: str) -> list[str]:
    return [base64.b64decode(found).decode() for found in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)]


def test_the_board_as_drawn_stands_on_top_with_what_is_broken_in_red_and_named() -> None:
    page = check_page(broken())[0]
    section, plan = images(page)
    assert page.index("data:image/svg") < page.index("Findings")
    for picture, red in ((section, ("chip broken", "mold broken", "part broken")), (plan, ("ring broken", "frame broken"))):
        assert all(f'class="{kind}"' in picture for kind in red)
        assert re.search(r'<text class="broken"[^>]*>C1</text>', picture)
    assert 'alt="Cross-section of' in page
    assert "Broken, in red: " in page
    for picture in images(check_page(report_on(demo()))[0]):
        assert not re.search(r'class="[^"]*broken"', picture)
        assert "Nothing is broken." in check_page(report_on(demo()))[0]


def test_many_findings_of_a_rule_are_one_row_whose_list_opens_and_all_of_it_is_a_click_away(visit: Visit) -> None:
    report = crowded()
    rule, count = Counter(one.rule for one in report.findings).most_common(1)[0]
    assert count > 100
    page = visit(Checking(report).shown)
    row = page.locator(f"#rule-{rule}")
    assert not row.evaluate("(one) => one.open")
    assert str(count) in row.locator("summary").inner_text()
    row.locator("summary").click()
    assert row.locator("ol.list > li").count() == 50
    row.locator("[data-whole]").click()
    until(page, f"document.querySelectorAll('#rule-{rule} ol.list > li').length === {count}")
    assert row.evaluate("(one) => one.open")
    assert page.evaluate("document.activeElement.matches('summary')")  # of the row that was opened, for the button has gone


def test_findings_are_filtered_by_part_and_severity_also_those_that_were_not_on_the_page(visit: Visit) -> None:
    checking = Checking(crowded())
    last = checking.report.findings[-1]
    page = visit(checking.shown)
    page.locator("#words").press_sequentially(last.places[0].key)
    matching = [one for one in checking.report.findings if any(last.places[0].key in spot.key for spot in one.places)
                or last.places[0].key in one.message]
    said = f"{len(matching)} of {len(checking.report.findings)} findings"
    until(page, f"document.getElementById('matched').textContent.startsWith('{said}')")
    assert page.evaluate("document.activeElement.id") == "words"  # one goes on typing
    page.fill("#words", "")
    page.select_option("#severity", "warning")
    wanted = [one for one in checking.report.findings if one.severity == "warning"]
    until(page, f"document.getElementById('matched').textContent.startsWith('{len(wanted)} of ')")
    assert {one.inner_text() for one in page.locator("details.finding .badge").all()} <= {"warning"}
    page.fill("#words", "no such part")
    until(page, "document.getElementById('matched').textContent.startsWith('0 of ')")


def test_what_is_noted_is_explained_and_listed(visit: Visit) -> None:
    report = report_on(read_package_file(REPOSITORY / "examples/face-up_flip_stack.yaml"))
    noted = [one for one in report.findings if one.severity == INFO]
    assert noted
    assert f"{len({one.rule for one in noted})} noted" in report.counts
    page = visit(Checking(report).shown)
    assert "no fault" in page.inner_text("#source")
    page.click("#source a[href='#noted']")
    assert page.locator("#noted").is_visible()
    for one in noted:
        assert one.message in page.locator(f"#rule-{one.rule}").text_content()


def test_every_rule_leads_to_its_explanation(visit: Visit) -> None:
    report = broken()
    rules = {verdict.rule.name for verdict in report.result.verdicts} if report.result else set()
    checking = Checking(report)
    page = visit(checking.shown)
    links = page.evaluate("[...document.querySelectorAll('a[href^=\"#explain-\"]')].map((one) => one.hash.slice(1))")
    assert {f"explain-{rule}" for rule in rules} <= set(links)
    assert page.evaluate("(ids) => ids.every((id) => document.getElementById(id))", links)
    rule = report.findings[0].rule
    page.locator(f"a[href='#explain-{rule}']").first.click()
    page.wait_for_selector(f"#explain-{rule} pre:not(:empty)")
    assert page.locator(f"#explain-{rule} pre").text_content() == explanation(report, rule)
    assert page.evaluate("document.activeElement.parentElement.id") == f"explain-{rule}"
    static = check_page(report)[0]
    assert all(f'id="explain-{rule}"' in static for rule in rules)
    assert "the demo package breaks it with" in static


def test_an_explanation_is_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    from overmold.cli import main

    report = broken()
    for rule in ("chip-not-covered", report.findings[0].rule):
        main(["explain", rule, "--no-settings"])
        assert explanation(report, rule) == capsys.readouterr().out


def test_a_click_is_answered_on_the_page_also_where_there_is_nothing_to_select(visit: Visit) -> None:
    checking = Checking(broken())
    page = visit(checking.shown)
    page.locator("details.finding [data-target]").first.click()
    page.wait_for_selector("#answer:not(:empty)")
    assert re.fullmatch(r"[1-9]\d* selected\.", page.inner_text("#answer"))
    checking.report = report_of(check(demo_with({"mold.cap": "440 um"}), DECK))  # of which KiCad knows nothing
    page.evaluate("renew()")
    until(page, "document.body.getAttribute('aria-busy') === null")
    page.locator("details.finding [data-target]").first.focus()
    page.keyboard.press("Enter")
    until(page, "document.getElementById('answer').textContent.startsWith('There is nothing to select')")
    assert page.evaluate("document.activeElement.classList.contains('shown')")
    assert page.is_hidden("#faults")
    assert page.get_attribute("#answer", "role") == "status"


def test_a_new_check_is_read_aloud_in_place_and_the_focus_stays(visit: Visit) -> None:
    checking = Checking(broken())
    page = visit(checking.shown)
    page.fill("#words", "U1")
    until(page, "/^\\d+ of /.test(document.getElementById('matched').textContent)")
    page.evaluate("window.before = document.getElementById('result')")
    checking.report = report_on(demo())
    page.focus("#again")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('result').textContent.includes('KEPT')")
    assert page.evaluate("window.before === document.getElementById('result') && before.isConnected")
    assert page.get_attribute("#result", "role") == "status"
    assert page.evaluate("document.activeElement.id") == "again"
    assert page.input_value("#words") == "U1"
    assert page.title().startswith("KEPT")


def test_the_focus_stays_on_what_is_made_anew(visit: Visit) -> None:
    page = visit(Checking(broken()).shown)
    summary = page.locator("details.finding > summary").nth(1)
    rule = summary.evaluate("(one) => one.parentElement.id")
    summary.focus()
    page.evaluate("renew()")
    until(page, "document.body.getAttribute('aria-busy') === null")
    assert page.evaluate("document.activeElement.parentElement.id") == rule


@pytest.mark.parametrize("kind", ["html", "json"])
def test_the_report_is_saved_from_the_page_and_stands_for_itself(visit: Visit, kind: str, chromium: Any) -> None:
    checking = Checking(crowded())
    page = visit(checking.shown)
    with page.expect_download() as begun:
        page.click(f"#save-{kind}")
    assert begun.value.suggested_filename == f"b.check.{kind}"
    text = begun.value.path().read_text(encoding="utf-8")
    if kind == "json":
        (saved,) = json.loads(text)["reports"]
        assert len(saved["violations"]) == sum(one.severity != INFO for one in checking.report.findings)
        return
    assert not re.search(r"(src|href)=\"?(?!data:|#)[\w/]", text.partition("<script>")[0])
    for finding in checking.report.findings:
        assert finding.message in text.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
    alone = chromium.new_page()
    alone.set_content(text)
    assert alone.locator(".pictures img").count() == 2
    assert alone.evaluate("document.querySelectorAll('details:not([open], #drawn)').length") == 0
    alone.close()


def test_the_report_is_copied_as_text(chromium: Any) -> None:
    checking = Checking(broken())
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(checking.shown.addresses[0])
    page.click("#copy")
    page.wait_for_selector("#answer:not(:empty)")
    assert page.evaluate("navigator.clipboard.readText()") == FORMATS["text"]([checking.report], View())
    context.close()


def test_print_has_every_finding_however_many_and_whatever_is_closed(visit: Visit) -> None:
    checking = Checking(crowded())
    page = visit(checking.shown)
    page.evaluate("() => { window.print = () => { window.printed = document.body.textContent; }; }")
    page.click("#print")
    until(page, "window.printed !== undefined")
    printed = page.evaluate("window.printed")
    assert [finding.message for finding in checking.report.findings if finding.message not in printed] == []
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    hidden = page.evaluate("""() => [...document.querySelectorAll("ol.list > li, .pictures img, dl.why dd, td")]
        .filter((one) => !one.checkVisibility()).map((one) => one.textContent)""")
    assert hidden == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('details.finding:not([open])').length") > 0
    # Whoever prints by keys or by the browser's menu gets no less.
    page.evaluate("renew()")
    until(page, "document.body.getAttribute('aria-busy') === null && document.querySelector('#findings .more') !== null")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate("document.body.textContent")
    assert [finding.message for finding in checking.report.findings if finding.message not in printed] == []
    assert page.evaluate("document.querySelectorAll('main .more').length") == 0


def test_what_judged_is_said_and_another_choice_is_one_press_away(visit: Visit) -> None:
    checking = Checking(broken())
    page = visit(checking.shown)
    assert "the rules of claims, process, assembly and wires" in page.inner_text("#judged")
    assert "no settings of its own" in page.inner_text("#judged")
    page.click("#judge > summary")
    page.check("input[name='strict']")
    page.locator("input[name='house']").first.check()
    house = page.locator("input[name='house']").first.input_value()
    page.click("#try")
    page.wait_for_selector("#answer:not(:empty)")
    assert checking.chosen == [{"houses": [house], "decks": [], "strict": True, "complete": False, "write": False}]
    page.click("#write")
    until(page, "document.body.getAttribute('aria-busy') === null")
    assert checking.chosen[-1]["write"] is True


def test_two_tabs_with_other_filters_show_their_own_parts() -> None:
    checking = Checking(crowded())
    first = told_by_number(checking.page("a"))
    uuids = list(checking.targets.uuids)
    other = told_by_number(checking.page("b", {"words": "B7"}) + checking.page("c", {"words": "passive"}))
    number_of = {words: number for number, words in first.items()}
    again = [(number_of[words], number) for number, words in other.items() if words in number_of]
    assert again
    assert [was for was, _ in again] == [number for _, number in again]
    assert {*other} - {*first}
    assert checking.targets.uuids[:len(uuids)] == uuids
    assert told_by_number(checking.page("a")) == first


def told_by_number(page: str) -> dict[str, str]:
    """What can be clicked on a page: what it says, by the number that is sent when it is."""
    return dict(re.findall(r'data-target="(\d+)"[^>]*>([^<]+)<', page))


PLACE = {"begin": {"board": "b.kicad_pcb", "files": ["/p/one.yaml"], "folder": "/p", "said": []}}


@pytest.mark.parametrize("what", ["broken", "kept", "crowded", "saved", "message"])
def test_nothing_on_the_page_is_out_of_reach(chromium: Any, what: str) -> None:
    page = chromium.new_page()
    if what == "message":
        page.set_content(render("message", title="Check package", lines=["KiCad: does not answer"], trace="Traceback"))
    elif what == "saved":
        page.set_content(check_page(broken())[0])
    else:
        report = {"broken": broken, "kept": lambda: report_on(demo()), "crowded": crowded}[what]()
        page.goto(Checking(report).shown.addresses[0])
        page.wait_for_selector("#again")
        page.evaluate("document.querySelectorAll('details:not([data-rule])').forEach((one) => one.open = true)")
        page.evaluate("answer('2 items are selected in KiCad.'); faults(['KiCad: is busy'])")
    for width, scheme in itertools.product((1280, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, scheme)
    page.close()
