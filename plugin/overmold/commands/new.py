"""``overmold new``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from ..faults import Fault, Faults
from ..output_folder import write_new
from ..plain import one_line
from .console import out


def run(arguments: argparse.Namespace) -> int:
    """Write a commented starter; never over a file that is there. The schema beside it serves every package of a folder.

    A name may be given as the file that it will be: ``out/demo.yaml`` is the package demo in the folder out.
    """
    from ..package_file.starter import SCHEMA_FILE, starter

    file = Path(arguments.name)
    folder = Path(arguments.output) / file.parent
    files = starter(file.stem if file.suffix in (".yaml", ".yml") else file.name or arguments.name, arguments.kind)
    if (folder / SCHEMA_FILE).exists():
        del files[SCHEMA_FILE]
    there = [str(folder / name) for name in files if (folder / name).exists()]
    if there:
        raise Faults([Fault(name, "is there already; choose another name or remove it") for name in there])
    for path in write_new(folder, {name: words.encode() for name, words in files.items()}):
        out(f"{one_line(str(path))}\n")
    return KEPT
