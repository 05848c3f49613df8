"""What each subcommand of ``overmold`` does. Each returns the exit code; faults are raised, ``cli.main`` prints them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

from .exits import BROKEN, KEPT, UNREADABLE
from .faults import Fault, Faults, fail
from .input_file import read_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .check import Result
    from .drift import Drift
    from .package import Package
    from .rule import Deck


def new(arguments: argparse.Namespace) -> int:
    """Write a commented starter; never over a file that is there. The schema beside it serves every package of a folder."""
    from .spec import starter
    from .spec.new_file import SCHEMA_FILE

    folder = Path(arguments.output)
    files = starter(arguments.name)
    if (folder / SCHEMA_FILE).exists():
        del files[SCHEMA_FILE]
    there = [str(folder / name) for name in files if (folder / name).exists()]
    if there:
        raise Faults([Fault(name, "is there already; choose another name or remove it") for name in there])
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
        print(folder / name)
    return KEPT


def build(arguments: argparse.Namespace) -> int:
    """Write the KiCad files and pictures of a package, and name them."""
    from .kicad.build import build as build_files
    from .pictures.plan import plan
    from .pictures.section import section
    from .spec import read_spec

    package = read_spec(Path(arguments.spec))
    pictures = {f"{package.name}.section.svg": section(package), f"{package.name}.plan.svg": plan(package)}
    for path in build_files(package, Path(arguments.output), arguments.force, extra=pictures):
        print(path)
    return KEPT


def read(arguments: argparse.Namespace) -> int:
    """Write the package file of a board or footprint and name what was written; what to know about it goes to stderr."""
    from .kicad.output import write_new
    from .kicad.read_selection import read_one_footprint, read_selection, uuids_of
    from .spec import read_spec
    from .spec.writing import package_file
    from .spec.writing.lacking import needed

    path = Path(arguments.board)
    ending = path.suffix.lower()
    if ending not in (".kicad_pcb", ".kicad_mod"):
        raise fail(str(path), "is no file that can be read back; give a board (.kicad_pcb) or a footprint (.kicad_mod)")
    if ending == ".kicad_mod" and arguments.only is not None:
        raise fail(str(path), "is one footprint; leave --only out")
    data = read_input(path)
    if ending == ".kicad_mod":
        package, notes = read_one_footprint(data, str(path))
    else:
        references = [one.strip() for one in (arguments.only or "").split(",") if one.strip()]
        if arguments.only is not None and not references:
            raise fail("overmold read", "--only names no footprint; write for example --only PKG1,U1")
        uuids = uuids_of(data, str(path), references) if references else ()
        package, notes = read_selection(data, str(path), uuids)
    files = package_file(package)
    written = write_new(Path(arguments.output), {name: text.encode() for name, text in files.items()}, arguments.force)
    for file in written:
        print(file)
    for note in notes:
        print(f"{path}: {note}", file=sys.stderr)
    if not needed(package):
        try:
            read_spec(written[0])
        except Faults as faults:
            for fault in faults.faults:
                print(f"mend before it can be checked: {fault}", file=sys.stderr)
    return KEPT


def drc(arguments: argparse.Namespace) -> int:
    """Check every file; a file that cannot be read is told and the others are still checked."""
    from .check import check
    from .claims import claim_chart
    from .report import json_report, text_report, unreadable

    _keep_inputs(arguments)
    deck = _deck(arguments)
    spec = _read(Path(arguments.spec)) if arguments.spec else None
    worst = KEPT
    texts: list[str] = []
    reports: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for name in arguments.files:
        try:
            package = _read(Path(name))
        except Faults as caught:
            faults += caught.faults
            reports.append(unreadable(name, caught.faults))
            continue
        result = check(package, deck)
        chart = claim_chart(result)
        drifted = _drift(package, spec)
        worst = max(worst, _verdict(result, drifted, arguments))
        if arguments.format == "json":
            reports.append(json_report(result, chart, drifted))
        else:
            colour = not arguments.output and sys.stdout.isatty()
            texts.append(text_report(result, chart, drifted, colour=colour, every=arguments.all))
    if arguments.format == "json":
        # One file gives one report, as KiCad's own; several give a list of them.
        words = json.dumps(reports[0] if len(arguments.files) == 1 else reports, indent=2, ensure_ascii=False) + "\n"
    else:
        # A report on disk says all there is to say: an older one, left standing, would pass for this run's.
        words = "\n".join([*texts, *(f"{fault}\n" for fault in faults if arguments.output)])
    if words:
        _emit(words, arguments.output)
    for fault in faults:
        print(fault, file=sys.stderr)
    return UNREADABLE if faults else worst


def _drift(package: Package, spec: Optional[Package]) -> tuple[Drift, ...]:
    if spec is None:
        return ()
    from .drift import drift

    return drift(package, spec)


def _keep_inputs(arguments: argparse.Namespace) -> None:
    """Refuse to write the report over something that is read."""
    read = [*arguments.files, *arguments.rules, *([arguments.spec] if arguments.spec else [])]
    if arguments.output and any(Path(arguments.output).resolve() == Path(name).resolve() for name in read):
        raise fail(arguments.output, "is read by this very command; write the report to another file")


def claims(arguments: argparse.Namespace) -> int:
    """Print the claim chart; 1 where one of the independent claims (1, 6, 15) applies and is not met."""
    from .check import check
    from .claims import NOT_MET, claim_chart
    from .report import chart_rows, chart_text

    result = check(_read(Path(arguments.file)), _deck(arguments))
    chart = claim_chart(result)
    if arguments.format == "json":
        _emit(json.dumps(chart_rows(chart), indent=2, ensure_ascii=False) + "\n", "")
    else:
        _emit(chart_text(result.package, chart, colour=sys.stdout.isatty()), "")
    return BROKEN if any(row.parent is None and row.status == NOT_MET for row in chart) else KEPT


def rules(arguments: argparse.Namespace) -> int:
    """List the rules of every deck, houses included, by name and limit."""
    from .report import rules_text
    from .rule import house_names, load_deck

    deck = load_deck(house_names(), [Path(name) for name in arguments.rules])
    _emit(rules_text(deck), "")
    return KEPT


def explain(arguments: argparse.Namespace) -> int:
    """Explain one rule."""
    from .faults import did_you_mean
    from .report import explain_text
    from .rule import house_names, load_deck

    deck = load_deck(house_names(), [Path(name) for name in arguments.rules])
    rule = next((rule for rule in deck.rules if rule.name == arguments.rule), None)
    if rule is None:
        names = [rule.name for rule in deck.rules]
        raise fail("overmold explain", f"there is no rule '{arguments.rule}'{did_you_mean(arguments.rule, names)}")
    _emit(explain_text(rule), "")
    return KEPT


def schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of the package file."""
    from .spec import json_schema

    _emit(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", "")
    return KEPT


def kicad(arguments: argparse.Namespace) -> int:
    """Put the plugin where KiCad looks, take it away, or say why no button appears; 1 where something is missing."""
    from .kicad.installed.doctor import NOTE, OK, doctor
    from .kicad.installed.doctor import UNREADABLE as NOT_READ
    from .kicad.installed.install import install, uninstall

    if arguments.what == "doctor":
        states = set()
        for line in doctor(arguments.version):
            print(line, flush=True)
            states.add(line.state)
        return UNREADABLE if NOT_READ in states else KEPT if states <= {OK, NOTE} else BROKEN
    version = arguments.version
    for words in uninstall(version) if arguments.uninstall else install(version, arguments.link, _ask(arguments.yes)):
        print(words, flush=True)
    return KEPT


def _ask(yes: bool) -> Callable[[str], Optional[bool]]:
    def ask(question: str) -> Optional[bool]:
        if yes:
            return True
        if not sys.stdin.isatty():
            return None
        try:
            return input(question).strip().lower() in ("y", "yes")
        except EOFError:
            return False

    return ask


def _deck(arguments: argparse.Namespace) -> Deck:
    from .rule import load_deck

    return load_deck(arguments.house, [Path(name) for name in arguments.rules], examples=False)


def _read(path: Path) -> Package:
    """A package from a package file, a board or a footprint, told apart by the file's ending."""
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        from .spec import read_spec

        return read_spec(path)
    if ending in (".kicad_pcb", ".kicad_mod"):
        from .kicad.read import read_board, read_footprint

        return (read_board if ending == ".kicad_pcb" else read_footprint)(read_input(path), str(path))
    raise fail(str(path), "is no file that can be checked; give a package file (.yaml), a .kicad_pcb or a .kicad_mod")


def _verdict(result: Result, drifted: Sequence[Drift], arguments: argparse.Namespace) -> int:
    broken = result.errors or (arguments.strict and (result.warnings or drifted))
    incomplete = arguments.complete and any(verdict.untested for verdict in result.verdicts)
    return BROKEN if broken or incomplete else KEPT


def _emit(words: str, output: str) -> None:
    if output:
        from .kicad.output import write_atomically

        write_atomically(Path(output), words.encode())
    else:
        sys.stdout.write(words)
