"""The package file: YAML -> ``Package``, every fault of it by ``file:line:column``.

Importing this costs nothing; the models of the file are loaded when a file is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Union

from ..faults import Fault, Faults
from ..input_file import read_input
from ..package import Package

_MOST_FAULTS = 500


def read_package_file(path: Path) -> Package:
    """The package that the file at ``path`` describes; raises Faults."""
    return read_package_text(read_input(path), str(path), path.parent)


def read_package_text(text: Union[str, bytes], source: str, folder: Path) -> Package:
    """The package that ``text`` describes; ``source`` is its name in faults, netlists are looked for in ``folder``.

    Raises Faults with all that is wrong, in reading order.
    """
    from ..marked_yaml import load_with_faults

    marked, faults = load_with_faults(text, source)
    if not isinstance(marked.root.value, dict):
        said = "a package file is made of keys, such as 'package: NAME' and 'carrier: {kind: substrate, …}'"
        raise Faults([*faults, marked.fault((), said)])
    from .reading.build import Builder
    from .reading.sound import sound_part

    sound, more = sound_part(marked)
    faults += more
    if sound.root is not None:
        builder = Builder(marked, sound, folder)
        package = builder.package(sound.root)
        faults += builder.faults
        if not faults:
            return package
    raise Faults(_in_order(faults, source))


def _in_order(faults: list[Fault], source: str) -> list[Fault]:
    """Each fault once, those of the package file first, by line; not more than anybody would read."""
    once = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file != source, fault.file, fault.line, fault.column))
    if len(once) > _MOST_FAULTS:
        last = once[_MOST_FAULTS]
        said = f"{len(once) - _MOST_FAULTS} more faults from here on; they are listed when these are mended"
        once[_MOST_FAULTS:] = [Fault(last.file, said, last.line, last.column)]
    return once
