"""What a package does not state: what its file cannot be read without, and what the rules would like to know."""

from __future__ import annotations

from collections.abc import Iterator

from ...package import FACE_UP, Chip, Package

Lack = tuple[bool, str]  # whether a package file cannot do without, and what it is


def lacking(package: Package) -> tuple[str, ...]:
    """Notes on what is not stated, in plain words: first what has to be filled in before the file can be checked."""
    must, wanted = needed(package), [what for is_needed, what in _lacks(package) if not is_needed]
    notes = []
    if must:
        notes.append(f"fill in before 'overmold drc' can read the package file: {'; '.join(must)}")
    if wanted:
        notes.append(f"the board does not say: {'; '.join(wanted)}")
    return tuple(notes)


def needed(package: Package) -> list[str]:
    """What has to be filled in before the package's file can be read."""
    return [what for is_needed, what in _lacks(package) if is_needed]


def _lacks(package: Package) -> Iterator[Lack]:
    carrier, mold, balls = package.carrier, package.mold, package.balls
    if carrier is None:
        yield True, "the carrier (draw its outline on Edge.Cuts)"
    else:
        if not carrier.kind:
            yield True, "what kind the carrier is"
        if carrier.frame is not None and not carrier.frame.leads:
            yield True, "the leads of the frame"
        if not carrier.stackup and carrier.frame is None:
            yield False, "the carrier's stack-up"
    for chip in package.chips:
        yield from _of_chip(chip)
    unknown = [part.name for part in package.passives if part.height is None]
    if unknown:
        yield False, f"the height of {_listed(unknown)}"
    if mold is None and package.chips:
        yield False, "the mold"
    if mold is not None:
        yield from ((False, what) for what, value in (
            ("the height of the mold cap", mold.cap), ("the largest filler particle", mold.filler),
            ("how it is molded", mold.process.method or mold.process.pressure or mold.process.temperature)) if not value)
    if balls is not None:
        if balls.diameter is None:
            yield True, "the diameter of the balls"
        if balls.standoff is None:
            yield False, "the standoff of the balls"
        if not balls.alloy:
            yield False, "the alloy of the balls"
    if package.singulation is not None and not package.singulation.method:
        yield False, "how packages are cut apart"


def _of_chip(chip: Chip) -> Iterator[Lack]:
    if not chip.bonded:
        yield True, f"whether {chip.name} is a flip-chip or face-up"
    if chip.thickness is None:
        yield False, f"the thickness of {chip.name}"
    if chip.bonded == FACE_UP and chip.attach is None:
        yield False, f"the die attach under {chip.name}"
    if chip.bumps is not None:
        if chip.bumps.diameter is None:
            yield True, f"the diameter of {chip.name}'s bumps"
        if chip.bumps.height is None and chip.gap is None:
            yield False, f"the height of {chip.name}'s bumps"
        if not chip.bumps.alloy:
            yield False, f"the alloy of {chip.name}'s bumps"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
