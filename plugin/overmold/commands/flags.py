"""Options that several commands share, those of the commands that tune a design (study, solve, window, sweep,
diff), and of ``kicad``."""

from __future__ import annotations

import argparse

FILES = (".yaml package file, .kicad_pcb board, .kicad_mod footprint, a folder (every package file and board below it), or - "
          "for standard input")

def rules(command: argparse.ArgumentParser) -> None:
    """By which rules is judged."""
    command.add_argument("--rules", metavar="FILE", action="append", default=[],
                         help="a team's own deck: new rules, and changes to ours with a reason (may be repeated)")
    command.add_argument("--house", metavar="NAME", action="append", default=[],
                         help="also check the limits of this assembly house (see 'overmold rules'; may be repeated)")
    command.add_argument("--no-settings", action="store_true",
                         help="leave the project's overmold.settings.yaml aside; the flags above override it one by one")


def json(command: argparse.ArgumentParser) -> None:
    """Text or JSON."""
    command.add_argument("--format", choices=("text", "json"), default="text", help="a table (default) or JSON")


def yes_or_no(command: argparse.ArgumentParser, name: str, words: str) -> None:
    """A flag that a project's settings may set too, and that can be taken back."""
    command.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, default=None, help=words)


def _count(words: str) -> int:
    if not words.isdecimal() or not 0 < int(words) <= 10**9:
        raise argparse.ArgumentTypeError(f"'{words}' is not a count; write a whole number from 1 on")
    return int(words)


def _capability(words: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = 0.0
    if not 0 < value < 100:
        raise argparse.ArgumentTypeError(f"'{words}' is not a capability; write for example 1.33")
    return value


def _shard(words: str) -> tuple[int, int]:
    number, slash, count = words.partition("/")
    if not slash or not number.isdecimal() or not count.isdecimal() or not 1 <= int(number) <= int(count) <= 10_000:
        raise argparse.ArgumentTypeError(f"'{words}' is not a share of a sweep; write for example 1/4, the first of four")
    return int(number), int(count)


def study(command: argparse.ArgumentParser) -> None:
    """Of ``drc``."""
    command.add_argument("--study", action="store_true", help="add a tolerance study: sigma, Cpk, share outside, contributions")
    _sampled(command)


def _sampled(command: argparse.ArgumentParser) -> None:
    command.add_argument("--samples", metavar="N", type=_count, default=0, help="of the study (default: 1,000,000)")
    command.add_argument("--seed", metavar="N", type=_count, default=0, help="of its random numbers (default: 2)")


def _file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help=".yaml package file, or a .kicad_pcb board")


def solve(command: argparse.ArgumentParser) -> None:
    """Of ``solve``."""
    _file(command)
    command.add_argument("--vary", metavar="KEY", action="append", default=[],
                         help="the dimension, for example mold.cap (default: every one with a tolerance); two give a region")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--corners", action="store_true", help="where every rule keeps at every tolerance corner too")
    how.add_argument("--cpk", metavar="N", type=_capability, help="where every reading has this Cpk; what to tighten for it")
    command.add_argument("--fix", metavar="VALUE", nargs="?", const="", default=None,
                         help="write into the package file the dimension that mends all with the least change, or that of "
                              "--vary: VALUE, or one well inside")
    json(command)
    rules(command)


def window(command: argparse.ArgumentParser) -> None:
    """Of ``window``."""
    _file(command)
    command.add_argument("--x", metavar="KEY", default="", help="the dimension across, for example mold.cap (without: t1)")
    command.add_argument("--y", metavar="KEY", default="", help="the dimension up, say chips.U1.thickness (without: t2)")
    command.add_argument("--chip", metavar="NAME", default="", help="of t2 over t1: the chip with the gap (default: the first)")
    command.add_argument("--corners", action="store_true", help="where every rule keeps at every tolerance corner too")
    command.add_argument("-o", "--output", metavar="FILE", help="write the SVG there (default: beside where you are)")
    command.add_argument("--seed", metavar="N", type=_count, default=0, help="of the cloud of samples (default: 2)")
    rules(command)


def sweep(command: argparse.ArgumentParser) -> None:
    """Of ``sweep``."""
    _file(command)
    command.add_argument("--vary", metavar="KEY=FROM..TO:STEP", action="append", required=True,
                         help="a dimension and its values, mold.cap=200..400um:5um or mold.cap=300um,315um (may be repeated)")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help="table to write: .csv, or .parquet (pip install "
                         "'overmold[parquet]')")
    command.add_argument("--picture", metavar="FILE", default="", help="also draw where the design holds, as SVG")
    command.add_argument("--rule", metavar="NAME", action="append", default=[], help="judge only this rule (may be repeated)")
    command.add_argument("--resume", action="store_true", help="go on where an earlier run of the same sweep was stopped")
    command.add_argument("--shard", metavar="I/N", type=_shard, default=(1, 1),
                         help="only the I-th of N parts, for several machines")
    command.add_argument("--jobs", metavar="N", type=_count, default=0, help="processes (default: one a processor)")
    command.add_argument("--dask", metavar="ADDRESS", nargs="?", const="local", default="",
                         help="run on a Dask cluster, or one of its own on this machine (pip install 'overmold[dask]')")
    rules(command)


def diff(command: argparse.ArgumentParser) -> None:
    """Of ``diff``."""
    command.add_argument("files", metavar="OLD NEW", nargs="+", help="two package files, boards or footprints")
    command.add_argument("--format", choices=("text", "json", "markdown", "html"), default="text", help="(default: text)")
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of to the terminal")
    command.add_argument("--git", action="store_true", help="called by git as an external diff: takes git's seven arguments")
    rules(command)


def kicad(command: argparse.ArgumentParser) -> None:
    """Of ``kicad``."""
    whats = command.add_subparsers(metavar="install | doctor", dest="what", required=True)
    version = {"metavar": "VERSION", "default": "", "help": "only this KiCad, for example 9.0 (default: every one found)"}
    install = whats.add_parser("install", help="put the plugin where KiCad looks and switch KiCad's API on")
    install.add_argument("--version", **version)  # type: ignore[arg-type]
    how = install.add_mutually_exclusive_group()
    how.add_argument("--link", action="store_true", help="link to this checkout instead of copying, for its developers")
    how.add_argument("--uninstall", action="store_true", help="take the plugin away again")
    install.add_argument("--yes", action="store_true", help="switch the API on without asking")
    whats.add_parser("doctor", help="say what is missing when a button does not appear").add_argument(
        "--version", **version)  # type: ignore[arg-type]
