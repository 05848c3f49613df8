"""KiCad's own check of boards that were saved in it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from conftest import KicadCli
from running_kicad import opened
from waiting import wait_for


class Judge:
    """KiCad's own check of what is saved, less what it finds of other people's parts."""

    def __init__(self, kicad_cli: KicadCli, version: str) -> None:
        self.kicad_cli, self.version = kicad_cli, version

    def __call__(self, board: Path) -> Counter[str]:
        """Everything but unrouted nets that KiCad finds, by kind and items."""
        found = self._report(board)
        every = (*found["violations"], *found.get("schematic_parity", ()))
        return Counter(f"{one['type']}: {one['description']}: {sorted(item['description'] for item in one['items'])}"
                       for one in every)

    def unrouted(self, board: Path) -> int:
        """How many connections are still to be drawn."""
        return len(self._report(board)["unconnected_items"])

    def _report(self, board: Path) -> dict[str, Any]:
        report = board.with_name("drc.json")
        self.kicad_cli(self.version, "pcb", "drc", "--format", "json", "--severity-all", "--schematic-parity", "-o", report,
                       board)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def saved(board: Path) -> Path:
    """The open board, saved as a person saves it: with its project."""
    opened().board.save()
    wait_for(lambda: board.with_suffix(".kicad_pro").exists(), "the project to be saved")
    return board
