"""The button *Place package*: choose a package file, see what placing it would do, have it done as one undo step."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any, Optional

from ..faults import fail
from ..kicad.live.board import OpenBoard, open_board
from ..kicad.live.note import take_notes_away
from ..kicad.placing.groups import CARRIER
from ..kicad.placing.modes import PATTERN
from ..kicad.placing.offer import Offer, offer
from ..kicad.placing.proposal import Proposal
from ..package import keys
from ..package_file import read_package_file
from ..pages.log import write_log
from ..pictures.plan import plan as picture_of
from ..shapes import Point
from ..state import remember_package_file
from ..units import LENGTH, UnitError, mm, parse
from . import files, way
from .take_over import takes, written

TITLES = {"carrier": "Carrier", keys.STACKUP: "Stack-up", keys.FINGERS: "Bond fingers", "wires": "Wires",
          "edge": "Board outline"}


def press() -> int:
    """The form, until it is closed."""
    from ..pages import render
    from .editing import PlaceDesk
    from .window import open_file, serve

    desk = PlaceDesk()
    actions = {"begin": lambda data: desk.first(begin(data)), "browse": browse, "preview": preview, "place": place,
               "take": take}
    if serve(desk.page, {**actions, **desk.actions}, "Place package") == 0:
        return 0
    said = render("message", title="Place package", lines=["No browser opened; use 'overmold build' instead."], trace="")
    return open_file("place", said, "Place package needs a browser")


def begin(data: dict[str, Any]) -> dict[str, Any]:
    """What the form begins with: the board's name, the package files at hand, the likeliest first."""
    board = open_board()
    take_notes_away(board)
    said: list[str] = []
    return {"board": board.name, "files": files.at_hand(board, said.append), "folder": str(files.project_folder(board)),
            "said": said}


def browse(data: dict[str, Any]) -> dict[str, Any]:
    """The folders and package files of a folder."""
    return files.listing(str(data.get("folder", "")))


def preview(data: dict[str, Any]) -> dict[str, Any]:
    """What placing would do, for the form to show; raises Faults."""
    board = open_board()
    made = _offered(board, data)
    return {**_shown(made, board), "takes": takes(made.proposal, _path(data, board))}


def place(data: dict[str, Any]) -> dict[str, Any]:
    """Do what is chosen, unless the board or the package file has changed since it was shown: then show it anew."""
    from ..kicad.live.place import carry_out

    board = open_board()
    made = _offered(board, data)
    shown = _shown(made, board)
    if shown["seen"] != data.get("seen"):
        return {**shown, "takes": takes(made.proposal, _path(data, board)), "changed": True}
    todo = made.work([str(one) for one in data.get("chosen", ())])
    some = todo.made or todo.edge or todo.gone
    if not (some or data.get("write")):
        raise fail("Place package", "nothing is chosen; tick what is to be placed")
    answer: dict[str, Any] = {"done": ""}
    if some:
        new = carry_out(board, todo)
        board.select(new, zoom=True)
        answer = {"done": f"{todo.words[0].upper()}{todo.words[1:]}, in one step: one undo in KiCad takes it back."}
    remember_package_file(board.path, str(_path(data, board)), write_log)
    return way.with_files(answer, made, board) if data.get("write") else answer


def take(data: dict[str, Any]) -> dict[str, Any]:
    """Write what is chosen into the package file, unless board or file has changed since it was shown: then show it anew."""
    board = open_board()
    made = _offered(board, data)
    shown = {**_shown(made, board), "takes": takes(made.proposal, _path(data, board))}
    if shown["seen"] != data.get("seen"):
        return {**shown, "changed": True}
    return {"done": written(made.proposal, _path(data, board), [str(one) for one in data.get("chosen", ())])}


def _offered(board: OpenBoard, data: dict[str, Any]) -> Offer:
    spec = read_package_file(_path(data, board))
    return offer(spec, board.text, board.name, way.wish(data, _point(data), board))


def _path(data: dict[str, Any], board: OpenBoard) -> Path:
    words = str(data.get("file", "")).strip().strip('"')
    if not words:
        raise fail("Place package", "no package file is named; choose one, or write one with 'overmold new NAME'")
    path = files.path_of(words)
    return path if path.is_absolute() else files.project_folder(board) / path


def _point(data: dict[str, Any]) -> Optional[Point]:
    """Where the carrier's middle is to lie; None where nobody has said."""
    written = [str(data.get(axis, "")).strip() for axis in ("x", "y")]
    if not any(written):
        return None
    point = []
    for axis, words in zip("xy", written):
        try:
            # On this form a bare number is meant in KiCad's own unit.
            point.append(parse(f"{words} mm" if _is_number(words) else words, LENGTH))
        except UnitError as error:
            raise fail(f"Place package, {axis}", str(error)) from None
    return point[0], point[1]


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True


def _shown(offered: Offer, board: OpenBoard) -> dict[str, Any]:
    made = offered.proposal
    changes = [{"id": change.id, "kind": change.kind, "title": _title(change.unit), "words": list(change.words),
                "ticked": change.ticked, "can": change.kind != "blocked"} for change in made.changes]
    placed = made.board is not None and made.board.carrier is not None
    svg = base64.b64encode(picture_of(made.spec).encode()).decode()
    shown = {
        "package": made.spec.name, "changes": changes, "kept": list(made.kept), "notes": list(made.notes),
        "x": mm(made.at[0]), "y": mm(made.at[1]), "fixed": placed, "picture": f"data:image/svg+xml;base64,{svg}",
        "spots": [{"name": name, "x": mm(x), "y": mm(y)} for name, (x, y) in _spots(made, board)],
        **way.shown(offered, board),
    }
    # What was looked at: if it is the same again when the button is pressed, it may be done.
    seen = repr((board.name, made.spec.name, changes, made.at, offered.mode, shown["beside"]))
    return {**shown, "seen": hashlib.sha256(seen.encode()).hexdigest()}


def _spots(made: Proposal, board: OpenBoard) -> list[tuple[str, Point]]:
    """Places that somebody may mean: the middle of what is drawn, of the sheet, and KiCad's origins where they are set."""
    from ..kicad.live.place import origins

    spots = [("middle of the board outline", made.edge.centre)] if made.edge else []
    return [*spots, ("middle of an A4 sheet", (148_500_000, 105_000_000)), *origins(board)]


def _title(unit: str) -> str:
    if unit.startswith(PATTERN):
        return f"Land pattern {unit[len(PATTERN) + 1:]}"
    if unit == CARRIER or unit in TITLES:
        return TITLES[unit]
    return f"{'Chip' if keys.is_within(unit, keys.CHIPS) else 'Passive'} {keys.last(unit)}"
