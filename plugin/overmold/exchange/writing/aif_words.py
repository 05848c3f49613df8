"""Names and numbers as AIF has them: parted by blanks, so that none may stand in a name."""

from __future__ import annotations

import re
from typing import Optional

from ...units import ANGLE, LENGTH, Toleranced, show

NONE = "-"
FAR = "far-side"  # a word of our own for a chip there
# The format's own marks, and what is not ASCII; a name that would pass for no name, and one that would begin a section.
_UNSAYABLE = re.compile(r"[\s;=,:\"]|[^\x20-\x7e]|^-$|^\[|_(?=x[0-9a-f]+_)")


def word(text: str) -> str:
    """A name as the format can have it: ``a;b`` is ``a_x3b_b``, so that no two become one; a dash for none."""
    return _UNSAYABLE.sub(lambda found: f"_x{ord(found[0]):x}_", text) or NONE


def um(value: int) -> str:
    """A length in micrometres, all its digits and no unit."""
    return show(value, LENGTH, "um").split(" ")[0]


def degrees(angle: int) -> str:
    """An angle in degrees, without the unit."""
    return show(angle, ANGLE).split(" ")[0]


def toleranced(value: Optional[Toleranced]) -> str:
    """A length with its tolerance in micrometres, ``90+5/-5``, a dash where it is not stated."""
    if value is None:
        return NONE
    return um(value.nominal) + (f"+{um(value.plus)}/-{um(value.minus)}" if value.plus or value.minus else "")
