"""The claim chart: which of the 20 claims of US 7,230,331 B2 a design meets, which not, and why.

A claim names the rules that carry its number; here stand only its words, what it depends on, and to which designs it applies.
A dependent claim holds only where the claim it depends on holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, NamedTuple, Optional

from .check import NOT_APPLICABLE, UNTESTED, Result, Verdict, as_its_file_has_it
from .claims_by_gap import (
    MET,
    NOT_MET,
    Outcome,
    all_gaps_told,
    balls_outcome,
    bumps_outcome,
    every,
    gap_outcome,
    items,
    nothing_placed,
    of_all_or_none,
    on_a_chip,
    one_of,
    stack_outcome,
    unplaced_passives,
    without_number,
)
from .measures.balls import bears_balls
from .measures.process import missing_neighbours
from .measures.topology import Stack, face_up_then_flipped, flipped_face_up_flipped
from .package import LEAD_FRAME, Chip, Odd, Package
from .package.watched import UNSTATED, needing
from .plain import listed


class Claim(NamedTuple):
    """One claim: ``applies`` gives the reason why it does not apply to a package, "" where it does."""

    number: int
    parent: Optional[int]
    words: str
    applies: Callable[[Package], str]


class ClaimRow(NamedTuple):
    """One line of the chart: ``because`` names the rule and the number that decided, or what is missing."""

    number: int
    parent: Optional[int]
    words: str
    status: str
    because: str


def _a_gap(package: Package) -> str:
    """Where chips are bonded copper to copper and none by bumps across a gap, there is no t1 that a claim could speak of."""
    touching = [chip.name for chip in package.chips if chip.touches]
    gapless = bool(touching) and all(chip.bonded and not chip.has_gap for chip in package.chips)
    nouns = " and ".join(sorted({chip.bonding.noun for chip in package.chips if chip.touches}))
    return f"{listed(touching, 4)}: {nouns}, without a gap" if gapless else ""


def _flip_chip_on_carrier(package: Package) -> str:
    if _a_gap(package):
        return _a_gap(package)
    flipped = [chip for chip in package.chips if chip.has_gap]
    on_chips = bool(flipped) and all(chip.on for chip in package.chips if chip.has_gap or not chip.bonded)
    return "no flip chip stands on the carrier, only on chips" if on_chips else ""


def _first(*reasons: Callable[[Package], str]) -> Callable[[Package], str]:
    """The first reason that there is."""
    return lambda package: next(filter(None, (reason(package) for reason in reasons)), "")


def _chipset(package: Package) -> str:
    if len(package.chips) > 1:
        return _a_gap(package)
    return "the package has one chip, no chipset" if package.chips else "the package has no chip"


def _stack(package: Package) -> str:
    return _chipset(package) or ("" if any(chip.on for chip in package.chips) else "no chip stands on another")


def _needs_passive(package: Package) -> str:
    return "" if package.passives or unplaced_passives(package) else "there is no passive"


def _needs_balls(package: Package) -> str:
    if bears_balls(package) or (package.balls is not None and package.balls.are_lands):
        return ""
    if package.balls is not None and len(package.balls.sites):
        return "the lands bear no balls: neither a diameter nor a standoff nor an alloy of balls is stated"
    frame = package.carrier is not None and package.carrier.kind == LEAD_FRAME
    return "a lead frame has leads and no solder balls" if frame else "there is no solder-ball array"


CLAIMS = (
    Claim(1, None, "flip chip on a carrier, encapsulant over it and in the gap, 0.5 t1 <= t2 <= 2 t1",
          _flip_chip_on_carrier),
    Claim(2, 1, "largest filler particle < 0.5 t1", _flip_chip_on_carrier),
    Claim(3, 1, "solder-ball array on the surface away from the chip", _first(_flip_chip_on_carrier, _needs_balls)),
    Claim(4, 1, "passive attached and connected to the carrier", _first(_flip_chip_on_carrier, _needs_passive)),
    Claim(5, 1, "carrier is a package substrate or a lead frame", _flip_chip_on_carrier),
    Claim(6, None, "chipset on a carrier, at least one flip chip, 0.5 t1 <= t2 <= 2 t1", _chipset),
    Claim(7, 6, "largest filler particle < 0.5 t1", _chipset),
    Claim(8, 6, "first chip face up, second flip-chip bonded on it", _stack),
    Claim(9, 8, "wires from the first chip to the carrier", _stack),
    Claim(10, 6, "flip chip, second chip on its back face up, third flip-chip bonded on that", _stack),
    Claim(11, 10, "wires from the second chip to the carrier", _stack),
    Claim(12, 6, "passive attached and connected to the carrier", _first(_chipset, _needs_passive)),
    Claim(13, 6, "solder-ball array on the surface away from the chips", _first(_chipset, _needs_balls)),
    Claim(14, 6, "carrier is a package substrate or a lead frame", _chipset),
    Claim(15, None, "process: connect, encapsulate over and under with 0.5 t1 <= t2 <= 2 t1", _a_gap),
    Claim(16, 15, "reduced-pressure transfer molding", _a_gap),
    Claim(17, 16, "afterwards the carrier is cut into single packages", _a_gap),
    Claim(18, 16, "pressure below 20 mmHg", _a_gap),
    Claim(19, 16, "mold at least 10 degC below the bumps' melting point", _a_gap),
    Claim(20, 16, "largest filler particle < 0.5 t1", _a_gap),
)


def claim_chart(result: Result, strict: bool = False) -> tuple[ClaimRow, ...]:
    """One row a claim, 1 to 20. A chip, a gap, a passive, an array is met by one; in the ``strict`` reading all must do it."""
    judge = _Judge(result, strict)
    return tuple(ClaimRow(claim.number, claim.parent, claim.words, *judge.row(claim)) for claim in CLAIMS)


class _Judge:
    """The claims of one result, in their order: each row may look at those before it."""

    def __init__(self, result: Result, strict: bool) -> None:
        # A team may live with a breach or set limits of its own; the claim's words stay what they are.
        self._verdicts = [as_its_file_has_it(one) for one in result.verdicts if one.rule.claims]
        self._package, self._source, self._strict = result.package, result.package, strict
        self._rows: dict[int, Outcome] = {}

    def row(self, claim: Claim) -> tuple[str, str]:
        """Status and reason. What could not be read of a board, and would have a say, leaves the claim open."""
        asked: dict[Odd, str] = {}
        self._package = needing(self._source, asked)
        why_not = claim.applies(self._package)
        found = Outcome(NOT_APPLICABLE, why_not) if why_not else self._under_parent(claim)
        open_ones = [odd.words for odd, how in asked.items() if how != UNSTATED]
        if open_ones:
            found = Outcome(UNTESTED, open_ones[0])
        self._rows[claim.number] = found
        return found.status, found.because

    def _under_parent(self, claim: Claim) -> Outcome:
        """A dependent claim holds only where the claim it depends on holds, whose word it has where it does not fail itself."""
        own = self._own(claim)
        if claim.parent is None:
            return own
        above = self._rows[claim.parent].status
        said = f"claim {claim.parent} is {above}"
        if claim.number in (2, 7) and above == NOT_MET:
            return Outcome(NOT_MET, said)  # each gap has been judged by the rules of both claims
        return next((one for one in (own, Outcome(above, said)) if one.status == NOT_MET),
                    own if own.status != MET or above == MET else Outcome(above, said))

    def _own(self, claim: Claim) -> Outcome:
        number, package = claim.number, self._package
        if not self._on(number):
            return Outcome(UNTESTED, "no rule of these decks is about it")
        if number in (1, 2, 6, 7):
            return self._by_gap(number)
        if number in (3, 13):
            return balls_outcome(package, self._strict, self._among_balls(number))
        if number in (4, 12):
            (verdict,) = self._on(number)
            each = {one.name: on_a_chip(one) or items(verdict, one.key) for one in package.passives}
            return one_of(each, self._strict) if each else nothing_placed(unplaced_passives(package))
        if number in (8, 9):
            return self._by_stack(number, 8, list(face_up_then_flipped(package)))
        if number in (10, 11):
            return self._by_stack(number, 10, list(flipped_face_up_flipped(package)))
        return self._by_all(number)

    def _among_balls(self, number: int) -> Sequence[Chip]:
        """The chips of claim 1 or 6 that stand on the surface with the balls. For claim 1 one chip on the other is enough."""
        away = number == 3 and not self._strict and any(
            self._gap(1, chip).status != NOT_MET for chip in self._of_gaps(1) if not chip.is_far)
        return () if away else self._package.far_chips

    def _on(self, *numbers: int) -> list[Verdict]:
        """The verdicts on these claims."""
        return [one for one in self._verdicts if set(numbers) & set(one.rule.claims)]

    def _by_all(self, number: int) -> Outcome:
        """What every reading of a claim's rules has a say in."""
        found = [of_all_or_none(one) for one in self._on(number)]
        bonded = {chip.name: bumps_outcome(self._package, chip) for chip in self._package.chips if not chip.faces_up}
        if number == 15 and bonded:  # bumps in the air bond no chip
            found.append(without_number(one_of(bonded, strict=False)))
        lone = missing_neighbours(self._package) if number == 15 and self._package.chips else None
        if lone is not None:
            found.append(Outcome(UNTESTED, lone.missing))
        worst = every(found)
        return worst if worst.status != MET else Outcome(MET, "; ".join(filter(None, (one.because for one in found))))

    def _by_gap(self, number: int) -> Outcome:
        """Claims 1 and 6, or 2 and 7 with them: by the gaps on the carrier, or by any."""
        first = 1 if number < 6 else 6
        chips = self._of_gaps(first)
        each = {chip.name: self._gap(number, chip) for chip in chips}
        if not each:
            return self._no_gap(first)
        found = one_of(each, self._strict)
        if found.status != MET:
            return found
        told = all_gaps_told(chips, self._on(number)) if all(one.status == MET for one in each.values()) else found.because
        carrier = [items(one).because for one in self._on(number) if one.rule.measure == "share_of_carrier_covered"]
        return Outcome(MET, "; ".join(filter(None, (told, *carrier))))

    def _of_gaps(self, first: int) -> list[Chip]:
        return [chip for chip in self._package.chips if (chip.has_gap or not chip.bonded) and not (first == 1 and chip.on)]

    def _gap(self, number: int, chip: Chip) -> Outcome:
        first = 1 if number < 6 else 6
        return gap_outcome(self._package, first, chip, self._on(*{first, number}))

    def _no_gap(self, first: int) -> Outcome:
        """What it comes to that no chip may be the one."""
        found = every(items(one) for one in self._on(first) if one.rule.measure == "flip_chip_bonded_chips")
        unstated = [chip for chip in self._package.chips if not chip.bonded]
        return Outcome(NOT_MET, "no chip on the carrier is flip-chip bonded") if found.status == MET and not unstated else found

    def _by_stack(self, number: int, first: int, stacks: list[Stack]) -> Outcome:
        """Claims 8 and 10, or 9 and 11 with them: by one stack, whose own gaps are those of claim 6."""
        if not stacks and number != first:
            return Outcome(NOT_MET, f"claim {first} is {self._rows[first].status}")
        if not stacks:
            return every(items(one) for one in self._on(first))
        each = {}
        for stack in stacks:
            gaps = [self._gap(6, chip) for chip in stack.chips if chip.has_gap or not chip.bonded]
            wires = [items(one, stack.chips[-2].key) for one in self._on(number)] if number != first else []
            each[stack.name] = every([*wires, stack_outcome(stack), *gaps])
        return one_of(each, strict=False)


__all__ = ["CLAIMS", "MET", "NOT_MET", "Claim", "ClaimRow", "claim_chart"]
