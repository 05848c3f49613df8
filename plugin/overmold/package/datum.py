"""The data of a package that are one number or word each: said once, beside the attribute that holds them.

A datum knows what people call it (which is also its field on a board), how it is written, what it means and how little of
it there may be. Whoever reads, writes, compares, draws up or asks for data runs over these declarations; geometry, nets and
arrays are not data in this sense.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Optional

from ..units import LENGTH, Kind, stated_text

QUANTITY, PLAIN, WORD, TEXT, COUNT, NAMES, PAIR, YES = (
    "quantity", "plain", "word", "text", "count", "names", "pair", "yes")
# What stands for "nobody stated it", by form.
_NOTHING: dict[str, Any] = {QUANTITY: None, PLAIN: 0, WORD: "", TEXT: "", COUNT: 0, NAMES: (), PAIR: (), YES: None}


@dataclass(frozen=True, repr=False)
class Datum:
    """One datum: ``label`` is what people call it and the name of its field on a board; ``says`` is one sentence on it.

    ``form``: a QUANTITY with a tolerance or a PLAIN one, both of ``kind``; a WORD, one of ``words``; TEXT; a COUNT from 1;
    NAMES of parts; a PAIR of counts; YES or no. ``key`` is the end of its place in a package file where that is not the
    attribute's name. ``least`` is the least value in base units, ``most`` the most that a count may be.
    ``drawn``: a board draws it and has no field for it. ``needed``: no package file without it; ``wanted``: the rules would
    like to know it. ``usual`` is what it is where nobody states it, and then it need not be written.
    """

    form: str
    label: str
    says: str
    example: str
    kind: Kind = LENGTH
    words: tuple[str, ...] = ()
    key: str = ""
    least: int = 1
    most: int = 99
    drawn: bool = False
    needed: bool = False
    wanted: bool = False
    usual: Any = None

    @property
    def in_sentence(self) -> str:
        """The label as it stands within a sentence: "chip thickness", but "UBM diameter"."""
        return self.label if self.label[:2].isupper() else self.label[0].lower() + self.label[1:]

    @property
    def nothing(self) -> Any:
        """The value that stands for what nobody has stated."""
        return _NOTHING[self.form]

    def is_stated(self, value: Any) -> bool:
        """Whether this value says anything."""
        return value is not None and value != self.nothing

    def text(self, value: Any) -> str:
        """As people write it, "" where nothing is stated."""
        if not self.is_stated(value):
            return ""
        if self.form in (QUANTITY, PLAIN):
            return stated_text(value, self.kind)
        if self.form == NAMES:
            return ", ".join(value)
        if self.form == PAIR:
            return f"{value[0]} x {value[1]}"
        return ("yes" if value else "no") if self.form == YES else str(value)


def datum(form: str, label: str, says: str, example: str, default: Any = MISSING, **more: Any) -> Any:
    """An attribute that is a datum; ``more`` are the further members of ``Datum``."""
    more.setdefault("least", more.get("kind", LENGTH).least)
    said = {"datum": Datum(form, label, says, example, usual=None if default is MISSING else default, **more)}
    return field(metadata=said) if default is MISSING else field(default=default, metadata=said)


_DATA: dict[type, dict[str, Datum]] = {}


def data_of(part: type) -> dict[str, Datum]:
    """The data of a kind of part by attribute, in the order of their declaration."""
    if part not in _DATA:
        _DATA[part] = {one.name: one.metadata["datum"] for one in fields(part) if "datum" in one.metadata}
    return _DATA[part]


def key_of(attribute: str, one: Datum) -> str:
    """The end of a datum's place in a package file and in what a report names."""
    return one.key or attribute


def stated(part: Optional[Any]) -> dict[str, Any]:
    """Every datum that a part states, by attribute; nothing of a part that is not there."""
    if part is None:
        return {}
    return {name: value for name, one in data_of(type(part)).items() if one.is_stated(value := getattr(part, name))}
