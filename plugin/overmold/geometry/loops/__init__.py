"""Bond wires in space: the loop of each as a polyline, how near wires come to each other and to chips, and proposals.

Everything here is arrays: nothing knows of packages, rules or files. A wire's plan is a straight line, so the distance of
two wires in plan is never more than that in space, at whatever height they loop.
"""

from __future__ import annotations

from .shape import PROFILES, loops

__all__ = ["PROFILES", "loops"]
