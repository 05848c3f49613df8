"""A ``Package`` written as a package file, as a person would write it: the inverse of ``read_package_file``.

What the package does not state is not invented. Where a package file usually says it there is a line to fill in:
``# thickness: 150 um ± 10 um   # the board does not say``; ``unsaid`` lists these in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Optional

from ...land_table import land_table
from ...package import CHIP_SIDE, Balls, Carrier, Lid, Mold, Package, Process, Singulation, TopLands
from ...package.datum import data_of
from ...package.moved import about_centre, at_home
from ...package.own import own_size
from ...shapes import Outline
from .arrays import array_lines
from .carrier import carrier_lines
from .cavities import cavity_lines
from .chips import chip_lines
from .data import data_lines, data_pairs
from .keep_outs import keep_out_lines
from .nets import netlist
from .passives import passive_lines
from .sayable import sayable
from .text import BOARD, UNSAID, WIDEST, group, in_order, line, pair, unsaid, word, wrapped
from .wires import wire_lines

__all__ = ["package_file", "sayable"]


def package_file(package: Package, teller: str = BOARD, comments: Sequence[str] = ()) -> dict[str, str]:
    """The package file and the tables beside it, by file name: ``NAME.yaml``, ``NAME_nets.csv`` and so on.

    ``teller`` is what it was read from, as its comments call that; ``comments`` stand under its head.

    Read again it is the same package, positions about the carrier's centre and turned back with it; written again it is the
    same text. Names that a package file cannot hold are changed as ``sayable`` says.
    """
    said = about_centre(at_home(sayable(package)[0]))
    files: dict[str, str] = {}
    groups = [
        list(carrier_lines(said.carrier)),
        list(chip_lines(said.chips, said.name, files)),
        list(passive_lines(said.passives)),
        list(wire_lines(said, files)),
        list(_mold(said.mold, said.carrier, bool(said.chips))),
        list(_lid(said.lid)),
        list(_balls(said.balls, said.name, files)),
        list(keep_out_lines(said.keep_outs)),
        list(cavity_lines(said.cavities)),
        list(_top_lands(said.top_lands, said.name, files)),
        list(_singulation(said.singulation)),
    ]
    if said.lands:
        file = f"{said.name}_lands.csv"
        files[file] = land_table(sorted(said.lands, key=lambda land: in_order(land.name)))
        groups.append([line(0, f"lands: {word(file)}", "on the customer's board")])
    nets = netlist(said)
    if nets:
        file = f"{said.name}_nets.csv"
        files[file] = nets
        groups.append([line(0, f"netlist: {word(file)}")])
    body = "\n".join("\n".join(lines) + "\n" for lines in groups if lines)
    body = body if teller == BOARD else body.replace(f"# {UNSAID}", f"# {teller} does not say")
    head = _head(said, f"# {teller} does not say" in body, teller)
    text = "\n".join([*head, *(f"# {one}" for one in comments)]) + "\n\n" + body
    return {f"{said.name}.yaml": text, **dict(sorted(files.items()))}


def _head(package: Package, lacks: bool, teller: str) -> Iterator[str]:
    read = "read back from a board" if teller == BOARD else f"made of {teller}"
    yield f"# {package.name}, {read}. The origin is the carrier's centre; x goes to the right, y down."
    if lacks:
        yield f"# Lines that begin with # name what {teller} does not say: fill in the number and take the # away."
    yield f"package: {word(package.name)}"
    yield from data_lines(0, package)


def _mold(mold: Optional[Mold], carrier: Optional[Carrier], has_chips: bool) -> Iterator[str]:
    if mold is None:
        if has_chips:
            yield unsaid(0, "mold: {cap: 315 um ± 15 um, filler: 25 um}")
        return
    yield "mold:"
    yield from _mold_outline(mold.outline, carrier.outline if carrier else None)
    yield from data_lines(2, mold)
    if mold.regions:
        yield line(2, "regions:")
    for region in mold.regions:
        first, *more = [line(6, f"name: {word(region.name)}"), *_region_outline(region.outline), *data_lines(6, region)]
        yield first.replace("      ", "    - ", 1)
        yield from more
        own = data_pairs(region.process)
        if any(value for _, value in own):
            yield line(6, f"process: {group(own)}")
    said = data_pairs(mold.process)
    if any(value for _, value in said):
        yield line(2, f"process: {group(said)}")
    else:
        yield unsaid(2, f"process: {group((name, one.example) for name, one in data_of(Process).items() if one.wanted)}")


def _mold_outline(outline: Outline, carrier: Optional[Outline]) -> Iterator[str]:
    if carrier is not None and sorted(outline.rings[0]) == sorted(carrier.rings[0]):
        yield line(2, "outline: carrier")
        return
    size = own_size(outline, (0, 0), 0)
    if size is not None:
        yield line(2, f"outline: {pair(size)}")
    else:
        yield from wrapped(2, "outline: [", [pair(corner) for corner in outline.rings[0]])


def _region_outline(outline: Outline) -> Iterator[str]:
    size = own_size(outline, outline.centre, 0)
    if size is None:
        yield from wrapped(6, "outline: [", [pair(corner) for corner in outline.rings[0]])
        return
    yield line(6, f"size: {pair(size)}")
    if outline.centre != (0, 0):
        yield line(6, f"at: {pair(outline.centre)}")


def _lid(lid: Optional[Lid]) -> Iterator[str]:
    if lid is not None:
        yield "lid:"
        yield from data_lines(2, lid)


def _balls(balls: Optional[Balls], name: str, files: dict[str, str]) -> Iterator[str]:
    if balls is None:
        return
    yield "balls:"
    yield from array_lines(2, balls.sites, (0, 0), 0, f"{name}_balls.csv", files, "mm")
    solder = tuple(one for one in ("diameter", "standoff", "alloy") if balls.are_lands and not getattr(balls, one))
    solder += ("standoff",) if balls.standoff is None and balls.height is not None else ()
    yield from data_lines(2, balls, leave=(*solder, "opening") if balls.opening == balls.land else solder, unit="mm")
    if balls.sides[0] == CHIP_SIDE:
        yield line(2, f"side: {CHIP_SIDE}")


def _top_lands(lands: Optional[TopLands], name: str, files: dict[str, str]) -> Iterator[str]:
    if lands is not None:
        yield "top_lands:"
        yield from array_lines(2, lands.sites, (0, 0), 0, f"{name}_top_lands.csv", files, "mm")
        yield from data_lines(2, lands, leave=("opening",) if lands.opening == lands.land else (), unit="mm")
        upper = [(key, said) for key, said in data_pairs(lands, "upper.") if said]
        if upper:
            yield line(2, f"upper: {group(upper)}")


def _in_one_or_more(key: str, said: Mapping[str, str]) -> Iterator[str]:
    """A group in one line, or one line a key where that is too long."""
    if len(key) + 2 + len(group(said.items())) <= WIDEST:
        yield line(0, f"{key}: {group(said.items())}")
        return
    yield line(0, f"{key}:")
    yield from (line(2, f"{name}: {words}") for name, words in said.items() if words)


def _singulation(cut: Optional[Singulation]) -> Iterator[str]:
    if cut is None:
        return
    said = dict(data_pairs(cut))
    if cut.method:
        yield from _in_one_or_more("singulation", said)
    else:
        said["method"] = data_of(Singulation)["method"].example
        yield unsaid(0, f"singulation: {group(said.items())}", f"{UNSAID} how it is cut")
