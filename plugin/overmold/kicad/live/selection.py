"""What is selected in KiCad, as uuids."""

from __future__ import annotations

from typing import Any

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_types_pb2 as types
from kipy.proto.common.commands import editor_commands_pb2 as editor

from ...faults import fail
from .connection import no_answer


def selected(board: Any) -> list[str]:
    """The uuids of the selected items, and where KiCad tells them (from 10 on) of the footprints they are part of."""
    request = editor.GetSelection()
    request.header.document.CopyFrom(board.document)
    try:
        found = board.client.send(request, editor.SelectionResponse).items
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        raise fail("KiCad", f"does not say what is selected ({error}); end what is under way in the board editor") from error
    uuids = []
    for item in found:
        # kipy stumbles over a marker, which comes without a type.
        kind = getattr(types, item.type_url.rpartition(".")[2], None)
        if kind is None:
            continue
        message = kind()
        message.ParseFromString(item.value)
        own = message.text if isinstance(message, types.Field) else message
        # The parent of a footprint is the board.
        is_whole = isinstance(message, types.FootprintInstance)
        uuids += [found for found in ("" if is_whole else own.parent.value, own.id.value) if found]
    return list(dict.fromkeys(uuids))
