"""The carrier's layers: from the board's physical stack-up, or from a field where the board states none.

A stack-up belongs to the board's set-up, which KiCad's interface cannot write: a package that was placed into an open
board brings its layers in the carrier's field "Stack-up".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...faults import did_you_mean
from ...package import Layer, keys
from ...units import LENGTH, Toleranced, UnitError, parse_toleranced, show, show_toleranced
from ..clauses.columns import whole
from ..clauses.tree import Clause
from ..names import fields as words
from ..names.stackup import board_layers
from .contents import Contents
from .fields import Fields, Notes

_KINDS = (("mask", "mask"), ("copper", "copper"), ("core", "core"), ("prepreg", "build-up"))
_STATED = re.compile(r"\s*([a-z-]+)\s*:\s*([^():]+?)\s*(?:\(([^()]*)\)\s*)?")
_MARKS = str.maketrans("();", "[],")  # which a material's name cannot have in this field
_EXAMPLE = "mask: 15 um ± 3 um (AUS308); copper: 15 um ± 2 um; core: 200 um ± 20 um (BT); copper: 15 um; mask: 15 um"


def read_stackup(contents: Contents, notes: Notes, fields: Fields, chips_on_back: bool) -> tuple[Layer, ...]:
    """The carrier's layers from the chip side down, with the tolerances that its fields state."""
    stated = _stated(notes, fields)
    clause = contents.carrier_setup.first("stackup")
    if clause is None:
        return stated
    drawn = _drawn(clause, contents, notes, fields)
    found = contents.index.called(contents.top, b"setup")
    notes.put(keys.STACKUP, "stack-up", int(found[0]))
    drawn = drawn[::-1] if chips_on_back else drawn
    if not stated:
        return drawn
    if [(one.kind, one.thickness.nominal) for one in drawn] != [(one.kind, one.thickness.nominal) for one in stated]:
        fields.wrong(words.STACKUP, f"Board Setup > Physical Stackup says otherwise ({stackup_text(drawn)}); enter there what "
                     "this field says, or empty the field", keys.STACKUP)
    return stated


def _drawn(clause: Clause, contents: Contents, notes: Notes, fields: Fields) -> tuple[Layer, ...]:
    made, known = [], []
    for row in clause.all("layer"):
        name, written = row.word(), row.word_of("type").lower()
        kind = next((kind for word, kind in _KINDS if word in written), "")
        if not kind:
            continue
        for place, (thickness, material) in enumerate(_sublayers(row)):
            size = whole(thickness, largest=LENGTH.largest) if thickness else None
            called = f"{name} ({place + 1})" if place else name
            known.append(called)
            if size is None or size < 0:
                fault = contents.index.fault("this layer of the stack-up has no thickness; state it in Board Setup > Physical "
                                             "Stackup", row.at, f"stack-up layer {called}")
                notes.faults.append(replace(fault, unknown=(keys.STACKUP,)))
            elif size:
                made.append(Layer(called, kind, _with_tolerance(fields, called, size), material))
    for name in fields.all:
        layer = name.removeprefix(words.TOLERANCE_OF)
        if name.startswith(words.TOLERANCE_OF) and layer not in known and fields.text(name):
            fields.wrong(name, f"the stack-up has no layer '{layer}'{did_you_mean(layer, known)}",
                         keys.STACKUP)
    return tuple(made)


def stackup_text(layers: Sequence[Layer]) -> str:
    """Layers as the field states them."""
    rows = []
    for layer in (layer for layer in layers if layer.thickness.nominal):
        material = layer.material.translate(_MARKS)
        rows.append(f"{layer.kind}: {show_toleranced(layer.thickness, LENGTH)}" + (f" ({material})" if material else ""))
    return "; ".join(rows)


def _stated(notes: Notes, fields: Fields) -> tuple[Layer, ...]:
    """What the field says; () where there is none, and where it cannot be read."""
    text = fields.text(words.STACKUP, keys.STACKUP)
    made: list[Layer] = []
    for part in text.split(";") if text else ():
        found = _STATED.fullmatch(part)
        if not found:
            fields.wrong(words.STACKUP, f"'{part.strip()}' is not a layer; write for example {_EXAMPLE}", keys.STACKUP)
            return ()
        kind, thickness, material = found.groups()
        known = [name for _, name in _KINDS]
        if kind not in known:
            fields.wrong(words.STACKUP, f"'{kind}' is not a layer{did_you_mean(kind, known)}", keys.STACKUP)
            return ()
        try:
            size = parse_toleranced(thickness, LENGTH)
        except UnitError as error:
            fields.wrong(words.STACKUP, f"{kind}: {error}", keys.STACKUP)
            return ()
        if not 0 < size.low <= size.high <= LENGTH.largest:
            fields.wrong(words.STACKUP, f"{kind}: '{thickness}' is not a thickness; it must be more than nothing", keys.STACKUP)
            return ()
        made.append(Layer("", kind, size, (material or "").strip()))
    named = iter([name for name, layer in board_layers(made) if layer.thickness.nominal])
    return tuple(Layer(next(named), layer.kind, layer.thickness, layer.material) for layer in made)


def _sublayers(row: Clause) -> Iterator[tuple[str, str]]:
    """Thickness and material of each sublayer: KiCad writes them one after the other, ``addsublayer`` between."""
    thickness = material = ""
    for item in row.items:
        if item == "addsublayer":
            yield thickness, material
            thickness = material = ""
        elif isinstance(item, Clause) and item.name == "thickness":
            thickness = item.word()
        elif isinstance(item, Clause) and item.name == "material":
            material = item.word()
    yield thickness, material


def _with_tolerance(fields: Fields, layer: str, size: int) -> Toleranced:
    name = words.TOLERANCE_OF + layer
    text = fields.text(name)
    if not text:
        return Toleranced(size)
    # "± 3 um" goes with the drawn thickness; of "15 um ± 3 um" only the tolerance counts: what is drawn wins.
    whole_text = text if text[0].isdigit() else f"{show(size, LENGTH, 'um')} {text}"
    try:
        stated = parse_toleranced(whole_text, LENGTH)
    except UnitError:
        fields.wrong(name, f"'{text}' is not a tolerance; write for example ± 3 um or +3/-2 um", keys.STACKUP)
        return Toleranced(size)
    if stated.nominal == size and (whole_text == text or "%" in text):
        return stated
    if stated.nominal != size and not stated.plus and not stated.minus:
        fields.wrong(name, f"'{text}' is not a tolerance, and not the thickness of this layer, {show(size, LENGTH)}; write for "
                     "example ± 3 um or +3/-2 um", keys.STACKUP)
    return Toleranced(size, stated.plus, stated.minus)
