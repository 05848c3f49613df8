"""Markers that stay in the board: texts that KiCad's own check reports as errors and warnings of ours.

A text that begins with ``${DRC_ERROR …}`` is reported by KiCad 9 and 10, in the editor and by ``kicad-cli``, and is printed
as nothing. Ours are known by their first word, so that the next check finds and replaces them, whoever has saved the board.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_types_pb2 as types
from kipy.proto.common.commands import editor_commands_pb2 as editor
from kipy.proto.common.types import enums_pb2 as enums

from ...faults import fail
from ..clauses.sexpr import index
from ..clauses.tree import tree
from .board import ERROR, Marker, OpenBoard
from .connection import no_answer

_OURS = re.compile(r"\$\{DRC_(ERROR|WARNING) Overmold: ")
_SIZE = 200_000  # nm: nothing of it is seen


def kept_marks(text: bytes) -> list[str]:
    """The uuids of the markers of ours that stand in a board."""
    found = index(text, "board", ("kicad_pcb",))
    texts = (tree(found, clause) for clause in found.called(found.inside(0), b"gr_text").tolist())
    return [one.word_of("uuid") for one in texts if _OURS.match(one.word())]


def replace_marks(board: OpenBoard, earlier: Sequence[str], markers: Sequence[Marker]) -> int:
    """Have these markers in the board and none of ours from before, as one undo step; how many of those there were.

    ``earlier`` are the ids of markers in KiCad's list, which go in the same step. Raises Faults.
    """
    kept = kept_marks(board.text)
    if not (earlier or kept or markers):
        return 0
    client, document = board.board.client, board.board.document
    try:
        commit = board.board.begin_commit()
        try:
            if earlier or kept:
                gone = editor.DeleteItems()
                gone.header.document.CopyFrom(document)
                for uuid in (*earlier, *kept):
                    gone.item_ids.add().value = uuid
                client.send(gone, editor.DeleteItemsResponse)
            if markers:
                new = editor.CreateItems()
                new.header.document.CopyFrom(document)
                for marker in markers:
                    new.items.add().Pack(_text(marker))
                client.send(new, editor.CreateItemsResponse)
        except BaseException:
            board.board.drop_commit(commit)
            raise
        board.board.push_commit(commit, "Markers of Check package")
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        raise fail("KiCad", f"takes no markers ({error}); end what is under way in the board editor") from error
    return len(kept)


def _text(marker: Marker) -> types.BoardText:
    made = types.BoardText(layer=types.BL_Cmts_User)
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
