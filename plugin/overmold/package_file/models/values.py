"""What may stand for a key of the package file: a scalar, a list, either of them, keys read elsewhere, or a group of keys.

Each reads a value as it stands in the file (texts, lists and dicts), and says itself as JSON Schema to an editor. What is
wrong is added to a list with its path and what is to be said, word for word; nothing stops at the first fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Optional, Protocol, Union

if TYPE_CHECKING:
    from .group import Group, Key

Path = tuple[Union[str, int], ...]
UNKNOWN_KEY, MISSING, VALUE = "unknown key", "missing", "value"


class _Nothing:
    """What stands for a value that could not be read."""


WRONG = _Nothing()


class Wrong(NamedTuple):
    """A fault at ``path``: an unknown key, a missing one (which is why it has no place of its own), or a value."""

    path: Path
    said: str
    kind: str = VALUE


class Asked(NamedTuple):
    """The reading of one value: what is wrong goes to ``wrong``; ``key`` is the one that it stands for, and its examples."""

    wrong: list[Wrong]
    key: Optional[Key] = None

    def refuse(self, path: Path, said: str, kind: str = VALUE) -> Any:
        """Note a fault; gives what stands for the value."""
        self.wrong.append(Wrong(path, said, kind))
        return WRONG

    def example(self, kind: type = object) -> str:
        """How to write a value of this key."""
        return self.key.example(kind) if self.key is not None else "a value"


class Value(Protocol):
    """One kind of value; ``group`` is the group of keys that it is, or is a list of."""

    @property
    def group(self) -> Optional[type[Group]]: ...

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        """The value that stands at ``path``, WRONG where it is at fault."""

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        """Its JSON Schema; ``ref`` gives that of a group."""


class Scalar(NamedTuple):
    """A text that ``reader`` makes something of; what it raises as ValueError is said word for word."""

    reader: Callable[[object], Any]
    says: dict[str, Any]
    group: None = None

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        try:
            return self.reader(value)
        except ValueError as error:
            return asked.refuse(path, str(error))

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        return dict(self.says)


class ListOf(NamedTuple):
    """A list of ``least`` to ``most`` values of one kind."""

    inner: Value
    least: int = 0
    most: Optional[int] = None
    examples: tuple[Any, ...] = ()

    @property
    def group(self) -> Optional[type[Group]]:
        return self.inner.group

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        if not isinstance(value, list):
            return asked.refuse(path, f"expected a list, not {what(value)}; write for example {asked.example(list)}")
        if self.most is not None and len(value) > self.most:
            return self._miscounted(value, path, asked)
        read = [self.inner.read(one, (*path, i), asked) for i, one in enumerate(value)]
        if any(one is WRONG for one in read):
            return WRONG
        return self._miscounted(value, path, asked) if len(value) < self.least else read

    def _miscounted(self, value: list[Any], path: Path, asked: Asked) -> Any:
        count = str(self.most) if self.most is not None else f"{self.least} or more"
        return asked.refuse(path, f"expected {count} entries, not {len(value)}; write for example {asked.example(list)}")

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        count = {"minItems": self.least} if self.least else {}
        if self.most is not None:
            count["maxItems"] = self.most
        examples = {"examples": list(self.examples)} if self.examples else {}
        return {"type": "array", "items": self.inner.schema(ref), **count, **examples}


class Either(NamedTuple):
    """A word or a list; of two kinds of list, ``nested`` is the one whose entries are lists."""

    word: Scalar
    flat: ListOf
    nested: Optional[ListOf] = None
    group: None = None

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        if not isinstance(value, list):
            return self.word.read(value, path, asked)
        is_nested = self.nested is not None and bool(value) and isinstance(value[0], list)
        return (self.nested if is_nested and self.nested is not None else self.flat).read(value, path, asked)

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        return {"anyOf": [one.schema(ref) for one in (self.word, self.flat, self.nested) if one is not None]}


class Unread(NamedTuple):
    """A list or a dict that is read row by row where its rows are put to use; ``kind`` says which of the two."""

    kind: type
    says: Mapping[str, Any] = {}
    group: None = None

    def read(self, value: object, path: Path, asked: Asked) -> Any:
        if isinstance(value, self.kind):
            return value
        if self.kind is list:
            return asked.refuse(path, f"expected a list, not {what(value)}; write for example {asked.example(list)}")
        return asked.refuse(path, keys_expected(value, asked))

    def schema(self, ref: Callable[[type[Group]], dict[str, Any]]) -> dict[str, Any]:
        return dict(self.says)


def keys_expected(value: object, asked: Asked) -> str:
    """What is said where a group of keys is due."""
    hint = "; put a blank after each ':'" if isinstance(value, str) and ":" in value else ""
    return f"expected keys, not {what(value)}; write for example {asked.example()}{hint}"


def what(value: object) -> str:
    """A value that is not what is due, in words."""
    if isinstance(value, str):
        return f"'{short(value)}'"
    return "a list" if isinstance(value, list) else "a group of keys" if isinstance(value, dict) else "nothing"


def short(value: object) -> str:
    """A text from the file, short enough for a message, which is what escapes odd characters."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def inline(value: Any) -> str:
    """``value`` as one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(inline(inner) for inner in value) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text}"' if isinstance(value, str) and (text.isdigit() or not text) else text
