"""The netlist of a package file with other nets, in the file itself or in the table beside it; every other cell stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath
from typing import NamedTuple, Optional, Union

from ..compare.match import Names
from ..csv_cells import guarded
from ..faults import fail
from ..input_file import read_input
from ..marked_yaml import Marked, utf8
from ..marked_yaml.edit import REMOVE, Edit, Rename
from ..package import PADDLE, keys
from ..tables import TableRow, table_rows
from ..tables.sheets import is_workbook
from .rows import BY_HAND
from .where import Path, in_file, listed_at, text_at

_COLUMNS = ("net", "pad", "ball")
Cells = tuple[str, str, str]  # net, pad and ball


class _Row(NamedTuple):
    """``number`` is its place in the list, or its line in the table."""

    number: int
    cells: Cells
    table: Optional[TableRow] = None


class Netlist:
    """What is wanted of a netlist: other nets at single ends, parts and nets under other names."""

    def __init__(self, marked: Marked, folder: FilePath) -> None:
        self.marked, self.folder = marked, folder
        self.file = text_at(marked, ("netlist",)) or ""
        self.wanted: dict[str, tuple[int, str]] = {}  # of an end: its column, its net
        self.parts: dict[str, str] = {}
        self.nets: dict[str, str] = {}

    def rename_part(self, old: str, new: str) -> None:
        """Call a part otherwise."""
        self.parts[old] = new

    def rename_net(self, old: str, new: str) -> None:
        """Call a net otherwise."""
        self.nets[old] = new

    def connect(self, key: str, path: Path, net: str, names: Names, edits: list[Union[Edit, Rename]]) -> str:
        """Give the pad, ball, finger or lead of a datum ``key`` this net; why that is not to be done here, "" where it is."""
        net, parts = in_file(net, names.nets), keys.split(key)
        if parts[0] == keys.PASSIVES:
            terminal = parts[2]
            stated = listed_at(self.marked, (*path[:2], "nets"))
            if terminal.isdigit() and 0 < int(terminal) <= len(stated):
                edits.append(Edit((*path[:2], "nets", int(terminal) - 1), net))
                return ""
            self.wanted[keys.end(in_file(parts[1], names.passives), terminal)] = (1, net)
        elif parts[0] == keys.CHIPS:
            self.wanted[keys.end(in_file(parts[1], names.chips), ".".join(parts[3:-1]))] = (1, net)
        elif parts[0] == keys.BALLS:
            self.wanted[".".join(parts[1:-1])] = (2, net)
        elif key.endswith("paddle_net"):
            if text_at(self.marked, path) is not None or not self._names(PADDLE):
                edits.append(Edit(path, net or REMOVE))
                return ""
            self.wanted[PADDLE] = (2, net)
        else:
            return self._of_carrier(parts[-2], path, net, edits)
        return ""

    def _of_carrier(self, end: str, path: Path, net: str, edits: list[Union[Edit, Rename]]) -> str:
        """A finger or a lead: by the list of its group where that is clear, else by the netlist."""
        listed: Path = ("carrier", "frame", "nets")
        stated = listed_at(self.marked, listed) if path[1] == "frame" else []
        if end.isdigit() and 0 < int(end) <= len(stated):
            edits.append(Edit((*listed, int(end) - 1), net))
            return ""
        groups = self.marked.at(("carrier", "fingers"))
        is_listed = any(listed_at(self.marked, ("carrier", "fingers", i, "nets"))
                        for i in range(len(groups.value) if groups is not None else 0))
        if not self._names(end) and is_listed:
            return f"its net stands in the list of its group; {BY_HAND}"
        self.wanted[end] = (2, net)
        return ""

    def _names(self, end: str) -> bool:
        return any(end in row.cells[1:] for row in self._rows())

    def _rows(self) -> Iterator[_Row]:
        if self.file:
            text = self._text()
            heads: list[int] = []
            for row in table_rows(text):
                cells = row.cells or []
                if not heads:
                    heads = self._header(text)
                    continue
                net, pad, ball = (cells[i] if i < len(cells) else "" for i in heads)
                yield _Row(row.line, (net, pad, ball), row)
            return
        listed = self.marked.at(("netlist",))
        for i in range(len(listed.value) if listed is not None and isinstance(listed.value, list) else 0):
            net, pad, ball = (*(word or "" for word in listed_at(self.marked, ("netlist", i))), "", "", "")[:3]
            yield _Row(i, (net, pad, ball))

    def _due(self, cells: Cells) -> list[Cells]:
        """What is due instead of a row: one row, two where its ends part, none where nothing is connected any more."""
        net, pad, ball = cells
        pad_net, ball_net = (self.wanted[end][1] if end in self.wanted else net for end in (pad, ball))
        if pad and ball and pad_net != ball_net:
            found = [(pad_net, pad, ""), (ball_net, "", ball)]
        else:
            found = [(pad_net if pad else ball_net, pad, ball)]
        return [self._named(row) for row in found if row[0]]

    def _named(self, cells: Cells) -> Cells:
        net, pad, ball = cells
        part, site = keys.split_end(pad)
        pad = keys.end(self.parts[part], site) if part is not None and part in self.parts else pad
        return self.nets.get(net, net), pad, ball

    def _new(self) -> list[Cells]:
        """Rows for ends that none names yet."""
        there = {end for row in self._rows() for end in row.cells[1:]}
        return [self._named((net, end if column == 1 else "", end if column == 2 else ""))
                for end, (column, net) in self.wanted.items() if end not in there and net]

    def edits(self) -> list[Union[Edit, Rename]]:
        """The changes of the rows that stand in the package file itself."""
        if self.file or not (self.wanted or self.parts or self.nets):
            return []
        changed: list[Union[Edit, Rename]] = []
        gone, new = [], self._new()
        rows = list(self._rows())
        for row in rows:
            due = self._due(row.cells)
            if not due:
                gone.append(row.number)
                continue
            changed += [Edit(("netlist", row.number, i), word)
                        for i, (word, was) in enumerate(zip(due[0], row.cells)) if word != was]
            new = [*due[1:], *new]
        changed += [Edit(("netlist", len(rows) + i), list(cells)) for i, cells in enumerate(new)]
        return [*changed, *(Edit(("netlist", number), REMOVE) for number in reversed(gone))]

    def tables(self) -> dict[str, str]:
        """The table beside the file as it is to be, by its name; empty where it stays."""
        if not self.file or not (self.wanted or self.parts or self.nets):
            return {}
        text = self._text()
        rows = {row.number: row for row in self._rows()}
        lines, header, made = text.splitlines(keepends=True), self._header(text), []
        for number, line in enumerate(lines, 1):
            row = rows.get(number)
            due = self._due(row.cells) if row is not None else []
            if row is None or due == [row.cells]:
                made.append(line)
            else:
                made += [_written(line, row, cells, header) for cells in due]
        end = "\r\n" if "\r\n" in text else "\n"
        if made and not made[-1].endswith(("\n", "\r")) and self._new():
            made[-1] += end
        made += [_joined(cells, header, _mark(text)) + end for cells in self._new()]
        new = "".join(made)
        return {self.file: new} if new != text else {}

    def _header(self, text: str) -> list[int]:
        first = next(table_rows(text))
        names = [cell.lower() for cell in first.cells or []]
        if not set(_COLUMNS) <= set(names):
            raise fail(self.file, f"its first line does not name the columns {', '.join(_COLUMNS)}; {BY_HAND}")
        return [names.index(name) for name in _COLUMNS]

    def _text(self) -> str:
        data = read_input(self.folder / self.file)
        if is_workbook(data):
            raise fail(self.file, f"is a workbook, which is not written to; {BY_HAND}")
        return utf8(data, self.file)


def _mark(text: str) -> str:
    return next(table_rows(text)).mark


def _joined(cells: Sequence[str], header: Sequence[int], mark: str) -> str:
    row = [""] * (max(header) + 1)
    for i, cell in zip(header, cells):
        row[i] = guarded(cell)
    return mark.join(row)


def _written(line: str, row: _Row, due: Cells, header: Sequence[int]) -> str:
    """A line with other cells; what is beside them, blanks too, stays."""
    assert row.table is not None
    bare = line.rstrip("\r\n")
    if '"' in bare:
        return _joined(due, header, row.table.mark) + line[len(bare):]
    pieces = bare.split(row.table.mark)
    pieces += [""] * (max(header) + 1 - len(pieces))
    for i, word, was in zip(header, due, row.cells):
        if word != was:
            before = pieces[i][:len(pieces[i]) - len(pieces[i].lstrip())] if pieces[i].strip() else ""
            pieces[i] = before + guarded(word) + (pieces[i][len(pieces[i].rstrip()):] if pieces[i].strip() else "")
    return row.table.mark.join(pieces) + line[len(bare):]
