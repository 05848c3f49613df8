"""The bonding diagram: chips with their pads, wires by tier, fingers or leads, the limits they are held to and the wire table.

One sheet, as large as the table needs. Wires are straight in plan; a dot is the first bond, where the ball is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from .. import __version__
from ..measures import all_measures
from ..metal.tables import BARE, CONNECTED, WireRow, wire_table
from ..package import Package
from ..package.moved import at_home
from ..pictures.svg import circle, line, text
from ..plain import listed, one_line
from ..report.rows import rule_limits
from ..rule import Rule
from ..units import FLAG, LENGTH, show
from .bonding_paper import Layout, layout_for
from .bonding_plan import drawn_plan, region
from .grid import Column, grid
from .ink import wrapped
from .sheet import BLOCK_WIDTH, INNER, Title, scale_within, scale_words, sheet
from .view import View

STEP = 15.0  # from one row of the table, or line of words, to the next
_COLUMNS = (Column("wire", 66), Column("from", 76), Column("to", 66), Column("length", 60, True), Column("angle", 48, True),
            Column("loop", 52, True), Column("dia.", 42, True), Column("tier", 34, True), Column("net", 116))
_MEASURED = ("wire", "finger", "down_bond")  # in the names of measures whose limits are told
_SOUND = (CONNECTED, BARE)  # without a netlist nobody has said what a wire is to join
# Told apart in print without colour as well.
_HUES = ("#0b5fa5", "#b84a00", "#1f7a3d", "#7b3fa0", "#8a6d00", "#a3174f")
_DASHES = ("", "9 3", "2 3", "12 3 2 3", "5 2", "1 2")


def bonding_diagram(package: Package, rules: Sequence[Rule]) -> str:
    """The diagram as an SVG file; an empty string where there is no carrier or no wire. ``rules`` are those whose limits are
    told, of which those on wires and fingers are taken."""
    package = at_home(package)
    if package.carrier is None or not package.wires:
        return ""
    table = wire_table(package)
    head = [*_legend(table), *_limits(rules), *_words(package, table)]
    layout = layout_for(len(table), len(head) * STEP + 24)
    box = region(package)
    scale = scale_within(max(box[2] - box[0], box[3] - box[1]), layout.side)
    view = View((INNER + layout.side / 2, INNER + layout.side / 2), scale, ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2))
    tiers = sorted({row.tier for row in table})
    bad = {row.wire for row in table if row.state not in _SOUND}
    drawn, bare = drawn_plan(package, view, layout.side, {tier: _class(i) for i, tier in enumerate(tiers)}, bad)
    if bare:
        head.append((f"{bare} names are left out of the diagram for want of room; the table has them.", ""))
    drawn += _head(head, layout)
    for rows, (x, y) in layout.columns(table):
        drawn += grid(_COLUMNS, [_cells(row) for row in rows], x, y, STEP)
    title = Title(one_line(package.name), f"bonding diagram, {len(table)} wires", scale_words(scale),
                  one_line(PurePath(package.source).name), f"Overmold {__version__}")
    return sheet(layout.paper, title, drawn, _styles(len(tiers)))


def _class(number: int) -> str:
    return f"tier{number % len(_HUES)}"


def _styles(count: int) -> str:
    rows = list(zip(_HUES, _DASHES))[:count]
    return "".join(f".tier{i} {{ fill: none; stroke: {hue}; stroke-width: 1.3; stroke-dasharray: {dash or 'none'} }}\n"
                   f".end{i} {{ fill: {hue} }}\n" for i, (hue, dash) in enumerate(rows))


def _legend(table: Sequence[WireRow]) -> list[tuple[str, str]]:
    """A line for each tier: its words, and the class of its stroke."""
    counts = Counter((row.tier, row.diameter, row.metal) for row in table)
    tiers = sorted({row.tier for row in table})
    said = []
    for (tier, diameter, metal), count in sorted(counts.items()):
        wire = f"{metal or 'metal not stated'}, {show(diameter, LENGTH)}"
        said.append((f"tier {tier}: {count} wire{'s' * (count > 1)}, {wire}", _class(tiers.index(tier))))
    return said


def _limits(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """The limits on wires and fingers, one a line."""
    found = [(f"{rule.measure.replace('_', ' ')}: {rule_limits(rule)}", "") for rule in rules
             if any(word in rule.measure for word in _MEASURED) and not rule.silenced_because and not rule.claims
             and all_measures()[rule.measure].kind is not FLAG]
    return [("", ""), ("limits", "title"), *found, ("", "")] if found else []


def _words(package: Package, table: Sequence[WireRow]) -> list[tuple[str, str]]:
    heights = [wire.name for wire in package.wires if wire.loop_height is None]
    said = [("lengths in plan, loops and diameters in um; angles to the normal of the chip's edge in degrees", "")]
    if heights:
        said.append((f"loop height not stated: {listed(heights, 6)}", ""))
    bad = [f"{row.wire} {row.state}" for row in table if row.state not in _SOUND]
    if bad:
        said.append((f"not connected as they should be: {listed(bad, 6)}", "wrong"))
    return [(part, kind) for words, kind in said for part in wrapped(words, BLOCK_WIDTH - 10)]


def _head(lines: Sequence[tuple[str, str]], layout: Layout) -> list[str]:
    """Legend, limits and words at the top of the last column."""
    drawn, (x, y) = [], layout.head
    for words, kind in lines:
        y += STEP
        if kind.startswith("tier"):
            drawn += [line(kind, x, y - 4, x + 54, y - 4), circle(f"end{kind[4:]}", x, y - 4, 3),
                      text(words, x + 64, y, "note")]
        elif kind == "title":
            drawn.append(text(words, x, y, ""))
        else:
            drawn.append(text(words, x, y, kind or "note"))
    return drawn


def _cells(row: WireRow) -> tuple[str, ...]:
    return (row.wire, row.pad or "nothing", row.finger or "nothing", f"{row.length / 1000:.1f}",
            "" if row.angle is None else f"{row.angle / 1000:.1f}", "" if row.loop is None else f"{row.loop / 1000:.1f}",
            f"{row.diameter / 1000:g}", str(row.tier), row.net)
