"""What a new package begins as: one of a few kinds that break no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from . import bga, fcbga, fcol, lga, qfn, sip, stack, wlcsp


@dataclass(frozen=True, repr=False)
class Kind:
    """``title`` and ``says`` are for people; ``keys`` is the package file, ``{name}`` standing for the package's name; ``nets``
    gives the rows of its netlist, ``example`` is a name that fits."""

    title: str
    says: str
    example: str
    keys: str
    nets: Callable[[], list[str]]


ALSO_CALLED = {"fccsp": "bga"}
KINDS = {
    "bga": Kind("Flip-chip CSP", "One flip chip on a substrate, two capacitors beside it, balls below.",
                "FCCSP-144_10x10mm_P0.8mm", bga.KEYS, bga.nets),
    "qfn": Kind("Flip-chip QFN", "One flip chip on the leads and the die attach pad of a lead frame.",
                "FCQFN-24_5x5mm_P0.5mm", qfn.KEYS, qfn.nets),
    "stack": Kind("Stack", "A chip wired to a substrate, a flip chip on top of it, balls below.",
                  "STACK2-108_10x10mm_P0.8mm", stack.KEYS, stack.nets),
    "lga": Kind("Flip-chip LGA", "One flip chip on copper pillars, two capacitors beside it, bare lands below.",
                "FCLGA-144_10x10mm_P0.8mm", lga.KEYS, lga.nets),
    "sip": Kind("System in a package", "Two flip chips side by side with passives on a substrate, balls below.",
                "SIP-126_12x8mm_P0.8mm", sip.KEYS, sip.nets),
    "fcbga": Kind("Flip-chip BGA with a lid", "A large flip chip, molded, its back bare under a lid, capacitors on both sides.",
                  "FCBGA-308_15x15mm_P0.8mm", fcbga.KEYS, fcbga.nets),
    "wlcsp": Kind("Wafer-level CSP", "A chip of a wafer with balls of its own: it is the carrier, and nothing is molded.",
                  "WLCSP-30_2.6x2.2mm_P0.4mm", wlcsp.KEYS, wlcsp.nets),
    "fcol": Kind("Flip chip on leads", "A power stage on the leads of a frame, three of them bars under it: no die attach pad.",
                 "FCOL-13_3x3mm_P0.5mm", fcol.KEYS, fcol.nets),
}
