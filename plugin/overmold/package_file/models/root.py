"""The package file, key by key: what there is, what it means, how it is written.

These models are the one description of the file. Reading uses them, and so does the JSON Schema that completes keys in
an editor. They know nothing of what belongs together; ``build`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from ... import package as p
from . import types as t
from .array import Array
from .group import Group, Key, Keys, key, key_at, usual
from .schemas import ROW_SCHEMA
from .values import Asked, Either, ListOf, Path, Unread, Wrong

if TYPE_CHECKING:
    from .frame import Frame
    from .wire import Fingers, Wires

_SIZE = ListOf(t.Length, 2, 2, (["5 mm", "5 mm"],))
_POINT = ListOf(t.Coordinate, 2, 2, (["0 mm", "0 mm"],))
_CORNERS = [["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["0 mm", "5 mm"]]
_HOLE = [["-0.5 mm", "-0.2 mm"], ["0.5 mm", "-0.2 mm"], ["0.5 mm", "0.2 mm"], ["-0.5 mm", "0.2 mm"]]
_POINTS = ListOf(_POINT, 3, examples=(_CORNERS,))
_CAVITY = {"depth": "200 um ± 15 um", "room": "100 um"}
_NAME_OR_NAMES = Either(t.PartName, ListOf(t.PartName, 1))


# What only some packages have is made where it is met: most checks are of those that have neither wires nor a frame.
def _frame() -> type[Group]:
    from .frame import Frame

    return Frame


def _fingers() -> type[Group]:
    from .wire import Fingers

    return Fingers


def _wires() -> type[Group]:
    from .wire import Wires

    return Wires


class Layer(Group, of=p.Layer):
    """One layer of the carrier's stack-up."""

    layer: str = key(t.LayerKind, "What it is", "mask")
    name: str = key(t.Text, "A name of your own", "top mask", usual="")


class Carrier(Group, of=p.Carrier):
    """What chips, passives and mold stand on. Its centre is the origin of all positions."""

    size: Optional[list[int]] = key(_SIZE, "Width and height", ["10 mm", "10 mm"], usual=None)
    outline: Optional[list[list[int]]] = key(_POINTS, "Corners instead of a size, for any other shape", _CORNERS, usual=None)
    stackup: list[Layer] = key(ListOf(Keys(Layer)), "Layers from the chip side down",
                               [{"layer": "mask", "thickness": "15 um ± 3 um"}], usual=[])
    frame: Optional[Frame] = key(Keys(_frame), "The metal of a lead frame: leads, die attach pad, tie bars", {
        "thickness": "200 um ± 8 um", "leads": {"per_side": 8, "pitch": "0.5 mm", "width": "0.25 mm", "length": "0.4 mm"},
    }, usual=None)
    fingers: list[Fingers] = key(ListOf(Keys(_fingers)), "Bond fingers, in groups",
                                 [{"ring": ["8 mm", "8 mm"], "count": [12, 12], "size": ["80 um", "200 um"]}], usual=[])


class Bumps(Group, of=p.Bumps):
    """The bumps under a flip chip, as they lie under it seen from above, before the chip is turned."""

    array: Array = key(Keys(Array), "Which bumps there are and where", {"grid": [18, 18], "pitch": "250 um"})
    diameter: Any = key(Either(t.Quantity, ListOf(t.Quantity, 2, 2)), "Diameter of a bump, or length and width of an oblong "
                        "one", "100 um", ["110 um", "60 um"])


class BondPads(Group, of=p.BondPads):
    """The pads on a chip's upper side, about its centre before it is turned: for wires, and for bumps of a chip on it."""

    array: Array = key(Keys(Array), "Which pads there are and where", {"grid": [20, 20], "pitch": "250 um", "rings": 1})


class ChipCavity(Group, of=p.Chip, under="cavity."):
    """The cavity of the carrier that a chip stands in."""


class PassiveCavity(Group, of=p.Passive, under="cavity."):
    """The cavity of the carrier that a passive stands in."""


class Chip(Group, of=p.Chip):
    """One chip."""

    name: str = key(t.PartName, "Reference of the chip", "U1")
    size: Optional[list[int]] = key(_SIZE, "Width and height", ["5 mm", "5 mm"], usual=None)
    outline: Optional[list[list[int]]] = key(_POINTS, "Corners instead of a size, about the chip's centre",
                                             [["-2 mm", "-2 mm"], ["2 mm", "-2 mm"], ["0 mm", "2 mm"]], usual=None)
    at: list[int] = key(_POINT, "Where its centre is on the carrier", ["0 mm", "0 mm"], usual=[0, 0])
    angle: int = key(t.Angle, "How far it is turned, counter-clockwise", "0 deg", usual=0)
    stands_on: Optional[Union[str, list[str]]] = key(_NAME_OR_NAMES, "The chip it stands on, or the chips that it bridges; the "
                                                     "carrier if left out", "U1", ["U1", "U2"], usual=None)
    # YAML 1.1 reads this key as the truth value, so that other tools lose it.
    on: Optional[Union[str, list[str]]] = key(_NAME_OR_NAMES, "An older word for stands_on", "U1", usual=None, deprecated=True)
    pads: Optional[BondPads] = key(Keys(BondPads), "Pads on its upper side, for wires or for a flip chip on it", usual=None)
    bumps: Optional[Bumps] = key(Keys(Bumps), "What joins it to what it stands on", usual=None)
    cavity: Optional[ChipCavity] = key(Keys(ChipCavity), "The cavity of the carrier that it stands in", _CAVITY, usual=None)


class Pad(Group):
    """One pad of a passive, about the passive's centre."""

    at: list[int] = key(_POINT, "Its centre", ["-0.25 mm", "0 mm"])
    size: list[int] = key(_SIZE, "Width and height", ["0.3 mm", "0.3 mm"])


class Passive(Group, of=p.Passive):
    """A capacitor, resistor or coil: beside the chip, on a chip, or on the far side."""

    name: str = key(t.PartName, "Its reference", "C1")
    size: Union[str, list[int]] = key(Either(t.CaseName, _SIZE), "Imperial case size in quotes, or width and height",
                                      "0201", ["0.6 mm", "0.3 mm"])
    at: list[int] = key(_POINT, "Where its centre is on the carrier", ["4 mm", "0 mm"])
    angle: int = key(t.Angle, "How far it is turned, counter-clockwise", "90 deg", usual=0)
    nets: list[str] = key(ListOf(t.NetName), "Net of each pad, \"\" for none", ["VDD", "GND"], usual=[])
    cavity: Optional[PassiveCavity] = key(Keys(PassiveCavity), "The cavity of the carrier that it stands in", _CAVITY,
                                          usual=None)
    stands_on: Optional[Union[str, list[str]]] = key(_NAME_OR_NAMES, "The chip or interposer whose bond pads it stands on, or "
                                                     "the chips that it bridges; the carrier if left out", "U1", ["U1", "U2"],
                                                     usual=None)
    on: Optional[Union[str, list[str]]] = key(_NAME_OR_NAMES, "An older word for stands_on", "U1", usual=None, deprecated=True)
    pads: Optional[list[Pad]] = key(ListOf(Keys(Pad), 1), "Its pads, where it has a size of its own",
                                    [{"at": ["-0.25 mm", "0 mm"], "size": ["0.3 mm", "0.3 mm"]}], usual=None)


class Process(Group, of=p.Process):
    """How the mold is made."""


class Region(Group, of=p.Region):
    """A further block of mold: beside the first, or on the carrier's far side."""

    name: str = key(t.PartName, "Its name", "RF")
    size: Optional[list[int]] = key(_SIZE, "Width and height", ["3 mm", "3 mm"], usual=None)
    outline: Optional[list[list[int]]] = key(_POINTS, "Corners instead of a size", _CORNERS, usual=None)
    at: list[int] = key(_POINT, "Where its centre is on the carrier", ["3 mm", "0 mm"], usual=[0, 0])
    process: Process = key(Keys(Process), "How it is molded, as far as that differs from the first block",
                           {"pressure": "5 mmHg", "temperature": "165 degC"}, usual=usual(Process))


class Mold(Group, of=p.Mold):
    """The encapsulant."""

    outline: Union[str, list[Any]] = key(Either(t.OutlineWord, _SIZE, _POINTS), "'carrier', width and height, or corners",
                                         "carrier", ["10 mm", "10 mm"], usual="carrier")
    process: Process = key(Keys(Process), "How it is molded", usual=usual(Process))
    regions: list[Region] = key(ListOf(Keys(Region)), "Further blocks of mold, beside this one or on the far side",
                                [{"name": "RF", "size": ["3 mm", "3 mm"], "at": ["3 mm", "0 mm"], "cap": "450 um ± 15 um"}],
                                usual=[])


class Lid(Group, of=p.Lid):
    """A lid or heat spreader on the mold and on bare backs of chips."""


class Balls(Group, of=p.Balls):
    """What the package is soldered down by: solder balls, or bare lands, seen from above, through the package."""

    array: Array = key(Keys(Array), "Which balls there are and where", {"grid": [12, 12], "pitch": "0.8 mm"})
    side: str = key(t.Side, "Which side of the carrier they sit on", "far side", usual="far side")


class UpperPackage(Group, of=p.TopLands, under="upper."):
    """The package that stands on the lands on top."""


class TopLands(Group, of=p.TopLands):
    """Lands on the chip side for another package on this one, seen from above."""

    array: Array = key(Keys(Array), "Which lands there are and where", {"grid": [14, 14], "pitch": "0.5 mm", "rings": 2})
    upper: Optional[UpperPackage] = key(Keys(UpperPackage), "The package that stands on them", {
        "width": "12 mm", "length": "12 mm", "thickness": "0.5 mm ± 0.05 mm"}, usual=None)


class Singulation(Group, of=p.Singulation):
    """How packages are cut apart."""


class Cavity(Group, of=p.Cavity):
    """A cavity of the carrier with a shape of its own, for one part or several."""

    name: str = key(t.PartName, "Its name", "MEMS")
    size: Optional[list[int]] = key(_SIZE, "Width and height", ["4 mm", "3 mm"], usual=None)
    outline: Optional[list[list[int]]] = key(_POINTS, "Corners instead of a size, for any other shape", _CORNERS, usual=None)
    at: list[int] = key(_POINT, "Where its centre is on the carrier", ["0 mm", "0 mm"], usual=[0, 0])
    angle: int = key(t.Angle, "How far it is turned, counter-clockwise", "0 deg", usual=0)


class KeepOut(Group, of=p.KeepOut):
    """An outline in which something must not be: under an antenna, over a sensor, where no mold may come."""

    name: str = key(t.PartName, "A name for it", "ANT")
    size: Optional[list[int]] = key(_SIZE, "Width and height", ["2 mm", "1 mm"], usual=None)
    outline: Optional[list[list[int]]] = key(_POINTS, "Corners instead of a size, for any other shape", _CORNERS, usual=None)
    at: list[int] = key(_POINT, "Where its centre is on the carrier", ["0 mm", "0 mm"], usual=[0, 0])
    angle: int = key(t.Angle, "How far it is turned, counter-clockwise", "0 deg", usual=0)
    holes: list[list[list[int]]] = key(ListOf(_POINTS), "Holes in it, where nothing is kept out, each by its corners, as those "
                                       "of an outline", [_HOLE], usual=[])


class Root(Group, of=p.Package):
    """A package file of Overmold: one moulded package."""

    package: str = key(t.PackageName, "Name of the package; files are named after it", "FCCSP-144_10x10mm_P0.8mm")
    carrier: Carrier = key(Keys(Carrier), "", {"kind": "substrate", "size": ["10 mm", "10 mm"]})
    chips: list[Chip] = key(ListOf(Keys(Chip)), "The chips", usual=[])
    passives: list[Passive] = key(ListOf(Keys(Passive)), "Parts beside the chips and on them", usual=[])
    wires: Optional[Wires] = key(Keys(_wires), "Bond wires", usual=None)
    mold: Optional[Mold] = key(Keys(Mold), usual=None)
    lid: Optional[Lid] = key(Keys(Lid), usual=None)
    balls: Optional[Balls] = key(Keys(Balls), "", {"array": {"grid": [12, 12], "pitch": "0.8 mm"}, "diameter": "0.4 mm"},
                                 usual=None)
    keep_outs: list[KeepOut] = key(ListOf(Keys(KeepOut)), "Outlines in which something must not be", usual=[])
    cavities: list[Cavity] = key(ListOf(Keys(Cavity)), "Cavities of the carrier with a shape of their own", usual=[])
    top_lands: Optional[TopLands] = key(Keys(TopLands), usual=None)
    singulation: Optional[Singulation] = key(Keys(Singulation), usual=None)
    lands: Optional[str] = key(t.FileName, "Lands on the customer's board that are stated one by one: a table with the columns "
                               "name, x, y, width, height and, where it matters, shape, angle, corner, chamfer, layers, "
                               "drill, mask, paste, paste_share and outline", "lands.csv", usual=None)
    netlist: Optional[Union[str, list[Any]]] = key(
        Either(t.FileName, ListOf(Unread(list, ROW_SCHEMA))), "A CSV file with columns net,pad,ball, or its rows: "
        "[VDD, U1.A1, B2]; a pad is U1.A1 or C1.1, an empty text leaves a column out", "nets.csv", usual=None)


def read_root(words: dict[str, Any]) -> tuple[Optional[Root], list[Wrong]]:
    """The whole file, and all that is wrong with it; None where anything is."""
    wrong: list[Wrong] = []
    root = Keys(Root).read(words, (), Asked(wrong))
    return (root if isinstance(root, Root) else None), wrong


def key_in_file(path: Path) -> Optional[Key]:
    """The key that ``path`` leads to."""
    return key_at(Root, path)
