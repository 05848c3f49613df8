"""A ``Package`` written as a package file, as a person would write it: the inverse of ``read_package_file``.

What the package does not state is not invented. Where a package file usually says it there is a line to fill in:
``# thickness: 150 um ± 10 um   # the board does not say``; ``unsaid`` lists these in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ...package import CHIP_SIDE, Balls, Carrier, Mold, Package, Singulation
from ...shapes import Outline
from ...units import LENGTH, PRESSURE, TEMPERATURE
from .arrays import array_lines
from .carrier import carrier_lines
from .chips import chip_lines
from .nets import netlist
from .passives import passive_lines
from .places import about_centre, own_size
from .sayable import sayable
from .text import UNSAID, group, length, line, pair, quantity, unsaid, word, wrapped
from .wires import wire_lines

__all__ = ["package_file", "sayable"]


def package_file(package: Package) -> dict[str, str]:
    """The package file and the tables beside it, by file name: ``NAME.yaml``, ``NAME_nets.csv`` and so on.

    Read again it is the same package, positions about the carrier's centre; written again it is the same text. Names that a
    package file cannot hold are changed as ``sayable`` says.
    """
    said = about_centre(sayable(package)[0])
    files: dict[str, str] = {}
    groups = [
        list(carrier_lines(said.carrier)),
        list(chip_lines(said.chips, said.name, files)),
        list(passive_lines(said.passives)),
        list(wire_lines(said, files)),
        list(_mold(said.mold, said.carrier, bool(said.chips))),
        list(_balls(said.balls, said.name, files)),
        list(_singulation(said.singulation)),
    ]
    nets = netlist(said)
    if nets:
        file = f"{said.name}_nets.csv"
        files[file] = nets
        groups.append([line(0, f"netlist: {word(file)}")])
    body = "\n".join("\n".join(lines) + "\n" for lines in groups if lines)
    text = "\n".join(_head(said, f"# {UNSAID}" in body)) + "\n\n" + body
    return {f"{said.name}.yaml": text, **dict(sorted(files.items()))}


def _head(package: Package, lacks: bool) -> Iterator[str]:
    yield f"# {package.name}, read back from a board. The origin is the carrier's centre; x goes to the right, y down."
    if lacks:
        yield "# Lines that begin with # name what the board does not say: fill in the number and take the # away."
    yield f"package: {word(package.name)}"
    if package.max_height:
        yield line(0, f"max_height: {length(package.max_height, 'mm')}")


def _mold(mold: Optional[Mold], carrier: Optional[Carrier], has_chips: bool) -> Iterator[str]:
    if mold is None:
        if has_chips:
            yield unsaid(0, "mold: {cap: 315 um ± 15 um, filler: 25 um}")
        return
    yield "mold:"
    yield line(2, f"cap: {quantity(mold.cap)}") if mold.cap else unsaid(
        2, "cap: 315 um ± 15 um", f"{UNSAID}: top of the mold above the carrier")
    yield from _mold_outline(mold.outline, carrier.outline if carrier else None)
    yield line(2, f"filler: {quantity(mold.filler)}") if mold.filler else unsaid(
        2, "filler: 25 um", f"{UNSAID}: the largest particle")
    process = mold.process
    said = [("method", process.method), ("pressure", quantity(process.pressure, PRESSURE) if process.pressure else None),
            ("temperature", quantity(process.temperature, TEMPERATURE) if process.temperature else None)]
    if any(value for _, value in said):
        yield line(2, f"process: {group(said)}")
    else:
        yield unsaid(2, "process: {method: reduced-pressure transfer, pressure: 10 mmHg, temperature: 175 degC}")


def _mold_outline(outline: Outline, carrier: Optional[Outline]) -> Iterator[str]:
    if carrier is not None and sorted(outline.rings[0]) == sorted(carrier.rings[0]):
        yield line(2, "outline: carrier")
        return
    size = own_size(outline, (0, 0), 0)
    if size is not None:
        yield line(2, f"outline: {pair(size)}")
    else:
        yield from wrapped(2, "outline: [", [pair(corner) for corner in outline.rings[0]])


def _balls(balls: Optional[Balls], name: str, files: dict[str, str]) -> Iterator[str]:
    if balls is None:
        return
    yield "balls:"
    yield from array_lines(2, balls.sites, (0, 0), 0, f"{name}_balls.csv", files, "mm")
    yield line(2, f"diameter: {quantity(balls.diameter, unit='mm')}") if balls.diameter else unsaid(
        2, "diameter: 0.4 mm", f"{UNSAID}: before it is soldered")
    yield line(2, f"standoff: {quantity(balls.standoff, unit='mm')}") if balls.standoff else unsaid(
        2, "standoff: 0.3 mm ± 0.05 mm", f"{UNSAID}: under the carrier, as delivered")
    yield line(2, f"alloy: {word(balls.alloy)}") if balls.alloy else unsaid(2, "alloy: SAC305")
    if balls.land:
        yield line(2, f"land: {length(balls.land, 'mm')}")
    if balls.opening and balls.opening != balls.land:
        yield line(2, f"opening: {length(balls.opening, 'mm')}")
    if balls.sides[0] == CHIP_SIDE:
        yield line(2, f"side: {CHIP_SIDE}")


def _singulation(cut: Optional[Singulation]) -> Iterator[str]:
    if cut is None:
        return
    said = [("street", quantity(cut.street, LENGTH) if cut.street else None),
            ("kerf", quantity(cut.kerf, LENGTH) if cut.kerf else None)]
    if cut.method:
        yield line(0, f"singulation: {group([('method', cut.method), *said])}")
    else:
        yield unsaid(0, f"singulation: {group([('method', 'saw'), *said])}", f"{UNSAID} how it is cut")
