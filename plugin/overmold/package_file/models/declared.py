"""The keys of the package file that come from the hub's declared data: how each is read, and what an editor is told of it.

A group of keys takes those of a kind of part by naming it: ``class Mold(Group, of=p.Mold)``; ``data_in`` gives them back by
attribute for the part to be made of them.
"""

from __future__ import annotations

from typing import Any, Callable

from ...package.datum import COUNT, NAMES, PAIR, PLAIN, QUANTITY, WORD, YES, Datum, data_of, key_of
from ...units import LENGTH
from . import types as t
from .group import NEEDED, Key
from .schemas import WITH_UNIT
from .values import Scalar


def reader(one: Datum) -> Callable[[object], Any]:
    """What reads the text (or the list) that stands for a datum; it raises ValueError with what is to be said."""
    if one.form == QUANTITY:
        return t.toleranced(one.kind, one.least, one.example)
    if one.form == PLAIN:
        return t.plain(one.kind, one.least, one.example)
    if one.form == WORD:
        return t.one_of(*one.words)
    if one.form in (COUNT, PAIR):
        return (t.counted if one.form == COUNT else t.pair)(one.most, str(_example(one)))
    return t.FREE_TEXT


def _schema(one: Datum) -> dict[str, Any]:
    if one.form in (QUANTITY, PLAIN):
        return {"type": "string", **({"pattern": WITH_UNIT} if one.kind is LENGTH else {})}
    if one.form == WORD:
        return {"enum": list(one.words)}
    count = {"type": "integer", "minimum": 1, "maximum": one.most}
    if one.form == PAIR:
        return {"type": "array", "items": count, "minItems": 2, "maxItems": 2}
    return count if one.form == COUNT else {"type": ["string", "number", "boolean"]}


def _example(one: Datum) -> Any:
    if one.form == PAIR:
        return [int(count) for count in one.example.split(" x ")]
    return int(one.example) if one.form == COUNT else one.example


def keys_of(part: type, under: str = "") -> dict[str, Key]:
    """Every key that a group has of this kind of part; ``under`` names the group inside the part's own.

    Names of parts, and yes or no, are said in ways of their own and are not among them.
    """
    return {key: Key(Scalar(reader(one), _schema(one)), one.says, (_example(one),), _usual(one), name=key, attribute=key,
                     datum=one) for key, _, one in _keyed(part, under)}


def _usual(one: Datum) -> Any:
    return NEEDED if one.needed else one.nothing if one.usual is None else one.usual


def _keyed(part: type, under: str) -> list[tuple[str, str, Datum]]:
    """Key, attribute and datum of every datum of the group."""
    ends = [(key_of(name, one), name, one) for name, one in data_of(part).items() if one.form not in (NAMES, YES)]
    return [(key[len(under):], name, one) for key, name, one in ends if key.startswith(under) and "." not in key[len(under):]]


def data_in(group: Any, part: type, under: str = "") -> dict[str, Any]:
    """What a group of the package file says of a part, by the part's attributes."""
    return {name: getattr(group, key) for key, name, _ in _keyed(part, under)}
