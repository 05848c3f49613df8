"""What a package that comes to lie among parts of somebody's own has in common with them: nets, and layers to draw on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...compare.match import nets_by_pad
from ...package import Package
from ...package.no_net import means_no_net
from ..names.fields import LAYERS
from ..reading.contents import Contents
from .groups import CARRIER

_MOST = 12


def among_strangers(contents: Contents, due: Package, ours: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Sentences on a package that is new inside a board not its own; none of any other."""
    if not contents.inside or CARRIER in ours:
        return
    nets = {net for _, net in nets_by_pad(due, {}, {}) if net}
    both = sorted(nets & {net for net in contents.pads.nets if not means_no_net(net)})
    if both:
        yield (f"nets of this board and of the package have the same names and will be one: {', '.join(both[:_MOST])}"
               + (f" and {len(both) - _MOST} more" if len(both) > _MOST else "")
               + "; rename them in the package file where they are not to be connected")
    own = {layer: name for name, layer in contents.user_layers.items()}
    used = {layer for name in LAYERS.values() for layer in contents.layers(name)}
    others = [f"{layer} ({own[layer]})" for layer in sorted(used) if own.get(layer, layer) not in (layer, *LAYERS.values())]
    if others:
        yield (f"the package's outlines will also be drawn on layers that have names of yours: {', '.join(others)}; to keep "
               f"them apart, first name other user layers {', '.join(LAYERS.values())}")
