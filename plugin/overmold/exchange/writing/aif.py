"""A package as AIF 2.0, the interchange format of dies and bond shells that Artwork Conversion Software publishes.

After its public description (artwork.com/package/aif: database, die, bga, pads, netlist, rings, multi_die_aif, offset_wire,
extending_aif, 1998 to 2010). Micrometres, y up, seen from the chip side, the origin in the carrier's centre. A row of the
netlist that has a die pad and a finger is a wire between the two; a wire that does not end in its finger's middle has a row
with a finger of its own, as offset_wire asks. What AIF has no place for stands in sections ``OVERMOLD_…``, see ``aif_own``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from ...drawing import a1_of
from ...geometry.oblongs import outline_of
from ...package import Chip, Package, keys
from ...package.moved import at_home
from ...package.site_lands import ball_lands, diameters_of, in_plan
from ...shapes import Outline, Point
from .aif_own import own_sections
from .aif_words import NONE, degrees, um, word

_PAD, _BALL, _FINGER = (NONE,) * 4, (NONE,) * 4, (NONE,) * 5


@dataclass
class _Pads:
    """The shapes of pads, each once, by the name that the netlist calls it."""

    shapes: dict[str, str] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def named(self, prefix: str, shape: str) -> str:
        """The name of a shape; its own by its kind of pad."""
        key = prefix, shape
        if key not in self._names:
            count = sum(one == prefix for one, _ in self._names)
            self._names[key] = name = f"{prefix}{count or ''}"
            self.shapes[name] = shape
        return self._names[key]


def write(package: Package) -> bytes:
    """The file; nothing for a package without a chip."""
    if not package.chips:
        return b""
    home, pads = at_home(package), _Pads()
    rows = list(_netlist(home, pads))
    lines = [
        f"; {word(package.name)}, written by Overmold",
        "; um, y up, seen from the chip side, origin in the carrier's centre", "",
        "[DATABASE]", "TYPE=AIF", "VERSION=2.0", "UNITS=UM", *(["MCM=TRUE"] if len(home.chips) > 1 else []), "",
        *_dies(home), *_shell(home), "[PADS]", *(f"{name}={shape}" for name, shape in pads.shapes.items()), "",
        "[NETLIST]", "; net, die pad with shape x y, ball with shape x y, finger with shape x y angle", *_aligned(rows), "",
        *_rings(home), *own_sections(home)]
    return ("\n".join(lines) + "\n").encode("ascii")


def _dies(package: Package) -> Iterator[str]:
    if len(package.chips) == 1:
        yield from _below(package)
        yield from ("[DIE]", f"NAME={word(package.chips[0].name)}", *_die(package.chips[0]), "")
        return
    yield from _below(package)
    yield from ("[MCM_DIE]", *(f"{word(chip.name)}={word(chip.name)}" for chip in package.chips), "")
    for chip in package.chips:
        thick = [f"THICKNESS={um(chip.thickness.nominal)}"] if chip.thickness is not None else []
        yield from (f"[MCM_{word(chip.name)}_{word(chip.name)}]", *_die(chip), *thick, "")


def _below(package: Package) -> Iterator[str]:
    """What AIF has no word for: dies under the carrier."""
    for chip in package.far_chips:
        yield f"; {word(chip.name)} stands on the carrier's far side; its place is that seen from the chip side, as all are"


def _die(chip: Chip) -> tuple[str, ...]:
    (x, y), (width, height) = chip.outline.centre, chip.outline.size
    return f"WIDTH={um(width)}", f"HEIGHT={um(height)}", f"CENTER={um(x)} {um(-y)}"


def _shell(package: Package) -> Iterator[str]:
    """The carrier's outline; its balls have places of their own in the netlist, so no array is stated here."""
    carrier = package.carrier
    if carrier is None:
        return
    width, height = carrier.outline.size
    yield from ("[BGA]", f"NAME={word(package.name)}", f"WIDTH={um(width)}", f"HEIGHT={um(height)}")
    if not carrier.outline.is_box:
        yield f"OUTLINE={_polygon(carrier.outline, (0, 0))}"
    if package.balls is not None and len(package.balls.sites):
        x, y = a1_of(package.balls.sites.names, package.balls.sites.xy)
        yield f"A1={'U' if y < 0 else 'L'}{'L' if x < 0 else 'R'}"
    yield ""


def _netlist(package: Package, pads: _Pads) -> Iterator[tuple[str, ...]]:
    """Every die pad, ball and finger in a row, those of a wire together in one."""
    die, fingers = dict(_die_pads(package, pads)), dict(_fingers(package, pads))
    wired: set[str] = set()
    for row, ends in _wire_rows(package, pads, die, fingers):
        wired.update(ends)
        yield row
    for end, (net, cells) in die.items():
        if end not in wired:
            yield word(net), *cells, *_BALL, *_FINGER
    for end, (net, cells, _) in fingers.items():
        if end not in wired:
            yield word(net), *_PAD, *_BALL, *cells
    for net, cells in _balls(package, pads):
        yield word(net), *_PAD, *cells, *_FINGER


def _die_pads(package: Package, pads: _Pads) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Net and cells of every bond pad and bump, by its end (U1.A1)."""
    several = len(package.chips) > 1
    for chip in package.chips:
        crowds = []
        if chip.pads is not None:
            crowds.append((chip.pads.sites, chip.pads.nets, ["SQUARE " + um(chip.pads.size)] * len(chip.pads.sites), "DP"))
        if chip.bumps is not None:
            stated = chip.bumps.diameter.nominal if chip.bumps.diameter is not None else 0
            of = in_plan(chip, diameters_of(chip.bumps.sites, stated))
            # AIF has no oblong pads, but polygons.
            forms = ["CIRCLE " + um(long) if long == wide else _polygon(outline_of((0, 0), long, wide, turn), (0, 0))
                     for long, wide, turn in zip(of.length.tolist(), of.width.tolist(), of.angle.tolist())]
            crowds.append((chip.bumps.sites, chip.bumps.nets, forms, "BUMP"))
        for sites, nets, shapes, prefix in crowds:
            for name, net, (x, y), shape in zip(sites.names, nets, sites.xy.tolist(), shapes):
                called = word(keys.end(chip.name, name) if several else name)
                yield keys.end(chip.name, name), (net, (called, pads.named(prefix, shape), um(x), um(-y)))


def _fingers(package: Package, pads: _Pads) -> Iterator[tuple[str, tuple[str, tuple[str, ...], Point]]]:
    """Net, cells and middle of every bond finger, or of the metal of every lead, by its name."""
    carrier = package.carrier
    for finger in carrier.fingers if carrier is not None else ():
        shape = f"RECT {um(finger.size[0])} {um(finger.size[1])}"
        (x, y), angle = finger.at, degrees(finger.angle)
        yield finger.name, (finger.net, (word(finger.name), pads.named("BF", shape), um(x), um(-y), angle), finger.at)
    for lead in carrier.frame.leads if carrier is not None and carrier.frame is not None else ():
        at, (width, height) = lead.outline.centre, lead.outline.size
        shape = f"RECT {um(width)} {um(height)}" if lead.outline.is_box else _polygon(lead.outline, at)
        yield lead.name, (lead.net, (word(lead.name), pads.named("LEAD", shape), um(at[0]), um(-at[1]), "0"), at)


def _wire_rows(package: Package, pads: _Pads, die: Mapping[str, tuple[str, tuple[str, ...]]],
               fingers: Mapping[str, tuple[str, tuple[str, ...], Point]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """A row for every wire that has a die pad, and the ends that it tells of; of one between two die pads the second stands in
    the finger's place."""
    for wire in package.wires:
        first, other = (wire.start, wire.end) if wire.start in die else (wire.end, wire.start)
        if first not in die:
            continue  # between two fingers: only in the section of wires
        net, cells = die[first]
        x, y = wire.to_at if first == wire.start else wire.from_at
        net = net or wire.net
        if other in fingers and fingers[other][2] == (x, y):
            yield (word(net), *cells, *_BALL, *fingers[other][1]), (first, other)
            continue
        end = pads.named("WIRE_END", "CIRCLE " + um(wire.diameter or 25_000))
        called = word(die[other][1][0] if other in die else other)
        yield (word(net), *cells, *_BALL, called, end, um(x), um(-y), "0"), (first,)


def _balls(package: Package, pads: _Pads) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Net and cells of every ball, by its land where that is stated; of a lead frame, of every foot."""
    balls, carrier = package.balls, package.carrier
    if balls is not None:
        stated = balls.diameter.nominal if balls.diameter is not None else 0
        wide = np.where(ball_lands(balls)[0] > 0, ball_lands(balls)[0], diameters_of(balls.sites, stated)).tolist()
        for name, net, (x, y), width in zip(balls.sites.names, balls.nets, balls.sites.xy.tolist(), wide):
            yield net, (word(name), pads.named("BALL", "CIRCLE " + um(width)), um(x), um(-y))
    for lead in carrier.frame.leads if carrier is not None and carrier.frame is not None else ():
        (x, y), (width, height) = lead.foot.centre, lead.foot.size
        shape = f"RECT {um(width)} {um(height)}" if lead.foot.is_box else _polygon(lead.foot, (x, y))
        yield lead.net, (word(lead.name), pads.named("FOOT", shape), um(x), um(-y))


def _rings(package: Package) -> Iterator[str]:
    """The die attach pad and the tie bars, metal on the bonding layer that is no finger."""
    frame = package.carrier.frame if package.carrier is not None else None
    metal = [("PADDLE", frame.paddle)] if frame is not None and frame.paddle is not None else []
    metal += [(f"TIE_BAR{i}", bar) for i, bar in enumerate(frame.tie_bars, 1)] if frame is not None else []
    if not metal:
        return
    yield "[RINGS]"
    for name, outline in metal:
        net = word(frame.paddle_net) if frame is not None and frame.paddle_net else "DUMMY"
        yield f"{name} {net} {len(outline.rings)} 0 {len(outline.rings[0])}"
        for i, ring in enumerate(outline.rings):
            yield from [str(-len(ring))] if i else []
            yield from (f"{um(x)},{um(-y)}" for x, y in ring)
    yield ""


def _polygon(outline: Outline, about: Point) -> str:
    spots = " ".join(f"{um(x - about[0])},{um(about[1] - y)}" for x, y in outline.rings[0])
    return f"POLYGON 1 0 {len(outline.rings[0])} {spots}"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(14)] if rows else []
    return [" ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
