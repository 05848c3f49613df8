"""What to state so that a height is known, in the words of the package file and of the board."""

from __future__ import annotations

from typing import Optional, Union

from ..package import Bumps, Chip, Mold, Package, Passive, keys
from ..package.datum import data_of, key_of
from ..space import standing
from ..space.pockets import cavity_floor
from ..units import LENGTH, show
from . import Unmeasured
from .levels import contradicted, foundation, gap_thickness


def field(part: type, attribute: str) -> str:
    """The field that carries a datum on a board, in words: field 'Mold cap'."""
    return f"field '{data_of(part)[attribute].label}'"


def not_stated(part: type, attribute: str, key: str, owner: str = "") -> Unmeasured:
    """That a datum is not stated, and where to state it; ``key`` is its part's, ``owner`` the part that people would name."""
    one = data_of(part)[attribute]
    path = [step for step in f"{key}.{key_of(attribute, one)}".split(".") if step]
    # In a list of parts nobody need be told the list and the part's own name again.
    inside = path[2:] if path[0] in ("chips", "passives", "wires") else path
    of = f" of {owner}" if owner else ""
    return Unmeasured((".".join(path),), f"the {one.in_sentence}{of} is not stated ('{': '.join(inside)}' in the package file, "
                      f"{field(part, attribute)} on the board)")


NO_MOLD = (f"no mold is described ('mold' in the package file; {field(Mold, 'cap')} and an outline on the layer 'Mold cap "
           "outline' of the carrier's footprint)")
NO_CARRIER = Unmeasured(("carrier",), "no carrier is described ('carrier' in the package file; a footprint with the field "
                        "'Package part' = 'carrier' on the board)")
NO_MOLD_CAP = not_stated(Mold, "cap", "mold")


def missing_for_gap(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that t1 is known."""
    length = standing.bump_length(chip)
    if contradicted(package, chip) and chip.gap is not None and length.value is not None:
        return Unmeasured((keys.within(chip.key, "gap"),), f"the gap under {chip.name} is not known: it is stated as "
                          f"{show(chip.gap.nominal, LENGTH)}, larger than bumps {show(length.value.nominal, LENGTH)} high "
                          f"leave it; mend 'gap' ({field(Chip, 'gap')}) or the bump height ({field(Bumps, 'height')})")
    if length.value is not None:
        return Unmeasured((keys.STACKUP,), f"the gap under {chip.name} is not known, for the mask that stands above "
                          "its pads is not: state the stack-up ('carrier: stackup' in the package file, the board's own "
                          f"stack-up) or the gap itself ('gap', {field(Chip, 'gap')})")
    if chip.bumps is not None and (chip.bumps.pillar is not None or chip.bumps.solder_cap is not None):
        half = "pillar" if chip.bumps.pillar is None else "solder_cap"
        return not_stated(Bumps, half, keys.bumps(chip.name), chip.name)
    if chip.bumps is not None and chip.bumps.is_calculated:
        return missing_by_volume(chip, keys.last(length.lacks[0]))
    return Unmeasured((keys.within(keys.bumps(chip.name), "height"),),
                      f"the gap under {chip.name} is not known: state the bump height ('bumps: height' in the package file, "
                      f"{field(Bumps, 'height')} on the board) or the gap itself ('gap', {field(Chip, 'gap')})")


def missing_by_volume(chip: Chip, lacks: str) -> Unmeasured:
    """What to state so that the height of bumps follows from the volume of their solder."""
    key = keys.bumps(chip.name)
    if lacks in ("ubm", "pad"):
        return not_stated(Bumps, lacks, key, chip.name)
    if lacks == "thickness":
        return not_stated(Chip, "thickness", chip.key, chip.name)
    if lacks == "spheres":
        return Unmeasured((keys.within(key, "sphere"),), f"how much solder those bumps of {chip.name} have whose diameter is "
                          "their own is not stated ('sphere' beside that 'diameter' in the package file, field "
                          "'Solder spheres of their own' on the board)")
    return Unmeasured((keys.within(key, "height"),), f"the bump height of {chip.name} cannot be calculated from "
                      "the volume of solder: at none do all its bumps bear it without one being drawn out, or pressed out over "
                      f"its lands; mend the volumes, or state the height ('bumps: height', {field(Bumps, 'height')})")


def missing_depth(package: Package, part: Union[Chip, Passive]) -> Optional[Unmeasured]:
    """What to state so that the floor of the cavity that a part stands in is known; None where it is, or there is none."""
    if not part.in_cavity or not cavity_floor(package, part).lacks:
        return None
    shared = next((one for one in package.cavities if one.name == part.cavity_in), None)
    if shared is None:
        return not_stated(type(part), "cavity", part.key, part.name)
    return Unmeasured((keys.within(shared.key, "depth"),), f"the depth of the cavity {shared.name} is not stated ('depth' of "
                      "its entry of 'cavities' in the package file, in the name of its rule area on the board)", of=part.key)


def missing_for_bottom(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that the height of a chip's underside is known."""
    for one in sorted(foundation(package, chip), key=lambda below: len(foundation(package, below))):
        if one.has_gap and (gap_thickness(package, one) is None or standing.joint(package, one).lacks):
            return missing_for_gap(package, one)
        depth = missing_depth(package, one)
        if depth is not None:
            return depth
        if not one.bonded:
            return not_stated(Chip, "bonded", one.key, one.name)
        if one.has_attach and one.attach is None:
            return not_stated(Chip, "attach", one.key, one.name)
        if one.thickness is None and one is not chip:
            return not_stated(Chip, "thickness", one.key, one.name)
    return Unmeasured((chip.key,), f"{chip.name} stands on chips that stand on it: somewhere a tower begins on the carrier "
                      f"('stands_on' in the package file, {field(Chip, 'on')} on the board)")


def missing_for_top(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that the height of a chip's upper side is known."""
    below = missing_for_bottom(package, chip)
    thin = below.where == (chip.key,) and chip.thickness is None
    return not_stated(Chip, "thickness", chip.key, chip.name) if thin else below


def missing_for_room(package: Package, lower: Chip, upper: Chip) -> Unmeasured:
    """What to state so that the room between a chip and one that may lie over it is known."""
    if standing.bottom(package, upper).lacks:
        return missing_for_bottom(package, upper)
    return missing_for_top(package, lower if standing.top(package, lower).lacks else upper)
