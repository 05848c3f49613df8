"""The words a designer may use; every reader takes these and no others."""

from __future__ import annotations

from ..geometry.loops import PROFILES

FLIP_CHIP = "flip-chip"
FACE_UP = "face-up"
CHIP_SIDE = "chip side"
FAR_SIDE = "far side"
SUBSTRATE = "substrate"
LEAD_FRAME = "lead frame"
INTERPOSER = "interposer"
PADDLE = "paddle"  # the die attach pad of a lead frame, as wires and netlists call it
WAFER = "wafer"
CARRIER_KINDS = (SUBSTRATE, LEAD_FRAME, INTERPOSER, WAFER, "panel")
MOLD_METHODS = ("reduced-pressure transfer", "transfer", "compression", "liquid dispensing", "film lamination")
ENCAPSULANT = "encapsulant"
FILLINGS = (ENCAPSULANT, "underfill", "nothing")
WIRE_PROFILES = tuple(PROFILES)
CUTS = ("saw", "laser", "punch", "router", "none")
