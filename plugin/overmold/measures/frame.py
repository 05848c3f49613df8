"""Flip chips on a lead frame: what of the metal their bumps land on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..geometry.circles import clearance_inside
from ..geometry.joined import nearest_first
from ..geometry.leads import standing_room
from ..metal import DIE_PAD, LEAD
from ..package import PADDLE, Bumps, Chip, Package, keys
from ..package.words import STAMPED
from ..shapes import ROUNDING, Outline, area, common, distance, overlap_area, rectangle
from ..space.plan import parted
from ..units import COUNT, LENGTH, RATIO, show
from . import Measured, Reading, exact, measure
from .gap import flip_chips
from .joints import nets_where_bumps_land
from .process import MISSING_STREET


@dataclass(frozen=True, repr=False)
class Metal:
    """A lead or the die attach pad: its name for people, its key, its outline and net; regions etched from above."""

    name: str
    key: str
    outline: Outline
    net: str
    etched: tuple[Outline, ...] = ()

    @cached_property
    def tops(self) -> tuple[Outline, ...]:
        """What of it things can stand on: all that is not etched from above."""
        return standing_room(self.outline, self.etched)

    def inside(self, xy: IntArray, width: IntArray) -> IntArray:
        """How far circles (n) stay inside its top (n), negative where they hang over; by their width where it has none."""
        found: IntArray = np.max([clearance_inside(xy, width, top) for top in self.tops] or [-np.maximum(width, 1)], axis=0)
        return found


def metal_of(package: Package) -> tuple[Metal, ...]:
    """The leads of the frame and its die attach pad; nothing where the carrier has no frame."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None:
        return ()
    etched = frame.etched_above
    found = [Metal(f"lead {lead.name}", keys.lead(lead.name), lead.outline, lead.net, etched) for lead in frame.leads]
    if frame.paddle is not None:
        found.append(Metal(f"the {PADDLE}", keys.PADDLE, frame.paddle, frame.paddle_net, etched))
    return tuple(found)


def chips_on_leads(package: Package) -> Iterator[tuple[Chip, Bumps, IntArray, IntArray]]:
    """Flip chips on a frame with their bumps: of each bump the metal under it (a place in ``metal_of``) and how far its
    edge stays inside what of that is not etched from above, negative where it hangs over."""
    metal = metal_of(package)
    for chip in flip_chips(package) if metal else ():
        bumps = chip.bumps
        if bumps is None or not len(bumps.sites) or chip.on:
            continue
        pad = bumps.pad or (bumps.diameter.nominal if bumps.diameter else 0)
        width = np.full(len(bumps.sites), pad, np.int64)
        inside = np.stack([one.inside(bumps.sites.xy, width) for one in metal])
        yield chip, bumps, inside.argmax(axis=0), inside.max(axis=0)


@measure(RATIO, in_plan=True)
def share_of_terminal_on_lead(package: Package) -> Measured:
    """Share of the land of every terminal of a passive on a lead frame that lies on the lead or die attach pad under it; the
    worst terminal of each passive. Terminals on no metal are told by ``unconnected_terminals``."""
    metal = metal_of(package)
    for passive in package.carrier_passives if metal else ():
        found = []
        for terminal in passive.terminals:
            land = rectangle(terminal.at, terminal.size, passive.angle)
            area = terminal.size[0] * terminal.size[1]
            under = [(Fraction(sum(overlap_area(land, top) for top in one.tops)) / area, one, terminal) for one in metal
                     if distance(one.outline, land) == 0]
            found += [max(under, key=itemgetter(0))] if under else []
        if found:
            share, one, terminal = min(found, key=itemgetter(0))
            yield exact((passive.key, one.key), share, terminal.at, f"{passive.name}.{terminal.name} on {one.name}")


@measure(LENGTH, in_plan=True)
def bump_inside_lead(package: Package) -> Measured:
    """How far the bumps of every flip chip on a lead frame stay inside the lead or die attach pad under them, where that is not
    etched from above, negative where they hang over; the worst of each chip."""
    metal = metal_of(package)
    for chip, bumps, under, inside in chips_on_leads(package):
        i = int(inside.argmin())
        many = int((inside < 0).sum())
        said = f", one of {many:,} that do not lie on metal" if many > 1 else ""
        x, y = (int(value) for value in bumps.sites.xy[i])
        name = bumps.sites.names[i]
        one, spot = metal[under[i]], rectangle((x, y), (2, 2))
        low = ", etched from above there" if inside[i] < 0 and any(overlap_area(spot, region) for region in one.etched) else ""
        yield exact((keys.bump(chip.name, name), one.key), int(inside[i]), (x, y),
                    f"{chip.name}.{name} on {one.name}{low}{said}")


@measure(RATIO, in_plan=True)
def share_of_attach_over_etched(package: Package) -> Measured:
    """Share of the plan of every chip that is glued to a lead frame under which the metal is etched from above."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None or not frame.etched_above:
        return
    metal = [*metal_of(package), *(Metal("a tie bar", "carrier.frame.tie_bars", bar, "") for bar in frame.tie_bars)]
    for chip in package.chips:
        if chip.on or not chip.has_attach:
            continue
        low = 0
        left: tuple[Outline, ...] = (chip.outline,)
        for part in (part for one in metal for region in frame.etched_above if overlap_area(one.outline, region)
                     for part in common(one.outline, region)):
            over, left = parted(left, part)  # of what two pieces share, once
            low += sum(map(area, over))
        yield exact((chip.key, keys.FRAME), Fraction(low, max(1, area(chip.outline))), chip.at, chip.name)


@measure(COUNT)
def nets_at_bump_on_lead(package: Package) -> Measured:
    """How many nets meet where a bump lands on a lead or on the die attach pad; those without a net do not count.

    Bumps that do not reach any metal are left out."""
    yield from nets_where_bumps_land(package, (LEAD, DIE_PAD))


@measure(RATIO, in_plan=True)
def lead_gap_to_thickness(package: Package) -> Measured:
    """Distance of the nearest two leads of a lead frame, or of a lead and the die attach pad or one of its tie bars, / the
    frame's thickness, however it is made."""
    yield from _narrowest_gap(package)


@measure(RATIO, in_plan=True)
def stamped_lead_gap_to_thickness(package: Package) -> Measured:
    """As ``lead_gap_to_thickness``, of a frame whose "Frame making" says that it is stamped."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is not None and frame.making == STAMPED:
        yield from _narrowest_gap(package)


def _narrowest_gap(package: Package) -> Measured:
    """Whatever touches is one piece of metal: of its nets ``nets_on_touching_lands`` tells."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None:
        return
    bars = [Metal("a tie bar", "carrier.frame.tie_bars", bar, "") for bar in frame.tie_bars]
    metal = [*metal_of(package), *bars]
    nearest = _nearest([one.outline for one in metal], len(frame.leads), len(metal) - len(bars))
    if nearest is not None:
        apart, one, other = nearest[0], metal[nearest[1]], metal[nearest[2]]
        thick = frame.thickness
        said = f"{one.name} to {other.name}: {show(apart, LENGTH)} apart, {show(thick.nominal, LENGTH)} thick"
        yield Reading((one.key, other.key), Fraction(apart, thick.nominal), Fraction(apart, thick.high),
                      Fraction(apart, max(1, thick.low)), one.outline.centre, said, slack=Fraction(ROUNDING, thick.nominal))


def _nearest(outlines: Sequence[Outline], leads: int, bars: int) -> Optional[tuple[int, int, int]]:
    """The distance and the numbers of the two nearest outlines that do not touch. The first ``leads`` are leads; those from
    number ``bars`` on are tie bars, which are one with the paddle before them and with each other."""
    found: Optional[tuple[int, int, int]] = None
    for i, j, least in nearest_first(outlines):
        if found is not None and least >= found[0]:
            break
        if j >= bars and i >= leads:
            continue
        apart = distance(outlines[i], outlines[j])
        if apart > ROUNDING and (found is None or apart < found[0]):
            found = apart, i, j
    return found


@measure(LENGTH)
def kerf_beside_dam_bar(package: Package) -> Measured:
    """What the cut takes on each side of the lead frame's dam bar: (kerf - dam bar) / 2; negative where some of it stays."""
    frame = package.carrier.frame if package.carrier is not None else None
    cut = package.singulation
    if frame is None or not frame.dam_bar or cut is None or cut.method in ("", "none"):
        return
    if cut.kerf is None:
        yield MISSING_STREET
        return
    yield Reading(("carrier.frame.dam_bar", "singulation.kerf"), (cut.kerf.nominal - frame.dam_bar) // 2,
                  (cut.kerf.low - frame.dam_bar) // 2, (cut.kerf.high - frame.dam_bar) // 2,
                  told=f"kerf {show(cut.kerf.nominal, LENGTH)}, dam bar {show(frame.dam_bar, LENGTH)}")


@measure(LENGTH, in_plan=True)
def lead_foot_to_exposed_pad(package: Package) -> Measured:
    """Distance of the nearest lead's foot from the exposed pad (K on drawings), what is soldered down of both; leads that are
    one piece of metal with the die attach pad aside."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None or frame.paddle_foot is None:
        return
    fused = next((set(names) for names in frame.fused if PADDLE in names), set())
    found = [(distance(lead.foot, frame.paddle_foot), lead) for lead in frame.leads if lead.name not in fused]
    if found:
        apart, lead = min(found, key=itemgetter(0))
        yield exact((keys.lead(lead.name), keys.PADDLE), apart, lead.foot.centre, f"lead {lead.name}")
