"""Interim: full grids only, until arrays.lay_out is there."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated, Optional

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ..arrays import Sites
from ..faults import Fault
from ..marked_yaml import Marked
from . import types as t


class Array(BaseModel):
    """Sites of an array."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    grid: Annotated[list[t.Count], Field(min_length=2, max_length=2)] = Field(examples=[[18, 18]])
    pitch: t.Length = Field(examples=["0.8 mm"])


def laid_out(array: Array, path: object, marked: Marked, folder: FilePath, faults: list[Fault]) -> Optional[Sites]:
    """The array's sites about its own centre."""
    letters = [a + b for a in ("", *"ABCDEFGHJKLMNPRTUVWY") for b in "ABCDEFGHJKLMNPRTUVWY"]
    columns, rows = array.grid
    x = (np.arange(columns) * 2 - columns + 1) * array.pitch // 2
    y = (np.arange(rows) * 2 - rows + 1) * array.pitch // 2
    names = tuple(f"{letters[r]}{c + 1}" for r in range(rows) for c in range(columns))
    return Sites(names, np.column_stack((np.tile(x, rows), np.repeat(y, columns))))
