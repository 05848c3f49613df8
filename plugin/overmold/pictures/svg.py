"""The few SVG elements the pictures are made of; lengths here are pixels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

# Each class is one material or mark. Plain colours, no CSS variables: not every SVG viewer knows those. The second
# block applies where the reader's screen is dark.
STYLE = """
text { font-family: 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 13px; fill: #1f2933 }
text.title { font-size: 17px; font-weight: 600 }
text.note { fill: #66727f; font-size: 12px }
text.name { stroke: #ffffff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }
text.onchip, text.onhatch { fill: #102a43 }
text.onhatch { stroke: #c5d2df; stroke-width: 4px; paint-order: stroke; stroke-linejoin: round }
text.small { font-size: 10px; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }
.paper { fill: #ffffff }
.mold { fill: #3e4c59 }
.grain { fill: #57646f }
.chip { fill: #9fb3c8 }
.bump, .end { fill: #c9ced6; stroke: #7b8794; stroke-width: .6 }
.bump.beyond { fill-opacity: .45; stroke-opacity: .5 }
.wireend { fill: #ecc94b; stroke: #8d6708; stroke-width: .4 }
.mask { fill: #2f855a }
.copper { fill: #c77d3a; stroke: #c77d3a; stroke-width: .5 }
.copper.beyond { fill-opacity: .45; stroke-opacity: .5 }
.core { fill: #d9c58b }
.build-up { fill: #e6d8ac }
.wafer { fill: #8d99ae }
.panel { fill: #b8b2a7 }
.underfill { fill: #7b6a4a }
.hatched { fill: url(#hatch); stroke: #1f2933; stroke-width: 1; stroke-dasharray: 4 3 }
.hatchdark { stroke: #1f2933; stroke-width: 1.4 }
.hatchlight { stroke: #f5f7fa; stroke-width: 1.4 }
.part { fill: #8a6f4d }
.attach { fill: #b7791f }
.active { stroke: #c53030; stroke-width: 1.2; fill: none }
.wire { stroke: #ecc94b; stroke-width: 1.6; fill: none; stroke-linejoin: round }
.metal { fill: #dba779; stroke: #8a5a2b; stroke-width: .7 }
.etched { stroke: #8a5a2b; stroke-width: .7; fill: none; stroke-dasharray: 2 2 }
.keepout { stroke: #b83280; stroke-width: 1.2; fill: #b83280; fill-rule: evenodd; fill-opacity: .08; stroke-dasharray: 6 3 }
.street { stroke: #9a5b13; stroke-width: .8; fill: none; stroke-dasharray: 10 3 2 3 }
.land { fill: #c9ced6; stroke: #7b8794; stroke-width: .8 }
.hidden { stroke: #7b8794; stroke-width: .8; fill: none; stroke-dasharray: 4 3 }
.a1 { fill: #1f2933 }
.planwire { stroke: #a97b06; stroke-width: 1.2; fill: none }
.finger { fill: #d69e2e; stroke: #8d6708; stroke-width: .5 }
.bondpad { fill: #ecc94b; stroke: #8d6708; stroke-width: .4 }
.line { stroke: #1f2933; stroke-width: 1; fill: none }
.hair { stroke: #7b8794; stroke-width: .7; fill: none }
.farside { stroke: #8a5a1f; stroke-width: 1.2; fill: none; stroke-dasharray: 4 2 }
.leader { stroke: #cbd2d9; stroke-width: .7; fill: none; stroke-dasharray: 3 3 }
.beneath { stroke: #1f2933; stroke-width: 3; fill: none }
.ontop { stroke: #ffffff; stroke-width: 1.2; fill: none }
.outline { stroke: #1f2933; stroke-width: 1.2; fill: none }
.moldline { stroke: #52606d; stroke-width: 2; fill: none; stroke-dasharray: 8 4 }
.chipline { stroke: #486581; stroke-width: 1; fill: #9fb3c8; fill-opacity: .45 }
.ball { stroke: #9aa5b1; stroke-width: 1; fill: none }
.ball.bare { stroke: #8a5a2b; stroke-dasharray: 2 1.5 }
.broken { fill: #ef9a9a; stroke: #c62828; stroke-width: 2 }
.warned { fill: #f6d58a; stroke: #b26a00; stroke-width: 2 }
.mold.broken, .mold.warned { fill: #3e4c59; stroke-width: 4 }
.bump.broken, .bump.warned { stroke-width: .8 }
.wire.broken, .wire.warned, .frame.broken, .frame.warned { fill: none; stroke-width: 3 }
.ring.broken, .ring.warned { fill-opacity: .35 }
text.broken, text.warned { stroke: #ffffff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }
text.broken { fill: #b3261e }
text.warned { fill: #8a5a00 }
.tobroken { stroke: #c62828; stroke-width: .8; fill: none }
.towarned { stroke: #b26a00; stroke-width: .8; fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e4e7eb }
text.note { fill: #9aa5b1 }
text.name, text.small { stroke: #15191e }
text.onchip, text.onhatch { fill: #102a43 }
text.onhatch { stroke: #c5d2df; stroke-width: 4px; paint-order: stroke; stroke-linejoin: round }
.paper { fill: #15191e }
.mold { fill: #52606d }
.grain { fill: #697683 }
.mold.broken, .mold.warned { fill: #52606d }
.line, .outline { stroke: #e4e7eb }
.hatched { stroke: #e4e7eb }
.a1 { fill: #e4e7eb }
.street { stroke: #d9a35c }
.planwire { stroke: #ecc94b }
text.broken, text.warned { stroke: #15191e }
text.broken { fill: #ff8a80 }
text.warned { fill: #f0c063 }
}
""".strip()


# What is not stated: stripes over what stands for it.
HATCH = ('<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
         '<path class="hatchdark" d="M1 0V8"/><path class="hatchlight" d="M2.4 0V8"/></pattern></defs>')


def n(value: float) -> str:
    """A coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rect(kind: str, x: float, y: float, width: float, height: float, title: str = "") -> str:
    """A rectangle from its upper left corner; ``title`` shows on hovering."""
    inside = f"><title>{escape(title)}</title></rect>" if title else "/>"
    return f'<rect class="{kind}" x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"{inside}'


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"/>'


def circle(kind: str, x: float, y: float, radius: float, title: str = "") -> str:
    """A circle; ``title`` shows on hovering."""
    inside = f"><title>{escape(title)}</title></circle>" if title else "/>"
    return f'<circle class="{kind}" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"{inside}'


def ellipse(kind: str, middle: tuple[float, float], halves: tuple[float, float], title: str = "") -> str:
    """An ellipse along the axes; ``title`` shows on hovering."""
    inside = f"><title>{escape(title)}</title></ellipse>" if title else "/>"
    (x, y), (across, down) = middle, halves
    return f'<ellipse class="{kind}" cx="{n(x)}" cy="{n(y)}" rx="{n(across)}" ry="{n(down)}"{inside}'


def dots(kind: str, places: Sequence[tuple[float, float]], radius: float, crowd: str) -> list[str]:
    """Very many equal circles as one mark that a line sets down at each of its corners: a small part of what circles take, and
    drawn at once. ``crowd`` is a name that tells those of one picture apart."""
    name = f"{crowd}-{kind}-{n(radius)}".encode().hex()
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return [f'<marker id="{name}" markerUnits="userSpaceOnUse" overflow="visible">'
            f'<circle class="{kind}" r="{n(radius)}"/></marker>',
            f'<polyline points="{corners}" fill="none" style="marker:url(#{name})"/>']


def path(kind: str, data: str, title: str = "") -> str:
    """Any path, in SVG's path language."""
    inside = f"><title>{escape(title)}</title></path>" if title else "/>"
    return f'<path class="{kind}" d="{data}"{inside}'


def arrow(kind: str, x: float, top: float, bottom: float, title: str = "") -> str:
    """A vertical dimension line with a head at both ends; ``title`` shows on hovering."""
    head = min(6.0, (bottom - top) / 3)
    return path(kind, f"M{n(x)} {n(top)}V{n(bottom)}M{n(x - head / 2)} {n(top + head)}L{n(x)} {n(top)}"
                      f"L{n(x + head / 2)} {n(top + head)}M{n(x - head / 2)} {n(bottom - head)}L{n(x)} {n(bottom)}"
                      f"L{n(x + head / 2)} {n(bottom - head)}", title)


def text(words: str, x: float, y: float, kind: str = "", anchor: str = "start") -> str:
    """A line of text; ``anchor`` is start, middle or end."""
    extra = f' class="{kind}"' if kind else ""
    at_end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{extra} x="{n(x)}" y="{n(y)}"{at_end}>{escape(words)}</text>'


def page(width: float, height: float, title: str, parts: Sequence[str], style: str = STYLE) -> str:
    """A whole SVG file around ``parts``."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" '
        f'width="{n(width)}" height="{n(height)}" role="img">',
        f"<title>{escape(title)}</title>", f"<style>{style}</style>", rect("paper", 0, 0, width, height),
        *parts, "</svg>", "",
    ])
