"""SVG sheets as PDF, by whatever converter this system has: rsvg-convert, Inkscape, or a browser of Chromium's kind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Optional

_SECONDS = 120
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)(mm|)" height="([\d.]+)(?:mm|)"')
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_ELSEWHERE = (  # where macOS and Windows keep theirs
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Inkscape.app/Contents/MacOS/inkscape", r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", r"C:\Program Files\Inkscape\bin\inkscape.exe")
Command = Callable[[str, Path, Path], list[str]]


def pdf_of(svg: str) -> Optional[bytes]:
    """One sheet as PDF of its own size; None where no converter is there, or none of them could do it."""
    for program, command in _converters():
        made = _converted(svg, program, command)
        if made is not None:
            return made
    return None


def _converters() -> list[tuple[str, Command]]:
    """The programs that are there, with what to call them by."""
    found: list[tuple[str, Command]] = []
    for names, command in ((("rsvg-convert",), _rsvg), (("inkscape",), _inkscape), (_CHROMIUM, _browser)):
        found += [(path, command) for name in names if (path := shutil.which(name))]
    for place in _ELSEWHERE:
        if os.path.isfile(place):  # noqa: PTH113  Path.is_file raises for odd names, on some Pythons
            found.append((place, _inkscape if "nkscape" in place else _browser))
    return found


def _converted(svg: str, program: str, command: Command) -> Optional[bytes]:
    with tempfile.TemporaryDirectory(prefix="overmold-") as folder:
        source, target = Path(folder, "sheet.svg"), Path(folder, "sheet.pdf")
        source.write_bytes(svg.encode())
        Path(folder, "sheet.html").write_bytes(_page(svg).encode())
        try:
            subprocess.run(command(program, source, target), cwd=folder, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            made = target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
    return made if made.startswith(b"%PDF") else None


def _rsvg(program: str, source: Path, target: Path) -> list[str]:
    return [program, "--format=pdf", f"--output={target}", str(source)]


def _inkscape(program: str, source: Path, target: Path) -> list[str]:
    return [program, "--export-type=pdf", f"--export-filename={target}", str(source)]


def _browser(program: str, source: Path, target: Path) -> list[str]:
    # What it opens is our own drawing, in which every word from a file is escaped; as root it does not start with its sandbox.
    free = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return [program, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={source.parent / 'profile'}", *free,
            "--no-pdf-header-footer", f"--print-to-pdf={target}", source.with_suffix(".html").as_uri()]


def _page(svg: str) -> str:
    """The sheet as a page of its own size, for a browser to print."""
    found = _SIZE.search(svg)
    wide, unit, tall = found.groups() if found else ("297", "mm", "210")
    unit = unit or "px"
    return ("<!doctype html><meta charset='utf-8'><style>@page { size: " + f"{wide}{unit} {tall}{unit}; margin: 0 }} "
            "html, body { margin: 0 } svg { display: block }</style>" + svg)
