"""The kinds of scalar that a package file holds: how each is read, and how an editor is told of it.

Every scalar arrives as the text that stands in the file. What a function here raises becomes a fault word for word.
"""

from __future__ import annotations

import re
from typing import Any, Callable

from ...arrays.pattern import CORNERS, NUMBERS, STAGGERS
from ...faults import did_you_mean
from ...file_names import is_device
from ...geometry.leads import BOTH, INNER
from ...package import (
    CHIP_SIDE,
    FAR_SIDE,
)
from ...package.bounds import MOST_TIERS
from ...package.no_net import means_no_net
from ...plain import invisible_in
from ...units import (
    ANGLE,
    LENGTH,
    TEMPERATURE,
    Kind,
    Stated,
    Toleranced,
    UnitError,
    parse_plain,
    parse_toleranced,
    show,
)
from ..cases import CASES
from .schemas import WITH_UNIT
from .values import ListOf, Scalar, short, what

_NAME = re.compile(r"[^\s.,;:\"'(){}\[\]\\/\x00-\x1f\x7f]{1,60}")
_SITE = re.compile(r"[^\s,;\"\x00-\x1f\x7f]{1,60}")
_NET = re.compile(r"[^\s,;\"\\\x00-\x1f\x7f]{1,200}")
_PACKAGE = re.compile(r"[^\W_][\w.+-]{0,99}")
_TEXT = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,200}")
_LAST_ASCII = 0x7f


def _scalar(value: object, due: str, example: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"expected {due}, not {what(value)}; write for example {example}")


def length_due(value: object) -> int:
    """Raises what is to be said of something that is no text where a length is due."""
    raise ValueError(f"expected a length, not {what(value)}; write for example -1.5 mm")


def plain(kind: Kind, lowest: int, example: str) -> Callable[[object], Stated]:
    """Reads one plain quantity of at least ``lowest`` base units, which remembers how it was written."""
    def read(value: object) -> Stated:
        text = _scalar(value, f"a {kind.name}", example)
        number = parse_plain(text, kind)
        if number < lowest:
            raise UnitError(f"'{text}' is too small: {_least(kind, lowest)}; write for example {example}")
        return number

    return read


def toleranced(kind: Kind, lowest: int, example: str) -> Callable[[object], Toleranced]:
    """Reads a quantity with its tolerance, whose low end is at least ``lowest`` base units."""
    def read(value: object) -> Toleranced:
        text = _scalar(value, f"a {kind.name}", example)
        quantity = parse_toleranced(text, kind)
        if quantity.nominal < lowest:
            raise UnitError(f"'{text}' is too small: {_least(kind, lowest)}; write for example {example}")
        if quantity.low < lowest:
            low = show(quantity.low, kind)
            raise UnitError(f"'{text}' has a tolerance that takes it down to {low}; {_least(kind, lowest)}")
        if quantity.high > kind.largest:
            raise UnitError(f"'{text}' is out of range: a {kind.name} here is at most {show(kind.largest, kind)}")
        return quantity

    return read


def _least(kind: Kind, lowest: int) -> str:
    if kind is TEMPERATURE:
        return "nothing is colder than -273.15 degC"
    return f"this {kind.name} must be more than nothing" if lowest == 1 else f"it is at least {show(lowest, kind)}"


def one_of(*words: str) -> Callable[[object], str]:
    """Reads one of a few fixed words."""
    def read(value: object) -> str:
        text = _scalar(value, "a word", words[0])
        if text not in words:
            raise ValueError(f"unknown value '{short(text)}'{did_you_mean(text, words)}")
        return text

    return read


def _named(pattern: re.Pattern[str], due: str, rule: str, example: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = _scalar(value, due, example)
        unseen = invisible_in(text)
        if unseen and ord(unseen) > _LAST_ASCII:
            raise ValueError(f"'{short(text)}' cannot be {due}: it has a character in it that nobody sees "
                             f"(U+{ord(unseen):04X}); write it anew without that")
        if not pattern.fullmatch(text):
            raise ValueError(f"'{short(text)}' cannot be {due}: {rule}; write for example {example}")
        return text

    return read


def package_name(value: object) -> str:
    """Reads the name of a package, which also names its files."""
    text = PACKAGE_NAME(value)
    if is_device(text):
        raise ValueError(f"'{text}' cannot be a package's name: Windows keeps it for itself; add something to it")
    return text


def _count(value: object) -> int:
    text = _scalar(value, "a whole number", "12")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(f"'{short(text)}' is not a whole number; write for example 12")
    return int(text)


def counted(most: int, example: str) -> Callable[[object], int]:
    """Reads a whole number from 1 to ``most``."""
    def read(value: object) -> int:
        number = _count(value)
        if not 1 <= number <= most:
            raise ValueError(f"'{number}' is out of range: this is counted from 1 to {most:,}; write for example {example}")
        return number

    return read


def pair(most: int, example: str) -> Callable[[object], tuple[int, int]]:
    """Reads a list of two whole numbers from 1 to ``most``."""
    def read(value: object) -> tuple[int, int]:
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError(f"expected two whole numbers, not {what(value)}; write for example {example}")
        one, other = (counted(most, example)(number) for number in value)
        return one, other

    return read


def _net(value: object) -> str:
    return "" if value == "" or (isinstance(value, str) and means_no_net(value)) else NET_NAME(value)


PACKAGE_NAME = _named(_PACKAGE, "a package's name", "it names files, so letters, digits and . _ + - only, a letter or "
                      "digit first, 100 at most", "FCCSP-144_10x10mm_P0.8mm")
PART_NAME = _named(_NAME, "a part's name", "no blanks, points, commas, quotes, slashes or brackets, 60 characters at "
                   "most", "U1")
NET_NAME = _named(_NET, "a net's name", "no blanks, commas, quotes or backslashes, 200 characters at most", "VDD")
SITE_NAME = _named(_SITE, "a pad's name", "no blanks, commas or quotes, 60 characters at most", "A1")
FREE_TEXT = _named(_TEXT, "a text", "one line, 200 characters at most", "SAC305")


def _text(reader: Callable[[object], Any], description: str, *examples: str, pattern: str = "") -> Scalar:
    return Scalar(reader, {"type": "string", "description": description, "examples": list(examples),
                           **({"pattern": pattern} if pattern else {})})


def _words(*words: str) -> Scalar:
    return Scalar(one_of(*words), {"enum": list(words)})


def _name(reader: Callable[[object], str]) -> Scalar:
    """A name may look like a number (010, 1e3); an editor must not call that wrong."""
    return Scalar(reader, {"type": ["string", "number", "boolean"]})


Length = _text(plain(LENGTH, LENGTH.least, "0.8 mm"), "A length with its unit", "0.8 mm", "250 um", pattern=WITH_UNIT)
Reach = _text(plain(LENGTH, 0, "0.3 mm"), "A length with its unit, or 0 mm", "0.3 mm", "0 mm", pattern=WITH_UNIT)
Quantity = _text(toleranced(LENGTH, LENGTH.least, "100 um"), "A length with its unit and tolerance", "100 um ± 5 um",
                 pattern=WITH_UNIT)
Coordinate = _text(plain(LENGTH, -LENGTH.largest, "-1.5 mm"), "A coordinate with its unit; x to the right, y down",
                   "0 mm", "-1.5 mm", pattern=WITH_UNIT)
Angle = _text(plain(ANGLE, -ANGLE.largest, "90 deg"), "An angle with its unit; positive turns counter-clockwise", "90 deg",
              pattern=r"(deg|°)\s*$")
Count = Scalar(_count, {"type": "integer", "minimum": 0, "maximum": 999_999_999})
Tier = Scalar(counted(MOST_TIERS, "1"), {"type": "integer", "minimum": 1, "maximum": MOST_TIERS})
PackageName = Scalar(package_name, {"type": "string", "pattern": r"^[^\W_][\w.+-]{0,99}$"})
PartName = _name(PART_NAME)
NetName = _name(_net)
Text = _name(FREE_TEXT)
FileName = _text(FREE_TEXT, "A file beside this one", "nets.csv")
OutlineWord = _words("carrier")
# Without quotes a case size is a number to an editor: 0201 is 201 by YAML 1.2 and, in octal digits, 129 by YAML 1.1.
_UNQUOTED = sorted({int(case, base) for case in CASES for base in (8, 10) if base == 10 or not set(case) & set("89")})
CaseName = Scalar(one_of(*CASES), {"anyOf": [{"enum": list(CASES)}, {"enum": _UNQUOTED}]})

LayerKind = _words("mask", "copper", "core", "build-up")
MaskOver = _words("open", "covered")
LeadSides = Scalar(one_of("4", "2"), {"enum": [2, 4]})
TrueFalse = Scalar(one_of("false", "true"), {"type": "boolean"})
RoundEnds = _words(INNER, BOTH)
BodySide = _words("left", "bottom", "right", "top")
Side = _words(FAR_SIDE, CHIP_SIDE)

YAxis = _words("down", "up")
View = _words("top", "bottom")
Origin = _words("table", "middle")
Corner = _words(*CORNERS)
Letters = _words("rows", "columns")
Numbers = _words(*NUMBERS)
Stagger = _words(*STAGGERS)
Shift = _words("second", "first")

Size = ListOf(Length, 2, 2)
Point = ListOf(Coordinate, 2, 2)
Points = ListOf(Point, 3)
Counts = ListOf(Count, 2, 2)
SideCounts = ListOf(Count, 2, 4)
