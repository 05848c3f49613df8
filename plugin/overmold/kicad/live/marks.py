"""Findings as marks on the open board: markers in KiCad's list of violations, and texts that stay in the board.

A text that begins with ``${DRC_ERROR …}`` is reported by KiCad 9 and 10, in the editor and by ``kicad-cli``, and is printed
as nothing. Ours are known by their first word, so that the next check finds and replaces them, whoever has saved the board.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_commands_pb2 as commands
from kipy.proto.board import board_types_pb2 as types
from kipy.proto.common.commands import editor_commands_pb2 as editor
from kipy.proto.common.types import enums_pb2 as enums

from ...faults import fail
from .board import ERROR, Marker, OpenBoard
from .connection import no_answer
from .messages import layer_number
from .own_texts import own_texts

_SIZE = 200_000  # nm: nothing of it is seen


@dataclass(frozen=True)
class Marked:
    """What became of it: ``listed`` are the ids of the markers in KiCad's list, ``kept`` is how many texts the board has now,
    ``gone`` how many of those from before it has no more, ``steps`` how many undos take all of this back; ``trouble`` says in
    words what KiCad did not take."""

    listed: tuple[str, ...] = ()
    kept: int = 0
    gone: int = 0
    steps: int = 0
    trouble: tuple[str, ...] = ()


def mark(board: OpenBoard, earlier: Sequence[str], listed: Sequence[Marker], kept: Sequence[Marker]) -> Marked:
    """Have these markers in KiCad's list and these texts in the board, and none of ours from before.

    ``earlier`` are the ids of every marker that may still be there. Only KiCad 10 has a list that takes markers, and it pushes
    whatever the commit holds with each of them: n markers are n undo steps, the first of which has all the rest in it. Without
    markers it is one step at most. Raises Faults.
    """
    ours = own_texts(board.text)
    try:
        gone = [*ours.marks, *ours.notes, *(earlier if _are_there(board, earlier) else ())]
        if not (gone or listed or kept):
            return Marked()
        with board.one_step("Markers of Check package"):
            delete(board, gone)
            made, trouble = _create(board, kept, ours.layer)
            ids = tuple(_inject(board, marker) for marker in listed)
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        raise fail("KiCad", f"takes no markers ({error}); end what is under way in the board editor") from error
    return Marked(ids, made, len(ours.marks), len(ids) or int(bool(gone or made)), trouble)


def _are_there(board: OpenBoard, markers: Sequence[str]) -> bool:
    """Whether any of these markers is in KiCad's list. It tells nobody what is in there, but selects what is."""
    if not (markers and board.takes_markers):
        return False
    return board.select_all(markers) > 0


def delete(board: OpenBoard, uuids: Sequence[str]) -> None:
    """Remove these items, as part of the commit that is open; KiCad does not say what became of them."""
    if not uuids:
        return
    request = editor.DeleteItems()
    request.header.document.CopyFrom(board.board.document)
    for uuid in uuids:
        request.item_ids.add().value = uuid
    board.board.client.send(request, editor.DeleteItemsResponse)


def _create(board: OpenBoard, markers: Sequence[Marker], layer: Optional[str]) -> tuple[int, tuple[str, ...]]:
    """Put texts on a layer: how many KiCad says it has made, and in words why it did not make the others."""
    if not markers:
        return 0, ()
    if layer is None:
        return 0, ("nothing is kept in the board, for it has no layer for comments: switch on User.Comments in Board Setup",)
    request = editor.CreateItems()
    request.header.document.CopyFrom(board.board.document)
    for marker in markers:
        request.items.add().Pack(_text(marker, layer))
    answer = board.board.client.send(request, editor.CreateItemsResponse)
    made = sum(one.status.code == editor.ISC_OK for one in answer.created_items)
    if made == len(markers):
        return made, ()
    why = next((one.status.error_message for one in answer.created_items if one.status.error_message), "it does not say why")
    return made, (f"KiCad did not take {len(markers) - made} of the {len(markers)} texts to keep ({why})",)


def _inject(board: OpenBoard, marker: Marker) -> str:
    request = commands.InjectDrcError()
    request.board.CopyFrom(board.board.document)
    request.severity = commands.DRS_ERROR if marker.severity == ERROR else commands.DRS_WARNING
    request.message = marker.message
    request.position.x_nm, request.position.y_nm = marker.at
    for uuid in marker.uuids:
        request.items.add().value = uuid
    answer = board.board.client.send(request, commands.InjectDrcErrorResponse)
    return str(answer.marker.value)


def _text(marker: Marker, layer: str) -> types.BoardText:
    made = types.BoardText(layer=layer_number(layer))
    kind = "ERROR" if marker.severity == ERROR else "WARNING"
    words = marker.message.replace("{", "(").replace("}", ")").replace("$", "")
    made.text.text = f"${{DRC_{kind} Overmold: {words}}}"
    made.text.position.x_nm, made.text.position.y_nm = marker.at
    look = made.text.attributes
    look.horizontal_alignment, look.vertical_alignment = enums.HA_CENTER, enums.VA_CENTER
    look.line_spacing, look.visible = 1.0, True
    look.size.x_nm = look.size.y_nm = _SIZE
    look.stroke_width.value_nm = _SIZE * 15 // 100
    return made
