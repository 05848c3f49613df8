"""What placing a package file's package into an open board would do: new, changed, gone, moved, and what is kept.

Nothing here talks to KiCad; ``kicad.live.place`` carries a proposal out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Optional, Union

from ...compare import Drift, drift
from ...faults import fail
from ...package import Chip, Layer, Package, Passive, keys
from ...package.moved import moved_to
from ...shapes import Outline, Point
from ...units import LENGTH, show
from ..names.fields import CARRIER_PLACE, WHOLE_BOARD
from ..names.fields import INSIDE as INSIDE_BOARD
from ..reading.board import package_on
from ..reading.carrier import read_edge
from ..reading.contents import Contents, read_contents
from ..reading.fields import Fields, Notes
from ..reading.stackup import read_stackup
from .arrange import arrange, renamed
from .extent import SHEET_MIDDLE, beside
from .groups import CARRIER, EDGE, FINGERS, WIRES, drawn_groups, footprints_of, group_of, why_not
from .match import Names, match
from .modes import OWN, as_in
from .references import AS_IT_IS, Naming, others_of, told_apart
from .strangers import among_strangers

NEW, CHANGED, GONE, MOVED, BLOCKED = "new", "changed", "gone", "moved", "blocked"
MOST_WORDS = 12


@dataclass(frozen=True)
class Change:
    """One thing that can be done; ``unit`` is what to, ``words`` are for people, ``ticked`` whether it is done unless
    somebody says no. One that is ``BLOCKED`` cannot be chosen."""

    kind: str
    unit: str
    words: tuple[str, ...]
    ticked: bool

    @property
    def id(self) -> str:
        """Names it among the changes of a proposal."""
        return f"{self.kind} {self.unit}"


@dataclass(frozen=True, eq=False)
class Proposal:
    """``changes`` to choose from; ``kept`` and ``notes`` are sentences. ``at`` is where the carrier's middle goes or is.

    ``edge`` is the outline that the board has on Edge.Cuts.
    """

    spec: Package
    contents: Contents
    board: Optional[Package]
    names: Names
    at: Point
    edge: Optional[Outline]
    changes: tuple[Change, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]

    def arranged(self, back: Collection[str] = ()) -> Package:
        """The package as it goes onto the board; ``back`` are keys of parts that go where the package file has them."""
        return _arranged(self.spec, self.board, self.names, self.at, back)


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
    if any(contents.on_back[number] for key, numbers in ours.items() if keys.is_within(key, keys.CHIPS)
           for number in numbers):
        raise fail(name, "the chips of this board are on its back; the button places on the front, so use 'overmold build'")
    # What somebody has drawn without our fields is no package of ours.
    board = package_on(contents, PurePath(name).stem) if ours else None
    edge = None if contents.inside else read_edge(contents, Notes(contents.index))
    if board is not None and board.carrier is not None:
        at = board.carrier.outline.centre
    at = at or (beside(contents, spec.carrier.outline) if contents.inside else edge.centre if edge else SHEET_MIDDLE)
    names = match(board, spec) if board is not None else Names({}, {}, {})
    names = told_apart(spec, board, names, others_of(contents, ours), naming)
    due = _arranged(spec, board, names, at, ())
    place = _place(found, contents) if CARRIER in ours else []
    changes = (*_changes(contents, board, due, ours, place), *_moves(board, due, spec),
               *([] if contents.inside else _edge_change(edge, due)))
    kept = tuple(_kept(names, contents, ours, board))
    return Proposal(spec=spec, contents=contents, board=board, names=names, at=at, edge=edge, changes=changes, kept=kept,
                notes=(*_notes(contents, due, ours), *among_strangers(contents, due, ours)))


def _arranged(spec: Package, board: Optional[Package], names: Names, at: Point, back: Collection[str]) -> Package:
    if board is None or board.carrier is None:
        return moved_to(renamed(spec, names, {}), at)
    return arrange(spec, board, names, back)


def _changes(contents: Contents, board: Optional[Package], due: Package, ours: dict[str, list[int]], place: Sequence[Drift]
             ) -> Iterator[Change]:
    units = drawn_groups(due)
    differs = (*place, *drift(board, due)) if board is not None else ()
    differences = _by_group(differs, states_stackup(contents), contents.inside)
    for key, parts in units.items():
        if key not in ours:
            if key in differences and _drawn_by_hand(board, key):
                continue
            yield Change(NEW, key, tuple(part.part.description for part in parts), True)
        elif key in differences:
            why = why_not(contents, ours[key])
            found = tuple(_words(differences[key]))
            yield Change(BLOCKED, key, (why, *found), False) if why else Change(CHANGED, key, found, True)
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


def _moves(board: Optional[Package], due: Package, spec: Package) -> Iterator[Change]:
    """Parts that people have moved: they stay, unless somebody wants them back where the package file has them."""
    if board is None or board.carrier is None:
        return
    there = {chip.key for chip in board.chips} | {passive.key for passive in board.passives}
    original = moved_to(spec, board.carrier.outline.centre)
    pairs: list[tuple[Union[Chip, Passive], Union[Chip, Passive]]] = [*zip(due.chips, original.chips)]
    pairs += zip(due.passives, original.passives)
    for part, first in pairs:
        if part.key in there and (part.at, part.angle % 360_000) != (first.at, first.angle % 360_000):
            yield Change(MOVED, part.key, (f"it stays {_spot(part.at, part.angle, due)}; the package file has it "
                                           f"{_spot(first.at, first.angle, due)}",), False)


def _spot(at: Point, angle: int, package: Package) -> str:
    x, y = package.carrier.outline.centre if package.carrier else (0, 0)
    turned = f", turned by {angle / 1000:g} deg" if angle % 360_000 else ""
    return f"at {show(at[0] - x, LENGTH, 'mm')}, {show(at[1] - y, LENGTH, 'mm')}{turned}"


def _edge_change(edge: Optional[Outline], due: Package) -> Iterator[Change]:
    assert due.carrier is not None
    size = " x ".join(show(side, LENGTH, "mm") for side in due.carrier.outline.size)
    if edge is None:
        yield Change(NEW, EDGE, (f"the carrier's outline on Edge.Cuts, {size}",), True)
    elif sorted(edge.rings[0]) != sorted(due.carrier.outline.rings[0]):
        yours = " x ".join(show(side, LENGTH, "mm") for side in edge.size)
        yield Change(CHANGED, EDGE, (f"what is drawn on Edge.Cuts ({yours}) → the carrier's outline ({size})",), False)


def _kept(names: Names, contents: Contents, ours: dict[str, list[int]], board: Optional[Package]) -> Iterator[str]:
    for what, others in (("chip", names.chips), ("passive", names.passives), ("net", names.nets)):
        yield from (f"{what} {old} is called {new} on the board and stays so" for old, new in others.items())
    for passive in board.passives if board is not None else ():
        if passive.key not in ours:
            yield f"{passive.name} has no field 'Package part': it is your own and stays as it is"


def _notes(contents: Contents, due: Package, ours: dict[str, list[int]]) -> Iterator[str]:
    wanted = due.carrier.stackup if due.carrier else ()
    notes = Notes(contents.index)
    there = read_stackup(contents, notes, Fields(notes, "", (0, 0), {}), chips_on_back=False)
    if states_stackup(contents) and wanted and not notes.faults and _numbers(there) != _numbers(wanted):
        yield ("the board's stack-up is another, and a plugin cannot change it: in Board Setup > Physical Stackup, enter "
               f"{'; '.join(_numbers(wanted))} (there it says {'; '.join(_numbers(there))})")
    mine = {number for numbers in ours.values() for number in numbers}
    others = {contents.reference(number) for number in range(len(contents.footprints)) if number not in mine}
    named = (keys.last(key) for key in drawn_groups(due) if key not in ours and key not in (FINGERS, WIRES, CARRIER))
    twice = [reference for reference in named if reference in others]
    if twice:
        yield f"the board has other footprints called {', '.join(twice)} already; rename these or those"


def _numbers(layers: Sequence[Layer]) -> list[str]:
    return [f"{layer.kind} {show(layer.thickness.nominal, LENGTH)}" for layer in layers if layer.thickness.nominal]


def states_stackup(contents: Contents) -> bool:
    """Whether the board's set-up has a stack-up of its own."""
    return contents.carrier_setup.first("stackup") is not None
