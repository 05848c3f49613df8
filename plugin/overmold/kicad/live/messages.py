"""A drawn part as the message from which KiCad makes a footprint: what ``footprint_file`` is for files.

KiCad's interface wants everything inside a footprint where it lies on the board. kipy's own classes take 10 ms for each
pad; here a pad is one prepared piece of bytes and one short one of its own, so that ten thousand cost a fraction of a
second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kipy.proto.board import board_types_pb2 as board
from kipy.proto.common.types import base_types_pb2 as base
from kipy.proto.common.types import enums_pb2 as enums

from ...drawing import (
    ALL_COPPER,
    BACK_COPPER,
    FRONT_COPPER,
    RECTANGLE,
    ROUND,
    ROUNDED,
    Area,
    Circle,
    Line,
    Pads,
    Part,
    Polygon,
    Shape,
    Text,
)
from ...shapes import Point, transform
from ..names.layers import NAMES
from ..writing.fields import Field
from ..writing.footprint import corners_of

TYPE = "type.googleapis.com/kiapi.board.types."
_COPPERS = ("F.Cu", *(f"In{i}.Cu" for i in range(1, 31)), "B.Cu")
_PAD_SHAPES = {ROUND: board.PSS_CIRCLE, RECTANGLE: board.PSS_RECTANGLE, ROUNDED: board.PSS_ROUNDRECT}
_HIDDEN = 500_000  # nm, the letters of what nobody sees


def footprint_message(part: Part, fields: Sequence[Field], library: str, uuid: str, names: Mapping[str, str] = NAMES) -> Any:
    """The footprint ``library:part.name`` at its place, as a FootprintInstance with this uuid.

    ``names`` are the board's own for the layers of a drawing.
    """
    made = board.FootprintInstance()
    made.id.value = uuid
    _put(made.position, part.at)
    made.orientation.value_degrees = _degrees(part.angle)
    made.layer = board.BL_B_Cu if part.is_flipped else board.BL_F_Cu
    made.definition.id.library_nickname, made.definition.id.entry_name = library, part.name
    made.definition.attributes.description, made.definition.attributes.keywords = part.description, part.keywords
    made.attributes.mounting_style = board.FMS_SMD
    made.attributes.exclude_from_position_files = made.attributes.exclude_from_bill_of_materials = part.on_boards_only
    made.attributes.not_in_schematic = part.in_no_schematic
    made.attributes.exempt_from_courtyard_requirement = not part.has_courtyard
    made.overrides.zone_connection = board.ZCS_INHERITED
    hidden = Text("", "", (0, 0), 0)
    datasheet = Text("", part.datasheet, (0, 0), 0)
    for field, name, label in ((made.reference_field, "Reference", part.reference), (made.value_field, "Value", part.value),
                               (made.datasheet_field, "Datasheet", datasheet), (made.description_field, "Description", hidden)):
        _fill_field(field, name, label.words, label, part, names)
    items = made.definition.items
    for name, words in fields:
        own = board.Field()
        _fill_field(own, name, words, hidden, part, names)
        _add(items, "Field", own.SerializeToString())
    for shape in part.shapes:
        _add(items, "BoardGraphicShape", shape_message(shape, part.at, part.angle, names).SerializeToString())
    for text in part.texts:
        _add(items, "BoardText", _text(text, part, names).SerializeToString())
    for group in part.pads:
        for pad in _pads(group, part):
            _add(items, "Pad", pad)
    for area in part.areas:
        _add(items, "Zone", _zone(area, part, names).SerializeToString())
    for path in part.models:
        model = board.Footprint3DModel(filename=path, visible=True, opacity=1.0)
        model.scale.x_nm = model.scale.y_nm = model.scale.z_nm = 1
        _add(items, "Footprint3DModel", model.SerializeToString())
    return made


def _add(items: Any, kind: str, message: bytes) -> None:
    item = items.add()
    item.type_url, item.value = TYPE + kind, message


def layer_number(name: str) -> Any:
    """KiCad's number of the layer that a file calls ``name``, as in "F.Cu"."""
    return board.BoardLayer.Value("BL_" + name.replace(".", "_"))


def _put(vector: Any, point: Point) -> None:
    vector.x_nm, vector.y_nm = point


def _degrees(angle: int) -> float:
    return (angle % 360_000) / 1000


def _fill_field(field: Any, name: str, words: str, label: Text, part: Part, names: Mapping[str, str]) -> None:
    field.name, field.visible = name, bool(label.size)
    _fill_text(field.text, words, label, part, names)


def _text(text: Text, part: Part, names: Mapping[str, str]) -> Any:
    made = board.BoardText()
    _fill_text(made, text.words, text, part, names)
    return made


def _fill_text(made: Any, words: str, label: Text, part: Part, names: Mapping[str, str]) -> None:
    made.layer = layer_number(names[label.layer]) if label.layer else board.BL_B_Fab if part.is_flipped else board.BL_F_Fab
    made.text.attributes.mirrored = part.is_flipped
    made.text.text = words
    _put(made.text.position, transform(label.at, part.at, part.angle))
    look, size = made.text.attributes, label.size or _HIDDEN
    look.horizontal_alignment, look.vertical_alignment = enums.HA_CENTER, enums.VA_CENTER
    look.angle.value_degrees = _degrees(part.angle)
    look.line_spacing = 1.0
    look.visible = look.keep_upright = look.multiline = True
    look.size.x_nm = look.size.y_nm = size
    look.stroke_width.value_nm = size * 15 // 100


def shape_message(shape: Shape, at: Point = (0, 0), angle: int = 0, names: Mapping[str, str] = NAMES) -> Any:
    """A drawing as KiCad takes it; its points are those of a part that sits at ``at``, turned by ``angle``."""
    made = board.BoardGraphicShape()
    made.layer = layer_number(names[shape.layer])
    look = made.shape.attributes
    look.stroke.width.value_nm = shape.width
    look.stroke.style = enums.SLS_DASH if isinstance(shape, Polygon) and shape.dashed else enums.SLS_SOLID
    filled = isinstance(shape, Polygon) and shape.filled
    look.fill.fill_type = base.GFT_FILLED if filled else base.GFT_UNFILLED
    if isinstance(shape, Line):
        _put(made.shape.segment.start, transform(shape.start, at, angle))
        _put(made.shape.segment.end, transform(shape.end, at, angle))
    elif isinstance(shape, Circle):
        _put(made.shape.circle.center, transform(shape.centre, at, angle))
        _put(made.shape.circle.radius_point, transform((shape.centre[0] + shape.diameter // 2, shape.centre[1]), at, angle))
    elif angle % 90_000 == 0 and (corners := corners_of(shape)):
        _put(made.shape.rectangle.top_left, transform(corners[0], at, angle))
        _put(made.shape.rectangle.bottom_right, transform(corners[1], at, angle))
    else:
        _polygon(made.shape.polygon, [transform(point, at, angle) for point in shape.points])
    return made


def _polygon(polygons: Any, points: Sequence[Point], *holes: Sequence[Point]) -> None:
    made = polygons.polygons.add()
    for ring, corners in ((made.outline, points), *((made.holes.add(), hole) for hole in holes)):
        ring.closed = True
        for point in corners:
            _put(ring.nodes.add().point, point)


def _zone(area: Area, part: Part, names: Mapping[str, str]) -> Any:
    made = board.Zone()
    made.type, made.name = board.ZT_RULE_AREA, area.name
    own = {FRONT_COPPER: board.BL_F_Cu, BACK_COPPER: board.BL_B_Cu}
    made.layers.extend([own[layer] if layer in own else layer_number(names[layer]) for layer in area.layers])
    settings = made.rule_area_settings
    settings.keepout_copper = settings.keepout_vias = settings.keepout_tracks = settings.keepout_pads = area.bars_metal
    _polygon(made.outline, *([transform(point, part.at, part.angle) for point in ring] for ring in area.outline.rings))
    made.rule_area_settings.placement_source_type = board.PRST_SHEET_NAME
    made.border.style, made.border.pitch.value_nm = board.ZBS_DIAGONAL_EDGE, 500_000
    return made


def _pads(group: Pads, part: Part) -> Iterator[bytes]:
    """Every pad of a group as bytes: what they have in common, then what each has of its own."""
    common = _pad_stack(group, part.angle).SerializeToString()
    own = board.Pad()
    nets: dict[str, bytes] = {}
    for name, net, (x, y) in zip(group.names, group.nets, group.xy.tolist()):
        own.number = name
        own.position.x_nm, own.position.y_nm = transform((x, y), part.at, part.angle)
        connected = nets.get(net)
        if connected is None:
            connected = nets[net] = board.Pad(net=board.Net(name=net)).SerializeToString() if net else b""
        yield common + connected + own.SerializeToString()


def _pad_stack(group: Pads, turned: int) -> Any:
    pad = board.Pad()
    pad.type = board.PT_PTH if group.drill else board.PT_SMD
    stack = pad.pad_stack
    stack.type = board.PST_NORMAL
    names = [name for layer in group.layers for name in (_COPPERS if layer == ALL_COPPER else (NAMES[layer],))]
    stack.layers.extend(map(layer_number, names))
    stack.angle.value_degrees = _degrees(turned + group.angle)
    stack.unconnected_layer_removal = board.ULR_KEEP
    stack.drill.start_layer, stack.drill.end_layer = board.BL_F_Cu, board.BL_B_Cu
    stack.drill.diameter.x_nm = stack.drill.diameter.y_nm = group.drill
    stack.drill.shape = board.DS_CIRCLE
    copper = stack.copper_layers.add()
    copper.layer = board.BL_F_Cu  # stands for all layers, also where the pad is on the back
    _put(copper.size, group.size)
    copper.shape = _PAD_SHAPES[group.shape]
    copper.corner_rounding_ratio = group.rounding
    copper.custom_anchor_shape = board.PSS_CIRCLE if group.shape == ROUND else board.PSS_RECTANGLE
    if group.arms:
        copper.shape = board.PSS_CUSTOM
        for arm in group.arms:
            piece = copper.custom_shapes.add()
            piece.layer = board.BL_F_Cu
            piece.shape.attributes.fill.fill_type = base.GFT_FILLED
            _polygon(piece.shape.polygon, arm)
    for outer in (stack.front_outer_layers, stack.back_outer_layers):
        outer.solder_mask_mode, outer.solder_paste_mode = board.SMM_FROM_DESIGN_RULES, board.SPM_FROM_DESIGN_RULES
        if group.margin is not None:
            outer.solder_mask_settings.solder_mask_margin.value_nm = group.margin
    stack.zone_settings.zone_connection = board.ZCS_FULL if group.takes_heat else board.ZCS_INHERITED
    stack.zone_settings.thermal_spokes.angle.value_degrees = 45
    return pad
