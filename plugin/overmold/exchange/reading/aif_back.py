"""AIF that ``overmold export`` wrote, back: what its own sections say, besides the die, the balls and the fingers of the rest.

What the file has no words for (passives, the process, materials) is in neither, and is left to be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

import numpy as np

from ...arrays import Sites
from ...faults import fail
from ...geometry.leads import half_etched
from ...package import (
    FAR_SIDE,
    Balls,
    BondPads,
    Bumps,
    Carrier,
    Chip,
    Finger,
    Frame,
    Layer,
    Lead,
    Lid,
    Mold,
    Package,
    Wire,
)
from ...package.bonding import BONDING_WORDS
from ...package.words import LANDS, TERMINALS
from ...shapes import Outline, Point, rectangle
from ..aif_data import FURTHER_OF_BUMPS, FURTHER_OF_CHIPS
from . import Asked, Imported
from .aif_lines import File
from .aif_own_lines import (
    Own,
    Row,
    as_it_was,
    degrees,
    further,
    length,
    own_lines,
    rows_of,
    said,
    shape,
    size_of,
    spot,
    toleranced,
)
from .aif_top_lands import top_lands_of
from .ball_map import name_of


def read_back(file: File, asked: Asked) -> Imported:
    """The package that was exported; raises Faults with the line."""
    names = [one.name for one in own_lines(file, "CHIPS")]
    pads, balls, fingers = rows_of(file, 1), rows_of(file, 5), rows_of(file, 9)
    leads = {one.name for one in fingers if one.kind.startswith("LEAD")}
    carrier = _carrier(file, fingers, balls, leads)
    package = Package(
        asked.name or as_it_was(file.said("BGA", "NAME")) or name_of(file.source), file.source, carrier,
        tuple(_chip(file, one, pads, names) for one in own_lines(file, "CHIPS")), wires=tuple(_wires(file)),
        mold=_mold(file, carrier), lid=_lid(file),
        balls=_balls(file, [one for one in balls if not one.kind.startswith("FOOT")]))
    package = replace(package, top_lands=top_lands_of(file))
    notes = ["taken: what Overmold wrote there: chips, bumps, pads, wires, fingers, leads, balls, mold, lid and stack-up; what "
             "AIF has no place for (passives, process, materials) is in the package file only"]
    further = [as_it_was(one.values[0]) for one in own_lines(file, "MOLD") if one.name == "mold_region" and one.values]
    if further:
        notes.append(f"left out: further blocks of mold, whose outlines are not in it: {', '.join(further)}")
    if file.others:
        notes.append(f"left out: {', '.join(f'[{one}]' for one in file.others if one != 'RINGS')}")
    return Imported(package, tuple(note for note in notes if note != "left out: "), (), "the AIF file")


def _chip(file: File, one: Own, pads: Sequence[Row], names: Sequence[str]) -> Chip:
    if said(one, 0) not in BONDING_WORDS:
        raise fail(file.source, f"'{said(one, 0)[:40]}' is not a way of bonding; known: {', '.join(BONDING_WORDS)}",
                   one.line, 1)
    prefix = f"{one.name}." if len(names) > 1 else ""
    mine = [row for row in pads if row.name.startswith(prefix) and (
        not prefix or max((name for name in names if row.name.startswith(f"{name}.")), key=len) == one.name)]
    at, angle = (length(file, one, 6), -length(file, one, 7)), degrees(file, one.values[1], one.line)
    size, drawn = (length(file, one, 8), length(file, one, 9)), _drawn(file, "OUTLINES", one.name)
    if min(size) < 1 and drawn is None:
        raise fail(file.source, f"this line does not say the size of {one.name}", one.line, 1)
    return Chip(
        name=one.name, outline=drawn or rectangle(at, size, angle), at=at, angle=angle, thickness=toleranced(file, one, 2),
        bonded=said(one, 0), gap=toleranced(file, one, 3), attach=toleranced(file, one, 4),
        side=FAR_SIDE if "far-side" in one.values[10:] else "",
        on=tuple(as_it_was(name) for name in one.values[5].split(",") if name != "-") if len(one.values) > 5 else (),
        **further(file, "CHIP_DATA", one.name, Chip, FURTHER_OF_CHIPS),
        bumps=_bumps(file, one.name, [row for row in mine if row.kind.startswith("BUMP")], prefix),
        pads=_bond_pads(file, one.name, [row for row in mine if not row.kind.startswith("BUMP")], prefix))


def _drawn(file: File, section: str, name: str) -> Optional[Outline]:
    """An outline that is stated corner by corner."""
    one = next((one for one in own_lines(file, section) if one.name == name), None)
    return Outline((tuple(spot(file, word) for word in one.values),)) if one is not None and len(one.values) > 2 else None


def _sites(rows: Sequence[Row], prefix: str, diameters: Sequence[int] = (), usual: int = 0) -> Sites:
    own = np.array([0 if one == usual else one for one in diameters], np.int64)
    return Sites(tuple(row.name[len(prefix):] for row in rows), np.array([row.at for row in rows], np.int64).reshape(-1, 2), (),
                 own if own.any() else None)


def _bumps(file: File, name: str, rows: Sequence[Row], prefix: str) -> Optional[Bumps]:
    one = next((one for one in own_lines(file, "BUMPS") if one.name == name), None)
    if one is None:
        return None
    diameter = toleranced(file, one, 0)
    wide = [size_of(file, row.kind)[0] if diameter is not None else 0 for row in rows]
    return Bumps(_sites(rows, prefix, wide, diameter.nominal if diameter is not None else 0), tuple(row.net for row in rows),
                 diameter=diameter, height=toleranced(file, one, 1), alloy=said(one, 2), pad=length(file, one, 3),
                 opening=length(file, one, 4), **further(file, "BUMP_DATA", name, Bumps, FURTHER_OF_BUMPS))


def _bond_pads(file: File, name: str, rows: Sequence[Row], prefix: str) -> Optional[BondPads]:
    one = next((one for one in own_lines(file, "PADS") if one.name == name), None)
    return None if one is None else BondPads(_sites(rows, prefix), tuple(row.net for row in rows), size=length(file, one, 0))


def _wires(file: File) -> list[Wire]:
    found = []
    for one in own_lines(file, "WIRES"):
        if len(one.values) < 9:
            raise fail(file.source, "this wire has fewer values than two ends, two places, diameter, loop height and tier",
                       one.line, 1)
        (ax, ay, bx, by) = (length(file, one, i) for i in range(2, 6))
        tier = one.values[8]
        found.append(Wire(one.name, said(one, 0), said(one, 1), (ax, -ay), (bx, -by), diameter=length(file, one, 6),
                          loop_height=toleranced(file, one, 7), tier=int(tier) if tier.isdecimal() and len(tier) < 3 else 1,
                          profile=said(one, 9) or "standard", net=said(one, 10), metal=said(one, 11)))
    return found


def _balls(file: File, rows: Sequence[Row]) -> Optional[Balls]:
    one = next(iter(own_lines(file, "BALLS")), None)
    if one is None:
        return None
    lines = own_lines(file, "OWN_BALLS")
    own, bare = {each.name: length(file, each, 0) for each in lines}, {each.name for each in lines if said(each, 1) == LANDS}
    sites = _sites(rows, "", [own.get(row.name, 0) for row in rows])
    if bare:
        sites = replace(sites, bare=np.array([row.name in bare for row in rows], np.int64))
    return Balls(sites, tuple(row.net for row in rows),
                 (FAR_SIDE,) * len(rows), diameter=toleranced(file, one, 0), standoff=toleranced(file, one, 1),
                 alloy=said(one, 2), land=length(file, one, 3), opening=length(file, one, 4),
                 terminals=said(one, 5) if said(one, 5) in TERMINALS else "")


def _mold(file: File, carrier: Optional[Carrier]) -> Optional[Mold]:
    one = next((one for one in own_lines(file, "MOLD") if one.name == "mold"), None)
    if one is None:
        return None
    size = length(file, one, 4), length(file, one, 5)
    known = _drawn(file, "MOLD_OUTLINE", "mold") or rectangle((length(file, one, 2), -length(file, one, 3)), size)
    outline = known if min(size) > 0 else carrier.outline if carrier is not None else None
    if outline is None:
        raise fail(file.source, "this line does not say how large the mold is", one.line, 1)
    return Mold(outline, cap=toleranced(file, one, 0), filler=toleranced(file, one, 1))


def _lid(file: File) -> Optional[Lid]:
    one = next((one for one in own_lines(file, "MOLD") if one.name == "lid"), None)
    return None if one is None else Lid(thickness=toleranced(file, one, 0), attach=toleranced(file, one, 1),
                                        material=said(one, 2))


def _carrier(file: File, fingers: Sequence[Row], balls: Sequence[Row], leads: set[str]) -> Optional[Carrier]:
    lines = {one.name: one for one in own_lines(file, "CARRIER")}
    if "carrier" not in lines:
        return None
    corners = file.said("BGA", "OUTLINE").split()
    size = file.length("BGA", "WIDTH"), file.length("BGA", "HEIGHT")
    outline = Outline((tuple(spot(file, word) for word in corners[4:]),)) if len(corners) > 6 else rectangle((0, 0), size)
    stackup = []
    for one in lines.values():
        thickness = toleranced(file, one, 1)
        if re.fullmatch(r"L\d+", one.name) and thickness is not None:
            stackup.append(Layer(one.name, said(one, 0), thickness=thickness, material=said(one, 2)))
    return Carrier(said(lines["carrier"], 0), outline, tuple(stackup), tuple(
        Finger(one.name, one.at, size_of(file, one.kind), one.angle, one.net) for one in fingers if one.name not in leads),
        _frame(file, lines.get("frame"), fingers, balls, leads))


def _frame(file: File, one: Optional[Own], fingers: Sequence[Row], balls: Sequence[Row], leads: set[str]) -> Optional[Frame]:
    thickness = toleranced(file, one, 0) if one is not None else None
    if one is None or thickness is None:
        return None
    feet = {row.name: row for row in balls if row.kind.startswith("FOOT")}
    made = tuple(_lead(row, shape(file, row.kind, row.at), shape(file, feet[row.name].kind, feet[row.name].at))
                 for row in fingers if row.name in leads and row.name in feet)
    rings = _rings(file)
    net, paddle = rings.pop("PADDLE", ("", None))
    return Frame(thickness=thickness, leads=made, paddle=paddle, paddle_net=net,
                 paddle_foot=_drawn(file, "PADDLE_FOOT", "paddle") or paddle, half_etch=toleranced(file, one, 1),
                 half_etch_above=toleranced(file, one, 2), etched_above=tuple(
                     Outline((tuple(spot(file, word) for word in region.values),))
                     for region in own_lines(file, "ETCHED_ABOVE") if len(region.values) > 2),
                 tie_bars=tuple(outline for _, outline in rings.values()))


def _lead(row: Row, metal: Outline, foot: Outline) -> Lead:
    return Lead(row.name, metal, foot, row.net, half_etched(metal, foot))


def _rings(file: File) -> dict[str, tuple[str, Outline]]:
    """Net and outline of the metal in [RINGS], by its name."""
    found: dict[str, tuple[str, list[list[Point]]]] = {}
    last: list[list[Point]] = []
    for number, line in file.own.get("RINGS", []):
        words = line.split()
        if len(words) == 5:
            last = [[]]
            found[words[0]] = ("" if words[1] == "DUMMY" else as_it_was(words[1]), last)
        elif "," in line and last:
            last[-1].append(spot(file, line))
        elif last and line.startswith("-"):
            last.append([])
        else:
            raise fail(file.source, "this line is not a ring, nor a corner of one", number, 1)
    return {name: (net, Outline(tuple(tuple(ring) for ring in rings))) for name, (net, rings) in found.items()
            if all(len(ring) > 2 for ring in rings)}


