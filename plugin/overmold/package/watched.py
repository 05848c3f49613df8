"""A package that tells when it is asked for what could not be read, so that nothing is judged by what nobody knows.

No list says which rule needs which datum: a rule's measure runs on a watched copy, and what it asks for shows itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any, Callable, NamedTuple

from . import Package, keys
from .datum import PLAIN, QUANTITY, WORD, data_of, key_of
from .pieces import inner_parts, pieces
from .place import Odd

Tell = Callable[[Odd, str], None]
_Wanted = dict[str, dict[str, list[tuple[Odd, str]]]]  # by part and attribute: what is odd about it, and how far known
# How far what was asked for is known all the same.
UNSTATED = "unstated"  # a datum that measures take for not stated, as if its field were empty
PART = "part"          # parts of this kind are missing: what is said of two others in the plane still holds
GUESSED = "guessed"    # a datum for which something else stands in: nothing that was taken from it holds


def watched(package: Package, tell: Tell) -> Package:
    """A copy that calls ``tell`` with an oddity and how far it is known whenever what it leaves unknown is asked for."""
    wanted: _Wanted = {}
    parts = dict(pieces(package))
    for odd in package.odd:
        for key in odd.unknown:
            for owner, attribute, how in _asked_by(parts, key):
                wanted.setdefault(owner, {}).setdefault(attribute, []).append((odd, how))
    made: Package = _copy("", package, wanted, tell)
    return made


def needing(package: Package, asked: dict[Odd, str]) -> Package:
    """The package, which notes in ``asked`` whatever it is asked for and could not be read, and how far that is known."""
    if not package.odd:
        return package

    def tell(odd: Odd, how: str) -> None:
        asked[odd] = max(how, asked.get(odd, how), key=(UNSTATED, PART, GUESSED).index)

    return watched(package, tell)


def without_asking(part: Any, attribute: str) -> Any:
    """What an attribute holds, for those to whom it does not matter whether that is all."""
    return vars(part)[attribute]


def _asked_by(parts: dict[str, Any], key: str) -> Iterator[tuple[str, str, str]]:
    """The attribute that stands for what ``key`` names, the part that has it, and how far it is known."""
    names = keys.split(key)
    for length in range(len(names) - 1, -1, -1):
        owner, rest = ".".join(names[:length]), ".".join(names[length:])
        if owner not in parts:
            continue
        part = parts[owner]
        for name, one in data_of(type(part)).items():
            if key_of(name, one) == rest:
                bare = one.form in (QUANTITY, PLAIN, WORD) and one.usual in (None, one.nothing)
                yield owner, name, UNSTATED if bare and not one.is_stated(getattr(part, name)) else GUESSED
                return
        first = names[length]
        if any(one.name == first for one in fields(part)):
            yield owner, first, PART if not owner and key == first else GUESSED
            return


def _copy(key: str, part: Any, wanted: _Wanted, tell: Tell) -> Any:
    """The part with its inner parts and itself watched, where ``wanted`` has anything of them; else itself."""
    if not any(not key or one == key or keys.is_within(one, key) for one in wanted):
        return part
    values = {one.name: getattr(part, one.name) for one in fields(part)}
    several: dict[str, list[Any]] = {}
    for name, inner_key, inner in inner_parts(key, part):
        several.setdefault(name, []).append(_copy(inner_key, inner, wanted, tell))
    values.update({name: tuple(made) if isinstance(values[name], tuple) else made[0] for name, made in several.items()})
    attributes = wanted.get(key, {})
    own: Any = type(part)
    kind = _watching(own, tuple(sorted(attributes))) if attributes else own
    new: Any = object.__new__(kind)
    new.__dict__.update(values)
    if attributes:
        new.__dict__["_told"] = _Teller(attributes, tell)
    return new


class _Teller(NamedTuple):
    """What a watched part calls with the name of an attribute."""

    attributes: dict[str, list[tuple[Odd, str]]]
    tell: Tell

    def __call__(self, name: str) -> None:
        for odd, how in self.attributes[name]:
            self.tell(odd, how)


@lru_cache(maxsize=256)
def _watching(kind: Any, names: tuple[str, ...]) -> Any:
    """A class of the same parts in which these attributes tell when they are asked for."""

    def attribute(name: str) -> property:
        def get(self: Any) -> Any:
            told = self.__dict__.get("_told")  # a part made of a watched one by ``replace`` is not watched any more
            if told is not None:
                told(name)
            return self.__dict__[name]

        def put(self: Any, value: Any) -> None:
            self.__dict__[name] = value

        return property(get, put)

    return type(kind.__name__, (kind,), {name: attribute(name) for name in names})
