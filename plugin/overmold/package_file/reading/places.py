"""Where everything of a package stands in its file, under the keys that measures and reports use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...faults import Fault
from ...marked_yaml import Marked
from ...marked_yaml.tree import Node
from ...package import Chip, Passive, Place, keys
from ...shapes import midpoint
from ..models.values import short
from .fingers import Placed

if TYPE_CHECKING:
    from .wires import Laid

CARRIER_REFERENCE = "PKG1"
_NAMED = (keys.CHIPS, keys.PASSIVES)
_LISTED = (*_NAMED, keys.KEEP_OUTS, keys.CAVITIES)


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
        if key in _LISTED and isinstance(node.value, list):
            for entry in node.value:
                part = _name_of(entry)
                if part:
                    _add(found, marked.source, keys.within(key, part), part, entry, entry)
        else:
            _add(found, marked.source, key, key.replace("_", " "), name, node)
    return found


def one_name_each(marked: Marked, faults: list[Fault], broken: set[str]) -> None:
    """A fault for each part of another's name, counting those that could not be read for other reasons."""
    first: dict[str, int] = {}
    for name, line, column in part_names(marked):
        if name == CARRIER_REFERENCE:
            said = f"'{name}' is what the carrier itself is called; choose another name"
            faults.append(Fault(marked.source, said, line, column))
        elif name in first:
            said = f"'{short(name)}' is the name of another part, in line {first[name]}; give each part its own"
            faults.append(Fault(marked.source, said, line, column))
            broken.add(name)
        first.setdefault(name, line)


def places_of(marked: Marked, chips: Sequence[Chip], passives: Sequence[Passive], fingers: Sequence[Placed],
              wires: Sequence[Laid]) -> dict[str, Place]:
    """As ``places_in``, with every finger and wire, and where parts, fingers and wires are on the carrier."""
    places = places_in(marked)
    for finger, path in fingers:
        line, column = marked.place(path, key=True)
        places[finger.key] = Place(f"finger {finger.name}", marked.source, line, column, at=finger.at)
    for one in wires:
        wire = one.wire
        places[wire.key] = Place(f"wire {wire.start} to {wire.end}", one.source, one.line, one.column,
                                 at=midpoint(wire.from_at, wire.to_at))
    regions = marked.at(("mold", "regions"))
    for entry in regions.value if regions is not None and isinstance(regions.value, list) else ():
        if _name_of(entry):
            _add(places, marked.source, keys.region(_name_of(entry)), f"mold {_name_of(entry)}", entry, entry)
    for key, at in [*((chip.key, chip.at) for chip in chips), *((part.key, part.at) for part in passives)]:
        if key in places:
            places[key] = replace(places[key], at=at)
    return places


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
