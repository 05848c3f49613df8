"""The kinds of quantity with their units, and a quantity with its tolerance; all in whole base units."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, Union

Number = Union[int, Fraction]


class UnitError(ValueError):
    """A text that is no such quantity; the message says what to write instead."""


class Kind(NamedTuple):
    """A kind of quantity: ``units`` gives base units per unit; the ``shown`` unit is the one people read, ``told`` the one that
    programs get and tables have, where that is another.

    Nothing of the kind is beyond ``largest`` either way; whatever has a size of it measures ``least`` or more. Both can be
    said in the ``shown`` unit with as many digits as it has, so that what is rounded on its way stays within them.
    """

    name: str
    units: tuple[tuple[str, Fraction], ...]
    shown: str
    example: str
    largest: int
    least: int = 1
    told: str = ""

    @property
    def column(self) -> tuple[str, int]:
        """The unit in which programs and tables have numbers of this kind, and how many base units it is."""
        unit = self.told or self.shown
        return unit, int(self.scale(unit))

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
    "mmHg", "10 mmHg or 1.3 kPa", 133_322_387_415_000, 13_332, told="Pa",  # 0.0001 mmHg to 1,000,000 mmHg, some 133 MPa
)
# Held as whole nanograms: a square millimetre of silicon 50 um thick is some 116,000 of them.
MASS = Kind("mass", _units(ng=1, ug=1000, mg=10**6, g=10**9), "mg", "8.7 mg", 10**12)
# Surface tension, held as whole micronewtons per metre.
TENSION = Kind("surface tension", (("N/m", Fraction(10**6)), ("mN/m", Fraction(1000))), "N/m", "0.5 N/m or 500 mN/m", 10**7)
# Thermal expansion, held as whole thousandths of a ppm per kelvin.
EXPANSION = Kind("expansion", (("ppm/K", Fraction(1000)), ("ppm/°C", Fraction(1000))), "ppm/K", "9 ppm/K", 10**7)
ANGLE = Kind("angle", (*_units(deg=1000), ("°", Fraction(1000))), "deg", "90 deg", 360_000_000)
RATIO = Kind("ratio", (("", Fraction(1)),), "", "0.5", 10**9)
COUNT = Kind("count", (("", Fraction(1)),), "", "4", 10**12)
# A yes or no that a measure found out: 1 or 0.
FLAG = Kind("yes or no", (("", Fraction(1)),), "", "yes", 1)
KINDS = {kind.name: kind for kind in (LENGTH, TEMPERATURE, PRESSURE, EXPANSION, ANGLE, RATIO, COUNT, FLAG, MASS, TENSION)}


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

    def __getnewargs__(self) -> tuple[int, str]:  # type: ignore[override]
        return int(self), self.stated
