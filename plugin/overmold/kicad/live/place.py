"""Carry out in KiCad what has been chosen from a plan: one commit, so that one undo takes all of it back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_commands_pb2 as commands
from kipy.proto.board import board_types_pb2 as types
from kipy.proto.common.commands import editor_commands_pb2 as editor
from kipy.proto.common.types import base_types_pb2 as base
from kipy.proto.common.types import enums_pb2 as enums

from ...faults import fail
from ...shapes import Point
from ..placing.work import Made, Work
from .added import OWN_LAYERS
from .board import OpenBoard
from .marks import delete
from .merge import merge
from .messages import footprint_message, layer_number, shape_message


def carry_out(board: OpenBoard, work: Work) -> list[str]:
    """Make and remove everything as one undo step; gives the uuids of the new footprints.

    Raises Faults, and then the board is as it was.
    """
    try:
        former = _footprints(board, {one.replaces for one in work.made if one.replaces})
        messages = [_message(one, work, former) for one in work.made]
        messages += [shape_message(shape, names=work.names) for shape in work.edge]
        _enable(board, work.layers)
        with board.one_step(f"Place package {work.library}"):
            delete(board, work.gone)
            made = _create(board, messages)
        return made
    except NoAnswer as error:
        raise fail("KiCad", f"does not answer any more ({error}); if the package has been placed all the same, "
                            "undo takes it back") from error
    except ApiError as error:
        raise fail("KiCad", f"does not take the package ({error}); end what is under way in the board editor and try "
                            "again") from error


def origins(board: OpenBoard) -> list[tuple[str, Point]]:
    """The origins that somebody has set on the board, by the names KiCad gives them."""
    found = []
    for kind, name in ((commands.BOT_GRID, "grid origin"), (commands.BOT_DRILL, "drill/place file origin")):
        request = commands.GetBoardOrigin(board=board.board.document, type=kind)
        try:
            at = board.board.client.send(request, base.Vector2)
        except (ApiError, NoAnswer):
            continue
        if at.x_nm or at.y_nm:
            found.append((name, (at.x_nm, at.y_nm)))
    return found


def _message(one: Made, work: Work, former: dict[str, Any]) -> Any:
    made = footprint_message(one.drawn.part, one.drawn.fields, work.library, str(uuid.uuid4()), work.names)
    if one.replaces:
        if one.replaces not in former:
            raise fail("KiCad", f"has no footprint {one.drawn.part.reference.words} any more; look at the difference again")
        before = one.before or one.drawn
        drawn = footprint_message(before.part, before.fields, work.library, "", work.names)
        merge(made, former[one.replaces], drawn, one.without, {layer_number(work.names[layer]) for layer in OWN_LAYERS})
    return made


def _footprints(board: OpenBoard, wanted: set[str]) -> dict[str, Any]:
    """The board's footprints with these uuids, as KiCad itself describes them."""
    if not wanted:
        return {}
    request = editor.GetItems(types=[enums.KOT_PCB_FOOTPRINT])
    request.header.document.CopyFrom(board.board.document)
    found = {}
    for item in board.board.client.send(request, editor.GetItemsResponse).items:
        footprint = types.FootprintInstance()
        footprint.ParseFromString(item.value)
        if footprint.id.value in wanted:
            found[footprint.id.value] = footprint
    return found


def _enable(board: OpenBoard, layers: Sequence[str]) -> None:
    """Switch on the layers that are drawn on and that the board does not have yet; none is ever switched off."""
    client, document = board.board.client, board.board.document
    there = client.send(commands.GetBoardEnabledLayers(board=document), commands.BoardEnabledLayersResponse)
    wanted = {layer_number(layer) for layer in layers}
    if not wanted - set(there.layers):
        return
    request = commands.SetBoardEnabledLayers(board=document, copper_layer_count=there.copper_layer_count)
    request.layers.extend(sorted(wanted | set(there.layers)))
    client.send(request, commands.BoardEnabledLayersResponse)


def _create(board: OpenBoard, messages: Iterable[Any]) -> list[str]:
    request = editor.CreateItems()
    request.header.document.CopyFrom(board.board.document)
    for message in messages:
        request.items.add().Pack(message)
    if not request.items:
        return []
    answer = board.board.client.send(request, editor.CreateItemsResponse)
    for result in answer.created_items:
        if result.status.code != editor.ISC_OK:
            raise fail("KiCad", f"does not take one of the footprints ({result.status.error_message}); nothing was placed")
    if len(answer.created_items) != len(request.items):
        raise fail("KiCad", f"made {len(answer.created_items)} of {len(request.items)} items; nothing was placed")
    return [message.id.value for message in messages if isinstance(message, types.FootprintInstance)]
