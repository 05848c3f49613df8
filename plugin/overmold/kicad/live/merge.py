"""A footprint made anew in the place of one that people have worked on: what is ours is new, what is theirs stays.

Ours is what Overmold would have drawn of the board as it was. Whatever else the former footprint holds, somebody added.
"""

from __future__ import annotations

from typing import Any

from kipy.proto.board import board_types_pb2 as board

from .messages import TYPE

_NEAR = 50  # nm: KiCad rounds what it turns


def merge(new: Any, former: Any, drawn_before: Any) -> None:
    """Make ``new``, a FootprintInstance, take over from ``former`` what is not in ``drawn_before``. All lie on the board."""
    new.locked = former.locked
    turned = new.layer != former.layer  # a passive that goes to the other side: its texts go with it
    for name in ("reference_field", "datasheet_field", "description_field"):
        _take_over(getattr(new, name), getattr(former, name), turned)
    for name in ("overrides", "symbol_path", "attributes"):
        getattr(new, name).CopyFrom(getattr(former, name))
    for name in ("symbol_sheet_name", "symbol_sheet_filename", "symbol_footprint_filters"):
        setattr(new, name, getattr(former, name))
    value, words = new.value_field.text.text.text, former.value_field.text.text.text
    _take_over(new.value_field, former.value_field, turned)
    new.value_field.text.text.text = words if words and value == new.reference_field.text.text.text else value
    for name in ("overrides", "net_ties", "private_layers", "jumpers"):
        _copy(new.definition, former.definition, name)
    items = _Items(new), _Items(former), _Items(drawn_before)
    del new.definition.items[:]
    for message in (*_fields(*items, turned), *_pads(*items), *_others(*items)):
        item = new.definition.items.add()
        item.type_url, item.value = TYPE + type(message).DESCRIPTOR.name, message.SerializeToString()


def _take_over(field: Any, former: Any, turned: bool) -> None:
    """Make a field the former one; of a part that is ``turned`` over, on the side where it was to be."""
    layer, mirrored = field.text.layer, field.text.text.attributes.mirrored
    field.CopyFrom(former)
    if turned:
        field.text.layer, field.text.text.attributes.mirrored = layer, mirrored


def _copy(to: Any, source: Any, name: str) -> None:
    """Copy a field of a message, whether it holds one value or many."""
    own, theirs = getattr(to, name), getattr(source, name)
    if hasattr(own, "CopyFrom"):
        if source.HasField(name):
            own.CopyFrom(theirs)
        return
    del own[:]
    own.extend(theirs)


class _Items:
    """What a footprint holds, by kind. Kinds that this kipy does not know stay as they are."""

    def __init__(self, footprint: Any) -> None:
        self.fields: dict[str, Any] = {}
        self.pads: dict[str, list[Any]] = {}
        self.others: list[Any] = []
        for item in footprint.definition.items:
            kind = item.type_url.rpartition(".")[2]
            message = getattr(board, kind)()
            message.ParseFromString(item.value)
            if kind == "Field":
                self.fields[message.name] = message
            elif kind == "Pad":
                self.pads.setdefault(message.number, []).append(message)
            else:
                self.others.append(message)


def _fields(new: _Items, former: _Items, before: _Items, turned: bool) -> list[Any]:
    """Our fields with their new words where they stood; then those that somebody added."""
    made = []
    for name, field in new.fields.items():
        kept = former.fields.get(name)
        if kept is not None:
            words = field.text.text.text
            _take_over(field, kept, turned)
            field.text.text.text = words
        made.append(field)
    return made + [field for name, field in former.fields.items() if name not in new.fields and name not in before.fields]


def _pads(new: _Items, former: _Items, before: _Items) -> list[Any]:
    """Pads that are drawn as before keep what somebody set on them."""
    made = []
    for name, pads in new.pads.items():
        theirs, ours = former.pads.get(name, []), before.pads.get(name, [])
        for pad in pads:
            if len(pads) == len(theirs) == len(ours) == 1 and pad.pad_stack == ours[0].pad_stack:
                kept = theirs[0]
                kept.position.CopyFrom(pad.position)
                kept.pad_stack.angle.CopyFrom(pad.pad_stack.angle)
                kept.net.CopyFrom(pad.net)
                pad = kept
            made.append(pad)
    return made


def _others(new: _Items, former: _Items, before: _Items) -> list[Any]:
    """What we draw now, and what of the former footprint we had not drawn."""
    ours = {_look(message) for message in before.others} | {_look(message) for message in new.others}
    return new.others + [message for message in former.others if _look(message) not in ours]


def _look(message: Any) -> tuple[object, ...]:
    """The same for two drawings that look the same."""
    if isinstance(message, board.BoardGraphicShape):
        return (message.layer, *_geometry(message.shape))
    if isinstance(message, board.BoardText):
        return (message.layer, message.text.text, _spot(message.text.position))
    if isinstance(message, board.Zone):
        return ("zone", message.name)
    return (message.SerializeToString(deterministic=True),)


def _geometry(shape: Any) -> tuple[object, ...]:
    kind = shape.WhichOneof("geometry")
    if kind == "rectangle":
        (left, top), (right, bottom) = _spot(shape.rectangle.top_left), _spot(shape.rectangle.bottom_right)
        return ("polygon", tuple(sorted({(left, top), (right, top), (right, bottom), (left, bottom)})))
    if kind == "polygon":
        nodes = [node for part in shape.polygon.polygons for node in part.outline.nodes]
        return ("polygon", tuple(sorted({_spot(node.point) for node in nodes})))
    if kind == "segment":
        return (kind, tuple(sorted((_spot(shape.segment.start), _spot(shape.segment.end)))))
    if kind == "circle":
        centre, rim = shape.circle.center, shape.circle.radius_point
        radius = ((centre.x_nm - rim.x_nm) ** 2 + (centre.y_nm - rim.y_nm) ** 2) ** 0.5
        return (kind, _spot(centre), round(radius / _NEAR))
    return (kind, shape.SerializeToString(deterministic=True))


def _spot(vector: Any) -> tuple[int, int]:
    return round(vector.x_nm / _NEAR), round(vector.y_nm / _NEAR)
