"""What a board says about the carrier itself: outline, stack-up, mold, how it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

from ...package import Carrier, Finger, Frame, Layer, Lid, Mold, Process, Singulation, keys
from ...shapes import Outline
from ..clauses.columns import last_word
from ..clauses.scan import Int32
from ..clauses.tree import Clause, tree
from ..names import fields as words
from .contents import Contents
from .drawn import Path, drawn, path, ring_points
from .fields import Fields, Notes
from .odd import OF_CARRIER
from .one_footprint import Footprint
from .outlines import outline, outline_of_rings, outline_of_shapes

EDGE = "Edge.Cuts"


def read_edge(contents: Contents, notes: Notes) -> Optional[Outline]:
    """The board's outline: what is drawn on Edge.Cuts, on the board and in its footprints; None where nothing is."""
    index = contents.index
    with notes.gathering(EDGE, keys.CARRIER):
        paths: list[Path] = [path(index, shape) for shape in drawn(index, contents.top, (EDGE,), "gr")]
        shapes = drawn(index, contents.parts, (EDGE,), "fp")
        if shapes:
            around = {int(index.start[clause]): clause for clause in contents.parts.tolist()}
            for shape in shapes:
                number = int(index.owners(contents.parts[contents.parts == around[shape.at]], contents.footprints)[0])
                x, y = contents.spots.xy[number].tolist()
                paths.append(path(index, shape, (x, y), int(contents.spots.angle[number])))
        return outline(index, paths, f"the outline on {EDGE}")
    return None


def edge_items(contents: Contents) -> Optional[list[Clause]]:
    """What of the outline is drawn on the board itself, None where that is nothing: what a person sees of a carrier's end."""
    return drawn(contents.index, contents.top, (EDGE,), "gr") or None


def read_carrier(fields: Fields, edge: Optional[Outline], stackup: tuple[Layer, ...], fingers: tuple[Finger, ...],
                 frame: Optional[Frame] = None, angle: int = 0) -> Optional[Carrier]:
    """The carrier, turned by the ``angle`` of its footprint; None where there is no outline."""
    data = fields.data(Carrier, "carrier")
    if edge is None:
        return None
    return Carrier(outline=edge, stackup=stackup, fingers=fingers, frame=frame, angle=angle, **data)


def read_mold(contents: Contents, notes: Notes, carrier: Optional[Footprint], fields: Fields, on_layer: bool = True
              ) -> Optional[Mold]:
    """The mold: its outline on the layer for it (if ``on_layer``), the rule area of that name, and the carrier's fields."""
    index, who = contents.index, carrier.name if carrier else "the board"
    names = contents.layers("Mold cap outline") if on_layer else ("",)
    alone = carrier if contents.inside else None  # what else is drawn there is another's
    among = [contents.inner(alone.number)] if alone else [contents.top, contents.parts]
    around = area = None
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
    undrawn = around is None and area is None and len(notes.faults) == before
    data, process = fields.data(Mold, "mold"), Process(**fields.data(Process, "mold.process"))
    if around is None and area is None:
        if undrawn and carrier and (any(data.values()) or process != Process()):
            carrier.wrong("the mold has fields but no outline; draw a closed one on layer "
                          f"'Mold cap outline' ({names[0]})", "mold")
        return None
    if carrier and "mold" not in notes.places:
        shapes = on_board or carrier.drawn_on(*names)
        zone = notes.places.get("mold.area")
        carrier.put("mold", "mold cap", drawn=shapes)
        if not shapes and zone is not None:
            notes.places["mold"] = replace(notes.places["mold"], drawn=zone.drawn)
    return Mold(outline=around or area, process=process, area=area, **data)  # type: ignore[arg-type]


def _mold_area(contents: Contents, notes: Notes, among: Sequence[Int32]) -> Optional[Outline]:
    """The rule area called "Mold cap" among these clauses. KiCad writes all zones in board coordinates, footprints' too."""
    index = contents.index
    found: list[tuple[int, Outline]] = []
    zones = {zone for clauses in among for zone in index.called(clauses, b"zone").tolist()}
    for zone in sorted(zones):
        inner = index.inside(zone)
        if last_word(index, index.called(inner, b"name"), b"name") != [words.MOLD_CAP_AREA]:
            continue
        notes.taken.add(int(index.start[zone]))
        polygons = [tree(index, part) for part in index.called(inner, b"polygon").tolist()]
        rings = [ring_points(index, polygon) for polygon in polygons]
        found.append((zone, outline_of_rings(index, rings, "the area", int(index.start[zone]))))
    if len(found) > 1:
        notes.wrong("there is more than one area of this name; delete or rename the others", found[1][0],
                    f"rule area '{words.MOLD_CAP_AREA}'", "mold.area")
    if not found:
        return None
    uuid = last_word(index, index.called(index.inside(found[0][0]), b"uuid")[:1], b"uuid")
    notes.put("mold.area", f"rule area '{words.MOLD_CAP_AREA}'", found[0][0], found[0][1].centre, "".join(uuid))
    return found[0][1]


def read_singulation(fields: Fields, carrier: Optional[Footprint] = None) -> Optional[Singulation]:
    """How the ``carrier`` is cut; None where nobody said anything about it."""
    data = fields.data(Singulation, "singulation")
    if carrier is not None:
        carrier.put("singulation", "saw street", drawn=carrier.drawn_on(*carrier.contents.layers("Saw street")))
    return Singulation(**data) if any(data.values()) else None


def read_lid(fields: Fields) -> Optional[Lid]:
    """The lid on the package; None where nobody said anything about one."""
    data = fields.data(Lid, "lid")
    return Lid(**data) if any(data.values()) else None


def only_one(notes: Notes, parts: Sequence[Footprint], what: str) -> Optional[Footprint]:
    """The one part there may be of a kind; a fault for every further one."""
    for further in parts[1:]:
        further.wrong(f"this is a second {what} ({parts[0].name} is one too); a board is one {what}", *OF_CARRIER)
    return parts[0] if parts else None
