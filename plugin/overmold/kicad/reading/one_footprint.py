"""One footprint of a file as something to read from: its name, place, fields, drawings and pads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...arrays import IntArray, Sites
from ...package.no_net import means_no_net
from ...shapes import Outline, Point
from ...units import LENGTH
from ..clauses.columns import whole
from .contents import Contents
from .drawn import drawn
from .fields import Fields, Notes
from .outlines import outline_of_shapes
from .pads import Pads


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
    def fields(self) -> Fields:
        """Its fields."""
        return Fields(self.notes, self.name, self.at, self.contents.fields[self.number])

    def wrong(self, message: str) -> None:
        """Note a fault of this part."""
        self.notes.wrong(message, self.clause, self.name)

    def put(self, key: str, text: str = "") -> None:
        """Remember that ``key`` is this part."""
        uuid = self.contents.word_of(self.number, "uuid") or self.contents.word_of(self.number, "tstamp")
        self.notes.put(key, text or self.name, self.clause, self.at, uuid)

    def outline(self, *layers: str, what: str) -> Optional[Outline]:
        """What the part draws on ``layers``, as one outline on the board; None where it draws nothing there."""
        shapes = drawn(self.contents.index, self.contents.inner(self.number), layers, "fp")
        return outline_of_shapes(self.contents.index, shapes, what, self.at, self.angle)


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
    if len(stated):
        margins, counts = np.unique(stated, return_counts=True)
        margin = int(margins[counts.argmax()])
    else:
        own = made_of.contents.word_of(made_of.number, "solder_mask_margin")
        stated_for_all = own or made_of.contents.setup.word_of("pad_to_mask_clearance") or "0"
        margin = whole(stated_for_all, largest=LENGTH.largest) or 0
    return max(0, pad + 2 * margin)
