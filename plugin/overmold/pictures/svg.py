"""The few SVG elements the pictures are made of; lengths here are pixels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

# Each class is one material or mark; the dark values apply where the reader's screen is dark.
STYLE = """
svg { --paper: #ffffff; --ink: #1f2933; --soft: #7b8794; --mold: #3e4c59; --grain: #616e7c; --chip: #9fb3c8; --bump: #c9ced6;
  --mask: #2f855a; --copper: #c77d3a; --core: #d9c58b; --buildup: #e6d8ac; --part: #8a6f4d; --street: #d64545;
  background: var(--paper); font-family: 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 13px; }
@media (prefers-color-scheme: dark) { svg { --paper: #15191e; --ink: #e4e7eb; --soft: #9aa5b1; --mold: #52606d;
  --grain: #7b8794; --chip: #829ab1; } }
.paper { fill: var(--paper) } .mold { fill: var(--mold) } .grain { fill: var(--grain) } .chip { fill: var(--chip) }
.bump { fill: var(--bump); stroke: #7b8794; stroke-width: .6 } .mask { fill: var(--mask) } .copper { fill: var(--copper) }
.core { fill: var(--core) } .build-up { fill: var(--buildup) } .part { fill: var(--part) } .end { fill: var(--bump) }
.line { stroke: var(--ink); stroke-width: 1; fill: none } .hair { stroke: var(--soft); stroke-width: .7; fill: none }
.street { stroke: var(--street); stroke-width: 1; stroke-dasharray: 5 4; fill: none }
.outline { stroke: var(--ink); stroke-width: 1.2; fill: none } .moldline { stroke: var(--mold); stroke-width: 1.6; fill: none;
  stroke-dasharray: 7 3 } .chipline { stroke: var(--ink); stroke-width: 1; fill: var(--chip); fill-opacity: .35 }
.ball { fill: none; stroke: var(--soft); stroke-width: .8 } text { fill: var(--ink) } .title { font-size: 17px; font-weight: 600 }
.note { fill: var(--soft); font-size: 12px } .onmold { fill: #ffffff } .onmoldline { stroke: #ffffff; stroke-width: 1; fill: none }
""".strip()


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


def path(kind: str, data: str, title: str = "") -> str:
    """Any path, in SVG's path language."""
    inside = f"><title>{escape(title)}</title></path>" if title else "/>"
    return f'<path class="{kind}" d="{data}"{inside}'


def text(words: str, x: float, y: float, kind: str = "", anchor: str = "start") -> str:
    """A line of text; ``anchor`` is start, middle or end."""
    extra = f' class="{kind}"' if kind else ""
    at_end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{extra} x="{n(x)}" y="{n(y)}"{at_end}>{escape(words)}</text>'


def page(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    """A whole SVG file around ``parts``."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" '
        f'width="{n(width)}" height="{n(height)}" role="img">',
        f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", rect("paper", 0, 0, width, height), *parts, "</svg>", "",
    ])
