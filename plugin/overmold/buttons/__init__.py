"""What the toolbar buttons do. KiCad shows no window of ours and, up to version 9, no error either: so everything a
button has to say, also why it failed, is a page in the browser, and stands in a log file that the page names. Where no page
opens, ``last_word`` says it."""

from __future__ import annotations

import html
import sys
import traceback
import webbrowser
from importlib import import_module

from ..faults import Faults
from ..output_file import write_atomically
from ..pages.log import log_file, write_error
from ..short_lived import collect_little
from ..state import private_folder

__all__ = ["check_package", "package_from_selection", "place_package"]


def check_package() -> int:
    """Judge the open board and show the report; 1 only if that went wrong."""
    return _pressed("Check package", "check")


def place_package() -> int:
    """Place a package from its package file into the open board; 1 only if that went wrong."""
    return _pressed("Place package", "place")


def package_from_selection() -> int:
    """Write a package file from what is selected; 1 only if that went wrong."""
    return _pressed("Package from selection", "selection")


def _pressed(name: str, button: str) -> int:
    """Run a button; whatever goes wrong is shown and logged."""
    collect_little()
    try:
        code: int = import_module(f".{button}", __package__).press()
        return code
    except Faults as faults:
        lines = [str(fault) for fault in faults.faults]
        write_error(f"{name}: " + "\n".join(lines))
        return _tell(name, lines, "")
    except Exception as error:
        # Last resort: a traceback in KiCad's background is seen by nobody.
        trace = traceback.format_exc()
        write_error(f"{name}: {error!r}", trace)
        said = "Overmold failed; please report what is said below."
        if isinstance(error, ImportError):
            said = f"A package that Overmold needs is missing or too old: {error}. 'overmold kicad doctor' says more."
        _tell(name, [said], trace)
        return 1


def _tell(name: str, lines: list[str], trace: str) -> int:
    """Show a message, as plain text where even that cannot be made a page of."""
    try:
        from ..pages import render

        page = render("message", title=name, lines=lines, trace=trace)
    except ImportError:
        words = html.escape("\n".join([*lines, trace]))
        page = f"<!doctype html><meta charset=utf-8><title>{name}</title><pre>{words}</pre>"
    return open_file("error" if trace else "message", page, f"{name}: {' '.join(lines)}")


def open_file(kind: str, page: str, words: str) -> int:
    """Show a page that stands for itself; 1 if no browser takes it, and then says where it is."""
    try:
        file = private_folder().absolute() / f"{kind}.html"
        write_atomically(file, page.encode(errors="backslashreplace"), private=True)
    except (Faults, OSError) as error:
        return _without_a_page(f"{words}; the page of it cannot be written: {error}")
    if webbrowser.open(file.as_uri()):
        return 0
    return _without_a_page(f"{words}. No browser opened; the page is {file}, the log {log_file()}")


def _without_a_page(words: str) -> int:
    """Say by other means what no page can; 1, which KiCad 10 shows with what stands on standard error."""
    from .last_word import last_word

    sys.stderr.write(f"{words}\n")
    last_word(words)
    return 1
