"""Quantities as people write them."""

from __future__ import annotations

from fractions import Fraction

from .kinds import FLAG, LENGTH, Kind, Number, Toleranced


def show(value: Number, kind: Kind, unit: str = "") -> str:
    """``value``, given in base units, as people write it: ``65 um``, ``10 mm``, ``20 mmHg``, ``1.42``."""
    if kind is FLAG:
        return "yes" if value else "no"
    if kind is LENGTH and not unit:
        unit = "um" if -1_000_000 < value < 1_000_000 else "mm"
        if type(value) is int:  # whole nanometres, as nearly all are: the decimals lose nothing, and no fraction is needed
            return f"{_pointed(value, _DIGITS[unit])} {unit}"
    unit = unit or kind.shown
    digits = decimal_text(Fraction(value) / kind.scale(unit), _DIGITS.get(unit, 3))
    return f"{digits} {unit}".strip()


# As many decimals as lose nothing of the base unit (lengths, temperatures), else as many as people want to see.
_DIGITS = {"nm": 0, "um": 3, "mm": 6, "degC": 3, "deg": 3, "ppm/K": 3, "mmHg": 6, "mg": 6, "N/m": 6}


def show_toleranced(quantity: Toleranced, kind: Kind, unit: str = "") -> str:
    """``65 um ± 10 um``, ``65 um +10/-5 um`` or ``65 um``, in ``unit`` or that which people read."""
    unit = unit or ("mm" if kind is LENGTH and abs(quantity.nominal) >= 1_000_000 else kind.shown)
    text = show(quantity.nominal, kind, unit)
    if quantity.plus == quantity.minus:
        return text if not quantity.plus else f"{text} ± {show(quantity.plus, kind, unit)}"
    plus = show(quantity.plus, kind, unit).split(" ")[0]
    return f"{text} +{plus}/-{show(quantity.minus, kind, unit)}"


def decimal_text(value: Number, digits: int) -> str:
    """``value`` rounded to ``digits`` decimals, without trailing zeros and without an exponent."""
    return _pointed(round(Fraction(value) * 10**digits), digits)


def _pointed(scaled: int, digits: int) -> str:
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**digits)
    tail = f"{part:0{digits}d}".rstrip("0") if digits else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def mm(value: int) -> str:
    """A length in millimetres the way KiCad writes it: no unit, no trailing zeros, exact to the nanometre."""
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(value), 1_000_000)
    return f"{sign}{whole}.{part:06d}".rstrip("0").rstrip(".")
