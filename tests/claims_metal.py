"""The metal of a package, for the oracle of claims: what lands where, what hangs together, what is connected."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Optional

import shapely

from overmold.package import Chip, Package
from overmold.shapes import Outline, rectangle

Fact = Optional[bool]
Land = dict[str, Any]
NEAR = 2  # nm that rounding may take


class Doubtful(Exception):
    """Rounding decides."""


def every(facts: Iterable[Fact]) -> Fact:
    found = list(facts)
    return False if False in found else None if None in found else True


def some(facts: Iterable[Fact]) -> Fact:
    found = list(facts)
    return True if True in found else None if None in found else False


def shape(outline: Outline) -> shapely.Polygon:
    return shapely.Polygon(outline.rings[0], outline.rings[1:])


def on_it(area: Optional[shapely.Geometry], at: tuple[float, float]) -> bool:
    """Whether a point lies on something; on everything that is not known."""
    if area is None:
        return True
    spot = shapely.Point(at)
    if 0 < area.boundary.distance(spot) < NEAR:
        raise Doubtful
    return bool(area.covers(spot))


class Joined:
    """What of a package is of metal, and what that joins."""

    def __init__(self, package: Package) -> None:
        self.package, self.chips = package, {chip.name: chip for chip in package.chips}

    def below(self, chip: Chip) -> set[str]:
        """The names of a chip and of all that it stands on."""
        return {chip.name}.union(*(self.below(self.chips[name]) for name in chip.on))

    @cached_property
    def lands(self) -> list[Land]:
        """Every piece of metal: kind, part, net, middle, shape."""
        package, found = self.package, []
        carrier = package.carrier
        frame = carrier.frame if carrier is not None else None

        def add(kind: str, part: str, name: str, net: str, area: shapely.Geometry) -> None:
            found.append({"kind": kind, "part": part, "name": name, "net": net, "area": area})
        if package.balls is not None:
            for name, xy, net in zip(package.balls.sites.names, package.balls.sites.xy, package.balls.nets):
                add("exit", "", name, net, shapely.Point(xy))
        for finger in carrier.fingers if carrier is not None else ():
            led = carrier.kind == "lead frame" and frame is None
            add("exit" if led else "finger", "", finger.name, finger.net, shape(finger.outline))
        if frame is not None:
            for lead in frame.leads:
                add("exit", "lead", lead.name, lead.net, shape(lead.outline))
            if frame.paddle is not None:
                add("exit", "lead", "paddle", frame.paddle_net, shape(frame.paddle))
        for chip in package.chips:
            if chip.bumps is not None:
                for name, xy, net in zip(chip.bumps.sites.names, chip.bumps.sites.xy, chip.bumps.nets):
                    add("bump", chip.name, name, net, shapely.Point(xy))
            if chip.pads is not None:
                for name, (x, y), net in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist(), chip.pads.nets):
                    add("pad", chip.name, name, net, shape(rectangle((x, y), (chip.pads.size,) * 2, chip.angle)))
        for passive in package.passives:
            for end in passive.terminals:
                add("terminal", passive.name, end.name, end.net, shape(rectangle(end.at, end.size, passive.angle)))
        for number, one in enumerate(found):
            one["number"] = number
        return found

    @property
    def stated_nets(self) -> bool:
        return any(one["net"] for one in self.lands)

    @property
    def framed(self) -> bool:
        return self.package.carrier is not None and self.package.carrier.frame is not None

    @cached_property
    def board(self) -> Optional[shapely.Polygon]:
        return shape(self.package.carrier.outline) if self.package.carrier is not None else None

    def among(self, lands: list[Land], at: shapely.Point) -> Optional[Land]:
        """The land under a point, of several the one with the nearest middle."""
        near = [one for one in lands if one["area"].distance(at) <= NEAR]
        if any(one["area"].distance(at) > 0 for one in near):
            raise Doubtful
        order = sorted(near, key=lambda one: one["area"].centroid.distance(at))
        if len(order) > 1 and order[1]["area"].centroid.distance(at) - order[0]["area"].centroid.distance(at) < 3:
            raise Doubtful
        return order[0] if order else None

    def frame_metal(self, at: shapely.Point) -> Optional[Land]:
        return next((one for one in self.lands if one["part"] == "lead" and one["area"].distance(at) == 0), None)

    def landing(self, chip: Chip, bump: Land) -> object:
        """What a bump lands on: a land, True for its own pad on a substrate, None where nobody knows, False for nothing."""
        at = bump["area"]
        if not chip.on:
            return (self.frame_metal(at) or False) if self.framed else on_it(self.board, (at.x, at.y))
        pads = self.among([one for one in self.lands if one["kind"] == "pad" and one["part"] in chip.on], at)
        if pads is None and any(self.chips[name].pads is None and on_it(shape(self.chips[name].outline), (at.x, at.y))
                                for name in chip.on):
            return None
        return pads or False

    @cached_property
    def landings(self) -> dict[int, object]:
        return {one["number"]: self.landing(self.chips[one["part"]], one) for one in self.lands if one["kind"] == "bump"}

    def bumps(self, chip: Chip) -> list[Land]:
        """The bumps on a chip's active surface."""
        plan = shape(chip.outline)
        return [one for one in self.lands if one["kind"] == "bump" and one["part"] == chip.name
                and on_it(plan, (one["area"].x, one["area"].y))]

    def landed(self, chip: Chip, least: int) -> Fact:
        """Whether so many bumps meet metal."""
        if not chip.bonded or (chip.bumps is None and chip.pads is None):
            return None
        met = [self.landings[one["number"]] for one in self.bumps(chip)]
        count, unknown = sum(1 for one in met if one not in (None, False)), met.count(None)
        return True if count >= least else None if count + unknown >= least else False

    @cached_property
    def wire_ends(self) -> list[tuple[Optional[Land], Optional[Land]]]:
        return [(self.wire_end(one.start, one.from_at), self.wire_end(one.end, one.to_at)) for one in self.package.wires]

    def wire_end(self, name: str, at: tuple[int, int]) -> Optional[Land]:
        spot = shapely.Point(at)
        part, _, site = name.rpartition(".")
        for one in self.lands:
            called = one["kind"] == "pad" and (one["part"], one["name"]) == (part, site)
            if (called or (one["kind"] in ("finger", "exit") and one["name"] == name)) and one["area"].distance(spot) <= 1:
                return one

        def floor(chip: Chip) -> int:
            return max((1 + floor(self.chips[below]) for below in chip.on), default=0)
        pads = [one for one in self.lands if one["kind"] == "pad"]
        for level in range(9, -1, -1):
            found = self.among([one for one in pads if floor(self.chips[one["part"]]) == level], spot)
            if found is not None:
                return found
        fingers = [one for one in self.lands if one["kind"] == "finger" or (one["kind"] == "exit" and one["part"] != "lead"
                   and one["area"].geom_type != "Point")]
        return self.among(fingers, spot) or self.frame_metal(spot)

    @cached_property
    def islands(self) -> list[int]:
        """What hangs together by solder, wires and copper of one net on the carrier, each time of one net."""
        root = list(range(len(self.lands)))
        pairs = [(self.lands[number], land) for number, land in self.landings.items() if isinstance(land, dict)]
        pairs += [(one, other) for one, other in self.wire_ends if one is not None and other is not None]
        frame = [one for one in self.lands if one["part"] == "lead"]
        bars = [shape(one) for one in self.package.carrier.frame.tie_bars] if self.framed else []
        for end in (one for one in self.lands if one["kind"] == "terminal" and frame):
            pairs += [(end, one) for one in frame if self.touch(one, end, bars)]
        copper: dict[str, Land] = {}
        for one in self.lands:
            front = one["kind"] == "finger" or (one["kind"] == "exit" and one["part"] != "lead")
            front |= one["kind"] == "terminal" and not self.framed
            front |= one["kind"] == "bump" and self.landings[one["number"]] is True
            at = one["area"].centroid
            if front and one["net"] and on_it(self.board, (at.x, at.y)):
                pairs.append((one, copper.setdefault(one["net"], one)))
        for one, other in pairs:
            if one["net"] and one["net"] == other["net"]:
                root = [min(root[one["number"]], root[other["number"]])
                        if its in (root[one["number"]], root[other["number"]]) else its for its in root]
        return root

    @staticmethod
    def touch(metal: Land, end: Land, bars: list[shapely.Polygon]) -> bool:
        apart = min(one.distance(end["area"]) for one in (metal["area"], *(bars if metal["name"] == "paddle" else ())))
        if 0 < apart < NEAR:
            raise Doubtful
        return bool(apart == 0)

    def parts_on(self, land: Land) -> set[str]:
        """The parts that hang together with a land; all exits are one."""
        mine = self.islands[land["number"]]
        return {"EXIT" if one["kind"] == "exit" else one["part"] for one in self.lands
                if self.islands[one["number"]] == mine and one["kind"] in ("exit", "bump", "pad", "terminal")}

    @cached_property
    def reach(self) -> tuple[set[str], set[str]]:
        """The parts that come to an exit through chips and passives; those that come to an exit or to a chip."""
        named = [one for one in self.lands if one["net"]]
        exits = {self.islands[one["number"]] for one in named if one["kind"] == "exit"}
        chips = {self.islands[one["number"]] for one in named if one["kind"] in ("bump", "pad")}
        front = {self.islands[one["number"]] for one in named if len(self.parts_on(one)) > 1
                 and (one["kind"] == "finger" or (one["kind"] == "bump" and self.landings[one["number"]] is True)
                      or (one["kind"] == "terminal" and not self.framed))}

        def come_to(goal: set[int]) -> set[str]:
            islands, parts, before = set(goal), set(), -1
            while before != len(islands) + len(parts):
                before = len(islands) + len(parts)
                for one in (each for each in named if each["kind"] in ("bump", "pad", "terminal")):
                    if self.islands[one["number"]] in islands or one["part"] in parts:
                        islands.add(self.islands[one["number"]])
                        parts.add(one["part"])
            return parts
        return come_to(exits or front), come_to(exits | chips)

    def connected(self, chip: Chip) -> Fact:
        if not chip.bonded:
            return None
        mine = [one for one in self.lands if one["kind"] in ("bump", "pad") and one["part"] == chip.name]
        if not mine:
            unstated = chip.bonded == "flip-chip" and chip.bumps is None and chip.pads is None
            return None if unstated else chip.bonded == "face-up"
        if not any(one["net"] for one in mine) and not (chip.bonded == "flip-chip" and chip.bumps is not None):
            return True  # face up and of no net: it fills a place
        if not self.stated_nets:
            return None
        ways = [one for one in mine if len(self.parts_on(one)) > 1]
        stack = {chip.name}
        for _ in self.chips:
            stack |= {one.name for one in self.chips.values() if self.below(one) & stack}
            stack |= {name for one in stack for name in self.below(self.chips[one])}
        out = bool(stack & self.reach[0])
        if not (ways and out) and any(one["net"] and self.landings.get(one["number"], 0) is None for one in mine):
            return None
        return bool(ways) and out
