"""Footprints that carry no field of ours, known by what they are: arrays of balls, of bumps, and nothing we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ...arrays import IntArray
from ...package import FLIP_CHIP, Balls, Carrier, Chip, Package
from ...package.own import own_spots
from ...shapes import Outline, Point, rectangle, transform
from ...units import LENGTH, show
from ..clauses.tree import tree
from .body import body_outline
from .chip import read_chip
from .contents import tree_head
from .one_footprint import Footprint, contacts
from .parts import read_balls

_NAMED = re.compile(r"(?i)bga|(?<!lf)csp|wlp|flip.?chip")  # an LFCSP stands on leads
_FEWEST_NAMED, FEWEST = 4, 9  # pads that make an array: where something says so, and where only the pads do
_FINISHED = 300_000  # nm: balls of a finished package are no nearer to each other, bumps of a chip mostly are
_SPARSE = 12  # times as many places as pads are no array, but pads here and there
_LINE = 10_000  # nm: pads this near are in one row
_UNLIKE = 3  # times as wide as another, and a pad is something else than a bump: a paddle among leads
_SHOWN = 5  # pads that a note lists
_SHAPE = re.compile(r'\(pad\s+(?:"(?:[^"\\]|\\.)*"|\S+)\s+\S+\s+(\w+)')
BALLS, BUMPS, FINISHED = "balls", "bumps", "finished package"


@dataclass(frozen=True, eq=False)
class Foreign(Footprint):
    """A footprint of somebody's own: ``body`` is what it draws of its body, ``body_from`` where that was found; ``at`` is the
    middle of that, and ``origin`` its own."""

    body: Optional[Outline] = None
    body_from: str = ""
    origin: Point = (0, 0)

    def outline(self, *layers: str, what: str) -> Optional[Outline]:
        """Its body, on whatever layer it is drawn."""
        return self.body


def array_kind(found: Footprint, chips_on_back: bool) -> str:
    """BALLS, BUMPS or FINISHED (bumps, or balls of a package that is soldered to this board); "" for no array."""
    if why_no_array(found):
        return ""
    pads = found.contents.pads
    rows = contacts(pads, found.number)
    if bool(pads.on_back[rows].all()) != chips_on_back:
        return BALLS
    return FINISHED if _says_so(found, rows) and _pitch(pads.xy[rows]) >= _FINISHED else BUMPS


def why_no_array(found: Footprint) -> str:
    """Why a footprint is no array of balls or bumps, in words that follow "left out: U1 (…"; "" where it is one."""
    pads = found.contents.pads
    rows = contacts(pads, found.number)
    says = _says_so(found, rows)
    if len(rows) < (_FEWEST_NAMED if says else FEWEST):
        return "neither balls nor bumps nor a passive on the chips' side"
    front, back = pads.on_front[rows], pads.on_back[rows]
    if (front & back).any() or not (front.all() or back.all()):
        return "no array of balls or bumps: its pads are not all on one side"
    size = pads.size[rows]
    if (size[:, 0] != size[:, 1]).any():
        return "no array of balls or bumps: some of its pads are longer than wide"
    if says:
        return ""
    if size.max() > _UNLIKE * size.min():
        return f"no array of balls or bumps: its largest pad is more than {_UNLIKE} times as wide as its smallest"
    return "" if is_dense(found, rows) else "no array of balls or bumps: its pads fill no three rows and columns"


def pad_notes(found: Footprint, on_carrier: bool = True) -> list[str]:
    """What the pads of an array say and a package has no words for: more than one size, corners.

    ``on_carrier``: they are the carrier's own copper, else that of a customer's board.
    """
    pads, index = found.contents.pads, found.contents.index
    rows = contacts(pads, found.number)
    across = pads.size[rows].max(axis=1)
    sizes, counts = np.unique(across, return_counts=True)
    usual = int(sizes[counts.argmax()])
    said = []
    if len(sizes) > 1:
        others = [f"{pads.names[row]}: {show(int(size), LENGTH)}" for row, size in zip(rows.tolist(), across) if size != usual]
        each = ", ".join(others[:_SHOWN]) + (f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else "")
        said.append(f"{found.name}: its pads are not all of {show(usual, LENGTH)} ({each}); "
                    f"{'all are taken for that; ' if on_carrier else ''}where its solder differs as well, give these sites a "
                    "diameter of their own in the package file")
    texts = map(index.text, pads.clauses[rows].tolist()) if on_carrier else ()
    cornered = sorted({match[1] for match in map(_SHAPE.match, texts) if match} - {"circle", "oval"})
    if cornered:
        said.append(f"{found.name}: not all of its pads are circles ({', '.join(cornered)}); each is taken for one as wide")
    return said


def _says_so(found: Footprint, rows: IntArray) -> bool:
    """Whether the footprint's name or the property of its pads calls it a ball-grid array."""
    if _NAMED.search(tree_head(found.contents.index, found.clause)):
        return True
    clauses = found.contents.pads.clauses[rows[:1]].tolist()
    return any(tree(found.contents.index, clause).word_of("property") == "pad_prop_bga" for clause in clauses)


def is_dense(found: Footprint, rows: IntArray) -> bool:
    """Pads in at least three rows and three columns, and not here and there."""
    xy = own_spots(found.contents.pads.xy[rows], found.at, found.angle)
    lines = [len(np.unique(xy[:, axis] // _LINE)) for axis in (0, 1)]
    return min(lines) >= 3 and lines[0] * lines[1] <= _SPARSE * len(rows)


def _pitch(xy: IntArray) -> int:
    """The smallest distance of two sites that follow each other, along either axis or in the order given."""
    best = 10**9
    for order in (np.lexsort((xy[:, 0], xy[:, 1])), np.lexsort((xy[:, 1], xy[:, 0])), np.arange(len(xy))):
        apart = np.hypot(*np.diff(xy[order], axis=0).T.astype(np.float64))
        best = min(best, int(apart[apart > 0].min(initial=10**9)))
    return best


def foreign(found: Footprint) -> Foreign:
    """The footprint with its body: what it draws on its fabrication layer, else its courtyard, else what its pads take up."""
    side = "B" if found.on_back else "F"
    pads = found.contents.pads
    rows = contacts(pads, found.number)
    xy = own_spots(pads.xy[rows], found.at, found.angle)
    local, came_from = None, ""
    for layer, word in ((f"{side}.Fab", ""), (f"{side}.CrtYd", "its courtyard"), (f"{side}.SilkS", "its silkscreen")):
        drawn_body, came_from = body_outline(found, layer, xy), word
        if drawn_body is not None:
            # KiCad cuts a corner off to mark A1; the body itself has all four.
            local = rectangle(drawn_body.centre, drawn_body.size)
            break
    if local is None:
        reach = int(pads.size[rows].max()) // 2
        left, top = (int(v) - reach for v in xy.min(axis=0))
        right, bottom = (int(v) + reach for v in xy.max(axis=0))
        local, came_from = rectangle(((left + right) // 2, (top + bottom) // 2), (right - left, bottom - top)), "its pads"
    at = transform(local.centre, found.at, found.angle)
    body = rectangle(at, local.size, found.angle)
    return Foreign(contents=found.contents, notes=found.notes, number=found.number, name=found.name, at=at,
                   angle=found.angle, on_back=found.on_back, body=body, body_from=came_from, origin=found.at)


def foreign_chip(found: Foreign) -> Optional[Chip]:
    """A flip chip on the bumps that these pads are for."""
    chip = read_chip(found)
    return replace(chip, bonded=chip.bonded or FLIP_CHIP) if chip is not None else None


def foreign_balls(found: Footprint, chips_on_back: bool) -> Optional[Balls]:
    """The package's own balls: pads on the carrier's far side."""
    return read_balls(found, chips_on_back)


def finished_package(found: Foreign, name: str) -> Package:
    """The package that is soldered to these lands: its balls and its outline, from above, about its own middle."""
    balls = read_balls(found, False, land_pattern=True)
    assert balls is not None
    xy = own_spots(balls.sites.xy, found.at, found.angle)
    size: Point = _own_size(found)
    carrier = Carrier("", rectangle((0, 0), size))
    return Package(name, found.contents.index.source, carrier, balls=replace(balls, sites=replace(balls.sites, xy=xy)),
                   places=found.notes.places)


def _own_size(found: Foreign) -> Point:
    assert found.body is not None
    corners = own_spots(np.array(found.body.rings[0], np.int64), found.at, found.angle)
    wide, high = (int(v) for v in np.ptp(corners, axis=0))
    return wide, high
