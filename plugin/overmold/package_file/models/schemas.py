"""JSON Schemas of what the models do not spell out, since it is read by hand, row by row."""

from __future__ import annotations

from ...arrays import BARE
from ...package import Wire
from ...package.datum import data_of

_UNITS_OF_LENGTH = "(nm|um|µm|μm|mm|cm|mil|in|inch)"
WITH_UNIT = rf"^\s*[-+]?[0-9.]+[^A-Za-zµμ]*(e[-+]?[0-9]+\s*)?{_UNITS_OF_LENGTH}"
SPOTS_SCHEMA = {"type": "object", "additionalProperties": {
    "type": "array", "items": {"type": "string", "pattern": rf"^$|{WITH_UNIT}|deg$|^{BARE}$"}, "minItems": 2, "maxItems": 9}}
ROW_SCHEMA = {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}, "minItems": 3,
                             "maxItems": 3, "examples": [["VDD", "U1.A1", "B2"]]}
FINGERS_SCHEMA = {"type": "object", "additionalProperties": {
    "type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3}}
WIRES_SCHEMA = {"type": "array", "items": {"anyOf": [
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2, "examples": [["U1.A1", "F1"]]},
    {"type": "object", "required": ["from", "to"], "additionalProperties": False, "properties": {
        name: {"type": ["string", "number"]} for name in ("from", "to", *data_of(Wire))}
        | {"at": {"type": "array", "items": {"type": "string", "pattern": WITH_UNIT}, "minItems": 2, "maxItems": 2}}}]}}
