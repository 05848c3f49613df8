"""The board open in KiCad: how it is reached, read, and what can be shown on it without changing anything.

The board comes as text and goes through the reader of files: kipy's own objects lose what they do not know, and refuse
a whole board for one item that is newer than they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from kipy.errors import ApiError
from kipy.errors import ConnectionError as NoAnswer
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
    """The board in KiCad's board editor: its ``text``, unsaved changes included, its file ``name``, and the ``version`` of
    that KiCad."""

    text: bytes
    name: str
    board: Any
    version: str = ""

    @property
    def project(self) -> str:
        """The folder of its project, "" for a board that was never saved."""
        return str(self.board.document.project.path)

    @property
    def path(self) -> str:
        """What it is remembered by: its file with its folder, for two projects may have boards of one name."""
        return str(PurePath(self.project, self.name)) if self.project else self.name

    @property
    def takes_markers(self) -> bool:
        """Whether this KiCad has a list of violations that others may add to: from 10 on."""
        return version_number(self.version) >= (10,)

    @contextmanager
    def one_step(self, words: str) -> Iterator[None]:
        """What is changed within is one undo step of this name, and none where anything is raised. Raises kipy's errors."""
        commit = self.board.begin_commit()
        try:
            yield
        except BaseException:
            self.board.drop_commit(commit)
            raise
        self.board.push_commit(commit, words)

    def select(self, uuids: Sequence[str], zoom: bool = False) -> str:
        """Select these items and nothing else, and with ``zoom`` bring them into view; says what KiCad says it has selected."""
        try:
            count = self.select_all(uuids)
            if not uuids:
                return "nothing to select"
            if zoom and count:
                action = editor.RunAction(action="common.Control.zoomFitSelection")
                self.board.client.send(action, editor.RunActionResponse)
        except NoAnswer as error:
            raise no_answer(error) from error
        except ApiError as error:
            raise fail("KiCad", f"selects nothing ({error}); end what is under way in the board editor") from error
        if not count:
            return "nothing of it is on the board any more"
        return f"the {count} item{'s' * (count > 1)} to look at {'are' if count > 1 else 'is'} selected in KiCad"

    def select_all(self, uuids: Sequence[str]) -> int:
        """Select these items and nothing else; how many of them there are. Raises kipy's errors."""
        self.board.clear_selection()
        if not uuids:
            return 0
        request = editor.AddToSelection()
        request.header.document.CopyFrom(self.board.document)
        for uuid in dict.fromkeys(uuids):
            request.items.add().value = uuid
        return len(self.board.client.send(request, editor.SelectionResponse).items)

    def selected(self) -> list[str]:
        """The uuids of what is selected; raises Faults."""
        return selected(self.board)


def open_board() -> OpenBoard:
    """The board that is open in KiCad; raises Faults."""
    try:
        version = connect("overmold", ANSWER_MS)[1]
        board = connect("overmold", TIMEOUT_MS)[0].get_board()
        return OpenBoard(board.get_as_string().encode(), board.name, board, version)
    except NoAnswer as error:
        raise no_answer(error) from error
    except ApiError as error:
        # A schematic editor by itself has no handler for anything about boards.
        why = "has no board open" if "no handler" in str(error) else f"gives no board ({error})"
        raise fail("KiCad", f"{why}; open one in the board editor") from error


def version_number(version: str) -> tuple[int, ...]:
    """``10.0.7`` as numbers to compare; nothing of what cannot be read."""
    return tuple(map(int, re.findall(r"\d+", version.split("-")[0])[:3]))
