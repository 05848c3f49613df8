"""The board open in KiCad: how it is reached, read, and what can be shown on it without changing anything.

The board comes as text and goes through the reader of files: kipy's own objects lose what they do not know, and refuse
a whole board for one item that is newer than they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
from kipy.proto.board import board_commands_pb2 as commands
from kipy.proto.common.commands import editor_commands_pb2 as editor

from ...faults import fail
from ...shapes import Point
from .connection import connect, no_answer
from .selection import selected

# Whether somebody answers is known soon; a board of many megabytes takes a while to be written out.
ANSWER_MS, TIMEOUT_MS = 5_000, 60_000
ERROR = "error"


@dataclass(frozen=True)
class Marker:
    """One finding: ``severity`` is error or warning, ``uuids`` are the items it is about, ``at`` is on the board."""

    severity: str
    message: str
    at: Point
    uuids: tuple[str, ...]


@dataclass(frozen=True)
class OpenBoard:
    """The board in KiCad's board editor: its ``text``, unsaved changes included, and its file ``name``."""

    text: bytes
    name: str
    board: Any

    def show(self, markers: Sequence[Marker]) -> tuple[str, list[str]]:
        """Put ``markers`` into KiCad's list of violations; says in words what was done, and the ids they have there.

        KiCad takes markers from version 10 on, each as an undo step of its own; before that their items are selected. Raises
        Faults.
        """
        try:
            # KiCad keeps a commit open for whoever puts a marker, and would refuse them the next: so another name does it.
            client = _board("overmold markers").client
            ids = [self._inject(client, marker) for marker in markers]
        except NoAnswer as error:
            raise no_answer(error) from error
        except ApiError as error:
            if "no handler" not in str(error):
                raise fail("KiCad", f"takes no markers ({error}); end what is under way in the board editor") from error
            return self.select([uuid for marker in markers for uuid in marker.uuids]), []
        if not ids:
            return "no markers are left in KiCad's list of violations", []
        return f"{len(ids)} marker{'s' * (len(ids) > 1)} in KiCad's list of violations (Inspect > Design Rules Checker)", ids

    def select(self, uuids: Sequence[str], zoom: bool = False) -> str:
        """Select these items and nothing else, and with ``zoom`` bring them into view; says what is selected."""
        uuids = list(dict.fromkeys(uuids))
        try:
            self.board.clear_selection()
            if not uuids:
                return "nothing to select"
            request = editor.AddToSelection()
            request.header.document.CopyFrom(self.board.document)
            for uuid in uuids:
                request.items.add().value = uuid
            self.board.client.send(request, editor.SelectionResponse)
            if zoom:
                action = editor.RunAction(action="common.Control.zoomFitSelection")
                self.board.client.send(action, editor.RunActionResponse)
        except NoAnswer as error:
            raise no_answer(error) from error
        except ApiError as error:
            raise fail("KiCad", f"selects nothing ({error}); end what is under way in the board editor") from error
        return f"the {len(uuids)} item{'s' * (len(uuids) > 1)} to look at {'are' if len(uuids) > 1 else 'is'} selected in KiCad"

    def selected(self) -> list[str]:
        """The uuids of what is selected; raises Faults."""
        return selected(self.board)

    def _inject(self, client: Any, marker: Marker) -> str:
        request = commands.InjectDrcError()
        request.board.CopyFrom(self.board.document)
        request.severity = commands.DRS_ERROR if marker.severity == ERROR else commands.DRS_WARNING
        request.message = marker.message
        request.position.x_nm, request.position.y_nm = marker.at
        for uuid in marker.uuids:
            request.items.add().value = uuid
        answer = client.send(request, commands.InjectDrcErrorResponse)
        return str(answer.marker.value)


def open_board() -> OpenBoard:
    """The board that is open in KiCad; raises Faults."""
    try:
        connect("overmold", ANSWER_MS)
        board = _board("overmold")
        return OpenBoard(board.get_as_string().encode(), board.name, board)
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        # A schematic editor by itself has no handler for anything about boards.
        why = "has no board open" if "no handler" in str(error) else f"gives no board ({error})"
        raise fail("KiCad", f"{why}; open one in the board editor") from error


def _board(name: str) -> Any:
    return connect(name, TIMEOUT_MS)[0].get_board()
