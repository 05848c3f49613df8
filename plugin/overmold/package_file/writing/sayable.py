"""A package with nothing in it that a package file cannot hold, and what had to be changed for that, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Optional, TypeVar

from ...arrays import picked
from ...package import (
    FAR_SIDE,
    PADDLE,
    Balls,
    BondPads,
    Bumps,
    Carrier,
    Chip,
    Mold,
    Package,
    Passive,
    TopLands,
    Wire,
    keys,
)
from ...plain import without_invisible
from ...shapes import Outline
from ...units import Toleranced
from ..models import types as t
from ..models.values import short

_CARRIER = "PKG1"  # what the carrier itself is called
_NOT_IN_NAMES = r"[\s.,;:\"'(){}\[\]\\/\x00-\x1f\x7f]+"
_SHOWN = 5  # names that one note lists
Named = TypeVar("Named", Bumps, BondPads, Balls, TopLands)


def sayable(package: Package) -> tuple[Package, tuple[str, ...]]:
    """The package with names that a package file takes and without what it has no words for; a note on every change.

    A package that came from a package file comes back as it is, without a note.
    """
    return _Mending(package).mended()


class _Mending:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.notes: list[str] = []
        self.nets = self._new_names(_nets(package), t.NET_NAME, r"[\s,;\"\\\x00-\x1f\x7f]+", 200, "net")
        parts = [*(chip.name for chip in package.chips), *(part.name for part in package.passives)]
        self.parts = self._new_names(parts, t.PART_NAME, _NOT_IN_NAMES, 60, "part", {_CARRIER})
        self.ends: dict[str, str] = {}

    def mended(self) -> tuple[Package, tuple[str, ...]]:
        package = self.package
        carrier = self._carrier(package.carrier) if package.carrier else None
        chips = tuple(self._chip(chip) for chip in package.chips)
        passives = tuple(self._passive(part) for part in package.passives if self._has_pads(part))
        balls = self._balls(package.balls) if package.balls is not None else None
        if balls is not None and carrier is not None and carrier.frame is not None:
            self.notes.append("the balls are left out: a lead frame is soldered by its leads")
            balls = None
        mold = package.mold
        changed = replace(
            package, top_lands=self._sites(package.top_lands, "top land") if package.top_lands is not None else None,
            name=self._package_name(), carrier=carrier, chips=chips, passives=passives,
            cavities=tuple(replace(one, outline=self._whole(one.outline, f"cavity {one.name}")) for one in package.cavities),
            wires=self._wires(package.wires), balls=balls, mold=self._mold(mold) if mold else None)
        return changed, tuple(self.notes)

    def _mold(self, mold: Mold) -> Mold:
        names = self._new_names((one.name for one in mold.regions), t.PART_NAME, _NOT_IN_NAMES, 60, "mold region")
        regions = tuple(replace(one, name=names.get(one.name, one.name), outline=self._whole(one.outline, f"mold {one.name}"))
                        for one in mold.regions)
        return replace(mold, outline=self._whole(mold.outline, "the mold"), regions=regions)

    def _package_name(self) -> str:
        name = self.package.name
        try:
            return t.package_name(name)
        except ValueError:
            new = re.sub(r"[^\w.+-]+", "_", without_invisible(name)).lstrip("_.+-")[:98] or "package"
            new = new if _is(t.package_name, new) else f"{new}_"
            self.notes.append(f"the package is called {new}: '{short(name)}' cannot name files")
            return new

    def _new_names(self, names: Iterable[str], rule: Callable[[object], str], bad: str, longest: int, what: str,
                   taken: Iterable[str] = ()) -> dict[str, str]:
        """New names for those that break the rule, none of them like another."""
        used = {*(names := list(names)), *taken}
        new: dict[str, str] = {}
        for name in names:
            if name in new or (_is(rule, name) and name not in taken):
                continue
            plain = re.sub(bad, "_", without_invisible(name))[:longest - 4] or what
            number, one = 1, plain
            while one in used or not _is(rule, one):
                number += 1
                one = f"{plain}_{number}"
            used.add(one)
            new[name] = one
        if new:
            first = [f"'{short(name)}' is now {one}" for name, one in list(new.items())[:_SHOWN]]
            more = f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""
            self.notes.append(f"names that a package file cannot hold were changed: {what} {', '.join(first)}{more}")
        return new

    def _net(self, net: str) -> str:
        return self.nets.get(net, net)

    def _whole(self, outline: Outline, what: str) -> Outline:
        if len(outline.rings) > 1:
            self.notes.append(f"the holes in the outline of {what} are left out: a package file says an outline by its corners")
        return Outline(outline.rings[:1])

    def _carrier(self, carrier: Carrier) -> Carrier:
        layers = []
        for layer in carrier.stackup:
            thickness = layer.thickness
            if thickness.low < 1:
                self.notes.append(f"{layer.name or layer.kind}: its tolerance is left out; it would take the layer away")
                thickness = Toleranced(thickness.nominal)
            layers.append(replace(layer, thickness=thickness, material=_text(layer.material), name=_text(layer.name)))
        names = self._new_names((one.name for one in carrier.fingers), t.PART_NAME, _NOT_IN_NAMES, 60, "finger")
        self.ends.update(names)
        fingers = tuple(replace(one, name=names.get(one.name, one.name), net=self._net(one.net)) for one in carrier.fingers)
        frame = carrier.frame
        if frame is not None:
            frame = replace(frame, paddle_net=self._net(frame.paddle_net),
                            leads=tuple(replace(lead, net=self._net(lead.net)) for lead in frame.leads))
        return replace(
            carrier, outline=self._whole(carrier.outline, "the carrier"), stackup=tuple(layers), frame=frame,
            fingers=fingers)

    def _chip(self, chip: Chip) -> Chip:
        name = self.parts.get(chip.name, chip.name)
        bumps = self._sites(chip.bumps, f"bump of {chip.name}") if chip.bumps else None
        pads = self._sites(chip.pads, f"bond pad of {chip.name}") if chip.pads else None
        if pads is not None and chip.pads is not None:
            shared = set(bumps.sites.names) & set(pads.sites.names) if bumps is not None else set()
            if shared:
                self.notes.append(f"{name}: its bond pads now have a P before their names, for bumps are called so too")
                pads = replace(pads, sites=replace(pads.sites, names=tuple(f"P{one}" for one in pads.sites.names)))
            for old, new in zip(chip.pads.sites.names, pads.sites.names):
                self.ends[keys.end(chip.name, old)] = keys.end(name, new)
        if chip.attach is not None and chip.has_gap:
            self.notes.append(f"{name}: its die attach is left out, for it stands on its bumps")
            chip = replace(chip, attach=None)
        return replace(chip, name=name, outline=self._whole(chip.outline, name), pads=pads,
                       bumps=replace(bumps, alloy=_text(bumps.alloy)) if bumps else None,
                       on=tuple(self.parts.get(one, one) for one in chip.on))

    def _sites(self, part: Named, what: str) -> Optional[Named]:
        """Every site with a name of its own, and its net as a package file can say it; None where there is no site."""
        sites = part.sites
        if not len(sites):
            return None
        nets = tuple(map(self._net, part.nets))
        if len(set(sites.names)) == len(sites) and all(_is(t.SITE_NAME, name) for name in sites.names):
            return part if nets == part.nets else replace(part, nets=nets)
        seen: set[str] = set()
        names: list[str] = []
        for name in sites.names:
            plain = re.sub(r"[\s,;\"\x00-\x1f\x7f]+", "_", without_invisible(name))[:56] or "X"
            number, one = 1, plain
            while one in seen or (one != name and one in sites.names):
                number += 1
                one = f"{plain}_{number}"
            seen.add(one)
            names.append(one)
        new = {old: one for old, one in zip(sites.names, names) if old != one}
        first = ", ".join(f"'{short(old)}' is now {one}" for old, one in list(new.items())[:_SHOWN])
        self.notes.append(f"sites that have no name of their own were given one: {what} {first}"
                          + (f" and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""))
        return replace(part, nets=nets, sites=replace(sites, names=tuple(names)))

    def _has_pads(self, part: Passive) -> bool:
        if not part.terminals:
            self.notes.append(f"{part.name} is left out: it has no pads on the carrier")
        return bool(part.terminals)

    def _passive(self, part: Passive) -> Passive:
        order = sorted(part.terminals, key=lambda one: (not one.name.isdigit(), len(one.name), one.name))
        terminals = tuple(replace(one, name=str(i + 1), net=self._net(one.net)) for i, one in enumerate(order))
        was = [one.name for one in order]
        if was != [one.name for one in terminals]:
            self.notes.append(f"{part.name}: its pads {', '.join(map(short, was))} are now counted from 1 to {len(was)}")
        return replace(part, name=self.parts.get(part.name, part.name), terminals=terminals, value=_text(part.value),
                       on=tuple(self.parts.get(one, one) for one in part.on))

    def _balls(self, balls: Balls) -> Optional[Balls]:
        named = self._sites(balls, "ball")
        if named is None:
            return None
        far = sum(side == FAR_SIDE for side in named.sides)
        if 0 < far < len(named.sides):
            most = FAR_SIDE if 2 * far >= len(named.sides) else next(side for side in named.sides if side != FAR_SIDE)
            rows = [i for i, side in enumerate(named.sides) if side == most]
            self.notes.append(f"{len(named.sides) - len(rows)} balls are left out: a package file has balls on one side, and "
                              f"most are on the {most}")
            named = replace(named, sites=picked(named.sites, rows), nets=_picked(named.nets, rows),
                            sides=_picked(named.sides, rows))
        return replace(named, alloy=_text(named.alloy))

    def _wires(self, wires: Sequence[Wire]) -> tuple[Wire, ...]:
        kept: list[Wire] = []
        seen: set[frozenset[str]] = set()
        for wire in wires:
            start, end = (self.ends.get(one, one) for one in (wire.start, wire.end))
            pair = frozenset((start, end))
            if not (start and end) or start in (end, PADDLE) or pair in seen:
                self.notes.append(f"a wire from {start or 'nothing'} to {end or 'nothing'} is left out: " + (
                    "there is one between these two already" if pair in seen else
                    "it begins on the paddle" if start == PADDLE else "it does not go from one piece of metal to another"))
                continue
            seen.add(pair)
            kept.append(replace(wire, start=start, end=end, net=self._net(wire.net)))
        return tuple(kept)


def _nets(package: Package) -> list[str]:
    """Every net of the package once."""
    carrier = package.carrier
    nets = [net for chip in package.chips for part in (chip.bumps, chip.pads) if part is not None for net in part.nets]
    nets += [one.net for part in package.passives for one in part.terminals]
    nets += package.balls.nets if package.balls is not None else ()
    nets += package.top_lands.nets if package.top_lands is not None else ()
    nets += [finger.net for finger in carrier.fingers] if carrier is not None else []
    if carrier is not None and carrier.frame is not None:
        nets += [*(lead.net for lead in carrier.frame.leads), carrier.frame.paddle_net]
    return [net for net in dict.fromkeys(nets) if net]


def _is(rule: Callable[[object], str], text: str) -> bool:
    try:
        rule(text)
    except ValueError:
        return False
    return True


def _text(text: str) -> str:
    """A text for people, in one line of what a package file takes."""
    return text if _is(t.FREE_TEXT, text) else without_invisible(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", text))[:200]


def _picked(values: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    return tuple(values[i] for i in rows)
