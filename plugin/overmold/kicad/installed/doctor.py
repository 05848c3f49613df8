"""``overmold kicad doctor``: why a button does not appear, one line for each thing it needs."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import __version__
from ...faults import Faults
from ...notification import notifier
from ...state import folder as report_folder
from .homes import Home, find_homes
from .interpreters import imported_in, interpreter_of, python_in, wrong_with_interpreter
from .manifest import faults_of_manifest, version_in
from .plugin_folder import other_copies
from .programs import program_of
from .requirements import read_requirements
from .running import running
from .settings import api_is_on, read_settings

OK, NOTE, PROBLEM, UNREADABLE = "ok", "note", "PROBLEM", "UNREADABLE"
_MOST_WORDS = 200  # of the last error


@dataclass(frozen=True)
class Line:
    """What one check found: ``state`` is ok, note, PROBLEM or UNREADABLE; ``words`` say it, and what to do."""

    state: str
    subject: str
    words: str

    def __str__(self) -> str:
        return f"{self.state:<10}  {self.subject}: {self.words}"


def doctor(version: str) -> Iterator[Line]:
    """Every check of every KiCad found, or of the one named; raises Faults where there is no KiCad to look at."""
    for home in find_homes(version):
        program = program_of(home)
        which = f"{program[1]}, {program[0]}" if program else "its program is not in any of the usual places"
        yield Line(OK if program else NOTE, f"KiCad {home.version}", f"{which}; its settings are in {home.settings}")
        yield from _plugin(home)
        try:
            settings = read_settings(home)
        except Faults as faults:
            yield Line(UNREADABLE, "settings", str(faults))
            continue
        yield from _python(home, settings)
        yield _api(settings)
        yield from _live(home, api_is_on(settings))
    yield _browser()
    yield _pages()
    yield from _log()


def _plugin(home: Home) -> Iterator[Line]:
    folder = home.plugin
    again = f"run: overmold kicad install --version {home.version}"
    copies = [*([folder] if (folder / "plugin.json").exists() else []), *other_copies(home)]
    if not copies:
        yield Line(PROBLEM, "plugin", f"is not in {folder}; {again}")
        return
    if len(copies) > 1:
        yield Line(PROBLEM, "plugin", f"is installed {len(copies)} times, in {' and in '.join(map(str, copies))}: KiCad takes "
                                      "the first it finds; remove all but one (in 3rdparty: in the Plugin and Content Manager)")
    for one in copies:
        faults = faults_of_manifest(one)
        if faults:
            more = f" (and {len(faults) - 1} more faults like this)" if len(faults) > 1 else ""
            yield Line(PROBLEM, "plugin", f"{faults[0]}{more}; {again}")
        there = version_in(one)
        if there != __version__:
            differ = f"is version {there or 'unknown'}, this command is {__version__}"
            yield Line(PROBLEM, "plugin", f"the one in {one} {differ}; {again}")
        elif not faults and len(copies) == 1:
            yield Line(OK, "plugin", f"{__version__} in {one}{f', a link to {one.resolve()}' if one.is_symlink() else ''}")


def _python(home: Home, settings: dict[str, Any]) -> Iterator[Line]:
    python = interpreter_of(settings)
    wrong = wrong_with_interpreter(python)
    yield Line(PROBLEM, "Python", wrong) if wrong else Line(OK, "Python", f"{python} can make environments")
    plugin = next(iter([one for one in (home.plugin, *other_copies(home)) if (one / "requirements.txt").is_file()]), None)
    environment = home.environment
    busy = "wait a minute or two if KiCad has just been started; else " if running(home) else ""
    anew = f"{busy}close KiCad, delete {environment}, and start KiCad with the network on: it makes the environment anew"
    if not python_in(environment).exists():  # an empty folder KiCad fills; one with a Python it takes for complete
        yield Line(PROBLEM, "environment", f"KiCad has not made {environment} yet; start its board editor with API and "
                                           "network on and wait a minute or two (behind a proxy: its pip sees no HTTPS_PROXY, "
                                           "only the pip configuration of the whole machine; without a network: install the "
                                           "archive that needs none, see docs/kicad.md)")
    elif plugin is not None:
        yield _packages(home, plugin, anew)


def _packages(home: Home, plugin: Path, anew: str) -> Line:
    wanted = read_requirements((plugin / "requirements.txt").read_text(encoding="utf-8"))
    there = imported_in(home.environment, [one.name for one in wanted])
    if not there:
        return Line(PROBLEM, "environment", f"its Python does not run; {anew}")
    missing = [f"{one} ({there.get(one.name, {}).get('error', 'not asked')})" for one in wanted
               if "version" not in there.get(one.name, {})]
    unfit = [f"{one} (is {there[one.name]['version']})" for one in wanted
             if "version" in there.get(one.name, {}) and not one.holds(there[one.name]["version"])]
    if missing or unfit:
        return Line(PROBLEM, "environment", f"is half-made, it does not have {', '.join([*missing, *unfit])}; {anew}")
    return Line(OK, "environment", f"{home.environment} has all that is required")


def _api(settings: dict[str, Any]) -> Line:
    if api_is_on(settings):
        return Line(OK, "API", "is on")
    return Line(PROBLEM, "API", "is off; switch it on in KiCad under Preferences > Plugins, or close KiCad and run: "
                                "overmold kicad install --yes")


def _live(home: Home, on: bool) -> Iterator[Line]:
    found = running(home)
    if not found:
        yield Line(NOTE, "running KiCad", "none; while its board editor is open this also tells whether it answers")
    for one in found:
        subject = f"{one.program} (process {one.process})"
        if not one.socket:
            yield Line(PROBLEM if on else NOTE, subject, "listens on no socket; it was started before the API was switched on: "
                                                        "close KiCad and start it again")
            continue
        try:
            from ..live.ping import version_at

            yield Line(OK, subject, f"answers as KiCad {version_at(one.socket)}")
        except ImportError:
            yield Line(NOTE, subject, "was not asked: this Python has no kicad-python (pip install 'overmold[kicad]')")
        except Faults as faults:
            yield Line(PROBLEM, subject, str(faults))


def _browser() -> Line:
    """Whether a page can open, and what tells a person where none does."""
    told = notifier()
    else_ = f"a notification ({told})" if told else "a note on the open board, which the next press removes"
    try:
        name = getattr(webbrowser.get(), "name", "the system's own")
    except webbrowser.Error:
        return Line(NOTE, "browser", f"none is found from here; a button that finds none either says so by {else_}. Install "
                                     "one, or name one in the environment variable BROWSER")
    return Line(OK, "browser", f"{name}; where none opens, a button says so by {else_}")


def _pages() -> Line:
    """Whether the buttons can write what a browser is to show."""
    folder = report_folder()
    above = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if (folder.exists() and not folder.is_dir()) or not os.access(above, os.W_OK | os.X_OK):
        return Line(PROBLEM, "pages", f"the buttons cannot write their pages into {folder}; see that you may write there")
    return Line(OK, "pages", f"are written into {folder}")


def _log() -> Iterator[Line]:
    folder = report_folder()
    logs = sorted((one for one in folder.glob("*.log") if one.is_file()), key=lambda one: one.stat().st_mtime)
    if not logs:
        yield Line(NOTE, "log", f"no button has written one yet; it will be in {folder}")
        return
    words = logs[-1].read_text(encoding="utf-8", errors="replace").strip().splitlines()
    errors = [line.strip() for line in words if ": error: " in line]
    last = f"the last error was: {errors[-1][:_MOST_WORDS]}" if errors else "no error"
    yield Line(NOTE if errors else OK, "log", f"{logs[-1]}: {last}")
