"""Render the icons from their SVG sources:  pip install resvg-py && python scripts/draw_icons.py

The PNGs are committed; run this only after changing an SVG.
"""

from __future__ import annotations

from pathlib import Path

import resvg_py

HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    """24 and 48 pixels for KiCad's toolbar, 64 for the Plugin and Content Manager."""
    for source in sorted((HERE / "plugin/icons").glob("*.svg")):
        for size in (24, 48):
            render(source, source.with_name(f"{source.stem}_{size}.png"), size)
    render(HERE / "resources/icon.svg", HERE / "resources/icon.png", 64)


def render(source: Path, target: Path, size: int) -> None:
    """Draw one SVG as a square PNG of this many pixels."""
    target.write_bytes(bytes(resvg_py.svg_to_bytes(svg_path=str(source), width=size, height=size)))
    print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
