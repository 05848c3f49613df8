"""A footprint of KiCad's library read to a package file and built again: whether it is the same.

``overmold import`` of every one of them is counted by ``scripts/count_footprints.py``.
"""

from pathlib import Path

from overmold.faults import Faults
from overmold.kicad.reading.contents import FOOTPRINT, read_contents
from overmold.kicad.reading.fields import Notes
from overmold.kicad.reading.lands import lands_of
from overmold.kicad.reading.one_footprint import footprint_of
from overmold.kicad.reading.selection import read_one_footprint
from overmold.kicad.writing.build import land_patterns
from overmold.kicad.writing.footprint import footprint_file
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file

LIBRARIES = ("Package_BGA", "Package_CSP", "Package_LGA", "Package_DFN_QFN", "Package_SON")
NEAR = 1000  # nm


def imported(data, name):
    """The package, its file and its tables by name, and the notes; raises Faults with the reason."""
    found = read_one_footprint(data, name)
    package, _ = as_a_file(found.package, "the footprint")
    return package, package_file(package, "the footprint", found.comments), found.notes


def built_again(data, name):
    """The land pattern's file, of the package file's text alone."""
    package, files, notes = imported(data, name)
    text = files[f"{package.name}.yaml"]
    again = read_package_text(text, name, Path(), {file: one.encode() for file, one in files.items()})
    return footprint_file(land_patterns(again)[0], ()), notes


def pads_in(data, name):
    contents = read_contents(data, name, FOOTPRINT)
    return lands_of(footprint_of(contents, Notes(contents.index), 0))


def difference(again, data, name):
    """How the footprint that is built again differs: "" where every pad is there, within 1 um, with all that is said of it."""
    ours, theirs = (sorted(map(_plain, pads_in(one, name)), key=_order) for one in (again, data))
    if len(ours) != len(theirs):
        return f"{len(ours)} pads for {len(theirs)}"
    shift = tuple(a - b for a, b in zip(_middle(theirs), _middle(ours)))  # a body that its footprint has aside
    for one, due in zip(ours, theirs):
        at = (one.at[0] + shift[0], one.at[1] + shift[1])
        if max(abs(at[0] - due.at[0]), abs(at[1] - due.at[1])) > NEAR or one._replace(at=due.at) != due:
            return f"{one.name or 'a pad without a name'}: {one} for {due}"
    return ""


def _middle(lands):
    xs, ys = [one.at[0] for one in lands], [one.at[1] for one in lands]
    return min(xs), min(ys)


def _plain(land):
    """What is the same to KiCad: a mask margin of nothing and none, half a turn of what is even."""
    return land._replace(at=land.at, angle=land.angle % 180_000 if not land.arms and not land.cut else land.angle)


def _order(land):
    return land.name, land.layers, land.size, land.shape, land.at


def outcome(path):
    """Same, refused or different, with what is to be said, and the notes."""
    try:
        data = path.read_bytes()
        again, notes = built_again(data, path.name)
        said = difference(again, data, path.name)
        return ("same" if not said else "different"), said, notes
    except Faults as error:
        return "refused", error.faults[0].message, ()
