"""What a package says beyond its drawing, as footprint fields: one readable field per datum that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Optional, Union

from ...land_table import land_table
from ...package import Balls, Bumps, Carrier, Chip, Layer, Mold, Package, Passive, TopLands, Wire
from ...package.cavity import as_said
from ...package.datum import COUNT, WORD, data_of
from ...units import LENGTH, show, show_toleranced
from ..names import fields as words
from ..names.own_diameters import BALL_FIELDS, BUMP_FIELDS, TOP_FIELDS, all_own, own_text
from ..names.stackup import board_layers

Field = tuple[str, str]


def carrier_fields(package: Package) -> tuple[Field, ...]:
    """The fields of the carrier: the whole package's, the mold's, the balls', the stack-up's tolerances."""
    carrier, mold = package.carrier, package.mold
    layers = board_layers(carrier.stackup if carrier else ())
    return (
        (words.PART, words.CARRIER), (words.PACKAGE_NAME, package.name),
        *_data(carrier, package, mold, mold.process if mold else None), *_site_data(package.balls, BALL_FIELDS),
        *_region_data(mold), *_site_data(package.top_lands, TOP_FIELDS),
        *_data(package.lid, package.singulation, carrier.frame if carrier else None),
        *([(words.LANDS, land_table(package.lands).rstrip("\n").replace("\n", "; "))] if package.lands else []),
        *((words.TOLERANCE_OF + name, text) for name, layer in layers if (text := tolerance(layer))))


def _region_data(mold: Optional[Mold]) -> Iterator[Field]:
    """The fields of every further block of mold, with its name behind."""
    for region in mold.regions if mold is not None else ():
        for part in (region, region.process):
            for name, datum in data_of(type(part)).items():
                value = getattr(part, name)
                if datum.is_stated(value) and value != datum.usual:
                    yield words.of_region(datum, region.name).label, datum.text(value)


def chip_fields(chip: Chip) -> tuple[Field, ...]:
    """The fields of one chip. Its bumps' pads are drawn on the carrier, and stated where it stands on a chip."""
    return ((words.PART, words.CHIP), *_data(as_said(chip)), *_site_data(chip.bumps, BUMP_FIELDS, chip.lands_inside),
            *_data(chip.pads))


def fingers_fields() -> tuple[Field, ...]:
    """The fields of the bond fingers: all else is drawn."""
    return ((words.PART, words.FINGERS),)


def wires_fields(one: Wire) -> tuple[Field, ...]:
    """The fields of wires of one kind, of which this is one."""
    return ((words.PART, words.WIRES), *_data(one))


def passive_fields(passive: Passive) -> tuple[Field, ...]:
    """The fields of one passive."""
    return ((words.PART, words.PASSIVE), *_data(as_said(passive)))


def land_pattern_fields(package: Package) -> tuple[Field, ...]:
    """The fields of the finished package's land pattern."""
    stands = package.carrier.kind if package.carrier is not None and package.balls is None else ""
    kind = data_of(Carrier)["kind"].label
    return ((words.PART, words.LAND_PATTERN), (words.PACKAGE_NAME, package.name),
            *(((kind, stands),) if stands else ()), *_data(package, package.balls),
            *_own(package.balls, BALL_FIELDS))


def _site_data(part: Optional[Union[Balls, Bumps, TopLands]], named: Mapping[str, str], drawn: bool = False) -> Iterator[Field]:
    """The fields of balls or bumps. Where each has a diameter of its own no pad shows what the usual one would be."""
    if part is not None:
        yield from _data(part, drawn=drawn or all_own(part.sites))
        yield from _own(part, named)


def _own(part: Optional[Union[Balls, Bumps, TopLands]], named: Mapping[str, str]) -> Iterator[Field]:
    """What single sites have of their own; ``named`` are the fields by what ``Sites`` calls it."""
    for attribute, name in named.items() if part is not None else ():
        text = own_text(part.sites, attribute) if part is not None else None
        if text:
            yield name, text


def _data(*parts: Any, drawn: bool = False) -> Iterator[Field]:
    """A field for every datum that these parts state and that is not ``drawn``."""
    for part in (one for one in parts if one is not None):
        for name, datum in data_of(type(part)).items():
            value = getattr(part, name)
            # A word is said even where it is the usual one: people look for it. Counts and pairs would be clutter.
            usual = value == datum.usual and datum.form not in (WORD, COUNT)
            if (drawn or not datum.drawn) and datum.is_stated(value) and not usual:
                yield datum.label, datum.text(value)


def tolerance(layer: Layer) -> Optional[str]:
    """The tolerance of a layer's thickness, as ``± 3 um`` or ``+3/-2 um``; None where it has none."""
    thickness = layer.thickness
    if thickness.stated and thickness.stated != show_toleranced(thickness, LENGTH):
        return thickness.stated  # in units or a form of somebody's own, which what is drawn does not keep
    if not thickness.plus and not thickness.minus:
        return None
    if thickness.plus == thickness.minus:
        return f"± {show(thickness.plus, LENGTH, 'um')}"
    return f"+{show(thickness.plus, LENGTH, 'um').split()[0]}/-{show(thickness.minus, LENGTH, 'um')}"
