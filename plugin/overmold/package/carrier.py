"""The carrier: a substrate with its stack-up and bond fingers, or a lead frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Optional

from ..geometry.joined import groups, touching
from ..shapes import Outline, Point, rectangle
from ..units import Toleranced
from . import keys
from .datum import PAIR, PLAIN, QUANTITY, TEXT, WORD, YES, datum
from .words import CARRIER_KINDS, FRAME_MAKINGS, PADDLE

MOST_ON_STRIP = 999_999  # rows, and columns


@dataclass(frozen=True)
class Layer:
    """One layer of the carrier's stack-up; ``kind`` is mask, copper, core or build-up; ``thickness`` in nm."""

    name: str
    kind: str
    thickness: Toleranced = datum(QUANTITY, "Layer thickness", "Of the layer", "15 um ± 3 um", drawn=True, needed=True)
    material: str = datum(TEXT, "Layer material", "For people and drawings", "AUS308", default="", drawn=True)


@dataclass(frozen=True)
class Finger:
    """One bond finger on the carrier (or lead of a frame): a rectangle of ``size`` (across, along) at ``at``, turned.

    ``opening``: whether the solder mask leaves it free, as it must.
    """

    name: str
    at: Point
    size: Point
    angle: int = 0
    net: str = ""
    opening: bool = datum(YES, "Finger opening", "Whether solder mask leaves it free", "yes", default=True, drawn=True)

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.finger(self.name)

    @cached_property
    def outline(self) -> Outline:
        """The rectangle of metal."""
        return rectangle(self.at, self.size, self.angle)


@dataclass(frozen=True)
class Lead:
    """One lead of a lead frame, seen from the chip side: ``foot`` is the outline soldered to the customer's board,
    ``outline`` the whole metal, ``half_etched`` the parts of it that are etched from below."""

    name: str
    outline: Outline
    foot: Outline
    net: str = ""
    half_etched: tuple[Outline, ...] = ()


@dataclass(frozen=True)
class Frame:
    """A lead frame: its ``thickness``, leads, die attach pad (``paddle``) with the part of it soldered down, tie bars.

    ``paddle_net`` is the paddle's net, "" where it has none. ``lead_width`` and ``lead_length`` are those of a foot,
    ``pulled_back`` how far it stays inside the body, ``body_tolerance`` how much wider or narrower the body may be.
    ``etched_above`` are regions in which all metal is etched from the chip side: steps, grooves, moats.
    """

    thickness: Toleranced = datum(QUANTITY, "Frame thickness", "Of the metal", "200 um ± 8 um", needed=True)
    leads: tuple[Lead, ...] = field(repr=False)  # type: ignore[misc]  # mypy takes datum() for a default
    paddle: Optional[Outline] = None
    paddle_foot: Optional[Outline] = None
    paddle_net: str = ""
    tie_bars: tuple[Outline, ...] = ()
    half_etch: Optional[Toleranced] = datum(
        QUANTITY, "Half-etch depth", "Depth of the half-etch from below", "100 um", default=None)
    dam_bar: int = datum(PLAIN, "Dam bar", "Width of the bar that joins the leads of neighbours", "150 um", default=0)
    strip: tuple[int, int] = datum(PAIR, "Strip", "Rows and columns of packages on one strip", "8 x 20", default=(1, 1),
                                 most=MOST_ON_STRIP)
    lead_width: Optional[Toleranced] = datum(
        QUANTITY, "Lead width", "Of a lead", "0.25 mm ± 0.05 mm", default=None, key="leads.width", needed=True)
    lead_length: Optional[Toleranced] = datum(
        QUANTITY, "Lead length", "Of the part that is soldered down, its foot", "0.4 mm ± 0.1 mm", default=None,
        key="leads.length", needed=True)
    pulled_back: Optional[Toleranced] = datum(
        QUANTITY, "Lead pull-back", "How far the foot stays inside the body's edge", "0 mm", default=None,
        key="leads.pulled_back", least=0)
    body_tolerance: int = datum(PLAIN, "Body tolerance", "How much wider or narrower the body may be", "0.1 mm", default=0)
    finish: str = datum(TEXT, "Lead finish", "What the leads are plated with", "NiPdAu", default="")
    making: str = datum(WORD, "Frame making", "How the frame is made", "etched", words=FRAME_MAKINGS, default="")
    half_etch_above: Optional[Toleranced] = datum(
        QUANTITY, "Half-etch depth above", "Depth of the half-etch from above, where 'etched_from_above' says", "80 um",
        default=None)
    etched_above: tuple[Outline, ...] = field(default=(), repr=False)

    @property
    def paddle_number(self) -> str:
        """The number of the exposed pad on a customer's board: the one after the leads', places left out included."""
        return str(max([len(self.leads), *(int(lead.name) for lead in self.leads if lead.name.isdecimal())]) + 1)

    @cached_property
    def fused(self) -> tuple[tuple[str, ...], ...]:
        """The names of leads that are one piece of metal, with each other or with the paddle and its tie bars: they touch."""
        names = [*(lead.name for lead in self.leads), *([PADDLE] if self.paddle is not None else [])]
        bars = self.tie_bars if self.paddle is not None else ()
        metal = [*(lead.outline for lead in self.leads), *([self.paddle] if self.paddle is not None else []), *bars]
        pairs = [(min(i, len(names) - 1), min(j, len(names) - 1)) for i, j in touching(metal)]
        return tuple(tuple(names[i] for i in some) for some in groups(len(names), pairs))


@dataclass(frozen=True)
class Carrier:
    """What chips, passives and mold stand on: ``stackup`` runs from the chip side down and is empty where unknown.

    ``angle`` (1/1000 degree) is how its source has turned it, and all that it bears with it; a package file never does.
    """

    kind: str = datum(WORD, "Carrier kind", "What the carrier is", "substrate", words=CARRIER_KINDS, needed=True)
    outline: Outline  # type: ignore[misc]  # mypy takes datum() for a default
    stackup: tuple[Layer, ...] = ()
    fingers: tuple[Finger, ...] = field(default=(), repr=False)
    frame: Optional[Frame] = None
    angle: int = 0
    tolerance: int = datum(
        PLAIN, "Carrier tolerance", "How much longer or shorter a side of a substrate may be; frames have a body tolerance",
        "0.1 mm", default=0)

    @property
    def inner_coppers(self) -> int:
        """How many copper layers lie between the outer two, as the stack-up says."""
        return max(0, sum(layer.kind == "copper" for layer in self.stackup) - 2)

    @property
    def thickness(self) -> Optional[Toleranced]:
        """Of the frame, or the sum of the stack-up, worst case; None where there is neither."""
        if self.frame is not None:
            return self.frame.thickness
        if not self.stackup:
            return None
        return sum((layer.thickness for layer in self.stackup), Toleranced(0))
