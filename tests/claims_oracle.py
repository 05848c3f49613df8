"""The 20 claims read straight off a package, by shapely and simple loops: no rule, no measure, no sum, no graph of the house.

Every fact is True, False or None (nobody has stated what it needs). A claim is all of its facts; "a", "one", "at least one" is
any of them. What the design does not have is "not applicable".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

import shapely

from claims_metal import NEAR, Doubtful, Fact, Joined, every, on_it, shape, some
from overmold.package import Chip, Package, Passive

WORDS = {True: "met", False: "not met", None: "not checked"}
TRANSFER = ("reduced-pressure transfer", "transfer")
MANY = 2  # "a plurality", "an array"


class Heights:
    """Undersides and tops by plain numbers, with ``guess`` for what is not stated."""

    def __init__(self, package: Package, guess: int) -> None:
        self.chips, self.carrier, self.guess = {chip.name: chip for chip in package.chips}, package.carrier, guess

    def of(self, value: object) -> int:
        self.guess += bool(self.guess) and value is None and 1_234_567
        return self.guess if value is None else value.nominal  # type: ignore[attr-defined]

    def mask(self) -> int:
        if self.carrier is not None and self.carrier.kind == "lead frame" and not self.carrier.stackup:
            return 0
        if self.carrier is None or not self.carrier.stackup:
            return self.of(None)
        return self.carrier.stackup[0].thickness.nominal if self.carrier.stackup[0].kind == "mask" else 0

    def joint(self, chip: Chip) -> int:
        if chip.bonded == "face-up":
            return self.of(chip.attach)
        if not chip.bonded:
            return self.of(None)
        if chip.gap is not None:
            return chip.gap.nominal
        return self.of(chip.bumps.height if chip.bumps is not None else None) - (0 if chip.on else self.mask())

    def bottom(self, chip: Chip) -> int:
        return max((self.top(self.chips[name]) for name in chip.on), default=0) + self.joint(chip)

    def top(self, chip: Chip) -> int:
        return self.bottom(chip) + self.of(chip.thickness)


class Design(Joined):
    """The facts of one package."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        self.flips = [chip for chip in package.chips if chip.bonded == "flip-chip"]
        self.few, self.much = Heights(package, 0), Heights(package, 10**10)

    def height(self, what: str, chip: Chip) -> Optional[int]:
        """Known where it is the same whatever the unstated dimensions may be."""
        low, high = getattr(self.few, what)(chip), getattr(self.much, what)(chip)
        return low if low == high else None

    def tower(self, chip: Chip) -> list[Chip]:
        return [one for one in self.package.chips if chip.name in self.below(one)]

    def tops(self, chips: Iterable[Chip]) -> list[Chip]:
        return [one for one in chips if not any(one.name in other.on for other in self.package.chips)]

    def gap(self, chip: Chip) -> Optional[int]:
        bumps = chip.bumps
        if chip.gap is not None and bumps is not None and bumps.height is not None:
            mask = None if chip.on else self.package.carrier and self._mask()
            left = bumps.height if mask is None else bumps.height - mask
            if chip.gap.low > left.high:
                return None
        return self.height("joint", chip)

    def _mask(self):  # type: ignore[no-untyped-def]
        carrier = self.package.carrier
        first = carrier.stackup[0] if carrier.stackup else None
        return first.thickness if first is not None and first.kind == "mask" else None

    # Encapsulant

    def covers(self, chip: Chip) -> list[Optional[int]]:
        """Every t2 over a chip that nothing stands on: up to the mold cap, and to each neighbour that hangs over it."""
        plan = bare = shape(chip.outline)
        known, unknown = [], []
        for other in self.package.chips:
            if other.name in self.below(chip) or chip.name in other.on or not overlap(plan, shape(other.outline)):
                continue
            rooms = [(heights.bottom(other) - heights.top(chip), heights.top(other) - heights.top(chip))
                     for heights in (Heights(self.package, 0), Heights(self.package, 10**10))]
            if rooms[0] != rooms[1] and rooms[0][0] != rooms[1][0] and set(other.on) != set(chip.on):
                unknown.append(other)
            elif rooms[0] == rooms[1] and rooms[0][0] > 0:
                known.append((rooms[0][0], other))
        found: list[Optional[int]] = []
        for other in unknown:
            bare = bare.difference(shape(other.outline))
        found += [None] * len(unknown)
        for room, other in sorted(known, key=lambda one: one[0]):
            if overlap(bare, shape(other.outline)):
                found.append(room)
            bare = bare.difference(shape(other.outline))
        if not found or overlap(bare, plan):
            cap, top = self.package.mold.cap if self.package.mold is not None else None, self.height("top", chip)
            found.append(None if cap is None or top is None else cap.nominal - top)
        return found

    def half_to_twice(self, chip: Chip, tops: list[Chip], most: int = 2) -> Fact:
        t1 = self.gap(chip)
        if t1 is None:
            return None if tops else True
        return every(None if t2 is None else not (t1 > 0 and t2 > 0) or t1 <= 2 * t2 <= 2 * most * t1
                     for top in tops for t2 in self.covers(top))

    def own_cover(self, chip: Chip) -> Fact:
        return self.half_to_twice(chip, self.tops(self.tower(chip)))

    def face_up_cover(self, chip: Chip) -> Fact:
        """Half at least over what has no gap of its own below it. More than twice it has only where it is not the top."""
        return self.half_to_twice(chip, [one for one in self.tops(self.package.chips)
                                         if not any(self.chips[name] in self.flips for name in self.below(one))], most=10**9)

    def covered(self, chip: Chip) -> Fact:
        mold, top = self.package.mold, self.height("top", chip)
        if mold is None:
            return None
        out = shape(chip.outline).difference(shape(mold.outline))
        if 0 < out.area <= NEAR * out.length:
            raise Doubtful
        inside = out.area == 0
        cover = None if mold.cap is None or top is None else mold.cap.nominal - top
        return every([inside, None if cover is None else cover > 0])

    def carrier_covered(self) -> Fact:
        """Nineteen twentieths of what no saw street and no even rim takes; a rim leaves half of the carrier at least."""
        mold, cut = self.package.mold, self.package.singulation
        if mold is None or self.board is None:
            return None
        street = cut is not None and cut.method not in ("", "none") and cut.street is not None and cut.kerf is not None
        strip = max(0, (cut.street - cut.kerf).nominal // 2) if street else 0  # type: ignore[union-attr,operator]
        rim = 0.0
        if shape(mold.outline).within(self.board):
            rim = shape(mold.outline).boundary.distance(self.board.boundary)
        inner = self.board.buffer(-rim, join_style="mitre")
        if abs(inner.area / self.board.area - 0.5) < 1e-6:
            raise Doubtful
        aside = max(strip, rim if 2 * inner.area >= self.board.area else 0)
        due = self.board.buffer(-aside, join_style="mitre")
        share = due.intersection(shape(mold.outline)).area / due.area
        if abs(share - 0.95) < 1e-6:
            raise Doubtful
        return bool(share >= 0.95)

    def filled(self, chip: Chip) -> Fact:
        if self.package.mold is None:
            return None
        if chip.gap_filled_with != "encapsulant":
            return False
        t1 = self.gap(chip)
        return None if t1 is None else t1 > 0

    def fine_filler(self, chips: list[Chip]) -> Fact:
        facts: list[Fact] = []
        for chip in (one for one in chips if one.gap_filled_with == "encapsulant" and self.package.mold is not None):
            t1, filler = self.gap(chip), self.package.mold.filler  # type: ignore[union-attr]
            if t1 is None or filler is None:
                facts.append(None)
            elif t1 > 0:
                facts.append(2 * filler.high < t1)
        return every(facts) if facts else None

    # The parts of claims

    def claim_1(self, chip: Chip) -> Fact:
        gap = (self.filled(chip), self.own_cover(chip)) if chip.bonded else (None,)
        return every([None if self.package.carrier is None else True, self.landed(chip, MANY), self.connected(chip),
                      *map(self.covered, self.tower(chip)), self.carrier_covered(), *gap])

    def claim_6(self, chip: Chip) -> Fact:
        gap = (self.filled(chip), self.own_cover(chip), self.face_up_cover(chip)) if chip.bonded else (None,)
        return every([None if self.package.carrier is None else True, self.landed(chip, 1),
                      *map(self.connected, self.package.chips), *map(self.covered, self.package.chips), self.carrier_covered(),
                      *gap])

    def soldered(self, upper: Chip, lower: Chip) -> Fact:
        """Whether two bumps or more of a chip are soldered to pads of their nets on the chip below."""
        if upper.bonded != "flip-chip":
            return None if not upper.bonded else False
        if upper.bumps is None:
            return None if upper.pads is None else False
        met = [(one, self.landings[one["number"]]) for one in self.bumps(upper)]
        plan = shape(lower.outline)
        unknown = sum(1 for one, land in met if land is None and on_it(plan, (one["area"].x, one["area"].y)))
        mine = [(one, land) for one, land in met if isinstance(land, dict) and land["part"] == lower.name]
        sure = sum(1 for one, land in mine if one["net"] and one["net"] == land["net"])
        if not self.stated_nets:
            sure, unknown = 0, unknown + len(mine)
        return True if sure >= MANY else None if sure + unknown >= MANY else False

    def on_carrier(self, chip: Chip) -> Fact:
        if self.board is None:
            return None
        return not chip.on and self.lies_on(chip, self.board)

    @staticmethod
    def lies_on(chip: Chip, below: shapely.Polygon) -> bool:
        share = shape(chip.outline).intersection(below).area / shape(chip.outline).area
        if abs(share - 0.5) < 1e-6:
            raise Doubtful
        return bool(share > 0.5)

    @staticmethod
    def faces(chip: Chip, how: str) -> Fact:
        return chip.bonded == how if chip.bonded else None

    def wired(self, chip: Chip) -> Fact:
        if chip.pads is None:
            return None if self.package.wires else False
        count = sum(1 for ends in self.wire_ends if None not in ends
                    and any(one["kind"] == "pad" and one["part"] == chip.name for one in ends)
                    and any(one["kind"] in ("finger", "exit") for one in ends))
        return count >= MANY

    def stacks_of_two(self) -> list[tuple[Fact, Chip]]:
        return [(every([self.faces(lower, "face-up"), self.on_carrier(lower), self.soldered(upper, lower),
                        self.claim_6(upper)]), lower)
                for upper in self.package.chips for lower in map(self.chips.__getitem__, upper.on)]

    def stacks_of_three(self) -> list[tuple[Fact, Chip]]:
        return [(every([self.faces(first, "flip-chip"), not first.on, self.landed(first, MANY), self.faces(second, "face-up"),
                        self.lies_on(second, shape(first.outline)), self.soldered(third, second), self.claim_6(first),
                        self.claim_6(third)]), second)
                for third in self.package.chips for second in map(self.chips.__getitem__, third.on)
                for first in map(self.chips.__getitem__, second.on)]

    def good_balls(self, strict: bool) -> Fact:
        balls = self.package.balls
        assert balls is not None
        good = sum(1 for (x, y), side in zip(balls.sites.xy.tolist(), balls.sides)
                   if side == "far side" and on_it(self.board, (x, y)))
        return good >= MANY and (not strict or good == len(balls.sites))

    def passive(self, passive: Passive) -> Fact:
        ends = [one for one in self.lands if one["kind"] == "terminal" and one["part"] == passive.name]
        if len(ends) < 2:
            return False
        if not self.stated_nets:
            return None
        bars = [shape(one) for one in self.package.carrier.frame.tie_bars] if self.framed else []
        for end in ends:
            at = end["area"].centroid
            if self.framed:
                below = self.frame_metal(at)
                met = [one for one in self.lands if one["part"] == "lead" and self.touch(one, end, bars)]
                if below is None or any(one["net"] != end["net"] and (one is below or one["net"]) for one in met):
                    return False
            elif not on_it(self.board, (at.x, at.y)):
                return False
            if len(self.parts_on(end)) < 2:
                return False
        return len({one["net"] for one in ends}) > 1 and passive.name in self.reach[1]

    def carrier_kind(self) -> Fact:
        carrier = self.package.carrier
        if carrier is None or not carrier.kind:
            return None
        laminate = [layer for layer in carrier.stackup if layer.kind in ("core", "build-up")]
        if carrier.kind == "lead frame":
            return not laminate
        if carrier.kind == "interposer":
            if any(word in layer.material.lower() for layer in laminate for word in ("silicon", "glass", "ceramic")):
                return False
            return True if any(layer.material for layer in laminate) else None
        return carrier.kind == "substrate"

    def several_chips(self) -> Fact:
        frame = self.package.carrier.frame if self.package.carrier is not None else None
        cut = self.package.singulation
        strip = frame is not None and frame.strip[0] * frame.strip[1] > 1
        neighbours = cut is not None and (cut.method not in ("", "none") or cut.street is not None or cut.kerf is not None)
        return True if len(self.chips) > 1 or strip or neighbours else None

    def claim_15(self) -> Fact:
        bonded = some(self.landed(chip, MANY) for chip in self.package.chips if chip.bonded != "face-up")
        gaps = every(fact(chip) for chip in self.flips for fact in (self.filled, self.own_cover, self.face_up_cover))
        unstated = [None for chip in self.package.chips if not chip.bonded]
        return every([bonded, gaps, *unstated, *map(self.connected, self.package.chips), *map(self.covered, self.package.chips),
                      self.carrier_covered(), self.several_chips(), None if self.package.carrier is None else True])

    def reduced(self) -> Fact:
        if self.package.mold is None:
            return None
        process = self.package.mold.process
        if process.pressure is not None and (process.method in TRANSFER or process.pressure.nominal >= 101_325_000_000):
            return process.pressure.nominal < 101_325_000_000 and process.method in TRANSFER
        return process.method == TRANSFER[0] if process.method else None

    def cold(self) -> Fact:
        facts: list[Fact] = []
        heat = self.package.mold.process.temperature if self.package.mold is not None else None
        for chip in self.package.chips:
            if chip.bonded != "flip-chip" or chip.bumps is None:
                facts += [None] * (not chip.bonded or (chip.bonded == "flip-chip" and chip.pads is None))
                continue
            alloy = self.package.alloys.get(chip.bumps.alloy)
            facts.append(None if heat is None or alloy is None else alloy.solidus - heat.nominal >= 10_000)
        return every(facts) if facts and self.package.mold is not None else None


def overlap(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    both = one.intersection(other)
    if 0 < both.area <= 4 * NEAR * both.length:
        raise Doubtful
    return bool(both.area > 0)


def chart(package: Package, strict: bool = False) -> dict[int, str]:
    """The word for each claim."""
    one = Design(package)
    pick = every if strict else some
    # A chip of which nobody has said how it is bonded may be the one.
    unstated = [chip for chip in package.chips if not chip.bonded]
    first = [chip for chip in package.chips if chip.bonded != "face-up" and not chip.on]
    anywhere = [*one.flips, *unstated]
    found: dict[int, Fact] = {}

    def with_filler(fact: Fact, chip: Chip) -> Fact:
        return every([fact, one.fine_filler([chip]) if chip.bonded else None])
    none = None if unstated or not package.chips else False
    found[1] = pick(map(one.claim_1, first)) if first else none
    found[2] = pick(with_filler(one.claim_1(chip), chip) for chip in first) if first else none
    found[6] = pick(map(one.claim_6, anywhere)) if anywhere else False
    found[7] = pick(with_filler(one.claim_6(chip), chip) for chip in anywhere) if anywhere else False
    for claim, parent in ((3, 1), (13, 6)):
        found[claim] = every([found[parent], one.good_balls(strict)]) if package.balls is not None else None
    for claim, parent in ((4, 1), (12, 6)):
        found[claim] = every([found[parent], pick(map(one.passive, package.passives))]) if package.passives else None
    for claim, parent in ((5, 1), (14, 6)):
        found[claim] = every([found[parent], one.carrier_kind()])
    two, three = one.stacks_of_two(), one.stacks_of_three()
    for claim, stacks in ((8, two), (10, three)):
        found[claim] = every([found[6], some(fact for fact, _ in stacks)])
        found[claim + 1] = every([found[claim], some(every([fact, one.wired(chip)]) for fact, chip in stacks)])
    found[15] = one.claim_15() if package.chips else None
    found[16] = every([found[15], one.reduced()])
    cut, mold = package.singulation, package.mold
    found[17] = every([found[16], cut.method != "none" if cut is not None and cut.method else None])
    pressure = mold.process.pressure if mold is not None else None
    found[18] = every([found[16], pressure.nominal < 2_666_447_748 if pressure is not None else None])
    found[19] = every([found[16], one.cold()])
    found[20] = every([found[16], one.fine_filler(one.flips)])
    words = {number: WORDS[fact] for number, fact in found.items()}
    for number in _absent(package, bool(first)):
        words[number] = "not applicable"
    return words


def _absent(package: Package, first: bool) -> Iterable[int]:
    """The claims on what the design does not have."""
    balls = package.balls
    flipped = [chip for chip in package.chips if chip.bonded == "flip-chip"]
    gone = set() if first or not flipped else {1, 2, 3, 4, 5}
    gone |= set(range(6, 15)) if len(package.chips) < 2 else set()
    gone |= {8, 9, 10, 11} if not any(chip.on for chip in package.chips) else set()
    gone |= set() if package.passives else {4, 12}
    none = balls is None or not len(balls.sites) or (balls.diameter is None and balls.standoff is None and not balls.alloy)
    return gone | ({3, 13} if none else set())


__all__ = ["Doubtful", "chart"]
