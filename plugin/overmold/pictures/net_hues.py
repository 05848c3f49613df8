"""Colours of nets on a ball map: by class (ground, supply, signal, none), or the largest nets each its own.

Dark letters read on every colour, and any two differ plainly for the colour-blind too, of any kind (a test measures both).
Grounds have a dark rim besides, and what is on no net is hollow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..drawing.symbol import is_ground, is_power
from ..package.no_net import means_no_net

CLASS, NET = "class", "net"
NONE = "none"  # the hue of what is on no net
_CLASSES = (("ground", "ground"), ("supply", "supply"), ("signal", "signal"), (NONE, "no net"))
_OWN = 7  # nets that have a hue of their own


@dataclass(frozen=True)
class Hue:
    """One colour of the map: ``kind`` is its class in the picture, ``words`` its row of the legend; ``balls`` are numbers of
    balls by net, in the map's order."""

    kind: str
    words: str
    balls: dict[str, list[int]]


def hues_of(nets: Sequence[str], colouring: str) -> list[Hue]:
    """The colours that these nets (one a ball) have, with the balls of each."""
    by_net: dict[str, list[int]] = defaultdict(list)
    for i, net in enumerate(nets):
        by_net[net].append(i)
    return _by_class(by_net) if colouring == CLASS else _by_net(by_net)


@lru_cache(maxsize=100_000)
def _class_of(net: str) -> str:
    if not net or means_no_net(net):
        return NONE
    return "ground" if is_ground(net) else "supply" if is_power(net) else "signal"


def _by_class(by_net: dict[str, list[int]]) -> list[Hue]:
    grouped: dict[str, dict[str, list[int]]] = {kind: {} for kind, _ in _CLASSES}
    for net, balls in by_net.items():
        grouped[_class_of(net)][net] = balls
    return [Hue(kind, f"{words}: {_count(inside)}{_named(inside) if kind != NONE else ''}", inside)
            for kind, words in _CLASSES for inside in (grouped[kind],) if inside]


def _by_net(by_net: dict[str, list[int]]) -> list[Hue]:
    on_nets = {net: balls for net, balls in by_net.items() if _class_of(net) != NONE}
    shared = [net for net in on_nets if len(on_nets[net]) > 1] or list(on_nets)
    largest = sorted(shared, key=lambda net: -len(on_nets[net]))[:_OWN]
    found = [Hue(f"net{i}", f"{net}: {len(on_nets[net])}", {net: on_nets[net]}) for i, net in enumerate(largest)]
    rest = {net: balls for net, balls in on_nets.items() if net not in largest}
    free = {net: balls for net, balls in by_net.items() if net not in on_nets}
    return [*found, *([Hue("others", f"{len(rest)} other net{'s' * (len(rest) > 1)}: {_count(rest)}", rest)] if rest else []),
            *([Hue(NONE, f"no net: {_count(free)}", free)] if free else [])]


def _count(inside: dict[str, list[int]]) -> int:
    return sum(map(len, inside.values()))


def _named(inside: dict[str, list[int]], most: int = 4) -> str:
    """The largest nets of a class, in brackets."""
    nets, sizes = list(inside), list(map(len, inside.values()))
    names = [nets[i] for i in sorted(range(len(nets)), key=sizes.__getitem__, reverse=True)[:most]]
    return f" ({', '.join(names)}{f' and {len(inside) - most} more' if len(inside) > most else ''})"


LETTERS = "#102a43"
FILLS = {"ground": "#aab4be", "supply": "#f2b544", "signal": "#8ecbf0", "others": "#ccd2d8", NONE: "#e8ebee",
         "net0": "#f2da91", "net1": "#91c2f2", "net2": "#39b239", "net3": "#aa91f2", "net4": "#a0f24e", "net5": "#b286b2",
         "net6": "#7e9e5f"}
STYLE = f"""
.dots {{ fill: none; stroke-linecap: round }}
circle, g > rect {{ stroke: #52606d; stroke-width: .8 }}
text.net {{ font-size: 9px; fill: {LETTERS}; text-anchor: middle }}
""" + "\n".join(f"circle.{kind}, .{kind} circle, .{kind} rect {{ fill: {fill} }} .dots.{kind} {{ stroke: {fill} }}"
                for kind, fill in FILLS.items()) + """
circle.ground, .ground circle, .ground rect { stroke: #1f2933; stroke-width: 2 }
circle.none, .none circle, .none rect { fill: none; stroke-dasharray: 3 2 }
.none text.net { fill: #1f2933 }
@media (prefers-color-scheme: dark) {
circle.ground, .ground circle, .ground rect { stroke: #f5f7fa }
circle.none, .none circle, .none rect { stroke: #9aa5b1 }
.none text.net { fill: #e4e7eb }
.dots.none { stroke: #3e4c59 }
}
"""
