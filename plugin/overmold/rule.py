"""Rules as data: one small YAML file each under ``rules/``, decks of houses and teams, solder alloys.

``load_deck`` gives the rules of the claims, process and assembly decks, then those of the houses asked for, then what a
team's own files add or change. Every fault of a rule file is reported at its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

from .faults import Fault, Faults, did_you_mean, fail
from .marked_yaml import Marked, load
from .measures import all_measures
from .package import Alloy
from .units import RATIO, TEMPERATURE, Kind, Number, UnitError, parse

DEFAULT_DECKS = ("claims", "process", "assembly")
SEVERITIES = ("error", "warning", "info")
CORNERS = ("warning", "error", "ignore")
_TEXTS = ("title", "measure", "severity", "corners", "why", "fix", "source")
_RULE_KEYS = (*_TEXTS, "limit", "claims", "example")
_LIMITS = ("at_least", "at_most", "below", "above")


@dataclass(frozen=True)
class Limits:
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
        room = [] if self.lower is None else [value - self.lower]
        return min(room + ([] if self.upper is None else [self.upper - value]))

    def kept_by(self, value: Number) -> bool:
        """Whether ``value`` is allowed."""
        return ((self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)
                and (self.below is None or value < self.below) and (self.above is None or value > self.above))


@dataclass(frozen=True)
class Rule:
    """One rule. ``broken_by`` are changes to the demo package that break it and no other rule, ``kept_by`` what has to be
    changed first for the demo to keep it (a house's limits may ask for another kind of package)."""

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
    broken_by: Mapping[str, Any] = field(default_factory=dict)
    kept_by: Mapping[str, Any] = field(default_factory=dict)
    silenced_because: str = ""
    changed_because: str = ""


@dataclass(frozen=True)
class Deck:
    """The rules of one check, in order, and the solder alloys by every name they go by."""

    rules: tuple[Rule, ...]
    alloys: Mapping[str, Alloy]


def rules_folder() -> Path:
    """The ``rules`` folder: inside the package where it is installed, at the top of the repository otherwise."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def house_names() -> tuple[str, ...]:
    """The assembly houses that ``load_deck`` knows."""
    return tuple(sorted(path.stem for path in (rules_folder() / "houses").glob("*.yaml")))


def load_deck(houses: Sequence[str] = (), files: Sequence[Path] = ()) -> Deck:
    """The default decks, then the houses named, then a team's own files; raises Faults for all that is wrong in them."""
    folder = rules_folder()
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for deck in DEFAULT_DECKS:
        for path in sorted((folder / deck).glob("*.yaml")):
            marked = load(path.read_bytes(), str(path))
            rule = _rule(marked, (), path.stem, deck, faults)
            if rule is not None:
                rules[rule.name] = rule
    alloys = dict(_alloys(load((folder / "materials" / "solder.yaml").read_bytes(), "solder.yaml"), faults))
    for house in houses:
        if house not in house_names():
            raise fail("overmold", f"there is no house '{house}'{did_you_mean(house, house_names())}")
    for path in (*(folder / "houses" / f"{house}.yaml" for house in houses), *files):
        _add_file(path, rules, alloys, faults)
    if faults:
        raise Faults(faults)
    return Deck(tuple(rules.values()), alloys)


def _add_file(path: Path, rules: dict[str, Rule], alloys: dict[str, Alloy], faults: list[Fault]) -> None:
    """A deck file: its own ``rules``, ``changes`` to rules that are there, and ``alloys``."""
    marked = load(path.read_bytes(), str(path))
    data = marked.data
    if not isinstance(data, dict):
        faults.append(marked.fault((), "is no deck; write for example 'changes: {rule-name: {silence: true, reason: …}}'"))
        return
    known = ("deck", "source", "rules", "changes", "alloys")
    faults += [marked.fault((key,), f"unknown key '{key}'{did_you_mean(str(key), known)}", key=True)
               for key in data if key not in known]
    deck = str(data.get("deck") or path.stem)
    for name in _mapping(marked, ("rules",), faults):
        if name in rules:
            faults.append(marked.fault(("rules", name), f"rule '{name}' exists; put it under 'changes'", key=True))
            continue
        rule = _rule(marked, ("rules", name), name, deck, faults, str(data.get("source") or ""))
        if rule is not None:
            rules[name] = rule
    for name in _mapping(marked, ("changes",), faults):
        if name not in rules:
            words = f"there is no rule '{name}'{did_you_mean(name, tuple(rules))}"
            faults.append(marked.fault(("changes", name), words, key=True))
        else:
            rules[name] = _changed(rules[name], marked, ("changes", name), faults)
    if "alloys" in data:
        alloys.update(_alloys(marked, faults))


def _mapping(marked: Marked, path: tuple[str, ...], faults: list[Fault]) -> dict[str, Any]:
    value: Any = marked.data
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, dict):
        faults.append(marked.fault(path, f"'{path[-1]}' must be a mapping, one 'name: …' a line"))
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _rule(marked: Marked, path: tuple[str, ...], name: str, deck: str, faults: list[Fault], source: str = ""
          ) -> Optional[Rule]:
    """The rule that stands at ``path``; None, with its faults noted, where it is none."""
    before = len(faults)
    data = _mapping(marked, path, faults)
    faults += [marked.fault((*path, key), f"unknown key '{key}'{did_you_mean(key, _RULE_KEYS)}", key=True)
               for key in data if key not in _RULE_KEYS]
    texts = {key: " ".join(str(data.get(key) or "").split()) for key in _TEXTS}
    texts["source"] = texts["source"] or source
    for key in ("title", "measure", "severity", "why", "fix"):
        if not texts[key]:
            faults.append(marked.fault(path, f"rule '{name}' has no '{key}'"))
    measure = all_measures().get(texts["measure"])
    if measure is None:
        if texts["measure"]:
            words = f"there is no measure '{texts['measure']}'{did_you_mean(texts['measure'], tuple(all_measures()))}"
            faults.append(marked.fault((*path, "measure"), words))
        return None
    limits = _limits(marked, (*path, "limit"), data.get("limit"), measure.kind, faults)
    _one_of(marked, path, "severity", texts["severity"], SEVERITIES, faults)
    _one_of(marked, path, "corners", texts["corners"] or "warning", CORNERS, faults)
    example = _mapping(marked, (*path, "example"), faults)
    if len(faults) > before:
        return None
    return Rule(name, deck, texts["title"], texts["measure"], limits, texts["severity"], texts["why"], texts["fix"],
                texts["source"], tuple(int(claim) for claim in data.get("claims") or ()), texts["corners"] or "warning",
                dict(example.get("broken") or {}), dict(example.get("kept") or {}))


def _one_of(marked: Marked, path: tuple[str, ...], key: str, word: str, known: tuple[str, ...], faults: list[Fault]
            ) -> None:
    if word and word not in known:
        faults.append(marked.fault((*path, key), f"'{word}' is no {key}{did_you_mean(word, known)}"))


def _limits(marked: Marked, path: tuple[str, ...], data: Any, kind: Kind, faults: list[Fault]) -> Limits:
    if not isinstance(data, dict) or not data:
        faults.append(marked.fault(path, f"a limit is due, for example 'limit: {{at_least: {kind.example.split(' or ')[0]}}}'"))
        return Limits()
    read: dict[str, Number] = {}
    for key, value in data.items():
        if key not in _LIMITS:
            faults.append(marked.fault((*path, key), f"unknown limit '{key}'{did_you_mean(str(key), _LIMITS)}", key=True))
            continue
        try:
            # A ratio is a bare number and need not be whole; every other kind carries its unit.
            read[key] = Fraction(str(value)) if kind is RATIO else parse(str(value), kind)
        except (UnitError, ValueError, ZeroDivisionError) as error:
            faults.append(marked.fault((*path, key), str(error)))
    return Limits(**read)


def _changed(rule: Rule, marked: Marked, path: tuple[str, ...], faults: list[Fault]) -> Rule:
    """``rule`` as a team wants it: another limit, severity or corners, or silence, each for a stated reason."""
    data = _mapping(marked, path, faults)
    known = ("limit", "severity", "corners", "silence", "reason")
    faults += [marked.fault((*path, key), f"unknown key '{key}'{did_you_mean(key, known)}", key=True)
               for key in data if key not in known]
    reason = str(data.get("reason") or "").strip()
    if not reason:
        faults.append(marked.fault(path, f"a change to '{rule.name}' needs a reason: add 'reason: …'", key=True))
    if "limit" in data:
        kind = all_measures()[rule.measure].kind
        rule = replace(rule, limits=_limits(marked, (*path, "limit"), data["limit"], kind, faults))
    if "severity" in data:
        _one_of(marked, path, "severity", str(data["severity"]), SEVERITIES, faults)
        rule = replace(rule, severity=str(data["severity"]))
    if "corners" in data:
        _one_of(marked, path, "corners", str(data["corners"]), CORNERS, faults)
        rule = replace(rule, corners=str(data["corners"]))
    if "silence" in data and not isinstance(data["silence"], bool):
        faults.append(marked.fault((*path, "silence"), "write 'silence: true' or leave it out"))
    return replace(rule, changed_because=reason, silenced_because=reason if data.get("silence") is True else "")


def _alloys(marked: Marked, faults: list[Fault]) -> dict[str, Alloy]:
    """``alloys: {NAME: {solidus: 217 degC, liquidus: 220 degC, also: [...], source: …}}`` by every name."""
    found: dict[str, Alloy] = {}
    for name in _mapping(marked, ("alloys",), faults):
        data = _mapping(marked, ("alloys", name), faults)
        try:
            solidus = parse(str(data.get("solidus")), TEMPERATURE)
            liquidus = parse(str(data.get("liquidus", data.get("solidus"))), TEMPERATURE)
        except UnitError as error:
            faults.append(marked.fault(("alloys", name), f"alloy '{name}': {error}"))
            continue
        alloy = Alloy(name, solidus, liquidus, str(data.get("source") or ""))
        found.update(dict.fromkeys((name, *(str(word) for word in data.get("also") or ())), alloy))
    return found
