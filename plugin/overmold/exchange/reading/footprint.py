"""Footprints of KiCad's libraries, and of a team's own."""

from __future__ import annotations

from dataclasses import replace

from ...kicad.reading.selection import read_one_footprint
from . import Asked, Imported


def read_library_footprint(data: bytes, source: str, asked: Asked) -> Imported:
    """The finished package on the lands of a footprint file; raises Faults."""
    found = read_one_footprint(data, source)
    package = replace(found.package, name=asked.name) if asked.name else found.package
    return Imported(package, found.notes, found.comments, "the footprint")
