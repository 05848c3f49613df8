"""What shear does to the mobility: power-law compounds, and those of a user's own Cross and Castro-Macosko data.

Between two plates the stress at the wall is h/2 |∇p|. A power-law fluid of index n flows as one of constant viscosity
(2n + 1)/(3n) times its own at the wall would (Rabinowitsch); of any other, n is the slope there.
"""

from __future__ import annotations

import math
from typing import Union

import numpy as np

from ..package import Compound
from .cells import FloatArray, Mask
from .front import Thinning
from .graph import Graph

_FLATTEST = 1e-4  # of the steepest pressure: below that a fluid is taken to thin no less
_KELVIN = 273.15
_OF_A_SLOT = 1e-2  # a stress at the wall over the gate's pressure, so that numbers stay of a size


def gradient(graph: Graph, p: FloatArray, wet: Mask, nearer: FloatArray) -> FloatArray:
    """How steep the pressure is at each node (N), per micrometre; 0 where nothing flows yet. ``nearer`` (N): how much less far
    the front is than the middle of a node that is not full."""
    known = np.flatnonzero(wet[graph.one] | wet[graph.other])
    one, other = graph.one[known], graph.other[known]
    less = np.where(wet[one], 1.0, nearer[one]) * np.where(wet[other], 1.0, nearer[other])
    slope = np.tile((p[other] - p[one]) / graph.far[known] * less, 2)
    place = 2 * np.concatenate((one, other)) + np.tile(graph.along[known], 2)
    squares = np.bincount(place, slope**2, 2 * len(graph))
    count = np.bincount(place, minlength=2 * len(graph))
    found: FloatArray = np.sqrt((squares / np.maximum(count, 1)).reshape(-1, 2).sum(axis=1))
    return found


class PowerLaw:
    """A fluid of this index, 1 for Newtonian; the scale of its viscosity takes no part in order and place."""

    def __init__(self, index: float) -> None:
        self.index = index

    def ease(self, stress: FloatArray) -> FloatArray:
        """How much more easily it flows than under one stress, given that at the wall over the gate's pressure."""
        found: FloatArray = (stress / _OF_A_SLOT) ** (1 / self.index - 1)
        return found


class Cross:
    """A compound at this temperature (degC) under this pressure at the gate (Pa)."""

    def __init__(self, compound: Compound, temperature: float, pressure: float) -> None:
        self.compound, self.pressure, self.index = compound, pressure, compound.n
        self.least = zero_shear(compound, temperature)

    def ease(self, stress: FloatArray) -> FloatArray:
        """Its viscosity without shear over what it flows with, given the stress at the wall over the gate's pressure."""
        found: FloatArray = self.least / flowing(self.compound, self.least, np.maximum(stress * self.pressure, 1e-9))
        return found


def zero_shear(compound: Compound, temperature: float) -> float:
    """B exp(Tb/T) (αg / (αg - α))^(C1 + C2 α): Pa s, at a temperature in degC (Castro and Macosko)."""
    cured = compound.conversion
    gel = (compound.gel / (compound.gel - cured)) ** (compound.c1 + compound.c2 * cured)
    return float(compound.b * math.exp(compound.tb / (temperature + _KELVIN)) * gel)


def flowing(compound: Compound, zero: float, stress: FloatArray) -> FloatArray:
    """The viscosity with which it flows between plates, given the stress at the wall (Pa); η0 / (1 + (η0 γ̇ / τ*)^(1-n))."""
    log_stress = np.log(stress)
    rate = log_stress - math.log(zero)
    for _ in range(40):
        thinned = np.exp((1 - compound.n) * (math.log(zero / compound.tau) + rate))
        slope = 1 - (1 - compound.n) * thinned / (1 + thinned)
        rate = rate - (math.log(zero) - np.log1p(thinned) + rate - log_stress) / slope
    found: FloatArray = np.exp(log_stress - rate) * (2 * slope + 1) / (3 * slope)
    return found


Fluid = Union[PowerLaw, Cross]


def thinning(graph: Graph, fluid: Fluid) -> Thinning:
    """What the front asks for anew, several times in each step. Of the way from what it was it goes the part n, by exponents:
    that is where the same flow, and not the same pressure, would lead, and so it settles."""
    before = np.zeros(0)

    def weighed(p: FloatArray, wet: Mask, nearer: FloatArray) -> tuple[FloatArray, FloatArray]:
        nonlocal before
        steep = gradient(graph, p, wet, nearer)
        steep = np.maximum(steep, _FLATTEST * max(float(steep.max()), 1e-12))
        ease = fluid.ease(graph.height / 2 * steep)
        if len(before):
            ease = before ** (1 - fluid.index) * ease**fluid.index
        before = ease
        return graph.flow * np.sqrt(ease[graph.one] * ease[graph.other]), graph.gate * ease

    return weighed
