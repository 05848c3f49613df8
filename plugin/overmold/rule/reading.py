"""One rule, one change to a rule, a list of alloys: out of a marked YAML file, with a fault for all that is wrong in it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Optional

from ..faults import Fault, did_you_mean
from ..marked_yaml import Marked
from ..measures import all_measures
from ..package import Alloy
from ..units import RATIO, TEMPERATURE, Kind, Number, UnitError, parse
from .model import Limits, Rule

SEVERITIES = ("error", "warning", "info")
CORNERS = ("warning", "error", "ignore")
_TEXTS = ("title", "measure", "severity", "corners", "why", "fix", "source")
_RULE_KEYS = (*_TEXTS, "limit", "cpk", "claims", "example")
_LIMITS = ("at_least", "at_most", "below", "above")
_EXAMPLES = ("broken", "kept")
# Short numbers only: an exponent of a billion would fill the memory with digits.
_RATIO = re.compile(r"[-+]?(?:[0-9]{1,10}(?:\.[0-9]{1,12})?|\.[0-9]{1,12}|[0-9]{1,10}/[1-9][0-9]{0,9})")
_ALLOY_KEYS = ("solidus", "liquidus", "also", "source")


def mapping(marked: Marked, path: tuple[str, ...], faults: list[Fault]) -> dict[str, Any]:
    """The mapping at ``path``, empty where there is none; a fault where something else stands there."""
    value: Any = marked.data
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, dict):
        faults.append(marked.fault(path, f"'{path[-1]}' must be a mapping, one 'name: …' a line"))
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def read_rule(marked: Marked, path: tuple[str, ...], name: str, deck: str, faults: list[Fault], source: str = ""
          ) -> Optional[Rule]:
    """The rule that stands at ``path``; None, with its faults noted, where it is none."""
    before = len(faults)
    data = mapping(marked, path, faults)
    faults += [marked.fault((*path, key), f"unknown key '{key}'{did_you_mean(key, _RULE_KEYS)}", key=True)
               for key in data if key not in _RULE_KEYS]
    texts = {key: " ".join(str(data.get(key) or "").split()) for key in _TEXTS}
    texts["source"] = texts["source"] or source
    for key in ("title", "measure", "severity", "why", "fix"):
        if not texts[key]:
            faults.append(marked.fault(path, f"rule '{name}' has no '{key}'"))
    measure = all_measures().get(texts["measure"])
    if measure is None and texts["measure"]:
        words = f"there is no measure '{texts['measure']}'{did_you_mean(texts['measure'], tuple(all_measures()))}"
        faults.append(marked.fault((*path, "measure"), words))
    limits = _limits(marked, (*path, "limit"), data.get("limit"), measure.kind if measure is not None else None, faults)
    _one_of(marked, path, "severity", texts["severity"], SEVERITIES, faults)
    _one_of(marked, path, "corners", texts["corners"] or "warning", CORNERS, faults)
    cpk = _cpk(marked, (*path, "cpk"), data["cpk"], faults) if "cpk" in data else None
    claims = _numbers(marked, (*path, "claims"), data.get("claims"), faults)
    example = mapping(marked, (*path, "example"), faults)
    faults += [marked.fault((*path, "example", key), f"unknown key '{key}'{did_you_mean(key, _EXAMPLES)}", key=True)
               for key in example if key not in _EXAMPLES]
    broken_by, kept_by = (mapping(marked, (*path, "example", key), faults) if example else {} for key in _EXAMPLES)
    if measure is None or len(faults) > before:
        return None
    return Rule(name=name, deck=deck, title=texts["title"], measure=texts["measure"], limits=limits,
                severity=texts["severity"], why=texts["why"], fix=texts["fix"],
                source=texts["source"], claims=claims, corners=texts["corners"] or "warning", broken_by=broken_by,
                kept_by=kept_by, cpk=cpk)


def _numbers(marked: Marked, path: tuple[str, ...], data: Any, faults: list[Fault]) -> tuple[int, ...]:
    """The claims that a rule is about."""
    if data is None:
        return ()
    # bool is an int to Python, and no claim's number to anybody.
    if isinstance(data, list) and all(type(one) is int and 1 <= one <= 20 for one in data):
        return tuple(data)
    faults.append(marked.fault(path, "expected a list of claims, 1 to 20; write for example 'claims: [1, 6]'"))
    return ()


def _cpk(marked: Marked, path: tuple[str, ...], data: Any, faults: list[Fault]) -> Optional[Fraction]:
    """``{at_least: 1.33}``; None, with a fault, for anything else."""
    if isinstance(data, dict) and list(data) == ["at_least"]:
        try:
            found = _ratio(str(data["at_least"]))
        except UnitError:
            found = Fraction(0)
        if found > 0:
            return found
    faults.append(marked.fault(path, "expected the least capability; write for example 'cpk: {at_least: 1.33}'"))
    return None


def _one_of(marked: Marked, path: tuple[str, ...], key: str, word: str, known: tuple[str, ...], faults: list[Fault]
            ) -> None:
    if word and word not in known:
        faults.append(marked.fault((*path, key), f"unknown {key} '{word}'{did_you_mean(word, known)}"))


def _limits(marked: Marked, path: tuple[str, ...], data: Any, kind: Optional[Kind], faults: list[Fault]) -> Limits:
    """The limits at ``path``; where nobody knows the ``kind``, only their form is looked at."""
    if not isinstance(data, dict) or not data:
        example = kind.example.split(" or ")[0] if kind is not None else "50 um"
        faults.append(marked.fault(path, f"expected a limit, for example 'limit: {{at_least: {example}}}'"))
        return Limits()
    read: dict[str, Number] = {}
    for key, value in data.items():
        if key not in _LIMITS:
            faults.append(marked.fault((*path, key), f"unknown limit '{key}'{did_you_mean(str(key), _LIMITS)}", key=True))
            continue
        if kind is None:
            continue
        try:
            read[key] = _ratio(str(value)) if kind is RATIO else parse(str(value), kind)
        except UnitError as error:
            faults.append(marked.fault((*path, key), str(error)))
    limits = Limits(**read)
    for one, other in (("at_least", "above"), ("at_most", "below")):
        if one in data and other in data:
            faults.append(marked.fault((*path, other), f"'{one}' and '{other}' are two limits on one side; keep one", key=True))
    if limits.lower is not None and limits.upper is not None and limits.lower > limits.upper:
        faults.append(marked.fault(path, "no number keeps this limit: its lower end is above its upper end"))
    return limits


def _ratio(text: str) -> Fraction:
    """A bare number that need not be whole, exactly: ``0.5`` or ``1/3``; every other kind of limit carries its unit."""
    if not _RATIO.fullmatch(text):
        raise UnitError(f"'{text}' is not a valid ratio; write for example {RATIO.example}")
    return Fraction(text)


def read_change(rule: Optional[Rule], name: str, by: str, marked: Marked, path: tuple[str, ...], faults: list[Fault]
                ) -> Optional[Rule]:
    """``rule`` as a team wants it: another limit, severity or corners, or silence, each for a stated reason.

    ``by`` says who changes it. None for a rule that is faulty itself: then only what is wrong with the change is noted.
    """
    data = mapping(marked, path, faults)
    known = ("limit", "severity", "corners", "cpk", "silence", "reason")
    faults += [marked.fault((*path, key), f"unknown key '{key}'{did_you_mean(key, known)}", key=True)
               for key in data if key not in known]
    reason = str(data.get("reason") or "").strip()
    if not reason:
        faults.append(marked.fault(path, f"a change to '{name}' needs a reason: add 'reason: …'", key=True))
    kind = all_measures()[rule.measure].kind if rule is not None else None
    limits = _limits(marked, (*path, "limit"), data["limit"], kind, faults) if "limit" in data else None
    for key, words in (("severity", SEVERITIES), ("corners", CORNERS)):
        if key in data:
            _one_of(marked, path, key, str(data[key]), words, faults)
    cpk = _cpk(marked, (*path, "cpk"), data["cpk"], faults) if "cpk" in data else None
    if "silence" in data and not isinstance(data["silence"], bool):
        faults.append(marked.fault((*path, "silence"), "write 'silence: true' or leave it out"))
    if rule is None:
        return None
    return rule._replace(limits=rule.limits if limits is None else limits, cpk=cpk or rule.cpk,
                         severity=str(data.get("severity", rule.severity)),
                         corners=str(data.get("corners", rule.corners)), changed_because=reason, changed_by=by,
                         silenced_because=reason if data.get("silence") is True else "", original=rule.original or rule)


def read_alloys(marked: Marked, faults: list[Fault]) -> dict[str, Alloy]:
    """``alloys: {NAME: {solidus: 217 degC, liquidus: 220 degC, also: [...], source: …}}`` by every name."""
    found: dict[str, Alloy] = {}
    for name in mapping(marked, ("alloys",), faults):
        data = mapping(marked, ("alloys", name), faults)
        faults += [marked.fault(("alloys", name, key), f"unknown key '{key}'{did_you_mean(key, _ALLOY_KEYS)}", key=True)
                   for key in data if key not in _ALLOY_KEYS]
        melting = _melting(marked, name, data, faults)
        also = data.get("also")
        if not isinstance(also, (list, type(None))):
            faults.append(marked.fault(("alloys", name, "also"), "expected a list of names; write for example 'also: [SnAg]'"))
            also = None
        alloy = Alloy(name, *melting, str(data.get("source") or ""))
        found.update(dict.fromkeys((name, *(str(word) for word in also or ())), alloy))
    return found


def _melting(marked: Marked, name: str, data: dict[str, Any], faults: list[Fault]) -> tuple[int, int]:
    """Where melting begins and where it ends; 0 with a fault for what cannot be read."""
    before = len(faults)
    read = {"solidus": 0, "liquidus": 0}
    for key in read:
        if key == "solidus" or key in data:
            try:
                read[key] = parse(str(data.get(key)), TEMPERATURE)
            except UnitError as error:
                faults.append(marked.fault(("alloys", name), f"alloy '{name}': {error}"))
    if "liquidus" not in data:
        read["liquidus"] = read["solidus"]
    if len(faults) == before and read["liquidus"] < read["solidus"]:
        faults.append(marked.fault(("alloys", name), f"alloy '{name}' would be melted before it begins to melt: its "
                                   "liquidus is below its solidus"))
    return read["solidus"], read["liquidus"]
