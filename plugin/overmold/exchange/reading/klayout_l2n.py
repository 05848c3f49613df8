"""Netlists that KLayout extracts from a layout (``.l2n``, ``.lvsdb``), long and short: where pads and bumps lie, on which net.

The file is text: words, and lists in brackets, ``circuit(TOP net(1 name(VDD) rect(metal 0 0 100 100)) …)``. The top circuit's
subcircuits whose cell is called a bump or a pad are taken, at their places; or, with ``--layer``, the shapes of nets on one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

import numpy as np

from ...faults import fail
from ...shapes import Point
from ...tables.sheets import text_of
from . import BUMPS, PADS, Asked, Imported
from .layout import Area, chip_of
from .made import Spots, nanometres

_TOKEN = re.compile(r"\s+|#[^\n]*|('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[()]|[^\s()'\"#]+)")
_LONG = {"W": "top", "U": "unit", "X": "circuit", "N": "net", "I": "name", "R": "rect", "Q": "polygon", "Y": "location",
         "P": "pin"}
_PAD = re.compile(r"bump|c4|pillar|pad", re.IGNORECASE)
_BUMP = re.compile(r"bump|c4|pillar", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.]+")
_DEEPEST, _UM = 40, 1000
MAGIC = "#%l2n-klayout"


@dataclass
class _Node:
    """A word with what stands in brackets behind it: plain words, and further nodes. ``line`` is where it begins."""

    key: str
    line: int
    words: list[str] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)

    def all(self, key: str) -> Iterator[_Node]:
        """The nodes of this key."""
        return (node for node in self.nodes if node.key == key)

    def word(self, key: str) -> str:
        """The first word in the first node of this key, "" where there is none."""
        return next((node.words[0] for node in self.all(key) if node.words), "")


def read_l2n(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip that the top circuit is; raises Faults."""
    text = text_of(data, source)
    if MAGIC not in text[:400] and "#%lvsdb-klayout" not in text[:400]:
        raise fail(source, f"is not a netlist of KLayout: it does not begin with {MAGIC}", 1, 1)
    root = _tree(text, source)
    if root.nodes and root.nodes[0].key in ("layout", "J"):  # a .lvsdb has the layout's half first
        root = root.nodes[0]
    top, unit = root.word("top"), root.word("unit") or "0.001"
    circuits = [one for one in root.all("circuit") if one.words]
    circuit = next((one for one in circuits if one.words[0] == top), circuits[-1] if circuits else None)
    if circuit is None:
        raise fail(source, "there is no circuit in this netlist")
    scale = _scale(unit, source)
    nets = {one.words[0]: one.word("name") for one in circuit.all("net") if one.words}
    notes: list[str] = []
    spots = (_of_layer(circuit, asked.layer, scale, source, notes) if asked.layer
             else _of_cells(circuit, nets, scale, source, notes))
    if not spots.names:
        cells = ", ".join(sorted({one.words[1] for one in circuit.all("circuit") if len(one.words) > 1})[:12])
        said = f"; its cells are {cells}" if cells else ""
        raise fail(source, f"no cell in the circuit {top} is called a bump or a pad{said}; name the layer of their shapes with "
                   "--layer", circuit.line, 1)
    what = asked.what or (BUMPS if asked.layer or any(_BUMP.search(note) for note in notes[:1]) else PADS)
    return chip_of(spots, _area(circuit, scale, source), source, _as(asked, what), notes)


def _as(asked: Asked, what: str) -> Asked:
    return replace(asked, what=what)


def _scale(unit: str, source: str) -> Decimal:
    """Nanometres of one unit of the file, which is given in micrometres."""
    try:
        scale = Decimal(unit) * _UM
    except InvalidOperation:
        scale = Decimal(0)
    if not (scale.is_finite() and Decimal("0.001") <= scale <= 10**6):
        raise fail(source, f"'{unit[:20]}' is not a unit in micrometres")
    return scale


def _nm(word: str, scale: Decimal, source: str, line: int) -> int:
    return nanometres(Decimal(nanometres(word, 1000, source, line, 1)) * scale, 1, source, line, 1, 1000)


def _of_cells(circuit: _Node, nets: dict[str, str], scale: Decimal, source: str, notes: list[str]) -> Spots:
    """The subcircuits whose cell is called a bump or a pad, with the net of their first pin."""
    found = [one for one in circuit.all("circuit") if len(one.words) > 1 and _PAD.search(one.words[1])]
    only = [one for one in found if _BUMP.search(one.words[1])] or found
    names, joined, xy = [], [], []
    for one in only:
        at = next((node.words for node in one.all("location") if len(node.words) == 2), None)
        if at is None:
            raise fail(source, f"'{one.words[0][:40]}' has no location", one.line, 1)
        pin = next((node.words[-1] for node in one.all("pin") if node.words), "")
        names.append(one.words[0].lstrip("$"))
        joined.append(nets.get(pin, ""))
        xy.append((_nm(at[0], scale, source, one.line), _nm(at[1], scale, source, one.line)))
    if names:
        cells = sorted({one.words[1] for one in only})
        notes += [f"taken: {len(names)} places of {', '.join(cells)}", "guess: a bump or pad lies at the origin of its cell"]
    return Spots(names, np.array(xy, np.int64).reshape(-1, 2), joined)


def _of_layer(circuit: _Node, layer: str, scale: Decimal, source: str, notes: list[str]) -> Spots:
    """The shapes of all nets on a layer, each a pad, called after its net."""
    names: list[str] = []
    joined, boxes = [], []
    for net in circuit.all("net"):
        name, last = net.word("name"), (0, 0)
        for node in net.nodes:
            if node.key not in ("rect", "polygon", "text"):
                continue
            corners, last = _corners(node, last, scale, source)
            if corners and node.words[:1] == [layer] and node.key != "text":
                names.append(name or f"P{len(names) + 1}")
                joined.append(name)
                boxes.append(_box(corners))
    if names:
        notes.append(f"taken: the {len(names)} shapes of nets on the layer {layer}, as bumps unless --what says pads")
    middles = [((left + right) // 2, (low + high) // 2) for left, low, right, high in boxes]
    width = min((min(right - left, high - low) for left, low, right, high in boxes), default=0)
    return Spots(names, np.array(middles, np.int64).reshape(-1, 2), joined, width)


def _box(corners: Sequence[Point]) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _corners(node: _Node, last: Point, scale: Decimal, source: str) -> tuple[list[Point], Point]:
    """The corners of a shape, and the last of them: in brackets of their own each says how far it lies from that before, also
    from shape to shape of a net; bare numbers are places, of which ``*`` repeats the one before."""
    corners = []
    if node.nodes:
        for x, y in (one.words for one in node.nodes if len(one.words) == 2):
            last = (last[0] + _nm(x, scale, source, node.line), last[1] + _nm(y, scale, source, node.line))
            corners.append(last)
        return corners, last
    words = node.words[1:] if node.words and not _NUMBER.fullmatch(node.words[0]) else node.words
    values: list[int] = []
    for i, word in enumerate(words[:len(words) // 2 * 2]):
        values.append(values[i - 2] if word == "*" and i > 1 else _nm(word, scale, source, node.line))
    return list(zip(values[::2], values[1::2])), last


def _area(circuit: _Node, scale: Decimal, source: str) -> Area:
    """The circuit's boundary, where the file has it."""
    node = next((node for node in circuit.nodes if node.key in ("rect", "polygon")), None)
    corners = _corners(node, (0, 0), scale, source)[0] if node is not None else []
    if len(corners) < 2:
        return Area(circuit.words[0])
    left, low, right, high = _box(corners)
    return Area(circuit.words[0], (right - left, high - low), (left, low))


def _tree(text: str, source: str) -> _Node:
    """The file as nodes, short keys as the long ones; raises Faults where brackets do not match."""
    root = _Node("", 1)
    open_nodes, line, last = [root], 1, ""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise fail(source, "a quote that is not closed", line, 1)
        token = match[1]
        if token == "(":
            node = _Node(_LONG.get(last, last), line)
            if last and open_nodes[-1].words[-1:] == [last]:
                open_nodes[-1].words.pop()
            open_nodes[-1].nodes.append(node)
            open_nodes.append(node)
            if len(open_nodes) > _DEEPEST:
                raise fail(source, "brackets are nested too deep", line, 1)
            last = ""
        elif token == ")":
            if len(open_nodes) == 1:
                raise fail(source, "a bracket is closed that was not opened", line, 1)
            open_nodes.pop()
            last = ""
        elif token:
            last = re.sub(r"\\(.)", r"\1", token[1:-1]) if token[0] in "'\"" else token
            open_nodes[-1].words.append(last)
        else:
            last = ""  # a key stands right before its bracket
        line += match[0].count("\n")
        at = match.end()
    if len(open_nodes) > 1:
        raise fail(source, "a bracket is not closed", open_nodes[-1].line, 1)
    return root


__all__: Sequence[str] = ("MAGIC", "read_l2n")
