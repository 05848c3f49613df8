"""The part of *Place package* that is about the board: which way the package comes to it, what its parts are called there, and
what is written beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from ..faults import Faults
from ..kicad.live.board import OpenBoard
from ..kicad.placing.beside import Beside, beside, is_set_up
from ..kicad.placing.modes import OWN, PATTERN
from ..kicad.placing.offer import Offer, Wish
from ..kicad.placing.references import AS_THEY_ARE, NUMBERS, PREFIX, USUAL_PREFIX, Naming
from ..pages.log import write_log
from ..shapes import Point
from . import files


def wish(data: dict[str, Any], at: Optional[Point], board: OpenBoard) -> Wish:
    """What the form asks for. References that are taken get numbers where nobody has said otherwise."""
    how = data.get("how")
    naming = Naming(how if how in (AS_THEY_ARE, PREFIX) else NUMBERS, str(data.get("prefix") or USUAL_PREFIX).strip())
    return Wish(str(data.get("mode") or ""), at, naming, str(data.get("reference") or "").strip(),
                data.get("in_schematic") is True, _folder(board))


def shown(offered: Offer, board: OpenBoard) -> dict[str, Any]:
    """What the form shows of it."""
    naming = offered.wish.naming
    return {
        "mode": offered.mode, "taken": list(offered.taken), "how": naming.how, "prefix": naming.prefix,
        "reference": offered.reference, "beside": _files(offered, board),
        "modes": [{"key": one.key, "title": one.title, "says": one.says, "why_not": one.why_not} for one in offered.modes]}


def with_files(answer: dict[str, Any], offered: Offer, board: OpenBoard) -> dict[str, Any]:
    """``answer`` once the files are written, as somebody has agreed to, and what there is to press in KiCad now."""
    found = _beside(offered, board)
    try:
        written = found.write() if found is not None else []
    except Faults as faults:
        write_log(f"Place package: {faults}")
        return {**answer, "done": f"{answer['done']} The files beside the board could not be written: {faults}".strip()}
    write_log(f"Place package: wrote {', '.join(written)}")
    done = f"{answer['done']} {len(written)} file{'s' * (len(written) != 1)} written beside the board.".strip()
    steps = _steps(offered, found) if found is not None else []
    return {**answer, "done": done, "steps": steps, "judge": offered.mode != PATTERN}


def _beside(offered: Offer, board: OpenBoard) -> Optional[Beside]:
    """The files beside the board; None where it was never saved."""
    folder = _folder(board)
    return beside(offered, folder, board.name) if folder is not None else None


def _folder(board: OpenBoard) -> Optional[Path]:
    """The project's folder; None for a board that was never saved."""
    return files.project_folder(board) if board.board.document.project.path else None


def _files(offered: Offer, board: OpenBoard) -> dict[str, Any]:
    try:
        found = _beside(offered, board)
        due, stays = found.foreseen() if found is not None else ({}, [])
    except Faults as faults:
        return {"folder": "", "files": [], "stays": [], "why_not": str(faults)}
    if found is None:
        return {"folder": "", "files": [], "stays": [], "why_not": "This board was never saved, so nothing can stand beside "
                "it: save it, and press the button again for libraries, rules and set-up."}
    return {"folder": str(found.folder), "stays": stays, "why_not": "",
            "files": [{"path": path, "state": state, "says": found.says(path)} for path, state in due.items()]}


def _steps(offered: Offer, found: Beside) -> list[str]:
    """What to press in KiCad, in words."""
    library = [f"The library {found.name} is in the project's tables: KiCad finds it when the project is opened the next time."]
    if offered.mode == PATTERN:
        return [*library, f"For the schematic, place the symbol {found.name} from the library of the same name."]
    if offered.mode != OWN or is_set_up(offered.proposal.contents):
        return library
    return [
        "Save the board, so that it has a project to keep settings in.",
        "Choose File > Board Setup, and there press Import Settings from Another Board.",
        f"Import from {found.folder / found.settings}: press Select All, Import Settings, then OK. The board then has names of "
        "user layers, stack-up, net class and limits of the package's carrier.",
        *library]
