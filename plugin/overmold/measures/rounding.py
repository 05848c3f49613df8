"""How far a reading may be off because the points of what is turned are whole nanometres.

A board keeps every point in whole nanometres, and turning it rounds them: once where a part sits, once where its corner
lies from there, and once more when the file is read. A design that stands exactly on a limit stands there at any angle.
"""

from __future__ import annotations

from ..package import Package
from ..shapes import ROUNDING
from ..units import ANGLE, LENGTH, Kind
from . import Reading

_SLACK = {LENGTH.name: ROUNDING, ANGLE.name: 2}  # of a ratio it depends on the lengths, so its measure says it


def is_turned(package: Package) -> bool:
    """Whether any outline is other than a rectangle along the axes, whose corners are exact."""
    carrier, mold = package.carrier, package.mold
    regions = mold.regions if mold is not None else ()
    outlines = [part.outline for part in (carrier, mold, *regions, *package.chips, *package.passives) if part is not None]
    return not all(outline.is_box for outline in outlines)


def with_slack(reading: Reading, kind: Kind, turned: bool) -> Reading:
    """The reading with as much slack as a turn can make it need; none where nothing is turned."""
    slack = (reading.slack or _SLACK.get(kind.name, 0)) if turned else 0
    return reading if slack == reading.slack else reading._replace(slack=slack)
