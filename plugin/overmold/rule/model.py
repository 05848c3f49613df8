"""What a rule is, once it has been read: its limits, its words, and the deck it comes with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple, Optional

from ..package import Alloy, Compound
from ..units import Number


class Limits(NamedTuple):
    """What a reading may be, in base units of its measure: ends of at_least and at_most belong, of below and above not."""

    at_least: Optional[Number] = None
    at_most: Optional[Number] = None
    below: Optional[Number] = None
    above: Optional[Number] = None

    @property
    def lower(self) -> Optional[Number]:
        """The limit from below, strict or not; None if there is none."""
        return self.at_least if self.at_least is not None else self.above

    @property
    def upper(self) -> Optional[Number]:
        """The limit from above, strict or not; None if there is none."""
        return self.at_most if self.at_most is not None else self.below

    def margin(self, value: Number) -> Number:
        """Distance to the nearest limit, negative beyond it."""
        lower = self.at_least if self.at_least is not None else self.above
        upper = self.at_most if self.at_most is not None else self.below
        if lower is None:
            assert upper is not None, "a rule without a limit"
            return upper - value
        if upper is None:
            return value - lower
        return min(value - lower, upper - value)

    def snapped(self, value: Number, slack: Number) -> Number:
        """The limit that is no farther from ``value`` than ``slack``, else ``value``."""
        for limit in (self.lower, self.upper):
            if limit is not None and -slack <= value - limit <= slack:
                return limit
        return value

    def kept_by(self, value: Number) -> bool:
        """Whether ``value`` is allowed."""
        return ((self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)
                and (self.below is None or value < self.below) and (self.above is None or value > self.above))


class Rule(NamedTuple):
    """One rule. ``broken_by`` are changes to the demo package that break it and no other rule, ``kept_by`` what has to be
    changed first for the demo to keep it (a house's limits may ask for another kind of package).

    ``original`` is the rule as its own file has it, where a team's deck has changed it: a team may set other limits, the
    words of a claim stay what they are. ``changed_by`` names the deck that did so last, ``house X`` or ``deck X``.
    ``cpk`` is the capability that every reading with a tolerance is to have, None where none is asked for.
    """

    name: str
    deck: str
    title: str
    measure: str
    limits: Limits
    severity: str
    why: str
    fix: str
    source: str = ""
    claims: tuple[int, ...] = ()
    corners: str = "warning"
    broken_by: Mapping[str, Any] = {}
    kept_by: Mapping[str, Any] = {}
    silenced_because: str = ""
    changed_because: str = ""
    changed_by: str = ""
    original: Optional[Rule] = None
    cpk: Optional[Fraction] = None


class Deck(NamedTuple):
    """The rules of one check, in order, the solder alloys by every name they go by, what a tolerance means for a package that
    does not say so itself, and the flow data of a team's own mold compounds by name."""

    rules: tuple[Rule, ...]
    alloys: Mapping[str, Alloy]
    tolerances: str = ""
    compounds: Mapping[str, Compound] = {}

    def __repr__(self) -> str:
        return f"<Deck: {len(self.rules)} rules, {len(self.alloys)} names of alloys>"
