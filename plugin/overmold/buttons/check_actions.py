"""What the page of a check asks for besides a new check: itself as filtered, a rule explained, the report to take along."""

from __future__ import annotations

import re
from typing import Any, Callable

from ..faults import fail
from ..pages.server import Action
from ..report.finding import Report, View

_NAMES = re.compile(r"[^\w.+-]+")


def what_changes(page: str) -> str:
    """A page without its style and script: those that come a second time would be against its own policy."""
    return "".join(page[page.index(begin):page.index(end)] for begin, end in (("<title>", "<style"), ("<header>", "<footer>")))


def report_actions(report: Callable[[], Report], page: Callable[[str, dict[str, Any]], str]) -> dict[str, Action]:
    """The actions on the report as it is when one is called; ``page`` makes the page with a nonce ("": by itself) as asked."""

    def anew(data: dict[str, Any]) -> dict[str, Any]:
        return {"page": what_changes(page("of a part", data))}

    def explain(data: dict[str, Any]) -> dict[str, Any]:
        from ..pages.explained import explanation

        text = explanation(report(), str(data.get("rule", "")))
        if not text:
            raise fail("Check package", "there is no such rule in this check; load the page anew")
        return {"text": text}

    def panel(data: dict[str, Any]) -> dict[str, Any]:
        from markupsafe import escape

        from ..pages.panels import listed, made

        name = str(data.get("name", ""))
        if name not in {one.name for one in listed()}:
            raise fail("Check package", "there is no such panel; load the page anew")
        found = made(name, report())
        words = found.why_not or ("" if found.body else "There is nothing to see of this package.")
        return {"body": str(escape(words or found.body)), "data": found.data, "why_not": words}

    def take(data: dict[str, Any]) -> dict[str, Any]:
        from ..report import FORMATS

        now, kind = report(), str(data.get("format", ""))
        if kind == "html":
            text = page("", {"everything": True})
        elif kind in ("json", "text"):
            text = FORMATS[kind]([now], View())
        else:
            raise fail("Check package", "a report is html, json or text")
        return {"text": text, "name": f"{_NAMES.sub('_', now.source.rpartition('.')[0] or now.source)}.check.{kind}"}

    return {"page": anew, "explain": explain, "panel": panel, "report": take}
