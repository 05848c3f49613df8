"""How people write numbers, and how the program holds them.

**Every length in this program is a plain ``int`` of whole nanometres.** Likewise a temperature is whole
thousandths of a degree Celsius, a pressure whole micropascals, an angle whole thousandths of a degree. Nothing
is a bare float, so nothing is lost between a file, a rule and a report. Text becomes such an integer here
and nowhere else, and here it becomes text again.
"""

from __future__ import annotations

from .kinds import (
    ANGLE,
    COUNT,
    EXPANSION,
    FLAG,
    KINDS,
    LENGTH,
    MASS,
    PRESSURE,
    RATIO,
    TEMPERATURE,
    TENSION,
    Kind,
    Number,
    Stated,
    Toleranced,
    UnitError,
)
from .shown import decimal_text, mm, show, show_toleranced
from .text import last_digit, parse, parse_plain, parse_toleranced, stated_text

__all__ = [
    "ANGLE", "COUNT", "EXPANSION", "FLAG", "KINDS", "LENGTH", "MASS", "PRESSURE", "RATIO", "TEMPERATURE", "TENSION",
    "Kind", "Number", "Stated", "Toleranced", "UnitError",
    "decimal_text", "last_digit", "mm", "parse", "parse_plain", "parse_toleranced", "show", "show_toleranced", "stated_text",
]
