"""A difference between board and package file as changes to the file's text."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any, Union

from ..compare.match import match
from ..kicad.placing.proposal import Proposal
from ..marked_yaml import Marked
from ..marked_yaml.edit import REMOVE, Edit, Rename
from ..package import Chip, Layer, Package, Passive, keys
from ..package.datum import COUNT, PAIR
from ..package.own import own_size
from ..package_file.models.root import key_in_file
from ..shapes import Outline, Point, untransform
from ..units import ANGLE, LENGTH, show, show_toleranced
from . import lands
from .names import rename_net, rename_part
from .netlist import Netlist
from .rows import BY_HAND, CHIP, DATUM, NET, PASSIVE, STACKUP, Row, board_of
from .where import Path, path_of, text_at

_NEAR = 20  # nm: what a turn of the package has rounded is meant to a ten-thousandth of a millimetre
_ARRAY = f"it stands in an array; {BY_HAND}"


class Changes:
    """What is to be done to a package file and to the netlist beside it."""

    def __init__(self, marked: Marked, folder: FilePath) -> None:
        self.marked, self.folder = marked, folder
        self.edits: list[Union[Edit, Rename]] = []
        self.netlist = Netlist(marked, folder)
        self.lands: dict[str, str] = {}

    def put(self, path: Path, value: Any) -> None:
        """``value`` is to stand at ``path``."""
        self.edits.append(Edit(path, value))

    def tables(self) -> dict[str, str]:
        """The tables that are to be written beside the file, by name. The netlist's rows in the file itself join ``edits``."""
        self.edits += self.netlist.edits()
        return {**self.netlist.tables(), **self.lands}


def edits_of(row: Row, made: Proposal, changes: Changes) -> str:
    """Add to ``changes`` what a row takes; gives why it has to be done by hand, "" where it has not."""
    if row.kind in (CHIP, PASSIVE):
        return rename_part(row.file, row.board, row.kind == CHIP, changes)
    if row.kind == NET:
        return rename_net(row.file, row.board, changes)
    board = board_of(made)
    if row.kind == STACKUP:
        return _stackup(board, changes)
    assert row.kind == DATUM
    if row.key == lands.KEY:
        why, edits, changes.lands = lands.lands_of(board, changes.marked, changes.folder)
        changes.edits += edits
        return why
    names = match(board, made.spec)
    parts = keys.split(row.key)
    path = path_of(row.key, changes.marked, names)
    if path is None:
        return f"the package file has no such part; add it there ({BY_HAND})"
    if row.file == "is there" and not row.board and parts[0] in (keys.CHIPS, keys.PASSIVES) and len(parts) == 2:
        changes.put(path, REMOVE)
        return ""
    if parts[-1] == "net" or row.key.endswith("paddle_net"):
        return changes.netlist.connect(row.key, path, row.board, names, changes.edits)
    if parts[-1] in ("at", "angle", "outline") or parts[-1] == "size":
        return _geometry(row, board, path, changes)
    return _datum(row, path, board, changes)


def _datum(row: Row, path: Path, board: Package, changes: Changes) -> str:
    if path[-1] == "on":
        return _stands_on(row, path, changes)
    key = key_in_file(tuple(path))
    if key is None or key.datum is None:
        return (_ARRAY if changes.marked.at((*path[:-1], "array")) else f"it is not a single value in the file; {BY_HAND}")
    if not row.board:
        changes.put(path, REMOVE)
    elif key.datum.form == PAIR:
        changes.put(path, [int(word) for word in row.board.split(" x ")])
    else:
        changes.put(path, int(row.board) if key.datum.form == COUNT else row.board)
    return ""


def _stands_on(row: Row, path: Path, changes: Changes) -> str:
    path = (*path[:-1], "on" if changes.marked.at(path) else "stands_on")
    names = [name.strip() for name in row.board.split(",") if name.strip()]
    changes.put(path, REMOVE if not names else names[0] if len(names) == 1 else names)
    return ""


def _geometry(row: Row, board: Package, path: Path, changes: Changes) -> str:
    parts, what = keys.split(row.key), path[-1]
    some: list[Union[Chip, Passive]] = [*board.chips, *board.passives]
    part = next((one for one in some if one.key == keys.around(row.key)), None)
    if part is not None and what == "at":
        changes.put(path, point(part.at))
    elif part is not None and what == "angle":
        changes.put(path, show(part.angle % 360_000, ANGLE))
    elif part is not None and what == "outline":
        return _outline(path[:-1], part.outline, part.at, part.angle, changes)
    elif row.key == "mold.outline" and board.mold is not None and board.carrier is not None:
        if sorted(board.mold.outline.rings[0]) == sorted(board.carrier.outline.rings[0]):
            changes.put(path, "carrier")
        else:
            size = own_size(board.mold.outline, (0, 0), 0)
            changes.put(path, point(size) if size else _corners(board.mold.outline, (0, 0), 0))
    elif row.key == "carrier.outline" and board.carrier is not None:
        return _outline(path[:-1], board.carrier.outline, (0, 0), 0, changes)
    else:
        return _ARRAY if parts[0] in (keys.BALLS, keys.CHIPS) or row.key.startswith(keys.CARRIER) else BY_HAND
    return ""


def _outline(path: Path, outline: Outline, at: Point, angle: int, changes: Changes) -> str:
    """A part's outline as its size, or as its corners where it has no size."""
    size = own_size(outline, at, angle)
    if size is not None and isinstance(text_at(changes.marked, (*path, "size")), str):
        return f"its size is that of a case, {text_at(changes.marked, (*path, 'size'))}; {BY_HAND}"
    gone, put, value = ("outline", "size", point(size)) if size else ("size", "outline", _corners(outline, at, angle))
    if changes.marked.at((*path, gone)) is not None:
        changes.put((*path, gone), REMOVE)
    changes.put((*path, put), value)
    return ""


def _corners(outline: Outline, at: Point, angle: int) -> list[list[str]]:
    return [point(untransform(corner, at, angle)) for corner in outline.rings[0]]


def point(at: Point) -> list[str]:
    """Two lengths as a package file has them; what a turn has rounded is as it was meant."""
    return [show(whole if abs(whole - value) <= _NEAR else value, LENGTH, "mm")
            for value in at for whole in [round(value / 100) * 100]]


def _stackup(board: Package, changes: Changes) -> str:
    """The layers that differ, one by one where file and board have the same kinds, else all of them."""
    layers = board.carrier.stackup if board.carrier is not None else ()
    path: Path = ("carrier", "stackup")
    there = changes.marked.at(path)
    if not layers:
        return f"the board states none; {BY_HAND}"
    known = [text_at(changes.marked, (*path, i, "layer")) for i in range(len(there.value))] if there is not None else []
    if known != [layer.kind for layer in layers]:
        changes.put(path, [_layer(layer) for layer in layers])
        return ""
    for i, layer in enumerate(layers):
        for name in ("thickness", "material") if layer.kind != "copper" else ("thickness",):
            text, was = _layer(layer).get(name), text_at(changes.marked, (*path, i, name))
            if text != was:
                changes.put((*path, i, name), REMOVE if text is None else text)
    return ""


def _layer(layer: Layer) -> dict[str, str]:
    said = {"layer": layer.kind, "thickness": show_toleranced(layer.thickness, LENGTH)}
    return {**said, "material": layer.material} if layer.material and layer.kind != "copper" else said


