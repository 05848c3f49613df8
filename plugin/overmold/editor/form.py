"""What of a package file can be filled in: the models of the file and its text, as data for a page.

Nothing is listed here: every key of every group appears by itself, with the label, sentence and example that are declared
beside it. A field is a dict with its ``path``; what it ``is`` says how it is shown (see ``controls``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..package_file.models.group import NEEDED, Group, Key
from ..package_file.models.root import Root
from ..package_file.models.values import Path
from .controls import control
from .lines import line

Field = dict[str, Any]
_WIDE = ("group", "list", "rows", "spots")  # what takes more than a line stands behind what does not


def form(words: Any) -> Field:
    """The whole form of a package file; ``words`` is its content, every scalar the text that stands there."""
    return {"is": "group", "path": [], "label": "Package", "says": " ".join((Root.__doc__ or "").split()), "stated": True,
            "keys": fields_of(Root, words if isinstance(words, Mapping) else {}, ())}


def fields_of(group: type[Group], words: Mapping[str, Any], path: Path) -> list[Field]:
    """The fields of a group that stands at ``path``, those first that a package wants."""
    fields = [_field(one, words, path) for one in group.keys.values() if not one.deprecated or one.name in words]
    unknown = [{"path": [*path, name], "key": name, "label": name, "says": "There is no such key.", "needed": False,
                "stated": True, "usual": "", "rare": False, "is": "unknown", "text": line(words[name])}
               for name in words if name not in group.keys]
    return unknown + sorted(fields, key=lambda field: (bool(field["rare"]), field["is"] in _WIDE))


def _field(one: Key, words: Mapping[str, Any], path: Path) -> Field:
    stated = one.name in words
    inner = (*path, one.name)
    needed, wanted = one.usual is NEEDED, one.datum is not None and (one.datum.wanted or one.datum.needed)
    field = {"path": list(inner), "key": one.name, "label": label_of(one), "says": one.says_of_itself(), "needed": needed,
             "stated": stated, "usual": _usual(one), "rare": not (needed or wanted or _is_whole(one))}
    return {**field, **control(one.value, words.get(one.name), inner, one, fields_of)}


def label_of(one: Key) -> str:
    """What people call it: its declared label, else its key in words."""
    return one.datum.label if one.datum is not None else one.name[:1].upper() + one.name[1:].replace("_", " ")


def _is_whole(one: Key) -> bool:
    """Whether it is a part of the package, or where that stands and how large it is, rather than a detail of it."""
    return one.datum is None and (one.value.group is not None or one.name in ("size", "at", "grid", "pitch", "netlist"))


def _usual(one: Key) -> str:
    """What holds where it is left out, in words; "" where that is nothing."""
    if one.datum is not None and one.usual is not NEEDED:
        return one.datum.text(one.usual)
    return one.usual if isinstance(one.usual, str) else ""
