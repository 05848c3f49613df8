"""What was changed on the board, offered for the package file on the form of *Place package*."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..kicad.placing.proposal import Proposal
from ..pages.log import write_log
from ..plain import listed
from ..take_over import rows_to_take_over, take_over


def takes(made: Proposal, file: Path) -> list[dict[str, Any]]:
    """Every difference with both values, for the form to show; none is ticked."""
    return [{"id": f"take {row.id}", "key": row.key, "board": row.board, "file": row.file, "why": row.why_not}
            for row in rows_to_take_over(made, file)]


def written(made: Proposal, file: Path, chosen: list[str]) -> str:
    """Write the chosen rows; what was done, in words. Raises Faults, and then nothing is written."""
    files = take_over(made, file, [one.removeprefix("take ") for one in chosen])
    names = listed([str(one) for one in files])
    write_log(f"Take over: {names}: {', '.join(chosen)}")
    return f"Taken over into {names}; everything else there is as it was."
