"""Words in a list of nets that mean no net at all: each such pad stands alone, however many have the same word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# KiCad's own name for the net of a pad that connects nothing.
UNCONNECTED = "unconnected-("
# No connect, do not connect, do not use, reserved (for future use), as pin lists and ball maps write them; a number or a
# place after the word only tells one from the other (NC3, NC_A5).
_WORDS = re.compile(
    r"n[./_ -]?c\.?|n[./]a\.?|d[./_ -]?n[./_ -]?[cu]\.?|r\.?f\.?u\.?|rsvd|reserved(for)?(future)?(use)?"
    r"|(do)?not?connect(s|ed|ion|ions)?|donotuse|unconnected|notused|unused|none|nonet|-+|–|—", re.IGNORECASE)
_TOLD = 12
_NUMBERED = re.compile(r"(.*?[A-Za-z.])([_-]?\d{1,4}|[_-][A-Za-z]{1,2}\d{1,3})", re.DOTALL)


@lru_cache(maxsize=100_000)
def means_no_net(name: str) -> bool:
    """Whether a net called ``name`` is none: NC, N/C, DNU, no connect, RFU, unconnected-(U1-A1) and the like."""
    if name.startswith(UNCONNECTED):
        return True
    numbered = _NUMBERED.fullmatch(name)
    return any(_is_word(one) for one in (name, numbered[1] if numbered else ""))


def said_of_no_nets(names: Iterable[str]) -> tuple[str, ...]:
    """What to say once of the words that were taken for no net; nothing of KiCad's own."""
    told = sorted({name for name in names if name and not name.startswith(UNCONNECTED) and means_no_net(name)})
    rest = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return (f"taken for no net: {', '.join(told[:_TOLD])}{rest}; whatever carries it is connected to nothing",) if told else ()


def _is_word(name: str) -> bool:
    if len(name) > 40 or not name:
        return False
    bare = name.strip("<>()[]{}* ")
    return bool(_WORDS.fullmatch(bare) or _WORDS.fullmatch(re.sub(r"[\s_-]", "", bare)))
