"""Change single values of a YAML text and leave every other character, comments and order included, as people wrote it.

A change is spliced into the text where the value stands. What came of it is read back: where that is not the data before
with this one change, nothing is changed and a fault says so.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Union

from ..faults import Faults
from . import Path, core_value, load
from .spans import ALIAS, LIST, MAPPING, SCALAR, Span, spans

REMOVE = object()
_PLAIN = re.compile(r"""(?:[-](?=[^\s]))?[^\s\-?:,\[\]{}#&*!|>'"%@`][^:#,\[\]{}"'\\\n\r\t]*(?<! )""")
_DOCUMENT = re.compile(r"---|\.\.\.")


@dataclass(frozen=True)
class Edit:
    """``value`` is to stand at ``path``: text, a number, yes or no, None, or lists and dicts of these; REMOVE takes it away.

    A last step that is not there yet is added; the length of a list appends to it. Groups on the way are made.
    """

    path: tuple[Union[str, int], ...]
    value: Any


@dataclass(frozen=True)
class Rename:
    """The key at ``path`` is to be called ``key``, where it stands."""

    path: tuple[Union[str, int], ...]
    key: str


def edited(text: str, source: str, edits: Sequence[Union[Edit, Rename]]) -> str:
    """The text after all ``edits``, each seeing what those before it left. Raises Faults, and then nothing is changed."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text[len(mark):]
    for edit in edits:
        before = load(text, source)
        text = _one(text, source, edit)
        due = copy.deepcopy(before.data)
        try:
            due = _renamed(due, edit) if isinstance(edit, Rename) else _changed(due, edit)
        except (IndexError, KeyError, TypeError):
            said = f"there is no place for '{_words(edit.path)}' here; write it by hand"
            raise Faults([before.fault(edit.path, said)]) from None
        try:
            is_right = load(text, source).data == due
        except Faults:
            is_right = False
        if not is_right:
            raise Faults([before.fault(edit.path, f"'{_words(edit.path)}' cannot be changed by itself here (an anchor, or "
                                                  "an unusual way of writing it); change it by hand")])
    return mark + text


def scalar(value: Any, style: str = "") -> str:
    """One word or number as it is written: without quotes where it then still means the same."""
    if not isinstance(value, str):
        return json.dumps(value)  # as YAML writes numbers, true, false and null
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    is_plain = _PLAIN.fullmatch(value) and isinstance(core_value(value), str) and not _DOCUMENT.match(value)
    return value if is_plain and style != '"' else json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:
    """A value in one line, groups and lists in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def _one(text: str, source: str, edit: Union[Edit, Rename]) -> str:
    node, value = spans(text), getattr(edit, "value", None)
    last = len(edit.path) - 1
    for depth, step in enumerate(edit.path):
        i = node.child(step)
        if i is None:
            value = REMOVE if value is REMOVE else _nested(edit.path[depth + 1:], value)
            if value is REMOVE or isinstance(edit, Rename):
                return text
            return _added(text, source, node, (edit.path, depth), value)
        if depth == last and isinstance(edit, Rename):
            key = node.keys[i]
            return text[:key.start] + scalar(edit.key, key.style) + text[key.end:]
        if depth == last and value is REMOVE:
            return _without(text, node, i)
        around, node = node, node.values[i]
        if node.kind == SCALAR and depth < last and not node.text and not node.style:
            value = _nested(edit.path[depth + 1:], value)
            return text if value is REMOVE else _put(text, around, i, value)
        if depth == last:
            return _put(text, around, i, value)
    return text


def _nested(path: Path, value: Any) -> Any:
    for step in reversed(path):
        value = value if value is REMOVE else [value] if isinstance(step, int) else {step: value}
    return value


def _put(text: str, around: Span, i: int, value: Any) -> str:
    """Another value in the place of one that is there."""
    node = around.values[i]
    if node.style in ("'", '"') and isinstance(value, str):
        return text[:node.start] + scalar(value, node.style) + text[node.end:]
    before, behind = text[:node.start], text[node.end:]
    if node.kind == SCALAR and node.start == node.end:
        before += ("" if around.kind == LIST or ":" in text[around.keys[i].end:node.start] else ":") + " "
    elif node.kind in (MAPPING, LIST) and not node.flow and around.kind == MAPPING:
        before = text[:text.index(":", around.keys[i].end) + 1] + " "  # what stood in lines below now stands beside its key
    return before + flow(value) + behind


def _added(text: str, source: str, node: Span, where: tuple[Path, int], value: Any) -> str:
    """A key that the mapping lacks, or one more item of a list."""
    path, depth = where
    step = path[depth]
    fits = isinstance(step, int) and step == len(node.values) if node.kind == LIST else isinstance(step, str)
    if node.kind == ALIAS or not fits or (node.kind == SCALAR and (depth or node.text)):
        raise Faults([load(text, source).fault(path[:depth], f"there is no place for '{_words(path)}' here; write it by hand")])
    item = flow(value) if node.kind == LIST else f"{scalar(str(step))}: {flow(value)}"
    if node.kind == SCALAR:  # a file of nothing but comments
        return text + ("" if not text or text.endswith("\n") else "\n") + item + "\n"
    if not node.values:
        return text[:node.start] + (f"[{item}]" if node.kind == LIST else f"{{{item}}}") + text[node.end:]
    end = node.values[-1].end
    if node.flow:
        return f"{text[:end]}, {item}{text[end:]}"
    line_end = _line_end(text, end)
    newline = "\r\n" if "\r\n" in text else "\n"
    dash = "- " if node.kind == LIST else ""
    return f"{text[:line_end]}{newline}{' ' * _column(text, node.start)}{dash}{item}{text[line_end:]}"


def _without(text: str, node: Span, i: int) -> str:
    """The text without one value of a mapping or a list; comments above it stay."""
    starts = node.keys if node.kind == MAPPING else node.values
    if len(node.values) == 1:
        return text[:node.start] + ("{}" if node.kind == MAPPING else "[]") + text[node.end:]
    if node.flow:
        if i + 1 < len(starts):
            return text[:starts[i].start] + text[starts[i + 1].start:]
        return text[:node.values[i - 1].end] + text[node.values[i].end:]
    start = starts[i].start if node.kind == MAPPING else _dash(text, node, i)
    line = start - _column(text, start)
    end = _line_end(text, node.values[i].end)
    if not text[line:start].strip():
        return text[:line] + text[end + len(_newline_at(text, end)):]
    # It stands behind the dash of a list: the next one goes up there, and what was said between them goes above.
    following = starts[1].start if node.kind == MAPPING else _dash(text, node, 1)
    between = text[end + len(_newline_at(text, end)):following - _column(text, following)]
    return text[:line] + between + text[line:start] + text[following:]


def _dash(text: str, node: Span, i: int) -> int:
    """Where the dash before the i-th item of a list in lines stands."""
    column, at = _column(text, node.start), node.values[i].start
    if i == 0:
        return node.start
    while True:
        at = text.rfind("-", 0, at)
        if at < 0 or _column(text, at) == column:
            return at


def _column(text: str, at: int) -> int:
    return at - (max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1)


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]|$").search(text, at)
    return found.start() if found else len(text)


def _newline_at(text: str, at: int) -> str:
    return "\r\n" if text[at:at + 2] == "\r\n" else text[at:at + 1]


def _changed(data: Any, edit: Edit) -> Any:
    """The data with the edit made in it."""
    around, path = {"": data}, ("", *edit.path)
    here: Any = around
    for step, following in zip(path, path[1:]):
        if isinstance(here, dict) and here.get(step) is None and edit.value is not REMOVE:
            here[step] = [] if isinstance(following, int) else {}
        elif isinstance(here, list) and step == len(here):
            here.append([] if isinstance(following, int) else {})
        found = here.get(step) if isinstance(here, dict) else here[step]
        if found is None:
            return around[""]
        here = found
    last = path[-1]
    if edit.value is REMOVE:
        if isinstance(here, dict):
            here.pop(last, None)
        elif isinstance(last, int) and last < len(here):
            del here[last]
    elif isinstance(here, list) and last == len(here):
        here.append(_data(edit.value))
    else:
        here[last] = _data(edit.value)
    return around[""]


def _renamed(data: Any, edit: Rename) -> Any:
    here = data
    for step in edit.path[:-1]:
        here = here[step]
    entries = [(edit.key if key == edit.path[-1] else key, value) for key, value in here.items()]
    here.clear()
    here.update(entries)
    return data


def _data(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _data(one) for key, one in value.items()}
    return list(map(_data, value)) if isinstance(value, (list, tuple)) else value


def _words(path: Path) -> str:
    return ".".join(map(str, path))
