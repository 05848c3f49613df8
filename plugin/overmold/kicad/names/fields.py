"""The words in which a board carries the third dimension: footprint fields, user layers, the mold-cap area.

Writer and reader share these names; people read and edit them in KiCad. One field holds one datum, with its unit; the fields
of data are called as the hub calls these (``package.datum``).
"""

from __future__ import annotations

from dataclasses import replace

from ...package import Process, Region
from ...package.datum import WORD, Datum, data_of
from ...package.regions import field_of_region

PART = "Package part"  # what a footprint is: one of the words below
CARRIER = "carrier"
CHIP = "chip"
PASSIVE = "passive"
LAND_PATTERN = "land pattern"
FINGERS = "fingers"
WIRES = "wires"

PACKAGE_NAME = "Package name"
BALL_DIAMETERS = "Ball diameters of their own"  # of single balls, as in "0.8 mm: A1 A2; 0.5 mm: C3"
TOP_DIAMETERS = "Top land diameters of their own"
BARE_LANDS = "Bare lands"  # sites of balls that bear none, as in "lands: E5 E6"
BUMP_DIAMETERS = "Bump diameters of their own"
BUMP_HEIGHTS = "Bump heights of their own"
BUMP_TURNS = "Bump turns of their own"
BUMP_WIDTHS = "Bump widths of their own"
BUMP_SPHERES = "Solder spheres of their own"
BUMP_STEPS = "Bump land steps"  # by how much the lands of single bumps stand higher than the others, as in "-30 um: B1 B2"
LANDS = "Customer lands"  # the table of lands on the customer's board, its rows parted by semicolons
STACKUP = "Stack-up"  # of a board whose set-up has none, from the chip side down: "mask: 15 um ± 3 um (AUS308); copper: 15 um"
TOLERANCE_OF = "Tolerance of "  # + the stack-up layer's name on the board, as in "Tolerance of F.Mask" = "± 3 um"

# What the board is to the carrier: no datum of a package, for one package file serves both.
WHOLE_BOARD, INSIDE = "whole board", "inside a board"
CARRIER_PLACE = Datum(WORD, "Carrier place", "Whether the whole board is the carrier, or the carrier lies inside a board that "
                      "is not its own", INSIDE, words=(WHOLE_BOARD, INSIDE), usual=WHOLE_BOARD)

# User layers that Overmold names; a board of the user's own may use others under the same names.
LAYERS = {
    "User.1": "Chip outline", "User.2": "Mold cap outline", "User.3": "Saw street",
    "User.4": "Bumps on chips", "User.5": "Bond pads", "User.6": "Wires", "User.7": "Frame feet",
}
MOLD_CAP_AREA = "Mold cap"  # name of the rule area
MOLD_REGION = "Mold region "  # + the name of a further block of mold: that of its rule area


def of_region(one: Datum, name: str) -> Datum:
    """A datum of the further block of mold of this name, with the field that it has on a board: "Region cap RF"."""
    return replace(one, label=field_of_region(one, name))


REGION_FIELDS = tuple(field_of_region(one, "") for part in (Region, Process) for one in data_of(part).values())
