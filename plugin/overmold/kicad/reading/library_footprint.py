"""A footprint of a library becomes the finished package that is soldered there: its balls or what else it stands on, its body,
and its land, which stays as it is.

What stands on the lands is told by the footprint's name, the property of its pads and their shapes. Whatever was told in
this way is said, and what a footprint does not say (the metal of leads, how thick anything is) is not made up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ...arrays import Sites
from ...faults import fail
from ...geometry.lands import COLLAPSING, ball_land
from ...package import FAR_SIDE, LEAD_FRAME, SUBSTRATE, WAFER, Balls, Carrier, Frame, Land, Package
from ...package.lands import ROUND, USUAL_LAYERS
from ...package.own import own_spots
from ...plain import listed
from ...shapes import Point, rectangle, transform
from ...units import LENGTH, Toleranced, show
from ..clauses.tree import tree
from ..names.fields import PART
from .body import body_outline
from .contents import Contents, tree_head
from .fields import Notes
from .foreign import FEWEST, Foreign, foreign, is_dense
from .frame_of_lands import THICKNESS, frame_of_lands
from .lands import Unsayable, lands_of
from .one_footprint import Footprint, contacts, footprint_of, nets_of
from .package_words import ARRAYS, BARE, LEADS, WAFERS, must_be_flat

_ALIKE = 1.6  # times as wide as most, and a round pad is no ball of the same array
_BODY_REACH = 0.9  # of pads whose inner end lies outside the body: leads that are bent outwards
_FEWEST = 3  # lands of a package that nothing calls one
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Read:
    """The package, what is to be said, and lines for the head of its file."""

    package: Package
    notes: tuple[str, ...]
    comments: tuple[str, ...]


def read_finished(contents: Contents, notes: Notes, number: int = 0) -> Read:
    """The finished package on the lands of a foreign footprint; raises Faults that say why there is none."""
    only = footprint_of(contents, notes, number)
    source = contents.index.source
    rows = contacts(contents.pads, number)
    if not len(rows):
        raise fail(source, "this footprint has no pad with a name, so nothing is soldered to it")
    try:
        lands = lands_of(only)
    except Unsayable as error:
        raise fail(source, f"a table of lands cannot say this footprint: {error}") from None
    terminals = [land for land in lands if land.is_terminal]
    if not terminals:
        raise fail(source, "this footprint has no lands on the front: it is not a package that is soldered flat onto a board")
    loose = sorted({land.name for land in lands if land.drill and land.name} - {land.name for land in terminals})
    if loose:
        raise fail(source, f"pads with holes for pins ({listed(loose, _SHOWN)}): a package of this kind stands on its lands "
                   f"alone")
    body = _body(only)
    name = tree_head(contents.index, only.clause)
    words = " ".join((name, contents.word_of(number, "descr"), contents.word_of(number, "tags")))
    balls = _ball_lands(only, terminals, words) if not (LEADS.search(name) or BARE.search(name)) else []
    if not balls:
        if len({land.name for land in terminals}) < _FEWEST and not any(p.search(words) for p in (LEADS, BARE, ARRAYS)):
            raise fail(source, "this footprint has two lands or one, and nothing calls it a package; give a board, the "
                       f"footprint of one that stands on its lands (BGA, CSP, LGA, QFN, DFN, SON), or one with the field "
                       f"'{PART}'")
        must_be_flat(name, words, source)
        _must_lie_under(terminals, body, source)
    nets = dict(zip((contents.pads.names[row] for row in rows.tolist()), nets_of(contents.pads, rows)))
    return _package(name, words, body, lands, balls, nets)


def _ball_lands(only: Footprint, terminals: list[Land], words: str) -> list[Land]:
    """The lands that balls are soldered to: round ones of an array of balls, near each other in size."""
    pads, index = only.contents.pads, only.contents.index
    first = pads.clauses[contacts(pads, only.number)[:1]].tolist()
    has_property = any(tree(index, clause).word_of("property") == "pad_prop_bga" for clause in first)
    named = bool(ARRAYS.search(words)) or (len(terminals) >= FEWEST and is_dense(only, contacts(pads, only.number)))
    if not has_property and (not named or BARE.search(words) or (LEADS.search(words) and not ARRAYS.search(words))):
        return []
    found = [land for land in terminals if land.shape == ROUND and not land.arms and land.size[0] == land.size[1]]
    once = Counter(land.name for land in terminals)
    found = [land for land in found if once[land.name] == 1]
    if len(found) < 2 or 2 * len(found) < len(terminals):
        return []
    usual = Counter(land.size[0] for land in found).most_common(1)[0][0]
    return [land for land in found if usual / _ALIKE <= land.size[0] <= usual * _ALIKE]


def _must_lie_under(terminals: list[Land], body: Foreign, source: str) -> None:
    """Raises Faults where the lands lie outside the body: its leads are bent outwards, and it is another kind of package."""
    if body.body is None or body.body_from == "its pads":
        return
    (x, y), (wide, high) = _own_body(body)
    left, top, right, bottom = x - wide // 2, y - high // 2, x + wide // 2, y + high // 2
    outside = [land for land in terminals if not (left < land.at[0] + _inner(land.at[0], land, 0) < right
                                                  and top < land.at[1] + _inner(land.at[1], land, 1) < bottom)]
    if len(outside) > _BODY_REACH * len(terminals):
        raise fail(source, "its lands lie outside of its body: its leads are bent outwards (as those of SO and QFP), and it "
                   "is not a package that stands on lands under itself")


def _inner(at: int, land: Land, axis: int) -> int:
    across = land.angle % 180_000 in (0, 180_000)
    half = land.size[axis if across else 1 - axis] // 2
    return -half if at > 0 else half


def _body(only: Footprint) -> Foreign:
    """The footprint with its body: what it draws on its fabrication layer around the middle of its lands, which may reach out
    of that on all sides; else what is usual."""
    body = foreign(only)
    if not body.body_from:
        return body
    pads = only.contents.pads
    spots = own_spots(pads.xy[contacts(pads, only.number)], only.at, only.angle)
    ring = body_outline(only, "F.Fab", ((spots.min(axis=0) + spots.max(axis=0)) // 2).reshape(1, 2))
    if ring is None:
        return body
    at = transform(ring.centre, only.at, only.angle)
    return replace(body, body=rectangle(at, ring.size, only.angle), at=at, body_from="")


def _own_body(body: Foreign) -> tuple[Point, Point]:
    """Middle and size of the body, about the footprint's own origin and unturned."""
    assert body.body is not None
    xy = own_spots(np.array(body.body.rings[0], np.int64), body.origin, body.angle)
    (left, top), (right, bottom) = xy.min(axis=0).tolist(), xy.max(axis=0).tolist()
    return ((left + right) // 2, (top + bottom) // 2), (right - left, bottom - top)


def _package(name: str, words: str, body: Foreign, lands: tuple[Land, ...], balls: list[Land], nets: dict[str, str]) -> Read:
    centre, size = _own_body(body)
    kind, why = _kind(name, words, bool(balls))
    about = tuple(land._replace(at=(land.at[0] - centre[0], land.at[1] - centre[1])) for land in lands)
    said, comments = [], []
    if balls:
        names = {land.name for land in balls}
        made, table = _balls([land for land in about if land.name in names], about, nets)
        said.append(f"taken as a ball-grid array: {len(balls)} balls on its lands")
        own = made.sites.diameters
        if own is not None and own.any():
            unlike = [name for name, size in zip(made.sites.names, own.tolist()) if size]
            said.append(f"guess: {listed(unlike, _SHOWN)}: balls of their own size, for their lands have one")
        others = [land.name or "without a name" for land in about if land.is_terminal and land.name not in names]
        if others:
            said.append(f"no balls, but lands alone: {listed(sorted(set(others)), _SHOWN)}")
        diameter = made.diameter.nominal if made.diameter is not None else 0
        guess = f"balls of {show(diameter, LENGTH, 'mm')}, which IPC-7351 gives such a land"
        said.append(f"guess: {guess}")
        comments.append(f"A guess: {guess}.")
    else:
        made, table = None, about
        count = len({land.name for land in about if land.is_terminal})
        said.append(f"taken as a package on {count} lands without balls")
    frame = _frame(name, about, size, said, comments) if kind == LEAD_FRAME and not balls else None
    if frame is None and not balls:
        comments.append("The metal over the lands is not said; give the carrier its frame or its terminals.")
    said.append(f"guess: {why}")
    comments.append(f"A guess: kind: {kind}.")
    if body.body_from:
        said.append(f"its outline is that of {body.body_from}")
    carrier = Carrier(kind, rectangle((0, 0), size), frame=frame)
    source = body.contents.index.source
    return Read(Package(name, source, carrier, balls=made, lands=table, places=body.notes.places), tuple(said), tuple(comments))


def _frame(name: str, lands: tuple[Land, ...], size: Point, said: list[str], comments: list[str]) -> Optional[Frame]:
    """The frame that such lands are for, where the name says that it is one with leads; and what of it is guessed."""
    if not LEADS.search(name):
        return None
    found = frame_of_lands(lands, size)
    if found.frame is None:
        said.append(f"no frame is made of its lands: {found.why_not}")
        return None
    thick = show(THICKNESS, LENGTH, "mm")
    words = f"each of the {len(found.leads)} leads, and what else is soldered, is the part of its land under the body, all " \
            f"of it metal {thick} thick, as MO-220 has it"
    said.append(f"guess: {words}")
    comments.append(f"A guess: {words}.")
    return found.frame


def _kind(name: str, words: str, has_balls: bool) -> tuple[str, str]:
    """What it is made on, and by what that was told."""
    if has_balls:
        kind = WAFER if WAFERS.search(name) and "bga" not in name.lower() else SUBSTRATE
    elif LEADS.search(name) or (LEADS.search(words) and not BARE.search(name)):
        kind = LEAD_FRAME
    elif BARE.search(words) or ARRAYS.search(words):
        kind = SUBSTRATE
    else:
        return LEAD_FRAME, f"its carrier is a {LEAD_FRAME}; nothing but its lands says so"
    return kind, f"its carrier is a {kind}, for so packages of this name are made"


def _balls(found: list[Land], lands: tuple[Land, ...], nets: dict[str, str]) -> tuple[Balls, tuple[Land, ...]]:
    """The balls, with what is said of all of their lands, and the lands that are left to be listed."""
    usual = Counter(land._replace(name="", at=(0, 0)) for land in found).most_common(1)[0][0]
    land = usual.size[0]
    opening = land + 2 * usual.mask if usual.mask is not None else 0
    plain = usual.layers == USUAL_LAYERS and usual.paste_share is None and opening >= 0 and not usual.angle and (
        usual.paste is None or land + 2 * usual.paste > 0)
    is_usual = {one.name for one in found if plain and one._replace(name="", at=(0, 0)) == usual}
    sizes = np.array([one.size[0] for one in found], np.int64)
    diameter = ball_of(land)
    own = np.array([0 if size == land else ball_of(int(size)) for size in sizes], np.int64)
    sites = Sites(tuple(one.name for one in found), np.array([one.at for one in found], np.int64), (),
                  own if own.any() else None)
    balls = Balls(sites, tuple(nets.get(one.name, "") for one in found), (FAR_SIDE,) * len(found),
                  diameter=Toleranced(diameter),
                  customer_land=land,
                  customer_opening=opening, customer_paste=land + 2 * usual.paste if plain and usual.paste is not None else 0)
    return balls, tuple(one for one in lands if one.name not in is_usual)


def ball_of(land: int) -> int:
    """The ball whose land by IPC-7351 is this one, nearly."""
    sizes: Optional[int] = next((1000 * ball for ball, wide in COLLAPSING if 1000 * wide >= land), None)
    rows = range(max(10_000, land - 100_000), land + 260_000, 10_000)
    best = min(rows, key=lambda ball: (abs(ball_land(ball) - land), abs(ball - (sizes or ball))))
    return best
