"""A mold compound's own flow data, as its user measured them; none come with Overmold."""

from __future__ import annotations

from typing import NamedTuple


class Compound(NamedTuple):
    """Viscosity in the form of Cross and of Castro and Macosko: η0 / (1 + (η0 γ̇ / τ*)^(1-n)) with
    η0 = B exp(Tb / T) (αg / (αg - α))^(C1 + C2 α).

    ``n`` is a bare number, ``tau`` in Pa, ``b`` in Pa s, ``tb`` in K; ``gel`` αg, ``c1`` and ``c2`` bare, ``conversion`` α that
    of the compound as it comes in.
    """

    name: str
    n: float
    tau: float
    b: float
    tb: float
    gel: float = 1.0
    c1: float = 0.0
    c2: float = 0.0
    conversion: float = 0.0
    source: str = ""
