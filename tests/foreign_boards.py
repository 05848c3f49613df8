"""Boards as teams draw them, without any field of ours."""

from __future__ import annotations

import re
from pathlib import Path

from overmold.kicad.names.layers import layer_table

MM = 1_000_000
EDGE = '\t(gr_rect (start 95 95) (end 105 103) (stroke (width 0.05) (type default)) (layer "Edge.Cuts"))\n'


def uuid(number: int) -> str:
    """The uuid of the footprint with this number."""
    return f"00000000-0000-0000-0000-{number:012d}"


def footprint(name: str, reference: str, number: int, pads: str, at: str, layer: str = "F.Cu", drawings: str = "") -> str:
    """A footprint whose uuid ends in ``number``."""
    reference = f'\t\t(property "Reference" "{reference}" (at 0 0) (layer "F.SilkS") (effects (font (size 1 1))))\n'
    return f'\t(footprint "Ours:{name}" (layer "{layer}") (uuid "{uuid(number)}") (at {at})\n{reference}{drawings}{pads})\n'


def array(columns: int, rows: int, pitch: float, size: float, side: str, extra: str = "") -> str:
    """Round pads A1, A2, … about the footprint's middle, each on a net of its own."""
    pads = []
    for row in range(rows):
        for column in range(columns):
            name = f"{'ABCDEFGHJKLM'[row]}{column + 1}"
            x, y = (column - (columns - 1) / 2) * pitch, (row - (rows - 1) / 2) * pitch
            pads.append(f'\t\t(pad "{name}" smd circle (at {x:.6f} {y:.6f}) (size {size} {size}) {extra}'
                        f'(layers "{side}.Cu" "{side}.Mask") (net "N {name}"))\n')
    return "".join(pads)


def two_pads(net: str = "VDD") -> str:
    """The pads of an 0402."""
    return "".join(f'\t\t(pad "{number}" smd rect (at {x} 0) (size 0.56 0.62) (layers "F.Cu" "F.Mask") (net "{one}"))\n'
                   for number, x, one in ((1, -0.48, net), (2, 0.48, "GND")))


def body(width: float, height: float, layer: str = "F.Fab", cut: float = 0.5) -> str:
    """A rectangle of lines, its first corner cut as KiCad's library has it of arrays."""
    left, top, right, bottom = -width / 2, -height / 2, width / 2, height / 2
    corners = [(left + cut, top), (right, top), (right, bottom), (left, bottom), (left, top + cut)]
    corners = list(dict.fromkeys(corners))
    pen = f'(stroke (width 0.1) (type default)) (layer "{layer}")'
    return "".join(f"\t\t(fp_line (start {a[0]} {a[1]}) (end {b[0]} {b[1]}) {pen})\n"
                   for a, b in zip(corners, (*corners[1:], corners[0])))


def board(*footprints: str, edge: str = EDGE, more: str = "") -> bytes:
    """The footprints on a board of 10 x 8 mm whose middle is at (100, 99)."""
    body = more + "".join(footprints) + edge
    nets = {name: i for i, name in enumerate(dict.fromkeys(["", *re.findall(r'\(net "([^"]*)"\)', body)]))}
    body = re.sub(r'\(net "([^"]*)"\)', lambda found: f'(net {nets[found[1]]} "{found[1]}")', body)
    known = "".join(f'\t(net {i} "{name}")\n' for name, i in nets.items())
    head = '(kicad_pcb (version 20241229) (generator "pcbnew") (generator_version "9.0")\n\t(general (thickness 0.3))\n'
    layers = re.sub(r'("User.\d" user) "[^"]*"', r"\1", layer_table(2))  # none of them called as ours are
    return f"{head}{layers}\t(setup (pad_to_mask_clearance 0))\n{known}{body})\n".encode()


BALLS = footprint("LGA", "BGA1", 1, array(5, 4, 1.6, 0.5, "B"), "100 99", "B.Cu")
CHIP = footprint("die", "U1", 2, array(10, 10, 0.2, 0.1, "F"), "99 99 90", drawings=body(2.4, 3))
CAPACITOR = footprint("C_0402", "C7", 3, two_pads(), "103 99 90", drawings=body(1, 0.5, cut=0))
CONNECTOR = footprint("thing", "J1", 4, '\t\t(pad "1" smd rect (at 0 0) (size 1 2) (layers "F.Cu"))\n', "97 96")
TEAM = board(BALLS, CHIP, CAPACITOR, CONNECTOR)


def on_a_board(library_file: Path, number: int, at: str) -> str:
    """A footprint of a library as it stands on a board."""
    text = library_file.read_text(encoding="utf-8")
    placed = re.sub(r'\(layer "F.Cu"\)', f'(layer "F.Cu") (uuid "{uuid(number)}") (at {at})', text, count=1)
    return placed.replace('"REF**"', f'"U{number}"')
