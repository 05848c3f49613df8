"""What the rule files that come with Overmold say, read beforehand: reading sixty files of YAML takes a third of a short check.

``rules/snapshot.json`` is written by ``make generated``. Each entry goes by the checksum of the bytes that it was made from and
is passed over where the file's differ, so a rule that somebody edits or adds is always read from its own file. Only rules and
alloys without a fault are in it, and no examples.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

from ..package import Alloy
from .model import Limits, Rule

NAME = "snapshot.json"
_TEXTS = ("title", "measure", "severity", "why", "fix", "source", "corners")


class Snapshot:
    """The entries by path below the rules' folder; none where there is no snapshot, or one that cannot be understood."""

    def __init__(self, folder: Path) -> None:
        try:
            found = json.loads((folder / NAME).read_bytes())
        except (OSError, ValueError):
            found = {}
        self._entries: dict[str, Any] = found if isinstance(found, dict) else {}

    def rule(self, deck: str, name: str, data: bytes) -> Optional[Rule]:
        """The rule of the file that holds ``data``; None where it has to be read."""
        entry = self._entry(f"{deck}/{name}.yaml", data)
        if entry is None:
            return None
        try:
            limits = Limits(**{key: Fraction(one) if isinstance(one, str) else one for key, one in entry["limits"].items()})
            texts = {key: entry[key] for key in _TEXTS}
            return Rule(name=name, deck=deck, limits=limits, claims=tuple(entry["claims"]), **texts)
        except (AttributeError, KeyError, TypeError, ValueError):
            return None

    def alloys(self, path: str, data: bytes) -> Optional[dict[str, Alloy]]:
        """The alloys of the file that holds ``data``; None where it has to be read."""
        entry = self._entry(path, data)
        if entry is None:
            return None
        try:
            return {name: Alloy(*one) for name, one in entry["alloys"].items()}
        except (AttributeError, KeyError, TypeError):
            return None

    def _entry(self, path: str, data: bytes) -> Optional[dict[str, Any]]:
        entry = self._entries.get(path)
        return entry if isinstance(entry, dict) and entry.get("of") == _checksum(data) else None


def text(rules: Iterable[tuple[Rule, bytes]], alloys: dict[str, Alloy], path: str, data: bytes) -> str:
    """The snapshot of the rules, each with its file's bytes, and of the alloys in the file ``path`` that holds ``data``."""
    entries: dict[str, Any] = {}
    for rule, of in rules:
        stated = {key: one for key, one in rule.limits._asdict().items() if one is not None}
        limits = {key: str(one) if isinstance(one, Fraction) else one for key, one in stated.items()}
        entries[f"{rule.deck}/{rule.name}.yaml"] = {
            "of": _checksum(of), "limits": limits, "claims": rule.claims, **{key: getattr(rule, key) for key in _TEXTS}}
    entries[path] = {"of": _checksum(data), "alloys": {
        name: [one.name, one.solidus, one.liquidus, one.source] for name, one in alloys.items()}}
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"


def _checksum(data: bytes) -> str:
    """Not against malice, whoever can write the rules can write the snapshot: against an edit that goes unnoticed."""
    return f"{len(data)}-{zlib.crc32(data):08x}"
