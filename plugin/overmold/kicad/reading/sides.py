"""On which side of the carrier parts sit: chips and most passives on one, passives of the far side on the other."""

from __future__ import annotations

from ...package import FAR_SIDE, LEAD_FRAME, Carrier, Passive
from ...package.datum import data_of
from ..names.fields import CHIP, PART, PASSIVE
from .fields import Fields
from .odd import LOST
from .one_footprint import Footprint

_SIDE = data_of(Passive)["side"].label


def chip_side(parts: dict[str, list[Footprint]]) -> bool:
    """Whether most chips, or where there are none most passives, sit on the back of the board; the first where half do."""
    some = [one.on_back for one in parts[CHIP]] or [one.on_back != _is_far(one) for one in parts[PASSIVE]]
    return some[0] if 2 * sum(some) == len(some) > 0 else 2 * sum(some) > len(some)


def _is_far(passive: Footprint) -> bool:
    """Whether its field says that it stands on the carrier's far side."""
    field = passive.contents.fields[passive.number].get(_SIDE)
    return field is not None and field.value.strip() == FAR_SIDE


def on_its_side(found: Footprint, role: str, on_back: bool) -> bool:
    """Whether a part sits on the chips' side, a passive of the far side on the other."""
    return found.on_back == (on_back != (role == PASSIVE and _is_far(found)))


def which_side(found: Footprint, role: str) -> str:
    """What to do about a part that sits on the side where it does not belong."""
    leave = f"empty its field '{PART}' to leave it out"
    if role == PASSIVE and _is_far(found):
        return f"its field '{_SIDE}' says '{FAR_SIDE}', and it sits on the side of the chips; flip it, or empty that field"
    state = f"give it the field '{_SIDE}' = '{FAR_SIDE}' if it belongs there, " if role == PASSIVE else ""
    return f"this part sits on the carrier's other side than the chips; {state}flip it, or {leave}"


def not_under_a_frame(parts: list[Footprint], carrier: Fields, on_frame: bool) -> list[Footprint]:
    """Those of these passives that a carrier can bear; faults for those on the far side of a lead frame."""
    if not on_frame and carrier.text(data_of(Carrier)["kind"].label) != LEAD_FRAME:
        return parts
    for one in filter(_is_far, parts):
        one.wrong(f"its field '{_SIDE}' says '{FAR_SIDE}', and a lead frame bears no passive there; put it on the chips' side "
                  "and empty that field, or give the carrier another kind", *LOST[PASSIVE])
    return [one for one in parts if not _is_far(one)]
