"""The form of *Place package* over a running KiCad, filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kicad_desk import Desk
from running_kicad import Press


def plan_of(desk: Desk, **asked: str) -> dict[str, Any]:
    """What *Place package* shows of demo.yaml."""
    plan = desk.form().act("preview", file="demo.yaml", **{"x": "", "y": "", **asked})
    assert "faults" not in plan, plan
    return plan


def do(desk: Desk, action: str, *chosen: str) -> dict[str, Any]:
    """Tick these on the form, and press *Place* or *Take over*."""
    seen = plan_of(desk)["seen"]
    done = desk.form().act(action, file="demo.yaml", x="", y="", seen=seen, chosen=list(chosen))
    assert "done" in done, done
    return done


def placed(press: Press, file: Path, **asked: object) -> dict[str, Any]:
    """What the form shows is done as it stands there, with the files beside the board."""
    shown = press.act("preview", file=str(file), **asked)
    assert "faults" not in shown, shown
    chosen = [change["id"] for change in shown["changes"] if change["ticked"]]
    done = press.act("place", file=str(file), seen=shown["seen"], chosen=chosen, write=True, **asked)
    assert "changed" not in done, "the board changed while it was looked at"
    return {**shown, **done}
