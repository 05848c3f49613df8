"""What a board says about the carrier itself: outline, stack-up, mold, how it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ...package import LEAD_FRAME, Carrier, Finger, Frame, Layer, Lid, Singulation, keys
from ...package.datum import data_of
from ...shapes import Outline
from ..clauses.tree import Clause
from .contents import Contents
from .drawn import Path, drawn, path
from .fields import Fields, Notes
from .odd import OF_CARRIER
from .one_footprint import Footprint
from .outlines import outline

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
    label = data_of(Carrier)["kind"].label
    if frame is not None and data["kind"] not in ("", LEAD_FRAME):
        fields.wrong(label, f"'{data['kind']}' has no frame, and this carrier has the fields and pads of one; write "
                     f"'{LEAD_FRAME}', or empty the fields of the frame", keys.within(keys.CARRIER, "kind"))
    if edge is None:
        return None
    return Carrier(outline=edge, stackup=stackup, fingers=fingers, frame=frame, angle=angle, **data)


def read_singulation(fields: Fields, carrier: Optional[Footprint] = None) -> Optional[Singulation]:
    """How the ``carrier`` is cut; None where nobody said anything about it."""
    data = fields.data(Singulation, "singulation")
    if carrier is not None:
        carrier.put("singulation", "saw street", drawn=carrier.drawn_on(*carrier.contents.layers("Saw street")))
    usual = {name: one.usual for name, one in data_of(Singulation).items()}
    return Singulation(**data) if any(value and value != usual[name] for name, value in data.items()) else None


def read_lid(fields: Fields) -> Optional[Lid]:
    """The lid on the package; None where nobody said anything about one."""
    data = fields.data(Lid, "lid")
    return Lid(**data) if any(data.values()) else None


def only_one(notes: Notes, parts: Sequence[Footprint], what: str) -> Optional[Footprint]:
    """The one part there may be of a kind; a fault for every further one."""
    for further in parts[1:]:
        further.wrong(f"this is a second {what} ({parts[0].name} is one too); a board is one {what}", *OF_CARRIER)
    return parts[0] if parts else None
