"""A drawn part as a KiCad 9 footprint, in the layout and the order in which KiCad itself writes it.

The same text serves a library file and a board.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ...drawing import BACK_FAB, Area, Circle, Line, Part, Polygon, Shape, Text
from ...drawing.flipped import face_up
from ...shapes import Point, transform
from ...units import mm
from ..clauses.tree import quote
from ..names.layers import NAMES, NUMBERS
from .pads import OnBoard, degrees, pads_clauses
from .uuids import Stream

FORMAT = 20241229
GENERATOR = "overmold"
Field = tuple[str, str]


def footprint_file(part: Part, fields: Sequence[Field]) -> bytes:
    """A library file (.kicad_mod) with this part."""
    head = f"\t(version {FORMAT})\n\t(generator {quote(GENERATOR)})\n\t(generator_version \"9.0\")\n"
    return _footprint(face_up(part), fields, None, "\t", head)


def footprint_on_board(part: Part, fields: Sequence[Field], board: OnBoard) -> bytes:
    """The footprint clause of a board."""
    return _footprint(part, fields, board, "\t\t", "")


def _footprint(part: Part, fields: Sequence[Field], board: Optional[OnBoard], t: str, head: str) -> bytes:
    stream = Stream(f"{part.name} {part.reference.words}" if board else part.name)
    angle = part.angle if board else 0
    if board is None:
        rows = [f"(footprint {quote(part.name)}\n", head, f'{t}(layer "F.Cu")\n']
    else:
        turn = f" {degrees(angle)}" if angle else ""
        layer = "B.Cu" if part.is_flipped else "F.Cu"
        rows = [f"\t(footprint {quote(f'{board.library}:{part.name}')}\n", f'{t}(layer "{layer}")\n',
                f'{t}(uuid "{board.uuid}")\n', f"{t}(at {mm(part.at[0])} {mm(part.at[1])}{turn})\n"]
    rows += [f"{t}(descr {quote(part.description)})\n", f"{t}(tags {quote(part.keywords)})\n"]
    rows += _properties(part, fields, board, stream, angle, t)
    flags = ["smd", *(["board_only"] if part.in_no_schematic else [])]
    if part.on_boards_only:
        flags += ["exclude_from_pos_files", "exclude_from_bom"]
    if not part.has_courtyard:
        flags.append("allow_missing_courtyard")
    rows.append(f"{t}(attr {' '.join(flags)})\n")
    # In a part turned by other than right angles KiCad makes a polygon of each rectangle.
    straight = angle % 90_000 == 0
    shapes = sorted(part.shapes, key=lambda shape: shape_order(shape, straight))
    rows += [_shape(shape, "fp", stream.next(), t, straight) for shape in shapes]
    rows += [_text(text, stream.next(), angle, t) for text in part.texts]
    after = [*(_area(area, stream.next(), part, board, t) for area in part.areas),
             f"{t}(embedded_fonts no)\n", *(_model(path, t) for path in part.models), f"{t[1:]})\n"]
    return b"".join(["".join(rows).encode(), *pads_clauses(part, board, angle, t), "".join(after).encode()])


def _properties(part: Part, fields: Sequence[Field], board: Optional[OnBoard], stream: Stream, angle: int,
                t: str) -> list[str]:
    reference = part.reference.words if board else "REF**"
    value = part.value.words if board else part.name
    rows = [_property("Reference", reference, part.reference, stream.next(), angle, t),
            _property("Value", value, part.value, stream.next(), angle, t)]
    for name, words in (("Datasheet", part.datasheet), ("Description", ""), *fields):
        hidden = Text(BACK_FAB if part.is_flipped else "", words, (0, 0), 0)
        rows.append(_property(name, words, hidden, stream.next(), angle, t))
    return rows


def _property(name: str, words: str, label: Text, uuid: str, angle: int, t: str) -> str:
    layer = NAMES[label.layer] if label.layer else "F.Fab"
    hidden = f"{t}\t(hide yes)\n" if not label.size else ""
    return (
        f"{t}(property {quote(name)} {quote(words)}\n"
        f"{t}\t(at {mm(label.at[0])} {mm(label.at[1])} {degrees(angle)})\n"
        f'{t}\t(layer "{layer}")\n{hidden}{t}\t(uuid "{uuid}")\n{_effects(label.size or 500_000, layer, t)}{t})\n'
    )


def _effects(size: int, layer: str, t: str) -> str:
    mirror = f"{t}\t\t(justify mirror)\n" if layer.startswith("B.") else ""  # to be read from the back
    # A stroke of 15 % of the height, as KiCad's conventions want it; KiCad has no finer stroke than it can print.
    return (f"{t}\t(effects\n{t}\t\t(font\n{t}\t\t\t(size {mm(size)} {mm(size)})\n"
            f"{t}\t\t\t(thickness {mm(size * 15 // 100)})\n{t}\t\t)\n{mirror}{t}\t)\n")


def shape_order(shape: Shape, straight: bool = True) -> tuple[int, int, Point, Point]:
    """The order in which KiCad sorts drawings: by layer, kind, start, end; polygons by their number of points."""
    number = NUMBERS[NAMES[shape.layer]]
    if isinstance(shape, Line):
        return number, 0, shape.start, shape.end
    if isinstance(shape, Circle):
        return number, 3, shape.centre, _rim(shape)
    corners = corners_of(shape) if straight else None
    return (number, 1, corners[0], corners[1]) if corners else (number, 4, (len(shape.points), 0), shape.points[0])


def _rim(circle: Circle) -> Point:
    return circle.centre[0] + circle.diameter // 2, circle.centre[1]


def corners_of(shape: Polygon) -> Optional[tuple[Point, Point]]:
    """The two corners of a rectangle along the axes, None for any other polygon."""
    if len(shape.points) != 4 or shape.filled:
        return None
    xs, ys = sorted({x for x, _ in shape.points}), sorted({y for _, y in shape.points})
    return ((xs[0], ys[0]), (xs[1], ys[1])) if len(xs) == len(ys) == 2 else None


def _shape(shape: Shape, kind: str, uuid: str, t: str, straight: bool = True) -> str:
    style = "dash" if isinstance(shape, Polygon) and shape.dashed else "solid"
    tail = (f"{t}\t(stroke\n{t}\t\t(width {mm(shape.width)})\n{t}\t\t(type {style})\n{t}\t)\n"
            + ("" if isinstance(shape, Line) else
               f"{t}\t(fill {'yes' if isinstance(shape, Polygon) and shape.filled else 'no'})\n")
            + f'{t}\t(layer "{NAMES[shape.layer]}")\n{t}\t(uuid "{uuid}")\n{t})\n')
    if isinstance(shape, Line):
        return f"{t}({kind}_line\n{_start_end(shape.start, shape.end, t)}{tail}"
    if isinstance(shape, Circle):
        ends = (f"{t}\t({name} {mm(x)} {mm(y)})\n" for name, (x, y) in (("center", shape.centre), ("end", _rim(shape))))
        return f"{t}({kind}_circle\n{''.join(ends)}{tail}"
    corners = corners_of(shape) if straight else None
    if corners:
        return f"{t}({kind}_rect\n{_start_end(*corners, t)}{tail}"
    return f"{t}({kind}_poly\n{points_clause(shape.points, t)}{tail}"


def shape_on_board(shape: Shape, uuid: str) -> str:
    """A drawing of the board itself."""
    return _shape(shape, "gr", uuid, "\t")


def _start_end(start: Point, end: Point, t: str) -> str:
    return f"{t}\t(start {mm(start[0])} {mm(start[1])})\n{t}\t(end {mm(end[0])} {mm(end[1])})\n"


def points_clause(points: Sequence[Point], t: str) -> str:
    """``(pts …)``, as many points to a line as KiCad puts there: another one while the line with its tabs is short enough."""
    rows: list[str] = []
    line = ""
    for x, y in points:
        word = f"(xy {mm(x)} {mm(y)})"
        if line and len(t) + 2 + len(line) >= _LINE:
            rows.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    rows.append(line)
    return f"{t}\t(pts\n" + "".join(f"{t}\t\t{row}\n" for row in rows) + f"{t}\t)\n"


_LINE = 99


def _text(text: Text, uuid: str, angle: int, t: str) -> str:
    return (f"{t}(fp_text user {quote(text.words)}\n{t}\t(at {mm(text.at[0])} {mm(text.at[1])} {degrees(angle)})\n"
            f'{t}\t(layer "{NAMES[text.layer]}")\n{t}\t(uuid "{uuid}")\n{_effects(text.size, NAMES[text.layer], t)}{t})\n')


def _model(path: str, t: str) -> str:
    rows = "".join(f"{t}\t({name}\n{t}\t\t(xyz {xyz})\n{t}\t)\n" for name, xyz in (
        ("offset", "0 0 0"), ("scale", "1 1 1"), ("rotate", "0 0 0")))
    return f"{t}(model {quote(path)}\n{rows}{t})\n"


_METAL = ("tracks", "vias", "pads", "copperpour")


def _area(area: Area, uuid: str, part: Part, board: Optional[OnBoard], t: str) -> str:
    # On a board KiCad keeps the corners of a footprint's zone where they lie on the board.
    rings = [[transform(point, part.at, part.angle) for point in ring] if board else list(ring) for ring in area.outline.rings]
    barred = _METAL if area.bars_metal else ()
    allowed = "".join(f"{t}\t\t({what} {'not_allowed' if what in barred else 'allowed'})\n" for what in (*_METAL, "footprints"))
    layers = " ".join(f'"{NAMES[layer]}"' for layer in area.layers)
    net = f'{t}\t(net 0)\n{t}\t(net_name "")\n'
    return (
        f"{t}(zone\n{net}{t}\t(layers {layers})\n{t}\t(uuid \"{uuid}\")\n{t}\t(name {quote(area.name)})\n"
        f"{t}\t(hatch edge 0.5)\n{t}\t(connect_pads\n{t}\t\t(clearance 0)\n{t}\t)\n{t}\t(min_thickness 0.25)\n"
        f"{t}\t(filled_areas_thickness no)\n{t}\t(keepout\n{allowed}{t}\t)\n"
        f"{t}\t(placement\n{t}\t\t(enabled no)\n{t}\t\t(sheetname \"\")\n{t}\t)\n"
        f"{t}\t(fill\n{t}\t\t(thermal_gap 0.5)\n{t}\t\t(thermal_bridge_width 0.5)\n{t}\t)\n"
        # After the first, which goes around, each is a hole in it.
        + "".join(f"{t}\t(polygon\n" + points_clause(points, t + "\t") + f"{t}\t)\n" for points in rings) + f"{t})\n"
    )
