"""A note written on the open board: the last way to a person whom no page, no notification and no KiCad 9 tells anything.

It lies on a layer for comments above the board, is selected and brought into view, and goes with the next press or an undo.
"""

from __future__ import annotations

import re
import textwrap

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_types_pb2 as types
from kipy.proto.common.commands import editor_commands_pb2 as editor
from kipy.proto.common.types import enums_pb2 as enums

from ...faults import fail
from ...shapes import Point
from .board import OpenBoard
from .connection import no_answer
from .marks import delete
from .messages import layer_number
from .own_texts import NOTE, own_texts

_HEIGHT, _WIDTH = 2_000_000, 72  # nm of a letter, letters of a line
_PLACES = re.compile(rb"\n\t\t\(at (-?\d+)(?:\.\d+)? (-?\d+)")  # of footprints, as KiCad writes them


def put_note(board: OpenBoard, words: str) -> None:
    """Write a note, and no other one of ours; raises Faults where KiCad does not take it."""
    _change(board, words)


def take_notes_away(board: OpenBoard) -> None:
    """Remove the notes that former presses have left; nothing happens where there is none. Raises Faults."""
    if NOTE.encode() in board.text:
        _change(board, "")


def _change(board: OpenBoard, words: str) -> None:
    ours = own_texts(board.text)
    if not (words or ours.notes):
        return
    if words and ours.layer is None:
        raise fail("KiCad", "has no layer for comments on this board")
    try:
        with board.one_step("Note of Overmold"):
            delete(board, ours.notes)
            made = _write(board, words, str(ours.layer)) if words else ""
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        raise fail("KiCad", f"takes no note ({error}); end what is under way in the board editor") from error
    if made:
        board.select([made], zoom=True)


def _write(board: OpenBoard, words: str, layer: str) -> str:
    """The uuid of the text that KiCad has made."""
    request = editor.CreateItems()
    request.header.document.CopyFrom(board.board.document)
    request.items.add().Pack(_text(words, layer, _above(board.text)))
    answer = board.board.client.send(request, editor.CreateItemsResponse)
    for one in answer.created_items:
        if one.status.code == editor.ISC_OK:
            made = types.BoardText()
            one.item.Unpack(made)
            return str(made.id.value)
    raise fail("KiCad", "takes no note")


def _text(words: str, layer: str, at: Point) -> types.BoardText:
    made = types.BoardText(layer=layer_number(layer))
    # What looks like a variable would be replaced by its value, or by nothing.
    made.text.text = "\n".join(textwrap.wrap(NOTE + words.replace("${", "$ {"), _WIDTH, break_on_hyphens=False))
    made.text.position.x_nm, made.text.position.y_nm = at
    look = made.text.attributes
    look.horizontal_alignment, look.vertical_alignment = enums.HA_LEFT, enums.VA_BOTTOM
    look.line_spacing, look.visible, look.multiline = 1.0, True, True
    look.size.x_nm = look.size.y_nm = _HEIGHT
    look.stroke_width.value_nm = _HEIGHT * 15 // 100
    return made


def _above(text: bytes) -> Point:
    """A place above whatever is on the board, on its left."""
    spots = [(int(found[1]), int(found[2])) for found in _PLACES.finditer(text)] or [(100, 100)]
    return min(x for x, _ in spots) * 1_000_000, (min(y for _, y in spots) - 15) * 1_000_000
