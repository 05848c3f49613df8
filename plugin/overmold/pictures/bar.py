"""The bar that says how long a millimetre is in a picture."""

from __future__ import annotations

from ..units import LENGTH, show
from .labels import Labels
from .svg import n, path

_MOST = 0.3  # share of the package's width that it has at most


def scale_bar(left: float, per_nm: float, wide: float, labels: Labels, row: float) -> str:
    """A bar of 1, 2 or 5 of a power of ten nm, from pixel column ``left`` in a pixel row, with its length; for a package
    ``wide`` nm wide."""
    most = max(int(wide * _MOST), 1)
    power = 10 ** (len(str(most)) - 1)
    length = max(step * power for step in (1, 2, 5) if step * power <= most)
    right, shown = left + length * per_nm, show(length, LENGTH)
    labels.put(shown, right + 6, row + 4, "note")
    ends = f"M{n(left)} {n(row - 4)}V{n(row + 4)}M{n(right)} {n(row - 4)}V{n(row + 4)}"
    return path("line", f"{ends}M{n(left)} {n(row)}H{n(right)}", f"scale: {shown}")
