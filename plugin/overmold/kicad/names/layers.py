"""KiCad's names and numbers for the layers of a drawing."""

from __future__ import annotations

from ... import drawing
from .fields import LAYERS

NAMES = {
    drawing.FRONT_COPPER: "F.Cu", drawing.BACK_COPPER: "B.Cu", drawing.ALL_COPPER: "*.Cu",
    **{layer: f"In{number}.Cu" for number, layer in enumerate(drawing.INNER_COPPER, 1)},
    drawing.FRONT_MASK: "F.Mask", drawing.BACK_MASK: "B.Mask", drawing.ALL_MASK: "*.Mask",
    drawing.FRONT_PASTE: "F.Paste", drawing.BACK_PASTE: "B.Paste", drawing.FRONT_SILK: "F.SilkS",
    drawing.FRONT_FAB: "F.Fab", drawing.BACK_FAB: "B.Fab",
    drawing.FRONT_COURTYARD: "F.CrtYd", drawing.BACK_COURTYARD: "B.CrtYd", drawing.EDGE: "Edge.Cuts",
    drawing.CHIP_OUTLINE: "User.1", drawing.MOLD_OUTLINE: "User.2", drawing.SAW_STREET: "User.3",
    drawing.BUMPS_ON_CHIPS: "User.4", drawing.BOND_PADS: "User.5", drawing.WIRES: "User.6",
    drawing.FRAME_FEET: "User.7",
}

# Everything but inner copper, in the order in which KiCad writes the table: number, name, name shown.
_TECHNICAL = (
    (9, "F.Adhes", "F.Adhesive"), (11, "B.Adhes", "B.Adhesive"), (13, "F.Paste", ""), (15, "B.Paste", ""),
    (5, "F.SilkS", "F.Silkscreen"), (7, "B.SilkS", "B.Silkscreen"), (1, "F.Mask", ""), (3, "B.Mask", ""),
    (17, "Dwgs.User", "User.Drawings"), (19, "Cmts.User", "User.Comments"), (21, "Eco1.User", "User.Eco1"),
    (23, "Eco2.User", "User.Eco2"), (25, "Edge.Cuts", ""), (27, "Margin", ""), (31, "F.CrtYd", "F.Courtyard"),
    (29, "B.CrtYd", "B.Courtyard"), (35, "F.Fab", ""), (33, "B.Fab", ""),
    *((39 + 2 * i, name, shown) for i, (name, shown) in enumerate(LAYERS.items())),
)
NUMBERS = {"F.Cu": 0, "B.Cu": 2, **{name: number for number, name, _ in _TECHNICAL}}


def copper_names(count: int) -> list[str]:
    """The copper layers from the front down: F.Cu, In1.Cu, …, B.Cu."""
    return ["F.Cu", *(f"In{i}.Cu" for i in range(1, count - 1)), "B.Cu"]


def layer_table(coppers: int) -> str:
    """The board's ``(layers …)`` clause."""
    rows = []
    for name in copper_names(coppers):
        number = NUMBERS.get(name) if name in NUMBERS else 2 + 2 * int(name[2:-3])
        rows.append(f'\t\t({number} "{name}" signal)\n')
    for number, name, shown in _TECHNICAL:
        rows.append(f'\t\t({number} "{name}" user{f" {chr(34)}{shown}{chr(34)}" if shown else ""})\n')
    return "\t(layers\n" + "".join(rows) + "\t)\n"
