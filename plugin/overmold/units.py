"""How people write numbers, and how the program holds them.

**Every length in this program is a plain ``int`` of whole nanometres.** Likewise a temperature is whole
thousandths of a degree Celsius, a pressure whole micropascals, an angle whole thousandths of a degree. Nothing
is a bare float, so nothing is lost between a file, a rule and a report. Text becomes such an integer here
and nowhere else, and here it becomes text again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Callable, Union

Number = Union[int, Fraction]


class UnitError(ValueError):
    """A text that is no such quantity; the message says what to write instead."""


@dataclass(frozen=True)
class Kind:
    """A kind of quantity: ``units`` gives base units per unit; the ``shown`` unit is the one people read.

    Nothing of the kind is beyond ``largest`` either way; whatever has a size of it measures ``least`` or more. Both can be
    said in the ``shown`` unit with as many digits as it has, so that what is rounded on its way stays within them.
    """

    name: str
    units: tuple[tuple[str, Fraction], ...]
    shown: str
    example: str
    largest: int
    least: int = 1

    def scale(self, unit: str) -> Fraction:
        """Base units in one ``unit``; raises KeyError for a unit of another kind."""
        return dict(self.units)[unit]


def _units(**scales: Union[int, str]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, Fraction(scale)) for name, scale in scales.items())


# 1 m and 1e9 nm: two coordinates at that limit still have an int64 squared distance.
LENGTH = Kind(
    "length",
    (*_units(nm=1, um=1000, mm=10**6, cm=10**7, mil=25400), ("in", Fraction(25400000)), ("inch", Fraction(25400000)),
     ("µm", Fraction(1000)), ("μm", Fraction(1000))),
    "um", "65 um or 0.8 mm", 10**9,
)
TEMPERATURE = Kind(
    "temperature", (*_units(degC=1000), ("°C", Fraction(1000)), ("C", Fraction(1000))), "degC", "175 degC", 2_000_000, -273_150,
)
# The millimetre of mercury is 133.322387415 Pa (BIPM, SI Brochure 8th ed., table 8). The torr, 101325/760 Pa, is
# held as the same pressure: they differ by 1 part in 7 million, and "20 Torr" must not slip under "20 mmHg".
PRESSURE = Kind(
    "pressure",
    (*_units(kPa=10**9, Pa=10**6, MPa=10**12, hPa=10**8, mbar=10**8, bar=10**11, mmHg="133322387.415",
             Torr="133322387.415", torr="133322387.415", mTorr="133322.387415"),
     ("mm-Hg", Fraction("133322387.415"))),  # the claims' own spelling
    "mmHg", "10 mmHg or 1.3 kPa", 133_322_387_415_000, 13_332,  # 0.0001 mmHg to 1,000,000 mmHg, some 133 MPa
)
# Thermal expansion, held as whole thousandths of a ppm per kelvin.
EXPANSION = Kind("expansion", (("ppm/K", Fraction(1000)), ("ppm/°C", Fraction(1000))), "ppm/K", "9 ppm/K", 10**7)
ANGLE = Kind("angle", (*_units(deg=1000), ("°", Fraction(1000))), "deg", "90 deg", 360_000_000)
RATIO = Kind("ratio", (("", Fraction(1)),), "", "0.5", 10**9)
COUNT = Kind("count", (("", Fraction(1)),), "", "4", 10**12)
# A yes or no that a measure found out: 1 or 0.
FLAG = Kind("yes or no", (("", Fraction(1)),), "", "yes", 1)
KINDS = {kind.name: kind for kind in (LENGTH, TEMPERATURE, PRESSURE, EXPANSION, ANGLE, RATIO, COUNT, FLAG)}


@dataclass(frozen=True)
class Toleranced:
    """A quantity with its tolerance, in base units: ``nominal``, at most ``plus`` more, at most ``minus`` less.

    ``stated`` is how somebody wrote it, "" where it was reckoned; it takes no part in comparing.
    """

    nominal: int
    plus: int = 0
    minus: int = 0
    stated: str = field(default="", compare=False, repr=False)

    @property
    def low(self) -> int:
        """The smallest value within tolerance."""
        return self.nominal - self.minus

    @property
    def high(self) -> int:
        """The largest value within tolerance."""
        return self.nominal + self.plus

    def __add__(self, other: Toleranced) -> Toleranced:
        """Worst-case sum of two independent quantities."""
        return Toleranced(self.nominal + other.nominal, self.plus + other.plus, self.minus + other.minus)

    def __sub__(self, other: Toleranced) -> Toleranced:
        """Worst-case difference of two independent quantities."""
        return Toleranced(self.nominal - other.nominal, self.plus + other.minus, self.minus + other.plus)


class Stated(int):
    """A plain quantity in base units that remembers how somebody wrote it; what is reckoned from it is a plain ``int``."""

    stated: str

    def __new__(cls, value: int, stated: str) -> Stated:
        made = super().__new__(cls, value)
        made.stated = stated
        return made


_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_UNSIGNED = r"(?:\d+(?:\.\d*)?|\.\d+)"
_UNIT = r"(?:[A-Za-zµμ°]+(?:[-/][A-Za-z°]+)?)?"
_OF = rf"(?:%|{_UNIT})"  # a tolerance may also be a share of the quantity
_PLAIN = re.compile(rf"({_NUMBER})\s*({_UNIT})")
_SYMMETRIC = re.compile(rf"({_NUMBER})\s*({_UNIT})\s*(?:±|\+/-|\+-)\s*({_UNSIGNED})\s*({_OF})")
_TWO_SIDED = re.compile(
    rf"({_NUMBER})\s*({_UNIT})\s*\+\s*({_UNSIGNED})\s*({_OF})\s*(?:/\s*|\s)[-−]\s*({_UNSIGNED})\s*({_OF})"
)
_RANGE = re.compile(rf"({_NUMBER})\s*({_UNIT})\s*\.\.\s*({_NUMBER})\s*({_UNIT})")


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
        found = pattern.fullmatch(text)
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
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, list[int]], Toleranced]], ...] = (
    (_SYMMETRIC, _symmetric), (_TWO_SIDED, _two_sided), (_RANGE, _range), (_PLAIN, _plain),
)


def show(value: Number, kind: Kind, unit: str = "") -> str:
    """``value``, given in base units, as people write it: ``65 um``, ``10 mm``, ``20 mmHg``, ``1.42``."""
    if kind is FLAG:
        return "yes" if value else "no"
    if kind is LENGTH and not unit:
        unit = "um" if -1_000_000 < value < 1_000_000 else "mm"
    unit = unit or kind.shown
    digits = decimal_text(Fraction(value) / kind.scale(unit), _DIGITS.get(unit, 3))
    return f"{digits} {unit}".strip()


# As many decimals as lose nothing of the base unit (lengths, temperatures), else as many as people want to see.
_DIGITS = {"nm": 0, "um": 3, "mm": 6, "degC": 3, "deg": 3, "ppm/K": 3, "mmHg": 4}


def show_toleranced(quantity: Toleranced, kind: Kind, unit: str = "") -> str:
    """``65 um ± 10 um``, ``65 um +10/-5 um`` or ``65 um``, in ``unit`` or that which people read."""
    unit = unit or ("mm" if kind is LENGTH and abs(quantity.nominal) >= 1_000_000 else kind.shown)
    text = show(quantity.nominal, kind, unit)
    if quantity.plus == quantity.minus:
        return text if not quantity.plus else f"{text} ± {show(quantity.plus, kind, unit)}"
    plus = show(quantity.plus, kind, unit).split(" ")[0]
    return f"{text} +{plus}/-{show(quantity.minus, kind, unit)}"


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


def decimal_text(value: Number, digits: int) -> str:
    """``value`` rounded to ``digits`` decimals, without trailing zeros and without an exponent."""
    scaled = round(Fraction(value) * 10**digits)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**digits)
    tail = f"{part:0{digits}d}".rstrip("0") if digits else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def mm(value: int) -> str:
    """A length in millimetres the way KiCad writes it: no unit, no trailing zeros, exact to the nanometre."""
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(value), 1_000_000)
    return f"{sign}{whole}.{part:06d}".rstrip("0").rstrip(".")
