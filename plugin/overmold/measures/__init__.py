"""Measures: short functions that take numbers off a ``Package``.

A measure is one function in any module of this folder, marked ``@measure(KIND)``; its name is what rules call it and
its docstring is its documentation. There is no list to edit: the modules here are found by themselves. A measure judges
nothing: it yields a ``Reading`` for everything it could measure and an ``Unmeasured`` for everything it could not, and
nothing at all where the package has no such part.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Callable, NamedTuple, Optional, Union

from ..faults import Fault, Faults
from ..package import Package
from ..shapes import Point
from ..units import Kind, Number

Told = Union[str, Callable[[], str]]


class Reading(NamedTuple):
    """One number off a package, in base units of its measure's kind. A tuple, for a large package has a hundred thousand.

    ``low`` and ``high`` are its worst-case corners (``value`` where nothing has a tolerance). ``where`` names the
    parts it was taken on (keys of ``Package.places``), ``at`` the spot on the plan, ``told`` is the ``note``, or gives it
    when it is asked for.
    ``meant``: the designer wants it so and said it in the file; a breach is then noted for the claim chart, and no fault.
    ``slack``: how far it may be off because points of a turned part are whole nanometres, 0 for as much as all of its kind.
    """

    where: tuple[str, ...]
    value: Number
    low: Number
    high: Number
    at: Optional[Point] = None
    told: Told = ""
    slack: Number = 0
    meant: bool = False

    @property
    def note(self) -> str:
        """The numbers it came from, for people."""
        return self.told if isinstance(self.told, str) else self.told()


class Unmeasured(NamedTuple):
    """Something that should have been measured and could not: ``missing`` says what to state, and where.

    ``of`` is the key of the part that was to be measured, where that is another than the part that lacks the datum.
    """

    where: tuple[str, ...]
    missing: str
    of: str = ""


Measured = Iterator[Union[Reading, Unmeasured]]


class Measure(NamedTuple):
    """A registered measure. ``in_plan``: its numbers come from places in the plane. ``takes_horizon``: it also accepts
    ``horizon=``, beyond which readings may be left out (all but the nearest), so that a crowd of bumps costs no more than
    the pairs that matter. ``studied``: a tolerance study tells it also where no rule asks for it."""

    name: str
    kind: Kind
    take: Callable[..., Measured]
    takes_horizon: bool
    in_plan: bool = False
    studied: bool = False

    @property
    def doc(self) -> str:
        """Its docstring."""
        return inspect.getdoc(self.take) or ""

    def of(self, package: Package, lower: Optional[Number]) -> Measured:
        """What it takes off a package for a rule with this ``lower`` limit."""
        return self.take(package, horizon=lower if lower is not None else 0) if self.takes_horizon else self.take(package)


_MEASURES: dict[str, Measure] = {}


def measure(kind: Kind, in_plan: bool = False, studied: bool = False
            ) -> Callable[[Callable[..., Measured]], Callable[..., Measured]]:
    """Register the function below as the measure of its own name; ``in_plan`` where a turn of the package may round it."""

    def register(take: Callable[..., Measured]) -> Callable[..., Measured]:
        code = take.__code__
        takes_horizon = "horizon" in code.co_varnames[:code.co_argcount]
        _MEASURES[take.__name__] = Measure(take.__name__, kind, take, takes_horizon, in_plan, studied)
        _by_name.cache_clear()
        return take

    return register


def all_measures() -> dict[str, Measure]:
    """Every measure by name; the modules of this folder are imported at the first call."""
    _import_modules()
    return _by_name()


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Measure]:
    return dict(sorted(_MEASURES.items()))


@lru_cache(maxsize=1)
def _import_modules() -> None:
    for module in pkgutil.iter_modules(__path__):
        try:
            importlib.import_module(f"{__name__}.{module.name}")
        except (ImportError, SyntaxError, NameError, TypeError, AttributeError, ValueError) as error:
            file, line = _place_of(error, module.name)
            raise Faults([Fault(file, f"this measure cannot be loaded ({type(error).__name__}: {error}); mend it or take "
                                "the file away, no rule is judged with it", line)]) from error


def _place_of(error: BaseException, module: str) -> tuple[str, int]:
    """The file of a module that cannot be imported, and the line of it that cannot."""
    file = str(Path(next(iter(__path__)), f"{module}.py"))
    if isinstance(error, SyntaxError) and error.filename == file:
        return file, error.lineno or 0
    import traceback  # of no use but here

    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == file]
    return file, (steps[-1].lineno or 0) if steps else 0


def exact(where: tuple[str, ...], value: Number, at: Optional[Point] = None, note: Told = "") -> Reading:
    """A reading without tolerance."""
    return Reading(where, value, value, value, at, note)


__all__ = ["Measure", "Measured", "Reading", "Unmeasured", "all_measures", "exact", "measure"]
