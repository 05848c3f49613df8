"""``overmold build``: a package becomes a folder that opens as a KiCad project.

Everything is prepared in memory and checked first, then written beside its place and renamed into it; when anything
fails on the way, what was there before is there again. A hidden file remembers what was written, so that a file which
somebody has edited since is never overwritten unless that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ...drawing import Part
from ...drawing.land_pattern import draw_land_pattern
from ...drawing.no_lead import draw_no_lead
from ...drawing.stated_lands import draw_stated_lands
from ...faults import Fault, Faults, fail
from ...file_names import is_device
from ...model3d import FINISHED
from ...output_folder import Say, Shared, write_all
from ...package import Package, keys
from ...rule import default_alloys
from .board import board_file, drawn_parts
from .fields import land_pattern_fields
from .footprint import footprint_file
from .models import finished_model, in_project, model_files
from .project import project_file
from .rules import rules_file
from .symbol import symbol_file
from .tables import library_table

__all__ = ["build", "files_of", "land_patterns", "tables"]

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.,+-]*")
_LONGEST_NAME = 100


def build(
    package: Package, folder: Path, force: bool = False, extra: Mapping[str, str] | None = None,
    say: Say = lambda words: None, mold: str = FINISHED,
) -> tuple[Path, ...]:
    """Write every file of ``package`` into ``folder`` and return their paths; ``extra`` are further texts by file name.

    What was wrong and could be passed over is given to ``say``. Other packages may have been built into the same folder.
    ``mold``: whether the model of the finished package shows what is inside, ``model3d.TRANSLUCENT``, or not.

    Raises Faults, and then has written nothing: for a package that cannot be drawn, for a file that somebody edited
    since it was written or that was never ours (``force`` overwrites it), for a folder that cannot be written to.
    """
    files = files_of(package, mold)
    for name, words in (extra or {}).items():
        files[name] = words.encode()
    return write_all(folder, package.name, files, force, tables(package.name, "sym-lib-table" in files), say)


def files_of(package: Package, mold: str = FINISHED) -> dict[str, bytes]:
    """Every KiCad file of a package, by its path inside the folder; raises Faults where it cannot be drawn."""
    _must_be_drawable(package)
    name = package.name
    files = {
        f"{name}.kicad_pcb": board_file(package),
        f"{name}.kicad_pro": project_file(name),
        f"{name}.kicad_dru": rules_file(package),
        "fp-lib-table": b"",
    }
    for drawn in drawn_parts(package):
        files[f"{name}.pretty/{drawn.part.name}.kicad_mod"] = footprint_file(drawn.part, drawn.fields)
    patterns = land_patterns(package)
    for part in patterns:
        files[f"{name}.pretty/{part.name}.kicad_mod"] = footprint_file(part, land_pattern_fields(package))
    if patterns:
        files[f"{name}.kicad_sym"] = symbol_file(package, patterns[-1].description, patterns[-1].keywords)
        files["sym-lib-table"] = b""
    files.update(model_files(package, mold))
    for path, table in tables(name, bool(patterns)).items():
        files.update({path: table.put(b"", table.row)} if table.row else {})
    return files


def land_patterns(package: Package) -> list[Part]:
    """What the package is soldered to on somebody's board, with its shape; none for one that has neither balls nor leads."""
    patterns = []
    # What keeps its shape is said by its alloy, and that has another land.
    package = package if package.alloys else replace(package, alloys=default_alloys())
    if package.lands and package.carrier is not None:
        patterns = [draw_stated_lands(package)]
    elif package.balls is not None and len(package.balls.sites) and (
            package.balls.diameter is not None or package.balls.are_lands):
        patterns = [draw_land_pattern(package)]
    elif package.carrier is not None and package.carrier.frame is not None:
        hot = package.carrier.frame.paddle_foot is not None
        patterns = [draw_no_lead(package), *([draw_no_lead(package, thermal_vias=True)] if hot else [])]
    return [replace(part, models=in_project(finished_model(package.name))) for part in patterns]


def tables(name: str, has_symbol: bool) -> dict[str, Shared]:
    """The rows of a package's libraries in the library tables of a project."""
    return {"fp-lib-table": library_table("fp", name, f"{name}.pretty"),
            "sym-lib-table": library_table("sym", name, f"{name}.kicad_sym" if has_symbol else "")}


def _must_be_drawable(package: Package) -> None:
    faults = []
    names = [("package", package.name), *(("chip", chip.name) for chip in package.chips)]
    for what, name in names:
        if not _SAFE_NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            place = package.place(keys.chip(name) if what == "chip" else "package")
            faults.append(Fault(
                place.file or package.source, f"'{name}' cannot be the name of a {what}, for files are named after it; "
                f"use letters, digits and _ . , + -, at most {_LONGEST_NAME} of them", place.line, place.column))
    if is_device(package.name):
        place = package.place("package")
        faults.append(Fault(place.file or package.source, f"'{package.name}' cannot be the name of a package: Windows keeps it "
                            "for itself; add something to it", place.line, place.column))
    if faults:
        raise Faults(faults)
    if package.carrier is None:
        raise fail(package.source, "the package has no carrier, so there is no board to draw; state its outline")
