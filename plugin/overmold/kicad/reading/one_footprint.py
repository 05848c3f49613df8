"""One footprint of a file as something to read from: its name, place, fields, drawings and pads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ...arrays import IntArray, Sites
from ...package.no_net import means_no_net
from ...shapes import Outline, Point
from ...units import LENGTH
from ..clauses.columns import whole
from ..clauses.tree import Clause, tree
from .contents import Contents
from .drawn import drawn
from .fields import Fields, Notes
from .outlines import outline_of_shapes
from .pads import Pads

_SIDE = 2**32  # nm: more than any board is wide
_MOST_FAULTS = 20


@dataclass(frozen=True, eq=False)
class Footprint:
    """One footprint of a file: ``number`` counts the footprints, ``at`` and ``angle`` are those on the board."""

    contents: Contents
    notes: Notes
    number: int
    name: str
    at: Point
    angle: int
    on_back: bool

    @property
    def clause(self) -> int:
        """Where it stands in the index."""
        return int(self.contents.footprints[self.number])

    @property
    def is_unplaced(self) -> bool:
        """Whether KiCad has it marked "do not populate"."""
        index = self.contents.index
        attributes = index.called(self.contents.inner(self.number), b"attr")
        return any("dnp" in tree(index, int(clause)).words for clause in attributes)

    @property
    def fields(self) -> Fields:
        """Its fields."""
        return Fields(self.notes, self.name, self.at, self.contents.fields[self.number], self.uuid)

    def uuid(self) -> str:
        """That of the footprint, "" where it has none."""
        return self.contents.word_of(self.number, "uuid") or self.contents.word_of(self.number, "tstamp")

    def wrong(self, message: str, *unknown: str) -> None:
        """Note a fault of this part, for which what has the keys ``unknown`` is not known."""
        self.wrong_at(self.clause, self.name, message, *unknown)

    def wrong_at(self, clause: int, what: str, message: str, *unknown: str) -> None:
        """The same at a clause inside the footprint; ``what`` names it for people."""
        self.notes.wrong(message, clause, what, *unknown, uuid=self.uuid(), at=self.at)

    def wrong_byte(self, at: int, message: str, *unknown: str) -> None:
        """The same at a byte of the file."""
        fault = self.contents.index.fault(message, at, self.name)
        self.notes.faults.append(replace(fault, unknown=unknown, uuid=self.uuid(), at=self.at))

    def gathering(self, *unknown: str) -> AbstractContextManager[None]:
        """Keep the faults raised inside as those of this part."""
        return self.notes.gathering(self.name, *unknown, uuid=self.uuid(), at=self.at)

    def put(self, key: str, text: str = "", drawn: Optional[Sequence[Clause]] = None) -> None:
        """Remember that ``key`` is this part, or of this part only what is ``drawn``."""
        self.notes.put(key, text or self.name, self.clause, self.at, self.uuid(), None if drawn is None else uuids_of(drawn))

    def drawn_on(self, *layers: str) -> list[Clause]:
        """The graphic items of the part on ``layers``."""
        return drawn(self.contents.index, self.contents.inner(self.number), layers, "fp")

    def outline(self, *layers: str, what: str) -> Optional[Outline]:
        """What the part draws on ``layers``, as one outline on the board; None where it draws nothing there."""
        shapes = self.drawn_on(*layers)
        self.notes.taken.update(shape.at for shape in shapes)
        return outline_of_shapes(self.contents.index, shapes, what, self.at, self.angle)


def uuids_of(shapes: Iterable[Clause]) -> list[str]:
    """Those of some items, as far as they have any."""
    return list(filter(None, (shape.word_of("uuid") or shape.word_of("tstamp") for shape in shapes)))


def footprint_of(contents: Contents, notes: Notes, number: int) -> Footprint:
    """The footprint with this number."""
    x, y = contents.spots.xy[number].tolist()
    angle = int(contents.spots.angle[number])
    return Footprint(contents=contents, notes=notes, number=number, name=contents.reference(number), at=(x, y), angle=angle,
                on_back=bool(contents.on_back[number]))


def contacts(pads: Pads, number: int) -> IntArray:
    """The rows of a footprint's pads that make contact."""
    rows = pads.of(number)
    contacts: IntArray = np.flatnonzero(pads.is_contact[rows]) + rows.start
    return contacts


def check_places(made_of: Footprint, rows: IntArray, key: str) -> None:
    """Note a fault for pads that lie in the very place of another: what is drawn twice is there once, as a package file says
    too. ``key`` is that of what they are the pads of."""
    pads = made_of.contents.pads
    first: dict[Point, int] = {}
    found = 0
    if len(np.unique(pads.xy[rows, 0] * _SIDE + pads.xy[rows, 1])) == len(rows):
        return
    for row, (x, y) in zip(rows.tolist(), pads.xy[rows].tolist()):
        other = first.setdefault((x, y), row)
        if other != row and found < _MOST_FAULTS:
            found += 1
            made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}",
                             f"this pad lies in the very place of pad {pads.names[other]}; move or delete one", key)


def net_name(name: str) -> str:
    """A pad's net, "" where that is one of those that KiCad gives what is connected to nothing, or a word such as NC."""
    return "" if means_no_net(name) else name


def sites_of(pads: Pads, rows: IntArray) -> Sites:
    """Some pads as sites: names, places, uuids."""
    return Sites(_pick(pads.names, rows), pads.xy[rows], _pick(pads.uuids, rows))


def nets_of(pads: Pads, rows: IntArray) -> tuple[str, ...]:
    """Their nets."""
    nets = _pick(pads.nets, rows)
    own = {net: net_name(net) for net in set(nets)}
    return tuple(map(own.__getitem__, nets))


def _pick(values: tuple[str, ...], rows: IntArray) -> tuple[str, ...]:
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):  # all of them, as a rule
        return values[int(rows[0]):int(rows[-1]) + 1]
    return tuple(values[i] for i in rows.tolist())


def usual_size(pads: Pads, rows: IntArray) -> int:
    """The most frequent pad diameter (the larger side of what is not round)."""
    sizes, counts = np.unique(pads.size[rows].max(axis=1), return_counts=True)
    return int(sizes[counts.argmax()])


def opening_over(made_of: Footprint, rows: IntArray, pad: int) -> int:
    """Diameter of the mask opening over the pads, 0 where the mask has none.

    The margin is that of most pads, else the footprint's, else the board's, as in KiCad.
    """
    pads = made_of.contents.pads
    if not pads.in_mask[rows].any():
        return 0
    stated = pads.mask_margin[rows][pads.has_margin[rows]]
    if not len(stated):
        return max(0, pad + 2 * _usual_margin(made_of))
    margins, counts = np.unique(stated, return_counts=True)
    return max(0, pad + 2 * int(margins[counts.argmax()]))


def openings_over(made_of: Footprint, rows: IntArray) -> IntArray:
    """Diameter of the mask opening over each of the pads (n), 0 where the mask has none there."""
    pads = made_of.contents.pads
    margins = np.where(pads.has_margin[rows], pads.mask_margin[rows], _usual_margin(made_of))
    return np.where(pads.in_mask[rows], np.maximum(pads.size[rows].max(axis=1) + 2 * margins, 0), 0)


def _usual_margin(made_of: Footprint) -> int:
    """How far the mask stands back from pads that say nothing of it."""
    own = made_of.contents.word_of(made_of.number, "solder_mask_margin")
    stated_for_all = own or made_of.contents.carrier_setup.word_of("pad_to_mask_clearance") or "0"
    return whole(stated_for_all, largest=LENGTH.largest) or 0
