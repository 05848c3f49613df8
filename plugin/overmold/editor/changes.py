"""What somebody did in the form, as edits of the text: comments, order and every other line stay as they are.

A change is a dict: what it ``does``, the ``path`` it is about, and what else it says. ``set`` a line (nothing written takes the
key away), ``list`` for several beside each other, ``add`` an entry or a group, ``like`` another entry as this one, ``way`` of
an either, ``yaml`` for a line of YAML, ``remove``, ``rename``; ``sites`` and ``nets`` are said in their own modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Optional, Union

from ..faults import fail
from ..marked_yaml import Marked, load
from ..marked_yaml.edit import REMOVE, Edit, Rename, edited
from ..package_file import read_so_far
from ..package_file.models.group import NEEDED, Key
from ..package_file.models.root import key_in_file
from ..package_file.models.values import Either, ListOf, Path, Scalar, Unread, Value
from .controls import example_of, first_entry, way_of, ways_of, words_of
from .draft import Draft
from .nets import NETS, changed_nets
from .sites import arrays_in, toggled

Change = Mapping[str, Any]
Edits = Iterator[Union[Edit, Rename]]
_OLDER = "this page is older than the plugin; load it anew"


def changed(draft: Draft, changes: Sequence[Change]) -> Draft:
    """The draft after these changes, each seeing what those before it left; raises Faults where one cannot be made."""
    for change in changes:
        if change.get("does") == NETS:
            draft = changed_nets(draft, change)
            continue
        marked = draft.marked()
        path = path_in(change)
        if change.get("does") == "sites":
            edits: list[Union[Edit, Rename]] = list(_sites(draft, path, change))
        elif change.get("does") in _DOES and path:
            edits = list(_DOES[str(change["does"])](marked, path, change))
        else:
            raise fail(str(draft.file), _OLDER)
        draft = replace(draft, text=edited(draft.text, str(draft.file), edits))
    return draft


def path_in(change: Change) -> Path:
    """The path that a change is about; raises Faults for what is none."""
    path = change.get("path", [])
    if not isinstance(path, list) or not all(isinstance(step, (str, int)) and not isinstance(step, bool) for step in path):
        raise fail("editor", _OLDER)
    return tuple(path)


def _words(change: Change, name: str = "text") -> str:
    words = change.get(name)
    if not isinstance(words, str):
        raise fail("editor", _OLDER)
    return words


def _set(marked: Marked, path: Path, change: Change) -> Edits:
    words = _words(change).strip()
    is_entry = isinstance(path[-1], int)
    if words or is_entry:
        yield Edit(path, _typed(_scalar_at(path), words))
    else:
        yield from _removed(marked, path, change)


def _list(marked: Marked, path: Path, change: Change) -> Edits:
    texts = change.get("texts")
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise fail("editor", _OLDER)
    texts = [one.strip() for one in texts]
    kind, there = _scalar_at(path), _value(marked, path)
    if not any(texts) and not isinstance(path[-1], int):
        yield from _removed(marked, path, change)
    elif isinstance(there, list) and len(there) == len(texts):
        yield from (Edit((*path, i), _typed(kind, text)) for i, text in enumerate(texts) if text != there[i])
    else:
        yield Edit(path, [_typed(kind, text) for text in texts])


def _add(marked: Marked, path: Path, change: Change) -> Edits:
    key, there = _key(path), _value(marked, path)
    value = _value_at(path, there)
    if isinstance(value, Unread) and isinstance(there, Mapping):
        name, spot = next(iter(key.examples[0].items()))
        yield Edit((*path, _free(name, there)), spot)
    elif isinstance(value, ListOf):
        new = example_of(value.inner, key) if value.group is None else first_entry(key) or example_of(value.inner, key)
        yield Edit((*path, len(there or ())), _named(new, there or ()))
    elif isinstance(value, Unread) and value.kind is list:
        yield Edit((*path, len(there or ())), key.examples[0][0])
    else:
        yield Edit(path, key.examples[0] if key.examples else example_of(value, key))


def _like(marked: Marked, path: Path, change: Change) -> Edits:
    around = _value(marked, path[:-1])
    if not isinstance(around, list) or not isinstance(path[-1], int) or path[-1] >= len(around):
        raise fail("editor", _OLDER)
    node = marked.at(path)
    assert node is not None
    yield Edit((*path[:-1], len(around)), _named(Marked(marked.source, node).data, around))


def _way(marked: Marked, path: Path, change: Change) -> Edits:
    key, way = _key(path), change.get("way")
    value = key.value
    if not isinstance(value, Either) or not isinstance(way, int) or not 0 <= way < len(ways_of(value)):
        raise fail("editor", _OLDER)
    yield Edit(path, example_of(ways_of(value)[way], key))


def _yaml(marked: Marked, path: Path, change: Change) -> Edits:
    words = _words(change).strip()
    if words:
        yield Edit(path, load(words, f"{marked.source}: {'.'.join(map(str, path))}").data)
    else:
        yield from _removed(marked, path, change)


def _removed(marked: Marked, path: Path, change: Change) -> Edits:
    """Takes a key or an entry away, and what then would be an empty group that need not be there."""
    while len(path) > 1:
        around, key = _value(marked, path[:-1]), key_in_file(path[:-1])
        is_last = isinstance(around, (Mapping, list)) and len(around) == 1 and not isinstance(path[-2], int)
        if not is_last or key is None or key.usual is NEEDED or (key.usual is None and isinstance(path[-1], str)):
            break
        path = path[:-1]
    yield Edit(path, REMOVE)


def _rename(marked: Marked, path: Path, change: Change) -> Edits:
    key, around = _words(change, "key").strip(), _value(marked, path[:-1])
    if not isinstance(around, Mapping) or path[-1] not in around:
        raise fail(marked.source, _OLDER)
    if key in around and key != path[-1]:
        raise fail(marked.source, f"there is a '{key}' here already; take one of the two away")
    if key:
        yield Rename(path, key)


def _sites(draft: Draft, path: Path, change: Change) -> Iterator[Edit]:
    names = change.get("names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise fail("editor", _OLDER)
    found = read_so_far(draft.text, str(draft.file), draft.file.parent, draft.folder.texts)
    laid = next((one for one in arrays_in(found, draft.folder) if one.path == path), None)
    if laid is not None:
        yield from toggled(laid, draft.marked(), names, bool(change.get("on")))


_DOES = {"set": _set, "list": _list, "add": _add, "like": _like, "way": _way, "yaml": _yaml, "remove": _removed,
         "rename": _rename}


def _key(path: Path) -> Key:
    key = key_in_file(path)
    if key is None:
        raise fail("editor", _OLDER)
    return key


def _value(marked: Marked, path: Path) -> Any:
    """What stands there, every scalar the text that it is written with; None where nothing does."""
    node = marked.at(path)
    return Marked(marked.source, node).words if node is not None else None


def _value_at(path: Path, there: Any) -> Value:
    """The kind of value at a path: of an either that which stands there, of a list in a list the inner one."""
    value = _key(path).value
    steps = [step for step in path if isinstance(step, int) and path[-1] == step][:1]
    value = ways_of(value)[max(way_of(value, there), 0)] if isinstance(value, Either) else value
    return value.inner if steps and isinstance(value, ListOf) else value


def _scalar_at(path: Path) -> Optional[Scalar]:
    """The kind of scalar that is typed in at a path or in the entries of what stands there."""
    key = key_in_file(path)
    value: Optional[Value] = key.value if key is not None else None
    if isinstance(value, Either):
        flat: Value = value.flat
        while isinstance(flat, ListOf):
            flat = flat.inner
        value = flat if isinstance(path[-1], int) and isinstance(flat, Scalar) else value.word
    while isinstance(value, ListOf):
        value = value.inner
    return value if isinstance(value, Scalar) else None


def _typed(kind: Optional[Scalar], words: str) -> Any:
    """What somebody typed as it is written: numbers, true and false without quotes where nothing else can be meant."""
    if kind is None:
        return words
    says = kind.says.get("items", kind.says).get("type")
    if says == "integer" and re.fullmatch(r"0|[1-9][0-9]{0,8}", words):
        return int(words)
    if words in words_of(kind):
        if says == "boolean":
            return words == "true"
        return next((one for one in kind.says.get("enum", ()) if not isinstance(one, str) and str(one) == words), words)
    return words


def _named(entry: Any, others: Sequence[Any]) -> Any:
    """The entry, with a name of its own among the others."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return entry
    taken = [one.get("name") for one in others if isinstance(one, Mapping)]
    return {**entry, "name": _free(entry["name"], taken)}


def _free(name: str, taken: Any) -> str:
    """A name like this one that is not taken: U1, then U2."""
    head = name.rstrip("0123456789")
    number = int(name[len(head):] or 1)
    while f"{head}{number}" in taken:
        number += 1
    return name if name not in taken else f"{head}{number}"
