"""The board open in KiCad. The only module that imports ``kipy``.

The board comes as text and goes through the reader of files: kipy's own objects lose what they do not know, and refuse
a whole board for one item that is newer than they are. Findings go back as markers in KiCad's list of violations, or,
where KiCad has no way to take them (before version 10), as a selection. Nothing on the board is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...faults import fail
from ...shapes import Point

# A busy KiCad answers late, and a board of many megabytes takes a while to be written out.
TIMEOUT_MS = 60_000
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

    def show(self, markers: Sequence[Marker], earlier: Sequence[str]) -> tuple[str, list[str]]:
        """Put ``markers`` in the place of ``earlier`` ones (their ids); says in words what was done, and the new ids.

        Raises Faults where KiCad does not take them.
        """
        from kipy.errors import ApiError

        self._take_away(earlier)
        try:
            ids = [self._inject(marker) for marker in markers]
        except ApiError as error:
            if "no handler" not in str(error):
                raise fail("KiCad", f"takes no markers ({error}); end what is under way in the board editor") from error
            return self._select(sorted({uuid for marker in markers for uuid in marker.uuids})), []
        if not ids:
            return "no markers are left in KiCad's list of violations", []
        return f"{len(ids)} marker{'s' * (len(ids) > 1)} in KiCad's list of violations (Inspect > Design Rules Checker)", ids

    def _inject(self, marker: Marker) -> str:
        from kipy.proto.board import board_commands_pb2 as commands

        request = commands.InjectDrcError()
        request.board.CopyFrom(self.board.document)
        request.severity = commands.DRS_ERROR if marker.severity == ERROR else commands.DRS_WARNING
        request.message = marker.message
        request.position.x_nm, request.position.y_nm = marker.at
        for uuid in marker.uuids:
            request.items.add().value = uuid
        answer = self.board.client.send(request, commands.InjectDrcErrorResponse)
        return str(answer.marker.value)

    def _take_away(self, ids: Sequence[str]) -> None:
        """Remove markers of an earlier run; those that are gone already, and a KiCad that has none, are no fault."""
        from kipy.errors import ApiError
        from kipy.proto.common.commands import editor_commands_pb2 as commands

        if not ids:
            return
        request = commands.DeleteItems()
        request.header.document.CopyFrom(self.board.document)
        for uuid in ids:
            request.item_ids.add().value = uuid
        try:
            self.board.client.send(request, commands.DeleteItemsResponse)
        except ApiError:
            return

    def _select(self, uuids: Sequence[str]) -> str:
        from kipy.errors import ApiError
        from kipy.proto.common.commands import editor_commands_pb2 as commands

        if not uuids:
            return "nothing to select"
        self.board.clear_selection()
        request = commands.AddToSelection()
        request.header.document.CopyFrom(self.board.document)
        for uuid in uuids:
            request.items.add().value = uuid
        try:
            self.board.client.send(request, commands.SelectionResponse)
        except ApiError as error:
            raise fail("KiCad", f"selects nothing ({error}); end what is under way in the board editor") from error
        return f"the {len(uuids)} item{'s' * (len(uuids) > 1)} to look at {'are' if len(uuids) > 1 else 'is'} selected in KiCad"


def open_board() -> OpenBoard:
    """The board that is open in KiCad; raises Faults."""
    try:
        import kipy
        from kipy.errors import ApiError
        from kipy.errors import ConnectionError as NoAnswer
    except ImportError as error:
        raise fail("KiCad", f"cannot be asked, the package kicad-python is missing or too old ({error})") from error
    try:
        board = kipy.KiCad(client_name="overmold", timeout_ms=TIMEOUT_MS).get_board()
        return OpenBoard(board.get_as_string().encode(), board.name, board)
    except NoAnswer as error:
        raise fail("KiCad", f"does not answer ({error}); close its open dialogs, and see that the API is switched on "
                            "under Preferences > Plugins") from error
    except ApiError as error:
        raise fail("KiCad", f"gives no board ({error}); open one in the board editor") from error
