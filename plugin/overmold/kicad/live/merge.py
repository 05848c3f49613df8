"""A footprint made anew in the place of one that people have worked on: what is ours is new, what is theirs stays.

Ours is what Overmold would have drawn of the board as it was. Whatever else the former footprint holds, somebody added; it
goes along when the part goes elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kipy.proto.board import board_types_pb2 as board

from .added import added
from .messages import TYPE
from .moving import Motion, motion, move_item, move_text, own_spot, place_of, spot

_NEAR = 500  # nm: KiCad rounds what it turns


def merge(new: Any, former: Any, drawn_before: Any, without: Collection[str] = (), own_layers: Collection[int] = ()) -> None:
    """Make ``new``, a FootprintInstance, take over from ``former`` what is not in ``drawn_before``. All lie on the board.

    What somebody added goes along with what is drawn anew: from where ``drawn_before`` lies to where ``new`` does. Fields
    ``without`` which it is to be are left out. ``own_layers`` are those on which only Overmold draws.
    """
    by = motion(drawn_before, new)
    new.locked = former.locked
    for name in ("reference_field", "datasheet_field", "description_field"):
        _take_over(getattr(new, name), getattr(former, name), _is_where_drawn(name, former, drawn_before), by)
    for name in ("overrides", "symbol_path", "attributes"):
        getattr(new, name).CopyFrom(getattr(former, name))
    for name in ("symbol_sheet_name", "symbol_sheet_filename", "symbol_footprint_filters"):
        setattr(new, name, getattr(former, name))
    value, words = new.value_field.text.text.text, former.value_field.text.text.text
    _take_over(new.value_field, former.value_field, _is_where_drawn("value_field", former, drawn_before), by)
    new.value_field.text.text.text = words if words and value == new.reference_field.text.text.text else value
    for name in ("overrides", "net_ties", "private_layers", "jumpers"):
        _copy(new.definition, former.definition, name)
    items = _Items(new), _Items(former), _Items(drawn_before)
    theirs = added(items[1].others, place_of(former), ((items[2].others, place_of(drawn_before)),
                                                       (items[0].others, place_of(new))), own_layers)
    for message in theirs:
        move_item(message, by)
    del new.definition.items[:]
    for message in (*_fields(*items, without, by), *_pads(*items, by), *items[0].others, *theirs):
        item = new.definition.items.add()
        item.type_url, item.value = TYPE + type(message).DESCRIPTOR.name, message.SerializeToString()


def _is_where_drawn(name: str, former: Any, before: Any) -> bool:
    """Whether a text is still where Overmold put it in its footprint."""
    x, y = own_spot(spot(getattr(former, name).text.text.position), place_of(former))
    due_x, due_y = own_spot(spot(getattr(before, name).text.text.position), place_of(before))
    return max(abs(x - due_x), abs(y - due_y)) <= _NEAR


def _take_over(field: Any, former: Any, drawn_there: bool, by: Motion) -> None:
    """Make a field the former one, where the new one is due if nobody had moved it, else where it goes along."""
    layer, mirrored, at = field.text.layer, field.text.text.attributes.mirrored, spot(field.text.text.position)
    field.CopyFrom(former)
    move_text(field.text, by)
    if by.over:  # to be read from that side
        field.text.layer, field.text.text.attributes.mirrored = layer, mirrored
    if drawn_there:
        field.text.text.position.x_nm, field.text.text.position.y_nm = at


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


def _fields(new: _Items, former: _Items, before: _Items, without: Collection[str], by: Motion) -> list[Any]:
    """Our fields with their new words where they stood; then those that somebody added."""
    made = []
    for name, field in new.fields.items():
        kept = former.fields.get(name)
        if kept is not None:
            words = field.text.text.text
            _take_over(field, kept, not kept.visible, by)
            field.text.text.text = words
        made.append(field)
    for name, field in former.fields.items():
        if name not in new.fields and name not in before.fields:
            move_text(field.text, by)
            made.append(field)
    return [field for field in made if field.name not in without]


def _pads(new: _Items, former: _Items, before: _Items, by: Motion) -> list[Any]:
    """Pads that are drawn as before keep what somebody set on them; those that somebody added go along."""
    made = []
    for name, pads in new.pads.items():
        theirs, ours = former.pads.get(name, []), before.pads.get(name, [])
        for pad in pads:
            if len(pads) == len(theirs) == len(ours) == 1 and _is_drawn_alike(pad.pad_stack, ours[0].pad_stack):
                kept = theirs[0]
                kept.position.CopyFrom(pad.position)
                kept.pad_stack.angle.CopyFrom(pad.pad_stack.angle)
                kept.net.CopyFrom(pad.net)
                pad = kept
            made.append(pad)
    for name, pads in former.pads.items():
        for pad in pads if name not in new.pads and name not in before.pads else ():
            move_item(pad, by)
            made.append(pad)
    return made


def _is_drawn_alike(one: Any, other: Any) -> bool:
    """Whether two pads differ by nothing but the turn of their parts and rounding."""
    copies = [type(one)(), type(one)()]
    for copy, stack in zip(copies, (one, other)):
        copy.CopyFrom(stack)
        copy.ClearField("angle")
        for layer in copy.copper_layers:
            layer.size.x_nm, layer.size.y_nm = (round(side, -2) for side in (layer.size.x_nm, layer.size.y_nm))
    return bool(copies[0] == copies[1])
