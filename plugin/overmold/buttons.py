"""What the toolbar buttons do. KiCad shows no window of ours and, up to version 9, no error either: so everything a
button has to say, also why it failed, is written to a page and opened in the browser."""

from __future__ import annotations

import html
import os
import sys
import traceback
import webbrowser
from pathlib import Path

from .faults import Faults


def check_package() -> int:
    """Judge the open board by the default rules and show the report; the exit code is 1 only if that went wrong."""
    try:
        return _show("check", *_checked())
    except Faults as faults:
        return _show("check", "The board cannot be checked", "\n".join(map(str, faults.faults)))
    except Exception:
        # Last resort: a traceback in KiCad's background is seen by nobody.
        _show("error", "Overmold failed; please report this", traceback.format_exc())
        return 1


def _checked() -> tuple[str, str]:
    from .check import check
    from .claims import claim_chart
    from .kicad.live import open_board
    from .kicad.read import read_board
    from .report import text_report
    from .rule import load_deck

    data, name = open_board()
    result = check(read_board(data, name), load_deck())
    verdict = "broken" if result.errors else "kept, with warnings" if result.warnings else "kept"
    return f"{name}: {verdict}", text_report(result, claim_chart(result), (), colour=False, every=False)


def _show(kind: str, title: str, words: str) -> int:
    """Write a page into a folder of the user's and open it; 1 if no browser takes it."""
    folder = report_folder()
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{kind}.html"
    page.write_text(PAGE.format(title=html.escape(title), words=html.escape(words)), encoding="utf-8")
    if webbrowser.open(page.as_uri()):
        return 0
    sys.stderr.write(f"No browser opened. {title}; the report is in {page}\n")
    return 1


def report_folder() -> Path:
    """Where the system keeps what programs can make again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "overmold"


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body {{ margin: 2em; }} pre {{ font: 14px/1.4 ui-monospace, monospace; white-space: pre-wrap; }}</style>
<h1>{title}</h1>
<pre>{words}</pre>
</html>
"""
