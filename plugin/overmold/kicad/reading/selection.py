"""Selected footprints of a board become a Package: ours by their fields, a team's own by what they are.

Whatever is taken for something, and whatever is left out or not said, stands in the notes, in words for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Optional

from ...faults import Fault, Faults, did_you_mean, fail
from ...package import Balls, Chip, Package
from ...package.datum import data_of
from ...package.moved import about_centre
from ...package_file.writing.frame import misplaced_leads
from ...package_file.writing.lacking import lacking
from ...package_file.writing.sayable import sayable
from ..names import fields as words
from ..names.fields import CARRIER, CHIP, LAND_PATTERN
from .board import by_role, chip_side, package_of
from .fields import Notes
from .footprint import read_footprint
from .foreign import BALLS, BUMPS, FINISHED, array_kind, finished_package, foreign, foreign_balls, foreign_chip
from .layout import FOOTPRINT, Layout, read_layout, tree_head
from .part import Part, contacts, part

_MOST_NAMED = 12
_ENDINGS = (".kicad_pcb", ".kicad_mod")
# Said to a person at the command line as well as to one who selected items in KiCad: so nothing here is "selected".
_PARTS = ("its balls (an array of pads on B.Cu), its chips (arrays of pads on F.Cu) and its passives (C1, R1, L1, FB1), or "
          f"footprints with the field '{words.PART}'")


def read_selection(board_text: bytes, name: str, uuids: Collection[str]) -> tuple[Package, tuple[str, ...]]:
    """The package that the footprints with these uuids make, all footprints of the board where there are none, and notes.

    ``name`` is that of the board's file. What it returns can be written as a package file as it stands. Raises Faults for what
    cannot be read, and, saying what to choose, where none of these is part of a package.
    """
    layout = read_layout(board_text, name)
    notes = Notes(layout.index)
    said: list[str] = []
    chosen = _with_supports(layout, _chosen(layout, uuids), said)
    parts = by_role(layout, notes, chosen)
    found = _arrays(layout, notes, parts, chosen)
    if found.finished and not (found.balls or parts[CARRIER] or parts[CHIP]):
        package = _finished(layout, notes, found, chosen, said)
    else:
        package = _on_carrier(layout, notes, parts, found, chosen, _plain(name), said)
    if notes.faults:
        raise Faults(sorted(notes.faults, key=lambda fault: (fault.line, fault.column)))
    if not (package.chips or package.passives or package.balls or package.mold or parts[CARRIER]):
        raise fail(name, f"none of these footprints is part of a package; choose {_PARTS}" if uuids else
                   f"no footprint of this board is part of a package, which is made of {_PARTS}")
    return _with_notes(package, said)


def uuids_of(board_text: bytes, name: str, references: Collection[str]) -> set[str]:
    """The uuids of the footprints with these references; raises Faults for each reference that the board does not have."""
    layout = read_layout(board_text, name)
    known: dict[str, set[str]] = {}
    for number in range(len(layout.footprints)):
        uuid = layout.word_of(number, "uuid") or layout.word_of(number, "tstamp")
        known.setdefault(layout.reference(number), set()).add(uuid)
    missing = [one for one in references if one not in known]
    if missing:
        raise Faults([Fault(name, f"there is no footprint '{one}' on this board"
                            f"{did_you_mean(one, sorted(known)) if known else ''}") for one in missing])
    return {uuid for one in references for uuid in known[one]}


def read_one_footprint(data: bytes, source: str) -> tuple[Package, tuple[str, ...]]:
    """The same for a footprint file: one of ours, or the lands of a ball-grid array, as balls of the package on them."""
    layout = read_layout(data, source, FOOTPRINT)
    if layout.role_of.get(0):
        package = read_footprint(data, source)
        land_pattern = layout.role_of[0] == LAND_PATTERN
        return _with_notes(package, ["the lands are those of the customer's board; the carrier's own are not drawn here"]
                           if land_pattern else [])
    notes = Notes(layout.index)
    only = part(layout, notes, 0)
    if not array_kind(only, chips_on_back=only.on_back):
        raise fail(source, "this footprint is no array of balls or lands; give a board, the footprint of a ball-grid array, or "
                   f"one with the field '{words.PART}'")
    body = foreign(only)
    package = finished_package(body, _plain(tree_head(layout.index, 0)))
    if notes.faults:
        raise Faults(notes.faults)
    return _with_notes(package, [_taken_as_finished(body.name, len(contacts(layout.pads, 0)), body.body_from)])


def _plain(name: str) -> str:
    """The name of a package after the file it was read from."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return next((last[:-len(ending)] for ending in _ENDINGS if last.endswith(ending)), last)


def _with_notes(package: Package, said: Sequence[str]) -> tuple[Package, tuple[str, ...]]:
    mended, changes = sayable(package)
    carrier = mended.carrier
    moved: list[str] = []
    if carrier is not None and carrier.frame is not None:
        frame = about_centre(mended).carrier.frame  # type: ignore[union-attr]
        moved = misplaced_leads(frame, carrier.outline.size)  # type: ignore[arg-type]
    elsewhere = [f"leads that lie elsewhere than a regular frame has them: {_listed(moved)}; the package file has the regular "
                 "frame"] if moved else []
    return mended, (*said, *changes, *elsewhere, *lacking(mended))


@dataclass
class _Arrays:
    """Footprints without our fields that are arrays, by what they are."""

    balls: list[Part] = field(default_factory=list)
    bumps: list[Part] = field(default_factory=list)
    finished: list[Part] = field(default_factory=list)

    @property
    def numbers(self) -> set[int]:
        """Which footprints these are."""
        return {one.number for one in (*self.balls, *self.bumps, *self.finished)}


def _chosen(layout: Layout, uuids: Collection[str]) -> set[int]:
    if not uuids:
        return set(range(len(layout.footprints)))
    wanted = {uuid.lower() for uuid in uuids}
    chosen = {number for number in range(len(layout.footprints))
              if (layout.word_of(number, "uuid") or layout.word_of(number, "tstamp")).lower() in wanted}
    if not chosen:
        raise fail(layout.index.source, f"none of these items is a footprint of this board; choose {_PARTS}")
    return chosen


def _with_supports(layout: Layout, chosen: set[int], said: list[str]) -> set[int]:
    """What is chosen, and the chips that chosen chips stand on."""
    chips = {layout.reference(number): number for number, role in layout.role_of.items() if role == CHIP}
    chosen, todo = set(chosen), [number for number in chips.values() if number in chosen]
    while todo:
        upper = todo.pop()
        stands = layout.fields[upper].get(data_of(Chip)["on"].label)
        for name in (one.strip() for one in stands.value.split(",")) if stands else ():
            if name in chips and chips[name] not in chosen:
                chosen.add(chips[name])
                todo.append(chips[name])
                said.append(f"{name} is taken too, for {layout.reference(upper)} stands on it")
    return chosen


def _arrays(layout: Layout, notes: Notes, parts: dict[str, list[Part]], chosen: set[int]) -> _Arrays:
    found, on_back = _Arrays(), chip_side(parts)
    for number in sorted(chosen - set(layout.role_of)):
        one = part(layout, notes, number)
        kind = array_kind(one, on_back)
        if kind:
            {BALLS: found.balls, BUMPS: found.bumps, FINISHED: found.finished}[kind].append(one)
    found.balls.sort(key=lambda one: -len(contacts(layout.pads, one.number)))
    return found


def _finished(layout: Layout, notes: Notes, found: _Arrays, chosen: set[int], said: list[str]) -> Package:
    """One ball-grid array on a customer's board: the finished package that is soldered there."""
    if len(found.finished) > 1:
        names = _listed([one.name for one in found.finished])
        raise fail(layout.index.source, f"{names} are finished packages, soldered to this board; choose one of them. Where "
                   "they are chips on a carrier, choose the carrier's balls (on B.Cu) with them")
    body = foreign(found.finished[0])
    said.append(_taken_as_finished(body.name, len(contacts(layout.pads, body.number)), body.body_from))
    rest = sorted(chosen - {body.number})
    said += _left_out([layout.reference(number) for number in rest], "not part of that package")
    return finished_package(body, tree_head(layout.index, body.clause) or body.name)


def _taken_as_finished(name: str, count: int, body_from: str) -> str:
    size = f"; its size is that of {body_from}, for it draws no body on its fabrication layer" if body_from else ""
    return (f"{name}: its {count} lands are taken for the balls of a finished package, and its outline for the carrier's{size}"
            "; the lands are those of the customer's board, so the carrier's own are left out")


def _on_carrier(layout: Layout, notes: Notes, parts: dict[str, list[Part]], found: _Arrays, chosen: set[int], name: str,
                said: list[str]) -> Package:
    """A package whose carrier is this board."""
    stated = bool(parts[CARRIER])
    mold_layer = stated or "Mold cap outline" in layout.user_layers
    package = package_of(layout, notes, parts, name, chosen - found.numbers, mold_layer)
    chips = list(_chips(layout, package, found, said))
    balls = package.balls or _balls(package, found, stated, chip_side(parts), said)
    if package.carrier is not None and not stated:
        said.append("the board's outline and stack-up are taken for the carrier's" if package.carrier.stackup else
                    "the board's outline is taken for the carrier's")
    named = [one.name for one in package.passives if one.name not in {each.name for each in parts[words.PASSIVE]}]
    if named:
        said.append(f"taken for passives by their references: {_listed(named)}")
    known = {number for number in layout.role_of if layout.role_of[number] != LAND_PATTERN} | found.numbers
    unknown = [layout.reference(number) for number in sorted(chosen - known)]
    taken = {one.name for one in package.passives}
    said += _left_out([name for name in unknown if name not in taken],
                      "neither balls nor bumps nor a passive on the chips' side")
    said += _left_out([one.name for one in parts[LAND_PATTERN]], "a land pattern is the customer's board")
    return replace(package, chips=(*package.chips, *chips), balls=balls)


def _chips(layout: Layout, package: Package, found: _Arrays, said: list[str]) -> Iterator[Chip]:
    names = {chip.name for chip in package.chips} | {passive.name for passive in package.passives}
    for one in (*found.bumps, *found.finished):
        body = foreign(one)
        name, number = body.name, 1
        while name in names:
            number += 1
            name = f"{body.name}_{number}"
        names.add(name)
        chip = foreign_chip(replace(body, name=name))
        if chip is not None:
            size = f"; its size is that of {body.body_from}" if body.body_from else ""
            count = len(contacts(layout.pads, one.number))
            said.append(f"{name}: its {count} pads are taken for the bumps of a flip chip{size}")
            yield chip


def _balls(package: Package, found: _Arrays, stated: bool, on_back: bool, said: list[str]) -> Optional[Balls]:
    """The largest array on the far side."""
    if package.carrier is not None and package.carrier.frame is not None:
        said += _left_out([one.name for one in found.balls], "a lead frame has no balls")
        return None
    if not found.balls:
        return None
    balls = foreign_balls(found.balls[0], on_back)
    if balls is not None:
        said.append(f"{found.balls[0].name}: its {len(balls.sites)} pads on the far side are taken for the package's balls")
    said += _left_out([one.name for one in found.balls[1:]], "a package has one array of balls")
    return balls


def _left_out(names: Sequence[str], why: str) -> list[str]:
    return [f"left out: {_listed(list(names))} ({why})"] if names else []


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
