"""One footprint becomes a chip, a passive, the carrier's balls or a land pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..arrays import IntArray, Sites
from ..package import CHIP_SIDE, FACE_UP, FAR_SIDE, FILLINGS, FLIP_CHIP, Balls, Bumps, Chip, Passive, Terminal
from ..shapes import Outline, Point, rectangle
from . import fields as words
from .columns import whole
from .layout import Layout
from .read_drawn import drawn
from .read_fields import Fields, Notes
from .read_outlines import outline_of_shapes
from .read_pads import Pads

FRONT_FAB, BACK_FAB = "F.Fab", "B.Fab"


@dataclass(frozen=True, eq=False)
class Part:
    """One footprint of a file: ``number`` counts the footprints, ``at`` and ``angle`` are those on the board."""

    layout: Layout
    notes: Notes
    number: int
    name: str
    at: Point
    angle: int
    on_back: bool

    @property
    def clause(self) -> int:
        """Where it stands in the index."""
        return int(self.layout.footprints[self.number])

    @property
    def fields(self) -> Fields:
        """Its fields."""
        return Fields(self.notes, self.name, self.at, self.layout.fields[self.number])

    def wrong(self, message: str) -> None:
        """Note a fault of this part."""
        self.notes.wrong(message, self.clause, self.name)

    def put(self, key: str, text: str = "") -> None:
        """Remember that ``key`` is this part."""
        uuid = self.layout.word_of(self.number, "uuid") or self.layout.word_of(self.number, "tstamp")
        self.notes.put(key, text or self.name, self.clause, self.at, uuid)

    def outline(self, *layers: str, what: str) -> Optional[Outline]:
        """What the part draws on ``layers``, as one outline on the board; None where it draws nothing there."""
        shapes = drawn(self.layout.index, self.layout.inner(self.number), layers, "fp")
        return outline_of_shapes(self.layout.index, shapes, what, self.at, self.angle)


def part(layout: Layout, notes: Notes, number: int) -> Part:
    """The footprint with this number."""
    x, y = layout.spots.xy[number].tolist()
    angle = int(layout.spots.angle[number])
    return Part(layout, notes, number, layout.reference(number), (x, y), angle, bool(layout.on_back[number]))


def read_chip(made_of: Part) -> Optional[Chip]:
    """A chip from its outline, its pads and its fields; None where it has no outline (a fault says so)."""
    name, fields, key = made_of.name, made_of.fields, f"chips.{made_of.name}"
    made_of.put(key)
    layer = made_of.layout.layers("Chip outline")
    outline = None
    with made_of.notes.gathering(name):
        outline = made_of.outline(*layer, what=f"the chip outline on layer {layer[0]}")
        if outline is None:
            made_of.wrong(f"the chip has no outline; draw a closed one on layer 'Chip outline' ({layer[0]})")
    thickness = fields.quantity(words.CHIP_THICKNESS, f"{key}.thickness")
    bonded = fields.choice(words.BONDING, f"{key}.bonded", (FLIP_CHIP, FACE_UP))
    diameter = fields.quantity(words.BUMP_DIAMETER, f"{key}.bumps.diameter")
    height = fields.quantity(words.BUMP_HEIGHT, f"{key}.bumps.height")
    alloy = fields.text(words.BUMP_ALLOY, f"{key}.bumps.alloy")
    ubm = fields.plain(words.UBM_DIAMETER, f"{key}.bumps.ubm")
    passivation = fields.plain(words.PASSIVATION_OPENING, f"{key}.bumps.passivation")
    gap = fields.quantity(words.GAP, f"{key}.gap")
    filled = fields.choice(words.GAP_FILLED_WITH, f"{key}.gap_filled_with", FILLINGS) or FILLINGS[0]
    # Bumps that have a height are there to be bonded with: nobody need say so twice.
    bonded = bonded or (FLIP_CHIP if height or gap else "")
    pads = made_of.layout.pads
    rows = _contacts(pads, made_of.number)
    here = pads.on_back if made_of.on_back else pads.on_front
    for row in rows[~here[rows]][:20].tolist():
        made_of.notes.wrong("this bump pad lies on the carrier's other side than its chip; move it to the copper "
                              "layer of its chip", int(pads.clauses[row]), f"{name}, pad {pads.names[row]}")
    bumps = None
    if len(rows) and bonded != FACE_UP:
        pad = _usual_size(pads, rows)
        bumps = Bumps(_sites(pads, rows), _nets(pads, rows), diameter, height, alloy, pad,
                      _opening(made_of, rows, pad), ubm or 0, passivation or 0)
        made_of.put(f"{key}.bumps", f"{name}, bumps")
    if outline is None:
        return None
    return Chip(name, outline, made_of.at, made_of.angle, thickness, bonded, bumps, gap, filled)


def read_passive(made_of: Part, stated: bool) -> Optional[Passive]:
    """A passive from its body on the fabrication layer, its pads and its fields.

    ``stated`` says whether its field names it a passive; a part known only by its reference may have any drawing, and
    where that is no outline its pads are its body.
    """
    name, fields, key = made_of.name, made_of.fields, f"passives.{made_of.name}"
    made_of.put(key)
    layer = BACK_FAB if made_of.on_back else FRONT_FAB
    outline = None
    known = len(made_of.notes.faults)
    with made_of.notes.gathering(name):
        outline = made_of.outline(layer, what=f"the body on layer {layer}")
        if outline is None and stated:
            made_of.wrong(f"the passive has no body; draw its outline on layer {layer}")
    pads = made_of.layout.pads
    rows = _contacts(pads, made_of.number)
    if not stated:
        del made_of.notes.faults[known:]
        outline = outline or _around(pads, rows)
    height = fields.quantity(words.PASSIVE_HEIGHT, f"{key}.height")
    terminals = tuple(
        Terminal(pads.names[row], (int(x), int(y)), _turned((int(w), int(h)), int(angle) - made_of.angle), _net(pads.nets[row]))
        for row, (x, y), (w, h), angle in zip(rows.tolist(), pads.xy[rows], pads.size[rows], pads.angle[rows])
    )
    if outline is None:
        return None
    value = fields.text("Value")  # a passive without one repeats its name there
    return Passive(name, outline, made_of.at, made_of.angle, height, terminals, "" if value == name else value)


def read_balls(made_of: Part, chips_on_back: bool, land_pattern: bool = False) -> Optional[Balls]:
    """The balls on the pads of a carrier, each on the side of its copper; None where there are neither.

    A land pattern is the customer's side of the same balls: all on the far side, and its lands are not the carrier's.
    """
    fields, pads = made_of.fields, made_of.layout.pads
    diameter = fields.quantity(words.BALL_DIAMETER, "balls.diameter")
    standoff = fields.quantity(words.BALL_STANDOFF, "balls.standoff")
    alloy = fields.text(words.BALL_ALLOY, "balls.alloy")
    rows = _contacts(pads, made_of.number)
    if not len(rows):
        if diameter or standoff or alloy:
            made_of.wrong("the balls have fields but no pads; add a pad for each ball, or empty the fields")
        return None
    made_of.put("balls", f"{made_of.name}, balls")
    far = pads.on_front if chips_on_back else pads.on_back
    sides = tuple(FAR_SIDE if land_pattern or is_far else CHIP_SIDE for is_far in far[rows].tolist())
    land = 0 if land_pattern else _usual_size(pads, rows)
    opening = 0 if land_pattern else _opening(made_of, rows, land)
    return Balls(_sites(pads, rows), _nets(pads, rows), sides, diameter, standoff, alloy, land, opening)


def _contacts(pads: Pads, number: int) -> IntArray:
    rows = pads.of(number)
    contacts: IntArray = np.flatnonzero(pads.is_contact[rows]) + rows.start
    return contacts


def _sites(pads: Pads, rows: IntArray) -> Sites:
    return Sites(_pick(pads.names, rows), pads.xy[rows], _pick(pads.uuids, rows))


def _nets(pads: Pads, rows: IntArray) -> tuple[str, ...]:
    nets = _pick(pads.nets, rows)
    own = {net: _net(net) for net in set(nets)}
    return tuple(map(own.__getitem__, nets))


def _pick(values: tuple[str, ...], rows: IntArray) -> tuple[str, ...]:
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):  # all of them, as a rule
        return values[int(rows[0]):int(rows[-1]) + 1]
    return tuple(values[i] for i in rows.tolist())


def _net(name: str) -> str:
    return "" if name.startswith(words.UNCONNECTED) else name


def _usual_size(pads: Pads, rows: IntArray) -> int:
    """The most frequent pad diameter (the larger side of what is not round)."""
    sizes, counts = np.unique(pads.size[rows].max(axis=1), return_counts=True)
    return int(sizes[counts.argmax()])


def _opening(made_of: Part, rows: IntArray, pad: int) -> int:
    """Diameter of the mask opening over the pads, 0 where the mask has none.

    The margin is that of most pads, else the footprint's, else the board's, as in KiCad.
    """
    pads = made_of.layout.pads
    if not pads.in_mask[rows].any():
        return 0
    stated = pads.mask_margin[rows][pads.has_margin[rows]]
    if len(stated):
        margins, counts = np.unique(stated, return_counts=True)
        margin = int(margins[counts.argmax()])
    else:
        own = made_of.layout.word_of(made_of.number, "solder_mask_margin")
        margin = whole(own or made_of.layout.setup.word_of("pad_to_mask_clearance") or "0") or 0
    return max(0, pad + 2 * margin)


def _turned(size: Point, angle: int) -> Point:
    return (size[1], size[0]) if angle % 180_000 == 90_000 else size


def _around(pads: Pads, rows: IntArray) -> Optional[Outline]:
    if not len(rows):
        return None
    reach = pads.size[rows].max(axis=1)[:, None] // 2
    left, top = (int(v) for v in (pads.xy[rows] - reach).min(axis=0))
    right, bottom = (int(v) for v in (pads.xy[rows] + reach).max(axis=0))
    if left == right or top == bottom:
        return None
    return rectangle(((left + right) // 2, (top + bottom) // 2), (right - left, bottom - top))
