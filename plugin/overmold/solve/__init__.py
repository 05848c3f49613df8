"""What a dimension may be: between which values every rule keeps, and which rule ends it there.

- ``straight``: one rule along one dimension, by the formulas of its readings; the ends to the nanometre.
- ``line``: the same for readings that are no formulas, by asking the check.
- ``interval``: all rules along one dimension.
- ``region``: all rules over two dimensions.
- ``fixes``: the numbers that go with a finding.
- ``allocate``: which tolerance to tighten, and to what, for a capability that is asked for.

A dimension moves by its nominal value; its tolerance and everything else stays.
"""

from __future__ import annotations

from .interval import AT_CORNERS, NOMINAL, Interval, Mode, Solution, searched, solve, varied

__all__ = ["AT_CORNERS", "NOMINAL", "Interval", "Mode", "Solution", "searched", "solve", "varied"]
