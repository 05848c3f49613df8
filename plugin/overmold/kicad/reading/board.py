"""A board becomes a Package: positions from what is drawn, thicknesses from the stack-up, the rest from fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import PurePath
from typing import Optional

from ...faults import Faults, did_you_mean, fail
from ...package import Package, Passive, keys
from ...package.cavity import with_tops
from ...package.no_net import said_of_no_nets
from ..names import fields as words
from ..names.fields import CARRIER, CHIP, FINGERS, LAND_PATTERN, PASSIVE, WIRES
from .carrier import EDGE, edge_items, only_one, read_carrier, read_edge, read_lid, read_singulation
from .cavities import put_in_cavities, read_cavities
from .chip import read_chip
from .contents import Contents, read_contents
from .customer_lands import read_lands
from .extent import within_reach
from .field_names import almost, misnamed
from .fields import Fields, Notes
from .frame import has_frame, read_frame
from .holes import read_holes
from .inside import holes_under, its_nets, own_outline, state_place
from .keep_outs import read_keep_outs
from .leftovers import name_leftovers
from .mold import read_mold
from .notes_text import listed
from .odd import EVERYTHING, LOST, fault_of, in_order, odd_of
from .on_chip import put_passives_on_chips
from .one_footprint import Footprint, footprint_of
from .parts import read_balls, read_passive, read_top_lands
from .sides import check_far_chips, chip_side, not_under_a_frame, on_its_side
from .stackup import read_stackup
from .told_apart import name_of_its_own, not_placed, told_apart
from .wiring import put_chips_on_chips, read_fingers, read_wires

_PASSIVE_REFERENCE = re.compile(r"(C|R|L|FB)\d+")
HOW = f"give a footprint the field '{words.PART}' with one of: {CARRIER}, {CHIP}, {PASSIVE}; or use 'overmold build'"


def read_board(data: bytes, source: str) -> Package:
    """The package that a KiCad board (``.kicad_pcb``, KiCad 7 to 10) draws; ``source`` names it for people.

    Raises Faults with everything that cannot be read, in one pass.
    """
    contents = read_contents(data, source)
    return _or_nothing(contents, _whole(_gone_on(contents, PurePath(source).stem, leftovers=True)))


def read_board_as_far_as_it_goes(data: bytes, source: str) -> Package:
    """The same without what cannot be read of single parts: that is the package's ``odd``, and what it leaves unknown.

    Raises Faults for a file that is no board of KiCad's, and where nothing on it is part of a package.
    """
    contents = read_contents(data, source)
    return _or_nothing(contents, _gone_on(contents, PurePath(source).stem, leftovers=True))


def _or_nothing(contents: Contents, found: Optional[Package]) -> Package:
    if found is None and contents.land_patterns:
        raise fail(contents.index.source, f"this is a customer's board: {listed(contents.land_patterns)} is where a finished "
                   "package is soldered to it, and of the package itself there is nothing here to judge")
    if found is None:
        how = f"it was written by KiCad 5, whose footprints have no fields: open and save it in KiCad 9, then {HOW}"
        raise fail(contents.index.source, "nothing on this board is part of a package; "
                   f"{how if contents.is_of_kicad_5 else HOW}")
    return found


def package_on_as_far_as_it_goes(contents: Contents, name: str) -> Optional[Package]:
    """The package of a board that is read to columns, None where nothing is part of one; ``name`` serves where none is stated.

    What cannot be read of single parts is the package's ``odd``, and what it leaves unknown.
    """
    return _gone_on(contents, name)


def _whole(package: Optional[Package]) -> Optional[Package]:
    if package is not None and package.odd:
        raise Faults([fault_of(odd) for odd in package.odd])
    return package


def _gone_on(contents: Contents, name: str, leftovers: bool = False) -> Optional[Package]:
    if contents.land_patterns:
        return None
    notes = Notes(contents.index)
    everything = range(len(contents.footprints))
    parts = by_role(contents, notes, everything)
    package = package_of(contents, notes, parts, name, everything)
    if not (parts[CARRIER] or parts[CHIP] or parts[PASSIVE] or package.mold) and all(f.part == EDGE for f in notes.faults):
        return None  # what is wrong with the outline of a board that is no package is nothing to us
    with notes.gathering("holes", "holes"):
        holes = read_holes(contents, notes, chip_side(parts))
        outline = package.carrier.outline if package.carrier else None
        package = replace(package, holes=holes_under(holes, outline) if contents.inside else holes)
    package = within_reach(replace(package, remarks=(*package.remarks, *said_of_no_nets(its_nets(contents)))), notes)
    lacks = tuple(what for what, there in (
        ("carrier", package.carrier), ("chip", package.chips or package.is_bare_wafer_chip)) if not there)
    package = replace(package, lacks=lacks)
    if leftovers:
        on_back = chip_side(parts)
        unread = {one.number for role in (CHIP, PASSIVE) for one in parts[role]
                  if one.is_unplaced or not on_its_side(one, role, on_back)}
        unread.update(one.number for one in parts[WIRES] if one.is_unplaced)
        package = replace(package, remarks=(*package.remarks, *name_leftovers(contents, notes, unread)))
    return replace(package, odd=tuple(odd_of(fault) for fault in in_order(notes.faults)))


def by_role(contents: Contents, notes: Notes, chosen: Collection[int]) -> dict[str, list[Footprint]]:
    """The footprints among ``chosen`` (their numbers) that a field calls part of a package, by what they are."""
    parts: dict[str, list[Footprint]] = {role: [] for role in (CARRIER, CHIP, PASSIVE, LAND_PATTERN, FINGERS, WIRES)}
    for number, role in contents.role_of.items():
        if number not in chosen:
            continue
        found = footprint_of(contents, notes, number)
        if role in parts:
            parts[role].append(found)
        else:
            found.fields.wrong(words.PART, f"'{role}' is not a part of a package{did_you_mean(role, tuple(parts))}" if role else
                               f"what this is is not stated; write one of {', '.join(parts)}, or delete the field", *EVERYTHING)
    for some in parts.values():
        misnamed(some)
    _almost_parts(contents, notes, chosen)
    return parts


def _almost_parts(contents: Contents, notes: Notes, chosen: Collection[int]) -> None:
    """Footprints that some field almost calls part of a package."""
    for number, all_fields in enumerate(contents.fields):
        if number in chosen and number not in contents.role_of:
            name = next((name for name in all_fields if almost(name) == words.PART), "")
            if name:
                found = footprint_of(contents, notes, number)
                found.fields.wrong(name, f"this is not a field of Overmold's; did you mean '{words.PART}'? Rename it",
                                   *LOST.get(all_fields[name].value.strip(), EVERYTHING))


def package_of(contents: Contents, notes: Notes, parts: dict[str, list[Footprint]], name: str, chosen: Collection[int],
               mold_layer: bool = True) -> Package:
    """The package that these parts make, with passives among the ``chosen`` footprints that only their references name.

    ``mold_layer``: whether what is drawn on the layer for it is the mold; a rule area of that name is one in any case.
    """
    carrier = only_one(notes, parts[CARRIER], "carrier")
    fields = carrier.fields if carrier else Fields(notes, "", (0, 0), {})
    on_back = chip_side(parts)
    name = fields.text(words.PACKAGE_NAME, "name") or name
    before = len(notes.faults)
    edge = own_outline(carrier) if carrier and contents.inside else read_edge(contents, notes)
    if carrier:
        carrier.put("carrier", drawn=None if contents.inside else edge_items(contents))
        state_place(carrier)
        if edge is None and len(notes.faults) == before:
            carrier.wrong("the carrier has no outline; draw a closed one on Edge.Cuts", keys.CARRIER)
    on_frame = carrier is not None and has_frame(fields)
    frame = read_frame(carrier) if carrier is not None and on_frame else None
    # KiCad keeps a stack-up for every board; that of a frame is none.
    stackup = () if on_frame else read_stackup(contents, notes, fields, on_back)
    aside: list[str] = []
    taken: set[str] = set()
    placed = [not_under_a_frame(told_apart(parts[role], role, on_back, taken, aside), role, fields, on_frame)
              for role in (CHIP, PASSIVE)]
    chips = tuple(chip for chip in map(read_chip, placed[0]) if chip)
    put_chips_on_chips(placed[0], chips)
    check_far_chips(placed[0], chips)
    fingers = read_fingers(parts[FINGERS])
    stated = [_gathered(read_passive, one, True) for one in placed[1]]
    by_name = _by_reference(contents, notes, on_back, parts, chosen, aside)
    passives = tuple(filter(None, [*stated, *(_gathered(read_passive, one, False) for one in by_name)]))
    put_passives_on_chips([*placed[1], *by_name], passives, chips)
    cavities = read_cavities(contents, notes, carrier)
    put_in_cavities([*placed[0], *placed[1], *by_name], [*chips, *passives], cavities)
    bearer = read_carrier(fields, edge, stackup, fingers, frame, carrier.angle if carrier else 0)
    return with_tops(Package(
        name, contents.index.source, bearer, chips,
        passives,
        wires=read_wires(_to_be_made(parts[WIRES], aside), chips, fingers, frame),
        mold=read_mold(contents, notes, carrier, fields, mold_layer),
        balls=read_balls(carrier, on_back) if carrier and not on_frame else None,
        top_lands=read_top_lands(carrier, on_back) if carrier and not on_frame else None,
        singulation=read_singulation(fields, carrier), lid=read_lid(fields), lands=read_lands(fields, bearer),
        keep_outs=read_keep_outs(contents, notes, carrier), cavities=cavities,
        places=notes.places, unplaced=tuple(aside), remarks=tuple(not_placed(aside)), **fields.data(Package, ""),
    ))


def _to_be_made(wires: list[Footprint], aside: list[str]) -> list[Footprint]:
    """Those of these footprints whose wires are to be made; the others are put ``aside``."""
    aside.extend(keys.within(keys.WIRES, one.name) for one in wires if one.is_unplaced)
    return [one for one in wires if not one.is_unplaced]


def _gathered(read: Callable[[Footprint, bool], Optional[Passive]], found: Footprint, stated: bool) -> Optional[Passive]:
    with found.gathering(keys.PASSIVES):
        return read(found, stated)
    return None


def _by_reference(contents: Contents, notes: Notes, on_back: bool, parts: dict[str, list[Footprint]], chosen: Collection[int],
                  aside: list[str]) -> list[Footprint]:
    """Passives that a person drew without our fields: named like one, with copper, on the side of the chips and on no other.

    Those not to be placed are put ``aside``. On a board that is not the carrier's own they are the board's.
    """
    if contents.inside:
        return []
    taken = {found.name for role in parts.values() for found in role}
    found = []
    for number in sorted(chosen):
        if number in contents.role_of or bool(contents.on_back[number]) != on_back:
            continue
        name = contents.reference(number)
        rows = contents.pads.of(number)
        pads = contents.pads
        through = (pads.on_front & pads.on_back)[rows].any()  # no part in a mold has pins through the carrier
        if _PASSIVE_REFERENCE.fullmatch(name) and pads.is_contact[rows].any() and not through:
            one = footprint_of(contents, notes, number)
            if one.is_unplaced:
                aside.append(keys.passive(name))
                continue
            found.append(replace(one, name=name_of_its_own(name, taken)))
            taken.add(found[-1].name)
    return found
