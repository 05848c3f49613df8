"""The JSON Schema of the package file, which gives completion and checks in an editor."""

from __future__ import annotations

from typing import Any


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of the models; its titles and defaults are those that help a person who types."""
    from .models.root import Root

    schema = Root.model_json_schema()
    _tidy(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Overmold package file", **schema}


def _tidy(node: Any) -> None:
    """Take out what pydantic adds for programs: titles made from key names, and null where a key is just left out."""
    if isinstance(node, list):
        for inner in node:
            _tidy(inner)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str):
        del node["title"]
    if "default" in node and node["default"] in (None, "", 0, [], [0, 0]):
        del node["default"]
    choices = node.get("anyOf")
    if isinstance(choices, list):
        stated = [choice for choice in choices if choice != {"type": "null"}]
        if len(stated) == 1:
            del node["anyOf"]
            node.update({key: value for key, value in stated[0].items() if key not in node})
        else:
            node["anyOf"] = stated
    for inner in node.values():
        _tidy(inner)
