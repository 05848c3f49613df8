"""What pydantic found wrong, in plain words and at its place in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional, Union, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ...faults import Fault, did_you_mean
from ...marked_yaml import Marked
from ...marked_yaml.tree import Node
from ..models.root import Root
from ..models.types import short, what

Path = tuple[Union[str, int], ...]


def plain_faults(error: ValidationError, marked: Marked, real: dict[Path, Path]) -> list[tuple[Path, Fault]]:
    """Every error with its path in the file; ``real`` maps list entries that were checked to where they stand."""
    found = []
    for one in error.errors(include_url=False):
        loc: Path = one["loc"]
        path = _in_file(real.get(loc[:2], loc[:2]) + loc[2:], marked)
        found.append((path, _fault(one, path, marked)))
    return found


def _in_file(loc: Path, marked: Marked) -> Path:
    """Where an error stands: pydantic's path without its tags of unions, which begin with '<' and are no keys of the file."""
    path: Path = ()
    node: Optional[Node] = marked.root
    for step in loc:
        keys = node.value if node is not None and isinstance(node.value, dict) else ()
        if isinstance(step, str) and step.startswith("<") and step not in keys:
            continue
        path = (*path, step)
        node = marked.at(path)
    return path


def _fault(one: Any, path: Path, marked: Marked) -> Fault:
    kind = one["type"]
    if kind == "extra_forbidden":
        model = model_at(path[:-1])
        known = list(keys_of_model(model)) if model is not None else []
        return marked.fault(path, f"unknown key '{short(path[-1])}'{did_you_mean(str(path[-1]), known)}", key=True)
    if kind == "missing":
        said = f"'{path[-1]}' is missing; write for example {path[-1]}: {example(path)}"
        return marked.fault(path[:-1], said, key=True)
    return marked.fault(path, _said(kind, one, path))


def _said(kind: str, one: Any, path: Path) -> str:
    if kind == "value_error":
        return str(one["ctx"]["error"])
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        text = one["input"]
        hint = "; put a blank after each ':'" if isinstance(text, str) and ":" in text else ""
        return f"expected keys, not {what(text)}; write for example {example(path)}{hint}"
    if kind == "list_type":
        return f"expected a list, not {what(one['input'])}; write for example {example(path, list)}"
    if kind in ("too_short", "too_long"):
        due = one["ctx"].get("min_length" if kind == "too_short" else "max_length")
        count = f"{due} or more" if kind == "too_short" and due in (1, 3) else str(due)  # a size has 2, an area 4
        given = one["ctx"]["actual_length"]
        return f"expected {count} entries, not {given}; write for example {example(path, list)}"
    return f"unexpected value; write for example {example(path)}"


def field_at(path: Sequence[Union[str, int]]) -> Optional[FieldInfo]:
    """The field of the models that ``path`` leads to; steps into lists are passed over."""
    model: Optional[type[BaseModel]] = Root
    field: Optional[FieldInfo] = None
    for step in path:
        if isinstance(step, str):
            field = keys_of_model(model).get(step) if model is not None else None
            model = model_in(field.annotation) if field is not None else None
    return field


def keys_of_model(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the key that stands in the file."""
    return {given.alias or name: given for name, given in model.model_fields.items()}


def model_at(path: Sequence[Union[str, int]]) -> Optional[type[BaseModel]]:
    """The model that describes the keys of the group at ``path``."""
    if not path:
        return Root
    field = field_at(path)
    return model_in(field.annotation) if field is not None else None


def model_in(annotation: Any) -> Optional[type[BaseModel]]:
    """The group of keys that a value of this type is, or is a list of; None where it is no group."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := model_in(part)) is not None), None)


def example(path: Sequence[Union[str, int]], kind: type = object) -> str:
    """How to write the value at ``path``, as the models' examples say; one of ``kind`` where there are several."""
    field = field_at(path)
    model = model_in(field.annotation) if field is not None else None
    if field is not None and field.examples:
        return inline(next((one for one in field.examples if isinstance(one, kind)), field.examples[0]))
    if model is None:
        return "a value"
    return inline({name: given.examples[0] for name, given in keys_of_model(model).items()
                   if given.is_required() and given.examples})


def inline(value: Any) -> str:
    """``value`` as one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(inner) for inner in value) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text}"' if isinstance(value, str) and (text.isdigit() or not text) else text


def empty_values(marked: Marked) -> list[tuple[Path, Fault]]:
    """Keys and list entries that have no value: an oversight, whatever the key."""
    found: list[tuple[Path, Fault]] = []
    waiting: list[tuple[Path, Node]] = [((), marked.root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node.value, dict):
            inner = [((*path, key), value) for key, (_, value) in node.value.items()]
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
