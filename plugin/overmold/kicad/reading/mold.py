"""What a board says of the mold: outlines, rule areas, the carrier's fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Optional

from ...package import Mold, Process, Region, keys
from ...package.datum import data_of, key_of
from ...shapes import Outline
from ..clauses.columns import last_word
from ..clauses.scan import Int32
from ..clauses.tree import tree
from ..names import fields as words
from .contents import Contents
from .drawn import drawn, ring_points
from .field_names import misnamed_of_regions
from .fields import Fields, Notes
from .one_footprint import Footprint
from .outlines import outline_of_rings, outline_of_shapes


def read_mold(contents: Contents, notes: Notes, carrier: Optional[Footprint], fields: Fields, on_layer: bool = True
              ) -> Optional[Mold]:
    """The mold: its outline on the layer for it (if ``on_layer``), the rule area of that name, and the carrier's fields."""
    index, who = contents.index, carrier.name if carrier else "the board"
    names = contents.layers("Mold cap outline") if on_layer else ("",)
    alone = carrier if contents.inside else None  # what else is drawn there is another's
    among = [contents.inner(alone.number)] if alone else [contents.top, contents.parts]
    around = area = None
    regions: tuple[Region, ...] = ()
    before = len(notes.faults)
    with notes.gathering(who, "mold"):
        on_board = drawn(index, contents.top, names, "gr") if on_layer and not alone else []
        what = f"the mold outline on layer {names[0]}"
        notes.taken.update(shape.at for shape in on_board)
        around = outline_of_shapes(index, on_board, what)
        inner = carrier.outline(*names, what=what) if carrier else None
        if inner and around:
            fault = index.fault(f"{what} is drawn in {who} and on the board; delete one", on_board[0].at)
            notes.faults.append(replace(fault, unknown=("mold",)))
        around = around or inner
    with notes.gathering(f"rule area '{words.MOLD_CAP_AREA}'", "mold.area"):
        area = _mold_area(contents, notes, among)
    with notes.gathering("rule areas of further blocks of mold", "mold"):
        regions = _regions(contents, notes, among, fields)
    undrawn = around is None and area is None and len(notes.faults) == before
    data, process = fields.data(Mold, "mold"), Process(**fields.data(Process, "mold.process"))
    if around is None and area is None:
        if regions:
            said = ("there are further blocks of mold, but not the first: draw its outline on layer 'Mold cap outline' "
                    f"({names[0]})")
            notes.faults.append(replace(index.fault(said, 0, who), unknown=("mold",)))
        elif undrawn and carrier and (any(data.values()) or process != Process()):
            carrier.wrong("the mold has fields but no outline; draw a closed one on layer "
                          f"'Mold cap outline' ({names[0]})", "mold")
        return None
    if carrier and "mold" not in notes.places:
        shapes = on_board or carrier.drawn_on(*names)
        zone = notes.places.get("mold.area")
        carrier.put("mold", "mold cap", drawn=shapes)
        if not shapes and zone is not None:
            notes.places["mold"] = replace(notes.places["mold"], drawn=zone.drawn)
    return Mold(outline=around or area, process=process, area=area, regions=regions, **data)  # type: ignore[arg-type]


def _regions(contents: Contents, notes: Notes, among: Sequence[Int32], fields: Fields) -> tuple[Region, ...]:
    """Further blocks of mold: a rule area each, called "Mold region" and its name, and the carrier's fields with that name."""
    found: dict[str, Region] = {}
    for name, zone, area in areas_called(contents, notes, among, words.MOLD_REGION):
        key, called = keys.region(name), f"rule area '{words.MOLD_REGION}{name}'"
        if name in found or not name:
            notes.wrong("there is more than one area of this name; rename the others" if name else
                        f"a block of mold needs a name; call the area '{words.MOLD_REGION}B'", zone, called, key)
            continue
        uuid = last_word(contents.index, contents.index.called(contents.index.inside(zone), b"uuid")[:1], b"uuid")
        notes.put(key, called, zone, area.centre, "".join(uuid))
        process = Process(**_data(fields, Process, name, keys.within(key, "process")))
        found[name] = Region(name=name, outline=area, process=process, **_data(fields, Region, name, key))
    for label in words.REGION_FIELDS:
        for field in [one for one in fields.all if one.startswith(label) and one[len(label):] not in found]:
            fields.wrong(field, f"there is no rule area '{words.MOLD_REGION}{field[len(label):]}' that it could be of; draw "
                         "one, or delete the field", "mold")
    misnamed_of_regions(fields, found)
    return tuple(found.values())


def _data(fields: Fields, part: type, name: str, key: str) -> dict[str, Any]:
    """What the fields of a further block of mold say of this kind of part, by its attributes."""
    return {attribute: fields.datum(words.of_region(one, name), keys.within(key, key_of(attribute, one)))
            for attribute, one in data_of(part).items()}


def areas_called(contents: Contents, notes: Notes, among: Sequence[Int32], start: str) -> Iterator[tuple[str, int, Outline]]:
    """The rest of its name, the clause and the outline of every area whose name begins so, in the order of the file. KiCad
    writes all zones in board coordinates, footprints' too."""
    index = contents.index
    for zone in sorted({zone for clauses in among for zone in index.called(clauses, b"zone").tolist()}):
        inner = index.inside(zone)
        name = "".join(last_word(index, index.called(inner, b"name"), b"name")).strip()
        if not name.startswith(start) or (start == words.MOLD_CAP_AREA and name != start):
            continue
        notes.taken.add(int(index.start[zone]))
        polygons = [tree(index, part) for part in index.called(inner, b"polygon").tolist()]
        rings = [ring_points(index, polygon) for polygon in polygons]
        yield name[len(start):], zone, outline_of_rings(index, rings, "the area", int(index.start[zone]))


def _mold_area(contents: Contents, notes: Notes, among: Sequence[Int32]) -> Optional[Outline]:
    """The rule area called "Mold cap" among these clauses."""
    found = [(zone, area) for _, zone, area in areas_called(contents, notes, among, words.MOLD_CAP_AREA)]
    if len(found) > 1:
        notes.wrong("there is more than one area of this name; delete or rename the others", found[1][0],
                    f"rule area '{words.MOLD_CAP_AREA}'", "mold.area")
    if not found:
        return None
    uuid = last_word(contents.index, contents.index.called(contents.index.inside(found[0][0]), b"uuid")[:1], b"uuid")
    notes.put("mold.area", f"rule area '{words.MOLD_CAP_AREA}'", found[0][0], found[0][1].centre, "".join(uuid))
    return found[0][1]
