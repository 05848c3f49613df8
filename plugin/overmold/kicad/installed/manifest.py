"""What KiCad needs to find in a plugin's folder. By checks of our own: the schema comes with packages that may be absent,
and does not say that the files it names exist."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from .homes import IDENTIFIER


def faults_of_manifest(folder: Path) -> list[str]:
    """What is wrong with the plugin.json in a folder and with the files it names; each as words that name the file."""
    path = folder / "plugin.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror}"]
    except ValueError as error:
        return [f"{path} is not JSON ({error})"]
    if not isinstance(found, dict):
        return [f"{path} is not a JSON object"]
    kinds = {"name": str, "description": str, "runtime": dict, "actions": list}
    faults = [f"{path} lacks '{key}'" for key, kind in kinds.items() if not isinstance(found.get(key), kind)]
    if found.get("identifier") != IDENTIFIER:
        faults.append(f"{path} calls itself '{found.get('identifier')}' and not '{IDENTIFIER}'")
    actions = found.get("actions")
    if isinstance(actions, list):
        if not actions:
            faults.append(f"{path} has no actions")
        faults += [fault for action in actions for fault in _faults_of_action(path, action)]
    if not (folder / "requirements.txt").is_file():
        faults.append(f"{folder / 'requirements.txt'} is not there")
    if not (folder / "overmold/rules/claims").is_dir() and not (folder.resolve().parent / "rules/claims").is_dir():
        faults.append(f"{folder / 'overmold/rules'} is not there")
    return faults


def version_in(folder: Path) -> str:
    """The version of the plugin in a folder, "" where that cannot be read."""
    try:
        words = (folder / "overmold/__init__.py").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r'^__version__ = "([^"]+)"', words, re.MULTILINE)
    return found[1] if found else ""


def _faults_of_action(path: Path, action: Any) -> list[str]:
    if not isinstance(action, dict):
        return [f"{path} has an action that is not an object"]
    faults = [f"{path} has an action without '{key}'" for key in ("identifier", "name", "description", "entrypoint")
              if not isinstance(action.get(key), str)]
    names = [action.get("entrypoint"), *_strings(action.get("icons-light")), *_strings(action.get("icons-dark"))]
    return faults + [f"{path.parent / name} is not there" for name in names
                     if isinstance(name, str) and not (path.parent / name).is_file()]


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
