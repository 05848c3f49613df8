"""The cross-section of a package along any line: carrier, gaps, chips, wires and mold to scale, with t1, t2 and their ratio
where they are, and in red or amber what is broken or warned of. What is not stated is hatched.

The height is stretched (the title says how far): a package is ten millimetres wide and the gap a twentieth of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ..package import Package, keys
from ..space import bodies, crowds, upper_package
from ..units import decimal_text
from .bar import scale_bar
from .cut import Cut, Span
from .dimension import Dimension
from .grains import grains
from .heights import in_the_right_margin, width_of_heights
from .judged import Judgement, unjudged
from .keep_outs import cut_keep_outs
from .labels import Area, Labels
from .levels import ends, level
from .marks import Marks, drawn_marks
from .named import name_marks, name_the_rest
from .pieces import carrier_bottom, cut_bodies
from .scale import WIDTH, Scale
from .section_words import flag_rows, flags, in_the_left_margin, leave_flag_lines, width_of_flag, width_of_margin
from .solder import cut_joints
from .svg import HATCH, page
from .told import dimensions, heights, is_side_by_side, names_beside, names_inside
from .where import usual_cut
from .wires import cut_wires
from .words import LINE

HEAD = 62.0  # pixels of the title and what stands under it
TALLEST, MOST_STRETCHED = 300.0, 12.0
_BARE = 30.0  # pixels beside the package where nothing is written


def section(package: Package, judged: Judgement | None = None, width: float = WIDTH, at: Cut | None = None) -> str:
    """The cross-section as an SVG file ``width`` pixels wide; an empty string where there is no carrier.

    ``judged`` is what is broken and the limits of every gap; ``at`` is where to cut: see ``where``.
    """
    if package.carrier is None:
        return ""
    judged = judged or unjudged(package)
    hues = drawn_marks(package, judged.marks)
    cut = at or usual_cut(package, hues)
    paper = _paper(package, width, cut)
    tall = heights(package, paper.sides)
    scale, told, rows = _layout(package, paper, judged, tall)
    roof = HEAD + ((max(rows.values()) + 1.6) if rows else 1) * LINE
    scale = replace(scale, surface=roof + paper.top * scale.per_nm * scale.stretch)
    floor = scale.z(paper.bottom)
    labels = Labels(width, HEAD - 6, floor + 6 * LINE)
    labels.put(package.name, width / 2, 30, "title", "middle")
    labels.put(_caption(cut, scale), width / 2, 50, "note", "middle")
    drawn, areas = _drawn(package, scale, hues)
    leave_flag_lines(told, rows, scale, labels)
    names_inside(package, scale, labels)
    drawn += flags(told, rows, scale, labels, hues) if rows else in_the_left_margin(told, scale, labels, hues)
    drawn += in_the_right_margin(tall, scale, labels, hues)
    drawn.append(scale_bar(scale.left, scale.per_nm, paper.sides[1] - paper.sides[0], labels, floor + LINE))
    name_marks(package, hues, areas, labels)
    bottom = name_the_rest(package, hues, labels, max(floor, labels.bottom))
    return page(width, bottom + 24, f"{package.name}: cross-section", [HATCH, *drawn, *labels.drawn])


@dataclass(frozen=True)
class _Paper:
    """How wide the picture is, where it is cut, and what of the package lies on the cut, in nm: along it ``sides``, from
    ``bottom`` to ``top``."""

    width: float
    cut: Cut
    sides: Span
    bottom: int
    top: int


def _paper(package: Package, width: float, cut: Cut) -> _Paper:
    carrier = package.carrier
    assert carrier is not None
    upper = upper_package(package)
    met = [body for body in (*bodies(package), *((upper,) if upper is not None else ())) if cut.meets(body.outline)]
    sides = cut.extent([carrier.outline, *(body.outline for body in met)]) or (0.0, 1.0)
    # What stands out of the mold is the very thing to see.
    tops = [level(package, body.top) for body in met]
    feet = [ends(package, crowd)[0] for crowd in crowds(package)]
    tops += [ends(package, crowd)[1] for crowd in crowds(package)]
    return _Paper(width, cut, sides, min([carrier_bottom(package), *(level(package, body.bottom) for body in met), *feet]),
                  max([*tops, 100_000]))


def _layout(package: Package, paper: _Paper, judged: Judgement, tall: list[Dimension]
            ) -> tuple[Scale, list[Dimension], Mapping[int, int]]:
    """The scale, what is to be told, and the row over the picture of each that is told there."""
    told = dimensions(package, paper.cut, judged.ratios)
    over = is_side_by_side(package, paper.cut)
    # Names that find no room in their chips go beside, which makes the package narrower, and so the room.
    for _ in range(2):
        scale = _scale(paper, told, tall, over)
        told = [*dimensions(package, paper.cut, judged.ratios), *names_beside(package, scale)]
    return scale, told, flag_rows(told, scale) if over else {}


def _scale(paper: _Paper, told: list[Dimension], tall: list[Dimension], over: bool) -> Scale:
    start, end = paper.sides
    most = paper.width / 3
    left = _BARE if over else min(most, max(width_of_margin(told), _BARE))
    # The package is never narrower than this, so flags reach no farther out of it.
    narrow = (paper.width - left - most) / (end - start)
    flags_out = max((width_of_flag(one) - (end - one.sides[1]) * narrow for one in told), default=0.0) if over else 0.0
    right = min(most, max(width_of_heights(tall), flags_out))
    per_nm = (paper.width - left - right) / (end - start)
    # In tenths, as the picture says it.
    stretch = max(10, int(10 * min(MOST_STRETCHED, TALLEST / ((paper.top - paper.bottom) * per_nm)))) / 10
    return Scale(left=left, right=paper.width - right, start=start, per_nm=per_nm, stretch=stretch, surface=0.0, cut=paper.cut)


def _caption(cut: Cut, scale: Scale) -> str:
    times = decimal_text(Fraction(round(scale.stretch * 10), 10), 1)
    return f"cross-section {cut.words}; height drawn {times} times as large as width"


def _drawn(package: Package, scale: Scale, hues: Marks) -> tuple[list[str], dict[str, Area]]:
    """Everything that is cut, from behind; and where marked parts lie that carry no name by themselves."""
    found = list(cut_bodies(package, scale, hues))
    mold = [piece for piece in found if piece.key == "mold" or keys.is_within(piece.key, keys.REGIONS)]
    chips = {chip.key for chip in package.chips}
    first = next((i for i, piece in enumerate(found) if piece.key in chips), len(found))
    joints = [*cut_joints(package, scale, hues, balls=True), *cut_joints(package, scale, hues, balls=False)]
    pieces = [*found[len(mold):first], *joints, *found[first:], *cut_wires(package, scale, hues)]
    pieces += cut_keep_outs(package, scale, hues)
    areas = {piece.key: piece.area for piece in pieces if piece.key in hues and piece.key not in chips}
    return [*(piece.svg for piece in mold), *grains(package, scale), *(piece.svg for piece in pieces)], areas
