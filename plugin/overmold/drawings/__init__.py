"""Drawings that a package house asks for: the outline with its dimensions, and the bonding diagram with its wires.

- ``sheet``: paper, frame and title block; ``ink``: lines, dimension arrows and words on it; ``grid``: tables.
- ``dimensions``: what an outline drawing states, from ``space``; ``warpage``: the limit by ball pitch.
- ``outline``: the three views; ``bonding``: chips, wires and fingers in plan. Each is one SVG, in mm of paper.

Nothing here computes a height: all of them are sums of ``space``. What nobody has stated is drawn as such.
"""
