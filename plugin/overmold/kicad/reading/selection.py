"""Selected footprints of a board become a Package: ours by their fields, a team's own by what they are.

Whatever is taken for something, and whatever is left out or not said, stands in the notes, in words for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Optional

from ...faults import Fault, Faults, did_you_mean, fail
from ...package import Balls, Chip, Package
from ...package.datum import data_of
from ..names import fields as words
from ..names.fields import CARRIER, CHIP, LAND_PATTERN
from .board import by_role, package_of
from .carrier import EDGE
from .contents import FOOTPRINT, Contents, read_contents, tree_head
from .extent import must_hang_together
from .fields import Notes
from .footprint import read_footprint
from .foreign import (
    BALLS,
    BUMPS,
    FINISHED,
    array_kind,
    finished_package,
    foreign,
    foreign_balls,
    foreign_chip,
    pad_notes,
    why_no_array,
)
from .foreign_fingers import with_fingers
from .library_footprint import Read, read_finished
from .notes_text import left_out, listed, taken_as_finished, twice
from .one_footprint import Footprint, contacts, footprint_of
from .sides import chip_side
from .told_apart import name_of_its_own

_ENDINGS = (".kicad_pcb", ".kicad_mod")
# Said to a person at the command line as well as to one who selected items in KiCad: so nothing here is "selected".
_PARTS = ("its balls (an array of pads on B.Cu), its chips (arrays of pads on F.Cu) and its passives (C1, R1, L1, FB1), or "
          f"footprints with the field '{words.PART}'")


def read_selection(board_text: bytes, name: str, uuids: Collection[str]) -> tuple[Package, tuple[str, ...]]:
    """The package that the footprints with these uuids make, all footprints of the board where there are none, and notes.

    ``name`` is that of the board's file. What a package file cannot hold of it is for its writer to say. Raises Faults for what
    cannot be read, and, saying what to choose, where none of these is part of a package.
    """
    contents = read_contents(board_text, name)
    notes = Notes(contents.index)
    said: list[str] = []
    chosen = _with_supports(contents, _chosen(contents, uuids), said)
    if contents.inside:
        said += left_out([contents.reference(number) for number in sorted(chosen - set(contents.role_of))],
                         "the package lies inside this board, and this is not part of it")
        chosen &= set(contents.role_of)
    parts = by_role(contents, notes, chosen)
    found = _arrays(contents, notes, parts, chosen)
    if found.finished and not (found.balls or parts[CARRIER] or parts[CHIP]):
        package = _finished(contents, notes, found, chosen, said)
    else:
        package = _on_carrier(contents, notes, parts, found, chosen, _plain(name), said)
    # Of a whole board, parts with references like C1 alone make no package: every board has those.
    fingers = package.carrier.fingers if package.carrier is not None else ()
    known = package.chips or fingers or package.balls or package.mold or any(parts.values()) or (uuids and package.passives)
    if not known and all(fault.part == EDGE for fault in notes.faults):
        some = f"; {len(package.passives)} are called like passives, and no more" if package.passives else ""
        raise fail(name, f"none of these footprints is part of a package; choose {_PARTS}" if uuids else
                   f"no footprint of this board is part of a package{some}, which is made of {_PARTS}")
    must_hang_together(package, notes)
    if notes.faults:
        raise Faults(sorted(notes.faults, key=lambda fault: (fault.line, fault.column)))
    return package, (*package.remarks, *said)


def uuids_of(board_text: bytes, name: str, references: Collection[str]) -> set[str]:
    """The uuids of the footprints with these references; raises Faults for each reference that the board does not have."""
    contents = read_contents(board_text, name)
    known: dict[str, set[str]] = {}
    for number in range(len(contents.footprints)):
        uuid = contents.word_of(number, "uuid") or contents.word_of(number, "tstamp")
        known.setdefault(contents.reference(number), set()).add(uuid)
    missing = [one for one in references if one not in known]
    if missing:
        raise Faults([Fault(name, f"there is no footprint '{one}' on this board"
                            f"{did_you_mean(one, sorted(known)) if known else ''}") for one in missing])
    return {uuid for one in references for uuid in known[one]}


def read_one_footprint(data: bytes, source: str) -> Read:
    """The same for a footprint file: one of ours, or the finished package on the lands of somebody else's."""
    contents = read_contents(data, source, FOOTPRINT)
    if contents.role_of.get(0):
        package = read_footprint(data, source)
        land_pattern = contents.role_of[0] == LAND_PATTERN
        return Read(package, ("the lands are those of the customer's board; the carrier's own are not drawn here",)
                    if land_pattern else (), ())
    notes = Notes(contents.index)
    found = read_finished(contents, notes)
    if notes.faults:
        raise Faults(notes.faults)
    return found


def _plain(name: str) -> str:
    """The name of a package after the file it was read from."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return next((last[:-len(ending)] for ending in _ENDINGS if last.endswith(ending)), last)


@dataclass
class _Arrays:
    """Footprints without our fields that are arrays, by what they are."""

    balls: list[Footprint] = field(default_factory=list)
    bumps: list[Footprint] = field(default_factory=list)
    finished: list[Footprint] = field(default_factory=list)

    @property
    def numbers(self) -> set[int]:
        """Which footprints these are."""
        return {one.number for one in (*self.balls, *self.bumps, *self.finished)}


def _chosen(contents: Contents, uuids: Collection[str]) -> set[int]:
    if not uuids:
        return set(range(len(contents.footprints)))
    wanted = {uuid.lower() for uuid in uuids}
    chosen = {number for number in range(len(contents.footprints))
              if (contents.word_of(number, "uuid") or contents.word_of(number, "tstamp")).lower() in wanted}
    if not chosen:
        raise fail(contents.index.source, f"none of these items is a footprint of this board; choose {_PARTS}")
    return chosen


def _with_supports(contents: Contents, chosen: set[int], said: list[str]) -> set[int]:
    """What is chosen, and the chips that chosen chips stand on."""
    chips = {contents.reference(number): number for number, role in contents.role_of.items() if role == CHIP}
    chosen, todo = set(chosen), [number for number in chips.values() if number in chosen]
    while todo:
        upper = todo.pop()
        stands = contents.fields[upper].get(data_of(Chip)["on"].label)
        for name in (one.strip() for one in stands.value.split(",")) if stands else ():
            if name in chips and chips[name] not in chosen:
                chosen.add(chips[name])
                todo.append(chips[name])
                said.append(f"{name} is taken too, for {contents.reference(upper)} stands on it")
    return chosen


def _arrays(contents: Contents, notes: Notes, parts: dict[str, list[Footprint]], chosen: set[int]) -> _Arrays:
    found, on_back = _Arrays(), chip_side(parts)
    for number in sorted(chosen - set(contents.role_of)):
        one = footprint_of(contents, notes, number)
        kind = array_kind(one, on_back)
        if kind:
            {BALLS: found.balls, BUMPS: found.bumps, FINISHED: found.finished}[kind].append(one)
    found.balls.sort(key=lambda one: -len(contacts(contents.pads, one.number)))
    return found


def _finished(contents: Contents, notes: Notes, found: _Arrays, chosen: set[int], said: list[str]) -> Package:
    """One ball-grid array on a customer's board: the finished package that is soldered there."""
    if len(found.finished) > 1:
        names = listed([one.name for one in found.finished])
        raise fail(contents.index.source, f"{names} are finished packages, soldered to this board; choose one of them. Where "
                   "they are chips on a carrier, choose the carrier's balls (on B.Cu) with them")
    if not found.finished[0].on_back:
        read = read_finished(contents, notes, found.finished[0].number)
        rest = sorted(chosen - {found.finished[0].number})
        said += [f"{found.finished[0].name}: {one}" for one in read.notes]
        said += left_out([contents.reference(number) for number in rest], "not part of that package")
        return read.package
    body = foreign(found.finished[0])
    said.append(taken_as_finished(body.name, len(contacts(contents.pads, body.number)), body.body_from))
    said += pad_notes(body, on_carrier=False)
    rest = sorted(chosen - {body.number})
    said += left_out([contents.reference(number) for number in rest], "not part of that package")
    return finished_package(body, tree_head(contents.index, body.clause) or body.name)


def _on_carrier(contents: Contents, notes: Notes, parts: dict[str, list[Footprint]], found: _Arrays, chosen: set[int],
                name: str, said: list[str]) -> Package:
    """A package whose carrier is this board."""
    stated = bool(parts[CARRIER])
    mold_layer = stated or "Mold cap outline" in contents.user_layers
    package = package_of(contents, notes, parts, name, chosen - found.numbers, mold_layer)
    unknown = chosen - found.numbers - set(contents.role_of)
    package, rings = with_fingers(contents, notes, package, unknown, chip_side(parts), said)
    chips = list(_chips(contents, package, found, said))
    balls = package.balls or _balls(package, found, stated, chip_side(parts), said)
    if package.carrier is not None and not stated:
        said.append("the board's outline and stack-up are taken for the carrier's" if package.carrier.stackup else
                    "the board's outline is taken for the carrier's")
    named = [one.name for one in package.passives if one.name not in {each.name for each in parts[words.PASSIVE]}]
    if named:
        said.append(f"taken for passives by their references: {listed(named)}")
        said += [twice(name.rpartition("_")[0], name) for name in named if "_" in name]
    known = {number for number in contents.role_of if contents.role_of[number] != LAND_PATTERN} | found.numbers | rings
    taken = {(place.line, place.column) for place in (package.place(one.key) for one in package.passives)}
    reasons: dict[str, list[str]] = {}
    for number in sorted(chosen - known):
        if contents.index.line_and_column(int(contents.index.start[contents.footprints[number]])) not in taken:
            reasons.setdefault(why_no_array(footprint_of(contents, notes, number)), []).append(contents.reference(number))
    for why, left in reasons.items():
        said += left_out(left, why or "an array on the chips' side cannot be the balls")
    said += left_out([one.name for one in parts[LAND_PATTERN]], "a land pattern is the customer's board")
    return replace(package, chips=(*package.chips, *chips), balls=balls)


def _chips(contents: Contents, package: Package, found: _Arrays, said: list[str]) -> Iterator[Chip]:
    names = {chip.name for chip in package.chips} | {passive.name for passive in package.passives}
    for one in (*found.bumps, *found.finished):
        body = foreign(one)
        name = name_of_its_own(body.name, names)
        names.add(name)
        if name != body.name:
            said.append(twice(body.name, name))
        chip = foreign_chip(replace(body, name=name))
        if chip is not None:
            size = f"; its size is that of {body.body_from}" if body.body_from else ""
            count = len(contacts(contents.pads, one.number))
            said.append(f"{name}: its {count} pads are taken for the bumps of a flip chip{size}")
            said += pad_notes(replace(one, name=name))
            yield chip


def _balls(package: Package, found: _Arrays, stated: bool, on_back: bool, said: list[str]) -> Optional[Balls]:
    """The largest array on the far side."""
    if package.carrier is not None and package.carrier.frame is not None:
        said += left_out([one.name for one in found.balls], "a lead frame has no balls")
        return None
    if not found.balls:
        return None
    balls = foreign_balls(found.balls[0], on_back)
    if balls is not None:
        said.append(f"{found.balls[0].name}: its {len(balls.sites)} pads on the far side are taken for the package's balls")
        said += pad_notes(found.balls[0])
    said += left_out([one.name for one in found.balls[1:]], "a package has one array of balls")
    return balls
