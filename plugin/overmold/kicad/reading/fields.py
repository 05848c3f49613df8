"""Footprint fields become quantities; what cannot be read becomes a fault that names the part and the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Optional

from ...faults import Fault, Faults, did_you_mean
from ...package import Place, keys
from ...package.datum import COUNT, NAMES, PAIR, PLAIN, QUANTITY, WORD, Datum, data_of, key_of
from ...shapes import Point
from ...units import LENGTH, TEMPERATURE, Kind, Stated, Toleranced, UnitError, parse_toleranced, show
from ..clauses.columns import Spans, joined
from ..clauses.scan import Int32
from ..clauses.sexpr import Index
from ..clauses.tree import tree, unescape

_PAIR = re.compile(r"([1-9]\d{0,5})\s*[x×]\s*([1-9]\d{0,5})")
_COUNT = re.compile(r"([1-9]\d{0,5})")
_TWO_STRINGS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))', re.S)


@dataclass(frozen=True)
class Field:
    """One field of a footprint; ``clause`` is where it stands in the index."""

    value: str
    clause: int


@dataclass(frozen=True)
class Notes:
    """What is gathered while a file is read: faults, and the places of everything that was stated.

    ``taken`` are the bytes where the clauses stand that a reader has understood, ``marks`` the spots of the texts that are
    bumps or bond pads, as their footprint (its number) has them.
    """

    index: Index
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    marks: dict[int, set[Point]] = field(default_factory=dict)

    @contextmanager
    def gathering(self, part: str, *unknown: str, uuid: str = "", at: Optional[Point] = None) -> Iterator[None]:
        """Keep the faults raised inside, as those of ``part``, and go on after them without what is ``unknown`` (keys)."""
        try:
            yield
        except Faults as found:
            self.faults.extend(replace(fault, part=fault.part or part, unknown=fault.unknown or unknown,
                                       uuid=fault.uuid or uuid, at=fault.at or at) for fault in found.faults)

    def wrong(self, message: str, clause: int, part: str, *unknown: str, uuid: str = "", at: Optional[Point] = None) -> None:
        """Note a fault at a clause, for which what has the keys ``unknown`` is not known."""
        fault = self.index.fault(message, int(self.index.start[clause]), part)
        self.faults.append(replace(fault, unknown=unknown, uuid=uuid, at=at))

    def as_well(self, key: str, *more: str) -> None:
        """Where what has this key is not known, that what has the keys ``more`` is not known either."""
        self.faults[:] = [replace(one, unknown=(*one.unknown, *more)) if key in one.unknown else one for one in self.faults]

    def put(self, key: str, text: str, clause: int, at: Optional[Point] = None, uuid: str = "",
            drawn: Optional[Sequence[str]] = None) -> None:
        """Remember where ``key`` stands; ``drawn`` are the uuids of what is to be seen of it, if None its own."""
        start = int(self.index.start[clause])
        line, column = self.index.line_and_column(start)
        shown = ([uuid] if uuid else []) if drawn is None else drawn
        self.places[key] = Place(text, self.index.source, line, column, uuid, at, drawn=tuple(shown))


@dataclass(frozen=True)
class Fields:
    """The fields of one footprint, called ``owner``; ``uuid`` is asked for that footprint's where a fault needs it."""

    notes: Notes
    owner: str
    at: Point
    all: Mapping[str, Field]
    uuid: Callable[[], str] = str

    def text(self, name: str, key: str = "") -> str:
        """The field as it is, "" where it is absent or empty."""
        found = self.all.get(name)
        value = found.value.strip() if found else ""
        if found and value and key:
            uuid = tree(self.notes.index, found.clause).word_of("uuid")
            self.notes.put(key, self._called(name), found.clause, self.at, uuid, drawn=())
        return value

    def data(self, part: type, key: str, drawn: bool = False) -> dict[str, Any]:
        """Every datum of this kind of part that has a field, by attribute: what its field says, else that it is not stated.

        ``drawn``: also those that a board usually draws.
        """
        return {name: self.datum(one, keys.within(key, key_of(name, one)))
                for name, one in data_of(part).items() if drawn or not one.drawn}

    def datum(self, one: Datum, key: str) -> Any:
        """What the field of one datum says; that which stands for nothing, or the usual word, where there is none."""
        if one.form == QUANTITY:
            return self.quantity(one.label, key, one.kind, one.least)
        if one.form == PLAIN:
            return self.plain(one.label, key, one.kind, one.least) or 0
        text = self.choice(one.label, key, one.words) if one.form == WORD else self.text(one.label, key)
        if not text:
            return one.nothing if one.usual is None else one.usual
        if one.form == NAMES:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if one.form in (PAIR, COUNT):
            found = (_PAIR if one.form == PAIR else _COUNT).fullmatch(text)
            if found is None or max(map(int, found.groups())) > one.most:
                self.wrong(one.label, f"'{text}' is not a valid {one.label.lower()}: {one.says[0].lower()}{one.says[1:]}; "
                           f"write for example {one.example}", key)
                return one.usual
            return tuple(map(int, found.groups())) if one.form == PAIR else int(text)
        return text

    def quantity(self, name: str, key: str, kind: Kind = LENGTH, lowest: int = 1) -> Optional[Toleranced]:
        """A quantity with its tolerance; None where nobody stated it; a fault where it cannot be read."""
        text = self.text(name, key)
        if not text:
            return None
        try:
            value = parse_toleranced(text, kind)
        except UnitError as error:
            self.wrong(name, str(error), key)
            return None
        if lowest <= value.low and value.high <= kind.largest:
            return value
        least = ("nothing is colder than -273.15 degC" if kind is TEMPERATURE else
                 "it must be more than nothing" if lowest == 1 else f"it is at least {show(lowest, kind)}")
        self.wrong(name, f"'{text}' is out of range, with its tolerance: {least}; write for example {kind.example}", key)
        return None

    def plain(self, name: str, key: str, kind: Kind = LENGTH, lowest: int = 1) -> Optional[Stated]:
        """A quantity that has no tolerance."""
        value = self.quantity(name, key, kind, lowest)
        if value is not None and (value.plus or value.minus):
            self.wrong(name, f"this has a tolerance; expected a plain {kind.name}", key)
        return Stated(value.nominal, value.stated) if value else None

    def choice(self, name: str, key: str, known: Sequence[str]) -> str:
        """One of the ``known`` words, "" where nobody stated it."""
        word = self.text(name, key)
        if word and word not in known:
            self.wrong(name, f"unknown value '{word}'{did_you_mean(word, known)}", key)
            return ""
        return word

    def wrong(self, name: str, message: str, *unknown: str) -> None:
        """Note a fault in the field called ``name``, for which what has the keys ``unknown`` is not known."""
        self.notes.wrong(message, self.all[name].clause, self._called(name), *unknown, uuid=self.uuid(), at=self.at)

    def _called(self, name: str) -> str:
        return f"{self.owner}, field '{name}'"


def read_all_fields(index: Index, footprints: Int32, parts: Int32) -> list[dict[str, Field]]:
    """The fields of every footprint; ``parts`` are the clauses directly inside footprints.

    A later field of the same name wins, as it does in KiCad. KiCad 7 kept reference and value as texts.
    """
    fields: list[dict[str, Field]] = [{} for _ in range(len(footprints))]
    for head, names in ((b"property", {}), (b"fp_text", {"reference": "Reference", "value": "Value"})):
        found = index.called(parts, head)
        begin = index.start[found].astype("int64") + 1 + len(head)
        first_part = index.start[(found + 1).clip(max=len(index) - 1)]
        end = index.end[found].astype("int64") - 1
        has_parts = index.last[found] > found + 1
        end[has_parts] = first_part[has_parts]
        rows = joined(index, Spans(begin, end)).decode().split("\0")[:-1]
        for clause, owner, row in zip(found.tolist(), index.owners(found, footprints).tolist(), rows):
            name, value = _two_strings(row)
            if name and (not names or name in names):
                fields[owner][names.get(name, name)] = Field(value, clause)
    return fields


def _two_strings(row: str) -> tuple[str, str]:
    """Name and value of a field; an empty name where they cannot be read."""
    parts = row.split('"')
    if len(parts) == 5 and "\\" not in row:
        return parts[1], parts[3]
    match = _TWO_STRINGS.match(row)
    if not match:
        return "", ""
    name, value = (unescape(quoted) if quoted is not None else bare or ""
                   for quoted, bare in ((match[1], match[2]), (match[3], match[4])))
    return name, value
