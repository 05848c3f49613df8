"""Where the mold runs, and where it closes air in: a two-layer Hele-Shaw flow over the plan of a package.

- ``blocks``: one block of mold by itself, on either side of the carrier.
- ``layers``, ``walls``, ``bumps``, ``wires``: from the bodies in ``space`` to the layers of ``cells``.
- ``openings``, ``graph``: gates and vents; the cells as a graph.
- ``pressure``, ``front``, ``thinning``: the pressure behind the front, the front, shear.
- ``air``, ``answer``: pockets, their shares under and over each chip, and what packing leaves of them.

The model, what it was held to and what it cannot know stand in docs/fill.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Optional, Union

from ..faults import did_you_mean, fail
from ..package import Compound, Package, Process, keys
from ..package.moved import about_centre, at_home
from ..package.words import GATES, PARTING_LINE, POINT
from ..space import far_blocks
from ..space.molds import MAIN
from ..units import LENGTH, show
from .answer import Filled, Found, Lag, Pressures, Trapped, Void, found_in
from .blocks import all_blocks, alone, blocks_over_chips
from .cells import BESIDE, OVER, UNDER, Cells, Part, repeated
from .front import Say, flow
from .graph import graph_of
from .layers import Unknown, cells_of
from .openings import Gate, openings
from .thinning import Cross, Fluid, PowerLaw, thinning, zero_shear

__all__ = ["BESIDE", "OVER", "UNDER", "Filled", "Lag", "NotRun", "Options", "Part", "Trapped",
           "Unknown", "Void", "blocks_over_chips", "fill", "fill_all"]
_UM, _UPA = 1000.0, 1e-6


@dataclass(frozen=True)
class NotRun:
    """A block of mold, by its key, that cannot be filled, and why."""

    block: str
    words: str


@dataclass(frozen=True)
class Options:
    """``cells`` along the longer side, 0 for as many as the smallest feature asks for; ``halved``: also with half as many, for
    the error; ``index`` of a power law; ``compounds`` the user's own data by name, for time and shear."""

    cells: int = 0
    halved: bool = True
    index: float = 1.0
    compounds: Mapping[str, Compound] = field(default_factory=dict)


def fill(package: Package, options: Options = Options(), say: Optional[Say] = None, block: str = MAIN) -> Filled:
    """Let the front run through the cavity of the package's first block of mold, or of that with the key ``block``.

    Raises Unknown where a height is not stated, Faults where there is nothing to fill. ``say`` is told the share that is done.
    """
    try:
        return _filled(package, options, say, block)
    except Unknown as unknown:
        # By itself it is the package's only mold, and what it lacks is called so.
        raise Unknown(tuple(keys.within(block, "cap") if key == keys.CAP else key for key in unknown.keys)) from None


def _filled(package: Package, options: Options, say: Optional[Say], block: str) -> Filled:
    home = alone(about_centre(at_home(package)), block)
    process = home.mold.process if home.mold is not None else Process()
    _gate_inside(home, process)
    first, whole = (0.0, 0.85) if options.halved else (0.0, 1.0)
    cells = repeated(cells_of(home, options.cells), *process.cavity)
    fluid, scale = _fluid(home, options)
    found = _run(cells, process, fluid, _part_of(say, first, whole))
    if options.halved:
        longer = max(cells.inside.shape[0] // process.cavity[1], cells.inside.shape[1] // process.cavity[0])
        coarse = repeated(cells_of(home, max(8, longer // 2)), *process.cavity)
        half = _run(coarse, process, fluid, _part_of(say, whole, 1.0))
        found = replace(found, trapped=_with_errors(found.trapped, half.trapped))
    grid = cells.inside.shape[0], cells.inside.shape[1]
    return Filled(home, process, found, pressures_of(process), grid, seconds=None if scale is None else found.end * scale,
                  unknown=_unknown(home, options), block=block, is_far=block in {one.key for one in far_blocks(package)})


def fill_all(package: Package, options: Options = Options(), say: Optional[Say] = None) -> Iterator[Union[Filled, NotRun]]:
    """Every block of mold filled, one after the other, or what to state first."""
    every = all_blocks(package)
    for number, block in enumerate(every):
        part = _part_of(say, number / len(every), (number + 1) / len(every))
        try:
            yield fill(package, options, part, block.key)
        except Unknown as unknown:
            yield NotRun(block.key, unknown.words)


def _gate_inside(package: Package, process: Process) -> None:
    """Raises Faults for a point gate that is not over the block."""
    if process.gate == POINT and package.mold is not None:
        left, top, right, bottom = package.mold.outline.box
        if not (left <= process.gate_x <= right and top <= process.gate_y <= bottom):
            at = f"({show(process.gate_x, LENGTH, 'mm')}, {show(process.gate_y, LENGTH, 'mm')})"
            raise fail(package.source, f"the point gate at {at} is not over the mold; move it ('gate_x', 'gate_y')")


def pressures_of(process: Process) -> Pressures:
    """As far as they are stated."""
    return Pressures(*(None if one is None else one.nominal for one in (process.pressure, process.packing)))


def _part_of(say: Optional[Say], start: float, end: float) -> Optional[Say]:
    return None if say is None else lambda share: say(start + (end - start) * share)


def _run(cells: Cells, process: Process, fluid: Optional[Fluid], say: Optional[Say]) -> Found:
    at = process.gate_x / _UM - cells.middle[0], process.gate_y / _UM - cells.middle[1]
    gate = Gate(process.gate or GATES[0], process.gate_width / _UM, at)
    graph = graph_of(cells, openings(cells, gate, process.vents or PARTING_LINE, process.cavity))
    arrival = flow(graph, say, None if fluid is None else thinning(graph, fluid))
    return found_in(cells, graph, arrival, pressures_of(process))


def _fluid(package: Package, options: Options) -> tuple[Optional[Fluid], Optional[float]]:
    """What flows, None for a Newtonian fluid, and the seconds of one unit of time."""
    mold = package.mold
    compound = options.compounds.get(mold.compound) if mold is not None else None
    packing, heat = (mold.process.packing, mold.process.temperature) if mold is not None else (None, None)
    if compound is not None and packing is not None and heat is not None:
        pressure, degrees = packing.nominal * _UPA, heat.nominal / 1000
        return Cross(compound, degrees, pressure), zero_shear(compound, degrees) / pressure
    return (None if options.index == 1 else PowerLaw(options.index)), None


def _unknown(package: Package, options: Options) -> str:
    """That no deck has the flow data of the compound that is named, "" where one has, or where none is named."""
    name = package.mold.compound if package.mold is not None else ""
    if not name or name in options.compounds:
        return ""
    known = did_you_mean(name, tuple(options.compounds)) if options.compounds else ""
    return f"no flow data of '{name}'{known} ('compounds' in a deck of your own), so no time and no shear thinning of its own"


def _with_errors(fine: Sequence[Trapped], coarse: Sequence[Trapped]) -> tuple[Trapped, ...]:
    """Each with its difference to that of half as many cells; all of it where so few cells have no room for the part."""
    known = {one.part: one.before for one in coarse}
    return tuple(replace(one, error=abs(one.before - known.get(one.part, 0.0))) for one in fine)
