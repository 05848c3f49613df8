"""Lands on the customer's board as a table: a file beside a package file, and a field of the carrier on a board."""

from __future__ import annotations

from .reading import lands_of_file
from .writing import land_table

__all__ = ["land_table", "lands_of_file"]
