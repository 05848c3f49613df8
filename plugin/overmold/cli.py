"""The ``overmold`` command: what it accepts, and how it ends.

What the subcommands do stands in ``commands``, which is imported only when one of them runs: ``--version`` and ``--help``
answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Callable, NoReturn, Optional

from . import __version__
from .commands import console, fill_options, flags
from .commands.formats import FORMATS
from .exits import UNREADABLE
from .plain import message as plain_message
from .short_lived import collect_little

JUDGES = ("drc", "claims")  # the commands whose exit code is a verdict


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Run one command and return its exit code; every fault ends as lines on stderr, never as a traceback."""
    console.open_streams()
    try:
        arguments = _parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
    finally:
        console.flush()
    collect_little()
    code = _ended(arguments)
    # A verdict stands whoever hears it; of a command that has none, what it says is all there is.
    return code if console.flush() or code or arguments.run in JUDGES else UNREADABLE


def _ended(arguments: argparse.Namespace) -> int:
    from .faults import Faults
    from .input_file import forget_reads

    forget_reads()
    try:
        code: int = import_module(f".commands.{arguments.run.replace('-', '_')}", __package__).run(arguments)
        return code
    except Faults as faults:
        for fault in faults.faults:
            console.err(str(fault))
    except OSError as error:
        console.err(f"{error.filename or 'overmold'}: {error.strerror or error}")
    except MemoryError:
        console.err("overmold: the input needs more memory than there is")
    except KeyboardInterrupt:
        return 130
    return UNREADABLE


def _formatter(prog: str) -> argparse.HelpFormatter:
    """As argparse's own, which imports shutil and every kind of archive with it to learn how wide the terminal is."""
    columns = os.environ.get("COLUMNS", "")
    wide = int(columns) if columns.isascii() and columns.isdigit() else 0
    if not wide:
        with contextlib.suppress(OSError):
            wide = os.get_terminal_size().columns
    return argparse.HelpFormatter(prog, width=(wide or 80) - 2)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_formatter)

    def error(self, message: str) -> NoReturn:
        super().error(plain_message(message))


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="overmold", description="Design rules in the third dimension for moulded flip-chip packages in KiCad.",
        epilog="exit codes: 0 every rule kept, 1 a rule broken, 2 something could not be read or written",
    )
    parser.add_argument("--version", action="version", version=f"overmold {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    # Options of commands that nobody asked for are not even made: that would cost more than reading a package file.
    asked = next((word for word in argv if not word.startswith("-")), "")
    if asked and asked not in _COMMANDS and argv[0] == asked:
        from .faults import did_you_mean

        near = did_you_mean(asked, list(_COMMANDS))
        parser.error(f"there is no command '{asked}'{near} 'overmold --help' lists them" if near.endswith("?") else
                     f"there is no command '{asked}'; 'overmold --help' lists them")
    wanted = (asked,) if asked in _COMMANDS else () if list(argv) == ["--version"] else tuple(_COMMANDS)
    for name in wanted:
        words, options = _COMMANDS[name]
        command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        command.set_defaults(run=name)
        options(command)
    return parser


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="name of the package, for example FCCSP-144_10x10mm_P0.8mm")
    from .package_file.starters import ALSO_CALLED, KINDS

    names = {name: [name, *(also for also, of in ALSO_CALLED.items() if of == name)] for name in KINDS}
    command.add_argument("--from", "--kind", dest="kind", choices=(*KINDS, *ALSO_CALLED), default=next(iter(KINDS)),
                         help="; ".join(f"{' or '.join(names[name])}: {kind.title}" for name, kind in KINDS.items()))
    command.add_argument("-o", "--output", metavar="DIR", default=".", help="folder to write to (default: here)")


def _edit(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="package file (.yaml); one that is not there yet is begun")


def _build(command: argparse.ArgumentParser) -> None:
    command.add_argument("spec", metavar="SPEC", help="package file (.yaml)")
    command.add_argument("-o", "--output", metavar="DIR", required=True, help="folder to write to")
    command.add_argument("--mold", choices=("opaque", "translucent"), default="opaque",
                         help="in the 3-D model of the finished package: as it is sold (default), or showing what is inside")
    command.add_argument("--force", action="store_true", help="overwrite files that somebody edited since they were built")


def _draw(command: argparse.ArgumentParser) -> None:
    from .commands.draw import options

    command.add_argument("file", metavar="FILE", help=flags.FILES.partition(", a folder")[0])
    options(command)
    flags.rules(command)


def _export(command: argparse.ArgumentParser) -> None:
    from .commands.export import options

    command.add_argument("file", metavar="FILE", help=flags.FILES.partition(", a folder")[0])
    options(command)


def _read(command: argparse.ArgumentParser) -> None:
    command.add_argument("board", metavar="BOARD", help=".kicad_pcb board, or the .kicad_mod footprint of a ball-grid array")
    command.add_argument("-o", "--output", metavar="DIR", default=".", help="folder to write to (default: here)")
    command.add_argument("--only", metavar="REF,REF", help="only these footprints, for example PKG1,U1,C1 (default: all)")
    command.add_argument("--force", action="store_true", help="overwrite files that are there")


def _import(command: argparse.ArgumentParser) -> None:
    import_module(".commands.import", __package__).options(command)


def _take_over(command: argparse.ArgumentParser) -> None:
    command.add_argument("board", metavar="BOARD", help=".kicad_pcb board that was made from the package file")
    command.add_argument("spec", metavar="SPEC", help="package file (.yaml) that is to say what the board says")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--only", metavar="ROW", action="append", default=[],
                      help="write this row, for example passives.C1.at (may be repeated; without it the rows are listed)")
    what.add_argument("--all", action="store_true", help="write every row that can be written")


def _format(words: str) -> tuple[str, str]:
    name, asked, file = words.partition("=")
    if name not in FORMATS:
        from .faults import did_you_mean

        raise argparse.ArgumentTypeError(f"unknown format '{name}'{did_you_mean(name, list(FORMATS))}")
    if asked and not file:
        raise argparse.ArgumentTypeError(f"'{words}' names no file; write for example {name}=report.txt")
    return name, file


def _drc(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", help=flags.FILES)
    command.add_argument("--spec", metavar="SPEC", help="also list where the board and this package file drifted apart")
    command.add_argument("--baseline", metavar="FILE",
                         help="JSON report of an earlier run: text and markdown say what changed since")
    command.add_argument("--format", metavar="FORMAT[=FILE]", type=_format, action="append", default=[],
                         help=f"{', '.join(FORMATS)}; with =FILE into that file, also several at once (default: text; "
                              "kicad-json is for one board the shape of KiCad's own report)")
    command.add_argument("-o", "--output", metavar="FILE", help="write the format without a file there, not to the terminal")
    flags.yes_or_no(command, "strict", "warnings, and with --spec what has drifted, break the check too")
    flags.yes_or_no(command, "complete", "rules that could not be checked break the check too")
    flags.yes_or_no(command, "fill", "also fill the mold and warn of air that it closes in, which takes a second or two")
    command.add_argument("--all", action="store_true", help="list every rule, also those that do not apply")
    command.add_argument("--watch", action="store_true",
                         help="check again whenever a file that is read is saved, until Ctrl-C; with --format html=FILE the "
                              "page opens in the browser and follows")
    command.add_argument("-q", "--quiet", action="store_true", help="only the closing lines")
    flags.study(command)
    flags.rules(command)


def _claims(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", help=flags.FILES)
    command.add_argument("--strict-reading", action="store_true",
                         help="where a claim asks for a chip, a gap or a passive, ask it of every one; the chart says so")
    flags.yes_or_no(command, "complete", "claim 1, 6 or 15 that could not be checked is exit code 1 too")
    flags.json(command)
    flags.rules(command)


def _rules(command: argparse.ArgumentParser) -> None:
    flags.json(command)
    flags.rules(command)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", metavar="RULE", help="name of the rule, for example chip-not-covered")
    _rules(command)


def _table(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+", help=flags.FILES)
    command.add_argument("--format", choices=("text", "csv", "json"), default="text",
                         help="aligned columns (default), CSV for a spreadsheet, or JSON")
    command.add_argument("-o", "--output", metavar="FILE", help="write the table there instead of to the terminal")


def _nothing(command: argparse.ArgumentParser) -> None:
    """No options."""


# What each command is for, and what gives it its options.
_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "new": ("write a commented package file to start from", _new),
    "edit": ("edit a package file as a form in the browser, with pictures and margins", _edit),
    "build": ("package file -> KiCad board, footprints, symbol, rules and pictures", _build),
    "draw": ("draw section, plan and whatever else is asked for, as files", _draw),
    "export": ("write tables, DXF, AIF and GDS for assembly houses, mask shops and spreadsheets", _export),
    "read": ("KiCad board -> package file: what the board knows, to start from", _read),
    "import": ("ball map, pad list, footprint or another tool's file -> package file, with notes on what was guessed", _import),
    "take-over": ("write what was changed on a board back into its package file, comments and order kept", _take_over),
    "drc": ("check package files, boards or footprints against the rules", _drc),
    "fill": ("let the mold run in over and under the chips, and say where it closes air in", fill_options.fill),
    "claims": ("print which of the 20 claims a design meets, and why; exit code 1 where claim 1, 6 or 15 applies and is "
               "not met", _claims),
    "solve": ("find between which values of a dimension every rule keeps, and write one into the file", flags.solve),
    "window": ("draw where a design holds: t2 over t1, or any two dimensions against each other", flags.window),
    "sweep": ("judge a design at every combination of several dimensions, into a table", flags.sweep),
    "diff": ("tell two designs apart: data, readings, margins, verdicts and claims", flags.diff),
    "rules": ("list the rules with their limits", _rules),
    "explain": ("explain one rule: what it measures, why, how to mend a breach", _explain),
    "connections": ("list every die pad with its bump or wire, what that lands on, and its balls", _table),
    "wires": ("list every wire with its ends, length, angle, loop height and diameter", _table),
    "schema": ("print the JSON Schema of the package file, for completion in an editor", _nothing),
    "kicad": ("install the plugin in KiCad, or find out why its buttons do not appear", flags.kicad),
}

if __name__ == "__main__":
    sys.exit(main())
