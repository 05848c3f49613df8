"""Copper and mask opening of every single ball and bump: those stated for all, but for sites of a diameter of their own."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np

from ..arrays import IntArray, Sites
from ..geometry.lands import ball_pad, bump_pad
from ..geometry.oblongs import Oblongs
from ..units import Toleranced
from . import Balls
from .bumps import Bumps
from .chip import Chip
from .soldered import bare_lands, bare_sites, soldered
from .top_lands import TopLands
from .words import LANDS, PILLARS

_Drawn = Callable[[int], tuple[int, int]]  # copper and opening for a diameter


def diameters_of(sites: Sites, stated: int) -> IntArray:
    """The nominal diameter of every site (n), in nm: its own, else the one ``stated`` for all (0: unknown)."""
    if sites.diameters is None:
        return np.full(len(sites), stated, np.int64)
    return np.where(sites.diameters > 0, sites.diameters, stated)


def usual_land(terminals: str) -> _Drawn:
    """What land and opening are usual for terminals of that word: a bare land is its own, under a pillar it is as wide."""
    return (lambda width: (width, width)) if terminals == LANDS else bump_pad if terminals == PILLARS else ball_pad


def ball_lands(balls: Balls) -> tuple[IntArray, IntArray]:
    """Land and mask opening (n each, in nm; 0 where nobody has said) of every ball; a bare land's own diameter is its width,
    among balls too."""
    solder, bare = soldered(balls), bare_lands(balls)
    if solder is None or bare is None:
        diameter = Toleranced(balls.land) if balls.are_lands else balls.diameter
        return _of_each(balls.sites, diameter, balls.land, balls.opening, usual_land(balls.terminals))
    coppers, openings = np.zeros((2, len(balls.sites)), np.int64)
    is_bare = bare_sites(balls)
    for rows, some in ((~is_bare, solder), (is_bare, bare)):
        coppers[rows], openings[rows] = ball_lands(some)
    return coppers, openings


def terminal_widths(balls: Balls) -> IntArray:
    """How wide every terminal is (n), in nm, 0 where nobody has said: the ball or pillar, or the bare land."""
    stated = balls.diameter.nominal if balls.diameter is not None else 0
    return np.where(bare_sites(balls), ball_lands(balls)[0], diameters_of(balls.sites, stated))


def top_land_sizes(lands: TopLands) -> tuple[IntArray, IntArray]:
    """Land and mask opening (n each, in nm) of every land for an upper package; a land's own diameter is its width."""
    return _of_each(lands.sites, Toleranced(lands.land), lands.land, lands.opening, usual_land(LANDS))


def top_land_widths(lands: TopLands) -> IntArray:
    """How wide (n, in nm) every land for an upper package is, or the via in the mold over it where that is wider."""
    return np.maximum(top_land_sizes(lands)[0], lands.via.high if lands.via is not None else 0)


def bump_lands(bumps: Bumps) -> tuple[IntArray, IntArray]:
    """Pad and mask opening (n each, in nm; 0 where nobody has said) of every bump."""
    return _of_each(bumps.sites, bumps.diameter, bumps.pad, bumps.opening, bump_pad)


def _of_each(sites: Sites, diameter: Optional[Toleranced], copper: int, opening: int, drawn: _Drawn
             ) -> tuple[IntArray, IntArray]:
    """A site of its own diameter has what is usual for that; where what is stated for all is not the usual of theirs, it
    has as much more or less of it as it is wider or narrower."""
    coppers, openings = np.full(len(sites), copper, np.int64), np.full(len(sites), opening, np.int64)
    if sites.diameters is None:
        return coppers, openings
    common = diameter.nominal if diameter is not None else 0
    usual = not common or (copper, opening) == drawn(common)
    for own in set(sites.diameters[sites.diameters > 0].tolist()):
        pair = drawn(own) if usual else (scaled(copper, own, common), scaled(opening, own, common))
        rows = sites.diameters == own
        coppers[rows], openings[rows] = pair
    return coppers, openings


def in_plan(chip: Chip, lengths: IntArray) -> Oblongs:
    """The bumps of a chip, their pads or openings, each as long as ``lengths`` (n) say: an oblong bump has a pad and an opening
    that reach equally far beyond it all around. One of a diameter of its own is round where it has no width of its own."""
    assert chip.bumps is not None
    return turned_in_plan(chip.bumps, chip.angle, lengths)


def turned_in_plan(bumps: Bumps, angle: int, lengths: IntArray) -> Oblongs:
    """The same of the bumps of a chip that is turned by ``angle``."""
    sites = bumps.sites
    widths = np.where(lengths > 0, np.maximum(lengths - cores_of(bumps), 1), lengths) if bumps.is_oblong else lengths
    own = sites.turns if sites.turns is not None else np.zeros(len(sites), np.int64)
    return Oblongs(sites.xy, lengths, widths, (np.where(own > 0, own, bumps.turn) + angle) % 360_000)


def cores_of(bumps: Bumps) -> IntArray:
    """How much longer than wide every bump is (n), in nm; 0 of round ones."""
    sites, stated = bumps.sites, bumps.diameter.nominal if bumps.diameter is not None else 0
    lengths, width = diameters_of(sites, stated), bumps.width.nominal if bumps.width is not None else stated
    own = sites.diameters if sites.diameters is not None else np.zeros(len(sites), np.int64)
    widths = np.where(own > 0, own, width)
    if sites.widths is not None:
        widths = np.where(sites.widths > 0, sites.widths, widths)
    return np.maximum(lengths - widths, 0)


def scaled(width: int, own: int, common: int) -> int:
    """``width`` as it is for a site ``own`` wide where it was stated for ones ``common`` wide; 0 stays 0."""
    return max(1, round(width * own / common)) if width else 0
