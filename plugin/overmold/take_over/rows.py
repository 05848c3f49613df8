"""The differences between a board and its package file as rows that somebody can choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..compare import Drift, drift
from ..compare.match import match, nets_by_pad
from ..compare.renamed import renamed
from ..kicad.placing.layers import in_set_up, states_stackup
from ..kicad.placing.odd_units import of_stackup
from ..kicad.placing.proposal import Proposal
from ..package import Package, keys
from ..package.moved import at_home

BY_HAND = "change it by hand"
CHIP, PASSIVE, NET, DATUM, STACKUP = "name of chip", "name of passive", "net", "datum", "stack-up"


@dataclass(frozen=True)
class Row:
    """One difference: ``key`` under the board's names, the two values in words. ``kind`` is DATUM where it is one of drift.

    ``why_not`` says why it has to be changed by hand, "" where it can be taken over.
    """

    kind: str
    key: str
    board: str
    file: str
    why_not: str = ""

    @property
    def id(self) -> str:
        """Names it among the rows of a board and a file."""
        return self.key if self.kind in (DATUM, STACKUP) else f"{self.kind} {self.board}"

    def because(self, why_not: str) -> Row:
        """The same with why it cannot be taken over."""
        return replace(self, why_not=why_not)


def board_of(made: Proposal) -> Package:
    """The board's package, with the layers that its set-up states where it states any."""
    assert made.board is not None
    carrier, layers = made.board.carrier, in_set_up(made.contents)
    contradicted = any(of_stackup(key) for odd in made.board.odd for key in odd.unknown)
    if carrier is None or not contradicted or not states_stackup(made.contents):
        return made.board
    return replace(made.board, carrier=replace(carrier, stackup=layers))


def rows_of(made: Proposal, spec: Package) -> tuple[Row, ...]:
    """Every row between the board of a proposal and a package file's ``spec``; none where the board has no package yet."""
    return tuple(_rows(made, at_home(spec))) if made.board is not None and made.board.carrier is not None else ()


def _rows(made: Proposal, spec: Package) -> Iterator[Row]:
    board = board_of(made)
    names = match(board, spec)
    for kind, renamings in ((CHIP, names.chips), (PASSIVE, names.passives), (NET, names.nets)):
        yield from (Row(kind, f"{kind} {old}", new, old) for old, new in renamings.items())
    open_ones = [key for odd in board.odd for key in odd.unknown if not of_stackup(key)]
    layers = []
    for one in drift(board, renamed(spec, names, dict(nets_by_pad(board, {}, {})))):
        if any(one.key == key or keys.is_within(one.key, key) for key in open_ones):
            continue
        if of_stackup(one.key):
            layers.append(one)
        else:
            yield Row(DATUM, one.key, one.board, one.spec)
    if layers:
        yield Row(STACKUP, keys.STACKUP, *_layers(layers))


def _layers(found: list[Drift]) -> Any:
    """All layers that differ, in two sentences: taken one by one they would be no stack-up."""
    return ("; ".join(f"{one.key.removeprefix(keys.STACKUP + '.')} {one.board or 'none'}" if of_one_layer(one) else one.board
                      for one in found),
            "; ".join(f"{one.key.removeprefix(keys.STACKUP + '.')} {one.spec or 'none'}" if of_one_layer(one) else one.spec
                      for one in found))


def of_one_layer(one: Drift) -> bool:
    """Whether a difference is about one layer and not about which there are."""
    return one.key != keys.STACKUP
