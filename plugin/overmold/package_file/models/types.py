"""The kinds of value that a package file holds, for pydantic: how each is read, and how an editor is told of it.

Every scalar arrives as the text that stands in the file. What a function here raises becomes a fault word for word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Callable

from pydantic import Discriminator, PlainValidator, WithJsonSchema

from ...arrays.plan import CORNERS, NUMBERS, STAGGERS
from ...faults import did_you_mean
from ...file_names import is_device
from ...package import (
    CARRIER_KINDS,
    CHIP_SIDE,
    CUTS,
    FACE_UP,
    FAR_SIDE,
    FILLINGS,
    FLIP_CHIP,
    MOLD_METHODS,
    WIRE_PROFILES,
)
from ...units import ANGLE, LENGTH, PRESSURE, TEMPERATURE, Kind, Toleranced, UnitError, parse, parse_toleranced, show
from ...visible import invisible_in
from ..cases import CASES

if TYPE_CHECKING:
    Quantity = Toleranced
else:
    Quantity = Any  # spares pydantic a schema of the dataclass, which no reading needs

_UNITS_OF_LENGTH = "(nm|um|µm|μm|mm|cm|mil|in|inch)"
_NAME = re.compile(r"[^\s.,;:\"'(){}\[\]\\/\x00-\x1f\x7f]{1,60}")
_SITE = re.compile(r"[^\s,;\"\x00-\x1f\x7f]{1,60}")
_NET = re.compile(r"[^\s,;\"\\\x00-\x1f\x7f]{1,200}")
_PACKAGE = re.compile(r"[^\W_][\w.+-]{0,99}")
_TEXT = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,200}")
_LAST_ASCII = 0x7f


def _scalar(value: object, due: str, example: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"{due} is due here, not {what(value)}; write for example {example}")


def length_due(value: object) -> int:
    """Raises what is to be said of something that is no text where a length is due."""
    raise ValueError(f"a length is due here, not {what(value)}; write for example -1.5 mm")


def what(value: object) -> str:
    """A value that is not what is due, in words."""
    if isinstance(value, str):
        return f"'{short(value)}'"
    return "a list" if isinstance(value, list) else "a group of keys" if isinstance(value, dict) else "nothing"


def short(value: object) -> str:
    """A text from the file, fit to be shown in one line."""
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in str(value))
    return text if len(text) <= 60 else text[:57] + "…"


def _quantity(kind: Kind, lowest: int, example: str) -> Callable[[object], int]:
    """Reads one plain quantity of at least ``lowest`` base units."""
    def read(value: object) -> int:
        text = _scalar(value, f"a {kind.name}", example)
        number = parse(text, kind)
        if number < lowest:
            raise UnitError(f"'{text}' is too small: {_least(kind, lowest)}; write for example {example}")
        return number

    return read


def _toleranced(kind: Kind, lowest: int, example: str) -> Callable[[object], Toleranced]:
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
            raise ValueError(f"'{short(text)}' is not known here{did_you_mean(text, words)}")
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
        raise ValueError(f"'{short(text)}' is no whole number; write for example 12")
    return int(text)


def _tier(value: object) -> int:
    number = _count(value)
    if not number:
        raise ValueError("tiers are counted from 1; write for example 1")
    return number


def _net(value: object) -> str:
    return "" if value == "" else NET_NAME(value)


PACKAGE_NAME = _named(_PACKAGE, "a package's name", "it names files, so letters, digits and . _ + - only, a letter or "
                      "digit first, 100 at most", "FCCSP-144_10x10mm_P0.8mm")
PART_NAME = _named(_NAME, "a part's name", "no blanks, points, commas, quotes, slashes or brackets, 60 characters at "
                   "most", "U1")
NET_NAME = _named(_NET, "a net's name", "no blanks, commas, quotes or backslashes, 200 characters at most", "VDD")
SITE_NAME = _named(_SITE, "a pad's name", "no blanks, commas or quotes, 60 characters at most", "A1")
# What a wire may state of itself, and how it is read.
WIRE_DATA: dict[str, Callable[[object], Any]] = {
    "diameter": _quantity(LENGTH, 1, "25 um"), "loop_height": _toleranced(LENGTH, 1, "120 um ± 20 um"), "tier": _tier,
    "profile": one_of(*WIRE_PROFILES)}
FREE_TEXT = _named(_TEXT, "a text", "one line, 200 characters at most", "SAC305")


def _schema(description: str, *examples: str, pattern: str = "") -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description, "examples": list(examples),
                           **({"pattern": pattern} if pattern else {})})


def _words_schema(*words: str) -> WithJsonSchema:
    return WithJsonSchema({"enum": list(words)})


# Names may look like numbers (010, 1e3); an editor must not call that wrong.
_NAME_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})
_WITH_UNIT = rf"^\s*[-+]?[0-9.]+[^A-Za-zµμ]*(e[-+]?[0-9]+\s*)?{_UNITS_OF_LENGTH}"

Length = Annotated[int, PlainValidator(_quantity(LENGTH, 1, "0.8 mm")),
                   _schema("A length with its unit", "0.8 mm", "250 um", pattern=_WITH_UNIT)]
Coordinate = Annotated[int, PlainValidator(_quantity(LENGTH, -LENGTH.largest, "-1.5 mm")),
                       _schema("A coordinate with its unit; x to the right, y down", "0 mm", "-1.5 mm",
                               pattern=_WITH_UNIT)]
Distance = Annotated[Quantity, PlainValidator(_toleranced(LENGTH, 1, "65 um ± 8 um")),
                     _schema("A length with its unit, and its tolerance if it has one", "65 um", "65 um ± 8 um",
                             "65 um +10/-5 um", "60 um .. 70 um", pattern=_WITH_UNIT)]
NO_INSET = Toleranced(0)
Inset = Annotated[Quantity, PlainValidator(_toleranced(LENGTH, 0, "0 mm")),
                  _schema("A length with its unit, 0 mm for none", "0 mm", "0.1 mm ± 0.05 mm", pattern=_WITH_UNIT)]
Pressure = Annotated[Quantity, PlainValidator(_toleranced(PRESSURE, 1, "10 mmHg")),
                     _schema("A pressure with its unit: mmHg, Torr, Pa, kPa, mbar", "10 mmHg", "1.3 kPa")]
Temperature = Annotated[Quantity, PlainValidator(_toleranced(TEMPERATURE, -273_150, "175 degC")),
                        _schema("A temperature with its unit", "175 degC", "175 degC ± 5 degC")]
Angle = Annotated[int, PlainValidator(_quantity(ANGLE, -ANGLE.largest, "90 deg")),
                  _schema("An angle with its unit; positive turns counter-clockwise", "90 deg", pattern=r"(deg|°)\s*$")]
Count = Annotated[int, PlainValidator(_count),
                  WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 999_999_999})]
Tier = Annotated[int, PlainValidator(_tier), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999_999})]
PackageName = Annotated[str, PlainValidator(package_name),
                        WithJsonSchema({"type": "string", "pattern": r"^[^\W_][\w.+-]{0,99}$"})]
PartName = Annotated[str, PlainValidator(PART_NAME), _NAME_SCHEMA]
NetName = Annotated[str, PlainValidator(_net), _NAME_SCHEMA]
Text = Annotated[str, PlainValidator(FREE_TEXT), _NAME_SCHEMA]
FileName = Annotated[str, PlainValidator(FREE_TEXT), _schema("A file beside this one", "nets.csv")]
SPOTS_SCHEMA = WithJsonSchema({"type": "object", "additionalProperties": {
    "type": "array", "items": {"type": "string", "pattern": _WITH_UNIT}, "minItems": 2, "maxItems": 3}})
ROW_SCHEMA = WithJsonSchema({"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}, "minItems": 3,
                             "maxItems": 3, "examples": [["VDD", "U1.A1", "B2"]]})
FINGERS_SCHEMA = WithJsonSchema({"type": "object", "additionalProperties": {
    "type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3}})
WIRES_SCHEMA = WithJsonSchema({"type": "array", "items": {"anyOf": [
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2, "examples": [["U1.A1", "F1"]]},
    {"type": "object", "required": ["from", "to"], "additionalProperties": False, "properties": {
        name: {"type": ["string", "number"]} for name in ("from", "to", "diameter", "loop_height", "tier", "profile")}
        | {"at": {"type": "array", "items": {"type": "string", "pattern": _WITH_UNIT}, "minItems": 2, "maxItems": 2}}}]}})
OutlineWord = Annotated[str, PlainValidator(one_of("carrier")), _words_schema("carrier")]
CaseName = Annotated[str, PlainValidator(one_of(*CASES)), _words_schema(*CASES)]

LAYER_KINDS = ("mask", "copper", "core", "build-up")
CarrierKind = Annotated[str, PlainValidator(one_of(*CARRIER_KINDS)), _words_schema(*CARRIER_KINDS)]
LayerKind = Annotated[str, PlainValidator(one_of(*LAYER_KINDS)), _words_schema(*LAYER_KINDS)]
Bonding = Annotated[str, PlainValidator(one_of(FLIP_CHIP, FACE_UP)), _words_schema(FLIP_CHIP, FACE_UP)]
Filling = Annotated[str, PlainValidator(one_of(*FILLINGS)), _words_schema(*FILLINGS)]
Method = Annotated[str, PlainValidator(one_of(*MOLD_METHODS)), _words_schema(*MOLD_METHODS)]
Cut = Annotated[str, PlainValidator(one_of(*CUTS)), _words_schema(*CUTS)]
MaskOver = Annotated[str, PlainValidator(one_of("open", "covered")), _words_schema("open", "covered")]
Profile = Annotated[str, PlainValidator(one_of(*WIRE_PROFILES)), _words_schema(*WIRE_PROFILES)]
LeadSides = Annotated[str, PlainValidator(one_of("4", "2")), WithJsonSchema({"enum": [2, 4]})]
TrueFalse = Annotated[str, PlainValidator(one_of("false", "true")), WithJsonSchema({"type": "boolean"})]
Side = Annotated[str, PlainValidator(one_of(FAR_SIDE, CHIP_SIDE)), _words_schema(FAR_SIDE, CHIP_SIDE)]

Corner = Annotated[str, PlainValidator(one_of(*CORNERS)), _words_schema(*CORNERS)]
Letters = Annotated[str, PlainValidator(one_of("rows", "columns")), _words_schema("rows", "columns")]
Numbers = Annotated[str, PlainValidator(one_of(*NUMBERS)), _words_schema(*NUMBERS)]
Stagger = Annotated[str, PlainValidator(one_of(*STAGGERS)), _words_schema(*STAGGERS)]
Shift = Annotated[str, PlainValidator(one_of("second", "first")), _words_schema("second", "first")]

PointXY = list[Coordinate]
SizeXY = list[Length]


def word_or(list_tag: str) -> Discriminator:
    """Tells a word from a list; tags begin with '<' so that the messages can leave them out of a path."""
    def tag(value: Any) -> str:
        if isinstance(value, list):
            points = bool(value) and isinstance(value[0], list)
            return "<points>" if points and list_tag == "<size>" else list_tag
        return "<word>"

    return Discriminator(tag)

