"""A plan as DXF of AutoCAD 2000 (AC1015), in mm: the oldest form that knows units and closed polylines, which all can read.

Written by hand: some fifty lines of frame around the entities; any library for it is larger than all of Overmold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...package import Package
from ...shapes import Point
from ...units import mm
from .plan import Layer, Plan, plan_of

_Pairs = list[tuple[int, str]]
_MODEL, _PAPER = "1F", "1B"  # handles of the two block records
_ROOT, _GROUPS, _FIRST = "C", "D", 0x100  # of the dictionaries, and from where entities count
_TABLES = {"VPORT": "8", "LTYPE": "5", "LAYER": "2", "STYLE": "3", "VIEW": "6", "UCS": "7", "APPID": "9", "DIMSTYLE": "A",
           "BLOCK_RECORD": "1"}
_LINES = (("BYBLOCK", "14", "", ()), ("BYLAYER", "15", "", ()), ("CONTINUOUS", "16", "Solid line", ()),
          ("DASHED", "17", "Dashed _ _ _", (0.3, -0.2)))
_NAME_HEIGHT = 0.08  # mm, of names beside their parts


def write(package: Package) -> bytes:
    """The plan of a package as DXF; nothing where it has no carrier."""
    return dxf_file(plan_of(package))


def dxf_file(plan: Plan) -> bytes:
    """The DXF; nothing for an empty plan. What is round and of unknown diameter is a point."""
    if not plan:
        return b""
    layers = [Layer("0", 0, 7), *plan.layers, Layer("NAMES", 0, 9)]
    entities = list(_entities(plan))
    first = _FIRST + len(layers)
    parts = [_text([*_header(plan, first + len(entities)), *_section("CLASSES"), *_tables(plan, layers), *_blocks(),
                    (0, "SECTION"), (2, "ENTITIES")])]
    parts += [f"  0\n{one.kind}\n  5\n{number:X}\n330\n{_MODEL}\n100\nAcDbEntity\n  8\n{one.layer}\n100\n{one.subclass}\n"
              f"{one.body}" for number, one in enumerate(entities, first)]
    parts.append(_text([(0, "ENDSEC"), *_objects(), (0, "EOF")]))
    return "".join(parts).encode("ascii")


class _Entity(NamedTuple):
    """One entity, its ``body`` ready as text."""

    kind: str
    layer: str
    subclass: str
    body: str


def _text(pairs: _Pairs) -> str:
    return "".join(f"{code:>3}\n{_plain(value)}\n" for code, value in pairs)


def _plain(value: str) -> str:
    """One line of ASCII; other letters as AutoCAD escapes them."""
    if value.isascii() and value.isprintable():
        return value
    return "".join(one if " " <= one <= "~" else f"\\U+{min(ord(one), 0xFFFF):04X}" for one in value)


def _entities(plan: Plan) -> Iterator[_Entity]:
    for shape in plan.shapes:
        for ring in shape.outline.rings:
            corners = "".join(f" 10\n{mm(x)}\n 20\n{mm(y)}\n" for x, y in ring)
            yield _Entity("LWPOLYLINE", shape.layer, "AcDbPolyline", f" 90\n{len(ring)}\n 70\n1\n{corners}")
    for group in plan.circles:
        for (x, y), wide in zip(group.xy.tolist(), group.diameters.tolist()):
            spot = f"{_spot(10, (x, y))} 40\n{_half(wide)}\n" if wide else _spot(10, (x, y))
            yield _Entity(*(("CIRCLE", group.layer, "AcDbCircle") if wide else ("POINT", group.layer, "AcDbPoint")), spot)
    for stroke in plan.strokes:
        yield _Entity("LINE", stroke.layer, "AcDbLine", _spot(10, stroke.start) + _spot(11, stroke.end))
    yield from _names(plan)


def _names(plan: Plan) -> Iterator[_Entity]:
    spots = [(shape.name, shape.outline.centre) for shape in plan.shapes if shape.layer != "LEAD_METAL"]
    spots += [(name, (x, y)) for group in plan.circles for name, (x, y) in zip(group.names, group.xy.tolist())]
    for name, spot in spots:
        if name:
            yield _Entity("TEXT", "NAMES", "AcDbText", f"{_spot(10, spot)} 40\n{_NAME_HEIGHT}\n  1\n{_plain(name)}\n 72\n1\n"
                          f"{_spot(11, spot)}100\nAcDbText\n 73\n2\n")


def _spot(code: int, spot: Point) -> str:
    return f" {code}\n{mm(spot[0])}\n {code + 10}\n{mm(spot[1])}\n {code + 20}\n0\n"


def _half(wide: int) -> str:
    """Half a length in mm, also of an odd number of nanometres."""
    return mm(wide // 2) if wide % 2 == 0 else f"{wide / 2e6:.7f}"


def _section(name: str, pairs: _Pairs | None = None) -> _Pairs:
    return [(0, "SECTION"), (2, name), *(pairs or []), (0, "ENDSEC")]


def _header(plan: Plan, seed: int) -> _Pairs:
    left, low, right, high = _extent(plan)
    return _section("HEADER", [
        (9, "$ACADVER"), (1, "AC1015"), (9, "$DWGCODEPAGE"), (3, "ANSI_1252"), (9, "$HANDSEED"), (5, f"{seed:X}"),
        (9, "$INSUNITS"), (70, "4"), (9, "$MEASUREMENT"), (70, "1"),
        (9, "$EXTMIN"), (10, mm(left)), (20, mm(low)), (30, "0"), (9, "$EXTMAX"), (10, mm(right)), (20, mm(high)), (30, "0")])


def _extent(plan: Plan) -> tuple[int, int, int, int]:
    boxes = [shape.outline.box for shape in plan.shapes]
    left, low, right, high = zip(*boxes)
    return min(left), min(low), max(right), max(high)


def _tables(plan: Plan, layers: list[Layer]) -> _Pairs:
    left, low, right, high = _extent(plan)
    view = _record("VPORT", "94", "AcDbViewportTableRecord", "*ACTIVE", [
        (10, "0"), (20, "0"), (11, "1"), (21, "1"), (12, mm((left + right) // 2)), (22, mm((low + high) // 2)), (13, "0"),
        (23, "0"), (14, "1"), (24, "1"), (15, "1"), (25, "1"), (16, "0"), (26, "0"), (36, "1"), (17, "0"), (27, "0"), (37, "0"),
        (40, mm(max(1, high - low) * 6 // 5)), (41, "1.5"), (42, "50"), (43, "0"), (44, "0"), (50, "0"), (51, "0"), (71, "0"),
        (72, "100"), (73, "1"), (74, "1"), (75, "0"), (76, "0"), (77, "0"), (78, "0")])
    lines = [pair for name, handle, words, dashes in _LINES for pair in _record(
        "LTYPE", handle, "AcDbLinetypeTableRecord", name, [(3, words), (72, "65"), (73, str(len(dashes))),
        (40, str(sum(map(abs, dashes)))), *(pair for dash in dashes for pair in ((49, str(dash)), (74, "0")))])]
    named = [pair for number, layer in enumerate(layers, _FIRST) for pair in _record(
        "LAYER", f"{number:X}", "AcDbLayerTableRecord", layer.name,
        [(62, str(layer.colour)), (6, "DASHED" if layer.dashed else "CONTINUOUS"), (370, "-3")])]
    style = _record("STYLE", "11", "AcDbTextStyleTableRecord", "STANDARD", [
        (40, "0"), (41, "1"), (50, "0"), (71, "0"), (42, "2.5"), (3, "txt"), (4, "")])
    application = _record("APPID", "12", "AcDbRegAppTableRecord", "ACAD", [])
    blocks = [*_record("BLOCK_RECORD", _MODEL, "AcDbBlockTableRecord", "*MODEL_SPACE", [], flags=False),
              *_record("BLOCK_RECORD", _PAPER, "AcDbBlockTableRecord", "*PAPER_SPACE", [], flags=False)]
    dimension = [(0, "DIMSTYLE"), (105, "27"), (330, _TABLES["DIMSTYLE"]), (100, "AcDbSymbolTableRecord"),
                 (100, "AcDbDimStyleTableRecord"), (2, "STANDARD"), (70, "0")]
    found: _Pairs = []
    for name, count, records in (("VPORT", 1, view), ("LTYPE", len(_LINES), lines), ("LAYER", len(layers), named),
                                 ("STYLE", 1, style), ("VIEW", 0, []), ("UCS", 0, []), ("APPID", 1, application),
                                 ("DIMSTYLE", 1, dimension), ("BLOCK_RECORD", 2, blocks)):
        extra = [(100, "AcDbDimStyleTable"), (71, "1")] if name == "DIMSTYLE" else []
        found += [(0, "TABLE"), (2, name), (5, _TABLES[name]), (330, "0"), (100, "AcDbSymbolTable"), (70, str(count)), *extra,
                  *records, (0, "ENDTAB")]
    return _section("TABLES", found)


def _record(table: str, handle: str, subclass: str, name: str, rest: _Pairs, flags: bool = True) -> _Pairs:
    return [(0, table), (5, handle), (330, _TABLES[table]), (100, "AcDbSymbolTableRecord"), (100, subclass), (2, name),
            *([(70, "0")] if flags else []), *rest]


def _blocks() -> _Pairs:
    found: _Pairs = []
    for name, record, begin, end in (("*MODEL_SPACE", _MODEL, "20", "21"), ("*PAPER_SPACE", _PAPER, "1C", "1D")):
        paper = [(67, "1")] if record == _PAPER else []
        found += [(0, "BLOCK"), (5, begin), (330, record), (100, "AcDbEntity"), *paper, (8, "0"), (100, "AcDbBlockBegin"),
                  (2, name), (70, "0"), (10, "0"), (20, "0"), (30, "0"), (3, name), (1, ""),
                  (0, "ENDBLK"), (5, end), (330, record), (100, "AcDbEntity"), *paper, (8, "0"), (100, "AcDbBlockEnd")]
    return _section("BLOCKS", found)


def _objects() -> _Pairs:
    return _section("OBJECTS", [
        (0, "DICTIONARY"), (5, _ROOT), (330, "0"), (100, "AcDbDictionary"), (281, "1"), (3, "ACAD_GROUP"), (350, _GROUPS),
        (0, "DICTIONARY"), (5, _GROUPS), (330, _ROOT), (100, "AcDbDictionary"), (281, "1")])
