"""What a sweep found out, in a table that grows beside its place and is moved there when it is whole."""

from __future__ import annotations

import importlib
import pickle
from pathlib import Path
from typing import Any

from ..csv_cells import guarded
from ..faults import fail
from ..measures import all_measures
from ..output_file import append, hash_of, lines_of, move, whole_lines
from ..units import Kind
from .columns import BROKEN, KEPT, WARNING
from .run import Chunk, Sweep, verdicts

WORDS = {KEPT: "kept", WARNING: "warning", BROKEN: "broken"}
CSV, PARQUET = ".csv", ".parquet"


class Table:
    """The table of a sweep at ``path``: CSV, or Parquet, which is made of the CSV when that is whole. Raises Faults for any
    other ending."""

    def __init__(self, sweep: Sweep, path: Path) -> None:
        self.sweep, self.path = sweep, path
        if path.suffix.lower() not in (CSV, PARQUET):
            raise fail(str(path), f"cannot be written; a sweep is a table, name it {path.stem}{CSV} or {path.stem}{PARQUET}")
        if path.suffix.lower() == PARQUET:
            _arrow()
        known = (sweep.plan, sweep.package, sweep.rules, sweep.constant)
        self.growing = path.with_name(f"{path.name}.{hash_of(pickle.dumps(known, 4))[:12]}.part")

    def begun(self) -> int:
        """How many variants an earlier run of the same sweep has left; -1 where there was none."""
        lines = whole_lines(self.growing)
        return lines if lines < 0 else max(0, lines - 1)

    def begin(self) -> None:
        """The heads of the columns, where there is nothing yet."""
        if whole_lines(self.growing) < 1:
            append(self.growing, (",".join(map(_cell, self.heads())) + "\n").encode())

    def heads(self) -> list[str]:
        """The heads: number, dimensions, verdict, which rules break and warn, and the least margin of each."""
        plan = self.sweep.plan
        return ["variant", *(_head(one.key, one.kind) for one in plan.varied), "verdict", "broken by", "warned by",
                *(_head(f"{rule.name} margin", all_measures()[rule.measure].kind) for rule in self.sweep.rules)]

    def add(self, chunk: Chunk) -> None:
        """One chunk more, a line each variant."""
        append(self.growing, "".join(self._lines(chunk)).encode())

    def _lines(self, chunk: Chunk) -> list[str]:
        sweep = self.sweep
        columns = [_numbers(column, one.kind) for one, column in zip(sweep.plan.varied, chunk.values.values())]
        words = [WORDS[state] for state in verdicts(sweep, chunk).tolist()]
        names = [rule.name for rule in sweep.rules]
        always = {state: [rule.name for rule, found in sweep.constant if found == state] for state in (BROKEN, WARNING)}
        told = [self._named(chunk, names, state, always[state]) for state in (BROKEN, WARNING)]
        margins = [_numbers(column, all_measures()[rule.measure].kind) for rule, column in zip(sweep.rules, chunk.margins)]
        numbers = map(str, range(chunk.first, chunk.first + len(words)))
        return [",".join(row) + "\n" for row in zip(numbers, *columns, words, *told, *margins)]

    def _named(self, chunk: Chunk, names: list[str], state: int, always: list[str]) -> list[str]:
        """The rules that come out so, for each variant; most have the same few, which are put into words once."""
        if not names:  # no rule asks for what is varied
            return [_cell(" ".join(always))] * len(next(iter(chunk.values.values())))
        import numpy as np

        flags = np.array([states == state for states in chunk.states], bool).reshape(len(names), -1)
        packed = np.packbits(flags, axis=0)
        kinds, which = np.unique(packed, axis=1, return_inverse=True)
        said = []
        for kind in np.unpackbits(kinds, axis=0, count=len(names)).T.tolist():
            said.append(_cell(" ".join([*always, *(name for name, flag in zip(names, kind) if flag)])))
        return [said[one] for one in which.ravel().tolist()]

    def states(self) -> Any:
        """The state of every variant of all parts, -1 for those that are not in this table; before it is finished."""
        import numpy as np

        found = np.full(self.sweep.plan.count, -1, np.int8)
        codes, at = {word: code for code, word in WORDS.items()}, 1 + len(self.sweep.plan.varied)
        for line in lines_of(self.growing, 1):
            cells = line.split(",", at + 1)
            found[int(cells[0])] = codes[cells[at]]
        return found

    def finish(self) -> None:
        """Move the table into its place."""
        if self.path.suffix.lower() == PARQUET:
            csv, parquet = _arrow()
            whole = self.growing.with_name(f"{self.growing.name}.whole")
            parquet.write_table(csv.read_csv(str(self.growing)), str(whole))
            move(whole, self.path)
            self.growing.unlink()
        else:
            move(self.growing, self.path)


def _arrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow.csv"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise fail("--output", "Parquet needs pyarrow; pip install 'overmold[parquet]', or write a .csv") from None


def _head(name: str, kind: Kind) -> str:
    unit = kind.column[0]
    return f"{name} ({unit})" if unit else name


def _numbers(column: Any, kind: Kind) -> list[str]:
    """Cells of a column: whole base units in the column's unit, nothing for a margin that is not there."""
    import numpy as np

    scaled = column / kind.column[1]
    kinds, which = np.unique(scaled, return_inverse=True)
    said = ["" if one in (float("inf"), float("-inf")) else f"{one:.10g}" for one in kinds.tolist()]
    return [said[one] for one in which.ravel().tolist()]


def _cell(words: str) -> str:
    words = guarded(words)
    return '"' + words.replace('"', '""') + '"' if any(mark in words for mark in '",\r\n') else words
