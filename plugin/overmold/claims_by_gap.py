"""What a claim comes to for one part, and for several: a chip and its gap, a stack, a passive, the balls.

A claim is all of its facts: one that fails undoes it, one that nobody has stated leaves it open. "A", "one", "at least one" is
met by one part, in the strict reading by all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Optional

from .check import UNTESTED, WARNED, Judged, Verdict, breach, reading_text
from .measures import Unmeasured
from .measures.balls import balls_out_of_place
from .measures.bonded import PLURALITY, bump_count, bumps_unstated, landed_bumps, missing_bumps, missing_pads
from .measures.topology import Stack
from .package import Chip, Package, Passive, keys
from .package.soldered import bare_lands, soldered
from .plain import listed
from .space import tower

MET, NOT_MET = "met", "not met"

# Measures of which each reading belongs to one gap, so that another chip's never counts.
_OF_A_GAP = ("cover_to_gap_ratio", "face_up_cover_to_gap_ratio", "filler_to_gap_ratio", "encapsulant_in_gap")
_BUMPS, _JOINTS, _COVERED, _SLITS = (
    "flip_chip_bonded_chips", "joints_leading_on", "share_of_chip_covered", "encapsulant_in_slits")
_NONE_IS_FINE = ("face_up_cover_to_gap_ratio", _SLITS)
_NAMED = 8  # parts of one kind; more than that nobody reads in a row of a chart
_TOLD = ("ratio", "temperature", "pressure")  # kinds of which the number that decided is worth showing


class Outcome(NamedTuple):
    """What something comes to: ``because`` is the rule and the number, or what is missing; ``short`` the number alone."""

    status: str
    because: str = ""
    short: str = ""


def every(found: Iterable[Outcome]) -> Outcome:
    """All of several facts: the first that fails, else the first that is open, else met."""
    outcomes = list(found)
    for word in (NOT_MET, UNTESTED):
        for one in outcomes:
            if one.status == word:
                return one
    return Outcome(MET, next((one.because for one in reversed(outcomes) if one.because), ""))


def without_number(one: Outcome) -> Outcome:
    """The same, where it is met without a word."""
    return Outcome(MET) if one.status == MET else one


def one_of(each: Mapping[str, Outcome], strict: bool) -> Outcome:
    """What one of several parts is enough for, by their names; all of them in the strict reading. Names those outside."""
    order = (NOT_MET, UNTESTED, MET) if strict else (MET, UNTESTED, NOT_MET)
    status = next(word for word in order if any(one.status == word for one in each.values()))
    which = [name for name, one in each.items() if one.status == status]
    if status != MET:
        return each[which[0]]
    told = next((each[name].because for name in which if each[name].because), "")
    others = [f"{name} is {'outside' if one.status == NOT_MET else UNTESTED} ({one.short or one.because})"
              for name, one in each.items() if one.status != MET]
    if not others:
        return Outcome(status, told)
    more = [f"and {len(others) - _NAMED} more are not within"] if len(others) > _NAMED else []
    met = f"met by {listed(which, _NAMED)}" + (f" ({told})" if told else "")
    return Outcome(status, "; ".join((met, *others[:_NAMED], *more)))


def gap_outcome(package: Package, number: int, chip: Chip, verdicts: Sequence[Verdict]) -> Outcome:
    """What the rules of claim 1 (and 2) or 6 (and 7) come to for the gap under one chip.

    Claim 1 speaks of that chip alone, with what stands on it; claim 6 of its gap and of the whole chipset.
    """
    alone = number == 1
    found = [bumps_outcome(package, chip, PLURALITY if alone else 1)]
    for verdict in verdicts:
        measure = verdict.rule.measure
        if measure in _OF_A_GAP or (alone and measure in (_JOINTS, _SLITS)):
            found.append(of_all_or_none(verdict, chip.key))
        elif alone and measure == _COVERED:
            found += [items(verdict, each.key) for each in tower(package, chip)]
        elif measure != _BUMPS:
            found.append(items(verdict, told=False))
    return every(found)


def all_gaps_told(chips: Sequence[Chip], verdicts: Sequence[Verdict]) -> str:
    """The number that decided where every one of several gaps is within: the tightest."""
    keys = {chip.key for chip in chips}
    told = [_decided(one, [each for each in one.judged if each.reading.where[0] in keys]) for one in reversed(verdicts)
            if one.rule.measure in _OF_A_GAP and one.rule.measure not in _NONE_IS_FINE]
    return next(filter(None, told), "")


def bumps_outcome(package: Package, chip: Chip, least: int = PLURALITY) -> Outcome:
    """Whether so many bumps of a chip land on metal."""
    if bumps_unstated(chip):
        return Outcome(UNTESTED, missing_bumps(chip).missing, "its bumps are not stated")
    sure, unknown = landed_bumps(package, chip)
    count = bump_count(chip)
    if sure >= least:
        return Outcome(MET)
    if sure + unknown >= least:
        return Outcome(UNTESTED, missing_pads(chip).missing, "what its bumps land on is not stated")
    has = f"{count or 'no'} bump{'' if count == 1 else 's'}"
    said = f"has {has}" if count < least else f"has {sure or 'none'} of {has} on metal"
    return Outcome(NOT_MET, f"chip-not-flip-chip-bonded: {chip.name} {said}", f"it {said}")


def stack_outcome(stack: Stack) -> Outcome:
    """Whether a stack is what a claim asks for."""
    return Outcome(MET) if stack.missing is None else Outcome(UNTESTED, stack.missing.missing, "not all of it is stated")


def balls_outcome(package: Package, strict: bool, among: Sequence[Chip] = ()) -> Outcome:
    """Claims 3 and 13: two balls or more under the carrier; in the strict reading all are there. Chips ``among`` them stand on
    the surface that they should be away from."""
    solder, bare = soldered(package.balls), bare_lands(package.balls)
    names = solder.sites.names if solder is not None else ()
    if package.balls is not None and package.balls.are_lands:
        return Outcome(NOT_MET, f"the package stands on {len(package.balls.sites):,} bare lands, not solder balls")
    if package.balls is not None and package.balls.are_pillars:
        return Outcome(NOT_MET, f"the package stands on {len(names):,} copper pillars, not solder balls")
    if among:
        return Outcome(NOT_MET, f"the balls are on the surface of {listed([chip.name for chip in among], _NAMED)}, on the far "
                       "side, and not on the one away from it")
    out = balls_out_of_place(package)
    good = len(names) - len(out)
    few = [f"{name} {where}" for name, where in list(out.items())[:3]] + (["and more"] if len(out) > 3 else [])
    if good < PLURALITY or (strict and out):
        said = f"{good:,} of {len(names):,} balls under the carrier" if out else f"{good} ball"
        why = f" ({', '.join(few)})" if few else ""
        return Outcome(NOT_MET, f"balls-not-on-far-side: {said}{why}, "
                       + ("an array is two or more" if good < PLURALITY else "the strict reading asks for all"))
    aside = [*few, *([f"{len(bare.sites):,} bare land{'s' * (len(bare.sites) > 1)}"] if bare is not None else [])]
    return Outcome(MET, f"met by {good:,} balls; outside: {', '.join(aside)}" if aside else "")


def items(verdict: Verdict, key: str = "", none_is_fine: bool = False, told: bool = True) -> Outcome:
    """What one rule says of the part of that key; of all parts without one. Tolerance corners do not undo a claim."""
    judged = [one for one in verdict.judged if not key or (one.reading.where[0].startswith(key)
              and one.reading.where[0][len(key):len(key) + 1] in ("", "."))]
    for one in judged:
        if one.severity and not one.at_corner:
            said = breach(verdict, one).replace(verdict.rule.title, verdict.rule.name, 1)
            return Outcome(NOT_MET, said, reading_text(verdict, one))
    for missing in verdict.untested:
        if not key or _is_of(missing, key):
            return Outcome(UNTESTED, missing.missing, "not all of it is stated")
    if not judged and not none_is_fine:
        return Outcome(UNTESTED, f"{verdict.rule.name}: nothing to measure", "nothing to measure")
    return Outcome(MET, (_decided(verdict, judged) if key else decided(verdict)) if told else "")


def unplaced_passives(package: Package) -> list[str]:
    """The names of the passives that are marked not to be placed."""
    return [keys.last(key) for key in package.unplaced if keys.is_within(key, keys.PASSIVES)]


def nothing_placed(names: Sequence[str]) -> Outcome:
    """That the passives of these names, and so all, are marked not to be placed."""
    are = "are" if len(names) > 1 else "is"
    return Outcome(NOT_MET, f"{listed(names, 4)} {are} marked not to be placed, so no passive is attached")


def on_a_chip(passive: Passive) -> Optional[Outcome]:
    """That a passive on a chip is not attached to the carrier; None of one that is not on a chip."""
    return Outcome(NOT_MET, f"{passive.name} stands on {' and '.join(passive.on)}, not on the carrier") if passive.on else None


def of_all_or_none(verdict: Verdict, key: str = "") -> Outcome:
    """The same; nothing to measure is fine, and no number told, for a rule about parts that not every package has."""
    optional = verdict.rule.measure in _NONE_IS_FINE
    return items(verdict, key, none_is_fine=optional, told=not optional)


def _is_of(missing: Unmeasured, key: str) -> bool:
    return (missing.of or key) == key


def decided(verdict: Verdict) -> str:
    """The number that decided a met claim, for the measures that have one worth showing."""
    worst = verdict.worst
    if worst is None or verdict.kind.name not in _TOLD or not worst.reading.note:
        return ""
    return _told(verdict.judged, corner=verdict.status == WARNED)


def _decided(verdict: Verdict, judged: Sequence[Judged]) -> str:
    if not judged or verdict.rule.measure not in _OF_A_GAP or verdict.kind.name != "ratio":
        return ""
    return _told(judged, corner=any(one.severity for one in judged))


def _told(judged: Sequence[Judged], corner: bool) -> str:
    worst = judged[0]
    on_limit = ", on the limit" if worst.on_limit else ""
    at_corner = ", not at every tolerance corner" if corner else ""
    others = f", the tightest of {len(judged)}" if len(judged) > 1 else ""
    return f"{worst.reading.note}{others}{on_limit}{at_corner}"
