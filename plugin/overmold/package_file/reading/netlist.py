"""The netlist: which pad of which part, and which ball, belongs to which net.

A CSV file with the columns net, pad and ball (in any order; ``,`` ``;`` or a tab between them; ``#`` begins a
comment line), or the same rows in the package file. A cell may be empty: a row connects a pad and a ball, or just one
of them. What a row calls NC, or by another word for no net, is connected to nothing, not even to the row's other cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

from ...faults import Fault, Faults, did_you_mean
from ...marked_yaml import Marked, utf8
from ...package import keys
from ...package.no_net import means_no_net, said_of_no_nets
from ...tables import TableRow, table_rows
from ..models.types import NET_NAME, short, what

COLUMNS = ("net", "pad", "ball")
MOST_FAULTS = 100
_NO_NET = " "  # the net of a row that says so: no net can be called a blank


class Row(NamedTuple):
    """One row: cells, and line and column of each cell."""

    net: str
    pad: str
    ball: str
    places: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


@dataclass
class Sink:
    """The named sites that a netlist can connect: ``index`` finds one by name, ``nets`` takes its net.

    ``fixed`` holds the nets that are stated elsewhere (a passive's own ``nets``). ``name`` is that of the part, "balls"
    for the ball array.
    """

    name: str
    index: dict[str, int]
    nets: list[str]
    fixed: Sequence[str] = ()


def rows_of_file(data: bytes, shown: str, faults: list[Fault]) -> Iterator[Row]:
    """The rows of a CSV file, faults of single rows aside; raises Faults where no row of it can be read."""
    header: Optional[list[int]] = None
    for row in table_rows(utf8(data, shown)):
        if header is None:
            header = _header(row, shown)
            continue
        number, cells, columns, end, mark = row
        trouble = row.trouble(len(header))
        if trouble or cells is None:
            faults.append(Fault(shown, f"{trouble}; write net{mark}pad{mark}ball", number, 1))
            continue
        picked = [(cells[i], (number, columns[i])) if i < len(cells) else ("", (number, end)) for i in header]
        yield Row(picked[0][0], picked[1][0], picked[2][0], (picked[0][1], picked[1][1], picked[2][1]))
    if header is None:
        faults.append(Fault(shown, "this netlist is empty; its first line is net,pad,ball", 1, 1))


def _header(row: TableRow, shown: str) -> list[int]:
    number = row.line
    names = [cell.lower() for cell in row.cells or ()]
    faults = [Fault(shown, f"unknown column '{short(name)}' in a netlist{did_you_mean(name, COLUMNS)}", number, column)
              for name, column in zip(names, row.columns) if name not in COLUMNS]
    faults += [Fault(shown, f"the column '{name}' is {'missing' if name not in names else 'given twice'}; "
                     "the first line is net,pad,ball", number, 1) for name in COLUMNS if names.count(name) != 1]
    if faults:
        raise Faults(faults)
    return [names.index(name) for name in COLUMNS]


def rows_of_spec(rows: Sequence[Sequence[object]], marked: Marked, faults: list[Fault]) -> Iterator[Row]:
    """The rows that stand in the package file itself."""
    for i, row in enumerate(rows):
        cells = ["" if cell is None else cell for cell in row]
        if len(cells) != 3 or not all(isinstance(cell, str) for cell in cells):
            wrong = next((what(cell) for cell in cells if not isinstance(cell, str)), f"{len(cells)} entries")
            faults.append(marked.fault(("netlist", i), f"expected net, pad and ball, not {wrong}; "
                                       "write for example [VDD, U1.A1, B2]"))
            continue
        net, pad, ball = (str(cell) for cell in cells)
        places = tuple(marked.place(("netlist", i, j)) for j in range(3))
        yield Row(net, pad, ball, (places[0], places[1], places[2]))


def connect(rows: Iterable[Row], parts: dict[str, Sink], balls: Optional[Sink], broken: set[str], source: str,
            faults: list[Fault], others: Sequence[Sink] = ()) -> tuple[str, ...]:
    """Write every row's net into the sinks; what does not fit is added to ``faults``. What to say of words for no net.

    ``others`` have names without a point (bond fingers): they may stand for a ball that there is not, or for a pad.
    Parts named in ``broken`` are not missed; "" in it says that parts may lack without having been named.
    """
    connecting = _Connecting(parts, balls, broken, source, faults, others)
    connecting.all(rows)
    return said_of_no_nets(connecting.no_nets)


class _Connecting:
    def __init__(self, parts: dict[str, Sink], balls: Optional[Sink], broken: set[str], source: str,
                 faults: list[Fault], others: Sequence[Sink]) -> None:
        self.parts, self.balls, self.broken, self.source = parts, balls, set(broken), source
        self.others = others
        self.faults = faults
        self.sound_nets: set[str] = set()
        self.no_nets: set[str] = set()
        self.lines: dict[tuple[int, int], int] = {}  # (which sink, which site) -> line of its row

    def all(self, rows: Iterable[Row]) -> None:
        most = len(self.faults) + MOST_FAULTS
        for row in rows:
            if row.net and (row.pad or row.ball) and means_no_net(row.net):
                self.no_nets.add(row.net)
                row = row._replace(net=_NO_NET)
            if not row.net:
                self._fault("a net's name is missing; write for example VDD", row.places[0])
            elif not (row.pad or row.ball):
                self._fault(f"net '{short(row.net)}' connects nothing here; name a pad, a ball or both", row.places[0])
            elif self._is_net(row):
                if row.pad:
                    self._pad(row)
                if row.ball:
                    self._ball(row)
            if len(self.faults) > most:
                said = "there may be more faults from here on; they are listed when these are mended"
                self._fault(said, row.places[2])
                break

    def _is_net(self, row: Row) -> bool:
        if row.net == _NO_NET or row.net in self.sound_nets:
            return True
        try:
            NET_NAME(row.net)
        except ValueError as error:
            self._fault(str(error), row.places[0])
            return False
        self.sound_nets.add(row.net)
        return True

    def _pad(self, row: Row) -> None:
        name, site = keys.split_end(row.pad)
        if name is None:
            other = self._other(site)
            if other is not None:
                self._join(other, site, row, 1)
                return
            self._fault(f"'{short(row.pad)}' is not a pad; write part, point, pad, for example U1.A1", row.places[1])
            return
        sink = self.parts.get(name)
        if sink is not None:
            self._join(sink, site, row, 1)
        elif name not in self.broken and "" not in self.broken:
            known = sorted({*self.parts, *self.broken} - {"", *COLUMNS, "balls", "carrier", "mold"})[:1000]
            hint = did_you_mean(name, known) if known else "; the package has none"
            hint = hint if len(known) < 13 or "mean" in hint else ""
            self.broken.add(name)
            self._fault(f"there is no part '{short(name)}'{hint}", row.places[1])

    def _other(self, name: str) -> Optional[Sink]:
        return next((sink for sink in self.others if name in sink.index), None)

    def _ball(self, row: Row) -> None:
        other = self._other(row.ball)
        if other is not None and (self.balls is None or row.ball not in self.balls.index):
            self._join(other, row.ball, row, 2)
        elif self.balls is not None:
            self._join(self.balls, row.ball, row, 2)
        elif any(sink.index for sink in self.others):
            near = did_you_mean(row.ball, [name for sink in self.others for name in sink.index][:2000])
            self._fault(f"there is no ball, finger or lead '{short(row.ball)}'{near if 'mean' in near else ''}", row.places[2])
        elif "balls" not in self.broken and "" not in self.broken:
            self.broken.add("balls")  # said once: a netlist without its balls has hundreds of them
            self._fault(f"ball '{short(row.ball)}': the package has no balls; write a 'balls' group, or leave the column "
                        "'ball' empty", row.places[2])

    def _join(self, sink: Sink, site: str, row: Row, cell: int) -> None:
        i = sink.index.get(site)
        if i is None:
            if sink.name not in self.broken:
                near = did_you_mean(site, list(sink.index)[:2000])
                owner = "the package has no ball" if cell == 2 else f"{sink.name} has no pad"
                self._fault(f"{owner} '{short(site)}'{near if 'mean' in near else ''}", row.places[cell])
            return
        key = (id(sink), i)
        known = sink.nets[i] or (sink.fixed[i] if i < len(sink.fixed) else "") or (_NO_NET if key in self.lines else "")
        if known and known != row.net:
            here, there = ("no net" if net == _NO_NET else f"net '{net}'" for net in (row.net, known))
            first = f"in line {self.lines[key]}" if key in self.lines else "by its own 'nets'"
            owned = {"fingers": "finger", "leads": "lead"}.get(sink.name)
            what_is = f"{owned} '{site}'" if owned else f"ball '{site}'" if cell == 2 else f"pad '{row.pad}'"
            self._fault(f"{what_is} is in {here} here and in {there} {first}; it can be in one only",
                        row.places[cell])
            return
        sink.nets[i] = "" if row.net == _NO_NET else row.net
        self.lines.setdefault(key, row.places[cell][0])

    def _fault(self, message: str, place: tuple[int, int]) -> None:
        self.faults.append(Fault(self.source, message, *place))
