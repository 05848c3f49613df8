"""Text becomes a quantity, and a quantity the text that somebody stated it in."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Callable, Union

from .kinds import FLAG, LENGTH, TEMPERATURE, Kind, Stated, Toleranced, UnitError
from .shown import show, show_toleranced

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_UNSIGNED = r"(?:\d+(?:\.\d*)?|\.\d+)"
_UNIT = r"(?:[A-Za-zµμ°]+(?:[-/][A-Za-z°]+)?)?"
_OF = rf"(?:%|{_UNIT})"  # a tolerance may also be a share of the quantity
# Texts, which re compiles when one is first asked for: most files have quantities of the first two forms alone.
_PLAIN = rf"({_NUMBER})\s*({_UNIT})"
_SYMMETRIC = rf"({_NUMBER})\s*({_UNIT})\s*(?:±|\+/-|\+-)\s*({_UNSIGNED})\s*({_OF})"
_TWO_SIDED = rf"({_NUMBER})\s*({_UNIT})\s*\+\s*({_UNSIGNED})\s*({_OF})\s*(?:/\s*|\s)[-−]\s*({_UNSIGNED})\s*({_OF})"
_RANGE = rf"({_NUMBER})\s*({_UNIT})\s*\.\.\s*({_NUMBER})\s*({_UNIT})"


def parse(text: str, kind: Kind) -> int:
    """The quantity that ``text`` states, in base units of ``kind``; raises UnitError, also where it has a tolerance."""
    return int(parse_plain(text, kind))


def parse_plain(text: str, kind: Kind) -> Stated:
    """As ``parse``, and it remembers how it was written."""
    quantity = parse_toleranced(text, kind)
    if quantity.plus or quantity.minus:
        raise UnitError(f"'{text.strip()}' has a tolerance; expected a plain {kind.name}")
    return Stated(quantity.nominal, quantity.stated)


def parse_toleranced(text: str, kind: Kind) -> Toleranced:
    """Read ``65 um``, ``65 um ± 10 um``, ``65 um +10/-5 um``, ``65 um ± 10 %`` or ``60 um .. 70 um`` (nominal in the middle).

    One unit may serve the whole text; raises UnitError. The answer remembers the text, with its blanks put in order.
    """
    text = text.strip()
    if kind is FLAG and text in ("yes", "no"):
        return Toleranced(int(text == "yes"))
    if len(text) > 200:
        raise UnitError(f"this is not a valid {kind.name}; write for example {kind.example}")
    for pattern, build in _FORMS:
        found = re.fullmatch(pattern, text)
        if found:
            numbers, units = list(found.groups()[0::2]), list(found.groups()[1::2])
            quantity = build(text, _to_base(text, numbers, units, kind))  # which fills in the units left out
            return replace(quantity, stated=_FORM_TEXTS[build](*_spaced(numbers, units)))
    raise UnitError(f"'{text}' is not a valid {kind.name}; write for example {kind.example}")


def _to_base(text: str, numbers: list[str], units: list[str], kind: Kind) -> list[int]:
    """The numbers in base units; a number without a unit takes that of the nearest one after it, else before it."""
    if not any(unit for unit in units if unit != "%") and "" not in dict(kind.units):
        raise UnitError(f"'{text}' has no unit; write for example {_with_units(text, kind)}")
    for i in range(len(units) - 2, -1, -1):
        units[i] = units[i] or (units[i + 1] if i or units[i + 1] != "%" else "")
    units[0] = units[0] or next((unit for unit in units if unit not in ("", "%")), "")
    for i in range(1, len(units)):
        units[i] = units[i] or units[0]
    values: list[int] = []
    for number, unit in zip(numbers, units):
        if unit == "%":
            values.append(round(abs(values[0]) * Fraction(Decimal(number)) / 100))
            continue
        try:
            scale = kind.scale(unit)
        except KeyError:
            known = ", ".join(name for name, _ in kind.units if name) or "none"
            raise UnitError(f"'{unit}' is not a unit of {kind.name} (known: {known})") from None
        values.append(_exact(text, number, scale, kind))
    return values


def _exact(text: str, number: str, scale: Fraction, kind: Kind) -> int:
    try:
        decimal = Decimal(number)
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        raise UnitError(f"'{number}' in '{text}' is not a number") from None
    if abs(decimal.adjusted()) > 30 and decimal:
        raise UnitError(f"'{text}' is out of range for a {kind.name}")
    value = round(Fraction(decimal) * scale)
    if abs(value) > kind.largest:
        raise UnitError(f"'{text}' is out of range: a {kind.name} here is at most {show(kind.largest, kind)}")
    return value


def _with_units(text: str, kind: Kind) -> str:
    # A bare number between 0.05 and 50 was most likely meant in millimetres, a larger one in micrometres.
    if kind is not LENGTH or not re.fullmatch(_NUMBER, text):
        return kind.example
    return f"{text} mm" if abs(float(text)) < 50 else f"{text} um"


def _plain(text: str, values: list[int]) -> Toleranced:
    return Toleranced(values[0])


def _symmetric(text: str, values: list[int]) -> Toleranced:
    return Toleranced(values[0], values[1], values[1])


def _two_sided(text: str, values: list[int]) -> Toleranced:
    return Toleranced(values[0], values[1], values[2])


def _range(text: str, values: list[int]) -> Toleranced:
    low, high = values
    if low > high:
        raise UnitError(f"'{text}' runs backwards; write the smaller value first")
    nominal = (low + high) // 2
    return Toleranced(nominal, high - nominal, nominal - low)


def _spaced(numbers: list[str], units: list[str]) -> list[str]:
    """Each number with its unit, as people put blanks; the two sides of a tolerance share theirs."""
    shared = len(units) == 3 and units[1] == units[2]
    return [number if shared and i == 1 else f"{number} {unit}".strip() for i, (number, unit) in enumerate(zip(numbers, units))]


_FORM_TEXTS: dict[Callable[[str, list[int]], Toleranced], Callable[..., str]] = {
    _plain: "{}".format, _symmetric: "{} ± {}".format, _two_sided: "{} +{}/-{}".format, _range: "{} .. {}".format,
}
_FORMS: tuple[tuple[str, Callable[[str, list[int]], Toleranced]], ...] = (
    (_PLAIN, _plain), (_SYMMETRIC, _symmetric), (_TWO_SIDED, _two_sided), (_RANGE, _range),
)


def stated_text(value: Union[int, Toleranced], kind: Kind) -> str:
    """A quantity as somebody wrote it, else as people write such; read back to the same quantity."""
    stated: str = getattr(value, "stated", "")
    if stated:
        return stated
    quantity = value if isinstance(value, Toleranced) else Toleranced(value)
    # Lengths and temperatures lose nothing in the units people read; of the others the first that does not is taken.
    text = show_toleranced(quantity, kind)
    if kind in (LENGTH, TEMPERATURE) or parse_toleranced(text, kind) == quantity:
        return text
    others = (show_toleranced(quantity, kind, unit) for unit, _ in kind.units)
    return next((other for other in others if parse_toleranced(other, kind) == quantity), text)


def last_digit(text: str, kind: Kind) -> int:
    """What a step of the last digit of a plain quantity is, in base units: ``1.45 mm`` goes by 10 um; 0 for other texts."""
    found = re.fullmatch(_PLAIN, text.strip())
    if found is None or not found[2]:
        return 0
    exponent = Decimal(found[1]).as_tuple().exponent
    return int(kind.scale(found[2]) * Fraction(10) ** exponent) if isinstance(exponent, int) else 0
