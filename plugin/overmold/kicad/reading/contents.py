"""A board or a footprint file as columns: its footprints, their places, fields and pads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..clauses.columns import last_word
from ..clauses.scan import Int32
from ..clauses.sexpr import Index, index
from ..clauses.tree import Clause, tree
from ..names.fields import CARRIER, CARRIER_PLACE, INSIDE, LAND_PATTERN, LAYERS, PART
from .fields import Field, read_all_fields
from .pads import BACK, Pads, Spots, children, read_pads, read_spots

BOARD = ("kicad_pcb",)
FOOTPRINT = ("footprint", "module")  # KiCad 5 said module


@dataclass(frozen=True, eq=False)
class Contents:
    """Everything of a file that a Package can come from; all sequences run over the footprints in reading order.

    ``inside``: the carrier lies inside a board that is not its own. Then only what carries our fields is the package's, and
    the board's outline, stack-up and other parts are nothing to it.
    """

    index: Index
    footprints: Int32
    parts: Int32
    spots: Spots
    fields: tuple[dict[str, Field], ...]
    pads: Pads
    on_back: NDArray[np.bool_]
    inside: bool = False

    def inner(self, footprint: int) -> Int32:
        """The clauses directly inside one footprint, its pads left out."""
        clause = int(self.footprints[footprint])
        begin, end = np.searchsorted(self.parts, (clause, int(self.index.last[clause])))
        found = self.parts[begin:end]
        rows = self.pads.of(footprint)
        return found[~np.isin(found, self.pads.clauses[rows], assume_unique=True)]

    def reference(self, footprint: int) -> str:
        """The reference, as in "U1"; the footprint's own name in a library file."""
        field = self.fields[footprint].get("Reference")
        name = field.value.strip() if field else ""
        if name and not name.startswith("REF*"):
            return name
        return tree_head(self.index, int(self.footprints[footprint])) or "a footprint"

    def word_of(self, footprint: int, name: str) -> str:
        """The last word of a clause directly inside one footprint, "" where there is none."""
        found = self.index.called(self.inner(footprint), name.encode())
        return last_word(self.index, found[-1:], name.encode())[0] if len(found) else ""

    def around_carrier(self, carrier: Optional[int]) -> tuple[Int32, ...]:
        """The clauses among which rule areas of the carrier stand: its own, of a footprint (its number) that lies in a board
        of somebody else's; else all of the board."""
        return (self.inner(carrier),) if carrier is not None and self.inside else (self.top, self.parts)

    @cached_property
    def role_of(self) -> dict[int, str]:
        """The footprints with a field 'Package part', and what it says."""
        return {i: fields[PART].value.strip() for i, fields in enumerate(self.fields) if PART in fields}

    @cached_property
    def setup(self) -> Clause:
        """The board's set-up; empty where the file has none."""
        found = self.index.called(self.top, b"setup")
        return tree(self.index, int(found[0])) if len(found) else Clause("setup", 0)

    @property
    def land_patterns(self) -> list[str]:
        """The references of land patterns on a customer's board: one with nothing else of a package; [] for any other board."""
        only = set(self.role_of.values()) == {LAND_PATTERN}
        return [self.reference(number) for number in self.role_of] if only else []

    @property
    def carrier_setup(self) -> Clause:
        """The set-up as far as it speaks of the carrier: that of the board, unless the board is not the carrier's own."""
        return Clause("setup", 0) if self.inside else self.setup

    @cached_property
    def top(self) -> Int32:
        """The clauses directly inside the file's one clause."""
        return self.index.inside(0)

    def layers(self, meaning: str) -> tuple[str, ...]:
        """The names under which drawings on the layer called ``meaning`` (as in "Chip outline") stand in this file.

        A layer that the user gave this name counts; where there is none, the one Overmold takes by itself.
        """
        own = self.user_layers.get(meaning)
        return (own,) if own else tuple(layer for layer, name in LAYERS.items() if name == meaning)

    @cached_property
    def is_of_kicad_5(self) -> bool:
        """Whether KiCad 5 or an older one wrote the file."""
        found = self.index.called(self.top, b"version")
        version = last_word(self.index, found[:1], b"version")[0] if len(found) else ""
        return version.isdigit() and int(version[:8]) < 20_200_000

    @cached_property
    def user_layers(self) -> dict[str, str]:
        """The layers that the board's layer table gives a name of its own, by that name."""
        found = self.index.called(self.top, b"layers")
        table = tree(self.index, int(found[0])) if len(found) else Clause("layers", 0)
        rows = [item for item in table.items if isinstance(item, Clause)]
        return {row.word(2): row.word(0) for row in rows if row.word(2)}


def tree_head(found: Index, clause: int) -> str:
    """The first word of a clause, without making a tree of all of it."""
    inner = found.inside(clause)[:1]
    end = int(found.start[inner[0]] if len(inner) else found.end[clause] - 1)
    text = found.data[int(found.start[clause]):end].decode().partition(" ")[2].strip()
    return text.strip('"').rpartition(":")[2]


def read_contents(data: bytes, source: str, roots: tuple[str, ...] = BOARD) -> Contents:
    """Read a whole file, 70 MB of it if need be, to columns; raises Faults."""
    found = index(data, source, roots)
    if roots == BOARD:
        footprints = found.called(found.inside(0), *(name.encode() for name in FOOTPRINT))
    else:
        footprints = np.zeros(1, np.int32)
    parts = children(found, footprints)
    spots = read_spots(found, footprints, parts)
    on_back = np.zeros(len(footprints), np.bool_)
    layers = found.called(parts, b"layer")
    on_back[found.owners(layers, footprints)] = [name == BACK for name in last_word(found, layers, b"layer")]
    fields = tuple(read_all_fields(found, footprints, parts))
    return Contents(index=found, footprints=footprints, parts=parts, spots=spots, fields=fields,
                  pads=read_pads(found, footprints, parts, spots), on_back=on_back,
                  inside=any(says_inside(one) for one in fields))


def says_inside(fields: Mapping[str, Field]) -> bool:
    """Whether these are the fields of a carrier that lies inside a board not its own."""
    role, place = fields.get(PART), fields.get(CARRIER_PLACE.label)
    return (role is not None and place is not None and role.value.strip() == CARRIER
            and place.value.strip() == INSIDE)
