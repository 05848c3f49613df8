"""``overmold fill``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from ..exits import KEPT, UNREADABLE
from ..faults import Fault, Faults, fail
from ..package import keys
from .common import deck_of, emit, package_of, settings_for
from .console import coloured, err
from .inputs import STANDARD_INPUT, Input, files_of
from .progress import Progress

if TYPE_CHECKING:
    from ..fill import Filled, NotRun, Options
    from ..package import Package


def run(arguments: argparse.Namespace) -> int:
    """Fill the mold of every file; 2 where one cannot be read or lacks what a fill needs, the others are told all the same."""
    from ..fill import NotRun
    from ..fill.blocks import all_blocks
    from ..fill.words import several
    from ..report.fill_text import fill_data, fill_text
    from ..report.formats.json import written

    code, texts, reports = KEPT, list[str](), list[dict[str, Any]]()
    inputs = files_of(arguments.files)
    for one in inputs:
        for note in one.notes:
            err(note)
        source = STANDARD_INPUT if one.name == "-" else one.name
        try:
            package, options = package_of(one), _options(arguments, one)
            if arguments.vary:
                from .fill_curve import told

                text, data = told(package, arguments, options, source)
                texts.append(text)
                reports.append(data)
                continue
            if not all_blocks(package):
                raise fail(source, "no mold is described, so there is nothing to fill; describe it under 'mold'")
            for filled in filled_with_bar(package, options):
                if isinstance(filled, NotRun):
                    code = UNREADABLE
                    err(str(Fault(source, filled.words)))
                    continue
                _pictures(filled, arguments)
                texts.append(fill_text(filled, source, coloured(), named=several(package)))
                reports.append(fill_data(filled, source))
        except Faults as caught:
            code = UNREADABLE
            for fault in caught.faults:
                err(str(fault))
    if reports:
        emit(written({"reports": reports}) if arguments.format == "json" else "\n".join(texts))
    return code


def filled_with_bar(package: Package, options: Options) -> list[Union[Filled, NotRun]]:
    """Every block of the package's mold filled, with a bar where that takes long; raises Faults."""
    from ..fill import fill_all

    with Progress("filling the mold") as say:
        return list(fill_all(package, options, say))


def _options(arguments: argparse.Namespace, one: Input) -> Options:
    from ..fill import Options

    return Options(cells=arguments.cells, halved=not arguments.vary, index=arguments.index,
                   compounds=deck_of(settings_for(arguments, Path(one.name))).compounds)


def _pictures(filled: Filled, arguments: argparse.Namespace) -> None:
    """Into the folder, where one is named: the two maps and the section at the moment of closing."""
    if not arguments.output:
        return
    from ..output_folder import write_all
    from ..pictures.fill_maps import fill_maps
    from ..pictures.fill_section import fill_section

    name = filled.package.name
    block = "" if filled.block == "mold" else f"-{keys.last(filled.block)}"
    files = {f"{name}.fill{block}.svg": fill_maps(filled).encode(),
             f"{name}.fill{block}-section.svg": fill_section(filled).encode()}
    for path in write_all(Path(arguments.output), f"{name}.fill{block}", files, arguments.force, say=err):
        err(str(path))
