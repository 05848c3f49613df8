"""What is wrong in a package file, in plain words and at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Union

from ...faults import Fault
from ...marked_yaml import Marked
from ...marked_yaml.tree import Node
from ..models.root import key_in_file
from ..models.values import MISSING, UNKNOWN_KEY, Path, Wrong, short


def fault_of(wrong: Wrong, path: Path, marked: Marked) -> Fault:
    """A fault of the file; ``path`` is where it stands there. What is missing is shown at the group that lacks it."""
    if wrong.kind == MISSING:
        return replace(marked.fault(path[:-1], wrong.said, key=True), path=path)
    return marked.fault(path, wrong.said, key=wrong.kind == UNKNOWN_KEY)


def example(path: Sequence[Union[str, int]], kind: type = object) -> str:
    """How to write the value at ``path``, as the models' examples say; one of ``kind`` where there are several."""
    key = key_in_file(tuple(path))
    return key.example(kind) if key is not None else "a value"


def empty_values(marked: Marked) -> list[tuple[Path, Fault]]:
    """Keys and list entries that have no value: an oversight, whatever the key."""
    found: list[tuple[Path, Fault]] = []
    waiting: list[tuple[Path, Node]] = [((), marked.root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node.value, dict):
            inner = [((*path, key), value) for key, (_, value) in node.value.items()]
            if not inner and path[-1:] == ("cavity",):
                said = "'cavity' says nothing; write for example {depth: 200 um, room: 100 um}, or remove the key"
                found.append((path, marked.fault(path, said, key=True)))
        elif isinstance(node.value, list):
            inner = [((*path, i), value) for i, value in enumerate(node.value)]
        elif node.plain and node.value in ("", "~") and path and path[0] != "netlist":
            said = (f"'{short(path[-1])}' has no value; write for example {example(path)}, or remove the key"
                    if isinstance(path[-1], str) else "this entry of the list is empty; write it out, or remove it")
            found.append((path, marked.fault(path, said, key=True)))
            continue
        else:
            continue
        waiting.extend(inner)
    return found
