"""What a package does not state: what its file cannot be read without, and what the rules would like to know."""

from __future__ import annotations

from collections.abc import Iterator

from ...package import LEAD_FRAME, Package, keys
from ...package.datum import data_of
from ...package.pieces import pieces
from ...plain import listed
from .text import BOARD

Lack = tuple[bool, str]  # whether a package file cannot do without, and what it is


def lacking(package: Package, teller: str = BOARD) -> tuple[str, ...]:
    """Notes on what is not stated, in plain words: first what has to be filled in before the file can be checked."""
    must, wanted = needed(package, teller), [what for is_needed, what in _lacks(package, teller) if not is_needed]
    notes = []
    if must:
        notes.append(f"fill in before 'overmold drc' can read the package file: {'; '.join(must)}")
    if wanted:
        notes.append(f"{teller} does not say: {'; '.join(wanted)}")
    return tuple(notes)


def needed(package: Package, teller: str = BOARD) -> list[str]:
    """What has to be filled in before the package's file can be read."""
    return [what for is_needed, what in _lacks(package, teller) if is_needed]


def _lacks(package: Package, teller: str) -> Iterator[Lack]:
    """Which parts are missing, then every datum that is needed or wanted and not stated, of like parts together."""
    carrier = package.carrier
    if carrier is None:
        yield True, "the carrier" + (" (draw its outline on Edge.Cuts)" if teller == BOARD else "")
    elif carrier.frame is not None and not carrier.frame.leads:
        yield True, "the leads of the frame"
    elif not carrier.stackup and carrier.frame is None:
        yield False, "the frame" if carrier.kind == LEAD_FRAME else "the carrier's stack-up"
    if package.mold is None and package.chips:
        yield False, "the mold"
    lacks: dict[tuple[bool, str], list[str]] = {}
    for key, part in pieces(package):
        for name, one in data_of(type(part)).items():
            # What is drawn is there, and a lead's size is measured.
            asked = (one.needed or one.wanted) and not one.drawn and "." not in one.key and _applies(package, key, name)
            if asked and not one.is_stated(getattr(part, name)):
                # Balls have one, bare lands have none: the models leave open what a file of balls cannot do without.
                must = one.needed or (key, name) == (keys.BALLS, "diameter")
                lacks.setdefault((must, f"the {one.in_sentence}"), []).append(_owner(key))
    for (is_needed, what), owners in lacks.items():
        named = [owner for owner in owners if owner]
        yield is_needed, f"{what} of {listed(named, 8)}" if named else what


def _applies(package: Package, key: str, name: str) -> bool:
    """Nothing is attached under bumps, bare lands and hybrid bonds have no solder, a further block of mold has all of the first
    but its height, and a height that t1 or a pillar gives need not be said."""
    if keys.is_within(key, keys.REGIONS):
        return name == "cap"
    if key == keys.BALLS and package.balls is not None and package.balls.are_lands:
        return False
    if (key, name) == (keys.BALLS, "standoff") and package.balls is not None and package.balls.height is not None:
        return False
    chip = next((one for one in package.chips if one.name == _owner(key)), None)
    if chip is None:
        return True
    if chip.touches and name in ("height", "alloy"):
        return False
    bumps = chip.bumps
    known = chip.gap is not None or (bumps is not None and (bumps.pillar is not None or bumps.sphere is not None))
    return not (name == "attach" and not chip.has_attach) and not (name == "height" and known)


def _owner(key: str) -> str:
    """The part that people would name: U1 for chips.U1.bumps, "" for what there is one of."""
    return keys.split(key)[1] if keys.is_within(key, keys.CHIPS) or keys.is_within(key, keys.PASSIVES) else ""
