"""``overmold kicad install``: the plugin into its place, KiCad's API on, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Callable, Optional

from ... import __version__
from ...faults import fail
from .homes import Home, find_homes
from .payload import checkout, plugin_files
from .plugin_folder import is_current, other_copies, put, put_link, refuse_what_is_not_ours, take_away
from .running import running
from .settings import api_is_on, read_settings, switch_api_on

# Answers a question with yes or no, or with None where nobody can be asked.
Ask = Callable[[str], Optional[bool]]
_MOST_NAMED = 20


def install(version: str, link: bool, ask: Ask) -> Iterator[str]:
    """Install for every KiCad found, or for the one named; yields a line for each thing done. Raises Faults.

    Whatever speaks against it is found before the first file is written.
    """
    homes = find_homes(version)
    source = checkout() if link else None
    files = {} if source else plugin_files()
    answers = {home.settings: _prepared(home, ask) for home in homes}
    with ExitStack() as stack:
        # Everything is written beside its place first, for every KiCad; then nothing is left to do but to rename.
        plugins = {home.plugin.parent.resolve(): home for home in reversed(homes)}  # several may share one folder by a link
        ready = [(home, _ready(home, source, files, stack) if home in plugins.values() else [],
                  _api_ready(home, stack) if answers[home.settings] else None) for home in homes]
        for home, steps, api in ready:
            kept = next(steps[0]) if steps else ()
            backup = next(api) if api else None
            here = f"KiCad {home.version}: "
            already = "" if steps or home not in plugins.values() or source else " already"
            yield here + (f"{home.plugin} is a link to {source}" if source else
                          f"Overmold {__version__} is in {home.plugin}{already}")
            yield from (here + words for words in _named(home, kept))
            yield here + _switched(home, backup)
    yield ("Next: start KiCad's board editor with the network on. Its first start sets the plugin up, which takes a minute or "
           "two;\nthen Check package, Place package and Package from selection stand in the upper toolbar.\n"
           "If they do not: a narrow window cuts the toolbar off, make it wider; or ask overmold kicad doctor")


def _ready(home: Home, source: Optional[Path], files: Mapping[str, bytes], stack: ExitStack) -> list[Iterator[tuple[str, ...]]]:
    """The plugin beside its place, and the step that puts it there; none where it is there already. Raises Faults."""
    if source is None and is_current(home, files):
        return []
    steps = put_link(home, source) if source else put(home, files)
    stack.callback(steps.close)
    next(steps)
    return [steps]


def _api_ready(home: Home, stack: ExitStack) -> Iterator[Path]:
    """The new settings beside their place, and the step that puts them there. Raises Faults."""
    steps = switch_api_on(home)
    stack.callback(steps.close)
    next(steps)
    return steps


def _named(home: Home, kept: Sequence[str]) -> Iterator[str]:
    yield from (f"{home.plugin / name} is yours and was kept" for name in kept[:_MOST_NAMED])
    if len(kept) > _MOST_NAMED:
        yield f"{len(kept) - _MOST_NAMED} more files in {home.plugin} are yours and were kept"


def uninstall(version: str) -> Iterator[str]:
    """Take the plugin away again, with the environment KiCad made for it; yields what was done. Raises Faults."""
    homes = find_homes(version)
    for home in homes:
        refuse_what_is_not_ours(home)
    for home in homes:
        there, kept = take_away(home)
        yield f"KiCad {home.version}: Overmold {'was removed from' if there else 'was not in'} {home.plugin.parent}"
        yield from (f"KiCad {home.version}: {words}" for words in _named(home, kept))
        for folder in other_copies(home):
            yield f"KiCad {home.version}: another copy stays in {folder}; remove it in KiCad's Plugin and Content Manager"
    yield "KiCad's API stays as it is, other plugins may need it; it is switched off under Preferences > Plugins"


def _prepared(home: Home, ask: Ask) -> Optional[bool]:
    """Whether the API is to be switched on: True, False, or None where it is on already or nobody can be asked."""
    refuse_what_is_not_ours(home)
    others = other_copies(home)
    if others:
        raise fail(str(others[0]), f"holds Overmold already, and KiCad {home.version} takes the first it finds; remove that "
                                   "one (if it came from there, in KiCad's Plugin and Content Manager) and run this again")
    if api_is_on(read_settings(home)):
        return None
    answer = ask(f"Switch on the API of KiCad {home.version}, without which no button appears? [y/N] ")
    if answer:
        refuse_while_it_runs(home)
    return answer


def refuse_while_it_runs(home: Home) -> None:
    """Raise Faults while a KiCad runs that would write its own settings over ours."""
    found = running(home)
    if found:
        who = ", ".join(f"{one.program} (process {one.process})" for one in found)
        raise fail(str(home.common), f"cannot be changed while KiCad runs, which writes it anew when it ends: {who}; "
                                     "close KiCad and run this again. Nothing was changed")


def _switched(home: Home, backup: Optional[Path]) -> str:
    if backup is not None:
        return f"its API is on now; the former settings are in {backup.name} beside {home.common}"
    if api_is_on(read_settings(home)):
        return "its API is on"
    return ("its API is off, so no button appears: switch it on in KiCad under Preferences > Plugins, "
            "or run this again with --yes while KiCad is closed")
