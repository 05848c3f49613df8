"""A single footprint file becomes a Package of one part."""

from __future__ import annotations

from pathlib import PurePath

from ...faults import Faults, did_you_mean, fail
from ...package import LEAD_FRAME, Carrier, Package
from ...shapes import rectangle
from ..clauses.tree import tree
from ..names import fields as words
from ..names.fields import CARRIER, CHIP, LAND_PATTERN, PASSIVE
from .carrier import read_lid, read_singulation
from .chip import read_chip
from .contents import FOOTPRINT, read_contents
from .extent import must_hang_together
from .field_names import misnamed
from .fields import Notes
from .frame import has_frame, read_frame
from .mold import read_mold
from .one_footprint import Footprint, contacts, footprint_of
from .parts import FRONT_FAB, read_balls, read_passive, read_top_lands

ROLES = (CARRIER, CHIP, PASSIVE, LAND_PATTERN)


def read_footprint(data: bytes, source: str) -> Package:
    """The part of a package that a footprint file (``.kicad_mod``) draws; ``source`` names it for people.

    A carrier gives carrier, balls and mold, a chip a chip, a passive a passive, a land pattern the balls that stand
    on it. Raises Faults with everything that cannot be read, in one pass.
    """
    contents = read_contents(data, source, FOOTPRINT)
    notes = Notes(contents.index)
    only = footprint_of(contents, notes, 0)
    role = contents.role_of.get(0, "")
    if role not in ROLES:
        hint = did_you_mean(role, ROLES) if role else f": {', '.join(ROLES)}"
        raise fail(source, f"this footprint does not say what it is; give it the field '{words.PART}'{hint}")
    misnamed([only])
    package = _package(only, role, PurePath(source).stem)
    must_hang_together(package, notes)
    if notes.faults:
        raise Faults(sorted(notes.faults, key=lambda fault: (fault.line, fault.column)))
    return package


def _all_round(only: Footprint) -> bool:
    """Whether all of its pads are circles."""
    pads, index = only.contents.pads, only.contents.index
    return all(tree(index, int(pads.clauses[row])).word(2) == "circle" for row in contacts(pads, only.number).tolist())


def _package(only: Footprint, role: str, name: str) -> Package:
    source, notes, fields = only.contents.index.source, only.notes, only.fields
    if role == CHIP:
        chip = read_chip(only)
        return Package(name, source, chips=(chip,) if chip else (), places=notes.places)
    if role == PASSIVE:
        passive = read_passive(only, True)
        return Package(name, source, passives=(passive,) if passive else (), places=notes.places)
    body = None
    with notes.gathering(only.name):
        body = only.outline(FRONT_FAB, what=f"the carrier's outline on layer {FRONT_FAB}")
    if body is not None and role == LAND_PATTERN:
        # The cut corner of its fabrication outline is KiCad's mark of A1; the package itself has all four.
        body = rectangle(body.centre, body.size)
    if body is None and role == CARRIER:
        only.wrong(f"the carrier has no outline; draw a closed one on layer {FRONT_FAB}")
    only.put("carrier")
    data = fields.data(Carrier, "carrier")
    on_frame = role == CARRIER and has_frame(fields)
    # The lands of a package on a frame are for its leads, and those of another that are no circles for no balls.
    without_balls = data["kind"] == LEAD_FRAME or (bool(data["kind"]) and not _all_round(only))
    leaded = on_frame or (role == LAND_PATTERN and without_balls)
    return Package(
        fields.text(words.PACKAGE_NAME, "name") or name, source,
        Carrier(outline=body, frame=read_frame(only) if on_frame else None, **data) if body else None,
        mold=read_mold(only.contents, notes, only, fields) if role == CARRIER else None,
        balls=None if leaded else read_balls(only, chips_on_back=False, land_pattern=role == LAND_PATTERN),
        top_lands=read_top_lands(only, chips_on_back=False) if role == CARRIER and not on_frame else None,
        singulation=read_singulation(fields), lid=read_lid(fields),
        places=notes.places, **fields.data(Package, ""),
    )
