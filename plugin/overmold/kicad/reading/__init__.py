"""Reading KiCad's files: ``read_board`` and ``read_footprint``, bytes in, a Package or Faults out."""

from __future__ import annotations

from .board import read_board, read_board_as_far_as_it_goes
from .footprint import read_footprint

__all__ = ["read_board", "read_board_as_far_as_it_goes", "read_footprint"]
