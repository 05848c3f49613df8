"""The pieces of metal of a package as columns: what each is, whose it is, where it lies, and its net."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Optional, Union

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..package import CHIP_SIDE, FAR_SIDE, PADDLE, Balls, Bumps, Chip, Package, Passive, keys
from ..package.site_lands import ball_lands, bump_lands, diameters_of, in_plan, top_land_sizes
from ..shapes import Outline

BALL, LEAD, DIE_PAD, FINGER, CARRIER_PAD, BOND_PAD, BUMP, TERMINAL, TOP_LAND = range(9)
WORDS = ("ball", "lead", PADDLE, "finger", "carrier pad", "bond pad", "bump", "terminal", "top land")
NO_NET = 0  # the number of "": what is on no net
ON_FRONT, _ON_BACK, INSIDE, _NOT_ON_CARRIER = 0, 1, 2, -1
CARRIER = -1  # the part of everything that the carrier itself bears


class Run(NamedTuple):
    """Pieces of one kind and one part, one after another from number ``first``: ``key`` goes before a piece's name in
    ``Package.places``, ``said`` before it for people. ``part`` counts chips, then passives; CARRIER is the carrier's own."""

    kind: int
    part: int
    first: int
    names: tuple[str, ...]
    key: str
    said: str


@dataclass(frozen=True, eq=False, repr=False)
class Pieces:
    """All pieces of metal (n): ``kind``, ``part``, ``net`` (a number in ``nets``, 0 is none), ``xy`` (n, 2) the middle.

    ``size`` (n, 2) is what of a round piece is its diameter twice, of another its width and height before it was turned by
    ``angle`` (1/1000 degree); ``is_round`` says which. ``side`` is that of the carrier whose copper a piece is: 0 the chips',
    1 the far one, 2 the floor of a part's own cavity, higher ones that of a cavity for several, -1 none. ``outlines`` holds
    leads and die attach pad (with its tie bars) by number: they may have any shape; ``etched`` the regions in which they are
    etched from above, too low to be landed on.
    """

    runs: tuple[Run, ...]
    parts: tuple[str, ...]
    nets: tuple[str, ...]
    kind: IntArray
    part: IntArray
    net: IntArray
    xy: IntArray
    size: IntArray
    angle: IntArray
    is_round: NDArray[np.bool_]
    side: IntArray
    outlines: dict[int, tuple[Outline, ...]]
    etched: tuple[Outline, ...] = ()

    def __len__(self) -> int:
        return len(self.kind)

    def numbers(self, kind: int, part: int = CARRIER) -> IntArray:
        """The pieces of that kind and part, none where there are none."""
        run = self._by_kind.get((kind, part))
        return np.arange(run.first, run.first + len(run.names)) if run is not None else np.zeros(0, np.int64)

    def run_of(self, piece: int) -> Run:
        """The run in which a piece stands."""
        return self.runs[bisect_right(self._firsts, piece) - 1]

    @cached_property
    def _by_kind(self) -> dict[tuple[int, int], Run]:
        return {(run.kind, run.part): run for run in reversed(self.runs)}

    @cached_property
    def _firsts(self) -> list[int]:
        return [run.first for run in self.runs]

    def name(self, piece: int) -> str:
        """A piece as people call it: ``U1.A1``, ``finger F1``, ``lead 3``, ``ball B2``, ``the paddle``."""
        run = self.run_of(piece)
        return run.said + run.names[piece - run.first]

    def key(self, piece: int) -> str:
        """Where ``Package.place`` finds it."""
        run = self.run_of(piece)
        return run.key + run.names[piece - run.first] if run.kind != DIE_PAD else run.key

    def net_name(self, piece: int) -> str:
        """Its net, "" where it has none."""
        return self.nets[int(self.net[piece])]

    def at(self, piece: int) -> tuple[int, int]:
        """Its middle."""
        return int(self.xy[piece, 0]), int(self.xy[piece, 1])


class _Laid(NamedTuple):
    """Pieces before they are put into columns; ``sizes``, ``angles`` and ``is_round`` one for all or one each."""

    kind: int
    part: int
    names: Sequence[str]
    nets: Sequence[str]
    xy: IntArray
    sizes: object
    angles: object = 0
    is_round: object = False
    side: object = _NOT_ON_CARRIER
    key: str = ""
    said: str = ""
    outlines: Sequence[tuple[Outline, ...]] = ()


def pieces_of(package: Package) -> Pieces:
    """Every piece of metal of ``package``."""
    laid = [one for one in _all(package) if len(one.names)]
    nets = {"": NO_NET}
    nets.update(dict.fromkeys(chain.from_iterable(one.nets for one in laid), NO_NET))
    nets = {name: number for number, name in enumerate(nets)}
    columns = {id(one.nets): np.array(list(map(nets.__getitem__, one.nets)), np.int64) for one in laid}
    net = np.concatenate([columns[id(one.nets)] for one in laid]) if laid else np.zeros(0, np.int64)
    runs: list[Run] = []
    outlines: dict[int, tuple[Outline, ...]] = {}
    first = 0
    for one in laid:
        runs.append(Run(one.kind, one.part, first, tuple(one.names), one.key, one.said))
        outlines.update({first + i: outline for i, outline in enumerate(one.outlines)})
        first += len(one.names)
    counts = [len(one.names) for one in laid]
    frame = package.carrier.frame if package.carrier is not None else None

    def column(values: Sequence[object]) -> IntArray:
        columns = [np.broadcast_to(np.array(value, np.int64), count) for value, count in zip(values, counts)]
        return np.concatenate(columns) if columns else np.zeros(0, np.int64)

    def pairs(values: Sequence[object]) -> IntArray:
        columns = [np.broadcast_to(np.array(value, np.int64), (count, 2)) for value, count in zip(values, counts)]
        return np.concatenate(columns) if columns else np.zeros((0, 2), np.int64)

    return Pieces(
        runs=tuple(runs),
        parts=(*(chip.name for chip in package.chips), *(passive.name for passive in package.passives)),
        nets=tuple(nets), kind=column([one.kind for one in laid]), part=column([one.part for one in laid]), net=net,
        xy=pairs([one.xy for one in laid]), size=pairs([one.sizes for one in laid]),
        angle=column([one.angles for one in laid]),
        is_round=column([one.is_round for one in laid]).astype(bool), side=column([one.side for one in laid]),
        outlines=outlines, etched=frame.etched_above if frame is not None else ())


def _all(package: Package) -> Iterator[_Laid]:
    yield from _of_carrier(package)
    for number, chip in enumerate(package.chips):
        yield from _of_chip(package, number, chip)
    for number, passive in enumerate(package.passives, len(package.chips)):
        ends = passive.terminals
        xy = np.array([one.at for one in ends], np.int64).reshape(-1, 2)
        yield _Laid(kind=TERMINAL, part=number, names=[one.name for one in ends], nets=[one.net for one in ends], xy=xy,
                    sizes=np.array([one.size for one in ends], np.int64).reshape(-1, 2), angles=passive.angle,
                    side=_NOT_ON_CARRIER if passive.on or _has_frame(package) else _floor(package, passive)
                    if passive.in_cavity else _ON_BACK if passive.is_far else ON_FRONT,
                    key=keys.within(passive.key, ""), said=f"{passive.name}.")


def _of_carrier(package: Package) -> Iterator[_Laid]:
    balls, carrier = package.balls, package.carrier
    if balls is not None:
        land = _or_diameter(ball_lands(balls)[0], balls)
        sides = [_ON_BACK if side == FAR_SIDE else ON_FRONT if side == CHIP_SIDE else _NOT_ON_CARRIER for side in balls.sides]
        yield _Laid(BALL, CARRIER, balls.sites.names, balls.nets, balls.sites.xy, land, is_round=True, side=sides,
                    key=keys.ball(""), said="ball ")
    top = package.top_lands
    if top is not None:
        yield _Laid(TOP_LAND, CARRIER, top.sites.names, top.nets, top.sites.xy, np.stack((top_land_sizes(top)[0],) * 2, axis=1),
                    is_round=True, side=ON_FRONT, key=keys.top_land(""), said="top land ")
    if carrier is None:
        return
    fingers = carrier.fingers
    yield _Laid(kind=FINGER, part=CARRIER, names=[one.name for one in fingers], nets=[one.net for one in fingers],
                xy=np.array([one.at for one in fingers], np.int64).reshape(-1, 2),
                sizes=np.array([one.size for one in fingers], np.int64).reshape(-1, 2),
                angles=[one.angle for one in fingers], side=ON_FRONT, key=keys.finger(""), said="finger ")
    if carrier.frame is None:
        return
    leads = carrier.frame.leads
    metal = [one.outline for one in leads]
    yield _Laid(LEAD, CARRIER, [one.name for one in leads], [one.net for one in leads], _middles(metal), _sizes(metal),
                key=keys.lead(""), said="lead ", outlines=[(one,) for one in metal])
    if carrier.frame.paddle is not None:
        paddle = [carrier.frame.paddle]
        yield _Laid(DIE_PAD, CARRIER, [PADDLE], [carrier.frame.paddle_net], _middles(paddle), _sizes(paddle),
                    key=keys.PADDLE, said="the ", outlines=[(carrier.frame.paddle, *carrier.frame.tie_bars)])


def _of_chip(package: Package, number: int, chip: Chip) -> Iterator[_Laid]:
    bumps, pads = chip.bumps, chip.pads
    if bumps is not None:
        lands = in_plan(chip, _or_diameter(bump_lands(bumps)[0], bumps)[:, 0])
        # Of an oblong one the rectangle around it counts, which is larger at its four corners alone.
        wide, are_round = np.stack((lands.length, lands.width), axis=1), lands.length == lands.width
        turns = np.where(are_round, 0, lands.angle)
        yield _Laid(BUMP, number, bumps.sites.names, bumps.nets, bumps.sites.xy, wide, angles=turns, is_round=are_round,
                    key=keys.bump(chip.name, ""), said=f"{chip.name}.")
        if not chip.on and not _has_frame(package):
            # The carrier's pad is drawn from the bump, of its net and under it.
            side = _floor(package, chip) if chip.in_cavity else _ON_BACK if chip.is_far else ON_FRONT
            yield _Laid(CARRIER_PAD, number, bumps.sites.names, bumps.nets, bumps.sites.xy, wide, angles=turns,
                        is_round=are_round, side=side, key=keys.bump(chip.name, ""), said=f"the pad under {chip.name}.")
    if pads is not None:
        yield _Laid(kind=BOND_PAD, part=number, names=pads.sites.names, nets=pads.nets, xy=pads.sites.xy,
                    sizes=pads.size, angles=chip.angle,
                    key=keys.pad(chip.name, ""), said=f"{chip.name}.")


def _floor(package: Package, part: Union[Chip, Passive]) -> int:
    """The side that the floor of a part's cavity is: one for all that stand in one cavity."""
    names = [one.name for one in package.cavities]
    return INSIDE + 1 + names.index(part.cavity_in) if part.cavity_in in names else INSIDE


def _or_diameter(lands: IntArray, of: Union[Balls, Bumps]) -> IntArray:
    """The width of each land twice (n, 2): as stated or drawn, else as wide as the solder itself."""
    wide = np.where(lands > 0, lands, diameters_of(of.sites, of.diameter.nominal if of.diameter is not None else 0))
    return np.stack((wide, wide), axis=1)


def _has_frame(package: Package) -> bool:
    return package.carrier is not None and package.carrier.frame is not None


def _middles(outlines: Sequence[Outline]) -> IntArray:
    return np.array([one.centre for one in outlines], np.int64).reshape(-1, 2)


def _sizes(outlines: Sequence[Outline]) -> IntArray:
    return np.array([one.size for one in outlines], np.int64).reshape(-1, 2)


def carrier_outline(package: Package) -> Optional[Outline]:
    """Where the carrier's copper may lie; None where it is not known."""
    return package.carrier.outline if package.carrier is not None else None
