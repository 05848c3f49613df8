"""The text of a STEP file (ISO 10303-21, schema AP214) for solids with places and colours.

A solid that stands in many places is one product; of an array every different row is one more, which stands in as many places
as there are such rows: ten thousand balls are some hundred placements, not ten thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Union

import numpy as np

from ..arrays import IntArray
from .solids import Shape
from .surfaces import Entities, brep

HEADER = """\
ISO-10303-21;
HEADER;
FILE_DESCRIPTION(('{name}'),'2;1');
FILE_NAME('{name}','',(''),(''),'Overmold','Overmold','');
FILE_SCHEMA(('AUTOMOTIVE_DESIGN {{ 1 0 10303 214 1 1 1 1 }}'));
ENDSEC;
DATA;
"""
Spot = tuple[int, int, int]


@dataclass(frozen=True, eq=False, repr=False)
class Solid:
    """A shape with its name, colour (red, green, blue from 0 to 1), opacity and the places (n, 3) in nm of its origin."""

    name: str
    shape: Shape
    colour: tuple[float, float, float]
    opacity: float
    at: IntArray

    def alone(self) -> Solid:
        """The same in its first place only."""
        return replace(self, at=self.at[:1])


def step_file(name: str, solids: Sequence[Solid]) -> bytes:
    """All solids as one assembly of this name."""
    file = _File()
    root = file.product(name, [])
    for solid in solids:
        shape = file.solid(solid)
        patterns: dict[tuple[int, ...], int] = {}
        for start, along, offsets in _rows(solid.at):
            if len(offsets) > 1 and offsets not in patterns:
                row = patterns[offsets] = file.product(f"{solid.name} row", [])
                for offset in offsets:
                    file.place(row, shape, (offset, 0, 0) if along == 0 else (0, offset, 0))
            file.place(root, patterns.get(offsets, shape), start)
    head = HEADER.format(name=Entities.text(name))
    return f"{head}{file.entities.written()}ENDSEC;\nEND-ISO-10303-21;\n".encode("ascii")


def _rows(at: IntArray) -> list[tuple[Spot, int, tuple[int, ...]]]:
    """Places as rows: the first place of each, the axis along which it runs, and the ways from there to all of its places;
    along x or y, as takes fewer placements."""
    found = []
    for along, across in ((0, 1), (1, 0)):
        order = at[np.lexsort((at[:, along], at[:, across], at[:, 2]))]
        breaks = np.flatnonzero(np.diff(order[:, across]) | np.diff(order[:, 2])) + 1
        rows = np.split(order, breaks)
        ways: dict[bytes, tuple[int, ...]] = {}
        made = []
        for row in rows:
            offsets = row[:, along] - row[0, along]
            form = offsets.tobytes()
            if form not in ways:
                ways[form] = tuple(offsets.tolist())
            made.append((tuple(row[0].tolist()), along, ways[form]))
        found.append((len(rows) + sum(map(len, ways.values())), made))
    return min(found, key=lambda one: one[0])[1]


class _File:
    def __init__(self) -> None:
        self.entities = Entities()
        put = self.entities.put
        context = put("APPLICATION_CONTEXT('automotive design')")
        put(f"APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,#{context})")
        self.product_context = put(f"PRODUCT_CONTEXT('',#{context},'mechanical')")
        self.definition_context = put(f"PRODUCT_DEFINITION_CONTEXT('part definition',#{context},'design')")
        length = put("(LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT(.MILLI.,.METRE.))")
        angle = put("(NAMED_UNIT(*) PLANE_ANGLE_UNIT() SI_UNIT($,.RADIAN.))")
        solid_angle = put("(NAMED_UNIT(*) SI_UNIT($,.STERADIAN.) SOLID_ANGLE_UNIT())")
        close = put(f"UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-05),#{length},'distance_accuracy_value','')")
        self.space = put(f"(GEOMETRIC_REPRESENTATION_CONTEXT(3) GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((#{close})) "
                         f"GLOBAL_UNIT_ASSIGNED_CONTEXT((#{length},#{angle},#{solid_angle})) REPRESENTATION_CONTEXT('',''))")
        self.origin = self.entities.placement((0, 0, 0))
        self.colours: dict[tuple[object, ...], int] = {}
        self.shape_of: dict[int, int] = {}  # of each product definition, its shape representation

    def product(self, name: str, breps: Sequence[int]) -> int:
        """A product of these solids, or one that things will be placed in; its definition."""
        put, words = self.entities.put, Entities.text(name)
        product = put(f"PRODUCT('{words}','{words}','',(#{self.product_context}))")
        put(f"PRODUCT_RELATED_PRODUCT_CATEGORY('part',$,(#{product}))")
        formation = put(f"PRODUCT_DEFINITION_FORMATION('','',#{product})")
        definition = put(f"PRODUCT_DEFINITION('design','',#{formation},#{self.definition_context})")
        shape = put(f"PRODUCT_DEFINITION_SHAPE('','',#{definition})")
        kind = "ADVANCED_BREP_SHAPE_REPRESENTATION" if breps else "SHAPE_REPRESENTATION"
        items = ",".join(f"#{one}" for one in (self.origin, *breps))
        self.shape_of[definition] = put(f"{kind}('{words}',({items}),#{self.space})")
        put(f"SHAPE_DEFINITION_REPRESENTATION(#{shape},#{self.shape_of[definition]})")
        return definition

    def solid(self, solid: Solid) -> int:
        """A product of one coloured solid; its definition."""
        body = brep(self.entities, solid.name, solid.shape)
        style = self._style(solid.colour, solid.opacity)
        styled = self.entities.put(f"STYLED_ITEM('colour',(#{style}),#{body})")
        self.entities.put(f"MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',(#{styled}),#{self.space})")
        return self.product(solid.name, [body])

    def _style(self, colour: tuple[float, float, float], opacity: float) -> int:
        key = (*colour, opacity)
        if key not in self.colours:
            put = self.entities.put
            red, green, blue = colour
            paint = put(f"COLOUR_RGB('',{red:g},{green:g},{blue:g})".replace(",0,", ",0.,").replace(",1,", ",1.,"))
            fill = put(f"FILL_AREA_STYLE('',(#{put(f'FILL_AREA_STYLE_COLOUR({chr(39) * 2},#{paint})')}))")
            styles = [put(f"SURFACE_STYLE_FILL_AREA(#{fill})")]
            if opacity < 1:
                clear = put(f"SURFACE_STYLE_TRANSPARENT({1 - opacity:g})")
                styles.append(put(f"SURFACE_STYLE_RENDERING_WITH_PROPERTIES(.NORMAL_SHADING.,#{paint},(#{clear}))"))
            side = put(f"SURFACE_SIDE_STYLE('',({','.join(f'#{one}' for one in styles)}))")
            usage = put(f"SURFACE_STYLE_USAGE(.BOTH.,#{side})")
            self.colours[key] = put(f"PRESENTATION_STYLE_ASSIGNMENT((#{usage}))")
        return self.colours[key]

    def place(self, around: int, part: int, at: Union[Spot, tuple[int, ...]]) -> None:
        """One product in another, ``at`` nm from its origin."""
        put = self.entities.put
        number = len(self.entities.lines)
        used = put(f"NEXT_ASSEMBLY_USAGE_OCCURRENCE('{number}','','',#{around},#{part},$)")
        shape = put(f"PRODUCT_DEFINITION_SHAPE('','',#{used})")
        moved = put(f"ITEM_DEFINED_TRANSFORMATION('','',#{self.origin},#{self.entities.placement(at)})")
        relation = put(f"(REPRESENTATION_RELATIONSHIP('','',#{self.shape_of[part]},#{self.shape_of[around]}) "
                       f"REPRESENTATION_RELATIONSHIP_WITH_TRANSFORMATION(#{moved}) SHAPE_REPRESENTATION_RELATIONSHIP())")
        put(f"CONTEXT_DEPENDENT_SHAPE_REPRESENTATION(#{relation},#{shape})")
