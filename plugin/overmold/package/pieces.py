"""A package taken apart into the parts that hold data, and put together again with other values.

Every part has the key under which reports and ``Package.place`` name it; a datum's key is its part's with its own behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ..arrays import Sites
from ..shapes import Outline
from ..units import Toleranced
from . import Holes, Land, Odd, Package, keys
from .bump_heights import moved_along
from .chip import Chip
from .datum import PLAIN, QUANTITY, data_of, key_of

P = TypeVar("P")
_NO_PARTS = (Odd, Toleranced, Sites, Outline, Holes, Land)


def pieces(package: Package) -> Iterator[tuple[str, Any]]:
    """Every part that may hold data, with its key: the package itself (""), ``carrier``, ``chips.U1``, ``chips.U1.bumps``."""
    return _pieces("", package)


def _pieces(key: str, part: Any) -> Iterator[tuple[str, Any]]:
    yield key, part
    for _, inner_key, inner in inner_parts(key, part):
        yield from _pieces(inner_key, inner)


def inner_parts(key: str, part: Any) -> Iterator[tuple[str, str, Any]]:
    """The parts directly inside one: attribute, key and part; of several in a row each by its own name or number."""
    for one in fields(part):
        value = getattr(part, one.name)
        if isinstance(value, tuple) and value and _is_part(value[0]):
            for i, inner in enumerate(value):
                yield one.name, getattr(inner, "key", None) or keys.within(key, one.name, _called(inner, i)), inner
        elif _is_part(value):
            yield one.name, keys.within(key, one.name), value


def _is_part(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, (type, *_NO_PARTS))


def _called(part: Any, number: int) -> str:
    # A layer's name on a board is KiCad's; its place in the stack-up is what file and board agree on.
    return str(number) if type(part).__name__ == "Layer" else str(part.name)


def dimensions(package: Package) -> dict[str, Toleranced]:
    """Every length, temperature and pressure that the package states, by key; of plain ones the tolerance is nothing."""
    found: dict[str, Toleranced] = {}
    for key, part in pieces(package):
        for name, datum in data_of(type(part)).items():
            value = getattr(part, name)
            if datum.form in (QUANTITY, PLAIN) and datum.is_stated(value):
                found[keys.within(key, key_of(name, datum))] = (
                    value if isinstance(value, Toleranced) else Toleranced(int(value), stated=getattr(value, "stated", "")))
    return found


def with_values(package: Package, values: Mapping[str, Any]) -> Package:
    """The package with other values for the data of these keys, in the form of each; raises KeyError for an unknown key."""
    waiting = dict(values)
    changed = _rebuilt("", package, waiting)
    if waiting:
        raise KeyError(f"the package has no datum {', '.join(sorted(waiting))}")
    return changed


def _rebuilt(key: str, part: P, waiting: dict[str, Any]) -> P:
    """The part with the values that are waiting for it and its inner parts, which wait no longer; itself if there are none."""
    if not any(one.startswith(key) for one in waiting):
        return part
    changes: dict[str, Any] = {}
    for name, datum in data_of(type(part)).items():
        full = keys.within(key, key_of(name, datum))
        if full in waiting:
            value = waiting.pop(full)
            changes[name] = value.nominal if datum.form == PLAIN and isinstance(value, Toleranced) else value
    several: dict[str, list[Any]] = {}
    for name, inner_key, inner in list(inner_parts(key, part)):
        made = _rebuilt(inner_key, inner, waiting)
        several.setdefault(name, []).append(made)
    for name, parts in several.items():
        old = getattr(part, name)
        if isinstance(old, tuple):
            if any(new is not was for new, was in zip(parts, old)):
                changes[name] = tuple(parts)
        elif parts[0] is not old:
            changes[name] = parts[0]
    changed: Any = replace(part, **changes) if changes else part  # type: ignore[type-var]
    return moved_along(part, changed) if isinstance(part, Chip) else changed  # type: ignore[return-value]
