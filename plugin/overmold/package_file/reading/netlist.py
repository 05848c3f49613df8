"""The netlist: which pad of which part, and which ball, belongs to which net.

A table (CSV or XLSX) with the columns net, pad and ball (in any order; ``,`` ``;`` or a tab between them; ``#`` begins a
comment line), or the same rows in the package file. A cell may be empty: a row connects a pad and a ball, or just one
of them; in a table with one column of ends, what has a point in it is a pad, all else a ball. What a row calls NC, or by
another word for no net, is connected to nothing, not even to the row's other cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Callable, Optional

from ...faults import Fault, Faults, did_you_mean
from ...marked_yaml import Marked
from ...package import keys
from ...package.no_net import means_no_net, said_of_no_nets
from ..models.types import NET_NAME
from ..models.values import short, what
from .netlist_table import COLUMNS, Row, Taken

MOST_FAULTS = 100
_NO_NET = " "  # the net of a row that says so: no net can be called a blank
Rows = Callable[[Taken], Iterable[Row]]


@dataclass(repr=False)
class Sink:
    """The named sites that a netlist can connect: ``index`` finds one by name, ``nets`` takes its net.

    ``fixed`` holds the nets that are stated elsewhere (a passive's own ``nets``). ``name`` is that of the part, "balls"
    for the ball array.
    """

    name: str
    index: dict[str, int]
    nets: list[str]
    fixed: Sequence[str] = ()
    lines: dict[int, int] = field(default_factory=dict)  # of each site that a row has named, the line of the first


def rows_of_spec(rows: Sequence[Sequence[object]], marked: Marked, faults: list[Fault], taken: Taken) -> Iterator[Row]:
    """The rows that stand in the package file itself; they are few, and none is left to ``taken``."""
    for i, row in enumerate(rows):
        cells = ["" if cell is None else cell for cell in row]
        if len(cells) != 3 or not all(isinstance(cell, str) for cell in cells):
            wrong = next((what(cell) for cell in cells if not isinstance(cell, str)), f"{len(cells)} entries")
            faults.append(marked.fault(("netlist", i), f"expected net, pad and ball, not {wrong}; "
                                       "write for example [VDD, U1.A1, B2]"))
            continue
        net, pad, ball = (str(cell) for cell in cells)
        yield Row(net, pad, ball, marked.place(("netlist", i))[0], partial(_place_in_spec, marked, i))


def _place_in_spec(marked: Marked, row: int, cell: int) -> tuple[int, int]:
    return marked.place(("netlist", row, cell))


def connect(rows: Rows, parts: dict[str, Sink], balls: Optional[Sink], broken: set[str], source: str,
            faults: list[Fault], others: Sequence[Sink] = ()) -> tuple[str, ...]:
    """Write every row's net into the sinks; what does not fit is added to ``faults``. What to say of words for no net.

    ``others`` have names without a point (bond fingers): they may stand for a ball that there is not, or for a pad.
    Parts named in ``broken`` are not missed; "" in it says that parts may lack without having been named. ``rows`` gives the
    rows that are not taken by what it is called with.
    """
    work = _Connecting(parts, balls, broken, source, faults, others)
    try:
        work.all(rows(work.take))
    except Faults as error:
        faults += error.faults
    return said_of_no_nets(name for name, net in work.nets.items() if net == _NO_NET)


class _Connecting:
    def __init__(self, parts: dict[str, Sink], balls: Optional[Sink], broken: set[str], source: str,
                 faults: list[Fault], others: Sequence[Sink]) -> None:
        self.parts, self.balls, self.broken, self.source = parts, balls, set(broken), source
        self.others = others
        self.faults = faults
        self.nets: dict[str, str] = {}  # of each name that a net may have, the net

    def all(self, rows: Iterable[Row]) -> None:
        most = len(self.faults) + MOST_FAULTS
        for row in rows:
            net, pad, ball, _, where = row
            if not net:
                self._fault("a net's name is missing; write for example VDD", where(0))
            elif not (pad or ball):
                self._fault(f"net '{short(net)}' connects nothing here; name a pad, a ball or both", where(0))
            elif net in self.nets or self._is_net(row):
                net = self.nets[net]
                if pad:
                    self._pad(row, net)
                if ball:
                    self._ball(row, net)
            if len(self.faults) > most:
                self._fault("there may be more faults from here on; they are listed when these are mended", where(2))
                break

    def take(self, net: str, pad: str, ball: str, line: int) -> bool:
        """Join a part's pad that no row and no part has given a net to yet, to a net known to be sound, as nearly all rows of
        a long netlist do; False, and nothing done, for others."""
        part, _, site = pad.partition(".")
        sink = self.parts.get(part)
        if sink is None or ball or sink.fixed or self.nets.get(net) != net:
            return False
        i, lines = sink.index.get(site), sink.lines
        if i is None or i in lines or sink.nets[i]:
            return False
        sink.nets[i] = net
        lines[i] = line
        return True

    def _is_net(self, row: Row) -> bool:
        if means_no_net(row.net):
            self.nets[row.net] = _NO_NET
            return True
        try:
            NET_NAME(row.net)
        except ValueError as error:
            self._fault(str(error), row.where(0))
            return False
        self.nets[row.net] = row.net
        return True

    def _pad(self, row: Row, net: str) -> None:
        name, site = keys.split_end(row.pad)
        if name is None:
            other = self._other(site)
            if other is not None:
                self._join(other, site, row, net, 1)
                return
            self._fault(f"'{short(row.pad)}' is not a pad; write part, point, pad, for example U1.A1", row.where(1))
            return
        sink = self.parts.get(name)
        if sink is not None:
            self._join(sink, site, row, net, 1)
        elif name not in self.broken and "" not in self.broken:
            known = sorted({*self.parts, *self.broken} - {"", *COLUMNS, "balls", "carrier", "mold"})[:1000]
            hint = did_you_mean(name, known) if known else "; the package has none"
            hint = hint if len(known) < 13 or "mean" in hint else ""
            self.broken.add(name)
            self._fault(f"there is no part '{short(name)}'{hint}", row.where(1))

    def _other(self, name: str) -> Optional[Sink]:
        return next((sink for sink in self.others if name in sink.index), None)

    def _ball(self, row: Row, net: str) -> None:
        other = self._other(row.ball)
        if other is not None and (self.balls is None or row.ball not in self.balls.index):
            self._join(other, row.ball, row, net, 2)
        elif self.balls is not None:
            self._join(self.balls, row.ball, row, net, 2)
        elif any(sink.index for sink in self.others):
            near = did_you_mean(row.ball, [name for sink in self.others for name in sink.index][:2000])
            self._fault(f"there is no ball, finger or lead '{short(row.ball)}'{near if 'mean' in near else ''}", row.where(2))
        elif "balls" not in self.broken and "" not in self.broken:
            self.broken.add("balls")  # said once: a netlist without its balls has hundreds of them
            self._fault(f"ball '{short(row.ball)}': the package has no balls; write a 'balls' group, or leave the column "
                        "'ball' empty", row.where(2))

    def _join(self, sink: Sink, site: str, row: Row, net: str, cell: int) -> None:
        i = sink.index.get(site)
        if i is None:
            if sink.name not in self.broken:
                near = did_you_mean(site, list(sink.index)[:2000])
                owner = "the package has no ball" if cell == 2 else f"{sink.name} has no pad"
                self._fault(f"{owner} '{short(site)}'{near if 'mean' in near else ''}", row.where(cell))
            return
        known = sink.nets[i] or (sink.fixed[i] if i < len(sink.fixed) else "") or (_NO_NET if i in sink.lines else "")
        if known and known != net:
            here, there = ("no net" if one == _NO_NET else f"net '{one}'" for one in (net, known))
            first = f"in line {sink.lines[i]}" if i in sink.lines else "by its own 'nets'"
            owned = {"fingers": "finger", "leads": "lead"}.get(sink.name)
            what_is = f"{owned} '{site}'" if owned else f"ball '{site}'" if cell == 2 else f"pad '{row.pad}'"
            self._fault(f"{what_is} is in {here} here and in {there} {first}; it can be in one only", row.where(cell))
            return
        sink.nets[i] = "" if net == _NO_NET else net
        sink.lines.setdefault(i, row.line)

    def _fault(self, message: str, place: tuple[int, int]) -> None:
        self.faults.append(Fault(self.source, message, *place))
