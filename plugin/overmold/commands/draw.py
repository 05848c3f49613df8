"""``overmold draw``: what a package looks like, as files. What there is to draw is a table, one row a kind."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Union

from ..exits import KEPT
from ..faults import fail
from ..file_names import fit
from ..input_file import was_read
from ..plain import listed, one_line
from .common import PICTURES, read_with_settings
from .console import err, out
from .inputs import Input

if TYPE_CHECKING:
    from ..package import Package
    from ..pictures.judged import Judgement
    from ..rule import Deck
    from ..settings import Settings


@dataclass(frozen=True, eq=False)
class Asked:
    """What is to be drawn: the package, and what the command line says of how."""

    package: Package
    deck: Deck
    options: argparse.Namespace

    @cached_property
    def judged(self) -> Judgement:
        """The parts that break a rule or are warned of, and the ratio of every gap; with ``--no-check`` nothing is marked."""
        from ..pictures.judged import judgement, unjudged

        if self.options.no_check:
            return unjudged(self.package)
        from ..check import check

        return judgement(check(self.package, self.deck))


@dataclass(frozen=True)
class Kind:
    """One thing that can be drawn: ``name`` is its option, ``ending`` follows the package's name in its file. ``draw`` gives
    the file; nothing where the package has nothing of the kind, which ``lacks`` says, or finds out. Those that are ``usual``
    are drawn where no kind is asked for."""

    name: str
    ending: str
    words: str
    draw: Callable[[Asked], bytes]
    lacks: Union[str, Callable[[Package], str]] = "there is no carrier"
    usual: bool = True


def _section(asked: Asked) -> bytes:
    from ..pictures.section import section
    from ..pictures.where import cut_at

    at = cut_at(asked.package, asked.options.at) if asked.options.at else None
    return section(asked.package, asked.judged, at=at).encode()


def _plan(asked: Asked) -> bytes:
    from ..pictures.plan import plan

    return plan(asked.package, asked.judged.marks, side=asked.options.side).encode()


def _ball_map(asked: Asked) -> bytes:
    from ..pictures.ball_map import ball_map

    return ball_map(asked.package, asked.options.colour, asked.options.side, asked.judged.marks).encode()


def _outline(asked: Asked) -> bytes:
    from ..drawings.outline import outline_drawing

    return outline_drawing(asked.package).encode()


def _bonding(asked: Asked) -> bytes:
    from ..drawings.bonding import bonding_diagram

    return bonding_diagram(asked.package, asked.deck.rules).encode()


def _strip(asked: Asked) -> bytes:
    from ..drawings.strip import strip_drawing

    return strip_drawing(asked.package).encode()


def _strip_dxf(asked: Asked) -> bytes:
    from ..exchange.writing.strip import write

    return write(asked.package)


def _no_strip(package: Package) -> str:
    from ..drawings.strip import missing_for_strip

    return missing_for_strip(package)


KINDS = (
    Kind("section", ".section.svg", "cross-section to scale, with t1, t2 and their ratio at every gap", _section),
    Kind("plan", ".plan.svg", "plan to scale from the chip side or the ball side", _plan),
    Kind("ball-map", ".ball-map.svg", "every ball in the colour of its net's class or of its net, with names and legend",
         _ball_map, lacks="there are no balls"),
    Kind("outline", ".outline.svg", "package outline drawing: three views, dimensions with their limits, notes", _outline),
    Kind("bonding", ".bonding.svg", "bonding diagram: pads, wires by tier, fingers, limits and the wire table", _bonding,
         "there are no wires"),
    Kind("strip", ".strip.svg", "the whole strip or panel: packages, streets, blocks, rails and gates, with dimensions", _strip,
         _no_strip, usual=False),
    Kind("strip-dxf", ".strip.dxf", "the same as DXF, in mm", _strip_dxf, _no_strip, usual=False),
)
SIDES, COLOURS = ("chip", "ball"), ("class", "net")


def options(command: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    for kind in KINDS:
        command.add_argument(f"--{kind.name}", action="store_true", help=kind.words)
    command.add_argument("--at", metavar="LINE", default="",
                         help="where to cut: x=1.2mm, y=0, U1, x=U1, or two points as --at='-2mm,-1mm 2mm,1mm' (default: "
                              "through the tallest tower)")
    command.add_argument("--side", choices=SIDES, default=SIDES[0],
                         help="from where plan and ball map are seen (default: chip)")
    command.add_argument("--colour", choices=COLOURS, default=COLOURS[0],
                         help="what the ball map colours: classes of nets (default), or the largest nets each in its own")
    command.add_argument("--no-check", action="store_true", help="mark nothing: by default what breaks a rule is red and named")
    command.add_argument("--pdf", action="store_true",
                         help="as PDF, by rsvg-convert, Inkscape or a browser of Chromium's kind; SVG where none is here")
    command.add_argument("-o", "--output", metavar="PATH", default=".",
                         help="folder to write to (default: here); of one kind also the file itself")


def run(arguments: argparse.Namespace) -> int:
    """Draw what is asked for, and name what was written."""
    asked_for = [kind for kind in KINDS if getattr(arguments, kind.name.replace("-", "_"))]
    kinds = asked_for or [kind for kind in KINDS if kind.usual]
    decks: dict[Settings, Deck] = {}
    package, settings = read_with_settings(Input(arguments.file), arguments, decks)
    asked, drawn = Asked(package, decks[settings], arguments), {}
    for kind in kinds:
        data = kind.draw(asked)
        if data:
            drawn[kind] = data
        elif asked_for:
            lacks = kind.lacks if isinstance(kind.lacks, str) else kind.lacks(package)
            raise fail(arguments.file, f"has nothing to draw for --{kind.name}: {lacks}")
    if not drawn:
        raise fail(arguments.file, f"has nothing to draw: {kinds[0].lacks}")
    output: str = arguments.output
    if arguments.pdf or (len(asked_for) == 1 and output.lower().endswith(".pdf")):
        drawn, output = _as_pdf(drawn, output)
    for path in _written(drawn, asked.package.name, output, [kind.ending for kind in drawn] if asked_for else []):
        out(f"{one_line(str(path))}\n")
    return KEPT


def _as_pdf(drawn: Mapping[Kind, bytes], output: str) -> tuple[dict[Kind, bytes], str]:
    """The pictures as PDF as far as there is a program for it, else as they are, which is told; and where to write then."""
    from ..pdf_file import pdf_of

    made: dict[Kind, bytes] = {}
    for kind, data in drawn.items():
        pdf = pdf_of(data.decode()) if kind.ending.endswith(".svg") else None
        made[replace(kind, ending=f"{kind.ending[:-4]}.pdf") if pdf is not None else kind] = pdf or data
    left = [kind.name for kind in made if not kind.ending.endswith(".pdf")]
    if left:
        err(f"no PDF of {listed(left)}: neither rsvg-convert, Inkscape nor a browser of Chromium's kind is here to make it; "
            "written as SVG instead")
        output = f"{output[:-4]}.svg" if output.lower().endswith(".pdf") else output
    return made, output


def _written(drawn: Mapping[Kind, bytes], name: str, output: str, endings: Sequence[str]) -> tuple[Path, ...]:
    """The files: into a folder, or one kind that was asked for alone into the file that ``output`` names."""
    from ..output_file import write_atomically
    from ..output_folder import write_new

    one = Path(output)
    if len(endings) == 1 and one.suffix and not one.is_dir() and endings[0].endswith(one.suffix.lower()):
        paths, folder = {one: next(iter(drawn.values()))}, None
    else:
        if one.suffix.lower() in PICTURES and not one.is_dir():
            due = Path(next(iter(drawn)).ending).suffix
            raise fail(output, "cannot be written: " + (
                f"the picture is {due[1:].upper()}; name it {one.stem}{due}, or give a folder" if len(endings) == 1 else
                f"{len(drawn)} pictures do not go into one file; give a folder, or ask for one of them, say --plan"))
        folder = one
        paths = {folder / f"{fit(name)}{kind.ending}": data for kind, data in drawn.items()}
    for path in (one, *paths):
        if was_read(path):
            raise fail(str(path), "is read by this very command; write the picture elsewhere (-o)")
    if folder is not None:
        return write_new(folder, {path.name: data for path, data in paths.items()}, force=True)
    for path, data in paths.items():
        write_atomically(path, data)
    return tuple(paths)


__all__ = ["KINDS", "Asked", "Kind", "options", "run"]
