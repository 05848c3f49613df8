"""``overmold export``: a package as data for other people's programs. What there is to write is ``exchange.writing.KINDS``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ..exchange.writing import GROUPS, KINDS, Kind
from ..exits import KEPT
from ..faults import Fault, Faults, did_you_mean, fail
from ..file_names import fit
from ..input_file import was_read
from ..plain import one_line
from .common import read_named
from .console import err, out


def options(command: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    kinds = "; ".join(f"{kind.name}: {kind.words}" for kind in KINDS)
    command.add_argument("--to", metavar="KIND[=FILE]", action="append", default=[],
                         help=f"{kinds}; {', '.join(GROUPS)}: several at once; with =FILE into that file; may be repeated, or "
                              "several with commas (default: all that there is)")
    command.add_argument("-o", "--output", metavar="DIR", default=".", help="folder to write to (default: here)")
    command.add_argument("--force", action="store_true", help="overwrite files that somebody edited since they were exported")


def run(arguments: argparse.Namespace) -> int:
    """Write what is asked for, all of it or nothing, and name what was written; what there is none of is told."""
    from ..output_file import write_atomically
    from ..output_folder import write_all

    wanted, asked_for = _wanted(arguments.to)
    package = read_named(Path(arguments.file))
    folder, name = Path(arguments.output), fit(package.name)
    beside: dict[str, bytes] = {}
    named: dict[Path, bytes] = {}
    faults, left_out = [], []
    for kind, file in wanted:
        data = kind.write(package)
        if data and file:
            named[Path(file)] = data
            faults += _no_place(kind, Path(file))
        elif data:
            beside[f"{name}{kind.ending}"] = data
        elif kind in asked_for:
            faults.append(Fault(arguments.file, f"has nothing to write as {kind.name}: {kind.lacks}"))
        else:
            left_out.append(f"{kind.name} ({kind.lacks})")
    faults += [Fault(str(path), "is read by this very command; write to another file") for path in
               (*named, *(folder / one for one in beside)) if was_read(path)]
    if not faults and not beside and not named:
        faults.append(Fault(arguments.file, f"has nothing to write: {', '.join(left_out)}"))
    if faults:
        raise Faults(faults)
    written = write_all(folder, f"{name}.export", beside, arguments.force, say=err, keep=True) if beside else ()
    for path, data in named.items():
        write_atomically(path, data)
    for path in (*written, *named):
        out(f"{one_line(str(path))}\n")
    if left_out:
        err(f"{arguments.file}: left out, for there is none of it: {', '.join(left_out)}")
    return KEPT


def _no_place(kind: Kind, file: Path) -> list[Fault]:
    """Why a file that is named cannot be written, told before anything is."""
    own = Path(f"x{kind.ending}").suffix
    if file.is_dir():
        return [Fault(str(file), "is a folder; name a file in it")]
    if not file.parent.is_dir():
        return [Fault(str(file), f"cannot be written: there is no folder {file.parent}")]
    if file.suffix.lower() != own and file.suffix.lower() in {Path(f"x{one.ending}").suffix for one in KINDS}:
        return [Fault(str(file), f"cannot be written: {kind.name} ends in {own}; name it {file.stem}{own}")]
    return []


def _wanted(words: Sequence[str]) -> tuple[list[tuple[Kind, str]], list[Kind]]:
    """Every kind to be written with its file ("": in the folder), each once, and those of them that were asked for by name;
    raises Faults."""
    by_name = {kind.name: kind for kind in KINDS}
    wanted: dict[tuple[Kind, str], None] = {}
    asked_for = []
    for word in words or ["all"]:
        name, given, file = word.partition("=")
        if given and not file:
            raise fail("--to", f"'{word}' names no file; write for example dxf=package.dxf")
        for one in [name] if given else name.split(","):
            if one in GROUPS and not given:
                wanted.update({(by_name[each], ""): None for each in GROUPS[one]})
            elif one in by_name:
                wanted[by_name[one], file] = None
                asked_for.append(by_name[one])
            else:
                kinds = [*by_name, *([] if given else GROUPS)]
                raise fail("--to", f"unknown kind of file '{one}'{did_you_mean(one, kinds)}")
    twice = [file for _, file in wanted if file]
    if len(set(twice)) < len(twice):
        raise fail("--to", "two kinds cannot go to one file; give each its own")
    return list(wanted), asked_for
