"""All pads of a part as text, joined from prepared pieces, so that ten thousand of them cost milliseconds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...drawing import OVAL, RECTANGLE, ROUND, ROUNDED, Pads, Part
from ...units import mm
from ..clauses.tree import quote
from ..names.layers import NAMES
from .uuids import uuids

_SHAPES = {ROUND: "circle", OVAL: "oval", RECTANGLE: "rect", ROUNDED: "roundrect"}
_CUT = {"tl": "top_left", "tr": "top_right", "bl": "bottom_left", "br": "bottom_right"}


@dataclass(frozen=True)
class OnBoard:
    """What only a footprint on a board has: its library, its own UUID, and the number of each net.

    Nets are ``(net 3 "GND")``; a pad without a net gets the name KiCad would give it.
    """

    library: str
    uuid: str
    nets: Mapping[str, int]


def net_of(part: Part, name: str, net: str) -> str:
    """The net of a pad as it is called on a board: its own, else KiCad's name for a pad that connects nothing."""
    return net or f"unconnected-({part.reference.words}-{name})"


def pads_clauses(part: Part, board: Optional[OnBoard], angle: int, t: str) -> list[bytes]:
    """All pads in KiCad's order. Every piece of text that recurs is made once, and all are joined in one go."""
    names = [name for group in part.pads for name in group.names]
    if not names:
        return []
    xs: list[bytes] = []
    ys: list[bytes] = []
    nets: list[bytes] = []
    for group in part.pads:
        turned = (angle + group.angle) % 360_000
        before, after, end = _pad_pieces(group, f" {degrees(turned)}" if turned else "", t)
        xs += _column(group, 0, before, " ")
        ys += _column(group, 1, "", after if board else after + end)
        if board:
            own = (net_of(part, name, net) for name, net in zip(group.names, group.nets))
            nets += [f"\n{t}\t(net {board.nets[net]} {quote(net)}){end}".encode() for net in own]
    columns = [_quoted(names), xs, ys]
    columns += [nets] if board else []
    ids = uuids(f"{part.name} {part.reference.words if board else ''} pads", len(names))
    count, runs = len(columns) + 2, _runs(_order(names, part.pads))
    # Between two UUIDs stand the end of one pad and the beginning of the next.
    pieces = [f'")\n{t})\n{t}(pad "'.encode()] * (count * len(names))
    for spot, column in enumerate(columns):
        pieces[spot + 1::count] = [piece for begin, end in runs for piece in column[begin:end]]
    pieces[count - 1::count] = ids
    pieces[0] = f'{t}(pad "'.encode()
    pieces.append(f'")\n{t})\n'.encode())
    return pieces


def _quoted(names: Sequence[str]) -> list[bytes]:
    """Names as they stand between quotation marks."""
    text = "\0".join(names)
    if '"' in text or "\\" in text or "\n" in text:
        text = "\0".join(quote(name)[1:-1] for name in names)
    return text.encode().split(b"\0")


def _pad_pieces(group: Pads, turn: str, t: str) -> tuple[str, str, str]:
    """What stands between a pad's name and its position, after its position, and before its UUID."""
    shape = "custom" if group.arms else _SHAPES[group.shape]
    kind = "bga" if group.is_ball else "heatsink" if group.takes_heat else ""
    made = f"{t}\t(property pad_prop_{kind})\n" if kind else ""
    layers = " ".join(f'"{NAMES[layer]}"' for layer in group.layers)
    margin = f"{t}\t(solder_mask_margin {mm(group.margin)})\n" if group.margin is not None else ""
    margin += f"{t}\t(solder_paste_margin {mm(group.paste)})\n" if group.paste is not None else ""
    margin += f"{t}\t(solder_paste_margin_ratio {mm(group.paste_share)})\n" if group.paste_share is not None else ""
    through = f"{t}\t(remove_unused_layers no)\n" if group.drill else ""
    zone = f"{t}\t(zone_connect 2)\n" if group.takes_heat and not group.drill else ""
    drill = f"{t}\t(drill {mm(group.drill)})\n" if group.drill else ""
    end = f'\n{through}{_corners(group, t)}{margin}{zone}{_arms(group, t)}{t}\t(uuid "'
    after = f"{turn})\n{t}\t(size {mm(group.size[0])} {mm(group.size[1])})\n{drill}{made}{t}\t(layers {layers})"
    return f'" {"thru_hole" if group.drill else "smd"} {shape}\n{t}\t(at ', after, end


def _corners(group: Pads, t: str) -> str:
    """How the corners of a rounded pad are; shares of its shorter side, which are millionths here as nanometres of a
    millimetre are."""
    if group.shape != ROUNDED or group.arms:
        return ""
    cut = f"{t}\t(chamfer_ratio {mm(group.chamfer)})\n{t}\t(chamfer {' '.join(_CUT[one] for one in group.cut)})\n" \
        if group.cut else ""
    return f"{t}\t(roundrect_rratio {round(group.rounding, 6):g})\n{cut}"


def _arms(group: Pads, t: str) -> str:
    """A pad of odd shape: a rectangle, and polygons of the same metal.

    KiCad writes number and net over the box around all of it, unless a box for them is named: the rectangle.
    """
    if not group.arms:
        return ""
    x, y = group.size[0] // 2, group.size[1] // 2
    anchor = _SHAPES[RECTANGLE if group.shape == RECTANGLE else ROUND]
    rows = [f"{t}\t(options\n{t}\t\t(clearance outline)\n{t}\t\t(anchor {anchor})\n{t}\t)\n{t}\t(primitives\n"]
    rows.append(f"{t}\t\t(gr_bbox\n{t}\t\t\t(start {mm(-x)} {mm(-y)})\n{t}\t\t\t(end {mm(x)} {mm(y)})\n{t}\t\t)\n")
    for arm in group.arms:
        points = " ".join(f"(xy {mm(x)} {mm(y)})" for x, y in arm)
        rows.append(f"{t}\t\t(gr_poly\n{t}\t\t\t(pts\n{t}\t\t\t\t{points}\n{t}\t\t\t)\n"
                    f"{t}\t\t\t(width {mm(group.stroke)})\n{t}\t\t\t(fill yes)\n{t}\t\t)\n")
    return "".join(rows) + f"{t}\t)\n"


def _column(group: Pads, axis: int, before: str, after: str) -> list[bytes]:
    """The coordinates of all pads as text; in an array few values recur, each is formatted once."""
    values = group.xy[:, axis]
    known = {value: f"{before}{mm(value)}{after}".encode() for value in np.unique(values).tolist()}
    return list(map(known.__getitem__, values.tolist()))


def _order(names: Sequence[str], groups: Sequence[Pads]) -> IntArray:
    """The rows in KiCad's order: those of one name from left to right, downwards, and the smaller over the larger."""
    keys = _sort_keys(names)
    if keys is not None:
        order: IntArray = np.argsort(keys, kind="stable")
        if (np.diff(keys[order]) > 0).all():  # no name comes twice
            return order
    elif len(set(names)) == len(names):
        return np.array(natural_order(names), np.int64)
    xy = np.concatenate([group.xy for group in groups])
    size = np.repeat([group.size for group in groups], [len(group.names) for group in groups], axis=0)
    rows: IntArray = np.lexsort((size[:, 1], size[:, 0], xy[:, 1], xy[:, 0]))
    return rows[natural_order([names[row] for row in rows.tolist()])]


def _runs(order: IntArray) -> list[tuple[int, int]]:
    """First and one past the last of what follows itself in an order: a grid's rows stay whole in it."""
    breaks = np.flatnonzero(np.diff(order) != 1)
    first, last = order[np.append(0, breaks + 1)], order[np.append(breaks, len(order) - 1)]
    return list(zip(first.tolist(), (last + 1).tolist()))


def natural_order(names: Sequence[str]) -> list[int]:
    """The rows of ``names`` in KiCad's order of pads: letters as they are, digits as whole numbers (A2 before A10)."""
    keys = _sort_keys(names)
    if keys is None:
        return sorted(range(len(names)), key=lambda row: natural_key(names[row]))
    order: list[int] = np.argsort(keys, kind="stable").tolist()
    return order


def _sort_keys(names: Sequence[str]) -> Optional[NDArray[np.int64]]:
    """One number per name for names of one to four letters and digits after them; None if there are any others."""
    text = "\n".join(names) + "\n"
    if not text.isascii() or len(names) < 2:
        return None
    flat = np.frombuffer(text.encode(), np.uint8)
    ends = np.flatnonzero(flat == 10)
    if len(ends) != len(names):
        return None
    begins = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - begins
    width = int(lengths.max())
    if width > 12 or not lengths.all():
        return None
    flat = np.concatenate((flat, np.zeros(width, np.uint8)))
    letters, numbers = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    in_digits = np.zeros(len(names), np.bool_)
    for spot in range(width):
        found = flat[begins + spot].astype(np.int64)
        inside = lengths > spot
        is_digit = (found >= 48) & (found < 58) & inside
        is_letter = (found >= 65) & (found < 123) & inside
        if ((is_letter & in_digits) | (inside & ~is_digit & ~is_letter)).any() or (spot >= 4 and is_letter.any()):
            return None
        in_digits |= is_digit
        if spot < 4:
            letters = letters * 256 + np.where(is_letter, found, 0)
        numbers = np.where(is_digit, numbers * 10 + found - 48, numbers)
    if numbers.max() >= 10**8:
        return None
    return letters * 10**8 + numbers


def natural_key(name: str) -> list[tuple[int, int]]:
    """Sorts any name the way KiCad compares pad numbers."""
    return [(48, int(part)) if part.isdigit() else (ord(part), 0) for part in re.findall(r"\d+|\D", name, re.ASCII)]


def degrees(angle: int) -> str:
    """An angle in 1/1000 degree as KiCad writes it: more than -180 and at most 180 degrees."""
    angle %= 360_000
    return mm((angle if angle <= 180_000 else angle - 360_000) * 1000)
