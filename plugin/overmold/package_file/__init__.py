"""The package file: YAML -> ``Package``, every fault of it by ``file:line:column``.

Importing this costs nothing; the models of the file are loaded when a file is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Optional, Union

from ..faults import Fault, Faults, fail
from ..input_file import read_input

if TYPE_CHECKING:
    from ..marked_yaml import Marked
    from ..package import Package
    from .reading.sound import Sound

_MOST_FAULTS = 500
_HEAD = 100  # letters in which a file of KiCad has begun


def read_package_file(path: Path) -> Package:
    """The package that the file at ``path`` describes; raises Faults."""
    return read_package_text(read_input(path), str(path), path.parent)


def read_package_text(text: Union[str, bytes], source: str, folder: Path, tables: Optional[Mapping[str, bytes]] = None
                      ) -> Package:
    """The package that ``text`` describes; ``source`` is its name in faults, netlists are looked for in ``folder``.

    ``tables``, by name, stand for files of the folder. Raises Faults with all that is wrong, in reading order.
    """
    found = read_so_far(text, source, folder, tables or {})
    if found.faults or found.package is None:
        raise Faults(found.faults)
    return found.package


class SoFar(NamedTuple):
    """What can be made of a text in which something may be wrong: ``faults``, in reading order; ``sound`` is what is not, and
    ``package`` is made of that, None where nothing can be."""

    marked: Marked
    sound: Sound
    package: Optional[Package]
    faults: list[Fault]


def read_so_far(text: Union[str, bytes], source: str, folder: Path, tables: Mapping[str, bytes]) -> SoFar:
    """As ``read_package_text``, but it goes on; ``tables``, by name, stand for files of the folder. Raises Faults where the
    text is no YAML, or no group of keys."""
    from ..marked_yaml import load_with_faults

    if text[:_HEAD].lstrip()[:1] in ("(", b"("):
        raise fail(source, "is a file of KiCad and not a package file; 'overmold read' makes a package file of a board")
    marked, faults = load_with_faults(text, source)
    if not isinstance(marked.root.value, dict):
        said = "a package file is made of keys, such as 'package: NAME' and 'carrier: {kind: substrate, …}'"
        raise Faults([*faults, marked.fault((), said)])
    from .reading.beside import Folder
    from .reading.build import Builder
    from .reading.sound import sound_part

    sound, more = sound_part(marked)
    faults += more
    package = None
    if sound.root is not None:
        builder = Builder(marked, sound, Folder(folder, tables))
        package = builder.package(sound.root)
        faults += builder.faults
    return SoFar(marked, sound, package, _in_order(faults, source))


def _in_order(faults: list[Fault], source: str) -> list[Fault]:
    """Each fault once, those of the package file first, by line; not more than anybody would read."""
    once = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file != source, fault.file, fault.line, fault.column))
    if len(once) > _MOST_FAULTS:
        last = once[_MOST_FAULTS]
        said = f"{len(once) - _MOST_FAULTS} more faults from here on; they are listed when these are mended"
        once[_MOST_FAULTS:] = [Fault(last.file, said, last.line, last.column)]
    return once
