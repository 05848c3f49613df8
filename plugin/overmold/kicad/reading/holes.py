"""Every hole of a board: its vias, and the drilled pads of all footprints, ours or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...package import Holes, keys
from ...shapes import Point, distinct, transform
from ...units import LENGTH, mm
from ..clauses.columns import last_word, numbers, whole
from ..clauses.scan import Int32
from ..clauses.tree import Clause, tree
from .contents import Contents
from .fields import Notes
from .pads import children

_PROTECTED = ("tenting", "covering", "plugging")  # each side for itself
_CLOSED = ("filling", "capping")
_SLOT = 5  # circles along a slot


@dataclass(frozen=True)
class _Hole:
    name: str
    text: str
    clause: int
    spots: tuple[Point, ...]
    drill: int
    is_open: bool
    uuid: str


def read_holes(contents: Contents, notes: Notes, on_back: bool) -> Optional[Holes]:
    """The holes of a board whose chips sit on its front, or ``on_back``; None where it has none. Open ones have a place."""
    if b"(via" not in contents.index.data and b"thru_hole" not in contents.index.data:
        return None
    side = "back" if on_back else "front"
    found = [*_vias(contents, side), *_pads(contents, side)]
    if not found:
        return None
    for one in found:
        if one.is_open:
            notes.put(keys.hole(one.name), one.text, one.clause, one.spots[0], one.uuid)
    rows = [(one, spot) for one in found for spot in one.spots]
    return Holes(tuple(one.name for one, _ in rows), np.array([spot for _, spot in rows], np.int64),
                 np.array([one.drill for one, _ in rows], np.int64), np.array([one.is_open for one, _ in rows], np.bool_))


def _vias(contents: Contents, side: str) -> Iterator[_Hole]:
    index = contents.index
    vias = index.called(contents.top, b"via")
    if not len(vias):
        return
    parts = children(index, vias)
    owner = index.owners(parts, vias)

    def column(name: bytes, most: int) -> IntArray:
        rows = index.which_called(parts, index.heads[parts], name)
        values = np.zeros((len(vias), most), np.int64)
        values[owner[rows]] = numbers(index, parts[rows], name, most)[0]
        return values

    at, size, drill = column(b"at", 2), column(b"size", 1)[:, 0], column(b"drill", 1)[:, 0]
    ids = [""] * len(vias)
    for name in (b"tstamp", b"uuid"):
        rows = index.which_called(parts, index.heads[parts], name)
        for row, word in zip(owner[rows].tolist(), last_word(index, parts[rows], name)):
            ids[row] = word
    reaches, is_open = _via_states(contents, parts, owner, len(vias), side)
    # Without a drill of its own a via has that of its net class, which is no wider than its copper.
    wide = np.where(drill > 0, drill, size)
    for row in np.flatnonzero(reaches).tolist():
        x, y = at[row].tolist()
        yield _Hole(name=f"V{row + 1}", text=f"via at ({mm(x)}, {mm(y)}) mm", clause=int(vias[row]), spots=((x, y),),
                    drill=int(wide[row]), is_open=bool(is_open[row]), uuid=ids[row])


def _via_states(contents: Contents, parts: Int32, owner: Int32, count: int, side: str
                ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which vias come to the side, and which of them are open there (n each)."""
    index = contents.index
    copper = "F.Cu" if side == "front" else "B.Cu"
    reaches = np.ones(count, np.bool_)
    rows = index.which_called(parts, index.heads[parts], b"layers")
    reaches[owner[rows]] = [copper in index.text(clause) for clause in parts[rows].tolist()]
    closed = np.zeros(count, np.bool_)
    for name in (*_PROTECTED, *_CLOSED):
        usual = _usually(contents, name, side)
        its = np.full(count, usual)
        rows = index.which_called(parts, index.heads[parts], name.encode())
        known: dict[str, bool] = {}
        for row, clause in zip(owner[rows].tolist(), parts[rows].tolist()):
            text = index.text(clause)
            if text not in known:
                said = _says(tree(index, clause), side)
                known[text] = usual if said is None else said
            its[row] = known[text]
        closed |= its
    return reaches, ~closed


def _usually(contents: Contents, name: str, side: str) -> bool:
    """Whether the board's set-up protects vias so where they say nothing themselves; KiCad tents them if nobody says."""
    clause = contents.setup.first(name)
    said = _says(clause, side) if clause is not None else None
    if said is not None:
        return said
    plot = contents.setup.first("pcbplotparams")
    return name == "tenting" and (plot is None or plot.word_of("viasonmask") not in ("yes", "true"))


def _says(clause: Clause, side: str) -> Optional[bool]:
    """What a clause says of a side: ``(tenting front back)`` and ``(tenting none)`` of KiCad 9, ``(tenting (front yes) (back
    none))`` and ``(filling yes)`` of KiCad 10; None where the board's set-up decides."""
    inner = clause.first(side)
    if inner is not None:
        return {"yes": True, "no": False}.get(inner.word())
    if clause.name in _CLOSED:
        return {"yes": True, "no": False}.get(clause.word())
    if any(clause.all("front", "back")):
        return None
    return side in clause.words


def _pads(contents: Contents, side: str) -> Iterator[_Hole]:
    index, pads = contents.index, contents.pads
    if b"thru_hole" not in index.data:
        return
    parts = children(index, pads.clauses)
    rows = index.which_called(parts, index.heads[parts], b"drill")
    drilled = distinct(index.owners(parts[rows], pads.clauses)).tolist()
    taken: dict[str, int] = {}
    for row in drilled:
        pad = tree(index, int(pads.clauses[row]))
        kind, drill = pad.word(1), pad.first("drill")
        if kind not in ("thru_hole", "np_thru_hole") or drill is None:
            continue
        widths = [width for width in (whole(word, largest=LENGTH.largest) for word in drill.words[:3]) if width]
        if not widths:
            continue
        spots = _slot((int(pads.xy[row, 0]), int(pads.xy[row, 1])), widths[0], widths[-1], int(pads.angle[row]))
        reference = contents.reference(int(pads.owner[row]))
        name = f"{reference}.{pads.names[row] or 'hole'}"
        taken[name] = taken.get(name, 0) + 1
        text = f"pad {pads.names[row]} of {reference}" if pads.names[row] else f"hole of {reference}"
        yield _Hole(name=name if taken[name] == 1 else f"{name}_{taken[name]}", text=text, clause=int(pads.clauses[row]),
                    spots=spots, drill=min(widths), is_open=kind == "np_thru_hole" or _is_bare(pad, side),
                    uuid=pads.uuids[row])


def _is_bare(pad: Clause, side: str) -> bool:
    """Whether the mask of a side leaves a plated pad free."""
    layers = {word for clause in pad.all("layers") for word in clause.words}
    tented = pad.first("tenting")
    return bool(layers & {"*.Mask", "F&B.Mask", "F.Mask" if side == "front" else "B.Mask"}) and not (
        tented is not None and _says(tented, side))


def _slot(at: Point, wide: int, high: int, angle: int) -> tuple[Point, ...]:
    """The middles of the circles that a slot of these sizes is milled by, the first its own middle."""
    half = abs(wide - high) / 2
    if not half:
        return (at,)
    steps = (0.0, *(half * (2 * k / (_SLOT - 1) - 1) for k in range(_SLOT) if 2 * k != _SLOT - 1))
    return tuple(transform((round(step), 0) if wide > high else (0, round(step)), at, angle) for step in steps)
