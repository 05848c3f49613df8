"""The molding process and the cut afterwards, as far as somebody has stated them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional, Union

from ..faults import did_you_mean
from ..package import Alloy, Bumps, Package, Singulation, keys
from ..shapes import Point
from ..space import Block
from ..units import FLAG, LENGTH, PRESSURE, TEMPERATURE, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .bonded import bumps_unstated, missing_bumps
from .by_block import HEAT, METHOD, Heat, all_of, around_gaps, distinct, heats, missing, named, stated
from .by_block import PRESSURE as VACUUM
from .gap import flip_chips, only_face_up
from .missing import field, not_stated

REDUCED_PRESSURE = "reduced-pressure transfer"
FILM_ASSISTED = "film-assisted transfer"  # a film in the mold keeps flash off what stays bare; of pressure it says nothing
TRANSFER = (REDUCED_PRESSURE, "transfer", FILM_ASSISTED)
ATMOSPHERE = 101_325_000_000  # µPa, the pressure around; 760 mmHg is 0.01 Pa more
MISSING_STREET = Unmeasured(("singulation",), "saw street and kerf are not both stated ('singulation: street, kerf' in the "
                            f"package file, {field(Singulation, 'street')} and {field(Singulation, 'kerf')} on the board)")


@measure(FLAG)
def reduced_pressure_transfer_molding(package: Package) -> Measured:
    """Whether the mold is made by transfer molding under reduced pressure: below that of the air around, 101,325 Pa (760 mmHg).

    The number decides where it is stated, also where the word says otherwise; ``molding_word_at_odds`` tells of that. Not asked
    of a package of face-up chips alone, which has no gap to fill; of several blocks of those over chips with a gap.
    """
    for block in distinct(around_gaps(package), METHOD, VACUUM) if not only_face_up(package) else ():
        method, pressure = block.mold.process.method, block.mold.process.pressure
        where, whose = (block.where(METHOD), block.where(VACUUM)), _whose(block, METHOD, VACUUM)
        if pressure is not None and (pressure.nominal >= ATMOSPHERE or method in TRANSFER):
            said = f"{whose}method: {method or 'not stated'}, pressure {show(pressure.nominal, PRESSURE)}"
            yield Reading(where, int(pressure.nominal < ATMOSPHERE and method in TRANSFER), int(pressure.high < ATMOSPHERE),
                          int(pressure.low < ATMOSPHERE), None, said)
        elif not method:
            yield missing(block, METHOD)
        elif method == FILM_ASSISTED:
            yield missing(block, VACUUM)
        else:
            yield exact(where[:1], int(method == REDUCED_PRESSURE), None, f"{whose}method: {method}")


def _whose(block: Block, *attributes: str) -> str:
    return next(filter(None, (named(block, one) for one in attributes)), "")


@measure(FLAG)
def molding_word_at_odds(package: Package) -> Measured:
    """Whether the word for transfer molding and the pressure in the cavity, of each block, contradict each other: reduced
    pressure by one and not by the other."""
    for block in distinct(all_of(package), METHOD, VACUUM):
        process = block.mold.process
        if process.method in TRANSFER and process.method != FILM_ASSISTED and process.pressure is not None:
            reduced = process.pressure.nominal < ATMOSPHERE
            yield exact((block.where(METHOD), block.where(VACUUM)), int(reduced != (process.method == REDUCED_PRESSURE)), None,
                        f"{_whose(block, METHOD, VACUUM)}method: {process.method}, pressure "
                        f"{show(process.pressure.nominal, PRESSURE)}")


def _of_blocks(blocks: Sequence[Block], attribute: str) -> Measured:
    """A quantity of the molding process of these blocks, as it is stated."""
    for block in distinct(blocks, attribute):
        value: Optional[Toleranced] = stated(block, attribute)
        if value is None:
            yield missing(block, attribute)
        else:
            yield Reading((block.where(attribute),), value.nominal, value.low, value.high,
                          told=named(block, attribute).rstrip(": "))


@measure(PRESSURE)
def mold_pressure(package: Package) -> Measured:
    """Absolute pressure in the mold cavity before it is filled; not asked of a package of face-up chips alone. Of several
    blocks that of those over chips with a gap."""
    if not only_face_up(package):
        yield from _of_blocks(around_gaps(package), VACUUM)


@measure(TEMPERATURE)
def mold_temperature(package: Package) -> Measured:
    """Temperature of the mold, of every block that has one of its own."""
    yield from _of_blocks(all_of(package), HEAT)


def _joined_by(package: Package, name: str, bumps: Bumps) -> Union[Alloy, Unmeasured]:
    """The solder of a chip's bumps; of two that met on a pad the one that begins to melt first."""
    found = []
    for called in dict.fromkeys((bumps.alloy, bumps.presolder or bumps.alloy)):
        if called not in package.alloys:
            said = (f"'{called}' is not in rules/materials{did_you_mean(called, tuple(package.alloys))}" if called
                    else "it is not stated")
            return Unmeasured((keys.bumps(name),), f"the melting point of {name}'s bumps is not known: {said} (add it under "
                              "'alloys' in a deck of your own)")
        found.append(package.alloys[called])
    return min(found, key=lambda alloy: alloy.solidus)


@measure(TEMPERATURE)
def mold_temperature_below_solidus(package: Package) -> Measured:
    """How far the mold stays below the solidus of every flip chip's bumps, presolder on their pads included: where their solder
    begins to melt. Of several blocks it is the one over the chip; one beside that is made hotter counts at the lowest."""
    for chip in flip_chips(package) if package.mold is not None else ():
        if chip.bumps is None:
            if bumps_unstated(chip):
                yield missing_bumps(chip)
            continue
        alloy = _joined_by(package, chip.name, chip.bumps)
        for found in heats(package, chip):
            if isinstance(found, Unmeasured):
                yield found._replace(of=chip.key) if len(all_of(package)) > 1 else found
            elif isinstance(alloy, Unmeasured):
                yield alloy
            else:
                yield below(alloy, found, (chip.key, chip.name), chip.at)


def below(alloy: Alloy, heat: Heat, part: tuple[str, str], at: Optional[Point] = None) -> Reading:
    """How far a temperature, one of ``heats``, stays below where an alloy begins to melt; ``part`` is the key and the name of
    what it joins."""
    (key, name), (where, mold, hottest, said) = part, heat
    note = f"{name}: mold {show(mold.nominal, TEMPERATURE)}, {alloy.name} melts from {show(alloy.solidus, TEMPERATURE)}{said}"
    return Reading((key, where), alloy.solidus - mold.nominal, alloy.solidus - hottest, alloy.solidus - mold.low, at, note)


@measure(FLAG)
def cut_into_packages(package: Package) -> Measured:
    """Whether the carrier is cut into single packages after molding."""
    if package.singulation is None:
        if package.mold is not None:
            yield not_stated(Singulation, "method", "singulation")._replace(where=("singulation",))
        return
    method = package.singulation.method
    if not method:
        yield not_stated(Singulation, "method", "singulation")._replace(where=("singulation",))
    else:
        yield exact(("singulation.method",), int(method != "none"), None, f"method: {method}")


def strip_of_street(package: Package) -> int:
    """How wide the saw street is that stays on the package along every edge, (street - kerf) / 2; 0 where it is not stated."""
    cut = package.singulation
    if cut is None or cut.method in ("", "none") or cut.street is None or cut.kerf is None:
        return 0
    return max(0, (cut.street - cut.kerf).nominal // 2)


def missing_neighbours(package: Package) -> Optional[Unmeasured]:
    """What to state so that it is known that several chips are molded together; None where it is: there are several in the
    package, or it has neighbours on a strip, which a strip of more than one says, and a cut or a street between packages."""
    frame, cut = package.carrier.frame if package.carrier is not None else None, package.singulation
    strip = max(frame.strip if frame is not None else (1, 1)) > 1 or (cut is not None and max(cut.units) > 1)
    if len(package.chips) > 1 or strip or (
            cut is not None and (cut.method not in ("", "none") or cut.street is not None or cut.kerf is not None)):
        return None
    return Unmeasured(("singulation",), "the package has one chip, and neither a strip of several packages nor a cut between "
                      f"them is stated ('singulation: method, street' in the package file, {field(Singulation, 'method')} and "
                      f"{field(Singulation, 'street')} on the board)")


@measure(LENGTH)
def street_beside_kerf(package: Package) -> Measured:
    """What is left of the saw street on each side of the cut: (street - kerf) / 2."""
    cut = package.singulation
    if cut is None or cut.method in ("", "none"):
        return
    if cut.street is None or cut.kerf is None:
        yield MISSING_STREET
        return
    left = cut.street - cut.kerf
    yield Reading(("singulation.street", "singulation.kerf"), left.nominal // 2, left.low // 2, left.high // 2,
                  told=f"street {show(cut.street.nominal, LENGTH)}, kerf {show(cut.kerf.nominal, LENGTH)}")
