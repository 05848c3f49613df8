"""Where everything of a package stands in its file, under the keys that measures and reports use."""

from __future__ import annotations

from collections.abc import Iterator

from ...marked_yaml import Marked
from ...marked_yaml.tree import Node
from ...package import Place, keys

_NAMED = (keys.CHIPS, keys.PASSIVES)


def part_names(marked: Marked) -> Iterator[tuple[str, int, int]]:
    """The name of every chip and passive that has one, with its line and column."""
    for key in _NAMED:
        _, entries = marked.root.value.get(key, (None, None))
        for entry in entries.value if entries is not None and isinstance(entries.value, list) else ():
            if _name_of(entry):
                named = entry.value["name"][1]
                yield named.value, named.line, named.column


def places_in(marked: Marked) -> dict[str, Place]:
    """``chips.U1.bumps.height`` -> Place, for every key that holds a value; single bumps and balls are not listed."""
    found: dict[str, Place] = {}
    for key, (name, node) in marked.root.value.items():
        if key in _NAMED and isinstance(node.value, list):
            for entry in node.value:
                part = _name_of(entry)
                if part:
                    _add(found, marked.source, keys.within(key, part), part, entry, entry)
        else:
            _add(found, marked.source, key, key.replace("_", " "), name, node)
    return found


def _name_of(entry: Node) -> str:
    named = entry.value.get("name") if isinstance(entry.value, dict) else None
    return named[1].value if named is not None and isinstance(named[1].value, str) else ""


def _add(found: dict[str, Place], source: str, key: str, text: str, name: Node, node: Node) -> None:
    """One place, and those of the keys below; a group stands at its name, a value where it is written."""
    spot = node if isinstance(node.value, str) else name
    found.setdefault(key, Place(text, source, spot.line, spot.column))
    # An array's own keys are the matter of its layout, not of the package.
    if isinstance(node.value, dict) and keys.last(key) != "array":
        for inner, (inner_name, inner_node) in node.value.items():
            _add(found, source, keys.within(key, inner), f"{text} {inner.replace('_', ' ')}", inner_name, inner_node)
