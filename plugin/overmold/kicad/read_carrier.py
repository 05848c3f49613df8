"""What a board says about the carrier itself: outline, stack-up, mold, how it is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ..faults import did_you_mean
from ..package import CUTS, MOLD_METHODS, Carrier, Finger, Frame, Layer, Mold, Process, Singulation
from ..shapes import Outline
from ..units import LENGTH, PRESSURE, TEMPERATURE, Toleranced, UnitError, parse_toleranced
from . import fields as words
from .columns import last_word, whole
from .layout import Layout
from .part import Part
from .read_drawn import Path, drawn, path, ring_points
from .read_fields import Fields, Notes
from .read_outlines import outline, outline_of_rings, outline_of_shapes
from .tree import Clause, tree

EDGE = "Edge.Cuts"
_KINDS = (("mask", "mask"), ("copper", "copper"), ("core", "core"), ("prepreg", "build-up"))


def read_edge(layout: Layout, notes: Notes) -> Optional[Outline]:
    """The board's outline: what is drawn on Edge.Cuts, on the board and in its footprints; None where nothing is."""
    index = layout.index
    with notes.gathering(EDGE):
        paths: list[Path] = [path(index, shape) for shape in drawn(index, layout.top, (EDGE,), "gr")]
        shapes = drawn(index, layout.parts, (EDGE,), "fp")
        if shapes:
            around = {int(index.start[clause]): clause for clause in layout.parts.tolist()}
            for shape in shapes:
                number = int(index.owners(layout.parts[layout.parts == around[shape.at]], layout.footprints)[0])
                x, y = layout.spots.xy[number].tolist()
                paths.append(path(index, shape, (x, y), int(layout.spots.angle[number])))
        return outline(index, paths, f"the outline on {EDGE}")
    return None


def read_carrier(kind: str, edge: Optional[Outline], stackup: tuple[Layer, ...], fingers: tuple[Finger, ...],
                 frame: Optional[Frame] = None) -> Optional[Carrier]:
    """The carrier; None where there is no outline."""
    return None if edge is None else Carrier(kind, edge, stackup, fingers, frame)


def read_stackup(layout: Layout, notes: Notes, fields: Fields, chips_on_back: bool) -> tuple[Layer, ...]:
    """The board's stack-up from the chip side down, with the tolerances that the carrier's fields state."""
    clause = layout.setup.first("stackup")
    if clause is None:
        return ()
    made, known = [], []
    for row in clause.all("layer"):
        name, written = row.word(), row.word_of("type").lower()
        kind = next((kind for word, kind in _KINDS if word in written), "")
        if not kind:
            continue
        for place, (thickness, material) in enumerate(_sublayers(row)):
            size = whole(thickness) if thickness else None
            called = f"{name} ({place + 1})" if place else name
            known.append(called)
            if size is None or size < 0:
                notes.faults.append(layout.index.fault(
                    "this layer of the stack-up has no thickness; state it in Board Setup > Physical Stackup",
                    row.at, f"stack-up layer {called}"))
            elif size:
                made.append(Layer(called, kind, _with_tolerance(fields, called, size), material))
    for name in fields.all:
        layer = name.removeprefix(words.TOLERANCE_OF)
        if name.startswith(words.TOLERANCE_OF) and layer not in known and fields.text(name):
            fields.wrong(name, f"the stack-up has no layer '{layer}'{did_you_mean(layer, known)}")
    found = layout.index.called(layout.top, b"setup")
    notes.put("carrier.stackup", "stack-up", int(found[0]))
    return tuple(made[::-1] if chips_on_back else made)


def _sublayers(row: Clause) -> Iterator[tuple[str, str]]:
    """Thickness and material of each sublayer: KiCad writes them one after the other, ``addsublayer`` between."""
    thickness = material = ""
    for item in row.items:
        if item == "addsublayer":
            yield thickness, material
            thickness = material = ""
        elif isinstance(item, Clause) and item.name == "thickness":
            thickness = item.word()
        elif isinstance(item, Clause) and item.name == "material":
            material = item.word()
    yield thickness, material


def _with_tolerance(fields: Fields, layer: str, size: int) -> Toleranced:
    name = words.TOLERANCE_OF + layer
    text = fields.text(name)
    if not text:
        return Toleranced(size)
    # "± 3 um" goes with the drawn thickness; of "15 um ± 3 um" only the tolerance counts: what is drawn wins.
    whole_text = text if text[0].isdigit() else f"{size} nm {text}"
    try:
        stated = parse_toleranced(whole_text, LENGTH)
    except UnitError:
        fields.wrong(name, f"'{text}' is no tolerance; write for example ± 3 um or +3/-2 um")
        return Toleranced(size)
    return Toleranced(size, stated.plus, stated.minus)


def read_mold(layout: Layout, notes: Notes, carrier: Optional[Part], fields: Fields, on_layer: bool = True) -> Optional[Mold]:
    """The mold: its outline on the layer for it (if ``on_layer``), the rule area of that name, and the carrier's fields."""
    index, who = layout.index, carrier.name if carrier else "the board"
    names = layout.layers("Mold cap outline") if on_layer else ("",)
    around = area = None
    with notes.gathering(who):
        on_board = drawn(index, layout.top, names, "gr") if on_layer else []
        what = f"the mold outline on layer {names[0]}"
        around = outline_of_shapes(index, on_board, what)
        inner = carrier.outline(*names, what=what) if carrier else None
        if inner and around:
            notes.faults.append(index.fault(f"{what} is drawn in {who} and on the board; delete one", on_board[0].at))
        around = around or inner
    with notes.gathering(f"rule area '{words.MOLD_CAP_AREA}'"):
        area = _mold_area(layout, notes)
    cap = fields.quantity(words.MOLD_CAP, "mold.cap")
    filler = fields.quantity(words.FILLER, "mold.filler")
    process = Process(
        fields.choice(words.MOLD_METHOD, "mold.process.method", MOLD_METHODS),
        fields.quantity(words.MOLD_PRESSURE, "mold.process.pressure", PRESSURE),
        fields.quantity(words.MOLD_TEMPERATURE, "mold.process.temperature", TEMPERATURE),
    )
    if around is None and area is None:
        if (cap or filler or process != Process()) and carrier and not notes.faults:
            carrier.wrong("the mold has fields but no outline; draw a closed one on layer "
                          f"'Mold cap outline' ({names[0]})")
        return None
    if carrier and "mold" not in notes.places:
        carrier.put("mold", "mold cap")
    return Mold(around or area, cap, filler, process, area)  # type: ignore[arg-type]


def _mold_area(layout: Layout, notes: Notes) -> Optional[Outline]:
    """The rule area called "Mold cap". KiCad writes zones in board coordinates, those of footprints as well."""
    index = layout.index
    found: list[tuple[int, Outline]] = []
    zones = {zone for clauses in (layout.top, layout.parts) for zone in index.called(clauses, b"zone").tolist()}
    for zone in sorted(zones):
        inner = index.inside(zone)
        if last_word(index, index.called(inner, b"name"), b"name") != [words.MOLD_CAP_AREA]:
            continue
        polygons = [tree(index, part) for part in index.called(inner, b"polygon").tolist()]
        rings = [ring_points(index, polygon) for polygon in polygons]
        found.append((zone, outline_of_rings(index, rings, "the area", int(index.start[zone]))))
    if len(found) > 1:
        notes.wrong("there is more than one area of this name; delete or rename the others", found[1][0],
                      f"rule area '{words.MOLD_CAP_AREA}'")
    if not found:
        return None
    uuid = last_word(index, index.called(index.inside(found[0][0]), b"uuid")[:1], b"uuid")
    notes.put("mold.area", f"rule area '{words.MOLD_CAP_AREA}'", found[0][0], found[0][1].centre, "".join(uuid))
    return found[0][1]


def read_singulation(fields: Fields) -> Optional[Singulation]:
    """How the carrier is cut; None where nobody said anything about it."""
    method = fields.choice(words.SINGULATION, "singulation.method", CUTS)
    street = fields.quantity(words.SAW_STREET, "singulation.street")
    kerf = fields.quantity(words.KERF, "singulation.kerf")
    if not (method or street or kerf):
        return None
    return Singulation(method, street, kerf)


def only_one(notes: Notes, parts: Sequence[Part], what: str) -> Optional[Part]:
    """The one part there may be of a kind; a fault for every further one."""
    for further in parts[1:]:
        further.wrong(f"this is a second {what} ({parts[0].name} is one too); a board is one {what}")
    return parts[0] if parts else None
