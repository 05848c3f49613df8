"""What the checker of KiCad's library conventions asks of a footprint for surface mounting, in our own words.

The checker itself (klc-check of kicad-library-utils) is on no package index; these are its rules F5.1 to F9.3 and G1.1 as its
source and klc.kicad.org have them, with one difference: F9.3 wants models in KiCad's own folder, those here have a folder that
the content manager makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

SILK_WIDTH, FAB_WIDTH, COURTYARD_WIDTH, GRID = "0.12", "0.1", "0.05", 10_000
LEAST_TEXT, MOST_TEXT = 0.5, 1.0
SILK_TO_PAD = 75_000
NO_SHAPE_OF_ITS_OWN = re.compile(r"_ThermalVias$")
_PAD = re.compile(r'\(pad "([^"]*)" (\w+) (\w+)\s+\(at (\S+) ([^\s)]+)(?: (\S+))?\)\s+\(size (\S+) ([^\s)]+)\)'
                  r"(.*?)\n\t\)", re.S)
_SHAPE = re.compile(r'\(fp_(line|rect|poly|circle)\n(.*?)\(width (\S+)\)(.*?)\(layer "([^"]+)"\)', re.S)
_XY = re.compile(r"\((?:start|end|xy|center) (\S+) ([^\s)]+)\)")
_TEXT = r'\s+\(at (\S+) (\S+) \S+\)\s+\(layer "([^"]+)"\)(\s+\(hide yes\))?\s+\(uuid "[^"]*"\)\s+\(effects\s+\(font\s+' \
        r"\(size (\S+) ([^\s)]+)\)\s+\(thickness ([^\s)]+)\)"
Spot = tuple[int, int]
Segment = tuple[Spot, Spot]


def nm(text: str) -> int:
    """A number of KiCad's, in mm, as whole nanometres."""
    return round(float(text) * 1e6)


@dataclass(frozen=True)
class Pad:
    name: str
    kind: str
    shape: str
    at: Spot
    size: Spot  # as it lies, turned by right angles at most
    rest: str

    @property
    def layers(self) -> list[str]:
        return re.findall(r'"([^"]+)"', self.rest.partition("(layers")[2].partition(")")[0])

    @property
    def takes_heat(self) -> bool:
        return "pad_prop_heatsink" in self.rest


def pads(text: str) -> list[Pad]:
    """All pads of a footprint."""
    found = []
    for name, kind, shape, x, y, turn, width, height, rest in _PAD.findall(text):
        size = (nm(width), nm(height))
        found.append(Pad(name, kind, shape, (nm(x), nm(y)), size[::-1] if turn in ("90", "-90", "270") else size, rest))
    return found


def segments(text: str, layer: str) -> list[tuple[Segment, str]]:
    """Every straight line on a layer with its width; rectangles and polygons as their sides."""
    found: list[tuple[Segment, str]] = []
    for kind, before, width, _, on in _SHAPE.findall(text):
        if on != layer or kind == "circle":
            continue
        spots = [(nm(x), nm(y)) for x, y in _XY.findall(before)]
        if kind == "rect":
            (a, b), (c, d) = spots
            spots = [(a, b), (c, b), (c, d), (a, d)]
        ends = spots[1:] if kind == "line" else [*spots[1:], spots[0]]
        found += [((a, b), width) for a, b in zip(spots, ends)]
    return found


def faults(path: Path) -> list[str]:
    """What is to mend, a sentence each; none where the footprint keeps the conventions."""
    text, name = path.read_text(encoding="utf-8"), path.stem
    return [*_names(text, name), *_silkscreen(text), *_fabrication(text, name), *_courtyard(text), *_pads(text), *_anchor(text),
            *_drawn_once(text), *_model(text, name, path.parent.stem)]


def _names(text: str, name: str) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9_\-.,+]+", name):
        yield "G1.1: the name has a letter that is not allowed"
    if not text.startswith(f'(footprint "{name}"'):
        yield "F9.1: the file is not called like the footprint"
    if not re.search(r'\(descr "[^"]{20,}"\)', text):
        yield "F9.1: no description"
    tags = re.search(r'\(tags "([^"]*)"\)', text)
    if tags is None or not tags.group(1) or re.search("[,;:]", tags.group(1)):
        yield "F9.1: no keywords, or a comma among them"
    if not re.search(r"\(attr smd\b", text):
        yield "F9.2: it is not marked for surface mounting"


def _label(text: str, what: str) -> tuple[str, ...]:
    found = re.search(what + _TEXT, text)
    return found.groups() if found else ()


def _silkscreen(text: str) -> Iterator[str]:
    label = _label(text, r'\(property "Reference" "REF\*\*"')
    if not label or label[2] != "F.SilkS" or label[3] or (label[4], label[5]) != ("1", "1") or label[6] != "0.15":
        yield "F5.1: the reference is not REF** of 1 mm on F.SilkS"
    lines = segments(text, "F.SilkS")
    if {width for _, width in lines} != {SILK_WIDTH}:
        yield "F5.1: silkscreen of another width"
    copper = [pad for pad in pads(text) if any(layer.endswith(".Cu") for layer in pad.layers)]
    for (a, b), _ in lines:
        low, high = [min(p, q) - SILK_TO_PAD for p, q in zip(a, b)], [max(p, q) + SILK_TO_PAD for p, q in zip(a, b)]
        # The box around the line: as strict as the checker along the axes, stricter across.
        if any(all(abs(2 * pad.at[i] - low[i] - high[i]) < pad.size[i] + high[i] - low[i] for i in (0, 1)) for pad in copper):
            yield f"F5.1: silkscreen over a pad, from {a} to {b}"


def _fabrication(text: str, name: str) -> Iterator[str]:
    value, second = _label(text, rf'\(property "Value" "{re.escape(name)}"'), _label(text, r'\(fp_text user "\$\{REFERENCE\}"')
    for what, label in (("value", value), ("second reference", second)):
        if not label or label[2] != "F.Fab" or label[3]:
            yield f"F5.2: no {what} on F.Fab"
        elif not LEAST_TEXT <= float(label[4]) <= MOST_TEXT or not 0.025 <= float(label[6]) <= 0.2:
            yield f"F5.2: a {what} of another size"
    if {width for _, width in segments(text, "F.Fab")} != {FAB_WIDTH}:
        yield "F5.2: no outline on F.Fab, or one of another width"


def _courtyard(text: str) -> Iterator[str]:
    lines = segments(text, "F.CrtYd")
    if {width for _, width in lines} != {COURTYARD_WIDTH}:
        yield "F5.3: no courtyard, or one of another width"
    if any(value % GRID for line, _ in lines for spot in line for value in spot):
        yield "F5.3: the courtyard is off the grid of 0.01 mm"
    ends = [spot for line, _ in lines for spot in line]
    if any(ends.count(spot) != 2 for spot in ends):
        yield "F5.3: the courtyard is open"


def _pads(text: str) -> Iterator[str]:
    found = pads(text)
    if text.count("(pad ") != len(found):
        yield "F6.3: a pad that is not read"
    windows = [pad for pad in found if pad.layers == ["F.Paste"]]
    if any(pad.name for pad in windows):
        yield "F6.3: a window of paste with a number"
    for pad in found:
        if pad in windows or pad.kind != "smd":
            continue
        if pad.shape == "rect" and not pad.takes_heat:
            yield f"F6.3: pad {pad.name} is a rectangle with sharp corners"
        if pad.layers == ["B.Cu"] and pad.takes_heat:
            continue
        if not {"F.Cu", "F.Mask"} <= set(pad.layers) or not ("F.Paste" in pad.layers or (pad.takes_heat and windows)):
            yield f"F6.3: pad {pad.name} lacks a layer"


def _anchor(text: str) -> Iterator[str]:
    spots = [spot for line, _ in segments(text, "F.Fab") for spot in line]
    for axis in (0, 1):
        if spots and abs(min(s[axis] for s in spots) + max(s[axis] for s in spots)) > 2000:
            yield "F6.2: the anchor is not in the middle of the body"


def _drawn_once(text: str) -> Iterator[str]:
    for layer in ("F.SilkS", "F.Fab", "F.CrtYd"):
        lines = [tuple(sorted(line)) for line, _ in segments(text, layer)]
        if any(a == b for a, b in lines):
            yield f"EC01: a line of no length on {layer}"
        if len(set(lines)) < len(lines) or any(_overlap(one, other) for one, other in combinations(lines, 2)):
            yield f"F5.4: lines over one another on {layer}"


def _overlap(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> bool:
    """Whether two lines along an axis, on one level, have more than an end in common."""
    for axis in (0, 1):
        if {spot[1 - axis] for spot in (*one, *other)} == {one[0][1 - axis]}:
            low, high = max(one[0][axis], other[0][axis]), min(one[1][axis], other[1][axis])
            return low < high
    return False


def _model(text: str, name: str, library: str) -> Iterator[str]:
    found = re.findall(r'\(model "([^"]*)"\s+\(offset\s+\(xyz 0 0 0\)\s+\)\s+\(scale\s+\(xyz 1 1 1\)\s+\)\s+\(rotate\s+'
                       r"\(xyz 0 0 0\)", text)
    if len(found) != 1 or text.count("(model ") != 1:
        yield "F9.3: not one model, unmoved and in its own size"
    elif found[0].split("/")[-2:] != [f"{library}.3dshapes", f"{NO_SHAPE_OF_ITS_OWN.sub('', name)}.step"]:
        yield f"F9.3: the model {found[0]} is not called like the footprint"
