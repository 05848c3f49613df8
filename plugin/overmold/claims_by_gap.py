"""Claims that speak of a chip or a gap: judged chip by chip, met by one, or in the strict reading by all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Optional

from .check import UNTESTED, Judged, Verdict, breach, reading_text
from .measures import Unmeasured
from .measures.bonded import PLURALITY, bump_count, bumps_unstated, missing_bumps
from .package import Chip, Package

MET, NOT_MET = "met", "not met"
Outcome = tuple[str, str, str]  # status, because, the number alone

# Measures of which each reading belongs to one gap, so that another chip's never counts.
_OF_A_GAP = ("cover_to_gap_ratio", "filler_to_gap_ratio", "encapsulant_in_gap")
_OF_A_CHIP = ("share_of_chip_covered", "joints_leading_on", "encapsulant_in_slits")
_OF_ALL = "flip_chip_bonded_chips"


def candidates(package: Package, number: int) -> list[Chip]:
    """The chips whose gap claims 1 and 2 (on the carrier), 6 and 7 (anywhere) may be met by."""
    return [chip for chip in package.chips if chip.has_gap and (number > 2 or not chip.on)]


def judge_by_gap(package: Package, number: int, verdicts: Sequence[Verdict], strict: bool) -> Optional[tuple[str, str]]:
    """Status and reason of claim 1, 2, 6 or 7 from the verdicts on it and on what it depends on; None without such a chip."""
    each = {chip.name: _of(chip, number, verdicts) for chip in candidates(package, number)}
    if each and all(one[0] == MET for one in each.values()):
        keys = {chip.key for chip in candidates(package, number)}
        told = [_decided(one, [each for each in one.judged if each.reading.where[0] in keys]) for one in reversed(verdicts)
                if one.rule.measure in _OF_A_GAP]
        return MET, next(filter(None, told), "")
    return _combined(each, strict) if each else None


def judge_by_passive(package: Package, verdict: Verdict, strict: bool) -> tuple[str, str]:
    """Claims 4 and 12: met by one passive."""
    return _combined({one.name: _items(verdict, one.key) for one in package.passives}, strict)


def _combined(each: Mapping[str, Outcome], strict: bool) -> tuple[str, str]:
    order = (NOT_MET, UNTESTED, MET) if strict else (MET, UNTESTED, NOT_MET)
    status = next(word for word in order if any(one[0] == word for one in each.values()))
    which = [name for name, one in each.items() if one[0] == status]
    if status != MET:
        return status, each[which[0]][1]
    told = next((each[name][1] for name in which if each[name][1]), "")
    others = [f"{name} is {'outside' if one[0] == NOT_MET else UNTESTED} ({one[2]})" for name, one in each.items()
              if one[0] != MET]
    if not others:
        return status, told
    return status, "; ".join((f"met by {' and '.join(which)}" + (f" ({told})" if told else ""), *others))


def _of(chip: Chip, number: int, verdicts: Sequence[Verdict]) -> Outcome:
    found = [_bumps(chip, 1 if number > 2 else PLURALITY)]
    for verdict in verdicts:
        measure = verdict.rule.measure
        if measure in _OF_A_GAP or (measure in _OF_A_CHIP and number <= 2):
            found.append(_items(verdict, chip.key))
        elif measure != _OF_ALL:
            found.append(_items(verdict, ""))
    worst = [one for word in (NOT_MET, UNTESTED) for one in found if one[0] == word]
    return worst[0] if worst else (MET, next((one[1] for one in reversed(found) if one[1]), ""), "")


def _bumps(chip: Chip, least: int) -> Outcome:
    if bumps_unstated(chip):
        return UNTESTED, missing_bumps(chip).missing, "its bumps are not stated"
    count = bump_count(chip)
    said = f"{chip.name} has {count or 'no'} bump{'s' if not count else ''}"
    return (MET, "", "") if count >= least else (NOT_MET, f"chip-not-flip-chip-bonded: {said}", f"{count} bumps")


def _items(verdict: Verdict, key: str) -> Outcome:
    """What one rule says of the part of that key; of all parts without one."""
    judged = [one for one in verdict.judged if not key or (one.reading.where[0].startswith(key)
              and one.reading.where[0][len(key):len(key) + 1] in ("", "."))]
    for one in judged:
        if one.severity and not one.at_corner:
            said = breach(verdict, one).replace(verdict.rule.title, verdict.rule.name, 1)
            return NOT_MET, said, reading_text(verdict, one)
    for missing in _missing(verdict.untested, key):
        return UNTESTED, missing.missing, "not all of it is stated"
    if not judged:
        return UNTESTED, f"{verdict.rule.name}: nothing to measure", "nothing to measure"
    return MET, _decided(verdict, judged), ""


def _missing(untested: Sequence[Unmeasured], key: str) -> Iterator[Unmeasured]:
    for one in untested:
        if not key or (one.of or key) == key:
            yield one


def _decided(verdict: Verdict, judged: Sequence[Judged]) -> str:
    worst = judged[0] if judged else None
    if worst is None or verdict.rule.measure not in _OF_A_GAP or verdict.kind.name != "ratio":
        return ""
    on_limit = ", on the limit" if worst.on_limit else ""
    corner = ", not at every tolerance corner" if any(one.severity for one in judged) else ""
    others = f", the tightest of {len(judged)}" if len(judged) > 1 else ""
    return f"{worst.reading.note}{others}{on_limit}{corner}"
