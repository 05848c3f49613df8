"""A carrier that lies inside a board not its own: what of that board is the package's, and what is nothing to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

import numpy as np

from ...faults import did_you_mean
from ...package import Holes, keys
from ...shapes import Outline, inside
from ..names.fields import CARRIER_PLACE
from .contents import Contents
from .odd import EVERYTHING
from .one_footprint import Footprint
from .parts import BACK_FAB, FRONT_FAB


def own_outline(carrier: Footprint) -> Optional[Outline]:
    """The carrier's outline as its own footprint draws it, on the fabrication layer of the chips' side."""
    layer = BACK_FAB if carrier.on_back else FRONT_FAB
    with carrier.gathering(keys.CARRIER):
        found = carrier.outline(layer, what=f"the carrier's outline on layer {layer}")
        if found is None:
            carrier.wrong(f"the carrier has no outline; draw a closed one on layer {layer} of its footprint", keys.CARRIER)
        return found
    return None


def holes_under(holes: Optional[Holes], outline: Optional[Outline]) -> Optional[Holes]:
    """Those of a board's holes that go through the carrier; None where none does."""
    if holes is None or outline is None:
        return None
    its = inside(holes.xy, outline)
    if not its.any():
        return None
    names = tuple(name for name, one in zip(holes.names, its.tolist()) if one)
    return replace(holes, names=names, xy=holes.xy[its], drill=holes.drill[its], is_open=holes.is_open[its])


def state_place(carrier: Footprint) -> None:
    """Note a fault where the carrier's field says neither of the two places that there are."""
    name, words = CARRIER_PLACE.label, CARRIER_PLACE.words
    said = carrier.fields.text(name)
    if said and said not in words:
        carrier.fields.wrong(name, f"unknown value '{said}'{did_you_mean(said, words)}", *EVERYTHING)


def its_nets(contents: Contents) -> Sequence[str]:
    """The nets of the pads that may be the package's."""
    if not contents.inside:
        return contents.pads.nets
    its = np.isin(contents.pads.owner, list(contents.role_of))
    return [contents.pads.nets[row] for row in np.flatnonzero(its).tolist()]
