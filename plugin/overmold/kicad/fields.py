"""The words in which a board carries the third dimension: footprint fields, user layers, the mold-cap area.

Writer and reader share these names; people read and edit them in KiCad. One field holds one datum, with its unit.
"""

from __future__ import annotations

PART = "Package part"  # what a footprint is: CARRIER, CHIP, PASSIVE or LAND_PATTERN
CARRIER = "carrier"
CHIP = "chip"
PASSIVE = "passive"
LAND_PATTERN = "land pattern"

PACKAGE_NAME = "Package name"
CARRIER_KIND = "Carrier kind"
MAX_HEIGHT = "Largest package height"
MOLD_CAP = "Mold cap"
FILLER = "Largest filler"
MOLD_METHOD = "Mold method"
MOLD_PRESSURE = "Mold pressure"
MOLD_TEMPERATURE = "Mold temperature"
BALL_DIAMETER = "Ball diameter"
BALL_STANDOFF = "Ball standoff"
BALL_ALLOY = "Ball alloy"
SINGULATION = "Singulation"
SAW_STREET = "Saw street"
KERF = "Kerf"
TOLERANCE_OF = "Tolerance of "  # + the stack-up layer's name on the board, as in "Tolerance of F.Mask" = "± 3 um"

CHIP_THICKNESS = "Chip thickness"
BONDING = "Bonding"
BUMP_DIAMETER = "Bump diameter"
BUMP_HEIGHT = "Bump height"
BUMP_ALLOY = "Bump alloy"
UBM_DIAMETER = "UBM diameter"
PASSIVATION_OPENING = "Passivation opening"
GAP = "Gap thickness"
GAP_FILLED_WITH = "Gap filled with"

PASSIVE_HEIGHT = "Passive height"

# User layers that Overmold names; a board of the user's own may use others under the same names.
LAYERS = {"User.1": "Chip outline", "User.2": "Mold cap outline", "User.3": "Saw street"}
MOLD_CAP_AREA = "Mold cap"  # name of the rule area
UNCONNECTED = "unconnected-("  # KiCad's own start of a net name that connects nothing
