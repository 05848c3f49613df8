"""What several commands do: load the rules asked for, read what they are given, put out what they have to say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..read_any import read_any

if TYPE_CHECKING:
    from ..rule import Deck


def deck_of(arguments: argparse.Namespace) -> Deck:
    from ..rule import load_deck

    return load_deck(arguments.house, [Path(name) for name in arguments.rules], examples=False)


def emit(words: str, output: str) -> None:
    if output:
        from ..output_file import write_atomically

        write_atomically(Path(output), words.encode())
    else:
        sys.stdout.write(words)


__all__ = ["deck_of", "emit", "read_any"]
