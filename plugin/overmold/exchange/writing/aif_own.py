"""What AIF has no place for, in sections of our own, which readers that do not know them pass over (extending_aif asks so).

A line is ``name=values``, values parted by blanks, a dash for what is not stated; lengths in micrometres, with their tolerance
where they have one: ``90+5/-5``. Directions are those of the rest of the file.

    [OVERMOLD_CHIPS]   chip=bonding angle thickness gap attach stands-on,… x y width height, before it is turned;
                       then far-side where it stands there
    [OVERMOLD_BUMPS]   chip=diameter height alloy pad opening
    [OVERMOLD_CHIP_DATA], [OVERMOLD_BUMP_DATA] chip=datum:value …, as a package file has them: what more is stated of either
    [OVERMOLD_PADS]    chip=size
    [OVERMOLD_WIRES]   wire=start end x1 y1 x2 y2 diameter loop-height tier profile net metal
    [OVERMOLD_BALLS]   balls=diameter standoff alloy land opening, then lands or pillars where it stands on those
    [OVERMOLD_TOP_LANDS] top_lands=land opening via fill ball-height width length thickness most-high; TOP.A1=x y width net
    [OVERMOLD_OWN_BALLS] ball=diameter of its own, then lands where it is a bare land
    [OVERMOLD_OUTLINES] chip=x,y x,y …, of one that is not a rectangle; that of the mold is in [OVERMOLD_MOLD_OUTLINE]
    [OVERMOLD_MOLD]    mold=cap filler x y width height;  lid=thickness attach material
    [OVERMOLD_CARRIER] carrier=kind;  L1=kind thickness material, from the chip side;  frame=thickness half-etch,
                       then the depth of the half-etch from above where that is stated
    [OVERMOLD_PADDLE_FOOT] paddle=x,y x,y …, what of the die attach pad is soldered down where that is not all of it
    [OVERMOLD_ETCHED_ABOVE] E1=x,y x,y …, a region of the frame etched from above
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from ...package import Bumps, Chip, Package
from ...package.datum import data_of
from ...package.keys import TOP
from ...package.own import own_size
from ...package.words import BALLS, LANDS
from ...shapes import Outline
from ..aif_data import FURTHER_OF_BUMPS, FURTHER_OF_CHIPS
from .aif_words import FAR, NONE, degrees, toleranced, um, word


def own_sections(package: Package) -> Iterator[str]:
    """The lines of all sections that have any."""
    yield "; AIF extension by Overmold (docs/drawings.md): heights, tolerances, loops"
    for name, lines in (("CHIPS", _chips(package)), ("BUMPS", _bumps(package)),
                        ("CHIP_DATA", _chip_data(package)), ("BUMP_DATA", _bump_data(package)), ("PADS", _pads(package)),
                        ("WIRES", _wires(package)), ("BALLS", _balls(package)), ("OWN_BALLS", _own_balls(package)),
                        ("TOP_LANDS", _top_lands(package)),
                        ("OUTLINES", _outlines(package)), ("MOLD", _mold(package)), ("MOLD_OUTLINE", _mold_outline(package)),
                        ("CARRIER", _carrier(package)), ("PADDLE_FOOT", _paddle_foot(package)),
                        ("ETCHED_ABOVE", _etched_above(package))):
        found = list(lines)
        if found:
            yield from (f"[OVERMOLD_{name}]", *found, "")


def _line(name: str, *values: str) -> str:
    return f"{word(name)}={' '.join(value or NONE for value in values)}"


def _chips(package: Package) -> Iterator[str]:
    for chip in package.chips:
        size = own_size(chip.outline, chip.at, chip.angle)
        yield _line(chip.name, word(chip.bonded), degrees(chip.angle), toleranced(chip.thickness), toleranced(chip.gap),
                    toleranced(chip.attach), ",".join(map(word, chip.on)), um(chip.at[0]), um(-chip.at[1]),
                    *(map(um, size) if size is not None else ("", "")), *([FAR] if chip.is_far else []))


def _outlines(package: Package) -> Iterator[str]:
    yield from (_line(chip.name, *_corners(chip.outline)) for chip in package.chips
                if own_size(chip.outline, chip.at, chip.angle) is None)


def _mold_outline(package: Package) -> Iterator[str]:
    if package.mold is not None and not package.mold.outline.is_box:
        yield _line("mold", *_corners(package.mold.outline))


def _corners(outline: Outline) -> Iterator[str]:
    yield from (f"{um(x)},{um(-y)}" for x, y in outline.rings[0])


def _bumps(package: Package) -> Iterator[str]:
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is not None:
            yield _line(chip.name, toleranced(bumps.diameter), toleranced(bumps.height), word(bumps.alloy),
                        um(bumps.pad) if bumps.pad else "", um(bumps.opening) if bumps.opening else "")


def _chip_data(package: Package) -> Iterator[str]:
    yield from filter(None, (_further(chip.name, chip, FURTHER_OF_CHIPS) for chip in package.chips))


def _bump_data(package: Package) -> Iterator[str]:
    yield from filter(None, (_further(chip.name, chip.bumps, FURTHER_OF_BUMPS) for chip in package.chips
                             if chip.bumps is not None))


def _further(name: str, part: Union[Chip, Bumps], wanted: tuple[str, ...]) -> str:
    """A line of those of these data that are stated and not what is there anyway; "" without any."""
    data = data_of(type(part))
    said = [f"{one}:{word(data[one].text(value))}" for one in wanted
            if data[one].is_stated(value := getattr(part, one)) and value != data[one].usual]
    return _line(name, *said) if said else ""


def _pads(package: Package) -> Iterator[str]:
    yield from (_line(chip.name, um(chip.pads.size)) for chip in package.chips if chip.pads is not None)


def _wires(package: Package) -> Iterator[str]:
    for wire in package.wires:
        (ax, ay), (bx, by) = wire.from_at, wire.to_at
        yield _line(wire.name, word(wire.start), word(wire.end), um(ax), um(-ay), um(bx), um(-by), um(wire.diameter),
                    toleranced(wire.loop_height), str(wire.tier), word(wire.profile), word(wire.net), word(wire.metal))


def _balls(package: Package) -> Iterator[str]:
    balls = package.balls
    if balls is not None:
        yield _line("balls", toleranced(balls.diameter), toleranced(balls.standoff), word(balls.alloy),
                    um(balls.land) if balls.land else "", um(balls.opening) if balls.opening else "",
                    *([balls.terminals] if balls.terminals not in ("", BALLS) else []))


def _own_balls(package: Package) -> Iterator[str]:
    balls = package.balls
    if balls is None:
        return
    sites, count = balls.sites, len(balls.sites)
    own, bare = (values.tolist() if values is not None else [0] * count for values in (sites.diameters, sites.bare))
    yield from (_line(name, um(wide) if wide else "", *([LANDS] * is_bare))
                for name, wide, is_bare in zip(sites.names, own, bare) if wide or is_bare)


def _top_lands(package: Package) -> Iterator[str]:
    top = package.top_lands
    if top is None:
        return
    own = top.sites.diameters.tolist() if top.sites.diameters is not None else [0] * len(top.sites)
    yield _line("top_lands", um(top.land), um(top.opening), *map(toleranced, (top.via, top.via_fill, top.ball_height)),
                *(um(one) if one else "" for one in (top.upper_width, top.upper_length)), toleranced(top.upper_thickness),
                um(top.stack_height) if top.stack_height else "")
    yield from (_line(f"{TOP}.{name}", um(x), um(-y), um(wide) if wide else "", word(net))
                for name, (x, y), wide, net in zip(top.sites.names, top.sites.xy.tolist(), own, top.nets))


def _mold(package: Package) -> Iterator[str]:
    if package.mold is not None:
        (x, y), size = package.mold.outline.centre, package.mold.outline.size
        yield _line("mold", toleranced(package.mold.cap), toleranced(package.mold.filler), um(x), um(-y), *map(um, size))
        yield from (_line("mold_region", word(region.name), toleranced(region.cap)) for region in package.mold.regions)
    if package.lid is not None:
        yield _line("lid", toleranced(package.lid.thickness), toleranced(package.lid.attach), word(package.lid.material))


def _carrier(package: Package) -> Iterator[str]:
    carrier = package.carrier
    if carrier is None:
        return
    yield _line("carrier", word(carrier.kind))
    for i, layer in enumerate(carrier.stackup, 1):
        yield _line(f"L{i}", word(layer.kind), toleranced(layer.thickness), word(layer.material))
    if carrier.frame is not None:
        yield _line("frame", toleranced(carrier.frame.thickness), toleranced(carrier.frame.half_etch),
                    *([toleranced(carrier.frame.half_etch_above)] if carrier.frame.half_etch_above is not None else []))


def _paddle_foot(package: Package) -> Iterator[str]:
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is not None and frame.paddle_foot is not None and frame.paddle_foot != frame.paddle:
        yield _line("paddle", *_corners(frame.paddle_foot))


def _etched_above(package: Package) -> Iterator[str]:
    frame = package.carrier.frame if package.carrier is not None else None
    for i, region in enumerate(frame.etched_above if frame is not None else (), 1):
        yield _line(f"E{i}", *_corners(region))
