"""Chips in a cross-section: each at its height, on its bumps or its die attach, with the wires near the cut; and what there is
to tell of their heights."""

from __future__ import annotations

from ..measures.gap import cover_thickness
from ..measures.levels import bottom, gap_thickness, leaves, supports, top
from ..measures.wire_crowd import crowd
from ..package import Chip, Package
from ..units import LENGTH, show, show_toleranced
from .dimension import Dimension
from .labels import Labels
from .marks import Marks
from .scale import Scale, nominal, stated
from .solder import bump_row
from .svg import line, n, path, rect
from .words import LINE, width_of

_THICKNESS = 100_000  # of a chip that has none stated
_NEAR = 250_000       # a wire is drawn if it begins this near to the cut


def cut_chips(package: Package, cut: int) -> list[Chip]:
    """Every chip that the section runs through, from below."""
    met = (chip for chip in package.chips if chip.outline.box[1] <= cut <= chip.outline.box[3])
    return sorted(met, key=lambda one: _span(package, one))


def is_side_by_side(package: Package, cut: int) -> bool:
    """Whether of two of them neither lies over the other."""
    sides = [(chip.outline.box[0], chip.outline.box[2]) for chip in cut_chips(package, cut)]
    return max((left for left, _ in sides), default=0) >= min((right for _, right in sides), default=1)


def dimensions(package: Package, cut: int) -> list[Dimension]:
    """t1 of every gap and t2 over the top of every tower."""
    told = []
    cap = package.mold.cap if package.mold is not None else None
    for chip in cut_chips(package, cut):
        gap, (low, high), sides = gap_thickness(package, chip), _span(package, chip), _sides(chip)
        if gap is not None:
            told.append(Dimension(low - gap.nominal, low, (f"t1 {show_toleranced(gap, LENGTH)}",), sides, chip.key))
        cover = cover_thickness(package, chip)
        over_a_gap = any(chip in leaves(package, one) for one in package.chips if gap_thickness(package, one) is not None)
        if cap is not None and cover is not None and over_a_gap and chip in leaves(package, chip):
            low, high = sorted((high, cap.nominal))
            told.append(Dimension(low, high, (f"t2 {show_toleranced(cover, LENGTH)}",), sides, chip.key))
    return told


def names_beside(package: Package, scale: Scale) -> list[Dimension]:
    """The names of chips that have no room for them inside."""
    named = []
    for chip in cut_chips(package, scale.cut):
        low, high = _span(package, chip)
        left, right = _sides(chip)
        if _words_inside(chip, (right - left) * scale.per_nm, (high - low) * scale.per_nm * scale.stretch) is None:
            named.append(Dimension(low, high, (_name(chip),), (left, right), chip.key, arrow=False))
    return named


def chips(package: Package, scale: Scale, hues: Marks, labels: Labels) -> list[str]:
    """The chips, their names inside where there is room, and their wires."""
    drawn = [part for chip in cut_chips(package, scale.cut) for part in _chip(package, chip, scale, hues, labels)]
    return drawn + _wires(package, scale, hues)


def _span(package: Package, chip: Chip) -> tuple[int, int]:
    """Underside and upper side of a chip, in nm; what is not stated is drawn as if it were thin."""
    low, high = bottom(package, chip), top(package, chip)
    if low is None:
        under = [_span(package, other)[1] for other in supports(package, chip) if other.name != chip.name]
        return _at(max(under, default=0), chip)
    return low.nominal, high.nominal if high is not None else low.nominal + _THICKNESS


def _at(low: int, chip: Chip) -> tuple[int, int]:
    return low, low + nominal(chip.thickness, _THICKNESS)


def _sides(chip: Chip) -> tuple[int, int]:
    return chip.outline.box[0], chip.outline.box[2]


def _name(chip: Chip) -> str:
    return f"{chip.name}  {stated(chip.thickness, 'thickness not stated')}"


def _words_inside(chip: Chip, width: float, height: float) -> str | None:
    """What of a chip's name and thickness has room in so many pixels."""
    if height < LINE:
        return None
    return next((words for words in (_name(chip), chip.name) if width_of(words, "onchip") + 24 <= width), None)


def _chip(package: Package, chip: Chip, scale: Scale, hues: Marks, labels: Labels) -> list[str]:
    low, high = _span(package, chip)
    left, right = _sides(chip)
    x, width = scale.x(left), (right - left) * scale.per_nm
    upper, lower = scale.z(high), scale.z(low)
    words = f"{chip.name}, {show(high - low, LENGTH)} thick, {chip.bonded}"
    kind = f"chip {hues[chip.key]}" if chip.key in hues else "chip"
    drawn = [rect(kind, x, upper, width, lower - upper, words)]
    inside = _words_inside(chip, width, lower - upper)
    if inside is not None and not labels.inside(inside, (x, upper, x + width, lower), "onchip"):
        labels.bare += 1
    if chip.has_gap:
        gap = gap_of(package, chip)
        return drawn + (bump_row(chip, scale, *gap, hues) if gap is not None else [])
    # A face-up chip looks up: a thin line is its active surface.
    drawn.append(line("active", x, upper, x + width, upper))
    if chip.attach is not None:
        below = scale.z(low - chip.attach.nominal)
        drawn.append(rect("attach", x, lower, width, below - lower, f"die attach {show_toleranced(chip.attach, LENGTH)}"))
    return drawn


def gap_of(package: Package, chip: Chip) -> tuple[int, int] | None:
    """Lower and upper end of the gap under a flip chip, in nm; None where it is not known."""
    gap, low = gap_thickness(package, chip) if chip.has_gap else None, _span(package, chip)[0]
    return None if gap is None else (low - gap.nominal, low)


def _wires(package: Package, scale: Scale, hues: Marks) -> list[str]:
    return [path(f"wire {hues[key]}" if key in hues else "wire",
                 "M" + "L".join(f"{n(x)} {n(z)}" for x, z in corners), words) for key, corners, words in loops(package, scale)]


def loops(package: Package, scale: Scale) -> list[tuple[str, list[tuple[float, float]], str]]:
    """The wires that begin near the cut and run along it rather than across: key, corners in pixels, words."""
    if not package.wires:
        return []
    wires, found = crowd(package), []
    for i, wire in enumerate(package.wires):
        (x, y), (to_x, to_y) = wire.from_at, wire.to_at
        if wires.known[i] and abs(y - scale.cut) <= _NEAR and abs(to_x - x) >= abs(to_y - y):
            corners = [(scale.x(at[0]), scale.z(at[2])) for at in wires.loops[i].tolist()]
            found.append((wire.key, corners, f"wire {wire.start} to {wire.end}, tier {wire.tier}"))
    return found
