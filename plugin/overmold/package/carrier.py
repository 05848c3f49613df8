"""The carrier: a substrate with its stack-up and bond fingers, or a lead frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Optional

from ..shapes import Outline, Point, rectangle
from ..units import Toleranced


@dataclass(frozen=True)
class Layer:
    """One layer of the carrier's stack-up; ``kind`` is mask, copper, core or build-up; ``thickness`` in nm."""

    name: str
    kind: str
    thickness: Toleranced
    material: str = ""


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
    opening: bool = True

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return f"carrier.fingers.{self.name}"

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
    """

    thickness: Toleranced
    leads: tuple[Lead, ...]
    paddle: Optional[Outline] = None
    paddle_foot: Optional[Outline] = None
    paddle_net: str = ""
    tie_bars: tuple[Outline, ...] = ()
    half_etch: Optional[Toleranced] = None
    dam_bar: int = 0
    strip: tuple[int, int] = (1, 1)
    lead_width: Optional[Toleranced] = None
    lead_length: Optional[Toleranced] = None
    pulled_back: Optional[Toleranced] = None
    body_tolerance: int = 0


@dataclass(frozen=True)
class Carrier:
    """What chips, passives and mold stand on: ``stackup`` runs from the chip side down and is empty where unknown."""

    kind: str
    outline: Outline
    stackup: tuple[Layer, ...] = ()
    fingers: tuple[Finger, ...] = ()
    frame: Optional[Frame] = None

    @property
    def thickness(self) -> Optional[Toleranced]:
        """Of the frame, or the sum of the stack-up, worst case; None where there is neither."""
        if self.frame is not None:
            return self.frame.thickness
        if not self.stackup:
            return None
        return sum((layer.thickness for layer in self.stackup), Toleranced(0))

    @property
    def mask_above_pad(self) -> Toleranced:
        """How far the chip-side solder mask stands above the pads: its thickness, nothing where there is no mask."""
        top = next(iter(self.stackup), None)
        return top.thickness if top is not None and top.kind == "mask" else Toleranced(0)
