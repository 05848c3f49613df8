"""What may come of a package on a board: the board is its carrier, the carrier lies inside the board, or the finished package
is soldered to it. Which of them a board can take, and which it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...package import Package
from ...shapes import Outline
from ..names.fields import CARRIER, CARRIER_PLACE, LAND_PATTERN
from ..reading.carrier import EDGE, read_edge
from ..reading.contents import Contents
from ..reading.drawn import drawn
from ..reading.fields import Notes
from ..reading.inside import own_outline
from ..reading.one_footprint import footprint_of

OWN, INSIDE, PATTERN = "own", "inside", "pattern"
_SAYS = {
    OWN: ("The package itself: this board is its carrier", "The board's outline and stack-up are the carrier's, and its other "
          "parts stand under the mold."),
    PATTERN: ("The finished package, soldered to this board", "One footprint, the land pattern, goes to where you say. The "
              "board's own outline and parts stay as they are."),
    INSIDE: ("The package itself, inside this board", "Only footprints that carry Overmold's fields belong to the package, and "
             "its outline is that of the carrier's footprint. Outline, stack-up and other parts of the board are left out of "
             "every check."),
}


@dataclass(frozen=True)
class Mode:
    """One of the three; ``title`` and ``says`` are for people, ``why_not`` where the board cannot take it ("" where it can)."""

    key: str
    title: str
    says: str
    why_not: str


def modes(contents: Contents, spec: Package, has_pattern: bool) -> tuple[tuple[Mode, ...], str]:
    """The three for this board, and the one that it is for where nobody says."""
    roles = set(contents.role_of.values())
    strangers = [contents.reference(number) for number in range(len(contents.footprints)) if number not in contents.role_of]
    has_carrier, is_foreign = CARRIER in roles, _is_foreign(contents, spec)
    why = dict.fromkeys(_SAYS, "")
    if contents.inside:
        why[OWN] = (f"its carrier lies inside this board; where the whole board is the carrier, empty the carrier's field "
                    f"'{CARRIER_PLACE.label}'")
    elif not has_carrier and (is_foreign or strangers):
        has = "an outline of its own" if is_foreign else f"parts of its own ({strangers[0]})"
        why[OWN] = f"this board has {has}; begin an empty board for the carrier, or place the package inside this one"
    if not has_pattern:
        why[PATTERN] = "the package has neither balls nor leads to solder it by"
    if has_carrier:
        usual = INSIDE if contents.inside or (is_foreign and strangers) else OWN
    else:
        usual = PATTERN if why[OWN] or LAND_PATTERN in roles else OWN
    usual = INSIDE if why[usual] else usual
    return tuple(Mode(key, *words, why[key]) for key, words in _SAYS.items()), usual


def as_in(contents: Contents, mode: str) -> Contents:
    """The board, read as one that the package is in this way on."""
    return replace(contents, inside=mode == INSIDE)


def _is_foreign(contents: Contents, spec: Package) -> bool:
    """Whether the board has an outline that is not the carrier's."""
    if not any(len(drawn(contents.index, clauses, (EDGE,), prefix))
               for clauses, prefix in ((contents.top, "gr"), (contents.parts, "fp"))):
        return False
    notes = Notes(contents.index)
    edge = read_edge(contents, notes)
    if edge is None:
        return True
    carrier = next((number for number, role in contents.role_of.items() if role == CARRIER), None)
    mine = own_outline(footprint_of(contents, Notes(contents.index), carrier)) if carrier is not None else None
    return not any(one is not None and _alike(edge, one) for one in (mine, spec.carrier.outline if spec.carrier else None))


def _alike(one: Outline, other: Outline) -> bool:
    """Whether two outlines are of one size and shape, wherever they lie."""
    rings = []
    for outline in (one, other):
        x, y = outline.box[:2]
        rings.append(sorted(sorted((px - x, py - y) for px, py in ring) for ring in outline.rings))
    return rings[0] == rings[1]
