"""Tolerance studies: what the tolerances of a package make of its readings, and how sure that is.

- ``assumptions``: what a tolerance means, how many samples, from which seed; printed with every figure.
- ``probes``: which dimensions a reading depends on, and the reading at other values of them, by the measure itself.
- ``formula``: a reading as a quotient of two sums, or the least or greatest of several: learned from its measure and proved
  at points it was not learned from, so that a million samples of it are a few lines of arithmetic.
- ``figures``: mean, sigma, extremes, capability, what of the samples is outside and how sure that is, and which dimension it
  comes from.
- ``run``: all readings of a check.

Measures know nothing of this: they are put to packages with other values (``package.pieces.with_values``).
"""

from __future__ import annotations

from .assumptions import Assumptions, assumptions_of
from .figures import Capability, Figures
from .run import Studied, Study, study

__all__ = ["Assumptions", "Capability", "Figures", "Studied", "Study", "assumptions_of", "study"]
