"""Copper lands and mask openings for solder balls and bumps, where nobody has stated them.

The land of a ball is that of IPC-7351B, tables 14-5 (collapsing balls) and 14-6 (non-collapsing ones), maximum land, as
encoded in horizon-eda's footag. Between two rows of a table it is interpolated and rounded to 10 um, the tables' step;
beyond the ends the ratio of the last row is kept, rounded to 1 um.
"""

from __future__ import annotations

# Ball diameter -> land, in um. Rows that a table leaves open are left out and so interpolated.
COLLAPSING = ((150, 150), (170, 180), (200, 200), (250, 200), (300, 250), (350, 330), (400, 350), (450, 400),
              (500, 450), (550, 500), (600, 500), (650, 550), (750, 600))
NON_COLLAPSING = ((150, 190), (170, 210), (200, 240), (250, 330), (300, 380), (400, 500), (450, 550), (500, 600),
                  (550, 700), (600, 750), (750, 900))


def ball_land(diameter: int, collapsing: bool = True) -> int:
    """Diameter of the land for a ball of ``diameter``, both in nm."""
    table = COLLAPSING if collapsing else NON_COLLAPSING
    (first, first_land), (last, last_land) = table[0], table[-1]
    if diameter < 1000 * first:
        return _rounded(diameter * first_land, first, 1000)
    for (below, land_below), (above, land_above) in zip(table, table[1:]):
        if diameter <= 1000 * above:
            share = (diameter - 1000 * below) * (land_above - land_below)
            return _rounded(1000 * land_below * (above - below) + share, above - below, 10_000)
    return _rounded(diameter * last_land, last, 1000)


def ball_pad(diameter: int) -> tuple[int, int]:
    """Copper land and mask opening, in nm, for a ball on the carrier itself: mask-defined, as substrates are made.

    The opening is as wide as the land on the customer's board, so that the joint is symmetric; the copper reaches an
    eighth of the ball under the mask on each side, rounded to 10 um. A convention of this program.
    """
    opening = ball_land(diameter)
    return opening + 2 * _rounded(diameter, 8, 10_000 if diameter >= 200_000 else 1000), opening


def bump_pad(diameter: int) -> tuple[int, int]:
    """Copper land and mask opening, in nm, for a flip-chip bump: both as wide as the bump.

    A convention of this program, for no table of a standard reaches down to bumps.
    """
    return diameter, diameter


def _rounded(over: int, under: int, step: int) -> int:
    return (2 * over + under * step) // (2 * under * step) * step
