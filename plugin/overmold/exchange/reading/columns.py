"""Which column of a foreign table says what: by the one who asks, by its head, or by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from ...faults import did_you_mean, fail
from ...tables import TableRow
from ...tables.heads import Columns, Head, head_of
from ...tables.sheets import Sheet
from .headings import headings

SITE = re.compile(r"[A-Z]{1,3}\d{1,3}|\d{1,4}")
LETTERED = re.compile(r"[A-Z]{1,3}\d{1,3}")
NUMBER = re.compile(r"[-+−]?(?:\d[\d'’\u00a0\u202f]*(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?\s*(?:nm|um|µm|μm|mm|mil|in)?")
_LOOKED_AT = 400  # rows by which a column's content is told
_SHARE = 0.8
_PACKAGE = re.compile(r"[A-Za-z]{0,8}[ -]?\d{1,4}[ -]?[A-Za-z]{0,8}\d?")
_OPEN = frozenset(("-", "–", "—", "--", "n/a", "NA"))


class Picked(NamedTuple):
    """The columns taken, by role (``name``, ``x``, ``net`` …), their units, all heads, and the line they stand in (0: none).

    ``guesses`` says which were told by what stands in them.
    """

    at: dict[str, int]
    units: dict[str, str]
    heads: list[Head]
    line: int
    guesses: tuple[str, ...] = ()

    @property
    def has_places(self) -> bool:
        """Whether sites have places."""
        return {"name", "x", "y"} <= set(self.at)

    @property
    def has_nets(self) -> bool:
        """Whether sites have at least nets."""
        return {"name", "net"} <= set(self.at) or {"row", "column", "net"} <= set(self.at)

    def has_names(self, rows: Sequence[TableRow]) -> bool:
        """Whether sites have nets, and what stands in the column of names are such."""
        below = [row for row in rows if row.line > self.line][:_LOOKED_AT]
        return self.has_nets and ("name" not in self.at or _like_sites(_column(below, self.at["name"])) > _SHARE)


def _of_a_package(columns: Columns, below: Sequence[TableRow], name: Optional[int], source: str) -> Optional[int]:
    """The column of names that is called after a package (CABGA256), as makers of programmable devices do it: one for each that
    there is. None where there is none, or names stand in another; raises Faults where there are several."""
    heads = columns.heads
    if name is not None and _like_sites(_column(below, name), LETTERED) > _SHARE:
        return None
    found = [i for i, head in enumerate(heads) if i != name and _PACKAGE.fullmatch(head.text) and not head.text.isdecimal()
             and _like_sites(_column(below, i), LETTERED) > _SHARE]
    if len(found) > 1:
        raise fail(source, f"the balls of several packages are listed here: {', '.join(heads[i].text for i in found)}; say "
                   f"which with --columns name={heads[found[0]].text}", columns.row.line, found[0] + 1)
    return found[0] if found else None


def asked_columns(rows: Sequence[TableRow], asked: Mapping[str, str], source: str) -> Picked:
    """Those that ``asked`` names, by head or number, and what heads say of the others; raises Faults for one not there."""
    wanted = {word.casefold() for word in asked.values() if not word.isdecimal()}
    row = next((row for row in rows if wanted and wanted <= {_plain(cell) for cell in row.cells or ()}), None)
    if row is None and wanted:
        heads = sorted({" ".join(cell.split()) for one in rows[:60] for cell in one.cells or ()
                        if cell and not NUMBER.fullmatch(cell)})
        missing = next((word for word in asked.values() if not word.isdecimal()
                        and word.casefold() not in {head.casefold() for head in heads}), "")
        raise fail(source, f"there is no column '{missing}' here{did_you_mean(missing, heads) if heads else ''}")
    cells = (row.cells or []) if row is not None else []
    at = {role: int(word) - 1 if word.isdecimal() else [_plain(cell) for cell in cells].index(word.casefold())
          for role, word in asked.items()}
    if row is None:  # by numbers only: what stands above the first row of numbers are heads, if anything does
        row = _head_above(rows, at)
        cells = (row.cells or []) if row is not None else []
    heads_found = [head_of(cell) for cell in cells]
    for role in ("x", "y", "net", "diameter"):
        found = [i for i, head in enumerate(heads_found) if head.role == role and i not in at.values()]
        if role not in at and found:
            at[role] = found[0]
    if ("x" in at) != ("y" in at):
        at = {role: i for role, i in at.items() if role not in ("x", "y")}
    return Picked(at, {role: heads_found[i].unit if i < len(heads_found) else "" for role, i in at.items()}, heads_found,
                  row.line if row is not None else 0)


def _plain(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _head_above(rows: Sequence[TableRow], at: Mapping[str, int]) -> Optional[TableRow]:
    lengths = [at[role] for role in ("x", "y") if role in at] or [-1]
    for i, row in enumerate(rows[:60]):
        cells = row.cells or []
        if max(lengths) >= len(cells) or not all(NUMBER.fullmatch(cells[k]) for k in lengths if k >= 0):
            continue
        return rows[i - 1] if i else None
    return rows[0] if rows and lengths == [-1] else None


def named_columns(rows: Sequence[TableRow], source: str = "") -> Optional[Picked]:
    """Those that heads name; None where no row names enough of them to know the sites and where they are, or their nets.

    Raises Faults where several columns hold names of balls, as for a device in several packages.
    """
    of_one: list[Picked] = []
    of_several: list[Picked] = []
    for i in range(min(60, len(rows))):
        for columns, last in headings(rows, i):
            if _tells(columns):
                (of_several if last > i else of_one).append(_picked(columns, rows[last + 1:last + 1 + _LOOKED_AT], source))
        if of_one and of_one[-1].has_places:
            break
    one = next((one for one in of_one if one.has_places), next((one for one in of_one if one.has_nets), None))
    several = next((one for one in of_several if one.has_places), None)
    if several is not None and (one is None or not one.has_places or (several.units["x"] and not one.units["x"])):
        return several
    return one


def _tells(columns: Columns) -> bool:
    """Whether enough heads are known for the row to be one of heads."""
    known = sum(bool(head.role) for head in columns.heads)
    return known > 1 or (known == 1 and any(_PACKAGE.fullmatch(head.text) for head in columns.heads if not head.role))


def _picked(columns: Columns, below: Sequence[TableRow], source: str) -> Picked:
    heads = columns.heads
    at = {role: found[0] for role in ("x", "y", "diameter", "row", "column", "angle", "width", "height", "chip")
          for found in [columns.of(role)] if found}
    sites = [*(i for i in columns.of("site") if not heads[i].weak), *(i for i in columns.of("site") if heads[i].weak),
             *columns.of("name")]
    guesses: tuple[str, ...] = ()
    if sites:
        likeness = {i: _like_sites(_column(below, i)) for i in sites}
        at["name"] = max(sites, key=lambda i: (likeness[i] > _SHARE, not heads[i].weak, likeness[i], -sites.index(i)))
    if (sites or columns.of("net")) and not {"x", "y"} <= set(at) and not {"row", "column"} <= set(at):
        package = _of_a_package(columns, below, at.get("name"), source)
        if package is not None:
            at["name"] = package
            guesses = (f"guess, by what stands in it: the balls' names are in the column '{heads[package].text}'; --columns "
                       "name=HEAD says it otherwise",)
    # What else is called a pin or a name is the signal's.
    nets = [*columns.of("net"), *(i for i in sites if i != at["name"] and (heads[i].weak or heads[i].role == "name"))]
    if nets:
        at["net"] = nets[0]
    return Picked(at, {role: heads[i].unit for role, i in at.items()}, heads, columns.row.line, guesses)


def told_columns(rows: Sequence[TableRow]) -> Optional[Picked]:
    """Those that can be told by what stands in them, whatever language their heads are in: names unlike each other, and the
    two columns of numbers that are not just counted."""
    for skip in range(min(4, len(rows))):
        body = [row for row in rows[skip:skip + _LOOKED_AT] if row.cells and any(row.cells)]
        wide = max((len(row.cells or ()) for row in body), default=0)
        if len(body) < 3:
            return None
        columns = [_column(body, i) for i in range(wide)]
        numbers = [i for i, cells in enumerate(columns) if _all(cells, NUMBER) and not _is_count(cells)]
        sites = [i for i, cells in enumerate(columns) if i not in numbers and _like_sites(cells) > _SHARE]
        sites.sort(key=lambda i: not _all(columns[i], LETTERED))
        if not sites or len(numbers) < 2:
            continue
        at = {"name": sites[0], "x": numbers[0], "y": numbers[1]}
        rest = [i for i, cells in enumerate(columns) if i not in at.values() and cells and not _all(cells, NUMBER)]
        if rest and len(rest) == 1:
            at["net"] = rest[0]
        head = rows[skip - 1] if skip else None
        heads = [head_of(cell) for cell in (head.cells or ())] if head is not None else []
        said = ", ".join(f"{role}: column {i + 1}" for role, i in sorted(at.items(), key=lambda one: one[1]))
        return Picked(at, {role: heads[i].unit if i < len(heads) else "" for role, i in at.items()}, heads,
                      head.line if head is not None else 0,
                      (f"guess, by what stands in them: {said}; --columns says it otherwise",))
    return _told_names(rows)


def _told_names(rows: Sequence[TableRow]) -> Optional[Picked]:
    """Names and nets of a table of two columns without heads."""
    body = [row for row in rows[:_LOOKED_AT] if row.cells and any(row.cells)]
    columns = [_column(body, i) for i in range(max((len(row.cells or ()) for row in body), default=0))]
    filled = [i for i, cells in enumerate(columns) if cells]
    names = [i for i in filled if _like_sites(columns[i], LETTERED) == 1.0 and len(columns[i]) == len(body)]
    if len(filled) != 2 or not names or len(body) < 4:
        return None
    at = {"name": names[0], "net": next(i for i in filled if i != names[0])}
    said = f"name: column {at['name'] + 1}, net: column {at['net'] + 1}"
    return Picked(at, dict.fromkeys(at, ""), [], 0, (f"guess, by what stands in them: {said}; --columns says it otherwise",))


def cell_of(row: TableRow, i: int) -> str:
    """A cell of a row, "" where there is none."""
    return row.cells[i] if row.cells and 0 <= i < len(row.cells) else ""


def _column(rows: Sequence[TableRow], i: int) -> list[str]:
    return [row.cells[i] for row in rows if row.cells and i < len(row.cells) and row.cells[i]]


def _all(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and all(pattern.fullmatch(cell) for cell in cells)


def _is_count(cells: Sequence[str]) -> bool:
    return list(cells) == [str(i) for i in range(1, len(cells) + 1)]


def _like_sites(cells: Sequence[str], pattern: re.Pattern[str] = SITE) -> float:
    """The share of cells that look like a site's name, none of them twice; what is left open counts neither way."""
    named = [cell.upper() for cell in cells if cell not in _OPEN]
    found = [name for name in named if pattern.fullmatch(name)]
    return len(found) / len(named) if named and len(set(found)) == len(found) else 0.0


def said_of_columns(sheet: Sheet, picked: Picked) -> list[str]:
    """What was taken, and what was left out."""
    def called(i: int) -> str:
        text = picked.heads[i].text if i < len(picked.heads) else ""
        return f"'{' '.join(text.split())}'" if text else f"column {i + 1}"

    taken = ", ".join(f"{role}: {called(i)}" for role, i in picked.at.items())
    left = [" ".join(head.text.split()) for i, head in enumerate(picked.heads)
            if any(map(str.isalnum, head.text)) and i not in picked.at.values()]
    return [f"{sheet.source}: taken: {taken}" + (f"; left out: {', '.join(left)}" if left else ""), *picked.guesses]
