"""Chips in a cross-section: each at its height, on its bumps or its die attach, with t1, t2 and the wires near the cut."""

from __future__ import annotations

from ..measures.gap import cover_thickness
from ..measures.levels import bottom, gap_thickness, leaves, supports, top
from ..measures.wire_crowd import crowd
from ..package import Chip, Package
from ..units import LENGTH, show, show_toleranced
from .scale import Scale, nominal, stated
from .solder import bump_row
from .svg import arrow, line, n, path, rect, text

_THICKNESS = 100_000  # of a chip that has none stated
_WORDS = 150.0        # pixels that a dimension's words take
_ROOMY = 10**9
_NEAR = 250_000       # a wire is drawn if it begins this near to the cut


def chips(package: Package, scale: Scale) -> list[str]:
    """Every chip that the section runs through, from below."""
    cut = sorted((chip for chip in package.chips if scale.crosses(chip.outline.box)), key=lambda one: _span(package, one))
    drawn = [part for chip in cut for part in _chip(package, chip, scale)]
    drawn += _wires(package, scale)
    return drawn + [part for chip in cut for part in _gap_and_cover(package, chip, scale)]


def _span(package: Package, chip: Chip) -> tuple[int, int]:
    """Underside and upper side of a chip, in nm; what is not stated is drawn as if it were thin."""
    low, high = bottom(package, chip), top(package, chip)
    if low is None:
        under = [_span(package, other)[1] for other in supports(package, chip) if other.name != chip.name]
        return _at(max(under, default=0), chip)
    return low.nominal, high.nominal if high is not None else low.nominal + _THICKNESS


def _at(low: int, chip: Chip) -> tuple[int, int]:
    return low, low + nominal(chip.thickness, _THICKNESS)


def _chip(package: Package, chip: Chip, scale: Scale) -> list[str]:
    low, high = _span(package, chip)
    left, _, right, _ = chip.outline.box
    x, width = scale.x(left), (right - left) * scale.per_nm
    upper, lower = scale.z(high), scale.z(low)
    words = f"{chip.name}, {show(high - low, LENGTH)} thick, {chip.bonded}"
    drawn = [rect("chip", x, upper, width, lower - upper, words),
             text(f"{chip.name}  {stated(chip.thickness, 'thickness not stated')}", x + width / 2, (upper + lower) / 2 + 5,
                  "onchip", "middle")]
    if chip.has_gap:
        gap = gap_thickness(package, chip)
        return drawn + (bump_row(chip, scale, low - gap.nominal, low) if gap is not None else [])
    # A face-up chip looks up: a thin line is its active surface.
    drawn.append(line("active", x, upper, x + width, upper))
    if chip.attach is not None:
        below = scale.z(low - chip.attach.nominal)
        drawn.append(rect("attach", x, lower, width, below - lower, f"die attach {show_toleranced(chip.attach, LENGTH)}"))
    return drawn


def _gap_and_cover(package: Package, chip: Chip, scale: Scale) -> list[str]:
    """t1 of the gap and t2 over the top of the tower: left of the package, or beside the tower where it is one of several."""
    gap, (low, high) = gap_thickness(package, chip), _span(package, chip)
    cap = package.mold.cap if package.mold is not None else None
    if cap is None:
        return []
    rows = []
    if gap is not None:
        rows.append((scale.z(low), scale.z(low - gap.nominal), f"t1 {show_toleranced(gap, LENGTH)}"))
    cover = cover_thickness(package, chip)
    over_a_gap = any(chip in leaves(package, one) for one in package.chips if gap_thickness(package, one) is not None)
    if cover is not None and over_a_gap and chip in leaves(package, chip):
        rows.append((scale.z(cap.nominal), scale.z(high), f"t2 {show_toleranced(cover, LENGTH)}"))
    rows = [(min(ends), max(ends), words) for *ends, words in rows]
    if len({_foot(package, one) for one in package.chips if scale.crosses(one.outline.box)}) == 1:
        return [part for row in rows for part in _in_the_margin(package, chip, scale, *row)]
    right, room = _room_for_words(package, chip, scale)
    side, way, anchor = (scale.x(chip.outline.box[2]), 1, "start") if right else (scale.x(chip.outline.box[0]), -1, "end")
    drawn = []
    for upper, lower, stands in rows:
        words = stands if room > _WORDS else stands.partition(" ±")[0].partition(" +")[0]
        reach = side + way * 26
        drawn += [line("onmoldline", reach, upper, side, upper), line("onmoldline", reach, lower, side, lower),
                  arrow("onmoldline", side + way * 16, upper, lower),
                  text(words, reach + way * 6, (upper + lower) / 2 + 4, "onmold", anchor)]
    return drawn


def _in_the_margin(package: Package, chip: Chip, scale: Scale, upper: float, lower: float, words: str) -> list[str]:
    assert package.carrier is not None
    edge, side = scale.x(package.carrier.outline.box[0]), scale.x(chip.outline.box[0])
    return [line("leader", edge - 20, upper, side, upper), line("leader", edge - 20, lower, side, lower),
            arrow("line", edge - 12, upper, lower), text(words, edge - 24, (upper + lower) / 2 + 4, "", "end")]


def _room_for_words(package: Package, chip: Chip, scale: Scale) -> tuple[bool, float]:
    """Whether the words go to the right, and the pixels they have there: away from the neighbouring tower; with room on
    both sides, on the package's nearer one."""
    left, _, right, _ = chip.outline.box
    others = [one.outline.box for one in package.chips
              if one is not chip and scale.crosses(one.outline.box) and _foot(package, one) != _foot(package, chip)]
    before = min((left - box[2] for box in others if box[0] < left), default=_ROOMY) * scale.per_nm
    behind = min((box[0] - right for box in others if box[2] > right), default=_ROOMY) * scale.per_nm
    at_right = (left + right) / 2 > scale.middle + 1_000  # a micrometre off the middle is still the middle
    if min(before, behind) < _WORDS and before != behind:
        at_right = behind > before
    return at_right, behind if at_right else before


def _foot(package: Package, chip: Chip) -> str:
    """The chip on the carrier that a tower stands on."""
    under = supports(package, chip)
    return _foot(package, under[0]) if under and under[0].name != chip.name else chip.name


def _wires(package: Package, scale: Scale) -> list[str]:
    """The loops that begin near the cut and run along it rather than across."""
    if not package.wires:
        return []
    wires = crowd(package)
    drawn = []
    for i, wire in enumerate(package.wires):
        (x, y), (to_x, to_y) = wire.from_at, wire.to_at
        if wires.known[i] and abs(y - scale.cut) <= _NEAR and abs(to_x - x) >= abs(to_y - y):
            corners = "L".join(f"{n(scale.x(at[0]))} {n(scale.z(at[2]))}" for at in wires.loops[i].tolist())
            drawn.append(path("wire", f"M{corners}", f"wire {wire.start} to {wire.end}, tier {wire.tier}"))
    return drawn
