"""The ways to bond a chip: what the house asks of one stands in its row, so that a new one is a row."""

from __future__ import annotations

from typing import NamedTuple

from .words import FACE_UP, FAN_OUT, FLIP_CHIP, HYBRID, THERMO_COMPRESSION

DOWN, UP = "down", "up"
GAP, ATTACH, NONE = "gap", "attach", "none"


class Bonding(NamedTuple):
    """One way: ``word`` is how files and boards call it, ``noun`` a chip that is bonded so.

    ``faces`` is where its active surface looks (DOWN or UP), ``joint`` what lies between it and what it stands on: GAP, of
    thickness t1, ATTACH, or NONE where the two touch; "" where nobody has said. ``has_bumps``: whether bumps may join it to
    what it stands on.
    """

    word: str
    noun: str
    faces: str
    joint: str
    has_bumps: bool


BONDINGS = (
    Bonding(FLIP_CHIP, "flip chip", faces=DOWN, joint=GAP, has_bumps=True),
    Bonding(FACE_UP, "chip", faces=UP, joint=ATTACH, has_bumps=False),
    Bonding(HYBRID, "hybrid-bonded chip", faces=DOWN, joint=NONE, has_bumps=True),
    Bonding(THERMO_COMPRESSION, "thermo-compression-bonded chip", faces=DOWN, joint=NONE, has_bumps=True),
    Bonding(FAN_OUT, "fan-out die", faces=DOWN, joint=NONE, has_bumps=True),
)
UNSTATED = Bonding("", "chip", faces="", joint="", has_bumps=True)
BONDING_WORDS = tuple(one.word for one in BONDINGS)
_BY_WORD = {one.word: one for one in BONDINGS}


def bonding_of(word: str) -> Bonding:
    """The bonding of that word; UNSTATED for every other."""
    return _BY_WORD.get(word, UNSTATED)
