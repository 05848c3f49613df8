"""Cavities of the carrier: one of a shape of its own, which may hold several parts, and what stands in any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Optional, TypeVar

from ..shapes import Outline
from ..units import Toleranced
from . import keys
from .datum import QUANTITY, WORD, datum
from .words import CLOSED, OPEN

if TYPE_CHECKING:
    from . import Package


class Sunk:
    """What chips and passives have in common that stand in a cavity: one as large as the part and its ``cavity_room``, or the
    one of the carrier that ``cavity_in`` names, which then says how deep it is and whether it is closed."""

    on: tuple[str, ...]
    cavity: Optional[Toleranced]
    cavity_room: int
    cavity_top: str
    cavity_in: str

    @property
    def is_far(self) -> bool:
        """Whether it stands on the carrier's far side."""
        return False

    @property
    def has_cavity(self) -> bool:
        """Whether anybody speaks of a cavity for it."""
        return self.cavity is not None or bool(self.cavity_room or self.cavity_top or self.cavity_in)

    @property
    def in_cavity(self) -> bool:
        """Whether it stands in a cavity of the carrier, on its chip side, of known depth or not."""
        return self.has_cavity and not self.is_far and not self.on

    @property
    def is_closed_in(self) -> bool:
        """Whether the carrier closes over it, so that no encapsulant comes near."""
        return self.in_cavity and self.cavity_top == CLOSED


@dataclass(frozen=True)
class Cavity:
    """A cavity in the carrier's chip side with an outline of its own."""

    name: str
    outline: Outline
    depth: Optional[Toleranced] = datum(
        QUANTITY, "Depth of a cavity", "From the carrier's chip-side surface to the floor", "200 um ± 15 um", default=None,
        wanted=True)
    top: str = datum(WORD, "Top of a cavity", "Whether the mold fills the cavity, or the carrier closes over what stands in "
                     "it, which is wholly embedded", CLOSED, words=(OPEN, CLOSED), default="")

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.cavity(self.name)


_Part = TypeVar("_Part", bound=Sunk)


def with_tops(package: Package) -> Package:
    """The package with the word for the top of its cavity on every part in a cavity of the carrier."""
    tops = {one.name: one.top for one in package.cavities}
    if not tops:
        return package
    return replace(package, chips=tuple(_in(one, tops) for one in package.chips),
                   passives=tuple(_in(one, tops) for one in package.passives))


def _in(part: _Part, tops: Mapping[str, str]) -> _Part:
    return replace(part, cavity_top=tops.get(part.cavity_in, "")) if part.cavity_in else part  # type: ignore[type-var]


def as_said(part: _Part) -> _Part:
    """The part as its source has it: what the cavity of the carrier says it does not say itself."""
    return replace(part, cavity_top="") if part.cavity_in else part  # type: ignore[type-var]
