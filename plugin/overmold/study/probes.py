"""Which dimensions a measure asks for, and what it reads where they have other values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Optional

from ..measures import Measure, Reading
from ..package import Odd, Package, Place
from ..package.pieces import dimensions, with_values
from ..package.watched import watched
from ..units import Number, Toleranced

# What a reading was taken on, and which of several taken there.
Id = tuple[tuple[str, ...], int]


class Bench:
    """A package under study: its dimensions, and what measures read off it at other values of these.

    A reading is told from others by what it was taken on; where a measure does not take it at some values it is not there.
    """

    def __init__(self, package: Package) -> None:
        self.package = replace(package, odd=())
        self.stated = dimensions(package)
        self._asked: dict[str, tuple[str, ...]] = {}
        self._made: dict[tuple[tuple[str, int], ...], Package] = {}

    @cached_property
    def toleranced(self) -> dict[str, Toleranced]:
        """The dimensions that have a tolerance, by key."""
        return {key: value for key, value in self.stated.items() if value.plus or value.minus}

    def asked(self, measure: Measure, lower: Optional[Number] = None) -> tuple[str, ...]:
        """The dimensions that a measure asks for, by key."""
        if measure.name not in self._asked:
            found: set[str] = set()
            odd = tuple(Odd(Place(""), "", (key,)) for key in self.stated)
            for _ in measure.of(watched(replace(self.package, odd=odd), lambda one, _how: found.update(one.unknown)), lower):
                pass
            self._asked[measure.name] = tuple(key for key in self.stated if key in found)
        return self._asked[measure.name]

    def at(self, values: Mapping[str, int], exact: Iterable[str] = ()) -> Package:
        """The package with these dimensions, in nm, without tolerance; those ``exact`` lose theirs at nominal."""
        wanted = {**{key: self.stated[key].nominal for key in exact}, **values}
        made = tuple(sorted(wanted.items()))
        if made not in self._made:
            if len(self._made) > 400:
                self._made.clear()
            self._made[made] = with_values(self.package, {key: Toleranced(int(value)) for key, value in wanted.items()})
        return self._made[made]

    def moved(self, nominals: Mapping[str, int]) -> Package:
        """The package with other nominal values of some dimensions, their tolerances kept."""
        return with_values(self.package, {key: replace(self.stated[key], nominal=nominal, stated="")
                                          for key, nominal in nominals.items()})


def readings(measure: Measure, package: Package, lower: Optional[Number] = None) -> dict[Id, Reading]:
    """What a measure reads, by what it was taken on."""
    found: dict[Id, Reading] = {}
    counts: dict[tuple[str, ...], int] = {}
    for one in measure.of(package, lower):
        if isinstance(one, Reading):
            number = counts.get(one.where, 0)
            counts[one.where] = number + 1
            found[one.where, number] = one
    return found
