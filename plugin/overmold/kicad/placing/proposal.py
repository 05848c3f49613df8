"""What placing a package file's package into an open board would do: new, changed, gone, moved, and what is kept.

Nothing here talks to KiCad; ``kicad.live.place`` carries a proposal out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Optional

from ...compare import Drift, drift
from ...compare.match import Names, match
from ...compare.renamed import renamed
from ...compare.values import outline
from ...faults import Faults, fail
from ...package import Package, keys
from ...package.moved import at_home, moved_to
from ...shapes import Outline, Point
from ...units import LENGTH, show
from ..names.fields import CARRIER_PLACE, CHIP, WHOLE_BOARD
from ..names.fields import INSIDE as INSIDE_BOARD
from ..reading.board import package_on_as_far_as_it_goes
from ..reading.carrier import read_edge
from ..reading.contents import Contents, read_contents
from ..reading.fields import Notes
from ..reading.odd import fault_of
from ..reading.sides import says_far
from .arrange import arrange
from .change import BLOCKED, CHANGED, GONE, NEW, Change
from .extent import SHEET_MIDDLE, beside
from .groups import CARRIER, EDGE, FINGERS, WIRES, drawn_groups, footprints_of, group_of, why_not
from .layers import layer_changes, layer_notes, states_stackup
from .lie import Lie, lie_of
from .modes import OWN, as_in
from .moves import moved_parts, spots_of
from .odd_units import OddUnits
from .references import AS_IT_IS, Naming, others_of, told_apart
from .strangers import among_strangers
from .whole import Spot, straightened

MOST_WORDS = 12
_BORE_WIRES = (CARRIER, FINGERS, WIRES)


@dataclass(frozen=True, eq=False)
class Proposal:
    """``changes`` to choose from; ``kept`` and ``notes`` are sentences. ``lie`` is where the carrier goes or is.

    ``board`` is the package on the board as it would lie at the origin, unturned, its carrier's, fingers' and wires' footprints
    where the carrier has them; ``stays`` says of those that somebody moved where they lie instead. ``edge`` is the outline that
    the board has on Edge.Cuts, where it is there.
    """

    spec: Package
    contents: Contents
    board: Optional[Package]
    names: Names
    lie: Lie
    stays: Mapping[str, Spot]
    edge: Optional[Outline]
    changes: tuple[Change, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def at(self) -> Point:
        """Where the carrier's middle goes or is."""
        return self.lie.at

    def blocks(self, unit: str) -> bool:
        """Whether a unit cannot be made anew."""
        return any(change.kind == BLOCKED and change.unit == unit for change in self.changes)

    def arranged(self, back: Collection[str] = ()) -> Package:
        """The package as it goes onto the board; ``back`` are keys of parts that go where the package file has them."""
        return _arranged(self.spec, self.board, self.names, back)


def propose(spec: Package, text: bytes, name: str, at: Optional[Point] = None, mode: str = OWN,
            naming: Naming = AS_IT_IS) -> Proposal:
    """What placing ``spec`` into the board with this ``text`` takes; ``at`` counts where the board has no carrier yet.

    ``mode``: OWN where the board is the carrier, INSIDE where the carrier lies inside it; ``naming`` is for references that
    other parts of the board have already.

    Raises Faults where the board cannot be read, or where nothing can be placed on it.
    """
    if spec.carrier is None:
        raise fail(spec.source, "the package has no carrier, so there is nothing to place; state its outline")
    found = read_contents(text, name)
    contents = as_in(found, mode)
    ours = footprints_of(contents)
    if any(contents.on_back[number] and not says_far(contents, number, CHIP) for key, numbers in ours.items()
           if keys.is_within(key, keys.CHIPS) for number in numbers):
        raise fail(name, "the chips of this board are on its back; the button places on the front, so use 'overmold build'")
    # What somebody has drawn without our fields is no package of ours.
    read = package_on_as_far_as_it_goes(contents, PurePath(name).stem) if ours else None
    edge = None if contents.inside else read_edge(contents, Notes(contents.index))
    lie = Lie(at or (beside(contents, spec.carrier.outline) if contents.inside else edge.centre if edge else SHEET_MIDDLE))
    if read is not None and read.carrier is not None:
        lie = lie_of(read)
    elif read is not None and read.odd:
        raise Faults([fault_of(odd) for odd in read.odd])
    board = at_home(read) if read is not None else None
    names = match(board, spec) if board is not None else Names({}, {}, {})
    names = told_apart(spec, board, names, others_of(contents, ours), naming)
    due = _arranged(spec, board, names, ())
    stays: dict[str, Spot] = {}
    if board is not None and board.carrier is not None:
        board, stays = straightened(board, due, spots_of(contents, ours, lie))
    moves = tuple(moved_parts(contents, board, due, spec, stays))
    place = _place(found, contents) if CARRIER in ours else []
    mended = tuple(_changes(contents, board, due, ours, (moves, place)))
    blocked = {change.id for change in mended}  # what cannot be made anew is told once
    changes = (*mended, *layer_changes(contents, board), *(one for one in moves if one.id not in blocked),
               *([] if contents.inside else _edge_change(lie.home(edge) if edge else None, due)))
    kept = tuple(_kept(names, contents, ours, board))
    return Proposal(spec=spec, contents=contents, board=board, names=names, lie=lie, stays=stays, edge=edge, changes=changes,
                    kept=kept, notes=(*_notes(contents, due, ours), *among_strangers(contents, due, ours)))


def _arranged(spec: Package, board: Optional[Package], names: Names, back: Collection[str]) -> Package:
    if board is None or board.carrier is None:
        return moved_to(renamed(spec, names, {}), (0, 0))
    return arrange(spec, board, names, back)


def _changes(contents: Contents, board: Optional[Package], due: Package, ours: dict[str, list[int]],
             known: tuple[Sequence[Change], Sequence[Drift]]) -> Iterator[Change]:
    """What is to be made anew; ``known`` are what has been moved, and what the carrier does not say of its place yet."""
    units, (moves, place) = drawn_groups(due), known
    differs = (*place, *drift(board, due)) if board is not None else ()
    differences = _by_group(differs, states_stackup(contents), contents.inside)
    odd = OddUnits(board, contents, ours) if board is not None else None
    for key, parts in units.items():
        why = odd.why(key) if odd is not None else ""
        if why:
            yield Change(BLOCKED, key, (f"what is drawn of it cannot be read: {why}",), False)
        elif key not in ours:
            if key in differences and _drawn_by_hand(board, key):
                continue
            yield Change(NEW, key, tuple(part.part.description for part in parts), True)
        elif key in differences:
            why = why_not(contents, ours[key])
            found = tuple(_words(differences[key]))
            # Wires that have not gone along with what somebody moved are drawn anew if that is wanted.
            left = key == WIRES and any(one.unit in _BORE_WIRES or keys.is_within(one.unit, keys.CHIPS) for one in moves)
            yield Change(BLOCKED, key, (why, *found), False) if why else Change(CHANGED, key, found, not left)
    for key in ours:
        if key not in units:
            # Somebody may have added it: it goes only where that is said.
            yield Change(GONE, key, ("it is not in the package file",), False)


def _place(found: Contents, contents: Contents) -> list[Drift]:
    """That the carrier is to lie inside the board and does not say so yet."""
    return [Drift(CARRIER_PLACE.label, WHOLE_BOARD, INSIDE_BOARD)] if contents.inside and not found.inside else []


def _drawn_by_hand(board: Optional[Package], key: str) -> bool:
    """Whether the board has this part without our fields: a passive that is known by its reference."""
    return board is not None and any(passive.key == key for passive in board.passives)


def _by_group(found: Sequence[Drift], in_setup: bool, inside: bool) -> dict[str, list[Drift]]:
    """Differences by unit, less those that no footprint can mend: the outline's, unless the carrier lies ``inside`` a board and
    has its own, and a stack-up's that the set-up states."""
    units: dict[str, list[Drift]] = {}
    for one in found:
        if (inside or one.key != "carrier.outline") and not (in_setup and one.key.startswith(keys.STACKUP)):
            units.setdefault(group_of(one.key), []).append(one)
    return units


def _words(found: Sequence[Drift]) -> Iterator[str]:
    for one in found[:MOST_WORDS]:
        yield f"{one.key}: {one.board or 'none'} → {one.spec or 'none'}"
    if len(found) > MOST_WORDS:
        yield f"… and {len(found) - MOST_WORDS} more"


def _edge_change(edge: Optional[Outline], due: Package) -> Iterator[Change]:
    assert due.carrier is not None
    size = " x ".join(show(side, LENGTH, "mm") for side in due.carrier.outline.size)
    if edge is None:
        yield Change(NEW, EDGE, (f"the carrier's outline on Edge.Cuts, {size}",), True)
    elif any(outline(EDGE, edge, due.carrier.outline, (0, 0), (0, 0))):
        yours = " x ".join(show(side, LENGTH, "mm") for side in edge.size)
        yield Change(CHANGED, EDGE, (f"what is drawn on Edge.Cuts ({yours}) → the carrier's outline ({size})",), False)


def _kept(names: Names, contents: Contents, ours: dict[str, list[int]], board: Optional[Package]) -> Iterator[str]:
    for what, others in (("chip", names.chips), ("passive", names.passives), ("net", names.nets)):
        yield from (f"{what} {old} is called {new} on the board and stays so" for old, new in others.items())
    for passive in board.passives if board is not None else ():
        if passive.key not in ours:
            yield f"{passive.name} has no field 'Package part': it is your own and stays as it is"


def _notes(contents: Contents, due: Package, ours: dict[str, list[int]]) -> Iterator[str]:
    yield from layer_notes(contents, due)
    mine = {number for numbers in ours.values() for number in numbers}
    others = {contents.reference(number) for number in range(len(contents.footprints)) if number not in mine}
    named = (keys.last(key) for key in drawn_groups(due) if key not in ours and key not in (FINGERS, WIRES, CARRIER))
    twice = [reference for reference in named if reference in others]
    if twice:
        yield f"the board has other footprints called {', '.join(twice)} already; rename these or those"
