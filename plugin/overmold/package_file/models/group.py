"""What every group of keys of a package file is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Callable, ClassVar, NamedTuple, Optional, Union

from ...faults import did_you_mean
from ...package.datum import Datum
from .values import MISSING, UNKNOWN_KEY, WRONG, Asked, Path, Value, inline, keys_expected, short

NEEDED: Any = ...


class Key(NamedTuple):
    """One key: what may stand for it, what an editor says of it, and how it is written.

    ``usual`` is what it is where it is left out, NEEDED if it must not be; ``datum`` the declared datum that it stands for.
    ``name`` is the key in the file, ``attribute`` that of the group.
    """

    value: Value
    says: str = ""
    examples: tuple[Any, ...] = ()
    usual: Any = NEEDED
    name: str = ""
    attribute: str = ""
    datum: Optional[Datum] = None
    deprecated: bool = False

    def example(self, kind: type = object) -> str:
        """How to write it, as the examples say; one of ``kind`` where there are several."""
        if self.examples:
            return inline(next((one for one in self.examples if isinstance(one, kind)), self.examples[0]))
        group = self.value.group
        if group is None:
            return "a value"
        return inline({name: one.examples[0] for name, one in group.keys.items() if one.usual is NEEDED and one.examples})

    def says_of_itself(self) -> str:
        """One sentence on it: its own, else that of the group that it is."""
        group = self.value.group
        return self.says or " ".join(((group.__doc__ if group is not None else "") or "").split())


def key(value: Value, says: str = "", *examples: Any, usual: Any = NEEDED, name: str = "", deprecated: bool = False) -> Any:
    """Declares a key of a group, under the attribute's own name unless ``name`` says another."""
    return Key(value, says, examples, usual, name=name, deprecated=deprecated)


class Group:
    """A group of keys; a key that is not listed is a fault.

    ``of``: the kind of part whose declared data are keys of this group, behind those of its own; ``under``: of those, the ones
    of this inner group. An instance has the values of all keys, by attribute.
    """

    keys: ClassVar[dict[str, Key]] = {}

    def __init_subclass__(cls, of: Optional[type] = None, under: str = "") -> None:
        own = [one._replace(attribute=name, name=one.name or name) for name, one in vars(cls).items() if isinstance(one, Key)]
        cls.keys = {one.name: one for one in own}
        if of is not None:
            from .declared import keys_of

            for name, one in keys_of(of, under).items():  # one that the group says itself still stands for the datum
                cls.keys[name] = cls.keys[name]._replace(datum=one.datum) if name in cls.keys else one

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    if TYPE_CHECKING:  # declared data are attributes, too
        def __getattr__(self, name: str) -> Any: ...


def usual(group: type[Group]) -> Callable[[], Group]:
    """Makes a group of which nothing is stated."""
    return lambda: group({one.attribute: _usual(one) for one in group.keys.values()})


def _usual(one: Key) -> Any:
    return one.usual() if callable(one.usual) else one.usual


class Keys(NamedTuple):
    """A group of keys as a value; ``named`` gives the group, which may come later, as its own does."""

    named: Union[type[Group], Callable[[], type[Group]]]

    @property
    def group(self) -> type[Group]:
        return self.named if isinstance(self.named, type) else self.named()

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        if not isinstance(value, dict):
            return asked.refuse(path, keys_expected(value, asked))
        keys, found = self.group.keys, dict[str, Any]()
        for name, one in keys.items():
            inner = Asked(asked.wrong, one)
            if name in value:
                found[one.attribute] = one.value.read(value[name], (*path, name), inner)
            elif one.usual is NEEDED:
                found[one.attribute] = inner.refuse(
                    (*path, name), f"'{name}' is missing; write for example {name}: {one.example()}", MISSING)
            else:
                found[one.attribute] = _usual(one)
        unknown = [name for name in value if name not in keys]
        for name in unknown:
            asked.refuse((*path, name), f"unknown key '{short(name)}'{did_you_mean(str(name), list(keys))}", UNKNOWN_KEY)
        return WRONG if unknown or any(one is WRONG for one in found.values()) else self.group(found)

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        return ref(self.group)


def key_at(group: type[Group], path: Sequence[Union[str, int]]) -> Optional[Key]:
    """The key that ``path`` leads to from a group; steps into lists are passed over."""
    inner: Optional[type[Group]] = group
    found: Optional[Key] = None
    for step in path:
        if isinstance(step, str):
            found = inner.keys.get(step) if inner is not None else None
            inner = found.value.group if found is not None else None
    return found
