"""The words in which a board carries the third dimension: footprint fields, user layers, the mold-cap area.

Writer and reader share these names; people read and edit them in KiCad. One field holds one datum, with its unit.
"""

from __future__ import annotations

PART = "Package part"  # what a footprint is: one of the words below
CARRIER = "carrier"
CHIP = "chip"
PASSIVE = "passive"
LAND_PATTERN = "land pattern"
FINGERS = "fingers"
WIRES = "wires"

PACKAGE_NAME = "Package name"
CARRIER_KIND = "Carrier kind"
MAX_HEIGHT = "Largest package height"
MOLD_CAP = "Mold cap"
FILLER = "Largest filler"
MOLD_METHOD = "Mold method"
MOLD_PRESSURE = "Mold pressure"
MOLD_TEMPERATURE = "Mold temperature"
BALL_DIAMETER = "Ball diameter"
BALL_DIAMETERS = "Ball diameters of their own"  # of single balls, as in "0.8 mm: A1 A2; 0.5 mm: C3"
BALL_LAND = "Ball land"  # the usual one, where every ball has a diameter and so a land of its own
BALL_OPENING = "Ball land opening"
BALL_STANDOFF = "Ball standoff"
BALL_ALLOY = "Ball alloy"
SINGULATION = "Singulation"
SAW_STREET = "Saw street"
KERF = "Kerf"
STACKUP = "Stack-up"  # of a board whose set-up has none, from the chip side down: "mask: 15 um ± 3 um (AUS308); copper: 15 um"
TOLERANCE_OF = "Tolerance of "  # + the stack-up layer's name on the board, as in "Tolerance of F.Mask" = "± 3 um"

FRAME_THICKNESS = "Frame thickness"
LEAD_WIDTH = "Lead width"
LEAD_LENGTH = "Lead length"
PULL_BACK = "Lead pull-back"
BODY_TOLERANCE = "Body tolerance"
HALF_ETCH = "Half-etch depth"
DAM_BAR = "Dam bar"
STRIP = "Strip"  # rows and columns, as in "8 x 20"

CHIP_THICKNESS = "Chip thickness"
BONDING = "Bonding"
BUMP_DIAMETER = "Bump diameter"
BUMP_DIAMETERS = "Bump diameters of their own"
BUMP_HEIGHT = "Bump height"
BUMP_ALLOY = "Bump alloy"
UBM_DIAMETER = "UBM diameter"
PASSIVATION_OPENING = "Passivation opening"
GAP = "Gap thickness"
GAP_FILLED_WITH = "Gap filled with"
STANDS_ON = "Stands on"  # names of chips, as in "U1" or "U1, U3"; none is the carrier
DIE_ATTACH = "Die attach"
BUMP_PAD = "Bump pad diameter"  # of bumps that stand on a chip, or that have all a diameter of their own; else pads show it
BUMP_OPENING = "Bump pad opening"
BOND_PAD_SIZE = "Bond pad size"

WIRE_DIAMETER = "Wire diameter"
LOOP_HEIGHT = "Loop height"
LOOP_TIER = "Loop tier"
LOOP_PROFILE = "Loop profile"

PASSIVE_HEIGHT = "Passive height"

# User layers that Overmold names; a board of the user's own may use others under the same names.
LAYERS = {
    "User.1": "Chip outline", "User.2": "Mold cap outline", "User.3": "Saw street",
    "User.4": "Bumps on chips", "User.5": "Bond pads", "User.6": "Wires", "User.7": "Frame feet",
}
MOLD_CAP_AREA = "Mold cap"  # name of the rule area
