"""What is to be made and what is to go, once somebody has chosen from a proposal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Optional

from ... import drawing
from ...drawing import EDGE as EDGE_LAYER
from ...drawing import Part, Shape, outline_shapes
from ...package import Layer, Package, keys
from ..clauses.tree import tree
from ..names import fields as words
from ..names.fields import CARRIER_PLACE, LAYERS
from ..names.fields import INSIDE as INSIDE_BOARD
from ..names.layers import NAMES
from ..names.stackup import board_layers
from ..reading.contents import Contents
from ..reading.drawn import drawn
from ..reading.stackup import stackup_text
from ..writing.board import EDGE_WIDTH, Drawn
from ..writing.fields import Field
from .change import CHANGED, GONE, MOVED, NEW
from .groups import CARRIER, EDGE, FINGERS, WIRES, drawn_groups, footprints_of, uuid_of
from .layers import SET_UP, stackup_fields, states_stackup
from .lie import Lie
from .proposal import Proposal
from .references import numbered, others_of

_MEANINGS = {drawing_layer: LAYERS[name] for drawing_layer, name in NAMES.items() if name in LAYERS}


@dataclass(frozen=True, eq=False)
class Made:
    """A footprint to make. ``replaces`` is the uuid of the one it stands for ("" for a new one), ``before`` what Overmold
    would have drawn of that: whatever else is in it has been added by somebody, and is kept, but for the fields ``without``."""

    drawn: Drawn
    replaces: str = ""
    before: Optional[Drawn] = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Work:
    """``made`` and ``edge`` are new, ``gone`` are uuids to remove; ``names`` are the board's layers for those of a drawing."""

    library: str
    made: tuple[Made, ...]
    edge: tuple[Shape, ...]
    gone: tuple[str, ...]
    names: Mapping[str, str]
    words: str

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that are drawn on, under the board's names."""
        used = {shape.layer for one in self.made for shape in one.drawn.part.shapes}
        used |= {text.layer for one in self.made for text in one.drawn.part.texts}
        return tuple(sorted(self.names[layer] for layer in used))


def work(proposal: Proposal, chosen: Collection[str]) -> Work:
    """What the chosen changes (their ids) take."""
    changes = [change for change in proposal.changes if change.id in chosen]
    units = {kind: {change.unit for change in changes if change.kind == kind} for kind in (NEW, CHANGED, GONE, MOVED)}
    due = proposal.arranged(units[MOVED])
    touched = units[NEW] | units[CHANGED] | units[MOVED]
    if any(keys.is_within(key, keys.CHIPS) for key in units[MOVED]) and due.wires and not proposal.blocks(WIRES):
        touched.add(WIRES)
    ours, board = footprints_of(proposal.contents), proposal.board
    others = others_of(proposal.contents, ours)
    fresh = _on_board(drawn_groups(due), due, proposal, units[MOVED])
    before = _on_board(drawn_groups(board), board, proposal) if board is not None and board.carrier else {}
    without: tuple[str, ...] = ()
    if SET_UP in touched:
        # The set-up's word alone changes nothing else of the carrier.
        fresh = fresh if CARRIER in touched else {**fresh, CARRIER: before[CARRIER]}
        without = tuple(one for number in ours[CARRIER] for one in stackup_fields([*proposal.contents.fields[number]]))
        touched = touched - {SET_UP} | {CARRIER}
    made: list[Made] = []
    gone = [uuid_of(proposal.contents, number) for key in touched | units[GONE] for number in ours.get(key, ())]
    for key in (key for key in fresh if key in touched):
        old = [uuid_of(proposal.contents, number) for number in ours.get(key, ())]
        for new, uuid, former in zip_longest(fresh[key], old, before.get(key, [])):
            if new is not None:
                if key in units[MOVED] - units[CHANGED] and former is not None:
                    new = replace(former, part=replace(former.part, at=new.part.at, angle=new.part.angle))
                new = new if uuid else _with_free_reference(new, key, others)
                made.append(Made(new, uuid or "", former if uuid else None, without if key == CARRIER else ()))
    edge: tuple[Shape, ...] = ()
    if EDGE in touched and due.carrier is not None:
        edge = outline_shapes(proposal.lie.outline(due.carrier.outline), EDGE_LAYER, EDGE_WIDTH)
        gone += _uuids_of_edge(proposal.contents) if EDGE in units[CHANGED] else []
    names = {**NAMES, **{layer: proposal.contents.layers(meaning)[0] for layer, meaning in _MEANINGS.items()}}
    return Work(proposal.spec.name, tuple(made), edge, tuple(gone), names, _words(len(made), len(edge), len(gone)))


def _with_free_reference(new: Drawn, key: str, others: Collection[str]) -> Drawn:
    """A footprint of carrier, fingers or wires, whose reference is our own choice, with one that no other part has."""
    label = new.part.reference
    if key not in (CARRIER, FINGERS, WIRES) or label.words not in others:
        return new
    words = next(one for one in numbered(label.words) if one not in others)
    return replace(new, part=replace(new.part, reference=replace(label, words=words)))


def _words(made: int, edge: int, gone: int) -> str:
    said = [f"{count} {what}{'s' * (count != 1)}" for count, what in ((made, "footprint"), (edge, "outline")) if count]
    done = f"{' and '.join(said)} placed" if said else "nothing placed"
    return f"{done}, {gone} former item{'s' * (gone != 1)} removed" if gone else done


def _uuids_of_edge(contents: Contents) -> list[str]:
    return [shape.word_of("uuid") for shape in drawn(contents.index, contents.top, (NAMES[EDGE_LAYER],), "gr")]


def _on_board(units: dict[str, list[Drawn]], package: Package, proposal: Proposal, back: Collection[str] = ()
              ) -> dict[str, list[Drawn]]:
    """The units as this board needs them, where they lie on it; those of ``back`` where the carrier has them."""
    contents, stackup = proposal.contents, package.carrier.stackup if package.carrier is not None else ()
    made: dict[str, list[Drawn]] = {}
    for key, some in units.items():
        if key == CARRIER:
            some = [replace(one, part=_without_doubles(one.part, contents), fields=_fields_here(one, stackup, contents))
                    for one in some]
        if key in proposal.stays and key not in back:
            some = [Lie(*proposal.stays[key]).outward(one) for one in some]
        made[key] = [proposal.lie.outward(one) for one in some]
    return made


def _without_doubles(part: Part, contents: Contents) -> Part:
    """A carrier without what the board itself draws: the mold's outline and area where they stand on it already."""
    if contents.inside:
        return part
    outline = drawn(contents.index, contents.top, contents.layers("Mold cap outline"), "gr")
    zones = (tree(contents.index, zone) for zone in contents.index.called(contents.top, b"zone").tolist())
    there = {zone.word_of("name") for zone in zones}
    return replace(part, areas=tuple(area for area in part.areas if area.name not in there),
                   shapes=tuple(shape for shape in part.shapes if not (outline and shape.layer == drawing.MOLD_OUTLINE)))


def _fields_here(one: Drawn, stackup: Sequence[Layer], contents: Contents) -> tuple[Field, ...]:
    """The carrier's fields, with the one that says that it lies inside a board where it does."""
    fields = _with_stackup(one, stackup, contents)
    return (*fields[:2], (CARRIER_PLACE.label, INSIDE_BOARD), *fields[2:]) if contents.inside else fields


def _with_stackup(one: Drawn, stackup: Sequence[Layer], contents: Contents) -> tuple[Field, ...]:
    """The carrier's fields: tolerances where the board's set-up states the layers, else the layers themselves."""
    plain = tuple(field for field in one.fields if not field[0].startswith(words.TOLERANCE_OF))
    if not states_stackup(contents):
        return (*plain, (words.STACKUP, stackup_text(stackup))) if stackup else plain
    clause = contents.setup.first("stackup")
    known = {row.word() for row in clause.all("layer")} if clause else set()
    if {name.partition(" (")[0] for name, _ in board_layers(stackup)} - known:
        return plain
    return one.fields
