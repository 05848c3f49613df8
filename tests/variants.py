"""The demo package with changes, as a rule's example states them: ``{"mold.cap": "440 um", "passives": None}``."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from overmold.marked_yaml import load
from overmold.package import Package
from overmold.package_file import read_package_text
from paths import DEMO


def demo_data() -> dict[str, Any]:
    """The demo's package file as plain data."""
    return copy.deepcopy(load(DEMO.read_bytes(), str(DEMO)).data)


def changed(data: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` with each dotted path set to its value; None removes it, an index one past the end appends."""
    for path, given in changes.items():
        value = copy.deepcopy(given)  # a later change may reach into it, and the rule must keep its own
        *around, last = path.split(".")
        node: Any = data
        for step in around:
            node = node[int(step)] if isinstance(node, list) else node[step]
        if isinstance(node, list):
            node[int(last):int(last) + 1] = [value]
        elif value is None:
            del node[last]
        else:
            node[last] = value
    return data


def package_of(data: Mapping[str, Any]) -> Package:
    """Read it; JSON is YAML too."""
    return read_package_text(json.dumps(data, indent=1, ensure_ascii=False), "demo.yaml", DEMO.parent)


def demo(**changes: Any) -> Package:
    """The demo package; a dotted path is written with two underscores: ``demo(mold__cap="440 um")``."""
    return package_of(changed(demo_data(), {path.replace("__", "."): value for path, value in changes.items()}))


def demo_with(*changes: Mapping[str, Any]) -> Package:
    """The demo package after several sets of changes, in order."""
    data = demo_data()
    for some in changes:
        changed(data, some)
    return package_of(data)
