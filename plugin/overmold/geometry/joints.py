"""At which height a chip comes to rest on molten solder: where the energy of all its surfaces, and of the chip's weight, is
least."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

_AT, _SHARE = np.polynomial.legendre.leggauss(24)
_STEP = 1e-4  # of a height, for slopes: with roots to 1e-13 of it either error is some 1e-8


@dataclass(frozen=True)
class Joint:
    """``count`` joints of solder, each of a ``volume``, between two lands ``lower`` and ``upper`` wide; ``core`` is how much
    longer than wide both are, 0 of round ones. All of one unit of length."""

    lower: float
    upper: float
    core: float
    volume: float
    count: int = 1


def height_at_rest(joints: Sequence[Joint], load: float = 0.0) -> Optional[float]:
    """Height of the joints under one level chip; None where the solder cannot bear it, or some of it would be drawn out thinner
    than straight from land to land. ``load`` is the chip's weight divided by the surface tension, which is a length.

    What is least is the sum of all surfaces times the surface tension and of weight times height, as in L. S. Goldmann, A
    Heuristic Force-Height Equation for Molten Axisymmetric Solder Joints (ECTC 1993, 1120), and, for joints that are not alike,
    R. H. Katyl and W. T. Pimbley, Shape and Force Relationships for Molten Axisymmetric Solder Connections (ASME J. Electron.
    Packag. 114 (1992), 336). Both ends stay at the edges of their lands; the weight of the solder itself is left out, some
    1/1000 of what surface tension does to joints of 100 um; the chip stays level, so its weight acts in the middle of its
    joints.

    The sections of a surface are taken to be arcs of circles, the same all around the joint. That is exact of round joints that
    bear nothing (spheres: ``segments``). By how much a weight lowers round ones is 2 % too little at most, held against the
    exact shape; oblong ones, whose sides bulge more than their ends in truth, are found up to 2.5 % too low (measured against
    surfaces of triangles of least energy, up to four times as long as wide).
    """
    if not joints:
        return None
    unit = sum(one.lower + one.upper for one in joints) / len(joints)
    scaled = [Joint(one.lower / unit, one.upper / unit, one.core / unit, one.volume / unit**3, one.count) for one in joints]
    low, high = max(map(_flattest, scaled)) * (1 + 2 * _STEP), min(map(_straight, scaled)) * (1 - 2 * _STEP)

    def push(height: float) -> float:
        return load / unit + sum(one.count * _slope(one, height) for one in scaled)

    if low >= high or push(low) >= 0 or push(high) <= 0:
        return None
    return unit * _root(push, low, high)


def _arc(joint: Joint, height: float, bend: float) -> tuple[float, float]:
    """Volume and side surface of a joint whose sections are arcs, each of twice the angle ``bend``."""
    out, chord = (joint.lower - joint.upper) / 2, math.hypot(height, (joint.lower - joint.upper) / 2)
    bend = bend if abs(bend) > 1e-9 else 1e-9
    along = chord / 2 * np.sin(bend * _AT) / math.sin(bend)
    off = chord * np.sin(bend * (1 + _AT) / 2) * np.sin(bend * (1 - _AT) / 2) / math.sin(bend)
    radius = (joint.lower + joint.upper) / 4 + (off * height - along * out) / chord
    step = chord / 2 * bend / math.sin(bend)
    rise = step * (np.cos(bend * _AT) * height - np.sin(bend * _AT) * out) / chord
    volume = _SHARE @ ((math.pi * radius + 2 * joint.core) * radius * rise)
    return float(volume), float(_SHARE @ (2 * math.pi * radius + 2 * joint.core)) * step


def _most(joint: Joint, height: float) -> float:
    """The most that arcs may bend: their steeper end then leaves its land level."""
    return math.pi / 2 - math.atan2(abs(joint.lower - joint.upper) / 2, height)


def _straight(joint: Joint) -> float:
    """The height at which a joint's sides are straight from land to land."""
    a, b = joint.lower / 2, joint.upper / 2
    return joint.volume / (math.pi * (a * a + a * b + b * b) / 3 + joint.core * (a + b))


def _flattest(joint: Joint) -> float:
    """The least height: below it the solder would lie on what is around its lands."""
    return _root(lambda height: _arc(joint, height, _most(joint, height))[0] - joint.volume, 1e-6, _straight(joint))


def _surface(joint: Joint, height: float) -> float:
    most = _most(joint, height)
    return _arc(joint, height, _root(lambda bend: _arc(joint, height, bend)[0] - joint.volume, -most / 8, most))[1]


def _slope(joint: Joint, height: float) -> float:
    """What a joint's surface gains by height, its volume kept."""
    step = height * _STEP
    return (_surface(joint, height + step) - _surface(joint, height - step)) / (2 * step)


def _root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises is 0 between two places, by the Illinois way of false position."""
    at_low, at_high, last, kept = of(low), of(high), low, 0
    for _ in range(100):
        if at_low >= 0 or at_high <= 0:
            return low if at_low >= 0 else high
        guess = (low * at_high - high * at_low) / (at_high - at_low)
        value = of(guess)
        if abs(guess - last) <= 1e-15 * abs(high):
            return guess
        last = guess
        # An end that stays twice in a row counts half, or it would stay for good.
        if value > 0:
            high, at_high, at_low, kept = guess, value, at_low / (2 if kept > 0 else 1), 1
        else:
            low, at_low, at_high, kept = guess, value, at_high / (2 if kept < 0 else 1), -1
    return last
