"""The lands on the customer's board, which a carrier bears in a field: none of them is drawn there."""

from __future__ import annotations

from typing import Optional

from ...faults import Fault
from ...land_table import lands_of_file
from ...package import Carrier, Land
from ...shapes import transform
from ..names import fields as words
from .fields import Fields


def read_lands(fields: Fields, carrier: Optional[Carrier]) -> tuple[Land, ...]:
    """The lands of the field, as the carrier lies on the board; what is wrong with its rows is a fault of the carrier's."""
    text = fields.text(words.LANDS, "lands")
    if not text:
        return ()
    faults: list[Fault] = []
    found = lands_of_file("\n".join(row.strip() for row in text.split(";")).encode(), words.LANDS, faults)
    for fault in faults[:1]:
        fields.wrong(words.LANDS, f"row {fault.line}: {fault.message}", "lands")
    if faults or carrier is None:
        return ()
    centre, angle = carrier.outline.centre, carrier.angle
    return tuple(land._replace(at=transform(land.at, centre, angle), angle=(land.angle + angle) % 360_000) for land in found)
