"""What a package says beyond its drawing, as footprint fields: one readable field per datum that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Optional

from ...drawing.wiring import Kind as WireKind
from ...package import LEAD_FRAME, Chip, Frame, Layer, Package, Passive
from ...units import LENGTH, PRESSURE, TEMPERATURE, Kind, Toleranced, show, show_toleranced
from ..names import fields as words
from ..names.own_diameters import all_own, own_text
from ..names.stackup import board_layers

Field = tuple[str, str]


def carrier_fields(package: Package) -> tuple[Field, ...]:
    """The fields of the carrier: the whole package's, the mold's, the balls', the stack-up's tolerances."""
    return tuple(_stated(_carrier_fields(package)))


def _carrier_fields(package: Package) -> Iterator[tuple[str, Optional[str]]]:
    yield words.PART, words.CARRIER
    yield words.PACKAGE_NAME, package.name
    carrier, mold, balls, cut = package.carrier, package.mold, package.balls, package.singulation
    yield words.CARRIER_KIND, carrier.kind if carrier else None
    yield words.MAX_HEIGHT, show(package.max_height, LENGTH) if package.max_height else None
    if mold is not None:
        yield words.MOLD_CAP, _quantity(mold.cap)
        yield words.FILLER, _quantity(mold.filler)
        yield words.MOLD_METHOD, mold.process.method
        yield words.MOLD_PRESSURE, _quantity(mold.process.pressure, PRESSURE)
        yield words.MOLD_TEMPERATURE, _quantity(mold.process.temperature, TEMPERATURE)
    if balls is not None:
        yield words.BALL_DIAMETER, _quantity(balls.diameter)
        yield words.BALL_DIAMETERS, own_text(balls.sites)
        if all_own(balls.sites):
            yield words.BALL_LAND, show(balls.land, LENGTH) if balls.land else None
            yield words.BALL_OPENING, show(balls.opening, LENGTH) if balls.opening else None
        yield words.BALL_STANDOFF, _quantity(balls.standoff)
        yield words.BALL_ALLOY, balls.alloy
    if cut is not None:
        yield words.SINGULATION, cut.method
        yield words.SAW_STREET, _quantity(cut.street)
        yield words.KERF, _quantity(cut.kerf)
    if carrier is not None and carrier.frame is not None:
        yield from _frame_fields(carrier.frame)
    for name, layer in board_layers(carrier.stackup if carrier else ()):
        yield words.TOLERANCE_OF + name, tolerance(layer)


def _frame_fields(frame: Frame) -> Iterator[tuple[str, Optional[str]]]:
    yield words.FRAME_THICKNESS, _quantity(frame.thickness)
    yield words.LEAD_WIDTH, _quantity(frame.lead_width)
    yield words.LEAD_LENGTH, _quantity(frame.lead_length)
    yield words.PULL_BACK, _quantity(frame.pulled_back)
    yield words.BODY_TOLERANCE, show(frame.body_tolerance, LENGTH) if frame.body_tolerance else None
    yield words.HALF_ETCH, _quantity(frame.half_etch)
    yield words.DAM_BAR, show(frame.dam_bar, LENGTH) if frame.dam_bar else None
    yield words.STRIP, f"{frame.strip[0]} x {frame.strip[1]}" if frame.strip != (1, 1) else None


def chip_fields(chip: Chip) -> tuple[Field, ...]:
    """The fields of one chip."""
    bumps = chip.bumps
    return tuple(_stated([
        (words.PART, words.CHIP),
        (words.CHIP_THICKNESS, _quantity(chip.thickness)),
        (words.BONDING, chip.bonded),
        (words.BUMP_DIAMETER, _quantity(bumps.diameter) if bumps else None),
        (words.BUMP_DIAMETERS, own_text(bumps.sites) if bumps else None),
        (words.BUMP_HEIGHT, _quantity(bumps.height) if bumps else None),
        (words.BUMP_ALLOY, bumps.alloy if bumps else None),
        (words.UBM_DIAMETER, show(bumps.ubm, LENGTH) if bumps and bumps.ubm else None),
        (words.PASSIVATION_OPENING, show(bumps.passivation, LENGTH) if bumps and bumps.passivation else None),
        (words.GAP, _quantity(chip.gap)),
        (words.GAP_FILLED_WITH, chip.gap_filled_with),
        (words.STANDS_ON, ", ".join(chip.on)),
        (words.DIE_ATTACH, _quantity(chip.attach)),
        (words.BUMP_PAD, show(bumps.pad, LENGTH) if bumps and bumps.pad and (chip.on or all_own(bumps.sites)) else None),
        (words.BUMP_OPENING,
         show(bumps.opening, LENGTH) if bumps and bumps.opening and (chip.on or all_own(bumps.sites)) else None),
        (words.BOND_PAD_SIZE, show(chip.pads.size, LENGTH) if chip.pads else None),
    ]))


def fingers_fields() -> tuple[Field, ...]:
    """The fields of the bond fingers: all else is drawn."""
    return ((words.PART, words.FINGERS),)


def wires_fields(kind: WireKind) -> tuple[Field, ...]:
    """The fields of wires of one kind."""
    diameter, loop_height, tier, profile = kind
    return tuple(_stated([
        (words.PART, words.WIRES),
        (words.WIRE_DIAMETER, show(diameter, LENGTH)),
        (words.LOOP_HEIGHT, _quantity(loop_height)),
        (words.LOOP_TIER, str(tier)),
        (words.LOOP_PROFILE, profile),
    ]))


def passive_fields(passive: Passive) -> tuple[Field, ...]:
    """The fields of one passive."""
    return tuple(_stated([(words.PART, words.PASSIVE), (words.PASSIVE_HEIGHT, _quantity(passive.height))]))


def land_pattern_fields(package: Package) -> tuple[Field, ...]:
    """The fields of the finished package's land pattern."""
    balls = package.balls
    on_frame = package.carrier is not None and package.carrier.frame is not None
    return tuple(_stated([
        (words.PART, words.LAND_PATTERN),
        (words.PACKAGE_NAME, package.name),
        (words.CARRIER_KIND, LEAD_FRAME if on_frame else None),
        (words.MAX_HEIGHT, show(package.max_height, LENGTH) if package.max_height else None),
        (words.BALL_DIAMETER, _quantity(balls.diameter) if balls else None),
        (words.BALL_DIAMETERS, own_text(balls.sites) if balls else None),
        (words.BALL_STANDOFF, _quantity(balls.standoff) if balls else None),
        (words.BALL_ALLOY, balls.alloy if balls else None),
    ]))


def tolerance(layer: Layer) -> Optional[str]:
    """The tolerance of a layer's thickness, as ``± 3 um`` or ``+3/-2 um``; None where it has none."""
    thickness = layer.thickness
    if not thickness.plus and not thickness.minus:
        return None
    if thickness.plus == thickness.minus:
        return f"± {show(thickness.plus, LENGTH, 'um')}"
    return f"+{show(thickness.plus, LENGTH, 'um').split()[0]}/-{show(thickness.minus, LENGTH, 'um')}"


def _quantity(value: Optional[Toleranced], kind: Kind = LENGTH) -> Optional[str]:
    return None if value is None else show_toleranced(value, kind)


def _stated(pairs: Iterable[tuple[str, Optional[str]]]) -> Iterator[Field]:
    return ((name, value) for name, value in pairs if value)
