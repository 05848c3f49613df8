"""Paper: A3 and larger, lying, with frame and title block. Units are a quarter of a millimetre, so that a line of words is
some 3 mm high on the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..pictures.svg import line, n, path, rect, text
from ..pictures.words import fitted

PER_MM = 4.0
SIZES = (("A3", 420, 297), ("A2", 594, 420), ("A1", 841, 594), ("A0", 1189, 841))
EDGE, INNER = 32.0, 44.0  # from the paper's edge to the frame, and to what is drawn
BLOCK_WIDTH, BLOCK_HEIGHT = 560.0, 128.0

# Black on white whatever the screen: it is paper.
STYLE = """
text { font-family: 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 13px; fill: #111111 }
text.title { font-size: 17px; font-weight: 600 }
text.note { font-size: 12px; fill: #111111 }
text.small { font-size: 10px; fill: #333333 }
text.wrong { fill: #b3261e; font-size: 12px }
.paper { fill: #ffffff }
.frame { fill: none; stroke: #111111; stroke-width: 2 }
.rule { stroke: #111111; stroke-width: .8; fill: none }
.fine { stroke: #9a9a9a; stroke-width: .5; fill: none }
.edge { fill: none; stroke: #111111; stroke-width: 1.6 }
.body { fill: #ffffff; stroke: #111111; stroke-width: 1.6 }
.board { fill: #efefef; stroke: #111111; stroke-width: 1.6 }
.metal { fill: #d8d8d8; stroke: #111111; stroke-width: 1 }
.hidden { fill: none; stroke: #111111; stroke-width: .8; stroke-dasharray: 5 3 }
.ball { fill: #ffffff; stroke: #111111; stroke-width: 1 }
.mark { fill: #111111 }
.axis { stroke: #777777; stroke-width: .6; fill: none; stroke-dasharray: 14 3 3 3 }
.dim { stroke: #111111; stroke-width: .7; fill: none }
.tip { fill: #111111 }
.die { fill: #e8eef4; stroke: #33475b; stroke-width: 1.2 }
.ondie { fill: #d3dee9; stroke: #33475b; stroke-width: 1.2 }
.pad { fill: #f4d88a; stroke: #6d5400; stroke-width: .5 }
.finger { fill: #f0c27a; stroke: #6d4a00; stroke-width: .5 }
.bad { stroke: #c62828; stroke-width: 2.4; fill: none }
"""


@dataclass(frozen=True)
class Paper:
    """A sheet by its name and its sides in mm."""

    name: str
    wide: int
    tall: int

    @property
    def width(self) -> float:
        """In units of the drawing."""
        return self.wide * PER_MM

    @property
    def height(self) -> float:
        """In units of the drawing."""
        return self.tall * PER_MM


PAPERS = tuple(Paper(*size) for size in SIZES)
SCALES = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200)


def scale_within(length: int, room: float) -> float:
    """The largest of the usual scales at which ``length`` nm take at most ``room`` units of paper; below 1, whatever fits."""
    fits = [scale for scale in SCALES if length * 1e-6 * PER_MM * scale <= room]
    return fits[-1] if fits else round(room / (max(length, 1) * 1e-6 * PER_MM), 3)


def scale_words(scale: float) -> str:
    """``10 : 1``, or ``1 : 2`` where it is drawn smaller."""
    return f"{scale:g} : 1" if scale >= 1 else f"1 : {1 / scale:.3g}"


@dataclass(frozen=True)
class Title:
    """What the block tells: of which package, which drawing, at what scale, from which file."""

    package: str
    drawing: str
    scale: str
    source: str
    version: str


def sheet(paper: Paper, title: Title, parts: Sequence[str], style: str = "") -> str:
    """A whole SVG file: the paper with its frame, title block and ``parts``."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(paper.width)} {n(paper.height)}" '
        f'width="{paper.wide}mm" height="{paper.tall}mm" role="img">',
        f"<title>{escape(f'{title.package}: {title.drawing}')}</title>", f"<style>{STYLE}{style}</style>",
        rect("paper", 0, 0, paper.width, paper.height),
        rect("frame", EDGE, EDGE, paper.width - 2 * EDGE, paper.height - 2 * EDGE), *parts,
        *_block(paper, title), "</svg>", ""])


def _block(paper: Paper, title: Title) -> list[str]:
    """The title block in the lower right corner; drawn, checked and approved are for people to sign."""
    left, top = paper.width - EDGE - BLOCK_WIDTH, paper.height - EDGE - BLOCK_HEIGHT
    right, rows = left + BLOCK_WIDTH, [top + step for step in (44.0, 72.0, 100.0)]
    drawn = [rect("frame", left, top, BLOCK_WIDTH, BLOCK_HEIGHT), *(line("rule", left, row, right, row) for row in rows)]
    drawn += [text(fitted(title.package, BLOCK_WIDTH - 24, "title"), left + 12, top + 29, "title"),
              text(fitted(title.drawing, 360), left + 12, rows[0] + 19), *_third_angle(right - 46, rows[0] + 14),
              text("all in mm", right - 100, rows[0] + 19, "", "end")]
    columns = [left + share for share in (0.0, 130.0, 260.0, 390.0)]
    for words, x in zip(("drawn", "checked", "approved", "revision"), columns):
        drawn += [text(words, x + 6, rows[1] + 18, "note"), line("rule", x, rows[1], x, rows[2])]
    drawn += [text(f"scale {title.scale}, {paper.name}", left + 12, rows[2] + 18, "note"),
              text(fitted(f"{title.version}, {title.source}", 380, "note"), right - 12, rows[2] + 18, "note", "end")]
    return drawn


def _third_angle(x: float, y: float) -> list[str]:
    """The sign for third-angle projection: a cone, and its narrow end as seen from the left on the left."""
    cone = f"M{n(x)} {n(y - 4)}L{n(x + 24)} {n(y - 9)}V{n(y + 9)}L{n(x)} {n(y + 4)}Z"
    rings = "".join(f"M{n(x - 18 - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0"
                    for r in (9.0, 4.0))
    return [path("rule", cone + rings)]
