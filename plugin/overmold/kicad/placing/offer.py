"""What a person wishes to have placed, and what it takes: the carrier and its parts, or the finished package's land pattern."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from ...faults import fail
from ...package import Package
from ...shapes import Point
from ..reading.contents import read_contents
from ..writing.build import land_patterns
from ..writing.models import finished_model, in_project
from .extent import beside
from .groups import footprints_of
from .modes import PATTERN, Mode, modes
from .pattern import pattern_work, propose_pattern
from .proposal import Proposal, propose
from .references import AS_IT_IS, Naming, free_reference, others_of, taken
from .work import Work, work


@dataclass(frozen=True)
class Wish:
    """``mode`` is one of those of ``modes``, "" for the one that the board is for. ``reference`` is that of a land pattern, ""
    for the next free one; ``in_schematic`` whether a symbol of it stands in the schematic. The project's ``folder``
    takes a model of it."""

    mode: str = ""
    at: Optional[Point] = None
    naming: Naming = AS_IT_IS
    reference: str = ""
    in_schematic: bool = False
    folder: Optional[Path] = None


@dataclass(frozen=True, eq=False)
class Offer:
    """A proposal for a wish: which of the ``modes`` it is, references that other parts have already (``taken``), and the
    ``reference`` that a land pattern gets."""

    proposal: Proposal
    wish: Wish
    mode: str
    modes: tuple[Mode, ...]
    taken: tuple[str, ...]
    reference: str

    def work(self, chosen: Collection[str]) -> Work:
        """What the chosen changes (their ids) take."""
        if self.mode == PATTERN:
            return pattern_work(self.proposal, chosen, self.reference, self.wish.in_schematic, self.models)
        return work(self.proposal, chosen)

    @property
    def models(self) -> tuple[str, ...]:
        """That of the finished package, where there is a folder that it can lie in."""
        return in_project(finished_model(self.proposal.spec.name)) if self.wish.folder is not None else ()


def offer(spec: Package, text: bytes, name: str, wish: Wish) -> Offer:
    """What placing ``spec`` into the board with this ``text`` takes.

    Raises Faults where the board cannot be read, where nothing can be placed on it, or where it cannot take what is wished.
    """
    if spec.carrier is None:
        raise fail(spec.source, "the package has no carrier, so there is nothing to place; state its outline")
    contents = read_contents(text, name)
    known, usual = modes(contents, spec, bool(land_patterns(spec)))
    mode = wish.mode or usual
    found = next((one for one in known if one.key == mode), None)
    if found is None or found.why_not:
        raise fail(name, found.why_not if found else f"a package cannot be placed as '{mode}'")
    if mode == PATTERN:
        reference = free_reference(contents, wish.reference)
        at = wish.at or beside(contents, spec.carrier.outline)
        return Offer(propose_pattern(spec, contents, at, reference), wish, mode, known, (), reference)
    made = propose(spec, text, name, wish.at, mode, wish.naming)
    others = others_of(contents, footprints_of(contents))
    return Offer(made, wish, mode, known, tuple(taken(spec, made.board, made.names, others)), "")
