"""A package as data for assembly houses, mask shops and spreadsheets: one row of ``KINDS`` for each kind of file.

- ``tables``, ``ball_map``, ``bill``: what there is to tell, as tables; ``workbook`` writes them all in one file.
- ``plan``: all of a package in plan, layer by layer, for ``dxf`` and ``gds`` to write.
- ``aif``: chips, wires, fingers and balls in the interchange format of assembly houses.
- ``chiplet``: carrier and chips in the open format for assemblies of chiplets.

Every file has its origin in the carrier's centre, x to the right and **y up**, as their readers take for granted, the package
not turned and seen from the chip side. (Boards, package files and what other commands print have y down.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...package import Package


@dataclass(frozen=True)
class Kind:
    """One kind of file: ``name`` is what people ask for, ``ending`` follows the package's name in its file, ``words`` say what
    is in it. ``write`` gives the file; nothing where the package has nothing of the kind, which ``lacks`` says."""

    name: str
    ending: str
    words: str
    write: Callable[[Package], bytes]
    lacks: str = "there is no carrier"


def _by(module: str) -> Callable[[Package], bytes]:
    """What ``write`` of that module here makes of a package."""
    def write(package: Package) -> bytes:
        made: bytes = import_module(f".{module}", __name__).write(package)
        return made

    return write


def _csv(table: str) -> Callable[[Package], bytes]:
    def write(package: Package) -> bytes:
        from .tables import TABLES, csv_of

        return csv_of(TABLES[table](package))

    return write


KINDS = (
    Kind("xlsx", ".xlsx", "workbook: ball map and list of balls or leads, connections, wires, bill of materials",
         _by("workbook"), "there is nothing in it"),
    Kind("balls", ".balls.csv", "every ball, or lead of a frame, with its net and place", _csv("balls"),
         "there are no balls and no leads"),
    Kind("top-lands", ".top-lands.csv", "every land for an upper package with its net and place", _csv("top-lands"),
         "there are no lands for an upper package"),
    Kind("connections", ".connections.csv", "every die pad on its way to the ball",
         _csv("connections"), "no bump and no bond pad has a net or a joint"),
    Kind("wires", ".wires.csv", "every wire with its ends and numbers", _csv("wires"), "there are no wires"),
    Kind("bom", ".bom.csv", "bill of materials of the package", _csv("bill"), "there are no parts"),
    Kind("dxf", ".dxf", "outline, leads, balls, chips, fingers and wires in plan, for mechanical CAD", _by("dxf")),
    Kind("aif", ".aif", "chips, wires, fingers and balls for an assembly house (AIF 2.0)", _by("aif"), "there is no chip"),
    Kind("chiplet", ".chiplet", "carrier and chips where they stand, for assemblies of chiplets (.chiplet 1.0)", _by("chiplet"),
         "there is no chip"),
    Kind("gds", ".gds", "bumps, bond pads and outlines for mask and die tools (GDSII)", _by("gds")),
)
# Asked for by one word each, several kinds.
GROUPS = {"csv": tuple(kind.name for kind in KINDS if kind.ending.endswith(".csv")), "all": tuple(kind.name for kind in KINDS)}

__all__ = ["GROUPS", "KINDS", "Kind"]
