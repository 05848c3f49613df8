"""The molding process and the cut afterwards, as far as somebody has stated them."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Union

from ..faults import did_you_mean
from ..package import Alloy, Bumps, Package, Process, Singulation, keys
from ..units import FLAG, LENGTH, PRESSURE, TEMPERATURE, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .bonded import bumps_unstated, missing_bumps
from .gap import flip_chips, only_face_up
from .missing import field, not_stated

REDUCED_PRESSURE = "reduced-pressure transfer"
FILM_ASSISTED = "film-assisted transfer"  # a film in the mold keeps flash off what stays bare; of pressure it says nothing
TRANSFER = (REDUCED_PRESSURE, "transfer", FILM_ASSISTED)
ATMOSPHERE = 101_325_000_000  # µPa, the pressure around; 760 mmHg is 0.01 Pa more
MISSING_TEMPERATURE = not_stated(Process, "temperature", "mold.process")
MISSING_STREET = Unmeasured(("singulation",), "saw street and kerf are not both stated ('singulation: street, kerf' in the "
                            f"package file, {field(Singulation, 'street')} and {field(Singulation, 'kerf')} on the board)")


@measure(FLAG)
def reduced_pressure_transfer_molding(package: Package) -> Measured:
    """Whether the mold is made by transfer molding under reduced pressure: below that of the air around, 101,325 Pa (760 mmHg).

    The number decides where it is stated, also where the word says otherwise; ``molding_word_at_odds`` tells of that. Not asked
    of a package of face-up chips alone, which has no gap to fill.
    """
    if package.mold is None or only_face_up(package):
        return
    method, pressure = package.mold.process.method, package.mold.process.pressure
    where = ("mold.process.method", "mold.process.pressure")
    if pressure is not None and (pressure.nominal >= ATMOSPHERE or method in TRANSFER):
        said = f"method: {method or 'not stated'}, pressure {show(pressure.nominal, PRESSURE)}"
        yield Reading(where, int(pressure.nominal < ATMOSPHERE and method in TRANSFER), int(pressure.high < ATMOSPHERE),
                      int(pressure.low < ATMOSPHERE), None, said)
    elif not method:
        yield not_stated(Process, "method", "mold.process")
    elif method == FILM_ASSISTED:
        yield not_stated(Process, "pressure", "mold.process")
    else:
        yield exact(where[:1], int(method == REDUCED_PRESSURE), None, f"method: {method}")


@measure(FLAG)
def molding_word_at_odds(package: Package) -> Measured:
    """Whether the word for transfer molding and the pressure in the cavity contradict each other: reduced pressure by one and
    not by the other."""
    process = package.mold.process if package.mold is not None else Process()
    if process.method not in TRANSFER or process.method == FILM_ASSISTED or process.pressure is None:
        return
    reduced = process.pressure.nominal < ATMOSPHERE
    yield exact(("mold.process.method", "mold.process.pressure"), int(reduced != (process.method == REDUCED_PRESSURE)), None,
                f"method: {process.method}, pressure {show(process.pressure.nominal, PRESSURE)}")


def _of_mold(package: Package, attribute: str) -> Measured:
    """A quantity of the molding process, as it is stated."""
    if package.mold is None:
        return
    stated: Optional[Toleranced] = getattr(package.mold.process, attribute)
    if stated is None:
        yield not_stated(Process, attribute, "mold.process")
    else:
        yield Reading((f"mold.process.{attribute}",), stated.nominal, stated.low, stated.high)


@measure(PRESSURE)
def mold_pressure(package: Package) -> Measured:
    """Absolute pressure in the mold cavity before it is filled; not asked of a package of face-up chips alone."""
    if not only_face_up(package):
        yield from _of_mold(package, "pressure")


@measure(TEMPERATURE)
def mold_temperature(package: Package) -> Measured:
    """Temperature of the mold."""
    yield from _of_mold(package, "temperature")


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
    begins to melt."""
    if package.mold is None:
        return
    heat = package.mold.process.temperature
    for chip in flip_chips(package):
        if chip.bumps is None:
            if bumps_unstated(chip):
                yield missing_bumps(chip)
            continue
        if heat is None:
            yield MISSING_TEMPERATURE
            continue
        alloy = _joined_by(package, chip.name, chip.bumps)
        if isinstance(alloy, Unmeasured):
            yield alloy
            continue
        note = (f"{chip.name}: mold {show(heat.nominal, TEMPERATURE)}, {alloy.name} melts from "
                f"{show(alloy.solidus, TEMPERATURE)}")
        yield Reading((chip.key, "mold.process.temperature"), alloy.solidus - heat.nominal,
                      alloy.solidus - heat.high, alloy.solidus - heat.low, chip.at, note)


@measure(FLAG)
def cut_into_packages(package: Package) -> Measured:
    """Whether the carrier is cut into single packages after molding."""
    if package.singulation is None:
        if package.mold is not None:
            yield replace(not_stated(Singulation, "method", "singulation"), where=("singulation",))
        return
    method = package.singulation.method
    if not method:
        yield replace(not_stated(Singulation, "method", "singulation"), where=("singulation",))
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
