"""A package as ``.chiplet``, the open YAML that IHP publishes for assemblies of dies (version 1.0).

Micrometres, y up, the origin in the lower left corner of what dies stand on, as its coordinate contract has it. A ``position``
is a part's middle (``anchor: bbox_center``) and, in z, where its body begins; a die's joint is a connection stack of its own.
Pads and bumps of a die stand in layouts in this format, which are not written: GDSII has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Optional

from ...package import Carrier, Chip, Package
from ...package.moved import at_home
from ...package.own import own_size
from ...package.words import FACE_UP, FLIP_CHIP, INTERPOSER
from ...shapes import Point
from ...space import chip_body, joint
from ...units import Toleranced
from .aif_words import degrees, um


def write(package: Package) -> bytes:
    """The file; nothing for a package without a chip."""
    if not package.chips:
        return b""
    home = at_home(package)
    width, height = home.carrier.outline.size if home.carrier is not None else (0, 0)
    corner = (-(width // 2), height - height // 2)  # of the carrier, y down
    stacks = {chip.name: lines for chip in home.chips for lines in [list(_stack(home, chip))] if lines}
    lines = [
        "# written by Overmold; dies' bumps and pads are in the GDSII of the same package",
        'format_version: "1.0"', "", "assembly:", f"  name: {_text(package.name)}", "  units: um", "",
        *(["connection_stacks:", *(line for one in stacks.values() for line in one), ""] if stacks else []),
        "components:", *_carrier(home.carrier, corner)]
    for chip in home.chips:
        lines += _die(home, chip, corner, chip.name in stacks)
    return ("\n".join(lines) + "\n").encode()


def _text(words: str) -> str:
    """A name as YAML can have it, whatever is in it."""
    return json.dumps(words)


def _stack(package: Package, chip: Chip) -> Iterator[str]:
    """The joint under a chip: one layer of its whole height, for that is what its place follows from."""
    height = joint(package, chip).value
    if height is None or not height.nominal:
        return
    material = chip.attach_material if chip.has_attach else chip.bumps.alloy if chip.bumps is not None else ""
    wide = chip.bumps.diameter if chip.bumps is not None else None
    parts = [f"name: {'die_attach' if chip.has_attach else 'bump'}", *([f"material: {_text(material)}"] if material else []),
             f"height: {um(height.nominal)}", *([f"diameter: {um(wide.nominal)}"] if wide is not None else [])]
    yield f"  {_text(f'joint_{chip.name}')}:"
    yield f"    layers: [{{{', '.join(parts)}}}]"


def _carrier(carrier: Optional[Carrier], corner: Point) -> Iterator[str]:
    if carrier is None:
        return
    thick, is_interposer = carrier.thickness, carrier.kind == INTERPOSER
    yield f"  - id: {carrier.kind.replace(' ', '_')}"
    yield f"    type: {'interposer' if is_interposer else 'substrate'}"
    yield "    anchor: bbox_center"
    yield f"    dimensions: {_sizes(carrier.outline.size, thick)}"
    yield f"    position: {_at((0, 0), corner, 0)}"
    if thick is not None and is_interposer:
        yield f"    attachment_surface_z: {um(thick.nominal)}"
    if carrier.fingers and is_interposer:
        yield "    io_pads:"
        for finger in carrier.fingers:
            size = f"{{x: {um(finger.outline.size[0])}, y: {um(finger.outline.size[1])}}}"
            net = f", net: {_text(finger.net)}" if finger.net else ""
            yield f"      - {{id: {_text(finger.name)}, io_class: wire_bond{net}, " \
                  f"position: {_at(finger.at, corner)}, size: {size}}}"


def _die(package: Package, chip: Chip, corner: Point, joined: bool) -> Iterator[str]:
    size, centre = own_size(chip.outline, chip.at, chip.angle), chip.at
    if size is None:
        yield f"  # {json.dumps(chip.name)[1:-1]} is not a rectangle: its size is that of the rectangle around it"
        centre = chip.outline.centre
    yield f"  - id: {_text(chip.name)}"
    yield "    type: die"
    yield "    anchor: bbox_center"
    if chip.bonded not in (FACE_UP, FLIP_CHIP):
        yield f"    # {chip.bonded}"
    if chip.is_far:
        yield "    # below what bears it, on its far side: its active face looks up at that"
    looks = "face_up" if chip.is_far or chip.faces_up else "flip_chip"
    yield f"    orientation: {looks}"
    if joined:
        yield f"    connection: {_text(f'joint_{chip.name}')}"
    yield f"    dimensions: {_sizes(size or chip.outline.size, chip.thickness)}"
    low = chip_body(package, chip).bottom.value
    thick = package.carrier.thickness if package.carrier is not None else Toleranced(0)
    stands = low.nominal + thick.nominal if low is not None and thick is not None else None
    yield f"    position: {_at(centre, corner, stands)}"
    if chip.angle and size is not None:
        yield f"    rotation: {{z: {degrees(chip.angle)}}}"


def _sizes(size: Point, thickness: Optional[Toleranced]) -> str:
    thick = f", thickness: {um(thickness.nominal)}" if thickness is not None else ""
    return f"{{width: {um(size[0])}, height: {um(size[1])}{thick}}}"


def _at(spot: Point, corner: Point, z: Optional[int] = None) -> str:
    height = f", z: {um(z)}" if z is not None else ""
    return f"{{x: {um(spot[0] - corner[0])}, y: {um(corner[1] - spot[1])}{height}}}"
