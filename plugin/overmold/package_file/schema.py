"""The JSON Schema of the package file, which gives completion and checks in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models.group import Group, Key


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of the models."""
    from .models.root import Root

    groups: dict[str, dict[str, Any]] = {}

    def reference(group: type[Group]) -> dict[str, Any]:
        if group.__name__ not in groups:
            groups[group.__name__] = {}  # a group may hold groups of its own kind
            groups[group.__name__] = _of_group(group, reference)
        return {"$ref": f"#/$defs/{group.__name__}"}

    root = _of_group(Root, reference)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Overmold package file",
            "$defs": dict(sorted(groups.items())), **root}


def _of_group(group: type[Group], reference: Any) -> dict[str, Any]:
    from .models.group import NEEDED

    needed = [name for name, one in group.keys.items() if one.usual is NEEDED]
    return {"additionalProperties": False, "description": group.__doc__,
            "properties": {name: _of_key(one, reference) for name, one in group.keys.items()},
            **({"required": needed} if needed else {}), "type": "object"}


def _of_key(key: Key, reference: Any) -> dict[str, Any]:
    """The schema of one key; a default is said where it helps a person who types."""
    said = {"description": key.says} if key.says else {}
    examples = {"examples": list(key.examples)} if key.examples else {}
    usual = list(key.usual) if isinstance(key.usual, tuple) else key.usual
    default = {"default": usual} if usual and isinstance(usual, (str, int, list)) and usual != [0, 0] else {}
    return {**key.value.schema(reference), **said, **examples, **default, **({"deprecated": True} if key.deprecated else {})}
