"""The claim chart: which of the 20 claims of US 7,230,331 B2 a design meets, which not, and why.

A claim names the rules that carry its number; here stand only its words, what it depends on, and to which designs it applies.
A dependent claim holds only where the claim it depends on holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Callable, Optional

from .check import (
    BROKEN,
    KEPT,
    NOT_APPLICABLE,
    SILENCED,
    UNTESTED,
    WARNED,
    Result,
    Verdict,
    as_its_file_has_it,
    breach,
    needing,
)
from .claims_by_gap import MET, NOT_MET, judge_by_gap, judge_by_passive
from .measures.bonded import PLURALITY
from .package import FAR_SIDE, LEAD_FRAME, Odd, Package, keys
from .package.watched import UNSTATED


@dataclass(frozen=True)
class Claim:
    """One claim: ``applies`` gives the reason why it does not apply to a package, "" where it does."""

    number: int
    parent: Optional[int]
    words: str
    applies: Callable[[Package], str]


@dataclass(frozen=True)
class ClaimRow:
    """One line of the chart: ``because`` names the rule and the number that decided, or what is missing."""

    number: int
    parent: Optional[int]
    words: str
    status: str
    because: str


def _always(package: Package) -> str:
    return ""


def _flip_chip_on_carrier(package: Package) -> str:
    flipped = [chip for chip in package.chips if chip.has_gap]
    on_chips = bool(flipped) and all(chip.on for chip in flipped)
    return "no flip chip stands on the carrier, only on chips" if on_chips else ""


def _first(*reasons: Callable[[Package], str]) -> Callable[[Package], str]:
    """The first reason that there is."""
    return lambda package: next(filter(None, (reason(package) for reason in reasons)), "")


def _chipset(package: Package) -> str:
    return "" if len(package.chips) > 1 else "the package has one chip, no chipset"


def _stack(package: Package) -> str:
    return _chipset(package) or ("" if any(chip.on for chip in package.chips) else "no chip stands on another")


def _needs_passive(package: Package) -> str:
    return "" if package.passives or unplaced_passives(package) else "there is no passive"


def unplaced_passives(package: Package) -> list[str]:
    """The names of the passives that are marked not to be placed."""
    return [keys.last(key) for key in package.unplaced if keys.is_within(key, keys.PASSIVES)]


def _needs_balls(package: Package) -> str:
    if package.balls is not None:
        return ""
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
    Claim(15, None, "process: connect, encapsulate over and under with 0.5 t1 <= t2 <= 2 t1", _always),
    Claim(16, 15, "reduced-pressure transfer molding", _always),
    Claim(17, 16, "afterwards the carrier is cut into single packages", _always),
    Claim(18, 16, "pressure below 20 mmHg", _always),
    Claim(19, 16, "mold at least 10 degC below the bumps' melting point", _always),
    Claim(20, 16, "largest filler particle < 0.5 t1", _always),
)


def claim_chart(result: Result, strict: bool = False) -> tuple[ClaimRow, ...]:
    """One row a claim, 1 to 20. A chip, a gap, a passive, an array is met by one; in the ``strict`` reading all must do it."""
    rows: dict[int, ClaimRow] = {}
    for claim in CLAIMS:
        asked: dict[Odd, str] = {}
        status, because = _judge(claim, replace(result, package=needing(result.package, asked)), rows, strict)
        open_ones = [odd.words for odd, how in asked.items() if how != UNSTATED]
        if open_ones:
            status, because = UNTESTED, open_ones[0]
        rows[claim.number] = ClaimRow(claim.number, claim.parent, claim.words, status, because)
    return tuple(rows.values())


def _judge(claim: Claim, result: Result, rows: Mapping[int, ClaimRow],
           strict: bool) -> tuple[str, str]:
    why_not = claim.applies(result.package)
    if why_not:
        return NOT_APPLICABLE, why_not
    # A team may live with a breach or set limits of its own; the claim's words stay what they are.
    verdicts = [as_its_file_has_it(one) for one in result.verdicts if claim.number in one.rule.claims]
    if claim.parent is not None and claim.number in (2, 4, 7, 12) and rows[claim.parent].status == NOT_MET:
        verdicts = []
    by_part = _by_part(claim, result, strict)
    above = MET if claim.parent is None else rows[claim.parent].status
    if by_part is not None and (above == MET or (by_part[0] == NOT_MET and above != NOT_MET)):
        return by_part
    if by_part is not None:
        verdicts = []
    few = _too_few(claim, result.package, verdicts)
    if few:
        return NOT_MET, few
    for verdict in verdicts:
        failed = _nominal_breach(verdict)
        if failed:
            return NOT_MET, failed
    if claim.parent is not None and rows[claim.parent].status == NOT_MET:
        return NOT_MET, f"claim {claim.parent} is not met"
    for verdict in verdicts:
        if verdict.untested:
            return UNTESTED, verdict.untested[0].missing
        if verdict.status == NOT_APPLICABLE:
            return UNTESTED, f"{verdict.rule.name}: nothing to measure"
    if claim.parent is not None and rows[claim.parent].status != MET:
        return rows[claim.parent].status, f"claim {claim.parent} is {rows[claim.parent].status}"
    return MET, "; ".join(filter(None, (_decided(verdict) for verdict in verdicts)))


def _by_part(claim: Claim, result: Result, strict: bool) -> Optional[tuple[str, str]]:
    """What a claim of which one part is enough comes to; None for every other claim."""
    numbers = {2: (1, 2), 7: (6, 7)}.get(claim.number, (claim.number,))
    verdicts = [as_its_file_has_it(one) for one in result.verdicts if set(numbers) & set(one.rule.claims)]
    if claim.number in (1, 2, 6, 7):
        return judge_by_gap(result.package, claim.number, verdicts, strict)
    if claim.number in (4, 12) and verdicts and result.package.passives:
        return judge_by_passive(result.package, verdicts[0], strict)
    return None


def _too_few(claim: Claim, package: Package, verdicts: Sequence[Verdict]) -> str:
    """Why balls are no array (3, 13) and wires not several (9, 11): there is one; and why a passive is not attached (4, 12)."""
    if claim.number in (4, 12) and not package.passives:
        return f"{' and '.join(unplaced_passives(package))} is marked not to be placed, so no passive is attached"
    if claim.number in (9, 11):
        lone = [verdict for verdict in verdicts if verdict.worst is not None and verdict.worst.reading.value == 1]
        return f"{lone[0].rule.name}: 1 wire, the claim asks for several" if lone else ""
    if claim.number in (3, 13) and package.balls is not None and len(package.balls.sites) < PLURALITY:
        return f"balls-not-on-far-side: {sum(side == FAR_SIDE for side in package.balls.sides)} ball, an array is two or more"
    return ""


def _nominal_breach(verdict: Verdict) -> str:
    """The rule and number by which a claim fails at nominal; tolerance corners do not undo a claim."""
    for judged in verdict.judged:
        if judged.severity and not judged.at_corner:
            return breach(verdict, judged).replace(verdict.rule.title, verdict.rule.name, 1)
    return ""


def _decided(verdict: Verdict) -> str:
    """The number that decided a met claim, for the measures that have one worth showing."""
    worst = verdict.worst
    if worst is None or verdict.kind.name not in ("ratio", "temperature", "pressure") or not worst.reading.note:
        return ""
    on_limit = ", on the limit" if worst.on_limit else ""
    corner = ", not at every tolerance corner" if verdict.status == WARNED else ""
    others = f", the tightest of {len(verdict.judged)}" if len(verdict.judged) > 1 else ""
    return f"{worst.reading.note}{others}{on_limit}{corner}"


__all__ = ["BROKEN", "CLAIMS", "KEPT", "MET", "NOT_MET", "SILENCED", "Claim", "ClaimRow", "claim_chart"]
