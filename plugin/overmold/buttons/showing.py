"""What a check shows in KiCad: a selection or markers in its list of violations, and by choice texts that stay in the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..check import ERROR, INFO
from ..kicad.live.board import Marker, OpenBoard
from ..kicad.live.marks import Marked, mark
from ..report.finding import Finding, Report, to_mend
from ..report.not_read import RULE
from ..report.places import Spot
from ..state import MARKERS, Choices, Say, markers, remember_markers, remember_selection, selection_left

MOST_KEPT, MOST_ITEMS = 500, 500


def show(board: OpenBoard, report: Report, chosen: Choices) -> str:
    """Show what is broken, and take away what earlier checks have shown; says in words what was done. Raises Faults."""
    said: list[str] = []
    one_by_one = markers_of(report)
    listed = by_rule(report) if chosen.show == MARKERS and board.takes_markers else []
    before = selection_of_the_user(board, said.append)
    # Marks that nobody wants any more would go on saying what is not so.
    done = mark(board, markers(board.path, said.append), listed, one_by_one if chosen.keep else [])
    if done.listed:
        remember_markers(board.path, done.listed, said.append)
    if chosen.show == MARKERS and board.takes_markers:
        words = _listed(done, len(one_by_one))
        _give_back(board, before, said.append)
    else:
        words = select(board, [uuid for marker in one_by_one for uuid in marker.uuids], before, said.append)
    return "; ".join([words, *_rest(done), *said])


def _listed(done: Marked, findings: int) -> str:
    count = len(done.listed)
    if not count:
        return "no markers are left in KiCad's list of violations"
    of = f", for {findings} findings" if findings > count else ""
    return f"{count} marker{'s' * (count > 1)} in KiCad's list of violations (Inspect > Design Rules Checker){of}"


def _rest(done: Marked) -> Iterable[str]:
    if done.kept:
        yield f"{done.kept} kept in the board"
    elif done.gone:
        yield f"{done.gone} taken out of the board"
    yield from done.trouble
    yield (f"{done.steps} undo step{'s' * (done.steps > 1)} added in KiCad" if done.steps else "the board is as it was")


def select(board: OpenBoard, uuids: Sequence[str], before: Sequence[str], say: Say, zoom: bool = False) -> str:
    """Select these items; ``before`` is what somebody had selected. Both are remembered for the button that reads it."""
    if not uuids:
        _give_back(board, before, say)
        return "nothing to select"
    words = board.select(uuids, zoom)
    remember_selection(board.path, board.selected(), before, say)
    return words


def _give_back(board: OpenBoard, before: Sequence[str], say: Say) -> None:
    """Have selected what somebody had selected themselves, where a check has selected something else."""
    if set(board.selected()) != set(before):
        board.select(before)
    remember_selection(board.path, [], before, say)


def selection_of_the_user(board: OpenBoard, say: Say) -> list[str]:
    """What somebody has selected, also where a check has selected something else since. Raises Faults."""
    now = board.selected()
    shown, before = selection_left(board.path, say)
    return before if shown and set(now) == set(shown) else now


def markers_of(report: Report) -> list[Marker]:
    """What could not be read and the breaches as KiCad can show them, errors first; of very many the first."""
    found = [Marker(ERROR, f"{one.spot.text}: {one.message} ({RULE})", one.spot.at or (0, 0), _shown([one.spot]))
             for one in report.not_read[:MOST_KEPT]]
    breaches = [one for one in report.findings if one.severity != INFO][:MOST_KEPT]
    return found + [Marker(one.severity, f"{one.message} ({one.rule})", one.at or (0, 0), _shown(one.places))
                    for one in breaches]


def by_rule(report: Report) -> list[Marker]:
    """The same with one marker for all breaches of a rule, at the worst of them and with the items of all.

    KiCad makes an undo step of each.
    """
    unread = markers_of(report)[:min(len(report.not_read), MOST_KEPT)]
    more = f"; {len(report.not_read)} findings, this is the first" if len(unread) > 1 else ""
    items = dict.fromkeys(uuid for one in unread for uuid in one.uuids)
    first = [replace(one, message=one.message + more, uuids=tuple(items)[:MOST_ITEMS]) for one in unread[:1]]
    return first + [_together(found) for found in to_mend(report.findings).values()]


def _together(found: Sequence[Finding]) -> Marker:
    worst = found[0]
    more = f"; {len(found)} findings, this is the worst" if len(found) > 1 else ""
    places = [spot for one in found for spot in one.places]
    return Marker(worst.severity, f"{worst.message}{more} ({worst.rule})", worst.at or (0, 0), _shown(places))


def _shown(spots: Iterable[Spot]) -> tuple[str, ...]:
    uuids = dict.fromkeys(uuid for spot in spots for uuid in spot.shown)
    return tuple(uuids)[:MOST_ITEMS]
