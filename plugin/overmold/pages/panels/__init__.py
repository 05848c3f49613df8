"""Panels: what other rooms show on the page of a check. There is no list to edit: a file of this folder is a panel.

``flow.py`` is the panel "flow". It has a ``TITLE``, an ``ORDER`` (lower stands higher) and ``panel(report)``, which gives a
``Panel``, or in words why there is nothing to see, "" where that is not worth a word. Beside it, in ``templates/panels``,
may lie ``flow.html``, which ``fragment("flow", ...)`` fills, escaping whatever comes from a file; ``flow.css``; and
``flow.js`` with ``panels.flow = (root, data) => { ... }``, called once the panel is open, with its element and its data.

A page that is served makes a panel when somebody opens it, a page that stands for itself has all of them, but for those that
take long unless they are asked for: where a panel has ``left_out(report)``, that says in words how to ask, "" where somebody
has. Both kinds of page forbid what is not ours: no ``style`` attribute, no event attribute, no address but ``data:``.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Union

from ..log import log_file, write_error
from ..render import fragment

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...report.finding import Report

__all__ = ["Panel", "Shown", "fragment", "listed", "made"]


@dataclass(frozen=True)
class Panel:
    """``body`` is what ``fragment`` made (a plain string is shown as words), ``data`` whatever JSON can say for the script."""

    body: Markup | str
    data: Any = None


@dataclass(frozen=True)
class Shown:
    """A panel as a page has it: ``why_not`` says why there is nothing to see of it."""

    name: str
    title: str
    body: Markup | str = ""
    data: Any = None
    why_not: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to say of this package, not even why."""
        return not (self.body or self.why_not)


@lru_cache(maxsize=1)
def listed() -> tuple[Shown, ...]:
    """Every panel by its name and title, from the first to the last, with nothing made yet."""
    modules = [(one.name, import_module(f"{__name__}.{one.name}")) for one in iter_modules(__path__)
               if not one.name.startswith("_")]
    return tuple(Shown(name, module.TITLE) for name, module in sorted(modules, key=lambda one: (one[1].ORDER, one[0])))


def made(name: str, report: Report, alone: bool = False) -> Shown:
    """A panel that is listed, made for a report, ``alone`` for a page that stands for itself. One that fails says so and keeps
    nobody from the rest of the page."""
    (plain,) = (one for one in listed() if one.name == name)
    module = import_module(f"{__name__}.{name}")
    try:
        words: str = module.left_out(report) if alone and hasattr(module, "left_out") else ""
        found: Union[Panel, str] = words or module.panel(report)
    except Exception as error:
        write_error(f"panel {name}: {error!r}", traceback.format_exc())
        return Shown(name, plain.title, why_not=f"This could not be made; the log is in {log_file()}")
    if isinstance(found, str):
        return Shown(name, plain.title, why_not=found)
    return Shown(name, plain.title, found.body, found.data)
