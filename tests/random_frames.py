"""Packages on lead frames with their files changed at random, and what brute force says of their metal."""

from __future__ import annotations

import copy
import json
import math
import random
from typing import Any

import shapely
from shapely.ops import unary_union

from overmold.marked_yaml import load
from overmold.package import Frame, Package
from overmold.package_file import read_package_text
from overmold.shapes import Outline
from paths import DEMO

FILES = ("qfn", "qfn_down_bonds", "qfn_dual_row", "qfn_fused", "qfn_rounded", "qfn_stepped", "qfn_tied", "qfn_two_pads")
Data = dict[str, Any]


def data_of(name: str) -> Data:
    path = DEMO.parent / f"{name}.yaml"
    found: Data = copy.deepcopy(load(path.read_bytes(), str(path)).data)
    return found


def package_of(data: Data) -> Package:
    """Read it; raises Faults."""
    return read_package_text(json.dumps(data, indent=1, ensure_ascii=False), "random.yaml", DEMO.parent)


def length(value: float) -> str:
    return f"{round(value, 4)} mm"


def box(left: float, top: float, right: float, bottom: float) -> list[list[str]]:
    return [[length(x), length(y)] for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]


def turned(corners: list[list[str]], angle: float) -> list[list[str]]:
    spots = [[float(word.split()[0]) for word in spot] for spot in corners]
    x0, y0 = (sum(spot[i] for spot in spots) / len(spots) for i in (0, 1))
    cos, sin = math.cos(angle), math.sin(angle)
    return [[length(x0 + (x - x0) * cos + (y - y0) * sin), length(y0 + (y - y0) * cos - (x - x0) * sin)] for x, y in spots]


def changed(data: Data, chance: random.Random) -> Data:
    """One to four things of the frame otherwise; most of what comes out is a frame, and some is none."""
    data = copy.deepcopy(data)
    frame = data["carrier"]["frame"]
    for _ in range(chance.randint(1, 4)):
        chance.choice((_scale, _scale, _scale, _count, _etch, _etch_below, _bar, _ends, _turn, _other, _paddle, _fuse, _chip))(
            data, frame, chance)
    return data


def _scale(data: Data, frame: Data, chance: random.Random) -> None:
    """A length of the frame, its leads or its chips, larger or smaller."""
    group = chance.choice([frame, frame["leads"], data["carrier"], *data.get("chips", [])])
    keys = [key for key, value in group.items() if isinstance(value, str) and value.split()[0].replace(".", "").isdigit()
            and value.split()[1:2] in (["mm"], ["um"])]
    if keys:
        key = chance.choice(keys)
        words = group[key].split()
        words[0] = f"{float(words[0]) * chance.choice((0.5, 0.8, 0.9, 1.1, 1.25, 2)):.6g}"
        group[key] = " ".join(words)


def _count(data: Data, frame: Data, chance: random.Random) -> None:
    leads = frame["leads"]
    few = leads["per_side"][0] if isinstance(leads["per_side"], list) else leads["per_side"]
    leads["per_side"] = chance.choice((few - 1, few + 1, [few, few - 2], [few, few - 1, few, few - 2]))
    if chance.random() < 0.5:
        leads["skip"] = sorted(chance.sample(range(1, 4 * few), 2))


def _etch(data: Data, frame: Data, chance: random.Random) -> None:
    x, y = chance.uniform(-2.4, 2.2), chance.uniform(-2.4, 2.2)
    region = box(x, y, x + chance.choice((0.05, 0.2, 1)), y + chance.choice((0.05, 0.2, 1)))
    frame.setdefault("etched_from_above", []).append(turned(region, chance.choice((0, 0, 0.4))))
    if chance.random() < 0.8:
        frame["half_etch_above"] = chance.choice(("40 um", "80 um ± 8 um"))


def _etch_below(data: Data, frame: Data, chance: random.Random) -> None:
    x, y = chance.uniform(-1.6, 1.4), chance.uniform(-1.6, 1.4)
    region = box(x, y, x + chance.choice((0.05, 0.3)), y + chance.choice((0.05, 0.3)))
    frame.setdefault("etched_from_below", []).append(turned(region, chance.choice((0, 0.4))))


def _bar(data: Data, frame: Data, chance: random.Random) -> None:
    at, edge = chance.uniform(-1, 1), float(data["carrier"]["size"][1].split()[0]) / 2
    path = [[length(at), length(-edge)], [length(at), length(-edge + 0.5)], [length(at / 2), "0 mm"]]
    frame.setdefault("own_tie_bars", []).append({"path": path, "width": chance.choice(("80 um", "0.2 mm"))})


def _ends(data: Data, frame: Data, chance: random.Random) -> None:
    frame["leads"]["round_ends"] = chance.choice(("inner", "both"))


def _turn(data: Data, frame: Data, chance: random.Random) -> None:
    for key in ("etched_from_above", "etched_from_below"):
        frame[key] = [turned(one, chance.choice((0.1, math.pi / 2, 2))) for one in frame.get(key, [])]
    for key in ("paddle_outline", "paddle_foot_outline"):
        if key in frame:
            frame[key] = turned(frame[key], chance.choice((0.1, math.pi / 2)))


def _other(data: Data, frame: Data, chance: random.Random) -> None:
    frame["leads"].setdefault("other", []).append(
        {"leads": [chance.randint(1, 8)], chance.choice(("width", "length", "inner_length", "shift")): length(
            chance.choice((0.05, 0.2, 0.35, 0.6)))})


def _paddle(data: Data, frame: Data, chance: random.Random) -> None:
    kind = chance.randrange(4)
    if kind == 0:
        frame["paddle_chamfer"] = length(chance.choice((0.05, 0.3, 0.9)))
    elif kind == 1:
        frame["paddle_at"] = [length(chance.uniform(-0.3, 0.3)), length(chance.uniform(-0.3, 0.3))]
    elif kind == 2:
        frame.pop("paddle_foot", None)
    elif "paddle" in frame:
        wide, high = (float(side.split()[0]) / 2 for side in frame.pop("paddle"))
        frame["paddle_outline"] = [[length(x), length(y)] for x, y in (
            (-wide, -high), (wide, -high), (wide, high * 0.3), (wide * 0.4, high), (-wide, high))]


def _fuse(data: Data, frame: Data, chance: random.Random) -> None:
    first = chance.randint(1, 6)
    frame.setdefault("fused", []).append(chance.choice(([str(first), str(first + 1)], [str(first), "paddle"])))


def _chip(data: Data, frame: Data, chance: random.Random) -> None:
    for chip in data.get("chips", [])[:1]:
        chip["at"] = [length(chance.uniform(-0.4, 0.4)), length(chance.uniform(-0.4, 0.4))]
        chip["angle"] = chance.choice(("0 deg", "90 deg", "180 deg", "33 deg"))


def shape(outline: Outline) -> shapely.Polygon:
    return shapely.Polygon(outline.rings[0], outline.rings[1:])


def frame_of(package: Package) -> Frame:
    assert package.carrier is not None
    assert package.carrier.frame is not None
    return package.carrier.frame


def narrowest(frame: Frame, near: float = 4) -> float:
    """The least distance of two leads that do not touch, or of one and the die attach pad or a tie bar."""
    leads = [shape(lead.outline) for lead in frame.leads]
    others = [*([shape(frame.paddle)] if frame.paddle is not None else []), *map(shape, frame.tie_bars)]
    apart = [one.distance(other) for i, one in enumerate(leads) for other in (*leads[:i], *others)]
    return min((one for one in apart if one > near), default=math.inf)


def standing(frame: Frame) -> shapely.Geometry:
    """All metal on which things can stand, tie bars aside."""
    metal = [*(shape(lead.outline) for lead in frame.leads), *([shape(frame.paddle)] if frame.paddle is not None else [])]
    return unary_union(metal).difference(unary_union([shape(region) for region in frame.etched_above]))

