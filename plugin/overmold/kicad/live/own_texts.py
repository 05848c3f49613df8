"""The texts that Overmold itself has put on a board, and the layer where such texts go.

They are told by their first words, so that they are found whoever has saved the board, and after any undo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

from ..clauses.sexpr import index
from ..clauses.tree import Clause, tree

MARK = re.compile(r"\$\{DRC_(ERROR|WARNING) Overmold: ")  # what KiCad's own check reports
NOTE = "Overmold says: "  # what is written on the board where nothing else reaches the person at it
# Layers for words, the first that the board has; none of them is of copper or has a meaning for Overmold.
_LAYERS = ("Cmts.User", "Dwgs.User", "Eco1.User", "Eco2.User", "F.Fab", "B.Fab", "F.SilkS", "B.SilkS")


@dataclass(frozen=True)
class OwnTexts:
    """The uuids of the ``marks`` of findings and of the ``notes``; ``layer`` takes more of them, None where none does."""

    marks: tuple[str, ...]
    notes: tuple[str, ...]
    layer: Optional[str]


def own_texts(text: bytes) -> OwnTexts:
    """What of a board is ours to remove; raises Faults where it is no board."""
    found = index(text, "board", ("kicad_pcb",))
    top = found.inside(0)
    texts = [tree(found, clause) for clause in found.called(top, b"gr_text").tolist()] if b"Overmold" in text else []
    tables = found.called(top, b"layers")[:1].tolist()
    there = {row.word() for table in tables for row in _rows(tree(found, table))}
    return OwnTexts(tuple(one.word_of("uuid") for one in texts if MARK.match(one.word())),
                    tuple(one.word_of("uuid") for one in texts if one.word().startswith(NOTE)),
                    next((layer for layer in _LAYERS if layer in there), None))


def _rows(table: Clause) -> Iterator[Clause]:
    return (item for item in table.items if isinstance(item, Clause))
