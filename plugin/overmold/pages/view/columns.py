"""Numbers as the page's script takes them: one for all where they are equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Union

import numpy as np


def column(values: Union[Sequence[int], Any]) -> Any:
    """A list of whole numbers, or the number that all of them are."""
    found = np.asarray(values)
    return int(found[0]) if len(found) > 1 and (found == found[0]).all() else found.tolist()


def hex_colour(colour: tuple[float, float, float]) -> str:
    """A colour as the web writes it."""
    return "#" + "".join(f"{round(255 * share):02x}" for share in colour)
