"""The carrier's layers in the board's set-up, which a plugin cannot write and which KiCad writes anew at every OK there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ...package import Layer, Package, keys
from ...units import LENGTH, show
from ..names import fields as words
from ..reading.contents import Contents
from ..reading.fields import Fields, Notes
from ..reading.stackup import read_stackup, stackup_text
from .change import CHANGED, Change
from .odd_units import about_stackup

SET_UP = keys.STACKUP  # the unit of what the board's set-up says


def states_stackup(contents: Contents) -> bool:
    """Whether the board's set-up has a stack-up of its own."""
    return contents.carrier_setup.first("stackup") is not None


def in_set_up(contents: Contents) -> tuple[Layer, ...]:
    """The layers that the board's set-up states, as far as it does."""
    notes = Notes(contents.index)
    return read_stackup(contents, notes, Fields(notes, "", (0, 0), {}), chips_on_back=False) if states_stackup(contents) else ()


def layer_changes(contents: Contents, board: Optional[Package]) -> Iterator[Change]:
    """Board Setup may be taken where it contradicts the carrier's fields: these go then."""
    if board is None or not states_stackup(contents):
        return
    said = tuple(odd.message for odd in board.odd if about_stackup(odd))
    if said:
        takes = f"Board Setup counts: {stackup_text(in_set_up(contents))}; the carrier's fields that say otherwise go"
        yield Change(CHANGED, SET_UP, (takes, *said), False)


def layer_notes(contents: Contents, due: Package) -> Iterator[str]:
    """What to enter in the board's set-up where that states other layers than the package file."""
    wanted, there = due.carrier.stackup if due.carrier else (), in_set_up(contents)
    if states_stackup(contents) and wanted and _numbers(there) != _numbers(wanted):
        yield ("the board's stack-up is another, and a plugin cannot change it: in Board Setup > Physical Stackup, enter "
               f"{'; '.join(_numbers(wanted))} (there it says {'; '.join(_numbers(there)) or 'nothing'}), or take what it says "
               "over into the package file")


def _numbers(layers: Sequence[Layer]) -> list[str]:
    return [f"{layer.kind} {show(layer.thickness.nominal, LENGTH)}" for layer in layers if layer.thickness.nominal]


def stackup_fields(names: Sequence[str]) -> tuple[str, ...]:
    """Those of a carrier's fields that state its layers."""
    return tuple(name for name in names if name == words.STACKUP or name.startswith(words.TOLERANCE_OF))
