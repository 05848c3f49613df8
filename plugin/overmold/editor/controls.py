"""How each kind of value of a package file is shown in a form, and what stands in it.

``text``: one line. ``words``: one of a few. ``tuple``: so many lines beside each other. ``list``: as many as there are.
``group``: keys of its own. ``either``: one of several ways, of which ``inner`` is the one in use. ``rows`` and ``spots``:
lines of YAML, those of a spot with a name. What does not have the shape that is due is a ``text`` of YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Optional

from ..package_file.models.group import Group, Key, Keys
from ..package_file.models.values import Either, ListOf, Path, Scalar, Unread, Value
from .lines import line

Field = dict[str, Any]
Fields = Callable[[type[Group], Mapping[str, Any], Path], list[Field]]


def control(value: Value, given: Any, path: Path, key: Key, fields: Fields) -> Field:
    """How ``value`` is shown where ``given`` stands at ``path``; ``fields`` gives those of a group, ``key`` stands around."""
    if isinstance(value, Scalar):
        return _pair(value, given, path, key) if value.says.get("type") == "array" else _scalar(value, given, key)
    if isinstance(value, Keys):
        return _group(value, given, path, key, fields)
    if isinstance(value, Either):
        return _either(value, given, path, key, fields)
    if isinstance(value, Unread):
        return _unread(value, given)
    assert isinstance(value, ListOf)
    return _list(value, given, path, key, fields)


def first_entry(key: Key) -> Any:
    """The first entry of the first of the key's examples that is a list; None where none is."""
    return next((one[0] for one in key.examples if isinstance(one, list) and one), None)


def example_of(value: Value, key: Key) -> Any:
    """A value of this kind to begin with, as the key's examples have it."""
    for one in (*key.examples, *getattr(value, "examples", ())):
        if _fits(value, one):
            return one
    if isinstance(value, ListOf):
        inner = first_entry(key)
        return [inner if inner is not None and _fits(value.inner, inner) else example_of(value.inner, key)] * (value.least or 1)
    if value.group is not None:
        return {name: example_of(one.value, one) for name, one in value.group.keys.items() if one.usual is ...}
    return {} if isinstance(value, Unread) and value.kind is dict else ""


def way_of(value: Either, given: Any) -> int:
    """Which of its ways stands there: the word, the list, or the list of lists."""
    if not isinstance(given, list):
        return 0
    return 2 if value.nested is not None and bool(given) and isinstance(given[0], list) else 1


def ways_of(value: Either) -> list[Value]:
    """Its ways, in their order."""
    return [one for one in (value.word, value.flat, value.nested) if one is not None]


def words_of(value: Scalar) -> list[str]:
    """The few words that may stand there, none where anything may."""
    says = value.says
    listed = says.get("enum") or next((one["enum"] for one in says.get("anyOf", ()) if "enum" in one), ())
    return ["false", "true"] if says.get("type") == "boolean" else [str(one) for one in listed]


def _fits(value: Value, example: Any) -> bool:
    if isinstance(value, ListOf):
        if not isinstance(example, list) or not value.least <= len(example) <= (value.most or len(example)):
            return False
        return all(_fits(value.inner, one) for one in example)
    if isinstance(value, Scalar):
        return not isinstance(example, (list, dict))
    if isinstance(value, Unread):
        return isinstance(example, value.kind)
    return isinstance(example, dict) if isinstance(value, Keys) else True


def _scalar(value: Scalar, given: Any, key: Key) -> Field:
    if isinstance(given, (list, Mapping)):
        return _as_yaml(given)
    words = words_of(value)
    example = next((one for one in key.examples if not isinstance(one, (list, dict))), "")
    shown = str(example).lower() if isinstance(example, bool) else str(example)
    return {"is": "words" if words else "text", "text": given or "", **({"words": words} if words else {"example": shown})}


def _pair(value: Scalar, given: Any, path: Path, key: Key) -> Field:
    """A datum that is two counts is read as one, and typed in as two."""
    count = value.says["minItems"]
    if given is not None and (not isinstance(given, list) or len(given) != count):
        return _as_yaml(given)
    example = next((one for one in key.examples if isinstance(one, list)), [""] * count)
    return {"is": "tuple", "items": [{"path": [*path, i], "label": "", "is": "text", "text": (given or [""] * count)[i],
                                      "example": str(example[i])} for i in range(count)]}


def _as_yaml(given: Any) -> Field:
    return {"is": "yaml", "text": line(given)}


def _group(value: Keys, given: Any, path: Path, key: Key, fields: Fields) -> Field:
    if given is not None and not isinstance(given, Mapping):
        return _as_yaml(given)
    # A group that need not be there is filled in when somebody asks for it; of others nothing may be stated yet.
    absent = given is None and key.usual is None
    return {"is": "group", "absent": absent, "optional": key.usual is None,
            "keys": [] if absent else fields(value.group, given or {}, path)}


def _either(value: Either, given: Any, path: Path, key: Key, fields: Fields) -> Field:
    way = way_of(value, given)
    inner = {"path": list(path), "label": "", **control(ways_of(value)[way], given, path, key, fields)}
    return {"is": "either", "way": way, "ways": [_way_words(one, key) for one in ways_of(value)], "inner": inner}


def _way_words(value: Value, key: Key) -> str:
    """A way in words: by an example of it, which says more than any name."""
    return line(example_of(value, key))


def _list(value: ListOf, given: Any, path: Path, key: Key, fields: Fields) -> Field:
    if given is not None and not isinstance(given, list):
        return _as_yaml(given)
    entries = list(given or ())
    if value.most is not None and value.least == value.most and not value.group:
        entries += [None] * (value.most - len(entries))
        example = example_of(value, key)
        items = [_item(value.inner, one, (*path, i), key, fields, example[i] if i < len(example) else "")
                 for i, one in enumerate(entries)]
        return {"is": "tuple", "items": items}
    items = [_item(value.inner, one, (*path, i), key, fields, None) for i, one in enumerate(entries)]
    return {"is": "list", "items": items, "of_groups": value.group is not None}


def _item(inner: Value, given: Any, path: Path, key: Key, fields: Fields, example: Optional[Any]) -> Field:
    if isinstance(inner, Unread):
        return {"path": list(path), "label": "", **_as_yaml(given)}
    shown = control(inner, given, path, key, fields)
    if example is not None and "example" in shown:
        shown["example"] = str(example)
    if isinstance(inner, Keys):
        shown["absent"] = False
        shown["keys"] = shown.get("keys") or fields(inner.group, given if isinstance(given, Mapping) else {}, path)
    name = given.get("name") or given.get("layer") if isinstance(given, Mapping) else None
    return {"path": list(path), "label": name if isinstance(name, str) else "", **shown}


def _unread(value: Unread, given: Any) -> Field:
    if value.kind is dict and isinstance(given, Mapping):
        return {"is": "spots", "rows": [[name, line(one)] for name, one in given.items()]}
    if value.kind is dict:
        return {"is": "spots", "rows": []} if given is None else _as_yaml(given)
    return {"is": "rows", "rows": [line(one) for one in given]} if isinstance(given, list) else (
        {"is": "rows", "rows": []} if given is None else _as_yaml(given))
