"""What colour a body has where it is seen in three dimensions: red, green and blue from 0 to 1."""

from __future__ import annotations

from ..package import WAFER, Package, keys
from ..space import ATTACH, CAVITY, CHIP, LAYER, LID, METAL, MOLD, PASSIVE, UPPER, Body

Colour = tuple[float, float, float]
SOLDER: Colour = (.78, .79, .80)
SEEN_THROUGH = .25  # how opaque a mold is that shows what is in it
_BODIES: dict[str, Colour] = {CHIP: (.42, .45, .50), ATTACH: (.75, .65, .35), PASSIVE: (.62, .48, .36), METAL: (.80, .55, .35),
                              MOLD: (.12, .12, .13), LID: (.76, .77, .79), UPPER: (.30, .30, .33)}
_FILLED: Colour = _BODIES[MOLD]
COPPER: Colour = (.72, .45, .20)
_LAYERS: dict[str, Colour] = {"mask": (.07, .30, .18), "copper": COPPER}
_LAMINATE: Colour = (.55, .50, .32)
_POLYMER: Colour = (.85, .77, .55)
_WIRES: dict[str, Colour] = {"gold": (.90, .70, .25), "copper": (.75, .45, .25), "silver": (.82, .82, .84),
                             "aluminium": (.70, .70, .72)}


def colour_of(package: Package, body: Body) -> Colour:
    """That of a body of ``space``; a wafer is a chip."""
    if body.kind == LAYER and package.carrier is not None and package.carrier.kind == WAFER:
        return _BODIES[CHIP]
    if body.kind == CAVITY and body.material == "encapsulant":
        return _FILLED
    return _BODIES.get(body.kind) or _LAYERS.get(layer_kind(package, body), _LAMINATE)


def layer_kind(package: Package, body: Body) -> str:
    """What a layer of the stack-up is: mask, copper, core, build-up; "" for what is none."""
    if body.kind != LAYER or package.carrier is None:
        return ""
    number = keys.last(body.key)
    return package.carrier.stackup[int(number)].kind if number.isdecimal() else ""


def wire_colour(metal: str) -> Colour:
    """That of a wire made of this; gold where nobody says, or what is none of the usual ones."""
    return _WIRES.get(metal.lower(), _WIRES["gold"])


def is_of_copper(material: str) -> bool:
    """Whether a core of that material is of copper, as most are and one is of which nobody says otherwise."""
    return material.casefold() in ("", "cu", "copper")


def core_colour(material: str) -> Colour:
    """Of a core in a ball."""
    return COPPER if is_of_copper(material) else _POLYMER
