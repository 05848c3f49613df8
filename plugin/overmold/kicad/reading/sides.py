"""On which side of the carrier parts sit: chips and most passives on one, those of the far side on the other."""

from __future__ import annotations

from collections.abc import Sequence

from ...package import FAR_SIDE, LEAD_FRAME, Carrier, Chip, Passive, keys
from ...package.chip import not_on_far_side
from ...package.datum import data_of, key_of
from ..names.fields import CHIP, PASSIVE
from .contents import Contents
from .fields import Fields
from .odd import LOST
from .one_footprint import Footprint

_SIDES = {PASSIVE: data_of(Passive)["side"].label, CHIP: data_of(Chip)["side"].label}


def chip_side(parts: dict[str, list[Footprint]]) -> bool:
    """Whether the chip side is the back of the board: most chips, or where there are none most passives, say so by where they
    sit, those whose field names the far side by the other; the first where half do."""
    some = next(([one.on_back != _is_far(one, role) for one in parts[role]] for role in (CHIP, PASSIVE) if parts[role]), [])
    return some[0] if 2 * sum(some) == len(some) > 0 else 2 * sum(some) > len(some)


def says_far(contents: Contents, number: int, role: str) -> bool:
    """Whether the field of the footprint with this number says that it stands on the carrier's far side."""
    field = contents.fields[number].get(_SIDES.get(role, ""))
    return field is not None and field.value.strip() == FAR_SIDE


def _is_far(part: Footprint, role: str) -> bool:
    return says_far(part.contents, part.number, role)


def on_its_side(found: Footprint, role: str, on_back: bool) -> bool:
    """Whether a part sits on the chips' side, one of the far side on the other."""
    return found.on_back == (on_back != _is_far(found, role))


def which_side(found: Footprint, role: str) -> str:
    """What to do about a part that sits on the side where it does not belong."""
    label = _SIDES[role]
    if _is_far(found, role):
        return f"its field '{label}' says '{FAR_SIDE}', and it sits on the side of the chips; flip it, or empty that field"
    return (f"this part sits on the carrier's other side than the chips; give it the field '{label}' = '{FAR_SIDE}' if it "
            "belongs there, flip it, or mark it 'Do not populate' to leave it out")


def not_under_a_frame(parts: list[Footprint], role: str, carrier: Fields, on_frame: bool) -> list[Footprint]:
    """Those of these chips or passives that a carrier can bear; faults for those on the far side of a lead frame."""
    if not on_frame and carrier.text(data_of(Carrier)["kind"].label) != LEAD_FRAME:
        return parts
    below = [one for one in parts if _is_far(one, role)]
    for one in below:
        one.wrong(f"its field '{_SIDES[role]}' says '{FAR_SIDE}', and a lead frame bears no {role} there; put it on the chips' "
                  "side and empty that field, or give the carrier another kind", *LOST[role])
    return [one for one in parts if one not in below]


def check_far_chips(parts: Sequence[Footprint], chips: Sequence[Chip]) -> None:
    """Note a fault for every chip on the far side that cannot be there."""
    owners, label = {part.name: part for part in parts}, _SIDES[CHIP]
    for chip in chips:
        for attribute, message in not_on_far_side(chip, chips):
            if attribute == "pads":
                owners[chip.name].wrong(message, keys.pads(chip.name))
                continue
            key = keys.within(chip.key, key_of(attribute, data_of(Chip)[attribute]))
            owners[chip.name].fields.wrong(data_of(Chip)[attribute].label, f"{message}; or mend the field '{label}'", key,
                                           keys.within(chip.key, "side"))
