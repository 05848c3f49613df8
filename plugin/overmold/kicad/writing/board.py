"""A package as a KiCad 9 board: the board is the carrier, chips and passives on F.Cu, balls on B.Cu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ...drawing import EDGE, Part, outline_shapes
from ...drawing.parts import draw_carrier, draw_chip, draw_passive
from ...drawing.wiring import draw_fingers, draw_wires
from ...file_names import apart
from ...package import Carrier, Package
from ...shapes import Point
from ...units import mm
from ..clauses.tree import quote
from ..names.layers import layer_table
from ..names.stackup import copper_count, stackup_clause, thickness
from .fields import Field, carrier_fields, chip_fields, fingers_fields, passive_fields, wires_fields
from .footprint import FORMAT, GENERATOR, footprint_file, footprint_on_board, shape_on_board, shape_order
from .models import in_project, inside_model
from .pads import OnBoard, natural_key, net_of
from .uuids import Stream, uuids

CENTRE = (100_000_000, 100_000_000)  # where on KiCad's sheet the carrier's middle lies
EDGE_WIDTH = 50_000
PLAIN_THICKNESS = 1_600_000  # what KiCad takes where nobody has stated a stack-up


@dataclass(frozen=True, eq=False)
class Drawn:
    """A part with its fields, ready for a library or a board."""

    part: Part
    fields: tuple[Field, ...]


def drawn_parts(package: Package) -> tuple[Drawn, ...]:
    """The carrier, then the chips, then the passives, in the package's own coordinates.

    Footprints that look alike have one name; no two others are one file, on whatever system.
    """
    wiring, passives = list(_wiring(package)), list(_passives(package))
    carrier = replace(draw_carrier(package, carrier_reference(package)), models=in_project(inside_model(package.name)))
    single = [Drawn(carrier, carrier_fields(package)), *wiring,
              *(Drawn(draw_chip(package, chip), chip_fields(chip)) for chip in package.chips)]
    shared = {one.part.name for one in passives}
    # The land patterns are called like the package, with or without this ending.
    taken = [package.name, f"{package.name}_ThermalVias", *shared]
    names = apart([one.part.name for one in single], taken)
    named = [replace(one, part=replace(one.part, name=name)) for one, name in zip(single, names)]
    behind = 1 + len(wiring)
    return (named[0], *named[behind:], *passives, *named[1:behind])


def _wiring(package: Package) -> Iterable[Drawn]:
    """Bond fingers and wires, in parts that no other part is called like."""
    fingers = draw_fingers(package, next(_free("FINGERS", package)))
    if fingers is not None:
        yield Drawn(fingers, fingers_fields())
    for one, part in draw_wires(package, _free("WIRES", package)):
        yield Drawn(part, wires_fields(one))


def _passives(package: Package) -> Iterable[Drawn]:
    """Passives that are drawn alike share one footprint; those that only have the same size get names of their own."""
    known: dict[str, list[bytes]] = {}
    for passive in package.passives:
        drawn = Drawn(draw_passive(passive), passive_fields(passive))
        alike = known.setdefault(drawn.part.name, [])
        look = footprint_file(drawn.part, drawn.fields)
        if look not in alike:
            alike.append(look)
        number = alike.index(look)
        name = drawn.part.name + (f"_{number + 1}" if number else "")
        yield Drawn(replace(drawn.part, name=name), drawn.fields)


def carrier_reference(package: Package) -> str:
    """PKG1, or the next that no chip and no passive is called."""
    return next(_free("PKG", package))


def _free(prefix: str, package: Package) -> Iterator[str]:
    """PKG1, PKG2, …, less what a chip or passive is called."""
    taken = {chip.name for chip in package.chips} | {passive.name for passive in package.passives}
    return (name for name in (f"{prefix}{i}" for i in count(1)) if name not in taken)


def board_file(package: Package) -> bytes:
    """The board (.kicad_pcb) of a package; raises ValueError where it has no carrier."""
    carrier = _carrier_of(package)
    middle = carrier.outline.centre
    by = (CENTRE[0] - middle[0], CENTRE[1] - middle[1])
    drawn = [replace(each, part=_moved(each.part, by)) for each in drawn_parts(package)]
    nets = number_nets(each.part for each in drawn)
    stream = Stream(f"{package.name} board")
    edge = sorted(outline_shapes(carrier.outline.moved(by), EDGE, EDGE_WIDTH), key=shape_order)
    before = _before(package, carrier) + "".join(f"\t(net {number} {quote(name)})\n" for name, number in nets.items())
    after = "".join([*(shape_on_board(shape, stream.next()) for shape in edge), _AFTER])
    return b"".join([before.encode(), *_footprints(drawn, package.name, nets), after.encode()])


def empty_board(package: Package) -> bytes:
    """A board with the layers, their names and the stack-up of this package and nothing on it, for KiCad to import from."""
    return f'{_before(package, _carrier_of(package))}\t(net 0 "")\n{_AFTER}'.encode()


def _carrier_of(package: Package) -> Carrier:
    if package.carrier is None:
        raise ValueError("a package without a carrier cannot be drawn")
    return package.carrier


def _before(package: Package, carrier: Carrier) -> str:
    """What stands in a board's file before its nets."""
    tall = thickness(carrier.stackup) or (carrier.thickness.nominal if carrier.thickness else PLAIN_THICKNESS)
    return "".join([
        f'(kicad_pcb\n\t(version {FORMAT})\n\t(generator {quote(GENERATOR)})\n\t(generator_version "9.0")\n',
        f"\t(general\n\t\t(thickness {mm(tall)})\n\t\t(legacy_teardrops no)\n\t)\n",
        f'\t(paper "A4")\n\t(title_block\n\t\t(title {quote(package.name)})\n\t)\n',
        layer_table(copper_count(carrier.stackup)),
        f"\t(setup\n{stackup_clause(carrier.stackup)}{_SETUP}\t)\n"])


def number_nets(parts: Iterable[Part]) -> dict[str, int]:
    """Every net by name with its number; 0 is none, the others in natural order, as KiCad numbers them."""
    names = {
        net_of(part, name, net)
        for part in parts for group in part.pads for name, net in zip(group.names, group.nets)
    }
    return {"": 0, **{name: i + 1 for i, name in enumerate(sorted(names, key=natural_key))}}


def _footprints(drawn: Sequence[Drawn], library: str, nets: dict[str, int]) -> list[bytes]:
    # KiCad writes footprints in the order of their UUIDs: sorted ones keep ours.
    ids = sorted(each.decode() for each in uuids(f"{library} footprints", len(drawn)))
    return [
        footprint_on_board(each.part, each.fields, OnBoard(library, uuid, nets)) for each, uuid in zip(drawn, ids)
    ]


def _moved(part: Part, by: Point) -> Part:
    return replace(part, at=(part.at[0] + by[0], part.at[1] + by[1]))


_AFTER = "\t(embedded_fonts no)\n)\n"
# KiCad's own defaults, written out so that a first save by KiCad changes nothing.
_PLOT = """\
layerselection 0x00000000_00000000_55555555_5755f5ff
plot_on_all_layers_selection 0x00000000_00000000_00000000_00000000
disableapertmacros no
usegerberextensions no
usegerberattributes yes
usegerberadvancedattributes yes
creategerberjobfile yes
dashed_line_dash_ratio 12.000000
dashed_line_gap_ratio 3.000000
svgprecision 4
plotframeref no
mode 1
useauxorigin no
hpglpennumber 1
hpglpenspeed 20
hpglpendiameter 15.000000
pdf_front_fp_property_popups yes
pdf_back_fp_property_popups yes
pdf_metadata yes
pdf_single_document no
dxfpolygonmode yes
dxfimperialunits yes
dxfusepcbnewfont yes
psnegative no
psa4output no
plot_black_and_white yes
sketchpadsonfab no
plotpadnumbers no
hidednponfab no
sketchdnponfab yes
crossoutdnponfab yes
subtractmaskfromsilk no
outputformat 1
mirror no
drillshape 1
scaleselection 1
outputdirectory ""
"""
_SETUP = (
    "\t\t(pad_to_mask_clearance 0)\n\t\t(allow_soldermask_bridges_in_footprints no)\n\t\t(tenting front back)\n"
    "\t\t(pcbplotparams\n" + "".join(f"\t\t\t({row})\n" for row in _PLOT.splitlines()) + "\t\t)\n"
)
