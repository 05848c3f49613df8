"""What the package is soldered down by: balls, bare lands or pillars; what bears another on top; cavities of the carrier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Callable, Optional

from ... import package as p
from ...arrays import BARE, Sites
from ...package import keys
from ...package.site_lands import usual_land
from ..models import root as m
from ..models.declared import data_in
from ..models.values import Path
from .messages import example

Fault = Callable[[Path, str], None]
_OF_SOLDER = ("diameter", "standoff", "alloy", "core", "core_material", "pillar", "solder_cap", "attach")
# What is for pillars only, or for balls only, with what the package stands on where it counts for nothing.
_OF_ONE_KIND = (("core", False, "pillars (terminals: pillars)"), ("core_material", False, "pillars (terminals: pillars)"),
                ("attach", False, "pillars (terminals: pillars)"),
                ("pillar", True, "balls; write terminals: pillars"), ("solder_cap", True, "balls; write terminals: pillars"))


def built_terminals(balls: m.Balls, sites: Sites, fault: Fault, remarks: list[str]) -> Optional[p.Balls]:
    """The balls or pillars, or the lands where there are none; None where they cannot be, which ``fault`` was told. What counts
    for nothing is added to ``remarks``."""
    sides = (balls.side,) * len(sites)
    if balls.terminals == p.LANDS:
        if sites.bare is not None:
            remarks.append(f"balls.array: 'terminals: {BARE}' counts for nothing, for all are bare "
                           "lands ('terminals' of the balls)")
            sites = replace(sites, bare=None)
        remarks += [f"balls: '{name}' counts for nothing, for the package stands on bare lands (terminals: lands)"
                    for name in _OF_SOLDER if getattr(balls, name)]
        return _bare_lands(balls, sites, sides, fault)
    if balls.diameter is None:
        fault(("balls", "diameter"), f"'diameter' is missing; write for example diameter: {example(('balls', 'diameter'))}, or "
              "terminals: lands where there are no balls")
        return None
    if sites.bare is not None and sites.bare.all():
        fault(("balls", "array"), "all of these are bare lands; say so of the balls (terminals: lands), without a diameter")
        return None
    land, opening = usual_land(balls.terminals)(balls.diameter.nominal)
    remarks += [f"balls: '{name}' counts for nothing, for the package stands on {what}"
                for name, of_pillars, what in _OF_ONE_KIND
                if getattr(balls, name) and of_pillars != (balls.terminals == p.PILLARS)]
    copper = {"land": balls.land or land, "opening": balls.opening or (opening if not balls.land else balls.land)}
    return p.Balls(sites, (), sides, **{**data_in(balls, p.Balls), **copper})


def _bare_lands(lands: m.Balls, sites: Sites, sides: tuple[str, ...], fault: Fault) -> Optional[p.Balls]:
    """A land grid array: every land as stated, without solder of its own."""
    if not lands.land:
        fault(("balls", "land"), f"'land' is missing; write for example land: {example(('balls', 'land'))}")
        return None
    return p.Balls(sites, (), sides, **{**data_in(lands, p.Balls), "opening": lands.opening or lands.land})


def fit_for_top_lands(carrier: p.Carrier, parts: Collection[str], fault: Fault) -> None:
    """Faults where a package cannot have lands for an upper one: on a lead frame, and beside a part of that name."""
    path = (keys.TOP_LANDS,)
    if keys.TOP in parts:
        fault(path, f"'{keys.TOP}' is what a netlist calls the lands on top; give the part of that name another")
    if carrier.frame is not None:
        fault(path, "a lead frame has no lands for an upper package; leave 'top_lands' out")


def data_of_top_lands(lands: m.TopLands) -> dict[str, Any]:
    """What a file says of the lands on top and of the package on them, by attribute."""
    upper = data_in(lands.upper, p.TopLands, "upper.") if lands.upper is not None else {}
    return {**data_in(lands, p.TopLands), **upper}
