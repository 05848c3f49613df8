"""Render the icons from their SVG sources:  pip install resvg-py && python scripts/draw_icons.py

The PNGs are committed; run this only after changing an SVG. The sources have the colours for a light toolbar.
"""

from __future__ import annotations

from pathlib import Path

import resvg_py

HERE = Path(__file__).resolve().parent.parent
# What each colour becomes on a dark toolbar.
DARK = {
    "#545454": "#ded3dd",  # lines
    "#c4c4c4": "#77727c",  # mold
    "#1a81c4": "#42b8eb",  # chip
    "#2f7d4f": "#4fb57c",  # carrier
    "#9a6a00": "#f2c14e",  # balls
    "#1f9d3a": "#4fd66f",  # tick and arrow
    "#f5f5f5": "#3b3740",  # paper
}


def main() -> None:
    """24 and 48 pixels for KiCad's toolbar, 64 for the Plugin and Content Manager."""
    for source in sorted((HERE / "resources/icons").glob("*.svg")):
        light = source.read_text(encoding="utf-8")
        dark = light
        for colour, other in DARK.items():
            dark = dark.replace(colour, other)
        for size in (24, 48):
            render(light, HERE / f"plugin/icons/{source.stem}_light_{size}.png", size)
            render(dark, HERE / f"plugin/icons/{source.stem}_dark_{size}.png", size)
    render((HERE / "resources/icon.svg").read_text(encoding="utf-8"), HERE / "resources/icon.png", 64)


def render(svg: str, target: Path, size: int) -> None:
    """Draw one SVG as a square PNG of this many pixels."""
    target.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size)))
    print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
