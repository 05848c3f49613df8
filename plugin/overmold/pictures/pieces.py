"""The bodies of a package that a cut runs through, as a cross-section draws them, outlines and heights those of ``space``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..measures.nets import LAMINATE, is_organic
from ..package import WAFER, Carrier, Chip, Package, Passive, keys
from ..package.words import ENCAPSULANT, NOTHING_IN_GAP
from ..shapes import Outline, transform, untransform
from ..space import (
    ATTACH,
    CAVITY,
    CHIP,
    LAYER,
    LID,
    METAL,
    MOLD,
    PASSIVE,
    UPPER,
    Body,
    Height,
    Room,
    Sum,
    bodies,
    room_at,
    under,
    upper_package,
)
from ..space.bodies import carrier_thickness
from ..units import LENGTH, show_toleranced
from .labels import Area
from .levels import level
from .marks import Marks, hue_of_body
from .scale import Scale
from .svg import line, n, path, rect

_KINDS = {METAL: "copper", LID: "copper", CHIP: "chip", ATTACH: "attach", PASSIVE: "part", MOLD: "mold", CAVITY: "mold",
          UPPER: "core"}


@dataclass(frozen=True)
class Piece:
    """One thing drawn: the key of its part, where it lies in the picture, and the element."""

    key: str
    area: Area
    svg: str


def cut_bodies(package: Package, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """The mold, what fills the gaps, carrier, passives, die attach, then the chips from below."""
    found: dict[str, list[Body]] = {kind: [] for kind in (MOLD, LAYER, METAL, CAVITY, PASSIVE, ATTACH, CHIP, LID)}
    for body in bodies(package):
        found[body.kind].append(body)
    for body in found.pop(MOLD):
        yield from _drawn(package, body, scale, hues)
    yield from _fillings(package, scale)
    yield from _unstated_carrier(package, scale, hues)
    chips = {chip.key: chip for chip in package.chips}
    passives = {part.key: part for part in package.passives}
    for kind in (LAYER, METAL, CAVITY, PASSIVE, ATTACH, LID):
        for body in found[kind]:
            yield from _drawn(package, body, scale, hues)
            if kind == PASSIVE and body.key in passives:
                yield from _ends(package, body, passives[body.key], scale, hues)
    upper = upper_package(package)
    if upper is not None:
        yield from _drawn(package, upper, scale, hues)
    for body in sorted(found[CHIP], key=lambda one: level(package, one.bottom)):
        yield from _drawn(package, body, scale, hues)
        yield from _active_surface(package, body, chips[body.key], scale)


def _drawn(package: Package, body: Body, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """The body where it is cut; hatched where its own thickness is not stated."""
    low, high = sorted((level(package, body.bottom), level(package, body.top)))
    kind, words = kind_of(package, body), words_of(package, body)
    hue = hue_of_body(body, hues)
    kinds = f"{kind} {hue}" if hue else kind
    spans = scale.cut.spans(body.outline)
    upper, lower = (scale.cut.spans(one) if one is not None else spans for one in (body.at_top, body.at_bottom))
    for i, (start, end) in enumerate(spans):
        area = (scale.x(start), scale.z(high), scale.x(end), scale.z(low))
        if upper == lower or not len(upper) == len(lower) == len(spans):
            yield Piece(body.key, area, _rect(kinds, area, words))
        else:
            ends = [(scale.x(left), scale.x(right)) for left, right in (upper[i], lower[i])]
            yield Piece(body.key, area, _slanted(kinds, ends[0], ends[1], area, words))
        if (body.top - body.bottom).lacks:
            yield Piece(body.key, area, _rect("hatched", area, words))


def _rect(kind: str, area: Area, words: str = "") -> str:
    left, top, right, bottom = area
    return rect(kind, left, top, right - left, bottom - top, words)


def _slanted(kind: str, upper: tuple[float, float], lower: tuple[float, float], area: Area, words: str) -> str:
    """A body whose sides lean, from its ``lower`` edge to its ``upper`` one."""
    _, top, _, bottom = area
    return path(kind, f"M{n(lower[0])} {n(bottom)}H{n(lower[1])}L{n(upper[1])} {n(top)}H{n(upper[0])}Z", words)


def kind_of(package: Package, body: Body) -> str:
    """The class of a body: what it is made of."""
    if body.kind == CAVITY and body.material != "encapsulant":
        return "core" if body.material else "paper"
    if body.kind != LAYER or package.carrier is None:
        return _KINDS[body.kind]
    layer = package.carrier.stackup[int(keys.last(body.key))]
    # A wafer, and an interposer of silicon or glass, have no laminate, whatever a layer of theirs is called.
    whole = package.carrier.kind == WAFER or not is_organic(layer.material)
    return "wafer" if whole and layer.kind in LAMINATE else layer.kind


def words_of(package: Package, body: Body) -> str:
    """What a body is, as it is told on hovering."""
    room = (body.top - body.bottom).value
    thick = show_toleranced(room, LENGTH) if room is not None else "not stated"
    name = keys.last(body.key)
    if body.kind == LAYER and package.carrier is not None:
        layer = package.carrier.stackup[int(name)]
        return f"{layer.name or layer.kind}: {thick} {layer.material}".rstrip()
    if body.kind == METAL:
        called = {keys.PADDLE: "die attach pad", f"{keys.FRAME}.tie_bars": "tie bar"}.get(body.key, f"lead {name}")
        return f"{called}, {thick}"
    if body.kind == MOLD:
        cap = body.top.value if not body.top.lacks and not _hangs(body) else room
        stated = "not stated" if cap is None else show_toleranced(cap, LENGTH)
        return f"{'mold' if body.key == 'mold' else f'mold {name}'}, cap {stated}"
    if body.kind == CAVITY:
        shared = keys.is_within(body.key, keys.CAVITIES)
        return f"cavity {name if shared else f'of {keys.last(keys.around(body.key))}'}, {thick} deep"
    if body.kind == UPPER:
        return f"upper package, {thick} thick"
    if body.kind == ATTACH:
        return f"{'lid' if keys.is_within(body.key, 'lid') else 'die'} attach {thick}"
    return f"{name}, {thick} {'high' if body.kind == PASSIVE else 'thick'}"


def _hangs(body: Body) -> bool:
    """Whether it lies below the carrier's chip side."""
    return body.top.value is not None and body.top.value.nominal <= 0


def bare_kind(carrier: Carrier) -> str:
    """The class of a carrier of which no layer is stated."""
    return {WAFER: "wafer", "panel": "panel"}.get(carrier.kind, "core")


def _unstated_carrier(package: Package, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """A carrier of which no layer is stated has no body: hatched, in the colour of what it is called."""
    carrier = package.carrier
    if carrier is None or carrier.stackup or carrier.frame is not None:
        return
    kind = bare_kind(carrier)
    low = carrier_bottom(package)
    for start, end in scale.cut.spans(carrier.outline):
        area = (scale.x(start), scale.z(0), scale.x(end), scale.z(low))
        yield Piece(keys.CARRIER, area, _rect(f"{kind} {hues.get(keys.CARRIER, '')}".rstrip(), area, carrier.kind))
        yield Piece(keys.CARRIER, area, _rect("hatched", area, f"{carrier.kind}, thickness not stated"))


def _fillings(package: Package, scale: Scale) -> Iterator[Piece]:
    """What fills a gap, where that is not the encapsulant."""
    for outline, room, kind, words in fillings(package):
        low, high = level(package, room.lower), level(package, room.upper)
        for start, end in scale.cut.spans(outline):
            area = (scale.x(start), scale.z(high), scale.x(end), scale.z(low))
            yield Piece("", area, _rect(kind, area, words))
    for chip in package.chips:
        yield from _fillets(package, chip, scale)


def _fillets(package: Package, chip: Chip, scale: Scale) -> Iterator[Piece]:
    """How far what fills a gap runs out, up to the chip's edge at the gap: how high it climbs at its side is nowhere stated."""
    slits = [slit for slit in under(package, chip.key) if slit.filling == chip.gap_filled_with and slit.thickness is not None]
    if chip.fillet is None or not chip.has_gap or chip.gap_filled_with in (ENCAPSULANT, NOTHING_IN_GAP) or not slits:
        return
    assert slits[0].thickness is not None
    room = room_at(package, chip, slits[0].thickness)
    ends = (room.upper, room.lower) if chip.is_far else (room.lower, room.upper)
    low, high = (scale.z(level(package, each)) for each in ends)
    words = f"fillet of {chip.gap_filled_with}, {show_toleranced(chip.fillet, LENGTH)}"
    for start, end in scale.cut.spans(chip.outline):
        for edge, foot in ((start, start - chip.fillet.nominal), (end, end + chip.fillet.nominal)):
            x, out = scale.x(edge), scale.x(foot)
            shape = f"M{n(out)} {n(low)}L{n(x)} {n(high)}V{n(low)}Z"
            yield Piece("", (min(x, out), min(low, high), max(x, out), max(low, high)), path("underfill", shape, words))


def fillings(package: Package) -> Iterator[tuple[Outline, Room, str, str]]:
    """What fills gaps, where that is not the encapsulant: outline, heights, class and words."""
    for chip in package.chips:
        other = chip.has_gap and chip.gap_filled_with not in (ENCAPSULANT, "")
        for slit in under(package, chip.key) if other else ():
            if slit.filling == chip.gap_filled_with and slit.thickness is not None:
                kind = "paper" if slit.filling == NOTHING_IN_GAP else "underfill"
                yield slit.outline, room_at(package, chip, slit.thickness), kind, f"gap under {chip.name}: {slit.filling}"


def _active_surface(package: Package, body: Body, chip: Chip, scale: Scale) -> Iterator[Piece]:
    """Of a chip that looks up a thin line; of one that looks down the bumps show where it is."""
    if chip.faces_up:
        y = scale.z(level(package, body.top))
        for start, end in scale.cut.spans(body.outline):
            area = (scale.x(start), y, scale.x(end), y)
            yield Piece("", area, line("active", area[0], y, area[2], y))


def _ends(package: Package, body: Body, passive: Passive, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """The metal ends of a passive of two terminals, a fifth of its length each as chips of that kind have them."""
    high, low = scale.z(level(package, body.top)), scale.z(level(package, body.bottom))
    for cap in _caps(passive) if len(passive.terminals) == 2 else ():
        for start, end in scale.cut.spans(cap):
            area = (scale.x(start), high, scale.x(end), low)
            yield Piece("", area, _rect(f"end {hues.get(body.key, '')}".rstrip(), area, words_of(package, body)))


def _caps(passive: Passive) -> Iterator[Outline]:
    """Both ends in plan, those that its terminals lie at."""
    xs, ys = zip(*(untransform(spot, passive.at, passive.angle) for spot in passive.outline.rings[0]))
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    x, y = untransform(passive.terminals[0].at, passive.at, passive.angle)
    size = (wide // 5, tall) if abs(x) >= abs(y) else (wide, tall // 5)
    for left, top in ((min(xs), min(ys)), (max(xs) - size[0], max(ys) - size[1])):
        corners = ((left, top), (left + size[0], top), (left + size[0], top + size[1]), (left, top + size[1]))
        yield Outline((tuple(transform(corner, passive.at, passive.angle) for corner in corners),))


def carrier_bottom(package: Package) -> int:
    """How far the carrier reaches down, in nm: not above 0."""
    return level(package, Height((Sum() - carrier_thickness(package),)))
