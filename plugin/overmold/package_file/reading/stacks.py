"""What stands on what: the names after 'stands_on' are chips of the package, and nothing stands on itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, Union

from ...faults import Fault, did_you_mean
from ...marked_yaml import Marked
from ...package import FAR_SIDE, Chip, Passive, circle_of
from ...package.chip import not_on_far_side
from ..models import root as m
from ..models.values import Path, short


def supports_of(part: Union[m.Chip, m.Passive], path: Path, fault: Callable[[Path, str], None]) -> tuple[str, ...]:
    """The names of what a part stands on, one or a list, under the word for it or the older one; ``fault`` is told where it has
    both."""
    if part.stands_on is not None and part.on is not None:
        fault((*path, "on"), "'on' is an older word for 'stands_on'; leave it out")
    on = part.on if part.stands_on is None else part.stands_on
    return () if on is None else (on,) if isinstance(on, str) else tuple(on)


def said_as(marked: Marked, path: Path) -> str:
    """Which of the two words for it the part at ``path`` has in the file."""
    return "stands_on" if marked.at((*path, "stands_on")) is not None or marked.at((*path, "on")) is None else "on"


def check_stacks(chips: Sequence[tuple[Chip, Path]], others: Sequence[str], broken: set[str], marked: Marked,
                 faults: list[Fault]) -> None:
    """Add a fault for every support that is not a chip, and where chips stand on each other in a circle.

    ``others`` are the names of parts that are no chips; parts named in ``broken`` are not missed.
    """
    names = [chip.name for chip, _ in chips]
    for chip, path in chips:
        for i in range(len(chip.on)):
            trouble = _trouble(chip, i, names, others, broken)
            if trouble:
                here = (*path, said_as(marked, path))
                node = marked.at(here)
                listed = node is not None and isinstance(node.value, list)
                faults.append(marked.fault((*here, i) if listed else here, trouble))
        if chip.attach is not None and chip.has_gap:
            said = f"{chip.name} stands on its bumps; 'attach' is for a chip that is bonded face-up"
            faults.append(marked.fault((*path, "attach"), said, key=True))
        for attribute, message in not_on_far_side(chip, [one for one, _ in chips]):
            where = said_as(marked, path) if attribute == "on" else attribute
            faults.append(marked.fault((*path, where), message, key=True))
    by_name = {chip.name: chip for chip, _ in chips}
    told: set[str] = set()
    for chip, path in chips:
        circle = circle_of(chip, by_name)
        if circle and not told & set(circle):
            told.update(circle)
            said = f"{' stands on '.join(circle)}: somewhere a tower begins on the carrier; leave 'stands_on' out there"
            faults.append(marked.fault((*path, said_as(marked, path)), said, key=True))


def check_passives_on_chips(passives: Sequence[Passive], places: Sequence[int], chips: Sequence[Chip], broken: set[str],
                            said_to: tuple[Marked, list[Fault]]) -> None:
    """Add a fault for every passive that stands on no chip of the package, or on one and on the far side as well; ``places``
    are those of the passives in the file."""
    marked, faults = said_to
    names = [chip.name for chip in chips]
    for part, i in zip(passives, places):
        path = ("passives", i)
        for k, name in enumerate(part.on):
            said = f"'{name}' is listed twice" if name in part.on[:k] else ""
            if name in (one.name for one in passives):
                said = f"{name} is not a chip, and a passive stands on the carrier or on a chip"
            elif name not in names and name not in broken and "" not in broken:
                said = f"there is no chip '{short(name)}' to stand on{did_you_mean(name, names) if names else ''}"
            if said:
                here = (*path, said_as(marked, path))
                node = marked.at(here)
                faults.append(marked.fault((*here, k) if node is not None and isinstance(node.value, list) else here, said))
            if any(chip.name == name and chip.is_far for chip in chips):
                faults.append(marked.fault((*path, said_as(marked, path)), f"{name} is on the carrier's far side, and no "
                                           "passive can stand on a chip there"))
            if part.side == FAR_SIDE and not k:
                faults.append(marked.fault((*path, "side"), f"{part.name} stands on {name}, so it is not on the carrier's far "
                                           "side; leave 'side' or 'stands_on' out", key=True))


def _trouble(chip: Chip, i: int, names: Sequence[str], others: Sequence[str], broken: set[str]) -> str:
    name = chip.on[i]
    if name == chip.name:
        return f"{name} cannot stand on itself; leave 'stands_on' out where it stands on the carrier"
    if name in chip.on[:i]:
        return f"'{name}' is listed twice"
    if name in names or name in broken or "" in broken:
        return ""
    if name in others:
        return f"{name} is not a chip, and only on chips other chips can stand"
    known = [one for one in names if one != chip.name]
    return f"there is no chip '{short(name)}' to stand on{did_you_mean(name, known) if known else ''}"
