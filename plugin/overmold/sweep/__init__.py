"""A design judged at every combination of values of several dimensions.

- ``plan``: which dimensions take which values, in which order, and which part of that this machine does.
- ``columns``: rules whose readings are formulas of what is varied, for all variants at once.
- ``asked``: all other rules that depend on it, by the check itself, in processes of their own.
- ``run``: the sweep, chunk by chunk.
- ``table``: what came of it in a file that grows, so that a run that was stopped can go on.
"""

from __future__ import annotations
