"""What stands beside a board and no plugin can put into an open one: libraries, rules, a board to import the set-up from.

Everything goes into the project's folder, and only where somebody agrees. What is there stays: rows and rules are put in among
a person's own, a file that somebody edited is never written over. KiCad holds the project file (.kicad_pro) in memory and
writes it anew when it saves and when it ends: what is put into it meanwhile is lost, in KiCad 9 as in 10. So the net class and
the limits go into a board of their own, from which Board Setup imports them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ...compare.match import Names
from ...compare.renamed import renamed
from ...input_file import read_input
from ...output_folder import Shared, foreseen, write_all
from ...package import Package
from ..names.fields import LAYERS
from ..reading.contents import Contents, tree_head
from ..writing.board import empty_board
from ..writing.build import files_of, tables
from ..writing.fields import land_pattern_fields
from ..writing.footprint import footprint_file
from ..writing.models import finished_model, inside_model
from ..writing.project import project_file
from ..writing.rules import rules_among_others
from .change import BLOCKED
from .groups import drawn_groups
from .modes import INSIDE, OWN, PATTERN
from .offer import Offer
from .pattern import patterns_with_models
from .proposal import Proposal

SETTINGS = "settings"
_MADE_FOR = re.compile(rb"\t+\(property pad_prop_\w+\)\n")  # a ball, or to lead heat away
_NUMBER_BOX = re.compile(rb"\t+\(gr_bbox\n[^()]*\([^()]*\)\n[^()]*\([^()]*\)\n\t*\)\n")  # for the words on a pad of odd shape


@dataclass(frozen=True, eq=False)
class Beside:
    """Files to stand in ``folder``, by path in it; of the ``shared`` ones only our rows and rules are ours.

    ``settings`` is the board to import the set-up from, "" where there is none.
    """

    folder: Path
    name: str
    files: dict[str, bytes]
    shared: dict[str, Shared]
    settings: str

    def foreseen(self) -> tuple[dict[str, str], list[str]]:
        """What writing would do ("new" or "changed", by path), and sentences on what would stay as it is. Raises Faults."""
        due, faults = foreseen(self.folder, self.name, self.files, self.shared)
        return due, [f"{Path(fault.file).name} {fault.message.partition(';')[0]}; it stays as it is" for fault in faults]

    def write(self) -> list[str]:
        """Write what is new or changed; the paths. Raises Faults."""
        due, _ = self.foreseen()
        write_all(self.folder, self.name, {path: data for path, data in self.files.items() if path in due}, False,
                  {path: one for path, one in self.shared.items() if path in due}, keep=True)
        return list(due)

    def says(self, path: str) -> str:
        """What a file is, for people."""
        if path in self.shared:
            return "our row among yours" if path.endswith("-table") else "our rules, between two marks, in front of yours"
        if path.startswith(f"{self.name}.{SETTINGS}/"):
            return "to import the set-up from" if path == self.settings else "belongs to it"
        if path.endswith(".step"):
            return "shape of the finished package in 3-D" if path == finished_model(self.name) else "shape of its inside in 3-D"
        return "symbol of the finished package" if path.endswith(".kicad_sym") else "footprint"


def beside(offer: Offer, folder: Path, board: str) -> Beside:
    """What is to stand beside the board of that file name, whose project lies in ``folder``."""
    spec = _as_here(offer)
    name, stem = spec.name, board[:-len(".kicad_pcb")] if board.endswith(".kicad_pcb") else board
    patterns = {f"{name}.pretty/{part.name}.kicad_mod": footprint_file(part, land_pattern_fields(spec))
                for part in patterns_with_models(spec, offer.models)}
    every = {**files_of(spec), **patterns}
    wanted = set(patterns) if offer.mode == PATTERN else {path for path in every if path.endswith(".kicad_mod")}
    wanted |= {finished_model(name)} if offer.mode == PATTERN else {finished_model(name), inside_model(name)}
    built = _drawn_with_all(offer.proposal)
    files = {path: data if Path(path).stem in built or not path.endswith(".kicad_mod") else _as_placed(data)
             for path, data in every.items() if path in wanted or path == f"{name}.kicad_sym"}
    shared = {path: table for path, table in tables(name, bool(patterns)).items() if table.row}
    rules = f"{stem}.kicad_dru"
    if offer.mode != PATTERN:
        shared[rules] = rules_among_others(spec, offer.mode == INSIDE)
    settings = ""
    if offer.mode == OWN:
        settings = f"{name}.{SETTINGS}/{name}.kicad_pcb"
        there = read_input(folder / rules) if (folder / rules).is_file() else b""
        there = b"" if shared[rules].found(there) is None else there
        # Whoever imports everything imports the rules as well: so theirs are among them.
        files.update({settings: empty_board(spec), f"{name}.{SETTINGS}/{name}.kicad_pro": project_file(name),
                      f"{name}.{SETTINGS}/{name}.kicad_dru": shared[rules].put(there, shared[rules].row)})
    return Beside(folder, name, files, shared, settings)


def _as_placed(footprint: bytes) -> bytes:
    """A footprint of the library less what KiCad's interface does not carry: it would differ from the one on the board."""
    return _MADE_FOR.sub(b"", _NUMBER_BOX.sub(b"", footprint))


def _drawn_with_all(proposal: Proposal) -> set[str]:
    """The names of footprints on the board that hold what KiCad's interface does not carry, and go on to: built ones.

    What the interface makes has none of it: it would differ from a library that has, and be reported.
    """
    contents = proposal.contents
    data, start, end = contents.index.data, contents.index.start, contents.index.end
    said = {tree_head(contents.index, int(clause)) for clause in contents.footprints
            if any(mark in data[int(start[clause]):int(end[clause])] for mark in (b"(property pad_prop_", b"(gr_bbox"))}
    remade = {change.unit for change in proposal.changes if change.kind != BLOCKED}
    units = drawn_groups(proposal.arranged()) if said and remade else {}
    return said - {one.part.name for key in remade for one in units.get(key, ())}


def is_set_up(contents: Contents) -> bool:
    """Whether the board has the layers that the set-up names: it was imported, or built."""
    return set(LAYERS.values()) <= set(contents.user_layers)


def _as_here(offer: Offer) -> Package:
    """The package with the names of its parts on the board: footprints are called after them."""
    names = offer.proposal.names
    return renamed(offer.proposal.spec, Names(names.chips, names.passives, {}), {})
