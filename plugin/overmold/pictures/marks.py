"""Parts that a picture shows as broken: keys as findings name them, and what of the drawing they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Optional

from ..package import Package, keys
from ..package.crowds import site_crowds
from ..space import ATTACH, LAYER, Body

BROKEN, WARNED = "broken", "warned"
Marks = Mapping[str, str]  # key of a part, of one of its sites or data -> BROKEN or WARNED
NO_MARKS: Marks = {}
MOST_OF_CROWD = 6  # marked bumps of one chip, or balls, that are named one by one


def drawn_marks(package: Package, marks: Marks) -> dict[str, str]:
    """The marks by what is drawn: that very bump, bond pad or ball, else the part around it. Keys that name nothing of the
    package stay as they are."""
    found: dict[str, str] = {}
    if not marks:
        return found
    parts, crowds = _parts(package), site_crowds(package)
    indices: dict[str, frozenset[str]] = {}
    for key, hue in marks.items():
        around: Optional[str] = key
        while around and around not in parts:
            crowd = keys.around(around)
            if crowd in crowds:
                if crowd not in indices:
                    indices[crowd] = frozenset(crowds[crowd].names)
                if keys.last(around) in indices[crowd]:
                    break
            around = crowd
        drawn = around or key
        if found.get(drawn) != BROKEN:
            found[drawn] = hue
    return found


def named_marks(package: Package, hues: Marks) -> list[tuple[str, str, str]]:
    """Key, name and hue of what is marked, errors first; of a crowd of which more are marked the count."""
    crowds = site_crowds(package)
    counts = Counter((keys.around(key), hue) for key, hue in hues.items() if keys.around(key) in crowds)
    many = {one for one, count in counts.items() if count > MOST_OF_CROWD}
    named: list[tuple[str, str, str]] = []
    for key, hue in sorted(hues.items(), key=lambda one: one[1] != BROKEN):
        crowd = (keys.around(key), hue)
        if crowd not in many:
            named.append((key, name_of(package, key), hue))
        elif crowd in counts:
            named.append((key, f"{counts.pop(crowd)} {_plural(package, crowd[0])}", hue))
    return named


def _plural(package: Package, crowd: str) -> str:
    return next((f"{keys.last(crowd)} of {chip.name}" for chip in package.chips
                 if crowd in (keys.bumps(chip.name), keys.pads(chip.name))), crowd)


def hue_of_body(body: Body, hues: Marks) -> str:
    """The hue of a body: its own key's, of attach that of what stands on it, of a layer that of the carrier; "" for none."""
    return hues.get(body.key) or hues.get(keys.around(body.key) if body.kind == ATTACH else "") or (
        hues.get(keys.CARRIER) if body.kind == LAYER else "") or ""


def name_of(package: Package, key: str) -> str:
    """What people call a marked part: ``U1``, ``U1.A1``, ``ball A1``, ``saw street``."""
    crowd, name = keys.around(key), keys.last(key)
    if crowd == keys.BALLS:
        return f"ball {name}"
    for chip in package.chips:
        if crowd in (keys.bumps(chip.name), keys.pads(chip.name)):
            return keys.end(chip.name, name)
        if key in (keys.bumps(chip.name), keys.pads(chip.name)):
            return f"{chip.name} {name}"
    carrier = package.carrier
    if crowd == keys.STACKUP and carrier is not None and name.isdigit() and int(name) < len(carrier.stackup):
        return carrier.stackup[int(name)].name or f"layer {int(name) + 1}"
    words = {"mold": "mold", "singulation": "saw street", keys.PADDLE: "die attach pad",
             keys.CARRIER: carrier.kind if carrier is not None else "carrier"}
    kinds = {keys.WIRES: "wire", keys.REGIONS: "mold", keys.FINGERS: "finger", f"{keys.FRAME}.leads": "lead"}
    if key in words:
        return words[key]
    return f"{kinds[crowd]} {name}" if crowd in kinds else name if crowd in (keys.CHIPS, keys.PASSIVES, keys.KEEP_OUTS) else key


@lru_cache(maxsize=2)
def _parts(package: Package) -> frozenset[str]:
    """The keys of everything that is drawn as one, crowds as a whole included."""
    found = {keys.BALLS, "mold", "singulation", *(chip.key for chip in package.chips)}
    found |= {part.key for part in package.passives} | {keys.wire(wire.name) for wire in package.wires}
    found |= set(site_crowds(package)) | {one.key for one in package.keep_outs}
    found |= {region.key for region in (package.mold.regions if package.mold is not None else ())}
    carrier = package.carrier
    if carrier is not None:
        found |= {keys.CARRIER, *(keys.finger(one.name) for one in carrier.fingers)}
        found |= {keys.layer(number) for number in range(len(carrier.stackup))}
        if carrier.frame is not None:
            found |= {keys.PADDLE, *(keys.lead(lead.name) for lead in carrier.frame.leads)}
    return frozenset(found)
