"""The carrier's stack-up under the names of a KiCad board: F.Mask, F.Cu, dielectric 1, In1.Cu, …, B.Cu, B.Mask.

A KiCad board has an even number of copper layers. A carrier with an odd number, or with one, gets further copper layers
of no thickness at the far side, so that nothing is lost and the board's thickness stays the carrier's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ...package import Layer
from ...units import Toleranced, mm
from ..clauses.tree import quote
from .layers import copper_names

_TYPES = {"F.Mask": "Top Solder Mask", "B.Mask": "Bottom Solder Mask"}
_NOTHING = Toleranced(0)


def copper_count(stackup: Sequence[Layer]) -> int:
    """How many copper layers the board gets: those of the stack-up, made even, at least two."""
    count = sum(layer.kind == "copper" for layer in stackup)
    return max(2, count + count % 2)


def board_layers(stackup: Sequence[Layer]) -> list[tuple[str, Layer]]:
    """Every layer that the board will have with its name there; several dielectrics between two coppers become
    ``dielectric 1``, ``dielectric 1 (2)`` and so on."""
    if not stackup:
        return []
    layers = list(stackup)
    back = [layers.pop()] if layers[-1].kind == "mask" and len(layers) > 1 else []
    coppers = copper_names(copper_count(stackup))
    named: list[tuple[str, Layer]] = []
    used = dielectrics = part = 0
    for layer in layers:
        if layer.kind == "mask":
            named.append(("F.Mask", layer))
        elif layer.kind == "copper":
            if used and part == 0:
                dielectrics += 1
                named.append((f"dielectric {dielectrics}", Layer("", "core", _NOTHING)))
            named.append((coppers[used], layer))
            used, part = used + 1, 0
        else:
            part += 1
            dielectrics += part == 1
            named.append((f"dielectric {dielectrics}" + (f" ({part})" if part > 1 else ""), layer))
    while used < len(coppers):
        if part == 0:
            dielectrics += 1
            named.append((f"dielectric {dielectrics}", Layer("", "core", _NOTHING)))
        named.append((coppers[used], Layer("", "copper", _NOTHING)))
        used, part = used + 1, 0
    return named + [("B.Mask", layer) for layer in back]


def thickness(stackup: Sequence[Layer]) -> Optional[int]:
    """The whole stack-up's nominal thickness; None where nobody has stated one."""
    return sum(layer.thickness.nominal for layer in stackup) if stackup else None


def stackup_clause(stackup: Sequence[Layer]) -> str:
    """The ``(stackup …)`` clause as KiCad writes it; empty where there is no stack-up."""
    layers = board_layers(stackup)
    if not layers:
        return ""
    rows: list[str] = []
    for name, layer in layers:
        if name.endswith(")"):  # a further part of the same dielectric
            end = rows.pop()
            rows[-1] = rows[-1].rstrip() + " addsublayer\n"
            rows += [*_numbers(layer, is_dielectric=True), end]
            continue
        kind = _TYPES.get(name) or {"copper": "copper", "core": "core"}.get(layer.kind, "prepreg")
        rows += [f'\t\t\t(layer "{name}"\n', f'\t\t\t\t(type "{kind}")\n',
                 *_numbers(layer, is_dielectric=name.startswith("dielectric")), "\t\t\t)\n"]
    end = '\t\t\t(copper_finish "None")\n\t\t\t(dielectric_constraints no)\n\t\t)\n'
    return "\t\t(stackup\n" + "".join(rows) + end


def _numbers(layer: Layer, is_dielectric: bool) -> list[str]:
    rows = [f"\t\t\t\t(thickness {mm(layer.thickness.nominal)})\n"]
    is_copper = layer.kind == "copper"
    if layer.material and not is_copper:
        rows.append(f"\t\t\t\t(material {quote(layer.material)})\n")
    # KiCad adds its defaults where they are not stated; stated, a file stays the same through KiCad.
    if is_dielectric:
        rows += ["\t\t\t\t(epsilon_r 4.5)\n", "\t\t\t\t(loss_tangent 0.02)\n"]
    elif layer.material and not is_copper:
        rows += ["\t\t\t\t(epsilon_r 3.3)\n", "\t\t\t\t(loss_tangent 0)\n"]
    return rows
