"""The words a designer may use; every reader takes these and no others."""

from __future__ import annotations

from ..geometry.loops import PROFILES

FLIP_CHIP = "flip-chip"
FACE_UP = "face-up"
FAN_OUT = "fan-out"  # a die in the mold whose pads the redistribution layers are built on
HYBRID = "hybrid"  # copper to copper and oxide to oxide, without a gap
THERMO_COMPRESSION = "thermo-compression"  # metal on metal under force, without solder and without a gap
CHIP_SIDE = "chip side"
FAR_SIDE = "far side"
SUBSTRATE = "substrate"
LEAD_FRAME = "lead frame"
INTERPOSER = "interposer"
PADDLE = "paddle"  # the die attach pad of a lead frame, as wires and netlists call it
WAFER = "wafer"
REDISTRIBUTION = "redistribution layers"
OPEN, CLOSED = "open", "closed"
CARRIER_KINDS = (SUBSTRATE, LEAD_FRAME, INTERPOSER, WAFER, "panel", REDISTRIBUTION)
STAMPED = "stamped"
FRAME_MAKINGS = ("etched", STAMPED)
FILM, PASTE = "film", "paste"
ATTACH_FORMS = (FILM, PASTE)
PART_OF_CARRIER = "part of the carrier"
MOLD_METHODS = ("reduced-pressure transfer", "transfer", "film-assisted transfer", "compression", "liquid dispensing",
                "film lamination")
ENCAPSULANT = "encapsulant"
NOTHING_IN_GAP = "nothing"
FILLINGS = (ENCAPSULANT, "underfill", "non-conductive film", "anisotropic film", NOTHING_IN_GAP)
EXPOSED = ("back",)
BOTH_SIDES = "both sides"
INNER_LAYERS, ALL_LAYERS = "inner layers", "all layers"  # of a keep-out: of the carrier's copper, the outer ones aside or not
METAL, PARTS, MOLD, EVERYTHING = "metal", "parts", "mold", "everything"
KEPT_OUT = (METAL, PARTS, MOLD, EVERYTHING)
BALLS, LANDS, PILLARS = "balls", "lands", "pillars"
TERMINALS = (BALLS, LANDS, PILLARS)
WIRE_PROFILES = tuple(PROFILES)
CUTS = ("saw", "laser", "punch", "router", "none")
CENTRE, POINT = "centre", "point"
GATES = ("left", "right", "top", "bottom", "top left", "top right", "bottom left", "bottom right", CENTRE, POINT)
PARTING_LINE, OPPOSITE, CORNERS_ONLY = "parting line", "opposite the gate", "corners"
VENTS = (PARTING_LINE, OPPOSITE, *GATES[:4], CORNERS_ONLY)

WORST_CASE, RSS = "worst case", "RSS"
HEIGHT_METHODS = (WORST_CASE, RSS)
# What a tolerance means: how parts spread, and how many standard deviations reach from the middle to either end of it.
TOLERANCES = ("normal, 3 sigma", "normal, 2 sigma", "normal, 4 sigma", "normal, 6 sigma", "normal, 3 sigma, truncated",
              "normal, 3 sigma, shifted 1.5 sigma", "uniform")
