"""The pads of a foreign footprint as lands on the customer's board, each with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator

from ...package import Land
from ...package.lands import LAND_LAYERS, OVAL, RECTANGLE, ROUND, ROUNDED
from ...package.own import own_spots
from ...shapes import Point
from ...units import LENGTH
from ..clauses.columns import whole
from ..clauses.tree import Clause, tree
from ..names.layers import NAMES
from .one_footprint import Footprint

_LAYER = {name: word for word, name in NAMES.items() if word in LAND_LAYERS}
_SHAPES = {"circle": ROUND, "oval": OVAL, "rect": RECTANGLE, "roundrect": ROUNDED, "custom": ROUND}
_CUT = {"top_left": "tl", "top_right": "tr", "bottom_left": "bl", "bottom_right": "br"}
_DEGREE = 1000
_DEFAULT_CORNER = 250_000  # KiCad's own, where a pad does not say it


class Unsayable(Exception):
    """A pad that a table of lands has no words for; its text says why."""


def lands_of(found: Footprint) -> tuple[Land, ...]:
    """Every pad as a land, in the file's order, about the footprint's own origin and unturned; raises Unsayable."""
    contents = found.contents
    pads = contents.pads
    own = {name: contents.word_of(found.number, name) for name in
           ("solder_mask_margin", "solder_paste_margin", "solder_paste_margin_ratio", "solder_paste_ratio")}
    rows = pads.of(found.number)
    spots = own_spots(pads.xy[rows], found.at, found.angle).tolist()
    lands = (_land(tree(contents.index, clause), (x, y), own) for clause, (x, y) in zip(pads.clauses[rows].tolist(), spots))
    return tuple(land._replace(angle=0 if land.shape == ROUND and not land.arms else (land.angle - found.angle) % 360_000)
                 for land in lands)


def _land(pad: Clause, at: Point, own: dict[str, str]) -> Land:
    name, kind, shape = pad.word(0), pad.word(1), pad.word(2)
    if kind == "np_thru_hole":
        raise Unsayable("a hole without metal")
    if shape not in _SHAPES:
        raise Unsayable(f"pad {name} is a {shape}")
    size = (_nm(pad.word_of("size")), _nm(pad.word_of("size", 1)))
    arms, stroke, anchor = _arms(pad, name) if shape == "custom" else ((), 0, "")
    drill = pad.word_of("drill")
    if drill == "oval":
        raise Unsayable(f"pad {name} has a slot")
    chamfer = pad.first("chamfer")
    is_cut = shape == "roundrect" and chamfer is not None and bool(chamfer.words)
    mask = pad.word_of("solder_mask_margin") or own["solder_mask_margin"]
    paste = pad.word_of("solder_paste_margin") or own["solder_paste_margin"]
    share = pad.word_of("solder_paste_margin_ratio") or own["solder_paste_margin_ratio"] or own["solder_paste_ratio"]
    return Land(
        name, at, size, _SHAPES[anchor or shape], round(_thousandths(pad.word_of("at", 2))) % 360_000, _layers(pad, name),
        corner=_ratio(pad, "roundrect_rratio", _DEFAULT_CORNER) if shape == "roundrect" else 0,
        chamfer=_ratio(pad, "chamfer_ratio", 0) if is_cut else 0,
        cut=tuple(_CUT[word] for word in chamfer.words) if is_cut and chamfer is not None else (),
        drill=_nm(drill) if drill else 0, mask=_nm(mask) if mask else None, paste=_nm(paste) if paste else None,
        paste_share=_nm(share) if share else None, arms=arms, stroke=stroke)


def _layers(pad: Clause, name: str) -> tuple[str, ...]:
    layers = pad.first("layers")
    found = layers.words if layers is not None else ()
    words = [_LAYER.get("*.Cu" if one == "F&B.Cu" else one, "") for one in found]
    if "" in words:
        raise Unsayable(f"pad {name} lies on {', '.join(found)}")
    order = list(_LAYER.values())
    return tuple(sorted(words, key=order.index))


def _arms(pad: Clause, name: str) -> tuple[tuple[tuple[Point, ...], ...], int, str]:
    """Polygons, the line they are drawn with, and what they are anchored to."""
    primitives = pad.first("primitives")
    items = [one for one in (primitives.items if primitives is not None else ()) if isinstance(one, Clause)]
    polygons = [one for one in items if one.name != "gr_bbox"]
    if any(one.name != "gr_poly" for one in polygons):
        odd = next(one.name for one in polygons if one.name != "gr_poly")
        raise Unsayable(f"pad {name} is made of more than polygons ({odd})")
    widths = {_nm(one.word_of("width") or "0") for one in polygons}
    if len(widths) > 1 or any(one.word_of("fill") in ("no", "none") for one in polygons):
        raise Unsayable(f"pad {name} has polygons drawn in several ways")
    options = pad.first("options")
    anchor = (options.word_of("anchor") if options is not None else "") or "circle"
    rings = tuple(tuple(_points(one, name)) for one in polygons)
    return rings, next(iter(widths), 0), anchor


def _points(polygon: Clause, name: str) -> Iterator[Point]:
    points = polygon.first("pts")
    for one in points.items if points is not None else ():
        if not isinstance(one, Clause) or one.name != "xy":
            raise Unsayable(f"pad {name} has a rounded outline")
        yield _nm(one.word(0)), _nm(one.word(1))


def _ratio(pad: Clause, name: str, usual: int) -> int:
    word = pad.word_of(name)
    return _nm(word) if word else usual


def _nm(word: str) -> int:
    """Millimetres as nanometres; a ratio in the same way as millionths."""
    value = whole(word, largest=LENGTH.largest)
    if value is None:
        raise Unsayable(f"'{word[:40]}' is not a number")
    return value


def _thousandths(word: str) -> float:
    return _nm(word) / _DEGREE if word else 0.0
