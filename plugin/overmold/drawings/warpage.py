"""How far a package may warp at the temperatures of reflow, by the pitch of its balls.

JEITA ED-7306 (March 2007), "Measurement methods of package warpage at elevated temperature and the maximum permissible
warpage", table 1, which is for BGA and FBGA of which none is stacked upon another. It is a limit to hold a measurement to:
nothing here says how far a package will warp.
"""

from __future__ import annotations

from ..units import mm

SOURCE = "JEITA ED-7306 (2007), table 1"
# Pitch, the height of ball that the limit is given for, and the limit, in nm.
_LIMITS = (
    (400_000, 200_000, 100_000), (500_000, 250_000, 110_000), (650_000, 330_000, 140_000), (800_000, 350_000, 170_000),
    (1_000_000, 500_000, 220_000), (1_270_000, 600_000, 250_000),
)


def warpage_note(pitch: int, standoff: int) -> str:
    """The limit for balls ``pitch`` apart as a sentence; of a pitch that is not in the table, the next finer one that is.
    ``standoff`` is the balls' height, 0 where it is not stated: the limit is given for balls of a height."""
    finer = [row for row in _LIMITS if row[0] <= pitch]
    if not finer:
        return f"Warpage at reflow: {SOURCE} has no limit for balls {mm(pitch)} mm apart, which are finer than its finest."
    at, height, limit = finer[-1]
    said = f"Warpage at reflow temperatures: at most {mm(limit)} mm"
    if at != pitch:
        said += f", that of the next finer pitch in the table, {mm(at)} mm: it has none for {mm(pitch)} mm"
    said += f" ({SOURCE}, for balls {mm(height)} mm high"
    if 0 < standoff < height:
        said += f"; those here are lower, {mm(standoff)} mm, so that less may be asked for"
    return f"{said})."
