"""Keep-outs as a package file says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import package as p
from ...faults import Fault
from ...marked_yaml import Marked
from ...package.keep_out import trouble_of
from ...package.words import MOLD, PARTS
from ..models import root as m
from ..models.declared import data_in
from .outlines import stated_outline, with_holes


def built_keep_outs(given: Sequence[m.KeepOut], carrier: p.Carrier, marked: Marked, faults: list[Fault]
                    ) -> tuple[p.KeepOut, ...]:
    """All that can be; what is wrong with the others is added to ``faults``."""
    return tuple(_built(given, carrier.inner_coppers, marked, faults))


def _built(given: Sequence[m.KeepOut], inner: int, marked: Marked, faults: list[Fault]) -> Iterator[p.KeepOut]:
    names: set[str] = set()
    for i, one in enumerate(given):
        path = ("keep_outs", i)
        at = (one.at[0], one.at[1])
        outline = stated_outline(one.size, one.outline, at, one.angle, path, marked, faults)
        if outline is not None and one.holes:
            outline = with_holes(outline, one.holes, (at, one.angle), (*path, "holes"), marked, faults)
        if one.name in names:
            faults.append(marked.fault((*path, "name"), f"'{one.name}' is the name of another keep-out; give each its own"))
        if one.above is not None and one.kept_out not in (PARTS, MOLD):
            said = (f"a height is said of parts or mold, and this keeps out {one.kept_out}; leave 'above' out, or write "
                    "another keep-out for it")
            faults.append(marked.fault((*path, "above"), said, key=True))
        trouble = trouble_of(one.kept_out, one.side, inner)
        if trouble:
            faults.append(marked.fault((*path, "side"), f"{trouble}; write another side", key=True))
        names.add(one.name)
        if outline is not None:
            yield p.KeepOut(name=one.name, outline=outline, **data_in(one, p.KeepOut))
